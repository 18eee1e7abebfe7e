//! An NDJSON fact file: one individual, act or tuple a line.
//!
//! In a file named after a sort (`actors.ndjson`, `acts.jsonl`) every line is an individual of
//! that sort, written as in a JSON file. In any other file a line says what it is by a key of
//! its own: `"sort": "actor"`, or `"relation": "consent"` with `"tuple": […]`.

use crate::base::Diagnostic;
use crate::program::SortId;

use super::builder::Builder;
use super::cell::{CellKind, Text};
use super::from_json::{described, individual, tuple_of};
use super::json::{Member, Node};

/// Reads a whole file of individuals of `sort`, or of anything.
pub(super) fn load(builder: &mut Builder<'_>, text: Text<'_>, sort: Option<SortId>) {
    for line in text.text.split('\n') {
        let node = Node::new(text, line);
        if node.is_empty() {
            continue;
        }
        if builder.take(node.check()).is_none() {
            builder.reports.incomplete = true;
            continue;
        }
        match sort {
            Some(sort) => individual(builder, sort, node),
            None => anything(builder, node),
        }
    }
}

fn anything(builder: &mut Builder<'_>, node: Node<'_>) {
    let Some(mut members) = builder.object(node, "a line") else {
        return;
    };
    if let Some(relation) = remove(&mut members, "relation") {
        tuple_of(builder, node, relation, members);
        return;
    }
    let Some(named) = remove(&mut members, "sort") else {
        let diagnostic = Diagnostic::error(
            "wrong-shape",
            node.span(),
            "the line does not say what it is",
        )
        .help("add `\"sort\": \"actor\"`, or name the file after the sort: `actors.ndjson`");
        builder.reports.add(diagnostic);
        return;
    };
    let Some(cell) = builder.take(named.cell()) else {
        return;
    };
    let sort = match &cell.kind {
        CellKind::Text(name) => builder.names.sort(name),
        _ => None,
    };
    let Some(sort) = sort else {
        let message = format!("{} is not a sort of individuals", cell.kind.describe());
        builder.error("unknown-sort", cell.span, message);
        return;
    };
    described(builder, sort, node, members);
}

fn remove<'a>(members: &mut Vec<Member<'a>>, name: &str) -> Option<Node<'a>> {
    let index = members.iter().position(|(key, _)| key.text == name)?;
    Some(members.remove(index).1)
}
