//! The memo of a verdict that did not come: which verdict did, and what each norm lacks that
//! could have given the other.

use super::super::course::sentence;
use super::super::describe::describe;
use super::super::graph::{Edge, NodeId, NodeKind};
use super::super::{labels, says as told};
use super::answer::verdict;
use super::case::Case;
use super::{Block, says};

/// The verdict that came.
pub(super) fn answer(case: &Case<'_>) -> Vec<Block> {
    let mut said = vec![says::answer(case.language, verdict(case), "")];
    if let Some(wanted) = wanted(case).filter(|&wanted| wanted != verdict(case)) {
        let wanted = labels::verdict(case.language, wanted);
        said.push(says::other(case.language, wanted));
    }
    vec![Block::Paragraph(said.join(" "))]
}

/// The verdict asked after.
fn wanted(case: &Case<'_>) -> Option<&'static str> {
    match case.node(case.explanation.root()?)?.kind {
        NodeKind::WhyNot { wanted, .. } => Some(wanted),
        _ => None,
    }
}

/// The norms that could have given the other verdict, the nearest first.
pub(super) fn reasons(case: &mut Case<'_>) -> Vec<Block> {
    let Some(root) = case.explanation.root() else {
        return Vec::new();
    };
    let mut blocks = Vec::new();
    for one in case.norms.clone() {
        let mut lacks = Vec::new();
        lacking(case, one.id, &mut lacks);
        let row = says::in_a_row(case.language, &lacks);
        let below = (!row.is_empty()).then(|| says::lacks(case.language, &row));
        blocks.push(Block::Item {
            mark: format!("{}.", blocks.len() + 1),
            text: case.cited(&one),
            below: below.into_iter().collect(),
        });
    }
    if blocks.is_empty() {
        let is_as_asked = wanted(case) == Some(verdict(case));
        let none = if is_as_asked {
            sentence(told::as_asked(case.language))
        } else {
            told::no_norm(case.language).to_owned()
        };
        return vec![Block::Paragraph(none)];
    }
    let described = case.node(root).map(|root| describe(case.explanation, root));
    let remarks = described.map_or_else(Vec::new, |described| described.remarks);
    // The first remark names the verdict, which the answer has said.
    let left_out = remarks.into_iter().skip(1);
    blocks.extend(left_out.map(|remark| Block::Paragraph(sentence(&remark))));
    blocks
}

/// What a norm lacks, or what stands against it.
fn lacking(case: &mut Case<'_>, norm: NodeId, lacks: &mut Vec<String>) {
    for (edge, child) in case.explanation.children(norm) {
        let Some(node) = case.node(child) else {
            continue;
        };
        if let NodeKind::Resolution { .. } = node.kind {
            lacks.push(case.words(&node.text));
        } else if matches!(edge, Edge::Fails | Edge::Bars) {
            let text = case.words(&node.text);
            let notes = case.notes(child);
            lacks.push(format!("{text}{notes}"));
        }
    }
}
