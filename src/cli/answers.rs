//! What the command line asks of the reasoner. A trait, so that each command can be tested
//! on answers written down by hand.

use std::ops::ControlFlow;
use std::path::Path;

use crate::base::{Diagnostic, Sources};
use crate::reasoner::view::{
    AnswerView, ChangesView, CitedTextView, CoverageView, EditionsView, InterviewView,
    RelationView, SourcesView, StatementView, TestView, VerdictsView, VerifyView,
};
use crate::reasoner::{
    Asking, ExplainError, ExplanationFormat, Interview, OpenError, Options, Refusal, Report,
    Verdict,
};

/// A loaded case that answers questions. Diagnostics it returns speak of [`sources`].
///
/// [`sources`]: Answers::sources
pub trait Answers {
    /// All texts read so far, those of questions included.
    fn sources(&self) -> &Sources;

    /// Warnings about what was loaded.
    fn diagnostics(&self) -> &[Diagnostic];

    /// Answers from now on as if the atoms `assume` were stated and those of `retract` were
    /// not; as the facts are, if there are none.
    fn suppose(&mut self, assume: &[String], retract: &[String]) -> Result<(), Vec<Diagnostic>>;

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

    /// The explanation of an act's verdict, or of one that did not come, written out.
    fn explain(
        &mut self,
        act: &str,
        asking: Asking,
        format: ExplanationFormat,
    ) -> Result<Vec<u8>, ExplainError>;

    /// The smallest sets of changes of the facts that lead an act to the verdict `to`, or to
    /// each of those that it does not have.
    fn what_would_change(
        &mut self,
        act: &str,
        to: Option<Verdict>,
    ) -> Result<ChangesView, Vec<Diagnostic>>;

    /// The explanations of the verdicts of `acts`, ids or descriptions, written out; of all
    /// recorded acts if there are none.
    fn explain_each(
        &mut self,
        acts: &[String],
        format: ExplanationFormat,
    ) -> Result<Vec<String>, ExplainError>;

    /// The explanations of all recorded acts as one graph: calls `write` with each line of it,
    /// until that says stop.
    fn explain_all(
        &mut self,
        write: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<(), ExplainError>;
    /// Where an interview stands; what contradicts the facts, or cannot be, is refused.
    fn interview(&mut self, interview: &Interview) -> Result<InterviewView, Vec<Diagnostic>>;

    /// The text of a file of facts that says what was answered.
    fn answers_of(&mut self, interview: &Interview) -> Result<String, Vec<Diagnostic>>;

    /// The interview whose answers a file holds; none where it is not as an interview wrote it.
    fn resume(&mut self, file: &Path) -> Result<Option<Interview>, OpenError>;

    /// What comes of the expectations in the facts and of the saved queries.
    fn test(&mut self) -> Result<TestView, Vec<Diagnostic>>;

    /// All statements of all documents, in the order of the documents.
    fn norms(&self) -> Vec<StatementView>;

    /// All relations and actions.
    fn relations(&self) -> Vec<RelationView>;

    /// What the policies encode of what the inventories list.
    fn coverage(&self) -> Result<CoverageView, OpenError>;

    /// Whether the texts that the documents name are in `folder`, unchanged.
    fn source_texts(&self, folder: &Path) -> Result<SourcesView, OpenError>;

    /// What the texts in `new` change for statements that cite those in `old`.
    fn editions(&self, old: &Path, new: &Path) -> Result<EditionsView, OpenError>;

    /// Whether the explanation in `file` holds, step by step.
    fn verify(&mut self, file: &Path) -> Result<VerifyView, OpenError>;

    /// What each of the statements `ids` cites of the texts in `folder`.
    fn cited_texts(&self, folder: &Path, ids: &[&str]) -> Result<Vec<CitedTextView>, OpenError>;
}

/// Opens cases and formats policies.
pub trait Open {
    /// Reads and checks what `options` name.
    fn load(&self, options: &Options, report: Report) -> Result<Box<dyn Answers>, OpenError>;

    /// The canonical form of the policy `text`, which diagnostics call `name`.
    fn format(&self, name: &str, text: &str) -> Result<String, Refusal>;
}
