//! Explanations of random tiny policies.

use std::cell::Cell;

use attendu::load::Act;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::Value;

use crate::fixture::Loaded;
use crate::policy::{Case, Tape};

/// How many policies are tried, a few hundredths of a second each: a fifth of what is asked for.
fn cases() -> u32 {
    (Config::default().cases / 5).clamp(200, 2_000)
}

/// Has `check` look at so many random policies, each with facts; the smallest found that it calls
/// wrong, and why.
pub(crate) fn each_text(
    cases: u32,
    check: impl Fn(&str, &str) -> Result<(), String>,
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
        check(&policy, &facts)
            .map_err(|wrong| TestCaseError::fail(format!("{wrong}\n{policy}\n{facts}")))
    });
    outcome.map_err(|error| error.to_string())
}

/// The same of those that load.
pub(crate) fn each_policy(
    cases: u32,
    check: impl Fn(&Loaded) -> Result<(), String>,
) -> Result<(), String> {
    each_text(cases, |policy, facts| {
        Loaded::try_texts(policy, facts).map_or(Ok(()), |loaded| check(&loaded))
    })
}

/// How many explanations were checked, and of how many something was taken on trust.
#[derive(Default)]
struct Counts {
    checked: Cell<usize>,
    trusted: Cell<usize>,
}

impl Counts {
    /// Checks an explanation; keeps what is wrong in `wrong` if nothing was before.
    fn check(&self, loaded: &Loaded, act: &Act, json: &Value, wrong: &mut Option<String>) {
        let found = loaded.check(json);
        let add = |count: &Cell<usize>, more: bool| count.set(count.get() + usize::from(more));
        add(&self.checked, true);
        add(&self.trusted, !found.trusted.is_empty());
        if !found.faults.is_empty() && wrong.is_none() {
            *wrong = Some(format!("{}: {:#?}\n{json:#}", act.name, found.faults));
        }
    }

    fn checked(&self) -> usize {
        let checked = self.checked.get();
        assert!(checked > 100, "{checked}");
        checked
    }
}

#[test]
fn explanations_of_random_policies_are_accepted() {
    let counts = Counts::default();
    let outcome = each_policy(cases(), |loaded| {
        let mut wrong = None;
        loaded.explained(
            |_, _| true,
            |act, json| counts.check(loaded, act, &json, &mut wrong),
        );
        wrong.map_or(Ok(()), Err)
    });
    outcome.unwrap_or_else(|wrong| panic!("{wrong}"));
    let (checked, trusted) = (counts.checked(), counts.trusted.get());
    assert!(trusted * 2 < checked, "{trusted} of {checked}");
}

#[test]
fn why_not_of_random_policies_is_accepted() {
    let counts = Counts::default();
    let outcome = each_policy(cases(), |loaded| {
        let mut wrong = None;
        loaded.why_not(
            |_, _| true,
            |act, json| counts.check(loaded, act, &json, &mut wrong),
        );
        wrong.map_or(Ok(()), Err)
    });
    outcome.unwrap_or_else(|wrong| panic!("{wrong}"));
    counts.checked();
}

/// A policy whose conditions ask for more: that what is posted backs someone who leads, and, of
/// every other one, that this or the condition is so.
fn with_longer_conditions(policy: &str) -> String {
    let longer = |(index, line): (usize, &str)| {
        let Some((before, rest)) = line.split_once(" require ") else {
            return line.to_owned();
        };
        let (condition, rest) = rest.split_once(" for post").unwrap();
        let rest = rest.trim_start_matches(" by S").trim_start_matches(" of C");
        let backed = "backs(C, Z), leads(Z), Z != S, not wary(Z)";
        let condition = if index.is_multiple_of(2) {
            format!("({condition} or {backed})")
        } else {
            format!("{condition}, {backed}")
        };
        format!("{before} require {condition} for post by S of C{rest}")
    };
    let lines = policy.lines().enumerate().map(longer);
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn conditions_of_several_parts_are_accepted() {
    let (counts, met) = (Counts::default(), Cell::new(0));
    let outcome = each_text(cases(), |policy, facts| {
        let policy = with_longer_conditions(policy);
        let Some(loaded) = Loaded::try_texts(&policy, facts) else {
            return Ok(());
        };
        let mut wrong = None;
        loaded.explained(
            |_, _| policy.contains("require"),
            |act, json| {
                let nodes = json["nodes"].as_array().unwrap().iter();
                let is_met = |it: &&Value| it["kind"] == "condition" && it["standing"] == "met";
                met.set(met.get() + nodes.filter(is_met).count());
                counts.check(&loaded, act, &json, &mut wrong);
            },
        );
        loaded.why_not(
            |_, _| policy.contains("require"),
            |act, json| counts.check(&loaded, act, &json, &mut wrong),
        );
        wrong.map_or(Ok(()), |wrong| Err(format!("{wrong}\n{policy}")))
    });
    outcome.unwrap_or_else(|wrong| panic!("{wrong}"));
    counts.checked();
    assert!(met.get() > 20, "{}", met.get());
}
