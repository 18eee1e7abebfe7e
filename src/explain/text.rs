//! An explanation as a tree of text, for terminals, paper and screen readers. Structure is
//! carried by words and indentation alone. A node with several parents is written out once,
//! under a number, and referred to from then on.

use std::collections::{BTreeMap, BTreeSet};

use super::describe::{Described, describe};
use super::graph::{Edge, Explanation, Node, NodeId, NodeKind};
use super::labels::{Labels, edge as edge_label, labels};
use super::says;
use super::what_if;
use super::wrap::{LONGEST, one_line, push_lines, shortened};

/// How far a line may be indented; what lies deeper starts there.
const DEEPEST: usize = 12;

/// What a node rests on, in the order in which it is told.
const ORDER: [Edge; 8] = [
    Edge::Because,
    Edge::Unless,
    Edge::Otherwise,
    Edge::Fails,
    Edge::Bars,
    Edge::Holds,
    Edge::Defeats,
    Edge::Cites,
];

/// The explanation in lines of at most `width` characters (no fewer than 30).
pub fn render_text(explanation: &Explanation, width: usize) -> String {
    let mut page = Page {
        explanation,
        words: labels(explanation.language),
        width: width.max(30),
        numbers: numbers(explanation),
        written: BTreeSet::new(),
        text: String::new(),
    };
    if let Some(root) = explanation.root() {
        page.root(root);
    }
    page.rest();
    page.text
}

/// Nodes with several parents, numbered in order of the tree.
fn numbers(explanation: &Explanation) -> BTreeMap<NodeId, usize> {
    explanation
        .ids()
        .filter(|&id| explanation.parents(id) > 1)
        .filter(|&id| {
            let node = explanation.node(id);
            !node.is_some_and(|node| matches!(node.kind, NodeKind::Document { .. }))
        })
        .zip(1..)
        .collect()
}

struct Page<'e> {
    explanation: &'e Explanation,
    words: &'static Labels,
    width: usize,
    numbers: BTreeMap<NodeId, usize>,
    written: BTreeSet<NodeId>,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, first: &str, rest: &str, text: &str) {
        let text = shortened(&one_line(text), LONGEST);
        push_lines(&mut self.text, self.width, (first, rest), &text);
    }

    /// The verdict, then what it rests on, in sections.
    fn root(&mut self, root: NodeId) {
        self.written.insert(root);
        if let Some(node) = self.explanation.node(root) {
            let described = describe(self.explanation, node);
            self.line("", "", &described.heading);
            self.line("", "", &described.text);
            self.supposed(node);
        }
        if self.why_not(root) {
            return;
        }
        let children = self.explanation.children(root);
        for (index, heading) in self.words.sections.into_iter().enumerate() {
            let section: Vec<_> = children
                .iter()
                .filter(|&&(_, child)| !self.is_document(child))
                .filter(|&&(edge, child)| self.section(edge, child) == index)
                .collect();
            if section.is_empty() {
                continue;
            }
            self.text.push('\n');
            self.line("", "", heading);
            for &&(_, child) in &section {
                self.node(child, 1);
            }
        }
    }

    /// What a verdict that did not come lacks, if that is what is explained.
    fn why_not(&mut self, root: NodeId) -> bool {
        let Some(node) = self.explanation.node(root) else {
            return false;
        };
        let NodeKind::WhyNot {
            verdict, wanted, ..
        } = &node.kind
        else {
            return false;
        };
        for remark in describe(self.explanation, node).remarks {
            self.line("- ", "  ", &remark);
        }
        let children = self.explanation.children(root);
        if children.is_empty() && verdict != wanted {
            self.text.push('\n');
            self.line("", "", says::no_norm(self.explanation.language));
        }
        for (_, child) in children {
            self.text.push('\n');
            self.node(child, 1);
        }
        true
    }

    /// What is supposed, and what that changes.
    fn supposed(&mut self, root: &Node) {
        let language = self.explanation.language;
        let (Some(what_if), NodeKind::Verdict { verdict, .. } | NodeKind::WhyNot { verdict, .. }) =
            (&self.explanation.what_if, &root.kind)
        else {
            return;
        };
        for line in what_if::supposed(language, what_if) {
            self.line("", "  ", &line);
        }
        self.text.push('\n');
        self.line("", "", what_if::heading(language));
        for line in what_if::changes(language, verdict, what_if) {
            self.line("- ", "  ", &line);
        }
    }

    /// Which section a child of the verdict belongs to.
    fn section(&self, edge: Edge, child: NodeId) -> usize {
        let node = self.explanation.node(child);
        match node.map(|node| &node.kind) {
            Some(NodeKind::Norm(norm)) if norm.standing.is_none() && norm.due.is_none() => {
                match norm.status {
                    "in" => 0,
                    "open" => 1,
                    "out" => 2,
                    _ => 5,
                }
            }
            Some(NodeKind::Unknown { .. }) => 4,
            Some(NodeKind::Resolution {
                principle: None, ..
            }) => 3,
            Some(NodeKind::Resolution { .. }) => 2,
            _ if edge == Edge::Defeats => 2,
            _ => 5,
        }
    }

    fn node(&mut self, id: NodeId, depth: usize) {
        let Some(node) = self.explanation.node(id) else {
            return;
        };
        let indent = " ".repeat(2 * depth.min(DEEPEST) - 2);
        let (first, rest) = (format!("{indent}- "), format!("{indent}  "));
        let described = describe(self.explanation, node);
        if !self.written.insert(id) {
            let seen = self.reference(id, &described);
            self.line(&first, &rest, &seen);
            return;
        }
        let number = match self.numbers.get(&id) {
            Some(number) => format!("[{number}] "),
            None => String::new(),
        };
        self.line(&first, &rest, &format!("{number}{}", described.heading));
        self.line(&rest, &rest, &described.text);
        if !described.remarks.is_empty() {
            let remarks = format!("({})", described.remarks.join("; "));
            self.line(&rest, &rest, &remarks);
        }
        self.children(id, depth);
    }

    /// Children under a word for how the node rests on them.
    fn children(&mut self, id: NodeId, depth: usize) {
        let children = self.explanation.children(id);
        for kind in ORDER {
            let alike: Vec<_> = children
                .iter()
                .filter(|&&(edge, child)| edge == kind && !self.is_document(child))
                .collect();
            if alike.is_empty() {
                continue;
            }
            let indent = " ".repeat(2 * depth.min(DEEPEST));
            let label = edge_label(self.explanation.language, kind);
            self.line(&indent, &indent, &format!("{label}{}", self.words.colon));
            for &&(_, child) in &alike {
                self.node(child, depth + 1);
            }
        }
    }

    /// Documents stand at the end, as nearly all norms cite the same.
    fn is_document(&self, id: NodeId) -> bool {
        let node = self.explanation.node(id);
        node.is_some_and(|node| matches!(node.kind, NodeKind::Document { .. }))
    }

    fn reference(&self, id: NodeId, described: &Described) -> String {
        let number = self.numbers.get(&id).copied().unwrap_or_default();
        let (see, colon) = (self.words.see, self.words.colon);
        let text = shortened(&described.text, LONGEST / 4);
        format!("{}, {see} [{number}]{colon}{text}", described.heading)
    }

    /// Documents, then what nothing leads to, so that nothing is lost.
    fn rest(&mut self) {
        let mut missing: Vec<_> = self
            .explanation
            .ids()
            .filter(|id| !self.written.contains(id))
            .collect();
        missing.sort_by_key(|&id| !self.is_document(id));
        if missing.first().is_some_and(|&id| self.is_document(id)) {
            self.text.push('\n');
            self.line("", "", self.words.documents);
        }
        for id in missing {
            if !self.written.contains(&id) {
                self.node(id, 1);
            }
        }
    }
}
