//! The question of a memo, and the answer in a few sentences.

use super::super::graph::NodeKind;
use super::super::what_if;
use super::case::{Case, Part};
use super::{Block, says};

/// The question, and how the facts record the act.
pub(super) fn question(case: &Case<'_>) -> Vec<Block> {
    let asked = &case.explanation.asked;
    let mut blocks = vec![Block::Paragraph(asked.question.clone())];
    if let Some(mode) = says::mode(case.language, asked.mode) {
        blocks.push(Block::Paragraph(mode.to_owned()));
    }
    if let Some(what_if) = &case.explanation.what_if {
        let supposed = what_if::supposed(case.language, what_if);
        blocks.extend(supposed.into_iter().map(Block::listed));
    }
    blocks
}

/// The verdict of the act.
pub(super) fn verdict<'e>(case: &Case<'e>) -> &'e str {
    let root = case.explanation.root().and_then(|root| case.node(root));
    match root.map(|root| &root.kind) {
        Some(NodeKind::Verdict { verdict, .. } | NodeKind::WhyNot { verdict, .. }) => verdict,
        _ => "",
    }
}

/// The answer.
pub(super) fn answer(case: &Case<'_>) -> Vec<Block> {
    let verdict = verdict(case);
    let effect = match verdict {
        "permitted" => ["permit", "permit-not", "oblige"].as_slice(),
        "prohibited" => ["forbid"].as_slice(),
        _ => [].as_slice(),
    };
    let mut deciding = case.norms(Part::Decides, "in");
    deciding.retain(|one| effect.contains(&one.norm.effect));
    let mut said = vec![says::answer(
        case.language,
        verdict,
        &case.titles(&deciding),
    )];
    let remarks = case.explanation.asked.remarks.iter();
    said.extend(remarks.map(|remark| case.words(remark)));
    let mut against = case.norms(Part::Advises, "in");
    against.retain(|one| one.norm.effect == "discourage");
    if !against.is_empty() && verdict != "prohibited" {
        said.push(says::advised_against(case.language, &case.titles(&against)));
    }
    let mut blocks = vec![Block::Paragraph(said.join(" "))];
    if verdict == "conditional" {
        blocks.extend(conditions(case));
    }
    if let Some(what_if) = &case.explanation.what_if {
        let heading = what_if::heading(case.language);
        blocks.push(Block::Part(heading.to_owned()));
        let changes = what_if::changes(case.language, verdict, what_if);
        blocks.extend(changes.into_iter().map(Block::listed));
    }
    blocks
}

/// The conditions of the act that are not met, or not known to be.
fn conditions(case: &Case<'_>) -> Vec<Block> {
    let mut items = Vec::new();
    for (_, node) in case.explanation.nodes() {
        if let NodeKind::Condition { standing, .. } = &node.kind
            && *standing != "met"
        {
            items.push(Block::listed(case.words(&node.text)));
        }
    }
    items.dedup();
    let heading = says::conditions(case.language, items.len());
    std::iter::once(Block::Paragraph(heading.to_owned()))
        .chain(items)
        .collect()
}
