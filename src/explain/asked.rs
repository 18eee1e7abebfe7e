//! The question that an explanation answers, in sentences, and what its verdict leaves unsaid.

use crate::deontic::{Breach, Judgement, Silence, Verdict};
use crate::lang::ast::Role;
use crate::program::ActRecord;

use super::builder::Builder;
use super::labels;
use super::says::{self, Remark};

/// A question about an act, in sentences.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// `May roy share photo-1 on @roy?`
    pub question: String,
    /// performed, planned, omitted or question: how the facts record the act.
    pub mode: &'static str,
    /// What the verdict leaves unsaid, such as that it was a breach.
    pub remarks: Vec<String>,
}

impl Builder<'_, '_> {
    /// The question about an act, without remarks.
    pub(super) fn question_of(&self, act: &ActRecord) -> Asked {
        let target = self.naming(|naming| naming.described(&act.description));
        let date = (!has_date(act)).then(|| self.date(act.at));
        Asked {
            question: self.words().question(&target, date.as_deref()),
            mode: act.mode.word(),
            remarks: Vec::new(),
        }
    }

    /// The verdicts of the ways in which an act may have been done that is recorded too
    /// generally.
    pub(super) fn ways(&self, judgement: &Judgement) -> Option<String> {
        let language = self.language();
        let ways = judgement.doubt.ways.iter().map(|(action, verdict)| {
            let name = &self.program().actions[*action].name;
            let verdict = labels::verdict(language, verdict.word());
            format!(" {name} ({}).", verdict.to_lowercase())
        });
        let ways: String = ways.collect();
        let which = says::remark(language, Remark::WhichWay);
        (!ways.is_empty()).then(|| format!("{which}{ways}"))
    }
}

/// Whether the words for an act say its date.
pub(super) fn has_date(act: &ActRecord) -> bool {
    let mut roles = act.description.roles.iter();
    roles.any(|&(role, _)| role == Role::At)
}

/// What a verdict leaves unsaid.
pub(super) fn remarks(judgement: &Judgement) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if judgement.contested {
        remarks.push(Remark::Contested);
    }
    remarks.extend(judgement.silence.map(|silence| match silence {
        Silence::OutOfScope => Remark::OutOfScope,
        Silence::OutOfForce => Remark::OutOfForce,
        Silence::Silent => Remark::Silent,
        Silence::AdviceOnly => Remark::AdviceOnly,
    }));
    remarks.extend(judgement.once_met.map(|verdict| match verdict {
        Verdict::Unregulated => Remark::OnceUnregulated,
        _ => Remark::OncePermitted,
    }));
    remarks.extend(match judgement.breach {
        Breach::Certain => Some(Remark::Breach),
        Breach::Possible => Some(Remark::PossibleBreach),
        Breach::Contested => Some(Remark::ContestedBreach),
        Breach::None => None,
    });
    if judgement.doubt.circular {
        remarks.push(Remark::Circular);
    }
    if judgement.is_given_up() {
        remarks.push(Remark::BeyondLimit);
    }
    remarks
}
