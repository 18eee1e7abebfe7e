//! An explanation as a short memo: the question, the answer, the reasons norm by norm, what is
//! not known, and the facts relied on. What the vocabulary derives is folded into the facts it
//! rests on, which are numbered; definitions of a guideline are told, as they are part of the
//! reasons.

mod answer;
mod case;
mod facts;
mod markdown;
mod missing;
mod open;
mod reasons;
mod says;
mod text;

use crate::base::Language;

use super::graph::{Explanation, NodeKind};

use case::Case;

pub use markdown::{escaped as markdown, render_markdown};
pub use text::render_prose;

/// A memo, ready to be set as text or as a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Memo {
    /// Its language.
    pub language: Language,
    /// Its sections in the order of reading; none is empty.
    pub sections: Vec<Section>,
}

/// A section of a memo.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// Its heading.
    pub heading: &'static str,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// A heading within the section.
    Part(String),
    /// A paragraph.
    Paragraph(String),
    /// An entry of a list, with paragraphs below it.
    Item {
        /// Its number or sign.
        mark: String,
        /// What it says.
        text: String,
        /// What is said of it.
        below: Vec<String>,
    },
}

impl Block {
    /// An entry of a list without numbers.
    fn listed(text: String) -> Self {
        Self::Item {
            mark: "–".to_owned(),
            text,
            below: Vec::new(),
        }
    }
}

/// The memo of an explanation.
pub fn memo(explanation: &Explanation) -> Memo {
    let mut case = Case::new(explanation);
    let says = says::words(explanation.language);
    let root = explanation.root().and_then(|root| explanation.node(root));
    let is_why_not = root.is_some_and(|root| matches!(root.kind, NodeKind::WhyNot { .. }));
    let mut sections = vec![(says.question, answer::question(&case))];
    if is_why_not {
        sections.push((says.short_answer, missing::answer(&case)));
        sections.push((says.reasons, missing::reasons(&mut case)));
    } else {
        sections.push((says.short_answer, answer::answer(&case)));
        sections.push((says.reasons, reasons::reasons(&mut case)));
        sections.push((says.to_do, reasons::duties(&case)));
        sections.push((says.advice, reasons::advice(&mut case)));
        sections.push((says.factors, reasons::factors(&case)));
        sections.push((says.unknown, open::unknown(&mut case)));
    }
    sections.push((says.facts, facts::facts(&case)));
    sections.push((says.texts, facts::texts(&case)));
    Memo {
        language: explanation.language,
        sections: sections
            .into_iter()
            .filter(|(_, blocks)| !blocks.is_empty())
            .map(|(heading, blocks)| Section { heading, blocks })
            .collect(),
    }
}
