//! `ask`: who may, must, must not; or any question of the facts.

use std::io::Write;

use super::args::{AskArgs, Format};
use super::render::{self, AnswerStyle, Screen};
use super::{Answers, Exit, Failure};

/// Asks, and writes the answer. The question may come in several words, as a shell leaves
/// it without quotes.
pub(super) fn run(
    answers: &mut dyn Answers,
    args: &AskArgs,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    answers.suppose(&args.suppose.assume, &args.suppose.retract)?;
    let view = answers.ask(&args.question.join(" "), args.possible)?;
    match format {
        Format::Json => render::json(&view, out)?,
        Format::Csv => render::answer_rows(&view, b',', out)?,
        Format::Tsv => render::answer_rows(&view, b'\t', out)?,
        _ => {
            let style = AnswerStyle {
                full: args.full,
                possible: args.possible,
            };
            out.write_all(render::answer(&view, style, screen).as_bytes())?;
        }
    }
    Ok(Exit::Done)
}
