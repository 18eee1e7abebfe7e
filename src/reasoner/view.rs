//! Answers in the user's terms: names and texts instead of ids, ready to be printed or
//! serialised. The JSON forms are described in `docs/schemas/`. Texts are in the language
//! that was asked for.

mod change;
mod coverage;
mod editions;
mod interview;
mod sources;
mod verify;
mod what_if;

use indexmap::IndexMap;
use serde::Serialize;

pub use change::{AlikeView, ChangeSetView, ChangeView, ChangesView, SaidView, WaysView};
pub use coverage::{CitedOtherwiseView, CoverageView, DocumentView, DoubledView, MissingView};
pub use editions::{ChangedView, EditionView, EditionsView, MovedView};
pub use interview::{AskedView, InterviewView, SettledView, Wants};
pub use sources::{CitedTextView, LineView, SourceView, SourcesView};
pub use verify::{FaultView, TrustedView, VerifyView};
pub use what_if::{AnswerWhatIfView, NormChangeView, WhatIfView};

/// What `decide --format json` prints.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct VerdictsView {
    /// `attendu.verdicts/1`.
    pub schema: &'static str,
    /// The day that undated acts are judged on.
    pub as_of: String,
    /// One for each act, in the order of the acts.
    pub verdicts: Vec<VerdictView>,
}

/// The verdict of one act with what it rests on.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct VerdictView {
    /// The act's id, or its description if nobody recorded it.
    pub act: String,
    /// `share by roy of photo-1 on @roy`.
    pub description: String,
    /// The day (and time) it is judged on.
    pub at: String,
    /// performed, planned, omitted or question.
    pub mode: &'static str,
    /// conflict, prohibited, undetermined, conditional, permitted or unregulated.
    pub verdict: &'static str,
    /// Prohibited, and in conflict if an unknown fact turns out so.
    pub contested: bool,
    /// How it was found: unneeded (the readings of what is known sufficed), exact, partial or
    /// beyond-limit.
    pub settling: &'static str,
    /// Of an unregulated act: out-of-scope, out-of-force, silent or advice-only.
    pub silence: Option<&'static str>,
    /// Of a conditional verdict: what it is once the conditions are met.
    pub once_met: Option<&'static str>,
    /// Of a performed act: breach, possible, contested or none.
    pub breach: Option<&'static str>,
    /// The verdict by each document in force, alone.
    pub documents: IndexMap<String, &'static str>,
    /// Norms that apply, or may.
    pub norms: Vec<NormView>,
    /// Conditions of the act.
    pub conditions: Vec<ConditionView>,
    /// What would have to be known, the most useful first.
    pub questions: Vec<QuestionView>,
    /// What the answers to the first questions come to, of an undetermined verdict.
    pub course: Option<CourseView>,
    /// Duties that arise through the act, or that it would fulfil.
    pub duties: Vec<DutyView>,
    /// Advice for and against, and advice that arises through the act.
    pub advice: Vec<DutyView>,
    /// Factors to weigh.
    pub factors: Vec<FactorView>,
    /// What follows from a breach.
    pub consequences: Vec<ConsequenceView>,
    /// Norms that would have applied but whose document is not in force on the day.
    pub out_of_force: Vec<CitedView>,
    /// Notes to look at as well.
    pub also_check: Vec<CitedView>,
    /// `circular`, `beyond-limit`, or the ways in which it may have been done with a worse verdict.
    pub doubt: Vec<DoubtView>,
    /// Where something is supposed: what, and what it changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_if: Option<WhatIfView>,
}

/// A norm's id with what a reader needs to find and understand it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CitedView {
    /// Its id.
    pub id: String,
    /// Its summary in the reader's language.
    pub summary: String,
    /// Cited lines of the source text, such as `90` or `12-14, 20`.
    pub lines: String,
}

/// A norm as it applies to an act.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct NormView {
    /// Its id.
    pub id: String,
    /// forbid, permit, permit-not, oblige, require, discourage, recommend, consider or note.
    pub effect: &'static str,
    /// Whether it certainly applies.
    pub certain: bool,
    /// in, out or open.
    pub status: &'static str,
    /// The norm in force that beats it.
    pub set_aside_by: Option<String>,
    /// exception, superior or later.
    pub principle: Option<&'static str>,
    /// The norms with which it clashes and that nothing tells apart.
    pub clashes_with: Vec<String>,
    /// When a norm that may be in force is.
    pub in_force_if: Option<ResidualView>,
    /// The values of its `per`, by variable.
    pub per: IndexMap<String, String>,
    /// Its summary in the reader's language.
    pub summary: String,
    /// Cited lines of the source text.
    pub lines: String,
}

/// A condition of an act.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ConditionView {
    /// The norm that requires it.
    pub norm: String,
    /// What is required, as in a policy; `_` is "some".
    pub atom: String,
    /// The same, in words.
    pub text: String,
    /// met, unmet or unknown.
    pub standing: &'static str,
    /// Unmet through facts that nobody can change.
    pub fixed: bool,
}

/// A question whose answer may settle the verdict.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct QuestionView {
    /// The atom to be stated, as in a policy; `_` asks for the row.
    pub atom: String,
    /// The same, in words.
    pub text: String,
    /// The norms that hang on it.
    pub norms: Vec<String>,
}

/// What the answers to the first questions come to.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CourseView {
    /// In a sentence.
    pub text: String,
    /// The questions, each with what its answers lead to.
    pub tree: CourseNode,
}

/// A question with what its answers lead to, or a verdict.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum CourseNode {
    /// To be asked.
    Ask {
        /// The atom, as in a policy.
        ask: String,
        /// The same, in words.
        text: String,
        /// Where it is so.
        yes: Box<CourseNode>,
        /// Where it is not.
        no: Box<CourseNode>,
    },
    /// What it comes to; undetermined where more would have to be asked.
    Settled {
        /// The verdict.
        verdict: &'static str,
        /// Prohibited, and in conflict if an unknown fact turns out so.
        contested: bool,
        /// Of a conditional verdict: what it is once the conditions are met.
        once_met: Option<&'static str>,
        /// The conditions still to be met, in words.
        conditions: Vec<String>,
    },
}

/// When a norm that may be in force is.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ResidualView {
    /// In words: `if a and not b, or if c`.
    pub text: String,
    /// The ways, each a conjunction.
    pub ways: Vec<Vec<ResidualAtom>>,
}

/// An atom of such a conjunction.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ResidualAtom {
    /// The atom, as in a policy.
    pub atom: String,
    /// Whether it has to hold, or not to hold.
    pub holds: bool,
}

/// A duty or a piece of advice.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DutyView {
    /// The norm.
    pub norm: String,
    /// oblige, permit-not, discourage or recommend.
    pub effect: &'static str,
    /// Who is to see to it.
    pub bearer: Option<String>,
    /// What is due, as in a policy: `report by roy of s1`.
    pub due: String,
    /// in, out or open.
    pub status: &'static str,
    /// pending, met, overdue or omitted.
    pub fulfilment: &'static str,
    /// The last day (and time) by which it is due.
    pub deadline: Option<String>,
    /// The norms that oppose it and that nothing tells apart from it.
    pub contested_by: Vec<String>,
    /// The norm's summary in the reader's language.
    pub summary: String,
    /// Cited lines of the source text.
    pub lines: String,
}

/// A factor to weigh.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct FactorView {
    /// The norm.
    pub norm: String,
    /// raises, lowers or neither.
    pub direction: Option<&'static str>,
    /// present, absent or unknown.
    pub standing: &'static str,
    /// The norm's summary in the reader's language.
    pub summary: String,
}

/// What follows from a breach.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ConsequenceView {
    /// The norm.
    pub norm: String,
    /// What follows, as in a policy.
    pub atom: String,
    /// The same, in words.
    pub text: String,
    /// Whether it certainly follows.
    pub certain: bool,
}

/// A doubt that no fact of a relation would settle.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DoubtView {
    /// `circular`, `beyond-limit` or `which-way`.
    pub kind: &'static str,
    /// The action below the recorded one.
    pub action: Option<String>,
    /// The verdict if it was done that way.
    pub verdict: Option<&'static str>,
}

/// The answer to a question of `ask`.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AnswerView {
    /// `attendu.answer/1`.
    pub schema: &'static str,
    /// The question in canonical form.
    pub question: String,
    /// What the question's file says it asks, if it is a saved one.
    pub title: Option<String>,
    /// The day that undated acts are judged on.
    pub as_of: String,
    /// The columns: variables, or roles that the question does not name.
    pub columns: Vec<String>,
    /// The answers, in a stable order.
    pub rows: Vec<RowView>,
    /// The same answers grouped so that they can be read: each group is the product of its
    /// columns' sets.
    pub groups: Vec<GroupView>,
    /// How many candidate acts were judged.
    pub judged: usize,
    /// What keeps the answer from being complete, if anything does.
    pub partial: Option<String>,
    /// Where something is supposed: what, and what it changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_if: Option<AnswerWhatIfView>,
}

/// One answer.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RowView {
    /// A value for each column; `None` is "any".
    pub values: Vec<Option<String>>,
    /// The verdict of the act; none for a question about facts.
    pub verdict: Option<&'static str>,
    /// The norms that the answer rests on.
    pub norms: Vec<String>,
    /// Conditions not certainly met, in words.
    pub conditions: Vec<String>,
    /// Questions that would settle it (with `--possible`), in words.
    pub questions: Vec<String>,
}

/// Answers that share norms and conditions.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct GroupView {
    /// For each column the values, every combination of which is an answer; empty is "any".
    pub values: Vec<Vec<String>>,
    /// How many answers it stands for.
    pub count: usize,
    /// The verdict they share.
    pub verdict: Option<&'static str>,
    /// The norms they rest on.
    pub norms: Vec<CitedView>,
    /// Conditions, in words.
    pub conditions: Vec<String>,
    /// Questions, in words.
    pub questions: Vec<String>,
}

/// What `test` found.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TestView {
    /// `attendu.test/1`.
    pub schema: &'static str,
    /// How many acts and saved queries came out as expected.
    pub passed: usize,
    /// Those that did not.
    pub failed: Vec<FailureView>,
    /// Norms that apply to no act with an expectation.
    pub unexercised: Vec<CitedView>,
}

/// An expectation that was not met.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct FailureView {
    /// The act or the saved query.
    pub name: String,
    /// Where the expectation stands, `file:line`.
    pub place: String,
    /// One line for each difference: what was expected and what came.
    pub differences: Vec<DifferenceView>,
}

/// One difference between what was expected and what came.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DifferenceView {
    /// verdict, norm, document, duty, advice, factor, question, condition or answer.
    pub what: &'static str,
    /// What was expected.
    pub expected: String,
    /// What came.
    pub found: String,
}

/// A statement of a document, for browsing.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StatementView {
    /// Its id.
    pub id: String,
    /// norm, definition, scope or note.
    pub kind: &'static str,
    /// forbid, permit, …; of a note its reason; empty otherwise.
    pub effect: &'static str,
    /// Its summary in the reader's language.
    pub summary: String,
    /// The statement read aloud in the reader's language from the templates.
    pub reading: String,
    /// As written, in canonical form.
    pub text: String,
    /// Cited lines of the source text.
    pub lines: String,
    /// The source text's file.
    pub source: Option<String>,
    /// Where it stands, `file:line`.
    pub place: String,
    /// Ids that it overrides.
    pub overrides: Vec<String>,
    /// Ids that override it.
    pub overridden_by: Vec<String>,
    /// Relations that it asks for.
    pub relations: Vec<String>,
    /// What it cites, where the source texts are at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cited: Option<CitedTextView>,
}

/// A relation or an action of the vocabulary, for browsing.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RelationView {
    /// Its name.
    pub name: String,
    /// The declaration's shape: `partisan(content: content)`.
    pub signature: String,
    /// open, fixed, derived, … in the order of the grammar.
    pub qualities: Vec<&'static str>,
    /// What it means.
    pub meaning: String,
    /// Its template in the reader's language.
    pub template: String,
    /// How many facts assert or deny it.
    pub facts: usize,
    /// The statements that ask for it.
    pub asked_by: Vec<String>,
    /// Where it is declared, `file:line`.
    pub place: Option<String>,
}
