//! From what is in force to the base of a verdict: in one completion, and over all of them.

use std::collections::BTreeSet;

/// In which completions something holds.
///
/// The order is that of disjunction: of two things, one or the other holds at least as often as
/// the greater extent says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Extent {
    /// In none.
    #[default]
    None,
    /// Neither all nor none is established.
    Open,
    /// In all.
    All,
}

/// What holds of an act in a legal order, over all completions. That norms which forbid, permit
/// or require are in force is read with "or the completion is a conflict", which decides anyway.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Reading {
    /// Two opposites are in force that nothing tells apart, or a norm is undecided.
    pub conflict: Extent,
    /// A norm that forbids the act is in force.
    pub forbid: Extent,
    /// A norm that permits the act, or a duty that it would fulfil, is in force.
    pub permit: Extent,
    /// A norm that lays down a condition is in force.
    pub require: Extent,
}

impl Reading {
    /// What holds in one of two legal orders or the other.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            conflict: self.conflict.max(other.conflict),
            forbid: self.forbid.max(other.forbid),
            permit: self.permit.max(other.permit),
            require: self.require.max(other.require),
        }
    }

    /// The base that holds in all completions, as far as the reading shows one.
    pub fn base(self) -> Base {
        use Extent::{All, None};
        match (self.conflict, self.forbid, self.permit) {
            (All, _, _) => Base::Conflict,
            // A completion that is not a conflict is prohibited, as something forbids in it.
            (conflict, All, _) => Base::Prohibited {
                contested: conflict != None,
            },
            (None, None, All) => Base::Permitted,
            (None, None, None) => Base::Unregulated,
            _ => Base::Undetermined,
        }
    }
}

/// The base of a verdict in one completion, the mildest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Outcome {
    /// Nothing that forbids or permits is in force.
    Unregulated,
    /// Something permits, nothing forbids.
    Permitted,
    /// Something forbids.
    Prohibited,
    /// Opposites contradict one another, or a norm is undecided.
    Conflict,
}

/// The base of a verdict over all completions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Base {
    /// A conflict in every completion.
    Conflict,
    /// Prohibited or a conflict in every completion.
    Prohibited {
        /// A conflict is not ruled out.
        contested: bool,
    },
    /// Permitted in every completion, conditions aside.
    Permitted,
    /// Unregulated in every completion.
    Unregulated,
    /// None of these, or none that was established.
    Undetermined,
}

impl Base {
    /// The exact base, from the outcomes of all completions.
    pub fn of(outcomes: &BTreeSet<Outcome>) -> Self {
        let only = |outcome| outcomes.len() == 1 && outcomes.contains(&outcome);
        let mildest = outcomes.first();
        if only(Outcome::Conflict) {
            Self::Conflict
        } else if mildest >= Some(&Outcome::Prohibited) {
            Self::Prohibited {
                contested: outcomes.contains(&Outcome::Conflict),
            }
        } else if only(Outcome::Permitted) {
            Self::Permitted
        } else if only(Outcome::Unregulated) {
            Self::Unregulated
        } else {
            Self::Undetermined
        }
    }

    /// Whether a completion with this outcome is within what the base says.
    pub fn allows(self, outcome: Outcome) -> bool {
        match self {
            Self::Conflict => outcome == Outcome::Conflict,
            Self::Prohibited { contested: false } => outcome == Outcome::Prohibited,
            Self::Prohibited { contested: true } => outcome >= Outcome::Prohibited,
            Self::Permitted => outcome == Outcome::Permitted,
            Self::Unregulated => outcome == Outcome::Unregulated,
            Self::Undetermined => true,
        }
    }
}
