//! What was supposed for a question, and what that changes against the facts as they are.

use crate::reasoner::view::{
    AnswerView, NormChangeView, RowView, VerdictView, VerdictsView, WhatIfView,
};

use crate::cli::messages::Messages;

use super::page::Page;
use super::verdict::citation;

/// How many rows that come or go are shown before the rest is counted.
const SHOWN: usize = 10;

/// The atoms assumed and taken back, a line for each.
pub(super) fn supposed(page: &mut Page<'_>, assumed: &[String], retracted: &[String]) {
    for (label, atoms) in [("assumed", assumed), ("retracted", retracted)] {
        for atom in atoms {
            page.labelled(0, label, atom);
        }
    }
}

/// What is supposed for one act.
pub(super) fn supposed_for(page: &mut Page<'_>, view: &VerdictView) {
    if let Some(what_if) = &view.what_if {
        supposed(page, &what_if.assumed, &what_if.retracted);
    }
}

/// What changes for one act: the verdict, and the norms that come and go.
pub(super) fn changes(page: &mut Page<'_>, view: &VerdictView) {
    let Some(what_if) = &view.what_if else {
        return;
    };
    page.heading("as-they-are");
    if is_changed(view, what_if) {
        let was = word(page.messages(), what_if.verdict, what_if.contested);
        page.say(1, "verdict-was", &[("verdict", was.into())]);
    } else {
        page.say(1, "verdict-same", &[]);
    }
    for norm in &what_if.norms {
        change(page, 1, norm, "norm-was");
    }
}

/// How a norm stands before and after, in the words of the message `id`.
pub(super) fn change(page: &mut Page<'_>, level: usize, norm: &NormChangeView, id: &str) {
    let citation = citation(page.messages(), &norm.id, &norm.lines);
    let status = |status: Option<&'static str>| {
        let messages = page.messages();
        messages.word("norm-status", status.unwrap_or("none"))
    };
    let text = page.messages().message(
        id,
        &[
            ("before", status(norm.before).into()),
            ("after", status(norm.after).into()),
        ],
    );
    page.field(level, &citation, &text);
    page.paragraph(level + 1, &norm.summary);
    super::verdict::per(page, level + 1, &norm.per);
}

/// What changes for several acts: those whose verdict differs.
pub(super) fn changed_acts(page: &mut Page<'_>, view: &VerdictsView) {
    let Some(changed) = changed(page.messages(), view) else {
        return;
    };
    page.heading("as-they-are");
    for (act, text) in &changed.acts {
        page.field(1, act, text);
    }
    page.entry(1, &changed.count);
}

/// The acts whose verdict differs from that by the facts as they are.
pub(super) struct Changed {
    /// Their names, and what the verdict was and is.
    pub(super) acts: Vec<(String, String)>,
    /// How many they are, in a sentence.
    pub(super) count: String,
}

type Act<'v> = (&'v VerdictView, &'v WhatIfView);

/// The acts whose verdict differs; `None` where nothing is supposed.
pub(super) fn changed(messages: &Messages, view: &VerdictsView) -> Option<Changed> {
    let supposed = view.verdicts.iter().filter_map(|act| {
        let what_if = act.what_if.as_ref()?;
        Some((act, what_if))
    });
    let all: Vec<_> = supposed.collect();
    let is_other = |act: &&Act<'_>| is_changed(act.0, act.1);
    let was = |(act, what_if): &Act<'_>| {
        let is = word(messages, act.verdict, act.contested);
        let was = word(messages, what_if.verdict, what_if.contested);
        let text = messages.message("act-was", &[("was", was.into()), ("is", is.into())]);
        (act.act.clone(), text)
    };
    let acts: Vec<_> = all.iter().filter(is_other).map(was).collect();
    let count = ("count", acts.len().into());
    let count = messages.message("acts-changed", &[count, ("all", all.len().into())]);
    (!all.is_empty()).then_some(Changed { acts, count })
}

fn is_changed(view: &VerdictView, what_if: &WhatIfView) -> bool {
    (view.verdict, view.contested) != (what_if.verdict, what_if.contested)
}

fn word(messages: &Messages, verdict: &str, contested: bool) -> String {
    let word = messages.word("verdict", verdict);
    if contested {
        messages.message("verdict-contested", &[("verdict", word.into())])
    } else {
        word
    }
}

/// What changes in an answer: the rows that come and go.
pub(super) fn changed_rows(page: &mut Page<'_>, view: &AnswerView, full: bool) {
    let Some(what_if) = &view.what_if else {
        return;
    };
    page.heading("as-they-are");
    if what_if.came.is_empty() && what_if.went.is_empty() {
        page.say(1, "answer-same", &[]);
    }
    for (id, rows) in [("rows-came", &what_if.came), ("rows-went", &what_if.went)] {
        if rows.is_empty() {
            continue;
        }
        page.say(1, id, &[("count", rows.len().into())]);
        let shown = if full { rows.len() } else { SHOWN };
        for row in rows.iter().take(shown) {
            let text = row_text(page, view, row);
            page.entry(2, &text);
        }
        if let Some(hidden) = rows.len().checked_sub(shown).filter(|&hidden| hidden > 0) {
            page.say(2, "rows-more", &[("count", hidden.into())]);
        }
    }
}

/// `Who: roy; What: photo-1; Verdict: permitted`.
fn row_text(page: &Page<'_>, view: &AnswerView, row: &RowView) -> String {
    let messages = page.messages();
    let any = || messages.text("any");
    let mut parts: Vec<_> = view
        .columns
        .iter()
        .zip(&row.values)
        .map(|(column, value)| {
            let label = messages.word("column", column);
            messages.field(&label, &value.clone().unwrap_or_else(any))
        })
        .collect();
    if let Some(verdict) = row.verdict {
        parts.push(messages.word("verdict", verdict));
    }
    if parts.is_empty() {
        parts.push(messages.text("answer-yes"));
    }
    parts.join("; ")
}
