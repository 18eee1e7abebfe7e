//! The checker's own judgement of an act, from the definitions: which norms apply, which of them
//! set others aside, and what follows for the verdict.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Id;
use crate::lang::ast::Role;
use crate::load::Case;
use crate::program::{
    ActDescription, ActRecord, LateLiteral, Modality, Mode, NormBody, NormId, Principle, Program,
    Term, Value, VariableId,
};

use super::evaluate::Evaluator;
use super::frame::{Frame, Meant};
use super::priority::{Standing, agree, standing};
use super::requirement::Requirement;
use super::ruling::Ruling;
use super::truth::Truth;
use super::world::World;

/// How many acts may ask for each other's verdicts in a row.
const DEEPEST: usize = 40;

/// A norm that applies, or may, for the values of its `per`.
#[derive(Clone, Debug)]
pub(super) struct Instance {
    pub(super) norm: NormId,
    pub(super) per: Vec<Value>,
    pub(super) truth: Truth,
    /// In which ways: the body, its values, how surely.
    pub(super) ways: Vec<(usize, Frame, Truth)>,
}

/// Which of some instances, by their indexes, set others aside, and which clash.
#[derive(Clone, Debug, Default)]
pub(super) struct Attacks {
    /// Winner, loser, and by which principle.
    pub(super) beats: Vec<(usize, usize, Principle)>,
    pub(super) clashes: Vec<(usize, usize)>,
}

/// Judges acts.
#[derive(Debug)]
pub(super) struct Judge<'a> {
    pub(super) program: &'a Program,
    pub(super) case: &'a Case,
    /// What holds at the moment of the act that is explained.
    pub(super) home: Evaluator<'a>,
    /// What holds at other moments.
    elsewhere: BTreeMap<i64, Evaluator<'a>>,
    /// Verdicts of recorded acts.
    pub(super) known: BTreeMap<Value, Ruling>,
    /// Acts that are being judged.
    pub(super) open: Vec<ActRecord>,
    /// What could not be told apart from what may be, since it was last asked.
    pub(super) untold: bool,
    /// The only act whose breaches are asked for, if there is one.
    pub(super) light: Option<ActRecord>,
    /// Norms whose breach by omission is being asked for.
    pub(super) asking: BTreeSet<NormId>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(program: &'a Program, case: &'a Case, at: i64) -> Self {
        Self {
            program,
            case,
            home: Evaluator::new(World::new(program, case, at)),
            elsewhere: BTreeMap::new(),
            known: BTreeMap::new(),
            open: Vec::new(),
            untold: false,
            light: None,
            asking: BTreeSet::new(),
        }
    }

    /// What holds at a moment.
    pub(super) fn at(&mut self, at: i64) -> &mut Evaluator<'a> {
        if at == self.home.world.at {
            return &mut self.home;
        }
        let new = || Evaluator::new(World::new(self.program, self.case, at));
        self.elsewhere.entry(at).or_insert_with(new)
    }

    /// What holds at other moments than that of the act explained.
    pub(super) fn elsewhere(&mut self) -> impl Iterator<Item = &mut Evaluator<'a>> {
        self.elsewhere.values_mut()
    }

    /// Makes an act known that nobody recorded.
    pub(super) fn describe(
        &mut self,
        description: &ActDescription,
        at: i64,
        absent: bool,
    ) -> ActRecord {
        let evaluator = self.at(at);
        let known = evaluator.world.described_acts().find_map(|act| {
            let record = evaluator.world.act(act)?;
            (record.description == *description).then_some(record)
        });
        known.unwrap_or_else(|| {
            evaluator.forget();
            evaluator.world.describe(description, at, absent)
        })
    }

    /// A recorded act, or one described at this moment.
    pub(super) fn act(&mut self, act: Value, at: i64) -> Option<ActRecord> {
        let recorded = self.case.acts.get(&act).map(crate::load::Act::record);
        recorded.or_else(|| self.at(at).world.act(act))
    }

    /// The act as it counts: a situation is performed where its atom certainly holds, and
    /// omitted where it certainly does not.
    pub(super) fn as_it_counts(&mut self, act: &ActRecord) -> ActRecord {
        let mut act = act.clone();
        if let Some(relation) = self.program.actions[act.description.action].situation {
            let arguments = &act.description.arguments;
            act.mode = match self.at(act.at).truth(relation, arguments) {
                Truth::Certain => Mode::Performed,
                Truth::Maybe => Mode::Question,
                Truth::False => Mode::Omitted,
            };
        }
        act
    }

    /// What is said of an act's verdict; `None` while it is being worked out.
    pub(super) fn ruling(&mut self, act: &ActRecord) -> Option<Ruling> {
        if let Some(known) = self.known.get(&act.value) {
            return Some(known.clone());
        }
        if self.open.contains(act) || self.open.len() >= DEEPEST {
            return None;
        }
        self.open.push(act.clone());
        let before = std::mem::replace(&mut self.untold, false);
        let light = self.light.take();
        let instances = self.instances(act);
        let ruling = self.rule(act, &instances);
        self.open.pop();
        self.light = light;
        self.untold = before;
        if self.case.acts.contains_key(&act.value) {
            self.known.insert(act.value, ruling.clone());
        }
        Some(ruling)
    }

    /// The norms that apply to the act, or may, in order of norm and `per`.
    pub(super) fn instances(&mut self, act: &ActRecord) -> Vec<Instance> {
        let program = self.program;
        let mut found = Vec::new();
        for (id, norm) in program.norms.entries() {
            let own = act.description.action;
            let speaks = norm.actions.iter().any(|&above| program.is_a(own, above));
            let in_force = program.documents[norm.document].in_force(act.at);
            if speaks && in_force && !self.comes_after(id) {
                found.extend(self.instances_of(id, act));
            }
        }
        found
    }

    /// Whether the norm is advice that asks for verdicts and that no norm meets: it is asked
    /// after the verdict, which it cannot change.
    fn comes_after(&self, id: NormId) -> bool {
        let norm = &self.program.norms[id];
        let advises = matches!(
            norm.modality,
            Modality::Recommend
                | Modality::Discourage
                | Modality::Consider(_)
                | Modality::AlsoCheck
        );
        let mut others = self.program.norms.iter();
        advises
            && norm.bodies.iter().any(|body| !body.late.is_empty())
            && norm.overrides.is_empty()
            && !others.any(|other| other.overrides.contains(&id))
    }

    /// The instances of one norm.
    pub(super) fn instances_of(&mut self, id: NormId, act: &ActRecord) -> Vec<Instance> {
        let mut found: BTreeMap<Vec<Value>, Instance> = BTreeMap::new();
        for (index, body) in self.program.norms[id].bodies.iter().enumerate() {
            let Some(given) = self.borne(body, act, Frame::new(&body.variables)) else {
                continue;
            };
            for (frame, truth) in self.solutions(body, act, &given) {
                let per = body.per.iter();
                let per = per.map(|&it| frame.value(it).unwrap_or(Value::UNKNOWN));
                let per: Vec<_> = per.collect();
                let instance = found.entry(per.clone()).or_insert_with(|| Instance {
                    norm: id,
                    per,
                    truth,
                    ways: Vec::new(),
                });
                instance.truth = instance.truth.max(truth);
                instance.ways.push((index, frame, truth));
            }
        }
        found.into_values().collect()
    }

    /// The frame with whose a situation is, where that is said: a norm that names its bearer is
    /// about that one's alone.
    pub(super) fn borne(
        &self,
        body: &NormBody,
        act: &ActRecord,
        mut frame: Frame,
    ) -> Option<Frame> {
        let description = &act.description;
        let is_situation = self.program.actions[description.action].situation.is_some();
        let by = description.roles.iter().find(|(role, _)| *role == Role::By);
        let by = by.filter(|_| is_situation).map(|&(_, value)| value);
        let (Some(by), Some(bearer)) = (by, body.bearer) else {
            return Some(frame);
        };
        match bearer {
            Term::Variable(variable) if frame.value(variable).is_none_or(|own| own == by) => {
                frame.bind(variable, Meant::Value(by));
                Some(frame)
            }
            Term::Constant(value) if value == by => Some(frame),
            Term::Variable(_) | Term::Constant(_) => None,
            Term::Any => Some(frame),
        }
    }

    /// The ways in which a body holds of an act, with what it asks of other acts.
    pub(super) fn solutions(
        &mut self,
        body: &NormBody,
        act: &ActRecord,
        given: &Frame,
    ) -> Vec<(Frame, Truth)> {
        let mut frame = given.clone();
        frame.bind(VariableId::JUDGED, Meant::Value(act.value));
        let evaluator = self.at(act.at);
        let solutions = evaluator.solve(&body.variables, &body.literals, &frame);
        let mut found = Vec::new();
        for (frame, truth) in solutions {
            let truth = truth.min(self.asked(act, body, &body.late, &frame));
            if truth > Truth::False {
                found.push((frame, truth));
            }
        }
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }

    /// How surely all that is asked of other acts is so.
    pub(super) fn asked(
        &mut self,
        act: &ActRecord,
        body: &NormBody,
        late: &[LateLiteral],
        frame: &Frame,
    ) -> Truth {
        let mut weakest = Truth::Certain;
        for literal in late {
            if weakest > Truth::False {
                weakest = weakest.min(self.late(act, body, literal, frame));
            }
        }
        weakest
    }

    /// Which instances set others aside, and which clash.
    pub(super) fn attacks(&self, instances: &[Instance], required: &[Requirement]) -> Attacks {
        let mut attacks = Attacks::default();
        let of = |index: usize| required.iter().filter(move |it| it.instance == index);
        for (i, one) in instances.iter().enumerate() {
            for (j, two) in instances.iter().enumerate().skip(i + 1) {
                if one.norm == two.norm || !agree(self.program, one, two) {
                    continue;
                }
                let contradict = of(i).any(|mine| of(j).any(|other| mine.contradicts(other)));
                match standing(self.program, one.norm, two.norm, contradict) {
                    Standing::First(principle) => attacks.beats.push((i, j, principle)),
                    Standing::Second(principle) => attacks.beats.push((j, i, principle)),
                    Standing::Clash => attacks.clashes.push((i, j)),
                    Standing::Apart => {}
                }
            }
        }
        attacks
    }

    /// The actions below the act's own that norms which decide speak of, and that the act may
    /// have been.
    pub(super) fn ways_below(&self, act: &ActRecord) -> bool {
        let own = act.description.action;
        let action = &self.program.actions[own];
        let named: BTreeSet<_> = self
            .program
            .norms
            .iter()
            .filter(|norm| super::ruling::decides(norm.modality))
            .flat_map(|norm| norm.actions.iter().copied())
            .collect();
        own.index() != 0
            && action.situation.is_none()
            && named
                .iter()
                .any(|&it| it != own && self.program.is_a(it, own))
    }
}
