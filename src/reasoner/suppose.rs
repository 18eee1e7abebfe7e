//! What if: facts assumed and retracted for the questions that follow. Files are never touched;
//! what the facts as they are would answer is asked as well, so that the difference can be told.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use crate::base::{Diagnostic, FileId};
use crate::engine::Facts;
use crate::load::{Case, suppose};

use super::Reasoner;
use super::view::{
    AnswerView, AnswerWhatIfView, NormChangeView, NormView, RowView, VerdictView, WhatIfView,
};

/// What is supposed, and the facts without it.
#[derive(Clone, Debug)]
pub(super) struct Supposed {
    as_they_are: Facts,
    assumed: Vec<String>,
    retracted: Vec<String>,
    /// Where these are written.
    texts: [Vec<FileId>; 2],
}

impl Reasoner {
    /// Answers from now on as if the atoms `assume` were stated and those of `retract` were not;
    /// as the facts are, if there are none. What contradicts the facts is refused with them.
    pub fn suppose(
        &mut self,
        assume: &[String],
        retract: &[String],
    ) -> Result<(), Vec<Diagnostic>> {
        if let Some(supposed) = self.supposed.take() {
            self.case.facts = supposed.as_they_are;
        }
        if assume.is_empty() && retract.is_empty() {
            return Ok(());
        }
        let assumed = self.texts("<assume>", assume);
        let retracted = self.texts("<retract>", retract);
        let (supposition, diagnostics) = suppose(
            &self.program,
            &self.case,
            &self.sources,
            &assumed,
            &retracted,
        );
        let Some(supposition) = supposition else {
            return Err(diagnostics);
        };
        self.case.universe = supposition.universe;
        let as_they_are = std::mem::replace(&mut self.case.facts, supposition.facts);
        let errors = self.derived_errors();
        if !errors.is_empty() {
            self.case.facts = as_they_are;
            let note = |error: Diagnostic| {
                let all = named("--assume", &supposition.assumed);
                let all = all.chain(named("--retract", &supposition.retracted));
                error.note(format!("with {}", all.collect::<Vec<_>>().join(", ")))
            };
            return Err(errors.into_iter().map(note).collect());
        }
        self.supposed = Some(Supposed {
            as_they_are,
            assumed: supposition.assumed,
            retracted: supposition.retracted,
            texts: [assumed, retracted],
        });
        Ok(())
    }

    /// Supposes in another case what is supposed in this one.
    pub(super) fn suppose_in(&self, case: &mut Case) -> Result<(), Vec<Diagnostic>> {
        let Some(supposed) = &self.supposed else {
            return Ok(());
        };
        let [assumed, retracted] = &supposed.texts;
        let (supposition, diagnostics) =
            suppose(&self.program, case, &self.sources, assumed, retracted);
        let supposition = supposition.ok_or(diagnostics)?;
        case.universe = supposition.universe;
        case.facts = supposition.facts;
        Ok(())
    }

    fn texts(&mut self, name: &str, texts: &[String]) -> Vec<FileId> {
        let files = texts.iter();
        files
            .map(|text| self.sources.add(name, text.as_str()))
            .collect()
    }

    /// The atoms assumed, and those retracted.
    pub(super) fn suppositions(&self) -> (&[String], &[String]) {
        match &self.supposed {
            Some(supposed) => (&supposed.assumed, &supposed.retracted),
            None => (&[], &[]),
        }
    }

    /// The facts without what is supposed, where something is.
    pub(super) fn as_they_are(&self) -> Option<&Facts> {
        let supposed = self.supposed.as_ref()?;
        Some(&supposed.as_they_are)
    }

    /// What is supposed, and what it changes in the verdict of an act.
    pub(super) fn what_if(&self, before: &VerdictView, after: &VerdictView) -> Option<WhatIfView> {
        let supposed = self.supposed.as_ref()?;
        Some(WhatIfView {
            assumed: supposed.assumed.clone(),
            retracted: supposed.retracted.clone(),
            verdict: before.verdict,
            contested: before.contested,
            norms: norm_changes(&before.norms, &after.norms),
        })
    }

    /// What is supposed, and what it changes in an answer.
    pub(super) fn what_if_answer(
        &self,
        before: &AnswerView,
        after: &AnswerView,
    ) -> Option<AnswerWhatIfView> {
        let supposed = self.supposed.as_ref()?;
        Some(AnswerWhatIfView {
            assumed: supposed.assumed.clone(),
            retracted: supposed.retracted.clone(),
            came: missing(&after.rows, &before.rows),
            went: missing(&before.rows, &after.rows),
        })
    }
}

fn named<'a>(option: &'a str, atoms: &'a [String]) -> impl Iterator<Item = String> + 'a {
    atoms.iter().map(move |atom| format!("`{option} '{atom}'`"))
}

/// The norms that came, went, or are in force otherwise, in order of their ids.
pub(super) fn norm_changes(before: &[NormView], after: &[NormView]) -> Vec<NormChangeView> {
    type Key<'a> = (&'a str, Vec<(&'a String, &'a String)>);
    fn key(norm: &NormView) -> Key<'_> {
        (norm.id.as_str(), norm.per.iter().collect())
    }
    let mut all: BTreeMap<Key<'_>, [Option<&NormView>; 2]> = BTreeMap::new();
    for (index, norms) in [before, after].into_iter().enumerate() {
        for norm in norms {
            if let Some(side) = all.entry(key(norm)).or_default().get_mut(index) {
                *side = Some(norm);
            }
        }
    }
    let change = |[was, is]: [Option<&NormView>; 2]| {
        let status = |norm: Option<&NormView>| norm.map(|norm| norm.status);
        let norm = is.or(was)?;
        (status(was) != status(is)).then(|| NormChangeView {
            id: norm.id.clone(),
            effect: norm.effect,
            per: norm.per.clone(),
            before: status(was),
            after: status(is),
            summary: norm.summary.clone(),
            lines: norm.lines.clone(),
        })
    };
    all.into_values().filter_map(change).collect()
}

/// The rows of `these` whose values, with their verdict, are not among `others`.
fn missing(these: &[RowView], others: &[RowView]) -> Vec<RowView> {
    let known: IndexSet<_> = others
        .iter()
        .map(|row| (&row.values, row.verdict))
        .collect();
    let is_new = |row: &&RowView| !known.contains(&(&row.values, row.verdict));
    these.iter().filter(is_new).cloned().collect()
}
