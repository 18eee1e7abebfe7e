//! Breaches by what was left undone: duties that arose, that no later act met, and that are past
//! their time or were omitted (`docs/language.md`, Duties).

use std::collections::BTreeSet;

use crate::lang::ast::Role;
use crate::program::{
    ActDescription, ActRecord, ActionId, Arising, Due, Modality, Mode, Norm, NormId, SortId, Under,
    Value, VariableId,
};

use super::arithmetic::number;
use super::frame::{Frame, Meant};
use super::judge::{Attacks, Instance, Judge};
use super::priority::{Standing, standing};
use super::ruling::{Ruling, Status};
use super::truth::Truth;

/// An act that is due, as it is for someone.
pub(super) struct Duty {
    pub(super) norm: NormId,
    /// A role without a value may be filled by anyone.
    pub(super) roles: Vec<(Role, Option<Value>)>,
    pub(super) truth: Truth,
    /// When it came about, if anything says so.
    pub(super) since: Option<i64>,
    pub(super) deadline: Option<i64>,
}

/// What was left undone: by which actions and roles it is asked for, or which act was omitted.
#[derive(Clone, Copy)]
pub(super) enum Undone<'q> {
    Like(&'q [ActionId], &'q [(Role, Value)]),
    Act(&'q ActRecord),
}

impl Judge<'_> {
    /// How surely something that was due at a moment was left undone in breach. Duties of
    /// situations are not followed here.
    pub(super) fn left_undone(
        &mut self,
        at: i64,
        under: Option<Under>,
        undone: &[Undone<'_>],
    ) -> Truth {
        let norms = self.program.norms.ids();
        let owed: BTreeSet<_> = norms
            .filter(|&norm| self.is_owed(norm, under) && !self.asking.contains(&norm))
            .collect();
        let light = self.light.take();
        self.asking.extend(&owed);
        let duties = self.duties(at, &self.met_by(&owed));
        self.asking.retain(|norm| !owed.contains(norm));
        self.light = light;
        let statuses = self.fare(&duties);
        let mut worst = Truth::False;
        for (duty, status) in duties.iter().zip(statuses) {
            let asked = undone.iter().all(|undone| self.is_asked(duty, *undone));
            let in_force = match status {
                Status::In => duty.truth,
                Status::Open => Truth::Maybe,
                Status::Out => Truth::False,
            };
            if asked && owed.contains(&duty.norm) && in_force > worst {
                worst = worst.max(in_force.min(self.is_unmet(at, duty)));
            }
        }
        worst
    }

    /// Whether leaving undone what the norm asks for is a breach; of advice, where it is named.
    fn is_owed(&self, norm: NormId, under: Option<Under>) -> bool {
        let falls = under.is_none_or(|under| self.falls_under(norm, under));
        falls
            && match self.program.norms[norm].modality {
                Modality::Oblige => true,
                Modality::Recommend => under == Some(Under::Norm(norm)),
                _ => false,
            }
    }

    /// Norms with those that may set them aside, and so on.
    fn met_by(&self, norms: &BTreeSet<NormId>) -> BTreeSet<NormId> {
        let mut all = norms.clone();
        let mut last: Vec<_> = norms.iter().copied().collect();
        while let Some(norm) = last.pop() {
            for (other, row) in self.program.norms.entries() {
                let meets = !row.arises.is_empty()
                    && row.modality != Modality::Consequence
                    && standing(self.program, norm, other, false) != Standing::Apart;
                if meets && all.insert(other) {
                    last.push(other);
                }
            }
        }
        all
    }

    fn duties(&mut self, at: i64, norms: &BTreeSet<NormId>) -> Vec<Duty> {
        let program = self.program;
        let mut found = Vec::new();
        for &norm in norms {
            let row = &program.norms[norm];
            let arises = row.arises.iter().filter(|it| !it.through_judged);
            for arising in arises.filter(|_| program.documents[row.document].in_force(at)) {
                if let Due::Act(roles) = &arising.due {
                    for (frame, truth) in self.arisen(at, arising) {
                        let roles = roles.iter();
                        found.push(Duty {
                            norm,
                            roles: roles.map(|&(role, it)| (role, frame.term(it))).collect(),
                            truth,
                            since: self.since(arising, &frame),
                            deadline: deadline(row, arising, &frame),
                        });
                    }
                }
            }
        }
        found
    }

    /// The ways in which something falls due at a moment, whatever act is judged.
    fn arisen(&mut self, at: i64, arising: &Arising) -> Vec<(Frame, Truth)> {
        let body = &arising.body;
        let mut frame = Frame::new(&body.variables);
        frame.bind(arising.moment, moment(at));
        let nobody = ActRecord {
            value: Value::UNKNOWN,
            description: ActDescription {
                action: ActionId::ANY,
                roles: Vec::new(),
                arguments: Vec::new(),
            },
            at,
            mode: Mode::Question,
        };
        let solutions = self.at(at).solve(&body.variables, &body.literals, &frame);
        let mut found = Vec::new();
        for (frame, truth) in solutions {
            let truth = truth.min(self.asked(&nobody, body, &body.late, &frame));
            if truth > Truth::False {
                found.push((frame, truth));
            }
        }
        found
    }

    /// The date that a duty counts from, or the last of the acts done and of the dates come by
    /// that gave rise to it.
    pub(super) fn since(&self, arising: &Arising, frame: &Frame) -> Option<i64> {
        if let Some(after) = arising.after.and_then(|it| frame.value(it)) {
            return after.number();
        }
        let acts = arising.body.variables.entries();
        let acts = acts
            .filter(|&(variable, row)| row.sort == SortId::ACT && variable != VariableId::JUDGED)
            .filter_map(|(variable, _)| self.case.acts.get(&frame.value(variable)?))
            .map(crate::load::Act::record)
            .filter(|act| act.mode == Mode::Performed)
            .map(|act| act.at);
        let dates = arising.since.iter();
        let dates = dates.filter_map(|date| number(date, frame).number());
        acts.chain(dates).max()
    }

    /// How each duty fares against those that it meets.
    fn fare(&self, duties: &[Duty]) -> Vec<Status> {
        let mut ruling = Ruling {
            attacks: self.attacks_of(duties),
            ..Ruling::default()
        };
        ruling.instances.extend(duties.iter().map(|duty| Instance {
            norm: duty.norm,
            per: Vec::new(),
            truth: duty.truth,
            ways: Vec::new(),
        }));
        self.combine(&mut ruling);
        ruling.statuses
    }

    fn attacks_of(&self, duties: &[Duty]) -> Attacks {
        let mut attacks = Attacks::default();
        for (i, one) in duties.iter().enumerate() {
            for (j, two) in duties.iter().enumerate().skip(i + 1) {
                if one.norm == two.norm || !self.meet(one, two) {
                    continue;
                }
                match standing(self.program, one.norm, two.norm, false) {
                    Standing::First(principle) => attacks.beats.push((i, j, principle)),
                    Standing::Second(principle) => attacks.beats.push((j, i, principle)),
                    Standing::Clash | Standing::Apart => {}
                }
            }
        }
        attacks
    }

    /// Whether what is due by two norms may be one act.
    fn meet(&self, one: &Duty, two: &Duty) -> bool {
        let program = self.program;
        let [mine, theirs] = [one, two].map(|it| &program.norms[it.norm].actions);
        let related = |&a: &ActionId| {
            let mut theirs = theirs.iter();
            theirs.any(|&b| program.is_a(a, b) || program.is_a(b, a))
        };
        let agree = |(role, value): &(Role, Option<Value>)| {
            let mut same = two.roles.iter().filter(|(other, _)| other == role);
            same.all(|(_, other)| other == value || other.is_none() || value.is_none())
        };
        mine.iter().any(related) && one.roles.iter().all(agree)
    }

    fn is_asked(&self, duty: &Duty, undone: Undone<'_>) -> bool {
        let due = &self.program.norms[duty.norm].actions;
        match undone {
            Undone::Act(act) => self.would_meet(&act.description, duty),
            Undone::Like(actions, roles) => {
                let below = |&one: &ActionId| {
                    let mut above = actions.iter();
                    above.any(|&above| self.program.is_a(one, above))
                };
                let fits = |(role, value): &(Role, Value)| {
                    let own = duty.roles.iter().find(|(own, _)| own == role);
                    own.is_some_and(|(_, own)| own.is_none_or(|own| own == *value))
                };
                due.iter().any(below) && roles.iter().all(fits)
            }
        }
    }

    /// Whether such an act is what is due, by the bearer or on the bearer's behalf.
    fn would_meet(&self, act: &ActDescription, duty: &Duty) -> bool {
        let mut due = self.program.norms[duty.norm].actions.iter();
        let fills = |&(role, value): &(Role, Option<Value>)| {
            value.is_none_or(|value| {
                let on_behalf = role == Role::By && act.roles.contains(&(Role::For, value));
                act.roles.contains(&(role, value)) || on_behalf
            })
        };
        due.any(|&above| self.program.is_a(act.action, above)) && duty.roles.iter().all(fills)
    }

    /// How the acts are recorded that are what is due, since it is.
    pub(super) fn modes_meeting(&self, duty: &Duty) -> Vec<Mode> {
        let acts = self.case.acts.values().map(crate::load::Act::record);
        acts.filter(|act| self.would_meet(&act.description, duty))
            .filter(|act| duty.since.is_none_or(|since| act.at >= since))
            .map(|act| act.mode)
            .collect()
    }

    /// How surely nobody did what was due, in time or ever. Whether time is up after this moment
    /// is not told: the day on which that is asked is not known here.
    fn is_unmet(&mut self, at: i64, duty: &Duty) -> Truth {
        let modes = self.modes_meeting(duty);
        if modes.contains(&Mode::Performed) {
            return Truth::False;
        }
        if modes.contains(&Mode::Omitted) {
            return Truth::Certain;
        }
        match duty.deadline {
            None => Truth::False,
            Some(deadline) if deadline < at => Truth::Certain,
            Some(_) => {
                self.untold = true;
                Truth::Maybe
            }
        }
    }
}

/// The moment at which it is asked, as a variable has it.
pub(super) fn moment(at: i64) -> Meant {
    Meant::Value(Value::from_number(at).unwrap_or(Value::UNKNOWN))
}

/// By when what arises is due.
pub(super) fn deadline(norm: &Norm, arising: &Arising, frame: &Frame) -> Option<i64> {
    let after = frame.value(arising.after?)?.number()?;
    let (amount, unit) = norm.within?;
    unit.add(after, amount)
}
