//! Every step of an explanation as a tree for a page. A node that several rest on is written
//! out once and referred to from then on; so is one that lies too deep.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::super::describe::describe;
use super::super::graph::{Explanation, NodeId, NodeKind};
use super::super::labels;
use super::super::wrap::{LONGEST, one_line, shortened};

/// How deep a tree goes before it starts anew at the margin.
const DEEPEST: usize = 20;

struct Maker<'e> {
    explanation: &'e Explanation,
    written: BTreeSet<NodeId>,
}

/// The trees of an explanation: the verdict's, then what lay too deep in it, then the documents.
pub(super) fn tree(explanation: &Explanation) -> Vec<Value> {
    let mut maker = Maker {
        explanation,
        written: BTreeSet::new(),
    };
    let (documents, others): (Vec<_>, Vec<_>) = explanation
        .ids()
        .partition(|&id| is_document(explanation, id));
    let mut trees = Vec::new();
    for id in others.into_iter().chain(documents) {
        if !maker.written.contains(&id) {
            trees.extend(maker.branch(id, "", 0));
        }
    }
    trees
}

impl Maker<'_> {
    fn branch(&mut self, id: NodeId, word: &'static str, depth: usize) -> Option<Value> {
        let node = self.explanation.node(id)?;
        let described = describe(self.explanation, node);
        let seen = depth >= DEEPEST || !self.written.insert(id);
        let mut below = Vec::new();
        if !seen {
            for (edge, child) in self.explanation.children(id) {
                // Documents stand at the end, as nearly all norms cite the same.
                if !is_document(self.explanation, child) {
                    let word = labels::edge(self.explanation.language, edge);
                    below.extend(self.branch(child, word, depth + 1));
                }
            }
        }
        let cut = |text: &str| shortened(&one_line(text), LONGEST);
        Some(context! {
            id => node.name.clone(),
            heading => cut(&described.heading),
            text => cut(&described.text),
            remarks => cut(&described.remarks.join("; ")),
            word => word,
            seen => seen,
            below => below,
        })
    }
}

fn is_document(explanation: &Explanation, id: NodeId) -> bool {
    let node = explanation.node(id);
    node.is_some_and(|node| matches!(node.kind, NodeKind::Document { .. }))
}
