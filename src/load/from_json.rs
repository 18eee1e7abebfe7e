//! A JSON fact file: sorts with their individuals, acts, relations.

use crate::base::Diagnostic;
use crate::engine::Validity;
use crate::program::SortId;

use super::acts::{Draft, mode_named};
use super::builder::{Builder, Tuple};
use super::cell::{Cell, CellKind, Dated, Key, Said, Text};
use super::json::{Member, Node, Shape};

/// Reads a whole file.
pub(super) fn load(builder: &mut Builder<'_>, text: Text<'_>) {
    let root = Node::new(text, text.text);
    if root.shape() != Shape::Object {
        not_an_object(builder, root);
        return;
    }
    let Some(members) = builder.members(root) else {
        builder.reports.incomplete = true;
        return;
    };
    for (key, node) in members {
        section(builder, &key, node);
    }
}

fn not_an_object(builder: &mut Builder<'_>, root: Node<'_>) {
    builder.reports.incomplete = true;
    let checked = root.check();
    if builder.take(checked).is_some() {
        let place = root.span().start_point();
        let message = format!("a fact file is an object, not {}", root.describe());
        let diagnostic = Diagnostic::error("wrong-shape", place, message)
            .help("write `{ \"actors\": […], \"acts\": […], \"relations\": {…} }`");
        builder.reports.add(diagnostic);
    }
}

fn section(builder: &mut Builder<'_>, key: &Key<'_>, node: Node<'_>) {
    match &*key.text {
        "$schema" | "$interview" => {}
        "relations" => relations(builder, node),
        name => match builder.names.sort(name) {
            Some(sort) => individuals(builder, sort, node),
            None => unknown_section(builder, key),
        },
    }
}

fn unknown_section(builder: &mut Builder<'_>, key: &Key<'_>) {
    builder.reports.incomplete = true;
    if builder.reports.is_full(key.span.file, "unknown-sort") {
        return;
    }
    let known = builder.names.top_keys();
    let help = match builder.names.relation(&key.text) {
        Some(_) => Some(format!(
            "`{}` is a relation: write it under `relations`",
            key.text
        )),
        None => builder
            .reports
            .guess(&key.text, known.iter().map(String::as_str)),
    };
    let message = format!("`{}` is not a sort of individuals", key.text);
    let diagnostic = Diagnostic::error("unknown-sort", key.span, message).maybe_help(help);
    builder.reports.add(diagnostic);
}

fn individuals(builder: &mut Builder<'_>, sort: SortId, node: Node<'_>) {
    each(builder, node, "individuals are", |builder, item| {
        individual(builder, sort, item);
    });
}

/// Passes the items of what should be a list to `read`.
fn each<'a, 'p>(
    builder: &mut Builder<'p>,
    node: Node<'a>,
    what: &str,
    mut read: impl FnMut(&mut Builder<'p>, Node<'a>),
) {
    if node.shape() != Shape::List {
        builder.reports.incomplete = true;
        let message = format!("{what} written as a list, not as {}", node.describe());
        builder.error("wrong-shape", node.span(), message);
        return;
    }
    let done = node.each_item(|item| read(builder, item));
    builder.take(done);
}

/// An individual or an act: an object, or the id alone.
pub(super) fn individual(builder: &mut Builder<'_>, sort: SortId, node: Node<'_>) {
    if node.shape() == Shape::Object {
        if let Some(members) = builder.members(node) {
            described(builder, sort, node, members);
        }
    } else if sort == SortId::ACT {
        let message = format!("an act is an object, not {}", node.describe());
        builder.error("wrong-shape", node.span(), message);
    } else if let Some(cell) = builder.take(node.cell()) {
        builder.declare(sort, &cell);
    }
}

/// An individual or an act with what its keys say.
pub(super) fn described(
    builder: &mut Builder<'_>,
    sort: SortId,
    node: Node<'_>,
    members: Vec<Member<'_>>,
) {
    if sort == SortId::ACT {
        act(builder, node, members);
        return;
    }
    let Some((_, id)) = members.iter().find(|(key, _)| key.text == "id") else {
        let name = builder.sort_name(sort);
        let message = format!("an individual of sort `{name}` has no `id`");
        builder.error("missing-id", node.span(), message);
        return;
    };
    let Some(id) = builder.take(id.cell()) else {
        return;
    };
    let Some(subject) = builder.declare(sort, &id) else {
        return;
    };
    for (key, node) in members {
        match &*key.text {
            "id" => {}
            "is" => {
                for (key, said) in is(builder, node) {
                    builder.say(subject, sort, &key, &said);
                }
            }
            _ => {
                if let Some(said) = said(builder, node) {
                    builder.say(subject, sort, &key, &said);
                }
            }
        }
    }
}

/// `is`: the names of unary relations, as if each were a key that says `true`.
fn is<'a>(builder: &mut Builder<'_>, node: Node<'a>) -> Vec<(Key<'a>, Said<'a>)> {
    let items = match said(builder, node) {
        Some(Said::One(dated)) => vec![dated],
        Some(Said::Many { items, .. }) => items,
        None => Vec::new(),
    };
    let mut keys = Vec::with_capacity(items.len());
    for Dated { cell, validity } in items {
        let span = cell.span;
        let CellKind::Text(text) = cell.kind else {
            let message = format!("expected a relation, found {}", cell.kind.describe());
            builder.error("wrong-shape", span, message);
            continue;
        };
        let holds = Cell {
            kind: CellKind::Bool(true),
            span,
        };
        let said = Said::One(Dated {
            cell: holds,
            validity,
        });
        keys.push((Key { text, span }, said));
    }
    keys
}

/// What a key's value says.
fn said<'a>(builder: &mut Builder<'_>, node: Node<'a>) -> Option<Said<'a>> {
    if node.shape() != Shape::List {
        return dated(builder, node).map(Said::One);
    }
    let mut items = Vec::new();
    let mut open = false;
    let read = node.each_item(|item| {
        if let Some(item) = dated(builder, item) {
            let unknown = matches!(item.cell.kind, CellKind::Null);
            open |= unknown;
            if !unknown {
                items.push(item);
            }
        }
    });
    builder.take(read)?;
    Some(Said::Many {
        items,
        open,
        span: node.span(),
    })
}

/// A value, or `{ "value": …, "from": …, "until": … }`.
fn dated<'a>(builder: &mut Builder<'_>, node: Node<'a>) -> Option<Dated<'a>> {
    if node.shape() != Shape::Object {
        return Some(Dated {
            cell: builder.take(node.cell())?,
            validity: None,
        });
    }
    let members = builder.members(node)?;
    let (value, validity) = bounded(builder, members, "value");
    let Some(value) = value else {
        let message = "an object in the place of a value has a key `value`";
        builder.error("wrong-shape", node.span(), message);
        return None;
    };
    Some(Dated {
        cell: builder.take(value.cell())?,
        validity: validity.map(Box::new),
    })
}

/// The member called `main`, and what `from` and `until` say.
fn bounded<'a>(
    builder: &mut Builder<'_>,
    members: Vec<Member<'a>>,
    main: &str,
) -> (Option<Node<'a>>, Option<Validity>) {
    let (mut value, mut from, mut until) = (None, None, None);
    for (key, node) in members {
        match &*key.text {
            name if name == main => value = Some(node),
            "from" => from = builder.take(node.cell()),
            "until" => until = builder.take(node.cell()),
            _ => builder.unknown_key(&key, &[main, "from", "until"]),
        }
    }
    (value, builder.validity(from.as_ref(), until.as_ref()))
}

fn act(builder: &mut Builder<'_>, node: Node<'_>, members: Vec<Member<'_>>) {
    let mut draft = Draft::new(node.span());
    for (key, node) in members {
        match &*key.text {
            "id" => draft.id = builder.take(node.cell()),
            "action" => draft.action = builder.take(node.cell()),
            "situation" => draft.situation = builder.take(node.cell()),
            "expect" => draft.expect = builder.expect(node),
            "is" => draft.relations.extend(is(builder, node)),
            word => {
                if let Some(mode) = mode_named(word) {
                    if let Some(cell) = builder.take(node.cell()) {
                        builder.set_mode(&mut draft, mode, key.span, &cell);
                    }
                } else if let Some(said) = said(builder, node) {
                    draft.say(key, said);
                }
            }
        }
    }
    builder.act(draft);
}

fn relations(builder: &mut Builder<'_>, node: Node<'_>) {
    for (key, node) in builder.object(node, "`relations`").unwrap_or_default() {
        let Some((relation, denied)) = builder.names.relation(&key.text) else {
            builder.unknown_relation(&key, None);
            continue;
        };
        each(builder, node, "tuples are", |builder, item| {
            if let Some(tuple) = tuple(builder, item) {
                builder.tuple(relation, denied, &tuple);
            }
        });
    }
}

/// A list of values, or `{ "tuple": […], "from": …, "until": … }`; a value alone is a tuple of
/// one.
fn tuple<'a>(builder: &mut Builder<'_>, node: Node<'a>) -> Option<Tuple<'a>> {
    match node.shape() {
        Shape::Object => {
            let members = builder.members(node)?;
            bounded_tuple(builder, node, members)
        }
        _ => cells(builder, node, None),
    }
}

fn bounded_tuple<'a>(
    builder: &mut Builder<'_>,
    node: Node<'a>,
    members: Vec<Member<'a>>,
) -> Option<Tuple<'a>> {
    let (values, validity) = bounded(builder, members, "tuple");
    if let Some(values) = values {
        return cells(builder, values, validity);
    }
    let message = "an object in the place of a tuple has a key `tuple`";
    builder.error("wrong-shape", node.span(), message);
    None
}

fn cells<'a>(
    builder: &mut Builder<'_>,
    values: Node<'a>,
    validity: Option<Validity>,
) -> Option<Tuple<'a>> {
    let mut cells = Vec::new();
    let read = match values.shape() {
        Shape::List => values.each_item(|item| cells.extend(builder.take(item.cell()))),
        _ => values.cell().map(|cell| cells.push(cell)),
    };
    builder.take(read)?;
    Some(Tuple {
        cells,
        validity,
        span: values.span(),
    })
}

/// A line `{ "relation": …, "tuple": […], "from": …, "until": … }`, `relation` being taken out.
pub(super) fn tuple_of(
    builder: &mut Builder<'_>,
    node: Node<'_>,
    name: Node<'_>,
    members: Vec<Member<'_>>,
) {
    let Some(tuple) = bounded_tuple(builder, node, members) else {
        return;
    };
    let Some(cell) = builder.take(name.cell()) else {
        return;
    };
    let CellKind::Text(text) = cell.kind else {
        let message = format!("expected a relation, found {}", cell.kind.describe());
        builder.error("wrong-shape", cell.span, message);
        return;
    };
    match builder.names.relation(&text) {
        Some((relation, denied)) => builder.tuple(relation, denied, &tuple),
        None => builder.unknown_relation(
            &Key {
                text,
                span: cell.span,
            },
            None,
        ),
    }
}
