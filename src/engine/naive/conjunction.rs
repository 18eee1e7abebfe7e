//! A conjunction under every substitution.

use std::collections::BTreeMap;

use crate::engine::expression::{Compare, evaluate, lone_variable, name, variables};
use crate::engine::frame::Frame;
use crate::engine::interval::Interval;
use crate::engine::truth::Truth;
use crate::lang::ast::{AggregateFunction, Comparison};
use crate::program::{Literal, LiteralKind, Rule, Value, VariableId};

use super::aggregate::{exact_aggregate, vague_aggregate};
use super::{Naive, Set, value_of, variable};

/// A conjunction with what its variables range over.
pub(super) struct Conjunction<'n, 'a> {
    naive: &'n Naive<'a>,
    rule: &'n Rule,
    literals: &'n [Literal],
    /// Variables that are tried with all values of their sort.
    tried: Vec<VariableId>,
    head: &'n Set,
    /// Variables that equations and aggregates give a value.
    computed: Set,
    /// Variables whose unknown values match any value.
    wild: Set,
    /// All variables that have a value in a solution.
    known: Set,
}

impl<'n, 'a> Conjunction<'n, 'a> {
    pub(super) fn new(
        naive: &'n Naive<'a>,
        rule: &'n Rule,
        literals: &'n [Literal],
        given: &Set,
        head: &'n Set,
    ) -> Self {
        let (mut in_atoms, mut in_closed) = (Set::new(), Set::new());
        for literal in literals {
            if let LiteralKind::Positive(atom) = &literal.kind {
                let found = atom.terms.iter().filter_map(|&term| variable(term));
                in_atoms.extend(found.clone());
                if !naive.program.relations[atom.relation].open {
                    in_closed.extend(found);
                }
            }
        }
        let targets = literals.iter().flat_map(targets);
        let targets: Set = targets
            .filter(|target| !in_closed.contains(target) && !given.contains(target))
            .collect();
        let computed = computable(literals, &targets, &in_atoms);
        let tried = in_atoms
            .iter()
            .filter(|variable| !computed.contains(variable) && !given.contains(variable));
        Self {
            naive,
            rule,
            literals,
            tried: tried.copied().collect(),
            head,
            wild: given.union(&computed).copied().collect(),
            known: given
                .iter()
                .chain(&in_atoms)
                .chain(&computed)
                .copied()
                .collect(),
            computed,
        }
    }

    pub(super) fn each_solution(&self, frame: &Frame, sink: &mut dyn FnMut(&Frame, Truth)) {
        self.try_from(0, &mut frame.clone(), sink);
    }

    fn try_from(&self, at: usize, frame: &mut Frame, sink: &mut dyn FnMut(&Frame, Truth)) {
        let Some(&variable) = self.tried.get(at) else {
            let mut complete = frame.clone();
            self.compute(&mut complete);
            let truths = self
                .literals
                .iter()
                .map(|literal| self.literal(literal, &complete));
            let truth = truths.min().unwrap_or(Truth::Certain);
            if truth.possible() {
                sink(&complete, truth);
            }
            return;
        };
        let sort = self.rule.variables[variable].sort;
        for value in self.naive.range(sort, self.head.contains(&variable)) {
            frame.bind_value(variable, value);
            if !self.refuted(at, frame) {
                self.try_from(at + 1, frame, sink);
            }
        }
    }

    /// Whether an atom all of whose variables were tried is false already: only to save time.
    fn refuted(&self, at: usize, frame: &Frame) -> bool {
        let later = self.tried.get(at + 1..).unwrap_or_default();
        self.literals.iter().any(|literal| match &literal.kind {
            LiteralKind::Positive(atom) => {
                let mut variables = atom.terms.iter().filter_map(|&term| variable(term));
                let waits = |v: VariableId| later.contains(&v) || self.computed.contains(&v);
                !variables.any(waits) && !self.literal(literal, frame).possible()
            }
            _ => false,
        })
    }

    /// Gives the computed variables their values, those first that others are computed from.
    fn compute(&self, frame: &mut Frame) {
        let mut waiting = self.computed.clone();
        loop {
            let before = waiting.len();
            for literal in self.literals {
                self.compute_by(literal, frame, &mut waiting);
            }
            if waiting.len() == before {
                return;
            }
        }
    }

    fn compute_by(&self, literal: &Literal, frame: &mut Frame, waiting: &mut Set) {
        match &literal.kind {
            LiteralKind::Aggregate {
                result,
                alternatives,
                ..
            } if waiting.contains(result) => {
                let mut inner = Set::new();
                crate::program::visit::each_variable(&alternatives.concat(), &mut |v| {
                    inner.insert(v);
                });
                if inner.is_disjoint(waiting) {
                    if let (Some(value), _) = self.aggregate(literal, frame) {
                        frame.bind_interval(*result, value);
                    }
                    waiting.remove(result);
                }
            }
            LiteralKind::Compare {
                left,
                operator: Comparison::Equal,
                right,
                sort,
            } => {
                for (target, source) in [(left, right), (right, left)] {
                    let target = lone_variable(target).filter(|target| waiting.contains(target));
                    let Some(target) =
                        target.filter(|_| !variables(source).any(|v| waiting.contains(&v)))
                    else {
                        continue;
                    };
                    if self.naive.program.sorts[*sort].kind.is_number() {
                        let value = evaluate(source, frame);
                        frame.bind_interval(target, value);
                    } else {
                        frame.bind_value(target, name(source, frame));
                    }
                    waiting.remove(&target);
                }
            }
            _ => {}
        }
    }

    fn literal(&self, literal: &Literal, frame: &Frame) -> Truth {
        match &literal.kind {
            LiteralKind::Positive(atom) => self.naive.atom(atom, frame, &self.wild),
            LiteralKind::Negative(inner) => {
                let mut best = Truth::False;
                self.inner(inner, frame, &mut |_, truth| best = best.max(truth));
                best.negated()
            }
            LiteralKind::Compare {
                left,
                operator,
                right,
                sort,
            } => {
                let gives = |side| lone_variable(side).is_some_and(|v| self.computed.contains(&v));
                if *operator == Comparison::Equal && (gives(left) || gives(right)) {
                    return Truth::Certain;
                }
                Compare::new(self.naive.program, left, *operator, right, *sort).truth(frame)
            }
            LiteralKind::Aggregate { result, .. } => match self.aggregate(literal, frame) {
                (None, _) => Truth::False,
                (Some(_), truth) if self.computed.contains(result) => truth,
                (Some(value), truth) => {
                    let given = frame.interval(*result);
                    given.compare(Comparison::Equal, value).min(truth)
                }
            },
        }
    }

    fn inner(&self, literals: &[Literal], frame: &Frame, sink: &mut dyn FnMut(&Frame, Truth)) {
        let none = Set::new();
        Conjunction::new(self.naive, self.rule, literals, &self.known, &none)
            .each_solution(frame, sink);
    }

    /// The value of an aggregate, and how surely it has one.
    fn aggregate(&self, literal: &Literal, frame: &Frame) -> (Option<Interval>, Truth) {
        let LiteralKind::Aggregate {
            function,
            terms,
            alternatives,
            ..
        } = &literal.kind
        else {
            return (None, Truth::False);
        };
        let mut group: BTreeMap<Vec<Value>, Truth> = BTreeMap::new();
        for alternative in alternatives {
            self.inner(alternative, frame, &mut |solution, truth| {
                let tuple = terms.iter().map(|&term| value_of(term, solution)).collect();
                let known = group.entry(tuple).or_default();
                *known = truth.max(*known);
            });
        }
        let is_vague = |tuple: &[Value]| {
            terms.iter().zip(tuple).any(|(&term, &value)| {
                let sort = variable(term).map(|variable| self.rule.variables[variable].sort);
                value == Value::UNKNOWN && sort.is_some_and(|sort| self.naive.is_value(sort))
            })
        };
        let first = |tuple: &[Value]| tuple.first().and_then(|value| value.number());
        let vague = match function {
            AggregateFunction::Min | AggregateFunction::Max => {
                group.keys().any(|tuple| first(tuple).is_none())
            }
            AggregateFunction::Count | AggregateFunction::Sum => {
                group.keys().any(|tuple| is_vague(tuple))
            }
        };
        if vague {
            return vague_aggregate(*function, &group, &is_vague);
        }
        let numbers = |truth: Truth| -> Vec<i64> {
            let members = group.iter().filter(|(_, t)| **t == truth);
            members
                .map(|(tuple, _)| first(tuple).unwrap_or(0))
                .collect()
        };
        exact_aggregate(*function, &numbers(Truth::Certain), &numbers(Truth::Maybe))
    }
}

/// Those of `targets` that follow from other variables, one after the other. Variables of atoms
/// that are only equated with one another do not: they are tried.
fn computable(literals: &[Literal], targets: &Set, in_atoms: &Set) -> Set {
    let mut targets = targets.clone();
    let mut computed = Set::new();
    loop {
        let before = (computed.len(), targets.len());
        for literal in literals {
            for target in self::targets(literal) {
                let mut others = Set::new();
                crate::program::visit::each_variable(
                    std::slice::from_ref(literal),
                    &mut |variable| {
                        others.insert(variable);
                    },
                );
                others.remove(&target);
                let waits = others
                    .iter()
                    .any(|v| targets.contains(v) && !computed.contains(v));
                if targets.contains(&target) && !waits {
                    computed.insert(target);
                }
            }
        }
        if before == (computed.len(), targets.len()) {
            targets.retain(|target| computed.contains(target) || !in_atoms.contains(target));
        }
        if before == (computed.len(), targets.len()) {
            return computed;
        }
    }
}

/// The variables that `literal` can give a value.
fn targets(literal: &Literal) -> Vec<VariableId> {
    match &literal.kind {
        LiteralKind::Aggregate { result, .. } => vec![*result],
        LiteralKind::Compare {
            left,
            operator: Comparison::Equal,
            right,
            ..
        } => [(left, right), (right, left)]
            .into_iter()
            .filter_map(|(left, right)| {
                lone_variable(left).filter(|&target| variables(right).all(|v| v != target))
            })
            .collect(),
        _ => Vec::new(),
    }
}
