//! The checker's own evaluator: naive, from the goal down. A conjunction is tried literal by
//! literal, those first that have their values; a relation's rules are tried for the tuples
//! asked about; a circle of rules is tried again until nothing is new.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::program::{
    Literal, LiteralKind, RelationId, RelationKind, Rule, SortId, Term, Value, VariableId,
    Variables,
};

use super::arithmetic;
use super::frame::{Frame, Meant, meant};
use super::truth::{Range, Truth};
use super::world::{World, agrees};

/// What is asked of a relation: the values of some columns.
pub(super) type Pattern = Vec<Option<Value>>;

/// Tuples with how surely they hold.
pub(super) type Answers = BTreeMap<Vec<Value>, Truth>;

/// An atom of an open relation.
pub(super) type OpenAtom = (RelationId, Vec<Value>);

/// A relation, and what is asked of it.
type Goal = (RelationId, Pattern);

/// How many steps are taken before it gives up.
const STEPS: usize = 20_000_000;

/// Works out what holds in a world, and in completions of it.
#[derive(Debug)]
pub(super) struct Evaluator<'a> {
    pub(super) world: World<'a>,
    /// Open atoms that are supposed to hold, or not to.
    decided: BTreeMap<OpenAtom, bool>,
    /// Open atoms that were come by and that nobody stated.
    pub(super) unknown: BTreeSet<OpenAtom>,
    tables: BTreeMap<Goal, Rc<Answers>>,
    /// Goals of circles of rules that are being worked out.
    open: Vec<Goal>,
    steps: usize,
}

/// A conjunction with what the order of its literals depends on.
pub(super) struct Body<'b> {
    pub(super) variables: &'b Variables,
    pub(super) literals: &'b [Literal],
    /// Variables that occur outside negations and aggregates.
    outer: BTreeSet<VariableId>,
    /// Variables that closed relations give values.
    closed: BTreeSet<VariableId>,
}

/// What can be done next with a literal, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ready {
    Test,
    Compute,
    Closed(usize),
    Open(usize),
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(world: World<'a>) -> Self {
        Self {
            world,
            decided: BTreeMap::new(),
            unknown: BTreeSet::new(),
            tables: BTreeMap::new(),
            open: Vec::new(),
            steps: 0,
        }
    }

    /// Supposes these open atoms from now on, and no others.
    pub(super) fn decide(&mut self, decided: BTreeMap<OpenAtom, bool>) {
        self.decided = decided;
        self.forget();
    }

    /// Forgets what was worked out, as the world has changed.
    pub(super) fn forget(&mut self) {
        self.tables.clear();
        self.unknown.clear();
    }

    /// Whether it took more steps than it may.
    pub(super) fn gave_up(&self) -> bool {
        self.steps >= STEPS
    }

    pub(super) fn body<'b>(&self, variables: &'b Variables, literals: &'b [Literal]) -> Body<'b> {
        let (mut outer, mut closed) = (BTreeSet::new(), BTreeSet::new());
        for literal in literals {
            match &literal.kind {
                LiteralKind::Positive(atom) => {
                    let is_open = self.world.program.relations[atom.relation].open;
                    some_variable(literal, &mut |it| {
                        outer.insert(it);
                        if !is_open {
                            closed.insert(it);
                        }
                        false
                    });
                }
                LiteralKind::Compare { .. } => {
                    some_variable(literal, &mut |it| {
                        outer.insert(it);
                        false
                    });
                }
                LiteralKind::Aggregate { result, .. } => {
                    outer.insert(*result);
                }
                LiteralKind::Negative(_) => {}
            }
        }
        Body {
            variables,
            literals,
            outer,
            closed,
        }
    }

    /// All solutions of a conjunction that extend `frame`.
    pub(super) fn solve(
        &mut self,
        variables: &Variables,
        literals: &[Literal],
        frame: &Frame,
    ) -> Vec<(Frame, Truth)> {
        let body = self.body(variables, literals);
        let mut found = Vec::new();
        let remaining: Vec<_> = (0..literals.len()).collect();
        self.extend(&body, frame, &remaining, Truth::Certain, &mut found);
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        found.dedup_by(|a, b| a.0 == b.0);
        found
    }

    /// How surely a conjunction has a solution that extends `frame`.
    pub(super) fn best(
        &mut self,
        variables: &Variables,
        literals: &[Literal],
        frame: &Frame,
    ) -> Truth {
        let found = self.solve(variables, literals, frame);
        found.first().map_or(Truth::False, |&(_, truth)| truth)
    }

    fn extend(
        &mut self,
        body: &Body<'_>,
        frame: &Frame,
        remaining: &[usize],
        truth: Truth,
        found: &mut Vec<(Frame, Truth)>,
    ) {
        self.steps += 1;
        if self.gave_up() {
            return;
        }
        if remaining.is_empty() {
            found.push((frame.clone(), truth));
            return;
        }
        let literal = |index: &usize| body.literals.get(*index);
        let next = remaining
            .iter()
            .filter_map(|index| Some((self.ready(body, literal(index)?, frame)?, *index)))
            .min();
        let Some((ready, next)) = next else {
            // Part of a safe conjunction, without what gives its variables values.
            found.push((frame.clone(), Truth::Maybe));
            return;
        };
        let rest: Vec<_> = remaining
            .iter()
            .copied()
            .filter(|&other| other != next)
            .collect();
        let Some(literal) = literal(&next) else {
            return;
        };
        for (frame, own) in self.step(body, literal, ready, frame) {
            if own > Truth::False {
                self.extend(body, &frame, &rest, truth.min(own), found);
            }
        }
    }

    fn ready(&self, body: &Body<'_>, literal: &Literal, frame: &Frame) -> Option<Ready> {
        let is_unbound = |variable: VariableId| frame.of(variable).is_none();
        match &literal.kind {
            LiteralKind::Positive(atom) => {
                let mut unbound = 0;
                some_variable(literal, &mut |it| {
                    unbound += usize::from(is_unbound(it));
                    false
                });
                Some(match self.world.program.relations[atom.relation].open {
                    _ if unbound == 0 => Ready::Test,
                    false => Ready::Closed(unbound * 8 + 8 - atom.terms.len().min(8)),
                    true => Ready::Open(unbound),
                })
            }
            LiteralKind::Negative(_) => {
                let mut waits = |it| is_unbound(it) && body.outer.contains(&it);
                (!some_variable(literal, &mut waits)).then_some(Ready::Test)
            }
            LiteralKind::Compare { left, right, .. } => {
                if !some_variable(literal, &mut |it| is_unbound(it)) {
                    return Some(Ready::Test);
                }
                let target = target(literal, frame)?;
                let mut waits = |it| it != target && is_unbound(it);
                let is_computed = !some_variable(literal, &mut waits)
                    && !body.closed.contains(&target)
                    && lone_sides(left, right);
                is_computed.then_some(Ready::Compute)
            }
            LiteralKind::Aggregate { result, .. } => {
                let mut waits = |it| it != *result && is_unbound(it) && body.outer.contains(&it);
                let waits = some_variable(literal, &mut waits)
                    || (is_unbound(*result) && body.closed.contains(result));
                (!waits).then_some(Ready::Compute)
            }
        }
    }

    fn step(
        &mut self,
        body: &Body<'_>,
        literal: &Literal,
        ready: Ready,
        frame: &Frame,
    ) -> Vec<(Frame, Truth)> {
        match &literal.kind {
            LiteralKind::Positive(_) if ready == Ready::Test => {
                let found = self.matches(body, literal, frame);
                let best = found.into_iter().map(|(_, truth)| truth).max();
                vec![(frame.clone(), best.unwrap_or_default())]
            }
            LiteralKind::Positive(_) => self.matches(body, literal, frame),
            LiteralKind::Negative(inner) => {
                let best = self.best(body.variables, inner, &frame.given());
                vec![(frame.clone(), best.not())]
            }
            LiteralKind::Compare {
                left,
                operator,
                right,
                sort,
            } => {
                if ready == Ready::Compute {
                    return self.computed(literal, *sort, frame).into_iter().collect();
                }
                let sides = (left, *operator, right);
                let truth = arithmetic::compare(self.world.program, sides, *sort, frame);
                vec![(frame.clone(), truth)]
            }
            LiteralKind::Aggregate { result, .. } => {
                let (range, truth) = self.aggregate(body.variables, literal, frame);
                let Some(range) = range else {
                    return Vec::new();
                };
                let mut extended = frame.clone();
                let truth = match frame.of(*result) {
                    None => {
                        extended.bind(*result, as_meant(range));
                        truth
                    }
                    Some(known) => {
                        let known = as_range(known);
                        known
                            .compare(crate::lang::ast::Comparison::Equal, range)
                            .min(truth)
                    }
                };
                vec![(extended, truth)]
            }
        }
    }

    /// What an equation gives the variable that it leaves open.
    fn computed(&self, literal: &Literal, sort: SortId, frame: &Frame) -> Option<(Frame, Truth)> {
        let LiteralKind::Compare { left, right, .. } = &literal.kind else {
            return None;
        };
        let target = target(literal, frame)?;
        let source = if arithmetic::lone(left) == Some(target) {
            right
        } else {
            left
        };
        let program = self.world.program;
        let value = if program.sorts[sort].kind.is_number() {
            as_meant(arithmetic::number(source, frame))
        } else {
            meant(program, sort, arithmetic::name(source, frame), true)
        };
        let mut frame = frame.clone();
        frame.bind(target, value);
        Some((frame, Truth::Certain))
    }

    /// The members of an aggregate, with how surely they belong to it.
    pub(super) fn members(
        &mut self,
        variables: &Variables,
        literal: &Literal,
        frame: &Frame,
    ) -> Answers {
        let LiteralKind::Aggregate {
            terms,
            alternatives,
            ..
        } = &literal.kind
        else {
            return Answers::new();
        };
        let mut group = Answers::new();
        for alternative in alternatives {
            for (solution, truth) in self.solve(variables, alternative, &frame.given()) {
                let value = |term: &Term| solution.term(*term).unwrap_or(Value::UNKNOWN);
                let own = group.entry(terms.iter().map(value).collect()).or_default();
                *own = truth.max(*own);
            }
        }
        group
    }

    /// What an aggregate comes to, and how surely to anything.
    pub(super) fn aggregate(
        &mut self,
        variables: &Variables,
        literal: &Literal,
        frame: &Frame,
    ) -> (Option<Range>, Truth) {
        let group = self.members(variables, literal, frame);
        let LiteralKind::Aggregate {
            function, terms, ..
        } = &literal.kind
        else {
            return (None, Truth::False);
        };
        let program = self.world.program;
        let stated = |term: &Term| match term {
            Term::Variable(variable) => super::frame::is_stated(program, variables[*variable].sort),
            _ => false,
        };
        let vague = |tuple: &[Value]| {
            let pairs = terms.iter().zip(tuple);
            pairs
                .into_iter()
                .any(|(term, value)| *value == Value::UNKNOWN && stated(term))
        };
        arithmetic::aggregate(*function, &group, &vague)
    }

    /// How surely a tuple holds; an unstated number in it may be any.
    pub(super) fn truth(&mut self, relation: RelationId, tuple: &[Value]) -> Truth {
        let pattern: Pattern = tuple.iter().copied().map(Some).collect();
        let answers = self.answers(relation, &pattern);
        let known = answers.get(tuple).copied().unwrap_or_default();
        if known == Truth::False && self.may_hold(relation, tuple) {
            return Truth::Maybe;
        }
        known
    }

    /// The tuples of a pattern that facts state or rules conclude; of an open relation only
    /// those that certainly hold.
    pub(super) fn answers(
        &mut self,
        relation: RelationId,
        pattern: &[Option<Value>],
    ) -> Rc<Answers> {
        let goal = (relation, pattern.to_vec());
        if let Some(answers) = self.tables.get(&goal) {
            return Rc::clone(answers);
        }
        let program = self.world.program;
        let strata = &program.strata;
        let own = strata.component_of[relation];
        if !strata.components[own].recursive {
            let answers = Rc::new(self.concluded(relation, pattern));
            self.tables.insert(goal, Rc::clone(&answers));
            return answers;
        }
        let is_own = |goal: &Goal| strata.component_of[goal.0] == own;
        let leads = !self.open.iter().any(is_own);
        self.tables.insert(goal.clone(), Rc::default());
        self.open.push(goal.clone());
        loop {
            let goals: Vec<_> = if leads {
                self.open.iter().filter(|it| is_own(it)).cloned().collect()
            } else {
                vec![goal.clone()]
            };
            let known = self.open.len();
            let mut changed = false;
            for (relation, pattern) in goals {
                let answers = self.concluded(relation, &pattern);
                let table = self.tables.entry((relation, pattern)).or_default();
                if **table != answers {
                    *table = Rc::new(answers);
                    changed = true;
                }
            }
            if !leads || !(changed || self.open.len() > known) {
                break;
            }
        }
        if leads {
            self.open.retain(|it| !is_own(it));
        }
        self.tables.get(&goal).map(Rc::clone).unwrap_or_default()
    }

    /// What facts state and rules conclude, from what is known of the premises.
    fn concluded(&mut self, relation: RelationId, pattern: &[Option<Value>]) -> Answers {
        let row = &self.world.program.relations[relation];
        let (is_open, declared) = (row.open, row.declared);
        if let RelationKind::Sort(sort) = row.kind {
            let named = self.world.domain(sort).into_iter().map(|value| vec![value]);
            let named = named.filter(|it| agrees(it, pattern) && *it != [Value::UNKNOWN]);
            return named.map(|tuple| (tuple, Truth::Certain)).collect();
        }
        let mut answers = Answers::new();
        for tuple in self.world.stated(relation, pattern) {
            answers.insert(tuple, Truth::Certain);
        }
        for ((other, tuple), holds) in &self.decided {
            if *holds && *other == declared && agrees(tuple, pattern) {
                answers.insert(tuple.clone(), Truth::Certain);
            }
        }
        for (_, rule) in self.world.rules_of(relation) {
            for (tuple, truth) in self.conclusions(rule, pattern) {
                if truth == Truth::Certain || !is_open {
                    let known = answers.entry(tuple).or_default();
                    *known = truth.max(*known);
                }
            }
        }
        answers
    }

    fn conclusions(&mut self, rule: &Rule, pattern: &[Option<Value>]) -> Vec<(Vec<Value>, Truth)> {
        let Some(frame) = self.unified(rule, pattern) else {
            return Vec::new();
        };
        let solutions = self.solve(&rule.variables, &rule.body, &frame);
        let tuple = |frame: &Frame| -> Vec<Value> {
            let value = |term: &Term| frame.term(*term).unwrap_or(Value::UNKNOWN);
            rule.head.terms.iter().map(value).collect()
        };
        let found = solutions
            .iter()
            .map(|(frame, truth)| (tuple(frame), *truth));
        found.filter(|(tuple, _)| agrees(tuple, pattern)).collect()
    }

    /// The values that a rule's head takes from a pattern; none where a constant differs.
    pub(super) fn unified(&self, rule: &Rule, pattern: &[Option<Value>]) -> Option<Frame> {
        let mut frame = Frame::new(&rule.variables);
        for (&term, &value) in rule.head.terms.iter().zip(pattern) {
            let Some(value) = value else { continue };
            match term {
                Term::Constant(constant) if constant != value => return None,
                Term::Constant(_) | Term::Any => {}
                Term::Variable(variable) => match frame.value(variable) {
                    Some(known) if known != value => return None,
                    _ => {
                        let sort = rule.variables[variable].sort;
                        frame.bind(variable, meant(self.world.program, sort, value, true));
                    }
                },
            }
        }
        Some(frame)
    }

    /// Whether a tuple of an open relation that nothing states may hold; it is noted.
    pub(super) fn may_hold(&mut self, relation: RelationId, tuple: &[Value]) -> bool {
        let row = &self.world.program.relations[relation];
        if !row.open {
            return false;
        }
        let atom = (row.declared, tuple.to_vec());
        let in_domain = row.columns.iter().zip(tuple).all(|(column, &value)| {
            let kind = self.world.program.sorts[column.sort].kind;
            value != Value::UNKNOWN
                || (kind != crate::program::SortKind::Enumerated && column.sort != SortId::ACT)
        });
        if !in_domain || self.decided.contains_key(&atom) || self.is_refuted(relation, tuple) {
            return false;
        }
        self.unknown.insert(atom);
        true
    }

    /// Whether facts or rules say that the tuple does not hold.
    fn is_refuted(&mut self, relation: RelationId, tuple: &[Value]) -> bool {
        if self.world.denies(relation, tuple) || self.world.closes(relation, tuple) {
            return true;
        }
        let row = &self.world.program.relations[relation];
        if let Some(negation) = row.negation {
            let pattern: Pattern = tuple.iter().copied().map(Some).collect();
            if self.answers(negation, &pattern).get(tuple) == Some(&Truth::Certain) {
                return true;
            }
        }
        if row.single_valued {
            let mut pattern: Pattern = tuple.iter().copied().map(Some).collect();
            if let Some(last) = pattern.last_mut() {
                *last = None;
            }
            let stated = self.answers(relation, &pattern);
            return stated.values().any(|&truth| truth == Truth::Certain);
        }
        false
    }
}

/// Whether some variable of a literal, inside or out, is so.
pub(super) fn some_variable(literal: &Literal, is_so: &mut dyn FnMut(VariableId) -> bool) -> bool {
    let terms = |terms: &[Term], is_so: &mut dyn FnMut(VariableId) -> bool| {
        terms.iter().any(|term| match term {
            Term::Variable(variable) => is_so(*variable),
            _ => false,
        })
    };
    match &literal.kind {
        LiteralKind::Positive(atom) => terms(&atom.terms, is_so),
        LiteralKind::Negative(inner) => inner.iter().any(|it| some_variable(it, is_so)),
        LiteralKind::Compare { left, right, .. } => {
            let sides = arithmetic::variables(left).chain(arithmetic::variables(right));
            sides.into_iter().any(is_so)
        }
        LiteralKind::Aggregate {
            result,
            terms: own,
            alternatives,
            ..
        } => {
            is_so(*result)
                || terms(own, is_so)
                || alternatives
                    .iter()
                    .flatten()
                    .any(|it| some_variable(it, is_so))
        }
    }
}

/// The variable that an equation leaves open and gives a value.
fn target(literal: &Literal, frame: &Frame) -> Option<VariableId> {
    let LiteralKind::Compare {
        left,
        operator: crate::lang::ast::Comparison::Equal,
        right,
        ..
    } = &literal.kind
    else {
        return None;
    };
    let open = |side| arithmetic::lone(side).filter(|&it| frame.of(it).is_none());
    open(left).or(open(right))
}

/// Whether one side alone is the variable.
fn lone_sides(left: &crate::program::Expression, right: &crate::program::Expression) -> bool {
    let sides = [(left, right), (right, left)];
    sides.into_iter().any(|(one, other)| {
        arithmetic::lone(one).is_some_and(|it| !arithmetic::variables(other).any(|o| o == it))
    })
}

fn as_meant(range: Range) -> Meant {
    match range.number().and_then(Value::from_number) {
        Some(value) => Meant::Value(value),
        None => Meant::Unstated { range, wild: true },
    }
}

fn as_range(meant: Meant) -> Range {
    match meant {
        Meant::Value(value) => value.number().map_or(Range::ALL, Range::exactly),
        Meant::Unstated { range, .. } => range,
    }
}
