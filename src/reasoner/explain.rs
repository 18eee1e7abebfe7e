//! Explanations, written out.

use std::ops::ControlFlow;

use thiserror::Error;

use crate::base::Diagnostic;
use crate::deontic::Judge;
pub use crate::deontic::Verdict;
use crate::explain::words::Vocabulary;
use crate::explain::{self, All, Explanation, PageError, PictureError};

use super::find::FoundAct;
use super::view::WhatIfView;
use super::{Reasoner, Stage};

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
    /// A memo in Markdown, with the flowchart.
    Markdown,
    /// An article for a page of HTML.
    HtmlPart,
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
    /// The same, with up to this many proofs of each thing that rules conclude.
    AllProofs(usize),
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
    Page(#[from] PageError),
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
        self.sound_for(&mut judge, std::slice::from_ref(&found))?;
        let explanation = self.explained(&mut judge, &found, asking)?;
        written(&explanation, format)
    }

    /// The explanations of the verdicts of `acts`, ids or descriptions; of all recorded acts if
    /// there are none.
    pub fn explain_each(
        &mut self,
        acts: &[String],
        format: ExplanationFormat,
    ) -> Result<Vec<String>, ExplainError> {
        let found = self.find_acts(acts)?;
        let timeline = self.timeline();
        let mut judge = self.judge(&timeline);
        self.sound_for(&mut judge, &found)?;
        let mut texts = Vec::new();
        for (done, act) in found.iter().enumerate() {
            self.step(Stage::Judge, done, Some(found.len()));
            let explanation = self.explained(&mut judge, act, Asking::Why)?;
            let text = written(&explanation, format)?;
            texts.push(String::from_utf8_lossy(&text).into_owned());
        }
        Ok(texts)
    }

    /// Explains the verdicts of all recorded acts as one graph, in lines of JSON: one that says
    /// what they are about, then one for each node. Calls `write` with each, until it says stop.
    pub fn explain_all(
        &mut self,
        write: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<(), ExplainError> {
        let found = self.find_acts(&[])?;
        let timeline = self.timeline();
        let mut judge = self.judge(&timeline);
        self.sound_for(&mut judge, &found)?;
        let vocabulary = Vocabulary::of_program(&self.program);
        let (sources, language) = (&self.sources, self.language);
        let mut all = All::default();
        let (assumed, retracted) = self.suppositions();
        let mut flow = write(&explain::heading(language, assumed, retracted));
        for (done, act) in found.iter().enumerate() {
            if flow.is_break() {
                break;
            }
            self.step(Stage::Judge, done, Some(found.len()));
            let value = act.value(&mut judge);
            let act = (value, act.name().unwrap_or_default());
            let lines = all.explain(&mut judge, sources, &vocabulary, language, act);
            flow = lines.iter().try_for_each(|line| write(line));
        }
        Ok(())
    }

    /// Refuses acts on whose days something impossible follows from the facts.
    fn sound_for(&self, judge: &mut Judge<'_>, acts: &[FoundAct]) -> Result<(), Vec<Diagnostic>> {
        let mut moments = Vec::new();
        for act in acts {
            let value = act.value(judge);
            moments.extend(judge.act(value).map(|act| act.at));
        }
        self.sound_at(judge, moments)
    }

    /// The explanation of an act, on a day that is known to be sound.
    fn explained(
        &self,
        judge: &mut Judge<'_>,
        found: &FoundAct,
        asking: Asking,
    ) -> Result<Explanation, ExplainError> {
        let value = found.value(judge);
        let vocabulary = Vocabulary::of_program(&self.program);
        let (sources, language, name) = (&self.sources, self.language, found.name());
        let explanation = match asking {
            Asking::Why => explain::explain(judge, sources, &vocabulary, language, value, name),
            Asking::AllProofs(most) => {
                let act = (value, name);
                explain::all_proofs(judge, sources, &vocabulary, language, act, most)
            }
            Asking::WhyNot(wanted) => {
                let act = (value, name);
                explain::why_not(judge, sources, &vocabulary, language, act, wanted)
            }
        };
        // A found act is known to the judge, and nothing is in progress here.
        let mut explanation =
            explanation.unwrap_or_else(|| Explanation::new(language, name.unwrap_or_default(), ""));
        explanation.what_if = self.what_if_act(found.clone())?;
        Ok(explanation)
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

/// An explanation in a format.
fn written(explanation: &Explanation, format: ExplanationFormat) -> Result<Vec<u8>, ExplainError> {
    let text = match format {
        ExplanationFormat::Text { width } => explain::render_text(explanation, width),
        ExplanationFormat::Prose { width } => explain::render_prose(explanation, width),
        ExplanationFormat::Json => explain::render_json(explanation),
        ExplanationFormat::Dot => explain::render_dot(explanation),
        ExplanationFormat::Mermaid => explain::render_mermaid(explanation),
        ExplanationFormat::Markdown => explain::render_markdown(explanation),
        ExplanationFormat::Html => explain::render_html(explanation)?,
        ExplanationFormat::HtmlPart => explain::render_html_part(explanation)?,
        ExplanationFormat::Svg => explain::render_svg(explanation),
        ExplanationFormat::Png => return Ok(explain::render_png(explanation)?),
    };
    Ok(text.into_bytes())
}
