//! Counts, sums, least and greatest values, as intervals where tuples are maybe.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::lang::ast::{AggregateFunction, Comparison};
use crate::program::{Term, Value};

use super::interval::Interval;
use super::join::Join;
use super::plan::Aggregate;
use super::source::Source;
use super::truth::Truth;

/// The distinct tuples of a group, each with its truth.
pub(crate) type Group = BTreeMap<Box<[Value]>, Truth>;

/// Works the aggregate out under the bindings so far, binds its result or compares with it, and
/// says how surely it holds.
pub(crate) fn work_out<S: Source + ?Sized>(join: &mut Join<'_, S>, step: &Aggregate) -> Truth {
    let group = group(join, step);
    let (value, truth) = value(step, &group);
    if step.bound {
        let given = join.frame.interval(step.result);
        given.compare(Comparison::Equal, value).min(truth)
    } else {
        join.frame.bind_interval(step.result, value);
        truth
    }
}

/// The tuples of the group under the bindings so far.
pub(crate) fn group<S: Source + ?Sized>(join: &mut Join<'_, S>, step: &Aggregate) -> Group {
    let mut group = Group::new();
    for alternative in &step.alternatives {
        join.within(alternative, Truth::Maybe, &mut |solution, truth| {
            let tuple = step.terms.iter().map(|&(term, _)| match term {
                Term::Variable(variable) => solution.value(variable),
                Term::Constant(value) => value,
                Term::Any => Value::UNKNOWN,
            });
            let known = group.entry(tuple.collect()).or_default();
            *known = truth.max(*known);
            ControlFlow::Continue(())
        });
    }
    group
}

/// One tuple's share in the result.
struct Member {
    /// Its first component, if it is a known number.
    number: Option<i64>,
    /// Some component is not known, so it may be the same as another tuple, or, where it is
    /// maybe, stand for many.
    vague: bool,
    certain: bool,
}

fn value(step: &Aggregate, group: &Group) -> (Interval, Truth) {
    let members: Vec<Member> = group
        .iter()
        .map(|(tuple, &truth)| member(step, tuple, truth))
        .collect();
    match step.function {
        AggregateFunction::Count => (count(&members), Truth::Certain),
        AggregateFunction::Sum => (sum(&members).within_values(), Truth::Certain),
        AggregateFunction::Min => least(&members),
        AggregateFunction::Max => {
            let mirrored: Vec<Member> = members
                .into_iter()
                .map(|member| Member {
                    number: member.number.map(|number| -number),
                    ..member
                })
                .collect();
            let (value, truth) = least(&mirrored);
            (value.times(-1), truth)
        }
    }
}

fn member(step: &Aggregate, tuple: &[Value], truth: Truth) -> Member {
    let vague = step
        .terms
        .iter()
        .zip(tuple)
        .any(|(&(_, of_values), &value)| of_values && value == Value::UNKNOWN);
    Member {
        number: tuple.first().and_then(|value| value.number()),
        vague,
        certain: truth == Truth::Certain,
    }
}

fn count(members: &[Member]) -> Interval {
    let surely = members.iter().filter(|m| m.certain && !m.vague).count();
    let some = i64::from(members.iter().any(|m| m.certain));
    let unbounded = members.iter().any(|m| m.vague && !m.certain);
    Interval {
        lower: i64::try_from(surely).ok().map(|surely| surely.max(some)),
        upper: i64::try_from(members.len()).ok().filter(|_| !unbounded),
    }
}

fn sum(members: &[Member]) -> Interval {
    if members.iter().any(|member| member.vague) {
        return Interval::ALL;
    }
    members.iter().fold(Interval::exact(0), |sum, member| {
        let number = member.number.unwrap_or(0);
        sum.plus(if member.certain {
            Interval::exact(number)
        } else {
            Interval {
                lower: Some(number.min(0)),
                upper: Some(number.max(0)),
            }
        })
    })
}

/// The least number; of nothing there is none.
fn least(members: &[Member]) -> (Interval, Truth) {
    let numbers = |certain: bool| {
        members
            .iter()
            .filter(move |member| member.certain || !certain)
            .map(|member| member.number)
    };
    let truth = if members.iter().any(|member| member.certain) {
        Truth::Certain
    } else if members.is_empty() {
        Truth::False
    } else {
        Truth::Maybe
    };
    let bottom = numbers(false).collect::<Option<Vec<_>>>();
    let interval = Interval {
        lower: bottom.and_then(|numbers| numbers.into_iter().min()),
        upper: if truth == Truth::Certain {
            numbers(true).flatten().min()
        } else {
            let all = numbers(false).collect::<Option<Vec<_>>>();
            all.and_then(|numbers| numbers.into_iter().max())
        },
    };
    (interval, truth)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(rows: &[(i64, bool)]) -> Vec<Member> {
        rows.iter()
            .map(|&(number, certain)| Member {
                number: Some(number),
                vague: false,
                certain,
            })
            .collect()
    }

    fn between(lower: i64, upper: i64) -> Interval {
        Interval {
            lower: Some(lower),
            upper: Some(upper),
        }
    }

    #[test]
    fn maybe_tuples_widen_the_result() {
        let group = members(&[(5, true), (2, false), (-1, false), (7, true)]);
        assert_eq!(count(&group), between(2, 4));
        assert_eq!(sum(&group), between(11, 14));
        assert_eq!(least(&group), (between(-1, 5), Truth::Certain));
    }

    #[test]
    fn the_least_of_nothing_does_not_hold() {
        assert_eq!(least(&[]).1, Truth::False);
        let group = members(&[(3, false), (4, false)]);
        assert_eq!(least(&group), (between(3, 4), Truth::Maybe));
    }

    #[test]
    fn an_unknown_number_leaves_bounds_open() {
        let mut group = members(&[(5, true)]);
        group.push(Member {
            number: None,
            vague: true,
            certain: false,
        });
        let from_one = Interval {
            lower: Some(1),
            upper: None,
        };
        assert_eq!(count(&group), from_one);
        assert_eq!(sum(&group), Interval::ALL);
        let below = Interval {
            lower: None,
            upper: Some(5),
        };
        assert_eq!(least(&group), (below, Truth::Certain));
    }
}
