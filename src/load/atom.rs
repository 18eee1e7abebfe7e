//! An atom in a fact: `shows_logo(@roy)`.

use std::borrow::Cow;

use crate::base::Span;

use super::cell::{Cell, CellKind};

/// The relation and the arguments of an atom, all at `span`.
pub(super) fn split_atom(text: &str, span: Span) -> Option<(String, Vec<Cell<'static>>)> {
    let (name, rest) = text.trim().split_once('(')?;
    let arguments = rest.strip_suffix(')')?;
    let cells = arguments.split(',').map(|argument| {
        let argument = argument.trim().trim_matches(['\'', '"']);
        let number = argument.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            && argument.parse::<i64>().is_ok();
        let argument = Cow::Owned(argument.to_owned());
        Cell {
            kind: if number {
                CellKind::Number(argument)
            } else {
                CellKind::Text(argument)
            },
            span,
        }
    });
    Some((name.trim().to_owned(), cells.collect()))
}
