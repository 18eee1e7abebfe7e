//! Loads policies and facts, explains acts and replays what was said.

#![expect(clippy::disallowed_methods, reason = "a test reads its own files")]

use std::path::{Path, PathBuf};

use attendu::base::{FileId, Language, Sources};
use attendu::deontic::{Judge, Verdict};
use attendu::engine::Timeline;
use attendu::explain::words::Vocabulary;
use attendu::explain::{all_proofs, to_json, why_not};
use attendu::lang::parse_program;
use attendu::load::{Act, Case, load_facts};
use attendu::program::{Program, from_ast};
use attendu::verify::{Checked, Replay};
use serde_json::Value;

/// 2026-11-21, in minutes since 1970.
pub(crate) const TODAY: i64 = 29_919_600;

/// The verdicts that one may ask after.
const WANTED: [Verdict; 5] = [
    Verdict::Permitted,
    Verdict::Prohibited,
    Verdict::Conditional,
    Verdict::Conflict,
    Verdict::Unregulated,
];

/// Policies and facts.
pub(crate) struct Loaded {
    pub(crate) program: Program,
    pub(crate) case: Case,
    pub(crate) sources: Sources,
}

impl Loaded {
    /// Policies and facts below folders.
    pub(crate) fn folders(policies: &Path, facts: &Path) -> Option<Self> {
        let mut sources = Sources::default();
        let policies = read(&mut sources, policies, &["dl"]);
        let facts = read(&mut sources, facts, &["json", "ndjson", "csv", "tsv"]);
        Self::load(sources, &policies, &facts)
    }

    /// One policy and one file of facts, which load.
    pub(crate) fn texts(policy: &str, facts: &str) -> Self {
        Self::try_texts(policy, facts).unwrap()
    }

    /// One policy and one file of facts.
    pub(crate) fn try_texts(policy: &str, facts: &str) -> Option<Self> {
        let mut sources = Sources::default();
        let policies = [sources.add("policy.dl", policy)];
        let facts = [sources.add("facts.json", facts)];
        Self::load(sources, &policies, &facts)
    }

    fn load(sources: Sources, policies: &[FileId], facts: &[FileId]) -> Option<Self> {
        let mut trees = Vec::new();
        for &file in policies {
            let (tree, found) = parse_program(file, &sources.get(file).text);
            if found.iter().any(attendu::base::Diagnostic::is_error) {
                return None;
            }
            trees.push((file, tree));
        }
        let (program, universe, found) = from_ast(&trees);
        if found.iter().any(attendu::base::Diagnostic::is_error) {
            return None;
        }
        let (case, _) = load_facts(&program, universe, &sources, facts, TODAY);
        let case = case?;
        Some(Self {
            program,
            case,
            sources,
        })
    }

    /// Calls back with the explanation of each act for which `wanted` is so.
    pub(crate) fn explained(
        &self,
        wanted: impl Fn(usize, &Act) -> bool,
        each: impl FnMut(&Act, Value),
    ) {
        self.all_proofs(1, wanted, each);
    }

    /// The same, with up to `most` proofs of each thing that rules conclude.
    pub(crate) fn all_proofs(
        &self,
        most: usize,
        wanted: impl Fn(usize, &Act) -> bool,
        mut each: impl FnMut(&Act, Value),
    ) {
        self.each_act(wanted, |judge, vocabulary, act| {
            let named = (act.value, Some(act.name.as_str()));
            let (sources, language) = (&self.sources, Language::En);
            let explained = all_proofs(judge, sources, vocabulary, language, named, most);
            each(act, to_json(&explained.unwrap()));
        });
    }

    /// Calls back with each act for which `wanted` is so, and what it is explained with.
    fn each_act(
        &self,
        wanted: impl Fn(usize, &Act) -> bool,
        mut each: impl FnMut(&mut Judge<'_>, &Vocabulary, &Act),
    ) {
        let timeline = Timeline::new(&self.program, &self.case.universe, &self.case.facts);
        let acts = || self.case.acts.values();
        let mut judge = Judge::new(&timeline, acts().map(Act::record), TODAY);
        let vocabulary = Vocabulary::of_program(&self.program);
        let wanted = acts()
            .enumerate()
            .filter(|(index, act)| wanted(*index, act));
        wanted.for_each(|(_, act)| each(&mut judge, &vocabulary, act));
    }

    /// Calls back with why the verdict of each act for which `wanted` is so is none of the others,
    /// and that it is one of them.
    pub(crate) fn why_not(
        &self,
        wanted: impl Fn(usize, &Act) -> bool,
        mut each: impl FnMut(&Act, Value),
    ) {
        self.each_act(wanted, |judge, vocabulary, act| {
            for verdict in WANTED {
                let named = (act.value, Some(act.name.as_str()));
                let (sources, language) = (&self.sources, Language::En);
                let asked = Some(verdict);
                let told = why_not(judge, sources, vocabulary, language, named, asked);
                each(act, to_json(&told.unwrap()));
            }
        });
    }

    /// What comes of a check.
    pub(crate) fn check(&self, json: &Value) -> Checked {
        match Replay::read(&json.to_string()) {
            Ok(replay) => replay.check(&self.program, &self.case, &self.sources, None, &|_| {}),
            Err(fault) => Checked {
                faults: vec![fault],
                ..Checked::default()
            },
        }
    }
}

/// The files below a folder with one of these extensions, in order.
pub(crate) fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if folder.is_file() {
        return vec![folder.to_owned()];
    }
    for entry in folder.read_dir().into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extensions));
        } else if path
            .extension()
            .is_some_and(|own| extensions.iter().any(|it| own == *it))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(sources: &mut Sources, folder: &Path, extensions: &[&str]) -> Vec<FileId> {
    let files = files(folder, extensions);
    let text = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
    files
        .iter()
        .map(|path| sources.add(path.display().to_string(), text(path)))
        .collect()
}

/// A path below the project.
pub(crate) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
