//! Judges acts: gathers the norms that apply, has the kernel label them, reads the verdict off
//! the labels, and works out what follows. Verdicts are kept, so an act that several norms ask
//! about is judged once; an act that depends on its own verdict is undetermined.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::engine::{Changes, Facts, Session, Timeline, Trace, Truth};
use crate::lang::ast::Role;
use crate::program::{
    ActDescription, ActRecord, DocumentId, Literal, Mode, NormId, Program, SortId, Universe, Value,
    VariableId, Variables, act_rows,
};

use super::broken::Broken;
use super::case::{Case, Labelling};
use super::dispatch::Dispatch;
use super::instances::bindings;
use super::memo::Kernel;
use super::part::Part;
use super::planned::{Planned, Plans};
use super::priorities::Priority;
use super::settle::SettleLimits;
use super::verdict::{Duty, Judgement, Substitution, Verdict};
use super::work_out::Undecided;

/// How many acts may be judged for the sake of one another before it is given up.
const DEPTH_LIMIT: usize = 64;

/// What is known of an act that was judged.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// As far as other norms can ask for it.
    pub(super) judgement: Rc<Judgement>,
    /// What leaves the verdict open.
    pub(super) undecided: Undecided,
}

/// What arises at a moment, whatever is done.
#[derive(Clone, Debug)]
struct Arisen {
    duties: Rc<Vec<Duty>>,
    /// Those of them that were not met in time, or are recorded as omitted.
    broken: Rc<Broken>,
}

/// Recorded acts by each role that they fill, in order of their values.
type ByRole = FxHashMap<(Role, Value), Vec<Value>>;

/// Judges acts of one case.
#[derive(Debug)]
pub struct Judge<'p> {
    timeline: &'p Timeline<'p>,
    program: &'p Program,
    universe: &'p Universe,
    as_of: i64,
    recorded: BTreeMap<Value, ActRecord>,
    by_role: OnceCell<ByRole>,
    unrecorded: FxHashMap<Value, ActRecord>,
    described: FxHashMap<(ActDescription, i64, bool), Value>,
    next_act: usize,
    /// How the facts are changed, where they are.
    changes: Option<Changes>,
    /// The values that acts were described with, whatever the changes.
    allotted: FxHashMap<(ActDescription, i64, bool), Value>,
    /// How what is asked of the facts is worked out, where that is kept.
    trace: Option<Rc<Trace>>,
    dispatch: Dispatch,
    plans: Plans<'p>,
    sessions: BTreeMap<usize, Rc<Session<'p>>>,
    kernel: Kernel,
    memo: FxHashMap<Value, Known>,
    duties: BTreeMap<i64, Arisen>,
    omitted: FxHashMap<Value, Rc<Vec<Duty>>>,
    only: Option<DocumentId>,
    pub(super) settling: Option<SettleLimits>,
    light: Option<Value>,
    /// An act of which nobody asks for the verdict by each document.
    overall_only: Option<Value>,
    in_progress: Vec<Value>,
    /// What is worked out is a part of other verdicts than the one that is traced.
    among_others: bool,
    circular: BTreeSet<Value>,
}

impl<'p> Judge<'p> {
    /// A judge over the facts of `timeline`, with the acts that they record; undated questions are asked of
    /// `as_of` (minutes since 1970).
    pub fn new(
        timeline: &'p Timeline<'p>,
        recorded: impl IntoIterator<Item = ActRecord>,
        as_of: i64,
    ) -> Self {
        let (program, universe) = (timeline.program(), timeline.universe());
        Self {
            timeline,
            program,
            universe,
            as_of,
            recorded: recorded.into_iter().map(|act| (act.value, act)).collect(),
            by_role: OnceCell::new(),
            unrecorded: FxHashMap::default(),
            described: FxHashMap::default(),
            next_act: universe.size(SortId::ACT) + 1,
            changes: None,
            allotted: FxHashMap::default(),
            trace: None,
            dispatch: Dispatch::new(program),
            plans: Plans::default(),
            sessions: BTreeMap::new(),
            kernel: Kernel::default(),
            memo: FxHashMap::default(),
            duties: BTreeMap::new(),
            omitted: FxHashMap::default(),
            only: None,
            settling: Some(SettleLimits::default()),
            light: None,
            overall_only: None,
            in_progress: Vec::new(),
            among_others: false,
            circular: BTreeSet::new(),
        }
    }

    /// Judges by one document alone from now on; by all with `None`.
    pub fn limit_to(&mut self, document: Option<DocumentId>) {
        if self.only != document {
            self.only = document;
            self.forget_all();
        }
    }

    /// How far verdicts that the readings leave open are settled; not at all with `None`.
    pub fn settle_within(&mut self, limits: Option<SettleLimits>) {
        if self.settling != limits {
            self.settling = limits;
            self.forget_all();
        }
    }

    /// The number of the stretch of time, between two changes of the facts, that `at` lies in.
    pub fn epoch(&self, at: i64) -> usize {
        self.timeline.epoch(at)
    }

    /// Asks undated questions of the moment `at` (minutes since 1970) from now on.
    pub fn move_to(&mut self, at: i64) {
        self.as_of = at;
        self.forget_all();
    }

    fn forget_all(&mut self) {
        self.memo.clear();
        self.duties.clear();
        self.omitted.clear();
    }

    /// Judges by the facts with `changes` from now on, keeping in `trace` how verdicts are worked
    /// out. All acts that nobody recorded are forgotten; described again, they have the values
    /// that they had.
    pub(super) fn change(&mut self, changes: Changes, trace: Option<Rc<Trace>>) {
        self.allotted.extend(self.described.drain());
        if self.changes.is_none() {
            self.sessions.clear();
        }
        self.sessions
            .retain(|_, session| Rc::get_mut(session).is_some());
        for (&epoch, session) in &mut self.sessions {
            if let Some(session) = Rc::get_mut(session) {
                session.change(&changes, trace.clone(), epoch);
            }
        }
        self.changes = Some(changes);
        self.trace = trace;
        self.unrecorded.clear();
        self.circular.clear();
        self.forget_all();
    }

    /// Works out a part of a verdict, which is traced by itself if it is a part of the verdict
    /// asked for; `answer` tells what it comes to, where two answers can be told apart.
    pub(super) fn part<R>(
        &mut self,
        part: Part,
        work: impl FnOnce(&mut Self) -> R,
        answer: impl FnOnce(&R) -> Option<u64>,
    ) -> R {
        let is_other = part == Part::Others;
        let is_own = self.in_progress.len() == 1 || is_other;
        let Some(trace) = self.trace.clone().filter(|_| is_own && !self.among_others) else {
            return work(self);
        };
        trace.enter(part.number());
        self.among_others = is_other;
        let found = work(self);
        self.among_others = false;
        trace.leave(answer(&found));
        found
    }

    /// The part under way hangs on what another part has come to.
    pub(super) fn uses(&self, part: Part) {
        if let Some(trace) = self.trace.as_ref().filter(|_| !self.among_others) {
            trace.uses(part.number());
        }
    }

    /// What `work` finds while `act` is being judged, and whether it came to depend on the
    /// verdict of `act`.
    pub(super) fn while_judging<R>(
        &mut self,
        act: Value,
        work: impl FnOnce(&mut Self) -> R,
    ) -> (R, bool) {
        self.in_progress.push(act);
        let light = self.ask_in_the_light_of(None);
        let found = work(self);
        self.ask_in_the_light_of(light);
        self.in_progress.pop();
        (found, self.circular.contains(&act))
    }

    /// The program that it judges by.
    pub fn program(&self) -> &'p Program {
        self.program
    }

    /// The individuals.
    pub fn universe(&self) -> &'p Universe {
        self.universe
    }

    /// The facts.
    pub fn facts(&self) -> &'p Facts {
        self.timeline.facts()
    }

    /// The moment that undated questions are asked of.
    pub fn as_of(&self) -> i64 {
        self.as_of
    }

    /// The acts that the facts record, in order of their values.
    pub fn recorded(&self) -> impl Iterator<Item = &ActRecord> {
        self.recorded.values()
    }

    /// The recorded acts in which `filler` has the role, in order of their values.
    pub(super) fn recorded_with(
        &self,
        role: Role,
        filler: Value,
    ) -> impl Iterator<Item = &ActRecord> {
        let by_role = self.by_role.get_or_init(|| {
            let mut by_role = ByRole::default();
            for act in self.recorded.values() {
                for &filled in &act.description.roles {
                    by_role.entry(filled).or_default().push(act.value);
                }
            }
            by_role
        });
        let acts = by_role.get(&(role, filler)).into_iter().flatten();
        acts.filter_map(|act| self.recorded.get(act))
    }

    /// The act with the value `act`, recorded or described.
    pub fn act(&self, act: Value) -> Option<&ActRecord> {
        self.recorded
            .get(&act)
            .or_else(|| self.unrecorded.get(&act))
    }

    /// The facts and what follows from them at the moment `at`.
    pub fn session_at(&mut self, at: i64) -> Rc<Session<'p>> {
        let timeline = self.timeline;
        let (changes, trace) = (self.changes.as_ref(), self.trace.clone());
        let epoch = timeline.epoch(at);
        let session = || {
            let base = timeline.at(at);
            Rc::new(match changes {
                Some(changes) => Session::by_call(base, changes, trace, epoch),
                None => Session::new(base, &Changes::default()),
            })
        };
        Rc::clone(self.sessions.entry(epoch).or_insert_with(session))
    }

    /// The same at the moment that questions are asked of, with some changes.
    pub(super) fn session_with(&mut self, changes: &Changes) -> Rc<Session<'p>> {
        if changes.inputs.is_empty() {
            return self.session_at(self.as_of);
        }
        Rc::new(Session::new(self.timeline.at(self.as_of), changes))
    }

    /// The plan of one of the program's conjunctions, the variables of `bound` being given.
    pub(super) fn plan(
        &mut self,
        session: &Session<'_>,
        variables: &Variables,
        literals: &'p [Literal],
        bound: &[VariableId],
    ) -> Rc<Planned> {
        self.plans.plan(session, variables, literals, bound)
    }

    /// All solutions of one of the program's conjunctions that extend `bound`.
    pub(super) fn solutions(
        &mut self,
        session: &Session<'_>,
        variables: &Variables,
        literals: &'p [Literal],
        bound: &Substitution,
    ) -> Vec<(Substitution, Truth)> {
        let bound = bindings(bound);
        let given: Vec<_> = bound.iter().map(|&(variable, _)| variable).collect();
        let plan = self.plan(session, variables, literals, &given);
        plan.solutions(session, &bound)
    }

    /// The norms by what they speak of.
    pub(super) fn dispatch(&self) -> &Dispatch {
        &self.dispatch
    }

    /// What two norms are to each other.
    pub(super) fn priority(&mut self, first: NormId, second: NormId) -> Priority {
        self.dispatch.priority(self.program, first, second)
    }

    /// Whether it judges by this norm's document.
    pub(super) fn judges_by(&self, norm: NormId) -> bool {
        let document = self.program.norms[norm].document;
        self.only.is_none_or(|only| only == document)
    }

    /// The value of the act so described, made known if nobody recorded it. Optional roles that
    /// the description lacks are absent if `absent`, else unknown.
    pub fn describe(&mut self, description: &ActDescription, at: i64, absent: bool) -> Value {
        if let Some(&value) = self.described.get(&(description.clone(), at, absent)) {
            return value;
        }
        let key = (description.clone(), at, absent);
        let allotted = self.allotted.get(&key).copied();
        let value = allotted.unwrap_or_else(|| self.next_value());
        self.add_unrecorded(value, description, at, absent);
        self.described.insert(key, value);
        value
    }

    fn next_value(&mut self) -> Value {
        let value = Value::from_index(self.next_act);
        self.next_act += 1;
        value
    }

    /// A new act that nobody recorded.
    pub(super) fn make_known(
        &mut self,
        description: &ActDescription,
        at: i64,
        absent: bool,
    ) -> Value {
        let value = self.next_value();
        self.add_unrecorded(value, description, at, absent);
        value
    }

    fn add_unrecorded(
        &mut self,
        value: Value,
        description: &ActDescription,
        at: i64,
        absent: bool,
    ) {
        let session = self.session_at(at);
        let rows = act_rows(self.program, value, description, at, absent);
        for (relation, tuple) in rows.asserted {
            session.add_unrecorded(relation, &tuple);
        }
        for (relation, key) in rows.closed {
            session.close_unrecorded(relation, &key);
        }
        let record = ActRecord {
            value,
            description: description.clone(),
            at,
            mode: Mode::Question,
        };
        self.unrecorded.insert(value, record);
    }

    /// Forgets an act that nobody recorded. Described again, it is another one.
    pub fn forget(&mut self, act: Value) {
        if let Some(record) = self.unrecorded.remove(&act) {
            self.memo.remove(&act);
            self.omitted.remove(&act);
            for absent in [true, false] {
                let key = (record.description.clone(), record.at, absent);
                if self.described.get(&key) == Some(&act) {
                    self.described.remove(&key);
                }
            }
        }
    }

    /// The act as it counts: a situation is performed where its atom certainly holds, and
    /// omitted where it certainly does not, whatever is recorded of it.
    fn as_it_counts(&mut self, act: Value) -> Option<ActRecord> {
        let mut record = self.act(act)?.clone();
        if let Some(relation) = self.program.actions[record.description.action].situation {
            let session = self.session_at(record.at);
            let pattern = record.description.pattern();
            record.mode = match session.truth_of_some(relation, &pattern) {
                Truth::Certain => Mode::Performed,
                Truth::Maybe => Mode::Question,
                Truth::False => Mode::Omitted,
            };
            if let Some(known) = self
                .recorded
                .get_mut(&act)
                .or(self.unrecorded.get_mut(&act))
            {
                known.mode = record.mode;
            }
        }
        Some(record)
    }

    /// The judgement of an act with the questions that it leaves open and what follows from it.
    pub fn judge(&mut self, act: Value) -> Option<Rc<Judgement>> {
        let Known {
            judgement,
            undecided,
        } = self.known(act)?;
        let record = self.act(act)?.clone();
        Some(Rc::new(self.completed(&record, &judgement, &undecided)))
    }

    /// The judgement of an act as far as other norms can ask for it: without questions, and
    /// without what follows. `None` while it is being worked out, which makes it circular.
    pub fn verdict(&mut self, act: Value) -> Option<Rc<Judgement>> {
        Some(self.known(act)?.judgement)
    }

    /// The same of an act of which nobody asks for the verdict by each document.
    pub(super) fn overall_verdict(&mut self, act: Value) -> Option<Rc<Judgement>> {
        let before = self.overall_only.replace(act);
        let verdict = self.verdict(act);
        self.overall_only = before;
        verdict
    }

    /// Whether somebody may ask for the verdict on an act by each document.
    pub(super) fn asks_by_document(&self, act: Value) -> bool {
        self.overall_only != Some(act)
    }

    /// The same with what leaves it open.
    pub(super) fn known(&mut self, act: Value) -> Option<Known> {
        if self.in_progress.is_empty() {
            return self.worked_out(act);
        }
        self.part(Part::Others, |judge| judge.worked_out(act), |_| None)
    }

    fn worked_out(&mut self, act: Value) -> Option<Known> {
        if let Some(known) = self.memo.get(&act) {
            return Some(known.clone());
        }
        let record = self.as_it_counts(act)?;
        if let Some(start) = self.in_progress.iter().position(|&other| other == act) {
            let cycle = self.in_progress.iter().skip(start).copied();
            self.circular.extend(cycle);
            return None;
        }
        if self.in_progress.len() >= DEPTH_LIMIT {
            self.circular.extend(self.in_progress.iter().copied());
            return None;
        }
        let work_out = |judge: &mut Self| judge.work_out(&record);
        let ((mut judgement, undecided), is_circular) = self.while_judging(act, work_out);
        if is_circular {
            judgement.verdict = Verdict::Undetermined;
            judgement.silence = None;
            judgement.once_met = None;
            judgement.doubt.circular = true;
        }
        let known = Known {
            judgement: Rc::new(judgement),
            undecided,
        };
        if self.dispatch.asks_verdicts {
            self.memo.insert(act, known.clone());
        }
        Some(known)
    }

    /// The kernel's labels of a case.
    pub(super) fn label(&mut self, case: &Case) -> Arc<Labelling> {
        self.kernel
            .judge(std::slice::from_ref(case))
            .pop()
            .unwrap_or_default()
    }

    pub(super) fn duties_known(&self, at: i64) -> Option<Rc<Vec<Duty>>> {
        Some(Rc::clone(&self.duties.get(&at)?.duties))
    }

    pub(super) fn remember_duties(&mut self, at: i64, duties: Rc<Vec<Duty>>) {
        let broken = Rc::new(Broken::among(&duties));
        self.duties.insert(at, Arisen { duties, broken });
    }

    /// Duties at `at` that were not met in time, or are recorded as omitted.
    pub(super) fn duties_broken(&mut self, at: i64) -> Rc<Broken> {
        self.duties_arising(at);
        let known = self.duties.get(&at);
        known
            .map(|arisen| Rc::clone(&arisen.broken))
            .unwrap_or_default()
    }

    pub(super) fn omitted_known(&self, act: Value) -> Option<Rc<Vec<Duty>>> {
        self.omitted.get(&act).cloned()
    }

    pub(super) fn remember_omitted(&mut self, act: Value, duties: Rc<Vec<Duty>>) {
        self.omitted.insert(act, duties);
    }

    /// Asks for breaches of this act alone (of all, with `None`); returns what was asked before.
    pub(super) fn ask_in_the_light_of(&mut self, act: Option<Value>) -> Option<Value> {
        std::mem::replace(&mut self.light, act)
    }

    /// The only act whose breaches are asked for, if there is one.
    pub(super) fn light(&self) -> Option<Value> {
        self.light
    }
}
