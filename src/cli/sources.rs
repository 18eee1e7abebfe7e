//! `sources`: whether the source texts at hand are those that the documents were encoded from.

use std::io::Write;

use super::args::{Format, SourcesArgs};
use super::render::{self, Screen};
use super::{Answers, Exit, Failure};

/// Writes what became of each text; the answer is "no" if one is missing or has changed.
pub(super) fn run(
    answers: &mut dyn Answers,
    args: &SourcesArgs,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let view = answers.source_texts(&args.folder)?;
    match format {
        Format::Json => render::json(&view, out)?,
        _ => out.write_all(render::sources(&view, screen).as_bytes())?,
    }
    let wrong = |status| matches!(status, "changed" | "missing");
    Ok(if view.documents.iter().any(|it| wrong(it.status)) {
        Exit::No
    } else {
        Exit::Done
    })
}
