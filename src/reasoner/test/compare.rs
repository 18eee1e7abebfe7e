//! How verdicts and answers differ from what was expected of them.

use std::collections::BTreeSet;

use crate::load::{Expect, NOT_IN_FORCE};
use crate::reasoner::view::{AnswerView, DifferenceView, DutyView, VerdictView};

/// How a verdict differs from what was expected of it.
pub(super) fn compare(expect: &Expect, view: &VerdictView) -> Vec<DifferenceView> {
    let mut differences = Vec::new();
    let mut differ = |what, expected: &str, found: String| {
        differences.push(DifferenceView {
            what,
            expected: expected.to_owned(),
            found,
        });
    };
    if let Some(verdict) = &expect.verdict
        && verdict != view.verdict
    {
        differ("verdict", verdict, view.verdict.to_owned());
    }
    let standing = |id: &str| {
        view.norms
            .iter()
            .find(|norm| norm.id == id)
            .map_or("does not apply", |norm| norm.status)
    };
    let in_force = |id: &str| {
        view.norms
            .iter()
            .any(|norm| norm.id == id && norm.status != "out")
            || view
                .factors
                .iter()
                .any(|factor| factor.norm == id && factor.standing == "present")
            || view.also_check.iter().any(|note| note.id == id)
            || view.consequences.iter().any(|found| found.norm == id)
    };
    for id in &expect.norms {
        if !in_force(id) {
            differ("norm", id, standing(id).to_owned());
        }
    }
    for id in &expect.not_norms {
        if in_force(id) {
            differ("norm", &format!("not {id}"), standing(id).to_owned());
        }
    }
    for (document, verdict) in &expect.documents {
        let found = view.documents.get(document).copied();
        let found = found.unwrap_or(NOT_IN_FORCE);
        if found != verdict {
            differ(
                "document",
                &format!("{document}: {verdict}"),
                found.to_owned(),
            );
        }
    }
    if let Some(duties) = &expect.duties {
        compare_duties(duties, &view.duties, &mut differ);
    }
    if let Some(advice) = &expect.advice {
        let found = view.advice.iter().filter(|duty| duty.status != "out");
        compare_lists("advice", advice, found.map(|duty| &duty.norm), &mut differ);
    }
    for (id, word) in &expect.factors {
        let factor = view.factors.iter().find(|factor| factor.norm == *id);
        let standing = factor.map_or("absent", |factor| factor.standing);
        let points = factor
            .filter(|factor| factor.standing == "present")
            .and_then(|factor| factor.direction);
        if standing != word && points != Some(word.as_str()) {
            differ(
                "factor",
                &format!("{id}: {word}"),
                points.unwrap_or(standing).to_owned(),
            );
        }
    }
    if let Some(questions) = &expect.questions {
        let found = view.questions.iter().map(|question| &question.atom);
        compare_lists("question", questions, found, &mut differ);
    }
    differences
}

/// Takes what differs: what it is, what was expected, what came.
type Differ<'d> = &'d mut dyn FnMut(&'static str, &str, String);

/// All that is expected must have come, and nothing where nothing is.
fn compare_lists<'v>(
    what: &'static str,
    expected: &[String],
    found: impl Iterator<Item = &'v String>,
    differ: Differ<'_>,
) {
    let found: BTreeSet<_> = found.map(String::as_str).collect();
    let list = || found.iter().copied().collect::<Vec<_>>().join(", ");
    for one in expected.iter().filter(|one| !found.contains(one.as_str())) {
        differ(what, one, list());
    }
    if expected.is_empty() && !found.is_empty() {
        differ(what, "", list());
    }
}

fn compare_duties(expected: &[(String, Option<String>)], found: &[DutyView], differ: Differ<'_>) {
    let standing = || found.iter().filter(|duty| duty.status != "out");
    let names = expected.iter().filter(|(_, word)| word.is_none());
    let names: Vec<_> = names.map(|(id, _)| id.clone()).collect();
    if names.len() == expected.len() {
        compare_lists("duty", &names, standing().map(|duty| &duty.norm), differ);
    }
    for (id, word) in expected {
        let Some(word) = word else { continue };
        let own: BTreeSet<_> = standing()
            .filter(|duty| duty.norm == *id)
            .map(|duty| duty.fulfilment)
            .collect();
        let stands_so = match word.as_str() {
            "none" => own.is_empty(),
            word => own.contains(word),
        };
        if !stands_so {
            let own: Vec<_> = own.into_iter().collect();
            differ("duty", &format!("{id}: {word}"), own.join(", "));
        }
    }
}

/// How an answer differs from the rows that were written down: one row a line, its values
/// parted by tabs behind a line of column names.
pub(super) fn compare_answers(expected: &str, answer: &AnswerView) -> Vec<DifferenceView> {
    let expected: BTreeSet<_> = expected
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(str::to_owned)
        .collect();
    let found: BTreeSet<_> = crate::reasoner::ask::lines(answer)
        .into_iter()
        .skip(1)
        .collect();
    let missing = expected.difference(&found).map(|row| DifferenceView {
        what: "answer",
        expected: row.clone(),
        found: String::new(),
    });
    let surplus = found.difference(&expected).map(|row| DifferenceView {
        what: "answer",
        expected: String::new(),
        found: row.clone(),
    });
    missing.chain(surplus).collect()
}
