//! `decide`: the verdict of the acts in the facts, or of one described.

use std::io::Write;

use super::args::{DecideArgs, Format};
use super::render::{self, Screen};
use super::{Answers, Exit, Failure};

/// Judges, and writes the verdicts.
pub(super) fn run(
    answers: &mut dyn Answers,
    args: &DecideArgs,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    answers.suppose(&args.suppose.assume, &args.suppose.retract)?;
    let view = answers.decide(&args.acts, args.under.as_deref())?;
    match format {
        Format::Json => render::json(&view, out)?,
        Format::Ndjson => {
            for verdict in &view.verdicts {
                render::json_line(verdict, out)?;
            }
        }
        _ => out.write_all(render::verdicts(&view, args.details, screen).as_bytes())?,
    }
    Ok(Exit::Done)
}
