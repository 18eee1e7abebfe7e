//! What norms require of the act judged, one condition for each value of what `when` binds,
//! and whether each is met.

use std::collections::BTreeMap;

use crate::engine::{Session, Truth};
use crate::program::{
    ActRecord, Atom, ConditionBody, Literal, LiteralKind, Modality, NormBody, NormId, Term,
    VariableId, Variables,
};

use super::instances::{Instance, bindings};
use super::judge::{Judge, PlanOf};
use super::planned::Planned;
use super::verdict::{ConditionStanding, GroundLiteral, Standing, Substitution, value_of};

/// A condition with what the labels and the verdict need of it.
#[derive(Clone, Debug)]
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

    /// Whether the two can never be met together: one asks for the very atom that the other
    /// asks not to hold.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        match (self.only_atom(), other.only_atom()) {
            (Some((mine, atom)), Some((theirs, opposite))) => {
                mine != theirs && atom == opposite && !atom.terms.contains(&Term::Any)
            }
            _ => false,
        }
    }

    fn only_atom(&self) -> Option<(bool, &Atom)> {
        match self.standing.alternatives.as_slice() {
            [literals] => match literals.as_slice() {
                [GroundLiteral::Atom { negated, atom, .. }] => Some((*negated, atom)),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Judge<'_> {
    /// The conditions that the instances of `require` come with.
    pub(super) fn requirements(
        &mut self,
        act: &ActRecord,
        instances: &[Instance],
    ) -> Vec<Requirement> {
        let program = self.program();
        let mut requirements = Vec::new();
        for (index, instance) in instances.iter().enumerate() {
            let norm = &program.norms[instance.norm];
            if norm.modality != Modality::Require {
                continue;
            }
            let mut stated: BTreeMap<(usize, Substitution), (Substitution, Truth)> =
                BTreeMap::new();
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
                    requirements.push(Requirement {
                        standing: self.condition(
                            act,
                            index,
                            (instance.norm, body),
                            row,
                            alternatives,
                            &substitution,
                        ),
                        certain: truth == Truth::Certain,
                    });
                }
            }
        }
        requirements
    }

    fn condition(
        &mut self,
        act: &ActRecord,
        instance: usize,
        place: (NormId, usize),
        body: &NormBody,
        alternatives: &[ConditionBody],
        substitution: &Substitution,
    ) -> ConditionStanding {
        let session = self.session_at(act.at);
        // Only what `when` and the act bind is kept: the rest means "some".
        let bound: Substitution = body
            .variables
            .ids()
            .zip(substitution)
            .map(|(variable, &value)| {
                (variable == VariableId::JUDGED || body.bound.contains(&variable))
                    .then_some(value)
                    .flatten()
            })
            .collect();
        let mut standing = Standing::Unmet;
        let mut shown = Vec::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let place = PlanOf::Condition(place.0, place.1, index);
            let truth = self.best(act, place, &body.variables, alternative, &bound);
            standing = standing.min(Standing::of(truth));
            shown.push(ground(
                &session,
                &body.variables,
                &alternative.literals,
                &bound,
            ));
        }
        let fixed = standing == Standing::Unmet
            && shown.iter().all(|literals| {
                literals.iter().any(|literal| match literal {
                    GroundLiteral::Atom { atom, standing, .. } => {
                        *standing == Standing::Unmet
                            && self.program().relations[atom.relation].fixed
                    }
                    GroundLiteral::Other { .. } => false,
                })
            });
        ConditionStanding {
            instance,
            alternatives: shown,
            standing,
            fixed,
        }
    }

    /// The truth of a conjunction with some of its variables bound.
    fn best(
        &mut self,
        act: &ActRecord,
        place: PlanOf,
        variables: &Variables,
        body: &ConditionBody,
        bound: &Substitution,
    ) -> Truth {
        let session = self.session_at(act.at);
        let bound = bindings(bound);
        let given: Vec<_> = bound.iter().map(|&(variable, _)| variable).collect();
        let plan = self.plan(place, &session, variables, &body.literals, &given);
        let mut best = Truth::False;
        for (substitution, truth) in plan.solutions(&session, &bound) {
            best = best.max(self.with_late(act, &body.late, variables, &substitution, truth));
            if best == Truth::Certain {
                break;
            }
        }
        best
    }
}

/// All solutions of a conjunction with some of its variables bound.
pub(super) fn conjunction_solutions(
    session: &Session<'_>,
    variables: &Variables,
    literals: &[Literal],
    bound: &Substitution,
) -> Vec<(Substitution, Truth)> {
    let bound = bindings(bound);
    let known: Vec<_> = bound.iter().map(|&(variable, _)| variable).collect();
    Planned::new(session, variables, literals, &known).solutions(session, &bound)
}

/// The literals with their values put in, each with its own standing.
fn ground(
    session: &Session<'_>,
    variables: &Variables,
    literals: &[Literal],
    bound: &Substitution,
) -> Vec<GroundLiteral> {
    literals
        .iter()
        .map(|literal| {
            let truth =
                conjunction_solutions(session, variables, std::slice::from_ref(literal), bound)
                    .into_iter()
                    .map(|(_, truth)| truth)
                    .max()
                    .unwrap_or(Truth::False);
            let standing = Standing::of(truth);
            match &literal.kind {
                LiteralKind::Positive(atom) => GroundLiteral::Atom {
                    negated: false,
                    atom: substituted(atom, bound),
                    standing,
                },
                LiteralKind::Negative(inner) => match inner.as_slice() {
                    [
                        Literal {
                            kind: LiteralKind::Positive(atom),
                            ..
                        },
                    ] => GroundLiteral::Atom {
                        negated: true,
                        atom: substituted(atom, bound),
                        standing,
                    },
                    _ => GroundLiteral::Other {
                        span: literal.span,
                        standing,
                    },
                },
                _ => GroundLiteral::Other {
                    span: literal.span,
                    standing,
                },
            }
        })
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
