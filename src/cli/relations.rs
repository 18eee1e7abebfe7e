//! `relations`: the vocabulary, to browse.

use std::io::Write;

use crate::reasoner::view::RelationView;

use super::args::{Format, RelationsArgs};
use super::render::{self, Screen};
use super::{Answers, Exit, Failure};

/// Writes the relation whose name is given, or those that the filters leave; the answer is
/// "no" if they leave none.
pub(super) fn run(
    answers: &mut dyn Answers,
    args: &RelationsArgs,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let all = answers.relations();
    let found = filter(&all, args);
    let text = match (format, found.as_slice()) {
        (Format::Json, _) => {
            render::json(&found, out)?;
            String::new()
        }
        (_, []) => {
            let known: Vec<_> = all.iter().map(|view| view.name.as_str()).collect();
            render::nothing_found(args.text.as_deref(), &known, screen)
        }
        (_, [only]) => render::relation(only, screen),
        (_, several) => render::relations(several, screen),
    };
    out.write_all(text.as_bytes())?;
    Ok(if found.is_empty() {
        Exit::No
    } else {
        Exit::Done
    })
}

/// The relations that pass all filters; a name names one alone. A document stands for all
/// its statements.
fn filter<'a>(all: &'a [RelationView], args: &RelationsArgs) -> Vec<&'a RelationView> {
    let asked = |view: &&RelationView| {
        args.asked_by.as_ref().is_none_or(|wanted| {
            view.asked_by.iter().any(|id| {
                let document = id.split_once('/').map(|(document, _)| document);
                id == wanted || document == Some(wanted)
            })
        })
    };
    let filtered: Vec<_> = all.iter().filter(asked).collect();
    let Some(text) = &args.text else {
        return filtered;
    };
    if let Some(named) = filtered.iter().find(|view| view.name == *text) {
        return vec![named];
    }
    let text = text.to_lowercase();
    let speaks_of = |view: &&RelationView| {
        [&view.signature, &view.meaning, &view.template]
            .into_iter()
            .any(|field| field.to_lowercase().contains(&text))
    };
    filtered.into_iter().filter(speaks_of).collect()
}
