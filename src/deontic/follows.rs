//! What follows from facts and verdicts: duties and advice as they arise for someone, how they
//! stand, and consequences of breaches (`docs/language.md`, Duties).

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::base::Id;
use crate::engine::{Frame, Truth, evaluate};
use crate::lang::ast::Role;
use crate::program::{
    ActDescription, ActRecord, ActionId, Arising, Due, Expression, Modality, Mode, NormId, Operand,
    Program, SortId, Term, Value, VariableId,
};

use super::case::{Beat, Case, Effect, Label};
use super::conditions::substituted;
use super::dispatch::ArisingAt;
use super::judge::Judge;
use super::part::Part;
use super::priorities::Priority;
use super::verdict::{
    Consequence, Duty, DutyOrigin, DutyStatus, GroundDue, Judgement, NormStanding, Silence, Status,
    Substitution, value_in, value_of,
};
use super::work_out::{Undecided, advises};

impl<'p> Judge<'p> {
    /// The judgement with the questions that what is `undecided` raises, the duties, advice
    /// and consequences that arise through the act, and the duties that it would fulfil.
    pub(super) fn completed(
        &mut self,
        act: &ActRecord,
        judgement: &Rc<Judgement>,
        undecided: &Undecided,
    ) -> Judgement {
        let mut complete = Judgement::clone(judgement);
        let unsettled = undecided.unsettled.as_ref();
        let advice = unsettled.map(|unsettled| unsettled.advice());
        let norms: Vec<_> = judgement
            .norms
            .iter()
            .map(|standing| standing.norm)
            .collect();
        let (questions, circular) =
            self.questions(act, (&undecided.instances, &norms), advice.as_ref());
        complete.questions = questions;
        complete.doubt.circular |= circular;
        if let Some(advice) = advice {
            complete.course = advice.course;
            complete.residuals = advice.residuals;
        }
        let (standings, factors) = self.late_advice(act);
        let advised = standings.iter().any(|standing| advises(standing.modality));
        if advised && complete.silence == Some(Silence::Silent) {
            complete.silence = Some(Silence::AdviceOnly);
        }
        // Indexes of the standings are of their own list, so none may point elsewhere.
        complete
            .norms
            .extend(standings.into_iter().map(|standing| NormStanding {
                set_aside_by: Vec::new(),
                clashes_with: Vec::new(),
                ..standing
            }));
        complete.factors.extend(factors);
        let arisen = self.arisen_through(act, judgement);
        for duty in self.with_labels(arisen) {
            match self.program().norms[duty.norm].modality {
                Modality::Recommend | Modality::Discourage => complete.advice.push(duty),
                _ => complete.duties.push(duty),
            }
        }
        for (index, standing) in judgement.norms.iter().enumerate() {
            if standing.modality == Modality::Oblige {
                complete
                    .duties
                    .push(self.fulfilled(act, index, standing, judgement));
            }
        }
        complete.consequences = self.consequences_of(act, judgement);
        complete
    }

    /// All duties, exemptions and advice that arise from the facts as they are at `at`.
    pub fn duties_arising(&mut self, at: i64) -> Rc<Vec<Duty>> {
        self.part(Part::Others, |judge| judge.arising(at), |_| None)
    }

    fn arising(&mut self, at: i64) -> Rc<Vec<Duty>> {
        if let Some(duties) = self.duties_known(at) {
            return duties;
        }
        // Duties that ask for breaches of duties would ask for themselves: they see those that
        // ask for none.
        self.remember_duties(at, Rc::new(Vec::new()));
        let light = self.ask_in_the_light_of(None);
        let places = Rc::clone(&self.dispatch().alone);
        let (asking, plain): (Vec<_>, Vec<_>) = places
            .iter()
            .partition(|&&(norm, _)| self.asks_breach(norm));
        let mut arisen = self.arisen(at, None, &Judgement::default(), &plain);
        let mut duties = Rc::new(self.with_labels(arisen.clone()));
        if !asking.is_empty() {
            self.remember_duties(at, duties);
            arisen.extend(self.arisen(at, None, &Judgement::default(), &asking));
            duties = Rc::new(self.with_labels(merged(arisen)));
        }
        self.remember_duties(at, Rc::clone(&duties));
        self.ask_in_the_light_of(light);
        duties
    }

    /// The duties, and exemptions from them, that such an act as this omitted one would fulfil.
    pub(super) fn duties_omitted(&mut self, act: &ActRecord) -> Rc<Vec<Duty>> {
        self.part(Part::Others, |judge| judge.omitted(act), |_| None)
    }

    fn omitted(&mut self, act: &ActRecord) -> Rc<Vec<Duty>> {
        if let Some(duties) = self.omitted_known(act.value) {
            return duties;
        }
        // One that asks for breaches would ask for itself.
        self.remember_omitted(act.value, Rc::default());
        let light = self.ask_in_the_light_of(None);
        let program = self.program();
        let mut places = self.dispatch().alone.to_vec();
        places.retain(|&(norm, _)| {
            let mut actions = program.norms[norm].actions.iter();
            let own = act.description.action;
            actions.any(|&other| program.is_a(own, other) || program.is_a(other, own))
        });
        let arisen = self.arisen(act.at, None, &Judgement::default(), &places);
        let duties = self.with_labels(arisen).into_iter();
        let duties = duties.filter(|duty| fulfils(program, &act.description, &duty.due));
        let duties = Rc::new(duties.collect());
        self.remember_omitted(act.value, Rc::clone(&duties));
        self.ask_in_the_light_of(light);
        duties
    }

    fn asks_breach(&self, norm: NormId) -> bool {
        let row = &self.program().norms[norm];
        row.asks_breach || row.repairs.is_some()
    }

    /// What arises through an act, and what repairs that it was omitted.
    fn arisen_through(&mut self, act: &ActRecord, judgement: &Judgement) -> Vec<Duty> {
        let through = Rc::clone(&self.dispatch().through[act.description.action]);
        let mut duties = self.arisen(act.at, Some(act), judgement, &through);
        if act.mode == Mode::Omitted && self.is_breach_by_omission(act) {
            let program = self.program();
            let mut places = self.dispatch().alone.to_vec();
            places.retain(|&(norm, _)| {
                let repaired = program.norms[norm].repairs;
                let mut standings = judgement.norms.iter();
                repaired.is_some() && standings.any(|own| Some(own.norm) == repaired)
            });
            let light = self.ask_in_the_light_of(Some(act.value));
            duties.extend(self.arisen(act.at, Some(act), judgement, &places));
            self.ask_in_the_light_of(light);
        }
        merged(duties)
    }

    /// The duties that arise at `at` at some of the places, in the light of `act` if there is one.
    fn arisen(
        &mut self,
        at: i64,
        act: Option<&ActRecord>,
        judgement: &Judgement,
        places: &[ArisingAt],
    ) -> Vec<Duty> {
        let program = self.program();
        let mut duties = Vec::new();
        for &(norm, index) in places {
            let row = &program.norms[norm];
            let due = row.modality != Modality::Consequence
                && self.judges_by(norm)
                && program.documents[row.document].in_force(at)
                && repaired_in_force(row.repairs, act, judgement);
            if let (true, Some(arising)) = (due, row.arises.get(index)) {
                for (substitution, truth) in self.solutions_of(at, act, arising) {
                    duties.push(self.duty(at, act, norm, index, arising, substitution, truth));
                }
            }
        }
        merged(duties)
    }

    /// The values with which a duty, advice or a consequence arises.
    fn solutions_of(
        &mut self,
        at: i64,
        act: Option<&ActRecord>,
        arising: &'p Arising,
    ) -> Vec<(Substitution, Truth)> {
        let session = self.session_at(at);
        let body = &arising.body;
        let judged = act.filter(|_| arising.through_judged);
        let moment = Value::from_number(at).unwrap_or(Value::UNKNOWN);
        let mut bound = vec![(arising.moment, moment)];
        bound.extend(judged.map(|act| (VariableId::JUDGED, act.value)));
        let given: Vec<_> = bound.iter().map(|&(variable, _)| variable).collect();
        let plan = self.plan(&session, &body.variables, &body.literals, &given);
        let asked = act.cloned().unwrap_or_else(|| nobody(at));
        let mut found = plan.solutions(&session, &bound);
        for (substitution, truth) in &mut found {
            *truth = self.with_late(&asked, &body.late, &body.variables, substitution, *truth);
        }
        found.retain(|&(_, truth)| truth > Truth::False);
        found
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one instance, gathered in one place"
    )]
    fn duty(
        &mut self,
        at: i64,
        act: Option<&ActRecord>,
        norm: NormId,
        index: usize,
        arising: &Arising,
        substitution: Substitution,
        truth: Truth,
    ) -> Duty {
        let program = self.program();
        let due = self.ground_due(norm, arising, &substitution);
        let after = arising
            .after
            .and_then(|variable| value_of(&substitution, variable))
            .and_then(Value::number);
        let deadline = program.norms[norm]
            .within
            .zip(after)
            .and_then(|((amount, unit), after)| unit.add(after, amount));
        // What is only planned has not happened: a duty to act first is met before it.
        let happened = act.filter(|act| act.mode != Mode::Planned);
        let trigger = after
            .or(happened.map(|act| act.at))
            .or_else(|| self.occasion(arising, &substitution));
        Duty {
            norm,
            fulfilment: self.fulfilment(at, &due, trigger, deadline),
            due,
            certain: truth == Truth::Certain,
            status: Status::In,
            set_aside_by: Vec::new(),
            contested_by: Vec::new(),
            deadline,
            origin: DutyOrigin::Arises(index),
            substitution,
            through_judged: act.is_some(),
        }
    }

    /// When the conditions were met: the last of the acts done and of the dates that must have
    /// come.
    fn occasion(&self, arising: &Arising, substitution: &Substitution) -> Option<i64> {
        let variables = arising.body.variables.entries();
        let acts = variables
            .filter(|&(variable, row)| row.sort == SortId::ACT && variable != VariableId::JUDGED)
            .filter_map(|(variable, _)| self.act(value_of(substitution, variable)?))
            .filter(|act| act.mode == Mode::Performed)
            .map(|act| act.at);
        let dates = arising.since.iter();
        let dates = dates.filter_map(|date| number_of(date, substitution));
        acts.chain(dates).max()
    }

    fn ground_due(
        &self,
        norm: NormId,
        arising: &Arising,
        substitution: &Substitution,
    ) -> GroundDue {
        let program = self.program();
        let value = |term: Term| value_in(term, substitution);
        match &arising.due {
            Due::Act(roles) => GroundDue::Act {
                actions: program.norms[norm].actions.clone(),
                roles: roles
                    .iter()
                    .map(|&(role, term)| {
                        let sort = match term {
                            Term::Variable(variable) => Some(arising.body.variables[variable].sort),
                            _ => self.role_sort(norm, role),
                        };
                        (role, sort.unwrap_or(SortId::ACTOR), value(term))
                    })
                    .collect(),
            },
            Due::State { atom, by } => GroundDue::State {
                atom: substituted(atom, substitution),
                by: by.and_then(value),
            },
        }
    }

    fn role_sort(&self, norm: NormId, role: Role) -> Option<SortId> {
        let program = self.program();
        program.norms[norm].actions.iter().find_map(|&action| {
            program.actions[action]
                .roles
                .iter()
                .find_map(|own| (own.role == role).then_some(own.sort))
        })
    }

    /// How a duty stands at `at`: met by a matching act after its trigger, by the bearer or on
    /// the bearer's behalf; or by its atom holding.
    fn fulfilment(
        &mut self,
        at: i64,
        due: &GroundDue,
        trigger: Option<i64>,
        deadline: Option<i64>,
    ) -> DutyStatus {
        let late = deadline.is_some_and(|deadline| deadline < self.as_of().max(at));
        let open = if late {
            DutyStatus::Overdue
        } else {
            DutyStatus::Pending
        };
        match due {
            GroundDue::Act { .. } => {
                let program = self.program();
                let matching = |mode: Mode| {
                    self.recorded()
                        .filter(move |act| act.mode == mode)
                        .filter(|act| fulfils(program, &act.description, due))
                        .any(|act| trigger.is_none_or(|trigger| act.at >= trigger))
                };
                if matching(Mode::Performed) {
                    DutyStatus::Met
                } else if matching(Mode::Omitted) {
                    DutyStatus::Omitted
                } else {
                    open
                }
            }
            GroundDue::State { atom, .. } => {
                let pattern: Vec<_> = atom
                    .terms
                    .iter()
                    .map(|&term| match term {
                        Term::Constant(value) => Some(value),
                        Term::Variable(_) | Term::Any => None,
                    })
                    .collect();
                let session = self.session_at(at);
                match session.truth_of_some(atom.relation, &pattern) {
                    Truth::Certain => DutyStatus::Met,
                    Truth::Maybe => open,
                    Truth::False if deadline.is_some() => open,
                    Truth::False => DutyStatus::Omitted,
                }
            }
        }
    }

    /// Labels duties, exemptions and advice by the kernel: they meet where what is due agrees
    /// in every role that both name.
    fn with_labels(&mut self, mut duties: Vec<Duty>) -> Vec<Duty> {
        if duties.is_empty() {
            return duties;
        }
        let program = self.program();
        let mut case = Case::default();
        for duty in &duties {
            let document = program.norms[duty.norm].document;
            case.instances.push(super::case::Instance {
                norm: duty.norm.index() as u32,
                effect: match program.norms[duty.norm].modality {
                    Modality::Oblige => Effect::Oblige,
                    Modality::Exempt => Effect::Exempt,
                    _ => Effect::Other,
                },
                order: document.index() as u32,
                certain: duty.certain,
            });
        }
        for (i, first) in duties.iter().enumerate() {
            for (j, second) in duties.iter().enumerate().skip(i + 1) {
                if first.norm == second.norm || !self.meet(first, second) {
                    continue;
                }
                let beat = |winner, loser, principle| Beat {
                    loser,
                    winner,
                    principle,
                };
                match self.priority(first.norm, second.norm) {
                    Priority::First(principle) => case.beats.push(beat(i, j, principle)),
                    Priority::Second(principle) => case.beats.push(beat(j, i, principle)),
                    Priority::Clash => case.opposed.push((i, j)),
                    Priority::None => {}
                }
            }
        }
        let labelling = self.label(&case);
        let norms: Vec<_> = duties.iter().map(|duty| duty.norm).collect();
        let norm_at = |index: usize| norms.get(index).copied();
        for (index, duty) in duties.iter_mut().enumerate() {
            duty.status = match labelling.labels.get(index) {
                Some(Label::In) => Status::In,
                Some(Label::Open) => Status::Open,
                Some(Label::Out { .. }) | None => Status::Out,
            };
            duty.set_aside_by = labelling
                .defeated_by(index)
                .iter()
                .filter_map(|&other| norm_at(other))
                .collect();
            duty.contested_by = case
                .opposed
                .iter()
                .filter_map(|&(a, b)| match index {
                    _ if a == index => Some(b),
                    _ if b == index => Some(a),
                    _ => None,
                })
                .filter(|&other| labelling.may_be_in(other))
                .filter_map(norm_at)
                .collect();
        }
        duties
    }

    fn meet(&self, first: &Duty, second: &Duty) -> bool {
        let program = self.program();
        match (&first.due, &second.due) {
            (
                GroundDue::Act { actions, roles },
                GroundDue::Act {
                    actions: others,
                    roles: theirs,
                },
            ) => {
                let related = actions.iter().any(|&a| {
                    others
                        .iter()
                        .any(|&b| program.is_a(a, b) || program.is_a(b, a))
                });
                related
                    && roles.iter().all(|&(role, _, value)| {
                        theirs.iter().all(|&(other, _, filler)| {
                            other != role || value.is_none() || filler.is_none() || value == filler
                        })
                    })
            }
            (GroundDue::State { atom, .. }, GroundDue::State { atom: other, .. }) => {
                program.relations[atom.relation].declared
                    == program.relations[other.relation].declared
                    && atom.terms.iter().zip(&other.terms).all(|(mine, theirs)| {
                        mine == theirs || *mine == Term::Any || *theirs == Term::Any
                    })
            }
            _ => false,
        }
    }

    /// A duty that the act judged would fulfil.
    fn fulfilled(
        &self,
        act: &ActRecord,
        index: usize,
        standing: &NormStanding,
        judgement: &Judgement,
    ) -> Duty {
        let norm_of = |other: usize| judgement.norms.get(other).map(|standing| standing.norm);
        let bearer = self.bearer(standing);
        let program = self.program();
        let due = match program.actions[act.description.action].situation {
            Some(relation) => GroundDue::State {
                atom: crate::program::Atom {
                    relation,
                    terms: act
                        .description
                        .arguments
                        .iter()
                        .copied()
                        .map(Term::Constant)
                        .collect(),
                },
                by: bearer,
            },
            None => GroundDue::Act {
                actions: vec![act.description.action],
                roles: act
                    .description
                    .roles
                    .iter()
                    .filter(|&&(role, _)| role != Role::At)
                    .filter_map(|&(role, value)| {
                        let sort = self.role_sort(standing.norm, role)?;
                        let value = bearer.filter(|_| role == Role::By).unwrap_or(value);
                        Some((role, sort, Some(value)))
                    })
                    .collect(),
            },
        };
        Duty {
            norm: standing.norm,
            due,
            certain: standing.certain,
            status: standing.status,
            set_aside_by: standing
                .set_aside_by
                .iter()
                .filter_map(|&(other, _)| norm_of(other))
                .collect(),
            contested_by: standing
                .clashes_with
                .iter()
                .copied()
                .filter_map(norm_of)
                .collect(),
            fulfilment: match act.mode {
                Mode::Performed => DutyStatus::Met,
                Mode::Omitted => DutyStatus::Omitted,
                Mode::Planned | Mode::Question => DutyStatus::Pending,
            },
            deadline: None,
            origin: DutyOrigin::Fulfils(index),
            substitution: standing.substitution.clone(),
            through_judged: false,
        }
    }

    /// What follows from a breach by this very act.
    fn consequences_of(&mut self, act: &ActRecord, judgement: &Judgement) -> Vec<Consequence> {
        let happened = match act.mode {
            Mode::Performed => !judgement.norms.is_empty(),
            Mode::Omitted => self.is_breach_by_omission(act),
            Mode::Planned | Mode::Question => false,
        };
        if !happened {
            return Vec::new();
        }
        let before = self.ask_in_the_light_of(Some(act.value));
        let found = self.consequences(act.at, Some(act));
        self.ask_in_the_light_of(before);
        found
    }

    /// What follows at `at` from breaches: in the light of `act`, from its own alone.
    pub fn consequences(&mut self, at: i64, act: Option<&ActRecord>) -> Vec<Consequence> {
        let program = self.program();
        let mut places: Vec<_> = self.dispatch().alone.to_vec();
        if let Some(act) = act {
            places.extend(self.dispatch().through[act.description.action].iter());
        }
        let mut found: BTreeMap<(NormId, crate::program::Atom), bool> = BTreeMap::new();
        for (norm, index) in places {
            let row = &program.norms[norm];
            let follows = row.modality == Modality::Consequence
                && self.judges_by(norm)
                && program.documents[row.document].in_force(at);
            let Some(arising) = row.arises.get(index).filter(|_| follows) else {
                continue;
            };
            for (substitution, truth) in self.solutions_of(at, act, arising) {
                if let Due::State { atom, .. } = &arising.due {
                    let certain = found
                        .entry((norm, substituted(atom, &substitution)))
                        .or_default();
                    *certain |= truth == Truth::Certain;
                }
            }
        }
        found
            .into_iter()
            .map(|((norm, atom), certain)| Consequence {
                norm,
                atom,
                certain,
            })
            .collect()
    }

    /// The situations that norms speak of and whose atom certainly holds at `at`.
    pub fn situations_that_hold(&mut self, at: i64) -> Vec<Value> {
        let program = self.program();
        let session = self.session_at(at);
        let mut found = Vec::new();
        for (action, row) in program.actions.entries() {
            let Some(relation) = row.situation else {
                continue;
            };
            let pattern = vec![None; program.relations[relation].arity()];
            for arguments in session.certain_matching(relation, &pattern) {
                let description = ActDescription {
                    action,
                    roles: Vec::new(),
                    arguments,
                };
                found.push(self.describe(&description, at, true));
            }
        }
        found
    }

    /// Whose a norm is, as it applies: the bearer that its target names.
    pub fn bearer(&self, standing: &NormStanding) -> Option<Value> {
        let body = self.program().norms[standing.norm]
            .bodies
            .get(standing.body)?;
        value_in(body.bearer?, &standing.substitution)
    }
}

/// Whether an act so described would fulfil what is due.
fn fulfils(program: &Program, act: &ActDescription, due: &GroundDue) -> bool {
    match due {
        GroundDue::Act { actions, roles } => {
            let below = |&above: &ActionId| program.is_a(act.action, above);
            actions.iter().any(below) && fits(act, roles)
        }
        GroundDue::State { atom, .. } => {
            let situation = program.actions[act.action].situation;
            let declared = program.relations[atom.relation].declared;
            let same = |(&term, &value): (&Term, &Value)| {
                term == Term::Any || term == Term::Constant(value)
            };
            situation == Some(declared) && atom.terms.iter().zip(&act.arguments).all(same)
        }
    }
}

/// Whether an act fills the roles of a duty: by the bearer or on the bearer's behalf; roles
/// without a value are any.
fn fits(act: &ActDescription, roles: &[(Role, SortId, Option<Value>)]) -> bool {
    roles.iter().all(|&(role, _, wanted)| {
        wanted.is_none_or(|wanted| {
            act.roles.contains(&(role, wanted))
                || (role == Role::By && act.roles.contains(&(Role::For, wanted)))
        })
    })
}

/// Whether a reparation is due: the norm that it repairs is in force on the act judged. Without
/// an act it is asked of the facts alone.
fn repaired_in_force(
    repairs: Option<NormId>,
    act: Option<&ActRecord>,
    judgement: &Judgement,
) -> bool {
    let Some(repaired) = repairs else {
        return true;
    };
    act.is_none()
        || judgement
            .norms
            .iter()
            .any(|standing| standing.norm == repaired && standing.status != Status::Out)
        || !judgement
            .norms
            .iter()
            .any(|standing| standing.norm == repaired)
}

/// The same duty found in several ways is one, as certain as the most certain.
fn merged(duties: Vec<Duty>) -> Vec<Duty> {
    let mut found: BTreeMap<(NormId, GroundDue), Duty> = BTreeMap::new();
    for duty in duties {
        let known = found
            .entry((duty.norm, duty.due.clone()))
            .or_insert_with(|| duty.clone());
        if duty.certain && !known.certain {
            *known = duty;
        }
    }
    found.into_values().collect()
}

/// No act in particular, for what is asked of the facts alone.
fn nobody(at: i64) -> ActRecord {
    ActRecord {
        value: Value::UNKNOWN,
        description: ActDescription {
            action: ActionId::ANY,
            roles: Vec::new(),
            arguments: Vec::new(),
        },
        at,
        mode: Mode::Question,
    }
}

/// The number that an expression comes to; none where it is not known.
fn number_of(expression: &Expression, substitution: &Substitution) -> Option<i64> {
    let mut ground = expression.clone();
    for (_, operand) in &mut ground.terms {
        if let Operand::Variable(variable) = *operand {
            *operand = Operand::Constant(value_of(substitution, variable)?);
        }
    }
    evaluate(&ground, &Frame::default()).number()
}
