//! Numbers known up to an interval, and how they compare.

use crate::lang::ast::Comparison;
use crate::program::Value;

use super::truth::Truth;

/// From `lower` to `upper`, both included; `None` is without bound.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Interval {
    /// The least it can be.
    pub lower: Option<i64>,
    /// The greatest it can be.
    pub upper: Option<i64>,
}

impl Interval {
    /// Any number.
    pub const ALL: Self = Self {
        lower: None,
        upper: None,
    };

    /// The interval of one number.
    pub fn exact(number: i64) -> Self {
        Self {
            lower: Some(number),
            upper: Some(number),
        }
    }

    /// The number, if there is only one.
    pub fn number(self) -> Option<i64> {
        self.lower.filter(|_| self.lower == self.upper)
    }

    /// Whether it contains `number`.
    pub fn contains(self, number: i64) -> bool {
        self.lower.is_none_or(|lower| lower <= number)
            && self.upper.is_none_or(|upper| number <= upper)
    }

    /// The sums of one number of each.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let add = |a: Option<i64>, b: Option<i64>| a?.checked_add(b?);
        Self {
            lower: add(self.lower, other.lower),
            upper: add(self.upper, other.upper),
        }
    }

    /// The multiples by `factor`.
    #[must_use]
    pub fn times(self, factor: i64) -> Self {
        if factor == 0 {
            return Self::exact(0);
        }
        let multiply = |bound: Option<i64>| bound?.checked_mul(factor);
        let (lower, upper) = (multiply(self.lower), multiply(self.upper));
        if factor < 0 {
            Self {
                lower: upper,
                upper: lower,
            }
        } else {
            Self { lower, upper }
        }
    }

    /// Itself with bounds beyond the range of values taken away: a computed number beyond it
    /// is unknown.
    #[must_use]
    pub fn within_values(self) -> Self {
        let keep = |bound: Option<i64>| bound.filter(|&b| Value::from_number(b).is_some());
        let kept = Self {
            lower: keep(self.lower),
            upper: keep(self.upper),
        };
        if self.number().is_some() && kept.number().is_none() {
            Self::ALL
        } else {
            kept
        }
    }

    /// Whether `self operator other`: certain if for all pairs of numbers, false if for none.
    pub fn compare(self, operator: Comparison, other: Self) -> Truth {
        match operator {
            Comparison::Less => self.less(other),
            Comparison::AtLeast => self.less(other).negated(),
            Comparison::Greater => other.less(self),
            Comparison::AtMost => other.less(self).negated(),
            Comparison::Equal => self.equal(other),
            Comparison::Unequal => self.equal(other).negated(),
        }
    }

    fn less(self, other: Self) -> Truth {
        let below = |a: Option<i64>, b: Option<i64>| a.zip(b).is_some_and(|(a, b)| a < b);
        let not_below = |a: Option<i64>, b: Option<i64>| a.zip(b).is_some_and(|(a, b)| a >= b);
        if below(self.upper, other.lower) {
            Truth::Certain
        } else if not_below(self.lower, other.upper) {
            Truth::False
        } else {
            Truth::Maybe
        }
    }

    fn equal(self, other: Self) -> Truth {
        match (self.number(), other.number()) {
            (Some(a), Some(b)) => Truth::of(a == b),
            _ if self.less(other) == Truth::Certain || other.less(self) == Truth::Certain => {
                Truth::False
            }
            _ => Truth::Maybe,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_compare_by_their_bounds() {
        let two_to_four = Interval {
            lower: Some(2),
            upper: Some(4),
        };
        for (operator, number, truth) in [
            (Comparison::Less, 5, Truth::Certain),
            (Comparison::Less, 3, Truth::Maybe),
            (Comparison::Less, 2, Truth::False),
            (Comparison::AtLeast, 2, Truth::Certain),
            (Comparison::AtLeast, 5, Truth::False),
            (Comparison::Equal, 3, Truth::Maybe),
            (Comparison::Equal, 7, Truth::False),
            (Comparison::Unequal, 7, Truth::Certain),
        ] {
            let found = two_to_four.compare(operator, Interval::exact(number));
            assert_eq!(found, truth, "[2, 4] {} {number}", operator.sign());
        }
        assert_eq!(
            Interval::ALL.compare(Comparison::Equal, Interval::ALL),
            Truth::Maybe
        );
    }

    #[test]
    fn negative_factors_swap_the_bounds() {
        let one_up = Interval {
            lower: Some(1),
            upper: None,
        };
        let below = Interval {
            lower: None,
            upper: Some(-2),
        };
        assert_eq!(one_up.times(-2), below);
        assert_eq!(one_up.plus(below), Interval::ALL);
    }
}
