//! `override-higher-rank` and `circular-priority`: who sets whom aside, over all norms.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use crate::base::{Diagnostic, Id};
use crate::program::{NormId, Principle, Program};

/// Norms that override norms of a higher rank in their own jurisdiction.
pub(super) fn override_higher_rank(program: &Program) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for norm in &program.norms {
        for &other in &norm.overrides {
            let overridden = &program.norms[other];
            let (own, above) = (
                &program.documents[norm.document],
                &program.documents[overridden.document],
            );
            if own.jurisdiction == above.jurisdiction
                && let (Some(rank), Some(higher)) = (own.rank, above.rank)
                && higher > rank
            {
                found.push(
                    Diagnostic::error(
                        "override-higher-rank",
                        norm.span,
                        format!(
                            "`{}` overrides `{}`, which ranks higher",
                            norm.id, overridden.id
                        ),
                    )
                    .label(format!("rank of `{}`: {}", own.name, word(rank)))
                    .also(
                        overridden.span,
                        format!("rank of `{}`: {}", above.name, word(higher)),
                    )
                    .help("a norm can be set aside from its own rank or a higher one"),
                );
            }
        }
    }
    found
}

fn word(rank: crate::program::Rank) -> &'static str {
    crate::program::Rank::ALL
        .into_iter()
        .find(|&(known, _)| known == rank)
        .map_or("", |(_, word)| word)
}

/// Circles of norms each of which sets the next aside, on whatever principle.
pub(super) fn circular(program: &Program) -> Vec<Diagnostic> {
    let mut graph: DiGraph<(), ()> = DiGraph::new();
    let nodes: Vec<_> = program.norms.ids().map(|_| graph.add_node(())).collect();
    let beats = edges(program);
    for &(winner, loser, _) in &beats {
        if let (Some(&from), Some(&to)) = (nodes.get(winner.index()), nodes.get(loser.index())) {
            graph.update_edge(from, to, ());
        }
    }
    let mut found = Vec::new();
    for component in tarjan_scc(&graph) {
        let members: BTreeSet<NormId> = component
            .iter()
            .map(|node| NormId::new(node.index()))
            .collect();
        let own = |norm: NormId| beats.iter().any(|&(a, b, _)| a == norm && b == norm);
        if members.len() > 1 || members.iter().any(|&norm| own(norm)) {
            found.extend(describe(program, &beats, &members));
        }
    }
    found.sort_by_key(|diagnostic| diagnostic.primary.span);
    found
}

type Beats = (NormId, NormId, Principle);

/// Who sets whom aside: overrides, and opposites that rank or date tells apart.
fn edges(program: &Program) -> Vec<Beats> {
    let mut found = Vec::new();
    for (id, norm) in program.norms.entries() {
        let overridden = norm.overrides.iter();
        found.extend(overridden.map(|&other| (id, other, Principle::Exception)));
    }
    // Circles need an override: rank and date alone order the norms of one publisher.
    let touched: BTreeSet<_> = found.iter().flat_map(|&(a, b, _)| [a, b]).collect();
    for one in program.norms.ids() {
        for &other in &touched {
            if one != other && super::opposition::oppose(program, one, other) {
                found.extend(told_apart(program, one, other));
            }
        }
    }
    found
}

/// Which of two opposites prevails by rank or date, where neither overrides the other.
fn told_apart(program: &Program, one: NormId, other: NormId) -> Option<Beats> {
    let (a, b) = (&program.norms[one], &program.norms[other]);
    let (own, theirs) = (
        &program.documents[a.document],
        &program.documents[b.document],
    );
    for &principle in &program.principles {
        let comparable =
            own.jurisdiction == theirs.jurisdiction && own.publisher == theirs.publisher;
        let order = match principle {
            Principle::Exception => {
                let overrides = a
                    .overrides
                    .contains(&other)
                    .cmp(&b.overrides.contains(&one));
                if overrides != Ordering::Equal {
                    return None;
                }
                Ordering::Equal
            }
            Principle::Superior if comparable => own
                .rank
                .zip(theirs.rank)
                .map_or(Ordering::Equal, |(a, b)| a.cmp(&b)),
            Principle::Later if comparable => own
                .from
                .zip(theirs.from)
                .map_or(Ordering::Equal, |(a, b)| a.cmp(&b)),
            _ => Ordering::Equal,
        };
        match order {
            Ordering::Greater => return Some((one, other, principle)),
            Ordering::Less => return Some((other, one, principle)),
            Ordering::Equal => {}
        }
    }
    None
}

fn describe(program: &Program, beats: &[Beats], members: &BTreeSet<NormId>) -> Option<Diagnostic> {
    let circle = shortest(beats, members)?;
    let &(first, _, _) = circle.first()?;
    let mut found = Diagnostic::error(
        "circular-priority",
        program.norms[first].span,
        format!("`{}` sets itself aside in the end", program.norms[first].id),
    )
    .label("the circle starts here");
    for &(winner, loser, principle) in &circle {
        let (winner, loser) = (&program.norms[winner], &program.norms[loser]);
        let how = match principle {
            Principle::Exception => "overrides it",
            Principle::Superior => "ranks higher",
            Principle::Later => "is later",
        };
        found = found.note(format!(
            "`{}` sets `{}` aside: it {how}",
            winner.id, loser.id
        ));
        if loser.id != program.norms[first].id {
            found = found.also(loser.span, "in the circle");
        }
    }
    Some(found.help("take one `overrides` out of the circle, or change `resolve by`"))
}

/// The shortest circle through the first member that has one.
fn shortest(beats: &[Beats], members: &BTreeSet<NormId>) -> Option<Vec<Beats>> {
    let &start = members.first()?;
    let mut paths: Vec<Vec<Beats>> = beats
        .iter()
        .filter(|&&(winner, loser, _)| winner == start && members.contains(&loser))
        .map(|&edge| vec![edge])
        .collect();
    let mut reached: BTreeSet<NormId> = BTreeSet::new();
    while !paths.is_empty() {
        let mut longer = Vec::new();
        for path in &paths {
            let &(_, last, _) = path.last()?;
            if last == start {
                return Some(path.clone());
            }
            if !reached.insert(last) {
                continue;
            }
            for &edge in beats.iter().filter(|&&(winner, _, _)| winner == last) {
                if members.contains(&edge.1) {
                    let mut next = path.clone();
                    next.push(edge);
                    longer.push(next);
                }
            }
        }
        paths = longer;
    }
    None
}
