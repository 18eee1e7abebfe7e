//! Diagnostics as they are shown.

use crate::base::{Diagnostic, FileId, Sources, Span};
use crate::reasoner::Language;

use super::*;

const PLAIN: DiagnosticStyle = DiagnosticStyle {
    color: false,
    no_graphics: false,
    width: 60,
    all: false,
};

fn rendered(found: &[Diagnostic], sources: &Sources, style: DiagnosticStyle) -> String {
    let mut err = Vec::new();
    diagnostics(
        found,
        sources,
        &Messages::new(Language::En),
        style,
        &mut err,
    )
    .unwrap();
    String::from_utf8(err).unwrap()
}

/// A source and the span of `part` in it.
fn source(text: &str, part: &str) -> (Sources, FileId, Span) {
    let mut sources = Sources::default();
    let file = sources.add("a.dl", text);
    let start = text.find(part).unwrap();
    (sources, file, Span::new(file, start, start + part.len()))
}

#[test]
fn a_full_diagnostic() {
    let text = "// é\nrelation p(a: actor).\n\n\n\n\n\nrelation q(a: acount).\n";
    let (mut sources, file, span) = source(text, "acount");
    let other = sources.add("b.dl", "sort account.");
    let found = Diagnostic::error("unknown-sort", span, "there is no sort `acount`")
        .label("not declared")
        .also(Span::new(file, 15, 16), "the same relation's sister")
        .also(Span::new(other, 5, 12), "this one is like it")
        .note("sorts are declared by `sort`")
        .help("did you mean `account`?");
    insta::assert_snapshot!(rendered(&[found], &sources, PLAIN));
}

#[test]
fn without_drawn_lines() {
    let (sources, _, span) = source("sort acount.", "acount");
    let found = Diagnostic::warning("unused-sort", span, "nothing is an `acount`")
        .label("declared here")
        .help("remove it");
    let style = DiagnosticStyle {
        no_graphics: true,
        ..PLAIN
    };
    insta::assert_snapshot!(rendered(&[found], &sources, style));
}

#[test]
fn the_end_of_a_file_can_be_pointed_at() {
    for text in ["", "p(a)", "p(a).\n"] {
        let mut sources = Sources::default();
        let file = sources.add("a.dl", text);
        let found = Diagnostic::error(
            "syntax",
            Span::new(file, text.len(), text.len()),
            "`.` expected",
        );
        let shown = rendered(&[found], &sources, PLAIN);
        assert!(shown.contains("--> a.dl:"), "{shown}");
    }
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let filler = "é, ".repeat(3_000_000);
    let text = format!("{filler}wrong, {filler}");
    let (sources, _, span) = source(&text, "wrong");
    let far = Span::new(span.file, 0, 2);
    let found: Vec<_> = (0..60)
        .map(|_| Diagnostic::error("bad", span, "this is wrong").also(far, "unlike this"))
        .collect();
    let shown = rendered(&found, &sources, PLAIN);
    assert!(shown.contains("--> a.dl:1:9000001\n"));
    assert!(
        shown.lines().all(|line| line.chars().count() <= 120),
        "{shown}"
    );
    assert!(shown.len() < 60_000, "{}", shown.len());
    assert!(
        shown.ends_with(
            "60 errors (and 10 more that are not shown; --all-diagnostics shows them)\n"
        )
    );
}

#[test]
fn errors_are_shown_before_warnings_where_not_all_are() {
    let (sources, _, span) = source("p.", "p");
    let mut found = vec![Diagnostic::warning("odd", span, "this is odd"); 60];
    found.push(Diagnostic::error("bad", span, "this is bad"));
    assert!(rendered(&found, &sources, PLAIN).starts_with("error[bad]"));
    found.pop();
    let shown = rendered(&found, &sources, PLAIN);
    assert_eq!(shown.matches("warning[odd]").count(), 5);
    let style = DiagnosticStyle { all: true, ..PLAIN };
    let shown = rendered(&found, &sources, style);
    assert_eq!(shown.matches("warning[odd]").count(), 60);
}

#[test]
fn a_span_of_many_lines_is_cut() {
    let text = "line\n".repeat(10_000);
    let mut sources = Sources::default();
    let file = sources.add("a.dl", text.as_str());
    let found = Diagnostic::error("bad", Span::new(file, 5, 49_000), "all of this");
    let shown = rendered(&[found], &sources, PLAIN);
    assert!(shown.lines().count() < 80, "{shown}");
}

#[test]
fn a_long_line_stays_readable() {
    let filler = r#"{ "id": "photo" }, "#.repeat(5_000);
    let (sources, _, span) = source(&format!("[{filler}oops, {filler}]"), "oops");
    let found = Diagnostic::error("syntax", span, "a value is expected").label("not a value");
    insta::assert_snapshot!(rendered(&[found], &sources, PLAIN));
}
