//! Each code has a page with an example that raises it, and a case that says where.

use std::collections::BTreeSet;

use attendu::base::{Diagnostic, Sources};
use attendu::lang::{parse_act, parse_query};
use attendu::program::{lower_act, lower_query, unmentioned_symbols};

use crate::corpus::{files, lower_one, read};

/// The fenced block of `language` in a page.
fn block<'a>(page: &'a str, language: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("```{language}\n"))?;
    rest.split_once("```").map(|(block, _)| block)
}

/// The codes that an example raises, with the question that follows it, if any.
fn raised(page: &str, example: &str) -> BTreeSet<&'static str> {
    let mut lowered = lower_one(example);
    let mut found = lowered.found.clone();
    found.extend(unmentioned_symbols(
        &lowered.program,
        &lowered.universe,
        |_, _| false,
    ));
    let mut sources = Sources::default();
    if let Some(text) = block(page, "query") {
        let file = sources.add("<query>", text);
        let (query, _) = parse_query(file, text);
        let span = attendu::base::Span::new(file, 0, 0);
        let (_, told) = lower_query(
            &lowered.program,
            &mut lowered.universe,
            &query.unwrap(),
            span,
        );
        found.extend(told);
    }
    if let Some(text) = block(page, "act") {
        let file = sources.add("<act>", text);
        let (act, _) = parse_act(file, text);
        let (_, told) = lower_act(&lowered.program, &mut lowered.universe, &act.unwrap());
        found.extend(told);
    }
    found
        .iter()
        .map(|diagnostic: &Diagnostic| diagnostic.code)
        .collect()
}

#[test]
fn the_example_of_each_page_raises_its_code_alone() {
    for path in files("docs/diagnostics", "md") {
        let page = read(&path);
        let code = path.file_stem().unwrap().to_string_lossy().into_owned();
        // Pages about facts have examples of another kind.
        let Some(example) = block(&page, "dl") else {
            continue;
        };
        let raised = raised(&page, example);
        assert_eq!(
            raised.into_iter().collect::<Vec<_>>(),
            [code.as_str()],
            "{code}"
        );
    }
}

/// A case starts with what is told of it: `// error 3:1 unknown-relation`.
fn expected(text: &str) -> Vec<String> {
    text.lines()
        .map_while(|line| line.strip_prefix("// "))
        .map(str::to_owned)
        .collect()
}

#[test]
fn mistakes_are_told_at_their_places() {
    for path in files("tests/corpus/lowering/bad", "dl") {
        let text = read(&path);
        let told = lower_one(&text).told;
        assert_eq!(told, expected(&text), "{}", path.display());
    }
}
