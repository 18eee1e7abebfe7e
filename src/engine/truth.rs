//! How strongly something holds when facts are incomplete.

/// What is known of an atom, a conjunction or a conclusion. Ordered, so that a conjunction is
/// the minimum of its literals and a conclusion the maximum of its instances.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Truth {
    /// It holds in no completion.
    #[default]
    False,
    /// It is not settled.
    Maybe,
    /// It holds in every completion.
    Certain,
}

impl Truth {
    /// The truth of the negation of something of this truth.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::False => Self::Certain,
            Self::Maybe => Self::Maybe,
            Self::Certain => Self::False,
        }
    }

    /// `Certain` or `False`.
    pub fn of(holds: bool) -> Self {
        if holds { Self::Certain } else { Self::False }
    }

    /// Whether it may hold.
    pub fn possible(self) -> bool {
        self != Self::False
    }
}
