//! What the boxes of a picture say.

use std::collections::{BTreeMap, BTreeSet};

use super::super::describe::{describe, is_raw, spoken};
use super::super::graph::{Absence, Explanation, Node, NodeId, NodeKind};
use super::super::labels;
use super::super::wrap::{one_line, shortened};
use super::{Boxed, LABEL_LONGEST, Look, Part};

/// The box of what bears on no verdict: each with its text where it is there or may be, the
/// rest by their ids.
pub(super) fn together(explanation: &Explanation, gathered: &BTreeSet<NodeId>) -> Boxed {
    let language = explanation.language;
    let mut parts = vec![Part {
        depth: 0,
        heading: true,
        text: labels::besides(language).to_owned(),
    }];
    let colon = labels::labels(language).colon;
    let mut rest: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for &id in gathered {
        let Some(node) = explanation.node(id) else {
            continue;
        };
        let NodeKind::Norm(norm) = &node.kind else {
            continue;
        };
        let is_said = norm.due.is_some() || norm.advises();
        if norm.standing == Some("met") || (is_said && norm.status == "in") {
            let part = Part {
                depth: 1,
                heading: false,
                text: cut(&format!(
                    "{}{colon}{}",
                    norm.id,
                    spoken(explanation, &node.text)
                )),
            };
            if !parts.contains(&part) {
                parts.push(part);
            }
        } else {
            let heading = describe(explanation, node).heading;
            let of = heading.split_once(", ").map_or("", |(_, of)| of);
            let ids = rest.entry(of.to_owned()).or_default();
            if !ids.contains(&norm.id) {
                ids.push(norm.id.clone());
            }
        }
    }
    parts.extend(rest.into_iter().map(|(what, ids)| Part {
        depth: 1,
        heading: false,
        text: format!("{what}{colon}{}", cut(&ids.join(", "))),
    }));
    Boxed {
        name: "besides".to_owned(),
        look: Look::Plain,
        parts,
    }
}

/// The box of a node, with the leaves below it.
pub(super) fn boxed(
    explanation: &Explanation,
    id: NodeId,
    node: &Node,
    leaves: &BTreeSet<NodeId>,
) -> Boxed {
    let described = describe(explanation, node);
    let mut parts = vec![Part {
        depth: 0,
        heading: true,
        text: cut(&match &node.kind {
            // Its text says which act it is.
            NodeKind::Verdict { verdict, .. } => {
                labels::verdict(explanation.language, verdict).to_owned()
            }
            _ => spoken(explanation, &described.heading),
        }),
    }];
    let remark = remark(explanation, node);
    parts.extend([node.text.clone(), remark].iter().filter_map(|text| {
        let text = cut(&spoken(explanation, text));
        (!text.is_empty()).then_some(Part {
            depth: 0,
            heading: false,
            text,
        })
    }));
    leaf_parts(explanation, id, leaves, 1, &mut parts);
    Boxed {
        name: node.name.clone(),
        look: Look::of(&node.kind),
        parts,
    }
}

/// The leaves below a node, a part for each.
fn leaf_parts(
    explanation: &Explanation,
    id: NodeId,
    leaves: &BTreeSet<NodeId>,
    depth: usize,
    parts: &mut Vec<Part>,
) {
    let mut cases = 0;
    for (_, child) in explanation.children(id) {
        let Some(node) = explanation.node(child).filter(|_| leaves.contains(&child)) else {
            continue;
        };
        if is_no_case(node) {
            cases += 1;
            continue;
        }
        if matches!(&node.kind, NodeKind::Comparison { left, right, .. } if left == right) {
            continue;
        }
        let kind = labels::kind(explanation.language, &node.kind);
        let colon = labels::labels(explanation.language).colon;
        let reason = match &node.kind {
            NodeKind::Absence { reason, .. } => {
                format!(", {}", labels::absence(explanation.language, *reason))
            }
            _ => String::new(),
        };
        let text = format!(
            "{kind}{reason}{colon}{} {}",
            spoken(explanation, &node.text),
            remark(explanation, node)
        );
        let part = Part {
            depth,
            heading: false,
            text: cut(text.trim_end()),
        };
        if !parts.contains(&part) {
            parts.push(part);
        }
        leaf_parts(explanation, child, leaves, depth + 1, parts);
    }
    if cases > 0 {
        parts.push(Part {
            depth,
            heading: false,
            text: labels::no_cases(explanation.language, cases),
        });
    }
}

/// Whether a node says of several conditions, some of which have no words, that nothing meets
/// them all.
fn is_no_case(node: &Node) -> bool {
    let absence = matches!(
        node.kind,
        NodeKind::Absence {
            reason: Absence::NoCase,
            ..
        }
    );
    absence && is_raw(&node.text)
}

/// Where something is cited or stated; what a policy would be written with is left out.
fn remark(explanation: &Explanation, node: &Node) -> String {
    let language = explanation.language;
    let parts = match &node.kind {
        NodeKind::Norm(norm) => {
            let by = labels::labels(language).by;
            let deadline = norm.deadline.as_ref().map(|day| format!("{by} {day}"));
            let lines = labels::lines(language, &norm.lines);
            std::iter::once(lines).chain(deadline).collect()
        }
        NodeKind::Rule { lines, .. } => vec![labels::lines(language, lines)],
        NodeKind::Resolution { principle, .. } => {
            vec![labels::principle(language, *principle).to_owned()]
        }
        NodeKind::Fact { place, .. } | NodeKind::Absence { place, .. } => {
            place.clone().into_iter().collect()
        }
        NodeKind::Aggregate { value, .. } => vec![format!("= {value}")],
        _ => Vec::new(),
    };
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("({})", parts.join("; "))
    }
}

fn cut(text: &str) -> String {
    shortened(&one_line(text), LABEL_LONGEST)
}
