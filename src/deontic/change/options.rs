//! What could be said otherwise of what a judgement looked up: each change of a fact that agrees
//! with a lookup.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::base::Table;
use crate::engine::{Consulted, Facts};
use crate::program::{ActRecord, Program, RelationId, SortId, SortKind, Universe, Value};

use super::Change;
use super::facts::Spoken;
use super::near::Near;
use super::numbers::Comparisons;

/// How many tuples one lookup may agree with.
const TUPLES: usize = 10_000;

/// What changes are ordered by: first those that speak of nobody whom the act does not name.
type Key = (usize, RelationId, Vec<Written>, Change);

/// A tuple in words that do not hang on the order of the facts: names, then numbers.
type Written = Vec<(Option<String>, Option<i64>)>;

/// The changes that there are, as they are met.
pub(super) struct Options<'p> {
    program: &'p Program,
    universe: &'p Universe,
    facts: &'p Facts,
    at: i64,
    comparisons: Comparisons,
    /// Whether rules conclude something of a relation.
    derived: Table<RelationId, bool>,
    spoken: FxHashMap<RelationId, Rc<Spoken>>,
    values: FxHashMap<(RelationId, usize), Rc<[Value]>>,
    /// All changes met so far; others know them by their places.
    pub(super) changes: Vec<Change>,
    /// The rank of each among them by words.
    keys: Vec<Key>,
    near: Near,
    places: FxHashMap<Change, usize>,
    /// Relations of which too many tuples could be stated.
    pub(super) beyond: BTreeSet<RelationId>,
}

impl<'p> Options<'p> {
    /// The changes of `facts` that bear on an act.
    pub(super) fn new(
        program: &'p Program,
        universe: &'p Universe,
        facts: &'p Facts,
        act: &ActRecord,
    ) -> Self {
        let mut derived = Table::filled(program.relations.len(), false);
        for rule in &program.rules {
            derived[program.relations[rule.head.relation].declared] = true;
        }
        Self {
            program,
            universe,
            facts,
            at: act.at,
            comparisons: Comparisons::of(program),
            derived,
            spoken: FxHashMap::default(),
            values: FxHashMap::default(),
            changes: Vec::new(),
            keys: Vec::new(),
            near: Near::to(program, universe, facts, act),
            places: FxHashMap::default(),
            beyond: BTreeSet::new(),
        }
    }

    /// Puts changes in an order that does not hang on that of the facts.
    pub(super) fn sort(&self, places: &mut [usize]) {
        places.sort_by(|&one, &other| self.keys.get(one).cmp(&self.keys.get(other)));
    }

    /// The place of each change in that order.
    pub(super) fn ranks(&self) -> Vec<usize> {
        let mut order: Vec<_> = (0..self.changes.len()).collect();
        self.sort(&mut order);
        let mut ranks = vec![0; order.len()];
        for (rank, place) in order.into_iter().enumerate() {
            if let Some(own) = ranks.get_mut(place) {
                *own = rank;
            }
        }
        ranks
    }

    fn key(&self, change: &Change) -> Key {
        let tuples = change.tuples();
        let tuples = tuples.map(|tuple| self.written(change.relation, tuple));
        let mut signs = change.clone();
        for (tuple, _) in [&mut signs.withdrawn, &mut signs.stated]
            .into_iter()
            .flatten()
        {
            *tuple = Box::default();
        }
        let far = change
            .tuples()
            .map(|tuple| self.near.far(self.program, change.relation, tuple));
        let far = far.max().unwrap_or_default();
        (far, change.relation, tuples.collect(), signs)
    }

    /// A tuple in words.
    pub(super) fn written(&self, relation: RelationId, tuple: &[Value]) -> Written {
        let columns = &self.program.relations[relation].columns;
        let name = |(&value, column): (&Value, &crate::program::Column)| {
            let is_number = self.program.sorts[column.sort].kind.is_number();
            let name = self
                .universe
                .name(column.sort, value)
                .filter(|_| !is_number);
            let number = value.number().filter(|_| is_number);
            (name.map(str::to_owned), number)
        };
        tuple.iter().zip(columns).map(name).collect()
    }

    /// The changes of what a lookup agrees with.
    pub(super) fn agreeing(&mut self, lookup: &Consulted) -> Rc<[usize]> {
        let mut found = Vec::new();
        if !self.program.relations[lookup.relation].fixed {
            self.withdraw(lookup, &mut found);
            self.state(lookup, &mut found);
        }
        found.into_iter().map(|it| self.place(it)).collect()
    }

    fn place(&mut self, change: Change) -> usize {
        if let Some(&place) = self.places.get(&change) {
            return place;
        }
        let place = self.changes.len();
        self.places.insert(change.clone(), place);
        self.keys.push(self.key(&change));
        self.changes.push(change);
        place
    }

    fn spoken(&mut self, relation: RelationId) -> Rc<Spoken> {
        let (facts, at) = (self.facts, self.at);
        let spoken = self.spoken.entry(relation);
        Rc::clone(spoken.or_insert_with(|| Rc::new(Spoken::of(facts, relation, at))))
    }

    /// What is stated and agrees with a lookup: withdrawn, turned, or moved.
    fn withdraw(&mut self, lookup: &Consulted, found: &mut Vec<Change>) {
        let relation = lookup.relation;
        let row = &self.program.relations[relation];
        let spoken = self.spoken(relation);
        for (tuple, said) in &spoken.tuples {
            if !self.agrees(lookup, tuple) || !self.near.some(self.program, relation, tuple) {
                continue;
            }
            let listed = spoken.is_listed(self.program, relation, tuple);
            for (stated, holds) in [(said.asserted, true), (said.denied, false)] {
                if !stated {
                    continue;
                }
                let withdrawn = Some((tuple.clone(), holds));
                found.push(change(relation, withdrawn.clone(), None));
                let has_other = holds || self.values_beside(&spoken, relation, tuple) == 0;
                if row.open && !listed && has_other && !self.is_vague(relation) {
                    found.push(change(relation, withdrawn, Some((tuple.clone(), !holds))));
                }
            }
            if said.asserted && self.values_beside(&spoken, relation, tuple) <= 1 {
                self.move_from(relation, tuple, found);
            }
        }
    }

    /// How many values a single-valued relation has in the row of `tuple`, at any time.
    fn values_beside(&self, spoken: &Spoken, relation: RelationId, tuple: &[Value]) -> usize {
        let row = &self.program.relations[relation];
        if !row.single_valued {
            return 0;
        }
        let width = row.arity() - 1;
        let said = spoken.tuples.iter().filter(|(_, said)| said.asserted);
        said.filter(|(other, _)| other.get(..width) == tuple.get(..width))
            .count()
    }

    /// The same with another number, or another value where there is one only.
    fn move_from(&mut self, relation: RelationId, tuple: &[Value], found: &mut Vec<Change>) {
        for column in self.movable(relation) {
            for &value in &*self.domain(relation, column) {
                let mut moved: Box<[Value]> = tuple.into();
                if let Some(place) = moved.get_mut(column).filter(|own| **own != value) {
                    *place = value;
                }
                if *moved != *tuple && self.can_be_stated(relation, &moved) {
                    let from = Some((tuple.into(), true));
                    found.push(change(relation, from, Some((moved, true))));
                }
            }
        }
    }

    /// The columns in which a stated tuple can be moved.
    fn movable(&self, relation: RelationId) -> Vec<usize> {
        let row = &self.program.relations[relation];
        let is_number = |column: usize| {
            let column = row.columns.get(column);
            column.is_some_and(|it| self.program.sorts[it.sort].kind.is_number())
        };
        let columns = 0..row.arity();
        let last = |column| row.single_valued && column + 1 == row.arity();
        columns
            .filter(|&column| is_number(column) || last(column))
            .collect()
    }

    /// What is not stated and agrees with a lookup: stated to hold, or not to.
    fn state(&mut self, lookup: &Consulted, found: &mut Vec<Change>) {
        let relation = lookup.relation;
        let row = &self.program.relations[relation];
        let spoken = self.spoken(relation);
        let mut domains = Vec::new();
        let columns = row.columns.iter().zip(&lookup.pattern).enumerate();
        for (index, (column, &given)) in columns {
            let kind = self.program.sorts[column.sort].kind;
            let given = given.filter(|&value| value != Value::UNKNOWN || !is_value(kind));
            domains.push(match given {
                Some(value) if kind.is_number() => {
                    let values = self.domain(relation, index);
                    values.iter().copied().filter(|&it| it == value).collect()
                }
                Some(value) => Rc::from([value]),
                None => self.domain(relation, index),
            });
        }
        let count = domains.iter().try_fold(1_usize, |count, domain| {
            count.checked_mul(domain.len()).filter(|&it| it <= TUPLES)
        });
        if count.is_none() {
            self.beyond.insert(relation);
            return;
        }
        each_tuple(&domains, &mut Vec::new(), &mut |tuple| {
            self.state_one(&spoken, relation, tuple, found);
        });
    }

    fn state_one(
        &self,
        spoken: &Spoken,
        relation: RelationId,
        tuple: &[Value],
        found: &mut Vec<Change>,
    ) {
        let row = &self.program.relations[relation];
        let said = spoken.said(tuple);
        if said.asserted_now || said.denied || !self.can_be_stated(relation, tuple) {
            return;
        }
        let beside = self.values_beside(spoken, relation, tuple);
        let movable = self.movable(relation);
        for column in movable.into_iter().filter(|_| beside <= 1) {
            let alike = |other: &[Value]| {
                let mut pairs = other.iter().zip(tuple).enumerate();
                pairs.all(|(at, (a, b))| at == column || a == b)
            };
            for (other, _) in spoken
                .tuples
                .iter()
                .filter(|(other, said)| said.asserted && alike(other))
            {
                let from = Some((other.clone(), true));
                found.push(change(relation, from, Some((tuple.into(), true))));
            }
        }
        if beside > 0 {
            return;
        }
        if row.open || !self.derived[relation] {
            found.push(change(relation, None, Some((tuple.into(), true))));
        }
        let listed = spoken.is_listed(self.program, relation, tuple);
        if row.open && !listed && !said.asserted && !self.is_vague(relation) {
            found.push(change(relation, None, Some((tuple.into(), false))));
        }
    }

    /// Whether a tuple can be stated: of individuals near to the act, and all numbers known.
    fn can_be_stated(&self, relation: RelationId, tuple: &[Value]) -> bool {
        !tuple.contains(&Value::UNKNOWN) && self.near.all(self.program, relation, tuple)
    }

    /// Whether a tuple has numbers, dates or texts: of such it is said what they are, not what
    /// they are not.
    fn is_vague(&self, relation: RelationId) -> bool {
        let columns = &self.program.relations[relation].columns;
        let mut kinds = columns.iter().map(|it| self.program.sorts[it.sort].kind);
        kinds.any(is_value)
    }

    /// The values that a column can be given.
    fn domain(&mut self, relation: RelationId, column: usize) -> Rc<[Value]> {
        if let Some(known) = self.values.get(&(relation, column)) {
            return Rc::clone(known);
        }
        let sort = self.program.relations[relation].columns.get(column);
        let sort = sort.map_or(SortId::TEXT, |it| it.sort);
        let values: Rc<[Value]> = if self.program.sorts[sort].kind.is_number() {
            let (program, facts) = (self.program, self.facts);
            let values = self
                .comparisons
                .values(program, facts, (relation, column), self.at);
            values.into_iter().collect()
        } else {
            let near = |&value: &Value| self.near.has(sort, value);
            self.universe.values(sort).filter(near).collect()
        };
        self.values.insert((relation, column), Rc::clone(&values));
        values
    }

    /// Whether a stated tuple agrees with a lookup; an unknown number, date or text is any.
    fn agrees(&self, lookup: &Consulted, tuple: &[Value]) -> bool {
        let columns = &self.program.relations[lookup.relation].columns;
        let mut given = lookup.pattern.iter().zip(tuple).zip(columns);
        given.all(|((&given, &own), column)| {
            let kind = self.program.sorts[column.sort].kind;
            let any = |value| value == Value::UNKNOWN && is_value(kind);
            given.is_none_or(|given| given == own || any(given) || any(own))
        })
    }
}

fn is_value(kind: SortKind) -> bool {
    matches!(kind, SortKind::Integer | SortKind::Date | SortKind::Text)
}

fn change(
    relation: RelationId,
    withdrawn: Option<(Box<[Value]>, bool)>,
    stated: Option<(Box<[Value]>, bool)>,
) -> Change {
    Change {
        relation,
        withdrawn,
        stated,
    }
}

/// Calls `note` with each choice of one value from each domain.
fn each_tuple(domains: &[Rc<[Value]>], tuple: &mut Vec<Value>, note: &mut dyn FnMut(&[Value])) {
    let Some(domain) = domains.get(tuple.len()) else {
        return note(tuple);
    };
    for &value in &**domain {
        tuple.push(value);
        each_tuple(domains, tuple, note);
        tuple.pop();
    }
}
