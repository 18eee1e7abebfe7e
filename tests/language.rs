//! The policy language as text: what parses, how it is printed, and how mistakes are told.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use attendu::base::{Diagnostic, FileId, Sources};
use attendu::lang::ast::{Atom, Literal, Program, Query, TargetKind};
use attendu::lang::{
    parse_act, parse_atom, parse_literal, parse_program, parse_query, print_program, print_query,
};
use programs::Written;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

#[path = "support/programs.rs"]
mod programs;

/// The `.dl` files of a folder of the corpus, in order.
#[expect(clippy::disallowed_methods, reason = "tests read their corpus")]
fn corpus(folder: &str) -> Vec<(PathBuf, String)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut paths: Vec<_> = std::fs::read_dir(corpus.join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "dl"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
        .into_iter()
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect()
}

/// Parses what must be without mistakes.
fn check_good<T>(text: &str, parse: impl FnOnce(FileId, &str) -> (T, Vec<Diagnostic>)) -> T {
    let mut sources = Sources::default();
    let file = sources.add("text", text);
    let (tree, diagnostics) = parse(file, text);
    let told: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| {
            let place = sources.place(diagnostic.primary.span);
            format!("{place} {}", diagnostic.message)
        })
        .collect();
    assert_eq!(told, [""; 0], "in:\n{text}");
    tree
}

/// Parsing what is printed gives the same tree, and printing that the same text.
fn check_round_trip(program: &Program) {
    let printed = print_program(program);
    let again = check_good(&printed, parse_program);
    assert_eq!(*program, again, "printed as:\n{printed}");
    assert_eq!(printed, print_program(&again));
}

#[test]
fn the_forty_statements_parse_and_print() {
    for (_, text) in corpus("language") {
        check_round_trip(&check_good(&text, parse_program));
    }
}

/// The text of a bad program without the expectations in it.
fn without_expectations(text: &str) -> String {
    let is_program = |line: &&str| !line.starts_with("// Error:") && !line.starts_with("// Help:");
    let lines: Vec<_> = text.lines().filter(is_program).collect();
    lines.join("\n") + "\n"
}

/// The text of a bad program with what is told of it, each above the line it is about:
/// `// Error: 3-7 code: message`, with the first and last column, and `// Help: …`.
fn with_findings(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("bad.dl", text);
    let (_, diagnostics) = parse_program(file, text);
    let mut told = diagnostics.iter().peekable();
    let mut annotated = String::new();
    for (line, number) in text.lines().zip(1..) {
        while let Some(diagnostic) =
            told.next_if(|diagnostic| sources.position(diagnostic.primary.span).line == number)
        {
            let first = sources.position(diagnostic.primary.span);
            let last = sources.get(file).position(diagnostic.primary.span.end);
            let columns = if last.line > first.line {
                format!("{}-", first.column)
            } else if last.column > first.column + 1 {
                format!("{}-{}", first.column, last.column - 1)
            } else {
                first.column.to_string()
            };
            let Diagnostic { code, message, .. } = diagnostic;
            writeln!(annotated, "// Error: {columns} {code}: {message}").unwrap();
            if let Some(help) = &diagnostic.help {
                writeln!(annotated, "// Help: {help}").unwrap();
            }
        }
        annotated += line;
        annotated += "\n";
    }
    assert_eq!(told.count(), 0, "a place past the end");
    annotated
}

#[test]
fn mistakes_are_told_where_they_are() {
    for (path, text) in corpus("bad-syntax") {
        let found = with_findings(&without_expectations(&text));
        assert_eq!(text, found, "in {}, found:\n{found}", path.display());
    }
}

#[test]
fn each_mistake_has_a_case() {
    let told: String = corpus("bad-syntax")
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    for code in [
        "unexpected-token",
        "missing-full-stop",
        "glued-full-stop",
        "unknown-statement",
        "reserved-word",
        "unquoted-name",
        "misplaced-clause",
        "repeated-clause",
        "ungrouped-alternatives",
        "group-without-alternatives",
        "deep-nesting",
        "unterminated-text",
        "unknown-escape",
        "impossible-date",
        "integer-too-large",
        "decimal-number",
        "reversed-lines",
        "unknown-character",
    ] {
        assert!(told.contains(&format!(" {code}: ")), "{code}");
    }
}

/// As many cases as `PROPTEST_CASES` says, the same on every run.
fn cases() -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(0),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn random_programs_parse_as_printed(program in Program::trees()) {
        check_round_trip(&program);
    }

    #[test]
    fn random_queries_parse_as_printed(query in Query::trees()) {
        let printed = print_query(&query);
        let again = check_good(&printed, parse_query).unwrap();
        prop_assert_eq!(&query, &again, "printed as:\n{}", printed);
        prop_assert_eq!(&printed, &print_query(&again));
    }

    #[test]
    fn random_parts_parse_as_displayed(
        act in TargetKind::trees(),
        atom in Atom::trees(),
        literal in Literal::trees(),
    ) {
        prop_assert_eq!(check_good(&act.to_string(), parse_act).unwrap(), act);
        prop_assert_eq!(check_good(&atom.to_string(), parse_atom).unwrap(), atom);
        prop_assert_eq!(check_good(&literal.to_string(), parse_literal).unwrap(), literal);
    }

    #[test]
    fn random_bytes_give_a_tree_or_a_reason(bytes in any::<Vec<u8>>()) {
        check_any(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn random_tokens_give_a_tree_or_a_reason(text in tokens()) {
        check_any(&text);
    }

    #[test]
    fn damaged_programs_give_a_tree_or_a_reason(
        program in Program::trees(),
        damage in any::<prop::sample::Index>(),
        length in 0..4_usize,
        insertion in tokens(),
    ) {
        let mut text: Vec<char> = print_program(&program).chars().collect();
        let start = damage.index(text.len() + 1);
        let end = (start + length).min(text.len());
        text.splice(start..end, insertion.chars());
        check_any(&text.into_iter().collect::<String>());
    }
}

/// Words and signs in any order, on some lines.
fn tokens() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "norm",
        "define",
        "scope",
        "note",
        "never",
        "sort",
        "document",
        "relation",
        "open",
        "action",
        "resolve",
        "by",
        "of",
        "for",
        "forbid",
        "permit",
        "require",
        "consider",
        "when",
        "unless",
        "per",
        "act",
        "within",
        "after",
        "overrides",
        "otherwise",
        "oblige",
        "lines",
        "en",
        "fr",
        "not",
        "or",
        "count",
        "done",
        "under",
        "may",
        "must",
        "where",
        "because",
        "informative",
        "governs",
        "share",
        "any",
        "kept_by",
        "photo-1",
        "X",
        "Who",
        "_",
        "a/1",
        "42",
        "2024-02-29",
        "2024-02-30",
        "\"text\"",
        "'Roy'",
        "\"",
        "'",
        "\\",
        "(",
        ")",
        "{",
        "}",
        ",",
        ":",
        ":-",
        "?",
        "=",
        "!=",
        "<",
        "+",
        "-",
        "*",
        ".",
        ".\n",
        "// c\n",
        "/// d\n",
        "é",
        ";",
        "3.5",
        "a.b",
    ]);
    let space = prop::sample::select(vec!["", " ", " ", " ", "\n", "\n\n", "\r\n"]);
    let part = (token, space).prop_map(|(token, space)| format!("{token}{space}"));
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// Nothing panics; what is not in the tree has a reason, and what is in it without one can be
/// printed.
fn check_any(text: &str) {
    let file = Sources::default().add("text", text);
    let (program, diagnostics) = parse_program(file, text);
    if diagnostics.is_empty() {
        check_round_trip(&program);
    }
    assert!(diagnostics.is_sorted_by_key(|diagnostic| diagnostic.primary.span.start));
    for diagnostic in &diagnostics {
        let span = diagnostic.primary.span;
        let covered = text.get(span.start as usize..span.end as usize);
        assert!(covered.is_some(), "{diagnostic:?}");
        assert!(!diagnostic.message.contains('\n'), "{diagnostic:?}");
    }
    let is_empty = program.statements.is_empty() && program.trailing.is_empty();
    let is_blank = text.trim_start_matches('\u{feff}').trim().is_empty();
    assert!(!is_empty || is_blank || !diagnostics.is_empty());
    check_part(parse_query(file, text));
    check_part(parse_act(file, text));
    check_part(parse_atom(file, text));
    check_part(parse_literal(file, text));
}

fn check_part<T>((part, diagnostics): (Option<T>, Vec<Diagnostic>)) {
    assert_eq!(part.is_some(), diagnostics.is_empty());
}
