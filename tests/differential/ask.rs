//! Questions on random policies: the answers to who may, must not, and where norms clash are the
//! acts of which each judged by itself says so, no more and no fewer, with `where` and without.

use std::cell::Cell;
use std::collections::BTreeMap;

use attendu::reasoner::Reasoner;
use attendu::reasoner::view::{AnswerView, VerdictView};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use tempfile::TempDir;

use super::interview::loaded;
use super::policy::{Atom, Backs, Case, Kit, Leads, Tape, acts};
use super::{Seen, fixed_runner};

/// A condition of `where`, and the atom of closed relations that it asks for, if any; whether it
/// is to hold.
type Where = (&'static str, fn(usize, usize) -> Option<Atom>, bool);

const WHERES: [Where; 4] = [
    ("", |_, _| None, true),
    (" where leads(S)", |by, _| Some((Leads, vec![by])), true),
    (
        " where backs(C, S)",
        |by, of| Some((Backs, vec![of, by])),
        true,
    ),
    (" where not kit(C)", |_, of| Some((Kit, vec![of])), false),
];

/// How a question begins, and whether an act so judged is an answer.
type Asks = (&'static str, fn(&VerdictView) -> bool);

const QUESTIONS: [Asks; 3] = [
    ("may", |act| {
        act.verdict == "permitted" || act.once_met == Some("permitted")
    }),
    ("must not", |act| act.verdict == "prohibited"),
    ("conflict", |act| act.verdict == "conflict"),
];

/// The answers with their verdicts: a column without a value stands for everyone.
fn answered(answer: &AnswerView) -> BTreeMap<(usize, usize), &'static str> {
    let mut found = BTreeMap::new();
    for row in &answer.rows {
        let agrees = |column: usize, name: String| {
            let value = row.values.get(column).and_then(Option::as_ref);
            value.is_none_or(|value| *value == name)
        };
        for (by, of) in acts() {
            if agrees(0, format!("a{by}")) && agrees(1, format!("c{of}")) {
                found.insert((by, of), row.verdict.unwrap());
            }
        }
    }
    found
}

fn check(case: &Case, seen: &mut Seen) -> Result<(), TestCaseError> {
    let folder = TempDir::new().unwrap();
    let Some(mut reasoner) = loaded(case, &folder, None) else {
        return Ok(());
    };
    let names: Vec<_> = acts().map(|(by, of)| format!("{by}-{of}")).collect();
    let judged = reasoner.decide(&names, None).unwrap().verdicts;
    for (begins, is_answer) in QUESTIONS {
        for (condition, atom, holds) in WHERES {
            let question = format!("{begins} post by S of C{condition}");
            let due: BTreeMap<_, _> = acts()
                .zip(&judged)
                .filter(|&((by, of), act)| {
                    let meant = atom(by, of).is_none_or(|atom| case.known(&atom) == Some(holds));
                    meant && is_answer(act)
                })
                .map(|(act, judged)| (act, judged.verdict))
                .collect();
            let found = ask(&mut reasoner, &question)?;
            seen.count("questions");
            if !due.is_empty() {
                seen.count(begins);
            }
            if !due.is_empty() && !condition.is_empty() {
                seen.count("with where");
            }
            let order: Vec<_> = (0..case.norms.len()).collect();
            prop_assert_eq!(
                answered(&found),
                due,
                "{}\n{}\n{}",
                question,
                case.policy(&order),
                case.facts(false)
            );
        }
    }
    Ok(())
}

fn ask(reasoner: &mut Reasoner, question: &str) -> Result<AnswerView, TestCaseError> {
    let answer = reasoner.ask(question, false);
    answer.map_err(|found| TestCaseError::fail(format!("{question}: {found:#?}")))
}

#[test]
fn answers_are_the_acts_so_judged() {
    let seen = Cell::new(Seen::default());
    // Each is asked a dozen questions.
    let mut runner = fixed_runner(2_000);
    let tapes = prop::collection::vec(any::<u32>(), 0..160);
    let outcome = runner.run(&tapes, |choices| {
        let mut counts = seen.take();
        let outcome = check(&Case::read(&mut Tape::new(choices)), &mut counts);
        seen.set(counts);
        outcome
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let seen = seen.take();
    eprintln!("{seen:?}");
    for (begins, _) in QUESTIONS {
        assert!(
            seen.share(begins, "questions") > 0.005,
            "{begins}: {seen:?}"
        );
    }
    assert!(seen.share("with where", "questions") > 0.02, "{seen:?}");
}
