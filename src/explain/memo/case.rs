//! What a memo reads off an explanation: its norms by their part in the answer, and the notes
//! that it makes of facts.

use crate::base::Language;

use super::super::describe::spoken;
use super::super::graph::{Edge, Explanation, Lines, Node, NodeId, NodeKind, NormNode};
use super::super::labels;
use super::super::wrap::shortened;
use super::says;

/// The most characters of one text.
const LONGEST: usize = 2_000;

/// An explanation, read as a case.
pub(super) struct Case<'e> {
    /// What is read.
    pub explanation: &'e Explanation,
    /// The language.
    pub language: Language,
    /// The norms that the verdict leads to, those set aside behind the others.
    pub norms: Vec<Standing<'e>>,
    /// Facts, assumptions and absences relied on, in the order of their notes.
    pub noted: Vec<NodeId>,
    /// Definitions told, so that none is told twice.
    pub told: Vec<NodeId>,
}

/// A norm of the case.
#[derive(Clone, Copy)]
pub(super) struct Standing<'e> {
    /// Its node.
    pub id: NodeId,
    /// What its node says.
    pub summary: &'e str,
    /// How it stands.
    pub norm: &'e NormNode,
    /// Its part in the answer.
    pub part: Part,
}

/// The part that a norm has in the answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// It bears on the verdict.
    Decides,
    /// It advises.
    Advises,
    /// It makes something due.
    Duty,
    /// It is to be weighed.
    Factor,
    /// It says what follows from a breach.
    Consequence,
    /// It is to be read as well.
    Note,
    /// Its document is not in force on the day.
    OutOfForce,
}

impl Part {
    fn of(norm: &NormNode) -> Self {
        match norm.effect {
            _ if norm.status == "out-of-force" => Self::OutOfForce,
            "consider" => Self::Factor,
            "consequence" => Self::Consequence,
            "note" => Self::Note,
            "discourage" | "recommend" => Self::Advises,
            _ if norm.due.is_some() => Self::Duty,
            _ => Self::Decides,
        }
    }
}

impl<'e> Case<'e> {
    /// Reads `explanation`.
    pub(super) fn new(explanation: &'e Explanation) -> Self {
        let mut found: Vec<NodeId> = Vec::new();
        let mut put = |id| {
            if !found.contains(&id) {
                found.push(id);
            }
        };
        let root = explanation.root();
        let children = root.map_or_else(Vec::new, |root| explanation.children(root));
        for &(_, child) in &children {
            put(child);
        }
        for &(_, child) in &children {
            for (_, below) in explanation.children(child) {
                if is_resolution(explanation, child) {
                    put(below);
                }
            }
        }
        let norm = |id| match explanation.node(id) {
            Some(Node {
                text,
                kind: NodeKind::Norm(norm),
                ..
            }) => Some(Standing {
                id,
                summary: text,
                norm,
                part: Part::of(norm),
            }),
            _ => None,
        };
        Self {
            explanation,
            language: explanation.language,
            norms: found.into_iter().filter_map(norm).collect(),
            noted: Vec::new(),
            told: Vec::new(),
        }
    }

    /// The norms with this part that stand so: in, out or open.
    pub(super) fn norms(&self, part: Part, status: &str) -> Vec<Standing<'e>> {
        let stands = |one: &&Standing<'e>| one.part == part && one.norm.status == status;
        self.norms.iter().filter(stands).copied().collect()
    }

    /// The node of `id`.
    pub(super) fn node(&self, id: NodeId) -> Option<&'e Node> {
        self.explanation.node(id)
    }

    /// A text in which the act is called `the act` instead of by its id.
    pub(super) fn words(&self, text: &str) -> String {
        spoken(self.explanation, &shortened(text, LONGEST))
    }

    /// `on-ministers/068, line 90`.
    pub(super) fn citation(&self, id: &str, lines: &Lines) -> String {
        match labels::lines(self.language, lines) {
            lines if lines.is_empty() => id.to_owned(),
            lines => format!("{id}, {lines}"),
        }
    }

    /// A norm's summary with its citation.
    pub(super) fn cited(&self, standing: &Standing<'_>) -> String {
        let citation = self.citation(&standing.norm.id, &standing.norm.lines);
        let summary = self.words(standing.summary);
        match summary.strip_suffix('.') {
            Some(summary) => format!("{summary} ({citation})."),
            None => format!("{summary} ({citation})"),
        }
    }

    /// The document that a norm cites.
    pub(super) fn document(&self, norm: NodeId) -> Option<NodeId> {
        let children = self.explanation.children(norm);
        let cited = children.into_iter().find(|&(edge, _)| edge == Edge::Cites);
        cited.map(|(_, document)| document)
    }

    /// The title of a document between quotation marks.
    pub(super) fn title(&self, document: NodeId) -> String {
        let title = self.node(document).map(|node| self.words(&node.text));
        says::quoted(self.language, &title.unwrap_or_default())
    }

    /// Documents with the lines that these norms cite: `“Title” (lines 3, 7)`.
    pub(super) fn titles(&self, norms: &[Standing<'_>]) -> String {
        let mut documents: Vec<(NodeId, Lines)> = Vec::new();
        for one in norms {
            let Some(document) = self.document(one.id) else {
                continue;
            };
            match documents.iter_mut().find(|(known, _)| *known == document) {
                Some((_, lines)) => lines.extend(&one.norm.lines),
                None => documents.push((document, one.norm.lines.clone())),
            }
        }
        let titles = documents.into_iter().map(|(document, mut lines)| {
            lines.sort_unstable();
            lines.dedup();
            match labels::lines(self.language, &lines) {
                lines if lines.is_empty() => self.title(document),
                lines => format!("{} ({lines})", self.title(document)),
            }
        });
        let titles: Vec<_> = titles.collect();
        says::listed(self.language, &titles)
    }
}

/// Whether a node says which of two norms prevails.
fn is_resolution(explanation: &Explanation, id: NodeId) -> bool {
    let node = explanation.node(id);
    node.is_some_and(|node| matches!(node.kind, NodeKind::Resolution { .. }))
}
