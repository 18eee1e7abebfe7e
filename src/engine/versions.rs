//! The ways to read the literals of a rule, each with a plan of its own, so that a round looks at
//! each new combination of tuples once.

use crate::program::visit::each_variable;
use crate::program::{Atom, Literal, LiteralKind, Rule};

use super::binders::variable;
use super::fixpoint::Fixpoint;
use super::plan::{ConjunctionPlan, Reads, Rounds};
use super::planner::Planner;
use super::reach::computes;
use super::relation::is_value_sort;
use super::source::Source;
use super::truth::Truth;

/// A rule with one way to read its literals.
pub(crate) struct Version<'a> {
    pub(crate) head: &'a Atom,
    pub(crate) target: usize,
    pub(crate) plan: ConjunctionPlan,
    /// The relation of the component whose last round it reads.
    pub(crate) delta: Option<usize>,
}

impl<'a, S: Source> Fixpoint<'a, S> {
    /// A version whose literals read what `reads` says, starting with the one numbered `first`.
    pub(crate) fn version(
        &self,
        rule: &'a Rule,
        reads: &[Reads],
        first: Option<usize>,
    ) -> Version<'a> {
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

    /// A version that reads what is certain.
    pub(crate) fn certain_version(&self, rule: &'a Rule) -> Version<'a> {
        let certain = Reads {
            only: Some(Truth::Certain),
            rows: Rounds::All,
        };
        self.version(rule, &vec![certain; rule.body.len()], None)
    }

    /// One version for each literal of the component: itself delta, those before it stable,
    /// those after it both; all of the truth `only`, if one is given.
    pub(crate) fn delta_versions(&self, rule: &'a Rule, only: Option<Truth>) -> Vec<Version<'a>> {
        let is_local = |literal: &Literal| {
            positive(literal).is_some_and(|atom| self.local(atom.relation).is_some())
        };
        let mut versions = Vec::new();
        for delta in (0..rule.body.len()).filter(|&at| rule.body.get(at).is_some_and(is_local)) {
            let reads: Vec<_> = (0..rule.body.len())
                .map(|position| Reads {
                    only,
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
    pub(crate) fn maybe_versions(&self, rule: &'a Rule) -> Vec<Version<'a>> {
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
