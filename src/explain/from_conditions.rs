//! What norms require of the act: each condition with what it rests on, in words and as written.

use crate::deontic::{ConditionStanding, GroundLiteral, Standing};
use crate::program::visit::each_variable;
use crate::program::{
    ActRecord, Atom, ConditionBody, Literal, LiteralKind, NormId, Program, Term, VariableSet,
};

use super::builder::Builder;
use super::graph::{Edge, NodeId, NodeKind};
use super::literals::Place;
use super::raise::{Raise, Values};
use super::words::{Naming, Words};

impl Builder<'_, '_> {
    /// What a norm requires of the act, and why it is met or not.
    pub(super) fn condition(
        &mut self,
        (parent, edge): (NodeId, Edge),
        norm: NormId,
        condition: &ConditionStanding,
        act: &ActRecord,
    ) {
        let id = self.program().norms[norm].id.clone();
        let (text, written) = self.condition_words(norm, condition);
        let node = self.explanation.add(
            text,
            NodeKind::Condition {
                norm: id,
                written,
                standing: condition.standing.word(),
                fixed: condition.fixed,
            },
        );
        self.connect(parent, node, edge);
        let row = &self.program().norms[norm];
        let stated = row.condition.as_ref();
        let stated = stated.and_then(|it| it.alternatives.get(condition.body));
        let (Some(body), Some(stated)) = (row.bodies.get(condition.body), stated) else {
            return;
        };
        let values = Values {
            variables: &body.variables,
            substitution: &condition.bound,
        };
        let place = Place { values, at: act.at };
        // Of alternatives one that holds is reason enough.
        let met = condition.each.iter().position(|it| *it == Standing::Met);
        for (index, pair) in stated.iter().zip(&condition.alternatives).enumerate() {
            if met.is_none_or(|met| met == index) {
                self.alternative(node, pair, place);
            }
        }
    }

    /// Why an alternative of a condition holds, or may: the case in which it does; where there
    /// is none, what becomes of each of its atoms by itself, or, where that is no reason as each
    /// may hold of something else, that there is no such case.
    fn alternative(
        &mut self,
        node: NodeId,
        (stated, ground): (&ConditionBody, &Vec<GroundLiteral>),
        place: Place<'_>,
    ) {
        let literals = &stated.literals;
        let is_all = stated.late.is_empty();
        let case = is_all
            .then(|| self.best_solution(literals, place))
            .flatten();
        if let Some(substitution) = case {
            let values = Values {
                substitution: &substitution,
                ..place.values
            };
            for literal in literals {
                self.literal(node, literal, Place { values, ..place });
            }
            return;
        }
        let fails = |it: &GroundLiteral| {
            let unmet = Standing::Unmet;
            matches!(it, GroundLiteral::Atom { standing, .. } if *standing == unmet)
        };
        if is_all && ground.len() > 1 && !ground.iter().any(fails) {
            let named = with_some(literals, place.values);
            let (text, written) = self.raise(place.values, |raise, words| {
                let text = words.not_so(&raise.body(&named));
                (text, raise.written_body(literals))
            });
            let none = self.no_such_case(text, written);
            self.connect(node, none, Edge::Unless);
            return;
        }
        for literal in ground {
            if let GroundLiteral::Atom { negated, atom, .. } = literal {
                let why = self.ground(atom, place.at);
                let edge = if *negated {
                    Edge::Unless
                } else {
                    Edge::Because
                };
                self.connect(node, why, edge);
            }
        }
    }

    /// A condition in words, and as in a policy.
    pub(super) fn condition_words(
        &self,
        norm: NormId,
        condition: &ConditionStanding,
    ) -> (String, String) {
        let written = condition.alternatives.iter().map(|alternative| {
            let parts = alternative
                .iter()
                .map(|literal| self.ground_written(literal));
            parts.collect::<Vec<_>>().join(", ")
        });
        let written: Vec<_> = written.collect();
        let text = self.naming(|naming| {
            condition_in_words(self.program(), naming, &self.words(), norm, condition)
        });
        (text, written.join(" or "))
    }

    fn ground_written(&self, literal: &GroundLiteral) -> String {
        match literal {
            GroundLiteral::Atom { negated, atom, .. } => {
                let not = if *negated { "not " } else { "" };
                let tree = self.naming(|naming| naming.atom(atom));
                format!("{not}{tree}")
            }
            GroundLiteral::Other(span) => {
                let text = self.sources.text(*span).split_whitespace();
                text.collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// What a condition asks for, in words. Of what nothing binds, only that is named which several
/// of its parts speak of; the rest is "some".
pub fn condition_in_words(
    program: &Program,
    naming: &Naming<'_>,
    words: &Words<'_>,
    norm: NormId,
    condition: &ConditionStanding,
) -> String {
    let norm = &program.norms[norm];
    let body = norm.bodies.get(condition.body);
    let alternatives = norm.condition.as_ref();
    let alternatives = alternatives.and_then(|it| it.alternatives.get(condition.body));
    let (Some(body), Some(alternatives)) = (body, alternatives) else {
        return String::new();
    };
    let values = Values {
        variables: &body.variables,
        substitution: &condition.bound,
    };
    let raise = Raise { naming, values };
    let alternatives = alternatives.iter();
    let alternatives: Vec<_> = alternatives
        .map(|alternative| with_some(&alternative.literals, values))
        .collect();
    raise.alternatives(words, &alternatives)
}

/// Literals in which a variable without a value that no other one speaks of is any.
fn with_some(literals: &[Literal], values: Values<'_>) -> Vec<Literal> {
    let mut literals = literals.to_vec();
    for place in 0..literals.len() {
        let others = literals.iter().enumerate();
        let others = others.filter(|(other, _)| *other != place);
        let mut shared = VariableSet::default();
        for (_, other) in others {
            each_variable(std::slice::from_ref(other), &mut |it| {
                shared.insert(it);
            });
        }
        let is_some = |term: &Term| matches!(term, Term::Variable(it) if values.of(*it).is_none() && !shared.contains(*it));
        if let Some(atom) = literals.get_mut(place).and_then(atom_of) {
            for term in atom.terms.iter_mut().filter(|term| is_some(term)) {
                *term = Term::Any;
            }
        }
    }
    literals
}

/// The atom that a literal says to hold, or not to.
fn atom_of(literal: &mut Literal) -> Option<&mut Atom> {
    match &mut literal.kind {
        LiteralKind::Positive(atom) => Some(atom),
        LiteralKind::Negative(inner) => match inner.as_mut_slice() {
            [only] => atom_of(only),
            _ => None,
        },
        _ => None,
    }
}
