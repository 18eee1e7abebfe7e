//! Questions, acts and atoms in words.

use attendu::base::{Sources, Span};
use attendu::lang::ast::{QueryKind, Role, TargetKind};
use attendu::lang::{parse_act, parse_atom, parse_query};
use attendu::program::{Query, lower_act, lower_atom, lower_query};

use crate::corpus::{Lowered, lower_one};

const POLICY: &str = "
document rules.
relation minister(person: actor).
minister(roy).
relation kept_by(account: account, holder: actor).
kept_by('@roy', roy).
relation shows_logo(account: account).
action share(by: actor, of: content, on?: account).
action borrow(by: actor, of: resource).
norm rules/1 forbid shows_logo(X) by P when kept_by(X, P).
";

fn policy() -> Lowered {
    let lowered = lower_one(POLICY);
    assert_eq!(lowered.told, [""; 0]);
    lowered
}

/// The columns of the answer to a question, or the codes of what is told of it.
fn columns(text: &str) -> Result<Vec<String>, Vec<&'static str>> {
    let mut lowered = policy();
    let file = Sources::default().add("<query>", text);
    let (query, told) = parse_query(file, text);
    assert_eq!(told, []);
    let span = Span::new(file, 0, text.len());
    let (query, told) = lower_query(
        &lowered.program,
        &mut lowered.universe,
        &query.unwrap(),
        span,
    );
    let Some(query) = query else {
        return Err(told.iter().map(|diagnostic| diagnostic.code).collect());
    };
    let (Query::Body {
        variables, shown, ..
    }
    | Query::Deontic {
        variables, shown, ..
    }) = &query;
    let name = |&variable| variables[variable].name.as_deref().unwrap().to_owned();
    Ok(shown.iter().map(name).collect())
}

#[test]
fn named_variables_are_the_columns() {
    let ok = |names: &[&str]| {
        Ok(names
            .iter()
            .map(|&name| name.to_owned())
            .collect::<Vec<_>>())
    };
    assert_eq!(columns("minister(P), kept_by(X, P)"), ok(&["P", "X"]));
    assert_eq!(columns("minister(P), not kept_by(_, P)"), ok(&["P"]));
    assert_eq!(
        columns("minister(P), N = count { X : kept_by(X, P) }, N >= 2"),
        ok(&["P", "N"])
    );
    assert_eq!(
        columns("may share by Who of What where minister(Who)"),
        ok(&["Who", "What"])
    );
    assert_eq!(
        columns("may A: share by Who where done(A: share by Who)"),
        ok(&["A", "Who"])
    );
    assert_eq!(columns("must not shows_logo(X)"), ok(&["X"]));
    assert_eq!(columns("must any by roy"), ok(&[]));
    assert_eq!(columns("may any by roy of C where content(C)"), ok(&["C"]));
}

/// The parser has no form for it yet, so the tree is made by hand.
#[test]
fn a_variable_may_stand_for_the_action() {
    let mut lowered = policy();
    let text = "must any by roy";
    let file = Sources::default().add("<query>", text);
    let mut query = parse_query(file, text).0.unwrap();
    if let QueryKind::Deontic {
        target: TargetKind::Act(pattern),
        ..
    } = &mut query.kind
    {
        "Action".clone_into(&mut pattern.actions[0].node);
    }
    let span = Span::new(file, 0, text.len());
    let (query, told) = lower_query(&lowered.program, &mut lowered.universe, &query, span);
    assert_eq!(told, []);
    let Some(Query::Deontic {
        action_variable,
        shown,
        ..
    }) = query
    else {
        unreachable!("it was a question about acts")
    };
    assert_eq!(shown, [action_variable.unwrap()]);
}

#[test]
fn questions_know_the_names_of_the_case_alone() {
    assert_eq!(columns("minister(rob)"), Err(vec!["unknown-name"]));
    assert_eq!(columns("may share by rob"), Err(vec!["unknown-name"]));
    assert_eq!(columns("minister(P), P = rob"), Err(vec!["unknown-name"]));
    assert_eq!(columns("may any by roy of C"), Err(vec!["ambiguous-sort"]));
    assert_eq!(
        columns("may minister(P)"),
        Err(vec!["unregulated-situation"])
    );
    assert_eq!(columns("not minister(P)"), Err(vec!["unsafe-variable"]));
    assert_eq!(
        columns("prohibited(share by roy)"),
        Err(vec!["status-in-rule"])
    );
}

#[test]
fn acts_are_described() {
    let mut lowered = policy();
    let mut describe = |text: &str| {
        let file = Sources::default().add("<act>", text);
        let (act, told) = parse_act(file, text);
        assert_eq!(told, []);
        let (act, told) = lower_act(&lowered.program, &mut lowered.universe, &act.unwrap());
        act.ok_or_else(|| told.first().unwrap().code)
    };
    let act = describe("share on '@roy' by roy").unwrap();
    let roles: Vec<_> = act.roles.iter().map(|&(role, _)| role).collect();
    assert_eq!(roles, [Role::By, Role::On]);
    let situation = describe("shows_logo('@roy') by roy").unwrap();
    assert_eq!(situation.arguments.len(), 1);
    assert_eq!(describe("share by Who"), Err("variable-in-description"));
    assert_eq!(describe("share by rob"), Err("unknown-name"));
    assert_eq!(describe("share with roy"), Err("unknown-role"));
    assert_eq!(describe("minister(roy)"), Err("unregulated-situation"));
}

#[test]
fn atoms_are_ground() {
    let mut lowered = policy();
    let mut atom = |text: &str| {
        let file = Sources::default().add("<atom>", text);
        let (atom, told) = parse_atom(file, text);
        assert_eq!(told, []);
        let (atom, told) = lower_atom(&lowered.program, &mut lowered.universe, &atom.unwrap());
        atom.ok_or_else(|| told.first().unwrap().code)
    };
    assert_eq!(atom("kept_by('@roy', roy)").unwrap().1.len(), 2);
    assert_eq!(atom("kept_by('@roy', P)"), Err("variable-in-description"));
    assert_eq!(atom("kept_by('@roy')"), Err("arity-mismatch"));
    assert_eq!(atom("minister(rob)"), Err("unknown-name"));
}
