//! `explain`: what a verdict rests on, down to the facts.

use std::io::Write;
use std::ops::ControlFlow;

use super::args::{ExplainArgs, Format, RawVerdict};
use super::render::{self, Screen};
use super::{Answers, Exit, Failure};
use crate::reasoner::{Asking, ExplanationFormat};

/// Explains, and writes the explanation as it comes.
pub(super) fn run(
    answers: &mut dyn Answers,
    args: &ExplainArgs,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    answers.suppose(&args.suppose.assume, &args.suppose.retract)?;
    let Some(act) = &args.act else {
        return all(answers, out);
    };
    if args.what_would_change {
        let view = answers.what_would_change(act, args.to.map(RawVerdict::verdict))?;
        if format == Format::Json {
            render::json(&view, out)?;
        } else {
            out.write_all(render::changes(&view, screen).as_bytes())?;
        }
        return Ok(Exit::Done);
    }
    let format = match format {
        Format::Prose => ExplanationFormat::Prose {
            width: screen.width,
        },
        Format::Json => ExplanationFormat::Json,
        Format::Dot => ExplanationFormat::Dot,
        Format::Mermaid => ExplanationFormat::Mermaid,
        Format::Markdown => ExplanationFormat::Markdown,
        Format::Html => ExplanationFormat::Html,
        Format::Svg => ExplanationFormat::Svg,
        Format::Png => ExplanationFormat::Png,
        _ => ExplanationFormat::Text {
            width: screen.width,
        },
    };
    let asking = match (&args.why_not, args.all_proofs) {
        (Some(wanted), _) => Asking::WhyNot(wanted.last().map(|wanted| wanted.verdict())),
        (None, Some(most)) => Asking::AllProofs(most.get()),
        (None, None) => Asking::Why,
    };
    out.write_all(&answers.explain(act, asking, format)?)?;
    Ok(Exit::Done)
}

/// Explains all recorded acts, line by line as they are judged.
fn all(answers: &mut dyn Answers, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut written = Ok(());
    answers.explain_all(&mut |line| {
        written = writeln!(out, "{line}");
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    })?;
    written?;
    Ok(Exit::Done)
}
