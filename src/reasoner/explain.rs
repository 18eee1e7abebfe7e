//! Explanations, written out.

use crate::base::Diagnostic;
use crate::explain::words::Vocabulary;
use crate::explain::{self, Explanation};

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
    /// JSON of the documented schema.
    Json,
    /// A GraphViz picture.
    Dot,
}

impl Reasoner {
    /// The explanation of an act's verdict, written out.
    pub fn explain(
        &mut self,
        act: &str,
        format: ExplanationFormat,
    ) -> Result<String, Vec<Diagnostic>> {
        let found = self.find_act(act)?;
        let timeline = self.timeline();
        let mut judge = self.judge(&timeline);
        let value = found.value(&mut judge);
        let at = judge.act(value).map(|act| act.at);
        self.sound_at(&mut judge, at)?;
        let vocabulary = Vocabulary::of_program(&self.program);
        let explanation = explain::explain(
            &mut judge,
            &self.sources,
            &vocabulary,
            self.language,
            value,
            found.name(),
        );
        // A found act is known to the judge, and nothing is in progress here.
        let mut explanation =
            explanation.unwrap_or_else(|| Explanation::new(self.language, act, ""));
        explanation.what_if = self.what_if_act(found)?;
        Ok(match format {
            ExplanationFormat::Text { width } => explain::render_text(&explanation, width),
            ExplanationFormat::Json => explain::render_json(&explanation),
            ExplanationFormat::Dot => explain::render_dot(&explanation),
        })
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
