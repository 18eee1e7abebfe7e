//! Proofs of random conclusions: every step holds, steps end, and what does not hold is told
//! apart literal by literal.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use attendu::base::Id;
use attendu::engine::{
    Changes, Database, Derivation, Limits, Naive, Premise, Proofs, Question, RuleInstance, Session,
    Truth, near_miss, no_relations, proof_step, streamed, why_not,
};
use attendu::program::{LiteralKind, RelationId, Term, Value, VariableId};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::describe::describe;
use crate::support::random_program::{Case, Options, Tape, case};

type Ground = (RelationId, Vec<Value>);

/// The proofs of one case, each tuple's once.
struct Proving<'c> {
    case: &'c Case,
    session: &'c Session<'c>,
    naive: &'c Naive<'c>,
    /// Steps from each tuple down to facts; `None` while it is being proved.
    heights: BTreeMap<Ground, Option<usize>>,
    rules: usize,
}

impl Proving<'_> {
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
        // An unknown number that is worked out is known up to an interval, which is not said.
        if !step.instance.substitution.contains(&Some(Value::UNKNOWN)) {
            let literals = self.literals(step);
            let weakest = literals.iter().min().copied().unwrap_or(Truth::Certain);
            assert_eq!(weakest, step.instance.truth, "{}", context());
        }
        let mut height = 0;
        for premise in &step.instance.premises {
            let Premise { relation, tuple } = premise;
            let defined = self.naive.truth(*relation, tuple);
            assert!(defined >= step.instance.truth, "{premise:?} {}", context());
            let vague = defined != self.session.truth(*relation, tuple);
            if !vague && !tuple.contains(&Value::UNKNOWN) {
                height = height.max(self.prove(*relation, tuple));
            }
        }
        height
    }

    /// The truth of each literal of a step's rule by itself, under the values of the step.
    fn literals(&self, step: &RuleInstance) -> Vec<Truth> {
        let rule = &self.case.program.rules[step.rule];
        let values = step.instance.substitution.iter().enumerate();
        let bound: Vec<_> = values
            .filter_map(|(index, value)| Some((VariableId::new(index), (*value)?)))
            .collect();
        let question = Question {
            variables: &rule.variables,
            literals: &rule.body,
            bound: &bound,
        };
        near_miss(self.session, &self.case.universe, question).truths
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
    let mut proofs = Proving {
        case,
        session: &session,
        naive: &naive,
        heights: BTreeMap::new(),
        rules: 0,
    };
    let mut height = 0;
    for relation in program.relations.ids() {
        check_bulk(case, &session, relation);
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

/// What is said of all tuples at once is what is said of each.
fn check_bulk(case: &Case, session: &Session<'_>, relation: RelationId) {
    let universe = &case.universe;
    let Some(proofs) = Proofs::new(session.database(), universe, relation) else {
        return;
    };
    let all = session.database().extension(relation).into_iter();
    for (tuple, _) in all.flat_map(attendu::engine::Extension::iter) {
        assert_eq!(
            proofs.step(session, universe, tuple),
            proof_step(session, universe, relation, tuple),
            "{relation:?}{tuple:?} in {}",
            describe(case)
        );
    }
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
