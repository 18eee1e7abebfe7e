//! What a memo says of what is not known: first the questions that the answer hangs on with
//! the norms that they would bring into force, then what bears on the rest.

use super::super::describe::is_raw;
use super::super::graph::{Edge, NodeId, NodeKind};
use super::answer::verdict;
use super::case::{Case, Part, Standing};
use super::{Block, says};

/// What is not known below a norm: what would have to be so, and what would have to be not.
#[derive(Default)]
struct Unknowns {
    so: Vec<String>,
    not: Vec<String>,
}

/// What nobody stated, and the norms that hang on it.
pub(super) fn unknown(case: &mut Case<'_>) -> Vec<Block> {
    let says = says::words(case.language);
    let matters = ["undetermined", "conditional"].contains(&verdict(case));
    let mut open = case.norms(Part::Decides, "open");
    open.sort_by_key(|one| matters && one.norm.effect != "forbid");
    let mut blocks = questions(case);
    if !open.is_empty() {
        blocks.push(Block::Part(says.may_apply.to_owned()));
    }
    for one in &open {
        let below = if matters {
            case.why(one.id, one.norm.effect, true)
        } else {
            let effect = says::effect(case.language, one.norm.effect, true);
            effect.map(str::to_owned).into_iter().collect()
        };
        blocks.push(Block::Item {
            mark: "–".to_owned(),
            text: case.cited(one),
            below: with(below, turns_on(case, one)),
        });
    }
    blocks.extend(advice(case));
    if !blocks.is_empty() && !matters {
        blocks.push(Block::Paragraph(says.changes_nothing.to_owned()));
    }
    blocks
}

/// `sentence` behind the first of `paragraphs`.
fn with(mut paragraphs: Vec<String>, sentence: String) -> Vec<String> {
    match paragraphs.first_mut() {
        Some(first) => *first = format!("{} {sentence}", first.trim_end()),
        None => paragraphs.push(sentence),
    }
    paragraphs
}

/// What the answer hangs on, the most useful question first.
fn questions(case: &Case<'_>) -> Vec<Block> {
    let root = case.explanation.root();
    let children = root.map_or_else(Vec::new, |root| case.explanation.children(root));
    let asked = children.iter().filter_map(|&(_, child)| {
        let node = case.node(child)?;
        matches!(node.kind, NodeKind::Unknown { .. }).then(|| Block::listed(case.words(&node.text)))
    });
    let asked: Vec<_> = asked.collect();
    let heading = says::words(case.language).hangs_on.to_owned();
    let heading = (!asked.is_empty()).then_some(Block::Part(heading));
    heading.into_iter().chain(asked).collect()
}

/// On what a norm turns that may be in force: when it is, where that was worked out.
fn turns_on(case: &Case<'_>, one: &Standing<'_>) -> String {
    let exactly = one.norm.in_force_if.as_ref();
    let exactly = exactly.map(|exactly| case.words(&exactly.text));
    if let Some(when) = exactly.filter(|when| !is_raw(when)) {
        return says::in_force(case.language, &when);
    }
    let mut unknowns = Unknowns::default();
    collect(case, one.id, true, &mut unknowns);
    says::turns_on(case.language, &unknowns.so, &unknowns.not)
}

/// The facts that advice hangs on which may be in force.
fn advice(case: &Case<'_>) -> Vec<Block> {
    let mut texts: Vec<(String, Vec<String>)> = Vec::new();
    for one in case.norms(Part::Advises, "open") {
        let mut unknowns = Unknowns::default();
        collect(case, one.id, true, &mut unknowns);
        for text in unknowns.so.into_iter().chain(unknowns.not) {
            match texts.iter_mut().find(|(known, _)| *known == text) {
                Some((_, norms)) if norms.contains(&one.norm.id) => {}
                Some((_, norms)) => norms.push(one.norm.id.clone()),
                None => texts.push((text, vec![one.norm.id.clone()])),
            }
        }
    }
    let heading = says::words(case.language).facts_do_not_say.to_owned();
    let heading = (!texts.is_empty()).then_some(Block::Part(heading));
    let item = |(text, norms): (String, Vec<String>)| {
        Block::listed(format!("{text} ({})", says::listed(case.language, &norms)))
    };
    heading
        .into_iter()
        .chain(texts.into_iter().map(item))
        .collect()
}

/// What nobody stated below a node, in order and each once; `so` is whether it would have to
/// hold.
fn collect(case: &Case<'_>, id: NodeId, so: bool, found: &mut Unknowns) {
    for (edge, child) in case.explanation.children(id) {
        let Some(node) = case.node(child).filter(|_| edge != Edge::Cites) else {
            continue;
        };
        let so = so != (edge == Edge::Unless);
        match &node.kind {
            NodeKind::Unknown { .. } => {
                let text = case.words(&node.text);
                let found = if so { &mut found.so } else { &mut found.not };
                if !found.contains(&text) && !is_raw(&text) {
                    found.push(text);
                }
            }
            NodeKind::Resolution { .. } | NodeKind::Norm(_) => {}
            _ => collect(case, child, so, found),
        }
    }
}
