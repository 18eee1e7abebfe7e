//! Reading files and folders: which, in what order, under what names, and what is no text.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;

use attendu::base::Sources;
use attendu::load::{LoadError, add_texts, read_files};

/// The names of the files read from `paths`, less the folder itself, and the codes told.
fn check(folder: &Path, paths: &[&str], expected: &[&str]) {
    let mut sources = Sources::default();
    let paths: Vec<_> = paths.iter().map(|path| folder.join(path)).collect();
    let read = read_files(&paths, &["json", "csv"], &mut sources).unwrap();
    let root = format!("{}/", folder.display());
    let names: Vec<_> = read
        .files
        .iter()
        .map(|&file| {
            sources
                .get(file)
                .name
                .strip_prefix(&root)
                .unwrap()
                .to_owned()
        })
        .chain(read.diagnostics.iter().map(|found| found.code.to_owned()))
        .collect();
    assert_eq!(names, expected);
}

#[test]
fn folders_are_read_in_order_and_once() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("b/deep")).unwrap();
    for name in [
        "c.json",
        "a.csv",
        "b/z.json",
        "b/deep/y.csv",
        "b/.hidden.json",
        "b/notes.txt",
    ] {
        fs::write(root.join(name), "{}").unwrap();
    }
    check(
        root,
        &[""],
        &["a.csv", "b/deep/y.csv", "b/z.json", "c.json"],
    );
    check(
        root,
        &["c.json", "b", "a.csv"],
        &["c.json", "b/deep/y.csv", "b/z.json", "a.csv"],
    );
    check(
        root,
        &["b/notes.txt", "b/z.json", "b"],
        &["b/notes.txt", "b/z.json", "b/deep/y.csv"],
    );
}

#[cfg(unix)]
#[test]
fn loops_of_links_end() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("a")).unwrap();
    fs::write(root.join("a/x.json"), "{}").unwrap();
    std::os::unix::fs::symlink(root, root.join("a/loop")).unwrap();
    std::os::unix::fs::symlink(root.join("a"), root.join("b")).unwrap();
    check(root, &["a", "b"], &["a/x.json"]);
}

#[test]
fn what_is_no_text_is_told_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.json"), b"{ \"caf\xe9\": [] }").unwrap();
    fs::write(folder.path().join("b.json"), b"\xef\xbb\xbf{}").unwrap();
    check(
        folder.path(),
        &["a.json", "b.json"],
        &["b.json", "not-utf8"],
    );
    let mut sources = Sources::default();
    let read = read_files(&[folder.path()], &["json"], &mut sources).unwrap();
    assert_eq!(&*sources.get(read.files[0]).text, "{}");
    assert_eq!(sources.position(read.diagnostics[0].primary.span).column, 7);
    assert!(read.diagnostics[0].message.contains("byte 6 is 0xe9"));
    let files = add_texts([("x", "\u{feff}{}")], &mut sources);
    assert_eq!(&*sources.get(files[0]).text, "{}");
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let mut sources = Sources::default();
    let missing = read_files(&["no/such/file"], &["json"], &mut sources).unwrap_err();
    assert!(matches!(missing, LoadError::NotFound { .. }));
    assert_eq!(missing.to_string(), "`no/such/file` does not exist");
    if cfg!(unix) {
        let device = read_files(&["/dev/null"], &["json"], &mut sources).unwrap_err();
        assert!(matches!(device, LoadError::NotAFile { .. }), "{device}");
    }
}
