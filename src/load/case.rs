//! What facts amount to: individuals, facts, and the acts to judge.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::base::Span;
use crate::engine::Facts;
use crate::lang::ast::Role;
use crate::program::{ActDescription, ActRecord, ActionId, Mode, Universe, Value};

/// The facts of one run, free of errors.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// The individuals of every sort: those of the policies and those of the facts.
    pub universe: Universe,
    /// What the facts say.
    pub facts: Facts,
    /// The acts in order of reading, by their values.
    pub acts: IndexMap<Value, Act, FxBuildHasher>,
}

/// An act, or a situation judged like one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Act {
    /// Its value, of sort act.
    pub value: Value,
    /// Its id in the facts.
    pub name: String,
    /// Its action, or the situation.
    pub action: ActionId,
    /// What fills its roles, in order of [`Role::ALL`]; `at` always does.
    pub roles: Vec<(Role, Value)>,
    /// The arguments of a situation; empty for an act.
    pub arguments: Vec<Value>,
    /// Whether it took place.
    pub mode: Mode,
    /// When, in minutes since 1970.
    pub at: i64,
    /// What a policy test expects of it.
    pub expect: Option<Expect>,
    /// Where its id is written.
    pub span: Span,
}

impl Act {
    /// The act with its place in time, for judging.
    pub fn record(&self) -> ActRecord {
        ActRecord {
            value: self.value,
            description: ActDescription {
                action: self.action,
                roles: self.roles.clone(),
                arguments: self.arguments.clone(),
            },
            at: self.at,
            mode: self.mode,
        }
    }
}

/// What a policy test expects. What is not mentioned is not compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expect {
    /// The overall verdict, one of [`VERDICTS`].
    pub verdict: Option<String>,
    /// Norms that must be among the reasons, in force.
    pub norms: Vec<String>,
    /// Norms that must not be.
    pub not_norms: Vec<String>,
    /// Verdicts by single documents, in order of writing.
    pub documents: Vec<(String, String)>,
    /// Norms whose duties the act gives rise to or is under, with how they stand, one of
    /// [`DUTIES`], where that is said; an empty list: none.
    pub duties: Option<Vec<(String, Option<String>)>>,
    /// Norms that advise for or against it; an empty list: none.
    pub advice: Option<Vec<String>>,
    /// Factors with how they stand or what they speak for, one of [`FACTORS`].
    pub factors: Vec<(String, String)>,
    /// Atoms that must be asked, as a policy writes them; an empty list: none.
    pub questions: Option<Vec<String>>,
    /// Where it is written.
    pub span: Span,
}

/// How a duty may be expected to stand; `none` that it does not.
pub(super) const DUTIES: [&str; 5] = ["pending", "met", "overdue", "omitted", "none"];

/// How a factor may be expected to stand, and which way one that is present may point.
pub(super) const FACTORS: [&str; 5] = ["present", "absent", "unknown", "raises", "lowers"];

/// What is expected of a document that is not in force on the day.
pub const NOT_IN_FORCE: &str = "not in force";

/// The words for verdicts, strictest first.
pub const VERDICTS: [&str; 6] = [
    "conflict",
    "prohibited",
    "undetermined",
    "conditional",
    "permitted",
    "unregulated",
];
