//! Calls of recursive relations that name an act which nobody recorded, and all in sessions that
//! answer a few questions.
//!
//! The component computed whole knows recorded acts only. Such a call is worked out together
//! with the calls of its component that it leads to, again and again until none of them finds
//! more: first certain tuples, then maybe ones.

use std::cell::RefCell;
use std::rc::Rc;

use crate::program::{ComponentId, RelationId, Value};

use super::index::Mask;
use super::relation::Extension;
use super::session::Session;
use super::trace::{Goal, digest_of_rows};
use super::truth::Truth;

/// Calls under way, a component that another one calls behind it.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    components: RefCell<Vec<Batch>>,
}

/// The calls of a component that are worked out together.
#[derive(Debug)]
struct Batch {
    component: ComponentId,
    floor: Truth,
    calls: Vec<Call>,
}

#[derive(Clone, Debug)]
struct Call {
    relation: RelationId,
    bound: Mask,
    key: Box<[Value]>,
    rows: Rc<Extension>,
}

impl Call {
    fn goal(&self) -> Goal {
        Goal::Rows(self.relation, self.bound, self.key.clone())
    }
}

impl Progress {
    /// What a call has found so far, noting it if it is new; `None` where its component is not
    /// under way.
    fn so_far(&self, component: ComponentId, call: &Call) -> Option<Rc<Extension>> {
        let mut components = self.components.borrow_mut();
        let calls = components
            .iter_mut()
            .find(|calls| calls.component == component)?;
        let same = |other: &&Call| {
            other.relation == call.relation && other.bound == call.bound && other.key == call.key
        };
        if let Some(known) = calls.calls.iter().find(same) {
            return Some(Rc::clone(&known.rows));
        }
        calls.calls.push(call.clone());
        Some(Rc::clone(&call.rows))
    }

    fn start(&self, component: ComponentId) {
        self.components.borrow_mut().push(Batch {
            component,
            floor: Truth::Certain,
            calls: Vec::new(),
        });
    }

    fn finish(&self) -> Vec<Call> {
        let finished = self.components.borrow_mut().pop();
        finished.map(|calls| calls.calls).unwrap_or_default()
    }

    fn set_floor(&self, floor: Truth) {
        if let Some(calls) = self.components.borrow_mut().last_mut() {
            calls.floor = floor;
        }
    }

    fn get(&self, at: usize) -> Option<(Call, Truth)> {
        let components = self.components.borrow();
        let calls = components.last()?;
        Some((calls.calls.get(at)?.clone(), calls.floor))
    }

    fn set(&self, at: usize, rows: Extension) {
        let mut components = self.components.borrow_mut();
        let call = components
            .last_mut()
            .and_then(|calls| calls.calls.get_mut(at));
        if let Some(call) = call {
            call.rows = Rc::new(rows);
        }
    }

    fn len(&self) -> usize {
        self.components
            .borrow()
            .last()
            .map_or(0, |calls| calls.calls.len())
    }
}

impl Session<'_> {
    /// The tuples of a recursive relation that have the values of `key` in the columns of
    /// `bound`.
    pub(crate) fn recursive_call(
        &self,
        relation: RelationId,
        bound: Mask,
        key: &[Value],
    ) -> Rc<Extension> {
        let component = self.program().strata.component_of[relation];
        let call = Call {
            relation,
            bound,
            key: key.into(),
            rows: Rc::new(Extension::of(self.program(), relation)),
        };
        if let Some(rows) = self.progress.so_far(component, &call) {
            return rows;
        }
        self.progress.start(component);
        self.progress.so_far(component, &call);
        self.traced.enter(|| call.goal());
        self.repeat();
        let mut rows = call.rows.clone();
        let all = self.progress.finish();
        for done in &all {
            self.traced
                .came_with(|| done.goal(), || digest_of_rows([&*done.rows]));
        }
        self.traced
            .leave(|| digest_of_rows(all.iter().map(|done| &*done.rows)));
        for done in all {
            if (done.relation, done.bound, &done.key) == (relation, bound, &call.key) {
                rows = Rc::clone(&done.rows);
            }
            let unrecorded = self.acts_given(done.relation, done.bound, &done.key) == Some(true);
            let key = &done.key;
            self.tables
                .keep_rows(done.relation, done.bound, key, unrecorded, done.rows);
        }
        rows
    }

    /// Works the calls under way out until nothing changes. A call that comes up only with
    /// maybe tuples has its certain ones found before any maybe one is kept.
    fn repeat(&self) {
        loop {
            self.progress.set_floor(Truth::Certain);
            while self.pass() {}
            let calls = self.progress.len();
            self.progress.set_floor(Truth::Maybe);
            while self.pass() && self.progress.len() == calls {}
            if self.progress.len() == calls || self.work.stopped() {
                return;
            }
        }
    }

    /// Works every call out once from what the others have; says whether any found more.
    fn pass(&self) -> bool {
        let (mut changed, mut at) = (false, 0);
        while let Some((call, floor)) = self.progress.get(at) {
            let rows = self.work_out(call.relation, call.bound, &call.key, floor);
            let size = |rows: &Extension| (rows.certain(), rows.len());
            changed |= size(&rows) != size(&call.rows);
            self.progress.set(at, rows);
            at += 1;
        }
        changed && !self.work.stopped()
    }
}
