//! The rules to show for a tuple: the step that the engine takes to prove it, or all of them, and
//! through rules of definitions that only say that no other definition sets one aside.

use crate::engine::{Derivation, RuleInstance, proof_step, proof_steps};
use crate::program::{RelationId, RelationKind, Rule, Term, Value, VariableId};

use super::builder::Builder;

/// How deep a chain of rules is followed.
const DEEPEST: usize = 200;

/// A rule that concludes a tuple.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    /// The rule, with its values.
    pub step: RuleInstance,
    /// The rules of definitions above it, the next one first.
    pub above: Vec<RuleInstance>,
}

impl Builder<'_, '_> {
    /// The last steps of the proofs of a tuple, as sure as it is, the least first: that one
    /// alone, unless all are asked for.
    pub(super) fn proofs(&mut self, relation: RelationId, tuple: &[Value], at: i64) -> Vec<Proof> {
        if self.open.len() >= DEEPEST {
            self.cut.insert((relation, tuple.to_vec()));
            return Vec::new();
        }
        let mut found = Vec::new();
        for step in self.steps(relation, tuple, at) {
            match self.definition(&step) {
                None => found.push(Proof {
                    step,
                    above: Vec::new(),
                }),
                Some((definition, tuple)) => {
                    for mut proof in self.proofs(definition, &tuple, at) {
                        proof.above.push(step.clone());
                        found.push(proof);
                    }
                }
            }
        }
        found
    }

    fn steps(&mut self, relation: RelationId, tuple: &[Value], at: i64) -> Vec<RuleInstance> {
        let (session, universe) = (self.session(at), self.judge.universe());
        if self.most_proofs > 1 {
            return proof_steps(&session, universe, relation, tuple);
        }
        let step = match &mut self.all {
            Some(all) => {
                let epoch = self.judge.epoch(at);
                all.step(&session, universe, epoch, (relation, tuple))
            }
            None => proof_step(&session, universe, relation, tuple),
        };
        match step {
            Some(Derivation::Rule(step)) => vec![step],
            _ => Vec::new(),
        }
    }

    /// What a step says of a definition, if it only says that no other sets that one aside.
    fn definition(&self, step: &RuleInstance) -> Option<(RelationId, Vec<Value>)> {
        let premises = step.instance.premises.iter();
        let mut definitions = premises.filter(|premise| {
            let kind = self.program().relations[premise.relation].kind;
            matches!(kind, RelationKind::Definition { .. })
        });
        let found = definitions.next()?;
        Some((found.relation, found.tuple.clone()))
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
