//! How surely something holds, and numbers of which only bounds are known.

use crate::lang::ast::Comparison;
use crate::program::Value;

/// How surely something holds; the surer the greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(super) enum Truth {
    /// It does not, whatever the unknown facts are.
    #[default]
    False,
    /// It may.
    Maybe,
    /// It does, whatever the unknown facts are.
    Certain,
}

impl Truth {
    pub(super) fn of(holds: bool) -> Self {
        if holds { Self::Certain } else { Self::False }
    }

    pub(super) fn not(self) -> Self {
        match self {
            Self::False => Self::Certain,
            Self::Maybe => Self::Maybe,
            Self::Certain => Self::False,
        }
    }
}

/// A number between two bounds, both included; `None` is without bound.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Range {
    pub(super) low: Option<i64>,
    pub(super) high: Option<i64>,
}

impl Range {
    /// Any number.
    pub(super) const ALL: Self = Self {
        low: None,
        high: None,
    };

    pub(super) fn exactly(number: i64) -> Self {
        Self {
            low: Some(number),
            high: Some(number),
        }
    }

    /// The number, where there is one alone.
    pub(super) fn number(self) -> Option<i64> {
        self.low.filter(|_| self.low == self.high)
    }

    pub(super) fn contains(self, number: i64) -> bool {
        self.low.is_none_or(|low| low <= number) && self.high.is_none_or(|high| number <= high)
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let sum = |a: Option<i64>, b: Option<i64>| a?.checked_add(b?);
        Self {
            low: sum(self.low, other.low),
            high: sum(self.high, other.high),
        }
    }

    pub(super) fn times(self, factor: i64) -> Self {
        if factor == 0 {
            return Self::exactly(0);
        }
        let multiple = |bound: Option<i64>| bound?.checked_mul(factor);
        let (low, high) = (multiple(self.low), multiple(self.high));
        if factor > 0 {
            Self { low, high }
        } else {
            Self {
                low: high,
                high: low,
            }
        }
    }

    /// A bound beyond what a number can be is none; so is a number.
    pub(super) fn representable(self) -> Self {
        let is_value = |bound: &i64| Value::from_number(*bound).is_some();
        if self.number().is_some_and(|number| !is_value(&number)) {
            return Self::ALL;
        }
        Self {
            low: self.low.filter(is_value),
            high: self.high.filter(is_value),
        }
    }

    /// Whether all pairs of numbers compare so, or some.
    pub(super) fn compare(self, operator: Comparison, other: Self) -> Truth {
        match operator {
            Comparison::Less => self.below(other),
            Comparison::AtLeast => self.below(other).not(),
            Comparison::Greater => other.below(self),
            Comparison::AtMost => other.below(self).not(),
            Comparison::Equal => self.equals(other),
            Comparison::Unequal => self.equals(other).not(),
        }
    }

    fn below(self, other: Self) -> Truth {
        if matches!((self.high, other.low), (Some(high), Some(low)) if high < low) {
            Truth::Certain
        } else if matches!((self.low, other.high), (Some(low), Some(high)) if low >= high) {
            Truth::False
        } else {
            Truth::Maybe
        }
    }

    fn equals(self, other: Self) -> Truth {
        let apart = |a: Self, b: Self| a.below(b) == Truth::Certain;
        match (self.number(), other.number()) {
            (Some(one), Some(two)) => Truth::of(one == two),
            _ if apart(self, other) || apart(other, self) => Truth::False,
            _ => Truth::Maybe,
        }
    }
}
