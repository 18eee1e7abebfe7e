//! What a picture of an explanation shows, whatever it is drawn with: boxes with their texts,
//! and lines between them.
//!
//! - What one fact, absence or unknown says is a line in the box of each node that rests on it.
//! - What is to be weighed or to be done, notes and the like stand together in one box.
//! - A document, and why it governs the act, hangs on nearly every norm: lines to such a box
//!   are left out, as its heading says what it belongs to.
//! - Of more than [`MOST`] boxes those nearest to the verdict are shown, and the rest counted.

use std::collections::{BTreeMap, BTreeSet};

use super::describe::{describe, is_raw, spoken};
use super::fold;
use super::graph::{Absence, Edge, Explanation, Node, NodeId, NodeKind};
use super::labels;
use super::what_if;
use super::wrap::{LONGEST, one_line, shortened};

/// How many boxes a picture has at most.
pub(super) const MOST: usize = 300;

/// How many lines to why a document governs the act do not yet hide them.
const SHARED: usize = 3;

/// Characters of one part of a label.
const LABEL_LONGEST: usize = LONGEST / 2;

/// What a picture shows.
#[derive(Debug)]
pub(super) struct Sketch {
    /// Above it: what is supposed, and what is not shown.
    pub title: Vec<String>,
    /// Its boxes; the first is what is explained.
    pub boxes: Vec<Boxed>,
    /// The lines between them.
    pub lines: Vec<Line>,
}

/// A box.
#[derive(Debug)]
pub(super) struct Boxed {
    /// The name of its node.
    pub name: String,
    /// What it looks like.
    pub look: Look,
    /// What it says.
    pub parts: Vec<Part>,
}

/// A part of what a box says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// How far it is indented; 0 is the box's own.
    pub depth: usize,
    /// Whether it says what the box is.
    pub heading: bool,
    /// What it says.
    pub text: String,
}

/// A line from what rests on something to what that is, as places of boxes.
#[derive(Debug)]
pub(super) struct Line {
    /// Where it starts.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it means.
    pub edge: Edge,
    /// It only holds the boxes together.
    pub hidden: bool,
}

/// The looks of boxes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Look {
    /// What is explained.
    Verdict,
    /// A norm in force.
    InForce,
    /// A norm that may be in force.
    Open,
    /// A norm that is set aside or does not apply.
    Aside,
    /// Who prevails, or that nobody does.
    Priority,
    /// What a norm requires.
    Condition,
    /// A rule or a definition.
    Rule,
    /// A guideline.
    Document,
    /// Something assumed.
    Assumed,
    /// Something that nobody stated.
    Unknown,
    /// A fact and the like, or several things that stand together.
    Plain,
}

impl Look {
    fn of(kind: &NodeKind) -> Self {
        match kind {
            NodeKind::Verdict { .. } | NodeKind::WhyNot { .. } => Self::Verdict,
            NodeKind::Norm(norm) => match norm.status {
                "in" => Self::InForce,
                "open" => Self::Open,
                _ => Self::Aside,
            },
            NodeKind::Resolution { .. } => Self::Priority,
            NodeKind::Condition { .. } => Self::Condition,
            NodeKind::Rule { .. } => Self::Rule,
            NodeKind::Document { .. } => Self::Document,
            NodeKind::Assumption { .. } => Self::Assumed,
            NodeKind::Unknown { .. } => Self::Unknown,
            NodeKind::Fact { .. }
            | NodeKind::Absence { .. }
            | NodeKind::Comparison { .. }
            | NodeKind::Aggregate { .. } => Self::Plain,
        }
    }
}

/// The picture of an explanation.
pub(super) fn sketch(explanation: &Explanation) -> Sketch {
    let leaves: BTreeSet<_> = explanation
        .ids()
        .filter(|&id| explanation.parents(id) > 0 && is_leaf(explanation, id))
        .collect();
    let gathered: BTreeSet<_> = explanation
        .ids()
        .filter(|&id| is_aside(explanation, id))
        .collect();
    let led_to = led_to(explanation, &gathered);
    let is_boxed = |id: &NodeId| led_to.contains(id) && !leaves.contains(id);
    let (shown, mut title) = fold::nearest(explanation, is_boxed, MOST - 1);
    title.splice(0..0, supposed(explanation));
    let places: BTreeMap<_, _> = shown.iter().copied().zip(0..).collect();
    let mut boxes: Vec<_> = shown
        .iter()
        .filter_map(|&id| Some(boxed(explanation, id, explanation.node(id)?, &leaves)))
        .collect();
    let mut lines = lines(explanation, &places);
    if !gathered.is_empty() {
        let to = boxes.len();
        boxes.push(together(explanation, &gathered));
        lines.push(Line {
            from: 0,
            to,
            edge: Edge::Because,
            hidden: true,
        });
    }
    for (id, place) in &places {
        let children = explanation.children(*id);
        let missing = children
            .iter()
            .filter(|(_, child)| is_boxed(child) && !places.contains_key(child));
        let missing = missing.count();
        if let Some(of) = boxes.get_mut(*place).filter(|_| missing > 0) {
            of.parts.push(Part {
                depth: 0,
                heading: false,
                text: fold::not_shown(explanation.language, missing),
            });
        }
    }
    Sketch {
        title,
        boxes,
        lines,
    }
}

/// The nodes that something leads to other than those that are gathered, and those that
/// nothing leads to at all.
fn led_to(explanation: &Explanation, gathered: &BTreeSet<NodeId>) -> BTreeSet<NodeId> {
    let mut known = BTreeSet::new();
    let mut open: Vec<_> = explanation
        .ids()
        .filter(|&id| explanation.parents(id) == 0)
        .collect();
    while let Some(id) = open.pop() {
        if !gathered.contains(&id) && known.insert(id) {
            open.extend(explanation.children(id).iter().map(|&(_, child)| child));
        }
    }
    known
}

/// What is supposed, above the picture.
fn supposed(explanation: &Explanation) -> Vec<String> {
    let what_if = explanation.what_if.as_ref();
    let lines = what_if.map(|what_if| what_if::supposed(explanation.language, what_if));
    let lines = lines.unwrap_or_default().into_iter();
    lines.map(|line| shortened(&line, LABEL_LONGEST)).collect()
}

/// The lines between the boxes shown.
fn lines(explanation: &Explanation, places: &BTreeMap<NodeId, usize>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut held = BTreeSet::new();
    for (from, to, edge) in explanation.edges() {
        let (Some(&from), Some(&place)) = (places.get(&from), places.get(&to)) else {
            continue;
        };
        if belongs_to_all(explanation, to) {
            if held.insert(to) {
                lines.push(Line {
                    from: 0,
                    to: place,
                    edge,
                    hidden: true,
                });
            }
        } else {
            lines.push(Line {
                from,
                to: place,
                edge,
                hidden: false,
            });
        }
    }
    lines
}

/// Whether a node is a document, or says that one governs the act.
fn belongs_to_all(explanation: &Explanation, id: NodeId) -> bool {
    explanation.node(id).is_some_and(|node| match &node.kind {
        NodeKind::Document { .. } => true,
        kind => kind.is_scope() && explanation.parents(id) > SHARED,
    })
}

/// Whether a node is a line in the boxes of what rests on it.
fn is_leaf(explanation: &Explanation, id: NodeId) -> bool {
    let Some(node) = explanation.node(id) else {
        return false;
    };
    let says_one_thing = matches!(
        node.kind,
        NodeKind::Fact { .. }
            | NodeKind::Assumption { .. }
            | NodeKind::Absence { .. }
            | NodeKind::Unknown { .. }
            | NodeKind::Comparison { .. }
            | NodeKind::Aggregate { .. }
    ) || match &node.kind {
        NodeKind::Rule { fails: Some(_), .. } => true,
        // A step of the vocabulary that one node alone rests on.
        NodeKind::Rule { id: None, .. } => explanation.parents(id) == 1,
        _ => false,
    };
    says_one_thing
        && explanation
            .children(id)
            .iter()
            .all(|&(_, child)| is_leaf(explanation, child))
}

/// Whether a node bears on no verdict: duties, factors, consequences, notes, advice that may
/// be in force, what is not in force on the day.
fn is_aside(explanation: &Explanation, id: NodeId) -> bool {
    let Some(NodeKind::Norm(norm)) = explanation.node(id).map(|node| &node.kind) else {
        return false;
    };
    let advises = matches!(norm.effect, "discourage" | "recommend");
    let is_aside = matches!(norm.effect, "consider" | "note" | "consequence")
        || (norm.due.is_some() && !advises)
        || norm.status == "out-of-force"
        || (advises && norm.status != "in");
    is_aside && explanation.parents(id) <= 1 && explanation.root() != Some(id)
}

/// The box of what bears on no verdict: each with its text where it is there or may be, the
/// rest by their ids.
fn together(explanation: &Explanation, gathered: &BTreeSet<NodeId>) -> Boxed {
    let language = explanation.language;
    let mut parts = vec![Part {
        depth: 0,
        heading: true,
        text: labels::besides(language).to_owned(),
    }];
    let mut rest: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for &id in gathered {
        let Some(node) = explanation.node(id) else {
            continue;
        };
        let NodeKind::Norm(norm) = &node.kind else {
            continue;
        };
        let is_due = norm.due.is_some() && norm.status == "in" && norm.effect != "recommend";
        if norm.standing == Some("met") || is_due {
            let part = Part {
                depth: 1,
                heading: false,
                text: cut(&format!("{}: {}", norm.id, spoken(explanation, &node.text))),
            };
            if !parts.contains(&part) {
                parts.push(part);
            }
        } else {
            let heading = describe(explanation, node).heading;
            let of = heading.split_once(", ").map_or("", |(_, of)| of);
            rest.entry(of.to_owned()).or_default().push(norm.id.clone());
        }
    }
    let colon = labels::labels(language).colon;
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

fn boxed(explanation: &Explanation, id: NodeId, node: &Node, leaves: &BTreeSet<NodeId>) -> Boxed {
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
