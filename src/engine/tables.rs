//! What a session has worked out: answers by relation, given columns and their values.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::base::Table;
use crate::program::{ComponentId, RelationId, RuleId, Value};

use super::index::Mask;
use super::plan::ConjunctionPlan;
use super::relation::Extension;
use super::truth::Truth;

/// By the values of the given columns.
type Keyed<T> = FxHashMap<Box<[Value]>, T>;

/// Tuples by the given columns and their values.
type ByColumns = Vec<(Mask, Keyed<Rc<Extension>>)>;

/// The relations of a component.
type Computed = Rc<[(RelationId, Rc<Extension>)]>;

/// Answers and plans, kept as long as a session.
#[derive(Debug)]
pub(crate) struct Tables {
    recorded: Answers,
    /// Answers to calls that name an act which nobody recorded.
    unrecorded: Answers,
    plans: RefCell<FxHashMap<(RuleId, Mask), Rc<ConjunctionPlan>>>,
    components: RefCell<BTreeMap<ComponentId, Computed>>,
}

#[derive(Debug)]
struct Answers {
    truths: Table<RelationId, RefCell<Keyed<Truth>>>,
    rows: Table<RelationId, RefCell<ByColumns>>,
    /// The relations of which there are answers, some of them perhaps twice.
    answered: RefCell<Vec<RelationId>>,
}

impl Answers {
    fn new(relations: usize) -> Self {
        Self {
            truths: (0..relations).map(|_| RefCell::default()).collect(),
            rows: (0..relations).map(|_| RefCell::default()).collect(),
            answered: RefCell::default(),
        }
    }

    fn clear(&self) {
        for relation in self.answered.borrow_mut().drain(..) {
            self.truths[relation].borrow_mut().clear();
            for (_, table) in self.rows[relation].borrow_mut().iter_mut() {
                table.clear();
            }
        }
    }
}

impl Tables {
    pub(crate) fn new(relations: usize) -> Self {
        Self {
            recorded: Answers::new(relations),
            unrecorded: Answers::new(relations),
            plans: RefCell::default(),
            components: RefCell::default(),
        }
    }

    fn answers(&self, unrecorded: bool) -> &Answers {
        if unrecorded {
            &self.unrecorded
        } else {
            &self.recorded
        }
    }

    /// The truth of `tuple`, if it was worked out.
    pub(crate) fn truth(
        &self,
        relation: RelationId,
        tuple: &[Value],
        unrecorded: bool,
    ) -> Option<Truth> {
        let table = self.answers(unrecorded).truths.row(relation)?;
        table.borrow().get(tuple).copied()
    }

    /// Keeps the truth of `tuple`.
    pub(crate) fn keep_truth(
        &self,
        relation: RelationId,
        tuple: &[Value],
        unrecorded: bool,
        truth: Truth,
    ) {
        let answers = self.answers(unrecorded);
        let mut table = answers.truths[relation].borrow_mut();
        if table.is_empty() {
            answers.answered.borrow_mut().push(relation);
        }
        table.insert(tuple.into(), truth);
    }

    /// The tuples that have the values `key` in the columns of `mask`, if they were worked out.
    pub(crate) fn rows(
        &self,
        relation: RelationId,
        mask: Mask,
        key: &[Value],
        unrecorded: bool,
    ) -> Option<Rc<Extension>> {
        let tables = self.answers(unrecorded).rows[relation].borrow();
        let (_, table) = tables.iter().find(|(other, _)| *other == mask)?;
        table.get(key).cloned()
    }

    /// Keeps these tuples.
    pub(crate) fn keep_rows(
        &self,
        relation: RelationId,
        mask: Mask,
        key: &[Value],
        unrecorded: bool,
        rows: Rc<Extension>,
    ) {
        let answers = self.answers(unrecorded);
        let mut tables = answers.rows[relation].borrow_mut();
        if tables.iter().all(|(_, table)| table.is_empty()) {
            answers.answered.borrow_mut().push(relation);
        }
        if let Some((_, table)) = tables.iter_mut().find(|(other, _)| *other == mask) {
            table.insert(key.into(), rows);
        } else {
            let mut table = FxHashMap::default();
            table.insert(key.into(), rows);
            tables.push((mask, table));
        }
    }

    /// Drops the answers to calls that name an act which nobody recorded.
    pub(crate) fn forget_unrecorded(&self) {
        self.unrecorded.clear();
    }

    /// Drops all answers.
    pub(crate) fn forget(&self) {
        self.recorded.clear();
        self.unrecorded.clear();
        self.components.borrow_mut().clear();
    }

    /// The plan of a rule for calls that give the columns of `mask`.
    pub(crate) fn plan(
        &self,
        rule: RuleId,
        mask: Mask,
        make: impl FnOnce() -> ConjunctionPlan,
    ) -> Rc<ConjunctionPlan> {
        let known = self.plans.borrow().get(&(rule, mask)).cloned();
        known.unwrap_or_else(|| {
            let plan = Rc::new(make());
            let mut plans = self.plans.borrow_mut();
            plans.insert((rule, mask), Rc::clone(&plan));
            plan
        })
    }

    /// The tuples of `relation` of a recursive component, if it was computed.
    pub(crate) fn of_component(
        &self,
        component: ComponentId,
        relation: RelationId,
    ) -> Option<Rc<Extension>> {
        let components = self.components.borrow();
        let rows = components.get(&component)?;
        rows.iter()
            .find(|(other, _)| *other == relation)
            .map(|(_, rows)| Rc::clone(rows))
    }

    /// Keeps a recursive component.
    pub(crate) fn keep_component(
        &self,
        component: ComponentId,
        rows: impl IntoIterator<Item = (RelationId, Extension)>,
    ) {
        let rows = rows
            .into_iter()
            .map(|(relation, rows)| (relation, Rc::new(rows)));
        let mut components = self.components.borrow_mut();
        components.insert(component, rows.collect());
    }
}
