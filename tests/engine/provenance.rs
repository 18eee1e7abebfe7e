//! Proofs of random conclusions: every step holds, steps end, and what does not hold is told
//! apart literal by literal.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use attendu::base::Id;
use attendu::engine::{
    Changes, Database, Derivation, Limits, Naive, PremiseKind, RuleInstance, Session, Truth,
    no_relations, proof_step, streamed, why_not,
};
use attendu::program::{LiteralKind, RelationId, Term, Value};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::describe::describe;
use crate::support::random_program::{Case, Options, Tape, case};

type Ground = (RelationId, Vec<Value>);

/// Proofs of one case, each tuple's once.
struct Proofs<'c> {
    case: &'c Case,
    session: &'c Session<'c>,
    naive: &'c Naive<'c>,
    /// Steps from each tuple down to facts; `None` while it is being proved.
    heights: BTreeMap<Ground, Option<usize>>,
    rules: usize,
}

impl Proofs<'_> {
    fn prove(&mut self, relation: RelationId, tuple: &[Value]) -> usize {
        let ground = (relation, tuple.to_vec());
        match self.heights.get(&ground) {
            Some(Some(height)) => return *height,
            Some(None) => panic!("{ground:?} rests on itself in {}", describe(self.case)),
            None => {}
        }
        self.heights.insert(ground.clone(), None);
        let step = proof_step(self.session, &self.case.universe, relation, tuple);
        let height = match step {
            None => panic!("no proof of {ground:?} in {}", describe(self.case)),
            Some(Derivation::Rule(step)) => self.check(relation, tuple, &step) + 1,
            Some(_) => 0,
        };
        self.heights.insert(ground, Some(height));
        height
    }

    /// Checks a step; the greatest height of its premises.
    fn check(&mut self, relation: RelationId, tuple: &[Value], step: &RuleInstance) -> usize {
        self.rules += 1;
        let rule = &self.case.program.rules[step.rule];
        for (term, value) in rule.head.terms.iter().zip(tuple) {
            if let Term::Variable(variable) = term {
                assert_eq!(step.instance.substitution[variable.index()], Some(*value));
            }
        }
        let name = &self.case.program.relations[relation].name;
        let context = || format!("{name}{tuple:?} by {step:?} in {}", describe(self.case));
        assert_eq!(
            step.instance.truth,
            self.session.truth(relation, tuple),
            "{}",
            context()
        );
        let weakest = step
            .instance
            .premises
            .iter()
            .map(|premise| premise.truth)
            .min();
        assert_eq!(
            weakest.unwrap_or(Truth::Certain),
            step.instance.truth,
            "{}",
            context()
        );
        let mut height = 0;
        for premise in &step.instance.premises {
            if let PremiseKind::Positive { relation, tuple } = &premise.kind {
                let defined = self.naive.truth(*relation, tuple);
                assert_eq!(defined, premise.truth, "{premise:?} {}", context());
                let vague = premise.truth != self.session.truth(*relation, tuple);
                if !vague && !tuple.contains(&Value::UNKNOWN) {
                    height = height.max(self.prove(*relation, tuple));
                }
            }
        }
        height
    }
}

#[test]
fn proofs_hold_and_end() {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let cases = config.cases as usize;
    let (rules, deep) = (Cell::new(0), Cell::new(0));
    let options = Options {
        numbers: true,
        acts: true,
        tiny: false,
    };
    let tapes = proptest::collection::vec(any::<u32>(), 500..1500);
    TestRunner::new(config)
        .run(&tapes, |choices| {
            let mut tape = Tape::new(choices);
            let case = case(&mut tape, options);
            let (steps, height) = prove_all(&case, tape.chance(50));
            rules.set(rules.get() + steps);
            deep.set(deep.get() + usize::from(height > 2));
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    assert!(rules.get() > cases * 2, "{} steps", rules.get());
    // About one program in thirty has one: of fewer programs than this, chance may leave none.
    assert!(
        cases < 1000 || deep.get() * 100 > cases,
        "{} deep proofs",
        deep.get()
    );
}

fn prove_all(case: &Case, overlay: bool) -> (usize, usize) {
    let program = &case.program;
    let none = BTreeSet::new();
    let hidden = if overlay { Case::hidden_acts() } else { none };
    let facts = if overlay {
        case.all_facts()
    } else {
        case.facts.clone()
    };
    let naive = Naive::new(program, &case.universe, &facts, case.moment, &hidden);
    let changing = if overlay {
        streamed(program)
    } else {
        no_relations(program)
    };
    let limits = Limits::default();
    let database = Database::new(
        program,
        &case.universe,
        &case.facts,
        case.moment,
        &changing,
        &limits,
    );
    let session = Session::new(&database, &Changes::default());
    if overlay {
        case.add_hidden(&session);
    }
    let mut proofs = Proofs {
        case,
        session: &session,
        naive: &naive,
        heights: BTreeMap::new(),
        rules: 0,
    };
    let mut height = 0;
    for relation in program.relations.ids() {
        for tuple in case.tuples(relation) {
            // A number that is unknown is no tuple of its own.
            let vague = tuple.contains(&Value::UNKNOWN);
            if vague || (!overlay && case.is_hidden(relation, &tuple)) {
                continue;
            }
            if session.truth(relation, &tuple).possible() {
                height = height.max(proofs.prove(relation, &tuple));
            } else {
                check_why_not(case, &session, relation, &tuple);
            }
        }
    }
    (proofs.rules, height)
}

/// Each rule fails at some literal, unless it cannot conclude the tuple at all or is set aside
/// by a denial.
fn check_why_not(case: &Case, session: &Session<'_>, relation: RelationId, tuple: &[Value]) {
    let open = case.program.relations[relation].open;
    for failure in why_not(session, &case.universe, relation, tuple) {
        let Some(miss) = failure.miss else {
            continue;
        };
        let body = &case.program.rules[failure.rule].body;
        assert_eq!(miss.truths.len(), body.len());
        let weakest = miss.truths.iter().min().copied().unwrap_or(Truth::Certain);
        let positive = body
            .iter()
            .all(|literal| matches!(literal.kind, LiteralKind::Positive(_)));
        let fails = weakest == Truth::False || (open && weakest == Truth::Maybe);
        assert!(fails || !positive, "{tuple:?} {miss:?} {}", describe(case));
    }
}
