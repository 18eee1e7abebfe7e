//! JSON with places. `serde_json` does the parsing; a node is a slice of the file's own text
//! (a raw value), so its place is where the slice starts, and nothing is copied.

use std::borrow::Cow;
use std::fmt;

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

    /// The members of an object; keys that are repeated are an error.
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
        match duplicate(&members) {
            Some(diagnostic) => Err(Box::new(diagnostic)),
            None => Ok(members),
        }
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

fn duplicate(members: &[Member<'_>]) -> Option<Diagnostic> {
    const FEW: usize = 16;
    let report = |first: &Key<'_>, second: &Key<'_>| {
        let message = format!("the key `{}` is given twice", second.text);
        Diagnostic::error("duplicate-key", second.span, message)
            .also(first.span, "first given here")
            .help("put both values into one list, or drop one of them")
    };
    if members.len() <= FEW {
        return members.iter().enumerate().find_map(|(index, (key, _))| {
            members
                .iter()
                .take(index)
                .find(|(earlier, _)| earlier.text == key.text)
                .map(|(earlier, _)| report(earlier, key))
        });
    }
    let mut seen = hashbrown::HashMap::new();
    members.iter().find_map(|(key, _)| {
        seen.insert(&*key.text, key)
            .map(|earlier| report(earlier, key))
    })
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

/// The innermost bracket or quote that is open at the end.
fn unclosed(raw: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut escaped = false;
    for (index, byte) in raw.bytes().enumerate() {
        match (quote, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(_), b'"') => quote = None,
            (None, b'"') => quote = Some(index),
            (None, b'{' | b'[') => open.push(index),
            (None, b'}' | b']') => drop(open.pop()),
            _ => {}
        }
    }
    quote.or(open.pop())
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
