//! Explanations of random tiny policies.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use crate::fixture::Loaded;
use crate::policy::{Case, Tape};

/// How many policies are tried, a few hundredths of a second each: a fifth of what is asked for.
fn cases() -> u32 {
    (Config::default().cases / 5).clamp(200, 2_000)
}

/// Has `check` look at so many random policies, each with facts; the smallest found that it calls
/// wrong, and why.
pub(crate) fn each_policy(
    cases: u32,
    check: impl Fn(&Loaded) -> Result<(), String>,
) -> Result<(), String> {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    let seed = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, seed);
    let tapes = proptest::collection::vec(any::<u32>(), 0..400);
    let outcome = runner.run(&tapes, |choices| {
        let case = Case::read(&mut Tape::new(choices));
        let order: Vec<_> = (0..case.norms.len()).collect();
        let (policy, facts) = (case.policy(&order), case.facts(false));
        let Some(loaded) = Loaded::try_texts(&policy, &facts) else {
            return Ok(());
        };
        check(&loaded).map_err(|wrong| TestCaseError::fail(format!("{wrong}\n{policy}\n{facts}")))
    });
    outcome.map_err(|error| error.to_string())
}

#[test]
fn explanations_of_random_policies_are_accepted() {
    let (checked, trusted) = (Cell::new(0), Cell::new(0));
    let outcome = each_policy(cases(), |loaded| {
        let mut wrong = None;
        loaded.explained(
            |_, _| true,
            |act, json| {
                let found = loaded.check(&json);
                checked.set(checked.get() + 1);
                trusted.set(trusted.get() + usize::from(!found.trusted.is_empty()));
                if !found.faults.is_empty() && wrong.is_none() {
                    wrong = Some(format!("{}: {:#?}\n{json:#}", act.name, found.faults));
                }
            },
        );
        wrong.map_or(Ok(()), Err)
    });
    outcome.unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(checked.get() > 100, "{}", checked.get());
    assert!(
        trusted.get() * 2 < checked.get(),
        "{} of {}",
        trusted.get(),
        checked.get()
    );
}

#[test]
fn why_not_of_random_policies_is_accepted() {
    let checked = Cell::new(0);
    let outcome = each_policy(cases(), |loaded| {
        let mut wrong = None;
        loaded.why_not(
            |_, _| true,
            |act, json| {
                let found = loaded.check(&json);
                checked.set(checked.get() + 1);
                if !found.faults.is_empty() && wrong.is_none() {
                    wrong = Some(format!("{}: {:#?}\n{json:#}", act.name, found.faults));
                }
            },
        );
        wrong.map_or(Ok(()), Err)
    });
    outcome.unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(checked.get() > 100, "{}", checked.get());
}
