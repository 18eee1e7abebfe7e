//! Interviews by the program as it is: answers are saved as facts, taken up again, and never
//! written over what someone else wrote.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use attendu::cli::{self, AfterRun, Environment, Exit, Library, Streams};
use attendu::reasoner::Language;
use tempfile::TempDir;

use crate::fixture::Output;

const POLICY: &str = r#"
document house jurisdiction ontario publisher office rank guideline.
open relation partisan(content: content) en "{content} is partisan".
open relation urgent(content: content) en "{content} is urgent".
open relation depicts(content: content, person: actor) en "{content} shows {person}".
open relation approved(act: act) en "{act} is approved".
action share(by: actor, of: content) en "share".
norm house/1 en "What is approved." permit A: share when approved(A).
norm house/2 en "Nothing partisan." forbid share of C when partisan(C), not urgent(C) overrides house/1.
norm house/3 en "Nobody is shown." forbid share of C when depicts(C, _) overrides house/1.
"#;

const FACTS: &str = r#"{ "actors": ["kim", "lee"], "content": ["leaflet"],
  "acts": [{ "id": "friday", "action": "share", "by": "kim", "of": "leaflet" }] }"#;

/// A folder with a policy and facts.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(TempDir::new().unwrap());
        desk.write("policy.dl", POLICY);
        desk.write("facts.json", FACTS);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        read(&self.path(name))
    }

    /// Runs a command on policy and facts, of its words those that start with `%` being files.
    fn run(&self, words: &[&str], input: &str) -> Output {
        let environment = Environment {
            language: Language::En,
            no_color: true,
            no_graphics: true,
            err_is_terminal: false,
            width: 80,
            today: 29_920_320,
            after: AfterRun::MoreRuns,
        };
        let mut args = vec![OsString::from("attendu")];
        for word in words {
            args.push(match word.strip_prefix('%') {
                Some(name) => self.path(name).into(),
                None => word.into(),
            });
        }
        for (option, name) in [("--policies", "policy.dl"), ("--facts", "facts.json")] {
            args.extend([option.into(), self.path(name).into()]);
        }
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let streams = Streams {
            input: &mut input.as_bytes(),
            out: &mut out,
            err: &mut err,
        };
        let exit = cli::run(args, &environment, &Library, streams);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(out), text(err));
        Output { exit, out, err }
    }
}

#[expect(clippy::disallowed_methods, reason = "a test reads its own files")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// The questions that were asked, by their atoms.
fn asked(output: &Output) -> Vec<String> {
    let lines = output
        .out
        .lines()
        .filter_map(|line| line.strip_prefix("  Atom: "));
    lines.map(str::to_owned).collect()
}

#[test]
fn answers_are_facts_to_go_on_from() {
    let desk = Desk::new();
    let first = desk.run(
        &["interview", "friday", "--save", "%answers.json"],
        "no\nd\n",
    );
    assert_eq!((first.exit, first.err.as_str()), (Exit::No, ""));
    let atoms = asked(&first);
    assert_eq!(atoms.len(), 3, "{}", first.out);
    let going_on = [
        "interview",
        "friday",
        "--save",
        "%answers.json",
        "--resume",
        "%answers.json",
    ];
    let second = desk.run(&going_on, "stop\n");
    assert!(
        second.out.contains("2 answers were given before."),
        "{}",
        second.out
    );
    assert_eq!(
        asked(&second),
        atoms[2..],
        "what is not known is not asked again"
    );
    let decided = desk.run(&["decide", "friday", "--facts", "%answers.json"], "");
    assert_eq!(decided.exit, Exit::Done, "{}", decided.err);
    assert!(decided.out.contains("Undetermined"), "{}", decided.out);
    assert!(!decided.out.contains("depicts"), "{}", decided.out);
    // What was resumed can be taken back.
    let third = desk.run(&going_on, "back\nback\nnew pat\n");
    assert_eq!(asked(&third)[2], atoms[0]);
    assert!(
        third.out.contains("After 1 answer the verdict is settled."),
        "{}",
        third.out
    );
    let decided = desk.run(&["decide", "friday", "--facts", "%answers.json"], "");
    assert!(decided.out.contains("Prohibited."), "{}", decided.out);
}

#[test]
fn a_described_act_is_recorded_where_answers_speak_of_it() {
    let desk = Desk::new();
    let act = "share by kim of leaflet";
    let typed = "no\nno\nyes\nyes\n";
    let output = desk.run(&["interview", act, "--save", "%answers.json"], typed);
    assert!(output.out.contains("Permitted."), "{}", output.out);
    let saved = desk.read("answers.json");
    assert!(saved.contains("\"action\": \"share\""), "{saved}");
    let decided = desk.run(
        &["decide", "share-kim-leaflet", "--facts", "%answers.json"],
        "",
    );
    assert_eq!(decided.exit, Exit::Done, "{}", decided.err);
    assert!(decided.out.contains("Permitted."), "{}", decided.out);
}

#[test]
fn what_others_wrote_is_left_alone() {
    let desk = Desk::new();
    desk.write("mine.json", "{ \"content\": [\"poster\"] }\n");
    for options in [["--save", "%mine.json"], ["--resume", "%mine.json"]] {
        let output = desk.run(&[&["interview", "friday"][..], &options].concat(), "no\n");
        assert_eq!((output.exit, output.out.as_str()), (Exit::Input, ""));
        assert!(output.err.contains("it is left alone"), "{}", output.err);
        assert_eq!(desk.read("mine.json"), "{ \"content\": [\"poster\"] }\n");
    }
    // Neither is an answer file written over that someone has changed since.
    desk.run(&["interview", "friday", "--save", "%answers.json"], "no\n");
    let changed = desk
        .read("answers.json")
        .replacen('{', "{ \"actors\": [\"pat\"],", 1);
    desk.write("answers.json", &changed);
    let output = desk.run(&["interview", "friday", "--save", "%answers.json"], "no\n");
    assert_eq!(output.exit, Exit::Input);
    assert_eq!(desk.read("answers.json"), changed);
    let missing = desk.run(&["interview", "friday", "--resume", "%nowhere.json"], "");
    assert_eq!(missing.exit, Exit::Input);
    assert!(missing.err.contains("does not exist"), "{}", missing.err);
}

#[test]
fn answers_about_one_act_are_not_those_about_another() {
    let desk = Desk::new();
    desk.run(&["interview", "friday", "--save", "%answers.json"], "no\n");
    let other = [
        "interview",
        "share by lee of leaflet",
        "--resume",
        "%answers.json",
    ];
    let output = desk.run(&other, "");
    assert_eq!((output.exit, output.out.as_str()), (Exit::Input, ""));
    assert!(output.err.contains("another act: friday"), "{}", output.err);
}
