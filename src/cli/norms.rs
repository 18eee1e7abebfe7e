//! `norms`: the statements of the documents, to browse.

use std::io::Write;

use crate::reasoner::view::StatementView;

use super::args::{Format, NormsArgs};
use super::render::{self, Screen};
use super::{Answers, Exit, Failure};

/// Writes the statement whose id is given, or those that the filters leave, with the lines
/// that they cite if the source texts are at hand; the answer is "no" if they leave none, or
/// if cited lines cannot be shown.
pub(super) fn run(
    answers: &mut dyn Answers,
    args: &NormsArgs,
    format: Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut all = answers.norms();
    if let Some(folder) = &args.source {
        let ids: Vec<_> = all.iter().map(|view| view.id.as_str()).collect();
        let cited = answers.cited_texts(folder, &ids)?;
        for (view, cited) in all.iter_mut().zip(cited) {
            view.cited = Some(cited);
        }
    }
    let found = filter(&all, args);
    let text = match (format, found.as_slice()) {
        (Format::Json, _) => {
            render::json(&found, out)?;
            String::new()
        }
        (_, []) => {
            let known: Vec<_> = all.iter().map(|view| view.id.as_str()).collect();
            render::nothing_found(args.text.as_deref(), &known, screen)
        }
        (_, [only]) => render::statement(only, screen),
        (_, several) => render::statements(several, screen),
    };
    out.write_all(text.as_bytes())?;
    let hidden = |view: &&StatementView| {
        let cited = view.cited.as_ref();
        cited.is_some_and(|cited| cited.status != "fine")
    };
    Ok(if found.is_empty() || found.iter().any(hidden) {
        Exit::No
    } else {
        Exit::Done
    })
}

/// The statements that pass all filters; an id names one alone.
fn filter<'a>(all: &'a [StatementView], args: &NormsArgs) -> Vec<&'a StatementView> {
    let passes = |view: &&StatementView| {
        let document = view.id.split_once('/').map_or("", |(document, _)| document);
        args.document
            .as_ref()
            .is_none_or(|wanted| wanted == document)
            && args
                .effect
                .as_ref()
                .is_none_or(|wanted| wanted == view.effect || wanted == view.kind)
            && args
                .relation
                .as_ref()
                .is_none_or(|wanted| view.relations.contains(wanted))
    };
    let filtered: Vec<_> = all.iter().filter(passes).collect();
    let Some(text) = &args.text else {
        return filtered;
    };
    if let Some(named) = filtered.iter().find(|view| view.id == *text) {
        return vec![named];
    }
    let text = text.to_lowercase();
    let speaks_of = |view: &&StatementView| {
        [&view.id, &view.summary, &view.reading]
            .into_iter()
            .any(|field| field.to_lowercase().contains(&text))
    };
    filtered.into_iter().filter(speaks_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(
        id: &str,
        effect: &'static str,
        summary: &str,
        relations: &[&str],
    ) -> StatementView {
        StatementView {
            id: id.to_owned(),
            kind: "norm",
            effect,
            summary: summary.to_owned(),
            reading: String::new(),
            text: String::new(),
            lines: String::new(),
            source: None,
            place: String::new(),
            overrides: Vec::new(),
            overridden_by: Vec::new(),
            relations: relations.iter().map(|&name| name.to_owned()).collect(),
            cited: None,
        }
    }

    #[test]
    fn filters_are_a_conjunction_and_an_id_names_one() {
        let all = [
            statement("a/1", "forbid", "Élus are not attacked", &["partisan"]),
            statement("a/12", "permit", "sharing", &["kept_by"]),
            statement("b/1", "forbid", "sharing", &["kept_by"]),
        ];
        let check = |args: NormsArgs, expected: &[&str]| {
            let found: Vec<_> = filter(&all, &args)
                .iter()
                .map(|it| it.id.as_str())
                .collect();
            assert_eq!(found, expected);
        };
        let some = |text: &str| Some(text.to_owned());
        check(NormsArgs::default(), &["a/1", "a/12", "b/1"]);
        check(
            NormsArgs {
                text: some("a/1"),
                ..Default::default()
            },
            &["a/1"],
        );
        check(
            NormsArgs {
                text: some("a/"),
                ..Default::default()
            },
            &["a/1", "a/12"],
        );
        check(
            NormsArgs {
                text: some("élus"),
                ..Default::default()
            },
            &["a/1"],
        );
        check(
            NormsArgs {
                effect: some("forbid"),
                relation: some("kept_by"),
                ..Default::default()
            },
            &["b/1"],
        );
        check(
            NormsArgs {
                document: some("a"),
                text: some("sharing"),
                ..Default::default()
            },
            &["a/12"],
        );
    }
}
