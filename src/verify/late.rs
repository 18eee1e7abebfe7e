//! What norms ask of the verdicts of other acts.

use crate::lang::ast::{Role, StatusWord};
use crate::program::{
    ActDescription, ActRecord, ActTerm, ActionId, LateLiteral, Modality, Mode, NormBody, NormId,
    Term, Under, Value,
};

use super::frame::Frame;
use super::judge::Judge;
use super::omission::Undone;
use super::ruling::{Ruling, Status};
use super::truth::Truth;

impl Judge<'_> {
    /// How surely what a literal asks of other acts is so.
    pub(super) fn late(
        &mut self,
        act: &ActRecord,
        body: &NormBody,
        literal: &LateLiteral,
        frame: &Frame,
    ) -> Truth {
        match literal {
            LateLiteral::Status {
                negated,
                status,
                act: term,
                under,
                ..
            } => {
                let truth = self.status(act, (*status, *under), term, frame);
                if *negated { truth.not() } else { truth }
            }
            LateLiteral::Negative { literals, late, .. } => {
                let evaluator = self.at(act.at);
                let mut best = Truth::False;
                for (frame, truth) in evaluator.solve(&body.variables, literals, frame) {
                    best = best.max(truth.min(self.asked(act, body, late, &frame)));
                }
                best.not()
            }
        }
    }

    fn status(
        &mut self,
        act: &ActRecord,
        (status, under): (StatusWord, Option<Under>),
        term: &ActTerm,
        frame: &Frame,
    ) -> Truth {
        if let ActTerm::Breaches(actions, roles) = term {
            return self.breaches(act, actions, &filled(roles, frame), under);
        }
        let named = matches!(term, ActTerm::Bound(_)) && status == StatusWord::Breach;
        match self.other(act, term, frame) {
            Some(other) if named && self.is_in_the_dark(&other) => Truth::False,
            Some(other) => self.status_of(&other, status, under),
            None => Truth::False,
        }
    }

    /// Whether another act's breaches are asked for, and not those of this one.
    fn is_in_the_dark(&self, act: &ActRecord) -> bool {
        let mut light = self.light.iter();
        light.any(|light| light.value != act.value)
    }

    /// The one act that a literal asks about.
    pub(super) fn other(
        &mut self,
        act: &ActRecord,
        term: &ActTerm,
        frame: &Frame,
    ) -> Option<ActRecord> {
        match term {
            ActTerm::Bound(variable) => self.act(frame.value(*variable)?, act.at),
            ActTerm::Denoted(action, roles) => {
                let mut roles = filled(roles, frame);
                roles.sort_unstable();
                let at = roles.iter().find(|(role, _)| *role == Role::At);
                let at = at.and_then(|(_, value)| value.number());
                let description = ActDescription {
                    action: *action,
                    roles,
                    arguments: Vec::new(),
                };
                Some(self.describe(&description, at.unwrap_or(act.at), true))
            }
            ActTerm::Breaches(..) => None,
        }
    }

    /// How surely a status word is true of an act. What hangs on itself, or on unknown facts in
    /// ways that are not followed here, is not told.
    fn status_of(&mut self, act: &ActRecord, status: StatusWord, under: Option<Under>) -> Truth {
        let Some(ruling) = self.ruling(act) else {
            self.untold = true;
            return Truth::Maybe;
        };
        self.untold |= ruling.untold || self.ways_below(act);
        let verdict = match under {
            Some(Under::Document(document)) => {
                let own = ruling.documents.get(&document);
                own.copied().unwrap_or("unregulated")
            }
            _ => ruling.verdict,
        };
        self.untold |= verdict == "undetermined";
        match (status, verdict) {
            (StatusWord::Breach, _) => self.breached(act, &ruling, under),
            (StatusWord::Permitted, "conditional") => {
                let conditions = ruling.requirements.iter();
                let mut pending = conditions.filter(|it| may_be_in(&ruling, it.instance));
                let met = pending
                    .clone()
                    .map(|it| it.met)
                    .min()
                    .unwrap_or(Truth::Certain);
                // Whether an unmet condition is required may be open.
                let sure = pending
                    .all(|it| it.certain && ruling.statuses.get(it.instance) == Some(&Status::In));
                self.untold |= !sure;
                met
            }
            (StatusWord::Permitted, "permitted")
            | (StatusWord::Prohibited, "prohibited" | "conflict")
            | (StatusWord::Unsettled, "undetermined" | "unregulated" | "conflict") => {
                Truth::Certain
            }
            (StatusWord::Permitted | StatusWord::Prohibited, "undetermined") => Truth::Maybe,
            _ => Truth::False,
        }
    }

    /// How surely an act was a breach: performed against a norm, or omitted though it was due.
    fn breached(&mut self, act: &ActRecord, ruling: &Ruling, under: Option<Under>) -> Truth {
        match self.as_it_counts(act).mode {
            Mode::Performed => {}
            Mode::Omitted => return self.left_undone(act.at, under, &[Undone::Act(act)]),
            Mode::Planned | Mode::Question => return Truth::False,
        }
        let unmet = |index: usize| {
            let own = ruling.requirements.iter().filter(|it| it.instance == index);
            own.map(|it| it.met.not()).max().unwrap_or(Truth::False)
        };
        let Some(under) = under else {
            let mut required = ruling.requirements.iter();
            return match ruling.verdict {
                "prohibited" => Truth::Certain,
                "conditional" if required.any(|it| it.certain && it.met == Truth::False) => {
                    Truth::Certain
                }
                "conditional" | "undetermined" => Truth::Maybe,
                _ => Truth::False,
            };
        };
        let clashes = |index: usize| {
            let mut clashes = ruling.attacks.clashes.iter();
            clashes.any(|&(one, two)| {
                let other = if one == index { two } else { one };
                [one, two].contains(&index) && may_be_in(ruling, other)
            })
        };
        let mut worst = Truth::False;
        for (index, instance) in ruling.instances.iter().enumerate() {
            if !self.falls_under(instance.norm, under) {
                continue;
            }
            let in_force = match ruling.statuses.get(index) {
                Some(Status::In) => Truth::Certain,
                Some(Status::Open) => Truth::Maybe,
                _ => Truth::False,
            };
            let violated = match self.program.norms[instance.norm].modality {
                Modality::Forbid if !clashes(index) => Truth::Certain,
                Modality::Discourage if under == Under::Norm(instance.norm) => Truth::Certain,
                Modality::Require => unmet(index),
                _ => Truth::False,
            };
            worst = worst.max(in_force.min(violated));
        }
        worst
    }

    pub(super) fn falls_under(&self, norm: NormId, under: Under) -> bool {
        let row = &self.program.norms[norm];
        match under {
            Under::Norm(named) => norm == named,
            Under::Document(document) => row.document == document && !row.asks_breach,
        }
    }

    /// How surely some act or omission that matches was a breach. Situations are not followed here.
    fn breaches(
        &mut self,
        act: &ActRecord,
        actions: &[ActionId],
        roles: &[(Role, Value)],
        under: Option<Under>,
    ) -> Truth {
        let mut best = Truth::False;
        for other in self.performed(act, actions, roles) {
            best = best.max(self.status_of(&other, StatusWord::Breach, under));
        }
        let like = Undone::Like(actions, roles);
        let omitted = match self.light.clone() {
            None => self.left_undone(act.at, under, &[like]),
            Some(light) if light.mode == Mode::Omitted => {
                self.left_undone(light.at, under, &[like, Undone::Act(&light)])
            }
            Some(_) => Truth::False,
        };
        best = best.max(omitted);
        let mut asked = actions.iter();
        let of_situations = asked.any(|&action| {
            action == ActionId::ANY || self.program.actions[action].situation.is_some()
        });
        self.untold |= of_situations && best != Truth::Certain;
        best
    }

    /// The performed acts that match.
    pub(super) fn performed(
        &mut self,
        act: &ActRecord,
        actions: &[ActionId],
        roles: &[(Role, Value)],
    ) -> Vec<ActRecord> {
        let recorded = self.case.acts.values().map(crate::load::Act::record);
        let mut all: Vec<_> = recorded.collect();
        if !all.iter().any(|it| it.value == act.value) {
            all.push(act.clone());
        }
        let is_a = |it: &ActRecord| {
            let own = it.description.action;
            actions.iter().any(|&above| self.program.is_a(own, above))
        };
        let fills = |it: &ActRecord| roles.iter().all(|role| it.description.roles.contains(role));
        all.retain(|it| is_a(it) && fills(it) && !self.is_in_the_dark(it));
        all.retain(|it| self.as_it_counts(it).mode == Mode::Performed);
        all
    }
}

fn may_be_in(ruling: &Ruling, index: usize) -> bool {
    ruling.statuses.get(index) != Some(&Status::Out)
}

/// The roles that have a value.
pub(super) fn filled(roles: &[(Role, Term)], frame: &Frame) -> Vec<(Role, Value)> {
    let roles = roles.iter();
    roles
        .filter_map(|&(role, term)| Some((role, frame.term(term)?)))
        .collect()
}
