//! Random programs with facts, read off a tape of choices so that they shrink.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::collections::BTreeSet;

use attendu::base::Id;
use attendu::engine::{Facts, Session, Validity};
use attendu::lang::ast::{AggregateFunction, Comparison, Role};
use attendu::program::{
    Literal, LiteralKind, Program, RelationId, RelationKind, Sort, SortId, SortKind, Term,
    Universe, Value, VariableId,
};

use super::build::{
    aggregate, atom, closed, compare, negative, nowhere, number, open, positive, program, relation,
    rule, stratify, universe,
};

const ACTOR: SortId = SortId::ACTOR;
const ACCOUNT: SortId = SortId::ACCOUNT;
const ACT: SortId = SortId::ACT;
const INTEGER: SortId = SortId::INTEGER;

/// The act that nobody recorded; those before it are recorded.
pub(crate) const HIDDEN: usize = 3;

/// Choices, the first ones first; zeros when it has run out.
#[derive(Clone, Debug)]
pub(crate) struct Tape {
    choices: Vec<u32>,
    at: usize,
}

impl Tape {
    pub(crate) fn new(choices: Vec<u32>) -> Self {
        Self { choices, at: 0 }
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let choice = self.choices.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        choice as usize % bound.max(1)
    }

    /// Yes in `percent` of the cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        99 - self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// What to make.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Open relations of numbers, and aggregates.
    pub(crate) numbers: bool,
    /// Acts, some not recorded.
    pub(crate) acts: bool,
    /// Few atoms, so that all completions can be tried.
    pub(crate) tiny: bool,
}

/// A program with facts.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) program: Program,
    pub(crate) universe: Universe,
    /// Facts but those of the act that nobody recorded.
    pub(crate) facts: Facts,
    /// What is said of that act: relation, tuple, asserted (or the row closed).
    pub(crate) hidden: Vec<(RelationId, Vec<Value>, bool)>,
    pub(crate) moment: i64,
}

impl Case {
    /// The facts with those of the act that nobody recorded.
    pub(crate) fn all_facts(&self) -> Facts {
        let mut facts = self.facts.clone();
        for (relation, tuple, asserted) in &self.hidden {
            if *asserted {
                facts.assert(*relation, tuple, nowhere(), None);
            } else {
                facts.close(*relation, tuple, nowhere());
            }
        }
        facts
    }

    /// The act that nobody recorded, as a set.
    pub(crate) fn hidden_acts() -> BTreeSet<Value> {
        BTreeSet::from([Value::from_index(HIDDEN)])
    }

    /// Says in `session` what is said of that act.
    pub(crate) fn add_hidden(&self, session: &Session<'_>) {
        for (relation, tuple, asserted) in &self.hidden {
            if *asserted {
                session.add_unrecorded(*relation, tuple);
            } else {
                session.close_unrecorded(*relation, tuple);
            }
        }
    }

    /// Whether `tuple` is about that act.
    pub(crate) fn is_hidden(&self, relation: RelationId, tuple: &[Value]) -> bool {
        let mut columns = self.program.relations[relation].columns.iter().zip(tuple);
        let hidden = Value::from_index(HIDDEN);
        columns.any(|(column, value)| column.sort == ACT && *value == hidden)
    }

    /// All tuples of `relation` over the sorts, strangers and unstated values included.
    pub(crate) fn tuples(&self, relation: RelationId) -> Vec<Vec<Value>> {
        let mut tuples = vec![Vec::new()];
        for column in &self.program.relations[relation].columns {
            let values = self.values(column.sort);
            tuples = tuples
                .iter()
                .flat_map(|tuple: &Vec<Value>| {
                    values.iter().map(move |&value| {
                        let mut longer = tuple.clone();
                        longer.push(value);
                        longer
                    })
                })
                .collect();
        }
        tuples
    }

    fn values(&self, sort: SortId) -> Vec<Value> {
        let kind = self.program.sorts[sort].kind;
        if kind == SortKind::Integer {
            return (1..=3).map(number).chain([Value::UNKNOWN]).collect();
        }
        let stranger = (kind == SortKind::Entity && sort != ACT).then_some(Value::UNKNOWN);
        self.universe.values(sort).chain(stranger).collect()
    }
}

/// Makes a case of the choices on `tape`.
pub(crate) fn case(tape: &mut Tape, options: Options) -> Case {
    Generator::new(tape, options).make()
}

struct Generator<'t> {
    tape: &'t mut Tape,
    options: Options,
    program: Program,
    colour: SortId,
    /// Relations that facts are made for.
    inputs: Vec<RelationId>,
    /// Relations of lower levels.
    lower: Vec<RelationId>,
    /// Relations of this level.
    level: Vec<RelationId>,
    /// The variables of the rule being made.
    sorts: Vec<SortId>,
}

impl<'t> Generator<'t> {
    fn new(tape: &'t mut Tape, options: Options) -> Self {
        let mut program = program();
        let colour = program.sorts.push(Sort {
            name: "colour".to_owned(),
            kind: SortKind::Enumerated,
            span: None,
        });
        Self {
            tape,
            options,
            program,
            colour,
            inputs: Vec::new(),
            lower: Vec::new(),
            level: Vec::new(),
            sorts: Vec::new(),
        }
    }

    fn make(mut self) -> Case {
        self.add_inputs();
        let levels = if self.options.tiny { 2 } else { 3 };
        for level in 1..=levels {
            self.add_level(level);
        }
        stratify(&mut self.program);
        let actors = if self.options.tiny {
            1
        } else {
            2 + self.tape.below(2)
        };
        let accounts = if self.options.tiny { 1 } else { 2 };
        let sizes = [actors, accounts, 0, 0, HIDDEN, 0, 0, 0, 2];
        let universe = universe(&self.program, &sizes);
        let mut case = Case {
            facts: Facts::new(self.program.relations.len()),
            program: self.program.clone(),
            universe,
            hidden: Vec::new(),
            moment: if self.tape.chance(50) { 5 } else { 15 },
        };
        self.add_facts(&mut case);
        case
    }

    fn add_inputs(&mut self) {
        let program = &mut self.program;
        let mut inputs = vec![
            closed(program, "minister", &[ACTOR]),
            closed(program, "knows", &[ACTOR, ACTOR]),
            open(program, "partisan", &[ACTOR]),
        ];
        if !self.options.tiny {
            inputs.push(closed(program, "kept_by", &[ACCOUNT, ACTOR]));
            inputs.push(open(program, "shows", &[ACCOUNT, ACTOR]));
        }
        let purpose = open(program, "purpose", &[ACCOUNT, self.colour]);
        program.relations[purpose].single_valued = true;
        inputs.push(purpose);
        if self.options.numbers {
            inputs.push(closed(program, "scored", &[ACTOR, INTEGER]));
            let age = open(program, "age", &[ACTOR, INTEGER]);
            program.relations[age].single_valued = true;
            inputs.push(age);
            inputs.push(open(program, "rated", &[ACTOR, INTEGER]));
        }
        if self.options.acts {
            inputs.push(program.builtin.recorded);
            inputs.push(relation(
                program,
                "share",
                RelationKind::Action(Id::new(0)),
                &[ACT],
            ));
            let by = relation(program, "by", RelationKind::Role(Role::By), &[ACT, ACTOR]);
            program.relations[by].open = true;
            program.relations[by].single_valued = true;
            inputs.push(by);
            inputs.push(open(program, "political", &[ACT]));
        }
        self.lower.clone_from(&inputs);
        self.inputs = inputs;
        let sorts = [(ACTOR, "actor"), (ACCOUNT, "account")];
        for (sort, name) in sorts {
            let id = relation(&mut self.program, name, RelationKind::Sort(sort), &[sort]);
            self.lower.push(id);
        }
    }

    fn add_level(&mut self, level: usize) {
        let count = 1 + self.tape.below(2);
        self.level.clear();
        for index in 0..count {
            let arity = 1 + self.tape.below(2);
            let mut columns: Vec<_> = (0..arity).map(|_| self.column_sort()).collect();
            if columns == [ACT, ACT] {
                // Whether a tuple of two acts shows one that nobody recorded is left open.
                columns.pop();
            }
            let arity = columns.len();
            let name = format!("d{level}x{index}");
            let id = if self.tape.chance(25) {
                let id = open(&mut self.program, &name, &columns);
                self.inputs.push(id);
                let values = columns.contains(&INTEGER);
                self.program.relations[id].single_valued =
                    arity == 2 && !values && self.tape.chance(20);
                id
            } else {
                let id = closed(&mut self.program, &name, &columns);
                if self.tape.chance(30) {
                    self.inputs.push(id);
                }
                id
            };
            self.level.push(id);
            if self.program.relations[id].open && self.tape.chance(60) {
                self.add_negation(id, &columns);
            }
        }
        for id in self.level.clone() {
            for _ in 0..=self.tape.below(3) {
                self.add_rule(id, true);
            }
        }
        self.lower.append(&mut self.level);
    }

    /// Adds the relation of what rules conclude false of `id`, in a lower stratum.
    fn add_negation(&mut self, id: RelationId, columns: &[SortId]) {
        let name = format!("not_{}", self.program.relations[id].name);
        let kind = RelationKind::Negation(id);
        let negation = relation(&mut self.program, &name, kind, columns);
        self.program.relations[id].negation = Some(negation);
        self.add_rule(negation, false);
    }

    fn column_sort(&mut self) -> SortId {
        let mut sorts = vec![ACTOR, ACTOR, ACCOUNT];
        if self.options.acts {
            sorts.push(ACT);
            sorts.push(ACT);
        }
        if self.options.numbers {
            sorts.push(INTEGER);
        }
        self.tape.pick(&sorts)
    }

    fn add_rule(&mut self, head: RelationId, recursive: bool) {
        self.sorts.clear();
        let mut body = Vec::new();
        for _ in 0..=self.tape.below(3) {
            let same = recursive && self.tape.chance(40);
            let from = if same {
                self.level.clone()
            } else {
                self.lower.clone()
            };
            let relation = self.tape.pick(&from);
            body.push(self.positive(relation, 2, 0));
        }
        let terms = self.head_terms(head, &mut body);
        let outer = self.sorts.len();
        if self.tape.chance(45) {
            let inner = self.inner(outer);
            body.push(negative(inner));
        }
        if self.tape.chance(30) {
            self.add_comparison(&mut body, outer);
        }
        if self.options.numbers && self.tape.chance(25) {
            self.add_aggregate(&mut body, outer);
        }
        let at = self.tape.below(body.len());
        body.rotate_left(at);
        let sorts = self.sorts.clone();
        rule(&mut self.program, &sorts, atom(head, &terms), body);
    }

    /// A literal whose variables are old ones, or up to `fresh` new ones of each sort counted
    /// from variable `from`.
    fn positive(&mut self, relation: RelationId, fresh: usize, from: usize) -> Literal {
        let columns = self.program.relations[relation].columns.clone();
        let terms: Vec<_> = columns
            .iter()
            .map(|column| self.term(column.sort, fresh, from))
            .collect();
        positive(relation, &terms)
    }

    fn term(&mut self, sort: SortId, fresh: usize, from: usize) -> Term {
        if self.tape.chance(8) {
            return Term::Any;
        }
        if self.tape.chance(8) && sort != ACT {
            return Term::Constant(if sort == INTEGER {
                self.small(1, 3)
            } else {
                Value::from_index(1)
            });
        }
        let of_sort = |&(_, s): &(usize, &SortId)| *s == sort;
        let old: Vec<_> = self
            .sorts
            .iter()
            .enumerate()
            .filter(of_sort)
            .map(|(i, _)| i)
            .collect();
        let new = old.iter().filter(|&&index| index >= from).count() < fresh;
        if old.is_empty() || (new && self.tape.chance(45)) {
            self.sorts.push(sort);
            return super::build::v(self.sorts.len() - 1);
        }
        super::build::v(self.tape.pick(&old))
    }

    /// Variables that positive literals of `body` bind; numbers only where closed ones do.
    fn bound(&self, body: &[Literal], sort: SortId) -> Vec<usize> {
        let mut found = BTreeSet::new();
        for literal in body {
            let LiteralKind::Positive(atom) = &literal.kind else {
                continue;
            };
            let open = self.program.relations[atom.relation].open;
            for term in &atom.terms {
                if let Term::Variable(variable) = term {
                    let of_sort = self.sorts[variable.index()] == sort;
                    if of_sort && (sort != INTEGER || !open) {
                        found.insert(variable.index());
                    }
                }
            }
        }
        found.into_iter().collect()
    }

    fn head_terms(&mut self, head: RelationId, body: &mut Vec<Literal>) -> Vec<Term> {
        let mut terms = Vec::new();
        for column in self.program.relations[head].columns.clone() {
            let mut found = self.bound(body, column.sort);
            if found.is_empty() {
                let binders: Vec<_> = self
                    .lower
                    .iter()
                    .copied()
                    .filter(|&id| {
                        let relation = &self.program.relations[id];
                        let first = relation.columns.iter().any(|c| c.sort == column.sort);
                        first && (!relation.open || column.sort != INTEGER)
                    })
                    .collect();
                let relation = self.tape.pick(&binders);
                let columns = self.program.relations[relation].columns.clone();
                let bound: Vec<_> = columns
                    .iter()
                    .map(|c| {
                        self.sorts.push(c.sort);
                        super::build::v(self.sorts.len() - 1)
                    })
                    .collect();
                body.push(positive(relation, &bound));
                found = self.bound(body, column.sort);
            }
            terms.push(super::build::v(self.tape.pick(&found)));
        }
        terms
    }

    /// One or two literals of lower relations; their new variables are their own.
    fn inner(&mut self, outer: usize) -> Vec<Literal> {
        let count = 1 + self.tape.below(2);
        let inner: Vec<_> = (0..count)
            .map(|_| {
                let relation = self.tape.pick(&self.lower.clone());
                self.positive(relation, 1, outer)
            })
            .collect();
        // A variable of another inner conjunction would not be bound.
        inner
    }

    fn add_comparison(&mut self, body: &mut Vec<Literal>, outer: usize) {
        let sort = if self.options.numbers && self.tape.chance(70) {
            INTEGER
        } else {
            ACTOR
        };
        let usable: Vec<_> = (0..outer)
            .filter(|&index| self.sorts[index] == sort)
            .collect();
        let in_positive = |index: &usize| {
            body.iter().any(|literal| match &literal.kind {
                LiteralKind::Positive(atom) => atom
                    .terms
                    .contains(&Term::Variable(VariableId::new(*index))),
                _ => false,
            })
        };
        let usable: Vec<_> = usable.into_iter().filter(in_positive).collect();
        if usable.is_empty() {
            return;
        }
        let left = super::build::v(self.tape.pick(&usable));
        let right = if self.tape.chance(40) {
            super::build::v(self.tape.pick(&usable))
        } else if sort == INTEGER {
            Term::Constant(self.small(1, 3))
        } else {
            Term::Constant(Value::from_index(1))
        };
        let operator = if sort == INTEGER {
            self.tape.pick(&[
                Comparison::Less,
                Comparison::AtLeast,
                Comparison::Unequal,
                Comparison::AtMost,
                Comparison::Greater,
            ])
        } else {
            self.tape.pick(&[Comparison::Unequal, Comparison::Equal])
        };
        body.push(compare(left, operator, right, sort));
    }

    /// One of `count` numbers from `first` on.
    fn small(&mut self, first: i64, count: usize) -> Value {
        number(first + i64::try_from(self.tape.below(count)).unwrap())
    }

    fn add_aggregate(&mut self, body: &mut Vec<Literal>, outer: usize) {
        let inner_from = self.sorts.len();
        let mut inner = self.inner(outer);
        let function = self.tape.pick(&[
            AggregateFunction::Count,
            AggregateFunction::Sum,
            AggregateFunction::Min,
            AggregateFunction::Max,
        ]);
        let mut terms = Vec::new();
        if function == AggregateFunction::Count {
            let own = (inner_from..self.sorts.len()).map(super::build::v);
            terms.extend(own.take(1));
        }
        if terms.is_empty() {
            let from: Vec<_> = self
                .lower
                .iter()
                .copied()
                .filter(|&id| {
                    let columns = &self.program.relations[id].columns;
                    columns.iter().any(|column| column.sort == INTEGER)
                })
                .collect();
            let relation = self.tape.pick(&from);
            let columns = self.program.relations[relation].columns.clone();
            let mut bound = Vec::new();
            for column in &columns {
                if column.sort == INTEGER {
                    self.sorts.push(INTEGER);
                    bound.push(super::build::v(self.sorts.len() - 1));
                } else {
                    bound.push(self.term(column.sort, 1, outer));
                }
            }
            inner.push(positive(relation, &bound));
            terms.push(super::build::v(self.sorts.len() - 1));
            if self.sorts[self.sorts.len() - 1] != INTEGER {
                terms.clear();
                let last = (0..self.sorts.len())
                    .rev()
                    .find(|&i| self.sorts[i] == INTEGER);
                terms.push(super::build::v(last.unwrap()));
            }
            if self.tape.chance(50) {
                terms.extend((inner_from..self.sorts.len()).map(super::build::v).take(1));
            }
        }
        self.sorts.push(INTEGER);
        let result = self.sorts.len() - 1;
        body.push(aggregate(result, function, &terms, inner));
        let operator =
            self.tape
                .pick(&[Comparison::AtLeast, Comparison::Less, Comparison::Unequal]);
        let bound = Term::Constant(self.small(0, 4));
        body.push(compare(super::build::v(result), operator, bound, INTEGER));
    }

    fn add_facts(&mut self, case: &mut Case) {
        for index in 0..self.inputs.len() {
            let relation = self.inputs[index];
            if relation == self.program.builtin.recorded {
                for act in 1..HIDDEN {
                    let act = Value::from_index(act);
                    case.facts.assert(relation, &[act], nowhere(), None);
                }
                continue;
            }
            self.add_facts_of(case, relation);
        }
    }

    fn add_facts_of(&mut self, case: &mut Case, id: RelationId) {
        let relation = self.program.relations[id].clone();
        let derived = self
            .program
            .rules
            .iter()
            .any(|rule| rule.head.relation == id);
        let dense = if derived { 12 } else { 35 };
        let mut stated = BTreeSet::new();
        for tuple in case.tuples(id) {
            let unknown = tuple.contains(&Value::UNKNOWN);
            let hidden =
                relation.columns.iter().zip(&tuple).any(|(column, value)| {
                    column.sort == ACT && *value == Value::from_index(HIDDEN)
                });
            let key = relation.row_key().map(|key| tuple[..key].to_vec());
            let taken =
                relation.single_valued && key.as_ref().is_some_and(|key| stated.contains(key));
            let validity = self.validity();
            let unstated = |tuple: &[Value]| {
                let mut columns = relation.columns.iter().zip(tuple);
                columns.any(|(column, value)| column.sort == INTEGER && *value == Value::UNKNOWN)
            };
            if self.tape.chance(dense) {
                let acts = relation
                    .columns
                    .iter()
                    .zip(&tuple)
                    .filter(|(column, value)| {
                        column.sort == ACT && **value == Value::from_index(HIDDEN)
                    });
                let beyond_first = acts.count() > 1 || tuple[0] != Value::from_index(HIDDEN);
                let misplaced = relation.columns[0].sort != ACT || beyond_first;
                if unknown || taken || (hidden && misplaced) {
                    continue;
                }
                stated.extend(key);
                if hidden {
                    case.hidden.push((id, tuple, true));
                } else {
                    case.facts.assert(id, &tuple, nowhere(), validity);
                }
            } else if relation.open && !hidden && !unstated(&tuple) && self.tape.chance(20) {
                case.facts.deny(id, &tuple, nowhere(), validity);
            } else if let Some(key) =
                key.filter(|key| relation.open && !unstated(key) && self.tape.chance(12))
            {
                if hidden && relation.columns[0].sort == ACT && key[0] == Value::from_index(HIDDEN)
                {
                    case.hidden.push((id, key, false));
                } else if !hidden {
                    case.facts.close(id, &key, nowhere());
                }
            }
        }
    }

    fn validity(&mut self) -> Option<Validity> {
        self.tape.chance(10).then(|| Validity {
            from: self.tape.chance(50).then_some(10),
            until: self.tape.chance(50).then_some(12),
        })
    }
}
