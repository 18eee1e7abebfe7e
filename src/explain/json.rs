//! An explanation as JSON, for other programs: `docs/schemas/explanation.schema.json`. Lines of
//! many: `docs/schemas/proofs.schema.json`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::base::Language;

use super::graph::{AtomParts, Explanation, InForceIf, Node, NodeId, NodeKind, NormNode};

/// The schema that [`render_json`] follows.
pub const SCHEMA: &str = "attendu.explanation/2";

/// The schema of the lines that explain all acts.
pub const PROOFS_SCHEMA: &str = "attendu.proofs/1";

/// The explanation as one JSON object.
pub fn to_json(explanation: &Explanation) -> Value {
    let name = |id: NodeId| explanation.node(id).map(|node| node.name.clone());
    let edges = explanation.edges();
    let mut object = json!({
        "schema": SCHEMA,
        "language": explanation.language.code(),
        "act": explanation.act,
        "at": explanation.at,
        "root": explanation.root().and_then(name),
        "nodes": explanation.nodes().map(|(_, node)| node_json(node, &json!(node.name))).collect::<Vec<_>>(),
        "edges": edges
            .map(|(from, to, edge)| json!({
                "from": name(from),
                "to": name(to),
                "kind": edge.word(),
            }))
            .collect::<Vec<_>>(),
    });
    if let (Some(what_if), Value::Object(object)) = (&explanation.what_if, &mut object) {
        object.insert("what_if".to_owned(), json!(what_if));
    }
    object
}

/// The same, written out in lines.
pub fn render_json(explanation: &Explanation) -> String {
    let mut text = format!("{:#}", to_json(explanation));
    text.push('\n');
    text
}

/// The line that heads those of all explanations.
pub fn heading(language: Language, assumed: &[String], retracted: &[String]) -> String {
    let heading = json!({
        "schema": PROOFS_SCHEMA, "language": language.code(),
        "assumed": assumed, "retracted": retracted,
    });
    heading.to_string()
}

/// The line of a node, numbered, with the numbers of what it rests on; that of the verdict says
/// what is explained.
pub(super) fn line(
    explanation: &Explanation,
    id: NodeId,
    number: usize,
    numbers: &BTreeMap<NodeId, usize>,
) -> String {
    let node = explanation.node(id);
    let mut object = node.map_or_else(Map::new, |node| node_json(node, &json!(number)));
    let rests_on = explanation.children(id).into_iter();
    let rests_on: Vec<_> = rests_on
        .filter_map(|(edge, child)| {
            let number = numbers.get(&child)?;
            Some(json!({ "kind": edge.word(), "id": number }))
        })
        .collect();
    object.insert("rests_on".to_owned(), json!(rests_on));
    if explanation.root() == Some(id) {
        object.insert("name".to_owned(), json!(explanation.act));
        object.insert("at".to_owned(), json!(explanation.at));
    }
    Value::Object(object).to_string()
}

/// A node under a name of its own.
fn node_json(node: &Node, id: &Value) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("id".to_owned(), id.clone());
    object.insert("kind".to_owned(), json!(node.kind.word()));
    object.insert("text".to_owned(), json!(node.text));
    if let Value::Object(fields) = fields(&node.kind) {
        object.extend(fields);
    }
    object
}

fn fields(kind: &NodeKind) -> Value {
    match kind {
        NodeKind::Verdict { act, verdict } => json!({ "act": act, "verdict": verdict }),
        NodeKind::WhyNot {
            act,
            verdict,
            wanted,
            left_out,
            rules_left_out,
        } => json!({
            "act": act, "verdict": verdict, "wanted": wanted, "left_out": left_out,
            "rules_left_out": rules_left_out,
        }),
        NodeKind::Norm(norm) => norm_fields(norm),
        NodeKind::Resolution {
            winner,
            loser,
            principle,
        } => json!({ "winner": winner, "loser": loser, "principle": principle }),
        NodeKind::Condition {
            norm,
            written,
            standing,
            fixed,
        } => json!({ "norm": norm, "written": written, "standing": standing, "fixed": fixed }),
        NodeKind::Rule {
            id,
            written,
            atom,
            values,
            lines,
            place,
            certain,
            fails,
            left_out,
        } => {
            let mut fields = json!({
                "statement": id, "written": written, "atom": atom_json(atom),
                "values": values_json(values), "lines": lines, "place": place,
                "certain": certain, "fails": fails,
            });
            if let (1.., Value::Object(fields)) = (left_out, &mut fields) {
                fields.insert("left_out".to_owned(), json!(left_out));
            }
            fields
        }
        NodeKind::Fact { atom, place } => json!({ "atom": atom_json(atom), "place": place }),
        NodeKind::Absence {
            atom,
            reason,
            place,
        } => json!({ "atom": atom_json(atom), "reason": reason.word(), "place": place }),
        NodeKind::Assumption { atom } | NodeKind::Unknown { atom } => {
            json!({ "atom": atom_json(atom) })
        }
        NodeKind::Comparison {
            written,
            left,
            right,
        } => json!({ "written": written, "left": left, "right": right }),
        NodeKind::Aggregate {
            function,
            written,
            value,
            members,
            count,
        } => json!({
            "function": function, "written": written, "value": value,
            "members": members, "count": count,
        }),
        NodeKind::Document {
            id,
            from,
            until,
            source,
        } => json!({ "document": id, "from": from, "until": until, "source": source }),
    }
}

fn norm_fields(norm: &NormNode) -> Value {
    let mut fields = json!({
        "norm": norm.id, "effect": norm.effect, "status": norm.status, "certain": norm.certain,
        "lines": norm.lines, "values": values_json(&norm.values), "place": norm.place, "due": norm.due,
        "standing": norm.standing, "deadline": norm.deadline,
        "misses": norm.misses,
    });
    if let (Some(in_force_if), Value::Object(fields)) = (&norm.in_force_if, &mut fields) {
        fields.insert("in_force_if".to_owned(), in_force_if_json(in_force_if));
    }
    fields
}

fn in_force_if_json(in_force_if: &InForceIf) -> Value {
    let atom =
        |(atom, holds): &(AtomParts, bool)| json!({ "atom": atom_json(atom), "holds": holds });
    let ways = in_force_if.ways.iter();
    let ways: Vec<Vec<_>> = ways.map(|way| way.iter().map(atom).collect()).collect();
    json!({ "text": in_force_if.text, "ways": ways })
}

fn values_json(values: &[(String, String)]) -> Map<String, Value> {
    let values = values.iter();
    values
        .map(|(name, value)| (name.clone(), json!(value)))
        .collect()
}

fn atom_json(atom: &AtomParts) -> Value {
    json!({ "written": atom.written, "relation": atom.relation, "arguments": atom.arguments })
}
