//! `coverage`: what the policies encode of what the inventories list.

use std::io::Write;

use super::args::{CoverageArgs, Format};
use super::render::{self, Screen};
use super::{Answers, Exit, Failure};

/// Writes what is encoded of the documents named, or of all; the answer is "no" if a
/// statement is missing, or a document.
pub(super) fn run(
    answers: &mut dyn Answers,
    args: &CoverageArgs,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut view = answers.coverage()?;
    let known: Vec<_> = view
        .documents
        .iter()
        .map(|it| it.document.clone())
        .collect();
    let unknown = args.documents.iter().find(|name| !known.contains(name));
    if !args.documents.is_empty() {
        view.documents
            .retain(|it| args.documents.contains(&it.document));
    }
    match (format, unknown) {
        (Format::Json, _) => render::json(&view, out)?,
        (_, Some(name)) => {
            let known: Vec<_> = known.iter().map(String::as_str).collect();
            out.write_all(render::nothing_found(Some(name), &known, screen).as_bytes())?;
        }
        _ => out.write_all(render::coverage(&view, args.full, screen).as_bytes())?,
    }
    let complete = view.documents.iter().all(|it| it.missing.is_empty());
    Ok(if complete && unknown.is_none() {
        Exit::Done
    } else {
        Exit::No
    })
}
