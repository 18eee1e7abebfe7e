//! The policies of the reference are one policy set, which loads without a word of complaint;
//! its questions are asked of that set.

use attendu::base::{Sources, Span};
use attendu::lang::{parse_program, parse_query, print_program};
use attendu::program::lower_query;

use super::{Block, at, blocks, lower, read};

const PAGE: &str = "docs/language.md";

fn of_language(language: &str) -> Vec<Block> {
    let all = blocks(&read(at(PAGE)));
    let found: Vec<_> = all
        .into_iter()
        .filter(|block| block.language == language)
        .collect();
    assert!(!found.is_empty(), "{language}");
    found
}

#[test]
fn policies_load() {
    let blocks = of_language("dl");
    let texts: Vec<_> = blocks
        .iter()
        .map(|block| (format!("{PAGE} from line {}", block.line), &*block.text))
        .collect();
    let (_, _, told) = lower(&texts);
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// The canonical form of a policy.
fn canonical(text: &str) -> String {
    let file = Sources::default().add("policy", text);
    print_program(&parse_program(file, text).0)
}

#[test]
fn policies_are_in_canonical_form() {
    for block in of_language("dl") {
        assert_eq!(canonical(&block.text), block.text, "{PAGE}:{}", block.line);
    }
}

#[test]
fn questions_can_be_asked() {
    let blocks = of_language("dl");
    let texts: Vec<_> = blocks
        .iter()
        .map(|block| (String::new(), &*block.text))
        .collect();
    let (program, mut universe, _) = lower(&texts);
    for block in of_language("query") {
        let mut sources = Sources::default();
        for line in block.text.lines() {
            let file = sources.add("question", line);
            let (query, mut told) = parse_query(file, line);
            if let Some(query) = query {
                let span = Span::new(file, 0, line.len());
                told.extend(lower_query(&program, &mut universe, &query, span).1);
            }
            assert!(told.is_empty(), "{line}\n{told:#?}");
        }
    }
}
