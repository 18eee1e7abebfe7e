//! What is encoded of each document: a table of counts, then what is behind them.

use indexmap::IndexMap;

use crate::reasoner::view::{CoverageView, DocumentView, MissingView};

use super::Screen;
use super::page::Page;
use super::table::table;
use super::verdict::citation;

/// How many entries of a list are shown before the rest is counted.
const SHOWN: usize = 20;

/// The counts of all documents, then each document; with `full`, lists to their end.
pub(in crate::cli) fn coverage(view: &CoverageView, full: bool, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    page.verbatim(0, &counts(&view.documents, screen));
    let shown = if full { usize::MAX } else { SHOWN };
    for one in &view.documents {
        document(&mut page, one, shown);
    }
    page.finish()
}

/// A row for each document, and one for all if there are several.
fn counts(documents: &[DocumentView], screen: &Screen) -> String {
    let heads = [
        "head-document",
        "head-statements",
        "head-encoded",
        "head-missing",
        "head-only-noted",
    ];
    let heads = heads.map(|head| screen.messages.text(head)).to_vec();
    let row = |name: &str, documents: &[DocumentView]| {
        let sum = |count: fn(&DocumentView) -> usize| documents.iter().map(count).sum::<usize>();
        let counts = [
            sum(|it| it.statements),
            sum(|it| it.encoded),
            sum(|it| it.missing.len()),
            sum(|it| it.only_noted),
        ];
        let number = |count: usize| {
            screen
                .messages
                .message("number", &[("count", count.into())])
        };
        let mut row = vec![name.to_owned()];
        row.extend(counts.map(number));
        row
    };
    let mut rows: Vec<_> = documents
        .iter()
        .map(|it| row(&it.document, std::slice::from_ref(it)))
        .collect();
    if documents.len() > 1 {
        rows.push(row(&screen.messages.text("all-documents"), documents));
    }
    table(heads, rows, screen.width)
}

/// One document: how it is encoded, what is missing, what else a reviewer should look at.
fn document(page: &mut Page<'_>, view: &DocumentView, shown: usize) {
    page.blank();
    match &view.inventory {
        Some(place) => page.field(0, &view.document, place),
        None => {
            let none = page.messages().text("no-inventory");
            page.field(0, &view.document, &none);
        }
    }
    let forms = counted(page, &view.forms, |form| match form {
        "definition" | "scope" | "note" => "kind",
        _ => "effect",
    });
    page.labelled(1, "encoded-as", &forms);
    let notes = counted(page, &view.notes, |_| "reason");
    page.labelled(1, "notes", &notes);
    list(page, "missing", &view.missing, shown, missing);
    list(page, "unknown-statements", &view.unknown, shown, |_, id| {
        id.clone()
    });
    list(page, "uncited", &view.uncited, shown, |_, id| id.clone());
    list(page, "doubled", &view.doubled, shown, |page, it| {
        page.messages().list(&it.encoded_by)
    });
    list(
        page,
        "cited-otherwise",
        &view.cited_otherwise,
        shown,
        |page, it| {
            let arguments = [
                ("id", it.id.as_str().into()),
                ("cited", it.cited.as_str().into()),
                ("inventory", it.inventory.as_str().into()),
            ];
            page.messages().message("cited-and-listed", &arguments)
        },
    );
}

/// `permits 49, forbids 31`: each word from the family that `family` gives for it.
fn counted(
    page: &Page<'_>,
    counts: &IndexMap<&'static str, usize>,
    family: impl Fn(&str) -> &'static str,
) -> String {
    let messages = page.messages();
    let each = counts.iter().map(|(&word, &count)| {
        let what = match family(word) {
            "kind" => messages.word("kind", word),
            "effect" => messages.word("effect", word),
            _ => messages.word("reason", word),
        };
        let arguments = [("what", what.into()), ("count", count.into())];
        messages.message("counted", &arguments)
    });
    each.collect::<Vec<_>>().join(", ")
}

/// A statement that is missing: `on-ops/012, line 9: risks, must`.
fn missing(page: &Page<'_>, view: &MissingView) -> String {
    let messages = page.messages();
    let id = citation(page.messages(), &view.id, &view.lines);
    let read = match (view.kind, view.modality) {
        (kind, "") => messages.word("listed", kind),
        (_, modality) => messages.word("listed", modality),
    };
    let what: Vec<_> = [view.section.as_str(), &read]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if what.is_empty() {
        id
    } else {
        messages.field(&id, &what.join(", "))
    }
}

/// The entries of a list under its heading with their number, the rest counted.
fn list<T>(
    page: &mut Page<'_>,
    heading: &'static str,
    entries: &[T],
    shown: usize,
    written: impl Fn(&Page<'_>, &T) -> String,
) {
    if entries.is_empty() {
        return;
    }
    let count = entries.len();
    let arguments = [
        ("label", page.messages().text(heading).into()),
        ("count", count.into()),
    ];
    page.say(1, "listed-count", &arguments);
    // One more than is shown takes no more room than its count.
    let shown = if count <= shown.saturating_add(1) {
        count
    } else {
        shown
    };
    for entry in entries.iter().take(shown) {
        let text = written(page, entry);
        page.entry(2, &text);
    }
    if shown < count {
        page.say(2, "test-more", &[("count", (count - shown).into())]);
    }
}
