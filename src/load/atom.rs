//! Atoms in facts, written as in a policy: `"shows_logo(@roy)"`.

use std::borrow::Cow;

use crate::base::{Diagnostic, FileId, Span};
use crate::lang::ast::{Term, TermKind};
use crate::lang::{parse_atom, parse_literal, print_body};

use super::cell::{Cell, CellKind, Key, Read};

const HELP: &str = "write it as in a policy: `\"shows_logo(@roy)\"`";

/// The relation and the arguments of the atom that `cell` holds; `_` is null.
pub(super) fn read_atom<'a>(cell: &Cell<'a>) -> Read<(Key<'a>, Vec<Cell<'a>>)> {
    let text = text_of(cell)?;
    let (atom, diagnostics) = parse_atom(cell.span.file, text);
    let Some(atom) = atom else {
        return Err(invalid(cell, text, &diagnostics));
    };
    let key = Key {
        text: Cow::Owned(atom.relation.node),
        span: place(cell, text, atom.relation.span),
    };
    let arguments = atom
        .terms
        .into_iter()
        .map(|term| argument(cell, text, term));
    Ok((key, arguments.collect::<Result<_, _>>()?))
}

/// The canonical form of the condition that `text`, read from `span`, holds.
pub(super) fn canonical(text: &str, span: Span) -> Read<String> {
    let (literal, diagnostics) = parse_literal(span.file, text);
    match literal {
        Some(literal) => Ok(print_body(&[literal])),
        None => Err(not_an_atom(text, span, &diagnostics)),
    }
}

fn text_of<'c>(cell: &'c Cell<'_>) -> Read<&'c str> {
    match &cell.kind {
        CellKind::Text(text) => Ok(text),
        CellKind::Bare(text) => Ok(text),
        other => {
            let message = format!("expected an atom, found {}", other.describe());
            let diagnostic = Diagnostic::error("invalid-atom", cell.span, message);
            Err(Box::new(diagnostic.help(HELP)))
        }
    }
}

fn argument<'a>(cell: &Cell<'_>, text: &str, term: Term) -> Read<Cell<'a>> {
    let span = place(cell, text, term.span.0);
    if term.kind == TermKind::Any {
        let kind = CellKind::Null;
        return Ok(Cell { kind, span });
    }
    ground(term, span).ok_or_else(|| {
        let message = "a situation in the facts has no variables";
        let diagnostic = Diagnostic::error("invalid-atom", span, message);
        Box::new(diagnostic.help("name the individual that it is about, or write `_` for some"))
    })
}

/// A term without variables as a value that stands at `span`.
pub(super) fn ground<'a>(term: Term, span: Span) -> Option<Cell<'a>> {
    let kind = match term.kind {
        TermKind::Symbol(name) | TermKind::Text(name) => CellKind::Text(Cow::Owned(name)),
        TermKind::Integer(number) => CellKind::Number(Cow::Owned(number.to_string())),
        TermKind::Date(date) => CellKind::Text(Cow::Owned(date.to_string())),
        TermKind::Variable(_) | TermKind::Any => return None,
    };
    Some(Cell { kind, span })
}

fn invalid(cell: &Cell<'_>, text: &str, diagnostics: &[Diagnostic]) -> Box<Diagnostic> {
    let mut diagnostic = not_an_atom(text, cell.span, diagnostics);
    if let Some(first) = diagnostics.first() {
        diagnostic.primary.span = place(cell, text, first.primary.span);
    }
    diagnostic
}

fn not_an_atom(text: &str, span: Span, diagnostics: &[Diagnostic]) -> Box<Diagnostic> {
    let message = format!("`{}` is not an atom", super::cell::shorten(text));
    let mut diagnostic = Diagnostic::error("invalid-atom", span, message);
    for found in diagnostics.iter().take(1) {
        diagnostic = diagnostic.note(found.message.clone());
    }
    Box::new(diagnostic.help(HELP))
}

/// Where `inner`, a place in the text that `cell` holds, stands in the file. With escapes in
/// the text that is the whole cell.
fn place(cell: &Cell<'_>, text: &str, inner: Span) -> Span {
    let Span { file, start, end } = cell.span;
    let quotes = (end - start) as usize - text.len().min((end - start) as usize);
    match quotes {
        0 => shifted(file, start, inner),
        2 if !matches!(cell.kind, CellKind::Text(Cow::Owned(_))) => shifted(file, start + 1, inner),
        _ => cell.span,
    }
}

fn shifted(file: FileId, by: u32, inner: Span) -> Span {
    Span {
        file,
        start: inner.start + by,
        end: inner.end + by,
    }
}
