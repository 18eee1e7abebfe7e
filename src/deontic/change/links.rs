//! Which changes can only together do what neither does alone.
//!
//! Let a goal be *touched* by changes if under them it is a new one, makes a lookup that one of
//! them agrees with, or uses a goal that comes to something else than without them. Two sets of
//! changes are *linked* if a goal that one of them touches makes a lookup, under that one, that a
//! change of the other agrees with, or uses a goal that comes to something else under the other.
//! Of two sets that are not linked, every goal comes under both to what it comes to under the one
//! that touches it, and so does the verdict (`docs/explanations.md`).

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::engine::{Consulted, Run, Working};

use super::Change;

/// What some changes touch.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// The goals that come to something else, or are new.
    pub(super) changed: BTreeSet<usize>,
    /// The lookups of the goals that are touched.
    pub(super) lookups: BTreeSet<usize>,
    /// The goals that these use.
    pub(super) uses: BTreeSet<usize>,
}

impl Touched {
    /// What `changes` touch, which made `run` out of `before`; `agree` tells which lookups one
    /// of them agrees with.
    pub(super) fn new(before: &Run, run: &Run, agree: &dyn Fn(usize) -> bool) -> Self {
        let mut touched = Self::default();
        let is_same = |before: &Working, now: &Working| {
            before.answer == now.answer
                && (now.answer.is_some()
                    || before.lookups == now.lookups && before.uses == now.uses)
        };
        for (goal, working) in run {
            let same = before.get(goal).is_some_and(|it| is_same(it, working));
            if !same {
                touched.changed.insert(*goal);
            }
        }
        let mut seen = FxHashSet::default();
        loop {
            let found = run.iter().filter(|(goal, working)| {
                !seen.contains(*goal)
                    && (!before.contains_key(*goal)
                        || working.lookups.iter().any(|&it| agree(it))
                        || working.uses.iter().any(|it| touched.changed.contains(it)))
            });
            let found: Vec<_> = found.collect();
            if found.is_empty() {
                return touched;
            }
            for (&goal, working) in found {
                seen.insert(goal);
                touched.lookups.extend(&working.lookups);
                touched.uses.extend(&working.uses);
                if working.answer.is_none() {
                    touched.changed.insert(goal);
                }
            }
        }
    }
}

/// Whether one of `changes` may agree with a lookup.
pub(super) fn agrees(lookup: &Consulted, changes: &[&Change]) -> bool {
    changes.iter().any(|change| {
        let mut tuples = change.tuples();
        tuples.any(|tuple| lookup.may_agree(change.relation, tuple))
    })
}
