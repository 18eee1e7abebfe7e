//! What we ship: its own tests pass, and they notice when a policy comes to mean something else.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail, and reads its own files"
)]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use attendu::cli::{self, AfterRun, Environment, Exit, Library, Streams};
use attendu::reasoner::Language;
use tempfile::TempDir;

/// Runs `attendu test` with the shipped facts and questions.
fn attendu_test(policies: &Path) -> (Exit, String, String) {
    let environment = Environment {
        language: Language::En,
        no_color: true,
        no_graphics: true,
        err_is_terminal: false,
        width: 100,
        today: 29_920_320, // 2026-11-21
        after: AfterRun::MoreRuns,
    };
    let paths = [policies, Path::new("facts"), Path::new("queries")];
    let options = ["--policies", "--facts", "--queries"]
        .into_iter()
        .zip(paths);
    let options = options.flat_map(|(option, path)| [option.into(), path.into()]);
    let args = ["attendu", "test"].map(OsString::from).into_iter();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = cli::run(
        args.chain(options),
        &environment,
        &Library,
        Streams {
            input: &mut std::io::empty(),
            out: &mut out,
            err: &mut err,
        },
    );
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (exit, text(out), text(err))
}

#[test]
fn shipped_tests_pass() {
    let (exit, out, err) = attendu_test(Path::new("policies"));
    assert_eq!(exit, Exit::Done, "{out}{err}");
}

/// Changes that make a policy mean something else: a file, what stands there, what is put there.
const MUTATIONS: [(&str, &str, &str); 14] = [
    // An effect.
    (
        "on-ministers/05-sharing.dl",
        "forbid interact to Y on X",
        "permit interact to Y on X",
    ),
    (
        "on-ministers/02-ministers-accounts.dl",
        "forbid shows_logo(X) by P",
        "permit shows_logo(X) by P",
    ),
    // What is overridden.
    (
        "on-ministers/02-ministers-accounts.dl",
        "overrides on-ministers/026.",
        "overrides on-ministers/028.",
    ),
    (
        "on-ministers/02-ministers-accounts.dl",
        "overrides on-ministers/015.",
        "overrides on-ministers/016.",
    ),
    (
        "on-ministers/16-scenario-3.dl",
        "overrides on-ministers/095, on-ministers/171",
        "overrides on-ministers/095",
    ),
    // A `not`.
    ("on-ministers/07-kits.dl", "not modified(C)", "modified(C)"),
    (
        "on-ministers/03-enquiries.dl",
        "not needed_for(I, E).",
        "needed_for(I, E).",
    ),
    (
        "on-ministers/04-good-practice.dl",
        "contains(E, I), not redacted(I, E)",
        "contains(E, I), redacted(I, E)",
    ),
    (
        "on-ministers/04-good-practice.dl",
        "not work_related(C)",
        "work_related(C)",
    ),
    (
        "on-ministers/11-political-activity.dl",
        "on_social_media(A), in_working_hours(A)",
        "on_social_media(A), not in_working_hours(A)",
    ),
    (
        "on-ministers/15-scenario-2.dl",
        "unless in_official_duties(P, C).",
        "unless not in_official_duties(P, C).",
    ),
    // What a definition concludes.
    (
        "on-ministers/02-ministers-accounts.dl",
        "  not official_account(X) :- ministers_account(X).",
        "  official_account(X) :- ministers_account(X).",
    ),
    // A relation.
    (
        "on-ministers/02-ministers-accounts.dl",
        "when of_ministry(S), solely_for(A, X)",
        "when office_staff(S), solely_for(A, X)",
    ),
    // For each person shown, or for the act.
    (
        "on-ministers/15-scenario-2.dl",
        "  per P\n  when official_account(X), depicts(C, P), (minister(P) or office_staff(P))\n",
        "  per act\n  when official_account(X), depicts(C, P), (minister(P) or office_staff(P))\n",
    ),
];

/// The files of a folder and of those in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn shipped_tests_notice_a_change_of_meaning() {
    let mut unnoticed = Vec::new();
    for (file, from, to) in MUTATIONS {
        let copy = TempDir::new().unwrap();
        let mut changed = false;
        for path in files(Path::new("policies")) {
            let name = path.strip_prefix("policies").unwrap();
            let mut text = fs::read_to_string(&path).unwrap();
            if name == Path::new(file) {
                let mutant = text.replacen(from, to, 1);
                changed = mutant != text;
                text = mutant;
            }
            let target = copy.path().join(name);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(target, text).unwrap();
        }
        assert!(changed, "{file} does not say `{from}` any more");
        // A mutant that does not load would be noticed for the wrong reason.
        let (exit, out, err) = attendu_test(copy.path());
        if exit != Exit::No {
            unnoticed.push(format!("{file}: `{from}` as `{to}`: {exit:?}\n{out}{err}"));
        }
    }
    assert!(unnoticed.is_empty(), "{}", unnoticed.join("\n"));
}
