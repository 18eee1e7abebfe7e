//! Single values as files give them, before their sort is known, with their places.

use std::borrow::Cow;

use crate::base::{Diagnostic, FileId, Span};
use crate::engine::Validity;

/// What was read, or what is wrong with it.
pub(super) type Read<T> = Result<T, Box<Diagnostic>>;

/// A file's text while it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
}

impl<'a> Text<'a> {
    /// Where `part` stands. INVARIANT: `part` is a slice of the text; what is not, being a copy
    /// with escapes resolved, is said to stand at `otherwise`.
    pub(super) fn span(self, part: &str, otherwise: &'a str) -> Span {
        let offset = |part: &str| {
            let start = part
                .as_ptr()
                .addr()
                .checked_sub(self.text.as_ptr().addr())?;
            let end = start + part.len();
            (end <= self.text.len()).then(|| Span::new(self.file, start, end))
        };
        offset(part)
            .or_else(|| offset(otherwise))
            .unwrap_or(Span::new(self.file, 0, 0))
    }
}

/// A key of an object or a column of a table.
#[derive(Clone, Debug)]
pub(super) struct Key<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) span: Span,
}

/// One value.
#[derive(Clone, Debug)]
pub(super) struct Cell<'a> {
    pub(super) kind: CellKind<'a>,
    pub(super) span: Span,
}

/// What a value looks like.
#[derive(Clone, Debug)]
pub(super) enum CellKind<'a> {
    /// A JSON string.
    Text(Cow<'a, str>),
    /// A number, as written.
    Number(Cow<'a, str>),
    /// `true`, `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// A field of a table, whose sort alone says what it is. Never empty: an empty field is
    /// [`CellKind::Null`].
    Bare(&'a str),
    /// A list or an object, where a single value is due.
    Composite(&'static str),
}

impl CellKind<'_> {
    /// What it is, for messages.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Text(text) => format!("the text `{}`", shorten(text)),
            Self::Number(text) => format!("the number {}", shorten(text)),
            Self::Bool(value) => format!("`{value}`"),
            Self::Null => "nothing".to_owned(),
            Self::Bare(text) => format!("`{}`", shorten(text)),
            Self::Composite(what) => (*what).to_owned(),
        }
    }
}

/// `text`, or its beginning where it is long, on one line.
pub(super) fn shorten(text: &str) -> String {
    const LONG: usize = 60;
    let mut short: String = text
        .chars()
        .take(LONG)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(LONG).is_some() {
        short.push('…');
    }
    short
}

/// A value that may hold for a time only.
#[derive(Clone, Debug)]
pub(super) struct Dated<'a> {
    pub(super) cell: Cell<'a>,
    /// Boxed, as few values have one and lists may be long.
    pub(super) validity: Option<Box<Validity>>,
}

/// What a key says of its subject.
#[derive(Clone, Debug)]
pub(super) enum Said<'a> {
    /// One value.
    One(Dated<'a>),
    /// A list, with its place.
    Many {
        /// Its values.
        items: Vec<Dated<'a>>,
        /// `null` is among them: there may be others.
        open: bool,
        /// The whole of it.
        span: Span,
    },
}

impl Said<'_> {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::One(dated) => dated.cell.span,
            Self::Many { span, .. } => *span,
        }
    }
}
