//! What the facts say at one moment, as plain sets.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Table;
use crate::load::Case;
use crate::program::{
    ActDescription, ActRecord, Program, RelationId, Rule, RuleId, SortId, SortKind, Universe,
    Value, act_rows,
};

type Tuples = BTreeSet<Vec<Value>>;

/// The facts at a moment.
#[derive(Debug)]
pub(super) struct World<'a> {
    pub(super) program: &'a Program,
    pub(super) universe: &'a Universe,
    pub(super) case: &'a Case,
    /// The moment, in minutes since 1970.
    pub(super) at: i64,
    asserted: Table<RelationId, Tuples>,
    denied: Table<RelationId, Tuples>,
    closed: Table<RelationId, Tuples>,
    /// Acts that nobody recorded, which are spoken of where something else names them.
    described: BTreeMap<Value, ActRecord>,
    rules: BTreeMap<RelationId, Vec<RuleId>>,
}

impl<'a> World<'a> {
    pub(super) fn new(program: &'a Program, case: &'a Case, at: i64) -> Self {
        let mut world = Self {
            program,
            universe: &case.universe,
            case,
            at,
            asserted: Table::filled(program.relations.len(), Tuples::new()),
            denied: Table::filled(program.relations.len(), Tuples::new()),
            closed: Table::filled(program.relations.len(), Tuples::new()),
            described: BTreeMap::new(),
            rules: BTreeMap::new(),
        };
        for relation in program.relations.ids() {
            world.read(relation);
        }
        for (id, rule) in program.rules.entries() {
            let own = world.rules.entry(rule.head.relation).or_default();
            own.push(id);
        }
        world
    }

    fn read(&mut self, relation: RelationId) {
        let facts = &self.case.facts;
        let input = facts.input(relation);
        let holds = |fact| facts.validity(fact).is_none_or(|it| it.holds_at(self.at));
        for (rows, tuples) in [
            (&input.asserted, &mut self.asserted[relation]),
            (&input.denied, &mut self.denied[relation]),
            (&input.closed, &mut self.closed[relation]),
        ] {
            let valid = rows.iter().filter(|&(_, fact)| holds(fact));
            tuples.extend(valid.map(|(tuple, _)| tuple.to_vec()));
        }
    }

    /// Makes an act known that nobody recorded.
    pub(super) fn describe(
        &mut self,
        description: &ActDescription,
        at: i64,
        absent: bool,
    ) -> ActRecord {
        let next = self.universe.size(SortId::ACT) + 1 + self.described.len();
        let act = Value::from_index(next);
        let rows = act_rows(self.program, act, description, at, absent);
        for (relation, tuple) in rows.asserted {
            self.asserted[relation].insert(tuple);
        }
        for (relation, key) in rows.closed {
            self.closed[relation].insert(key);
        }
        let record = ActRecord {
            value: act,
            description: description.clone(),
            at,
            mode: crate::program::Mode::Question,
        };
        self.described.insert(act, record.clone());
        record
    }

    /// The act of this value.
    pub(super) fn act(&self, act: Value) -> Option<ActRecord> {
        let recorded = self.case.acts.get(&act).map(crate::load::Act::record);
        recorded.or_else(|| self.described.get(&act).cloned())
    }

    /// Whether nobody recorded the act.
    pub(super) fn is_described(&self, act: Value) -> bool {
        self.described.contains_key(&act)
    }

    /// The acts that nobody recorded.
    pub(super) fn described_acts(&self) -> impl Iterator<Item = Value> + '_ {
        self.described.keys().copied()
    }

    /// The rules that conclude something of a relation, in source order.
    pub(super) fn rules_of(&self, relation: RelationId) -> Vec<(RuleId, &'a Rule)> {
        let own = self.rules.get(&relation).into_iter().flatten();
        own.map(|&id| (id, &self.program.rules[id])).collect()
    }

    /// Whether facts state the tuple.
    pub(super) fn states(&self, relation: RelationId, tuple: &[Value]) -> bool {
        self.asserted[self.declared(relation)].contains(tuple)
    }

    /// Whether facts deny the tuple.
    pub(super) fn denies(&self, relation: RelationId, tuple: &[Value]) -> bool {
        self.denied[self.declared(relation)].contains(tuple)
    }

    /// Whether facts say that the row of the tuple holds what is stated and nothing else.
    pub(super) fn closes(&self, relation: RelationId, tuple: &[Value]) -> bool {
        let key = self.program.relations[relation].row_key();
        let key = key.and_then(|width| tuple.get(..width));
        key.is_some_and(|key| self.closed[self.declared(relation)].contains(key))
    }

    /// The tuples that facts state and that agree with the pattern.
    pub(super) fn stated(
        &self,
        relation: RelationId,
        pattern: &[Option<Value>],
    ) -> Vec<Vec<Value>> {
        let tuples = &self.asserted[self.declared(relation)];
        let agrees = |tuple: &&Vec<Value>| agrees(tuple, pattern);
        let key: Vec<_> = pattern.iter().map_while(|value| *value).collect();
        let from = tuples.range(key.clone()..);
        let alike = from.take_while(|tuple| tuple.starts_with(&key));
        alike.filter(agrees).cloned().collect()
    }

    /// The values that a variable of the sort ranges over where nothing else gives it one.
    pub(super) fn domain(&self, sort: SortId) -> Vec<Value> {
        if sort == SortId::ACT {
            let recorded = &self.asserted[self.program.builtin.recorded];
            return recorded.iter().flatten().copied().collect();
        }
        let named = self.universe.values(sort);
        match self.program.sorts[sort].kind {
            SortKind::Enumerated => named.collect(),
            SortKind::Entity => std::iter::once(Value::UNKNOWN).chain(named).collect(),
            SortKind::Integer | SortKind::Date | SortKind::Text => vec![Value::UNKNOWN],
        }
    }

    fn declared(&self, relation: RelationId) -> RelationId {
        self.program.relations[relation].declared
    }
}

/// Whether a tuple has the values that the pattern names.
pub(super) fn agrees(tuple: &[Value], pattern: &[Option<Value>]) -> bool {
    let pairs = tuple.iter().zip(pattern);
    pairs
        .into_iter()
        .all(|(value, wanted)| wanted.is_none_or(|wanted| wanted == *value))
}
