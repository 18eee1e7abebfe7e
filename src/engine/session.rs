//! The overlay: what changing inputs reach, worked out on demand over a shared base.
//!
//! An input that changes is a view: the base's rows, less what is retracted, plus what is
//! assumed. A relation that such inputs reach is never read from the base. It is worked out
//! top-down from the columns that a caller gives, and kept in a table by those values; a
//! negated or aggregated call is complete before it is used, as nothing calls itself. A
//! recursive component is computed whole, bottom-up, on first use.
//!
//! Rows of acts that nobody recorded are seen only by lookups that give such an act. Tables keyed
//! by such an act are kept apart, and dropped with it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::base::{Id, Table};
use crate::program::{
    Atom, Literal, LiteralKind, Program, RelationId, RelationKind, SortId, Term, Value, Variable,
    VariableId, Variables,
};

use super::database::Database;
use super::fixpoint::{Limits, StopReason};
use super::frame::{Frame, Solution};
use super::index::{Mask, all_columns, has_column};
use super::join::{Join, Work};
use super::plan::ConjunctionPlan;
use super::planner::plan_conjunction;
use super::reach::{RelationSet, no_relations, reached};
use super::recursion::Progress;
use super::relation::{Extension, value_columns};
use super::source::Source;
use super::stated::{Change, Stated};
use super::tables::Tables;
use super::trace::{Trace, Traced};
use super::truth::Truth;
use super::tuple::Tuple;

/// What differs from the facts of the base.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// What is assumed and retracted, by declared relation.
    pub inputs: BTreeMap<RelationId, Change>,
}

/// Answers over a base and some changes. Not shared between threads; the base is.
pub struct Session<'d> {
    pub(crate) database: &'d Database<'d>,
    pub(crate) overlay: RelationSet,
    /// Inputs with changes.
    changed: BTreeMap<RelationId, Stated>,
    /// Facts of acts that nobody recorded, by declared relation.
    pub(crate) unrecorded: Table<RelationId, RefCell<Option<Stated>>>,
    pub(crate) tables: Tables,
    pub(crate) progress: Progress,
    /// Plans of lookups, by relation and given columns.
    lookups: RefCell<BTreeMap<(RelationId, Mask), Rc<ConjunctionPlan>>>,
    frames: RefCell<Vec<Frame>>,
    /// Recursive components are worked out call by call, and never whole.
    pub(crate) by_call: bool,
    pub(crate) traced: Traced,
    pub(crate) work: Work<'d>,
    pub(crate) stop: std::cell::Cell<StopReason>,
}

impl std::fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl<'d> Session<'d> {
    /// A session over `database` with `changes`. What the database left to sessions and what
    /// the changes reach is worked out here.
    pub fn new(database: &'d Database<'d>, changes: &Changes) -> Self {
        Self::with_limits(database, changes, &Limits::default())
    }

    /// The same, giving up when `limits` say so; see [`Session::stop`].
    pub fn with_limits(database: &'d Database<'d>, changes: &Changes, limits: &Limits<'d>) -> Self {
        let program = database.program();
        let left_open = |relation: &RelationId| database.changing()[*relation];
        let overlay = if changes.inputs.keys().all(left_open) {
            database.changing().clone()
        } else {
            let mut touched = no_relations(program);
            for (relation, is_changing) in database.changing().entries() {
                touched[relation] = *is_changing || changes.inputs.contains_key(&relation);
            }
            reached(program, &touched)
        };
        Self {
            database,
            overlay,
            changed: changed(database, changes),
            unrecorded: program
                .relations
                .iter()
                .map(|_| RefCell::new(None))
                .collect(),
            tables: Tables::new(program.relations.len()),
            progress: Progress::default(),
            lookups: RefCell::default(),
            frames: RefCell::default(),
            by_call: false,
            traced: Traced::default(),
            work: Work::new(limits.interrupted),
            stop: std::cell::Cell::new(StopReason::Fixpoint),
        }
    }

    /// The same for a few questions: recursive relations are worked out call by call, as far as
    /// these need them. What the base left to sessions, or what changes reach, is kept in
    /// `trace` with how it was worked out; `epoch` is the number of the stretch of time that the
    /// base is of.
    pub fn by_call(
        database: &'d Database<'d>,
        changes: &Changes,
        trace: Option<Rc<Trace>>,
        epoch: usize,
    ) -> Self {
        Self {
            by_call: true,
            traced: trace.map_or_else(Traced::default, |trace| Traced::by(trace, epoch)),
            ..Self::new(database, changes)
        }
    }

    /// Answers by other changes from now on, of relations that the base left to sessions, with
    /// the plans that it made; and keeps what it works out in another trace, if in any.
    pub fn change(&mut self, changes: &Changes, trace: Option<Rc<Trace>>, epoch: usize) {
        self.changed = changed(self.database, changes);
        self.traced = trace.map_or_else(Traced::default, |trace| Traced::by(trace, epoch));
        self.forget_unrecorded();
        self.tables.forget();
    }

    /// The policy.
    pub fn program(&self) -> &'d Program {
        self.database.program()
    }

    /// The base.
    pub fn database(&self) -> &'d Database<'d> {
        self.database
    }

    /// Why the last evaluation ended; anything but the fixpoint means that answers are partial.
    pub fn stop(&self) -> StopReason {
        if self.work.stopped() {
            StopReason::Interrupted
        } else {
            self.stop.get()
        }
    }

    /// How many tuples were looked at so far.
    pub fn steps(&self) -> u64 {
        self.work.steps()
    }

    /// What is said of `relation` apart from acts that nobody recorded.
    pub(crate) fn stated(&self, relation: RelationId) -> &Stated {
        let declared = self.program().relations[relation].declared;
        self.changed
            .get(&declared)
            .unwrap_or_else(|| self.database.stated(declared))
    }

    /// Says that `tuple` of `relation` holds, of an act that nobody recorded. Not to be called
    /// while solving.
    pub fn add_unrecorded(&self, relation: RelationId, tuple: &[Value]) {
        let mut new = false;
        self.note_unrecorded(relation, |stated| new = stated.asserted.insert(tuple));
        // Dates are seen by all, so what was worked out without this one may have changed.
        if new
            && relation == self.program().builtin.now
            && !self.stated(relation).asserted.contains(tuple)
        {
            self.tables.forget();
        }
    }

    /// Says that `tuple` of `relation` does not hold, of an act that nobody recorded.
    pub fn deny_unrecorded(&self, relation: RelationId, tuple: &[Value]) {
        self.note_unrecorded(relation, |stated| {
            stated.denied.insert(tuple);
        });
    }

    /// Says that the row of `key` holds what is asserted and nothing else, of an act that
    /// nobody recorded.
    pub fn close_unrecorded(&self, relation: RelationId, key: &[Value]) {
        self.note_unrecorded(relation, |stated| {
            stated.closed.insert(key);
        });
    }

    fn note_unrecorded(&self, relation: RelationId, note: impl FnOnce(&mut Stated)) {
        let declared = self.program().relations[relation].declared;
        if let Ok(mut stated) = self.unrecorded[declared].try_borrow_mut() {
            note(stated.get_or_insert_with(|| Stated::new(self.program(), declared)));
        }
        self.tables.forget_unrecorded();
    }

    /// Drops all facts of acts that nobody recorded, and what was worked out from them.
    pub fn forget_unrecorded(&self) {
        for stated in &self.unrecorded {
            if let Ok(mut stated) = stated.try_borrow_mut() {
                *stated = None;
            }
        }
        self.tables.forget_unrecorded();
    }

    /// The truth of `tuple` in `relation`. An unknown number, date or text in it matches any.
    pub fn truth(&self, relation: RelationId, tuple: &[Value]) -> Truth {
        let row = &self.program().relations[relation];
        let is_sort = matches!(row.kind, RelationKind::Sort(_));
        if !row.open && !is_sort && value_columns(self.program(), relation) == 0 {
            return self.stored_truth(relation, tuple);
        }
        let pattern: Vec<_> = tuple.iter().copied().map(Some).collect();
        self.truth_of_some(relation, &pattern)
    }

    /// The truth of the truest tuple of `relation` that has the given values.
    pub fn truth_of_some(&self, relation: RelationId, pattern: &[Option<Value>]) -> Truth {
        let mut best = Truth::False;
        self.each_matching(relation, pattern, Truth::Maybe, &mut |_, truth| {
            best = best.max(truth);
        });
        best
    }

    /// The tuples of `relation` that have the given values, with their truth; of open relations
    /// also those that nobody stated.
    pub fn matching(
        &self,
        relation: RelationId,
        pattern: &[Option<Value>],
    ) -> Vec<(Vec<Value>, Truth)> {
        let mut found = Vec::new();
        self.each_matching(relation, pattern, Truth::Maybe, &mut |tuple, truth| {
            found.push((tuple, truth));
        });
        found.sort_unstable();
        found
    }

    /// The certain tuples of `relation` that have the given values.
    pub fn certain_matching(
        &self,
        relation: RelationId,
        pattern: &[Option<Value>],
    ) -> Vec<Vec<Value>> {
        let mut found = Vec::new();
        self.each_matching(relation, pattern, Truth::Certain, &mut |tuple, _| {
            found.push(tuple);
        });
        found.sort_unstable();
        found
    }

    fn each_matching(
        &self,
        relation: RelationId,
        pattern: &[Option<Value>],
        floor: Truth,
        note: &mut dyn FnMut(Vec<Value>, Truth),
    ) {
        let given: Vec<_> = pattern
            .iter()
            .enumerate()
            .filter_map(|(column, value)| Some((VariableId::new(column), (*value)?)))
            .collect();
        let mask = given
            .iter()
            .fold(0, |mask, (column, _)| mask | 1 << column.index());
        let plan = self.lookup(relation, mask);
        let columns = pattern.len();
        self.solve_from(&plan, &given, floor, &mut |solution, truth| {
            let tuple = (0..columns).map(|column| solution.value(VariableId::new(column)));
            note(tuple.collect(), truth);
            ControlFlow::Continue(())
        });
    }

    fn lookup(&self, relation: RelationId, mask: Mask) -> Rc<ConjunctionPlan> {
        let known = self.lookups.borrow().get(&(relation, mask)).cloned();
        known.unwrap_or_else(|| {
            let plan = Rc::new(plan_lookup(self, relation, mask));
            let mut lookups = self.lookups.borrow_mut();
            lookups.insert((relation, mask), Rc::clone(&plan));
            plan
        })
    }

    /// Calls `sink` with each solution of `plan` in which the variables of `bound`, which it was
    /// made for, have the values given.
    pub fn solve(
        &self,
        plan: &ConjunctionPlan,
        bound: &[(VariableId, Value)],
        sink: &mut dyn FnMut(&Solution, Truth) -> ControlFlow<()>,
    ) {
        self.solve_from(plan, bound, Truth::Maybe, sink);
    }

    /// The same for certain solutions only.
    pub fn solve_certain(
        &self,
        plan: &ConjunctionPlan,
        bound: &[(VariableId, Value)],
        sink: &mut dyn FnMut(&Solution, Truth) -> ControlFlow<()>,
    ) {
        self.solve_from(plan, bound, Truth::Certain, sink);
    }

    /// The truth of the conjunction of `plan` under the values given.
    pub fn best(&self, plan: &ConjunctionPlan, bound: &[(VariableId, Value)]) -> Truth {
        let mut best = Truth::False;
        self.solve_from(plan, bound, Truth::Maybe, &mut |_, truth| {
            best = best.max(truth);
            if best == Truth::Certain {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        best
    }

    fn solve_from(
        &self,
        plan: &ConjunctionPlan,
        bound: &[(VariableId, Value)],
        floor: Truth,
        sink: &mut dyn FnMut(&Solution, Truth) -> ControlFlow<()>,
    ) {
        let pooled = self.frames.borrow_mut().pop();
        let mut frame = pooled.unwrap_or_default();
        frame.resize(plan.variables);
        for &(variable, value) in bound {
            frame.bind_value(variable, value);
        }
        let mut join = Join {
            source: self,
            locals: &[],
            floor,
            frame,
            work: &self.work,
            is_known: None,
        };
        let _ = join.solve(plan, sink);
        self.frames.borrow_mut().push(join.frame);
    }

    /// Whether `act` is one that the facts record.
    pub(crate) fn is_recorded(&self, act: Value) -> bool {
        let recorded = self.program().builtin.recorded;
        self.program().relations.row(recorded).is_some()
            && self.stated(recorded).asserted.contains(&[act])
    }

    /// Whether the given columns of a lookup have an act, and whether one that nobody recorded.
    pub(crate) fn acts_given(
        &self,
        relation: RelationId,
        bound: Mask,
        tuple: &[Value],
    ) -> Option<bool> {
        let columns = &self.program().relations[relation].columns;
        let mut given = None;
        for (position, (column, &value)) in columns.iter().zip(tuple).enumerate() {
            if column.sort == SortId::ACT && has_column(bound, position) {
                given = Some(given == Some(true) || !self.is_recorded(value));
            }
        }
        given
    }

    /// The asserted tuples of `relation`, as a copy.
    pub(crate) fn asserted_rows(&self, relation: RelationId) -> Extension {
        self.traced.note(
            self.program(),
            relation,
            0,
            &Tuple::new(self.program().relations[relation].arity()),
        );
        self.stated(relation).asserted.clone()
    }
}

/// What is said of the relations that change.
fn changed(database: &Database<'_>, changes: &Changes) -> BTreeMap<RelationId, Stated> {
    let changes = changes.inputs.iter().map(|(&relation, change)| {
        let base = database.stated(relation);
        let changed = base.changed(database.program(), relation, change);
        (relation, changed)
    });
    changes.collect()
}

/// A plan that looks `relation` up with the columns of `mask` given; its variables are the
/// columns.
fn plan_lookup(session: &Session<'_>, relation: RelationId, mask: Mask) -> ConjunctionPlan {
    let program = session.program();
    let columns = &program.relations[relation].columns;
    let variables: Variables = columns
        .iter()
        .map(|column| Variable {
            name: None,
            sort: column.sort,
        })
        .collect();
    let literal = Literal {
        kind: LiteralKind::Positive(Atom {
            relation,
            terms: variables.ids().map(Term::Variable).collect(),
        }),
        span: crate::base::Span::new(Id::new(0), 0, 0),
    };
    let bound: Vec<_> = variables
        .ids()
        .filter(|column| has_column(mask & all_columns(columns.len()), column.index()))
        .collect();
    let statistics = session.database.statistics();
    plan_conjunction(program, statistics, &variables, &[literal], &bound)
}
