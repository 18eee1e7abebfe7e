//! What the facts say of tuples, for finding what could be said otherwise.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::engine::Facts;
use crate::program::{Program, RelationId, Value};

/// What is said of one tuple.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    /// It is stated, at some time.
    pub(super) asserted: bool,
    /// It is stated, at the time of the act.
    pub(super) asserted_now: bool,
    /// It is denied, at some time.
    pub(super) denied: bool,
}

/// What is said of one relation.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    pub(super) tuples: BTreeMap<Box<[Value]>, Said>,
    /// Keys of rows that are lists.
    pub(super) listed: FxHashSet<Box<[Value]>>,
}

impl Spoken {
    /// What the facts say of `relation`, at the moment `at` and at others.
    pub(super) fn of(facts: &Facts, relation: RelationId, at: i64) -> Self {
        let input = facts.input(relation);
        let mut spoken = Self::default();
        for (rows, holds) in [(&input.asserted, true), (&input.denied, false)] {
            for (tuple, fact) in rows.iter() {
                let now = facts.validity(fact).is_none_or(|it| it.holds_at(at));
                let said = spoken.tuples.entry(tuple.into()).or_default();
                if holds {
                    said.asserted = true;
                    said.asserted_now |= now;
                } else {
                    said.denied = true;
                }
            }
        }
        let listed = input.closed.iter();
        spoken.listed = listed.map(|(key, _)| key.into()).collect();
        spoken
    }

    /// What is said of a tuple.
    pub(super) fn said(&self, tuple: &[Value]) -> Said {
        self.tuples.get(tuple).copied().unwrap_or_default()
    }

    /// Whether the row of a tuple is a list, and so holds what is stated and nothing else.
    pub(super) fn is_listed(
        &self,
        program: &Program,
        relation: RelationId,
        tuple: &[Value],
    ) -> bool {
        let key = program.relations[relation].row_key();
        let key = key.and_then(|key| tuple.get(..key));
        key.is_some_and(|key| self.listed.contains(key))
    }
}
