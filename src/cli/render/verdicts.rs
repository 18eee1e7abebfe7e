//! The answer of `decide`: one act in full, or many in a table with totals.

use crate::reasoner::view::{NormView, VerdictView, VerdictsView};

use super::Screen;
use super::page::{Page, printable};
use super::table::table;
use super::verdict::{short, verdict};
use super::what_if;

/// All verdicts, strictest first, as totals count them.
pub(super) const VERDICTS: [&str; 6] = [
    "conflict",
    "prohibited",
    "undetermined",
    "conditional",
    "permitted",
    "unregulated",
];

/// Columns from which on there is room to describe acts in the table.
const ROOM_FOR_DESCRIPTIONS: usize = 90;

/// One act in full; several in a table, or all in full with `details`; then the totals.
pub(in crate::cli) fn verdicts(view: &VerdictsView, details: bool, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    match view.verdicts.as_slice() {
        [] => {
            page.say(0, "no-acts", &[]);
            return page.finish();
        }
        [only] => {
            verdict(&mut page, only);
            return page.finish();
        }
        several if details => {
            for one in several {
                verdict(&mut page, one);
                page.blank();
                page.verbatim(0, "--");
                page.blank();
            }
        }
        several => {
            if let Some(what_if) = several.first().and_then(|first| first.what_if.as_ref()) {
                what_if::supposed(&mut page, &what_if.assumed, &what_if.retracted);
                page.blank();
            }
            overview(&mut page, several);
        }
    }
    page.blank();
    totals(&mut page, &view.verdicts);
    what_if::changed_acts(&mut page, view);
    page.finish()
}

/// A line for each act.
fn overview(page: &mut Page<'_>, verdicts: &[VerdictView]) {
    let described = page.width() >= ROOM_FOR_DESCRIPTIONS;
    let mut heads = vec!["head-act"];
    if described {
        heads.push("head-description");
    }
    heads.extend(["head-verdict", "head-decided-by"]);
    let heads = heads
        .into_iter()
        .map(|id| page.messages().text(id))
        .collect();
    let rows = verdicts
        .iter()
        .map(|view| {
            let mut row = vec![printable(&view.act).into_owned()];
            if described {
                row.push(printable(&view.description).into_owned());
            }
            row.push(short(page, view));
            row.push(decided_by(page, view));
            row
        })
        .collect();
    let text = table(heads, rows, page.width());
    page.verbatim(0, &text);
}

/// What the verdict rests on, in a few words.
fn decided_by(page: &Page<'_>, view: &VerdictView) -> String {
    let messages = page.messages();
    match view.verdict {
        "unregulated" => messages.word("silence", view.silence.unwrap_or("silent")),
        "conditional" => {
            let open = view.conditions.iter().filter(|it| it.standing != "met");
            norms(page, open.map(|condition| condition.norm.as_str()))
        }
        "undetermined" if view.questions.is_empty() => {
            let doubt = view.doubt.first();
            doubt.map_or_else(String::new, |doubt| {
                messages.word("doubt-short", doubt.kind)
            })
        }
        "undetermined" => {
            let count = view.questions.len();
            messages.message("count-questions", &[("count", count.into())])
        }
        "conflict" => {
            let clashing = |norm: &&NormView| !norm.clashes_with.is_empty();
            norms(page, ids(view.norms.iter().filter(clashing)))
        }
        "prohibited" => norms(page, ids(in_force(view, &["forbid", "require"]))),
        _ => norms(page, ids(in_force(view, &["permit", "oblige"]))),
    }
}

/// The norms in force that have one of `effects`.
fn in_force<'a>(
    view: &'a VerdictView,
    effects: &'a [&str],
) -> impl Iterator<Item = &'a NormView> + 'a {
    view.norms
        .iter()
        .filter(|norm| norm.status == "in" && effects.contains(&norm.effect))
}

/// The ids of norms.
fn ids<'a>(norms: impl Iterator<Item = &'a NormView>) -> impl Iterator<Item = &'a str> {
    norms.map(|norm| norm.id.as_str())
}

/// The first of `ids`, and how many others there are.
fn norms<'a>(page: &Page<'_>, ids: impl Iterator<Item = &'a str>) -> String {
    let mut distinct: Vec<&str> = Vec::new();
    for id in ids {
        if !distinct.contains(&id) {
            distinct.push(id);
        }
    }
    match distinct.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first, others @ ..] => page.messages().message(
            "and-others",
            &[("first", (*first).into()), ("count", others.len().into())],
        ),
    }
}

/// How many acts there are of each verdict.
fn totals(page: &mut Page<'_>, verdicts: &[VerdictView]) {
    let parts: Vec<_> = VERDICTS
        .iter()
        .filter_map(|&verdict| {
            let count = verdicts
                .iter()
                .filter(|view| view.verdict == verdict)
                .count();
            let id = format!("total-{verdict}");
            (count > 0).then(|| page.messages().message(&id, &[("count", count.into())]))
        })
        .collect();
    page.say(
        0,
        "totals",
        &[
            ("count", verdicts.len().into()),
            ("parts", parts.join(", ").into()),
        ],
    );
}
