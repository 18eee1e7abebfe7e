//! Fact files: what a good one amounts to, how mistakes in a bad one are told, and that neither
//! order nor noise matters.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may fail, and reads its own files"
)]

mod support;

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use support::facts::{load_folder, load_texts};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus/facts")
        .join(name)
}

fn policy() -> String {
    read(&folder("policy.dl"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

/// What a folder holds, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{}", folder.display());
    paths
}

/// Holds each case of a folder against its `expected.txt`. What came of it instead is left in
/// `target/tmp`, to be compared, and to be kept if it is better.
fn check(name: &str) {
    let policy = policy();
    let mut wrong = Vec::new();
    for case in entries(&folder(name)) {
        let actual = load_folder(&policy, &case.join("facts"));
        if actual != read(&case.join("expected.txt")) {
            let stem = case.file_name().unwrap().to_str().unwrap();
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{stem}.txt"));
            std::fs::write(&path, &actual).unwrap();
            wrong.push(format!("{}\n{actual}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn good_files() {
    check("good");
}

#[test]
fn bad_files() {
    check("bad");
}

/// The fenced blocks of a page that are fact files, with their names.
fn fact_blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(name) = line
            .strip_prefix("```")
            .and_then(|info| info.split_once(' '))
        else {
            continue;
        };
        let text: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        let (_, name) = name;
        if name.starts_with("facts.") || Path::new(name).extension().is_some_and(|e| e == "csv") {
            blocks.push((name.to_owned(), text.join("\n")));
        }
    }
    blocks
}

fn pages() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let named = |path: PathBuf| {
        (
            path.file_stem().unwrap().to_str().unwrap().to_owned(),
            read(&path),
        )
    };
    entries(&folder).into_iter().map(named).collect()
}

#[test]
fn the_example_of_each_page_raises_its_code() {
    let policy = policy();
    let mut examples = 0;
    for (code, page) in pages() {
        for (name, text) in fact_blocks(&page) {
            let told = load_texts(&policy, &[(&name, &text)]);
            assert!(told.contains(&format!("[{code}]")), "{code}: {told}");
            examples += 1;
        }
    }
    assert!(examples > 30);
}

#[test]
fn each_code_has_a_page() {
    let pages = pages();
    for case in entries(&folder("bad")) {
        for line in read(&case.join("expected.txt")).lines() {
            let code = line
                .split_once('[')
                .and_then(|(_, rest)| rest.split_once("]:"));
            if let Some((code, _)) = code
                && !line.starts_with(' ')
            {
                assert!(pages.iter().any(|(page, _)| page == code), "{code}");
            }
        }
    }
}

#[test]
fn the_example_of_the_manual_loads() {
    let page = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/facts.md"));
    let blocks = fact_blocks(&page);
    assert_eq!(blocks.len(), 1);
    for (name, text) in blocks {
        let told = load_texts(&policy(), &[(&name, &text)]);
        assert!(!told.contains("error"), "{told}");
    }
}

#[test]
fn files_that_load_are_as_the_schema_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema: Json =
        serde_json::from_str(&read(&root.join("docs/schemas/facts.schema.json"))).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let mut held = 0;
    let mut folders = vec![folder("good"), root.join("facts")];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                let text = read(&path);
                let facts = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
                let errors: Vec<_> = validator
                    .iter_errors(&facts)
                    .map(|e| e.to_string())
                    .collect();
                assert!(errors.is_empty(), "{}: {errors:?}", path.display());
                held += 1;
            }
        }
    }
    assert!(held > 5);
    for wrong in [
        json!({ "actors": {} }),
        json!({ "actors": [{ "is": ["minister"] }] }),
        json!({ "acts": [{ "id": "a" }] }),
        json!({ "acts": [{ "id": "a", "action": "use", "expect": { "verdict": "allowed" } }] }),
        json!({ "relations": { "consent": [[]] } }),
        json!({ "actors": [{ "id": "roy", "minister": { "from": "2024-01-01" } }] }),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}

/// Many mistakes of one kind: a hundred are told, the rest counted; all in one go.
#[test]
fn mistakes_are_counted_where_there_are_many() {
    let keys: Vec<_> = (0..5000)
        .map(|i| format!("{{ \"id\": \"a{i}\", \"zzz\": 1 }}"))
        .collect();
    let text = format!("{{ \"actors\": [{}] }}", keys.join(", "));
    let told = load_texts(&policy(), &[("facts.json", &text)]);
    assert_eq!(told.matches("unknown-relation]").count(), 100);
    assert!(
        told.contains("4900 more `unknown-relation` in this file are not shown"),
        "{told}"
    );
}

#[test]
fn what_a_broken_file_declares_is_not_missed() {
    let good = r#"{ "actors": [ { "id": "roy", "serves": "lee" } ] }"#;
    let told = load_texts(
        &policy(),
        &[("a.json", good), ("b.json", r#"{ "actors": [ "lee" "#)],
    );
    assert!(
        told.contains("truncated-json") && !told.contains("undeclared"),
        "{told}"
    );
    assert_eq!(
        load_texts(&policy(), &[("a.txt", good)])
            .matches("unknown-format")
            .count(),
        1
    );
}

/// The parts of a case that loads: an individual, a tuple or an act each, under its key.
fn parts() -> Vec<(&'static str, Json)> {
    vec![
        (
            "actors",
            json!({ "id": "roy", "is": ["minister"], "serves": "ontario" }),
        ),
        (
            "actors",
            json!({ "id": "roy", "not minister": { "value": false, "until": "2020-01-01" } }),
        ),
        ("actors", json!("lee")),
        ("actors", json!({ "id": "ontario" })),
        (
            "accounts",
            json!({ "id": "@roy", "kept_by": ["roy"], "follower_count": 7 }),
        ),
        (
            "content",
            json!({ "id": "p", "partisan": false, "depicts": ["roy", "lee", null] }),
        ),
        ("content", json!({ "id": "q", "depicts": [] })),
        ("consent", json!(["lee", "p"])),
        (
            "not consent",
            json!({ "tuple": ["roy", "p"], "from": "2024-01-01" }),
        ),
        (
            "acts",
            json!({ "id": "a", "action": "share", "by": "roy", "of": "p", "on": "@roy" }),
        ),
        (
            "acts",
            json!({ "id": "b", "situation": "shows_logo(@roy)", "performed": true }),
        ),
        (
            "acts",
            json!({ "id": "c", "action": "report", "by": "lee", "to": "roy", "at": "2024-05-02", "simultaneous": "a" }),
        ),
    ]
}

/// Files with these parts, each in the file that `of` says.
fn files(parts: &[(&str, Json)], of: &[usize], turned: bool) -> Vec<(String, String)> {
    let mut files = vec![serde_json::Map::new(); 3];
    for ((key, part), &file) in parts.iter().zip(of) {
        let mut part = part.clone();
        if let (true, Json::Object(members)) = (turned, &mut part) {
            *members = std::mem::take(members).into_iter().rev().collect();
        }
        let file = &mut files[file];
        let list = if key.contains("consent") {
            let relations = file.entry("relations").or_insert_with(|| json!({}));
            &mut relations[*key]
        } else {
            file.entry(*key).or_insert(Json::Null)
        };
        match list {
            Json::Array(list) => list.push(part),
            other => *other = json!([part]),
        }
    }
    let named = files.into_iter().enumerate();
    named
        .map(|(index, file)| (format!("{index}.json"), Json::Object(file).to_string()))
        .collect()
}

/// What comes of files, acts in order of their names.
fn sorted(files: &[(String, String)]) -> Vec<String> {
    let texts: Vec<_> = files
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let told = load_texts(&policy(), &texts);
    let mut lines: Vec<_> = told
        .lines()
        .filter(|line| !line.contains("duplicate-entity") && !line.starts_with("  "))
        .map(str::to_owned)
        .collect();
    lines.sort();
    lines
}

proptest! {
    #[test]
    fn order_does_not_matter(
        order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(),
        of in prop::collection::vec(0_usize..3, 12),
        turned: bool,
    ) {
        let parts = parts();
        let plain = sorted(&files(&parts, &[0; 12], false));
        prop_assert!(plain.iter().all(|line| !line.contains("error")), "{plain:?}");
        let shuffled: Vec<_> = order.iter().map(|&index| parts[index].clone()).collect();
        let mut shuffled = files(&shuffled, &of, turned);
        shuffled.rotate_left(of[0]);
        prop_assert_eq!(plain, sorted(&shuffled));
    }

    #[test]
    fn noise_never_panics(text in "\\PC*", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let bytes = String::from_utf8_lossy(&bytes).into_owned();
        for name in ["facts.json", "acts.ndjson", "x.ndjson", "acts.csv", "actors.csv", "depicts.tsv"] {
            load_texts(&policy(), &[(name, &text)]);
            load_texts(&policy(), &[(name, &bytes)]);
        }
    }

    /// A file that loads, with some bytes cut out, doubled or replaced.
    #[test]
    fn damage_never_panics(
        name in prop::sample::select(vec!["design/facts/facts.json", "null-and-lists/facts/facts.json",
            "in-time/facts/facts.json", "tables/facts/acts.csv", "lines/facts/mixed.ndjson"]),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..8, "[\\[\\]{}\",:a-z0-9é\n]{0,3}"), 1..4),
    ) {
        let path = folder("good").join(name);
        let mut text: Vec<char> = read(&path).chars().collect();
        for (place, length, with) in cuts {
            let start = place.index(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, with.chars());
        }
        let text: String = text.into_iter().collect();
        load_texts(&policy(), &[(path.file_name().unwrap().to_str().unwrap(), &text)]);
    }

    #[test]
    fn random_json_never_panics(value in random_json()) {
        load_texts(&policy(), &[("facts.json", &value.to_string())]);
    }
}

/// JSON of the words that fact files are made of, in any shape.
fn random_json() -> impl Strategy<Value = Json> {
    let word = prop::sample::select(vec![
        "id",
        "is",
        "actors",
        "acts",
        "content",
        "accounts",
        "relations",
        "roy",
        "p",
        "case-1",
        "action",
        "share",
        "use",
        "situation",
        "shows_logo(p)",
        "by",
        "of",
        "on",
        "at",
        "with",
        "performed",
        "planned",
        "expect",
        "verdict",
        "norms",
        "documents",
        "questions",
        "minister",
        "depicts",
        "consent",
        "not consent",
        "follower_count",
        "value",
        "from",
        "until",
        "tuple",
        "2024-02-29",
        "2024-02-30",
        "",
        "é\n\"",
    ]);
    let leaf = prop_oneof![
        word.clone().prop_map(|word| json!(word)),
        any::<i64>().prop_map(|number| json!(number)),
        any::<f64>().prop_map(|number| json!(number)),
        any::<bool>().prop_map(|value| json!(value)),
        Just(Json::Null),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        let member = (word.clone(), inner.clone());
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Json::Array),
            prop::collection::vec(member, 0..6).prop_map(|members| {
                let members = members
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value));
                Json::Object(members.collect())
            }),
        ]
    })
}
