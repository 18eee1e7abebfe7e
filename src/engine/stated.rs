//! What is said of a relation at one moment: tuples asserted and denied, rows closed.

use crate::program::{Program, RelationId, Value};

use super::facts::{FactId, Facts, Rows};
use super::index::all_columns;
use super::relation::{Extension, value_columns};

/// What is said of one relation.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    /// Tuples said to hold, all certain.
    pub(crate) asserted: Extension,
    /// The first fact that says so, for each row of `asserted` that a fact does.
    pub(crate) facts: Vec<FactId>,
    /// Tuples said not to hold.
    pub(crate) denied: Extension,
    /// Keys of rows that hold nothing else.
    pub(crate) closed: Extension,
}

impl Stated {
    /// Nothing.
    pub(crate) fn new(program: &Program, relation: RelationId) -> Self {
        let key = program.relations[relation].row_key().unwrap_or(0);
        let values = value_columns(program, relation);
        Self {
            asserted: Extension::of(program, relation),
            facts: Vec::new(),
            denied: Extension::of(program, relation),
            closed: Extension::new(key, values & all_columns(key)),
        }
    }

    /// What `facts` say of `relation` at `moment`.
    pub(crate) fn at(program: &Program, facts: &Facts, relation: RelationId, moment: i64) -> Self {
        let mut stated = Self::new(program, relation);
        let input = facts.input(relation);
        let holds = |fact: FactId| facts.validity(fact).is_none_or(|v| v.holds_at(moment));
        let valid = |rows: &Rows, extension: &mut Extension, kept: &mut dyn FnMut(FactId)| {
            for (tuple, fact) in rows.iter().filter(|&(_, fact)| holds(fact)) {
                if extension.insert(tuple) {
                    kept(fact);
                }
            }
        };
        let first = &mut stated.facts;
        valid(&input.asserted, &mut stated.asserted, &mut |fact| {
            first.push(fact);
        });
        valid(&input.denied, &mut stated.denied, &mut |_| ());
        valid(&input.closed, &mut stated.closed, &mut |_| ());
        stated
    }

    /// The fact that asserts the tuple of `row`; `None` where it is assumed.
    pub(crate) fn fact(&self, row: usize) -> Option<FactId> {
        self.facts.get(row).copied()
    }

    /// Itself with `change` made.
    pub(crate) fn changed(&self, program: &Program, relation: RelationId, change: &Change) -> Self {
        let mut changed = Self::new(program, relation);
        let retracted = |tuple: &[Value]| change.retracted.iter().any(|other| **other == *tuple);
        for row in 0..self.asserted.len() {
            let tuple = self.asserted.row(row);
            if !retracted(tuple) && changed.asserted.insert(tuple) {
                changed.facts.extend(self.facts.get(row));
            }
        }
        for (from, to) in [
            (&self.denied, &mut changed.denied),
            (&self.closed, &mut changed.closed),
        ] {
            for (tuple, _) in from.iter().filter(|(tuple, _)| !retracted(tuple)) {
                to.insert(tuple);
            }
        }
        for (tuples, to) in [
            (&change.asserted, &mut changed.asserted),
            (&change.denied, &mut changed.denied),
            (&change.closed, &mut changed.closed),
        ] {
            for tuple in tuples {
                to.insert(tuple);
            }
        }
        changed
    }
}

/// What is assumed or taken back of one relation.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Tuples assumed to hold.
    pub asserted: Vec<Box<[Value]>>,
    /// Tuples assumed not to hold.
    pub denied: Vec<Box<[Value]>>,
    /// Keys of rows assumed to hold nothing else.
    pub closed: Vec<Box<[Value]>>,
    /// Tuples of which nothing is said any more, and keys of rows that are no longer closed.
    pub retracted: Vec<Box<[Value]>>,
}

/// The moments at which some fact begins or ceases to hold, in order: what holds is the same
/// from one to the next.
pub fn epochs(facts: &Facts) -> Vec<i64> {
    let bounds = facts
        .bounded()
        .flat_map(|(_, validity)| [validity.from, validity.until]);
    let mut cuts: Vec<i64> = bounds.flatten().collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// The number of the epoch of `minutes` among those that `cuts` part.
pub fn epoch_of(cuts: &[i64], minutes: i64) -> usize {
    cuts.partition_point(|&cut| cut <= minutes)
}
