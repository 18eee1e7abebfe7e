//! Policies that are read whole: the worked statements of the reference, and what we ship.

use std::path::{Path, PathBuf};

use attendu::base::{Diagnostic, Sources};
use attendu::lang::parse_program;
use attendu::program::{Program, Universe, from_ast};

/// Several texts lowered together, with what was told of them.
pub(crate) struct Lowered {
    pub(crate) program: Program,
    pub(crate) universe: Universe,
    /// `severity line:column code` of each, with the file's name where there are several.
    pub(crate) told: Vec<String>,
    pub(crate) found: Vec<Diagnostic>,
}

/// Parses and lowers texts with their names.
pub(crate) fn lower(texts: &[(String, String)]) -> Lowered {
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let mut files = Vec::new();
    for (name, text) in texts {
        let file = sources.add(name.as_str(), text.as_str());
        let (tree, diagnostics) = parse_program(file, text);
        found.extend(diagnostics);
        files.push((file, tree));
    }
    let (program, universe, diagnostics) = from_ast(&files);
    found.extend(diagnostics);
    let told = found.iter().map(|diagnostic| told(&sources, diagnostic));
    Lowered {
        told: told.collect(),
        program,
        universe,
        found,
    }
}

fn told(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let span = diagnostic.primary.span;
    let at = sources.position(span);
    let name = &sources.get(span.file).name;
    let place = if name.is_empty() {
        String::new()
    } else {
        format!("{name}:")
    };
    let severity = if diagnostic.is_error() {
        "error"
    } else {
        "warning"
    };
    format!(
        "{severity} {place}{}:{} {}",
        at.line, at.column, diagnostic.code
    )
}

/// One text without a name.
pub(crate) fn lower_one(text: &str) -> Lowered {
    lower(&[(String::new(), text.to_owned())])
}

/// The text of a file of the repository.
#[expect(
    clippy::disallowed_methods,
    reason = "tests read their corpus themselves"
)]
pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// The files of a folder of the repository with an extension, in order, folders within included.
#[expect(
    clippy::disallowed_methods,
    reason = "tests read their corpus themselves"
)]
pub(crate) fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|other| other == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn named(path: &Path) -> (String, String) {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    (name, read(path))
}

const DOCUMENTS: &str = "
document on-ministers jurisdiction ontario publisher cabinet-office rank guideline.
document on-ops jurisdiction ontario publisher cabinet-office rank guideline.
document mb-psc jurisdiction manitoba rank policy.
document ca-personal jurisdiction canada rank guideline.
document ca-official-2014 jurisdiction canada rank guideline.
";

#[test]
fn the_forty_statements_lower() {
    let vocabulary: Vec<_> = files("policies/vocabulary", "dl")
        .iter()
        .map(|path| named(path))
        .collect();
    let mut told = Vec::new();
    for path in files("tests/corpus/language", "dl") {
        let (name, text) = named(&path);
        if name.starts_with("00-") {
            continue; // One of every form, over a vocabulary of its own.
        }
        let mut texts = vocabulary.clone();
        texts.push(("documents".to_owned(), DOCUMENTS.to_owned()));
        texts.push((name, text));
        told.extend(lower(&texts).told);
    }
    // The reference's examples are not of one vocabulary: three of them say `authorised` of an
    // act, a person and content. And what the reference says of overriding across bindings
    // makes its own second example an error.
    let expected = [
        "error 02-only-the-minister-manages.dl:2:6 override-across-bindings",
        "warning 02-only-the-minister-manages.dl:2:6 oppose-across-bindings",
        "error 22-exclusively-for-business.dl:2:81 unknown-relation",
        "error 24-never-from-personal-account.dl:1:112 sort-mismatch",
        "error 33-some-authority.dl:1:44 sort-mismatch",
    ];
    assert_eq!(told, expected);
}

#[test]
fn shipped_policies_lower() {
    let texts: Vec<_> = files("policies", "dl")
        .iter()
        .map(|path| named(path))
        .collect();
    let lowered = lower(&texts);
    let errors: Vec<_> = lowered
        .told
        .iter()
        .filter(|told| told.starts_with("error"))
        .collect();
    assert_eq!(errors, [""; 0]);
}
