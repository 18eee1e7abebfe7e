//! What a session is opened with: what to read, which day it is, in which language to
//! answer, and whom to tell how far the work has come.

use std::path::PathBuf;
use std::sync::Arc;

use crate::base::Language;

/// What to read, and how to answer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// Policy files and folders; empty for `policies`, or for what is built in where that
    /// does not exist.
    pub policies: Vec<PathBuf>,
    /// Files and folders of facts; empty as above.
    pub facts: Vec<PathBuf>,
    /// Files and folders of saved queries; empty as above.
    pub queries: Vec<PathBuf>,
    /// When undated acts are judged, in minutes since 1970-01-01T00:00.
    pub as_of: i64,
    /// The reader's language.
    pub language: Language,
}

/// What is being done.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Stage {
    /// Files are read and checked.
    Read,
    /// Facts are derived.
    Derive,
    /// Acts are judged.
    Judge,
}

/// How far the work has come.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Step {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done.
    pub done: u64,
    /// Of how much, where that is known.
    pub total: Option<u64>,
}

/// Is told of steps, as often as the work likes: what is shown is for the listener to choose.
pub type Report = Arc<dyn Fn(Step) + Send + Sync>;
