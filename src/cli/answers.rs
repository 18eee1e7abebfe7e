//! What the command line asks of the reasoner. A trait, so that each command can be tested
//! on answers written down by hand.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::base::{Diagnostic, Sources};
use crate::reasoner::view::{AnswerView, RelationView, StatementView, TestView, VerdictsView};
use crate::reasoner::{Options, Report};

/// A loaded case that answers questions. Diagnostics it returns speak of [`sources`].
///
/// [`sources`]: Answers::sources
pub trait Answers {
    /// All texts read so far, those of questions included.
    fn sources(&self) -> &Sources;

    /// Warnings about what was loaded.
    fn diagnostics(&self) -> &[Diagnostic];

    /// The verdicts of `acts`, ids or descriptions; of all recorded acts if there are none.
    /// With `under`, by that document alone.
    fn decide(
        &mut self,
        acts: &[String],
        under: Option<&str>,
    ) -> Result<VerdictsView, Vec<Diagnostic>>;

    /// The answer to a question, or to the saved one of that name; with `possible`, also
    /// what depends on unknown facts.
    fn ask(&mut self, question: &str, possible: bool) -> Result<AnswerView, Vec<Diagnostic>>;

    /// The explanation of an act's verdict, written out.
    fn explain(&mut self, act: &str, format: ExplanationFormat) -> Result<String, Vec<Diagnostic>>;

    /// What comes of the expectations in the facts and of the saved queries.
    fn test(&mut self) -> Result<TestView, Vec<Diagnostic>>;

    /// All statements of all documents, in the order of the documents.
    fn norms(&self) -> Vec<StatementView>;

    /// All relations and actions.
    fn relations(&self) -> Vec<RelationView>;
}

/// Opens cases and formats policies.
pub trait Open {
    /// Reads and checks what `options` name.
    fn load(&self, options: &Options, report: Report) -> Result<Box<dyn Answers>, OpenError>;

    /// The canonical form of the policy `text`, which diagnostics call `name`.
    fn format(&self, name: &str, text: &str) -> Result<String, Refusal>;
}

/// How an explanation is written out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ExplanationFormat {
    /// A tree of text, in lines of at most `width` columns.
    Text {
        /// Columns.
        width: usize,
    },
    /// JSON of the documented schema.
    Json,
    /// A GraphViz picture.
    Dot,
}

/// Input that has errors, with the texts that they speak of.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    /// The texts.
    pub sources: Sources,
    /// The errors, and warnings found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl Refusal {
    /// Takes in another, so that both are shown and counted together.
    pub fn absorb(&mut self, other: Self) {
        let ids: BTreeMap<_, _> = other
            .sources
            .iter()
            .map(|(id, source)| {
                let text = Arc::clone(&source.text);
                (id, self.sources.add(source.name.clone(), text))
            })
            .collect();
        for mut diagnostic in other.diagnostics {
            let labels = std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.secondary);
            for label in labels {
                label.span.file = *ids.get(&label.span.file).unwrap_or(&label.span.file);
            }
            self.diagnostics.push(diagnostic);
        }
    }
}

/// Why nothing could be loaded.
#[derive(thiserror::Error, Debug)]
pub enum OpenError {
    /// What was read has errors.
    #[error("the input has errors")]
    Refused(Box<Refusal>),
    /// A file or folder cannot be read.
    #[error("cannot read {path}: {cause}", path = path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
}
