//! Counts, sums, least and greatest values by their definition.

use std::collections::BTreeMap;

use crate::engine::interval::Interval;
use crate::engine::truth::Truth;
use crate::lang::ast::AggregateFunction;
use crate::program::Value;

/// All choices of maybe members are possible: the result lies between its extremes.
pub(super) fn exact_aggregate(
    function: AggregateFunction,
    certain: &[i64],
    maybe: &[i64],
) -> (Option<Interval>, Truth) {
    let sum = |numbers: &[i64]| numbers.iter().sum::<i64>();
    let all = || certain.iter().chain(maybe).copied();
    let between = |lower: Option<i64>, upper: Option<i64>| Some(Interval { lower, upper });
    let held = if certain.is_empty() {
        Truth::Maybe
    } else {
        Truth::Certain
    };
    match function {
        AggregateFunction::Count => {
            let (lower, more) = (certain.len() as u32, maybe.len() as u32);
            (
                between(Some(lower.into()), Some((lower + more).into())),
                Truth::Certain,
            )
        }
        AggregateFunction::Sum => {
            let (negative, positive): (Vec<i64>, Vec<i64>) = maybe.iter().partition(|&&n| n < 0);
            let lower = sum(certain) + sum(&negative);
            let upper = sum(certain) + sum(&positive);
            (
                Some(
                    Interval {
                        lower: Some(lower),
                        upper: Some(upper),
                    }
                    .within_values(),
                ),
                Truth::Certain,
            )
        }
        AggregateFunction::Min | AggregateFunction::Max if all().next().is_none() => {
            (None, Truth::False)
        }
        AggregateFunction::Min => {
            let upper = certain
                .iter()
                .copied()
                .min()
                .or(maybe.iter().copied().max());
            (between(all().min(), upper), held)
        }
        AggregateFunction::Max => {
            let lower = certain
                .iter()
                .copied()
                .max()
                .or(maybe.iter().copied().min());
            (between(lower, all().max()), held)
        }
    }
}

/// Where a member has an unknown number, only what the others say for sure is known.
pub(super) fn vague_aggregate(
    function: AggregateFunction,
    group: &BTreeMap<Vec<Value>, Truth>,
    is_vague: &dyn Fn(&[Value]) -> bool,
) -> (Option<Interval>, Truth) {
    let certain = group.iter().filter(|(_, truth)| **truth == Truth::Certain);
    let some_certain = certain.clone().next().is_some();
    let clear = certain
        .clone()
        .filter(|(tuple, _)| !is_vague(tuple))
        .count();
    let numbers = certain.filter_map(|(tuple, _)| tuple.first()?.number());
    let vague_maybe = group
        .iter()
        .any(|(tuple, truth)| is_vague(tuple) && *truth == Truth::Maybe);
    let held = if some_certain {
        Truth::Certain
    } else {
        Truth::Maybe
    };
    match function {
        AggregateFunction::Count => {
            let lower = (clear as u32).max(u32::from(some_certain));
            let upper = (!vague_maybe).then_some((group.len() as u32).into());
            (
                Some(Interval {
                    lower: Some(lower.into()),
                    upper,
                }),
                Truth::Certain,
            )
        }
        AggregateFunction::Sum => (Some(Interval::ALL), Truth::Certain),
        AggregateFunction::Min => (
            Some(Interval {
                lower: None,
                upper: numbers.min(),
            }),
            held,
        ),
        AggregateFunction::Max => (
            Some(Interval {
                lower: numbers.max(),
                upper: None,
            }),
            held,
        ),
    }
}
