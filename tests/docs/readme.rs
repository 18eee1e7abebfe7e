//! README is run as it is written, and so is the page on reasons, on the same example.

use super::{at, attendu, blocks, files, lower, printed, read, words};

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
    let mut commands = 0;
    for name in ["README.md", "docs/explanations.md"] {
        for block in blocks(&read(at(name))) {
            let Some(rest) = block.text.strip_prefix("$ attendu ") else {
                continue;
            };
            let (line, shown) = rest.split_once('\n').unwrap();
            let (line, input) = line.split_once(" < ").unwrap_or((line, ""));
            let mut command = attendu(EXAMPLE);
            command.args(words(line));
            if !input.is_empty() {
                command.write_stdin(read(at(EXAMPLE).join(input)));
            }
            let found = printed(&mut command);
            assert_eq!(found, shown, "{name}:{}: {line}", block.line);
            commands += 1;
        }
    }
    assert!(commands >= 6);
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
fn each_command_exists() {
    let page = read(at("README.md"));
    let mut commands = 0;
    for row in page.lines().filter(|line| line.starts_with("| `attendu ")) {
        let cell = row.split(" | ").next().unwrap();
        for part in cell.split('`').filter(|part| part.starts_with("attendu ")) {
            let command = part.split(' ').nth(1).unwrap();
            printed(attendu(".").args([command, "--help"]));
            commands += 1;
        }
    }
    assert!(commands >= 7);
}

#[test]
fn links_lead_somewhere() {
    let mut pages = files("docs", ".md");
    pages.push(at("README.md"));
    for page in pages {
        let text = read(&page);
        let links = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split_once(')'));
        for (link, _) in links.filter(|(link, _)| !link.starts_with("https://")) {
            let target = page.parent().unwrap().join(link);
            assert!(target.exists(), "{}: {link}", page.display());
        }
    }
}
