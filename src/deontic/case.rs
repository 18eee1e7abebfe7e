//! What the kernel is asked and what it answers: the instances of norms that meet in one act,
//! which beats which, and how each of them fares. Who builds the case is none of its business.

use std::collections::BTreeMap;

use crate::program::Principle;

use super::reading::{Base, Reading};

/// What a norm in force does to the act.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Effect {
    /// The act is forbidden.
    Forbid,
    /// The act is permitted.
    Permit,
    /// The act would fulfil a duty, and so counts as permitted.
    Oblige,
    /// Not doing the act is permitted.
    Exempt,
    /// The act has a condition.
    Require,
    /// Advice, factors, notes: nothing that a verdict rests on.
    Other,
}

impl Effect {
    /// Whether undefeated instances of the two, opposed and told apart by nothing, make the act
    /// a conflict. A duty against a licence not to fulfil it does not: the act itself stays as it
    /// is, and the duty is contested.
    pub fn contradicts(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Forbid, Self::Permit | Self::Oblige)
                | (Self::Permit | Self::Oblige, Self::Forbid)
                | (Self::Require, Self::Require)
        )
    }
}

/// A norm with values for its `per` variables, as far as it may apply to the act.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instance {
    /// The norm. It orders instances; no label depends on it.
    pub norm: u32,
    /// What the instance does where it is in force.
    pub effect: Effect,
    /// The legal order that the norm is part of: its document's jurisdiction.
    pub order: u32,
    /// Whether it applies in every completion; else it applies in some, as far as is known.
    pub certain: bool,
}

/// One instance sets another aside. Instances are meant by their index in [`Case::instances`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Beat {
    /// The instance set aside.
    pub loser: usize,
    /// The instance that sets it aside, where it is in force itself.
    pub winner: usize,
    /// Why it wins. No label depends on it.
    pub principle: Principle,
}

/// The instances of all norms that may apply to an act. Those that apply in no completion are
/// left out. Pairs whose instances do not exist, and repeated ones, say nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Case {
    /// The instances, best in ascending order: a case in order is its own key of the memo.
    pub instances: Vec<Instance>,
    /// Which sets which aside, best in ascending order.
    pub beats: Vec<Beat>,
    /// Opposites that no principle tells apart and that agree on the values that both name, the
    /// smaller index first, best in ascending order. Pairs across legal orders, and those whose
    /// effects do not [contradict](Effect::contradicts), may be listed and change nothing.
    pub opposed: Vec<(usize, usize)>,
}

impl Case {
    /// Whether any instance bears on another. Where none does, each is in force wherever it
    /// applies, and there is nothing to derive.
    pub fn has_edges(&self) -> bool {
        !(self.beats.is_empty() && self.opposed.is_empty())
    }

    /// The pairs that are a conflict where both are in force, with their legal order.
    pub fn contradictions(&self) -> impl Iterator<Item = (u32, usize, usize)> {
        self.opposed.iter().filter_map(|&(left, right)| {
            let (a, b) = (self.instances.get(left)?, self.instances.get(right)?);
            (left != right && a.order == b.order && a.effect.contradicts(b.effect))
                .then_some((a.order, left, right))
        })
    }
}

/// How an instance fares over all completions of which possible instances apply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Label {
    /// In force in every completion.
    In,
    /// In force in none.
    Out {
        /// The instances in force in every completion that set it aside, ascending.
        by: Vec<usize>,
    },
    /// Neither is established. In a case without merely possible instances: undecided, part of
    /// or behind a circle.
    Open,
}

/// What the kernel says of a case.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Labelling {
    /// A label for each instance, in the order of the case.
    pub labels: Vec<Label>,
    /// A reading for each legal order that has an instance in the case.
    pub readings: BTreeMap<u32, Reading>,
}

impl Labelling {
    /// Whether the instance is in force in every completion.
    pub fn is_in(&self, instance: usize) -> bool {
        self.labels.get(instance) == Some(&Label::In)
    }

    /// Whether the instance may be in force: it is not out.
    pub fn may_be_in(&self, instance: usize) -> bool {
        matches!(self.labels.get(instance), Some(Label::In | Label::Open))
    }

    /// What sets the instance aside in every completion; nothing where it is not out.
    pub fn defeated_by(&self, instance: usize) -> &[usize] {
        match self.labels.get(instance) {
            Some(Label::Out { by }) => by,
            _ => &[],
        }
    }

    /// The reading of one legal order; of an order without instances, that nothing holds.
    pub fn reading(&self, order: u32) -> Reading {
        self.readings.get(&order).copied().unwrap_or_default()
    }

    /// The reading of one legal order, to change.
    pub(super) fn reading_mut(&mut self, order: u32) -> &mut Reading {
        self.readings.entry(order).or_default()
    }

    /// The reading of all legal orders together: in each completion the strictest decides.
    pub fn overall(&self) -> Reading {
        self.readings
            .values()
            .fold(Reading::default(), |all, &reading| all.or(reading))
    }

    /// The base of one legal order.
    pub fn base(&self, order: u32) -> Base {
        self.reading(order).base()
    }
}
