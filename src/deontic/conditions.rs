//! What norms require of the act judged, one condition for each value of what `when` binds,
//! and whether each is met.

use std::collections::BTreeMap;

use crate::engine::{Session, Truth, digest};
use crate::program::{
    ActRecord, Atom, ConditionBody, Literal, LiteralKind, Modality, NormBody, Term, VariableId,
    Variables,
};

use super::instances::Instance;
use super::judge::Judge;
use super::part::Part;
use super::verdict::{ConditionStanding, GroundLiteral, Standing, Substitution, value_of};

/// A condition with what the labels and the verdict need of it.
#[derive(Clone, Hash, Debug)]
pub(super) struct Requirement {
    /// The condition.
    pub standing: ConditionStanding,
    /// Whether it is certainly required (if the instance is in force).
    pub certain: bool,
}

impl Requirement {
    /// Whether it is certainly required and can never be met.
    pub(super) fn barred(&self) -> bool {
        self.certain && self.standing.fixed
    }

    /// The atom that it asks for, if that is all, and whether it asks it not to hold.
    pub(super) fn only_atom(&self) -> Option<(bool, &Atom)> {
        match self.standing.alternatives.as_slice() {
            [literals] => match literals.as_slice() {
                [GroundLiteral::Atom { negated, atom, .. }] => Some((*negated, atom)),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<'p> Judge<'p> {
    /// The conditions that the instances of `require` come with.
    pub(super) fn requirements(
        &mut self,
        act: &ActRecord,
        instances: &[Instance],
    ) -> Vec<Requirement> {
        let program = self.program();
        let mut requirements = Vec::new();
        for (index, instance) in instances.iter().enumerate() {
            if program.norms[instance.norm].modality == Modality::Require {
                let own = |judge: &mut Self| {
                    judge.uses(Part::Norm(instance.norm));
                    judge.requirements_of(act, index, instance)
                };
                let part = Part::Conditions(instance.norm);
                requirements.extend(self.part(part, own, |own| Some(digest(own))));
            }
        }
        requirements
    }

    /// The conditions that one instance, with its place among all, comes with.
    fn requirements_of(
        &mut self,
        act: &ActRecord,
        index: usize,
        instance: &Instance,
    ) -> Vec<Requirement> {
        let norm = &self.program().norms[instance.norm];
        let mut requirements = Vec::new();
        let mut stated: BTreeMap<(usize, Substitution), (Substitution, Truth)> = BTreeMap::new();
        for (body, substitution, truth) in &instance.solutions {
            let Some(row) = norm.bodies.get(*body) else {
                continue;
            };
            let key = row
                .bound
                .iter()
                .map(|&v| value_of(substitution, v))
                .collect();
            let entry = stated
                .entry((*body, key))
                .or_insert_with(|| (substitution.clone(), *truth));
            if *truth > entry.1 {
                *entry = (substitution.clone(), *truth);
            }
        }
        for ((body, _), (substitution, truth)) in stated {
            let alternatives = norm
                .condition
                .as_ref()
                .and_then(|condition| condition.alternatives.get(body));
            if let (Some(row), Some(alternatives)) = (norm.bodies.get(body), alternatives) {
                let bound = only_bound(row, &substitution);
                requirements.push(Requirement {
                    standing: self.condition(act, (index, body), row, alternatives, bound),
                    certain: truth == Truth::Certain,
                });
            }
        }
        requirements
    }

    fn condition(
        &mut self,
        act: &ActRecord,
        (instance, index): (usize, usize),
        body: &NormBody,
        alternatives: &'p [ConditionBody],
        bound: Substitution,
    ) -> ConditionStanding {
        let session = self.session_at(act.at);
        let (mut shown, mut each) = (Vec::new(), Vec::new());
        for alternative in alternatives {
            let truth = self.best(act, &body.variables, alternative, &bound);
            each.push(Standing::of(truth));
            let literals = alternative.literals.iter();
            shown.push(
                literals
                    .map(|literal| self.ground(&session, &body.variables, literal, &bound))
                    .collect(),
            );
        }
        let standing = each.iter().copied().min().unwrap_or(Standing::Unmet);
        let fixed = standing == Standing::Unmet
            && shown.iter().all(|literals: &Vec<_>| {
                literals.iter().any(|literal| match literal {
                    GroundLiteral::Atom { atom, standing, .. } => {
                        *standing == Standing::Unmet
                            && self.program().relations[atom.relation].fixed
                    }
                    GroundLiteral::Other(_) => false,
                })
            });
        ConditionStanding {
            instance,
            body: index,
            bound,
            alternatives: shown,
            each,
            standing,
            fixed,
        }
    }

    /// The truth of a conjunction with some of its variables bound.
    fn best(
        &mut self,
        act: &ActRecord,
        variables: &Variables,
        body: &'p ConditionBody,
        bound: &Substitution,
    ) -> Truth {
        let session = self.session_at(act.at);
        let mut best = Truth::False;
        for (substitution, truth) in self.solutions(&session, variables, &body.literals, bound) {
            best = best.max(self.with_late(act, &body.late, variables, &substitution, truth));
            if best == Truth::Certain {
                break;
            }
        }
        best
    }
    /// A literal with its values put in, and its own standing.
    fn ground(
        &mut self,
        session: &Session<'_>,
        variables: &Variables,
        literal: &'p Literal,
        bound: &Substitution,
    ) -> GroundLiteral {
        let truth = self
            .solutions(session, variables, std::slice::from_ref(literal), bound)
            .into_iter()
            .map(|(_, truth)| truth)
            .max()
            .unwrap_or(Truth::False);
        let standing = Standing::of(truth);
        let ground = |negated, atom| GroundLiteral::Atom {
            negated,
            atom: substituted(atom, bound),
            standing,
        };
        match &literal.kind {
            LiteralKind::Positive(atom) => ground(false, atom),
            LiteralKind::Negative(inner) => match inner.as_slice() {
                [
                    Literal {
                        kind: LiteralKind::Positive(atom),
                        ..
                    },
                ] => ground(true, atom),
                _ => GroundLiteral::Other(literal.span),
            },
            _ => GroundLiteral::Other(literal.span),
        }
    }
}

/// What `when` and the act bind, of a solution.
fn only_bound(body: &NormBody, values: &Substitution) -> Substitution {
    let bound =
        |variable: VariableId| variable == VariableId::JUDGED || body.bound.contains(&variable);
    let values = body.variables.ids().zip(values);
    values
        .map(|(variable, &value)| value.filter(|_| bound(variable)))
        .collect()
}

/// An atom with its values put in; what nothing binds is any.
pub(super) fn substituted(atom: &Atom, substitution: &Substitution) -> Atom {
    Atom {
        relation: atom.relation,
        terms: atom
            .terms
            .iter()
            .map(|&term| match term {
                Term::Variable(variable) => {
                    value_of(substitution, variable).map_or(Term::Any, Term::Constant)
                }
                other => other,
            })
            .collect(),
    }
}
