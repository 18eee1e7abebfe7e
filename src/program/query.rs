//! Questions, with names resolved.

use crate::lang::ast::{Question, Role};

use super::{ActionId, Literal, Term, Value, VariableId, Variables};

/// A question.
#[derive(Clone, Debug)]
pub enum Query {
    /// Which values make one of the conjunctions hold.
    Body {
        /// The variables.
        variables: Variables,
        /// The conjunctions (`or`).
        alternatives: Vec<Vec<Literal>>,
        /// The named variables in order of appearance: the columns of the answer.
        shown: Vec<VariableId>,
    },
    /// Which acts of a pattern may, must or must not be done.
    Deontic {
        /// What is asked.
        question: Question,
        /// The actions, or the one situation.
        actions: Vec<ActionId>,
        /// The roles that the question names, in order of writing.
        roles: Vec<(Role, Term)>,
        /// The arguments of a situation.
        arguments: Vec<Term>,
        /// The variable that stands for the action (`must Action by Who`), if any.
        action_variable: Option<VariableId>,
        /// The variables; `VariableId(0)` is the act asked about, which `where` may speak of.
        variables: Variables,
        /// `where`: conjunctions, one of which must hold; one empty one without `where`.
        alternatives: Vec<Vec<Literal>>,
        /// The named variables in order of appearance: the columns of the answer.
        shown: Vec<VariableId>,
    },
}

/// An act as it is described, whether or not the facts record it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ActDescription {
    /// Its action, or the situation.
    pub action: ActionId,
    /// What fills its roles, in order of [`Role::ALL`].
    pub roles: Vec<(Role, Value)>,
    /// The arguments of a situation, [`Value::UNKNOWN`] where it is of some individual, whichever;
    /// empty for an act.
    pub arguments: Vec<Value>,
}

impl ActDescription {
    /// What the tuples of its relation have in common by which a situation holds.
    pub fn pattern(&self) -> Vec<Option<Value>> {
        let arguments = self.arguments.iter().copied();
        arguments
            .map(|value| Some(value).filter(|&value| value != Value::UNKNOWN))
            .collect()
    }
}

/// How the facts record an act.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Mode {
    /// It was done.
    Performed,
    /// Someone means to do it.
    Planned,
    /// It was due and was not done.
    Omitted,
    /// Neither: a question.
    Question,
}

impl Mode {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Performed => "performed",
            Self::Planned => "planned",
            Self::Omitted => "omitted",
            Self::Question => "question",
        }
    }
}

/// An act with its place in time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActRecord {
    /// Its value in the sort of acts.
    pub value: Value,
    /// What it is; `at` is among its roles where its action has that role.
    pub description: ActDescription,
    /// When, in minutes since 1970.
    pub at: i64,
    /// How it is recorded.
    pub mode: Mode,
}
