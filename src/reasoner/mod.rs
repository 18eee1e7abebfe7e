//! The façade: load, check, judge, ask, explain; plain data in and out. It alone knows the
//! order of the steps.

mod alike;
mod ask;
mod browse;
mod change;
mod course;
mod coverage;
mod editions;
mod explain;
mod find;
mod integrity;
mod interview;
mod line_map;
mod load;
mod options;
mod phrases;
mod sources;
mod suppose;
mod test;
mod verdicts;
mod verify;
pub mod view;

use std::path::PathBuf;

use crate::base::{Diagnostic, FileId, Sources};
use crate::deontic::{Asked, Judge};
use crate::engine::{Facts, Timeline};
use crate::load::{Act, Case};
use crate::program::{DocumentId, Program, Query, Universe, VariableId};

use find::{FoundAct, FoundQuestion};
use phrases::Phrases;
use suppose::Supposed;
use verdicts::Reader;
use view::{AnswerView, VerdictView, VerdictsView};

pub use crate::base::Language;
pub use crate::explain::{anchor, markdown, page, title};
pub use explain::{Asking, ExplainError, ExplanationFormat, Verdict};
pub use interview::{ANSWERS, Interview, Reply};
pub use load::{OpenError, Refusal, format};
pub use options::{Options, Report, Stage, Step};

/// A question saved in a file.
#[derive(Clone, Debug)]
struct SavedQuery {
    /// The file's name without its extension.
    name: String,
    /// The question.
    text: String,
    /// The file, as it is called in places.
    place: String,
    /// The answer that `test` expects, if one is written beside it.
    expected: Option<String>,
}

/// A loaded case that answers questions.
pub struct Reasoner {
    program: Program,
    /// The individuals that the policies mention.
    named: Universe,
    /// The texts that the facts were read from.
    facts: Vec<FileId>,
    case: Case,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    /// Where the policies were read; empty for the usual place.
    policies: Vec<PathBuf>,
    queries: Vec<SavedQuery>,
    as_of: i64,
    language: Language,
    report: Option<Report>,
    /// What is assumed and retracted for a question.
    supposed: Option<Supposed>,
}

impl std::fmt::Debug for Reasoner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reasoner")
            .field("program", &self.program)
            .field("case", &self.case)
            .field("as_of", &self.as_of)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl Reasoner {
    /// All texts read so far, those of questions included.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Warnings about what was loaded.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    fn timeline(&self) -> Timeline<'_> {
        self.timeline_of(&self.case.facts)
    }

    fn timeline_of<'a>(&'a self, facts: &'a Facts) -> Timeline<'a> {
        Timeline::new(&self.program, &self.case.universe, facts)
    }

    /// A judge of the recorded acts. Before it is asked of a moment, [`Self::sound_at`] is.
    fn judge<'a>(&'a self, timeline: &'a Timeline<'a>) -> Judge<'a> {
        let acts = self.case.acts.values().map(Act::record);
        Judge::new(timeline, acts, self.as_of)
    }

    fn phrases(&self) -> Phrases<'_> {
        Phrases::new(
            &self.program,
            &self.case.universe,
            &self.sources,
            self.language,
        )
    }

    fn step(&self, stage: Stage, done: usize, total: Option<usize>) {
        if let Some(report) = &self.report {
            report(Step {
                stage,
                done: done as u64,
                total: total.map(|total| total as u64),
            });
        }
    }

    /// The verdicts of `acts`, ids or descriptions; of all recorded acts if there are none.
    /// With `under`, by that document alone.
    pub fn decide(
        &mut self,
        acts: &[String],
        under: Option<&str>,
    ) -> Result<VerdictsView, Vec<Diagnostic>> {
        let found = self.find_acts(acts)?;
        let document = under.map(|name| self.find_document(name)).transpose()?;
        let mut verdicts = self.verdicts(&self.case.facts, &found, document)?;
        if let Some(as_they_are) = self.as_they_are() {
            let before = self.verdicts(as_they_are, &found, document)?;
            for (before, after) in before.iter().zip(&mut verdicts) {
                after.what_if = self.what_if(before, after);
            }
        }
        Ok(VerdictsView {
            schema: "attendu.verdicts/1",
            as_of: self.phrases().date(self.as_of),
            verdicts,
        })
    }

    /// The verdict of each act by these facts.
    fn verdicts(
        &self,
        facts: &Facts,
        acts: &[FoundAct],
        under: Option<DocumentId>,
    ) -> Result<Vec<VerdictView>, Vec<Diagnostic>> {
        let phrases = self.phrases();
        let timeline = self.timeline_of(facts);
        let mut judge = self.judge(&timeline);
        judge.limit_to(under);
        let values: Vec<_> = acts.iter().map(|act| act.value(&mut judge)).collect();
        let mut moments: Vec<_> = values
            .iter()
            .filter_map(|&value| judge.act(value).map(|act| act.at))
            .collect();
        if moments.is_empty() {
            moments.push(self.as_of);
        }
        self.sound_at(&mut judge, moments)?;
        let mut verdicts = Vec::new();
        for (done, (act, value)) in acts.iter().zip(values).enumerate() {
            self.step(Stage::Judge, done, Some(acts.len()));
            let (Some(judgement), Some(record)) = (judge.judge(value), judge.act(value)) else {
                continue;
            };
            let reader = Reader::new(&judge, &phrases);
            verdicts.push(reader.verdict(record, act.name(), &judgement));
        }
        Ok(verdicts)
    }

    /// The answer to a question, or to the saved one of that name; with `possible`, also what
    /// depends on unknown facts.
    pub fn ask(&mut self, question: &str, possible: bool) -> Result<AnswerView, Vec<Diagnostic>> {
        let asked = self.find_question(question)?;
        let mut answer = self.answer(&self.case.facts, &asked, possible)?;
        if let Some(as_they_are) = self.as_they_are() {
            let before = self.answer(as_they_are, &asked, possible)?;
            answer.what_if = self.what_if_answer(&before, &answer);
        }
        Ok(answer)
    }

    /// The answer by these facts.
    fn answer(
        &self,
        facts: &Facts,
        asked: &FoundQuestion,
        possible: bool,
    ) -> Result<AnswerView, Vec<Diagnostic>> {
        let timeline = self.timeline_of(facts);
        let mut judge = self.judge(&timeline);
        self.sound_at(&mut judge, [self.as_of])?;
        self.answer_of(&mut judge, asked, possible)
    }

    /// The answer of a judge.
    fn answer_of<'a>(
        &'a self,
        judge: &mut Judge<'a>,
        asked: &FoundQuestion,
        possible: bool,
    ) -> Result<AnswerView, Vec<Diagnostic>> {
        let phrases = self.phrases();
        let answer = match &asked.query {
            Query::Body {
                variables,
                alternatives,
                shown,
            } => ask::body(judge, &phrases, variables, alternatives, shown, possible),
            Query::Deontic {
                question,
                actions,
                roles,
                arguments,
                action_variable,
                variables,
                alternatives,
                shown,
            } => {
                let query = ask::Deontic {
                    asked: Asked {
                        question: *question,
                        roles,
                        arguments,
                        label: Some(VariableId::JUDGED),
                        variables,
                        alternatives,
                        possible,
                    },
                    actions,
                    action_variable: *action_variable,
                    shown,
                };
                ask::refuse_unbounded(judge, query, asked.span)?;
                ask::deontic(judge, &phrases, query, &|done| {
                    self.step(Stage::Judge, done, None);
                })
            }
        };
        let reader = Reader::new(judge, &phrases);
        Ok(answer.view(
            &reader,
            asked.canonical.clone(),
            asked.title.clone(),
            phrases.date(self.as_of),
        ))
    }
}
