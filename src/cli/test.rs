//! `test`: holds the verdicts and saved queries against what is expected of them.

use std::io::Write;

use super::args::{Format, TestArgs};
use super::render::{self, Screen};
use super::{Answers, Exit, Failure};

/// Tests, and writes what failed; the answer is "no" if anything did.
pub(super) fn run(
    answers: &mut dyn Answers,
    args: &TestArgs,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let view = answers.test()?;
    match format {
        Format::Json => render::json(&view, out)?,
        _ => out.write_all(render::test(&view, args.full, screen).as_bytes())?,
    }
    Ok(if view.failed.is_empty() {
        Exit::Done
    } else {
        Exit::No
    })
}
