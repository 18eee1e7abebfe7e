//! What a norm asks of other acts' verdicts: `permitted`, `prohibited`, `breach`, `unsettled`
//! (`docs/language.md`, Other acts in a body). Asked last, when all variables are bound.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::engine::Truth;
use crate::lang::ast::{Role, StatusWord};
use crate::program::{
    ActDescription, ActRecord, ActTerm, ActionId, Atom, LateLiteral, Literal, Modality, Mode,
    NormBody, NormId, Program, Term, Under, Value, Variables,
};

use super::judge::Judge;
use super::verdict::{
    Breach, Duty, GroundDue, GroundLiteral, Judgement, Standing, Status, Substitution, Verdict,
    value_in, value_of,
};

impl<'p> Judge<'p> {
    /// The truth of a solution once its late literals are asked; the weakest counts.
    pub(super) fn with_late(
        &mut self,
        act: &ActRecord,
        late: &'p [LateLiteral],
        variables: &Variables,
        substitution: &Substitution,
        truth: Truth,
    ) -> Truth {
        let mut weakest = truth;
        for literal in late {
            if weakest == Truth::False {
                break;
            }
            weakest = weakest.min(self.late(act, literal, variables, substitution));
        }
        weakest
    }

    /// The truth of each late literal of a body under these values.
    pub fn late_truths(
        &mut self,
        act: &ActRecord,
        body: &'p NormBody,
        substitution: &Substitution,
    ) -> Vec<Truth> {
        let late = body.late.iter();
        late.map(|literal| self.late(act, literal, &body.variables, substitution))
            .collect()
    }

    fn late(
        &mut self,
        act: &ActRecord,
        literal: &'p LateLiteral,
        variables: &Variables,
        substitution: &Substitution,
    ) -> Truth {
        match literal {
            LateLiteral::Status {
                negated,
                status,
                act: term,
                under,
                ..
            } => {
                let truth = self.status(act, *status, term, *under, substitution);
                if *negated { opposite(truth) } else { truth }
            }
            LateLiteral::Negative { literals, late, .. } => {
                opposite(self.any_solution(act, literals, late, variables, substitution))
            }
        }
    }

    /// The acts for whose verdicts some of `late` ask, each with the verdict's name.
    pub(super) fn asked_about(
        &mut self,
        act: &ActRecord,
        late: &'p [LateLiteral],
        variables: &Variables,
        substitution: &Substitution,
    ) -> BTreeSet<(Value, StatusWord)> {
        let mut found = BTreeSet::new();
        for literal in late {
            match literal {
                LateLiteral::Status {
                    status, act: term, ..
                } => {
                    let others = self.others(act, term, substitution).into_iter();
                    found.extend(others.map(|other| (other, *status)));
                }
                LateLiteral::Negative { literals, late, .. } => {
                    let session = self.session_at(act.at);
                    let inner = self.solutions(&session, variables, literals, substitution);
                    for (solution, _) in inner {
                        found.extend(self.asked_about(act, late, variables, &solution));
                    }
                }
            }
        }
        found
    }

    /// The act whose verdict a literal asks for, if it is one alone.
    pub(super) fn other(
        &mut self,
        act: &ActRecord,
        term: &ActTerm,
        values: &Substitution,
    ) -> Option<Value> {
        match term {
            ActTerm::Breaches(..) => None,
            _ => self.others(act, term, values).pop(),
        }
    }

    /// The acts whose verdicts a literal asks for.
    fn others(&mut self, act: &ActRecord, term: &ActTerm, values: &Substitution) -> Vec<Value> {
        match term {
            ActTerm::Bound(variable) => value_of(values, *variable).into_iter().collect(),
            ActTerm::Denoted(action, roles) => {
                let description = denoted(*action, roles, values);
                let at = at_of(&description).unwrap_or(act.at);
                vec![self.describe(&description, at, true)]
            }
            ActTerm::Breaches(actions, roles) => {
                self.performed(act, actions, &bound(roles, values))
            }
        }
    }

    fn any_solution(
        &mut self,
        act: &ActRecord,
        literals: &'p [Literal],
        late: &'p [LateLiteral],
        variables: &Variables,
        substitution: &Substitution,
    ) -> Truth {
        let session = self.session_at(act.at);
        let mut best = Truth::False;
        for (solution, truth) in self.solutions(&session, variables, literals, substitution) {
            best = best.max(self.with_late(act, late, variables, &solution, truth));
            if best == Truth::Certain {
                break;
            }
        }
        best
    }

    fn status(
        &mut self,
        act: &ActRecord,
        status: StatusWord,
        term: &ActTerm,
        under: Option<Under>,
        substitution: &Substitution,
    ) -> Truth {
        match term {
            ActTerm::Bound(variable) => match value_of(substitution, *variable) {
                Some(other) if self.is_asked_for(other, status) => {
                    self.status_of(other, status, under)
                }
                _ => Truth::False,
            },
            ActTerm::Denoted(action, roles) => {
                let description = denoted(*action, roles, substitution);
                let at = at_of(&description).unwrap_or(act.at);
                let other = self.describe(&description, at, true);
                self.status_of(other, status, under)
            }
            ActTerm::Breaches(actions, roles) => {
                self.any_breach(act, actions, &bound(roles, substitution), under)
            }
        }
    }

    /// Whether the status of `act` counts: in the light of an act no other act is a breach.
    fn is_asked_for(&self, act: Value, status: StatusWord) -> bool {
        status != StatusWord::Breach || self.light().is_none_or(|light| light == act)
    }

    /// How far `status` holds of the verdict of `act`; unknown of an act that depends on it.
    fn status_of(&mut self, act: Value, status: StatusWord, under: Option<Under>) -> Truth {
        let Some(judgement) = self.verdict(act) else {
            return Truth::Maybe;
        };
        let verdict = match under {
            Some(Under::Document(document)) => judgement
                .documents
                .iter()
                .find_map(|&(other, verdict)| (other == document).then_some(verdict))
                .unwrap_or(Verdict::Unregulated),
            _ => judgement.verdict,
        };
        match status {
            StatusWord::Permitted => match verdict {
                Verdict::Permitted => Truth::Certain,
                Verdict::Undetermined => Truth::Maybe,
                Verdict::Conditional => conditions_met(&judgement),
                _ => Truth::False,
            },
            StatusWord::Prohibited => match verdict {
                Verdict::Prohibited | Verdict::Conflict => Truth::Certain,
                Verdict::Undetermined => Truth::Maybe,
                _ => Truth::False,
            },
            StatusWord::Unsettled => match verdict {
                Verdict::Undetermined | Verdict::Unregulated | Verdict::Conflict => Truth::Certain,
                _ => Truth::False,
            },
            StatusWord::Breach => self.breached(&judgement, under),
            StatusWord::Done | StatusWord::Planned | StatusWord::Case => Truth::False,
        }
    }

    /// Whether an act was a breach, of a document or a norm alone where one is named: performed
    /// against it, or omitted though it was due.
    fn breached(&mut self, judgement: &Rc<Judgement>, under: Option<Under>) -> Truth {
        match self.act(judgement.act).map(|act| (act.mode, act.at)) {
            Some((Mode::Performed, _)) => {}
            Some((Mode::Omitted, _)) => {
                return self.omission_by(judgement.act, under, |_| true);
            }
            _ => return Truth::False,
        }
        let Some(under) = under else {
            return match judgement.breach {
                Breach::Certain => Truth::Certain,
                Breach::Possible => Truth::Maybe,
                Breach::Contested | Breach::None => Truth::False,
            };
        };
        judgement
            .norms
            .iter()
            .enumerate()
            .filter(|(_, standing)| self.falls_under(standing.norm, under))
            .map(|(index, standing)| {
                let in_force = standing.status.in_force();
                let violated = match standing.modality {
                    Modality::Forbid if standing.clashes_with.is_empty() => Truth::Certain,
                    // Advice is broken where it is named, as its reparation does: an act against
                    // it is no breach of the document.
                    Modality::Discourage if under == Under::Norm(standing.norm) => Truth::Certain,
                    Modality::Require => judgement
                        .conditions
                        .iter()
                        .filter(|condition| condition.instance == index)
                        .map(|condition| opposite_standing(condition.standing))
                        .max()
                        .unwrap_or(Truth::False),
                    _ => Truth::False,
                };
                in_force.min(violated)
            })
            .max()
            .unwrap_or(Truth::False)
    }

    /// Whether `norm` is what `under` names. Over a document, norms that themselves ask for
    /// breaches are skipped.
    pub(super) fn falls_under(&self, norm: NormId, under: Under) -> bool {
        let row = &self.program().norms[norm];
        match under {
            Under::Norm(named) => norm == named,
            Under::Document(document) => row.document == document && !row.asks_breach,
        }
    }

    /// Whether any act or omission that matches is a breach; roles without a value are any.
    fn any_breach(
        &mut self,
        act: &ActRecord,
        actions: &[ActionId],
        roles: &[(Role, Option<Value>)],
        under: Option<Under>,
    ) -> Truth {
        let light = self.light();
        let mut best = Truth::False;
        for other in self.performed(act, actions, roles) {
            best = best.max(self.status_of(other, StatusWord::Breach, under));
            if best == Truth::Certain {
                return best;
            }
        }
        let program = self.program();
        let matches = |duty: &Duty| would_match(program, duty, actions, roles);
        let by = roles
            .iter()
            .find_map(|&(role, wanted)| wanted.filter(|_| role == Role::By));
        let omission = match light {
            None => {
                let broken = self.duties_broken(act.at);
                self.worst_omission(broken.of(by), under, matches)
            }
            Some(light) => self.omission_by(light, under, matches),
        };
        best = best.max(omission);
        best.max(self.any_situation(act, actions, roles, under))
    }

    /// The performed acts that match; `act` may be one that nobody recorded.
    fn performed(
        &self,
        act: &ActRecord,
        actions: &[ActionId],
        roles: &[(Role, Option<Value>)],
    ) -> Vec<Value> {
        let program = self.program();
        let matches = |other: &ActRecord| {
            let description = &other.description;
            let is_a = |&above: &ActionId| program.is_a(description.action, above);
            let fills = |&(role, wanted): &(Role, Option<Value>)| {
                wanted.is_none_or(|wanted| description.roles.contains(&(role, wanted)))
            };
            let found = other.mode == Mode::Performed
                && actions.iter().any(is_a)
                && roles.iter().all(fills);
            found.then_some(other.value)
        };
        match self.light() {
            Some(light) if light == act.value => matches(act).into_iter().collect(),
            Some(light) => self.act(light).and_then(matches).into_iter().collect(),
            None => {
                let wanted = roles
                    .iter()
                    .find_map(|&(role, filler)| Some((role, filler?)));
                let mut found: Vec<_> = match wanted {
                    Some((role, filler)) => self
                        .recorded_with(role, filler)
                        .filter_map(matches)
                        .collect(),
                    None => self.recorded().filter_map(matches).collect(),
                };
                found.extend(matches(act));
                found
            }
        }
    }

    /// Whether an omitted act was due, or may have been, or advised.
    pub(super) fn is_breach_by_omission(&mut self, act: &ActRecord) -> bool {
        let duties = self.duties_omitted(act);
        duties.iter().any(|duty| {
            let under = Some(Under::Norm(duty.norm));
            self.omission_by(act.value, under, |_| true) > Truth::False
        })
    }

    /// Whether the act is recorded as omitted and would have fulfilled a duty that matches.
    fn omission_by(
        &mut self,
        act: Value,
        under: Option<Under>,
        matches: impl Fn(&Duty) -> bool,
    ) -> Truth {
        let act = self.act(act).filter(|act| act.mode == Mode::Omitted);
        let Some(act) = act.cloned() else {
            return Truth::False;
        };
        let duties = self.duties_omitted(&act);
        self.worst_omission(duties.iter(), under, matches)
    }

    /// How surely one of `duties` that match was broken.
    fn worst_omission<'d>(
        &self,
        duties: impl IntoIterator<Item = &'d Duty>,
        under: Option<Under>,
        matches: impl Fn(&Duty) -> bool,
    ) -> Truth {
        duties
            .into_iter()
            .filter(|duty| duty.is_broken() && self.is_owed(duty.norm, under))
            .filter(|duty| matches(duty))
            .map(|duty| {
                if duty.certain && duty.status == Status::In {
                    Truth::Certain
                } else {
                    Truth::Maybe
                }
            })
            .max()
            .unwrap_or(Truth::False)
    }

    /// Whether not to do what the norm asks for is a breach, under what is named. Of advice it is
    /// where it is named itself; of an exemption never.
    fn is_owed(&self, norm: NormId, under: Option<Under>) -> bool {
        let falls = under.is_none_or(|under| self.falls_under(norm, under));
        let owed = match self.program().norms[norm].modality {
            Modality::Oblige => true,
            Modality::Recommend => under == Some(Under::Norm(norm)),
            _ => false,
        };
        falls && owed
    }

    /// The act, if it is a situation that certainly holds.
    fn situation_that_holds(&self, act: Value) -> Option<Value> {
        let record = self.act(act)?;
        let is_situation = self.program().actions[record.description.action]
            .situation
            .is_some();
        (is_situation && record.mode == Mode::Performed).then_some(act)
    }

    /// Situations that hold though they are forbidden, where `any by P` asks for them.
    fn any_situation(
        &mut self,
        act: &ActRecord,
        actions: &[ActionId],
        roles: &[(Role, Option<Value>)],
        under: Option<Under>,
    ) -> Truth {
        if !actions.contains(&ActionId::ANY) {
            return Truth::False;
        }
        let mut best = Truth::False;
        let situations = match self.light() {
            Some(light) => self.situation_that_holds(light).into_iter().collect(),
            None => self.situations_that_hold(act.at),
        };
        for situation in situations {
            let Some(judgement) = self.verdict(situation) else {
                continue;
            };
            for standing in &judgement.norms {
                let counts = standing.modality == Modality::Forbid
                    && under.is_none_or(|under| self.falls_under(standing.norm, under));
                if counts && bearer_is(roles, self.bearer(standing)) {
                    best = best.max(standing.status.in_force());
                }
            }
        }
        best
    }
}

/// Whether what a duty asks for would have matched a pattern of acts.
fn would_match(
    program: &Program,
    duty: &Duty,
    actions: &[ActionId],
    roles: &[(Role, Option<Value>)],
) -> bool {
    match &duty.due {
        GroundDue::Act {
            actions: due,
            roles: filled,
        } => {
            let below = |&one: &ActionId| actions.iter().any(|&above| program.is_a(one, above));
            let fills = |&(role, wanted): &(Role, Option<Value>)| {
                let given = |&(own, _, value): &(Role, _, Option<Value>)| {
                    own == role && value.is_none_or(|value| Some(value) == wanted)
                };
                wanted.is_none() || filled.iter().any(given)
            };
            due.iter().any(below) && roles.iter().all(fills)
        }
        GroundDue::State { by, .. } => actions.contains(&ActionId::ANY) && bearer_is(roles, *by),
    }
}

/// The roles of a pattern with the values that are known.
fn bound(roles: &[(Role, Term)], values: &Substitution) -> Vec<(Role, Option<Value>)> {
    roles
        .iter()
        .map(|&(role, term)| (role, value_in(term, values)))
        .collect()
}

/// The conditions that are not known and that `status` hangs on, of a verdict.
pub(super) fn open_conditions(judgement: &Judgement, status: StatusWord) -> Vec<Atom> {
    if !matches!(status, StatusWord::Permitted | StatusWord::Breach) {
        return Vec::new();
    }
    let conditions = judgement.conditions.iter();
    conditions
        .flat_map(|condition| condition.alternatives.iter().flatten())
        .filter_map(|literal| match literal {
            GroundLiteral::Atom {
                atom,
                standing: Standing::Unknown,
                ..
            } => Some(atom.clone()),
            _ => None,
        })
        .collect()
}

/// Whether roles that ask for `by` alone are met by this bearer.
fn bearer_is(roles: &[(Role, Option<Value>)], bearer: Option<Value>) -> bool {
    roles.iter().all(|&(role, wanted)| match wanted {
        None => true,
        Some(wanted) => role == Role::By && bearer == Some(wanted),
    })
}

fn conditions_met(judgement: &Judgement) -> Truth {
    judgement
        .conditions
        .iter()
        .map(|condition| match condition.standing {
            Standing::Met => Truth::Certain,
            Standing::Unknown => Truth::Maybe,
            Standing::Unmet => Truth::False,
        })
        .min()
        .unwrap_or(Truth::Certain)
}

fn opposite(truth: Truth) -> Truth {
    match truth {
        Truth::False => Truth::Certain,
        Truth::Maybe => Truth::Maybe,
        Truth::Certain => Truth::False,
    }
}

fn opposite_standing(standing: Standing) -> Truth {
    match standing {
        Standing::Met => Truth::False,
        Standing::Unknown => Truth::Maybe,
        Standing::Unmet => Truth::Certain,
    }
}

fn denoted(
    action: ActionId,
    roles: &[(Role, Term)],
    substitution: &Substitution,
) -> ActDescription {
    let mut roles: Vec<_> = roles
        .iter()
        .filter_map(|&(role, term)| Some((role, value_in(term, substitution)?)))
        .collect();
    roles.sort_unstable();
    ActDescription {
        action,
        roles,
        arguments: Vec::new(),
    }
}

fn at_of(description: &ActDescription) -> Option<i64> {
    description
        .roles
        .iter()
        .find_map(|&(role, value)| (role == Role::At).then(|| value.number()).flatten())
}
