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
//! | fact, absence, unknown and the like | plain text; used once, a line in the box above |
//! | document | tab; without lines to it where many cite it, as their ids begin with its name |
//!
//! A fact that one node alone rests on is folded into that node's box.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::describe::describe;
use super::graph::{Edge, Explanation, Node, NodeId, NodeKind};
use super::what_if;
use super::wrap::{LONGEST, one_line, shortened, wrapped};

/// Characters on one line of a label.
const LABEL_WIDTH: usize = 36;

/// How many lines to one document do not yet hide the rest.
const CITED: usize = 3;

/// Characters of one part of a label.
const LABEL_LONGEST: usize = LONGEST / 2;

/// The explanation as a graph of the `dot` language.
pub fn render_dot(explanation: &Explanation) -> String {
    let folded: BTreeSet<_> = explanation
        .ids()
        .filter(|&id| is_folded(explanation, id))
        .collect();
    let mut text = String::from(
        "digraph explanation {\n  rankdir=TB;\n  nodesep=0.25;\n  ranksep=0.4;\n  \
         node [fontname=\"sans-serif\", fontsize=10, shape=box, margin=\"0.12,0.08\"];\n  \
         edge [fontname=\"sans-serif\", fontsize=9, arrowsize=0.7];\n",
    );
    title(&mut text, explanation);
    for (id, node) in explanation.nodes() {
        if folded.contains(&id) {
            continue;
        }
        let label = label(explanation, id, node, &folded);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "  \"{}\" [label=\"{label}\"{}];",
            node.name,
            look(node)
        );
    }
    let root = explanation.root();
    let mut placed = BTreeSet::new();
    for (from, to, edge) in explanation.edges() {
        if folded.contains(&to) || folded.contains(&from) {
            continue;
        }
        if edge == Edge::Cites && explanation.parents(to) > CITED {
            if let Some(root) = root.filter(|_| placed.insert(to)) {
                write_edge(&mut text, explanation, (root, to), " [style=invis]");
            }
            continue;
        }
        let look = edge_look(explanation, edge);
        write_edge(&mut text, explanation, (from, to), &look);
    }
    text.push_str("}\n");
    text
}

/// What is supposed, above the picture.
fn title(text: &mut String, explanation: &Explanation) {
    let Some(what_if) = &explanation.what_if else {
        return;
    };
    let lines: Vec<_> = what_if::supposed(explanation.language, what_if)
        .iter()
        .map(|line| escaped(&shortened(line, LABEL_LONGEST)))
        .collect();
    let lines = lines.join("\\n");
    let _ = writeln!(
        text,
        "  graph [fontname=\"sans-serif\", fontsize=10, labelloc=t, label=\"{lines}\"];"
    );
}

fn write_edge(text: &mut String, explanation: &Explanation, ends: (NodeId, NodeId), look: &str) {
    if let (Some(from), Some(to)) = (explanation.node(ends.0), explanation.node(ends.1)) {
        let _ = writeln!(text, "  \"{}\" -> \"{}\"{look};", from.name, to.name);
    }
}

/// Whether a node is a line in the box of the only node that rests on it.
fn is_folded(explanation: &Explanation, id: NodeId) -> bool {
    let Some(node) = explanation.node(id) else {
        return false;
    };
    let is_cited = |child: NodeId| {
        let child = explanation.node(child);
        child.is_some_and(|child| matches!(child.kind, NodeKind::Document { .. }))
    };
    // A factor that is absent or unknown, or the like, and for which nothing is shown.
    if let NodeKind::Norm(norm) = &node.kind {
        let children = explanation.children(id);
        return norm.standing.is_some_and(|standing| standing != "met")
            && explanation.parents(id) == 1
            && children
                .iter()
                .all(|&(edge, child)| edge == Edge::Cites && is_cited(child));
    }
    let is_leaf = matches!(
        node.kind,
        NodeKind::Fact { .. }
            | NodeKind::Assumption { .. }
            | NodeKind::Absence { .. }
            | NodeKind::Unknown { .. }
            | NodeKind::Comparison { .. }
            | NodeKind::Aggregate { .. }
    ) || matches!(&node.kind, NodeKind::Rule { fails: Some(_), .. });
    is_leaf
        && explanation.parents(id) == 1
        && explanation
            .children(id)
            .iter()
            .all(|&(_, child)| is_folded(explanation, child))
}

/// The lines of a box, with those of what is folded into it.
fn label(explanation: &Explanation, id: NodeId, node: &Node, folded: &BTreeSet<NodeId>) -> String {
    let mut lines = Vec::new();
    write_lines(explanation, node, "", &mut lines);
    fold(explanation, id, folded, 1, &mut lines);
    let mut label = String::new();
    // Lines are flush left, but for a hexagon's, whose corners would cut them.
    let end = match node.kind {
        NodeKind::Resolution { .. } => "\\n",
        _ => "\\l",
    };
    for line in lines {
        label.push_str(&escaped(&line));
        label.push_str(end);
    }
    label
}

fn fold(
    explanation: &Explanation,
    id: NodeId,
    folded: &BTreeSet<NodeId>,
    depth: usize,
    lines: &mut Vec<String>,
) {
    for (_, child) in explanation.children(id) {
        if let Some(node) = explanation.node(child).filter(|_| folded.contains(&child)) {
            let indent = format!("{}- ", "  ".repeat(depth.min(4) - 1));
            write_lines(explanation, node, &indent, lines);
            fold(explanation, child, folded, depth + 1, lines);
        }
    }
}

fn write_lines(explanation: &Explanation, node: &Node, first: &str, lines: &mut Vec<String>) {
    let described = describe(explanation, node);
    let rest = " ".repeat(first.chars().count());
    let mut parts = vec![described.heading, described.text];
    if !described.remarks.is_empty() {
        parts.push(format!("({})", described.remarks.join("; ")));
    }
    if first.is_empty() {
        for part in parts {
            push_wrapped(&part, "", "", lines);
        }
    } else {
        push_wrapped(&parts.join(". "), first, &rest, lines);
    }
}

fn push_wrapped(part: &str, first: &str, rest: &str, lines: &mut Vec<String>) {
    let part = shortened(&one_line(part), LABEL_LONGEST);
    let wrapped = wrapped(&part, LABEL_WIDTH);
    for (index, line) in wrapped
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
    {
        lines.push(format!("{}{line}", if index == 0 { first } else { rest }));
    }
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

fn look(node: &Node) -> &'static str {
    match &node.kind {
        NodeKind::Verdict { .. } | NodeKind::WhyNot { .. } => ", peripheries=2, penwidth=1.5",
        NodeKind::Norm(norm) => match norm.status {
            "in" => ", penwidth=2.2",
            "open" => ", style=dotted, penwidth=1.5",
            _ => ", style=dashed",
        },
        NodeKind::Resolution { .. } => ", shape=hexagon, margin=\"0.04,0.04\"",
        NodeKind::Condition { .. } => ", shape=note",
        NodeKind::Rule { .. } => ", style=rounded",
        NodeKind::Document { .. } => ", shape=tab, penwidth=0.6",
        NodeKind::Unknown { .. } => ", style=dotted, penwidth=0.6",
        NodeKind::Assumption { .. } => ", style=dashed, penwidth=0.6",
        NodeKind::Fact { .. }
        | NodeKind::Absence { .. }
        | NodeKind::Comparison { .. }
        | NodeKind::Aggregate { .. } => ", shape=plaintext",
    }
}

fn edge_look(explanation: &Explanation, edge: Edge) -> String {
    let label = super::labels::edge(explanation.language, edge);
    match edge {
        Edge::Because => String::new(),
        Edge::Holds => format!(" [style=dotted, label=\"{label}\"]"),
        Edge::Fails | Edge::Bars => {
            format!(" [style=dashed, arrowhead=odot, label=\"{label}\"]")
        }
        Edge::Unless => format!(" [style=dashed, arrowhead=onormal, label=\"{label}\"]"),
        Edge::Defeats => format!(" [arrowhead=tee, penwidth=2, label=\"{label}\"]"),
        Edge::Cites => " [style=dotted, arrowhead=none]".to_owned(),
    }
}
