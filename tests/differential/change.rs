//! What would change a verdict, against trying every set of one or two changes that there are, or
//! three where few relations can change, on the random policies of [`super::policy`] with some
//! more: a number, a rule, a `never`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use attendu::base::{Diagnostic, Id, Sources, Span};
use attendu::deontic::{Change, ChangeLimits, Judge, Obstacle, Verdict};
use attendu::engine::{Facts, Timeline, streamed};
use attendu::lang::parse_program;
use attendu::load::{Act, Case, add_texts, load_facts};
use attendu::program::{Program, RelationId, RelationKind, SortId, Value, from_ast};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};

use super::policy::{self, Tape, acts};
use super::{AS_OF, Seen};

/// Stands behind each random policy.
const MORE: &str = "
open relation readers(content: content) = n: integer.
norm house/90 forbid post of C when readers(C, N), N > 100 unless vetted(C).
norm desk/91 permit post of C when tied(C), readers(C, N), N < 100 overrides house/90.
";

/// Stands behind that in half of the cases: relations that follow from others, some through
/// themselves, through what does not hold, or through how many there are.
const DERIVED: &str = "
relation follows(actor: actor, other: actor).
relation heeds(actor: actor, other: actor).
heeds(A, B) :- follows(A, B).
heeds(A, B) :- heeds(A, C), follows(C, B).
relation clean(content: content).
clean(C) :- backs(C, P), not omitted(C, P).
relation omitted(content: content, actor: actor).
omitted(C, P) :- omits(C, P), heeds(P, Q), leads(Q).
omitted(C, P) :- kit(C), tied(C), wary(P).
relation crowded(content: content).
crowded(C) :- content(C), N = count { P : backs(C, P) }, N > 1.
norm desk/92 permit post by S of C when clean(C), heeds(S, S) overrides house/90.
norm house/93 forbid post by S of C when crowded(C), not heeds(S, S).
";

/// What nobody can change, in one case of three.
const FIXED: [&str; 4] = ["kit", "leads", "backs", "omits"];

/// What cannot be, in one case of three each.
const NEVER: [&str; 3] = [
    "",
    "never kit(C), urgent(C).\n",
    "never tied(C), vetted(C).\n",
];

/// The values of `readers` at which something turns.
const NUMBERS: [i64; 3] = [99, 100, 101];

/// A set of changes as text, numbers left out; and the numbers.
type Written = (BTreeSet<String>, Vec<i64>);

/// Individuals.
type Near = BTreeSet<(SortId, Value)>;

struct World {
    program: Program,
    case: Case,
}

impl World {
    fn read(policy: &str, facts: [&str; 2]) -> Option<Self> {
        let mut sources = Sources::default();
        let file = sources.add("policy.dl", policy);
        let (tree, told) = parse_program(file, policy);
        assert_eq!(told, []);
        let (program, universe, found) = from_ast(&[(file, tree)]);
        if found.iter().any(Diagnostic::is_error) {
            return None;
        }
        let files = [("one.json", facts[0]), ("two.json", facts[1])];
        let files = add_texts(files, &mut sources);
        let (case, _) = load_facts(&program, universe, &sources, &files, AS_OF);
        Some(Self {
            program,
            case: case?,
        })
    }

    fn judge<'a>(&self, timeline: &'a Timeline<'a>) -> Judge<'a> {
        Judge::new(timeline, self.case.acts.values().map(Act::record), AS_OF)
    }

    fn with(&self, changes: &[Change]) -> Facts {
        let mut facts = self.case.facts.clone();
        for change in changes {
            if let Some((tuple, holds)) = &change.withdrawn {
                assert!(facts.retract(change.relation, !holds, tuple));
            }
            if let Some((tuple, holds)) = &change.stated {
                let nowhere = Span::new(Id::new(0), 0, 0);
                facts.assume(change.relation, !holds, tuple, nowhere);
            }
        }
        facts
    }

    /// The verdict by changed facts, if they can be; else what stands in their way.
    fn verdict(&self, act: Value, changes: &[Change]) -> Result<Verdict, Vec<Obstacle>> {
        let facts = self.with(changes);
        let timeline = Timeline::new(&self.program, &self.case.universe, &facts);
        let mut judge = self.judge(&timeline);
        let mut obstacles = Vec::new();
        for (never, row) in self.program.nevers.iter().enumerate() {
            for (alternative, literals) in row.alternatives.iter().enumerate() {
                for (values, certain) in judge.holds(&row.variables, literals) {
                    if certain {
                        obstacles.push(Obstacle::Never {
                            never,
                            alternative,
                            values,
                        });
                    }
                }
            }
        }
        if !obstacles.is_empty() {
            return Err(obstacles);
        }
        Ok(judge.verdict(act).unwrap().verdict)
    }

    fn written(&self, changes: &[Change]) -> Written {
        let mut numbers = Vec::new();
        let mut said = |relation: RelationId, said: &Option<(Box<[Value]>, bool)>, keep: bool| {
            let row = &self.program.relations[relation];
            let Some((tuple, holds)) = said else {
                return "-".to_owned();
            };
            let names = row.columns.iter().zip(&**tuple).map(|(column, &value)| {
                if column.sort == SortId::INTEGER {
                    if keep {
                        numbers.extend(value.number());
                    }
                    return "n".to_owned();
                }
                self.case
                    .universe
                    .name(column.sort, value)
                    .unwrap()
                    .to_owned()
            });
            format!("{} {holds} {:?}", row.name, names.collect::<Vec<_>>())
        };
        let texts = changes.iter().map(|change| {
            let from = said(change.relation, &change.withdrawn, false);
            let to = said(change.relation, &change.stated, true);
            format!("{from} > {to}")
        });
        (texts.collect(), numbers)
    }

    /// The individuals that the act names, with those that a fact puts beside one of them; and
    /// the former alone.
    fn near(&self, act: &Act) -> (Near, Near) {
        let sorts = [SortId::ACTOR, SortId::CONTENT];
        let named: Vec<_> = act.roles.iter().map(|&(_, value)| value).collect();
        let first: Near = sorts.into_iter().zip(named).collect();
        let mut near = first.clone();
        for (relation, row) in self.program.relations.entries() {
            let input = self.case.facts.input(relation);
            for (tuple, _) in input.asserted.iter().chain(input.denied.iter()) {
                let places = row.columns.iter().zip(tuple);
                let places: Vec<_> = places.map(|(it, &value)| (it.sort, value)).collect();
                if places.iter().any(|place| first.contains(place)) {
                    near.extend(places.iter().filter(|(sort, _)| sorts.contains(sort)));
                }
            }
        }
        (near, first)
    }

    /// Every change of one fact that there is.
    fn changes(&self, act: &Act) -> Vec<Change> {
        let (near, named) = self.near(act);
        let mut all = Vec::new();
        for (relation, row) in self.program.relations.entries() {
            let is_derived = self
                .program
                .rules
                .iter()
                .any(|it| it.head.relation == relation);
            let is_stated = row.kind == RelationKind::Declared && row.declared == relation;
            if !is_stated || is_derived || row.fixed {
                continue;
            }
            let columns: Vec<SortId> = row.columns.iter().map(|column| column.sort).collect();
            for tuple in self.tuples(&columns) {
                self.changes_of(relation, &tuple, (&near, &named), &mut all);
            }
        }
        all
    }

    fn tuples(&self, columns: &[SortId]) -> Vec<Vec<Value>> {
        let mut tuples = vec![Vec::new()];
        for &sort in columns {
            let numbers = NUMBERS.map(|it| Value::from_number(it).unwrap());
            let values: Vec<_> = match sort {
                SortId::INTEGER => numbers.to_vec(),
                sort => self.case.universe.values(sort).collect(),
            };
            let longer = tuples.iter().flat_map(|tuple: &Vec<Value>| {
                let with = |&value: &Value| [tuple.as_slice(), &[value]].concat();
                values.iter().map(with).collect::<Vec<_>>()
            });
            tuples = longer.collect();
        }
        tuples
    }

    fn changes_of(
        &self,
        relation: RelationId,
        tuple: &[Value],
        (near, named): (&Near, &Near),
        all: &mut Vec<Change>,
    ) {
        let row = &self.program.relations[relation];
        let input = self.case.facts.input(relation);
        let is_near = |(column, &value): (&attendu::program::Column, &Value)| {
            column.sort == SortId::INTEGER || near.contains(&(column.sort, value))
        };
        let is_far = |(column, value): &(&attendu::program::Column, &Value)| {
            column.sort != SortId::INTEGER && !named.contains(&(column.sort, **value))
        };
        let change = |from: Option<(&[Value], bool)>, to: Option<bool>| Change {
            relation,
            withdrawn: from.map(|(tuple, holds)| (tuple.into(), holds)),
            stated: to.map(|holds| (tuple.into(), holds)),
        };
        let listed = input.closed.iter().any(|(key, _)| tuple.starts_with(key));
        let places = || row.columns.iter().zip(tuple);
        if row.single_valued {
            let (_, key) = tuple.split_last().unwrap();
            let own = input.asserted.iter().find(|(own, _)| own.starts_with(key));
            if !places().all(is_near) {
                return;
            }
            match own {
                Some((own, _)) => {
                    let gone = Change {
                        stated: None,
                        ..change(Some((own, true)), None)
                    };
                    if !all.contains(&gone) {
                        all.push(gone);
                    }
                    if own != tuple {
                        all.push(change(Some((own, true)), Some(true)));
                    }
                }
                None => all.push(change(None, Some(true))),
            }
            return;
        }
        let said = [(&input.asserted, true), (&input.denied, false)];
        let said = said
            .into_iter()
            .find(|(rows, _)| rows.iter().any(|(own, _)| own == tuple));
        match said {
            Some((_, holds)) if places().any(is_near) => {
                all.push(change(Some((tuple, holds)), None));
                if row.open && !listed {
                    all.push(change(Some((tuple, holds)), Some(!holds)));
                }
            }
            None if places().all(is_near) && places().filter(is_far).count() <= 1 => {
                all.push(change(None, Some(true)));
                if row.open && !listed {
                    all.push(change(None, Some(false)));
                }
            }
            _ => {}
        }
    }
}

/// Of sets alike but for numbers the one nearest to what is stated, or to nothing.
fn nearest(world: &World, sets: &[Vec<Change>]) -> BTreeMap<BTreeSet<String>, i64> {
    let mut kept = BTreeMap::new();
    for set in sets {
        let distances = set.iter().map(|change| {
            let number = |said: &Option<(Box<[Value]>, bool)>| {
                let (tuple, _) = said.as_ref()?;
                let last = world.program.relations[change.relation].columns.last()?;
                tuple
                    .last()?
                    .number()
                    .filter(|_| last.sort == SortId::INTEGER)
            };
            let to = number(&change.stated);
            to.map_or(0, |to| (to - number(&change.withdrawn).unwrap_or(0)).abs())
        });
        let distance: i64 = distances.sum();
        let known = kept.entry(world.written(set).0).or_insert(distance);
        *known = distance.min(*known);
    }
    kept
}

/// Whether two changes cannot be made together.
fn meet(world: &World, one: &Change, other: &Change) -> bool {
    let row = &world.program.relations[one.relation];
    let key = |change: &Change| {
        let said = change.stated.as_ref().or(change.withdrawn.as_ref());
        let (tuple, _) = said.unwrap();
        tuple[..tuple.len() - usize::from(row.single_valued)].to_vec()
    };
    one.relation == other.relation && key(one) == key(other)
}

fn check(choices: Vec<u32>, seen: &RefCell<Seen>) -> Result<(), TestCaseError> {
    let mut tape = Tape::new(choices);
    let case = policy::Case::read(&mut tape);
    let order: Vec<_> = (0..case.norms.len()).collect();
    let derived = [DERIVED, ""][tape.below(2)];
    let mut policy = format!(
        "{}{MORE}{derived}{}",
        case.policy(&order),
        NEVER[tape.below(3)]
    );
    let readers = ["", ", \"readers\": 40", ", \"readers\": 500"][tape.below(3)];
    let more = format!("{{ \"content\": [{{ \"id\": \"c0\"{readers} }}] }}");
    let chosen = tape.below(acts().count());
    let most = if tape.below(3) == 1 { 3 } else { 2 };
    for relation in FIXED.into_iter().filter(|_| most == 3) {
        let declared = format!("relation {relation}(");
        policy = policy.replace(&declared, &format!("fixed {declared}"));
    }
    let facts = case.facts(false);
    let Some(world) = World::read(&policy, [&facts, &more]) else {
        return Ok(());
    };
    let act = world.case.acts.values().nth(chosen).unwrap();
    let mut seen = seen.borrow_mut();
    let Ok(verdict) = world.verdict(act.value, &[]) else {
        return Ok(());
    };
    seen.count("cases");
    if !derived.is_empty() {
        seen.count("with derived relations");
    }
    if most == 3 {
        seen.count("up to three");
    }
    let singles = world.changes(act);
    let mut by_size: [BTreeMap<Verdict, Vec<Vec<Change>>>; 3] = Default::default();
    let mut sets: Vec<(Vec<Change>, usize)> = vec![(Vec::new(), 0)];
    for _ in 0..most {
        let longer = sets.iter().flat_map(|(set, next)| {
            let with = (*next..).zip(&singles[*next..]);
            let apart = with.filter(|(_, one)| !set.iter().any(|other| meet(&world, one, other)));
            apart.map(|(place, one)| {
                (
                    [set.as_slice(), std::slice::from_ref(one)].concat(),
                    place + 1,
                )
            })
        });
        sets = longer.collect();
        for (set, _) in &sets {
            if let Ok(other) = world.verdict(act.value, set) {
                let own = by_size[set.len() - 1].entry(other).or_default();
                own.push(set.clone());
            }
        }
    }
    let changeable = world.program.relations.entries().map(|(id, row)| {
        streamed(&world.program)[id] || row.kind == RelationKind::Declared && !row.fixed
    });
    let (universe, facts) = (&world.case.universe, &world.case.facts);
    let timeline = Timeline::leaving(&world.program, universe, facts, changeable.collect());
    let wanted: Vec<_> = Verdict::ALL
        .into_iter()
        .map(|(verdict, _)| verdict)
        .filter(|&it| it != verdict && it != Verdict::Undetermined)
        .collect();
    let limits = ChangeLimits {
        size: most,
        sets: 100_000,
    };
    let answers = world.judge(&timeline).what_would_change(
        &mut |_| act.value,
        &wanted,
        limits,
        &mut |set, wanted| match world.verdict(act.value, set)? {
            found if found == wanted => Ok(()),
            _ => Err(Vec::new()),
        },
        &mut |_| {},
    );
    for answer in answers.unwrap() {
        let found = |size: &BTreeMap<_, Vec<_>>| size.get(&answer.verdict).cloned();
        let due = by_size.iter().find_map(found).unwrap_or_default();
        seen.count(match due.first().map(Vec::len) {
            None => "none",
            Some(1) => "of one",
            Some(2) => "of two",
            Some(_) => "of three",
        });
        prop_assert_eq!(
            nearest(&world, &answer.sets),
            nearest(&world, &due),
            "{} is {:?}, to {:?}\n{}\n{}\n{}",
            act.name,
            verdict,
            answer.verdict,
            policy,
            case.facts(false),
            more
        );
    }
    Ok(())
}

#[test]
fn the_smallest_sets_are_those_that_trying_all_finds() {
    let seen = RefCell::new(Seen::default());
    let asked_for = Config::default().cases;
    let mut runner = super::fixed_runner(if asked_for < 10_000 { 40 } else { 2_000 });
    let tapes = prop::collection::vec(any::<u32>(), 0..160);
    let outcome = runner.run(&tapes, |choices| check(choices, &seen));
    let seen = seen.into_inner();
    eprintln!("{:#?}", seen.counts);
    if let Err(error) = outcome {
        panic!("{error}");
    }
    // A comparison of nothing would agree.
    let usual = ["of one", "of two", "none", "with derived relations"];
    for (what, least) in usual
        .into_iter()
        .map(|what| (what, 0.1))
        .chain([("of three", 0.01)])
    {
        assert!(seen.share(what, "cases") > least, "{seen:#?}");
    }
}
