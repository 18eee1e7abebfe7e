//! Who may know whom: the table of `docs/architecture.md`, held against the paths that stand in
//! `src/`. Privacy does the rest: what a module's `mod.rs` does not show, no other can name.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and it reads the source"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each module with those that it may import.
const IMPORTS: [(&str, &[&str]); 10] = [
    ("base", &[]),
    ("lang", &["base"]),
    ("program", &["base", "lang"]),
    ("engine", &["base", "lang", "program"]),
    ("deontic", &["base", "lang", "program", "engine"]),
    ("explain", &["base", "lang", "program", "engine", "deontic"]),
    ("load", &["base", "lang", "program", "engine"]),
    // Neither `engine` nor `deontic`: what they get wrong is to be found here.
    ("verify", &["base", "lang", "program", "load"]),
    (
        "reasoner",
        &[
            "base", "lang", "program", "engine", "deontic", "explain", "load", "verify",
        ],
    ),
    ("cli", &["base", "reasoner"]),
];

/// What `engine` and `deontic` may know of `lang`: words that mean the same in text and model.
const SHARED_WORDS: [&str; 5] = [
    "AggregateFunction",
    "Comparison",
    "Question",
    "Role",
    "StatusWord",
];

/// Parts of modules that others may name; everything else goes through the module's `mod.rs`.
const PUBLIC_PARTS: [&str; 5] = [
    "deontic/reference", // the definition that tests hold the kernel against
    "explain/words",     // atoms and statements read aloud, of which answers are made too
    "lang/ast",
    "program/visit",
    "reasoner/view",
];

/// Crates, and the only places that may know them.
const CRATES: [(&str, &[&str]); 23] = [
    ("annotate_snippets", &["cli/render"]),
    ("biodivine_lib_bdd", &["deontic/settle/space.rs"]),
    ("clap", &["cli"]),
    ("comfy_table", &["cli/render"]),
    ("crepe", &["deontic/kernel.rs"]),
    ("csv", &["load", "cli/render"]),
    ("dagre", &["explain/picture/place.rs"]),
    ("fluent_bundle", &["cli"]),
    ("icu_collator", &["cli"]),
    ("include_dir", &["load", "reasoner/load.rs"]),
    ("indicatif", &["cli"]),
    ("jiff", &["base", "cli", "engine", "lang", "program"]),
    ("logos", &["lang/lexer.rs"]),
    ("minijinja", &["explain/html", "cli/render/report"]),
    ("petgraph", &["explain", "program"]),
    ("resvg", &["explain/picture/png.rs"]),
    (
        "serde_json",
        &["cli/render", "explain/json.rs", "load", "verify/graph.rs"],
    ),
    ("sha2", &["explain/html/mod.rs", "load/source_text.rs"]),
    ("skrifa", &["explain/picture/measure.rs"]),
    // `base` has a module of that name.
    ("similar", &["base/mod.rs", "reasoner/line_map.rs"]),
    ("strsim", &["base"]),
    ("terminal_size", &["cli/environment.rs"]),
    (
        "textwrap",
        &["cli/render", "cli/help.rs", "explain/wrap.rs"],
    ),
];

/// A file of `src`, comments left out.
struct File {
    /// Its path below `src`, with `/` between folders.
    name: String,
    text: String,
}

impl File {
    /// The top module that it is part of.
    fn module(&self) -> &str {
        let module = self.name.split('/').next().unwrap();
        module.trim_end_matches(".rs")
    }

    /// How many modules it lies below the crate.
    fn depth(&self) -> usize {
        let folders = self.name.matches('/').count();
        if self.name.ends_with("/mod.rs") {
            folders
        } else {
            folders + 1
        }
    }
}

fn source() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).unwrap();
                let name = name.to_string_lossy().replace('\\', "/");
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"));
                files.push(File {
                    name,
                    text: code.flat_map(|line| [line, "\n"]).collect(),
                });
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(files.len() > 100);
    files
}

/// The name that a text starts with.
fn name(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    text.split_at(end.unwrap_or(text.len())).0
}

/// The paths of the tree that `text` starts with: `a::{b, c::d}` is `a::b` and `a::c::d`.
/// Returns what follows it.
fn tree<'t>(text: &'t str, before: &[&'t str], paths: &mut Vec<Vec<&'t str>>) -> &'t str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = tree(rest, before, paths).trim_start();
            if let Some(alias) = rest.strip_prefix("as ") {
                rest = alias
                    .trim_start()
                    .trim_start_matches(|c: char| c.is_alphanumeric());
            }
            match rest.strip_prefix(',') {
                Some(more) => rest = more,
                None => return rest.strip_prefix('}').unwrap_or(rest),
            }
        }
    }
    let first = name(text);
    let rest = text.strip_prefix(first).unwrap();
    let path: Vec<_> = before.iter().copied().chain([first]).collect();
    match rest.strip_prefix("::") {
        Some(below) if !below.starts_with('<') => tree(below, &path, paths),
        _ => {
            if !first.is_empty() {
                paths.push(path);
            }
            rest
        }
    }
}

/// The paths of a file that start at the crate, without `crate`.
fn paths(file: &File) -> Vec<Vec<&str>> {
    let mut paths = Vec::new();
    for rest in file.text.split("crate::").skip(1) {
        tree(rest, &[], &mut paths);
    }
    // `super::super::…` that climbs out of the module.
    for chain in file
        .text
        .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
    {
        let up = chain
            .split("::")
            .take_while(|part| *part == "super")
            .count();
        if up >= file.depth()
            && IMPORTS
                .iter()
                .any(|(top, _)| chain.split("::").nth(up) == Some(top))
        {
            paths.push(chain.split("::").skip(up).collect());
        }
    }
    paths
}

#[test]
fn modules_import_what_lies_below_them() {
    let mut wrong = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for file in source() {
        let Some((_, allowed)) = IMPORTS.iter().find(|(module, _)| *module == file.module()) else {
            assert!(["lib", "main"].contains(&file.module()), "{}", file.name);
            continue;
        };
        for path in paths(&file) {
            let Some(&top) = path.first() else { continue };
            let is_module = IMPORTS.iter().any(|(module, _)| *module == top);
            if is_module && top != file.module() {
                seen.insert((file.module().to_owned(), top.to_owned()));
                if !allowed.contains(&top) {
                    wrong.insert(format!("{}: {}", file.name, path.join("::")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // The scan finds something, and the table allows nothing that nobody needs.
    let allowed = IMPORTS.iter().flat_map(|(module, allowed)| {
        allowed
            .iter()
            .map(|top| ((*module).to_owned(), (*top).to_owned()))
    });
    assert_eq!(seen, allowed.collect());
}

#[test]
fn the_engine_and_the_judge_know_words_and_no_syntax() {
    for file in source() {
        if ["engine", "deontic"].contains(&file.module()) {
            for path in paths(&file) {
                if path.first() == Some(&"lang") {
                    let word = path.get(2).copied().unwrap_or_default();
                    assert!(SHARED_WORDS.contains(&word), "{}: {path:?}", file.name);
                }
            }
        }
    }
}

#[test]
fn modules_show_themselves_in_their_mod() {
    let mut shown = BTreeSet::new();
    for file in source() {
        let Some(module) = file.name.strip_suffix("/mod.rs") else {
            continue;
        };
        for line in file.text.lines() {
            let part = line
                .strip_prefix("pub mod ")
                .or(line.strip_prefix("pub(crate) mod "));
            if let Some(part) = part {
                shown.insert(format!("{module}/{}", part.trim_end_matches(';')));
            }
        }
    }
    assert_eq!(shown, PUBLIC_PARTS.map(str::to_owned).into());
}

#[test]
fn crates_are_known_where_they_belong() {
    for (crate_name, places) in CRATES {
        let mut known = 0;
        for file in source() {
            let words = file.text.split(|c: char| !c.is_alphanumeric() && c != '_');
            if words.into_iter().any(|word| word == crate_name) {
                let place = places.iter().any(|place| file.name.starts_with(place));
                assert!(place, "{} knows {crate_name}", file.name);
                known += 1;
            }
        }
        assert_ne!(known, 0, "nobody knows {crate_name}");
    }
}

#[test]
fn files_open_with_what_they_are_for() {
    for file in source() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src")
            .join(&file.name);
        let text = std::fs::read_to_string(path).unwrap();
        let opens = text.starts_with("//!") || text.starts_with("#![doc");
        assert!(opens, "{}", file.name);
    }
}
