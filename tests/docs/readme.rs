//! README is run as it is written.

use super::{at, attendu, blocks, lower, printed, read, words};

/// Where the example's files are, and where its commands are run.
const EXAMPLE: &str = "tests/corpus/readme";

#[test]
fn the_example_is_what_its_files_say() {
    let page = read(at("README.md"));
    let shown: Vec<_> = blocks(&page)
        .into_iter()
        .filter(|block| !block.path.is_empty())
        .collect();
    assert_eq!(shown.len(), 2);
    for block in shown {
        assert_eq!(block.text, read(at(EXAMPLE).join(&block.path)));
    }
    printed(attendu(EXAMPLE).args(["fmt", "--check"]));
}

#[test]
fn the_commands_print_what_is_shown() {
    let page = read(at("README.md"));
    let mut commands = 0;
    for block in blocks(&page) {
        let Some(rest) = block.text.strip_prefix("$ attendu ") else {
            continue;
        };
        let (line, shown) = rest.split_once('\n').unwrap();
        let found = printed(attendu(EXAMPLE).args(words(line)));
        assert_eq!(found, shown, "README.md:{}: {line}", block.line);
        commands += 1;
    }
    assert!(commands >= 3);
}

#[test]
fn the_main_question_has_an_answer() {
    let answer = printed(attendu(".").args(["ask", "who-may-share", "--format", "json"]));
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_ne!(answer["rows"].as_array().unwrap().len(), 0);
    let grouped = printed(attendu(".").args(["ask", "who-may-share"]));
    assert!(grouped.contains("Under on-ministers/"), "{grouped}");
}

#[test]
fn the_page_on_the_language_loads() {
    let page = read(at("README.md"));
    let mut sheets = 0;
    for block in blocks(&page) {
        if block.language == "dl" && block.path.is_empty() {
            let (_, _, told) = lower(&[("README.md".to_owned(), &block.text)]);
            assert_eq!(told, [""; 0]);
            sheets += 1;
        }
    }
    assert_eq!(sheets, 1);
}

#[test]
fn each_command_exists_and_each_link_leads_somewhere() {
    let page = read(at("README.md"));
    let rows = page.lines().filter(|line| line.starts_with("| `attendu "));
    for row in rows {
        let (cell, _) = row["| ".len()..].split_once(" |").unwrap();
        for part in cell.split('`').filter(|part| part.starts_with("attendu ")) {
            let command = part.split(' ').nth(1).unwrap();
            printed(attendu(".").args([command, "--help"]));
        }
    }
}
