//! The search: sets of changes in order of their size, each judged once.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::{Changes, Consulted};
use crate::program::{Program, RelationId, Value};

use super::judged::{Judged, Judging};
use super::nearest::nearest;
use super::options::Options;
use super::{Change, Judge, Obstacle, Verdict};

/// How far the search goes before it gives up. All are counted, none is timed, so that the answer
/// is the same on every machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChangeLimits {
    /// Changes of one set.
    pub size: usize,
    /// Sets that are looked at for one verdict.
    pub sets: usize,
    /// Norms that are worked out anew for one verdict.
    pub norms: usize,
}

impl Default for ChangeLimits {
    fn default() -> Self {
        Self {
            size: 4,
            sets: 4_000,
            norms: 4_000,
        }
    }
}

/// The smallest sets of changes that lead to a verdict.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The verdict that they lead to.
    pub verdict: Verdict,
    /// The sets, all of one size.
    pub sets: Vec<Vec<Change>>,
    /// The size up to which all sets were looked at that could matter.
    pub searched: usize,
    /// Whether it was given up before the next size was done.
    pub gave_up: bool,
    /// Relations of which too much could be stated to look at.
    pub beyond: BTreeSet<RelationId>,
}

/// Whether the facts can be changed so, and the verdict is then this one; what stands in the way
/// where they cannot.
pub type Check<'c> = &'c mut dyn FnMut(&[Change], Verdict) -> Result<(), Vec<Obstacle>>;

/// Sets of one size that do not lead to the verdict, or must not.
type Frontier = Vec<Vec<usize>>;

struct Search<'j, 'p> {
    judging: Judging<'j, 'p>,
    options: Options<'p>,
    at: i64,
    check: Check<'j>,
    progress: &'j mut dyn FnMut(usize),
    known: FxHashMap<Vec<usize>, Rc<Judged>>,
    /// The verdict under each set, for which less has to be worked out.
    verdicts: FxHashMap<Vec<usize>, Verdict>,
}

impl<'p> Judge<'p> {
    /// The smallest sets of changes under which the act that `act` makes known has each of the
    /// verdicts `wanted`. Sets are held against `check` before they count; `progress` is told how
    /// many were looked at. The judge must be one over a base that leaves all changeable
    /// relations to sessions; it judges by changed facts afterwards. `None` where the act is not
    /// known.
    pub fn what_would_change(
        &mut self,
        act: &mut dyn FnMut(&mut Judge<'p>) -> Value,
        wanted: &[Verdict],
        limits: ChangeLimits,
        check: Check<'_>,
        progress: &mut dyn FnMut(usize),
    ) -> Option<Vec<Answer>> {
        let mut judging = Judging::new(self, act)?;
        let record = judging.enter(Changes::default())?;
        let judge = &judging.judge;
        let options = Options::new(judge.program(), judge.universe(), judge.facts(), &record);
        let mut search = Search {
            judging,
            options,
            at: record.at,
            check,
            progress,
            known: FxHashMap::default(),
            verdicts: FxHashMap::default(),
        };
        let wanted = wanted.iter();
        wanted.map(|&wanted| search.run(wanted, limits)).collect()
    }
}

/// Whether a set leads to the verdict that is wanted.
enum Outcome {
    /// It does.
    Leads(Vec<Change>),
    /// The norms lead to another one.
    Not,
    /// The norms lead to it, and what was seen from these lookups stands in the way.
    Hindered(Vec<Consulted>),
}

impl Search<'_, '_> {
    fn run(&mut self, wanted: Verdict, limits: ChangeLimits) -> Option<Answer> {
        let mut answer = Answer {
            verdict: wanted,
            sets: Vec::new(),
            searched: 0,
            gave_up: false,
            beyond: BTreeSet::new(),
        };
        self.judging.worked_out = 0;
        let mut seen = FxHashSet::default();
        let mut frontier: Frontier = vec![Vec::new()];
        while answer.sets.is_empty() && answer.searched < limits.size {
            frontier = self.grow(&frontier, wanted, limits, &mut seen, &mut answer)?;
            if answer.gave_up {
                break;
            }
            answer.searched += 1;
        }
        let sets = std::mem::take(&mut answer.sets);
        answer.sets = nearest(self.judging.judge.program(), self.at, sets);
        answer.beyond.clone_from(&self.options.beyond);
        Some(answer)
    }

    /// Looks at each set that has one change more than one of `frontier`; those to go on with.
    fn grow(
        &mut self,
        frontier: &[Vec<usize>],
        wanted: Verdict,
        limits: ChangeLimits,
        seen: &mut FxHashSet<Vec<usize>>,
        answer: &mut Answer,
    ) -> Option<Frontier> {
        let mut next = Frontier::new();
        for set in frontier {
            let judged = self.judged(set)?;
            let outcome = self.outcome(set, &judged, wanted)?;
            for option in self.further(&judged, wanted, &outcome) {
                let Some(larger) = self.with(set, option).filter(|it| !seen.contains(it)) else {
                    continue;
                };
                if seen.len() >= limits.sets || self.judging.worked_out >= limits.norms {
                    answer.gave_up = true;
                    return Some(next);
                }
                seen.insert(larger.clone());
                if self.verdict(&larger)? == wanted
                    && let judged = self.judged(&larger)?
                    && let Outcome::Leads(changes) = self.outcome(&larger, &judged, wanted)?
                {
                    answer.sets.push(changes);
                } else {
                    next.push(larger);
                }
            }
        }
        Some(next)
    }

    /// The verdict under a set. What its norms looked up is worked out, norm by norm, where the
    /// search goes on from there, which is rare and dear.
    fn verdict(&mut self, set: &[usize]) -> Option<Verdict> {
        if let Some(&known) = self.verdicts.get(set) {
            return Some(known);
        }
        (self.progress)(self.verdicts.len());
        let record = self.judging.enter(changed(&self.options.changes, set))?;
        let verdict = self.judging.judge.verdict(record.value)?.verdict;
        self.verdicts.insert(set.to_vec(), verdict);
        Some(verdict)
    }

    fn judged(&mut self, set: &[usize]) -> Option<Rc<Judged>> {
        if let Some(known) = self.known.get(set) {
            return Some(Rc::clone(known));
        }
        let changes = &self.options.changes;
        let judged = Rc::new(self.judging.judged(set, changes)?);
        self.known.insert(set.to_vec(), Rc::clone(&judged));
        Some(judged)
    }

    fn outcome(&mut self, set: &[usize], judged: &Judged, wanted: Verdict) -> Option<Outcome> {
        if judged.verdict != wanted {
            return Some(Outcome::Not);
        }
        self.judging.enter(changed(&self.options.changes, set))?;
        let (worse, consulted) = self.judging.has_worse_ways(wanted)?;
        if worse {
            return Some(Outcome::Hindered(consulted));
        }
        let changes = self.changes(set);
        Some(match (self.check)(&changes, wanted) {
            Ok(()) => Outcome::Leads(changes),
            Err(obstacles) => Outcome::Hindered(self.consulted_for(&obstacles)),
        })
    }

    /// The changes one of which has to be made, in addition, to come to the verdict.
    fn further(&mut self, judged: &Judged, wanted: Verdict, outcome: &Outcome) -> Vec<usize> {
        let consulted = match outcome {
            Outcome::Hindered(also) => {
                let mut all = judged.consulted(None);
                all.extend(also.iter().cloned());
                all
            }
            _ => {
                let norms = &self.judging.norms;
                let needs = judged.needs(self.judging.judge, norms, wanted);
                judged.consulted(needs.as_ref())
            }
        };
        self.options.of(&consulted)
    }

    /// What has to be looked up to see that something stands in the way.
    fn consulted_for(&mut self, obstacles: &[Obstacle]) -> Vec<Consulted> {
        let judge = &mut *self.judging.judge;
        let session = judge.session_at(judge.as_of());
        for obstacle in obstacles {
            match obstacle {
                Obstacle::Never {
                    never,
                    alternative,
                    values,
                } => {
                    let never = judge.program().nevers.get(*never);
                    let body = never.and_then(|it| Some((it, it.alternatives.get(*alternative)?)));
                    if let Some((never, literals)) = body {
                        judge.solutions(&session, &never.variables, literals, values);
                    }
                }
                Obstacle::Tuple(relation, tuple) => {
                    session.truth(*relation, tuple);
                }
            }
        }
        judge.consulted()
    }

    /// The set with one change more, if they go together.
    fn with(&self, set: &[usize], option: usize) -> Option<Vec<usize>> {
        let change = self.options.changes.get(option)?;
        let mut others = set.iter().filter_map(|&it| self.options.changes.get(it));
        let program = self.judging.judge.program();
        if others.any(|other| meet(program, change, other)) {
            return None;
        }
        let mut larger = set.to_vec();
        larger.push(option);
        larger.sort_unstable();
        Some(larger)
    }

    /// The changes of a set, in order.
    fn changes(&self, set: &[usize]) -> Vec<Change> {
        let mut set = set.to_vec();
        self.options.sort(&mut set);
        let changes = set.iter().filter_map(|&it| self.options.changes.get(it));
        changes.cloned().collect()
    }
}

/// Whether two changes speak of the same tuple, or of one row that has one value.
fn meet(program: &Program, one: &Change, other: &Change) -> bool {
    let row = &program.relations[one.relation];
    let width = row.arity() - usize::from(row.single_valued);
    one.relation == other.relation
        && one.tuples().any(|own| {
            let mut others = other.tuples();
            others.any(|other| own.get(..width) == other.get(..width))
        })
}

/// The changes of a set as sessions take them.
pub(super) fn changed(changes: &[Change], set: &[usize]) -> Changes {
    let mut all = Changes::default();
    for change in set.iter().filter_map(|&it| changes.get(it)) {
        let input = all.inputs.entry(change.relation).or_default();
        if let Some((tuple, _)) = &change.withdrawn {
            input.retracted.push(tuple.clone());
        }
        match &change.stated {
            Some((tuple, true)) => input.asserted.push(tuple.clone()),
            Some((tuple, false)) => input.denied.push(tuple.clone()),
            None => {}
        }
    }
    all
}
