//! Interviews on random policies: answered as any completion has it, an interview ends in the
//! verdict of that completion, after no more questions than there are unknown atoms; and what its
//! answers say as a file of facts gives the same verdict.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::PathBuf;

use attendu::reasoner::view::{AskedView, Wants};
use attendu::reasoner::{Interview, Options, Reasoner, Reply};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use tempfile::TempDir;

use super::definition::{atoms, define};
use super::policy::{Atom, Case, Relation, STRANGER, Tape, acts};
use super::{AS_OF, Seen, fixed_runner};

/// What the stranger is called once someone has to be named.
const NAMED: &str = "someone";

/// The case read from files by the façade; none where the policy is refused.
pub(crate) fn loaded(case: &Case, folder: &TempDir, more: Option<&str>) -> Option<Reasoner> {
    let order: Vec<_> = (0..case.norms.len()).collect();
    let write = |name: &str, text: &str| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let mut facts = vec![write("facts.json", &case.facts(false))];
    facts.extend(more.map(|text| write("answers.json", text)));
    let options = Options {
        policies: vec![write("policy.dl", &case.policy(&order))],
        facts,
        as_of: AS_OF,
        ..Options::default()
    };
    Reasoner::load(&options, None).ok()
}

/// What a completion answers.
fn reply(asked: &AskedView, holds: &dyn Fn(&Atom) -> bool) -> Reply {
    let relation = Relation::named(&asked.relation).unwrap();
    let index = |name: &String| match name.as_str() {
        NAMED => STRANGER,
        name => name[1..].parse().unwrap(),
    };
    let given: Vec<_> = asked.arguments.iter().flatten().map(index).collect();
    if asked.wants == Wants::Whether {
        return Reply::Holds(holds(&(relation, given)));
    }
    let mut names = Vec::new();
    for person in 0..=STRANGER {
        let mut tuple = given.clone();
        tuple.push(person);
        if holds(&(relation, tuple)) {
            names.push(match person {
                STRANGER => NAMED.to_owned(),
                person => format!("a{person}"),
            });
        }
    }
    let new = names
        .iter()
        .filter(|name| *name == NAMED)
        .cloned()
        .collect();
    if names.is_empty() {
        return Reply::Holds(false);
    }
    Reply::These { names, new }
}

/// The interview about an act once every question is answered by `answer`.
fn ended(
    reasoner: &mut Reasoner,
    act: &str,
    answer: &dyn Fn(&AskedView) -> Reply,
) -> Result<(Interview, &'static str), TestCaseError> {
    let mut interview = Interview::new(act);
    loop {
        let view = reasoner.interview(&interview);
        let view = view.map_err(|found| TestCaseError::fail(format!("{found:#?}")))?;
        let Some(asked) = view.questions.first() else {
            return Ok((interview, view.verdict.verdict));
        };
        let reply = answer(asked);
        let next = interview.with(asked, &reply);
        let unfit = || TestCaseError::fail(format!("{reply:?} to {asked:?}"));
        interview = next.ok_or_else(unfit)?;
    }
}

/// One act, answered as a completion that `choice` picks has it.
fn check(
    case: &Case,
    (by, of): (usize, usize),
    choice: u32,
    seen: &mut Seen,
) -> Result<(), TestCaseError> {
    let folder = TempDir::new().unwrap();
    let Some(mut reasoner) = loaded(case, &folder, None) else {
        return Ok(());
    };
    let unknown: Vec<Atom> = atoms(of)
        .into_iter()
        .filter(|atom| case.known(atom).is_none())
        .collect();
    let world: BTreeMap<Atom, bool> = unknown
        .iter()
        .enumerate()
        .map(|(index, atom)| (atom.clone(), choice >> index & 1 == 1))
        .collect();
    let holds = |atom: &Atom| case.holds(&world, atom);
    let due = define(&case.completed(&world), by, of);
    let act = format!("{by}-{of}");
    let told = || {
        let order: Vec<_> = (0..case.norms.len()).collect();
        format!(
            "{act} where {world:?}\n{}\n{}",
            case.policy(&order),
            case.facts(false)
        )
    };
    let (interview, verdict) = ended(&mut reasoner, &act, &|asked| reply(asked, &holds))?;
    prop_assert_eq!(verdict, due.verdict, "{:#?}\n{}", interview, told());
    prop_assert!(
        interview.answers() <= define(case, by, of).unknown,
        "{}",
        told()
    );
    seen.count("interviews");
    if interview.answers() > 0 {
        seen.count("with questions");
    }
    if interview.answers() > 2 {
        seen.count("with three questions");
    }
    let written = reasoner.answers_of(&interview).unwrap();
    let mut beside = loaded(case, &folder, Some(&written)).unwrap();
    let decided = beside.decide(std::slice::from_ref(&act), None).unwrap();
    prop_assert_eq!(decided.verdicts[0].verdict, verdict, "{}", written);
    // Who knows nothing gets no further than before.
    let (_, unsaid) = ended(&mut reasoner, &act, &|_| Reply::NotKnown)?;
    let before = reasoner.decide(&[act], None).unwrap();
    prop_assert_eq!(unsaid, before.verdicts[0].verdict);
    Ok(())
}

#[test]
fn an_interview_ends_in_the_verdict_of_the_completion() {
    let seen = Cell::new(Seen::default());
    // Each is read and judged some ten times.
    let mut runner = fixed_runner(2_000);
    let drawn = (
        prop::collection::vec(any::<u32>(), 0..160),
        any::<u32>(),
        any::<prop::sample::Index>(),
    );
    let outcome = runner.run(&drawn, |(choices, choice, which)| {
        let case = Case::read(&mut Tape::new(choices));
        let acts: Vec<_> = acts().collect();
        let mut counts = seen.take();
        let outcome = check(&case, acts[which.index(acts.len())], choice, &mut counts);
        seen.set(counts);
        outcome
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let seen = seen.take();
    eprintln!("{seen:?}");
    assert!(seen.share("with questions", "interviews") > 0.1, "{seen:?}");
    assert!(
        seen.share("with three questions", "interviews") > 0.002,
        "{seen:?}"
    );
}
