//! Every act of the shipped facts, explained in every format.
#![expect(clippy::disallowed_methods, reason = "a test reads its own files")]
#![expect(
    clippy::unwrap_used,
    reason = "shipped files that do not load fail the test"
)]

use std::path::{Path, PathBuf};

use attendu::base::{FileId, Language, Sources};
use attendu::deontic::Judge;
use attendu::engine::Timeline;
use attendu::explain::words::Vocabulary;
use attendu::explain::{explain, render_dot, render_prose, render_text, to_json};
use attendu::lang::parse_program;
use attendu::load::{Act, load_facts};
use attendu::program::from_ast;

use crate::formats::SCHEMA;

/// 2026-11-21, in minutes since 1970.
const TODAY: i64 = 29_919_600;

/// The files below a folder with this extension, in order.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(sources: &mut Sources, folder: &str, extension: &str) -> Vec<FileId> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    files(&root, extension)
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            sources.add(path.display().to_string(), text)
        })
        .collect()
}

#[test]
fn every_shipped_act_is_explained() {
    let mut sources = Sources::default();
    let trees: Vec<_> = read(&mut sources, "policies", "dl")
        .into_iter()
        .map(|file| (file, parse_program(file, &sources.get(file).text).0))
        .collect();
    let (program, universe, _) = from_ast(&trees);
    let facts = read(&mut sources, "facts", "json");
    let (case, found) = load_facts(&program, universe, &sources, &facts, TODAY);
    assert!(case.is_some(), "{found:#?}");
    let case = case.unwrap();
    let timeline = Timeline::new(&program, &case.universe, &case.facts);
    let mut judge = Judge::new(&timeline, case.acts.values().map(Act::record), TODAY);
    let vocabulary = Vocabulary::of_program(&program);
    let schema = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for act in case.acts.values() {
        let name = Some(act.name.as_str());
        for language in Language::ALL {
            let explained =
                explain(&mut judge, &sources, &vocabulary, language, act.value, name).unwrap();
            let json = to_json(&explained);
            assert!(validator.is_valid(&json), "{}: {json:#}", act.name);
            for text in [render_text(&explained, 60), render_prose(&explained, 60)] {
                for line in text.lines() {
                    assert!(line.chars().count() <= 60, "{}: {line}", act.name);
                }
            }
            assert!(render_dot(&explained).contains("verdict-1"));
        }
    }
}
