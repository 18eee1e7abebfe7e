//! Loads a small case and explains an act of it; builds graphs by hand.

#![expect(
    clippy::unwrap_used,
    reason = "a fixture that does not load fails its test"
)]

use attendu::base::{Language, Sources};
use attendu::deontic::Judge;
use attendu::engine::Timeline;
use attendu::explain::words::Vocabulary;
use attendu::explain::{AtomParts, Explanation, NodeKind, NormNode, explain};
use attendu::lang::parse_program;
use attendu::load::{Act, load_facts};
use attendu::program::{SortId, from_ast};

/// 2024-06-01, in minutes since 1970.
const TODAY: i64 = 28_619_280;

/// The explanation of the act called `act`.
pub(crate) fn explained(policy: &str, facts: &str, act: &str, language: Language) -> Explanation {
    let mut sources = Sources::default();
    let file = sources.add("policy.dl", policy);
    let (tree, found) = parse_program(file, policy);
    assert_eq!(found.len(), 0, "{found:#?}");
    let (program, universe, found) = from_ast(&[(file, tree)]);
    let errors: Vec<_> = found.iter().filter(|one| one.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let file = sources.add("facts.json", facts);
    let (case, found) = load_facts(&program, universe, &sources, &[file], TODAY);
    assert!(case.is_some(), "{found:#?}");
    let case = case.unwrap();
    let timeline = Timeline::new(&program, &case.universe, &case.facts);
    let mut judge = Judge::new(&timeline, case.acts.values().map(Act::record), TODAY);
    let vocabulary = Vocabulary::of_program(&program);
    let value = case.universe.get(SortId::ACT, act).unwrap();
    explain(
        &mut judge,
        &sources,
        &vocabulary,
        language,
        value,
        Some(act),
    )
    .unwrap()
}

/// An atom of one argument.
pub(crate) fn atom(relation: &str, argument: &str) -> AtomParts {
    AtomParts {
        written: format!("{relation}({argument})"),
        relation: relation.to_owned(),
        arguments: vec![Some(argument.to_owned())],
    }
}

/// A fact without a place.
pub(crate) fn fact(argument: &str) -> NodeKind {
    NodeKind::Fact {
        atom: atom("p", argument),
        place: None,
    }
}

/// A norm in force.
pub(crate) fn norm(id: &str) -> NodeKind {
    NodeKind::Norm(Box::new(NormNode {
        id: id.to_owned(),
        effect: "forbid",
        status: "in",
        certain: true,
        ..NormNode::default()
    }))
}

/// The verdict of an act.
pub(crate) fn verdict(act: &str) -> NodeKind {
    NodeKind::Verdict {
        act: act.to_owned(),
        verdict: "prohibited",
    }
}
