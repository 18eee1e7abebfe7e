//! What an undetermined verdict hangs on, as it is shown.

use crate::deontic::{Course, Judgement, Residual, Verdict};
use crate::explain::{Telling, sentence};
use crate::program::Atom;

use super::verdicts::Reader;
use super::view::{CourseNode, CourseView, ResidualAtom, ResidualView};

impl Reader<'_, '_> {
    /// What the answers to the first questions come to.
    pub(super) fn course(&self, judgement: &Judgement) -> Option<CourseView> {
        let course = judgement.course.as_ref()?;
        let text = self.telling(judgement, |telling| telling.course(course));
        Some(CourseView {
            text: sentence(&text),
            tree: self.node(judgement, course),
        })
    }

    fn node(&self, judgement: &Judgement, course: &Course) -> CourseNode {
        match course {
            Course::Ask { atom, yes, no } => CourseNode::Ask {
                ask: self.speaker.atom(atom),
                text: self.speaker.in_words(atom, false),
                yes: Box::new(self.node(judgement, yes)),
                no: Box::new(self.node(judgement, no)),
            },
            Course::Settled {
                verdict,
                contested,
                once_met,
                conditions,
            } => CourseNode::Settled {
                verdict: verdict.word(),
                contested: *contested,
                once_met: (*verdict == Verdict::Conditional).then(|| once_met.word()),
                conditions: conditions
                    .iter()
                    .map(|&index| self.condition_text(judgement, index))
                    .collect(),
            },
            Course::Open => CourseNode::Settled {
                verdict: Verdict::Undetermined.word(),
                contested: false,
                once_met: None,
                conditions: Vec::new(),
            },
        }
    }

    /// When the norm at `instance` is in force.
    pub(super) fn residual(&self, judgement: &Judgement, instance: usize) -> Option<ResidualView> {
        let mut residuals = judgement.residuals.iter();
        let residual: &Residual = residuals.find(|residual| residual.instance == instance)?;
        let atom = |(atom, holds): &(Atom, bool)| ResidualAtom {
            atom: self.speaker.atom(atom),
            holds: *holds,
        };
        let ways = residual.ways.iter();
        Some(ResidualView {
            text: self.telling(judgement, |telling| telling.residual(residual)),
            ways: ways.map(|way| way.iter().map(atom).collect()).collect(),
        })
    }

    fn telling<R>(&self, judgement: &Judgement, tell: impl FnOnce(Telling<'_>) -> R) -> R {
        tell(Telling {
            language: self.speaker.phrases.words().language(),
            atom: &|atom, negated| self.speaker.in_words(atom, negated),
            condition: &|index| self.condition_text(judgement, index),
        })
    }

    fn condition_text(&self, judgement: &Judgement, index: usize) -> String {
        let condition = judgement.conditions.get(index);
        condition.map_or_else(String::new, |it| self.condition(judgement, it).text)
    }
}
