//! An explanation as a Mermaid flowchart, for pages that draw such text themselves. Texts are
//! strings of entities where a sign could mean something, so that no label is read as syntax,
//! as Markdown or as HTML.

use std::fmt::Write;

use super::graph::{Edge, Explanation};
use super::labels;
use super::sketch::{Boxed, Look, sketch};
use super::wrap::wrapped;

/// Characters on one line of a label.
const LABEL_WIDTH: usize = 40;

/// The explanation as a `flowchart`.
pub fn render_mermaid(explanation: &Explanation) -> String {
    let sketch = sketch(explanation);
    let mut text = String::from("flowchart LR\n");
    // Writing to a string cannot fail.
    for title in &sketch.title {
        let _ = writeln!(text, "  %% {}", title.replace(['{', '}', '%'], " "));
    }
    for (index, of) in sketch.boxes.iter().enumerate() {
        let (open, close) = brackets(of.look);
        let (label, class) = (label(of), class(of.look));
        let _ = writeln!(text, "  n{index}{open}\"{label}\"{close}:::{class}");
    }
    for line in &sketch.lines {
        let way = if line.hidden {
            "~~~".to_owned()
        } else {
            way(explanation, line.edge)
        };
        let _ = writeln!(text, "  n{} {way} n{}", line.from, line.to);
    }
    text.push_str(CLASSES);
    text
}

fn label(of: &Boxed) -> String {
    let mut lines = Vec::new();
    for part in &of.parts {
        let first = match part.depth {
            0 => "",
            1 => "– ",
            _ => "· ",
        };
        for (index, line) in wrapped(&part.text, LABEL_WIDTH).iter().enumerate() {
            let opening = if index == 0 { first } else { "" };
            let line = escaped(&format!("{opening}{line}"));
            lines.push(if part.heading {
                format!("<b>{line}</b>")
            } else {
                line
            });
        }
    }
    lines.join("<br/>")
}

/// Text in a quoted label. Letters, digits and harmless signs stand for themselves, all others
/// as entities of Mermaid's own kind.
fn escaped(line: &str) -> String {
    let mut text = String::new();
    for letter in line.chars() {
        if letter.is_alphanumeric() || " ,.:’“”«»–…'@/-()?!\u{a0}\u{202f}".contains(letter)
        {
            text.push(letter);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "#{};", u32::from(letter));
        }
    }
    text
}

/// The brackets that shape a box.
fn brackets(look: Look) -> (&'static str, &'static str) {
    match look {
        Look::Verdict => ("[[", "]]"),
        Look::Priority => ("{{", "}}"),
        Look::Condition => (">", "]"),
        Look::Rule => ("(", ")"),
        _ => ("[", "]"),
    }
}

fn class(look: Look) -> &'static str {
    match look {
        Look::Verdict | Look::InForce => "force",
        Look::Open => "open",
        Look::Aside | Look::Assumed => "aside",
        Look::Unknown => "unknown",
        Look::Plain => "plain",
        Look::Priority | Look::Condition | Look::Rule | Look::Document => "thin",
    }
}

fn way(explanation: &Explanation, edge: Edge) -> String {
    let word = labels::edge(explanation.language, edge);
    match edge {
        Edge::Because => "-->".to_owned(),
        Edge::Cites => "-.-".to_owned(),
        Edge::Otherwise | Edge::Holds => format!("-. \"{word}\" .->"),
        Edge::Unless | Edge::Fails | Edge::Bars => format!("-. \"{word}\" .-o"),
        Edge::Defeats => format!("== \"{word}\" ==x"),
    }
}

/// Pens, in black and white.
const CLASSES: &str = "  classDef force fill:#fff,stroke:#000,color:#000,stroke-width:3px,text-align:left\n  \
    classDef open fill:#fff,stroke:#000,color:#000,stroke-width:2px,stroke-dasharray:2 3,text-align:left\n  \
    classDef aside fill:#fff,stroke:#000,color:#000,stroke-dasharray:7 4,text-align:left\n  \
    classDef unknown fill:#fff,stroke:#000,color:#000,stroke-dasharray:1 3,text-align:left\n  \
    classDef thin fill:#fff,stroke:#000,color:#000,text-align:left\n  \
    classDef plain fill:#fff,stroke:none,color:#000,text-align:left\n";
