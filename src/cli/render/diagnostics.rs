//! Diagnostics as compilers show them: the line, what is wrong there, and how to mend it.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::base::{Diagnostic, Severity, Sources};
use crate::cli::messages::Messages;

use super::excerpt::{Counted, Excerpt, excerpts};
use super::page::printable;

/// How diagnostics are shown.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct DiagnosticStyle {
    /// In colour.
    pub(in crate::cli) color: bool,
    /// Without drawn lines, for a screen reader.
    pub(in crate::cli) no_graphics: bool,
    /// Columns.
    pub(in crate::cli) width: usize,
    /// All of them, however many.
    pub(in crate::cli) all: bool,
}

impl DiagnosticStyle {
    /// How many are shown. Warnings alone must not push the answer out of sight.
    fn limit(self, diagnostics: &[Diagnostic]) -> usize {
        const AMONG_ERRORS: usize = 50;
        const WARNINGS_ALONE: usize = 5;
        match diagnostics.iter().any(Diagnostic::is_error) {
            _ if self.all => diagnostics.len(),
            true => AMONG_ERRORS,
            false => WARNINGS_ALONE,
        }
    }

    /// The renderer that shows them so.
    fn renderer(self) -> Renderer {
        let renderer = if self.color {
            Renderer::styled().hyperlink(false)
        } else {
            Renderer::plain()
        };
        renderer
            .term_width(self.width)
            .no_graphics(self.no_graphics)
    }
}

/// Writes `diagnostics` and how many there are. If not all are shown, errors come first.
pub(in crate::cli) fn diagnostics(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    messages: &Messages,
    style: DiagnosticStyle,
    err: &mut dyn Write,
) -> io::Result<()> {
    if diagnostics.is_empty() {
        return Ok(());
    }
    let limit = style.limit(diagnostics);
    let mut shown: Vec<_> = diagnostics.iter().collect();
    if shown.len() > limit {
        shown.sort_by_key(|diagnostic| diagnostic.severity);
        shown.truncate(limit);
    }
    let renderer = style.renderer();
    let mut counted = Counted::default();
    for diagnostic in &shown {
        let groups = groups(diagnostic, sources, messages, &mut counted);
        writeln!(err, "{}\n", renderer.render(&groups))?;
    }
    writeln!(err, "{}", footer(diagnostics, shown.len(), messages))
}

/// How many errors and warnings there are, and how many of them were left out.
fn footer(diagnostics: &[Diagnostic], shown: usize, messages: &Messages) -> String {
    let errors = diagnostics.iter().filter(|it| it.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(messages.message("diagnostics-errors", &[("count", errors.into())]));
    }
    if warnings > 0 {
        parts.push(messages.message("diagnostics-warnings", &[("count", warnings.into())]));
    }
    let mut text = parts.join(", ");
    let hidden = diagnostics.len() - shown;
    if hidden > 0 {
        text.push_str(&messages.message("diagnostics-hidden", &[("count", hidden.into())]));
    }
    text
}

/// One diagnostic in the renderer's terms.
fn groups<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    messages: &Messages,
    counted: &mut Counted,
) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(messages.text("error")),
        Severity::Warning => Level::WARNING.with_name(messages.text("warning")),
    };
    let mut group = Group::with_title(
        level
            .primary_title(diagnostic.message.as_str())
            .id(diagnostic.code),
    );
    let labels: Vec<_> = std::iter::once(&diagnostic.primary)
        .chain(&diagnostic.secondary)
        .collect();
    for excerpt in excerpts(&labels, sources, counted) {
        group = with_excerpt(group, excerpt);
    }
    for note in &diagnostic.notes {
        let note = Level::NOTE
            .with_name(messages.text("note"))
            .message(printable(note));
        group = group.element(note);
    }
    if let Some(help) = &diagnostic.help {
        let help = Level::HELP
            .with_name(messages.text("help"))
            .message(printable(help));
        group = group.element(help);
    }
    vec![group]
}

/// `group` with the lines of `excerpt`. The renderer counts columns in what it is given, so
/// the place on a line that was cut is told apart.
fn with_excerpt<'a>(group: Group<'a>, excerpt: Excerpt<'a>) -> Group<'a> {
    let marks = excerpt.marks.into_iter().map(|mark| {
        let kind = if mark.primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let label = (!mark.text.is_empty()).then_some(mark.text);
        kind.span(mark.range).label(label)
    });
    let snippet = Snippet::source(excerpt.text)
        .line_start(excerpt.first_line)
        .annotations(marks);
    if excerpt.cut {
        let origin = Origin::path(excerpt.name)
            .line(excerpt.position.line as usize)
            .char_column(excerpt.position.column as usize);
        group.element(origin).element(snippet)
    } else {
        group.element(snippet.path(excerpt.name))
    }
}

#[cfg(test)]
mod tests;
