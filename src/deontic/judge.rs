//! Judges acts: gathers the norms that apply, has the kernel label them, reads the verdict off
//! the labels, and works out what follows. Verdicts are kept, so an act that several norms ask
//! about is judged once; an act that depends on its own verdict is undetermined.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::base::{Id, Table};
use crate::engine::{Changes, Facts, Session, Timeline, Truth};
use crate::program::{
    ActDescription, ActRecord, ActionId, DocumentId, Modality, Mode, NormId, Program, RelationKind,
    SortId, Universe, Value, VariableId, Variables, act_rows,
};

use super::case::{Beat, Case, Effect, Judgement as Labelling, Label};
use super::conditions::Requirement;
use super::instances::{Edges, Instance, edges, named_per};
use super::memo::Kernel;
use super::planned::Planned;
use super::reading::Base;
use super::verdict::{
    Breach, Doubt, Duty, Factor, Judgement, NormStanding, Silence, Standing, Status, Verdict,
};

/// How many acts may be judged for the sake of one another before it is given up.
const DEPTH_LIMIT: usize = 64;

/// Judges acts of one case.
#[derive(Debug)]
pub struct Judge<'p> {
    timeline: &'p Timeline<'p>,
    program: &'p Program,
    universe: &'p Universe,
    as_of: i64,
    recorded: BTreeMap<Value, ActRecord>,
    unrecorded: BTreeMap<Value, ActRecord>,
    described: BTreeMap<(ActDescription, i64), Value>,
    next_act: usize,
    dispatch: Table<ActionId, Rc<[NormId]>>,
    plans: BTreeMap<(NormId, usize), Rc<Planned>>,
    sessions: BTreeMap<usize, Rc<Session<'p>>>,
    kernel: Kernel,
    memo: BTreeMap<Value, Rc<Judgement>>,
    duties: BTreeMap<i64, Rc<Vec<Duty>>>,
    only: Option<DocumentId>,
    light: Option<Value>,
    in_progress: Vec<Value>,
    circular: BTreeSet<Value>,
}

/// What the instances of an act come to.
struct Labelled {
    instances: Vec<Instance>,
    edges: Edges,
    labelling: Arc<Labelling>,
    requirements: Vec<Requirement>,
}

impl Labelled {
    fn status(&self, index: usize) -> Status {
        match self.labelling.labels.get(index) {
            Some(Label::In) => Status::In,
            Some(Label::Open) => Status::Open,
            Some(Label::Out { .. }) | None => Status::Out,
        }
    }
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
            unrecorded: BTreeMap::new(),
            described: BTreeMap::new(),
            next_act: universe.size(crate::program::SortId::ACT) + 1,
            dispatch: dispatch(program),
            plans: BTreeMap::new(),
            sessions: BTreeMap::new(),
            kernel: Kernel::default(),
            memo: BTreeMap::new(),
            duties: BTreeMap::new(),
            only: None,
            light: None,
            in_progress: Vec::new(),
            circular: BTreeSet::new(),
        }
    }

    /// Judges by one document alone from now on; by all with `None`.
    pub fn limit_to(&mut self, document: Option<DocumentId>) {
        if self.only != document {
            self.only = document;
            self.memo.clear();
            self.duties.clear();
        }
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

    /// The act with the value `act`, recorded or described.
    pub fn act(&self, act: Value) -> Option<&ActRecord> {
        self.recorded
            .get(&act)
            .or_else(|| self.unrecorded.get(&act))
    }

    /// The facts and what follows from them at the moment `at`.
    pub fn session_at(&mut self, at: i64) -> Rc<Session<'p>> {
        let timeline = self.timeline;
        let session = || Rc::new(Session::new(timeline.at(at), &Changes::default()));
        Rc::clone(
            self.sessions
                .entry(timeline.epoch(at))
                .or_insert_with(session),
        )
    }

    /// The plan of a norm's body, with the act bound.
    pub(super) fn plan(&mut self, session: &Session<'_>, norm: NormId, body: usize) -> Rc<Planned> {
        let program = self.program;
        Rc::clone(self.plans.entry((norm, body)).or_insert_with(|| {
            let bound = [VariableId::JUDGED];
            Rc::new(program.norms[norm].bodies.get(body).map_or_else(
                || Planned::new(session, &Variables::new(), &[], &[]),
                |body| Planned::new(session, &body.variables, &body.literals, &bound),
            ))
        }))
    }

    /// The value of the act so described, made known if nobody recorded it. Optional roles that
    /// the description lacks are absent if `absent`, else unknown.
    pub fn describe(&mut self, description: &ActDescription, at: i64, absent: bool) -> Value {
        if let Some(&value) = self.described.get(&(description.clone(), at)) {
            return value;
        }
        let value = Value::from_index(self.next_act);
        self.next_act += 1;
        let session = self.session_at(at);
        let rows = act_rows(self.program, value, description, at, absent);
        for (relation, tuple) in rows.asserted {
            session.add_unrecorded(relation, &tuple);
        }
        for (relation, key) in rows.closed {
            session.close_unrecorded(relation, &key);
        }
        // A situation is performed where its atom certainly holds.
        let holds = self.program.actions[description.action]
            .situation
            .is_some_and(|relation| {
                session.truth(relation, &description.arguments) == Truth::Certain
            });
        let record = ActRecord {
            value,
            description: description.clone(),
            at,
            mode: if holds {
                Mode::Performed
            } else {
                Mode::Question
            },
        };
        self.unrecorded.insert(value, record);
        self.described.insert((description.clone(), at), value);
        value
    }

    /// The judgement of an act; `None` while it is being worked out, which makes it circular.
    pub fn judge(&mut self, act: Value) -> Option<Rc<Judgement>> {
        if let Some(judgement) = self.memo.get(&act) {
            return Some(Rc::clone(judgement));
        }
        let record = self.act(act)?.clone();
        if let Some(start) = self.in_progress.iter().position(|&other| other == act) {
            let cycle = self.in_progress.iter().skip(start).copied();
            self.circular.extend(cycle);
            return None;
        }
        if self.in_progress.len() >= DEPTH_LIMIT {
            self.circular.extend(self.in_progress.iter().copied());
            return None;
        }
        self.in_progress.push(act);
        let mut judgement = self.work_out(&record);
        self.in_progress.pop();
        if self.circular.contains(&act) {
            judgement.verdict = Verdict::Undetermined;
            judgement.doubt.circular = true;
        }
        let judgement = Rc::new(judgement);
        self.memo.insert(act, Rc::clone(&judgement));
        // What follows is asked in the light of the verdict, so it comes after the memo.
        let completed = Rc::new(self.with_what_follows(&record, &judgement));
        self.memo.insert(act, Rc::clone(&completed));
        Some(completed)
    }

    /// The kernel's labels of a case.
    pub(super) fn label(&mut self, case: &Case) -> Arc<Labelling> {
        self.kernel
            .judge(std::slice::from_ref(case))
            .pop()
            .unwrap_or_default()
    }

    pub(super) fn duties_known(&self, at: i64) -> Option<Rc<Vec<Duty>>> {
        self.duties.get(&at).cloned()
    }

    pub(super) fn remember_duties(&mut self, at: i64, duties: Rc<Vec<Duty>>) {
        self.duties.insert(at, duties);
    }

    /// Asks for breaches of this act alone (of all, with `None`); returns what was asked before.
    pub(super) fn ask_in_the_light_of(&mut self, act: Option<Value>) -> Option<Value> {
        std::mem::replace(&mut self.light, act)
    }

    /// The only act whose breaches are asked for, if there is one.
    pub(super) fn light(&self) -> Option<Value> {
        self.light
    }

    /// Everything but what follows from the verdict.
    fn work_out(&mut self, act: &ActRecord) -> Judgement {
        let (current, past) = self.norms_for(act);
        let found = self.labelled(act, &current);
        let (mut verdict, contested, once_met) = Self::verdict_of(&found);
        let documents = self.by_document(act, &found);
        let ways = self.worse_ways(act, verdict);
        if !ways.is_empty() {
            verdict = Verdict::Undetermined;
        }
        let past: Vec<_> = self.instances(act, &past).iter().map(|i| i.norm).collect();
        let silence = (verdict == Verdict::Unregulated).then(|| self.silence(act, &found, &past));
        let questions = if verdict == Verdict::Undetermined {
            self.questions(act, &found.instances, &found.labelling)
        } else {
            Vec::new()
        };
        Judgement {
            act: act.value,
            verdict,
            contested,
            silence,
            once_met: (verdict == Verdict::Conditional).then_some(once_met),
            documents,
            breach: self.breach(act, verdict, &found),
            factors: self.factors(&current, &found),
            conditions: found
                .requirements
                .iter()
                .map(|requirement| requirement.standing.clone())
                .collect(),
            norms: self.standings(&found),
            questions,
            duties: Vec::new(),
            advice: Vec::new(),
            consequences: Vec::new(),
            out_of_force: dedup(past),
            doubt: Doubt {
                circular: false,
                ways,
            },
        }
    }

    /// The norms that speak of the act's action: of documents in force on its day, and others.
    fn norms_for(&self, act: &ActRecord) -> (Vec<NormId>, Vec<NormId>) {
        self.dispatch[act.description.action]
            .iter()
            .copied()
            .filter(|&norm| {
                let document = self.program.norms[norm].document;
                self.only.is_none_or(|only| only == document)
            })
            .partition(|&norm| {
                let document = self.program.norms[norm].document;
                self.program.documents[document].in_force(act.at)
            })
    }

    fn labelled(&mut self, act: &ActRecord, norms: &[NormId]) -> Labelled {
        let instances = self.instances(act, norms);
        let requirements = self.requirements(act, &instances);
        let edges = edges(self.program, &instances, &requirements);
        let case = self.case(&instances, &edges, &requirements);
        let labelling = self.label(&case);
        Labelled {
            requirements: requirements
                .into_iter()
                .filter(|requirement| labelling.may_be_in(requirement.standing.instance))
                .collect(),
            instances,
            edges,
            labelling,
        }
    }

    /// The kernel's case: what each instance does, and which beats which. A condition that only
    /// facts which nobody can change fail forbids.
    fn case(&self, instances: &[Instance], edges: &Edges, requirements: &[Requirement]) -> Case {
        let orders: BTreeSet<_> = self
            .program
            .documents
            .iter()
            .map(|d| &d.jurisdiction)
            .collect();
        let order = |norm: NormId| {
            let document = &self.program.documents[self.program.norms[norm].document];
            orders
                .iter()
                .position(|&other| *other == document.jurisdiction)
        };
        let barred = |index: usize| {
            requirements
                .iter()
                .any(|requirement| requirement.standing.instance == index && requirement.barred())
        };
        Case {
            instances: instances
                .iter()
                .enumerate()
                .map(|(index, instance)| super::case::Instance {
                    norm: instance.norm.index() as u32,
                    effect: match self.program.norms[instance.norm].modality {
                        Modality::Forbid => Effect::Forbid,
                        Modality::Permit => Effect::Permit,
                        Modality::Oblige => Effect::Oblige,
                        Modality::Exempt => Effect::Exempt,
                        Modality::Require if barred(index) => Effect::Forbid,
                        Modality::Require => Effect::Require,
                        _ => Effect::Other,
                    },
                    order: order(instance.norm).unwrap_or_default() as u32,
                    certain: instance.truth == Truth::Certain,
                })
                .collect(),
            beats: edges
                .beats
                .iter()
                .map(|&(winner, loser, principle)| Beat {
                    loser,
                    winner,
                    principle,
                })
                .collect(),
            opposed: edges.clashes.clone(),
        }
    }

    /// The verdict that labelled instances come to, each legal order by itself and the strictest
    /// together; whether it is contested; and what it is once its conditions are met.
    fn verdict_of(found: &Labelled) -> (Verdict, bool, Verdict) {
        let (verdict, contested) = match found.labelling.overall().base() {
            Base::Conflict => (Verdict::Conflict, false),
            Base::Prohibited { contested } => (Verdict::Prohibited, contested),
            Base::Permitted => (Verdict::Permitted, false),
            Base::Unregulated => (Verdict::Unregulated, false),
            Base::Undetermined => (Verdict::Undetermined, false),
        };
        let pending = |barred: bool| {
            found.requirements.iter().any(|requirement| {
                requirement.standing.standing != Standing::Met
                    && (!barred || requirement.standing.fixed)
            })
        };
        match verdict {
            // Barred if it is required at all: that is not known.
            Verdict::Permitted | Verdict::Unregulated if pending(true) => {
                (Verdict::Undetermined, false, verdict)
            }
            Verdict::Permitted | Verdict::Unregulated if pending(false) => {
                (Verdict::Conditional, false, verdict)
            }
            _ => (verdict, contested, verdict),
        }
    }

    /// The verdict by each document in force, alone.
    fn by_document(&mut self, act: &ActRecord, found: &Labelled) -> Vec<(DocumentId, Verdict)> {
        let program = self.program;
        let document_of = |instance: &Instance| program.norms[instance.norm].document;
        let involved: BTreeSet<_> = found.instances.iter().map(document_of).collect();
        let in_force: Vec<_> = program
            .documents
            .entries()
            .filter(|(_, document)| document.in_force(act.at))
            .map(|(id, _)| id)
            .collect();
        in_force
            .into_iter()
            .map(|document| {
                let verdict = if !involved.contains(&document) {
                    Verdict::Unregulated
                } else if involved.len() == 1 {
                    Self::verdict_of(found).0
                } else {
                    let alone: Vec<_> = self
                        .norms_for(act)
                        .0
                        .into_iter()
                        .filter(|&norm| program.norms[norm].document == document)
                        .collect();
                    let alone = self.labelled(act, &alone);
                    Self::verdict_of(&alone).0
                };
                (document, verdict)
            })
            .collect()
    }

    fn standings(&self, found: &Labelled) -> Vec<NormStanding> {
        let clashing = |index: usize| {
            found
                .edges
                .clashes
                .iter()
                .filter_map(move |&(a, b)| match index {
                    _ if a == index => Some(b),
                    _ if b == index => Some(a),
                    _ => None,
                })
                .filter(|&other| found.status(other) != Status::Out)
                .collect()
        };
        found
            .instances
            .iter()
            .enumerate()
            .map(|(index, instance)| NormStanding {
                norm: instance.norm,
                modality: self.program.norms[instance.norm].modality,
                per: named_per(self.program, instance),
                certain: instance.truth == Truth::Certain,
                status: found.status(index),
                set_aside_by: found
                    .edges
                    .beats
                    .iter()
                    .filter(|&&(winner, loser, _)| {
                        loser == index && found.labelling.defeated_by(index).contains(&winner)
                    })
                    .map(|&(winner, _, principle)| (winner, principle))
                    .collect(),
                clashes_with: if found.status(index) == Status::Out {
                    Vec::new()
                } else {
                    clashing(index)
                },
                body: instance.body,
                substitution: instance.substitution.clone(),
            })
            .collect()
    }

    fn factors(&self, norms: &[NormId], found: &Labelled) -> Vec<Factor> {
        norms
            .iter()
            .filter(|&&norm| matches!(self.program.norms[norm].modality, Modality::Consider(_)))
            .map(|&norm| {
                let standing = found
                    .instances
                    .iter()
                    .enumerate()
                    .filter(|(_, instance)| instance.norm == norm)
                    .map(
                        |(index, instance)| match (found.status(index), instance.truth) {
                            (Status::In, Truth::Certain) => Standing::Met,
                            (Status::Out, _) => Standing::Unmet,
                            _ => Standing::Unknown,
                        },
                    )
                    .min()
                    .unwrap_or(Standing::Unmet);
                Factor { norm, standing }
            })
            .collect()
    }

    fn silence(&mut self, act: &ActRecord, found: &Labelled, past: &[NormId]) -> Silence {
        if !found.instances.is_empty() {
            return Silence::AdviceOnly;
        }
        if !past.is_empty() {
            return Silence::OutOfForce;
        }
        let session = self.session_at(act.at);
        let mut documents = self
            .program
            .documents
            .iter()
            .filter(|document| document.in_force(act.at))
            .peekable();
        if documents.peek().is_none() {
            return Silence::OutOfForce;
        }
        let governed = |relation| session.truth(relation, &[act.value]) > Truth::False;
        if documents.all(|document| document.governed.is_some_and(|scope| !governed(scope))) {
            Silence::OutOfScope
        } else {
            Silence::Silent
        }
    }

    /// The ways below the recorded action that norms of their own speak of and in which the
    /// verdict would be worse.
    fn worse_ways(&mut self, act: &ActRecord, verdict: Verdict) -> Vec<(ActionId, Verdict)> {
        let program = self.program;
        let recorded = act.description.action;
        if program.actions[recorded].situation.is_some() || recorded == ActionId::ANY {
            return Vec::new();
        }
        let below: Vec<_> = program
            .actions
            .ids()
            .filter(|&action| action != recorded && program.is_a(action, recorded))
            .filter(|&action| {
                program
                    .norms
                    .iter()
                    .any(|norm| norm.actions.contains(&action) && decides(norm.modality))
            })
            .collect();
        below
            .into_iter()
            .filter_map(|action| {
                let way = self.in_the_way_of(act, action);
                let judgement = self.judge(way)?;
                let worse = judgement.verdict.worse_than(verdict);
                worse.then_some((action, judgement.verdict))
            })
            .collect()
    }

    /// The same act, with all that the facts say of it, done in a more specific way.
    fn in_the_way_of(&mut self, act: &ActRecord, action: ActionId) -> Value {
        let description = ActDescription {
            action,
            ..act.description.clone()
        };
        let value = self.describe(&description, act.at, false);
        let session = self.session_at(act.at);
        let program = self.program;
        for (relation, row) in program.relations.entries() {
            let about_acts = row.kind == RelationKind::Declared
                && row.document.is_none()
                && row
                    .columns
                    .first()
                    .is_some_and(|column| column.sort == SortId::ACT);
            if !about_acts {
                continue;
            }
            let input = self.facts().input(relation);
            let moved = |tuple: &[Value]| match tuple {
                [first, rest @ ..] if *first == act.value => Some(
                    std::iter::once(value)
                        .chain(rest.iter().copied())
                        .collect::<Vec<_>>(),
                ),
                _ => None,
            };
            for tuple in input.asserted.iter().filter_map(|(tuple, _)| moved(tuple)) {
                session.add_unrecorded(relation, &tuple);
            }
            for tuple in input.denied.iter().filter_map(|(tuple, _)| moved(tuple)) {
                session.deny_unrecorded(relation, &tuple);
            }
            for key in input.closed.iter().filter_map(|(key, _)| moved(key)) {
                session.close_unrecorded(relation, &key);
            }
        }
        value
    }

    fn breach(&self, act: &ActRecord, verdict: Verdict, found: &Labelled) -> Breach {
        if act.mode != Mode::Performed {
            return Breach::None;
        }
        let pending = |wanted| {
            found
                .requirements
                .iter()
                .any(|requirement| requirement.certain && requirement.standing.standing == wanted)
        };
        match verdict {
            Verdict::Prohibited => Breach::Certain,
            Verdict::Conflict => Breach::Contested,
            Verdict::Conditional if pending(Standing::Unmet) => Breach::Certain,
            Verdict::Conditional | Verdict::Undetermined => Breach::Possible,
            Verdict::Permitted | Verdict::Unregulated => Breach::None,
        }
    }
}

/// For each action the norms that speak of it or of an action above it.
fn dispatch(program: &Program) -> Table<ActionId, Rc<[NormId]>> {
    program
        .actions
        .ids()
        .map(|action| {
            program
                .norms
                .entries()
                .filter(|(_, norm)| {
                    norm.actions
                        .iter()
                        .any(|&above| program.is_a(action, above))
                })
                .map(|(id, _)| id)
                .collect()
        })
        .collect()
}

/// Whether norms of this modality bear on the verdict.
fn decides(modality: Modality) -> bool {
    matches!(
        modality,
        Modality::Forbid | Modality::Permit | Modality::Oblige | Modality::Require
    )
}

fn dedup(mut norms: Vec<NormId>) -> Vec<NormId> {
    norms.sort_unstable();
    norms.dedup();
    norms
}
