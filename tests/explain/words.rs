//! Every form of statement, read aloud in both languages.

#![expect(
    clippy::unwrap_used,
    reason = "a statement that is wrong fails its test"
)]

use std::fmt::Write;

use attendu::base::{FileId, Id, Language};
use attendu::explain::words::{Vocabulary, Words};
use attendu::lang::{parse_act, parse_atom, parse_program};

const VOCABULARY: &str = r#"
sort event.
relation minister(person: actor) en "{person} is a minister" fr "{person} est ministre".
relation kept_by(account: account, holder: actor) en "{account} is the account of {holder}" fr "{account} est le compte de {holder}".
relation handles(person: actor, account: account) en "{person} holds {account} or acts for its holder" fr "{person} est titulaire de {account} ou agit pour lui".
open relation partisan(content: content) en "{content} is partisan" fr "{content} est partisan".
open relation consents(person: actor, content: content) en "{person} consents to {content}" fr "{person} consent à {content}".
relation signed(person: actor, content: content, day: date) en "{person} signed for {content} on {day}" fr "{person} a signé pour {content} le {day}".
relation taken_at(content: content, event: event) en "{content} was taken at {event}" fr "{content} a été pris à {event}".
relation untold(first: actor, second: actor).
open relation shows_logo(account: account) en "{account} shows the logo" fr "{account} affiche le logo".
action use(by: actor, of: content, on?: account) en "use" fr "utiliser".
action share(by: actor, of: content, on: account, at: date) is use en "share" fr "retransmettre".
action interact(by: actor, of?: content, on: account) en "interact" fr "interagir".
action respond(by: actor, of: content, to?: actor) en "answer {of}" fr "répondre à {of}".
"#;

fn read(statement: &str, language: Language) -> String {
    let all = format!("{VOCABULARY}{statement}");
    let (program, found) = parse_program(FileId::new(0), &all);
    assert!(found.is_empty(), "{found:#?}");
    let vocabulary = Vocabulary::of_statements(&program.statements);
    let last = program.statements.last().unwrap();
    Words::new(&vocabulary, language)
        .statement(&last.kind)
        .replace('\u{a0}', " ")
}

/// One statement of each form. What they are read as is in the snapshot.
const STATEMENTS: &[&str] = &[
    "norm d/1 forbid share of C on X when kept_by(X, M), partisan(C).",
    "norm d/2 forbid share by S of C on X per P when kept_by(X, P), minister(P) unless consents(P, C) unless minister(S), handles(S, X).",
    "norm d/3 permit share or use by M of C when minister(M) overrides d/1, d/2.",
    "norm d/4 permit not respond by M of C when minister(M).",
    "norm d/5 oblige respond by M of C to S within 5 days after D when signed(S, C, D), minister(M) otherwise oblige use by M of C within 1 week after D otherwise oblige shows_logo(X) by M.",
    "norm d/6 forbid not use by M of C when minister(M).",
    "norm d/7 oblige not use by M of C when minister(M).",
    "norm d/8 discourage A: interact by M of C on X per act when minister(M), kept_by(X, M).",
    "norm d/9 recommend interact by M on X when kept_by(X, M).",
    "norm d/10 forbid shows_logo(X) by P when kept_by(X, P).",
    "norm d/11 permit shows_logo(X) when kept_by(X, _).",
    "norm d/12 permit not shows_logo(X) by P when kept_by(X, P).",
    "norm d/13 oblige shows_logo(X) by P when kept_by(X, P).",
    "norm d/14 oblige not shows_logo(X) by P when kept_by(X, P).",
    "norm d/15 recommend consents(P, C) for A: use by W of C when kept_by(X, W), signed(P, C, _).",
    "norm d/16 require consents(P, C), D <= T for share by S of C at T when signed(P, C, D).",
    "norm d/17 require (consents(P, C) or partisan(C)) for use of C when signed(P, C, _).",
    "norm d/18 consider share by S on X raises concern when kept_by(X, S), not minister(S).",
    "norm d/19 consider share lowers concern.",
    "norm d/20 consider share of C when not consents(_, C).",
    "norm d/21 consequence minister(P) when breach(any by P, under d), not prohibited(use by P of photo-1, under d/3).",
    "norm d/22 permit A: share of C on X when (done(B: share of C on Y) or planned(B: share of C on Y)), not handles(roy, Y), untold(lee, roy), not untold(lee, lee).",
    "norm d/23 recommend respond by S of C when unsettled(any by S), case(A: use by S of C), not permitted(use by S of C).",
    "norm d/24 forbid any by M on X when N = count { C, P : consents(P, C), signed(P, C, _) }, N >= 2, N != 5, kept_by(X, M).",
    "norm d/25 forbid use by M of C when D = max { E : signed(M, C, E) }, T = D + 30 days, U - D > 2 weeks, signed(M, C, U), signed(M, C, T).",
    "norm d/26 discourage share of C on X at T when M < N * 2, N = sum { 1 : partisan(C) }, M = min { 2 : partisan(C) }.",
    "norm d/27 forbid use by P of C when (deputy(P) or (minister(P), partisan(C) or kept_by(X, P), shows_logo(X))), Q != P, minister(Q).",
    "define d/30 not partisan(C) :- taken_at(C, E), event(E) unless minister(M), consents(M, C) overrides d/31.",
    "define d/31 partisan(photo-1).",
    "partisan(C) :- signed(_, C, D), D < 2024-05-02.",
    "scope d/32 governs by M when minister(M).",
    "scope d/33 excludes on X when kept_by(X, M), minister(M) unless shows_logo(X).",
    "scope d/34 governs share or use by M when minister(M).",
    "note d/35 because informative.",
    "note d/36 because duplicate d/1.",
    "note d/37 because external \"Act, 2006\" for any by S when minister(S).",
    "never shows_logo(X), kept_by(X, M), minister(M).",
];

#[test]
fn statements_are_read_aloud() {
    let mut readings = String::new();
    for statement in STATEMENTS {
        let (en, fr) = (read(statement, Language::En), read(statement, Language::Fr));
        writeln!(readings, "{statement}\n  {en}\n  {fr}\n").unwrap();
    }
    insta::assert_snapshot!("readings", readings);
}

#[test]
fn acts_are_read_aloud() {
    let (program, _) = parse_program(FileId::new(0), VOCABULARY);
    let vocabulary = Vocabulary::of_statements(&program.statements);
    let say = |text: &str, language| {
        let (act, _) = parse_act(FileId::new(0), text);
        Words::new(&vocabulary, language).described(&act.unwrap())
    };
    for (act, en, fr) in [
        (
            "share by roy of photo-1 on @roy at 2024-05-02",
            "share photo-1 on @roy on 2024-05-02, by roy",
            "retransmettre photo-1 sur @roy le 2024-05-02, par roy",
        ),
        (
            "respond by roy of mail",
            "answer mail, by roy",
            "répondre à mail, par roy",
        ),
        (
            "interact of mail on @roy",
            "interact concerning mail on @roy",
            "interagir concernant mail sur @roy",
        ),
        (
            "shows_logo(@roy)",
            "@roy shows the logo",
            "@roy affiche le logo",
        ),
    ] {
        assert_eq!(say(act, Language::En), en);
        assert_eq!(say(act, Language::Fr), fr);
    }
}

#[test]
fn names_are_kept() {
    let (program, _) = parse_program(FileId::new(0), VOCABULARY);
    let vocabulary = Vocabulary::of_statements(&program.statements);
    let say = |text: &str, language| {
        let (atom, _) = parse_atom(FileId::new(0), text);
        Words::new(&vocabulary, language).atom(&atom.unwrap())
    };
    for (atom, en, fr) in [
        (
            "kept_by('@x.y', alice)",
            "@x.y is the account of alice",
            "@x.y est le compte d’alice",
        ),
        (
            "consents(_, 'le monde')",
            "some actor consents to le monde",
            "un acteur quelconque consent à le monde",
        ),
        (
            "signed(lee, p, 2024-05-02)",
            "lee signed for p on 2024-05-02",
            "lee a signé pour p le 2024-05-02",
        ),
        ("untold(lee, roy)", "untold(lee, roy)", "untold(lee, roy)"),
        ("event(gala)", "gala is an event", "gala est du type event"),
    ] {
        assert_eq!(say(atom, Language::En), en);
        assert_eq!(say(atom, Language::Fr), fr);
    }
}
