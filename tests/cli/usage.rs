//! The program itself: usage errors, help, exit codes; and what reaches standard error.

use assert_cmd::Command;
use attendu::cli::Exit;

use crate::fixture::{run, run_into};

/// The program in an English locale, whatever that of the tester.
fn program() -> Command {
    let mut command = Command::cargo_bin("attendu").unwrap();
    command.env("LC_ALL", "C");
    command
}

/// What `args` print to standard error, ending in a usage error.
fn usage_error(args: &[&str], locale: &str) -> String {
    let output = program()
        .env("LC_ALL", locale)
        .args(args)
        .assert()
        .code(2)
        .stdout("");
    String::from_utf8(output.get_output().stderr.clone()).unwrap()
}

#[test]
fn usage_errors() {
    let lines = [
        "deside case-1",
        "decide --detials",
        "ask",
        "explain",
        "explain a b",
        "explain a --all",
        "explain --all --format text",
        "explain a --all-proofs --format svg",
        "explain a --all-proofs=0",
        "sources",
        "--lang de decide",
        "--format pdf decide",
        "--as-of yesterday decide",
        "--as-of",
        "--format csv decide",
        "--as-of 2024-01-01 --as-of 2024-01-02 decide",
    ];
    for (language, locale) in [("en", "C"), ("fr", "fr_CA.UTF-8")] {
        let mut said = String::new();
        for line in lines {
            let args: Vec<_> = line.split_whitespace().collect();
            let error = usage_error(&args, locale);
            said.extend(["> attendu ", line, "\n", &error, "\n"]);
        }
        insta::assert_snapshot!(format!("usage-errors-{language}"), said);
    }
}

#[test]
fn without_arguments_help_goes_to_standard_error() {
    assert!(usage_error(&[], "C").contains("Commands:"));
}

#[test]
fn help() {
    for language in ["en", "fr"] {
        for command in ["", "ask", "decide", "norms", "sources", "fmt"] {
            let output = run(&format!("{command} --help --lang {language}"), 80);
            assert_eq!((output.exit, output.err.as_str()), (Exit::Done, ""));
            insta::assert_snapshot!(format!("help-{language}-{command}"), output.out);
        }
    }
}

#[test]
fn the_locale_chooses_the_language() {
    let help = program()
        .env("LC_ALL", "fr_CA.UTF-8")
        .arg("--help")
        .assert()
        .success();
    let text = String::from_utf8(help.get_output().stdout.clone()).unwrap();
    assert!(text.contains("Commandes"), "{text}");
}

#[test]
fn the_version_is_told() {
    program().arg("--version").assert().success();
}

#[test]
fn options_before_and_after_the_command_count_together() {
    let before = run("--policies bad decide --policies good", 60);
    let after = run("--policies good decide --policies bad", 60);
    assert_eq!((before.exit, after.exit), (Exit::Input, Exit::Input));
    let french = run("--lang en decide --lang fr case-1", 60);
    assert!(french.out.contains("Permis"));
}

#[test]
fn input_with_errors_is_refused() {
    for language in ["en", "fr"] {
        let output = run(&format!("decide --policies bad --lang {language}"), 60);
        assert_eq!((output.exit, output.out.as_str()), (Exit::Input, ""));
        insta::assert_snapshot!(format!("refused-{language}"), output.err);
    }
}

#[test]
fn a_question_with_errors_is_shown_with_its_text() {
    let output = run("decide nobody", 60);
    assert_eq!((output.exit, output.out.as_str()), (Exit::Input, ""));
    assert!(output.err.contains("--> <act>:1:1"), "{}", output.err);
}

#[test]
fn colour_is_used_only_when_asked_for() {
    let plain = run("decide --policies bad", 60).err;
    let coloured = run("decide --policies bad --color always", 60).err;
    assert!(!plain.contains('\u{1b}'));
    assert!(coloured.contains('\u{1b}'));
}

/// A reader who goes away, or a disk that is full.
struct Broken(std::io::ErrorKind);

impl std::io::Write for Broken {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Err(self.0.into())
    }
}

#[test]
fn a_closed_pipe_is_success_and_a_full_disk_is_not() {
    use std::io::ErrorKind::{BrokenPipe, StorageFull};
    for line in [
        "decide",
        "decide --format ndjson",
        "ask may",
        "norms",
        "--help",
    ] {
        let (exit, err) = run_into(line, 60, &mut Broken(BrokenPipe));
        assert_eq!(
            (exit, err.contains("error")),
            (Exit::Done, false),
            "{line}: {err}"
        );
    }
    let (exit, err) = run_into("decide", 60, &mut Broken(StorageFull));
    assert_eq!(exit, Exit::Input);
    assert!(err.contains("error: cannot write the answer"), "{err}");
}
