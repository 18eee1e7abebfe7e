//! Views written out for readers: in words, as tables, as JSON. Nothing here decides
//! anything.

mod answer;
mod browse;
mod change;
mod coverage;
mod diagnostics;
mod editions;
mod excerpt;
mod interview;
mod page;
mod report;
mod sources;
mod table;
mod test;
mod verdict;
mod verdicts;
mod verify;
mod what_if;

use std::io::{self, Write};

use serde::Serialize;

use super::messages::Messages;

pub(super) use answer::{AnswerStyle, answer, answer_rows};
pub(super) use browse::{nothing_found, relation, relations, statement, statements};
pub(super) use change::changes;
pub(super) use coverage::coverage;
pub(super) use diagnostics::{DiagnosticStyle, diagnostics};
pub(super) use editions::editions;
pub(super) use interview::{
    interview_begins, interview_ends, interview_prompt, interview_question, interview_refused,
    interview_remark, interview_settled, interview_why,
};
pub(super) use page::printable;
pub(super) use report::{report_html, report_markdown};
pub(super) use sources::sources;
pub(super) use test::test;
pub(super) use verdicts::verdicts;
pub(super) use verify::verification;

/// What an answer is written for: a language and a width.
#[derive(Debug)]
pub(super) struct Screen {
    pub(super) messages: Messages,
    pub(super) width: usize,
}

/// Writes `view` as JSON, indented, with a line break behind it.
pub(super) fn json(view: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, view)?;
    writeln!(out)
}

/// Writes `view` as JSON on one line.
pub(super) fn json_line(view: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, view)?;
    writeln!(out)
}
