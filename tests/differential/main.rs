//! The judge against the definition of a verdict, on random tiny policies: `policy` makes and
//! writes them, `definition` works them out by brute force with nothing of ours. Settled, a verdict
//! must be what the definition says, no more and no less; by the readings alone, what is determined
//! must be, and only rarely may it be left open without need. No order of norms or facts may matter.
//! `ways` asks the same of acts recorded too generally; `why_not` holds what is said of verdicts
//! that did not come against the facts; `interview` answers as a completion has it; `ask` judges
//! every act that a question may be about.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail, and says what it saw"
)]

mod ask;
mod change;
mod definition;
mod interview;
mod policy;
mod ways;
mod why_not;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use attendu::base::{Diagnostic, Sources};
use attendu::deontic::{Course, Judge, Verdict};
use attendu::engine::Timeline;
use attendu::lang::parse_program;
use attendu::load::{Act, add_texts, load_facts};
use attendu::program::{Atom, Term, from_ast};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use definition::{Base, Defined, define};
use policy::{Case, Tape, acts};

/// 2026-11-21.
const AS_OF: i64 = 29_920_320;

/// What the judge says of an act.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Judged {
    verdict: Verdict,
    contested: bool,
    may_be_prohibited: bool,
    /// Instances with where they end up.
    norms: BTreeSet<String>,
    /// Where answers lead: what was answered on the way, and the verdict that it comes to.
    ends: Vec<(Answers, &'static str)>,
}

/// Atoms as in a policy, with whether they hold.
type Answers = Vec<(String, bool)>;

/// The ends of a course.
fn ends(
    course: &Course,
    written: &dyn Fn(&Atom) -> String,
    on_the_way: &Answers,
    found: &mut Vec<(Answers, &'static str)>,
) {
    match course {
        Course::Settled { verdict, .. } => found.push((on_the_way.clone(), verdict.word())),
        Course::Open => found.push((on_the_way.clone(), "undetermined")),
        Course::Ask { atom, yes, no } => {
            for (answer, course) in [(true, yes), (false, no)] {
                let mut further = on_the_way.clone();
                further.push((written(atom), answer));
                ends(course, written, &further, found);
            }
        }
    }
}

/// The verdicts by act, settled or by the readings alone; or the codes of the errors, if the
/// policy is refused.
fn judge(
    policy: &str,
    facts: &str,
    settled: bool,
) -> Result<BTreeMap<String, Judged>, BTreeSet<&'static str>> {
    let mut sources = Sources::default();
    let file = sources.add("policy.dl", policy);
    let (tree, mut diagnostics) = parse_program(file, policy);
    let (program, universe, found) = from_ast(&[(file, tree)]);
    diagnostics.extend(found);
    let errors = |diagnostics: &[Diagnostic]| -> BTreeSet<_> {
        let errors = diagnostics.iter().filter(|told| told.is_error());
        errors.map(|told| told.code).collect()
    };
    let codes = errors(&diagnostics);
    if !codes.is_empty() {
        return Err(codes);
    }
    let files = add_texts([("facts.json", facts)], &mut sources);
    let (case, diagnostics) = load_facts(&program, universe, &sources, &files, AS_OF);
    let Some(case) = case else {
        return Err(errors(&diagnostics));
    };
    let timeline = Timeline::new(&program, &case.universe, &case.facts);
    let mut judge = Judge::new(&timeline, case.acts.values().map(Act::record), AS_OF);
    if !settled {
        judge.settle_within(None);
    }
    let mut verdicts = BTreeMap::new();
    for act in case.acts.values() {
        let judgement = judge.judge(act.value).unwrap();
        let norms = judgement.norms.iter().map(|standing| {
            let per = standing.per.iter().map(|named| {
                let name = case.universe.name(named.sort, named.value);
                name.unwrap_or("_").to_owned()
            });
            let per: Vec<_> = per.collect();
            let id = &program.norms[standing.norm].id;
            format!("{id} {per:?} {:?} {}", standing.status, standing.certain)
        });
        let written = |atom: &Atom| {
            let relation = &program.relations[atom.relation];
            let terms = relation.columns.iter().zip(&atom.terms);
            let names: Vec<_> = terms
                .map(|(column, term)| match term {
                    Term::Constant(value) => case.universe.name(column.sort, *value).unwrap_or("_"),
                    _ => "_",
                })
                .collect();
            format!("{}({})", relation.name, names.join(", "))
        };
        let mut found = Vec::new();
        if let Some(course) = &judgement.course {
            ends(course, &written, &Answers::new(), &mut found);
        }
        let judged = Judged {
            ends: found,
            verdict: judgement.verdict,
            contested: judgement.contested,
            may_be_prohibited: judgement.may_be_prohibited,
            norms: norms.collect(),
        };
        verdicts.insert(act.name.clone(), judged);
    }
    Ok(verdicts)
}

/// How often what was seen.
#[derive(Default, Debug)]
struct Seen {
    counts: BTreeMap<String, u32>,
}

impl Seen {
    fn count(&mut self, what: &str) {
        *self.counts.entry(what.to_owned()).or_default() += 1;
    }

    fn share(&self, what: &str, of: &str) -> f64 {
        let count = |what| f64::from(self.counts.get(what).copied().unwrap_or(0));
        count(what) / count(of)
    }
}

/// Holds a settled verdict against the definition.
fn compare(defined: &Defined, judged: &Judged) -> Result<(), String> {
    let verdict = judged.verdict.word();
    if verdict != defined.verdict {
        return Err(format!("{verdict}, by the definition {}", defined.verdict));
    }
    let contested = verdict == "prohibited" && defined.bases.contains(&Base::Conflict);
    if judged.contested != contested {
        return Err(format!("contested: {}", judged.contested));
    }
    Ok(())
}

/// Holds what the readings say of an act against the definition.
fn compare_reading(defined: &Defined, judged: &Judged, seen: &mut Seen) -> Result<(), String> {
    let verdict = judged.verdict.word();
    seen.count("acts");
    seen.count(defined.verdict);
    if defined.unknown > 0 {
        seen.count("acts with something unknown");
    }
    if defined.defeat {
        seen.count("acts with a norm set aside");
    }
    if defined.bases.len() > 1 && verdict != "undetermined" {
        seen.count("settled though bases differ");
    }
    if judged.contested && !defined.bases.contains(&Base::Conflict) {
        seen.count("contested without need");
    }
    if verdict == defined.verdict {
        return Ok(());
    }
    // Not to know is sound, and so is to ask for a condition that is never in force, or to see
    // that it is prohibited without seeing that norms always clash: none may be frequent.
    let careful = match verdict {
        "conditional" => matches!(defined.verdict, "permitted" | "unregulated"),
        "prohibited" => judged.contested && defined.verdict == "conflict",
        _ => false,
    };
    if verdict == "undetermined" || careful {
        seen.count("left open without need");
        seen.count(&format!("{verdict} for {}", defined.verdict));
        return Ok(());
    }
    Err(format!("{verdict}, by the definition {}", defined.verdict))
}

/// Once answers are facts, the verdict is what was announced. A stranger cannot be spoken of.
fn follow(
    case: &Case,
    policy: &str,
    verdicts: &BTreeMap<String, Judged>,
    seen: &mut Seen,
) -> Result<(), TestCaseError> {
    for (act, judged) in verdicts {
        for (answers, verdict) in &judged.ends {
            let Some(further) = case.with(answers) else {
                continue;
            };
            seen.count("ends of courses");
            let facts = further.facts(false);
            let found = judge(policy, &facts, true).unwrap();
            prop_assert_eq!(
                found[act].verdict.word(),
                *verdict,
                "{} after {:?}\n{}\n{}",
                act,
                answers,
                policy,
                facts
            );
        }
    }
    Ok(())
}

/// One case: both ways round, each act.
fn check(choices: Vec<u32>, seen: &RefCell<Seen>) -> Result<(), TestCaseError> {
    let case = Case::read(&mut Tape::new(choices));
    let mut seen = seen.borrow_mut();
    seen.count("cases");
    let order: Vec<_> = (0..case.norms.len()).collect();
    let (policy, facts) = (case.policy(&order), case.facts(false));
    let verdicts = match judge(&policy, &facts, true) {
        Ok(verdicts) => verdicts,
        Err(codes) => {
            for code in codes {
                seen.count(code);
            }
            seen.count("refused");
            return Ok(());
        }
    };
    let readings = judge(&policy, &facts, false).unwrap();
    for (by, of) in acts() {
        let act = format!("{by}-{of}");
        let (judged, read) = (&verdicts[&act], &readings[&act]);
        let defined = define(&case, by, of);
        compare(&defined, judged)
            .and_then(|()| compare_reading(&defined, read, &mut seen))
            .map_err(|difference| {
                TestCaseError::fail(format!(
                    "post by a{by} of c{of}: {difference}\n{policy}\n{facts}\n{judged:#?}\n{read:#?}"
                ))
            })?;
    }
    follow(&case, &policy, &verdicts, &mut seen)?;
    let backwards: Vec<_> = order.into_iter().rev().collect();
    let permuted = judge(&case.policy(&backwards), &case.facts(true), true);
    prop_assert_eq!(permuted, Ok(verdicts), "{}\n{}", policy, facts);
    Ok(())
}

/// A runner that always draws the same cases, at most `most` of them.
fn fixed_runner(most: u32) -> TestRunner {
    let asked_for = Config::default();
    let config = Config {
        cases: asked_for.cases.min(most),
        failure_persistence: None,
        ..asked_for
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

#[test]
fn the_judge_agrees_with_the_definition() {
    let seen = RefCell::new(Seen::default());
    let mut runner = fixed_runner(u32::MAX);
    let tapes = prop::collection::vec(any::<u32>(), 0..160);
    let outcome = runner.run(&tapes, |choices| check(choices, &seen));
    let seen = seen.into_inner();
    eprintln!("{:#?}", seen.counts);
    if let Err(error) = outcome {
        panic!("{error}");
    }
    // A comparison of nothing would agree.
    assert!(seen.share("refused", "cases") < 0.2, "{seen:#?}");
    assert!(
        seen.share("acts with something unknown", "acts") > 0.3,
        "{seen:#?}"
    );
    assert!(
        seen.share("acts with a norm set aside", "acts") > 0.1,
        "{seen:#?}"
    );
    assert!(
        seen.share("settled though bases differ", "acts") > 0.001,
        "{seen:#?}"
    );
    for (verdict, word) in Verdict::ALL {
        assert!(seen.share(word, "acts") > 0.01, "{verdict:?}: {seen:#?}");
    }
    assert!(seen.share("ends of courses", "acts") > 0.1, "{seen:#?}");
    // Else nothing would be left to settle.
    assert!(
        seen.share("left open without need", "acts") > 0.01,
        "{seen:#?}"
    );
    for careful in ["left open without need", "contested without need"] {
        assert!(seen.share(careful, "acts") < 0.05, "{seen:#?}");
    }
}
