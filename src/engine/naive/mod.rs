//! The definition of what the engine answers: every rule is tried with every substitution,
//! again and again until nothing changes. No plan, no index, no order of literals.
//!
//! A *substitution* gives each variable of a conjunction a value, or, of a number, an interval:
//!
//! - a variable that an equation or an aggregate gives its value, and no closed relation, has
//!   that value;
//! - any other variable ranges over its whole sort: the named individuals and the stranger; of
//!   numbers, dates and texts all values that occur anywhere, and the unstated one.
//!
//! A number that is unknown *from outside* (given to the conjunction, or computed) matches any
//! tuple maybe. One that open relations alone leave unstated stands for itself: the tuples that
//! do state a number are tried with that number.
//!
//! Acts that nobody recorded (`hidden`) are values of a rule's head variables only.

mod aggregate;
mod conjunction;

use std::collections::BTreeSet;

use crate::base::Table;
use crate::engine::expression::compare_names;
use crate::engine::facts::{Facts, Rows};
use crate::engine::frame::Frame;
use crate::engine::truth::Truth;
use crate::lang::ast::Comparison;
use crate::program::{
    Atom, Component, Program, RelationId, RelationKind, Rule, SortId, SortKind, Term, Universe,
    Value, VariableId,
};

use self::conjunction::Conjunction;

type Tuples = BTreeSet<Vec<Value>>;
type Set = BTreeSet<VariableId>;

/// All that holds, worked out by the definition.
#[derive(Debug)]
pub struct Naive<'a> {
    program: &'a Program,
    universe: &'a Universe,
    hidden: &'a BTreeSet<Value>,
    /// By declared relation.
    denied: Table<RelationId, Tuples>,
    closed: Table<RelationId, Tuples>,
    certain: Table<RelationId, Tuples>,
    maybe: Table<RelationId, Tuples>,
    numbers: Vec<Value>,
}

impl<'a> Naive<'a> {
    /// What follows from `facts` at `moment`; the acts of `hidden` are recorded by nobody.
    pub fn new(
        program: &'a Program,
        universe: &'a Universe,
        facts: &Facts,
        moment: i64,
        hidden: &'a BTreeSet<Value>,
    ) -> Self {
        let said = |rows: fn(&super::facts::Input) -> &Rows| -> Table<RelationId, Tuples> {
            let of = |relation: RelationId| {
                let declared = program.relations[relation].declared;
                rows(facts.input(declared))
                    .iter()
                    .filter(|&(_, fact)| facts.validity(fact).is_none_or(|v| v.holds_at(moment)))
                    .map(|(tuple, _)| tuple.to_vec())
                    .collect()
            };
            program.relations.ids().map(of).collect()
        };
        let mut naive = Self {
            program,
            universe,
            hidden,
            denied: said(|input| &input.denied),
            closed: said(|input| &input.closed),
            certain: said(|input| &input.asserted),
            maybe: Table::filled(program.relations.len(), Tuples::new()),
            numbers: Vec::new(),
        };
        naive.numbers = naive.all_numbers();
        for component in &program.strata.components {
            naive.add_all(component, Truth::Certain);
            naive.add_all(component, Truth::Maybe);
        }
        naive
    }

    /// The certain tuples of `relation`.
    pub fn certain(&self, relation: RelationId) -> &BTreeSet<Vec<Value>> {
        &self.certain[relation]
    }

    /// The maybe tuples of `relation`, if it is closed and derived.
    pub fn maybe(&self, relation: RelationId) -> &BTreeSet<Vec<Value>> {
        &self.maybe[relation]
    }

    /// The truth of `tuple`; an unknown number in it matches any.
    pub fn truth(&self, relation: RelationId, tuple: &[Value]) -> Truth {
        let sorts = self.program.relations[relation].columns.iter();
        let mut frame = Frame::with_size(tuple.len());
        let mut terms = Vec::new();
        for (column, (_, &value)) in sorts.zip(tuple).enumerate() {
            let variable = crate::base::Id::new(column);
            frame.bind_value(variable, value);
            terms.push(Term::Variable(variable));
        }
        let given = terms.iter().filter_map(|&term| variable(term)).collect();
        self.atom(&Atom { relation, terms }, &frame, &given)
    }

    /// All numbers, dates and texts that occur, of whatever sort, and the unstated one.
    fn all_numbers(&self) -> Vec<Value> {
        let mut numbers = BTreeSet::from([Value::UNKNOWN]);
        for (relation, row) in self.program.relations.entries() {
            for (position, column) in row.columns.iter().enumerate() {
                if self.is_value(column.sort) {
                    let tuples = self.certain[relation].iter().chain(&self.denied[relation]);
                    numbers.extend(tuples.filter_map(|tuple| tuple.get(position)));
                }
            }
        }
        numbers.into_iter().collect()
    }

    fn is_value(&self, sort: SortId) -> bool {
        matches!(
            self.program.sorts[sort].kind,
            SortKind::Integer | SortKind::Date | SortKind::Text
        )
    }

    /// Adds the conclusions of this truth until there are no more.
    fn add_all(&mut self, component: &Component, truth: Truth) {
        let mut changed = true;
        while changed {
            changed = false;
            for &rule in &component.rules {
                for tuple in self.conclusions(&self.program.rules[rule], truth) {
                    changed |= self.add(self.program.rules[rule].head.relation, tuple, truth);
                }
            }
        }
    }

    fn add(&mut self, relation: RelationId, tuple: Vec<Value>, truth: Truth) -> bool {
        if truth == Truth::Certain {
            self.certain[relation].insert(tuple)
        } else {
            let tested = self.program.relations[relation].open;
            !tested
                && !self.certain[relation].contains(&tuple)
                && self.maybe[relation].insert(tuple)
        }
    }

    fn conclusions(&self, rule: &Rule, at_least: Truth) -> Vec<Vec<Value>> {
        let head: Set = rule
            .head
            .terms
            .iter()
            .filter_map(|&term| variable(term))
            .collect();
        let mut found = Vec::new();
        let frame = Frame::new(&rule.variables);
        let conjunction = Conjunction::new(self, rule, &rule.body, &Set::new(), &head);
        conjunction.each_solution(&frame, &mut |solution, truth| {
            if truth >= at_least {
                let value = |&term: &Term| value_of(term, solution);
                found.push(rule.head.terms.iter().map(value).collect());
            }
        });
        found
    }

    /// The values that a variable of `sort` ranges over.
    fn range(&self, sort: SortId, of_head: bool) -> Vec<Value> {
        let named = self.universe.values(sort);
        match self.program.sorts[sort].kind {
            SortKind::Integer | SortKind::Date | SortKind::Text => self.numbers.clone(),
            SortKind::Enumerated => named.collect(),
            SortKind::Entity if sort == SortId::ACT => {
                let recorded = self.certain[self.program.builtin.recorded].iter();
                let recorded = recorded.filter_map(|act| act.first().copied());
                let hidden = self.hidden.iter().copied().filter(|_| of_head);
                recorded.chain(hidden).collect()
            }
            SortKind::Entity => std::iter::once(Value::UNKNOWN).chain(named).collect(),
        }
    }

    /// The truth of `atom`; unknown values of the variables of `wild` match any value.
    fn atom(&self, atom: &Atom, frame: &Frame, wild: &Set) -> Truth {
        let relation = &self.program.relations[atom.relation];
        if let RelationKind::Sort(_) = relation.kind {
            let value = atom.terms.first().map(|&term| value_of(term, frame));
            let any = atom.terms.first() == Some(&Term::Any);
            return Truth::of(any || value != Some(Value::UNKNOWN));
        }
        let stored = |tuples: &Tuples, truth: Truth| {
            let agreements = tuples
                .iter()
                .map(|tuple| self.agrees(atom, tuple, frame, wild));
            agreements.max().unwrap_or_default().min(truth)
        };
        let best = stored(&self.certain[atom.relation], Truth::Certain)
            .max(stored(&self.maybe[atom.relation], Truth::Maybe));
        if best == Truth::False && relation.open && self.may_hold(atom, frame) {
            return Truth::Maybe;
        }
        best
    }

    /// How surely a stored tuple is the one that `atom` speaks of.
    fn agrees(&self, atom: &Atom, tuple: &[Value], frame: &Frame, wild: &Set) -> Truth {
        let columns = &self.program.relations[atom.relation].columns;
        let mut truth = Truth::Certain;
        for ((column, &term), &stored) in columns.iter().zip(&atom.terms).zip(tuple) {
            let given = value_of(term, frame);
            let kind = self.program.sorts[column.sort].kind;
            let same = compare_names(kind, given, Comparison::Equal, stored);
            let agreement = match variable(term) {
                _ if term == Term::Any => {
                    Truth::of(!self.hidden.contains(&stored) || column.sort != SortId::ACT)
                }
                Some(variable) if given == Value::UNKNOWN && self.is_value(column.sort) => {
                    let possible = if wild.contains(&variable) {
                        stored
                            .number()
                            .filter(|_| kind.is_number())
                            .is_none_or(|number| frame.interval(variable).contains(number))
                    } else {
                        stored == Value::UNKNOWN
                    };
                    same.min(Truth::of(possible))
                }
                _ => same,
            };
            truth = truth.min(agreement);
        }
        truth
    }

    /// Whether a tuple of an open relation that is not stated may hold.
    fn may_hold(&self, atom: &Atom, frame: &Frame) -> bool {
        let columns = &self.program.relations[atom.relation].columns;
        let mut tuples: Vec<Vec<Value>> = vec![Vec::new()];
        for (column, &term) in columns.iter().zip(&atom.terms) {
            let values = if term == Term::Any && self.is_value(column.sort) {
                vec![Value::UNKNOWN]
            } else if term == Term::Any {
                self.range(column.sort, false)
            } else {
                vec![value_of(term, frame)]
            };
            tuples = tuples
                .iter()
                .flat_map(|tuple| {
                    values
                        .iter()
                        .map(|&value| [tuple.as_slice(), &[value]].concat())
                })
                .collect();
        }
        tuples
            .iter()
            .any(|tuple| self.is_possible(atom.relation, tuple))
    }

    fn is_possible(&self, id: RelationId, tuple: &[Value]) -> bool {
        let relation = &self.program.relations[id];
        let in_domain = relation.columns.iter().zip(tuple).all(|(column, &value)| {
            let kind = self.program.sorts[column.sort].kind;
            let has_unknown = kind != SortKind::Enumerated && column.sort != SortId::ACT;
            value != Value::UNKNOWN || has_unknown
        });
        let row_closed = relation
            .row_key()
            .and_then(|key| tuple.get(..key))
            .is_some_and(|key| {
                let visible = |other: &Vec<Value>| {
                    let columns = relation.columns.iter().zip(other).skip(key.len());
                    let mut columns = columns.filter(|(column, _)| column.sort == SortId::ACT);
                    columns.all(|(_, value)| !self.hidden.contains(value))
                };
                let mut certain = self.certain[id].iter();
                let stated = certain.any(|other| other.starts_with(key) && visible(other));
                self.closed[id].contains(key) || (relation.single_valued && stated)
            });
        let concluded_false = relation
            .negation
            .is_some_and(|negation| self.certain[negation].contains(tuple));
        in_domain
            && !self.certain[id].contains(tuple)
            && !self.denied[id].contains(tuple)
            && !row_closed
            && !concluded_false
    }
}

fn variable(term: Term) -> Option<VariableId> {
    match term {
        Term::Variable(variable) => Some(variable),
        Term::Constant(_) | Term::Any => None,
    }
}

fn value_of(term: Term, frame: &Frame) -> Value {
    match term {
        Term::Variable(variable) => frame.value(variable),
        Term::Constant(value) => value,
        Term::Any => Value::UNKNOWN,
    }
}
