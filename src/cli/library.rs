//! The reasoner as the command line sees it.

use std::ops::ControlFlow;
use std::path::Path;

use crate::base::{Diagnostic, Sources};
use crate::reasoner::view::{
    AnswerView, ChangesView, CitedTextView, CoverageView, EditionsView, InterviewView,
    RelationView, SourcesView, StatementView, TestView, VerdictsView, VerifyView,
};
use crate::reasoner::{
    self, Asking, ExplainError, ExplanationFormat, Interview, OpenError, Options, Reasoner,
    Refusal, Report, Verdict,
};

use super::answers::{Answers, Open};

/// The policies and facts on disk, and those built in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Library;

impl Open for Library {
    fn load(&self, options: &Options, report: Report) -> Result<Box<dyn Answers>, OpenError> {
        Ok(Box::new(Reasoner::load(options, Some(&report))?))
    }

    fn format(&self, name: &str, text: &str) -> Result<String, Refusal> {
        reasoner::format(name, text)
    }
}

impl Answers for Reasoner {
    fn sources(&self) -> &Sources {
        Self::sources(self)
    }

    fn diagnostics(&self) -> &[Diagnostic] {
        Self::diagnostics(self)
    }

    fn suppose(&mut self, assume: &[String], retract: &[String]) -> Result<(), Vec<Diagnostic>> {
        Self::suppose(self, assume, retract)
    }

    fn decide(
        &mut self,
        acts: &[String],
        under: Option<&str>,
    ) -> Result<VerdictsView, Vec<Diagnostic>> {
        Self::decide(self, acts, under)
    }

    fn ask(&mut self, question: &str, possible: bool) -> Result<AnswerView, Vec<Diagnostic>> {
        Self::ask(self, question, possible)
    }

    fn explain(
        &mut self,
        act: &str,
        asking: Asking,
        format: ExplanationFormat,
    ) -> Result<Vec<u8>, ExplainError> {
        Self::explain(self, act, asking, format)
    }

    fn explain_all(
        &mut self,
        write: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<(), ExplainError> {
        Self::explain_all(self, write)
    }

    fn what_would_change(
        &mut self,
        act: &str,
        to: Option<Verdict>,
    ) -> Result<ChangesView, Vec<Diagnostic>> {
        Self::what_would_change(self, act, to)
    }

    fn explain_each(
        &mut self,
        acts: &[String],
        format: ExplanationFormat,
    ) -> Result<Vec<String>, ExplainError> {
        Self::explain_each(self, acts, format)
    }

    fn interview(&mut self, interview: &Interview) -> Result<InterviewView, Vec<Diagnostic>> {
        Self::interview(self, interview)
    }

    fn answers_of(&mut self, interview: &Interview) -> Result<String, Vec<Diagnostic>> {
        Self::answers_of(self, interview)
    }

    fn resume(&mut self, file: &Path) -> Result<Option<Interview>, OpenError> {
        Self::resume(self, file)
    }

    fn test(&mut self) -> Result<TestView, Vec<Diagnostic>> {
        Self::test(self)
    }

    fn norms(&self) -> Vec<StatementView> {
        Self::norms(self)
    }

    fn relations(&self) -> Vec<RelationView> {
        Self::relations(self)
    }

    fn coverage(&self) -> Result<CoverageView, OpenError> {
        Self::coverage(self)
    }

    fn source_texts(&self, folder: &Path) -> Result<SourcesView, OpenError> {
        Self::source_texts(self, folder)
    }

    fn editions(&self, old: &Path, new: &Path) -> Result<EditionsView, OpenError> {
        Self::editions(self, old, new)
    }

    fn verify(&mut self, file: &Path) -> Result<VerifyView, OpenError> {
        Self::verify(self, file)
    }

    fn cited_texts(&self, folder: &Path, ids: &[&str]) -> Result<Vec<CitedTextView>, OpenError> {
        Self::cited_texts(self, folder, ids)
    }
}
