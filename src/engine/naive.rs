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

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Table;
use crate::lang::ast::{AggregateFunction, Comparison};
use crate::program::{
    Atom, Component, Literal, LiteralKind, Program, RelationId, RelationKind, Rule, SortId,
    SortKind, Term, Universe, Value, VariableId,
};

use super::expression::{Compare, compare_names, evaluate, lone_variable, name, variables};
use super::facts::{Facts, Rows};
use super::frame::Frame;
use super::interval::Interval;
use super::truth::Truth;

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

/// A conjunction with what its variables range over.
struct Conjunction<'n, 'a> {
    naive: &'n Naive<'a>,
    rule: &'n Rule,
    literals: &'n [Literal],
    /// Variables that are tried with all values of their sort.
    tried: Vec<VariableId>,
    head: &'n Set,
    /// Variables that equations and aggregates give a value.
    computed: Set,
    /// Variables whose unknown values match any value.
    wild: Set,
    /// All variables that have a value in a solution.
    known: Set,
}

impl<'n, 'a> Conjunction<'n, 'a> {
    fn new(
        naive: &'n Naive<'a>,
        rule: &'n Rule,
        literals: &'n [Literal],
        given: &Set,
        head: &'n Set,
    ) -> Self {
        let (mut in_atoms, mut in_closed) = (Set::new(), Set::new());
        for literal in literals {
            if let LiteralKind::Positive(atom) = &literal.kind {
                let found = atom.terms.iter().filter_map(|&term| variable(term));
                in_atoms.extend(found.clone());
                if !naive.program.relations[atom.relation].open {
                    in_closed.extend(found);
                }
            }
        }
        let targets = literals.iter().flat_map(targets);
        let targets: Set = targets
            .filter(|target| !in_closed.contains(target) && !given.contains(target))
            .collect();
        let computed = computable(literals, &targets, &in_atoms);
        let tried = in_atoms
            .iter()
            .filter(|variable| !computed.contains(variable) && !given.contains(variable));
        Self {
            naive,
            rule,
            literals,
            tried: tried.copied().collect(),
            head,
            wild: given.union(&computed).copied().collect(),
            known: given
                .iter()
                .chain(&in_atoms)
                .chain(&computed)
                .copied()
                .collect(),
            computed,
        }
    }

    fn each_solution(&self, frame: &Frame, sink: &mut dyn FnMut(&Frame, Truth)) {
        self.try_from(0, &mut frame.clone(), sink);
    }

    fn try_from(&self, at: usize, frame: &mut Frame, sink: &mut dyn FnMut(&Frame, Truth)) {
        let Some(&variable) = self.tried.get(at) else {
            let mut complete = frame.clone();
            self.compute(&mut complete);
            let truths = self
                .literals
                .iter()
                .map(|literal| self.literal(literal, &complete));
            let truth = truths.min().unwrap_or(Truth::Certain);
            if truth.possible() {
                sink(&complete, truth);
            }
            return;
        };
        let sort = self.rule.variables[variable].sort;
        for value in self.naive.range(sort, self.head.contains(&variable)) {
            frame.bind_value(variable, value);
            if !self.refuted(at, frame) {
                self.try_from(at + 1, frame, sink);
            }
        }
    }

    /// Whether an atom all of whose variables were tried is false already: only to save time.
    fn refuted(&self, at: usize, frame: &Frame) -> bool {
        let later = self.tried.get(at + 1..).unwrap_or_default();
        self.literals.iter().any(|literal| match &literal.kind {
            LiteralKind::Positive(atom) => {
                let mut variables = atom.terms.iter().filter_map(|&term| variable(term));
                let waits = |v: VariableId| later.contains(&v) || self.computed.contains(&v);
                !variables.any(waits) && !self.literal(literal, frame).possible()
            }
            _ => false,
        })
    }

    /// Gives the computed variables their values, those first that others are computed from.
    fn compute(&self, frame: &mut Frame) {
        let mut waiting = self.computed.clone();
        loop {
            let before = waiting.len();
            for literal in self.literals {
                self.compute_by(literal, frame, &mut waiting);
            }
            if waiting.len() == before {
                return;
            }
        }
    }

    fn compute_by(&self, literal: &Literal, frame: &mut Frame, waiting: &mut Set) {
        match &literal.kind {
            LiteralKind::Aggregate {
                result,
                alternatives,
                ..
            } if waiting.contains(result) => {
                let mut inner = Set::new();
                super::binders::each_variable(&alternatives.concat(), &mut |v| {
                    inner.insert(v);
                });
                if inner.is_disjoint(waiting) {
                    if let (Some(value), _) = self.aggregate(literal, frame) {
                        frame.bind_interval(*result, value);
                    }
                    waiting.remove(result);
                }
            }
            LiteralKind::Compare {
                left,
                operator: Comparison::Equal,
                right,
                sort,
            } => {
                for (target, source) in [(left, right), (right, left)] {
                    let target = lone_variable(target).filter(|target| waiting.contains(target));
                    let Some(target) =
                        target.filter(|_| !variables(source).any(|v| waiting.contains(&v)))
                    else {
                        continue;
                    };
                    if self.naive.program.sorts[*sort].kind.is_number() {
                        let value = evaluate(source, frame);
                        frame.bind_interval(target, value);
                    } else {
                        frame.bind_value(target, name(source, frame));
                    }
                    waiting.remove(&target);
                }
            }
            _ => {}
        }
    }

    fn literal(&self, literal: &Literal, frame: &Frame) -> Truth {
        match &literal.kind {
            LiteralKind::Positive(atom) => self.naive.atom(atom, frame, &self.wild),
            LiteralKind::Negative(inner) => {
                let mut best = Truth::False;
                self.inner(inner, frame, &mut |_, truth| best = best.max(truth));
                best.negated()
            }
            LiteralKind::Compare {
                left,
                operator,
                right,
                sort,
            } => {
                let gives = |side| lone_variable(side).is_some_and(|v| self.computed.contains(&v));
                if *operator == Comparison::Equal && (gives(left) || gives(right)) {
                    return Truth::Certain;
                }
                Compare::new(self.naive.program, left, *operator, right, *sort).truth(frame)
            }
            LiteralKind::Aggregate { result, .. } => match self.aggregate(literal, frame) {
                (None, _) => Truth::False,
                (Some(_), truth) if self.computed.contains(result) => truth,
                (Some(value), truth) => {
                    let given = frame.interval(*result);
                    given.compare(Comparison::Equal, value).min(truth)
                }
            },
        }
    }

    fn inner(&self, literals: &[Literal], frame: &Frame, sink: &mut dyn FnMut(&Frame, Truth)) {
        let none = Set::new();
        Conjunction::new(self.naive, self.rule, literals, &self.known, &none)
            .each_solution(frame, sink);
    }

    /// The value of an aggregate, and how surely it has one.
    fn aggregate(&self, literal: &Literal, frame: &Frame) -> (Option<Interval>, Truth) {
        let LiteralKind::Aggregate {
            function,
            terms,
            alternatives,
            ..
        } = &literal.kind
        else {
            return (None, Truth::False);
        };
        let mut group: BTreeMap<Vec<Value>, Truth> = BTreeMap::new();
        for alternative in alternatives {
            self.inner(alternative, frame, &mut |solution, truth| {
                let tuple = terms.iter().map(|&term| value_of(term, solution)).collect();
                let known = group.entry(tuple).or_default();
                *known = truth.max(*known);
            });
        }
        let is_vague = |tuple: &[Value]| {
            terms.iter().zip(tuple).any(|(&term, &value)| {
                let sort = variable(term).map(|variable| self.rule.variables[variable].sort);
                value == Value::UNKNOWN && sort.is_some_and(|sort| self.naive.is_value(sort))
            })
        };
        let first = |tuple: &[Value]| tuple.first().and_then(|value| value.number());
        let vague = match function {
            AggregateFunction::Min | AggregateFunction::Max => {
                group.keys().any(|tuple| first(tuple).is_none())
            }
            AggregateFunction::Count | AggregateFunction::Sum => {
                group.keys().any(|tuple| is_vague(tuple))
            }
        };
        if vague {
            return vague_aggregate(*function, &group, &is_vague);
        }
        let numbers = |truth: Truth| -> Vec<i64> {
            let members = group.iter().filter(|(_, t)| **t == truth);
            members
                .map(|(tuple, _)| first(tuple).unwrap_or(0))
                .collect()
        };
        exact_aggregate(*function, &numbers(Truth::Certain), &numbers(Truth::Maybe))
    }
}

/// All choices of maybe members are possible: the result lies between its extremes.
fn exact_aggregate(
    function: AggregateFunction,
    certain: &[i64],
    maybe: &[i64],
) -> (Option<Interval>, Truth) {
    let sum = |numbers: &[i64]| numbers.iter().sum::<i64>();
    let all = || certain.iter().chain(maybe).copied();
    let between = |lower: Option<i64>, upper: Option<i64>| Some(Interval { lower, upper });
    let held = if certain.is_empty() {
        Truth::Maybe
    } else {
        Truth::Certain
    };
    match function {
        AggregateFunction::Count => {
            let (lower, more) = (certain.len() as u32, maybe.len() as u32);
            (
                between(Some(lower.into()), Some((lower + more).into())),
                Truth::Certain,
            )
        }
        AggregateFunction::Sum => {
            let (negative, positive): (Vec<i64>, Vec<i64>) = maybe.iter().partition(|&&n| n < 0);
            let lower = sum(certain) + sum(&negative);
            let upper = sum(certain) + sum(&positive);
            (
                Some(
                    Interval {
                        lower: Some(lower),
                        upper: Some(upper),
                    }
                    .within_values(),
                ),
                Truth::Certain,
            )
        }
        AggregateFunction::Min | AggregateFunction::Max if all().next().is_none() => {
            (None, Truth::False)
        }
        AggregateFunction::Min => {
            let upper = certain
                .iter()
                .copied()
                .min()
                .or(maybe.iter().copied().max());
            (between(all().min(), upper), held)
        }
        AggregateFunction::Max => {
            let lower = certain
                .iter()
                .copied()
                .max()
                .or(maybe.iter().copied().min());
            (between(lower, all().max()), held)
        }
    }
}

/// Where a member has an unknown number, only what the others say for sure is known.
fn vague_aggregate(
    function: AggregateFunction,
    group: &BTreeMap<Vec<Value>, Truth>,
    is_vague: &dyn Fn(&[Value]) -> bool,
) -> (Option<Interval>, Truth) {
    let certain = group.iter().filter(|(_, truth)| **truth == Truth::Certain);
    let some_certain = certain.clone().next().is_some();
    let clear = certain
        .clone()
        .filter(|(tuple, _)| !is_vague(tuple))
        .count();
    let numbers = certain.filter_map(|(tuple, _)| tuple.first()?.number());
    let vague_maybe = group
        .iter()
        .any(|(tuple, truth)| is_vague(tuple) && *truth == Truth::Maybe);
    let held = if some_certain {
        Truth::Certain
    } else {
        Truth::Maybe
    };
    match function {
        AggregateFunction::Count => {
            let lower = (clear as u32).max(u32::from(some_certain));
            let upper = (!vague_maybe).then_some((group.len() as u32).into());
            (
                Some(Interval {
                    lower: Some(lower.into()),
                    upper,
                }),
                Truth::Certain,
            )
        }
        AggregateFunction::Sum => (Some(Interval::ALL), Truth::Certain),
        AggregateFunction::Min => (
            Some(Interval {
                lower: None,
                upper: numbers.min(),
            }),
            held,
        ),
        AggregateFunction::Max => (
            Some(Interval {
                lower: numbers.max(),
                upper: None,
            }),
            held,
        ),
    }
}

/// Those of `targets` that follow from other variables, one after the other. Variables of atoms
/// that are only equated with one another do not: they are tried.
fn computable(literals: &[Literal], targets: &Set, in_atoms: &Set) -> Set {
    let mut targets = targets.clone();
    let mut computed = Set::new();
    loop {
        let before = (computed.len(), targets.len());
        for literal in literals {
            for target in self::targets(literal) {
                let mut others = Set::new();
                super::binders::each_variable(std::slice::from_ref(literal), &mut |variable| {
                    others.insert(variable);
                });
                others.remove(&target);
                let waits = others
                    .iter()
                    .any(|v| targets.contains(v) && !computed.contains(v));
                if targets.contains(&target) && !waits {
                    computed.insert(target);
                }
            }
        }
        if before == (computed.len(), targets.len()) {
            targets.retain(|target| computed.contains(target) || !in_atoms.contains(target));
        }
        if before == (computed.len(), targets.len()) {
            return computed;
        }
    }
}

/// The variables that `literal` can give a value.
fn targets(literal: &Literal) -> Vec<VariableId> {
    match &literal.kind {
        LiteralKind::Aggregate { result, .. } => vec![*result],
        LiteralKind::Compare {
            left,
            operator: Comparison::Equal,
            right,
            ..
        } => [(left, right), (right, left)]
            .into_iter()
            .filter_map(|(left, right)| {
                lone_variable(left).filter(|&target| variables(right).all(|v| v != target))
            })
            .collect(),
        _ => Vec::new(),
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
