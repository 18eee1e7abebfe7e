//! Statements and relations to browse: lists, and one in full.

use crate::base::nearest;
use crate::reasoner::view::{RelationView, StatementView};

use super::Screen;
use super::page::Page;
use super::sources::quoted_lines;
use super::verdict::citation;

/// Says that nothing is called `text`, and what is called something like it.
pub(in crate::cli) fn nothing_found(text: Option<&str>, known: &[&str], screen: &Screen) -> String {
    let mut page = Page::new(screen);
    page.say(0, "nothing-found", &[]);
    if let Some(name) = text.and_then(|text| nearest(text, known.iter().copied())) {
        page.say(0, "usage-did-you-mean", &[("name", name.into())]);
    }
    page.finish()
}

/// A list of statements with what each does and says.
pub(in crate::cli) fn statements(views: &[&StatementView], screen: &Screen) -> String {
    let mut page = Page::new(screen);
    for view in views {
        let kind = kind(&page, view);
        page.field(0, &view.id, &kind);
        page.paragraph(1, &view.summary);
        cited_text(&mut page, 1, view);
    }
    page.blank();
    page.say(0, "count-statements", &[("count", views.len().into())]);
    page.finish()
}

/// One statement in full.
pub(in crate::cli) fn statement(view: &StatementView, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    let kind = kind(&page, view);
    page.field(0, &view.id, &kind);
    page.paragraph(0, &view.summary);
    if !view.reading.is_empty() {
        page.heading("reading");
        page.paragraph(1, &view.reading);
    }
    page.heading("text");
    page.verbatim(1, &view.text);
    page.blank();
    let citation = citation(page.messages(), &view.id, &view.lines);
    let source = match &view.source {
        Some(source) => format!("{citation} ({source})"),
        None => citation,
    };
    page.labelled(0, "citation", &source);
    page.labelled(0, "place", &view.place);
    labelled_list(&mut page, "overrides", &view.overrides);
    labelled_list(&mut page, "overridden-by", &view.overridden_by);
    labelled_list(&mut page, "asks-for", &view.relations);
    if view.cited.is_some() {
        page.heading("cited-text");
    }
    cited_text(&mut page, 1, view);
    page.finish()
}

/// What a statement cites, or why it is not shown.
fn cited_text(page: &mut Page<'_>, level: usize, view: &StatementView) {
    let Some(cited) = &view.cited else { return };
    let id = match (cited.status, view.lines.as_str()) {
        ("fine", "") => "cites-no-line",
        ("fine", _) if cited.lines.is_empty() => "cites-beyond",
        ("fine", _) => return quoted_lines(page, level, &cited.lines),
        ("missing", _) => "text-missing",
        ("changed", _) => "text-changed",
        ("binary", _) => "text-binary",
        _ => "text-unnamed",
    };
    let file = view.source.as_deref().unwrap_or_default();
    page.say(level, id, &[("file", file.into())]);
}

/// A list of relations with what each means.
pub(in crate::cli) fn relations(views: &[&RelationView], screen: &Screen) -> String {
    let mut page = Page::new(screen);
    let mut sorted = views.to_vec();
    sorted.sort_by(|left, right| page.messages().compare(&left.name, &right.name));
    for view in sorted {
        page.entry(0, &signature(&page, view));
        page.paragraph(1, meaning(view));
    }
    page.blank();
    page.say(0, "count-relations", &[("count", views.len().into())]);
    page.finish()
}

/// One relation in full.
pub(in crate::cli) fn relation(view: &RelationView, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    page.entry(0, &signature(&page, view));
    page.paragraph(0, meaning(view));
    page.blank();
    page.labelled(0, "template", &view.template);
    page.say(0, "count-facts", &[("count", view.facts.into())]);
    labelled_list(&mut page, "asked-by", &view.asked_by);
    page.labelled(0, "place", view.place.as_deref().unwrap_or_default());
    page.finish()
}

/// What a statement does, or what kind it is of: `forbids`, `definition`.
fn kind(page: &Page<'_>, view: &StatementView) -> String {
    let kind = page.messages().word("kind", view.kind);
    match (view.kind, view.effect) {
        (_, "") => kind,
        ("norm", effect) => page.messages().word("effect", effect),
        (_, effect) => {
            let effect = page.messages().word("reason", effect);
            format!("{kind} ({effect})")
        }
    }
}

/// A relation's shape with its qualities: `partisan(content: content): open`.
fn signature(page: &Page<'_>, view: &RelationView) -> String {
    let qualities: Vec<_> = view
        .qualities
        .iter()
        .map(|quality| page.messages().word("quality", quality))
        .collect();
    if qualities.is_empty() {
        return view.signature.clone();
    }
    page.messages().message(
        "field",
        &[
            ("label", view.signature.as_str().into()),
            ("text", qualities.join(", ").into()),
        ],
    )
}

/// What a relation means; its template where nothing else says.
fn meaning(view: &RelationView) -> &str {
    if view.meaning.is_empty() {
        &view.template
    } else {
        &view.meaning
    }
}

/// `label: a, b and c`, unless there is none.
fn labelled_list(page: &mut Page<'_>, id: &str, items: &[String]) {
    let list = page.messages().list(items);
    page.labelled(0, id, &list);
}
