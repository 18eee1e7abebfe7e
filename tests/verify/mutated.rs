//! Explanations that were tampered with: each kind of change is refused, for what it is.

use serde_json::{Value, json};

use crate::fixture::Loaded;

const POLICY: &str = r"
document d in force from 2020-01-01.
relation minister(person: actor).
relation kept_by(account: account, holder: actor).
relation ministers_account(account: account).
ministers_account(X) :- kept_by(X, M), minister(M).
relation depicts(content: content, person: actor).
open relation partisan(content: content).
open relation consents(person: actor, content: content).
relation likes(content: content) = n: integer.
action share(by: actor, of: content, on: account, at: date).
norm d/1 lines 1 forbid share of C on X when ministers_account(X) unless partisan(C).
norm d/2 lines 2 permit share by M of C on X when kept_by(X, M), minister(M), not partisan(C) overrides d/1.
norm d/3 lines 3 require consents(P, C) for share of C when depicts(C, P).
norm d/4 lines 4 forbid share of C when likes(C, N), N > 1000.
norm d/5 lines 5 permit share of C when N = count { P : depicts(C, P) }, N >= 2 overrides d/4.
";

const FACTS: &str = r#"{
  "actors": [ { "id": "roy", "minister": true }, { "id": "lee" } ],
  "accounts": [ { "id": "@roy", "kept_by": "roy" }, { "id": "@lee", "kept_by": "lee" } ],
  "content": [
    { "id": "photo", "depicts": ["roy", "lee"], "partisan": false, "likes": 2000 },
    { "id": "note" },
    { "id": "poster", "partisan": true } ],
  "relations": { "consents": [["lee", "photo"]] },
  "acts": [
    { "id": "by-roy", "action": "share", "by": "roy", "of": "photo", "on": "@roy", "at": "2024-05-02" },
    { "id": "by-lee", "action": "share", "by": "lee", "of": "photo", "on": "@roy", "at": "2024-05-02" },
    { "id": "note", "action": "share", "by": "lee", "of": "note", "on": "@roy", "at": "2024-05-02" },
    { "id": "on-lee", "action": "share", "by": "lee", "of": "photo", "on": "@lee", "at": "2024-05-02" },
    { "id": "poster", "action": "share", "by": "lee", "of": "poster", "on": "@roy", "at": "2024-05-02" } ]
}"#;

/// The explanation of an act, which is accepted as it is.
fn explanation(loaded: &Loaded, act: &str) -> Value {
    let mut found = None;
    loaded.explained(|_, own| own.name == act, |_, json| found = Some(json));
    let found = found.unwrap();
    let checked = loaded.check(&found);
    assert!(
        checked.faults.is_empty(),
        "{:#?}\n{found:#}",
        checked.faults
    );
    assert!(checked.trusted.is_empty(), "{:?}", checked.trusted);
    found
}

/// The first node of an explanation that `wanted` fits.
fn node(json: &mut Value, wanted: impl Fn(&Value) -> bool) -> &mut Value {
    let nodes = json["nodes"].as_array_mut().unwrap();
    nodes.iter_mut().find(|node| wanted(node)).unwrap()
}

/// Makes a change and looks for what is said of it: the word, and the node it is said of.
fn refused(act: &str, word: &str, of: &str, change: impl FnOnce(&mut Value)) {
    let loaded = Loaded::texts(POLICY, FACTS);
    let json = explanation(&loaded, act);
    refused_of(&loaded, json, (word, of), change);
}

/// The same of why the verdict is not `wanted`.
fn refused_why_not(
    (act, wanted): (&str, &str),
    word: &str,
    of: &str,
    change: impl FnOnce(&mut Value),
) {
    let loaded = Loaded::texts(POLICY, FACTS);
    let mut found = None;
    loaded.why_not(
        |_, own| own.name == act,
        |_, json| {
            if json["nodes"][0]["wanted"] == wanted {
                found = Some(json);
            }
        },
    );
    let json = found.unwrap();
    let faults = loaded.check(&json).faults;
    assert!(faults.is_empty(), "{faults:#?}\n{json:#}");
    refused_of(&loaded, json, (word, of), change);
}

fn refused_of(
    loaded: &Loaded,
    mut json: Value,
    (word, of): (&str, &str),
    change: impl FnOnce(&mut Value),
) {
    let before = json.clone();
    change(&mut json);
    assert_ne!(json, before, "nothing was changed");
    let faults = loaded.check(&json).faults;
    let said = |fault: &attendu::verify::Fault| {
        let node = fault.node.as_deref().unwrap_or_default();
        fault.wrong.word() == word && node.starts_with(of)
    };
    assert!(faults.iter().any(said), "{word} of {of}: {faults:#?}");
}

fn is(kind: &'static str, field: &'static str, value: &'static str) -> impl Fn(&Value) -> bool {
    move |node| node["kind"] == kind && node[field] == value
}

fn atom(kind: &'static str, written: &'static str) -> impl Fn(&Value) -> bool {
    move |node| node["kind"] == kind && node["atom"]["written"] == written
}

fn of(kind: &'static str, relation: &'static str) -> impl Fn(&Value) -> bool {
    move |node| node["kind"] == kind && node["atom"]["relation"] == relation
}

/// Takes away the edges to the node that `wanted` fits.
fn drop_premise(json: &mut Value, wanted: impl Fn(&Value) -> bool) {
    let id = node(json, wanted)["id"].clone();
    let edges = json["edges"].as_array_mut().unwrap();
    edges.retain(|edge| edge["to"] != id);
}

#[test]
fn a_dropped_premise() {
    refused("by-roy", "missing", "rule", |json| {
        drop_premise(json, atom("fact", "minister(roy)"));
    });
    refused("by-roy", "missing", "norm", |json| {
        drop_premise(json, |node| node["kind"] == "comparison");
    });
    refused("by-roy", "missing", "norm", |json| {
        drop_premise(json, |node| node["kind"] == "aggregate");
    });
    refused("by-roy", "missing", "norm", |json| {
        drop_premise(json, atom("absence", "partisan(photo)"));
    });
    refused("by-roy", "condition-missing", "norm", |json| {
        drop_premise(json, is("condition", "written", "consents(roy, photo)"));
    });
}

#[test]
fn a_premise_too_many() {
    refused("by-roy", "idle", "rule", |json| {
        let rule = node(json, |node| node["kind"] == "rule")["id"].clone();
        let fact = node(json, of("fact", "depicts"))["id"].clone();
        let edge = json!({ "from": rule, "to": fact, "kind": "because" });
        json["edges"].as_array_mut().unwrap().push(edge);
    });
    refused("by-roy", "loose", "fact", |json| {
        let mut more = node(json, of("fact", "depicts")).clone();
        more["id"] = json!("fact-99");
        json["nodes"].as_array_mut().unwrap().push(more);
    });
}

#[test]
fn a_swapped_constant() {
    refused("by-roy", "missing", "rule", |json| {
        let fact = node(json, atom("fact", "minister(roy)"));
        fact["atom"]["arguments"] = json!(["lee"]);
        fact["atom"]["written"] = json!("minister(lee)");
    });
    refused("by-roy", "missing", "norm", |json| {
        let rule = node(json, atom("rule", "ministers_account(@roy)"));
        rule["atom"]["arguments"] = json!(["@lee"]);
    });
    refused("by-roy", "differs", "norm", |json| {
        node(json, |node| {
            node["kind"] == "comparison" && node["right"] == "1000"
        })["left"] = json!("999");
    });
    refused("by-roy", "differs", "norm", |json| {
        node(json, |node| node["kind"] == "aggregate")["count"] = json!(3);
    });
    refused("by-roy", "differs", "rule", |json| {
        let rule = node(json, atom("rule", "ministers_account(@roy)"));
        rule["written"] = json!("ministers_account(@lee) :- kept_by(@lee, lee), minister(lee)");
    });
    refused("by-roy", "not-an-instance", "rule", |json| {
        let rule = node(json, atom("rule", "ministers_account(@roy)"));
        rule["values"]["M"] = json!("lee");
    });
    refused("by-roy", "differs", "verdict", |json| {
        node(json, |node| node["kind"] == "verdict")["act"] =
            json!("share by lee of photo on @roy at 2024-05-02");
    });
}

#[test]
fn a_wrong_statement() {
    refused("by-roy", "no-statement", "norm", |json| {
        node(json, is("norm", "norm", "d/2"))["norm"] = json!("d/22");
    });
    refused("by-roy", "differs", "norm", |json| {
        node(json, is("norm", "norm", "d/2"))["norm"] = json!("d/5");
    });
    refused("by-roy", "no-statement", "rule", |json| {
        node(json, |node| node["kind"] == "rule")["place"] = json!("policy.dl:3");
    });
    refused("by-roy", "differs", "norm", |json| {
        node(json, is("norm", "norm", "d/2"))["lines"] = json!([[7, 9]]);
    });
}

#[test]
fn a_wrong_effect_status_or_verdict() {
    refused("by-roy", "differs", "norm", |json| {
        node(json, is("norm", "norm", "d/2"))["effect"] = json!("forbid");
    });
    refused("by-roy", "differs", "norm", |json| {
        node(json, is("norm", "norm", "d/2"))["status"] = json!("open");
    });
    for other in [
        "permitted",
        "prohibited",
        "conflict",
        "unregulated",
        "undetermined",
    ] {
        refused("by-roy", "differs", "verdict", |json| {
            node(json, |node| node["kind"] == "verdict")["verdict"] = json!(other);
        });
    }
    refused("note", "differs", "verdict", |json| {
        node(json, |node| node["kind"] == "verdict")["verdict"] = json!("permitted");
    });
    refused("by-roy", "differs", "condition", |json| {
        node(json, is("condition", "standing", "unknown"))["standing"] = json!("met");
    });
}

#[test]
fn what_is_there_is_not_absent_and_what_is_known_not_unknown() {
    refused("note", "not-absent", "absence", |json| {
        let unknown = node(json, of("unknown", "partisan"));
        unknown["kind"] = json!("absence");
        unknown["reason"] = json!("closed");
        unknown["place"] = Value::Null;
        let old = unknown["id"].clone();
        unknown["id"] = json!("absence-99");
        moved(json, &old, "absence-99");
    });
    refused("by-roy", "not-unknown", "unknown", |json| {
        let absence = node(json, atom("absence", "partisan(photo)"));
        absence["kind"] = json!("unknown");
        let old = absence["id"].clone();
        absence["id"] = json!("unknown-99");
        moved(json, &old, "unknown-99");
    });
}

/// What an act makes due.
const DUE: &str = r"
document d in force from 2020-01-01.
action share(by: actor, of: content, at: date).
action report(by: actor, of: content, at: date).
action record(by: actor, of: content, at: date).
norm d/1 permit share.
norm d/2 oblige report by P of C within 5 days after D when done(share by P of C at D).
norm d/3 oblige record by P of C when done(share by P of C).
";

const DUE_FACTS: &str = r#"{
  "actors": ["lee"], "content": ["photo"],
  "acts": [
    { "id": "shared", "action": "share", "by": "lee", "of": "photo", "performed": true, "at": "2024-05-02" },
    { "id": "recorded", "action": "record", "by": "lee", "of": "photo", "performed": true, "at": "2024-05-03" } ]
}"#;

#[test]
fn what_is_due_by_when_and_whether_it_was_done() {
    let loaded = Loaded::texts(DUE, DUE_FACTS);
    let mut found = None;
    loaded.explained(|_, act| act.name == "shared", |_, json| found = Some(json));
    let json = found.unwrap();
    assert_eq!(loaded.check(&json).faults, []);
    let refused = |norm: &str, part: &str, said: &str| {
        let mut json = json.clone();
        let place = &mut node(&mut json, |it| it["norm"] == norm)[part];
        assert_ne!(place, said);
        *place = json!(said);
        let faults = loaded.check(&json).faults;
        let words: Vec<_> = faults.iter().map(|fault| fault.wrong.word()).collect();
        assert_eq!(words, ["differs"], "{norm}: {faults:#?}");
    };
    refused("d/2", "due", "report by lee of _");
    refused("d/2", "deadline", "2024-05-08");
    refused("d/2", "standing", "met");
    refused("d/3", "standing", "pending");
    refused("d/3", "due", "report by lee of photo");
    refused("d/3", "deadline", "2024-05-08");
}

/// An act that was omitted though it was due, and what that gives rise to.
const OMISSION: &str = r"
document d in force from 2020-01-01.
relation bound(person: actor, content: content).
relation excused(person: actor).
relation boss(person: actor).
action report(by: actor, of: content, at: date).
action explain(by: actor, of: content, at: date).
action warn(by: actor, of: act, at: date).
norm d/1 oblige report by P of C when bound(P, C) otherwise oblige explain by P of C.
norm d/2 permit not report by P of C when excused(P), bound(P, C) overrides d/1.
norm d/3 oblige warn by B of A when boss(B), breach(A: report by _, under d).
";

/// What is wrong with the explanation of an omission, held against other facts about those who
/// were bound and other acts of theirs.
fn omission_against(actors: &str, acts: &str) -> Vec<(String, &'static str)> {
    let facts = |actors: &str, acts: &str| {
        format!(
            r#"{{ "actors": [{{ "id": "chief", "boss": true }}, {actors}], "content": ["s"], "acts": [
            {{ "id": "silent", "action": "report", "by": "ann", "of": "s", "omitted": true, "at": "2024-01-01" }}{acts}] }}"#
        )
    };
    let bound = r#"{ "id": "ann", "bound": "s" }"#;
    let made = Loaded::texts(OMISSION, &facts(bound, ""));
    let mut found = None;
    made.explained(|_, _| true, |_, json| found = Some(json));
    let json = found.unwrap();
    for norm in ["d/1/1", "d/3"] {
        let mut nodes = json["nodes"].as_array().unwrap().iter();
        assert!(nodes.any(|node| node["norm"] == norm), "{norm}: {json:#}");
    }
    let against = Loaded::texts(OMISSION, &facts(actors, acts));
    let faults = against.check(&json).faults.into_iter();
    let named = |fault: attendu::verify::Fault| {
        let node = fault.node.unwrap_or_default();
        let mut nodes = json["nodes"].as_array().unwrap().iter();
        let norm = nodes.find(|it| it["id"] == node).map(|it| &it["norm"]);
        let norm = norm.and_then(Value::as_str).unwrap_or_default().to_owned();
        (norm, fault.wrong.word())
    };
    faults.map(named).collect()
}

#[test]
fn an_omission_that_breaks_nothing() {
    let refused = |actors: &str, acts: &str| {
        let faults = omission_against(actors, acts);
        for norm in ["d/1/1", "d/3"] {
            let fault = (norm.to_owned(), "not-an-instance");
            assert!(faults.contains(&fault), "{norm}: {faults:?}");
        }
    };
    let bound = r#"{ "id": "ann", "bound": "s" }"#;
    assert_eq!(omission_against(bound, ""), []);
    let unbound = r#"{ "id": "ann" }"#;
    refused(unbound, "");
    let excused = r#"{ "id": "ann", "bound": "s", "excused": true }"#;
    refused(excused, "");
    let met = r#", { "id": "spoken", "action": "report", "by": "ann", "of": "s", "performed": true, "at": "2024-02-01" }"#;
    refused(bound, met);
    // Somebody else's report meets no duty of hers.
    let other = r#", { "id": "other", "action": "report", "by": "chief", "of": "s", "performed": true, "at": "2024-02-01" }"#;
    assert_eq!(omission_against(bound, other), []);
}

#[test]
fn an_invented_fact() {
    refused("note", "not-stated", "fact", |json| {
        let unknown = node(json, of("unknown", "partisan"));
        unknown["kind"] = json!("fact");
        unknown["place"] = json!("facts.json:6");
        let old = unknown["id"].clone();
        unknown["id"] = json!("fact-99");
        moved(json, &old, "fact-99");
    });
    refused("by-roy", "differs", "fact", |json| {
        node(json, atom("fact", "minister(roy)"))["place"] = json!("facts.json:3");
    });
    refused("by-roy", "not-stated", "assumption", |json| {
        let fact = node(json, atom("fact", "minister(roy)"));
        fact["kind"] = json!("assumption");
        let old = fact["id"].clone();
        fact["id"] = json!("assumption-99");
        moved(json, &old, "assumption-99");
    });
}

#[test]
fn a_defeat_without_ground() {
    refused("by-roy", "no-priority", "resolution", |json| {
        let resolution = node(json, is("resolution", "winner", "d/2"));
        resolution["winner"] = json!("d/1");
        resolution["loser"] = json!("d/2");
    });
    refused("by-roy", "no-priority", "resolution", |json| {
        node(json, is("resolution", "winner", "d/2"))["principle"] = json!("later");
    });
    refused("by-lee", "no-priority", "resolution", |json| {
        let ids = ["d/1", "d/4"].map(|id| node(json, is("norm", "norm", id))["id"].clone());
        let [root, one, two] = [json!("verdict-1"), ids[0].clone(), ids[1].clone()];
        let made = json!({ "id": "resolution-99", "kind": "resolution", "text": "",
            "winner": "d/1", "loser": "d/4", "principle": "exception" });
        json["nodes"].as_array_mut().unwrap().push(made);
        let edges = json["edges"].as_array_mut().unwrap();
        edges.push(json!({ "from": root, "to": "resolution-99", "kind": "defeats" }));
        edges.push(json!({ "from": "resolution-99", "to": one, "kind": "because" }));
        edges.push(json!({ "from": "resolution-99", "to": two, "kind": "defeats" }));
    });
}

#[test]
fn a_defeat_or_a_norm_left_out() {
    refused("by-roy", "differs", "norm", |json| {
        node(json, is("norm", "norm", "d/1"))["status"] = json!("in");
    });
    refused("by-roy", "norm-missing", "verdict", |json| {
        drop_premise(json, is("resolution", "winner", "d/2"));
    });
    refused("by-roy", "no-resolution", "verdict", |json| {
        let loser = node(json, is("norm", "norm", "d/1"))["id"].clone();
        drop_premise(json, is("resolution", "winner", "d/2"));
        let edge = json!({ "from": "verdict-1", "to": loser, "kind": "because" });
        json["edges"].as_array_mut().unwrap().push(edge);
    });
}

#[test]
fn what_is_no_explanation() {
    refused("by-roy", "other-schema", "", |json| {
        json["schema"] = json!("attendu.explanation/1");
    });
    refused("by-roy", "unreadable", "", |json| {
        json["nodes"] = json!("none");
    });
    refused("by-roy", "unknown-act", "", |json| {
        json["act"] = json!("by-kim");
    });
    refused("by-roy", "differs", "", |json| {
        json["at"] = json!("2024-05-03");
    });
    refused("by-roy", "no-root", "", |json| json["root"] = Value::Null);
    refused("by-roy", "name", "", |json| {
        json["root"] = json!("verdict-7");
    });
    refused("by-roy", "circle", "", |json| {
        let fact = node(json, atom("fact", "minister(roy)"))["id"].clone();
        let edge = json!({ "from": fact, "to": "verdict-1", "kind": "because" });
        json["edges"].as_array_mut().unwrap().push(edge);
    });
}

/// Lets edges to a node that was renamed lead to its new name.
fn moved(json: &mut Value, old: &Value, new: &str) {
    for edge in json["edges"].as_array_mut().unwrap() {
        for end in ["from", "to"] {
            if edge[end] == *old {
                edge[end] = json!(new);
            }
        }
    }
}

#[test]
fn a_way_that_is_none() {
    refused("note", "differs", "norm", |json| {
        let open = node(json, |node| node["in_force_if"].is_object());
        let holds = &mut open["in_force_if"]["ways"][0][0]["holds"];
        *holds = json!(!holds.as_bool().unwrap());
    });
    refused("note", "differs", "norm", |json| {
        let open = node(json, |node| node["in_force_if"].is_object());
        open["in_force_if"]["ways"] = json!([]);
    });
}

/// The ids of the nodes that these fit.
fn ids<const N: usize>(json: &mut Value, wanted: [&dyn Fn(&Value) -> bool; N]) -> [Value; N] {
    wanted.map(|wanted| node(json, wanted)["id"].clone())
}

/// Gives the edge between two nodes another kind.
fn turn(json: &mut Value, from: &Value, to: &Value, kind: &str) {
    let mut edges = json["edges"].as_array_mut().unwrap().iter_mut();
    let edge = edges.find(|edge| edge["from"] == *from && edge["to"] == *to);
    edge.unwrap()["kind"] = json!(kind);
}

const BY_LEE: (&str, &str) = ("by-lee", "permitted");
const BY_ROY: (&str, &str) = ("by-roy", "prohibited");
const ON_LEE: (&str, &str) = ("on-lee", "prohibited");
const POSTER: (&str, &str) = ("poster", "prohibited");

#[test]
fn why_not_without_what_fails() {
    refused_why_not(BY_LEE, "missing", "norm", |json| {
        drop_premise(json, atom("absence", "kept_by(@roy, lee)"));
    });
    refused_why_not(BY_LEE, "missing", "norm", |json| {
        drop_premise(json, of("absence", "kept_by"));
        drop_premise(json, of("absence", "minister"));
    });
    refused_why_not(ON_LEE, "missing", "rule", |json| {
        drop_premise(json, atom("absence", "minister(lee)"));
    });
    refused_why_not(POSTER, "missing", "norm", |json| {
        drop_premise(json, atom("fact", "partisan(poster)"));
    });
    refused_why_not(BY_ROY, "missing", "norm", |json| {
        drop_premise(json, |node| node["kind"] == "comparison");
    });
}

#[test]
fn why_not_with_a_swapped_constant() {
    refused_why_not(BY_LEE, "missing", "norm", |json| {
        let absence = node(json, atom("absence", "kept_by(@roy, lee)"));
        absence["atom"]["arguments"] = json!(["@lee", "lee"]);
    });
    refused_why_not(ON_LEE, "missing", "rule", |json| {
        let absence = node(json, atom("absence", "minister(lee)"));
        absence["atom"]["arguments"] = json!(["roy"]);
    });
    refused_why_not(ON_LEE, "differs", "rule", |json| {
        let rule = node(json, |it| it["kind"] == "rule" && it["fails"].is_string());
        rule["atom"]["written"] = json!("ministers_account(@roy)");
    });
    refused_why_not(ON_LEE, "missing", "rule", |json| {
        let rule = node(json, |it| it["kind"] == "rule" && it["fails"].is_string());
        rule["values"]["M"] = json!("roy");
    });
    refused_why_not(BY_LEE, "missing", "norm", |json| {
        node(json, is("norm", "norm", "d/2"))["values"]["M"] = json!("roy");
    });
    refused_why_not(BY_ROY, "differs", "norm", |json| {
        node(json, |node| {
            node["kind"] == "comparison" && node["right"] == "1000"
        })["left"] = json!("900");
    });
}

#[test]
fn why_not_of_another_norm() {
    refused_why_not(BY_LEE, "no-statement", "norm", |json| {
        node(json, is("norm", "norm", "d/2"))["norm"] = json!("d/22");
    });
    refused_why_not(BY_LEE, "differs", "norm", |json| {
        node(json, is("norm", "norm", "d/2"))["norm"] = json!("d/5");
    });
    refused_why_not(BY_LEE, "differs", "norm", |json| {
        node(json, is("norm", "norm", "d/2"))["lines"] = json!([[7, 9]]);
    });
    refused_why_not(BY_LEE, "differs", "why-not", |json| {
        drop_premise(json, is("norm", "norm", "d/2"));
    });
    refused_why_not(BY_LEE, "differs", "why-not", |json| {
        node(json, |it| it["kind"] == "why-not")["left_out"] = json!(1);
    });
}

#[test]
fn why_not_another_verdict() {
    refused_why_not(BY_LEE, "idle", "norm", |json| {
        node(json, |it| it["kind"] == "why-not")["wanted"] = json!("conflict");
    });
    refused_why_not(BY_LEE, "idle", "norm", |json| {
        node(json, |it| it["kind"] == "why-not")["wanted"] = json!("prohibited");
    });
    for other in ["prohibited", "conditional", "unregulated", "undetermined"] {
        refused_why_not(BY_LEE, "differs", "why-not", |json| {
            node(json, |it| it["kind"] == "why-not")["verdict"] = json!(other);
        });
    }
    refused_why_not(BY_LEE, "differs", "why-not", |json| {
        node(json, |it| it["kind"] == "why-not")["act"] =
            json!("share by roy of photo on @roy at 2024-05-02");
    });
}

#[test]
fn why_not_with_what_holds_said_to_fail() {
    refused_why_not(BY_LEE, "missing", "norm", |json| {
        let [norm, absence] = ids(
            json,
            [
                &is("norm", "norm", "d/2"),
                &atom("absence", "kept_by(@roy, lee)"),
            ],
        );
        turn(json, &norm, &absence, "holds");
    });
    refused_why_not(BY_ROY, "missing", "norm", |json| {
        let [norm, fact] = ids(json, [&is("norm", "norm", "d/4"), &of("fact", "likes")]);
        turn(json, &norm, &fact, "fails");
    });
    refused_why_not(BY_ROY, "missing", "norm", |json| {
        let wanted = |it: &Value| it["kind"] == "comparison" && it["right"] == "1000";
        let [norm, compared] = ids(json, [&is("norm", "norm", "d/4"), &wanted]);
        turn(json, &norm, &compared, "fails");
    });
    refused_why_not(POSTER, "missing", "norm", |json| {
        let [norm, fact] = ids(
            json,
            [
                &is("norm", "norm", "d/1"),
                &atom("fact", "partisan(poster)"),
            ],
        );
        turn(json, &norm, &fact, "holds");
    });
    refused_why_not(ON_LEE, "missing", "rule", |json| {
        let absence = node(json, atom("absence", "minister(lee)"));
        absence["kind"] = json!("unknown");
    });
    refused_why_not(BY_LEE, "missing", "norm", |json| {
        let line = node(json, |it| it["written"] == "not partisan(photo)");
        line["written"] = json!("not partisan(note)");
    });
}

#[test]
fn why_not_with_a_wrong_status() {
    for (norm, status) in [("d/2", "in"), ("d/2", "out-of-force"), ("d/5", "unmet")] {
        refused_why_not(BY_LEE, "differs", "norm", |json| {
            node(json, is("norm", "norm", norm))["status"] = json!(status);
        });
    }
    refused_why_not(BY_ROY, "differs", "norm", |json| {
        node(json, is("norm", "norm", "d/1"))["status"] = json!("in");
    });
    refused_why_not(BY_LEE, "differs", "norm", |json| {
        node(json, is("norm", "norm", "d/2"))["misses"] = json!(1);
    });
}

#[test]
fn why_not_without_what_bars() {
    refused_why_not(BY_ROY, "no-resolution", "norm", |json| {
        drop_premise(json, is("resolution", "winner", "d/2"));
    });
    refused_why_not(BY_ROY, "no-priority", "resolution", |json| {
        node(json, is("resolution", "winner", "d/2"))["principle"] = json!("later");
    });
    refused_why_not(BY_ROY, "no-priority", "resolution", |json| {
        let [resolution, winner, other] = ids(
            json,
            [
                &is("resolution", "winner", "d/2"),
                &is("norm", "norm", "d/2"),
                &is("norm", "norm", "d/5"),
            ],
        );
        let mut edges = json["edges"].as_array_mut().unwrap().iter_mut();
        let edge = edges.find(|edge| edge["from"] == resolution && edge["to"] == winner);
        edge.unwrap()["to"] = other;
    });
    refused_why_not(BY_LEE, "norm-missing", "norm", |json| {
        drop_premise(json, is("norm", "norm", "d/1"));
    });
    // What is said of the norm that bars is checked as well.
    refused_why_not(BY_ROY, "missing", "norm", |json| {
        let [winner] = ids(json, [&is("norm", "norm", "d/2")]);
        let edges = json["edges"].as_array_mut().unwrap();
        let first = edges
            .iter()
            .position(|it| it["from"] == winner && it["kind"] == "because");
        edges.remove(first.unwrap());
    });
}

/// What a condition asks of the same thing twice is shown of one thing.
#[test]
fn a_condition_met_by_two_things() {
    let policy = "
document d.
relation plan(account: account, plan: content).
relation complete(content: content).
action share(of: content, on: account).
norm d/1 permit share.
norm d/2 require plan(X, P), complete(P) for share on X.
";
    let facts = r#"{
  "accounts": ["@roy"],
  "content": ["photo", "essay", "plan"],
  "relations": { "plan": [["@roy", "plan"]], "complete": [["essay"], ["plan"]] },
  "acts": [{ "id": "act", "action": "share", "of": "photo", "on": "@roy" }]
}"#;
    let loaded = Loaded::texts(policy, facts);
    let json = explanation(&loaded, "act");
    refused_of(&loaded, json, ("missing", "condition"), |json| {
        let fact = node(json, atom("fact", "complete(plan)"));
        fact["atom"]["arguments"] = json!(["essay"]);
        fact["atom"]["written"] = json!("complete(essay)");
    });
}
