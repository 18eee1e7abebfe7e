//! A graph too large to be looked at: which of its nodes are shown, and what is said of the
//! rest.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::base::Language;

use super::graph::{Explanation, NodeId};
use super::labels::{self, choose};

/// At most `most` nodes of those that `counts` counts: the nearest to the root, in the order in
/// which they were said. Then a line on each kind of which some are left out.
pub(super) fn nearest(
    explanation: &Explanation,
    counts: impl Fn(&NodeId) -> bool,
    most: usize,
) -> (Vec<NodeId>, Vec<String>) {
    let all: Vec<_> = explanation.ids().filter(&counts).collect();
    if all.len() <= most {
        return (all, Vec::new());
    }
    let shown: BTreeSet<_> = by_distance(explanation)
        .into_iter()
        .filter(&counts)
        .take(most)
        .collect();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for node in all.iter().filter(|id| !shown.contains(id)) {
        if let Some(node) = explanation.node(*node) {
            let kind = labels::kind(explanation.language, &node.kind);
            *kinds.entry(kind).or_default() += 1;
        }
    }
    let kinds: Vec<_> = kinds
        .iter()
        .map(|(kind, count)| format!("{kind} {count}"))
        .collect();
    let said = too_many(
        explanation.language,
        all.len() - shown.len(),
        all.len(),
        &kinds.join(", "),
    );
    (shown.into_iter().collect(), vec![said])
}

/// All nodes, the root first, then what it rests on, and so on; last what nothing leads to.
fn by_distance(explanation: &Explanation) -> Vec<NodeId> {
    let mut known = BTreeSet::new();
    let mut order = Vec::new();
    let mut queue: VecDeque<_> = explanation.root().into_iter().collect();
    known.extend(explanation.root());
    while let Some(id) = queue.pop_front() {
        order.push(id);
        for (_, child) in explanation.children(id) {
            if known.insert(child) {
                queue.push_back(child);
            }
        }
    }
    order.extend(explanation.ids().filter(|id| !known.contains(id)));
    order
}

/// What a picture leaves out, by kind.
fn too_many(language: Language, left_out: usize, all: usize, kinds: &str) -> String {
    match language {
        Language::En => {
            format!("Not shown: {left_out} of {all} boxes, the furthest from the verdict ({kinds})")
        }
        Language::Fr => format!(
            "Non montrées\u{a0}: {left_out} cases sur {all}, les plus éloignées du verdict ({kinds})"
        ),
    }
}

/// How many boxes a box would lead to that are not shown.
pub(super) fn not_shown(language: Language, count: usize) -> String {
    let words = choose(
        language,
        ("not shown below this", "non montrées en dessous"),
    );
    format!("{words}{}{count}", labels::labels(language).colon)
}
