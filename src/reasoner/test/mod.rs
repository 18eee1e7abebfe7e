//! Policy tests: acts that say what they expect, and saved questions with the answer written
//! beside them. They are independent, so all cores share them, each with a judge of its own.

mod compare;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::base::Diagnostic;
use crate::deontic::{Judge, Judgement, Status};
use crate::load::Act;
use crate::program::{Modality, NormId};

use super::find::FoundQuestion;
use super::phrases::Phrases;
use super::verdicts::Reader;
use super::view::{CitedView, FailureView, TestView};
use super::{Reasoner, SavedQuery, Stage};

use compare::{compare, compare_answers};

/// How many acts are one job.
const ACTS: usize = 16;

/// What one judge does in one go.
enum Job<'a> {
    /// A saved question, found, and the answer that is expected.
    Question(FoundQuestion, SavedQuery, String),
    /// What arises at the moment of questions, whatever is done.
    Arising,
    /// Whether nothing impossible follows from the facts at a moment.
    Sound(i64),
    /// Acts that expect something.
    Acts(Vec<&'a Act>),
}

/// What comes of jobs.
#[derive(Default)]
struct Outcome {
    passed: usize,
    failed: Vec<FailureView>,
    /// The norms that an act exercised, or that arise.
    exercised: BTreeSet<NormId>,
    unsound: Vec<Diagnostic>,
}

impl Outcome {
    fn count(&mut self, failure: Option<FailureView>) {
        match failure {
            None => self.passed += 1,
            Some(failure) => self.failed.push(failure),
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.passed += other.passed;
        self.failed.extend(other.failed);
        self.exercised.extend(other.exercised);
        let told = std::mem::take(&mut self.unsound);
        let new = |error: &Diagnostic| {
            let mut told = told.iter();
            told.all(|one| (one.primary.span, &one.message) != (error.primary.span, &error.message))
        };
        let others = other.unsound.into_iter().filter(new).collect::<Vec<_>>();
        self.unsound = told.into_iter().chain(others).collect();
        self
    }
}

impl Reasoner {
    /// What comes of the expectations in the facts and of the saved queries.
    pub fn test(&mut self) -> Result<TestView, Vec<Diagnostic>> {
        let questions = self.questions()?;
        let outcomes = self.done(&self.jobs(questions))?;
        let outcome = outcomes.into_iter().fold(Outcome::default(), Outcome::and);
        if !outcome.unsound.is_empty() {
            return Err(outcome.unsound);
        }
        Ok(TestView {
            schema: "attendu.test/1",
            passed: outcome.passed,
            failed: outcome.failed,
            unexercised: self.unexercised(&outcome.exercised),
        })
    }

    /// The saved questions of which an answer is expected.
    fn questions(&mut self) -> Result<Vec<Job<'static>>, Vec<Diagnostic>> {
        let mut questions = Vec::new();
        for saved in self.queries.clone() {
            if let Some(expected) = saved.expected.clone() {
                let asked = self.find_question(&saved.name)?;
                questions.push(Job::Question(asked, saved, expected));
            }
        }
        Ok(questions)
    }

    /// All jobs, those first that take long.
    fn jobs<'a>(&'a self, questions: Vec<Job<'a>>) -> Vec<Job<'a>> {
        let mut jobs = questions;
        jobs.push(Job::Arising);
        let timeline = self.timeline();
        let mut seen = BTreeSet::new();
        let moments = self
            .case
            .acts
            .values()
            .map(|act| act.at)
            .chain([self.as_of]);
        for at in moments.collect::<BTreeSet<_>>() {
            if seen.insert(timeline.epoch(at)) {
                jobs.push(Job::Sound(at));
            }
        }
        let acts = self.case.acts.values();
        let expecting: Vec<_> = acts.filter(|act| act.expect.is_some()).collect();
        jobs.extend(expecting.chunks(ACTS).map(|acts| Job::Acts(acts.to_vec())));
        jobs
    }

    /// What comes of each job, in order.
    fn done(&self, jobs: &[Job<'_>]) -> Result<Vec<Outcome>, Vec<Diagnostic>> {
        let next = AtomicUsize::new(0);
        let judged = AtomicUsize::new(0);
        let timeline = self.timeline();
        let phrases = self.phrases();
        let work = |_| {
            let mut judge = self.judge(&timeline);
            let mut done = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(job) = jobs.get(index) else {
                    return Ok(done);
                };
                done.push((index, self.outcome(&mut judge, &phrases, job, &judged)?));
            }
        };
        let workers = 0..rayon::current_num_threads();
        let done: Vec<Vec<_>> = workers
            .into_par_iter()
            .map(work)
            .collect::<Result<_, Vec<Diagnostic>>>()?;
        let mut done: Vec<_> = done.into_iter().flatten().collect();
        done.sort_by_key(|&(index, _)| index);
        Ok(done.into_iter().map(|(_, outcome)| outcome).collect())
    }

    fn outcome<'a>(
        &'a self,
        judge: &mut Judge<'a>,
        phrases: &Phrases<'a>,
        job: &Job<'_>,
        judged: &AtomicUsize,
    ) -> Result<Outcome, Vec<Diagnostic>> {
        let mut outcome = Outcome::default();
        match job {
            Job::Question(asked, saved, expected) => {
                let answer = self.answer_of(judge, asked, false)?;
                let differences = compare_answers(expected, &answer);
                outcome.count((!differences.is_empty()).then(|| FailureView {
                    name: saved.name.clone(),
                    place: saved.place.clone(),
                    differences,
                }));
            }
            Job::Arising => outcome.exercised = self.arising(judge),
            Job::Sound(at) => {
                outcome.unsound = self.sound_at(judge, [*at]).err().unwrap_or_default();
            }
            Job::Acts(acts) => {
                for act in acts {
                    self.step(Stage::Judge, judged.fetch_add(1, Ordering::Relaxed), None);
                    self.test_act(judge, phrases, act, &mut outcome);
                }
            }
        }
        Ok(outcome)
    }

    fn test_act<'a>(
        &'a self,
        judge: &mut Judge<'a>,
        phrases: &Phrases<'a>,
        act: &Act,
        outcome: &mut Outcome,
    ) {
        let judgement = judge.judge(act.value);
        let (Some(expect), Some(judgement), Some(record)) =
            (&act.expect, judgement, judge.act(act.value))
        else {
            return;
        };
        outcome.exercised.extend(norms_of(&judgement));
        let reader = Reader::new(judge, phrases);
        let view = reader.verdict(record, Some(&act.name), &judgement);
        let differences = compare(expect, &view);
        outcome.count((!differences.is_empty()).then(|| FailureView {
            name: act.name.clone(),
            place: self.sources.place(expect.span),
            differences,
        }));
    }

    /// The norms by which something arises, whatever is done.
    fn arising(&self, judge: &mut Judge<'_>) -> BTreeSet<NormId> {
        let duties = judge.duties_arising(self.as_of);
        let consequences = judge.consequences(self.as_of, None);
        let consequences = consequences.iter().map(|consequence| consequence.norm);
        let duties = duties.iter().map(|duty| duty.norm);
        duties.chain(consequences).collect()
    }

    /// The norms that apply to no act with an expectation and give rise to nothing there.
    fn unexercised(&self, exercised: &BTreeSet<NormId>) -> Vec<CitedView> {
        let (phrases, timeline) = (self.phrases(), self.timeline());
        let judge = self.judge(&timeline);
        let reader = Reader::new(&judge, &phrases);
        let norms = self.program.norms.entries();
        norms
            .filter(|(norm, row)| row.modality != Modality::AlsoCheck && !exercised.contains(norm))
            .map(|(norm, _)| reader.cited(norm))
            .collect()
    }
}

fn norms_of(judgement: &Judgement) -> impl Iterator<Item = NormId> + '_ {
    judgement
        .norms
        .iter()
        .filter(|standing| standing.status != Status::Open)
        .map(|standing| standing.norm)
        .chain(judgement.duties.iter().map(|duty| duty.norm))
        .chain(judgement.advice.iter().map(|duty| duty.norm))
        .chain(
            judgement
                .consequences
                .iter()
                .map(|consequence| consequence.norm),
        )
}
