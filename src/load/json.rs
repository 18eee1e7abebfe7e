//! JSON with places. `serde_json` does the parsing; a node is a slice of the file's own text
//! (a raw value), so its place is where the slice starts, and nothing is copied.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::fmt;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::base::{Diagnostic, Span};

use super::cell::{Cell, CellKind, Key, Read, Text};

/// A JSON value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    raw: &'a str,
    text: Text<'a>,
}

/// What a value looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    Object,
    List,
    Scalar,
}

/// A member of an object.
pub(super) type Member<'a> = (Key<'a>, Node<'a>);

impl<'a> Node<'a> {
    /// The whole of `part`, a slice of `text`, as one value; not yet checked.
    pub(super) fn new(text: Text<'a>, part: &'a str) -> Self {
        Self {
            raw: part.trim_matches([' ', '\n', '\r', '\t']),
            text,
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.raw.is_empty()
    }

    pub(super) fn span(self) -> Span {
        self.text.span(self.raw, self.text.text)
    }

    pub(super) fn shape(self) -> Shape {
        match self.raw.as_bytes().first() {
            Some(b'{') => Shape::Object,
            Some(b'[') => Shape::List,
            _ => Shape::Scalar,
        }
    }

    /// What it is, for messages.
    pub(super) fn describe(self) -> String {
        match self.shape() {
            Shape::Object => "an object".to_owned(),
            Shape::List => "a list".to_owned(),
            Shape::Scalar => self
                .cell()
                .map_or_else(|_| "a value".to_owned(), |cell| cell.kind.describe()),
        }
    }

    /// It is well formed.
    pub(super) fn check(self) -> Read<()> {
        serde_json::from_str::<&RawValue>(self.raw)
            .map(|_| ())
            .map_err(|error| self.fault(&error))
    }

    /// The members of an object, repeated keys included.
    pub(super) fn members(self) -> Read<Vec<Member<'a>>> {
        let mut members = Vec::new();
        let visitor = EachMember(|key: Cow<'a, str>, raw: &'a RawValue| {
            let node = self.child(raw);
            let span = self.text.span(&key, node.raw);
            members.push((Key { text: key, span }, node));
        });
        let mut json = serde_json::Deserializer::from_str(self.raw);
        json.deserialize_map(visitor)
            .and_then(|()| json.end())
            .map_err(|error| self.fault(&error))?;
        Ok(members)
    }

    /// Passes each item of a list to `sink`.
    pub(super) fn each_item(self, mut sink: impl FnMut(Self)) -> Read<()> {
        let mut json = serde_json::Deserializer::from_str(self.raw);
        json.deserialize_seq(EachItem(|raw: &'a RawValue| sink(self.child(raw))))
            .and_then(|()| json.end())
            .map_err(|error| self.fault(&error))
    }

    /// It as a single value.
    pub(super) fn cell(self) -> Read<Cell<'a>> {
        let kind = match self.raw.as_bytes().first() {
            Some(b'"') => CellKind::Text(self.string()?),
            Some(b't') => CellKind::Bool(true),
            Some(b'f') => CellKind::Bool(false),
            Some(b'n') => CellKind::Null,
            Some(b'{') => CellKind::Composite("an object"),
            Some(b'[') => CellKind::Composite("a list"),
            _ => CellKind::Number(Cow::Borrowed(self.raw)),
        };
        Ok(Cell {
            kind,
            span: self.span(),
        })
    }

    fn string(self) -> Read<Cow<'a, str>> {
        let inside = self
            .raw
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .filter(|inside| !inside.as_bytes().contains(&b'\\'));
        match inside {
            Some(inside) => Ok(Cow::Borrowed(inside)),
            None => serde_json::from_str(self.raw)
                .map(Cow::Owned)
                .map_err(|error| self.fault(&error)),
        }
    }

    fn child(self, raw: &'a RawValue) -> Self {
        Self {
            raw: raw.get(),
            text: self.text,
        }
    }

    /// A syntax error in our words.
    fn fault(self, error: &serde_json::Error) -> Box<Diagnostic> {
        let whole = self.span();
        if error.is_eof() {
            let end = Span {
                start: whole.end,
                ..whole
            };
            let message = "the JSON ends before it is complete";
            let diagnostic = Diagnostic::error("truncated-json", end, message)
                .help("the file may have been cut off; look for a missing `}`, `]` or `\"`");
            return Box::new(match unclosed(self.raw) {
                Some(offset) => {
                    let start = whole.start as usize + offset;
                    let span = Span::new(whole.file, start, start + 1);
                    diagnostic.also(span, "this is never closed")
                }
                None => diagnostic,
            });
        }
        let start = whole.start as usize + offset(self.raw, error.line(), error.column());
        let place = Span::new(whole.file, start, start);
        let message = in_our_words(&error.to_string());
        Box::new(Diagnostic::error("invalid-json", place, message))
    }
}

/// Removes members whose key was given before, with a diagnostic for each.
pub(super) fn remove_duplicates(members: &mut Vec<Member<'_>>) -> Vec<Diagnostic> {
    const FEW: usize = 16;
    let distinct = if members.len() <= FEW {
        members.iter().enumerate().all(|(index, (key, _))| {
            let mut earlier = members.iter().take(index);
            earlier.all(|(earlier, _)| earlier.text != key.text)
        })
    } else {
        let mut seen = FxHashSet::default();
        members.iter().all(|(key, _)| seen.insert(&*key.text))
    };
    if distinct {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut first: FxHashMap<String, Span> = FxHashMap::default();
    members.retain(|(key, _)| match first.entry(key.text.to_string()) {
        Entry::Vacant(entry) => {
            entry.insert(key.span);
            true
        }
        Entry::Occupied(entry) => {
            let message = format!("the key `{}` is given twice", key.text);
            let diagnostic = Diagnostic::error("duplicate-key", key.span, message)
                .also(*entry.get(), "first given here")
                .help("put both values into one list, or drop one of them");
            found.push(diagnostic);
            false
        }
    });
    found
}

/// The byte at a line and column (in bytes, both from 1) of `raw`, on a character boundary.
fn offset(raw: &str, line: usize, column: usize) -> usize {
    let before: usize = raw
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let place = (before + column.saturating_sub(1)).min(raw.len());
    raw.floor_char_boundary(place)
}

/// The innermost bracket or quote that is open at the end: the last bracket that opens the
/// depth at which the text ends. Two walks, as a stack of 200 million brackets is no small thing.
fn unclosed(raw: &str) -> Option<usize> {
    let mut end = 0;
    let quote = brackets(raw, |_, depth| end = depth);
    let mut innermost = None;
    brackets(raw, |index, depth| {
        if depth == end
            && raw
                .as_bytes()
                .get(index)
                .is_some_and(|byte| b"{[".contains(byte))
        {
            innermost = Some(index);
        }
    });
    quote.or(innermost)
}

/// Passes each bracket outside texts, with the depth after it, to `sink`; yields the quote that
/// is open at the end.
fn brackets(raw: &str, mut sink: impl FnMut(usize, usize)) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut escaped = false;
    for (index, byte) in raw.bytes().enumerate() {
        match (quote, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(_), b'"') => quote = None,
            (None, b'"') => quote = Some(index),
            (None, b'{' | b'[') => {
                depth += 1;
                sink(index, depth);
            }
            (None, b'}' | b']') => {
                depth = depth.saturating_sub(1);
                sink(index, depth);
            }
            _ => {}
        }
    }
    quote
}

/// What `serde_json` says, without its line and column, to someone who writes facts.
fn in_our_words(message: &str) -> String {
    let said = message.split(" at line ").next().unwrap_or(message);
    match said {
        "expected value" => "a value is missing here, or is not JSON".to_owned(),
        "trailing comma" => "a comma stands before the closing bracket".to_owned(),
        "trailing characters" => "something follows the end of the JSON".to_owned(),
        "key must be a string" => "a key must be a text in double quotes".to_owned(),
        "expected ident" => "neither `true`, `false` nor `null`".to_owned(),
        "invalid number" => "this is not a number as JSON writes it".to_owned(),
        "invalid escape" => "an escape that JSON does not know".to_owned(),
        _ if said.starts_with("control character") => {
            "a line break or control character inside a text".to_owned()
        }
        _ if said.contains("hex escape") => "half a character in an escape".to_owned(),
        _ => said.to_owned(),
    }
}

/// Visits the members of an object one by one.
struct EachMember<F>(F);

impl<'de, F: FnMut(Cow<'de, str>, &'de RawValue)> Visitor<'de> for EachMember<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(mut self, mut map: M) -> Result<(), M::Error> {
        while let Some((BorrowedKey(key), value)) = map.next_entry()? {
            self.0(key, value);
        }
        Ok(())
    }
}

/// Visits the items of a list one by one.
struct EachItem<F>(F);

impl<'de, F: FnMut(&'de RawValue)> Visitor<'de> for EachItem<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<S: SeqAccess<'de>>(mut self, mut items: S) -> Result<(), S::Error> {
        while let Some(value) = items.next_element()? {
            self.0(value);
        }
        Ok(())
    }
}

/// A key that borrows from the text unless it has escapes; serde's own `Cow` always copies.
struct BorrowedKey<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for BorrowedKey<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = BorrowedKey<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(BorrowedKey(Cow::Borrowed(key)))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(BorrowedKey(Cow::Owned(key.to_owned())))
    }
}
