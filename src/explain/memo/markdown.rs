//! A memo as Markdown, with the picture as a Mermaid flowchart behind it: for a report, or a
//! page that draws such text itself.

use std::fmt::Write;

use super::super::graph::Explanation;
use super::super::labels::choose;
use super::super::mermaid::render_mermaid;
use super::super::wrap::{LONGEST_PARAGRAPH, one_line, shortened};
use super::{Block, memo};

/// The memo of an explanation, its sections headed at the fourth level.
pub fn render_markdown(explanation: &Explanation) -> String {
    // Writing to a string cannot fail.
    let mut text = String::new();
    for section in memo(explanation).sections {
        let _ = write!(text, "#### {}\n\n", section.heading);
        for block in &section.blocks {
            text.push_str(&written(block));
        }
        // A list ends where a paragraph could not be its own.
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
    }
    let heading = choose(
        explanation.language,
        ("The reasons as a picture", "Les motifs en image"),
    );
    let picture = render_mermaid(explanation);
    let _ = write!(text, "#### {heading}\n\n```mermaid\n{picture}```\n");
    text
}

fn written(block: &Block) -> String {
    match block {
        Block::Part(part) => format!("\n**{}**\n\n", escaped(part)),
        Block::Paragraph(paragraph) => format!("{}\n\n", escaped(paragraph)),
        Block::Item { mark, text, below } => {
            let numbered = mark.strip_suffix('.').is_some_and(|number| {
                !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit())
            });
            let (mark, label) = match mark.as_str() {
                mark if numbered => (format!("{mark} "), String::new()),
                "–" => ("- ".to_owned(), String::new()),
                note => ("- ".to_owned(), format!("{} ", escaped(note))),
            };
            let indent = " ".repeat(mark.len());
            let mut item = format!("{mark}{label}{}\n", escaped(text));
            for paragraph in below {
                let _ = write!(item, "\n{indent}{}\n", escaped(paragraph));
            }
            item
        }
    }
}

/// Text on one line in which nothing is read as Markdown or HTML.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in shortened(&one_line(text), LONGEST_PARAGRAPH).chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '#' | '|' | '~' | '!' | '$' => {
                escaped.extend(['\\', letter]);
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}
