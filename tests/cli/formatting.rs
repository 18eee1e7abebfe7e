//! `fmt` on files: each is replaced as a whole or left alone.

use std::fs;
use std::path::Path;

use attendu::cli::Exit;
use tempfile::TempDir;

use crate::fixture::run;

/// A folder with files of these names and texts.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test looks at what was written"
)]
fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

/// The names of all files, so that nothing is left behind unseen.
#[expect(
    clippy::disallowed_methods,
    reason = "the test looks at what was written"
)]
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn files_are_rewritten_in_place() {
    let folder = folder(&[
        ("a.dl", "p(a,b)."),
        ("below/b.dl", "q(a, b)."),
        ("c.txt", "x,y"),
    ]);
    let output = run(&format!("fmt {}", folder.path().display()), 60);
    assert_eq!(output.exit, Exit::Done);
    assert_eq!(
        output.out,
        format!("{}\n", folder.path().join("a.dl").display())
    );
    assert_eq!(output.err, "2 files read, 1 rewritten.\n");
    assert_eq!(read(&folder, "a.dl"), "p(a, b).");
    assert_eq!(read(&folder, "c.txt"), "x,y");
    assert_eq!(names(folder.path()), ["a.dl", "below", "c.txt"]);
}

#[test]
fn a_check_changes_nothing_and_says_no() {
    let folder = folder(&[("a.dl", "p(a,b).")]);
    let output = run(&format!("fmt --check {}", folder.path().display()), 60);
    assert_eq!(output.exit, Exit::No);
    assert_eq!(read(&folder, "a.dl"), "p(a,b).");
    fs::write(folder.path().join("a.dl"), "p(a, b).").unwrap();
    let output = run(&format!("fmt --check {}", folder.path().display()), 60);
    assert_eq!((output.exit, output.out.as_str()), (Exit::Done, ""));
}

#[test]
fn a_file_with_errors_is_left_alone_and_the_others_are_not() {
    let folder = folder(&[("a.dl", "p(a,!)."), ("b.dl", "p(a,b)."), ("c.dl", "!")]);
    let output = run(&format!("fmt {}", folder.path().display()), 60);
    assert_eq!(output.exit, Exit::Input);
    assert!(output.err.contains("c.dl:1:1"), "{}", output.err);
    assert!(
        output
            .err
            .contains("2 errors\n3 files read, 1 rewritten.\n")
    );
    assert_eq!(read(&folder, "a.dl"), "p(a,!).");
    assert_eq!(read(&folder, "b.dl"), "p(a, b).");
}

#[test]
fn what_cannot_be_read_is_said() {
    let folder = folder(&[("a.dl", "p(a, b).")]);
    fs::write(folder.path().join("b.dl"), b"\xff").unwrap();
    let missing = folder.path().join("missing");
    let output = run(
        &format!("fmt {} {}", missing.display(), folder.path().display()),
        60,
    );
    assert_eq!(output.exit, Exit::Input);
    assert_eq!(
        output.err.matches("cannot read").count(),
        2,
        "{}",
        output.err
    );
}

#[cfg(unix)]
#[test]
fn links_and_permissions_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("real.txt", "p(a,b).")]);
    let (real, link) = (
        folder.path().join("real.txt"),
        folder.path().join("link.dl"),
    );
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, &link).unwrap();
    let output = run(&format!("fmt {}", link.display()), 60);
    assert_eq!(output.exit, Exit::Done, "{}", output.err);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(read(&folder, "real.txt"), "p(a, b).");
    let mode = fs::metadata(&real).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}
