//! Walks a plan and calls a sink with each solution: the hot loop.
//!
//! A literal has a truth under the bindings so far; what is false is left, what is maybe makes
//! the solution maybe. A variable is bound before it is read on every way through a plan, so
//! nothing is ever unbound.

use std::cell::Cell;
use std::ops::{ControlFlow, Range};

use crate::program::RelationId;

use super::aggregate;
use super::expression::{evaluate, name};
use super::frame::{Frame, Solution};
use super::plan::{Bind, ConjunctionPlan, Rounds, Step};
use super::relation::Extension;
use super::source::Source;
use super::truth::Truth;

/// What is called with each solution and its truth.
pub(crate) type Sink<'s> = dyn FnMut(&Solution, Truth) -> ControlFlow<()> + 's;

/// A relation of the component that is being computed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Local<'a> {
    pub(crate) relation: RelationId,
    pub(crate) extension: &'a Extension,
    /// Rows below are of finished rounds but the last.
    pub(crate) stable: usize,
    /// Rows below are of finished rounds.
    pub(crate) finished: usize,
}

impl Local<'_> {
    pub(crate) fn range(&self, rounds: Rounds) -> Range<usize> {
        match rounds {
            Rounds::All => 0..self.finished,
            Rounds::Stable => 0..self.stable,
            Rounds::Delta => self.stable..self.finished,
        }
    }
}

/// A walk through a plan.
pub(crate) struct Join<'a, S: Source + ?Sized> {
    pub(crate) source: &'a S,
    pub(crate) locals: &'a [Local<'a>],
    /// The least truth of interest.
    pub(crate) floor: Truth,
    pub(crate) frame: Frame,
    pub(crate) work: &'a Work<'a>,
    /// Whether what the plan is asked for is known before a solution of the rest is looked for.
    pub(crate) is_known: Option<&'a IsKnown<'a>>,
}

/// Says so of the values of what a plan is asked for.
pub(crate) type IsKnown<'e> = dyn Fn(&Solution) -> bool + 'e;

/// How many tuples were looked at, and when to stop.
pub(crate) struct Work<'a> {
    steps: Cell<u64>,
    stopped: Cell<bool>,
    interrupted: Option<&'a dyn Fn() -> bool>,
}

impl<'a> Work<'a> {
    /// Work that stops when `interrupted` says so.
    pub(crate) fn new(interrupted: Option<&'a dyn Fn() -> bool>) -> Self {
        Self {
            steps: Cell::new(0),
            stopped: Cell::new(false),
            interrupted,
        }
    }

    /// Whether it was stopped.
    pub(crate) fn stopped(&self) -> bool {
        self.stopped.get()
    }

    /// How many tuples were looked at.
    pub(crate) fn steps(&self) -> u64 {
        self.steps.get()
    }

    /// Counts a tuple; asks every 65,536 tuples whether to stop.
    #[inline]
    pub(crate) fn count(&self) -> ControlFlow<()> {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        if steps.trailing_zeros() >= 16 && self.interrupted.is_some_and(|ask| ask()) {
            self.stopped.set(true);
        }
        if self.stopped.get() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

impl<S: Source + ?Sized> Join<'_, S> {
    /// Calls `sink` with each solution of `plan`.
    pub(crate) fn solve(&mut self, plan: &ConjunctionPlan, sink: &mut Sink<'_>) -> ControlFlow<()> {
        self.walk(&plan.steps, Truth::Certain, sink)
    }

    pub(crate) fn walk(
        &mut self,
        steps: &[Step],
        truth: Truth,
        sink: &mut Sink<'_>,
    ) -> ControlFlow<()> {
        let Some((step, rest)) = steps.split_first() else {
            return sink(&self.frame, truth);
        };
        match step {
            Step::Match(found) => self.look_up(found, rest, truth, sink),
            Step::Compare { compare, only } => {
                let own = compare.truth(&self.frame);
                self.proceed(own, *only, rest, truth, sink)
            }
            Step::Bind(bind) => {
                self.bind(bind);
                self.walk(rest, truth, sink)
            }
            Step::Negative { steps, only } => {
                // Negation needs to know of maybe solutions even where only certain ones count.
                let own = self.best(steps, Truth::Maybe, Truth::Certain).negated();
                self.proceed(own, *only, rest, truth, sink)
            }
            Step::Aggregate(step) => {
                let own = aggregate::work_out(self, step);
                self.proceed(own, step.only, rest, truth, sink)
            }
            Step::Exists(_) if self.is_known.is_some_and(|is_known| is_known(&self.frame)) => {
                ControlFlow::Continue(())
            }
            Step::Exists(steps) => {
                let own = self.best(steps, self.floor, truth);
                self.proceed(own, None, rest, truth, sink)
            }
        }
    }

    /// Goes on if something of the truth `own` is good enough.
    pub(crate) fn proceed(
        &mut self,
        own: Truth,
        only: Option<Truth>,
        rest: &[Step],
        truth: Truth,
        sink: &mut Sink<'_>,
    ) -> ControlFlow<()> {
        if self.admits(own, only) {
            self.walk(rest, truth.min(own), sink)
        } else {
            ControlFlow::Continue(())
        }
    }

    #[inline]
    pub(crate) fn admits(&self, own: Truth, only: Option<Truth>) -> bool {
        own != Truth::False && own >= self.floor && only.is_none_or(|only| own == only)
    }

    /// The highest truth from `floor` that a solution of `steps` has, `enough` sufficing.
    fn best(&mut self, steps: &[Step], floor: Truth, enough: Truth) -> Truth {
        let mut best = Truth::False;
        self.within(steps, floor, &mut |_, truth| {
            best = best.max(truth);
            if best >= enough {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        best
    }

    /// Calls `sink` with each solution, from the truth `floor`, of a conjunction within the plan.
    pub(crate) fn within(&mut self, steps: &[Step], floor: Truth, sink: &mut Sink<'_>) {
        let floor = std::mem::replace(&mut self.floor, floor);
        let is_known = self.is_known.take();
        let _ = self.walk(steps, Truth::Certain, sink);
        self.floor = floor;
        self.is_known = is_known;
    }

    fn bind(&mut self, bind: &Bind) {
        if bind.kind.is_number() {
            let interval = evaluate(&bind.expression, &self.frame);
            self.frame.bind_interval(bind.variable, interval);
        } else {
            let value = name(&bind.expression, &self.frame);
            self.frame.bind_value(bind.variable, value);
        }
    }
}
