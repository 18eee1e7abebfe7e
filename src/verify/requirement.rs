//! What norms require of an act: one condition for each value of what `when` binds.

use std::collections::BTreeMap;

use crate::base::Span;
use crate::program::{
    ActRecord, Atom, ConditionBody, Literal, LiteralKind, Modality, NormBody, NormId, RelationId,
    Term, Value, VariableId,
};

use super::frame::Frame;
use super::judge::{Instance, Judge};
use super::truth::Truth;

/// Ways in which a norm applies, by the body and the values that its condition is stated for.
type Stated = BTreeMap<(usize, Vec<Option<Value>>), (Frame, Truth)>;

/// A condition.
#[derive(Clone, Debug)]
pub(super) struct Requirement {
    /// The instance that requires it.
    pub(super) instance: usize,
    /// The norm, which of its bodies it is stated with, and what this and the act bind.
    pub(super) norm: NormId,
    pub(super) body: usize,
    pub(super) given: Frame,
    /// Conjunctions, one of which must hold.
    pub(super) alternatives: Vec<Vec<Part>>,
    /// How surely each of them holds.
    pub(super) each: Vec<Truth>,
    /// Of each whether all its atoms hold, or may, by themselves.
    pub(super) apart: Vec<bool>,
    /// How surely it holds, over all completions where that was worked out.
    pub(super) met: Truth,
    /// It does not hold through facts that nobody can change.
    pub(super) fixed: bool,
    /// Whether it is certainly required where the instance is in force.
    pub(super) certain: bool,
}

/// A literal of a condition with the values that are known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// An atom, or that there is none.
    Atom {
        negated: bool,
        relation: RelationId,
        pattern: Vec<Option<Value>>,
    },
    /// Anything else, by its place.
    Other(Span),
}

impl Requirement {
    /// Whether the act can never meet it, and must.
    pub(super) fn bars(&self) -> bool {
        self.certain && self.fixed
    }

    /// How surely it holds as its alternatives stand by themselves.
    pub(super) fn alone(&self) -> Truth {
        self.each.iter().copied().max().unwrap_or_default()
    }

    /// Whether both are one condition, required in two ways.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let told = |it: &Self| (it.instance, it.met, it.fixed);
        told(self) == told(other) && self.alternatives == other.alternatives
    }

    /// Whether one asks for the very atom that the other asks not to hold.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        let only = |it: &Self| match it.alternatives.as_slice() {
            [parts] => match parts.as_slice() {
                [
                    Part::Atom {
                        negated,
                        relation,
                        pattern,
                    },
                ] => Some((*negated, *relation, pattern.clone())),
                _ => None,
            },
            _ => None,
        };
        match (only(self), only(other)) {
            (Some((mine, relation, pattern)), Some((theirs, other, opposite))) => {
                let same = relation == other && pattern == opposite;
                mine != theirs && same && !pattern.contains(&None)
            }
            _ => false,
        }
    }
}

impl Judge<'_> {
    /// The conditions that come with the instances.
    pub(super) fn requirements(
        &mut self,
        act: &ActRecord,
        instances: &[Instance],
    ) -> Vec<Requirement> {
        let mut found = Vec::new();
        for (index, instance) in instances.iter().enumerate() {
            let norm = &self.program.norms[instance.norm];
            let Some(condition) = norm.condition.as_ref() else {
                continue;
            };
            if norm.modality != Modality::Require {
                continue;
            }
            let mut stated: Stated = BTreeMap::new();
            for (body, frame, truth) in &instance.ways {
                let Some(row) = norm.bodies.get(*body) else {
                    continue;
                };
                let key = row.bound.iter().map(|&it| frame.value(it)).collect();
                let known = stated.entry((*body, key));
                let known = known.or_insert_with(|| (frame.clone(), *truth));
                if *truth > known.1 {
                    *known = (frame.clone(), *truth);
                }
            }
            for ((index_of_body, _), (frame, truth)) in stated {
                let body = norm.bodies.get(index_of_body);
                let alternatives = condition.alternatives.get(index_of_body);
                if let (Some(body), Some(alternatives)) = (body, alternatives) {
                    let certain = truth == Truth::Certain;
                    let given = given(body, &frame);
                    let mut made = Requirement {
                        instance: index,
                        norm: instance.norm,
                        body: index_of_body,
                        given,
                        alternatives: Vec::new(),
                        each: Vec::new(),
                        apart: Vec::new(),
                        met: Truth::False,
                        fixed: false,
                        certain,
                    };
                    self.stand(act, body, alternatives, &mut made);
                    found.push(made);
                }
            }
        }
        found
    }

    /// How the alternatives of a condition stand, and so the condition.
    fn stand(
        &mut self,
        act: &ActRecord,
        body: &NormBody,
        alternatives: &[ConditionBody],
        made: &mut Requirement,
    ) {
        let given = &made.given;
        let mut barred = true;
        for alternative in alternatives {
            made.each.push(self.holds(act, body, alternative, given));
            let (mut fails_for_good, mut apart) = (false, true);
            let mut own = Vec::new();
            for literal in &alternative.literals {
                let alone = std::slice::from_ref(literal);
                let truth = self.at(act.at).best(&body.variables, alone, given);
                let part = part(literal, given);
                if let (Part::Atom { relation, .. }, Truth::False) = (&part, truth) {
                    apart = false;
                    fails_for_good |= self.program.relations[*relation].fixed;
                }
                own.push(part);
            }
            barred &= fails_for_good;
            made.alternatives.push(own);
            made.apart.push(apart);
        }
        made.met = made.alone();
        made.fixed = made.met == Truth::False && barred;
    }

    /// How surely a condition holds, as what is supposed has it.
    pub(super) fn met(&mut self, act: &ActRecord, requirement: &Requirement) -> Truth {
        let norm = &self.program.norms[requirement.norm];
        let alternatives = norm.condition.as_ref().map(|it| &it.alternatives);
        let alternatives = alternatives.and_then(|it| it.get(requirement.body));
        let mut met = Truth::False;
        if let (Some(body), Some(alternatives)) = (norm.bodies.get(requirement.body), alternatives)
        {
            for alternative in alternatives {
                met = met.max(self.holds(act, body, alternative, &requirement.given));
            }
        }
        met
    }

    fn holds(
        &mut self,
        act: &ActRecord,
        body: &NormBody,
        condition: &ConditionBody,
        given: &Frame,
    ) -> Truth {
        let evaluator = self.at(act.at);
        let solutions = evaluator.solve(&body.variables, &condition.literals, given);
        let mut best = Truth::False;
        for (frame, truth) in solutions {
            best = best.max(truth.min(self.asked(act, body, &condition.late, &frame)));
        }
        best
    }
}

/// What `when` and the act bind.
fn given(body: &NormBody, frame: &Frame) -> Frame {
    let mut given = Frame::new(&body.variables);
    let bound = body.bound.iter().copied().chain([VariableId::JUDGED]);
    for variable in bound {
        if let Some(meant) = frame.of(variable) {
            given.bind(variable, meant);
        }
    }
    given
}

fn part(literal: &Literal, given: &Frame) -> Part {
    let atom = |negated, atom: &Atom| Part::Atom {
        negated,
        relation: atom.relation,
        pattern: atom
            .terms
            .iter()
            .map(|&term: &Term| given.term(term))
            .collect(),
    };
    match &literal.kind {
        LiteralKind::Positive(own) => atom(false, own),
        LiteralKind::Negative(inner) => match inner.as_slice() {
            [
                Literal {
                    kind: LiteralKind::Positive(own),
                    ..
                },
            ] => atom(true, own),
            _ => Part::Other(literal.span),
        },
        _ => Part::Other(literal.span),
    }
}
