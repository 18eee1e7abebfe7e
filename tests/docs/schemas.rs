//! What the program prints as JSON on the shipped facts, held against the schemas that describe it.

use serde_json::Value;

use super::{at, attendu, files, printed, read};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// What is wrong with `instance` by the schema of that name.
fn mistakes(schema: &str, instance: &Value) -> Vec<String> {
    let schema = json(&read(at(&format!("docs/schemas/{schema}.schema.json"))));
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    validator
        .iter_errors(instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .take(10)
        .collect()
}

/// Holds what a command prints against a schema, and gives it back.
fn check(schema: &str, args: &[&str]) -> Value {
    let output = attendu(".")
        .args(["--format", "json"])
        .args(args)
        .output()
        .unwrap();
    let found = json(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(mistakes(schema, &found), [""; 0], "{args:?}");
    found
}

/// How many entries a list of an object has.
fn count(found: &Value, list: &str) -> usize {
    found[list].as_array().unwrap().len()
}

#[test]
fn verdicts() {
    let found = check("verdicts", &["decide"]);
    assert!(count(&found, "verdicts") > 80);
    check("verdicts", &["decide", "--lang", "fr"]);
    check("verdicts", &["decide", "--under", "on-ministers"]);
}

/// Where the example of README is, and how it is asked.
const EXAMPLE: [&str; 6] = [
    "--policies",
    "tests/corpus/readme/policies",
    "--facts",
    "tests/corpus/readme/facts",
    "--as-of",
    "2024-05-06",
];

#[test]
fn changes() {
    let asked = ["explain", "monday", "--what-would-change"];
    let found = check("changes", &[&EXAMPLE, &asked[..]].concat());
    assert_eq!(count(&found, "ways"), 3);
    assert_eq!(found["ways"][0]["sets"][0]["changes"][0]["kind"], "turn");
    let asked = [&EXAMPLE, &asked[..], &["--to", "permitted", "--lang", "fr"]].concat();
    assert_eq!(check("changes", &asked)["ways"][0]["size"], 1);
}

#[test]
fn suppositions() {
    let supposed = [
        "--assume",
        "not partisan(leaflet)",
        "--retract",
        "partisan(poster)",
    ];
    let run = |schema, args: &[&str]| check(schema, &[&EXAMPLE, args, &supposed].concat());
    let found = run("verdicts", &["decide"]);
    let what_if = &found["verdicts"][0]["what_if"];
    assert_eq!(what_if["verdict"], "prohibited");
    assert_eq!(what_if["retracted"][0], "partisan(poster)");
    assert_eq!(count(what_if, "norms"), 2);
    let found = run("answer", &["ask", "may share by Who of What on Where"]);
    assert_eq!(count(&found["what_if"], "came"), 1);
    let found = run("explanation", &["explain", "friday"]);
    assert_eq!(found["what_if"]["assumed"][0], "not partisan(leaflet)");
    let assumed = ["explain", "friday", "--assume", "partisan(leaflet)"];
    let found = check("explanation", &[&EXAMPLE, &assumed[..]].concat());
    let nodes = found["nodes"].as_array().unwrap();
    assert!(nodes.iter().any(|node| node["kind"] == "assumption"));
}

#[test]
fn what_did_not_come() {
    let run = |args: &[&str]| check("explanation", &[&EXAMPLE, args].concat());
    let found = run(&["explain", "monday", "--why-not"]);
    assert_eq!(found["nodes"][0]["wanted"], "permitted");
    run(&["explain", "tuesday", "--why-not", "conflict"]);
    let supposed = ["--assume", "partisan(leaflet)"];
    let found = run(&[&["explain", "friday", "--why-not"][..], &supposed].concat());
    assert_eq!(found["what_if"]["verdict"], "undetermined");
    for verdict in check("verdicts", &["decide"])["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .step_by(40)
    {
        let act = verdict["act"].as_str().unwrap();
        check("explanation", &["explain", act, "--why-not"]);
    }
}

#[test]
fn verdicts_line_by_line() {
    let lines = printed(attendu(".").args(["decide", "--format", "ndjson"]));
    for line in lines.lines() {
        let whole = serde_json::json!({
            "schema": "attendu.verdicts/1",
            "as_of": "2024-05-06",
            "verdicts": [json(line)],
        });
        assert_eq!(mistakes("verdicts", &whole), [""; 0], "{line}");
    }
}

#[test]
fn answers() {
    for path in files("queries", ".dl") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        check("answer", &["ask", &name]);
    }
    let found = check("answer", &["ask", "who-may-share", "--possible"]);
    assert_ne!(count(&found, "rows"), 0);
    check("answer", &["ask", "minister(_)"]);
}

#[test]
fn tests() {
    check("test", &["test"]);
    // A case whose expectation is not met.
    let policy = "tests/corpus/readme/policies";
    let facts = tempfile::tempdir().unwrap();
    let wrong = read(at("tests/corpus/readme/facts/week.json")).replacen(
        "\"at\": \"2024-05-06\"",
        "\"at\": \"2024-05-06\", \"expect\": { \"verdict\": \"permitted\" }",
        1,
    );
    std::fs::write(facts.path().join("week.json"), wrong).unwrap();
    let queries = tempfile::tempdir().unwrap();
    let folders = [facts.path(), queries.path()].map(|path| path.to_string_lossy().into_owned());
    let [facts, queries] = folders.each_ref().map(String::as_str);
    let args = [
        "--policies",
        policy,
        "--facts",
        facts,
        "--queries",
        queries,
        "test",
    ];
    assert_eq!(count(&check("test", &args), "failed"), 1);
}

#[test]
fn statements_and_vocabulary() {
    for language in ["en", "fr"] {
        check("norms", &["norms", "--lang", language]);
        check("relations", &["relations", "--lang", language]);
    }
}

#[test]
fn coverage() {
    check("coverage", &["coverage"]);
    // A shipped document of which nothing is missing.
    printed(attendu(".").args(["coverage", "on-ministers"]));
    let found = check("coverage", &["coverage", "on-ministers"]);
    let ministers = &found["documents"][0];
    assert_eq!(
        (&ministers["statements"], &ministers["encoded"]),
        (&185.into(), &185.into())
    );
    assert_eq!(count(ministers, "unknown"), 0);
    let house = "tests/corpus/coverage/house";
    let (policies, facts) = (format!("{house}/policies"), format!("{house}/facts"));
    let args = ["--policies", &policies, "--facts", &facts, "coverage"];
    let found = check("coverage", &args);
    assert_eq!(count(&found, "documents"), 3);
}

#[test]
fn source_texts() {
    let house = "tests/corpus/sources/house";
    let (policies, facts) = (format!("{house}/policies"), format!("{house}/facts"));
    let (texts, broken) = (format!("{house}/texts"), format!("{house}/broken"));
    let shared = ["--policies", &policies, "--facts", &facts];
    let run = |schema, args: &[&str]| check(schema, &[&shared, args].concat());
    let found = run("sources", &["sources", &texts]);
    assert_eq!(count(&found, "documents"), 4);
    run("sources", &["sources", &broken]);
    let found = run("norms", &["norms", "house/2", "--source", &texts]);
    assert_eq!(count(&found[0]["cited"], "lines"), 2);
    run("norms", &["norms", "--source", &broken]);
    let new = format!("{house}/new");
    let found = run("editions", &["sources", &texts, "--against", &new]);
    assert_ne!(count(&found["documents"][0], "changed"), 0);
    run("editions", &["sources", &broken, "--against", &texts]);
}

#[test]
fn explanations() {
    let mut explained = 0;
    for verdict in check("verdicts", &["decide"])["verdicts"]
        .as_array()
        .unwrap()
    {
        let act = verdict["act"].as_str().unwrap();
        // The worked scenarios of the guideline: each is a run of the program.
        if act.starts_with("scenario-") && explained < 25 {
            let found = check("explanation", &["explain", act]);
            assert!(count(&found, "nodes") > 1, "{act}");
            explained += 1;
        }
    }
    assert!(explained > 4);
}

#[test]
fn shipped_facts() {
    let found = files("facts", ".json");
    assert_ne!(found.len(), 0);
    for path in found {
        assert_eq!(
            mistakes("facts", &json(&read(&path))),
            [""; 0],
            "{}",
            path.display()
        );
    }
}

/// A schema that lets everything through proves nothing.
#[test]
fn schemas_refuse_what_is_wrong() {
    let mut found = check("verdicts", &["decide"]);
    found["verdicts"][0]["verdict"] = "allowed".into();
    assert_eq!(mistakes("verdicts", &found).len(), 1);
    found["verdicts"][0]["verdict"] = "permitted".into();
    found["verdicts"][0]["word"] = "new".into();
    assert_eq!(mistakes("verdicts", &found).len(), 1);
    for schema in [
        "answer",
        "test",
        "norms",
        "relations",
        "coverage",
        "sources",
        "editions",
        "explanation",
    ] {
        assert_ne!(
            mistakes(schema, &serde_json::json!("")),
            [""; 0],
            "{schema}"
        );
    }
}

#[test]
fn verifications() {
    // An explanation names files as they were named when it was made.
    let given = check(
        "explanation",
        &[&EXAMPLE[..], &["explain", "tuesday"]].concat(),
    );
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("tuesday.json");
    std::fs::write(&file, given.to_string()).unwrap();
    let args = [&EXAMPLE[..], &["verify", file.to_str().unwrap()]].concat();
    let found = check("verification", &args);
    assert_eq!(found["accepted"], true, "{found:#}");
    let args: Vec<_> = EXAMPLE
        .into_iter()
        .chain(["verify", "Cargo.toml"])
        .collect();
    let found = check("verification", &args);
    assert_eq!(found["faults"][0]["wrong"], "unreadable");
}
