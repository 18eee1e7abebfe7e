//! `sources`: whether the source texts at hand are those that the documents were encoded from,
//! and what a new edition of them changes.

use std::io::Write;
use std::path::Path;

use super::args::{Format, SourcesArgs};
use super::render::{self, Screen};
use super::{Answers, Exit, Failure};

/// Writes what became of each text, or with `--against` of the lines that are cited; the
/// answer is "no" if a text is missing or has changed, or if a statement is to be looked at.
pub(super) fn run(
    answers: &mut dyn Answers,
    args: &SourcesArgs,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    if let Some(new) = &args.against {
        return against(answers, args, new, format, screen, out);
    }
    let view = answers.source_texts(&args.folder)?;
    match format {
        Format::Json => render::json(&view, out)?,
        _ => out.write_all(render::sources(&view, screen).as_bytes())?,
    }
    let fine = |status| matches!(status, "fine" | "unnamed");
    Ok(exit(view.documents.iter().all(|it| fine(it.status))))
}

fn against(
    answers: &mut dyn Answers,
    args: &SourcesArgs,
    new: &Path,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let view = answers.editions(&args.folder, new)?;
    match format {
        Format::Json => render::json(&view, out)?,
        _ => out.write_all(render::editions(&view, args.full, screen).as_bytes())?,
    }
    let fine = |status| matches!(status, "compared" | "same" | "unnamed");
    Ok(exit(view.documents.iter().all(|it| {
        fine(it.status) && it.changed.is_empty() && it.vanished.is_empty()
    })))
}

fn exit(yes: bool) -> Exit {
    if yes { Exit::Done } else { Exit::No }
}
