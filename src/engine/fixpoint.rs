//! Semi-naive evaluation of one component: rounds in which every rule sees the tuples of
//! earlier rounds only, first for what is certain, then for what is maybe.
//!
//! 1. Asserted tuples are round 0. Round 1 applies every rule to them.
//! 2. Each later round applies each rule once for every literal of the component that has new
//!    tuples: that literal reads the last round (delta), those before it older rounds (stable),
//!    those after it both.
//! 3. When a round finds nothing new, what was found is certain. The maybe tuples follow in the
//!    same way: first each rule once for every literal that can be maybe (those before it
//!    certain, itself maybe, those after it either), then deltas.

use std::ops::ControlFlow;

use crate::program::{ComponentId, Program, RelationId, Rule, RuleId, Value};

use super::frame::Solution;
use super::join::{Join, Local, Work};
use super::relation::Extension;
use super::source::Source;
use super::statistics::Statistics;
use super::truth::Truth;
use super::tuple::Tuple;
use super::versions::Version;

/// What an evaluation may cost.
#[derive(Clone, Copy, Default)]
pub struct Limits<'a> {
    /// How many tuples may be derived of the relations of one component.
    pub tuples: Option<usize>,
    /// Asked now and then; evaluation stops when it says yes.
    pub interrupted: Option<&'a dyn Fn() -> bool>,
    /// Leave out what only explanations need: the rounds in which tuples were found.
    pub unexplained: bool,
}

impl std::fmt::Debug for Limits<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limits")
            .field("tuples", &self.tuples)
            .finish_non_exhaustive()
    }
}

/// Why evaluation ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StopReason {
    /// Nothing more follows.
    Fixpoint,
    /// More tuples than allowed.
    Tuples(usize),
    /// It was interrupted.
    Interrupted,
}

/// What a round did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RoundReport {
    /// The component.
    pub component: ComponentId,
    /// Its number, from 1.
    pub round: usize,
    /// What it looked for.
    pub truth: Truth,
    /// Tuples looked at.
    pub steps: u64,
    /// Tuples found that were not known.
    pub new: usize,
}

/// A component, computed.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) extensions: Vec<(RelationId, Extension)>,
    pub(crate) rounds: Vec<RoundReport>,
    pub(crate) stop: StopReason,
}

/// Computes the relations of `component`.
pub(crate) fn evaluate<S: Source>(
    source: &S,
    component: ComponentId,
    statistics: &Statistics,
    limits: &Limits<'_>,
    work: &Work<'_>,
) -> Outcome {
    let mut fixpoint = Fixpoint::new(source, component, statistics, limits, work);
    fixpoint.certain();
    if fixpoint.stop == StopReason::Fixpoint {
        fixpoint.maybe();
    }
    Outcome {
        extensions: fixpoint
            .relations
            .iter()
            .copied()
            .zip(fixpoint.extensions)
            .collect(),
        rounds: fixpoint.rounds,
        stop: fixpoint.stop,
    }
}

/// A component while it is computed.
pub(crate) struct Fixpoint<'a, S> {
    pub(crate) source: &'a S,
    component: ComponentId,
    pub(crate) program: &'a Program,
    pub(crate) statistics: &'a Statistics,
    limits: &'a Limits<'a>,
    work: &'a Work<'a>,
    pub(crate) relations: &'a [RelationId],
    extensions: Vec<Extension>,
    /// Per relation: rows below the first are stable, below the second finished.
    marks: Vec<(usize, usize)>,
    rounds: Vec<RoundReport>,
    stop: StopReason,
}

impl<'a, S: Source> Fixpoint<'a, S> {
    fn new(
        source: &'a S,
        component: ComponentId,
        statistics: &'a Statistics,
        limits: &'a Limits<'a>,
        work: &'a Work<'a>,
    ) -> Self {
        let program = source.program();
        let relations: &[RelationId] = &program.strata.components[component].relations;
        let extensions: Vec<_> = relations
            .iter()
            .map(|&relation| {
                let mut extension = source.asserted(relation);
                extension.begin_rounds();
                extension
            })
            .collect();
        let marks = extensions.iter().map(|rows| (0, rows.len())).collect();
        Self {
            source,
            component,
            program,
            statistics,
            limits,
            work,
            relations,
            extensions,
            marks,
            rounds: Vec::new(),
            stop: StopReason::Fixpoint,
        }
    }

    /// Rounds of certain tuples, up to the fixpoint.
    fn certain(&mut self) {
        let rules: Vec<_> = self.rules().collect();
        let first: Vec<_> = rules
            .iter()
            .map(|rule| self.certain_version(rule))
            .collect();
        let later: Vec<_> = rules
            .iter()
            .flat_map(|rule| self.delta_versions(rule, Some(Truth::Certain)))
            .collect();
        self.rounds_of(&first, &later, Truth::Certain);
        for extension in &mut self.extensions {
            extension.seal_certain();
        }
    }

    /// Rounds of maybe tuples of closed relations, up to the fixpoint.
    fn maybe(&mut self) {
        let rules: Vec<_> = self
            .rules()
            .filter(|rule| !self.program.relations[rule.head.relation].open)
            .collect();
        let first: Vec<_> = rules
            .iter()
            .flat_map(|rule| self.maybe_versions(rule))
            .collect();
        if first.is_empty() {
            return;
        }
        let later: Vec<_> = rules
            .iter()
            .flat_map(|rule| self.delta_versions(rule, None))
            .collect();
        self.rounds_of(&first, &later, Truth::Maybe);
    }

    fn rules(&self) -> impl Iterator<Item = &'a Rule> + use<'a, S> {
        let program = self.program;
        let rules: &[RuleId] = &program.strata.components[self.component].rules;
        rules.iter().map(|&rule| &program.rules[rule])
    }

    fn rounds_of(&mut self, first: &[Version<'a>], later: &[Version<'a>], truth: Truth) {
        let mut new = self.round(first, truth);
        while new > 0 && self.stop == StopReason::Fixpoint && !later.is_empty() {
            new = self.round(later, truth);
        }
    }

    /// Applies the versions to what earlier rounds found; says how many tuples are new.
    fn round(&mut self, versions: &[Version<'a>], truth: Truth) -> usize {
        let (before, steps) = (self.len(), self.work.steps());
        for version in versions {
            let idle = version.delta.is_some_and(|delta| {
                let mark = self.marks.get(delta);
                mark.is_none_or(|(stable, finished)| stable == finished)
            });
            if !idle {
                self.apply(version, truth);
            }
            if self.stop != StopReason::Fixpoint {
                break;
            }
        }
        self.promote();
        let new = self.len() - before;
        self.rounds.push(RoundReport {
            component: self.component,
            round: self.rounds.len() + 1,
            truth,
            steps: self.work.steps() - steps,
            new,
        });
        new
    }

    fn len(&self) -> usize {
        self.extensions.iter().map(Extension::len).sum()
    }

    /// Ends the round: what was delta is stable, what was new is delta.
    fn promote(&mut self) {
        for (extension, mark) in self.extensions.iter_mut().zip(&mut self.marks) {
            *mark = (mark.1, extension.len());
            if !self.limits.unexplained {
                extension.end_round();
            }
        }
    }

    /// Adds what a version of a rule concludes. The tuples are behind the marks, so that no
    /// other rule sees them in this round.
    fn apply(&mut self, version: &Version<'a>, truth: Truth) {
        let mut found = Vec::new();
        let mut tuples = 0_usize;
        let locals = self.locals();
        let Some(target) = self.extensions.get(version.target) else {
            return;
        };
        let allowed = self
            .limits
            .tuples
            .map_or(usize::MAX, |limit| limit.saturating_mul(4));
        let terms = &version.head.terms;
        let is_known = |solution: &Solution| {
            target.contains(&Tuple::of(terms, |variable| solution.value(variable)))
        };
        let mut tuple = Tuple::new(terms.len());
        let _ = Join {
            source: self.source,
            locals: &locals,
            floor: truth,
            frame: version.plan.frame(),
            work: self.work,
            is_known: Some(&is_known),
        }
        .solve(&version.plan, &mut |solution, _| {
            tuple.fill(terms, |variable| solution.value(variable));
            if !target.contains(&tuple) {
                found.extend_from_slice(&tuple);
                tuples += 1;
            }
            if tuples > allowed {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        self.add(version, &found);
    }

    fn add(&mut self, version: &Version<'a>, found: &[Value]) {
        if let Some(target) = self.extensions.get_mut(version.target) {
            for tuple in found.chunks_exact(version.head.terms.len().max(1)) {
                target.insert(tuple);
            }
        }
        if self.work.stopped() {
            self.stop = StopReason::Interrupted;
        } else if let Some(limit) = self.limits.tuples.filter(|&limit| self.len() > limit) {
            self.stop = StopReason::Tuples(limit);
        }
    }

    fn locals(&self) -> Vec<Local<'_>> {
        self.relations
            .iter()
            .zip(&self.extensions)
            .zip(&self.marks)
            .map(|((&relation, extension), &(stable, finished))| Local {
                relation,
                extension,
                stable,
                finished,
            })
            .collect()
    }

    /// The place of `relation` in the component.
    pub(crate) fn local(&self, relation: RelationId) -> Option<usize> {
        self.relations.iter().position(|&local| local == relation)
    }
}
