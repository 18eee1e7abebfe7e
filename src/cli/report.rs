//! `report`: one file about many acts.

use std::io::Write;

use super::args::{Format, ReportArgs};
use super::render::{self, Screen};
use super::{Answers, Exit, Failure};
use crate::reasoner::ExplanationFormat;

/// Judges and explains, and writes the report.
pub(super) fn run(
    answers: &mut dyn Answers,
    args: &ReportArgs,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    answers.suppose(&args.suppose.assume, &args.suppose.retract)?;
    let view = answers.decide(&args.acts, None)?;
    let part = match format {
        Format::Html => ExplanationFormat::HtmlPart,
        _ => ExplanationFormat::Markdown,
    };
    let explained = if args.brief {
        Vec::new()
    } else {
        answers.explain_each(&args.acts, part)?
    };
    let report = match format {
        Format::Html => render::report_html(&view, &explained, screen),
        _ => render::report_markdown(&view, &explained, screen),
    };
    out.write_all(
        report
            .map_err(|error| Failure::Picture(error.to_string()))?
            .as_bytes(),
    )?;
    Ok(Exit::Done)
}
