//! What was worked out, and from what: for each goal the lookups in the facts that it made
//! itself, the goals that it used, and a digest of its answer.
//!
//! A goal is a call that tables keep (as in tabled resolution), or a part of its work that a
//! caller names. It is worked out step by step, each step hanging on the answers so far; so as
//! long as no lookup of its own and no answer of a goal that it used changes, it comes to the
//! same.

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash, Hasher};

use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::program::{Column, ComponentId, Program, RelationId, RelationKind, SortId, Value};

use super::consulted::Consulted;
use super::index::{Mask, has_column};
use super::relation::Extension;
use super::truth::Truth;

/// A goal.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Goal {
    /// The truth of a tuple.
    Truth(RelationId, Box<[Value]>),
    /// The tuples that have the values of a key in some columns.
    Rows(RelationId, Mask, Box<[Value]>),
    /// A recursive component.
    Component(ComponentId),
    /// Something that a caller works out.
    Named(usize),
}

/// How a goal was worked out. Goals and lookups have numbers that hold for a whole [`Trace`].
#[derive(Clone, Debug, Default)]
pub struct Working {
    /// The lookups that it made itself.
    pub lookups: Vec<usize>,
    /// The goals that it used.
    pub uses: Vec<usize>,
    /// A digest of its answer; none where it is not known whether two answers are the same.
    pub answer: Option<u64>,
    done: bool,
}

/// All goals that were worked out under some changes.
pub type Run = IndexMap<usize, Working, FxBuildHasher>;

/// What sessions work out, under one set of changes after the other.
#[derive(Debug, Default)]
pub struct Trace(RefCell<Kept>);

type Interned<T> = IndexSet<T, FxBuildHasher>;

#[derive(Debug, Default)]
struct Kept {
    /// With the stretches of time that they are of.
    goals: Interned<(usize, Goal)>,
    lookups: Interned<Consulted>,
    run: Run,
    /// The goals under way, each for the one before it.
    under_way: Vec<usize>,
    /// Acts that nobody recorded and of which all is said that is said of others.
    alike: FxHashMap<Value, Value>,
}

impl Trace {
    /// Forgets what was worked out, but not what was numbered.
    pub fn begin(&self) {
        let mut kept = self.0.borrow_mut();
        kept.run.clear();
        kept.under_way.clear();
        kept.alike.clear();
    }

    /// The number of a goal that the caller names.
    pub fn named(&self, name: usize) -> usize {
        self.0.borrow_mut().number(0, Goal::Named(name))
    }

    /// The lookup with a number.
    pub fn lookup(&self, number: usize) -> Option<Consulted> {
        self.0.borrow().lookups.get_index(number).cloned()
    }

    /// What was worked out since the beginning.
    pub fn run(&self) -> Run {
        let mut kept = self.0.borrow_mut();
        let mut run = std::mem::take(&mut kept.run);
        for working in run.values_mut() {
            for numbers in [&mut working.lookups, &mut working.uses] {
                numbers.sort_unstable();
                numbers.dedup();
            }
        }
        run
    }

    /// What is worked out from here on is worked out for the goal that the caller names so.
    pub fn enter(&self, name: usize) {
        self.0.borrow_mut().enter(0, Goal::Named(name));
    }

    /// The goal entered last is worked out. One that is worked out in several pieces has all
    /// their answers.
    pub fn leave(&self, answer: Option<u64>) {
        self.0.borrow_mut().leave(answer);
    }

    /// The goal under way uses the one that the caller names so.
    pub fn uses(&self, name: usize) {
        self.0.borrow_mut().uses(0, Goal::Named(name));
    }
}

impl Kept {
    fn number(&mut self, epoch: usize, goal: Goal) -> usize {
        self.goals.insert_full((epoch, goal)).0
    }

    fn uses(&mut self, epoch: usize, goal: Goal) -> usize {
        let number = self.number(epoch, goal);
        if let Some(&user) = self.under_way.last() {
            self.run.entry(user).or_default().uses.push(number);
        }
        number
    }

    fn enter(&mut self, epoch: usize, goal: Goal) {
        let number = self.uses(epoch, goal);
        self.run.entry(number).or_default();
        self.under_way.push(number);
    }

    fn leave(&mut self, answer: Option<u64>) {
        let working = self.under_way.pop();
        if let Some(working) = working.and_then(|it| self.run.get_mut(&it)) {
            working.answer = match (working.done, working.answer) {
                (false, _) => answer,
                (true, before) => before.zip(answer).map(|both| digest(&both)),
            };
            working.done = true;
        }
    }
}

/// The trace of one session, if it keeps one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traced(Option<(std::rc::Rc<Trace>, usize)>);

impl Traced {
    /// Kept in `trace`, for the stretch of time numbered `epoch`.
    pub(crate) fn by(trace: std::rc::Rc<Trace>, epoch: usize) -> Self {
        Self(Some((trace, epoch)))
    }

    fn with(&self, note: impl FnOnce(&mut Kept, usize)) {
        if let Some((trace, epoch)) = &self.0 {
            note(&mut trace.0.borrow_mut(), *epoch);
        }
    }

    /// A goal is used whose answer is known.
    pub(crate) fn uses(&self, goal: impl FnOnce() -> Goal) {
        self.with(|kept, epoch| {
            kept.uses(epoch, goal());
        });
    }

    /// A goal is used, and worked out from here on.
    pub(crate) fn enter(&self, goal: impl FnOnce() -> Goal) {
        self.with(|kept, epoch| kept.enter(epoch, goal()));
    }

    /// The goal entered last has come to an answer.
    pub(crate) fn leave(&self, answer: impl FnOnce() -> u64) {
        self.with(|kept, _| kept.leave(Some(answer())));
    }

    /// A goal was worked out together with the one under way.
    pub(crate) fn came_with(&self, goal: impl FnOnce() -> Goal, answer: impl FnOnce() -> u64) {
        self.with(|kept, epoch| {
            let number = kept.number(epoch, goal());
            let under_way = kept.under_way.last().copied();
            if under_way == Some(number) {
                return;
            }
            let working = kept.run.entry(number).or_default();
            working.uses.extend(under_way);
            working.answer = Some(answer());
            working.done = true;
        });
    }

    /// Notes that what is said of `copy`, an act that nobody recorded, is said of `act`.
    pub(crate) fn note_alike(&self, act: Value, copy: Value) {
        self.with(|kept, _| {
            kept.alike.insert(copy, act);
        });
    }

    /// Notes that the facts of `relation` with the values of `tuple` in the columns of `bound`
    /// were looked up.
    pub(crate) fn note(
        &self,
        program: &Program,
        relation: RelationId,
        bound: Mask,
        tuple: &[Value],
    ) {
        self.with(|kept, _| {
            let relation = program.relations[relation].declared;
            let row = &program.relations[relation];
            if row.kind != RelationKind::Declared {
                return;
            }
            let given = |((position, &value), column): ((usize, &Value), &Column)| {
                let act = kept
                    .alike
                    .get(&value)
                    .filter(|_| column.sort == SortId::ACT);
                has_column(bound, position).then_some(act.copied().unwrap_or(value))
            };
            let pattern = tuple.iter().enumerate().zip(&row.columns).map(given);
            let pattern = pattern.collect();
            let (number, _) = kept.lookups.insert_full(Consulted { relation, pattern });
            if let Some(&user) = kept.under_way.last() {
                kept.run.entry(user).or_default().lookups.push(number);
            }
        });
    }
}

/// A digest of an answer.
pub fn digest(answer: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    answer.hash(&mut hasher);
    hasher.finish()
}

/// A digest of tuples with their truth, in their order: callers may stop at the first that does.
pub(crate) fn digest_of_rows<'e>(extensions: impl IntoIterator<Item = &'e Extension>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for rows in extensions {
        rows.len().hash(&mut hasher);
        for (tuple, truth) in rows.iter() {
            tuple.hash(&mut hasher);
            (truth == Truth::Certain).hash(&mut hasher);
        }
    }
    hasher.finish()
}
