//! Explanations, written out.

use thiserror::Error;

use crate::base::Diagnostic;
pub use crate::deontic::Verdict;
use crate::explain::words::Vocabulary;
use crate::explain::{self, Explanation, PictureError};

use super::Reasoner;
use super::find::FoundAct;
use super::view::WhatIfView;

/// How an explanation is written out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ExplanationFormat {
    /// A tree of text, in lines of at most `width` columns.
    Text {
        /// Columns.
        width: usize,
    },
    /// A memo, in lines of at most `width` columns.
    Prose {
        /// Columns.
        width: usize,
    },
    /// JSON of the documented schema.
    Json,
    /// A GraphViz picture.
    Dot,
    /// A Mermaid flowchart.
    Mermaid,
    /// A page of its own.
    Html,
    /// A drawing.
    Svg,
    /// A drawing as pixels.
    Png,
}

/// What is to be explained of an act.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Asking {
    /// Why its verdict is what it is.
    Why,
    /// Why it is not this one; with `None`, why it is not permitted or, where it is, not
    /// prohibited.
    WhyNot(Option<Verdict>),
}

/// Why there is no explanation.
#[derive(Debug, Error)]
pub enum ExplainError {
    /// The question has errors.
    #[error("the question has errors")]
    Question(Vec<Diagnostic>),
    /// It cannot be drawn.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// Its page cannot be filled.
    #[error("the page cannot be written: {0}")]
    Page(#[from] minijinja::Error),
}

impl From<Vec<Diagnostic>> for ExplainError {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self::Question(diagnostics)
    }
}

impl Reasoner {
    /// The explanation of an act's verdict, written out.
    pub fn explain(
        &mut self,
        act: &str,
        asking: Asking,
        format: ExplanationFormat,
    ) -> Result<Vec<u8>, ExplainError> {
        let found = self.find_act(act)?;
        let timeline = self.timeline();
        let mut judge = self.judge(&timeline);
        let value = found.value(&mut judge);
        let at = judge.act(value).map(|act| act.at);
        self.sound_at(&mut judge, at)?;
        let vocabulary = Vocabulary::of_program(&self.program);
        let (sources, language) = (&self.sources, self.language);
        let explanation = match asking {
            Asking::Why => {
                let name = found.name();
                explain::explain(&mut judge, sources, &vocabulary, language, value, name)
            }
            Asking::WhyNot(wanted) => {
                let act = (value, found.name());
                explain::why_not(&mut judge, sources, &vocabulary, language, act, wanted)
            }
        };
        // A found act is known to the judge, and nothing is in progress here.
        let mut explanation =
            explanation.unwrap_or_else(|| Explanation::new(self.language, act, ""));
        explanation.what_if = self.what_if_act(found)?;
        let text = match format {
            ExplanationFormat::Text { width } => explain::render_text(&explanation, width),
            ExplanationFormat::Prose { width } => explain::render_prose(&explanation, width),
            ExplanationFormat::Json => explain::render_json(&explanation),
            ExplanationFormat::Dot => explain::render_dot(&explanation),
            ExplanationFormat::Mermaid => explain::render_mermaid(&explanation),
            ExplanationFormat::Html => explain::render_html(&explanation)?,
            ExplanationFormat::Svg => explain::render_svg(&explanation),
            ExplanationFormat::Png => return Ok(explain::render_png(&explanation)?),
        };
        Ok(text.into_bytes())
    }

    /// What is supposed, and what it changes in the verdict of an act.
    fn what_if_act(&self, act: FoundAct) -> Result<Option<WhatIfView>, Vec<Diagnostic>> {
        let Some(as_they_are) = self.as_they_are() else {
            return Ok(None);
        };
        let acts = [act];
        let before = self.verdicts(as_they_are, &acts, None)?;
        let after = self.verdicts(&self.case.facts, &acts, None)?;
        let both = before.first().zip(after.first());
        Ok(both.and_then(|(before, after)| self.what_if(before, after)))
    }
}
