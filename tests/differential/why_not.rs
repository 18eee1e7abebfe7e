//! Why a verdict did not come, on random policies: what is said to be missing does not hold, what
//! is said to hold does, what stands against it may, and a norm that does not apply lacks something.

use std::cell::Cell;

use attendu::base::{Language, Sources};
use attendu::deontic::{Judge, Verdict};
use attendu::engine::Timeline;
use attendu::explain::words::Vocabulary;
use attendu::explain::{AtomParts, Edge, Explanation, NodeKind, why_not};
use attendu::lang::parse_program;
use attendu::load::{Act, add_texts, load_facts};
use attendu::program::from_ast;
use proptest::prelude::*;

use super::AS_OF;
use super::policy::{Atom, Case, Relation, Tape};

/// Every act's explanations; none where the policy is refused.
fn explanations(case: &Case) -> Vec<Explanation> {
    let order: Vec<_> = (0..case.norms.len()).collect();
    let policy = case.policy(&order);
    let mut sources = Sources::default();
    let file = sources.add("policy.dl", policy.as_str());
    let (tree, _) = parse_program(file, &policy);
    let (program, universe, found) = from_ast(&[(file, tree)]);
    if found.iter().any(attendu::base::Diagnostic::is_error) {
        return Vec::new();
    }
    let facts = case.facts(false);
    let files = add_texts([("facts.json", facts.as_str())], &mut sources);
    let (loaded, _) = load_facts(&program, universe, &sources, &files, AS_OF);
    let loaded = loaded.unwrap();
    let timeline = Timeline::new(&program, &loaded.universe, &loaded.facts);
    let mut judge = Judge::new(&timeline, loaded.acts.values().map(Act::record), AS_OF);
    let vocabulary = Vocabulary::of_program(&program);
    let mut explained = Vec::new();
    for act in loaded.acts.values() {
        for wanted in [
            None,
            Some(Verdict::Permitted),
            Some(Verdict::Prohibited),
            Some(Verdict::Conditional),
            Some(Verdict::Conflict),
            Some(Verdict::Unregulated),
        ] {
            let act = (act.value, Some(act.name.as_str()));
            let language = Language::En;
            let found = why_not(&mut judge, &sources, &vocabulary, language, act, wanted);
            explained.push(found.unwrap());
        }
    }
    explained
}

/// The atom of the generator that a node states; none where some argument is open.
fn atom_of(parts: &AtomParts) -> Option<Atom> {
    let relation = Relation::named(&parts.relation)?;
    let index = |argument: &Option<String>| argument.as_ref()?.get(1..)?.parse().ok();
    let tuple: Option<Vec<_>> = parts.arguments.iter().map(index).collect();
    Some((relation, tuple?))
}

fn parts(kind: &NodeKind) -> Option<&AtomParts> {
    match kind {
        NodeKind::Fact { atom, .. }
        | NodeKind::Absence { atom, .. }
        | NodeKind::Unknown { atom } => Some(atom),
        _ => None,
    }
}

fn check(choices: Vec<u32>, seen: &Cell<[u32; 4]>) -> Result<(), TestCaseError> {
    let case = Case::read(&mut Tape::new(choices));
    let mut counts = seen.get();
    for explanation in explanations(&case) {
        for (_, to, edge) in explanation.edges() {
            let kind = &explanation.node(to).unwrap().kind;
            let Some(atom) = parts(kind).and_then(atom_of) else {
                continue;
            };
            let known = case.known(&atom);
            let (place, wrong) = match edge {
                Edge::Fails => (0, known == Some(true)),
                Edge::Holds => (1, known != Some(true)),
                Edge::Bars => (2, known == Some(false)),
                _ => continue,
            };
            counts[place] += 1;
            let act = &explanation.act;
            prop_assert!(!wrong, "{act}: {edge:?} {kind:?} but {known:?}\n{case:#?}");
        }
        for (id, node) in explanation.nodes() {
            let NodeKind::Norm(norm) = &node.kind else {
                continue;
            };
            if norm.status != "unmet" {
                continue;
            }
            counts[3] += 1;
            let children = explanation.children(id);
            let lacks = |edge| matches!(edge, Edge::Fails | Edge::Bars);
            let said = children.iter().any(|&(edge, _)| lacks(edge));
            prop_assert!(said, "{}: {} lacks nothing", explanation.act, norm.id);
        }
    }
    seen.set(counts);
    Ok(())
}

#[test]
fn what_is_missing_does_not_hold() {
    let seen = Cell::new([0; 4]);
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let tapes = prop::collection::vec(any::<u32>(), 0..160);
    let outcome = runner.run(&tapes, |choices| check(choices, &seen));
    if let Err(error) = outcome {
        panic!("{error}");
    }
    // Each kind is seen often, or nothing was compared.
    assert!(
        seen.get().iter().all(|&count| count > 50),
        "{:?}",
        seen.get()
    );
}
