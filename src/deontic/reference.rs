//! The definitions that the kernel is tested against: grounded labels of one completion, and
//! all completions one by one. Slow and plain; of the kernel's code it shares no more than which
//! pairs [contradict](Case::contradictions) one another.

use std::collections::BTreeSet;

use super::case::{Case, Effect};
use super::reading::Outcome;

/// How an instance fares in one completion.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Status {
    /// It does not apply.
    Absent,
    /// In force.
    In,
    /// Set aside.
    Out,
    /// On or behind a circle.
    Undecided,
}

/// The completions of a case: for each instance, whether it applies. There are 2ⁿ for n merely
/// possible instances.
pub fn completions(case: &Case) -> Vec<Vec<bool>> {
    let mut all = vec![Vec::new()];
    for instance in &case.instances {
        let choices: &[bool] = if instance.certain {
            &[true]
        } else {
            &[false, true]
        };
        all = all
            .iter()
            .flat_map(|completion: &Vec<bool>| {
                choices.iter().map(move |&applies| {
                    let mut longer = completion.clone();
                    longer.push(applies);
                    longer
                })
            })
            .collect();
    }
    all
}

/// The grounded labels of one completion: the least ones such that an instance that applies is
/// in where all that beat it are absent or out, and out where one that beats it is in.
pub fn grounded(case: &Case, completion: &[bool]) -> Vec<Status> {
    let undecided = |&applies: &bool| {
        if applies {
            Status::Undecided
        } else {
            Status::Absent
        }
    };
    let mut statuses: Vec<Status> = completion.iter().map(undecided).collect();
    loop {
        let next: Vec<Status> = statuses
            .iter()
            .enumerate()
            .map(|(instance, &status)| {
                let beaters: Vec<Status> = case
                    .beats
                    .iter()
                    .filter(|beat| beat.loser == instance)
                    .filter_map(|beat| statuses.get(beat.winner).copied())
                    .collect();
                if status != Status::Undecided {
                    status
                } else if beaters.contains(&Status::In) {
                    Status::Out
                } else if beaters.contains(&Status::Undecided) {
                    Status::Undecided
                } else {
                    Status::In
                }
            })
            .collect();
        if next == statuses {
            return statuses;
        }
        statuses = next;
    }
}

/// The outcome of one completion in one legal order, or in all of them together.
pub fn outcome(case: &Case, statuses: &[Status], order: Option<u32>) -> Outcome {
    let status = |instance: usize| statuses.get(instance).copied().unwrap_or(Status::Absent);
    let undefeated = |instance: usize| matches!(status(instance), Status::In | Status::Undecided);
    let contradiction = case.contradictions().any(|(of, left, right)| {
        order.is_none_or(|order| order == of) && undefeated(left) && undefeated(right)
    });
    let has = |wanted: Status, effects: &[Effect]| {
        case.instances.iter().enumerate().any(|(index, instance)| {
            order.is_none_or(|order| order == instance.order)
                && effects.contains(&instance.effect)
                && status(index) == wanted
        })
    };
    let all = [
        Effect::Forbid,
        Effect::Permit,
        Effect::Oblige,
        Effect::Require,
    ];
    if contradiction || has(Status::Undecided, &all) {
        Outcome::Conflict
    } else if has(Status::In, &[Effect::Forbid]) {
        Outcome::Prohibited
    } else if has(Status::In, &[Effect::Permit, Effect::Oblige]) {
        Outcome::Permitted
    } else {
        Outcome::Unregulated
    }
}

/// The outcomes of all completions.
pub fn outcomes(case: &Case, order: Option<u32>) -> BTreeSet<Outcome> {
    completions(case)
        .iter()
        .map(|completion| outcome(case, &grounded(case, completion), order))
        .collect()
}
