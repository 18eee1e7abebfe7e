//! What each command prints.

use attendu::cli::Exit;

use crate::fixture::{run, run_typing};

/// Holds what `line` prints, in both languages and at two widths, against the snapshot
/// `name`; no line may be longer than the width, unless a single name is.
fn check(name: &str, line: &str, exit: Exit) {
    for language in ["en", "fr"] {
        for width in [60, 100] {
            let output = run(&format!("{line} --lang {language}"), width);
            assert_eq!(output.exit, exit, "{}", output.err);
            for line in output.out.lines() {
                let columns = line.chars().count();
                assert!(columns <= width, "{columns} columns: {line}");
                assert_eq!(line.trim_end(), line);
            }
            insta::assert_snapshot!(format!("{name}-{language}-{width}"), output.out);
        }
    }
}

/// Holds what `line` prints for machines against the snapshot `name`.
fn check_machine(name: &str, line: &str) {
    let english = run(line, 60);
    assert_eq!(english.exit, Exit::Done, "{}", english.err);
    insta::assert_snapshot!(name, english.out);
}

#[test]
fn one_act_in_full() {
    check("decide-permitted", "decide case-1", Exit::Done);
    check("decide-prohibited", "decide case-2", Exit::Done);
    check("decide-conditional", "decide case-3", Exit::Done);
    check("decide-undetermined", "decide case-4", Exit::Done);
    check("decide-conflict", "decide case-6", Exit::Done);
}

#[test]
fn an_interview() {
    let typed = "s\nwhy\nback\nn\noui\nback\nnon\nNew pat, roy\n";
    for language in ["en", "fr"] {
        for width in [60, 100] {
            let line = format!("interview case-4 --lang {language}");
            let output = run_typing(&line, width, typed);
            assert_eq!(output.exit, Exit::Done, "{}", output.err);
            for line in output.out.lines() {
                let columns = line.chars().count();
                assert!(columns <= width, "{columns} columns: {line}");
            }
            insta::assert_snapshot!(format!("interview-{language}-{width}"), output.out);
        }
    }
    let output = run_typing("interview case-4", 60, "no\nstop\n");
    assert_eq!(output.exit, Exit::No);
    let output = run_typing("interview case-4 --resume elsewhere", 60, "");
    assert_eq!((output.exit, output.out.as_str()), (Exit::Input, ""));
    assert!(output.err.contains("left alone"), "{}", output.err);
}

#[test]
fn many_acts_in_a_table() {
    check("decide-all", "decide", Exit::Done);
    check("decide-none", "decide case-9", Exit::Done);
}

#[test]
fn many_acts_in_a_report() {
    check_machine("report-markdown-en", "report");
    check_machine("report-markdown-fr", "report --brief --lang fr");
    check_machine("report-html-fr", "report --format html --lang fr");
}

#[test]
fn many_acts_in_full() {
    let output = run("decide case-3 case-4 --details", 60);
    assert!(
        output
            .out
            .contains("Permitted once these conditions are met:")
    );
    assert!(output.out.contains("In which way was it done?"));
    assert!(
        output
            .out
            .ends_with("2 acts: 1 undetermined, 1 conditional.\n")
    );
}

#[test]
fn what_is_supposed_and_what_it_changes() {
    let supposed = "--assume partisan(photo-1) --assume p(a) --retract official(@roy)";
    let run = |name, line: &str| check(name, &format!("{line} {supposed}"), Exit::Done);
    run("what-if-one", "decide case-1");
    run("what-if-same", "decide case-2");
    run("what-if-all", "decide");
    run("what-if-ask", "ask may share by Who of C");
}

#[test]
fn answers_in_groups() {
    check("ask", "ask may share by Who of C", Exit::Done);
    check(
        "ask-possible",
        "ask --possible --full may share by Who of C",
        Exit::Done,
    );
    check("ask-nobody", "ask may share by nobody", Exit::Done);
}

#[test]
fn yes_or_no() {
    check("ask-yes", "ask may share by roy of photo-1 yes", Exit::Done);
    check("ask-no", "ask partisan(photo-1) no", Exit::Done);
}

#[test]
fn tests() {
    check("test", "test", Exit::No);
    let full = run("test --full", 60).out;
    assert!(full.contains("on-ops/023"));
    assert_eq!(full.lines().last(), Some("1204 passed, 1 failed"));
}

#[test]
fn browsing() {
    check("norms", "norms", Exit::Done);
    check("norms-one", "norms on-ministers/068", Exit::Done);
    check("norms-none", "norms --effect consider", Exit::No);
    check("norms-like", "norms on-minsters/068", Exit::No);
    check("relations", "relations", Exit::Done);
    check("relations-one", "relations partisan", Exit::Done);
}

#[test]
fn source_texts() {
    check("sources", "sources texts", Exit::No);
    check(
        "norms-cited",
        "norms on-ministers/068 --source texts",
        Exit::Done,
    );
    check("norms-uncited", "norms --source texts", Exit::No);
}

#[test]
fn editions() {
    check("editions", "sources texts --against new", Exit::No);
    let full = run("sources texts --against new --full", 60).out;
    assert!(full.contains("on-ministers/121") && full.contains("121  Guests."));
}

#[test]
fn coverage() {
    check("coverage", "coverage", Exit::No);
    check("coverage-one", "coverage on-ministers", Exit::Done);
    check("coverage-none", "coverage on-opps", Exit::No);
    let full = run("coverage --full", 60).out;
    assert!(full.contains("on-ops/1204"));
}

#[test]
fn machine_formats() {
    check_machine("decide-json", "decide case-3 --format json");
    check_machine("decide-ndjson", "decide --format ndjson");
    check_machine("ask-json", "ask may share by Who --format json");
    check_machine("ask-csv", "ask may share by Who --format csv");
    check_machine("ask-tsv", "ask may share by Who --format tsv");
    check_machine("norms-json", "norms on-ministers/101 --format json");
}

#[test]
fn explanations_are_printed_as_they_come() {
    assert_eq!(
        run("explain case-1", 60).out,
        "case-1 as Text { width: 60 }\n"
    );
    assert_eq!(
        run("explain case-1 --format dot", 60).out,
        "case-1 as Dot\n"
    );
    assert_eq!(
        run("explain case-1 --format json", 60).out,
        "case-1 as Json\n"
    );
}

#[test]
fn what_did_not_come_is_asked_for() {
    let asked = |line: &str| run(line, 60).out;
    let text = "case-1 as Text { width: 60 }, WhyNot";
    assert_eq!(asked("explain case-1 --why-not"), format!("{text}(None)\n"));
    assert_eq!(
        asked("explain case-1 --why-not conflict"),
        format!("{text}(Some(Conflict))\n")
    );
    assert_eq!(
        run("explain case-1 --why-not perhaps", 60).exit,
        Exit::Usage
    );
}

#[test]
fn what_would_change_a_verdict() {
    let asked = "explain case-1 --what-would-change";
    check("changes", asked, Exit::Done);
    check("changes-to", &format!("{asked} --to permitted"), Exit::Done);
    check_machine("changes-json", &format!("{asked} --format json"));
    for wrong in ["--format svg", "--why-not", "--to perhaps"] {
        let output = run(&format!("{asked} {wrong}"), 60);
        assert_eq!(output.exit, Exit::Usage, "{wrong}");
    }
    let alone = run("explain case-1 --to permitted", 60);
    assert_eq!(alone.exit, Exit::Usage);
}

#[test]
fn names_cannot_command_the_terminal() {
    let output = run("ask facts \u{1b}[2J\u{202e}", 60);
    assert!(output.out.contains("\\u{1b}[2J\\u{202e}"), "{}", output.out);
}
