//! What a session has looked up in the facts. As long as no fact changes that agrees with one of
//! these lookups, nothing that was worked out changes.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::program::{Column, Program, RelationId, RelationKind, SortId, Value};

use super::index::{Mask, has_column};

/// A lookup in the facts of a relation.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Consulted {
    /// The declared relation.
    pub relation: RelationId,
    /// The values that were given.
    pub pattern: Box<[Option<Value>]>,
}

impl Consulted {
    /// Whether `tuple` of `relation` may agree with it.
    pub fn may_agree(&self, relation: RelationId, tuple: &[Value]) -> bool {
        let mut values = self.pattern.iter().zip(tuple);
        let any = |value: Value| value == Value::UNKNOWN;
        self.relation == relation
            && values.all(|(given, &own)| {
                given.is_none_or(|given| given == own || any(given) || any(own))
            })
    }
}

/// The lookups of a session that keeps them.
#[derive(Debug, Default)]
pub(crate) struct Lookups(Option<RefCell<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    lookups: FxHashSet<Consulted>,
    /// Acts that nobody recorded and of which all is said that is said of others.
    alike: FxHashMap<Value, Value>,
}

impl Lookups {
    /// Kept from now on.
    pub(crate) fn kept() -> Self {
        Self(Some(RefCell::default()))
    }

    /// Notes that what is said of `copy`, an act that nobody recorded, is said of `act`.
    pub(crate) fn note_alike(&self, act: Value, copy: Value) {
        if let Some(kept) = &self.0 {
            kept.borrow_mut().alike.insert(copy, act);
        }
    }

    /// Notes that the facts of `relation` with the values of `tuple` in the columns of `bound`
    /// were looked up.
    pub(crate) fn note(
        &self,
        program: &Program,
        relation: RelationId,
        bound: Mask,
        tuple: &[Value],
    ) {
        let Some(kept) = &self.0 else { return };
        let relation = program.relations[relation].declared;
        let row = &program.relations[relation];
        if row.kind != RelationKind::Declared {
            return;
        }
        let mut kept = kept.borrow_mut();
        let given = |((position, &value), column): ((usize, &Value), &Column)| {
            let act = kept
                .alike
                .get(&value)
                .filter(|_| column.sort == SortId::ACT);
            has_column(bound, position).then_some(act.copied().unwrap_or(value))
        };
        let pattern = tuple.iter().enumerate().zip(&row.columns).map(given);
        let pattern = pattern.collect();
        kept.lookups.insert(Consulted { relation, pattern });
    }

    /// All that were noted, in order.
    pub(crate) fn all(&self) -> Vec<Consulted> {
        let kept = self.0.as_ref().map(|kept| kept.borrow().lookups.clone());
        let mut all: Vec<_> = kept.into_iter().flatten().collect();
        all.sort_unstable();
        all
    }
}
