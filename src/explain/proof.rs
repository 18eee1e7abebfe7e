//! The rule to show for a tuple: the first in source order that concludes it, with the least
//! values of its variables, as certain as the tuple is, and such that no premise is the tuple
//! itself or one whose proof is being made.

use std::ops::ControlFlow;

use crate::engine::{Truth, plan_conjunction};
use crate::program::{
    Literal, LiteralKind, RelationId, RelationKind, Rule, RuleId, Term, Value, VariableId,
};

use super::builder::Builder;
use super::raise::Values;

/// How deep a chain of rules is followed.
const DEEPEST: usize = 200;

/// How many solutions of one rule are compared.
const SOLUTIONS: usize = 5_000;

/// How many premises are followed to find a proof that does not rest on itself.
const BUDGET: usize = 2_000;

/// A rule with the values under which it concludes something.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// The rule.
    pub rule: RuleId,
    /// The values.
    pub substitution: Vec<Option<Value>>,
    /// How certainly it concludes.
    pub truth: Truth,
}

impl Builder<'_, '_> {
    /// The first rule that concludes the tuple as certainly as it holds.
    pub(super) fn step(
        &mut self,
        relation: RelationId,
        tuple: &[Value],
        truth: Truth,
        at: i64,
    ) -> Option<Step> {
        if self.open.len() >= DEEPEST {
            return None;
        }
        let program = self.program();
        let mut maybe = None;
        for (id, rule) in program.rules.entries() {
            if rule.head.relation != relation {
                continue;
            }
            let Some(bound) = unified(rule, tuple) else {
                continue;
            };
            let mut found = self.instances(id, &bound, at);
            found.sort_by(|a, b| {
                b.truth
                    .cmp(&a.truth)
                    .then(a.substitution.cmp(&b.substitution))
            });
            let mut path = self.open.clone();
            path.push((relation, tuple.to_vec()));
            let mut budget = BUDGET;
            let step = found
                .into_iter()
                .find(|step| self.is_founded(step, &mut path, &mut budget, at));
            match step {
                Some(step) if step.truth >= truth => return Some(step),
                Some(step) => maybe = maybe.or(Some(step)),
                None => {}
            }
        }
        maybe
    }

    /// The solutions of a rule's body for some values.
    fn instances(&mut self, id: RuleId, bound: &[(VariableId, Value)], at: i64) -> Vec<Step> {
        let program = self.program();
        let rule = &program.rules[id];
        let session = self.session(at);
        let variables: Vec<_> = bound.iter().map(|&(variable, _)| variable).collect();
        let statistics = session.database().statistics();
        let plan = plan_conjunction(program, statistics, &rule.variables, &rule.body, &variables);
        let mut found = Vec::new();
        session.solve(&plan, bound, &mut |solution, truth| {
            let values = rule
                .variables
                .ids()
                .map(|variable| is_bound(rule, variable).then(|| solution.value(variable)));
            found.push(Step {
                rule: id,
                substitution: values.collect(),
                truth,
            });
            if found.len() < SOLUTIONS {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        found
    }

    /// The tuples that a step's positive literals read.
    fn premises(&self, step: &Step) -> Vec<(RelationId, Vec<Value>)> {
        let rule = &self.program().rules[step.rule];
        let values = Values {
            variables: &rule.variables,
            substitution: &step.substitution,
        };
        let premise = |literal: &Literal| match &literal.kind {
            LiteralKind::Positive(atom) => {
                let terms = atom.terms.iter();
                let tuple: Option<Vec<_>> = terms.map(|&term| values.term(term)).collect();
                Some((atom.relation, tuple?))
            }
            _ => None,
        };
        rule.body.iter().filter_map(premise).collect()
    }

    /// Whether the premises of a step within its own recursive component can be concluded
    /// without what is on the path.
    fn is_founded(
        &mut self,
        step: &Step,
        path: &mut Vec<(RelationId, Vec<Value>)>,
        budget: &mut usize,
        at: i64,
    ) -> bool {
        let strata = &self.program().strata;
        let head = self.program().rules[step.rule].head.relation;
        let own = strata.component_of[head];
        if !strata.components[own].recursive {
            return true;
        }
        let mut premises = self.premises(step);
        premises.retain(|(relation, _)| strata.component_of[*relation] == own);
        for premise in premises {
            let Some(left) = budget.checked_sub(1) else {
                return false;
            };
            *budget = left;
            if path.contains(&premise) {
                return false;
            }
            if self.stated(premise.0, &premise.1, at).is_some() {
                continue;
            }
            path.push(premise.clone());
            let is_founded = self
                .all_instances(premise.0, &premise.1, at)
                .iter()
                .any(|step| self.is_founded(step, path, budget, at));
            path.pop();
            if !is_founded {
                return false;
            }
        }
        true
    }

    /// All ways in which rules conclude a tuple.
    fn all_instances(&mut self, relation: RelationId, tuple: &[Value], at: i64) -> Vec<Step> {
        let program = self.program();
        let mut found = Vec::new();
        for (id, rule) in program.rules.entries() {
            if rule.head.relation == relation
                && let Some(bound) = unified(rule, tuple)
            {
                found.extend(self.instances(id, &bound, at));
            }
        }
        found
    }

    /// The rule of a definition below the steps that only say that no other sets it aside, and
    /// those steps.
    pub(super) fn through_definitions(&mut self, step: &Step, at: i64) -> (Step, Vec<Step>) {
        let program = self.program();
        let mut step = step.clone();
        let mut outer = Vec::new();
        loop {
            let inner = self.premises(&step).into_iter().find(|(relation, _)| {
                let kind = program.relations[*relation].kind;
                matches!(kind, RelationKind::Definition { .. })
            });
            let inner = inner.and_then(|(relation, tuple)| {
                let truth = self.session(at).truth(relation, &tuple);
                self.step(relation, &tuple, truth, at)
            });
            match inner {
                Some(inner) if outer.len() < DEEPEST => {
                    let whole = step.truth.min(inner.truth);
                    outer.push(std::mem::replace(&mut step, inner));
                    step.truth = whole;
                }
                _ => return (step, outer),
            }
        }
    }
}

/// The values that a rule's head takes from a tuple; none where a constant differs.
pub(super) fn unified(rule: &Rule, tuple: &[Value]) -> Option<Vec<(VariableId, Value)>> {
    let pattern: Vec<_> = tuple.iter().copied().map(Some).collect();
    partly_unified(rule, &pattern)
}

/// The values that a rule's head takes from what is given of a tuple; none where a constant
/// differs.
pub(super) fn partly_unified(
    rule: &Rule,
    pattern: &[Option<Value>],
) -> Option<Vec<(VariableId, Value)>> {
    let mut bound: Vec<(VariableId, Value)> = Vec::new();
    for (&term, &value) in rule.head.terms.iter().zip(pattern) {
        let Some(value) = value else { continue };
        match term {
            Term::Constant(constant) if constant != value => return None,
            Term::Constant(_) | Term::Any => {}
            Term::Variable(variable) => match bound.iter().find(|&&(other, _)| other == variable) {
                Some(&(_, known)) if known != value => return None,
                Some(_) => {}
                None => bound.push((variable, value)),
            },
        }
    }
    Some(bound)
}

/// Whether a solution of the rule has a value for the variable: whether it occurs outside
/// negations and aggregates.
fn is_bound(rule: &Rule, variable: VariableId) -> bool {
    let here = |term: &Term| *term == Term::Variable(variable);
    rule.head.terms.iter().any(here)
        || rule.body.iter().any(|literal| match &literal.kind {
            LiteralKind::Positive(atom) => atom.terms.iter().any(here),
            LiteralKind::Negative(_) => false,
            LiteralKind::Compare { left, right, .. } => [left, right].iter().any(|side| {
                let operand = crate::program::Operand::Variable(variable);
                side.terms.iter().any(|(_, other)| *other == operand)
            }),
            LiteralKind::Aggregate { result, .. } => *result == variable,
        })
}
