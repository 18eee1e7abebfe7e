//! Fact files: what a good one amounts to, how mistakes in a bad one are told, and that neither
//! order nor noise matters.

mod support;

use std::path::{Path, PathBuf};

use support::facts::load_folder;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus/facts")
        .join(name)
}

/// Holds each case of a folder against its `expected.txt`. What came of it instead is left in
/// `target/tmp`, to be compared, and to be kept if it is better.
fn check(name: &str) {
    let policy = std::fs::read_to_string(folder("policy.dl")).unwrap();
    let mut cases: Vec<_> = folder(name)
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = Vec::new();
    for case in cases {
        let actual = load_folder(&policy, &case.join("facts"));
        let expected = std::fs::read_to_string(case.join("expected.txt")).unwrap_or_default();
        if actual != expected {
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
