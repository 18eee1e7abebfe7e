//! Judging under changes, and what each judgement was worked out from.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::{Changes, Run, Trace, Truth, digest};
use crate::program::{ActRecord, Modality, NormId, Value};

use super::super::conditions::Requirement;
use super::super::instances::Instance;
use super::super::judge::Judge;
use super::super::labelled::Labelled;
use super::super::part::Part;
use super::super::verdict::{Standing, Status, Verdict};

/// An instance that bears on the verdict, once labelled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bearing {
    pub(super) norm: NormId,
    pub(super) modality: Modality,
    /// It certainly applies.
    pub(super) certain: bool,
    /// How it fares.
    pub(super) status: Status,
    /// It is a condition, certainly required and not certainly met.
    pub(super) pending: bool,
    /// It is one that facts which nobody can change fail.
    pub(super) barred: bool,
}

/// What an act comes to under some changes.
#[derive(Debug)]
pub(super) struct Judged {
    /// The verdict, but for ways of doing it that nobody recorded.
    pub(super) verdict: Verdict,
    pub(super) once_met: Verdict,
    pub(super) bearing: Vec<Bearing>,
    /// It hangs on itself, so what it was worked out from does not tell what could change it.
    pub(super) circular: bool,
    /// How it was worked out.
    pub(super) run: Run,
    /// The norms that it was judged by.
    current: Vec<NormId>,
    instances: Vec<Instance>,
}

/// Judges one act under changes.
pub(super) struct Judging<'j, 'p> {
    pub(super) judge: &'j mut Judge<'p>,
    act: &'j mut dyn FnMut(&mut Judge<'p>) -> Value,
    /// The norms that may bear on the verdict.
    pub(super) norms: Vec<NormId>,
    pub(super) trace: Rc<Trace>,
    made_for: FxHashMap<NormId, Rc<BTreeSet<usize>>>,
}

impl<'j, 'p> Judging<'j, 'p> {
    /// Judges the act that `act` makes known.
    pub(super) fn new(
        judge: &'j mut Judge<'p>,
        act: &'j mut dyn FnMut(&mut Judge<'p>) -> Value,
    ) -> Option<Self> {
        judge.change(Changes::default(), None);
        let value = act(judge);
        let record = judge.act(value)?.clone();
        let program = judge.program();
        let bearing = Rc::clone(&judge.dispatch().bearing[record.description.action]);
        let in_force = |norm: &&NormId| {
            let document = program.norms[**norm].document;
            program.documents[document].in_force(record.at) && judge.judges_by(**norm)
        };
        Some(Self {
            norms: bearing.iter().filter(in_force).copied().collect(),
            judge,
            act,
            trace: Rc::default(),
            made_for: FxHashMap::default(),
        })
    }

    /// Has the judge judge under `changes`; the act.
    pub(super) fn enter(&mut self, changes: Changes) -> Option<ActRecord> {
        self.judge.change(changes, None);
        let act = (self.act)(self.judge);
        self.judge.act(act).cloned()
    }

    /// The same, tracing what is worked out for it as a whole.
    pub(super) fn enter_traced(&mut self, changes: Changes) -> Option<ActRecord> {
        self.trace.begin();
        self.trace.enter(Part::Whole.number());
        self.judge.change(changes, Some(Rc::clone(&self.trace)));
        let act = (self.act)(self.judge);
        self.judge.act(act).cloned()
    }

    /// What the act comes to under `changes`.
    pub(super) fn judged(&mut self, changes: Changes) -> Option<Judged> {
        let act = self.enter_traced(changes)?;
        let norms = &self.norms;
        let ((current, instances, found), circular) =
            self.judge.while_judging(act.value, |judge| {
                let (current, _) = judge.in_force(&act, norms);
                let instances = judge.instances(&act, &current);
                let found = judge.labelled(&act, instances.clone());
                let settled = |judge: &mut Judge<'_>| {
                    for &norm in norms {
                        judge.uses(Part::Norm(norm));
                        judge.uses(Part::Conditions(norm));
                    }
                    judge.settled(&act, found).0
                };
                let found = judge.part(Part::Settling, settled, |found| Some(outcome(found)));
                (current, instances, found)
            });
        let comes_to = Judge::comes_to(&found);
        let program = self.judge.program();
        let bearing = found.instances.iter().enumerate().map(|(index, instance)| {
            let own = found.requirements.iter();
            let own = own.filter(|it| it.standing.instance == index);
            let pending = |it: &Requirement| it.certain && it.standing.standing != Standing::Met;
            Bearing {
                norm: instance.norm,
                modality: program.norms[instance.norm].modality,
                certain: instance.truth == Truth::Certain,
                status: found.status(index),
                pending: own.clone().any(pending),
                barred: own.clone().any(Requirement::barred),
            }
        });
        let bearing: Vec<_> = bearing.collect();
        Some(Judged {
            verdict: if circular {
                Verdict::Undetermined
            } else {
                comes_to.verdict
            },
            once_met: comes_to.once_met,
            bearing,
            circular,
            run: self.trace.run(),
            current,
            instances,
        })
    }

    /// The same as far as the verdict goes, taking from `before`, which nothing changed, what
    /// none of the lookups `agreeing` with a change was made for.
    pub(super) fn verdict(
        &mut self,
        changes: Changes,
        before: &Judged,
        agreeing: &BTreeSet<usize>,
    ) -> Option<Verdict> {
        let program = self.judge.program();
        let mut norms = self.norms.clone();
        norms.retain(|&norm| {
            let asks = |late: &[_]| !late.is_empty();
            let asks_verdicts = program.norms[norm].bodies.iter().any(|it| asks(&it.late));
            asks_verdicts || !self.made_for(before, norm).is_disjoint(agreeing)
        });
        let act = self.enter(changes)?;
        let (found, circular) = self.judge.while_judging(act.value, |judge| {
            let (current, _) = judge.in_force(&act, &self.norms);
            let mut instances = Vec::new();
            for norm in current {
                if norms.contains(&norm) || !before.current.contains(&norm) {
                    instances.extend(judge.instances(&act, &[norm]));
                } else {
                    let own = before.instances.iter().filter(|it| it.norm == norm);
                    instances.extend(own.cloned());
                }
            }
            let found = judge.labelled(&act, instances);
            judge.settled(&act, found).0
        });
        Some(if circular {
            Verdict::Undetermined
        } else {
            Judge::comes_to(&found).verdict
        })
    }

    /// The lookups that were made for the instances of a norm, as the facts are.
    fn made_for(&mut self, before: &Judged, norm: NormId) -> Rc<BTreeSet<usize>> {
        if let Some(known) = self.made_for.get(&norm) {
            return Rc::clone(known);
        }
        let goal = self.trace.named(Part::Norm(norm).number());
        let lookups = Rc::new(reached(&before.run, goal, &|_| true));
        self.made_for.insert(norm, Rc::clone(&lookups));
        lookups
    }

    /// Whether the act may have been done in ways in which the verdict would be worse, under
    /// `changes`; and what was looked up for that.
    pub(super) fn has_worse_ways(
        &mut self,
        changes: Changes,
        verdict: Verdict,
    ) -> Option<(bool, BTreeSet<usize>)> {
        let act = self.enter_traced(changes)?;
        if self.judge.dispatch().below[act.description.action].is_empty() {
            return Some((false, BTreeSet::new()));
        }
        let (ways, circular) = self
            .judge
            .while_judging(act.value, |judge| judge.worse_ways(&act, verdict));
        Some((circular || !ways.is_empty(), self.looked_up()))
    }

    /// All that was looked up since the judge was last told what to judge under.
    pub(super) fn looked_up(&self) -> BTreeSet<usize> {
        let run = self.trace.run();
        run.into_values().flat_map(|it| it.lookups).collect()
    }

    /// What was looked up, for `norms` alone with the documents that they stand in, for all with
    /// `None`; and what was looked up besides.
    pub(super) fn consulted(&self, run: &Run, norms: Option<&BTreeSet<NormId>>) -> BTreeSet<usize> {
        let scope = |norm: NormId| self.judge.dispatch().scope[norm].map(Part::Scope);
        let parts = |norm: NormId| [Some(Part::Norm(norm)), scope(norm)];
        let number = |part: Part| self.trace.named(part.number());
        let of = |norms: &mut dyn Iterator<Item = NormId>| -> BTreeSet<usize> {
            norms.flat_map(parts).flatten().map(number).collect()
        };
        let wanted = norms.map(|norms| of(&mut norms.iter().copied()));
        let all = of(&mut self.norms.iter().copied());
        let is_left_out = |goal: &usize| {
            wanted.as_ref().is_some_and(|it| !it.contains(goal)) && all.contains(goal)
        };
        reached(run, number(Part::Whole), &|goal| !is_left_out(goal))
    }
}

/// The lookups that were made for a goal, and for those that it used, as far as they are
/// `wanted`.
fn reached(run: &Run, goal: usize, wanted: &dyn Fn(&usize) -> bool) -> BTreeSet<usize> {
    let mut open = vec![goal];
    let (mut seen, mut lookups) = (FxHashSet::default(), BTreeSet::new());
    while let Some(goal) = open.pop() {
        let Some(working) = run.get(&goal).filter(|_| seen.insert(goal)) else {
            continue;
        };
        lookups.extend(&working.lookups);
        open.extend(working.uses.iter().filter(|it| wanted(it)));
    }
    lookups
}

/// A digest of what labelled instances come to.
fn outcome(found: &Labelled) -> u64 {
    let comes_to = Judge::comes_to(found);
    let instances = found.instances.iter().enumerate();
    let instances = instances.map(|(index, it)| (it.norm, it.truth, found.status(index)));
    let requirements = found.requirements.iter();
    let requirements = requirements.map(|it| (it.certain, it.standing.clone()));
    digest(&(
        comes_to.verdict,
        comes_to.once_met,
        instances.collect::<Vec<_>>(),
        requirements.collect::<Vec<_>>(),
    ))
}
