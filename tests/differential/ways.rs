//! Acts recorded too generally, on random policies and facts about acts: undetermined where the
//! same act, recorded in the more specific way, has a worse verdict, and else as if no norm spoke
//! of that way.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use attendu::deontic::Verdict;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::policy::Tape;
use super::{Judged, judge};

/// How many acts there are.
const ACTS: usize = 3;

/// What a norm may ask of the act, in whichever column of a relation it stands.
const CONDITIONS: [&str; 8] = [
    "noted(A)",
    "not noted(A)",
    "marks(P, A), keen(P)",
    "linked(A, B), noted(B)",
    "linked(B, A), noted(B)",
    "N = count { B : linked(B, A) }, N >= 2",
    "doubts(P, A), keen(P)",
    "not linked(A, A)",
];

const VOCABULARY: &str = "document d jurisdiction j rank guideline.
action use(by: actor).
action share(by: actor) is use.
relation keen(person: actor).
relation noted(act: act).
relation marks(person: actor, act: act).
relation linked(one: act, other: act).
open relation doubts(person: actor, act: act).
";

/// A norm and whether it speaks of sharing alone.
fn norms(tape: &mut Tape) -> Vec<(bool, String)> {
    let mut norms: Vec<(bool, String)> = Vec::new();
    for index in 0..=tape.below(4) {
        let share = tape.below(2) == 1;
        let effect = ["permit", "forbid"][tape.below(2)];
        let action = if share { "share" } else { "use" };
        let condition = CONDITIONS[tape.below(CONDITIONS.len())];
        let word = ["when", "unless"][tape.below(2)];
        let mut text = format!("norm d/{index} {effect} A: {action} per act {word} {condition}");
        // What is left without the norms of sharing must override nothing that is gone.
        let earlier = norms.iter().position(|&(other, _)| share || !other);
        if let Some(other) = earlier.filter(|_| tape.below(2) == 1) {
            let _ = write!(text, " overrides d/{other}");
        }
        norms.push((share, text + "."));
    }
    norms
}

/// The facts: what is said of the acts, and how each is recorded.
fn facts(said: &str, shares: [bool; ACTS]) -> String {
    let acts: Vec<_> = shares
        .iter()
        .enumerate()
        .map(|(index, share)| {
            let action = if *share { "share" } else { "use" };
            format!(r#"{{ "id": "x{index}", "action": "{action}", "by": "p0" }}"#)
        })
        .collect();
    let acts = acts.join(", ");
    format!(
        r#"{{ "actors": [{{ "id": "p0", "keen": true }}, "p1"], "acts": [{acts}], "relations": {{ {said} }} }}"#
    )
}

/// What is said of the acts, in whichever column they stand.
fn said(tape: &mut Tape) -> String {
    let mut rows: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for act in 0..ACTS {
        let mut tuples = vec![("noted", format!(r#"["x{act}"]"#))];
        for person in 0..2 {
            tuples.push(("marks", format!(r#"["p{person}", "x{act}"]"#)));
            tuples.push(("doubts", format!(r#"["p{person}", "x{act}"]"#)));
        }
        for other in 0..ACTS {
            tuples.push(("linked", format!(r#"["x{other}", "x{act}"]"#)));
        }
        for (relation, tuple) in tuples {
            match (tape.below(3), relation) {
                (0, _) => rows.entry(relation).or_default().push(tuple),
                (1, "doubts") => rows.entry("not doubts").or_default().push(tuple),
                _ => {}
            }
        }
    }
    let lists = rows.iter();
    let lists: Vec<_> = lists
        .map(|(relation, rows)| format!(r#""{relation}": [{}]"#, rows.join(", ")))
        .collect();
    lists.join(", ")
}

fn verdict(policy: &str, facts: &str, act: usize) -> Judged {
    let verdicts = judge(policy, facts, true);
    let mut verdicts = verdicts
        .map_err(|codes| format!("{codes:?}\n{policy}\n{facts}"))
        .unwrap();
    verdicts.remove(&format!("x{act}")).unwrap()
}

/// Whether sharing has a worse verdict, for each act; the judge must say so.
fn check(choices: Vec<u32>) -> Result<Vec<bool>, TestCaseError> {
    let mut tape = Tape::new(choices);
    let norms = norms(&mut tape);
    let said = said(&mut tape);
    let recorded = [0; ACTS].map(|_| tape.below(2) == 1);
    let policy = |share: bool| {
        let texts = norms.iter().filter(|norm| share || !norm.0);
        texts.fold(VOCABULARY.to_owned(), |text, norm| text + &norm.1 + "\n")
    };
    let mut seen = Vec::new();
    for act in 0..ACTS {
        let (mut as_use, mut as_share) = (recorded, recorded);
        (as_use[act], as_share[act]) = (false, true);
        let found = verdict(&policy(true), &facts(&said, as_use), act);
        let plain = verdict(&policy(false), &facts(&said, as_use), act);
        let way = verdict(&policy(true), &facts(&said, as_share), act);
        let worse = way.verdict.worse_than(plain.verdict)
            && (way.verdict != Verdict::Undetermined || way.may_be_prohibited)
            && norms.iter().any(|norm| norm.0);
        let expected = if worse {
            Verdict::Undetermined
        } else {
            plain.verdict
        };
        let text = format!("x{act}\n{}\n{}", policy(true), facts(&said, as_use));
        prop_assert_eq!(found.verdict, expected, "{}", text);
        seen.push(worse);
    }
    Ok(seen)
}

#[test]
fn an_act_recorded_too_generally_is_as_bad_as_it_may_be() {
    let seen = RefCell::new(Vec::new());
    let mut runner = super::fixed_runner(u32::MAX);
    let tapes = prop::collection::vec(any::<u32>(), 0..60);
    let outcome = runner.run(&tapes, |choices| {
        seen.borrow_mut().extend(check(choices)?);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    // A comparison of nothing would agree.
    let seen = seen.into_inner();
    let worse = seen.iter().filter(|&&worse| worse).count();
    assert!(worse * 10 > seen.len(), "{worse} of {}", seen.len());
    assert!(worse * 10 < seen.len() * 9, "{worse} of {}", seen.len());
}
