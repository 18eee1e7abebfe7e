//! `verify`: whether an explanation holds, step by step.

use std::io::Write;

use super::args::{Format, VerifyArgs};
use super::render::{self, Screen};
use super::{Answers, Exit, Failure};

/// Checks, and writes what is wrong and what was taken on trust; the answer is "no" if
/// something is wrong.
pub(super) fn run(
    answers: &mut dyn Answers,
    args: &VerifyArgs,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let view = answers.verify(&args.file)?;
    match format {
        Format::Json => render::json(&view, out)?,
        _ => out.write_all(render::verification(&view, screen).as_bytes())?,
    }
    let unreadable = |wrong| matches!(wrong, "unreadable" | "other-schema");
    if view.faults.iter().any(|fault| unreadable(fault.wrong)) {
        return Ok(Exit::Input);
    }
    Ok(if view.accepted { Exit::Done } else { Exit::No })
}
