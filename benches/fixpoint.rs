//! The closure of a random graph (that of `gen_tc.py`: 2,000 nodes, 6,000 edges) by our engine
//! and by a program for graphs alone, run in turn: `cargo bench --bench fixpoint`.

#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a program that prints, and a yardstick over a fixed number of nodes"
)]

use std::time::{Duration, Instant};

use attendu::base::{Diagnostic, FileId, Id, Span};
use attendu::engine::{Database, Facts, Limits, no_relations};
use attendu::lang::parse_program;
use attendu::program::{Program, SortId, Universe, from_ast};

const NODES: usize = 2_000;
const EDGES: usize = 6_000;
const RUNS: usize = 5;

const POLICY: &str = "
relation edge(start: actor, end: actor).
relation path(start: actor, end: actor).
path(A, B) :- edge(A, B).
path(A, C) :- path(A, B), edge(B, C).
";

fn main() {
    let edges = edges();
    let (parsed, errors) = parse_program(FileId::new(0), POLICY);
    let (program, mut universe, findings) = from_ast(&[(FileId::new(0), parsed)]);
    assert!(!errors.iter().chain(&findings).any(Diagnostic::is_error));
    let nodes: Vec<_> = (0..NODES)
        .map(|node| universe.intern(SortId::ACTOR, &node.to_string()))
        .collect();
    let mut facts = Facts::new(program.relations.len());
    let edge = relation(&program, "edge");
    let nowhere = Span::new(FileId::new(0), 0, 0);
    for &(from, to) in &edges {
        facts.assert(edge, &[nodes[from], nodes[to]], nowhere, None);
    }

    let mut ours = Duration::MAX;
    let mut by_hand = Duration::MAX;
    for _ in 0..RUNS {
        let (found, time) = timed(|| closure(&program, &universe, &facts));
        let (expected, yardstick) = timed(|| closure_by_hand(&edges));
        assert_eq!(found, expected, "the tuples of the closure");
        (ours, by_hand) = (ours.min(time), by_hand.min(yardstick));
    }
    let ratio = ours.as_secs_f64() / by_hand.as_secs_f64();
    println!(
        "closure of {NODES} nodes, {EDGES} edges: {ours:.1?}, by hand {by_hand:.1?}, ratio {ratio:.1}"
    );
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = run();
    (result, start.elapsed())
}

/// Distinct edges, always the same.
fn edges() -> Vec<(usize, usize)> {
    let mut state = 1_u64;
    let mut node = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % NODES
    };
    let mut edges = std::collections::BTreeSet::new();
    while edges.len() < EDGES {
        edges.insert((node(), node()));
    }
    edges.into_iter().collect()
}

fn relation(program: &Program, name: &str) -> attendu::program::RelationId {
    let mut entries = program.relations.entries();
    let found = entries.find(|(_, relation)| relation.name == name);
    found
        .map(|(id, _)| id)
        .unwrap_or_else(|| unreachable!("it is declared"))
}

fn closure(program: &Program, universe: &Universe, facts: &Facts) -> usize {
    let database = Database::new(
        program,
        universe,
        facts,
        0,
        &no_relations(program),
        &Limits::default(),
    );
    let path = database.extension(relation(program, "path"));
    path.map_or(0, |path| path.len())
}

/// From each node a search that keeps the nodes reached as bits.
fn closure_by_hand(edges: &[(usize, usize)]) -> usize {
    let mut next = vec![Vec::new(); NODES];
    for &(from, to) in edges {
        next[from].push(to);
    }
    let mut pairs = 0;
    let mut reached = vec![0_u64; NODES.div_ceil(64)];
    let mut open = Vec::new();
    for start in 0..NODES {
        reached.fill(0);
        open.push(start);
        while let Some(node) = open.pop() {
            for &to in &next[node] {
                let bit = 1 << (to % 64);
                if reached[to / 64] & bit == 0 {
                    reached[to / 64] |= bit;
                    pairs += 1;
                    open.push(to);
                }
            }
        }
    }
    pairs
}
