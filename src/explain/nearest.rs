//! How far a conjunction that does not hold gets at best, for telling what it lacks.

use crate::base::Id;
use crate::engine::{NearMiss, Question, Session, Truth, near_miss};
use crate::program::{Literal, LiteralKind, Universe, Value, VariableId};

use super::builder::Builder;

impl Builder<'_, '_> {
    /// How far a conjunction gets at best: an atom that fails does not keep the others from
    /// giving values to their variables, and of those that are lacking each is tried as the only
    /// one.
    pub(super) fn nearest(&mut self, question: Question<'_>, at: i64) -> NearMiss {
        let (session, universe) = (self.session(at), self.judge.universe());
        let whole = near_miss(&session, universe, question);
        if !whole.fails() {
            return whole;
        }
        let under = |values: Vec<Option<Value>>| {
            let values = values.into_iter().enumerate();
            let bound = values.filter_map(|(index, value)| Some((VariableId::new(index), value?)));
            let bound: Vec<_> = bound.collect();
            let tells_more = bound.len() > question.bound.len();
            let bound = &bound;
            let miss = near_miss(&session, universe, Question { bound, ..question });
            (miss, tells_more)
        };
        let (other, tells_more) = under(by_other_atoms(&session, universe, question));
        let nearer = other.rank() < whole.rank() || (tells_more && other.rank() == whole.rank());
        let nearest = if nearer { other } else { whole };
        if nearest.rank() == (1, 0) {
            return nearest;
        }
        let lacking = nearest.truths.iter().enumerate();
        let lacking = lacking.filter(|(_, truth)| **truth != Truth::Certain);
        let lacking: Vec<_> = lacking.map(|(index, _)| index).collect();
        let but_one = lacking
            .into_iter()
            .filter_map(|left_out| but_one(&session, universe, question, left_out))
            .map(|values| under(values).0);
        but_one.fold(nearest, |nearest, other| {
            let nearer = other.rank() < nearest.rank();
            if nearer { other } else { nearest }
        })
    }
}

/// The values under which all literals but one hold or may.
fn but_one(
    session: &Session<'_>,
    universe: &Universe,
    question: Question<'_>,
    left_out: usize,
) -> Option<Vec<Option<Value>>> {
    let mut literals = question.literals.to_vec();
    literals.remove(left_out);
    let literals = &literals;
    let miss = near_miss(
        session,
        universe,
        Question {
            literals,
            ..question
        },
    );
    (!miss.fails()).then_some(miss.substitution)
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
        if !miss.fails() {
            return miss.substitution;
        }
        let mut truths = miss.truths.iter();
        kept.retain(|_| truths.next() != Some(&Truth::False));
    }
}
