//! Comparisons and arithmetic over numbers, dates and lengths of time.

use jiff::civil::{DateTime, date};
use jiff::{SignedDuration, ToSpan};

use crate::lang::ast::Comparison;
use crate::program::{Expression, Operand, Program, SortId, SortKind, Unit, Value, VariableId};

use super::frame::Frame;
use super::interval::Interval;
use super::relation::is_value_sort;
use super::truth::Truth;

/// A comparison, ready to be worked out.
#[derive(Clone, Debug)]
pub(crate) struct Compare {
    pub(crate) left: Expression,
    pub(crate) operator: Comparison,
    pub(crate) right: Expression,
    pub(crate) kind: SortKind,
}

impl Compare {
    /// `left operator right`. Calendar months beside the difference of two dates are added to
    /// the earlier one: `D1 - D2 < 3 months` is `D1 < D2 + 3 months`.
    pub(crate) fn new(
        program: &Program,
        left: &Expression,
        operator: Comparison,
        right: &Expression,
        sort: SortId,
    ) -> Self {
        let (mut left, mut right) = (left.clone(), right.clone());
        move_date(&mut left, &mut right);
        move_date(&mut right, &mut left);
        Self {
            left,
            operator,
            right,
            kind: program.sorts[sort].kind,
        }
    }

    /// Whether it holds.
    pub(crate) fn truth(&self, frame: &Frame) -> Truth {
        if self.kind.is_number() {
            evaluate(&self.left, frame).compare(self.operator, evaluate(&self.right, frame))
        } else {
            let (left, right) = (name(&self.left, frame), name(&self.right, frame));
            compare_names(self.kind, left, self.operator, right)
        }
    }
}

/// Whether two names are the same, or different.
pub(crate) fn compare_names(
    kind: SortKind,
    left: Value,
    operator: Comparison,
    right: Value,
) -> Truth {
    let unknown = left == Value::UNKNOWN || right == Value::UNKNOWN;
    let equal = if unknown && is_value_sort(kind) {
        Truth::Maybe
    } else {
        Truth::of(left == right)
    };
    match operator {
        Comparison::Unequal => equal.negated(),
        _ => equal,
    }
}

/// The name that `expression` stands for.
pub(crate) fn name(expression: &Expression, frame: &Frame) -> Value {
    match expression.terms.first() {
        Some(&(_, Operand::Variable(variable))) => frame.value(variable),
        Some(&(_, Operand::Constant(value))) => value,
        _ => Value::UNKNOWN,
    }
}

/// The number that `expression` stands for; beyond the range of numbers it is unknown.
pub(crate) fn evaluate(expression: &Expression, frame: &Frame) -> Interval {
    let mut sum = Interval::exact(0);
    // Months are added when a date is there to add them to.
    let mut months = 0_i64;
    let mut dated = false;
    for &(factor, operand) in &expression.terms {
        let term = match operand {
            Operand::Variable(variable) => frame.interval(variable),
            Operand::Constant(value) => value.number().map_or(Interval::ALL, Interval::exact),
            Operand::Duration(amount, unit) => {
                let Some(minutes) = unit.minutes() else {
                    let more = calendar_months(amount, unit).saturating_mul(factor);
                    if dated {
                        sum = add_months(sum, more);
                    } else {
                        months = months.saturating_add(more);
                    }
                    continue;
                };
                Interval::exact(amount.saturating_mul(minutes))
            }
        };
        dated |= !matches!(operand, Operand::Duration(..));
        sum = sum.plus(term.times(factor));
        if dated && months != 0 {
            sum = add_months(sum, months);
            months = 0;
        }
    }
    if months == 0 {
        sum.within_values()
    } else {
        Interval::ALL
    }
}

fn calendar_months(amount: i64, unit: Unit) -> i64 {
    if unit == Unit::Years {
        amount.saturating_mul(12)
    } else {
        amount
    }
}

fn add_months(minutes: Interval, months: i64) -> Interval {
    let later = |bound: Option<i64>| add_months_to(bound?, months);
    Interval {
        lower: later(minutes.lower),
        upper: later(minutes.upper),
    }
}

/// The date `months` after `minutes`, both in minutes since 1970; the last day of the month
/// where the day does not exist.
fn add_months_to(minutes: i64, months: i64) -> Option<i64> {
    let start: DateTime = date(1970, 1, 1).at(0, 0, 0, 0);
    let seconds = minutes.checked_mul(60)?;
    let moment = start.checked_add(SignedDuration::from_secs(seconds)).ok()?;
    let span = 0.months().try_months(months).ok()?;
    let later = moment.checked_add(span).ok()?;
    Some(later.duration_since(start).as_secs().div_euclid(60))
}

/// Moves the date that is taken away in `from` to `to`, where `to` has months and no date.
fn move_date(from: &mut Expression, to: &mut Expression) {
    let calendar = to.terms.iter().any(
        |(_, operand)| matches!(operand, Operand::Duration(_, unit) if unit.minutes().is_none()),
    );
    let dated = to
        .terms
        .iter()
        .any(|(_, operand)| !matches!(operand, Operand::Duration(..)));
    let subtracted = from
        .terms
        .iter()
        .position(|(factor, operand)| *factor < 0 && !matches!(operand, Operand::Duration(..)));
    if let Some(position) = subtracted.filter(|_| calendar && !dated) {
        let (factor, operand) = from.terms.remove(position);
        to.terms.insert(0, (-factor, operand));
    }
}

/// The variable that `expression` consists of, if it is just one.
pub(crate) fn lone_variable(expression: &Expression) -> Option<VariableId> {
    match expression.terms.as_slice() {
        [(1, Operand::Variable(variable))] => Some(*variable),
        _ => None,
    }
}

/// The variables of `expression`.
pub(crate) fn variables(expression: &Expression) -> impl Iterator<Item = VariableId> {
    expression
        .terms
        .iter()
        .filter_map(|(_, operand)| match operand {
            Operand::Variable(variable) => Some(*variable),
            Operand::Constant(_) | Operand::Duration(..) => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;

    fn minutes(year: i16, month: i8, day: i8) -> i64 {
        let start = date(1970, 1, 1).at(0, 0, 0, 0);
        date(year, month, day)
            .at(0, 0, 0, 0)
            .duration_since(start)
            .as_secs()
            / 60
    }

    #[test]
    fn months_follow_the_calendar() {
        for (from, months, to) in [
            ((2023, 1, 31), 1, (2023, 2, 28)),
            ((2024, 1, 31), 1, (2024, 2, 29)),
            ((2024, 2, 29), 12, (2025, 2, 28)),
            ((2024, 3, 31), -1, (2024, 2, 29)),
        ] {
            let from = minutes(from.0, from.1, from.2);
            let to = minutes(to.0, to.1, to.2);
            assert_eq!(add_months_to(from, months), Some(to));
        }
    }

    #[test]
    fn a_difference_is_compared_with_months_by_the_calendar() {
        let (late, early) = (VariableId::new(0), VariableId::new(1));
        let left = Expression {
            terms: vec![(1, Operand::Variable(late)), (-1, Operand::Variable(early))],
        };
        let right = Expression {
            terms: vec![(1, Operand::Duration(1, Unit::Months))],
        };
        let mut program = Program::default();
        let sort = program.sorts.push(crate::program::Sort {
            name: "integer".to_owned(),
            kind: SortKind::Integer,
            span: None,
        });
        let compare = Compare::new(&program, &left, Comparison::AtMost, &right, sort);
        let mut frame = Frame::with_size(2);
        frame.bind(early, Value::from_number(minutes(2023, 1, 31)).unwrap());
        frame.bind(late, Value::from_number(minutes(2023, 2, 28)).unwrap());
        assert_eq!(compare.truth(&frame), Truth::Certain);
        frame.bind(late, Value::from_number(minutes(2023, 3, 1)).unwrap());
        assert_eq!(compare.truth(&frame), Truth::False);
        frame.bind_value(late, Value::UNKNOWN);
        assert_eq!(compare.truth(&frame), Truth::Maybe);
    }

    #[test]
    fn numbers_beyond_the_range_are_unknown() {
        let big = Value::from_number(2_000_000_000).unwrap();
        let sum = Expression {
            terms: vec![(2, Operand::Constant(big))],
        };
        assert_eq!(evaluate(&sum, &Frame::with_size(0)), Interval::ALL);
    }
}
