//! Settling exactly: where it gives up, and that it says so. What it comes to is held against the
//! definition in `tests/differential`, and by cases in `tests/corpus/semantics`.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fmt::Write as _;

use attendu::base::{Diagnostic, Sources};
use attendu::deontic::{Beyond, Judge, Judgement, SettleLimits, Settling, Verdict};
use attendu::engine::Timeline;
use attendu::lang::parse_program;
use attendu::load::{Act, add_texts, load_facts};
use attendu::program::from_ast;

/// 2026-11-21.
const AS_OF: i64 = 29_920_320;

/// The judgement of the one act of `facts`.
fn judged(policy: &str, limits: Option<SettleLimits>) -> Judgement {
    let facts = r#"{ "actors": ["roy", "lee"], "content": ["c"],
        "acts": [{ "id": "a", "action": "post", "by": "roy", "of": "c" }] }"#;
    let mut sources = Sources::default();
    let file = sources.add("policy.dl", policy);
    let (tree, told) = parse_program(file, policy);
    assert!(told.is_empty(), "{told:#?}");
    let (program, universe, found) = from_ast(&[(file, tree)]);
    assert!(!found.iter().any(Diagnostic::is_error), "{found:#?}");
    let files = add_texts([("facts.json", facts)], &mut sources);
    let (case, _) = load_facts(&program, universe, &sources, &files, AS_OF);
    let case = case.unwrap();
    let timeline = Timeline::new(&program, &case.universe, &case.facts);
    let mut judge = Judge::new(&timeline, case.acts.values().map(Act::record), AS_OF);
    judge.settle_within(limits);
    let act = case.acts.values().next().unwrap().value;
    Judgement::clone(&judge.judge(act).unwrap())
}

/// Forbidden either way, which hangs on `count` unknown atoms.
fn either_way(count: usize) -> String {
    let mut text = "document d jurisdiction j rank guideline.\n".to_owned();
    let mut all = String::new();
    for index in 0..count {
        let _ = writeln!(text, "open relation r{index}(content: content).");
        let comma = if index == 0 { "" } else { ", " };
        let _ = write!(all, "{comma}r{index}(C)");
    }
    text.push_str("action post(by: actor, of: content).\n");
    let _ = writeln!(text, "norm d/1 forbid post of C when {all}.");
    let _ = writeln!(text, "norm d/2 forbid post of C unless {all}.");
    text
}

#[test]
fn what_is_within_the_limits_is_settled() {
    let found = judged(&either_way(24), Some(SettleLimits::default()));
    assert_eq!(found.verdict, Verdict::Prohibited);
    assert_eq!(found.settling, Settling::Exact);
}

#[test]
fn beyond_the_limits_the_readings_stand_and_it_is_said() {
    let atoms = SettleLimits {
        atoms: 23,
        ..SettleLimits::default()
    };
    let nodes = SettleLimits {
        nodes: 20,
        ..SettleLimits::default()
    };
    let work = SettleLimits {
        work: 20,
        ..SettleLimits::default()
    };
    let gone = [
        (atoms, Beyond::Atoms),
        (nodes, Beyond::Nodes),
        (work, Beyond::Work),
    ];
    for (limits, beyond) in gone {
        let found = judged(&either_way(24), Some(limits));
        assert_eq!(found.verdict, Verdict::Undetermined);
        assert_eq!(found.settling, Settling::Beyond(beyond));
        assert!(found.is_given_up());
        assert!(!found.questions.is_empty());
    }
}

#[test]
fn it_can_be_left_out() {
    let found = judged(&either_way(2), None);
    assert_eq!(found.verdict, Verdict::Undetermined);
    assert_eq!(found.settling, Settling::Unneeded);
    assert!(!found.is_given_up());
}

#[test]
fn a_number_that_nobody_stated_is_no_atom() {
    let policy = "document d jurisdiction j rank guideline.
open relation readers(content: content) = n: integer.
action post(by: actor, of: content).
norm d/1 forbid post of C when readers(C, N), N > 1000.
";
    let found = judged(policy, Some(SettleLimits::default()));
    assert_eq!(found.verdict, Verdict::Undetermined);
    assert_eq!(found.settling, Settling::Partial);
    assert!(!found.questions.is_empty(), "the number is asked for");
}
