//! Comparisons and sums, and what counts, sums, least and greatest come to.

use std::collections::BTreeMap;

use crate::lang::ast::{AggregateFunction, Comparison};
use crate::program::{Expression, Operand, Program, SortId, Unit, Value, VariableId};

use super::frame::{Frame, Meant, is_stated};
use super::truth::{Range, Truth};

/// Whether `left operator right` under what the variables stand for.
pub(super) fn compare(
    program: &Program,
    (left, operator, right): (&Expression, Comparison, &Expression),
    sort: SortId,
    frame: &Frame,
) -> Truth {
    if program.sorts[sort].kind.is_number() {
        let (left, right) = sides(left, right);
        return number(&left, frame).compare(operator, number(&right, frame));
    }
    let (left, right) = (name(left, frame), name(right, frame));
    let vague = is_stated(program, sort) && [left, right].contains(&Value::UNKNOWN);
    let equal = if vague {
        Truth::Maybe
    } else {
        Truth::of(left == right)
    };
    match operator {
        Comparison::Unequal => equal.not(),
        _ => equal,
    }
}

/// The number that an expression comes to.
pub(super) fn number(expression: &Expression, frame: &Frame) -> Range {
    let mut sum = Range::exactly(0);
    let mut calendar = Vec::new();
    for &(factor, operand) in &expression.terms {
        let summand = match operand {
            Operand::Variable(variable) => match frame.of(variable) {
                Some(Meant::Value(value)) => value.number().map_or(Range::ALL, Range::exactly),
                Some(Meant::Unstated { range, .. }) => range,
                None => Range::ALL,
            },
            Operand::Constant(value) => value.number().map_or(Range::ALL, Range::exactly),
            Operand::Duration(amount, unit) => {
                let amount = amount.saturating_mul(factor);
                match unit.minutes() {
                    Some(minutes) => Range::exactly(amount.saturating_mul(minutes)),
                    None => {
                        calendar.push((amount, unit));
                        continue;
                    }
                }
            }
        };
        let factor = match operand {
            Operand::Duration(..) => 1,
            _ => factor,
        };
        sum = sum.plus(summand.times(factor));
    }
    if !calendar.is_empty() && expression.terms.iter().all(|(_, it)| is_duration(it)) {
        return Range::ALL;
    }
    for (amount, unit) in calendar {
        let later = |bound: Option<i64>| unit.add(bound?, amount);
        sum = Range {
            low: later(sum.low),
            high: later(sum.high),
        };
    }
    sum.representable()
}

/// The individual that an expression of names is.
pub(super) fn name(expression: &Expression, frame: &Frame) -> Value {
    let value = match expression.terms.first() {
        Some(&(_, Operand::Variable(variable))) => frame.value(variable),
        Some(&(_, Operand::Constant(value))) => Some(value),
        _ => None,
    };
    value.unwrap_or(Value::UNKNOWN)
}

/// The variable that an expression consists of.
pub(super) fn lone(expression: &Expression) -> Option<VariableId> {
    match expression.terms.as_slice() {
        [(1, Operand::Variable(variable))] => Some(*variable),
        _ => None,
    }
}

/// The variables of an expression.
pub(super) fn variables(expression: &Expression) -> impl Iterator<Item = VariableId> {
    let terms = expression.terms.iter();
    terms.filter_map(|(_, operand)| match operand {
        Operand::Variable(variable) => Some(*variable),
        _ => None,
    })
}

/// Both sides; the date taken away on one goes to the other where that has months and no date,
/// as months are only so long from a date on.
fn sides(left: &Expression, right: &Expression) -> (Expression, Expression) {
    let (mut left, mut right) = (left.clone(), right.clone());
    let is_calendar = |side: &Expression| {
        let months =
            |it: &Operand| matches!(it, Operand::Duration(_, unit) if unit.minutes().is_none());
        side.terms.iter().any(|(_, it)| months(it))
            && side.terms.iter().all(|(_, it)| is_duration(it))
    };
    if is_calendar(&right) {
        move_date(&mut left, &mut right);
    } else if is_calendar(&left) {
        move_date(&mut right, &mut left);
    }
    (left, right)
}

fn move_date(from: &mut Expression, to: &mut Expression) {
    let taken = |(factor, operand): &(i64, Operand)| *factor < 0 && !is_duration(operand);
    if let Some(position) = from.terms.iter().position(taken) {
        let (factor, operand) = from.terms.remove(position);
        to.terms.insert(0, (-factor, operand));
    }
}

fn is_duration(operand: &Operand) -> bool {
    matches!(
        operand,
        Operand::Duration(
            _,
            Unit::Minutes | Unit::Hours | Unit::Days | Unit::Weeks | Unit::Months | Unit::Years
        )
    )
}

/// What an aggregate comes to over tuples that hold so surely, and how surely it comes to
/// something. `vague` tells of a tuple with a number that nobody stated.
pub(super) fn aggregate(
    function: AggregateFunction,
    group: &BTreeMap<Vec<Value>, Truth>,
    vague: &dyn Fn(&[Value]) -> bool,
) -> (Option<Range>, Truth) {
    let first = |tuple: &[Value]| tuple.first().and_then(|value| value.number());
    let is_vague = match function {
        AggregateFunction::Min | AggregateFunction::Max => {
            group.keys().any(|tuple| first(tuple).is_none())
        }
        AggregateFunction::Count | AggregateFunction::Sum => group.keys().any(|it| vague(it)),
    };
    let numbers = |truth: Truth| -> Vec<i64> {
        let of = group.iter().filter(|(_, own)| **own == truth);
        of.filter_map(|(tuple, _)| first(tuple)).collect()
    };
    let (sure, more) = (numbers(Truth::Certain), numbers(Truth::Maybe));
    let some = group.values().any(|&truth| truth == Truth::Certain);
    let held = if some { Truth::Certain } else { Truth::Maybe };
    match function {
        AggregateFunction::Count => (Some(count(group, is_vague, vague)), Truth::Certain),
        AggregateFunction::Sum if is_vague => (Some(Range::ALL), Truth::Certain),
        AggregateFunction::Sum => {
            let total: i64 = sure.iter().sum();
            let low: i64 = more.iter().filter(|&&it| it < 0).sum();
            let high: i64 = more.iter().filter(|&&it| it > 0).sum();
            let range = Range {
                low: Some(total + low),
                high: Some(total + high),
            };
            (Some(range.representable()), Truth::Certain)
        }
        AggregateFunction::Min | AggregateFunction::Max if group.is_empty() => (None, Truth::False),
        AggregateFunction::Min => {
            let high = sure
                .iter()
                .min()
                .or(more.iter().max().filter(|_| !is_vague));
            let low = sure.iter().chain(&more).min().filter(|_| !is_vague);
            let (low, high) = (low.copied(), high.copied());
            (Some(Range { low, high }), held)
        }
        AggregateFunction::Max => {
            let low = sure
                .iter()
                .max()
                .or(more.iter().min().filter(|_| !is_vague));
            let high = sure.iter().chain(&more).max().filter(|_| !is_vague);
            let (low, high) = (low.copied(), high.copied());
            (Some(Range { low, high }), held)
        }
    }
}

/// How many there are. Unstated numbers may be the same as others, or be many.
fn count(
    group: &BTreeMap<Vec<Value>, Truth>,
    is_vague: bool,
    vague: &dyn Fn(&[Value]) -> bool,
) -> Range {
    let sure = || group.iter().filter(|(_, truth)| **truth == Truth::Certain);
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let all = number(group.len());
    if !is_vague {
        return Range {
            low: Some(number(sure().count())),
            high: Some(all),
        };
    }
    let clear = number(sure().filter(|(tuple, _)| !vague(tuple)).count());
    let unbounded = group
        .iter()
        .any(|(tuple, truth)| *truth == Truth::Maybe && vague(tuple));
    Range {
        low: Some(clear.max(i64::from(sure().next().is_some()))),
        high: (!unbounded).then_some(all),
    }
}
