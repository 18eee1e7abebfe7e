//! The parts that a verdict is worked out in, as far as they are traced by themselves.

use crate::base::Id;
use crate::program::{NormId, RelationId};

/// A part of the verdict on one act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// Verdicts on other acts, and duties.
    Others,
    /// What is unknown is settled.
    Settling,
    /// Whether a document governs the act.
    Scope(RelationId),
    /// The instances of a norm.
    Norm(NormId),
    /// How the conditions of a norm stand.
    Conditions(NormId),
}

impl Part {
    /// A number that no other part has.
    pub(super) fn number(self) -> usize {
        let (kind, index) = match self {
            Self::Whole => (0, 0),
            Self::Others => (1, 0),
            Self::Settling => (2, 0),
            Self::Scope(relation) => (3, relation.index()),
            Self::Norm(norm) => (4, norm.index()),
            Self::Conditions(norm) => (5, norm.index()),
        };
        index * 6 + kind
    }
}
