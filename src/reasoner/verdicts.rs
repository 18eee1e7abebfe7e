//! From judgements to what a reader is shown of them.

use std::collections::BTreeSet;

use crate::deontic::{
    Breach, ConditionStanding, Duty, DutyOrigin, GroundDue, GroundLiteral, Judge, Judgement,
    Standing,
};
use crate::lang::ast::{Direction, Role};
use crate::program::{ActRecord, Modality, Mode, NormId, Program};

use super::phrases::{Phrases, Speaker};
use super::view::{
    CitedView, ConditionView, ConsequenceView, DoubtView, DutyView, FactorView, NormView,
    QuestionView, VerdictView,
};

/// Puts judgements into words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'r, 'p> {
    pub(super) speaker: Speaker<'r, 'p>,
}

impl<'r, 'p> Reader<'r, 'p> {
    /// A reader of the judgements of `judge`.
    pub(super) fn new(judge: &'r Judge<'p>, phrases: &'r Phrases<'p>) -> Self {
        Self {
            speaker: Speaker { phrases, judge },
        }
    }

    fn program(&self) -> &'p Program {
        self.speaker.judge.program()
    }

    /// The judgement of an act as it is shown; `name` is its id in the facts, if it has one.
    pub(super) fn verdict(
        &self,
        act: &ActRecord,
        name: Option<&str>,
        judgement: &Judgement,
    ) -> VerdictView {
        let description = self.speaker.act(&act.description);
        VerdictView {
            act: name.map_or_else(|| description.clone(), str::to_owned),
            description,
            at: self.speaker.phrases.date(act.at),
            mode: act.mode.word(),
            verdict: judgement.verdict.word(),
            contested: judgement.contested,
            settling: judgement.settling.word(),
            silence: judgement.silence.map(crate::deontic::Silence::word),
            once_met: judgement.once_met.map(crate::deontic::Verdict::word),
            breach: (judgement.breach != Breach::None || act.mode == Mode::Performed)
                .then(|| judgement.breach.word()),
            documents: judgement
                .documents
                .iter()
                .map(|&(document, verdict)| {
                    (
                        self.program().documents[document].name.clone(),
                        verdict.word(),
                    )
                })
                .collect(),
            norms: self.norms(judgement),
            conditions: judgement
                .conditions
                .iter()
                .map(|condition| self.condition(judgement, condition))
                .collect(),
            questions: judgement
                .questions
                .iter()
                .map(|question| QuestionView {
                    atom: self.speaker.atom(&question.atom),
                    text: self.speaker.in_words(&question.atom, false),
                    norms: question.norms.iter().map(|&norm| self.id(norm)).collect(),
                })
                .collect(),
            course: self.course(judgement),
            duties: judgement
                .duties
                .iter()
                .map(|duty| self.duty(duty))
                .collect(),
            advice: self.advice(judgement),
            factors: judgement
                .factors
                .iter()
                .map(|factor| FactorView {
                    norm: self.id(factor.norm),
                    direction: match self.program().norms[factor.norm].modality {
                        Modality::Consider(Some(Direction::Raises)) => Some("raises"),
                        Modality::Consider(Some(Direction::Lowers)) => Some("lowers"),
                        _ => None,
                    },
                    standing: match factor.standing {
                        Standing::Met => "present",
                        Standing::Unknown => "unknown",
                        Standing::Unmet => "absent",
                    },
                    summary: self.cited(factor.norm).summary,
                })
                .collect(),
            consequences: judgement
                .consequences
                .iter()
                .map(|consequence| ConsequenceView {
                    norm: self.id(consequence.norm),
                    atom: self.speaker.atom(&consequence.atom),
                    text: self.speaker.in_words(&consequence.atom, false),
                    certain: consequence.certain,
                })
                .collect(),
            out_of_force: judgement
                .out_of_force
                .iter()
                .map(|&norm| self.cited(norm))
                .collect(),
            also_check: self.also_check(judgement),
            doubt: self.doubt(judgement),
            what_if: None,
        }
    }

    fn id(&self, norm: NormId) -> String {
        self.program().norms[norm].id.clone()
    }

    /// A norm with its summary and citation.
    pub(super) fn cited(&self, norm: NormId) -> CitedView {
        let row = &self.program().norms[norm];
        let statement = &self.program().statements[row.statement];
        CitedView {
            id: row.id.clone(),
            summary: self.speaker.phrases.text(&statement.texts).to_owned(),
            lines: lines(&statement.lines),
        }
    }

    /// The conditions not certainly met, and the questions, in words.
    pub(super) fn pending(&self, judgement: &Judgement) -> (Vec<String>, Vec<String>) {
        let conditions = judgement
            .conditions
            .iter()
            .filter(|condition| condition.standing != Standing::Met)
            .map(|condition| self.condition(judgement, condition).text);
        let questions = judgement
            .questions
            .iter()
            .map(|question| self.speaker.in_words(&question.atom, false));
        (unique(conditions), unique(questions))
    }

    fn norms(&self, judgement: &Judgement) -> Vec<NormView> {
        let shown = |modality| !matches!(modality, Modality::Consider(_) | Modality::AlsoCheck);
        judgement
            .norms
            .iter()
            .enumerate()
            .filter(|(_, standing)| shown(standing.modality))
            .map(|(index, standing)| {
                let cited = self.cited(standing.norm);
                let other =
                    |index: usize| judgement.norms.get(index).map(|other| self.id(other.norm));
                let beaten = standing.set_aside_by.first();
                NormView {
                    id: cited.id,
                    effect: standing.modality.word(),
                    certain: standing.certain,
                    status: standing.status.word(),
                    set_aside_by: beaten.and_then(|&(winner, _)| other(winner)),
                    principle: beaten.map(|(_, principle)| principle.word()),
                    clashes_with: unique(
                        standing
                            .clashes_with
                            .iter()
                            .filter_map(|&index| other(index)),
                    ),
                    in_force_if: self.residual(judgement, index),
                    per: standing
                        .per
                        .iter()
                        .map(|named| {
                            (
                                named.name.clone(),
                                self.speaker.phrases.value(named.sort, named.value),
                            )
                        })
                        .collect(),
                    summary: cited.summary,
                    lines: cited.lines,
                }
            })
            .collect()
    }

    pub(super) fn condition(
        &self,
        judgement: &Judgement,
        condition: &ConditionStanding,
    ) -> ConditionView {
        let norm = judgement
            .norms
            .get(condition.instance)
            .map(|standing| standing.norm);
        let written = condition.alternatives.iter().map(|literals| {
            let literals = literals.iter().map(|literal| self.written(literal));
            literals.collect::<Vec<_>>().join(", ")
        });
        ConditionView {
            norm: norm.map(|norm| self.id(norm)).unwrap_or_default(),
            atom: written.collect::<Vec<_>>().join(" or "),
            text: norm.map_or_else(String::new, |norm| {
                self.speaker.condition_in_words(norm, condition)
            }),
            standing: condition.standing.word(),
            fixed: condition.fixed,
        }
    }

    fn written(&self, literal: &GroundLiteral) -> String {
        match literal {
            GroundLiteral::Atom { negated, atom, .. } => {
                let not = if *negated { "not " } else { "" };
                format!("{not}{}", self.speaker.atom(atom))
            }
            GroundLiteral::Other(span) => self.speaker.phrases.source_text(*span),
        }
    }

    /// A duty or a piece of advice as it is shown.
    pub(super) fn duty(&self, duty: &Duty) -> DutyView {
        let cited = self.cited(duty.norm);
        DutyView {
            norm: cited.id,
            effect: self.program().norms[duty.norm].modality.word(),
            bearer: self.bearer(&duty.due),
            due: self.due(&duty.due),
            status: duty.status.word(),
            fulfilment: duty.fulfilment.word(),
            deadline: duty
                .deadline
                .map(|deadline| self.speaker.phrases.date(deadline)),
            contested_by: unique(duty.contested_by.iter().map(|&norm| self.id(norm))),
            summary: cited.summary,
            lines: cited.lines,
        }
    }

    fn bearer(&self, due: &GroundDue) -> Option<String> {
        match due {
            GroundDue::Act { roles, .. } => roles.iter().find_map(|&(role, sort, value)| {
                (role == Role::By)
                    .then_some(value)
                    .flatten()
                    .map(|value| self.speaker.phrases.value(sort, value))
            }),
            GroundDue::State { by, .. } => by.map(|value| {
                self.speaker
                    .phrases
                    .value(crate::program::SortId::ACTOR, value)
            }),
        }
    }

    fn due(&self, due: &GroundDue) -> String {
        match due {
            GroundDue::Act { actions, roles } => {
                let actions: Vec<_> = actions
                    .iter()
                    .map(|&action| self.program().actions[action].name.as_str())
                    .collect();
                let mut text = actions.join(" or ");
                for &(role, sort, value) in roles {
                    let value = value.map_or_else(
                        || "_".to_owned(),
                        |value| self.speaker.phrases.value(sort, value),
                    );
                    text.push(' ');
                    text.push_str(role.word());
                    text.push(' ');
                    text.push_str(&value);
                }
                text
            }
            GroundDue::State { atom, .. } => self.speaker.atom(atom),
        }
    }

    /// Advice that the act itself meets, then advice that arises through it.
    fn advice(&self, judgement: &Judgement) -> Vec<DutyView> {
        let itself = judgement
            .norms
            .iter()
            .filter(|standing| {
                matches!(
                    standing.modality,
                    Modality::Recommend | Modality::Discourage
                )
            })
            .map(|standing| {
                let cited = self.cited(standing.norm);
                DutyView {
                    norm: cited.id,
                    effect: standing.modality.word(),
                    bearer: None,
                    due: String::new(),
                    status: standing.status.word(),
                    fulfilment: "pending",
                    deadline: None,
                    contested_by: Vec::new(),
                    summary: cited.summary,
                    lines: cited.lines,
                }
            });
        let arising = judgement
            .advice
            .iter()
            .filter(|duty| matches!(duty.origin, DutyOrigin::Arises(_)))
            .map(|duty| self.duty(duty));
        itself.chain(arising).collect()
    }

    fn also_check(&self, judgement: &Judgement) -> Vec<CitedView> {
        let notes: BTreeSet<_> = judgement
            .norms
            .iter()
            .filter(|standing| standing.modality == Modality::AlsoCheck)
            .map(|standing| standing.norm)
            .collect();
        notes.into_iter().map(|norm| self.cited(norm)).collect()
    }

    fn doubt(&self, judgement: &Judgement) -> Vec<DoubtView> {
        let circular = judgement.doubt.circular.then_some(DoubtView {
            kind: "circular",
            action: None,
            verdict: None,
        });
        let ways = judgement
            .doubt
            .ways
            .iter()
            .map(|&(action, verdict)| DoubtView {
                kind: "which-way",
                action: Some(self.program().actions[action].name.clone()),
                verdict: Some(verdict.word()),
            });
        let beyond = judgement.is_given_up().then_some(DoubtView {
            kind: "beyond-limit",
            action: None,
            verdict: None,
        });
        circular.into_iter().chain(beyond).chain(ways).collect()
    }
}

/// Line ranges as they are cited: `12-14, 20`.
pub(super) fn lines(ranges: &[(u32, u32)]) -> String {
    ranges
        .iter()
        .map(|&(first, last)| {
            if first == last {
                first.to_string()
            } else {
                format!("{first}-{last}")
            }
        })
        .collect::<Vec<_>>()
        .join(", ")
}

fn unique(ids: impl Iterator<Item = String>) -> Vec<String> {
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
