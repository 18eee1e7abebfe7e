//! The search: sets of changes in order of their size, each judged once.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::Changes;
use crate::program::{Program, RelationId, Value};

use super::judged::{Judged, Judging};
use super::links::{Touched, agrees};
use super::nearest::nearest;
use super::options::Options;
use super::{Change, Judge, Obstacle, Verdict};

/// How far the search goes before it gives up. All are counted, none is timed, so that the answer
/// is the same on every machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChangeLimits {
    /// Changes of one set.
    pub size: usize,
    /// Sets that are judged for one verdict.
    pub sets: usize,
}

impl Default for ChangeLimits {
    fn default() -> Self {
        Self {
            size: 4,
            sets: 100_000,
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

/// Changes by their places among all options, in order of the places.
type Set = Vec<usize>;

struct Search<'j, 'p> {
    judging: Judging<'j, 'p>,
    options: Options<'p>,
    at: i64,
    check: Check<'j>,
    progress: &'j mut dyn FnMut(usize),
    /// What the act comes to as the facts are.
    before: Judged,
    /// What each change alone touches, of those that the verdict hangs on as the facts are.
    alone: Option<Rc<Alone>>,
    /// The options that agree with each lookup.
    agreeing: FxHashMap<usize, Rc<[usize]>>,
    /// The lookups that each option agrees with.
    lookups_of: FxHashMap<usize, Rc<[usize]>>,
    /// The verdict under each set.
    verdicts: FxHashMap<Set, Verdict>,
}

/// What single changes do.
#[derive(Debug, Default)]
struct Alone {
    touched: BTreeMap<usize, Touched>,
    /// For each goal those under which it comes to something else.
    changing: FxHashMap<usize, Vec<usize>>,
    /// What the norms lead to under each.
    verdicts: FxHashMap<usize, Verdict>,
    /// Under one of them a verdict hangs on itself.
    circular: bool,
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
        let before = judging.judged(Changes::default())?;
        let judge = &judging.judge;
        let options = Options::new(judge.program(), judge.universe(), judge.facts(), &record);
        let mut search = Search {
            judging,
            options,
            at: record.at,
            check,
            progress,
            before,
            alone: None,
            agreeing: FxHashMap::default(),
            lookups_of: FxHashMap::default(),
            verdicts: FxHashMap::default(),
        };
        let wanted = wanted.iter();
        wanted.map(|&wanted| search.run(wanted, limits)).collect()
    }
}

/// Whether a set leads to the verdict that is wanted.
enum Outcome {
    /// It does.
    Leads,
    /// The norms lead to another one.
    Not,
    /// The norms lead to it, and what was seen from these lookups stands in the way.
    Hindered(BTreeSet<usize>),
}

/// How many times as many sets may be found as are judged.
const FOUND: usize = 10;

/// How many sets may still be judged.
struct Budget {
    left: usize,
    /// More were to be judged, so it was given up.
    exceeded: bool,
}

impl Budget {
    /// Whether one more may be judged.
    fn take(&mut self) -> bool {
        self.exceeded |= self.left == 0;
        self.left = self.left.saturating_sub(1);
        !self.exceeded
    }

    /// Whether it is of use to find more than so many sets to judge: the first ones of those that
    /// are found are judged, as far as it goes.
    fn allows(&mut self, found: usize) -> bool {
        self.exceeded |= found > FOUND * self.left.max(1);
        !self.exceeded
    }
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
        let mut budget = Budget {
            left: limits.sets,
            exceeded: false,
        };
        let mut leading = Vec::new();
        // All sets one smaller that may be a part of one that leads to the verdict.
        let mut parts = vec![Set::new()];
        while leading.is_empty() && answer.searched < limits.size && !parts.is_empty() {
            let sets = self.worth_judging(&parts, wanted, &mut budget)?;
            self.judge_all(&sets, wanted, &mut budget, &mut leading)?;
            if budget.exceeded {
                break;
            }
            answer.searched += 1;
            if leading.is_empty() && answer.searched < limits.size {
                parts = self.grown(&parts, wanted, false, &mut budget)?;
            }
            if budget.exceeded {
                break;
            }
        }
        answer.gave_up = budget.exceeded;
        if parts.is_empty() && !answer.gave_up {
            answer.searched = limits.size;
        }
        answer.sets = nearest(
            self.judging.judge.program(),
            self.at,
            self.in_order(leading),
        );
        answer.beyond.clone_from(&self.options.beyond);
        Some(answer)
    }

    /// The sets that have one change more than one of `parts` and may lead to the verdict.
    fn worth_judging(
        &mut self,
        parts: &[Set],
        wanted: Verdict,
        budget: &mut Budget,
    ) -> Option<Vec<Set>> {
        match parts.first().map_or(0, Vec::len) {
            0 => self.grown(parts, wanted, false, budget),
            1 => self.pairs(parts, wanted, budget),
            _ => self.grown(parts, wanted, true, budget),
        }
    }

    /// Judges each of `sets` within the budget, and notes those that lead to the verdict.
    fn judge_all(
        &mut self,
        sets: &[Set],
        wanted: Verdict,
        budget: &mut Budget,
        leading: &mut Vec<Set>,
    ) -> Option<()> {
        for set in sets {
            if !budget.take() {
                break;
            }
            if self.verdict(set)? == wanted
                && let Outcome::Leads = self.outcome(set, wanted)?
            {
                leading.push(set.clone());
            }
        }
        Some(())
    }

    /// The verdict under a set.
    fn verdict(&mut self, set: &[usize]) -> Option<Verdict> {
        if let Some(&known) = self.verdicts.get(set) {
            return Some(known);
        }
        (self.progress)(self.verdicts.len());
        let mut agreeing = BTreeSet::new();
        for &one in set {
            agreeing.extend(&*self.agreeing_with(one));
        }
        let changes = self.changed(set);
        let verdict = self.judging.verdict(changes, &self.before, &agreeing)?;
        self.verdicts.insert(set.to_vec(), verdict);
        Some(verdict)
    }

    /// The lookups made as the facts are that a change agrees with.
    fn agreeing_with(&mut self, one: usize) -> Rc<[usize]> {
        if let Some(known) = self.lookups_of.get(&one) {
            return Rc::clone(known);
        }
        let change = self.options.changes.get(one);
        let change: Vec<_> = change.into_iter().collect();
        let lookups = self.before.run.values().flat_map(|it| &it.lookups);
        let lookups: BTreeSet<usize> = lookups.copied().collect();
        let agrees = |lookup: &usize| {
            let lookup = self.judging.trace.lookup(*lookup);
            lookup.is_some_and(|it| agrees(&it, &change))
        };
        let found: Rc<[usize]> = lookups.into_iter().filter(agrees).collect();
        self.lookups_of.insert(one, Rc::clone(&found));
        found
    }

    /// The sets that have one change more than one of `parts`: of something that the verdict was
    /// worked out from, and, if `linked`, that is linked with the part.
    fn grown(
        &mut self,
        parts: &[Set],
        wanted: Verdict,
        linked: bool,
        budget: &mut Budget,
    ) -> Option<Vec<Set>> {
        let mut grown = FxHashSet::default();
        for part in parts {
            if !budget.take() {
                break;
            }
            (self.progress)(self.verdicts.len());
            let judged = self.judging.judged(self.changed(part))?;
            let outcome = if judged.verdict == wanted {
                self.outcome(part, wanted)?
            } else {
                Outcome::Not
            };
            let mut further = self.further(&judged, wanted, &outcome);
            if linked && !judged.circular && matches!(outcome, Outcome::Not) {
                let others = self.linked_with(part, &judged)?;
                further.retain(|it| others.contains(it));
            }
            grown.extend(further.iter().filter_map(|&it| self.with(part, it)));
            if !budget.allows(grown.len()) {
                break;
            }
        }
        let mut grown: Vec<_> = grown.into_iter().collect();
        self.sort(&mut grown);
        Some(grown)
    }

    /// The pairs with one of `singles` that may lead to the verdict: those that are linked, and
    /// those of one that the norms alone would let lead to it.
    fn pairs(&mut self, singles: &[Set], wanted: Verdict, budget: &mut Budget) -> Option<Vec<Set>> {
        let alone = self.alone()?;
        if alone.circular {
            return self.grown(singles, wanted, false, budget);
        }
        let own: FxHashSet<usize> = singles.iter().flatten().copied().collect();
        let mut pairs = FxHashSet::default();
        for (&one, touched) in &alone.touched {
            for other in self.linked_from(touched, &alone) {
                if own.contains(&one) || own.contains(&other) {
                    pairs.extend(self.with(&[one], other));
                }
            }
            if !budget.allows(pairs.len()) {
                break;
            }
        }
        let is_hindered = |set: &&Set| {
            let mut own = set.iter().map(|it| alone.verdicts.get(it));
            own.any(|it| it == Some(&wanted))
        };
        let hindered: Vec<_> = singles.iter().filter(is_hindered).cloned().collect();
        pairs.extend(self.grown(&hindered, wanted, false, budget)?);
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        self.sort(&mut pairs);
        Some(pairs)
    }

    /// What the single changes touch that agree with something which the verdict was worked out
    /// from, as the facts are.
    fn alone(&mut self) -> Option<Rc<Alone>> {
        if let Some(known) = &self.alone {
            return Some(Rc::clone(known));
        }
        let consulted = self.judging.consulted(&self.before.run, None);
        let mut alone = Alone {
            circular: self.before.circular,
            ..Alone::default()
        };
        for one in self.options_of(&consulted) {
            (self.progress)(self.verdicts.len() + alone.touched.len());
            let judged = self.judging.judged(self.changed(&[one]))?;
            alone.circular |= judged.circular;
            let touched = self.touched(&[one], &judged);
            for &goal in &touched.changed {
                alone.changing.entry(goal).or_default().push(one);
            }
            alone.touched.insert(one, touched);
            alone.verdicts.insert(one, judged.verdict);
        }
        let alone = Rc::new(alone);
        self.alone = Some(Rc::clone(&alone));
        Some(alone)
    }

    /// What a set touches.
    fn touched(&self, set: &[usize], judged: &Judged) -> Touched {
        let changes = set.iter().filter_map(|&it| self.options.changes.get(it));
        let changes: Vec<_> = changes.collect();
        let agree = |lookup: usize| {
            let lookup = self.judging.trace.lookup(lookup);
            lookup.is_some_and(|it| agrees(&it, &changes))
        };
        Touched::new(&self.before.run, &judged.run, &agree)
    }

    /// The single changes that what is touched hangs on.
    fn linked_from(&mut self, touched: &Touched, alone: &Alone) -> BTreeSet<usize> {
        let mut linked = self.options_of(&touched.lookups);
        let changing = touched.uses.iter().filter_map(|it| alone.changing.get(it));
        linked.extend(changing.flatten());
        linked
    }

    /// The single changes that are linked with a set.
    fn linked_with(&mut self, set: &[usize], judged: &Judged) -> Option<BTreeSet<usize>> {
        let alone = self.alone()?;
        let touched = self.touched(set, judged);
        let mut linked = self.linked_from(&touched, &alone);
        let own: BTreeSet<_> = set.iter().copied().collect();
        for (&other, others) in &alone.touched {
            let uses = !others.uses.is_disjoint(&touched.changed);
            if uses || !self.options_of(&others.lookups).is_disjoint(&own) {
                linked.insert(other);
            }
        }
        Some(linked)
    }

    fn outcome(&mut self, set: &[usize], wanted: Verdict) -> Option<Outcome> {
        let (worse, mut looked_up) = self.judging.has_worse_ways(self.changed(set), wanted)?;
        if worse {
            return Some(Outcome::Hindered(looked_up));
        }
        let mut set = set.to_vec();
        self.options.sort(&mut set);
        let changes: Vec<_> = self.changes(&set).cloned().collect();
        Some(match (self.check)(&changes, wanted) {
            Ok(()) => Outcome::Leads,
            Err(obstacles) => {
                looked_up.extend(self.consulted_for(&set, &obstacles));
                Outcome::Hindered(looked_up)
            }
        })
    }

    /// The changes one of which has to be made, in addition, to come to the verdict.
    fn further(&mut self, judged: &Judged, wanted: Verdict, outcome: &Outcome) -> BTreeSet<usize> {
        let judging = &self.judging;
        let consulted = match outcome {
            Outcome::Hindered(also) => {
                let mut all = judging.consulted(&judged.run, None);
                all.extend(also);
                all
            }
            _ => {
                let needs = judged.needs(judging.judge, &judging.norms, wanted);
                judging.consulted(&judged.run, needs.as_ref())
            }
        };
        self.options_of(&consulted)
    }

    /// The options that agree with lookups.
    fn options_of(&mut self, lookups: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut all = BTreeSet::new();
        for &number in lookups {
            let options = self.agreeing.entry(number).or_insert_with(|| {
                let lookup = self.judging.trace.lookup(number);
                lookup.map_or_else(Rc::default, |it| self.options.agreeing(&it))
            });
            all.extend(options.iter().copied());
        }
        all
    }

    /// What has to be looked up to see that something stands in the way.
    fn consulted_for(&mut self, set: &[usize], obstacles: &[Obstacle]) -> BTreeSet<usize> {
        let changes = self.changed(set);
        if self.judging.enter_traced(changes).is_none() {
            return BTreeSet::new();
        }
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
        self.judging.looked_up()
    }

    /// The set with one change more, if they go together.
    fn with(&self, set: &[usize], option: usize) -> Option<Set> {
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

    /// Puts sets in an order that does not hang on that of the facts.
    fn sort(&self, sets: &mut [Set]) {
        let ranks = self.options.ranks();
        let rank = |it: &usize| ranks.get(*it).copied();
        sets.sort_by_cached_key(|set| {
            let mut ranks: Vec<_> = set.iter().map(rank).collect();
            ranks.sort_unstable();
            ranks
        });
    }

    /// Sets, and the changes of each, in that order.
    fn in_order(&self, mut sets: Vec<Set>) -> Vec<Vec<Change>> {
        self.sort(&mut sets);
        let changes = |mut set: Set| {
            self.options.sort(&mut set);
            self.changes(&set).cloned().collect()
        };
        sets.into_iter().map(changes).collect()
    }

    /// The changes of a set.
    fn changes(&self, set: &[usize]) -> impl Iterator<Item = &Change> {
        set.iter().filter_map(|&it| self.options.changes.get(it))
    }

    /// The changes of a set as sessions take them.
    fn changed(&self, set: &[usize]) -> Changes {
        let mut all = Changes::default();
        for change in self.changes(set) {
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
