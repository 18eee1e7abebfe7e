//! What a new edition of the source texts changes: a table of counts, what was not compared,
//! then each statement to look at again with what it cites and what stands there now.

use crate::reasoner::view::{ChangedView, EditionView, EditionsView, LineView};

use super::Screen;
use super::page::Page;
use super::sources::quoted_lines;
use super::table::table;
use super::verdict::citation;

/// How many lines of a text, and how many moved statements, are shown before the rest is
/// counted. Changed statements are all shown: they are what was asked for.
const SHOWN: usize = 20;

/// The counts of all documents, then each document; with `full`, everything to its end.
pub(in crate::cli) fn editions(view: &EditionsView, full: bool, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    page.verbatim(0, &counts(&view.documents, screen));
    let not_compared = |it: &&EditionView| it.status != "compared";
    page.blank();
    for one in view.documents.iter().filter(not_compared) {
        let status = page.messages().word("edition", one.status);
        page.field(0, &one.document, &status);
    }
    let shown = if full { usize::MAX } else { SHOWN };
    for one in &view.documents {
        document(&mut page, one, shown);
    }
    page.finish()
}

fn counts(documents: &[EditionView], screen: &Screen) -> String {
    let messages = &screen.messages;
    let heads = [
        "head-document",
        "head-changed",
        "head-vanished",
        "head-moved",
        "head-unmoved",
    ];
    let row = |it: &EditionView| {
        let counts = [
            it.changed.len(),
            it.vanished.len(),
            it.moved.len(),
            it.unmoved,
        ];
        let number = |count: usize| messages.message("number", &[("count", count.into())]);
        let mut row = vec![it.document.clone()];
        row.extend(counts.map(number));
        row
    };
    let rows = documents.iter().map(row).collect();
    let heads = heads.map(|head| messages.text(head)).to_vec();
    table(heads, rows, screen.width)
}

fn document(page: &mut Page<'_>, view: &EditionView, shown: usize) {
    for (heading, changed) in [("changed", &view.changed), ("vanished", &view.vanished)] {
        if !changed.is_empty() {
            head(page, view, heading, changed.len());
        }
        for one in changed {
            statement(page, one, shown);
        }
    }
    if view.moved.is_empty() {
        return;
    }
    let count = view.moved.len();
    head(page, view, "moved", count);
    for one in view.moved.iter().take(shown) {
        let arguments = [
            ("id", one.id.as_str().into()),
            ("old", one.old_lines.as_str().into()),
            ("new", one.new_lines.as_str().into()),
        ];
        page.say(1, "moved-lines", &arguments);
    }
    more(page, 1, count, shown);
}

/// `on-ops: changed (3)` after a blank line.
fn head(page: &mut Page<'_>, view: &EditionView, heading: &str, count: usize) {
    let label = page.messages().word("heading", heading);
    let arguments = [("label", label.into()), ("count", count.into())];
    let text = page.messages().message("listed-count", &arguments);
    page.blank();
    page.field(0, &view.document, &text);
}

/// A statement with what it cites and what stands there now.
fn statement(page: &mut Page<'_>, view: &ChangedView, shown: usize) {
    let citation = citation(page.messages(), &view.id, &view.old_lines);
    page.entry(1, &citation);
    if !view.summary.is_empty() {
        page.paragraph(2, &view.summary);
    }
    let was = page.messages().text("was");
    excerpt(page, &was, &view.old, shown);
    let is = page.messages().text("is-now");
    excerpt(page, &is, &view.new, shown);
}

fn excerpt(page: &mut Page<'_>, label: &str, lines: &[LineView], shown: usize) {
    if lines.is_empty() {
        return;
    }
    page.entry(2, label);
    let some = lines.get(..shown).unwrap_or(lines);
    quoted_lines(page, 3, some);
    more(page, 3, lines.len(), shown);
}

/// How many entries are not shown, if any.
fn more(page: &mut Page<'_>, level: usize, count: usize, shown: usize) {
    if let Some(rest) = count.checked_sub(shown).filter(|&rest| rest > 0) {
        page.say(level, "test-more", &[("count", rest.into())]);
    }
}
