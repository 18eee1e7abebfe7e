//! The reasons of a memo, document by document and norm by norm: why each applies, and what it
//! sets aside. Then duties, advice and factors.

use super::super::describe::is_raw;
use super::super::graph::{Absence, Edge, Node, NodeId, NodeKind};
use super::super::labels;
use super::case::{Case, Part, Standing};
use super::{Block, says};

/// The norms in force that bear on the verdict.
pub(super) fn reasons(case: &mut Case<'_>) -> Vec<Block> {
    let norms = case.norms(Part::Decides, "in");
    let mut documents: Vec<Option<NodeId>> = Vec::new();
    for one in &norms {
        let document = case.document(one.id);
        if !documents.contains(&document) {
            documents.push(document);
        }
    }
    let mut blocks = Vec::new();
    let mut number = 0;
    for document in documents {
        let own: Vec<_> = norms
            .iter()
            .filter(|one| case.document(one.id) == document)
            .copied()
            .collect();
        blocks.extend(document.map(|document| Block::Part(case.title(document))));
        blocks.extend(governing(case, &own));
        for one in own {
            number += 1;
            let below = case.why(one.id, one.norm.effect, false);
            blocks.push(Block::Item {
                mark: format!("{number}."),
                text: case.cited(&one),
                below,
            });
        }
    }
    blocks.extend(others(case));
    blocks
}

/// Why a document governs the act, of the first of its norms that says so.
fn governing(case: &mut Case<'_>, norms: &[Standing<'_>]) -> Option<Block> {
    let scope = norms.iter().find_map(|one| {
        let mut children = case.explanation.children(one.id).into_iter();
        children.find_map(|(_, child)| is_scope(case, child).then_some(child))
    })?;
    let NodeKind::Rule { id, lines, .. } = &case.node(scope)?.kind else {
        return None;
    };
    let citation = case.citation(id.as_deref().unwrap_or_default(), lines);
    let reasons = case.holding(scope, |edge| edge != Edge::Unless);
    let why = says::in_a_row(case.language, &reasons);
    (!why.is_empty()).then(|| Block::Paragraph(says::governs(case.language, &citation, &why)))
}

/// Norms that are set aside or not in force, where no paragraph says so.
fn others(case: &Case<'_>) -> Vec<Block> {
    let says = says::words(case.language);
    let mut beaten: Vec<&str> = Vec::new();
    for (_, node) in case.explanation.nodes() {
        if let NodeKind::Resolution { loser, .. } = &node.kind {
            beaten.push(loser);
        }
    }
    let mut blocks = Vec::new();
    let mut put = |heading: &str, norms: Vec<Standing<'_>>| {
        if !norms.is_empty() {
            blocks.push(Block::Part(heading.to_owned()));
        }
        blocks.extend(norms.iter().map(|one| Block::listed(case.cited(one))));
    };
    let mut aside = case.norms(Part::Decides, "out");
    aside.retain(|one| !beaten.contains(&one.norm.id.as_str()));
    put(says.set_aside, aside);
    put(says.also, case.norms(Part::Note, "in"));
    put(
        says.out_of_force,
        case.norms(Part::OutOfForce, "out-of-force"),
    );
    blocks
}

/// Duties that arise, or that the act meets.
pub(super) fn duties(case: &Case<'_>) -> Vec<Block> {
    let mut duties = case.norms(Part::Duty, "in");
    duties.extend(case.norms(Part::Consequence, "in"));
    let item = |one: &Standing<'_>| {
        let mut parts = vec![case.cited(one)];
        let standing = one.norm.standing;
        parts.extend(standing.map(|word| labels::standing(case.language, word).to_owned()));
        let by = labels::labels(case.language).by;
        let deadline = one.norm.deadline.as_ref();
        parts.extend(deadline.map(|deadline| format!("{by} {deadline}")));
        Block::listed(says::due(case.language, &parts))
    };
    let mut items: Vec<_> = duties.iter().map(item).collect();
    items.dedup();
    items
}

/// Advice in force.
pub(super) fn advice(case: &mut Case<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for one in case.norms(Part::Advises, "in") {
        let below = case.why(one.id, one.norm.effect, false);
        let block = Block::Item {
            mark: "–".to_owned(),
            text: case.cited(&one),
            below,
        };
        if !blocks.contains(&block) {
            blocks.push(block);
        }
    }
    blocks
}

/// Factors: those that are there, those that may be, those that are not.
pub(super) fn factors(case: &Case<'_>) -> Vec<Block> {
    let says = says::words(case.language);
    let headings = [("met", says.present), ("unknown", says.perhaps_present)];
    let standing = |wanted: &'static str| {
        let factors = case.norms.iter().filter(|one| one.part == Part::Factor);
        factors.filter(move |one| one.norm.standing == Some(wanted))
    };
    let mut blocks = Vec::new();
    for (wanted, heading) in headings {
        let mut items: Vec<_> = standing(wanted)
            .map(|one| Block::listed(case.cited(one)))
            .collect();
        items.dedup();
        if !items.is_empty() {
            blocks.push(Block::Part(heading.to_owned()));
            blocks.extend(items);
        }
    }
    // What is not there is weighed by nobody: its citation is enough.
    let mut absent: Vec<_> = standing("unmet").map(|one| one.norm.id.clone()).collect();
    absent.dedup();
    if !absent.is_empty() {
        let absent = says::listed(case.language, &absent);
        blocks.push(Block::Paragraph(format!("{} {absent}.", says.absent)));
    }
    blocks
}

impl Case<'_> {
    /// Why a norm applies, in paragraphs.
    pub(super) fn why(&mut self, norm: NodeId, effect: &str, open: bool) -> Vec<String> {
        let language = self.language;
        let reasons = self.holding(norm, |edge| edge != Edge::Unless);
        let despite = self.holding(norm, |edge| edge == Edge::Unless);
        let effect = says::effect(language, effect, open);
        let mut first: Vec<_> = effect.map(str::to_owned).into_iter().collect();
        let row = says::in_a_row(language, &reasons);
        first.push(says::because(language, &row, open));
        if !despite.is_empty() {
            let row = says::in_a_row(language, &despite);
            first.push(says::despite(language, &row));
        }
        let mut paragraphs = vec![first.join(" ")];
        self.definitions(norm, &mut paragraphs);
        self.conditions(norm, &mut paragraphs);
        self.resolutions(norm, open, &mut paragraphs);
        paragraphs
    }

    /// What holds for certain below a node by edges of a kind, each with the notes of its facts.
    pub(super) fn holding(&mut self, of: NodeId, wanted: fn(Edge) -> bool) -> Vec<String> {
        let children = self.explanation.children(of);
        let stated = |word: &str| {
            let mut nodes = children.iter().filter_map(|&(_, child)| self.node(child));
            nodes.any(
                |node| matches!(&node.kind, NodeKind::Fact { atom, .. } if atom.relation == word),
            )
        };
        // That an act is on record goes without saying where it is said to be done.
        let is_told = stated("done") || stated("planned");
        let mut reasons = Vec::new();
        for (edge, child) in children {
            let is_record = is_told && self.is_record(child);
            if wanted(edge) && edge != Edge::Cites && !is_record && !is_scope(self, child) {
                reasons.extend(self.reason(child));
            }
        }
        reasons.dedup();
        reasons
    }

    /// Whether an act is the one that the memo is about.
    fn is_judged(&self, act: &str) -> bool {
        let root = self.explanation.root().and_then(|root| self.node(root));
        root.is_some_and(
            |root| matches!(&root.kind, NodeKind::Verdict { act: own, .. } if own == act),
        )
    }

    fn is_record(&self, id: NodeId) -> bool {
        let node = self.node(id);
        node.is_some_and(
            |node| matches!(&node.kind, NodeKind::Fact { atom, .. } if atom.relation == "recorded"),
        )
    }

    /// What a node says, with its notes; none for what goes without saying.
    fn reason(&mut self, id: NodeId) -> Option<String> {
        let says = says::words(self.language);
        let node = self.node(id)?;
        let text = self.words(&node.text);
        match &node.kind {
            NodeKind::Fact { .. }
            | NodeKind::Assumption { .. }
            | NodeKind::Rule { certain: true, .. }
            | NodeKind::Aggregate { .. } => Some(format!("{text}{}", self.notes(id))),
            NodeKind::Absence { reason, .. } => match reason {
                // A conjunction whose parts have no words of their own is left to the tree.
                Absence::NoCase if is_raw(&node.text) => None,
                Absence::Itself => Some(format!("{text} ({})", says.itself)),
                _ => Some(format!("{text}{}", self.notes(id))),
            },
            NodeKind::Comparison { left, right, .. } => (left != right).then_some(text),
            NodeKind::Verdict { verdict, act } => {
                let verdict = labels::verdict(self.language, verdict).to_lowercase();
                let is_judged = self.is_judged(act);
                Some(says::judged(
                    self.language,
                    (!is_judged).then_some(&text),
                    &verdict,
                ))
            }
            _ => None,
        }
    }

    /// Definitions of a guideline below a node, each told once.
    fn definitions(&mut self, of: NodeId, paragraphs: &mut Vec<String>) {
        for (_, child) in self.explanation.children(of) {
            let Some(node) = self.node(child) else {
                continue;
            };
            let is_absence = matches!(
                node.kind,
                NodeKind::Absence {
                    reason: Absence::Concluded,
                    ..
                }
            );
            match &node.kind {
                NodeKind::Rule {
                    id: Some(id),
                    lines,
                    ..
                } if !is_scope(self, child) && !self.told.contains(&child) => {
                    self.told.push(child);
                    let citation = self.citation(id, lines);
                    paragraphs.push(self.definition(child, node, &citation));
                    self.definitions(child, paragraphs);
                }
                NodeKind::Rule { id: Some(_), .. } => {}
                NodeKind::Rule { .. } => self.definitions(child, paragraphs),
                _ if is_absence => self.definitions(child, paragraphs),
                _ => {}
            }
        }
    }

    fn definition(&mut self, id: NodeId, node: &Node, citation: &str) -> String {
        let reasons = self.holding(id, |_| true);
        let why = says::in_a_row(self.language, &reasons);
        let what = self.words(&node.text);
        says::defined(self.language, &what, citation, &why)
    }

    /// The conditions that a norm sets.
    fn conditions(&mut self, norm: NodeId, paragraphs: &mut Vec<String>) {
        for (_, child) in self.explanation.children(norm) {
            let Some(node) = self.node(child) else {
                continue;
            };
            if let NodeKind::Condition {
                standing, fixed, ..
            } = &node.kind
            {
                let mut text = self.words(&node.text);
                for (_, ground) in self.explanation.children(child) {
                    text.push_str(&self.notes(ground));
                }
                paragraphs.push(says::condition(self.language, &text, standing, *fixed));
            }
        }
    }

    /// Whom a norm sets aside, and whom it contradicts.
    fn resolutions(&self, norm: NodeId, open: bool, paragraphs: &mut Vec<String>) {
        let language = self.language;
        for (id, node) in self.explanation.nodes() {
            let NodeKind::Resolution { principle, .. } = &node.kind else {
                continue;
            };
            let parties = self.explanation.children(id);
            let wins = parties.contains(&(Edge::Because, norm));
            for (edge, other) in parties.iter().filter(|&&(_, other)| wins && other != norm) {
                let Some(other) = self.norms.iter().find(|one| one.id == *other) else {
                    continue;
                };
                let other = self.named(other);
                let why = labels::principle(language, *principle);
                paragraphs.push(match edge {
                    Edge::Defeats => says::sets_aside(language, &other, why),
                    _ => says::clashes(language, &other, open),
                });
            }
        }
    }

    /// A norm with its summary in quotation marks.
    fn named(&self, one: &Standing<'_>) -> String {
        let citation = self.citation(&one.norm.id, &one.norm.lines);
        let summary = self.words(one.summary);
        let summary = says::quoted(self.language, summary.trim_end_matches('.'));
        format!("{citation} ({summary})")
    }
}

/// Whether a node says that a document governs the act, which is said once for all its norms.
fn is_scope(case: &Case<'_>, id: NodeId) -> bool {
    let node = case.node(id);
    node.is_some_and(|node| node.kind.is_scope())
}
