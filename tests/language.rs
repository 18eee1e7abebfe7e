//! The policy language as text: what parses, how it is printed, and how mistakes are told.

use std::path::{Path, PathBuf};

use attendu::base::{Diagnostic, Sources};
use attendu::lang::{parse_program, print_program};

/// The `.dl` files of a folder of the corpus, in order.
fn corpus(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus")
        .join(folder);
    let mut paths: Vec<_> = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "dl"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
        .into_iter()
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect()
}

/// `line:column message` of each.
fn told(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|diagnostic| {
            let at = sources.position(diagnostic.primary.span);
            format!("{}:{} {}", at.line, at.column, diagnostic.message)
        })
        .collect()
}

#[test]
fn the_forty_statements_parse_and_print() {
    for (path, text) in corpus("language") {
        let mut sources = Sources::default();
        let file = sources.add(path.display().to_string(), text.as_str());
        let (program, diagnostics) = parse_program(file, &text);
        assert_eq!(told(&sources, &diagnostics), [""; 0], "{}", path.display());
        let printed = print_program(&program);
        let (again, diagnostics) = parse_program(file, &printed);
        assert_eq!(told(&sources, &diagnostics), [""; 0], "{printed}");
        assert_eq!(program, again, "{printed}");
        assert_eq!(printed, print_program(&again));
        println!("{printed}");
    }
}
