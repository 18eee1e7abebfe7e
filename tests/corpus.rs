//! Cases from end to end: a policy, facts, commands, and what the command line prints of them.
//!
//! A case is a folder `tests/corpus/<area>/<case>/` of an area named below. It holds policies
//! (`*.dl`), perhaps a saved question (`query.dl`), facts (`*.json`, `*.csv`, `*.ndjson`) and
//! `command`, a line for each run (`decide` if there is none). A run that names `--policies` or
//! `--facts` itself gets no others; `< FILE` at its end lets it read a file of the case. `expected.txt` and `expected.err` are what came on standard
//! output and standard error, each run behind its line; `(exit 3)` ends a run that was not done.
//!
//! With `ATTENDU_BLESS=1` what comes is written down as what is expected.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail, and reads its own files"
)]

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use attendu::cli::{self, AfterRun, Environment, Exit, Library, Streams};
use attendu::reasoner::Language;
use tempfile::TempDir;

/// What one run printed, and how it ended.
#[derive(Debug)]
struct Run {
    line: String,
    exit: Exit,
    out: String,
    err: String,
}

/// Runs the command line; `input` is what is typed.
fn run(args: &[String], input: &str) -> (Exit, String, String) {
    let environment = Environment {
        language: Language::En,
        no_color: true,
        no_graphics: false,
        err_is_terminal: false,
        width: 100,
        today: 29_920_320, // 2026-11-21
        after: AfterRun::MoreRuns,
    };
    let args = std::iter::once("attendu").chain(args.iter().map(String::as_str));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = cli::run(
        args.map(OsString::from),
        &environment,
        &Library,
        Streams {
            input: &mut input.as_bytes(),
            out: &mut out,
            err: &mut err,
        },
    );
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (exit, text(out), text(err))
}

/// The words of a line; quotation marks hold several together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let quoted = first == '"' || first == '\'';
        let end = |c: char| {
            if quoted {
                c == first
            } else {
                c.is_whitespace()
            }
        };
        let text = if quoted {
            rest.strip_prefix(first).unwrap()
        } else {
            rest
        };
        let (word, after) = text.split_once(end).unwrap_or((text, ""));
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

/// What `< FILE` at the end of a line lets the command read.
fn redirected(case: &Path, args: &mut Vec<String>) -> String {
    let Some(place) = args.iter().position(|arg| arg == "<") else {
        return String::new();
    };
    let file = args.split_off(place).pop().unwrap();
    read(&case.join(file)).unwrap()
}

/// The files of a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Runs the commands of a case.
fn runs(case: &Path) -> Vec<Run> {
    let nothing = TempDir::new().unwrap();
    let slashed = |path: &Path| path.to_str().unwrap().replace('\\', "/");
    let (mut policies, mut queries) = (Vec::new(), slashed(nothing.path()));
    for path in entries(case) {
        if path.ends_with("query.dl") {
            queries = slashed(&path);
        } else if path.extension().is_some_and(|extension| extension == "dl") {
            policies.push(slashed(&path));
        }
    }
    if policies.is_empty() {
        policies.push(slashed(nothing.path()));
    }
    let commands = read(&case.join("command")).unwrap_or_else(|| "decide\n".to_owned());
    let mut runs = Vec::new();
    for line in commands.lines() {
        let mut args = words(line);
        let input = redirected(case, &mut args);
        let names = |args: &[String], option: &str| args.iter().any(|arg| arg == option);
        let mut give = |option: &str, path: &str| args.extend([option, path].map(str::to_owned));
        if !names(&words(line), "--policies") {
            for path in &policies {
                give("--policies", path);
            }
        }
        if !names(&words(line), "--facts") {
            give("--facts", &slashed(case));
        }
        give("--queries", &queries);
        let (exit, out, err) = run(&args, &input);
        runs.push(Run {
            line: line.to_owned(),
            exit,
            out,
            err,
        });
    }
    runs
}

/// The text of a file that may not be there.
fn read(path: &Path) -> Option<String> {
    path.exists().then(|| fs::read_to_string(path).unwrap())
}

/// One stream of several runs, each behind its line; those that are silent are left out.
fn transcript(runs: &[Run], stream: impl Fn(&Run) -> &str, always: bool) -> String {
    let mut text = String::new();
    for run in runs.iter().filter(|run| always || !stream(run).is_empty()) {
        let _ = writeln!(text, "$ attendu {}\n{}", run.line, stream(run));
        if always && run.exit != Exit::Done {
            let _ = writeln!(text, "(exit {})", run.exit as u8);
        }
    }
    text
}

/// Holds all cases of an area against what is expected of them, and each run against `law`,
/// which holds of the whole area.
fn check(area: &str, at_least: usize, law: impl Fn(&Run) -> bool) {
    let bless = std::env::var("ATTENDU_BLESS").is_ok();
    let mut wrong = Vec::new();
    let cases = entries(&Path::new("tests/corpus").join(area));
    assert!(cases.len() >= at_least, "{} cases", cases.len());
    for case in cases {
        let runs = runs(&case);
        let streams = [
            ("expected.txt", transcript(&runs, |run| &run.out, true)),
            ("expected.err", transcript(&runs, |run| &run.err, false)),
        ];
        for (name, found) in streams {
            let path = case.join(name);
            let expected = read(&path).unwrap_or_default();
            if expected == found {
                continue;
            }
            if !bless {
                let path = path.display();
                wrong.push(format!("{path}\n-- expected\n{expected}-- found\n{found}"));
            } else if found.is_empty() {
                fs::remove_file(&path).unwrap();
            } else {
                fs::write(&path, &found).unwrap();
            }
        }
        for run in runs.iter().filter(|run| !law(run)) {
            wrong.push(format!("{}: against the law: {run:#?}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether input was refused as it should: nothing half-loaded, nothing answered, and a reason
/// with its place where there is one.
fn refused(run: &Run) -> bool {
    let placed = run.err.contains("--> ") || run.err.contains("cannot read");
    run.exit == Exit::Input && run.out.is_empty() && placed
}

#[test]
fn bad_input_is_refused() {
    check("bad-input", 20, refused);
}

#[test]
fn meaning() {
    check("semantics", 60, |run| run.exit <= Exit::No);
}

#[test]
fn encoded_statements() {
    check("statements", 20, |run| run.exit == Exit::Done);
}

/// One line of about `size` bytes: an actor with a very long name, and a key that is none.
fn long_line(path: &Path, size: usize) {
    let mut file = io::BufWriter::new(fs::File::create(path).unwrap());
    write!(file, "{{\"actors\": [{{\"id\": \"").unwrap();
    for _ in 0..size / 1024 {
        file.write_all(&[b'a'; 1024]).unwrap();
    }
    writeln!(file, "\", \"ministr\": true}}]}}").unwrap();
}

#[test]
fn a_very_long_line_is_refused_at_its_place() {
    // 200 MB where the long run is asked for.
    let cases = std::env::var("PROPTEST_CASES").map_or(0, |cases| cases.parse().unwrap_or(0));
    let size = if cases >= 10_000 { 200 } else { 2 } * 1_000_000;
    let folder = TempDir::new().unwrap();
    let facts = folder.path().join("facts.json");
    long_line(&facts, size);
    let policy = folder.path().join("policy.dl");
    fs::write(&policy, "relation minister(actor: actor).\n").unwrap();
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let (exit, out, err) = run(
        &[
            "decide".to_owned(),
            "--policies".to_owned(),
            path(&policy),
            "--facts".to_owned(),
            path(&facts),
            "--queries".to_owned(),
            path(&policy),
        ],
        "",
    );
    assert_eq!((exit, out.as_str()), (Exit::Input, ""));
    assert!(err.contains("unknown-relation"), "{err:.400}");
    assert!(err.contains("minister"), "{err:.400}");
    let column = size / 1024 * 1024 + 25;
    assert!(
        err.contains(&format!("facts.json:1:{column}")),
        "{err:.400}"
    );
    assert!(err.len() < 4_000, "{} bytes about one mistake", err.len());
}

#[test]
fn source_texts() {
    check("sources", 1, |run| run.exit <= Exit::No);
}

#[test]
fn explanations() {
    check("explain", 4, |run| run.exit == Exit::Done);
}

#[test]
fn coverage() {
    check("coverage", 1, |run| run.exit <= Exit::No);
}

#[test]
fn interviews() {
    check("interview", 2, |run| run.exit <= Exit::No);
}
