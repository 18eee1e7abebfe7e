//! How a session answers lookups: from the base, from changed inputs, or by working a
//! relation out from its rules.

use std::cell::Ref;
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::program::{Program, RelationId, Rule, RuleId, SortId, Term, Value, VariableId};

use super::binders::variable;
use super::fixpoint::{self, Limits, StopReason};
use super::frame::Frame;
use super::index::{Mask, all_columns, has_column};
use super::join::Join;
use super::planner::Planner;
use super::relation::Extension;
use super::session::Session;
use super::source::{Domain, Handle, Rows, Source};
use super::trace::{Goal, digest, digest_of_rows};
use super::truth::Truth;
use super::tuple::Tuple;

impl Session<'_> {
    /// Facts of acts that nobody recorded, where the lookup gives such an act, and their dates.
    fn unrecorded_rows(
        &self,
        relation: RelationId,
        bound: Mask,
        tuple: &[Value],
    ) -> Option<Ref<'_, Extension>> {
        let declared = self.program().relations[relation].declared;
        let stated = self.unrecorded[declared].borrow();
        let given = || {
            relation == self.program().builtin.now
                || self.acts_given(relation, bound, tuple) == Some(true)
        };
        if stated.is_none() || !given() {
            return None;
        }
        Ref::filter_map(stated, |stated| Some(&stated.as_ref()?.asserted)).ok()
    }

    fn said_of_unrecorded(
        &self,
        relation: RelationId,
        said: impl FnOnce(&super::stated::Stated) -> bool,
    ) -> bool {
        let declared = self.program().relations[relation].declared;
        self.unrecorded[declared]
            .borrow()
            .as_ref()
            .is_some_and(said)
    }

    /// The tuples of a derived relation that have the values of `tuple` in the columns of
    /// `bound`, certain ones first.
    fn call(&self, relation: RelationId, bound: Mask, tuple: &[Value]) -> Rc<Extension> {
        let mut key = Tuple::new(tuple.len());
        for (column, &value) in tuple
            .iter()
            .enumerate()
            .filter(|&(c, _)| has_column(bound, c))
        {
            key.set(column, value);
        }
        let unrecorded = self.acts_given(relation, bound, tuple) == Some(true);
        let goal = || Goal::Rows(relation, bound, (*key).into());
        if let Some(rows) = self.tables.rows(relation, bound, &key, unrecorded) {
            self.traced.uses(goal);
            return rows;
        }
        if self.is_recursive(relation) {
            return self.recursive_call(relation, bound, &key);
        }
        self.traced.enter(goal);
        let rows = Rc::new(self.work_out(relation, bound, &key, Truth::Maybe));
        self.traced.leave(|| digest_of_rows([&*rows]));
        self.tables
            .keep_rows(relation, bound, &key, unrecorded, Rc::clone(&rows));
        rows
    }

    /// Works a call out from the rules, down to truths of `floor`.
    pub(crate) fn work_out(
        &self,
        relation: RelationId,
        bound: Mask,
        key: &[Value],
        floor: Truth,
    ) -> Extension {
        let mut certain = Extension::of(self.program(), relation);
        let mut maybe: Vec<Tuple> = Vec::new();
        self.each_asserted(relation, bound, key, &mut |tuple| {
            certain.insert(tuple);
        });
        for &rule in self.database.rules(relation) {
            self.each_conclusion(rule, bound, key, floor, &mut |tuple, truth| {
                if truth == Truth::Certain {
                    certain.insert(tuple);
                } else if !certain.contains(tuple) {
                    maybe.push(tuple.clone());
                }
                ControlFlow::Continue(())
            });
        }
        certain.seal_certain();
        for tuple in maybe {
            certain.insert(&tuple);
        }
        certain
    }

    fn each_asserted(
        &self,
        relation: RelationId,
        bound: Mask,
        key: &[Value],
        note: &mut dyn FnMut(&[Value]),
    ) {
        self.traced.note(self.program(), relation, bound, key);
        let asserted = &self.stated(relation).asserted;
        for row in asserted.matching(bound, key, 0..asserted.len()) {
            note(asserted.row(row));
        }
        if let Some(rows) = self.unrecorded_rows(relation, bound, key) {
            for row in rows.matching(bound, key, 0..rows.len()) {
                note(rows.row(row));
            }
        }
    }

    /// Calls `sink` with each tuple of at least the truth `floor` that `rule` concludes and that
    /// has the values of `key` in the columns of `bound`; of an open relation with those alone
    /// that are certain.
    fn each_conclusion(
        &self,
        rule: RuleId,
        bound: Mask,
        key: &[Value],
        floor: Truth,
        sink: &mut dyn FnMut(&Tuple, Truth) -> ControlFlow<()>,
    ) {
        let row = &self.program().rules[rule];
        let mut frame = Frame::new(&row.variables);
        let Some(given) = unify(row, bound, key, &mut frame) else {
            return;
        };
        let plan = self.tables.plan(rule, bound, || {
            let wanted: Vec<_> = row
                .head
                .terms
                .iter()
                .filter_map(|&term| variable(term))
                .collect();
            Planner::new(self.program(), self.database.statistics(), &row.variables).plan(
                &row.body,
                &given,
                Some(&wanted),
            )
        });
        let mut tuple = Tuple::new(key.len());
        let open = self.program().relations[row.head.relation].open;
        let _ = Join {
            source: self,
            locals: &[],
            floor: if open { Truth::Certain } else { floor },
            frame,
            work: &self.work,
            is_known: None,
        }
        .solve(&plan, &mut |solution, truth| {
            tuple.fill(&row.head.terms, |variable| solution.value(variable));
            sink(&tuple, truth)
        });
    }

    /// The truth of a tuple of a derived relation.
    fn call_truth(&self, relation: RelationId, tuple: &[Value]) -> Truth {
        let bound = all_columns(tuple.len());
        let unrecorded = self.acts_given(relation, bound, tuple) == Some(true);
        let goal = || Goal::Truth(relation, tuple.into());
        if let Some(truth) = self.tables.truth(relation, tuple, unrecorded) {
            self.traced.uses(goal);
            return truth;
        }
        self.traced.enter(goal);
        let mut best = Truth::False;
        self.each_asserted(relation, bound, tuple, &mut |_| best = Truth::Certain);
        for &rule in self.database.rules(relation) {
            if best == Truth::Certain {
                break;
            }
            self.each_conclusion(rule, bound, tuple, Truth::Maybe, &mut |_, truth| {
                best = best.max(truth);
                if best == Truth::Certain {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
        }
        self.traced.leave(|| digest(&best));
        self.tables.keep_truth(relation, tuple, unrecorded, best);
        best
    }

    /// The tuples of a relation of a recursive component.
    pub(crate) fn of_component(&self, relation: RelationId) -> Rc<Extension> {
        let component = self.program().strata.component_of[relation];
        let goal = || Goal::Component(component);
        if let Some(rows) = self.tables.of_component(component, relation) {
            self.traced.uses(goal);
            return rows;
        }
        self.traced.enter(goal);
        let limits = Limits::default();
        let statistics = self.database.statistics();
        let outcome = fixpoint::evaluate(self, component, statistics, &limits, &self.work);
        if outcome.stop != StopReason::Fixpoint {
            self.stop.set(outcome.stop);
        }
        let rows = || outcome.extensions.iter().map(|(_, rows)| rows);
        self.traced.leave(|| digest_of_rows(rows()));
        self.tables.keep_component(component, outcome.extensions);
        self.tables
            .of_component(component, relation)
            .unwrap_or_else(|| Rc::new(Extension::of(self.program(), relation)))
    }

    /// Whether a lookup is answered from its component, computed whole.
    fn is_whole(&self, relation: RelationId, bound: Mask, tuple: &[Value]) -> bool {
        self.is_recursive(relation)
            && !self.by_call
            && self.acts_given(relation, bound, tuple) != Some(true)
    }

    fn is_recursive(&self, relation: RelationId) -> bool {
        let strata = &self.program().strata;
        strata.components[strata.component_of[relation]].recursive
    }
}

/// Gives the head's variables the values of `key` in the columns of `bound`; the variables that
/// got one, or `None` where the head cannot have these values.
fn unify(rule: &Rule, bound: Mask, key: &[Value], frame: &mut Frame) -> Option<Vec<VariableId>> {
    let mut given: Vec<VariableId> = Vec::new();
    let columns = rule.head.terms.iter().zip(key).enumerate();
    for (_, (&term, &value)) in columns.filter(|(column, _)| has_column(bound, *column)) {
        match term {
            Term::Constant(constant) if constant != value => return None,
            Term::Variable(variable) if given.contains(&variable) => {
                if frame.value(variable) != value {
                    return None;
                }
            }
            Term::Variable(variable) => {
                frame.bind_value(variable, value);
                given.push(variable);
            }
            Term::Constant(_) | Term::Any => {}
        }
    }
    Some(given)
}

impl Source for Session<'_> {
    fn program(&self) -> &Program {
        self.database.program()
    }

    fn rows(&self, relation: RelationId, bound: Mask, tuple: &[Value]) -> Rows<'_> {
        if !self.overlay[relation] {
            return self.database.rows(relation, bound, tuple);
        }
        if self.database.rules(relation).is_empty() {
            self.traced.note(self.program(), relation, bound, tuple);
            return Rows {
                main: Some(Handle::Borrowed(&self.stated(relation).asserted)),
                unrecorded: self
                    .unrecorded_rows(relation, bound, tuple)
                    .map(Handle::Cell),
                filtered: false,
            };
        }
        let whole = self.is_whole(relation, bound, tuple);
        let rows = if whole {
            self.of_component(relation)
        } else {
            self.call(relation, bound, tuple)
        };
        Rows {
            main: Some(Handle::Shared(rows)),
            unrecorded: None,
            filtered: !whole,
        }
    }

    fn stored_truth(&self, relation: RelationId, tuple: &[Value]) -> Truth {
        if !self.overlay[relation] {
            return self.database.stored_truth(relation, tuple);
        }
        if self.database.rules(relation).is_empty() {
            let rows = self.rows(relation, all_columns(tuple.len()), tuple);
            let holds = |rows: Option<Handle<'_>>| rows.is_some_and(|rows| rows.contains(tuple));
            return Truth::of(holds(rows.main) || holds(rows.unrecorded));
        }
        let bound = all_columns(tuple.len());
        if self.is_whole(relation, bound, tuple) {
            return self.of_component(relation).truth(tuple);
        }
        if self.is_recursive(relation) {
            return self.call(relation, bound, tuple).truth(tuple);
        }
        self.call_truth(relation, tuple)
    }

    fn denied(&self, relation: RelationId, tuple: &[Value]) -> bool {
        let all = all_columns(tuple.len());
        self.traced.note(self.program(), relation, all, tuple);
        self.stated(relation).denied.contains(tuple)
            || self.said_of_unrecorded(relation, |stated| stated.denied.contains(tuple))
    }

    fn closed(&self, relation: RelationId, key: &[Value]) -> bool {
        self.stated(relation).closed.contains(key)
            || self.said_of_unrecorded(relation, |stated| stated.closed.contains(key))
    }

    fn named(&self, sort: SortId) -> Domain<'_> {
        if sort == SortId::ACT {
            let recorded = self.program().builtin.recorded;
            return Domain::Listed(&self.stated(recorded).asserted);
        }
        Domain::Dense(1, self.database.size(sort))
    }

    fn uncertain(&self, relation: RelationId) -> bool {
        if self.overlay[relation] {
            self.database.may_be_uncertain(relation)
        } else {
            self.database.uncertain(relation)
        }
    }

    fn vague(&self, relation: RelationId) -> bool {
        self.database.vague(relation)
    }

    fn asserted(&self, relation: RelationId) -> Extension {
        self.asserted_rows(relation)
    }
}
