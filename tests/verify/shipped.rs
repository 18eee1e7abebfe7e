//! Explanations of the corpus, of the example of README and of shipped acts.

use serde_json::Value;

use crate::fixture::{Loaded, project};

/// Of so many shipped acts one is replayed: each takes a naive evaluator a second or so.
const SAMPLE: usize = 60;

/// Checks the explanations of some acts, with up to `most` proofs of each thing; how many there
/// were, and how many other proofs.
fn accepted(loaded: &Loaded, every: usize, most: usize) -> (usize, usize) {
    let (mut checked, mut others) = (0, 0);
    let mut wrong = Vec::new();
    loaded.all_proofs(
        most,
        |index, _| index.is_multiple_of(every),
        |act, json| {
            checked += 1;
            let edges = json["edges"].as_array().unwrap().iter();
            others += edges.filter(|edge| edge["kind"] == "otherwise").count();
            let faults = loaded.check(&json).faults;
            if !faults.is_empty() {
                wrong.push((act.name.clone(), faults));
            }
        },
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
    (checked, others)
}

/// Checks why the verdicts of some acts are none of the others; how many answers there were.
fn why_not_accepted(loaded: &Loaded, every: usize, wrong: &mut Vec<String>) -> usize {
    let mut checked = 0;
    loaded.why_not(
        |index, _| index.is_multiple_of(every),
        |act, json| {
            checked += 1;
            let faults = loaded.check(&json).faults;
            if !faults.is_empty() {
                let wanted = json["nodes"][0]["wanted"].to_string();
                wrong.push(format!("{} {wanted}: {faults:#?}", act.name));
            }
        },
    );
    checked
}

#[test]
fn shipped_acts_and_why_not() {
    let loaded = Loaded::folders(&project("policies"), &project("facts")).unwrap();
    let mut wrong = Vec::new();
    assert!(why_not_accepted(&loaded, 2 * SAMPLE, &mut wrong) > 40);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn shipped_acts() {
    let loaded = Loaded::folders(&project("policies"), &project("facts")).unwrap();
    assert!(accepted(&loaded, SAMPLE, 1).0 > 20);
    assert!(accepted(&loaded, 2 * SAMPLE, 10).1 > 0);
}

#[test]
fn the_corpus() {
    let (mut checked, mut others, mut why_not, mut wrong) = (0, 0, 0, Vec::new());
    for area in ["semantics", "statements"] {
        let cases = project("tests/corpus").join(area);
        let mut cases: Vec<_> = cases
            .read_dir()
            .unwrap()
            .map(|it| it.unwrap().path())
            .collect();
        cases.sort();
        for case in cases {
            let facts = ["facts.json", "facts"].map(|name| case.join(name));
            let facts = facts.iter().find(|path| path.exists());
            let policies = ["policy.dl", "policies"].map(|name| case.join(name));
            let policies = policies.iter().find(|path| path.exists());
            let loaded = policies
                .zip(facts)
                .and_then(|(one, two)| Loaded::folders(one, two));
            if let Some(loaded) = loaded {
                checked += accepted(&loaded, 1, 1).0;
                others += accepted(&loaded, 1, 10).1;
                why_not += why_not_accepted(&loaded, 1, &mut wrong);
            }
        }
    }
    assert!(checked > 100, "{checked}");
    assert!(others > 0, "no other proofs");
    assert!(why_not > 300, "{why_not}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What `docs/explanations.md` checks is what is given today.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads its own files")]
fn the_examples_of_the_page_on_reasons() {
    let example = project("tests/corpus/readme");
    let kept = [
        ("tuesday.json", &["explain", "tuesday"][..]),
        (
            "tuesday-changes.json",
            &["explain", "tuesday", "--what-would-change"],
        ),
    ];
    for (file, asked) in kept {
        let path = example.join("explanations").join(file);
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_attendu"))
            .current_dir(&example)
            .env("LC_ALL", "C")
            .args(asked)
            .args(["--format", "json"])
            .output()
            .unwrap();
        if std::env::var_os("ATTENDU_BLESS").is_some() {
            std::fs::write(&path, &run.stdout).unwrap();
        }
        let given: Value = serde_json::from_slice(&run.stdout).unwrap();
        let kept: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(kept, given, "{file}");
    }
}
