//! How far a conjunction that does not hold gets at best, for telling what it lacks.

use crate::base::Id;
use crate::engine::{NearMiss, Question, Session, Truth, near_miss};
use crate::program::{Literal, LiteralKind, Universe, Value, VariableId};

use super::builder::Builder;

impl Builder<'_, '_> {
    /// How far a conjunction gets at best: an atom that fails does not keep the others from
    /// giving values to their variables.
    pub(super) fn nearest(&mut self, question: Question<'_>, at: i64) -> NearMiss {
        let (session, universe) = (self.session(at), self.judge.universe());
        let whole = near_miss(&session, universe, question);
        if !whole.truths.contains(&Truth::False) {
            return whole;
        }
        let bound: Vec<_> = by_other_atoms(&session, universe, question)
            .into_iter()
            .enumerate()
            .filter_map(|(index, value)| Some((VariableId::new(index), value?)))
            .collect();
        let other = Question {
            bound: &bound,
            ..question
        };
        let other = near_miss(&session, universe, other);
        let tells_more = bound.len() > question.bound.len();
        if rank(&other) < rank(&whole) || (tells_more && rank(&other) == rank(&whole)) {
            other
        } else {
            whole
        }
    }
}

/// The values that the atoms of a conjunction give once those that fail are left out.
fn by_other_atoms(
    session: &Session<'_>,
    universe: &Universe,
    question: Question<'_>,
) -> Vec<Option<Value>> {
    let is_atom = |literal: &&Literal| matches!(literal.kind, LiteralKind::Positive(_));
    let mut kept: Vec<_> = question.literals.iter().filter(is_atom).cloned().collect();
    loop {
        let some = Question {
            literals: &kept,
            ..question
        };
        let miss = near_miss(session, universe, some);
        if !miss.truths.contains(&Truth::False) {
            return miss.substitution;
        }
        let mut truths = miss.truths.iter();
        kept.retain(|_| truths.next() != Some(&Truth::False));
    }
}

/// How many literals fail, and how many are not known.
pub(super) fn rank(miss: &NearMiss) -> (usize, usize) {
    let of = |truth| miss.truths.iter().filter(|&&own| own == truth).count();
    (of(Truth::False), of(Truth::Maybe))
}
