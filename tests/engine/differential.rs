//! The engine against its definition, on random programs: bottom-up, on demand over an
//! overlay, with acts that nobody recorded, with facts assumed and retracted, with rules,
//! literals and facts in another order.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::cell::Cell;
use std::collections::BTreeSet;

use attendu::engine::{
    Change, Changes, Database, Facts, Limits, Naive, RelationSet, Session, Truth, no_relations,
    streamed,
};
use attendu::program::{LiteralKind, Program, RelationId, RelationKind, Rule, Value};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::build::{nowhere, stratify};
use crate::support::describe::describe;
use crate::support::random_program::{Case, HIDDEN, Options, Tape, case};

const FULL: Options = Options {
    numbers: true,
    acts: true,
    tiny: false,
};

/// How often something was seen that a comparison without it would say little about.
#[derive(Default, Debug)]
struct Seen {
    cases: Cell<usize>,
    derived: Cell<usize>,
    maybe: Cell<usize>,
    negation: Cell<usize>,
    recursion: Cell<usize>,
    aggregates: Cell<usize>,
    hidden: Cell<usize>,
    changed: Cell<usize>,
}

fn bump(counter: &Cell<usize>, by: usize) {
    counter.set(counter.get() + by);
}

/// Runs `check` on random cases, as many as `PROPTEST_CASES` says.
fn on_random_cases(options: Options, check: impl Fn(&Case, &mut Tape)) -> usize {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let cases = config.cases as usize;
    let tapes = proptest::collection::vec(any::<u32>(), 500..1500);
    TestRunner::new(config)
        .run(&tapes, |choices| {
            let mut tape = Tape::new(choices);
            let case = case(&mut tape, options);
            check(&case, &mut tape);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    cases
}

/// Whether the session and the definition agree on all of `relation`.
fn agree_on(
    case: &Case,
    session: &Session<'_>,
    naive: &Naive<'_>,
    relation: RelationId,
    unrecorded: bool,
) {
    let name = &case.program.relations[relation].name;
    let is_hidden = |tuple: &Vec<Value>| case.is_hidden(relation, tuple);
    for tuple in case.tuples(relation) {
        if is_hidden(&tuple) && !unrecorded {
            continue;
        }
        let (found, defined) = (
            session.truth(relation, &tuple),
            naive.truth(relation, &tuple),
        );
        assert_eq!(found, defined, "{name}{tuple:?} in {}", describe(case));
    }
    let visible = |tuples: &BTreeSet<Vec<Value>>| -> Vec<Vec<Value>> {
        tuples
            .iter()
            .filter(|tuple| !is_hidden(tuple))
            .cloned()
            .collect()
    };
    let pattern = vec![None; case.program.relations[relation].arity()];
    let certain = session.certain_matching(relation, &pattern);
    let sort = matches!(case.program.relations[relation].kind, RelationKind::Sort(_));
    if !sort {
        assert_eq!(
            certain,
            visible(naive.certain(relation)),
            "{name} in {}",
            describe(case)
        );
    }
    if !case.program.relations[relation].open && !sort {
        let maybe: Vec<_> = session
            .matching(relation, &pattern)
            .into_iter()
            .filter(|(_, truth)| *truth == Truth::Maybe)
            .map(|(tuple, _)| tuple)
            .collect();
        assert_eq!(
            maybe,
            visible(naive.maybe(relation)),
            "maybe {name} in {}",
            describe(case)
        );
    }
}

fn session_agrees(
    case: &Case,
    facts: &Facts,
    naive: &Naive<'_>,
    changing: &RelationSet,
    hidden: bool,
) {
    let (program, universe) = (&case.program, &case.universe);
    let database = Database::new(
        program,
        universe,
        facts,
        case.moment,
        changing,
        &Limits::default(),
    );
    let session = Session::new(&database, &Changes::default());
    if hidden {
        case.add_hidden(&session);
    }
    for relation in program.relations.ids() {
        agree_on(case, &session, naive, relation, hidden);
    }
}

fn is_derived(program: &Program, relation: RelationId) -> bool {
    program
        .rules
        .iter()
        .any(|rule| rule.head.relation == relation)
}

impl Seen {
    fn note(&self, case: &Case, naive: &Naive<'_>) {
        bump(&self.cases, 1);
        let program = &case.program;
        for relation in program
            .relations
            .ids()
            .filter(|&id| is_derived(program, id))
        {
            bump(
                &self.derived,
                usize::from(!naive.certain(relation).is_empty()),
            );
            bump(&self.maybe, usize::from(!naive.maybe(relation).is_empty()));
            if program.relations[relation]
                .negation
                .is_some_and(|id| !naive.certain(id).is_empty())
            {
                bump(&self.negation, 1);
            }
        }
        let aggregate = |rule: &Rule| {
            let is = |kind: &LiteralKind| matches!(kind, LiteralKind::Aggregate { .. });
            let held = !naive.certain(rule.head.relation).is_empty();
            held && rule.body.iter().any(|literal| is(&literal.kind))
        };
        bump(
            &self.aggregates,
            usize::from(program.rules.iter().any(aggregate)),
        );
    }

    fn note_rounds(&self, database: &Database<'_>) {
        let deep = database
            .rounds()
            .iter()
            .any(|round| round.round > 1 && round.new > 0);
        bump(&self.recursion, usize::from(deep));
    }
}

#[test]
fn bottom_up_is_as_defined() {
    let seen = Seen::default();
    let cases = on_random_cases(FULL, |case, _| {
        let none = BTreeSet::new();
        let (program, universe) = (&case.program, &case.universe);
        let naive = Naive::new(program, universe, &case.facts, case.moment, &none);
        seen.note(case, &naive);
        let changing = no_relations(program);
        let database = Database::new(
            program,
            universe,
            &case.facts,
            case.moment,
            &changing,
            &Limits::default(),
        );
        seen.note_rounds(&database);
        session_agrees(case, &case.facts, &naive, &changing, false);
    });
    for (what, count) in [("derived", &seen.derived), ("maybe", &seen.maybe)] {
        assert!(count.get() * 2 > cases, "{what}: {seen:?}");
    }
    for (what, count) in [
        ("negation", &seen.negation),
        ("recursion", &seen.recursion),
        ("aggregates", &seen.aggregates),
    ] {
        assert!(count.get() * 20 > cases, "{what}: {seen:?}");
    }
}

#[test]
fn on_demand_is_as_defined() {
    let seen = Seen::default();
    let cases = on_random_cases(FULL, |case, _| {
        let (program, universe) = (&case.program, &case.universe);
        let facts = case.all_facts();
        let hidden = Case::hidden_acts();
        let naive = Naive::new(program, universe, &facts, case.moment, &hidden);
        let act = Value::from_index(HIDDEN);
        let derived = program
            .relations
            .ids()
            .filter(|&id| is_derived(program, id));
        let of_hidden = derived.map(|id| {
            naive
                .certain(id)
                .iter()
                .filter(|tuple| tuple.contains(&act))
                .count()
        });
        bump(&seen.hidden, usize::from(of_hidden.sum::<usize>() > 0));
        session_agrees(case, &case.facts, &naive, &streamed(program), true);
        let everything = program.relations.iter().map(|_| true).collect();
        session_agrees(case, &case.facts, &naive, &everything, true);
    });
    assert!(seen.hidden.get() * 10 > cases, "{seen:?}");
}

#[test]
fn assumed_and_retracted_facts_are_as_if_given() {
    let seen = Seen::default();
    let cases = on_random_cases(FULL, |case, tape| {
        let none = BTreeSet::new();
        let (program, universe) = (&case.program, &case.universe);
        let mut changes = Changes::default();
        let mut facts = Facts::new(program.relations.len());
        for relation in program.relations.ids() {
            change_some(case, tape, relation, &mut facts, &mut changes);
        }
        let naive = Naive::new(program, universe, &facts, case.moment, &none);
        let before = Naive::new(program, universe, &case.facts, case.moment, &none);
        let differs =
            |id: RelationId| is_derived(program, id) && naive.certain(id) != before.certain(id);
        bump(
            &seen.changed,
            usize::from(program.relations.ids().any(differs)),
        );
        let changing = if tape.chance(50) {
            no_relations(program)
        } else {
            streamed(program)
        };
        let database = Database::new(
            program,
            universe,
            &case.facts,
            case.moment,
            &changing,
            &Limits::default(),
        );
        let session = Session::new(&database, &changes);
        for relation in program.relations.ids() {
            agree_on(case, &session, &naive, relation, false);
        }
    });
    assert!(seen.changed.get() * 4 > cases, "{seen:?}");
}

/// Copies the facts about `relation`, some left out, some added, and notes which.
fn change_some(
    case: &Case,
    tape: &mut Tape,
    relation: RelationId,
    facts: &mut Facts,
    changes: &mut Changes,
) {
    let mut change = Change::default();
    let input = case.facts.input(relation);
    let fixed = relation == case.program.builtin.recorded;
    let mut asserted = BTreeSet::new();
    for (tuple, fact) in input.asserted.iter() {
        if !fixed && tape.chance(15) {
            change.retracted.push(tuple.into());
        } else {
            asserted.insert(tuple.to_vec());
            facts.assert(relation, tuple, nowhere(), case.facts.validity(fact));
        }
    }
    for (tuple, fact) in input.denied.iter() {
        facts.deny(relation, tuple, nowhere(), case.facts.validity(fact));
    }
    for (key, _) in input.closed.iter() {
        facts.close(relation, key, nowhere());
    }
    let single = case.program.relations[relation].single_valued;
    let spoken_of = input.asserted.len() + input.denied.len() > 0;
    let given = spoken_of && !fixed && !single;
    for tuple in case.tuples(relation).into_iter().filter(|_| given) {
        let usable = !tuple.contains(&Value::UNKNOWN) && !asserted.contains(&tuple);
        let act = tuple.contains(&Value::from_index(HIDDEN));
        if usable && !act && tape.chance(10) {
            facts.assert(relation, &tuple, nowhere(), None);
            change.asserted.push(tuple.into());
        }
    }
    // A tuple that is retracted as asserted must not be taken back as denied.
    let kept = input
        .denied
        .iter()
        .all(|(tuple, _)| !change.retracted.iter().any(|r| **r == *tuple));
    let keys = input
        .closed
        .iter()
        .all(|(key, _)| !change.retracted.iter().any(|r| **r == *key));
    assert!(kept && keys, "facts of one tuple are of one kind");
    changes.inputs.insert(relation, change);
}

#[test]
fn order_changes_no_answer() {
    on_random_cases(FULL, |case, tape| {
        let mut other = case.clone();
        let mut rules: Vec<Rule> = other.program.rules.iter().cloned().collect();
        shuffle(tape, &mut rules);
        for rule in &mut rules {
            shuffle(tape, &mut rule.body);
        }
        other.program.rules = rules.into_iter().collect();
        stratify(&mut other.program);
        let mut facts = Facts::new(case.program.relations.len());
        for relation in case.program.relations.ids() {
            let input = case.facts.input(relation);
            let mut rows: Vec<_> = input.asserted.iter().collect();
            shuffle(tape, &mut rows);
            for (tuple, fact) in rows {
                facts.assert(relation, tuple, nowhere(), case.facts.validity(fact));
            }
            for (tuple, fact) in input.denied.iter() {
                facts.deny(relation, tuple, nowhere(), case.facts.validity(fact));
            }
            for (key, _) in input.closed.iter() {
                facts.close(relation, key, nowhere());
            }
        }
        let changing = no_relations(&case.program);
        let limits = Limits::default();
        let one = Database::new(
            &case.program,
            &case.universe,
            &case.facts,
            case.moment,
            &changing,
            &limits,
        );
        let two = Database::new(
            &other.program,
            &other.universe,
            &facts,
            case.moment,
            &changing,
            &limits,
        );
        for relation in case.program.relations.ids() {
            let sorted = |database: &Database<'_>| {
                let rows = database.extension(relation).map(|rows| {
                    rows.iter()
                        .map(|(t, truth)| (t.to_vec(), truth))
                        .collect::<BTreeSet<_>>()
                });
                rows.unwrap_or_default()
            };
            assert_eq!(sorted(&one), sorted(&two), "{}", describe(case));
        }
    });
}

fn shuffle<T>(tape: &mut Tape, items: &mut [T]) {
    for index in (1..items.len()).rev() {
        items.swap(index, tape.below(index + 1));
    }
}

#[test]
fn answers_hold_in_all_completions() {
    let checked = Cell::new(0);
    let cases = on_random_cases(
        Options {
            numbers: false,
            acts: false,
            tiny: true,
        },
        |case, _| bump(&checked, check_completions(case)),
    );
    assert!(checked.get() > cases, "{} completions", checked.get());
}

/// Tries all completions, if they are few; says how many were consistent.
fn check_completions(case: &Case) -> usize {
    let none = BTreeSet::new();
    let program = &case.program;
    let changing = no_relations(program);
    let database = Database::new(
        program,
        &case.universe,
        &case.facts,
        case.moment,
        &changing,
        &Limits::default(),
    );
    let session = Session::new(&database, &Changes::default());
    let open: Vec<_> = program
        .relations
        .ids()
        .filter(|&id| program.relations[id].open)
        .collect();
    let unknown: Vec<(RelationId, Vec<Value>)> = open
        .iter()
        .flat_map(|&id| case.tuples(id).into_iter().map(move |tuple| (id, tuple)))
        .filter(|(id, tuple)| session.truth(*id, tuple) == Truth::Maybe)
        .collect();
    if unknown.len() > 8 {
        return 0;
    }
    let mut consistent = 0;
    for choice in 0..1_usize << unknown.len() {
        let mut facts = case.facts.clone();
        for (index, (id, tuple)) in unknown.iter().enumerate() {
            if choice & (1 << index) == 0 {
                facts.deny(*id, tuple, nowhere(), None);
            } else {
                facts.assert(*id, tuple, nowhere(), None);
            }
        }
        let world = Naive::new(program, &case.universe, &facts, case.moment, &none);
        if !is_consistent(case, &facts, &world) {
            continue;
        }
        consistent += 1;
        for id in program.relations.ids() {
            for tuple in case.tuples(id) {
                let (found, holds) = (session.truth(id, &tuple), world.truth(id, &tuple));
                assert_ne!(holds, Truth::Maybe, "two-valued");
                let sound = found == Truth::Maybe || found == holds;
                assert!(
                    sound,
                    "{}{tuple:?} {found:?} {holds:?} {}",
                    program.relations[id].name,
                    describe(case)
                );
            }
        }
    }
    consistent
}

/// Whether nothing is both concluded and denied, and single values are single.
fn is_consistent(case: &Case, facts: &Facts, world: &Naive<'_>) -> bool {
    case.program.relations.entries().all(|(id, relation)| {
        let valid = |fact| facts.validity(fact).is_none_or(|v| v.holds_at(case.moment));
        let held = world.certain(id);
        let denied = facts
            .input(id)
            .denied
            .iter()
            .any(|(tuple, fact)| valid(fact) && held.contains(tuple));
        let negated = relation
            .negation
            .is_some_and(|negation| !held.is_disjoint(world.certain(negation)));
        let key = relation.row_key().unwrap_or(0);
        let stated: BTreeSet<&[Value]> = facts
            .input(id)
            .asserted
            .iter()
            .filter(|&(_, fact)| valid(fact))
            .map(|(tuple, _)| tuple)
            .collect();
        let overfull = facts.input(id).closed.iter().any(|(row, _)| {
            held.iter()
                .any(|tuple| tuple[..key] == *row && !stated.contains(&tuple[..]))
        });
        let keys: BTreeSet<&[Value]> = held.iter().map(|tuple| &tuple[..key]).collect();
        let single = !relation.single_valued || keys.len() == held.len();
        !(denied || negated || overfull) && single
    })
}
