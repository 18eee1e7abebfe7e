//! The source texts of documents, and lines of them.

use crate::reasoner::view::{LineView, SourceView, SourcesView};

use super::Screen;
use super::page::Page;
use super::table::table;

/// A row for each document, then what is wrong with its text.
pub(in crate::cli) fn sources(view: &SourcesView, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    let messages = &screen.messages;
    let heads = ["head-document", "head-file", "head-state"];
    let row = |it: &SourceView| {
        let file = it.file.clone().unwrap_or_default();
        vec![it.document.clone(), file, messages.word("state", it.status)]
    };
    let rows = view.documents.iter().map(row).collect();
    let heads = heads.map(|head| messages.text(head)).to_vec();
    page.verbatim(0, &table(heads, rows, screen.width));
    for one in &view.documents {
        details(&mut page, one);
    }
    page.finish()
}

/// Both hashes of a text that has changed; statements that cite what it does not have.
fn details(page: &mut Page<'_>, view: &SourceView) {
    let changed = view.status == "changed";
    if !changed && view.beyond.is_empty() {
        return;
    }
    page.blank();
    page.entry(0, &view.document);
    if changed {
        page.labelled(1, "hash-expected", &short(view.expected.as_deref()));
        page.labelled(1, "hash-found", &short(view.found.as_deref()));
    }
    page.labelled(1, "cites-beyond-end", &view.beyond.join(", "));
}

/// Lines of a text behind their numbers.
pub(super) fn quoted_lines(page: &mut Page<'_>, level: usize, lines: &[LineView]) {
    let width = lines.iter().map(|line| line.number.to_string().len()).max();
    for line in lines {
        let number = line.number.to_string();
        page.hanging(level, &number, width.unwrap_or_default(), &line.text);
    }
}

/// The first digits of a hash, enough to tell two apart; JSON has all.
fn short(hash: Option<&str>) -> String {
    let digits = hash.unwrap_or_default().chars().take(16);
    digits.chain(['…']).collect()
}
