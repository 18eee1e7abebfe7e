//! Policies and facts to explanations, as snapshots.

use attendu::base::Language;
use attendu::explain::{render_dot, render_text};

use crate::fixture::explained;

const POLICY: &str = r#"
document d title en "House rules" fr "Règles internes" jurisdiction here publisher house rank policy
  in force from 2020-01-01 source "house.txt" sha256 "00".
relation minister(person: actor) en "{person} is a minister" fr "{person} est ministre".
relation kept_by(account: account, holder: actor) en "{account} is the account of {holder}" fr "{account} est le compte de {holder}".
relation ministers_account(account: account) en "{account} is a minister's account" fr "{account} est un compte de ministre".
ministers_account(X) :- kept_by(X, M), minister(M).
relation linked(first: account, second: account) en "{first} links to {second}" fr "{first} renvoie à {second}".
relation reaches(first: account, second: account) en "{first} leads to {second}" fr "{first} mène à {second}".
reaches(X, Y) :- linked(X, Y).
reaches(X, Z) :- reaches(X, Y), reaches(Y, Z).
open relation partisan(content: content) en "{content} is partisan" fr "{content} est partisan".
open relation consents(person: actor, content: content) en "{person} consents to {content}" fr "{person} consent à {content}".
relation depicts(content: content, person: actor) en "{content} shows {person}" fr "{content} montre {person}".
open relation followers(account: account) = n: integer en "{account} has {n} followers" fr "{account} a {n} abonnés".
action share(by: actor, of: content, on: account, at: date) en "share" fr "retransmettre".
define d/1 lines 4 en "What shows a minister is not partisan." fr "Ce qui montre un ministre n’est pas partisan."
  not partisan(C) :- depicts(C, P), minister(P).
define d/2 lines 5 en "But it is where several are shown." fr "Sauf s’il en montre plusieurs."
  partisan(C) :- minister(M), depicts(C, M), N = count { P : depicts(C, P) }, N >= 2 overrides d/1.
norm d/3 lines 6-8 en "Do not share on a minister's account." fr "Ne pas retransmettre sur un compte de ministre."
  forbid share of C on X when ministers_account(X) unless partisan(C).
norm d/4 lines 9, 11-12 en "A minister may." fr "Un ministre le peut."
  permit share by M of C on X when kept_by(X, M), minister(M), not partisan(C) overrides d/3.
norm d/5 lines 13 en "Those who are shown must consent." fr "Les personnes montrées consentent."
  require consents(P, C) for share of C when depicts(C, P).
norm d/6 lines 14 en "Large accounts are to be careful." fr "Prudence sur les grands comptes."
  consider share on X raises concern when followers(X, N), N > 1000.
norm d/7 lines 15 en "What leads to @hub is inadvisable." fr "Ce qui mène à @hub est déconseillé."
  discourage share on X when reaches(X, '@hub').
"#;

const FACTS: &str = r#"{
  "actors": [ { "id": "roy", "minister": true }, { "id": "lee" } ],
  "accounts": [
    { "id": "@roy", "kept_by": "roy", "linked": ["@mid"] },
    { "id": "@mid", "linked": ["@hub", "@roy"] },
    { "id": "@hub" } ],
  "content": [
    { "id": "photo", "depicts": ["roy"] },
    { "id": "note" } ],
  "acts": [
    { "id": "by-roy", "action": "share", "by": "roy", "of": "photo", "on": "@roy", "at": "2024-05-02" },
    { "id": "by-lee", "action": "share", "by": "lee", "of": "note", "on": "@roy", "at": "2024-05-02" },
    { "id": "early", "action": "share", "by": "lee", "of": "note", "on": "@roy", "at": "2019-05-02" } ]
}"#;

fn text(act: &str, language: Language) -> String {
    render_text(&explained(POLICY, FACTS, act, language), 60)
}

#[test]
fn a_permission_prevails_under_a_condition() {
    insta::assert_snapshot!("by-roy-en", text("by-roy", Language::En));
    insta::assert_snapshot!("by-roy-fr", text("by-roy", Language::Fr));
}

#[test]
fn what_nobody_stated_leaves_it_open() {
    insta::assert_snapshot!("by-lee-en", text("by-lee", Language::En));
    insta::assert_snapshot!("by-lee-fr", text("by-lee", Language::Fr));
}

#[test]
fn what_is_not_in_force_is_said() {
    insta::assert_snapshot!("early-en", text("early", Language::En));
}

#[test]
fn the_picture_of_a_case() {
    let explanation = explained(POLICY, FACTS, "by-roy", Language::En);
    insta::assert_snapshot!("by-roy-dot", render_dot(&explanation));
}

#[test]
fn the_same_question_gives_the_same_picture() {
    let picture = || render_dot(&explained(POLICY, FACTS, "by-lee", Language::En));
    assert_eq!(picture(), picture());
}

#[test]
fn a_recursive_proof_does_not_rest_on_itself() {
    let found = text("by-lee", Language::En);
    assert!(found.contains("@roy leads to @hub"), "{found}");
    assert!(found.contains("@mid links to @hub"), "{found}");
}
