//! Explanations with all proofs: each of them is checked.

use serde_json::{Value, json};

use crate::fixture::{Loaded, project};

/// The explanation of an act with up to `most` proofs of each thing.
fn explanation(loaded: &Loaded, most: usize) -> Value {
    let mut found = None;
    loaded.all_proofs(
        most,
        |_, act| act.name == "by-press",
        |_, json| found = Some(json),
    );
    found.unwrap()
}

fn loaded() -> Loaded {
    let case = project("tests/corpus/explain/proofs");
    Loaded::folders(&case, &case.join("facts.json")).unwrap()
}

/// The ends of the edges to other proofs.
fn others(json: &Value) -> Vec<(String, String)> {
    let edges = json["edges"].as_array().unwrap().iter();
    let other = edges.filter(|edge| edge["kind"] == "otherwise");
    let end = |edge: &Value, end: &str| edge[end].as_str().unwrap().to_owned();
    other
        .map(|edge| (end(edge, "from"), end(edge, "to")))
        .collect()
}

#[test]
fn proofs_beyond_the_least_are_shown_up_to_the_cap_and_counted() {
    let loaded = loaded();
    for (most, shown, left_out) in [(1, 0, 0), (2, 1, 1), (3, 2, 0), (10, 2, 0)] {
        let json = explanation(&loaded, most);
        assert_eq!(others(&json).len(), shown, "{json:#}");
        let nodes = json["nodes"].as_array().unwrap().iter();
        let told: u64 = nodes.filter_map(|node| node["left_out"].as_u64()).sum();
        // Where one proof is asked for, nothing is known of others.
        assert_eq!(told, left_out, "{json:#}");
        let checked = loaded.check(&json);
        assert!(checked.faults.is_empty(), "{:#?}", checked.faults);
    }
}

#[test]
fn another_proof_that_does_not_hold_is_refused() {
    let loaded = loaded();
    let json = explanation(&loaded, 10);
    let (_, other) = others(&json).pop().unwrap();
    // It lacks a premise.
    let mut changed = json.clone();
    let edges = changed["edges"].as_array_mut().unwrap();
    let premise = edges.iter().position(|edge| edge["from"] == *other);
    edges.remove(premise.unwrap());
    assert!(!loaded.check(&changed).faults.is_empty());
    // It proves something else.
    let mut changed = json.clone();
    let edges = changed["edges"].as_array_mut().unwrap();
    let fact = json["nodes"].as_array().unwrap().iter();
    let fact = fact.clone().find(|node| node["kind"] == "fact").unwrap();
    for edge in edges.iter_mut().filter(|edge| edge["to"] == *other) {
        edge["to"] = fact["id"].clone();
    }
    assert!(!loaded.check(&changed).faults.is_empty());
    // Its values are others.
    let mut changed = json;
    let nodes = changed["nodes"].as_array_mut().unwrap();
    let node = nodes.iter_mut().find(|node| node["id"] == *other);
    node.unwrap()["values"]["B"] = json!("ministry");
    assert!(!loaded.check(&changed).faults.is_empty());
}
