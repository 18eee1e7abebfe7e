//! All acts explained as one graph: each node once, none referred to before it is there, and what
//! stands below a verdict is what explaining that act alone shows.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use attendu::base::Language;
use attendu::deontic::Judge;
use attendu::engine::Timeline;
use attendu::explain::All;
use attendu::explain::words::Vocabulary;
use attendu::load::Act;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Map, Value, json};

use crate::fixture::{Loaded, TODAY, project};
use crate::random::each_policy;

const LINES: &str = include_str!("../../docs/schemas/proofs.schema.json");
const EXPLANATION: &str = include_str!("../../docs/schemas/explanation.schema.json");

/// The lines of all acts.
fn lines(loaded: &Loaded) -> Vec<Value> {
    let timeline = Timeline::new(&loaded.program, &loaded.case.universe, &loaded.case.facts);
    let acts = || loaded.case.acts.values();
    let mut judge = Judge::new(&timeline, acts().map(Act::record), TODAY);
    let vocabulary = Vocabulary::of_program(&loaded.program);
    let mut all = All::default();
    let mut lines = Vec::new();
    for act in acts() {
        let named = (act.value, act.name.as_str());
        let (sources, language) = (&loaded.sources, Language::En);
        let told = all.explain(&mut judge, sources, &vocabulary, language, named);
        lines.extend(
            told.iter()
                .map(|line| serde_json::from_str::<Value>(line).unwrap()),
        );
    }
    lines
}

/// A node, with what it rests on: how, and its name.
type Resting = (Map<String, Value>, Vec<(Value, String)>);

/// Nodes by name.
struct Nodes(BTreeMap<String, Resting>);

impl Nodes {
    /// Of lines.
    fn of_lines(lines: &[Value]) -> Self {
        let node = |line: &Value| {
            let mut line = line.as_object().unwrap().clone();
            let rests_on = line.remove("rests_on").unwrap();
            let rests_on = rests_on.as_array().unwrap().iter();
            let rests_on = rests_on.map(|it| (it["kind"].clone(), it["id"].to_string()));
            for extra in ["name", "at"] {
                line.remove(extra);
            }
            let id = line.remove("id").unwrap();
            (id.to_string(), (line, rests_on.collect()))
        };
        Self(lines.iter().map(node).collect())
    }

    /// Of the explanation of an act alone.
    fn of_explanation(json: &Value) -> Self {
        let mut nodes = BTreeMap::new();
        for node in json["nodes"].as_array().unwrap() {
            let mut node = node.as_object().unwrap().clone();
            let id = node.remove("id").unwrap();
            nodes.insert(id.to_string(), (node, Vec::new()));
        }
        for edge in json["edges"].as_array().unwrap() {
            let (_, rests_on): &mut (_, Vec<_>) = nodes.get_mut(&edge["from"].to_string()).unwrap();
            rests_on.push((edge["kind"].clone(), edge["to"].to_string()));
        }
        Self(nodes)
    }
}

/// Whether the same is below two nodes; pairs that were seen are not looked at again.
fn same(
    (one, at): (&Nodes, &str),
    (other, to): (&Nodes, &str),
    seen: &mut BTreeSet<(String, String)>,
) -> Result<(), String> {
    if !seen.insert((at.to_owned(), to.to_owned())) {
        return Ok(());
    }
    let ((own, below), (others, beside)) = (&one.0[at], &other.0[to]);
    let kinds = |edges: &[(Value, String)]| -> Vec<_> {
        edges.iter().map(|(kind, _)| kind.clone()).collect()
    };
    if own != others || kinds(below) != kinds(beside) {
        return Err(format!("{own:#?}{below:?}\n{others:#?}{beside:?}"));
    }
    for ((_, at), (_, to)) in below.iter().zip(beside) {
        same((one, at), (other, to), seen)?;
    }
    Ok(())
}

/// Holds the lines of all acts against the explanations of `wanted` ones; how many nodes there
/// are, and how many there would be without sharing.
fn check(loaded: &Loaded, wanted: impl Fn(usize) -> bool) -> Result<(usize, usize), String> {
    let lines = lines(loaded);
    for (number, line) in lines.iter().enumerate() {
        let below = line["rests_on"].as_array().unwrap();
        let earlier = |it: &Value| it["id"].as_u64() < Some(number as u64);
        if line["id"] != number || !below.iter().all(earlier) {
            return Err(format!("line {number}: {line}"));
        }
    }
    let nodes = Nodes::of_lines(&lines);
    let verdicts: BTreeMap<_, _> = lines
        .iter()
        .filter(|line| line.get("name").is_some())
        .map(|line| (line["name"].as_str().unwrap(), line["id"].to_string()))
        .collect();
    let (mut alone, mut wrong) = (0, Ok(()));
    loaded.explained(
        |index, _| wanted(index),
        |act, json| {
            alone += json["nodes"].as_array().unwrap().len();
            let explained = Nodes::of_explanation(&json);
            let (found, root) = (&verdicts[act.name.as_str()], json["root"].to_string());
            let told = same((&nodes, found), (&explained, &root), &mut BTreeSet::new());
            if wrong.is_ok() {
                wrong = told.map_err(|told| format!("{}: {told}", act.name));
            }
        },
    );
    wrong.map(|()| (lines.len(), alone))
}

/// Holds lines against their schema, and their nodes against that of explanations.
fn follows_its_schema(lines: &[Value]) {
    let validator = |schema: &str| {
        let schema = serde_json::from_str(schema).unwrap();
        jsonschema::validator_for(&schema).unwrap()
    };
    let heading = attendu::explain::heading(Language::En, &[], &[]);
    let heading = serde_json::from_str(&heading).unwrap();
    let line_by_line = validator(LINES);
    for line in lines.iter().chain([&heading]) {
        assert!(line_by_line.is_valid(line), "{line:#}");
    }
    let nodes = Nodes::of_lines(lines).0.into_iter();
    let nodes = nodes.map(|(id, (mut node, _))| {
        node.insert("id".to_owned(), json!(id));
        Value::Object(node)
    });
    let whole = json!({
        "schema": attendu::explain::SCHEMA, "language": "en", "act": "", "at": "", "root": null,
        "nodes": nodes.collect::<Vec<_>>(), "edges": [],
    });
    assert!(validator(EXPLANATION).is_valid(&whole));
}

#[test]
fn shipped_acts_are_explained_at_once_as_one_by_one() {
    let loaded = Loaded::folders(&project("policies"), &project("facts")).unwrap();
    follows_its_schema(&lines(&loaded));
    let (shared, alone) = check(&loaded, |_| true).unwrap();
    assert!(shared < alone, "{shared} nodes, {alone} alone");
}

/// Rules with several proofs, circles among the facts, and a column that a recursive rule does not
/// look at.
const RULES: &str = r"
document d.
relation part_of(unit: actor, whole: actor).
relation belongs_to(unit: actor, whole: actor).
open relation trusted(unit: actor).
relation reaches(unit: actor, whole: actor).
relation crowded(unit: actor).
action share(by: actor).
belongs_to(A, B) :- part_of(A, B).
belongs_to(A, C) :- belongs_to(A, B), belongs_to(B, C).
reaches(A, B) :- belongs_to(A, B), trusted(B).
reaches(A, C) :- reaches(A, B), part_of(B, C).
crowded(A) :- belongs_to(_, A), not belongs_to(A, A).
crowded(A) :- crowded(_), trusted(A).
norm d/1 lines 1 permit share by A when reaches(A, _).
norm d/2 lines 2 forbid share by A when crowded(A) overrides d/1.
";

/// Facts for the rules: what each of some units is part of, and whether it is trusted, if known.
fn facts(units: &[(Vec<usize>, Option<bool>)]) -> String {
    let name = |unit: usize| format!("unit-{}", unit % units.len());
    let actors = units.iter().enumerate().map(|(unit, (wholes, trusted))| {
        let wholes: BTreeSet<_> = wholes.iter().map(|&whole| name(whole)).collect();
        let mut actor = json!({ "id": name(unit), "part_of": wholes });
        if let Some(trusted) = trusted {
            actor["trusted"] = json!(trusted);
        }
        actor
    });
    let acts = (0..units.len()).map(|unit| {
        json!({ "id": format!("by-{unit}"), "action": "share", "by": name(unit), "at": "2024-05-02" })
    });
    let (actors, acts): (Vec<_>, Vec<_>) = (actors.collect(), acts.collect());
    json!({ "actors": actors, "acts": acts }).to_string()
}

proptest! {
    #[test]
    fn what_rules_conclude_is_explained_once(
        units in proptest::collection::vec(
            (proptest::collection::vec(0..6_usize, 0..3), any::<Option<bool>>()),
            1..6,
        ),
    ) {
        let facts = facts(&units);
        let loaded = Loaded::texts(RULES, &facts);
        let told = check(&loaded, |_| true);
        prop_assert!(told.is_ok(), "{told:?}\n{facts}");
        let mut wrong = Vec::new();
        loaded.all_proofs(10, |_, _| true, |_, json| wrong.extend(loaded.check(&json).faults));
        prop_assert!(wrong.is_empty(), "{wrong:#?}\n{facts}");
    }
}

#[test]
fn random_acts_are_explained_at_once_as_one_by_one() {
    let shared = Cell::new(0);
    let outcome = each_policy(Config::default().cases, |loaded| {
        let (once, alone) = check(loaded, |_| true)?;
        shared.set(shared.get() + usize::from(once < alone));
        Ok(())
    });
    outcome.unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(shared.get() > 10, "{}", shared.get());
}
