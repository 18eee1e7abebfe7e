//! Each code of a diagnostic has a page, and each page a code.

use std::collections::BTreeSet;

use super::{at, attendu, blocks, files, read, words};

/// Whether a literal has the shape of a code.
fn is_code(text: &str) -> bool {
    let letters = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    text == "syntax" || (text.contains('-') && text.split('-').all(letters))
}

/// The text literal that `rest` starts with, white space aside.
fn literal(rest: &str) -> Option<&str> {
    let (text, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
    is_code(text).then_some(text)
}

/// The code of `src` without its unit tests and without comments.
fn source() -> String {
    let mut all = String::new();
    for path in files("src", ".rs") {
        if path.ends_with("tests.rs") {
            continue;
        }
        let text = read(&path);
        let (code, _) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
        for line in code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            all.push_str(line);
            all.push('\n');
        }
    }
    all
}

/// The codes that diagnostics are made with: in the place of the first argument, or as what a
/// function called `code` gives.
fn codes(source: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for start in ["Diagnostic::error(", "Diagnostic::warning("] {
        found.extend(source.split(start).skip(1).filter_map(literal));
    }
    for function in source.split("fn code(").skip(1) {
        let body = function.split("\n    }\n").next().unwrap();
        found.extend(body.split("=>").skip(1).filter_map(literal));
    }
    found
}

#[test]
fn each_code_has_a_page() {
    let source = source();
    let codes = codes(&source);
    assert!(codes.len() > 60, "{codes:?}");
    let missing: Vec<_> = codes
        .iter()
        .filter(|code| !at(&format!("docs/diagnostics/{code}.md")).exists())
        .collect();
    assert!(missing.is_empty(), "without a page: {missing:?}");
}

#[test]
fn each_page_is_about_a_code() {
    let source = source();
    for path in files("docs/diagnostics", ".md") {
        let code = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            source.contains(&format!("\"{code}\"")),
            "nothing raises `{code}`"
        );
        let title = read(&path)
            .lines()
            .next()
            .unwrap_or_default()
            .replace('`', "");
        assert_eq!(title, format!("# {code}"));
    }
}

/// Pages whose example is a case of its own: files, and the command that raises the code.
#[test]
fn commands_raise_the_code_of_their_page() {
    let mut commands = 0;
    for path in files("docs/diagnostics", ".md") {
        let blocks = blocks(&read(&path));
        let Some(command) = blocks.iter().find(|block| block.language == "sh") else {
            continue;
        };
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("queries")).unwrap();
        for block in blocks.iter().filter(|block| !block.path.is_empty()) {
            let file = folder.path().join(&block.path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, &block.text).unwrap();
        }
        let line = command.text.strip_prefix("attendu ").unwrap();
        let mut run = attendu(".");
        run.current_dir(folder.path()).args(words(line));
        let output = run.output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        let code = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            told.starts_with(&format!("error[{code}]")),
            "{code}: {told}"
        );
        assert_eq!(output.status.code(), Some(3), "{code}");
        commands += 1;
    }
    assert!(commands >= 4);
}
