//! The tables of a report, counted from the verdicts.

use indexmap::IndexMap;
use minijinja::{Value, context};

use crate::reasoner::view::{NormView, VerdictView, VerdictsView};
use crate::reasoner::{anchor, title};

use super::super::super::messages::Messages;
use super::super::verdict::citation;
use super::super::verdicts::VERDICTS;

/// The verdicts in the reader's words, strictest first.
pub(super) fn verdict_words(messages: &Messages) -> Vec<String> {
    let words = VERDICTS.iter().map(|word| messages.word("verdict", word));
    words.collect()
}

/// How many acts have each verdict.
pub(super) fn totals(view: &VerdictsView, messages: &Messages) -> Vec<Value> {
    let total = |verdict: &&str| {
        let acts = view.verdicts.iter();
        let count = acts.filter(|act| act.verdict == *verdict).count();
        (count > 0).then(|| {
            context! { verdict => messages.word("verdict", verdict), count => count }
        })
    };
    VERDICTS.iter().filter_map(total).collect()
}

/// The norms that a verdict rests on.
fn deciding(act: &VerdictView) -> Vec<&NormView> {
    let effects: &[&str] = match act.verdict {
        "prohibited" => &["forbid", "require"],
        "permitted" => &["permit", "permit-not", "oblige"],
        "conditional" => &["require"],
        _ => &["forbid", "permit", "permit-not", "oblige", "require"],
    };
    let status = match act.verdict {
        "undetermined" => "open",
        _ => "in",
    };
    let mut norms: Vec<&NormView> = Vec::new();
    for norm in &act.norms {
        let decides = norm.status == status && effects.contains(&norm.effect);
        if decides && !norms.iter().any(|known| known.id == norm.id) {
            norms.push(norm);
        }
    }
    norms
}

/// The place of a verdict, and the norms that it rests on.
type Ground<'v> = (usize, Vec<&'v str>);

/// Acts of one verdict on one ground.
struct Group<'v> {
    norms: Vec<&'v NormView>,
    acts: Vec<&'v VerdictView>,
}

/// Acts of one verdict that rest on the same norms: strictest first, then the largest group.
pub(super) fn reasons(view: &VerdictsView, messages: &Messages) -> Vec<Value> {
    let mut groups: IndexMap<Ground<'_>, Group<'_>> = IndexMap::new();
    for act in &view.verdicts {
        let place = VERDICTS.iter().position(|verdict| *verdict == act.verdict);
        let norms = deciding(act);
        let ids = norms.iter().map(|norm| norm.id.as_str()).collect();
        let key = (place.unwrap_or(VERDICTS.len()), ids);
        let group = groups.entry(key).or_insert_with(|| Group {
            norms,
            acts: Vec::new(),
        });
        group.acts.push(act);
    }
    groups.sort_by(|a, acts, b, others| {
        let (own, other) = (acts.acts.len(), others.acts.len());
        a.0.cmp(&b.0).then(other.cmp(&own))
    });
    let group = |((place, _), Group { norms, acts }): (&Ground<'_>, &Group<'_>)| {
        let verdict = VERDICTS.get(*place).copied().unwrap_or_default();
        let sentence = messages.message(
            "report-group",
            &[
                ("count", acts.len().into()),
                ("verdict", messages.word("verdict", verdict).into()),
                ("norms", norms.len().into()),
            ],
        );
        context! {
            sentence => sentence,
            norms => norms.iter().map(|norm| cited(messages, norm)).collect::<Vec<_>>(),
            acts => acts
                .iter()
                .map(|act| context! { name => title(&act.act), anchor => anchor(&act.act) })
                .collect::<Vec<_>>(),
        }
    };
    groups.iter().map(group).collect()
}

fn cited(messages: &Messages, norm: &NormView) -> Value {
    context! {
        id => norm.id.as_str(),
        summary => norm.summary.as_str(),
        citation => citation(messages, &norm.id, &norm.lines),
    }
}

/// How many acts have each verdict by each document alone.
pub(super) fn documents(view: &VerdictsView) -> Vec<Value> {
    let mut counts: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (document, verdict) in view.verdicts.iter().flat_map(|act| &act.documents) {
        let row = counts.entry(document);
        let row = row.or_insert_with(|| vec![0; VERDICTS.len()]);
        let place = VERDICTS.iter().position(|word| word == verdict);
        if let Some(count) = place.and_then(|place| row.get_mut(place)) {
            *count += 1;
        }
    }
    counts.sort_unstable_keys();
    let row = |(document, counts): (&&str, &Vec<usize>)| {
        context! { document => *document, counts => counts.clone() }
    };
    counts.iter().map(row).collect()
}

/// For each norm that applies, or may, to how many acts it does, by how it stands.
pub(super) fn norms(view: &VerdictsView, messages: &Messages) -> Vec<Value> {
    let mut rows: IndexMap<&str, (&NormView, [usize; 3])> = IndexMap::new();
    for act in &view.verdicts {
        let mut seen = Vec::new();
        for norm in &act.norms {
            let key = (norm.id.as_str(), norm.status);
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let (_, counts) = rows.entry(&norm.id).or_insert((norm, [0; 3]));
            let place = ["in", "open", "out"]
                .iter()
                .position(|it| *it == norm.status);
            if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                *count += 1;
            }
        }
    }
    rows.sort_unstable_keys();
    let row = |(norm, counts): &(&NormView, [usize; 3])| {
        context! {
            summary => norm.summary.as_str(),
            citation => citation(messages, &norm.id, &norm.lines),
            effect => messages.word("effect", norm.effect),
            counts => counts.to_vec(),
        }
    };
    rows.values().map(row).collect()
}
