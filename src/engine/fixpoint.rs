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

use crate::program::{
    Atom, ComponentId, Literal, LiteralKind, Program, RelationId, Rule, RuleId, Term, Value,
};

use super::binders::{each_variable, variable};
use super::join::{Join, Local, Work};
use super::plan::{ConjunctionPlan, Reads, Rounds};
use super::planner::Planner;
use super::reach::computes;
use super::relation::{Extension, is_value_sort};
use super::source::Source;
use super::statistics::Statistics;
use super::truth::Truth;

/// What an evaluation may cost.
#[derive(Clone, Copy, Default)]
pub struct Limits<'a> {
    /// How many tuples may be derived of the relations of one component.
    pub tuples: Option<usize>,
    /// Asked now and then; evaluation stops when it says yes.
    pub interrupted: Option<&'a dyn Fn() -> bool>,
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

struct Fixpoint<'a, S> {
    source: &'a S,
    component: ComponentId,
    program: &'a Program,
    statistics: &'a Statistics,
    limits: &'a Limits<'a>,
    work: &'a Work<'a>,
    relations: &'a [RelationId],
    extensions: Vec<Extension>,
    /// Per relation: rows below the first are stable, below the second finished.
    marks: Vec<(usize, usize)>,
    rounds: Vec<RoundReport>,
    stop: StopReason,
}

/// A rule with one way to read its literals.
struct Version<'a> {
    head: &'a Atom,
    target: usize,
    plan: ConjunctionPlan,
    /// The relation of the component whose last round it reads.
    delta: Option<usize>,
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
            .map(|rule| self.version(rule, &[], None))
            .collect();
        let later: Vec<_> = rules
            .iter()
            .flat_map(|rule| self.delta_versions(rule))
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
            .flat_map(|rule| self.delta_versions(rule))
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
            extension.end_round();
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
        let mut tuple = super::tuple::Tuple::new(version.head.terms.len());
        let _ = Join {
            source: self.source,
            locals: &locals,
            floor: truth,
            frame: version.plan.frame(),
            work: self.work,
        }
        .solve(&version.plan, &mut |solution, _| {
            for (place, &term) in tuple.iter_mut().zip(&version.head.terms) {
                *place = match term {
                    Term::Variable(variable) => solution.value(variable),
                    Term::Constant(value) => value,
                    Term::Any => Value::UNKNOWN,
                };
            }
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

    fn local(&self, relation: RelationId) -> Option<usize> {
        self.relations.iter().position(|&local| local == relation)
    }

    fn version(&self, rule: &'a Rule, reads: &[Reads], first: Option<usize>) -> Version<'a> {
        let wanted: Vec<_> = rule
            .head
            .terms
            .iter()
            .filter_map(|&term| variable(term))
            .collect();
        let delta = reads.iter().zip(&rule.body).find_map(|(reads, literal)| {
            let relation = positive(literal)?.relation;
            (reads.rows == Rounds::Delta).then(|| self.local(relation))?
        });
        Version {
            head: &rule.head,
            target: self.local(rule.head.relation).unwrap_or(usize::MAX),
            plan: Planner::new(self.program, self.statistics, &rule.variables)
                .version(self.relations, reads, first)
                .plan(&rule.body, &[], Some(&wanted)),
            delta,
        }
    }

    /// One version for each literal of the component: itself delta, those before it stable,
    /// those after it both.
    fn delta_versions(&self, rule: &'a Rule) -> Vec<Version<'a>> {
        let is_local = |literal: &Literal| {
            positive(literal).is_some_and(|atom| self.local(atom.relation).is_some())
        };
        let mut versions = Vec::new();
        for delta in (0..rule.body.len()).filter(|&at| rule.body.get(at).is_some_and(is_local)) {
            let reads: Vec<_> = (0..rule.body.len())
                .map(|position| Reads {
                    only: None,
                    rows: match position.cmp(&delta) {
                        std::cmp::Ordering::Less => Rounds::Stable,
                        std::cmp::Ordering::Equal => Rounds::Delta,
                        std::cmp::Ordering::Greater => Rounds::All,
                    },
                })
                .collect();
            versions.push(self.version(rule, &reads, Some(delta)));
        }
        versions
    }

    /// One version for each literal that can be maybe before this component has any maybe
    /// tuples: itself maybe, such literals before it certain, those after it either.
    fn maybe_versions(&self, rule: &'a Rule) -> Vec<Version<'a>> {
        let uncertain = self.uncertain_literals(rule);
        if !uncertain.is_empty() && self.reads_vague(rule) {
            // How surely a literal holds depends on which one binds an unknown number: take all.
            return vec![self.version(rule, &[], None)];
        }
        let mut versions = Vec::new();
        for &maybe in &uncertain {
            let reads: Vec<_> = (0..rule.body.len())
                .map(|position| Reads {
                    only: match position.cmp(&maybe) {
                        std::cmp::Ordering::Less if uncertain.contains(&position) => {
                            Some(Truth::Certain)
                        }
                        std::cmp::Ordering::Equal => Some(Truth::Maybe),
                        _ => None,
                    },
                    rows: Rounds::All,
                })
                .collect();
            // Stored maybe tuples are few: start from them. Open literals still come last.
            let stored = rule
                .body
                .get(maybe)
                .and_then(positive)
                .filter(|atom| !self.program.relations[atom.relation].open);
            versions.push(self.version(rule, &reads, stored.map(|_| maybe)));
        }
        versions
    }

    /// The positions of the literals of `rule` that can be maybe.
    fn uncertain_literals(&self, rule: &Rule) -> Vec<usize> {
        let values_unknown = rule
            .body
            .iter()
            .any(|literal| self.leaves_values(rule, literal));
        let uncertain = |literal: &Literal| {
            self.can_be_maybe(literal) || (values_unknown && self.has_values(rule, literal))
        };
        (0..rule.body.len())
            .filter(|&position| rule.body.get(position).is_some_and(uncertain))
            .collect()
    }

    /// Whether certain tuples that `rule` reads can have numbers that are not known.
    fn reads_vague(&self, rule: &Rule) -> bool {
        let vague = |atom: &Atom| self.source.vague(atom.relation);
        rule.body.iter().filter_map(positive).any(vague)
    }

    fn can_be_maybe(&self, literal: &Literal) -> bool {
        match &literal.kind {
            LiteralKind::Positive(atom) => {
                self.program.relations[atom.relation].open
                    || (self.local(atom.relation).is_none() && self.source.uncertain(atom.relation))
            }
            LiteralKind::Compare { .. } => computes(literal),
            LiteralKind::Negative(inner) => inner.iter().any(|inner| self.can_be_maybe(inner)),
            LiteralKind::Aggregate { alternatives, .. } => {
                computes(literal)
                    || alternatives
                        .iter()
                        .flatten()
                        .any(|inner| self.can_be_maybe(inner))
            }
        }
    }

    /// Whether `literal` can give a variable a number, date or text that is not known.
    fn leaves_values(&self, rule: &Rule, literal: &Literal) -> bool {
        self.can_be_maybe(literal) && self.has_values(rule, literal)
    }

    fn has_values(&self, rule: &Rule, literal: &Literal) -> bool {
        let mut has = false;
        each_variable(std::slice::from_ref(literal), &mut |variable| {
            has |= is_value_sort(self.program.sorts[rule.variables[variable].sort].kind);
        });
        has
    }
}

fn positive(literal: &Literal) -> Option<&Atom> {
    match &literal.kind {
        LiteralKind::Positive(atom) => Some(atom),
        _ => None,
    }
}
