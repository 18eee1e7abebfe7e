//! How long it takes to settle an act exactly, by how many unknown atoms it hangs on and how many
//! norms speak of it: `cargo bench --bench settle`. Beyond the limit it is to give up, and soon.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a bench that cannot go on has failed, and says what it saw"
)]

use std::fmt::Write as _;
use std::hint::black_box;

use attendu::base::{Diagnostic, Sources};
use attendu::deontic::{Beyond, Judge, Settling};
use attendu::engine::Timeline;
use attendu::lang::parse_program;
use attendu::load::{Act, add_texts, load_facts};
use attendu::program::{Value, from_ast};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

/// Unknown atoms and norms.
const SIZES: [(usize, usize); 5] = [(8, 6), (24, 20), (40, 30), (60, 40), (80, 60)];

/// 2026-11-21.
const AS_OF: i64 = 29_920_320;

/// A sequence of numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let high = (self.0 >> 33) as usize;
        high % bound.max(1)
    }
}

/// Norms of three conditions each, in turn about all of `atoms`, that permit and forbid the same
/// action; each overrides one before it. With `settled` two more forbid it between them, whatever
/// is so.
fn policy(atoms: usize, norms: usize, settled: bool) -> String {
    let mut numbers = Numbers(7);
    let mut text = "document d jurisdiction j rank guideline.\n".to_owned();
    for atom in 0..atoms {
        let _ = writeln!(text, "open relation r{atom}(content: content).");
    }
    text.push_str("action post(of: content).\n");
    for norm in 0..norms {
        let effect = ["forbid", "permit"][numbers.below(2)];
        let _ = write!(text, "norm d/{} {effect} post of C when ", norm + 1);
        for literal in 0..3 {
            let comma = if literal == 0 { "" } else { ", " };
            let not = ["", "not "][numbers.below(2)];
            let atom = if literal == 0 {
                norm % atoms
            } else {
                numbers.below(atoms)
            };
            let _ = write!(text, "{comma}{not}r{atom}(C)");
        }
        if norm > 0 {
            let _ = write!(text, " overrides d/{}", numbers.below(norm) + 1);
        }
        text.push_str(".\n");
    }
    if settled {
        text.push_str("norm d/998 forbid post of C when r0(C).\n");
        text.push_str("norm d/999 forbid post of C unless r0(C).\n");
    }
    text
}

fn settle(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("settle");
    for (atoms, norms) in SIZES {
        let size = format!("{atoms} atoms, {norms} norms");
        with_judge(&policy(atoms, norms, false), |judge, act| {
            let settling = judge.verdict(act).expect("it is known").settling;
            match atoms {
                ..=40 => assert_eq!(settling, Settling::Exact, "{size}"),
                65.. => assert_eq!(settling, Settling::Beyond(Beyond::Atoms), "{size}"),
                _ => eprintln!("{size}: {}", settling.word()),
            }
            group.bench_function(BenchmarkId::new("open", &size), |bench| {
                bench.iter(|| black_box(judge.verdict(black_box(act))));
            });
            group.bench_function(
                BenchmarkId::new("open, and what it hangs on", &size),
                |bench| {
                    bench.iter(|| black_box(judge.judge(black_box(act))));
                },
            );
        });
        with_judge(&policy(atoms, norms, true), |judge, act| {
            let settling = judge.verdict(act).expect("it is known").settling;
            eprintln!("{size}, settled: {}", settling.word());
            group.bench_function(BenchmarkId::new("settled", &size), |bench| {
                bench.iter(|| black_box(judge.verdict(black_box(act))));
            });
        });
    }
    group.finish();
}

/// Runs with a judge of the policy and the one act that is to be judged.
fn with_judge(text: &str, run: impl FnOnce(&mut Judge<'_>, Value)) {
    let mut sources = Sources::default();
    let file = sources.add("policy.dl", text);
    let (tree, _) = parse_program(file, text);
    let (program, universe, found) = from_ast(&[(file, tree)]);
    assert!(!found.iter().any(Diagnostic::is_error), "{found:#?}");
    let facts = r#"{ "content": ["c"], "acts": [{ "id": "a", "action": "post", "of": "c" }] }"#;
    let files = add_texts([("facts.json", facts)], &mut sources);
    let (case, _) = load_facts(&program, universe, &sources, &files, AS_OF);
    let case = case.expect("the facts load");
    let act = case.acts.values().next().expect("there is an act").value;
    let timeline = Timeline::new(&program, &case.universe, &case.facts);
    let mut judge = Judge::new(&timeline, case.acts.values().map(Act::record), AS_OF);
    run(&mut judge, act);
}

criterion_group!(benches, settle);
criterion_main!(benches);
