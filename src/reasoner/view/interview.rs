//! Where an interview stands, and its questions.

use serde::Serialize;

use super::{CitedView, ConditionView, NormChangeView, VerdictView};

/// Where an interview about an act stands.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct InterviewView {
    /// The atoms assumed for it.
    pub assumed: Vec<String>,
    /// Those taken back.
    pub retracted: Vec<String>,
    /// The verdict so far.
    pub verdict: VerdictView,
    /// What is still to be asked, the best question first; nothing once no answer can change the
    /// verdict.
    pub questions: Vec<AskedView>,
    /// What was asked and is still open, as nobody knows, though the verdict hangs on it.
    pub still_open: Vec<AskedView>,
    /// What the verdict hangs on and no file of answers can state.
    pub unanswerable: Vec<AskedView>,
}

/// A question of an interview.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AskedView {
    /// The relation that is asked about, or a role of the act.
    pub relation: String,
    /// Its arguments as names without quotes; none for what is asked for.
    pub arguments: Vec<Option<String>>,
    /// The atom, as in a policy; `_` is asked for.
    pub atom: String,
    /// The same, in words.
    pub text: String,
    /// The norms that hang on it.
    pub norms: Vec<CitedView>,
    /// What kind of answer it takes.
    pub wants: Wants,
    /// The sort of what is asked for.
    pub sort: Option<String>,
    /// What is asked for is a number, a date or a text, which has no name.
    pub is_value: bool,
    /// What of it is known already.
    pub known: Vec<String>,
    /// The names that there are of this sort.
    pub choices: Vec<String>,
    /// Those of the arguments that no fact declares.
    pub new: Vec<String>,
}

/// What kind of answer a question takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wants {
    /// Whether it is so.
    Whether,
    /// Of whom, or of what, it is so.
    Which {
        /// There is one at most.
        one: bool,
        /// It may be said that there is none, or no other.
        none: bool,
    },
}

/// What an answer settled.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SettledView {
    /// The norms that came, went, or are in force otherwise.
    pub norms: Vec<NormChangeView>,
    /// The conditions that came, or stand otherwise.
    pub conditions: Vec<ConditionView>,
    /// Questions that need not be asked any more, in words.
    pub needless: Vec<String>,
}
