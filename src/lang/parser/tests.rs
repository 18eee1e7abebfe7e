//! Each form of the grammar, written freely, against its canonical form; where things stand;
//! what is kept of broken texts.

use crate::base::{FileId, Id, Span};
use crate::lang::ast::{LiteralKind, StatementKind, TargetKind, TermKind};
use crate::lang::{
    parse_act, parse_atom, parse_literal, parse_program, parse_query, print_program, print_query,
};

fn file() -> FileId {
    FileId::new(0)
}

/// `text` parses without mistakes, and is printed as `canonical`.
fn check(text: &str, canonical: &str) {
    let (program, diagnostics) = parse_program(file(), text);
    assert_eq!(diagnostics, [], "{text}");
    assert_eq!(print_program(&program), canonical);
}

/// `text` is already as it is printed.
fn check_canonical(text: &str) {
    check(text, text);
}

/// `text` has mistakes with these codes, and this is what is understood of it.
fn check_broken(text: &str, codes: &[&str], understood: &str) {
    let (program, diagnostics) = parse_program(file(), text);
    let found: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect();
    assert_eq!(found, codes, "{diagnostics:#?}");
    assert_eq!(print_program(&program), understood);
}

fn check_query(text: &str, canonical: &str) {
    let (query, diagnostics) = parse_query(file(), text);
    assert_eq!(diagnostics, [], "{text}");
    assert_eq!(print_query(&query.unwrap()), canonical);
}

#[test]
fn sorts() {
    check_canonical("sort tone.\n");
    check(
        "sort tone=formal,'very formal' , en.",
        "sort tone = formal, 'very formal', en.\n",
    );
}

#[test]
fn documents() {
    check_canonical("document a.\n");
    check(
        "document a source \"f\" sha256 \"0\" in force until 2024-01-02 title fr \"T\" rank act.",
        "document a title fr \"T\" rank act in force until 2024-01-02 source \"f\" sha256 \"0\".\n",
    );
    check_canonical(
        "document on-ministers
  title en \"Ministers' accounts\" fr \"Comptes des ministres\"
  jurisdiction ontario publisher 'Cabinet Office' rank guideline
  in force from 2021-04-19 until 2022-01-01T12:30
  source \"000.txt\" sha256 \"00\".\n",
    );
}

#[test]
fn relations() {
    check_canonical("relation now(time: date).\n");
    check_canonical("open fixed relation p(x: actor, y: act) = n: integer fr \"{x}\".\n");
    check_canonical(
        "open relation partisan(content: content)
  en \"{content} is partisan, which is a matter of judgement\"
  fr \"{content} est à caractère partisan, ce qui s’apprécie\".\n",
    );
}

#[test]
fn actions() {
    check_canonical(
        "action share(by: actor, with?: resource) is publish, use en \"share\" fr \"diffuser\".\n",
    );
}

#[test]
fn rules() {
    check("p( roy )  .", "p(roy).\n");
    check_canonical("not p(X) :- q(X, _), not r(X) unless s(X), X != en-1 unless t(X).\n");
    check_canonical(
        "account_of(X, D) :-
  kept_by(X, D), (ministry(D) or department(D) or federal_institution(D) or public_agency(D)),
  in_force(D).\n",
    );
}

#[test]
fn definitions() {
    check_canonical("define a-b/1c not p(X) :- q(X) unless r(X) overrides a-b/2, a-b/3/1.\n");
    check(
        "define a/1 lines 1 - 1, 3-4 en \"one\" p(roy).",
        "define a/1 lines 1, 3-4 en \"one\" p(roy).\n",
    );
}

#[test]
fn scopes() {
    check_canonical("scope a/1 governs when p(x).\n");
    check_canonical("scope a/1 excludes share or use by D on '@j.d' when p(D) unless q(D).\n");
}

#[test]
fn effects() {
    for effect in [
        "forbid share or use by M of _",
        "permit not A: any by S at 2024-02-29T10:30",
        "oblige not shows_logo(X, \"a \\\"b\\\" \\\\ \\n\", en) by P",
        "discourage p(X) by Y for A: share of X",
        "recommend p(X) for share of X",
        "require p(X), (q(X) or r(X), s(X)) for A: share of X",
        "consider share of X",
        "consider share of X raises concern",
        "consider share of X lowers concern",
        "consequence may_be_disciplined(P)",
    ] {
        check_canonical(&format!("norm a/1 {effect}.\n"));
    }
}

#[test]
fn norms_with_all_clauses() {
    check_canonical(
        "norm on-ministers/068b lines 90, 92-93
  en \"An account.\"
  fr \"Un compte.\"
  oblige A: share or use by M of C
  per C, M
  within 5 days after D
  when p(C, D), q(M)
  unless r(M), s(C)
  unless t(M)
  overrides on-ministers/068, on-ministers/069
  otherwise oblige withdraw by M of C within 2 weeks after D
  otherwise oblige shows(C).\n",
    );
    check_canonical("norm a/1 forbid share of C per act.\n");
}

#[test]
fn long_requirements_part_from_their_acts() {
    check_canonical(
        "norm on-ministers/032
  require consents(P, E)
  for forward by S of E
  when office_staff(S), sent_by(E, P), personal_information(E).\n",
    );
}

#[test]
fn notes() {
    check_canonical("note a/1 because informative.\n");
    check_canonical("note a/1 because duplicate a/2 for any by S.\n");
    check_canonical("note a/1 fr \"x\" because external \"Act\" for any by S when p(S), q(S).\n");
}

#[test]
fn constraints_and_principles() {
    check_canonical("never p(X), q(X) en \"not both\" fr \"pas les deux\".\n");
    check_canonical("never (p(a) or q(a)).\n");
    check_canonical("resolve by exception, superior, later.\n");
}

#[test]
fn conditions() {
    for condition in [
        "not done(B: publish or share of C at U, under on-ops/051)",
        "breach(any by P, under on-ops)",
        "(p(X) or q(X), not r(X) or (s(X) or t(X)))",
        "D + 30 days - 2 * 3 <= 2016-05-11",
        "5 days < X",
        "\"a\" != 'en'",
        "M * 2 > N - n-1 + n - 1",
        "N = count { B, 3 : done(B: any), B != A }",
        "N - 1 = sum { N, A : p(N, A) }",
        "N = min { N : p(N) }",
        "N = max { N : p(N) }",
        "X = act",
    ] {
        check_canonical(&format!("p(X) :- {condition}.\n"));
    }
}

#[test]
fn symbols_are_quoted_where_they_are_no_names() {
    check(
        "p('photo-1', 'Roy', 'en', 'of', 'a\\'b', '', '@roy', 'act', 'é', 'a/1').",
        "p(photo-1, 'Roy', en, 'of', 'a\\'b', '', @roy, act, 'é', 'a/1').\n",
    );
}

#[test]
fn comments_above_within_and_behind() {
    check_canonical(
        "// Top.

// Group.
//
////////
// // twice
/// Means
///
/// this.
sort a. // behind
sort b.

sort c.
// End.

// Last.\n",
    );
    check(
        "\n\n// one\n\n\n// two\n/// doc\n// three\nnorm a/1 // four\n  /// five\n  forbid x. //\n\n\n",
        "// one\n\n// two\n// three\n// four\n// five\n/// doc\nnorm a/1 forbid x. //\n",
    );
    check("sort a. /// next\nsort b.", "sort a.\n/// next\nsort b.\n");
    check("/// alone", "// alone\n");
    check("sort a. sort b.", "sort a.\nsort b.\n");
}

#[test]
fn layout_of_other_systems() {
    check(
        "\u{feff}sort a.\r\n\r\n// b\r\nsort\tb\u{a0}.",
        "sort a.\n\n// b\nsort b.\n",
    );
}

#[test]
fn questions() {
    check_query(
        "may share by Who of What where minister(Who).",
        "may share by Who of What where minister(Who)\n",
    );
    check_query("must not A: any by Who", "must not A: any by Who\n");
    check_query("must  shows_logo(X) by T", "must shows_logo(X) by T\n");
    check_query("conflict any on X", "conflict any on X\n");
    check_query("must Action  by Who", "must Action by Who\n");
    check_query("may Action where p(X)", "may Action where p(X)\n");
    check_query("N = count { A : p(A) }", "N = count { A : p(A) }\n");
    check_query(
        "// Why.\n\nunregulated any by Who // who\n where p(Who)",
        "// Why.\n// who\nunregulated any by Who where p(Who)\n",
    );
    check_query(
        "minister (X), N = count { Y : p(X, Y) }",
        "minister(X), N = count { Y : p(X, Y) }\n",
    );
}

#[test]
fn questions_with_mistakes() {
    for (text, message, help) in [
        (
            "mya share by Who",
            "expected a question or a condition, found `mya`",
            "a question starts with `may`, `must`, `must not`, `conflict` or `unregulated`",
        ),
        (
            "may share when p(X)",
            "expected `where`, found `when`",
            "the conditions of a question follow `where`",
        ),
        (
            "may",
            "expected the name of an action or a relation, found the end",
            "",
        ),
        ("p(X). q(X)", "expected nothing more, found `q`", ""),
        ("", "expected a condition, found the end", ""),
    ] {
        let (query, diagnostics) = parse_query(file(), text);
        assert_eq!(query, None);
        let told: Vec<_> = diagnostics
            .iter()
            .map(|told| {
                (
                    told.message.as_str(),
                    told.help.as_deref().unwrap_or_default(),
                )
            })
            .collect();
        assert_eq!(told, [(message, help)]);
    }
}

#[test]
fn parts_for_the_command_line() {
    let (act, _) = parse_act(file(), "share by roy of photo-1 on @roy");
    let Some(TargetKind::Act(pattern)) = act else {
        panic!("{act:?}");
    };
    assert_eq!(pattern.roles.len(), 3);
    assert_eq!(pattern.to_string(), "share by roy of photo-1 on @roy");
    let (state, _) = parse_act(file(), "shows_logo(@roy) by roy");
    assert_eq!(state.unwrap().to_string(), "shows_logo(@roy) by roy");
    let (atom, _) = parse_atom(file(), "consents(lee, 'Photo 1').");
    assert_eq!(atom.unwrap().to_string(), "consents(lee, 'Photo 1')");
    let (literal, _) = parse_literal(file(), "not consents(lee, photo-1)");
    let kind = literal.unwrap().kind;
    assert!(matches!(kind, LiteralKind::Atom { negated: true, .. }));
    let (nothing, diagnostics) = parse_act(file(), "share by jane.doe");
    assert_eq!(nothing, None);
    assert_eq!(diagnostics[0].help.as_deref(), Some("write `'jane.doe'`"));
}

#[test]
fn places_of_parts() {
    let text = "// c\nnorm a/1 forbid share of X // e\n  when p(X, 3). // f\n";
    let (program, _) = parse_program(file(), text);
    let of = |span: Span| text.get(span.start as usize..span.end as usize).unwrap();
    let statement = &program.statements[0];
    assert_eq!(
        of(statement.span.0),
        "norm a/1 forbid share of X // e\n  when p(X, 3)."
    );
    let StatementKind::Norm(norm) = &*statement.kind else {
        panic!("{statement:?}");
    };
    assert_eq!(of(norm.effect.span), "forbid share of X");
    assert_eq!(of(norm.when[0].span.0), "p(X, 3)");
    let LiteralKind::Atom { atom, .. } = &norm.when[0].kind else {
        panic!("{norm:?}");
    };
    assert_eq!(of(atom.relation.span), "p");
    assert_eq!(of(atom.terms[1].span.0), "3");
    assert_eq!(atom.terms[1].kind, TermKind::Integer(3));
}

#[test]
fn what_is_out_of_place_is_kept() {
    check_broken(
        "norm a/1 when p(C) forbid share of C.\nrelation of(x: actor).",
        &["misplaced-clause", "reserved-word"],
        "norm a/1 forbid share of C when p(C).\nrelation of(x: actor).\n",
    );
}

#[test]
fn one_missing_full_stop_hides_nothing() {
    check_broken(
        "sort a\nsort b\np(X) :- q(X)\nr(a).\n  sort c sort d.\nsort e.",
        &[
            "missing-full-stop",
            "missing-full-stop",
            "missing-full-stop",
            "unexpected-token",
        ],
        "sort a.\nsort b.\np(X) :- q(X).\nr(a).\nsort c.\nsort e.\n",
    );
}

#[test]
fn a_broken_statement_ends_at_its_full_stop_or_before_the_next() {
    check_broken(
        "norm a/1 forbid (x.y) of. sort a.\nnorm a/2\nsort b.\nsort = c\nsort d.",
        &[
            "unexpected-token",
            "unquoted-name",
            "unexpected-token",
            "unexpected-token",
        ],
        "sort a.\nsort b.\nsort d.\n",
    );
}

#[test]
fn mistakes_are_counted() {
    let (_, diagnostics) = parse_program(file(), &"? . ".repeat(5000));
    assert_eq!(diagnostics.len(), 1001);
    let last = diagnostics.last().unwrap();
    assert_eq!(last.code, "too-many-errors");
}

#[test]
fn nesting_is_bounded() {
    let nested = |depth: usize| {
        let (open, close) = ("(p(X) or ".repeat(depth), ")".repeat(depth));
        format!("p(X) :- {open}q(X){close}.")
    };
    let codes = |text: &str| -> Vec<_> {
        let (_, diagnostics) = parse_program(file(), text);
        diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code)
            .collect()
    };
    assert_eq!(codes(&nested(super::MAX_DEPTH)), [""; 0]);
    assert_eq!(codes(&nested(super::MAX_DEPTH + 1)), ["deep-nesting"]);
    assert_eq!(codes(&nested(100_000)), ["deep-nesting"]);
    let reparations = "otherwise oblige x ".repeat(100_000);
    assert_eq!(
        codes(&format!("norm a/1 forbid x {reparations}.")),
        ["deep-nesting"]
    );
}
