//! What was supposed for a question, and what that changes in its answer.

use serde::Serialize;

use super::RowView;

pub use crate::explain::{NormChange as NormChangeView, WhatIf as WhatIfView};

/// What is supposed, and which answers come and go.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AnswerWhatIfView {
    /// Atoms assumed, as in a policy.
    pub assumed: Vec<String>,
    /// Atoms taken back.
    pub retracted: Vec<String>,
    /// Answers that the facts as they are do not give.
    pub came: Vec<RowView>,
    /// Answers that only the facts as they are give.
    pub went: Vec<RowView>,
}
