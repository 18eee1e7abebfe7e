//! What would change a verdict, checked by what shares nothing with the search for it: of random
//! policies and of the corpus it is accepted, and refused where it was tampered with.

use std::cell::Cell;
use std::path::PathBuf;

use attendu::deontic::Verdict;
use attendu::reasoner::view::VerifyView;
use attendu::reasoner::{Options, Reasoner};
use proptest::test_runner::Config;
use serde_json::{Value, json};

use crate::fixture::{TODAY, project};
use crate::random::each_text;

/// Reads policies and facts, in a folder where they are texts.
fn loaded(policies: PathBuf, facts: PathBuf) -> Option<Reasoner> {
    let options = Options {
        policies: vec![policies],
        facts: vec![facts],
        as_of: TODAY,
        ..Options::default()
    };
    Reasoner::load(&options, None).ok()
}

fn changes(reasoner: &mut Reasoner, act: &str) -> Option<Value> {
    let view = reasoner.what_would_change(act, None).ok()?;
    Some(serde_json::to_value(view).unwrap())
}

fn verified(reasoner: &mut Reasoner, json: &Value) -> VerifyView {
    reasoner.verify_text(&json.to_string())
}

#[test]
fn what_would_change_random_policies_is_accepted() {
    let count = (Config::default().cases / 20).clamp(50, 500);
    let (sets, pairs, trusted) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let outcome = each_text(count, |policy, facts| {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let (policy, facts) = (write("p.dl", policy), write("f.json", facts));
        let Some(mut reasoner) = loaded(policy, facts) else {
            return Ok(());
        };
        let acts = reasoner.decide(&[], None).map_err(|it| format!("{it:?}"))?;
        for act in acts.verdicts {
            let Some(json) = changes(&mut reasoner, &act.act) else {
                continue;
            };
            let found = verified(&mut reasoner, &json);
            sets.set(sets.get() + found.nodes);
            let ways = json["ways"].as_array().unwrap();
            let of_two = ways.iter().filter(|ways| ways["size"] == 2);
            pairs.set(pairs.get() + of_two.count());
            let verdicts = found.trusted.iter().filter(|it| it.what == "verdict");
            trusted.set(trusted.get() + verdicts.map(|it| it.nodes.len()).sum::<usize>());
            if !found.accepted {
                return Err(format!("{}: {:#?}\n{json:#}", act.act, found.faults));
            }
        }
        Ok(())
    });
    outcome.unwrap_or_else(|wrong| panic!("{wrong}"));
    let (sets, pairs, trusted) = (sets.get(), pairs.get(), trusted.get());
    assert!(sets > 200, "{sets} sets");
    assert!(pairs > 10, "{pairs} verdicts by two changes");
    assert!(trusted * 4 < sets, "{trusted} of {sets} taken on trust");
}

/// The corpus case about changes.
fn house() -> Reasoner {
    let folder = project("tests/corpus/explain/change");
    loaded(folder.join("policy.dl"), folder.join("facts.json")).unwrap()
}

#[test]
fn what_would_change_in_the_corpus_is_accepted() {
    let mut reasoner = house();
    let pin = "pin by kim of leaflet on @new";
    for act in ["monday", "tuesday", "friday", "saturday", "sunday", pin] {
        let json = changes(&mut reasoner, act).unwrap();
        let found = verified(&mut reasoner, &json);
        assert!(found.accepted, "{act}: {:#?}\n{json:#}", found.faults);
        let verdicts = found.trusted.iter().find(|it| it.what == "verdict");
        assert!(verdicts.is_none(), "{act}: {verdicts:?}");
    }
}

#[test]
fn what_is_supposed_counts() {
    let mut reasoner = house();
    let supposed = ["not partisan(leaflet)".to_owned()];
    reasoner.suppose(&supposed, &[]).unwrap();
    let mut json = changes(&mut reasoner, "friday").unwrap();
    assert!(verified(&mut reasoner, &json).accepted);
    json["assumed"] = json!([]);
    assert!(!verified(&mut reasoner, &json).accepted);
}

/// Makes a change in what would change an act's verdict, and looks for what is said of it.
fn refused(act: &str, (word, of): (&str, Option<&str>), change: impl FnOnce(&mut Value)) {
    let mut reasoner = house();
    let mut json = changes(&mut reasoner, act).unwrap();
    assert!(verified(&mut reasoner, &json).accepted);
    let before = json.clone();
    change(&mut json);
    assert_ne!(json, before, "nothing was changed");
    let found = verified(&mut reasoner, &json);
    let is_said = found
        .faults
        .iter()
        .any(|fault| fault.wrong == word && fault.node.as_deref() == of);
    assert!(is_said, "{word} of {of:?}: {:#?}\n{json:#}", found.faults);
}

/// The sets that lead to a verdict, and their size.
fn ways<'j>(json: &'j mut Value, verdict: &str) -> &'j mut Value {
    let mut ways = json["ways"].as_array_mut().unwrap().iter_mut();
    ways.find(|ways| ways["verdict"] == verdict).unwrap()
}

fn state(atom: &str) -> Value {
    json!({ "kind": "state", "withdrawn": null, "stated": { "atom": atom, "text": "", "places": [] } })
}

/// Makes one set of some changes the only one that leads to a verdict.
fn only(json: &mut Value, verdict: &str, changes: &[Value]) {
    let ways = ways(json, verdict);
    ways["size"] = json!(changes.len());
    ways["sets"] = json!([{ "changes": changes, "norms": [], "alike": null }]);
}

#[test]
fn what_was_tampered_with_is_refused() {
    let official = "permitted 1";
    refused("monday", ("differs", None), |json| {
        json["verdict"] = json!("permitted");
    });
    refused("monday", ("differs", None), |json| {
        json["at"] = json!("2024-05-07");
    });
    refused("monday", ("unknown-act", None), |json| {
        json["act"] = json!("someday");
    });
    refused("monday", ("already-so", Some("prohibited")), |json| {
        ways(json, "permitted")["verdict"] = json!("prohibited");
    });
    refused("monday", ("differs", Some("unregulated 1")), |json| {
        ways(json, "permitted")["verdict"] = json!("unregulated");
    });
    refused("monday", ("differs", Some(official)), |json| {
        ways(json, "permitted")["sets"][0]["changes"][0]["kind"] = json!("withdraw");
    });
    refused("monday", ("differs", Some(official)), |json| {
        ways(json, "permitted")["size"] = json!(2);
    });
    refused("monday", ("supposed", Some(official)), |json| {
        let withdrawn = json!({ "atom": "partisan(photo)", "text": "", "places": [] });
        let change = json!({ "kind": "withdraw", "withdrawn": withdrawn, "stated": null });
        only(json, "permitted", &[change]);
    });
    refused("monday", ("supposed", Some(official)), |json| {
        only(json, "permitted", &[state("partisan(Photo)")]);
    });
    // What is of no use beside the other.
    refused("monday", ("part-suffices", Some(official)), |json| {
        let turn = ways(json, "permitted")["sets"][0]["changes"][0].clone();
        only(json, "permitted", &[turn, state("official(@new)")]);
    });
    refused("tuesday", ("beyond-change", Some(official)), |json| {
        only(json, "permitted", &[state("minister(lee)")]);
    });
    // An account is not both official and private.
    refused("saturday", ("impossible", Some("prohibited 1")), |json| {
        only(json, "prohibited", &[state("official(@kim)")]);
    });
    // Another whose consent is of no use.
    refused("tuesday", ("differs", Some("permitted 1")), |json| {
        let consent = state("consents(lee, photo, 2024-05-07)");
        only(json, "permitted", &[consent]);
        ways(json, "permitted")["sets"][0]["alike"] =
            json!({ "sort": "actor", "instead_of": "lee", "others": ["kim"] });
    });
}

#[test]
fn what_cannot_be_read_is_refused() {
    let mut reasoner = house();
    let text = json!({ "schema": "attendu.changes/1", "act": "monday" }).to_string();
    let found = reasoner.verify_text(&text);
    assert_eq!(found.faults[0].wrong, "unreadable", "{:#?}", found.faults);
    let text = json!({ "schema": "attendu.changes/9" }).to_string();
    let found = reasoner.verify_text(&text);
    assert_eq!(found.faults[0].wrong, "other-schema", "{:#?}", found.faults);
}

#[test]
fn what_would_change_shipped_acts_is_accepted() {
    let mut reasoner = loaded(project("policies"), project("facts")).unwrap();
    let acts = [
        ("roy-runs-own-account", Verdict::Unregulated),
        ("kapoor-plugs-derby-on-flood-account", Verdict::Permitted),
        ("scenario-2-ministry-publishes-flyer", Verdict::Unregulated),
    ];
    for (act, to) in acts {
        let view = reasoner.what_would_change(act, Some(to)).unwrap();
        let json = serde_json::to_value(view).unwrap();
        let found = verified(&mut reasoner, &json);
        assert!(found.accepted, "{act}: {:#?}\n{json:#}", found.faults);
        assert_ne!(found.nodes, 0, "{act}");
    }
}
