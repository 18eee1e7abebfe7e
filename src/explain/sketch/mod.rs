//! What a picture of an explanation shows, whatever it is drawn with: boxes with their texts,
//! and lines between them.
//!
//! - What one fact, absence or unknown says is a line in the box of each node that rests on it.
//! - What is to be weighed or to be done, notes, much advice and the like stand together in one
//!   box.
//! - A document, and why it governs the act, hangs on nearly every norm: lines to such a box
//!   are left out, as its heading says what it belongs to.
//! - Of more than [`MOST`] boxes those nearest to the verdict are shown, and the rest counted.

mod parts;

use std::collections::{BTreeMap, BTreeSet};

use super::fold;
use super::graph::{Edge, Explanation, NodeId, NodeKind, NormNode};
use super::what_if;
use super::wrap::{LONGEST, shortened};

use parts::{boxed, together};

/// How many boxes a picture has at most.
pub(super) const MOST: usize = 300;

/// How many pieces of advice in force have boxes of their own: more hide what the verdict rests on.
const ADVICE: usize = 3;

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

impl Sketch {
    /// Whether a box neither rests on another nor another on it, as documents and what is told
    /// besides.
    pub(super) fn stands_alone(&self, place: usize) -> bool {
        let mut drawn = self.lines.iter().filter(|line| !line.hidden);
        place > 0 && !drawn.any(|line| [line.from, line.to].contains(&place))
    }
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
    let gathered = gathered(explanation);
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

/// What stands together in one box, as it bears on no verdict: duties, factors, consequences,
/// notes, advice that may be in force, what is not in force on the day; and advice in force where
/// there is much of it.
fn gathered(explanation: &Explanation) -> BTreeSet<NodeId> {
    let norm = |id: NodeId| match explanation.node(id).map(|node| &node.kind) {
        Some(NodeKind::Norm(norm)) => Some(norm),
        _ => None,
    };
    let own = |&id: &NodeId| explanation.parents(id) <= 1 && explanation.root() != Some(id);
    let with = |wanted: &dyn Fn(&NormNode) -> bool| -> BTreeSet<NodeId> {
        let ids = explanation.ids().filter(own);
        ids.filter(|&id| norm(id).is_some_and(|norm| wanted(norm)))
            .collect()
    };
    let mut gathered = with(&|norm| {
        matches!(norm.effect, "consider" | "note" | "consequence")
            || (norm.due.is_some() && !norm.advises())
            || norm.status == "out-of-force"
            || (norm.advises() && norm.status != "in")
    });
    let advice = with(&|norm| norm.advises() && norm.status == "in");
    if advice.len() > ADVICE {
        gathered.extend(advice);
    }
    gathered
}
