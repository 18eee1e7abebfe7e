//! The facts that a memo relies on, numbered in the order in which it first does, and the
//! texts that it cites.

use super::super::graph::{Absence, Edge, NodeId, NodeKind};
use super::super::labels::labels;
use super::super::wrap::one_line;
use super::case::{Case, Part};
use super::{Block, says};

impl Case<'_> {
    /// The note of a fact: its number, given on the first call.
    pub(super) fn note(&mut self, id: NodeId) -> usize {
        let known = self.noted.iter().position(|&known| known == id);
        let place = known.unwrap_or_else(|| {
            self.noted.push(id);
            self.noted.len() - 1
        });
        place + 1
    }

    /// The notes of all facts that `id` comes down to: ` [1, 4]`; nothing if there are none.
    pub(super) fn notes(&mut self, id: NodeId) -> String {
        let mut leaves = Vec::new();
        self.leaves(id, &mut leaves);
        let mut notes: Vec<_> = leaves.into_iter().map(|leaf| self.note(leaf)).collect();
        notes.sort_unstable();
        notes.dedup();
        if notes.is_empty() {
            return String::new();
        }
        let notes: Vec<_> = notes.iter().map(usize::to_string).collect();
        format!("\u{a0}[{}]", notes.join(",\u{a0}"))
    }

    /// The facts, assumptions and absences without further ground that a node comes down to.
    fn leaves(&self, id: NodeId, leaves: &mut Vec<NodeId>) {
        let Some(node) = self.node(id) else {
            return;
        };
        match &node.kind {
            NodeKind::Fact { .. } | NodeKind::Assumption { .. } => leaves.push(id),
            NodeKind::Absence { reason, .. } => match reason {
                Absence::Concluded => self.below(id, leaves),
                Absence::NoCase | Absence::Itself => {}
                _ => leaves.push(id),
            },
            NodeKind::Rule { .. } | NodeKind::Aggregate { .. } => self.below(id, leaves),
            _ => {}
        }
    }

    fn below(&self, id: NodeId, leaves: &mut Vec<NodeId>) {
        for (edge, child) in self.explanation.children(id) {
            if edge != Edge::Cites {
                self.leaves(child, leaves);
            }
        }
    }
}

/// The facts that the memo has noted.
pub(super) fn facts(case: &Case<'_>) -> Vec<Block> {
    let says = says::words(case.language);
    let fact = |(index, &id): (usize, &NodeId)| {
        let node = case.node(id)?;
        let (place, reason) = match &node.kind {
            NodeKind::Fact { place, .. } => (place.clone(), None),
            NodeKind::Assumption { .. } => (None, Some(says.assumed)),
            NodeKind::Absence { reason, place, .. } => {
                let reason = match reason {
                    Absence::Closed => Some(says.nothing_says),
                    Absence::Assumed => Some(says.assumed),
                    Absence::RowClosed => Some(says.row_closed),
                    _ => None,
                };
                (place.clone(), reason)
            }
            _ => (None, None),
        };
        let ground: Vec<_> = reason.map(str::to_owned).into_iter().chain(place).collect();
        let text = case.words(&node.text);
        Some(Block::Item {
            mark: format!("[{}]", index + 1),
            text: if ground.is_empty() {
                text
            } else {
                format!("{text} ({})", ground.join("; "))
            },
            below: Vec::new(),
        })
    };
    case.noted.iter().enumerate().filter_map(fact).collect()
}

/// The documents whose norms the memo speaks of.
pub(super) fn texts(case: &Case<'_>) -> Vec<Block> {
    let words = labels(case.language);
    let mut cited: Vec<NodeId> = Vec::new();
    for one in case.norms.iter().filter(|one| one.part != Part::Note) {
        cited.extend(case.document(one.id).filter(|id| !cited.contains(id)));
    }
    let text = |id: NodeId| {
        let NodeKind::Document {
            id: name,
            from,
            until,
            source,
        } = &case.node(id)?.kind
        else {
            return None;
        };
        let labelled = |label: &str, text: &Option<String>| {
            text.as_ref().map(|text| format!("{label} {text}"))
        };
        let remarks = [
            Some(name.clone()),
            labelled(words.from, from),
            labelled(words.until, until),
            labelled(words.source, source),
        ];
        let remarks: Vec<_> = remarks.into_iter().flatten().collect();
        let remarks = one_line(&remarks.join(", "));
        Some(Block::listed(format!("{} ({remarks})", case.title(id))))
    };
    cited.into_iter().filter_map(text).collect()
}
