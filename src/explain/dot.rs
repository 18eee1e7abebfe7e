//! An explanation as a Graphviz picture that reads in black and white: shape, dash and pen
//! width carry the kinds.
//!
//! | what | how |
//! |---|---|
//! | verdict | double border |
//! | norm in force | bold box; set aside: dashed; perhaps in force: dotted |
//! | who prevails | hexagon |
//! | condition | box with a folded corner |
//! | rule, definition | box with rounded corners |
//! | assumption, not stated | thin box, dashed or dotted |
//! | fact, absence, unknown and the like | plain text, or a line in the box above |
//! | document | tab |

use std::fmt::Write;

use super::graph::{Edge, Explanation};
use super::sketch::{Boxed, Line, Look, sketch};
use super::wrap::wrapped;

/// Characters on one line of a label.
const LABEL_WIDTH: usize = 36;

/// The explanation as a graph of the `dot` language.
pub fn render_dot(explanation: &Explanation) -> String {
    let sketch = sketch(explanation);
    let mut text = String::from(
        "digraph explanation {\n  rankdir=LR;\n  nodesep=0.15;\n  ranksep=0.5;\n  \
         node [fontname=\"sans-serif\", fontsize=10, shape=box, margin=\"0.12,0.08\"];\n  \
         edge [fontname=\"sans-serif\", fontsize=9, arrowsize=0.7];\n",
    );
    // Writing to a string cannot fail.
    if !sketch.title.is_empty() {
        let lines: Vec<_> = sketch.title.iter().map(|line| escaped(line)).collect();
        let lines = lines.join("\\n");
        let _ = writeln!(
            text,
            "  graph [fontname=\"sans-serif\", fontsize=10, labelloc=t, label=\"{lines}\"];"
        );
    }
    for of in &sketch.boxes {
        let (name, label, look) = (&of.name, label(of), look(of.look));
        let _ = writeln!(text, "  \"{name}\" [label=\"{label}\"{look}];");
    }
    for line in &sketch.lines {
        let ends = (sketch.boxes.get(line.from), sketch.boxes.get(line.to));
        if let (Some(from), Some(to)) = ends {
            let look = line_look(explanation, line);
            let _ = writeln!(text, "  \"{}\" -> \"{}\"{look};", from.name, to.name);
        }
    }
    text.push_str("}\n");
    text
}

/// The lines of a box.
fn label(of: &Boxed) -> String {
    // Lines are flush left, but for a hexagon's, whose corners would cut them.
    let end = match of.look {
        Look::Priority => "\\n",
        _ => "\\l",
    };
    let mut label = String::new();
    for part in &of.parts {
        let first = match part.depth {
            0 => String::new(),
            depth => format!("{}- ", "  ".repeat(depth.min(4) - 1)),
        };
        let rest = " ".repeat(first.chars().count());
        for (index, line) in wrapped(&part.text, LABEL_WIDTH).iter().enumerate() {
            let indent = if index == 0 { &first } else { &rest };
            label.push_str(&escaped(&format!("{indent}{line}")));
            label.push_str(end);
        }
    }
    label
}

/// Text inside a quoted label: quotes and backslashes are kept as they are. A label of this
/// kind is never read as markup, so `<` needs nothing; an ampersand would start an entity.
fn escaped(line: &str) -> String {
    let mut text = String::new();
    for letter in line.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '&' => text.push_str("&amp;"),
            letter => text.push(letter),
        }
    }
    text
}

fn look(look: Look) -> &'static str {
    match look {
        Look::Verdict => ", peripheries=2, penwidth=1.5",
        Look::InForce => ", penwidth=2.2",
        Look::Open => ", style=dotted, penwidth=1.5",
        Look::Aside => ", style=dashed",
        Look::Priority => ", shape=hexagon, margin=\"0.04,0.04\"",
        Look::Condition => ", shape=note",
        Look::Rule => ", style=rounded",
        Look::Document => ", shape=tab, penwidth=0.6",
        Look::Unknown => ", style=dotted, penwidth=0.6",
        Look::Assumed => ", style=dashed, penwidth=0.6",
        Look::Plain => ", shape=plaintext",
    }
}

fn line_look(explanation: &Explanation, line: &Line) -> String {
    if line.hidden {
        return " [style=invis]".to_owned();
    }
    let label = super::labels::edge(explanation.language, line.edge);
    match line.edge {
        Edge::Because => String::new(),
        Edge::Otherwise | Edge::Holds => format!(" [style=dotted, label=\"{label}\"]"),
        Edge::Fails | Edge::Bars => {
            format!(" [style=dashed, arrowhead=odot, label=\"{label}\"]")
        }
        Edge::Unless => format!(" [style=dashed, arrowhead=onormal, label=\"{label}\"]"),
        Edge::Defeats => format!(" [arrowhead=tee, penwidth=2, label=\"{label}\"]"),
        Edge::Cites => " [style=dotted, arrowhead=none]".to_owned(),
    }
}
