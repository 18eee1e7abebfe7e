//! What explaining costs, on a hierarchy of units in which some 190,000 facts follow: to explain
//! all of them at once beside deriving them, and to derive them with and without keeping what
//! explanations need. `cargo bench --bench explaining`.
//!
//! Times are of the processor, medians of runs in turn, so that other work matters little.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that prints, and asks the system for its times"
)]

use std::time::Duration;

use attendu::base::{Diagnostic, FileId, Id, Span};
use attendu::engine::{Database, Extension, Facts, Limits, Proofs, no_relations};
use attendu::lang::parse_program;
use attendu::program::{Program, RelationId, SortId, Universe, Value, from_ast};

/// Units, each part of an earlier one and one in four of two.
const UNITS: usize = 980;
/// Of so many that come before a unit, one is what it is part of.
const NEAR: usize = 12;
const RUNS: usize = 9;
/// Each run does so much at once: some machines count the processor's time in steps of 4 ms.
const AT_ONCE: u32 = 10;

const POLICY: &str = "
relation part_of(unit: actor, whole: actor).
relation belongs_to(unit: actor, whole: actor).
belongs_to(A, B) :- part_of(A, B).
belongs_to(A, C) :- part_of(A, B), belongs_to(B, C).
";

/// The hierarchy, loaded.
struct Case {
    program: Program,
    universe: Universe,
    facts: Facts,
    belongs_to: RelationId,
}

fn main() {
    let case = case();
    let (mut with, mut without, mut explaining) = (Vec::new(), Vec::new(), Vec::new());
    let (mut derived, mut before) = (0, 0);
    for _ in 0..RUNS {
        let (database, time) = timed(|| derive(&case, false));
        with.push(time);
        derived = database
            .extension(case.belongs_to)
            .map_or(0, Extension::len);
        before = peak();
        let (explained, time) = timed(|| explain(&case, &database));
        explaining.push(time);
        assert_eq!(explained, derived, "facts that are explained");
        drop(database);
        let (database, time) = timed(|| derive(&case, true));
        without.push(time);
        drop(database);
    }
    let [with, without, explaining] = [with, without, explaining].map(median);
    println!("{derived} facts derived: {with:.1?}; without what explanations need: {without:.1?}");
    println!(
        "keeping what explanations need: {:.3} of the run without",
        ratio(with, without)
    );
    println!(
        "all of them explained: {explaining:.1?}, {:.2} of deriving them",
        ratio(explaining, with)
    );
    println!(
        "peak memory: {} MiB, {} MiB before explaining",
        peak(),
        before
    );
}

/// A hierarchy, always the same.
fn case() -> Case {
    let (parsed, errors) = parse_program(FileId::new(0), POLICY);
    let (program, mut universe, findings) = from_ast(&[(FileId::new(0), parsed)]);
    assert!(!errors.iter().chain(&findings).any(Diagnostic::is_error));
    let units: Vec<_> = (0..UNITS)
        .map(|unit| universe.intern(SortId::ACTOR, &format!("unit-{unit}")))
        .collect();
    let relation = |name: &str| {
        let mut entries = program.relations.entries();
        let found = entries.find(|(_, relation)| relation.name == name);
        found.map_or_else(|| unreachable!("it is declared"), |(id, _)| id)
    };
    let (part_of, belongs_to) = (relation("part_of"), relation("belongs_to"));
    let mut facts = Facts::new(program.relations.len());
    let mut random = random();
    for (number, &unit) in units.iter().enumerate().skip(1) {
        for _ in 0..=usize::from(random().is_multiple_of(4)) {
            let whole = number.saturating_sub(1 + random() % NEAR);
            assert_part(&mut facts, part_of, unit, units.get(whole));
        }
    }
    Case {
        program,
        universe,
        facts,
        belongs_to,
    }
}

fn assert_part(facts: &mut Facts, part_of: RelationId, unit: Value, whole: Option<&Value>) {
    if let Some(&whole) = whole {
        let nowhere = Span::new(FileId::new(0), 0, 0);
        facts.assert(part_of, &[unit, whole], nowhere, None);
    }
}

/// Numbers that are the same on every run.
fn random() -> impl FnMut() -> usize {
    let mut state = 1_u64;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize
    }
}

fn derive(case: &Case, unexplained: bool) -> Database<'_> {
    let changing = no_relations(&case.program);
    let limits = Limits {
        unexplained,
        ..Limits::default()
    };
    let (program, universe, facts) = (&case.program, &case.universe, &case.facts);
    Database::new(program, universe, facts, 0, &changing, &limits)
}

/// Explains each fact by its rule with the values, from which the premises follow.
fn explain(case: &Case, database: &Database<'_>) -> usize {
    let proofs = Proofs::new(database, &case.universe, case.belongs_to);
    proofs.map_or(0, |proofs| {
        let steps = proofs.steps();
        steps.filter(|(_, _, values)| !values.is_empty()).count()
    })
}

/// The last result, and the time of one run.
fn timed<T>(run: impl Fn() -> T) -> (T, Duration) {
    let start = processor();
    for _ in 1..AT_ONCE {
        drop(run());
    }
    let result = run();
    let time = processor().saturating_sub(start);
    (result, time / AT_ONCE)
}

/// The processor's time of this thread so far.
fn processor() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let time = text.split_whitespace().next();
    Duration::from_nanos(time.and_then(|time| time.parse().ok()).unwrap_or_default())
}

/// The most memory that was in use so far, in MiB.
fn peak() -> usize {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.unwrap_or(0_usize) / 1024
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}
