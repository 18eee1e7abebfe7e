//! Facts as they were given: what is asserted, what is denied, which rows are closed, and
//! where each was written.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Span, Table, define_id};
use crate::program::{RelationId, Value};

define_id! {
    /// A fact: one asserted or denied tuple, or one closed row.
    FactId,
}

/// From when to when a fact holds, in minutes since 1970 (from ≤ at < until).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Validity {
    /// First minute; `None` for always before.
    pub from: Option<i64>,
    /// First minute no longer; `None` for ever after.
    pub until: Option<i64>,
}

impl Validity {
    /// Whether the fact holds at `minutes`.
    pub fn holds_at(self, minutes: i64) -> bool {
        self.from.is_none_or(|from| from <= minutes)
            && self.until.is_none_or(|until| minutes < until)
    }
}

/// Tuples of one width in order of reading, duplicates included, each with its fact.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The tuples one behind the other.
    pub values: Vec<Value>,
    /// The fact of each tuple.
    pub facts: Vec<FactId>,
}

impl Rows {
    /// Adds a tuple.
    pub fn push(&mut self, tuple: &[Value], fact: FactId) {
        self.values.extend_from_slice(tuple);
        self.facts.push(fact);
    }

    /// How many tuples there are.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// The tuples with their facts.
    pub fn iter(&self) -> impl Iterator<Item = (&[Value], FactId)> {
        let width = self.values.len() / self.facts.len().max(1);
        self.values
            .chunks_exact(width.max(1))
            .zip(self.facts.iter().copied())
    }

    /// Drops all copies of `tuple`; whether there was one.
    fn drop_all(&mut self, tuple: &[Value]) -> bool {
        let mut kept = Self::default();
        for (own, fact) in self.iter().filter(|&(own, _)| own != tuple) {
            kept.push(own, fact);
        }
        let dropped = kept.len() < self.len();
        *self = kept;
        dropped
    }
}

/// What is said of one declared relation.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Tuples said to hold.
    pub asserted: Rows,
    /// Tuples said not to hold.
    pub denied: Rows,
    /// Keys of rows that hold what is asserted and nothing else; as wide as
    /// [`Relation::row_key`](crate::program::Relation::row_key) says. A value asserted of a
    /// single-valued relation closes its row without being listed here.
    pub closed: Rows,
}

/// All facts of a case, by declared relation.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    inputs: Table<RelationId, Input>,
    spans: Table<FactId, Span>,
    validity: BTreeMap<FactId, Validity>,
    assumed: BTreeSet<FactId>,
}

impl Facts {
    /// No facts about any of `relations` relations.
    pub fn new(relations: usize) -> Self {
        Self {
            inputs: Table::filled(relations, Input::default()),
            spans: Table::new(),
            validity: BTreeMap::new(),
            assumed: BTreeSet::new(),
        }
    }

    /// What is said of `relation`.
    pub fn input(&self, relation: RelationId) -> &Input {
        &self.inputs[relation]
    }

    /// Where `fact` was written.
    pub fn span(&self, fact: FactId) -> Span {
        self.spans[fact]
    }

    /// When `fact` holds; `None` for always.
    pub fn validity(&self, fact: FactId) -> Option<Validity> {
        self.validity.get(&fact).copied()
    }

    /// Whether `fact` is supposed for a question, rather than given.
    pub fn is_assumed(&self, fact: FactId) -> bool {
        self.assumed.contains(&fact)
    }

    /// The facts that do not always hold.
    pub fn bounded(&self) -> impl Iterator<Item = (FactId, Validity)> {
        self.validity
            .iter()
            .map(|(&fact, &validity)| (fact, validity))
    }

    /// How many facts there are.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    fn fact(&mut self, span: Span, validity: Option<Validity>) -> FactId {
        let fact = self.spans.push(span);
        if let Some(validity) = validity {
            self.validity.insert(fact, validity);
        }
        fact
    }

    /// Says that `tuple` of `relation` holds.
    pub fn assert(
        &mut self,
        relation: RelationId,
        tuple: &[Value],
        span: Span,
        validity: Option<Validity>,
    ) -> FactId {
        let fact = self.fact(span, validity);
        self.inputs[relation].asserted.push(tuple, fact);
        fact
    }

    /// Says that `tuple` of `relation` does not hold.
    pub fn deny(
        &mut self,
        relation: RelationId,
        tuple: &[Value],
        span: Span,
        validity: Option<Validity>,
    ) -> FactId {
        let fact = self.fact(span, validity);
        self.inputs[relation].denied.push(tuple, fact);
        fact
    }

    /// Supposes that `tuple` of `relation` always holds or, where `denied`, never.
    pub fn assume(&mut self, relation: RelationId, denied: bool, tuple: &[Value], span: Span) {
        let fact = if denied {
            self.deny(relation, tuple, span, None)
        } else {
            self.assert(relation, tuple, span, None)
        };
        self.assumed.insert(fact);
    }

    /// Drops all that says that `tuple` of `relation` holds or, where `denied`, does not;
    /// whether anything did. Rows that are closed stay so.
    pub fn retract(&mut self, relation: RelationId, denied: bool, tuple: &[Value]) -> bool {
        let input = &mut self.inputs[relation];
        let rows = if denied {
            &mut input.denied
        } else {
            &mut input.asserted
        };
        rows.drop_all(tuple)
    }

    /// Says that the row of `key` holds what is asserted and nothing else.
    pub fn close(&mut self, relation: RelationId, key: &[Value], span: Span) -> FactId {
        let fact = self.fact(span, None);
        self.inputs[relation].closed.push(key, fact);
        fact
    }
}
