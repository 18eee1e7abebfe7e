//! Inventories: the statements that somebody found in a document's text, one a line, each with
//! the lines where it stands. `coverage` holds the policies against them.
//!
//! An inventory says what the policies cannot: what there is to encode. What a statement means,
//! in summary or in full, is for the policy alone.

use std::collections::HashMap;

use crate::base::{Diagnostic, FileId, Sources, Span, nearest};

use super::cell::{CellKind, Key, Read, Text, shorten};
use super::json::{Member, Node, Shape, remove_duplicates};
use super::reports::Reports;

/// The extension of inventories, and the whole name of one.
pub const INVENTORY_EXTENSIONS: [&str; 1] = ["jsonl"];
const NAME: &str = "inventory.jsonl";

/// What a statement may be said to be.
const KINDS: [&str; 8] = [
    "regulative",
    "definition",
    "scope",
    "consideration",
    "advice",
    "procedure",
    "scenario",
    "sanction",
];

/// What a regulative statement may be said to do.
const MODALITIES: [&str; 5] = ["must", "must_not", "may", "should", "should_not"];

const KEYS: [&str; 5] = ["id", "lines", "section", "kind", "modality"];

/// The statements of one document.
#[derive(Clone, Debug)]
pub struct Inventory {
    /// The document's name.
    pub document: String,
    /// The file.
    pub file: FileId,
    /// Its statements in the order of the file.
    pub entries: Vec<InventoryEntry>,
}

/// A statement that somebody found in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InventoryEntry {
    /// Its id, as a policy would write it.
    pub id: String,
    /// First and last line of the source text.
    pub lines: Option<(u32, u32)>,
    /// The part of the document that it stands in, in our words.
    pub section: Option<String>,
    /// What it is, at first reading.
    pub kind: Option<&'static str>,
    /// What it lays down, at first reading.
    pub modality: Option<&'static str>,
}

/// Reads those of `files` that are inventories; findings are sorted by place.
pub fn load_inventories(sources: &Sources, files: &[FileId]) -> (Vec<Inventory>, Vec<Diagnostic>) {
    let mut reader = Reader {
        reports: Reports::new(),
        first: HashMap::new(),
    };
    let mut inventories = Vec::new();
    for &file in files {
        let source = sources.get(file);
        let (folder, name) = source.name.rsplit_once('/').unwrap_or(("", &source.name));
        if name == NAME {
            let folder = folder.rsplit('/').next().unwrap_or_default();
            let text = Text {
                file,
                text: &source.text,
            };
            inventories.extend(reader.inventory(text, folder));
        }
    }
    (inventories, reader.reports.finish())
}

struct Reader {
    reports: Reports,
    /// Where each id was given first.
    first: HashMap<String, Span>,
}

impl Reader {
    /// A whole file. It is about the document that its folder is named after.
    fn inventory(&mut self, text: Text<'_>, folder: &str) -> Option<Inventory> {
        let mut document = match folder {
            "" | "." | ".." => None,
            named => Some(named.to_owned()),
        };
        let mut entries = Vec::new();
        for line in text.text.split('\n') {
            let node = Node::new(text, line);
            if node.is_empty() {
                continue;
            }
            let Some((entry, place)) = self.entry(node) else {
                continue;
            };
            let named = entry.id.split('/').next().unwrap_or_default();
            let document = document.get_or_insert_with(|| named.to_owned());
            if named != document {
                self.wrong_document(&entry.id, document, place);
            } else if self.is_new(&entry.id, place) {
                entries.push(entry);
            }
        }
        if text.text.trim().is_empty() {
            let start = Span::new(text.file, 0, 0);
            let empty = Diagnostic::error("empty-file", start, "the inventory is empty");
            let help = "list the document's statements, or delete the file";
            self.reports.add(empty.help(help));
        }
        Some(Inventory {
            document: document?,
            file: text.file,
            entries,
        })
    }

    fn wrong_document(&mut self, id: &str, document: &str, place: Span) {
        let message = format!("`{id}` is no statement of `{document}`");
        let diagnostic = Diagnostic::error("wrong-document", place, message)
            .help("an inventory lists the document that its folder is named after");
        self.reports.add(diagnostic);
    }

    fn is_new(&mut self, id: &str, place: Span) -> bool {
        let Some(&first) = self.first.get(id) else {
            self.first.insert(id.to_owned(), place);
            return true;
        };
        let message = format!("two statements of the inventory have the id `{id}`");
        let diagnostic = Diagnostic::error("duplicate-id", place, message)
            .label("again here")
            .also(first, "first here");
        self.reports.add(diagnostic);
        false
    }

    /// A line, with the place of its id.
    fn entry(&mut self, line: Node<'_>) -> Option<(InventoryEntry, Span)> {
        let members = self.members(line)?;
        let mut entry = InventoryEntry {
            id: String::new(),
            lines: None,
            section: None,
            kind: None,
            modality: None,
        };
        let mut has_id = false;
        let mut place = None;
        for (key, node) in members {
            match &*key.text {
                "id" => {
                    has_id = true;
                    if let Some(id) = self.id(node) {
                        entry.id = id;
                        place = Some(node.span());
                    }
                }
                "lines" => entry.lines = self.lines(node),
                "section" => entry.section = self.text(node),
                "kind" => entry.kind = self.word(node, &KINDS),
                "modality" => entry.modality = self.word(node, &MODALITIES),
                _ => self.unknown_key(&key),
            }
        }
        if !has_id {
            let message = "a statement of the inventory has no `id`";
            let diagnostic = Diagnostic::error("missing-id", line.span(), message);
            self.reports
                .add(diagnostic.help("add it as in `\"id\": \"on-ops/012\"`"));
        }
        Some((entry, place?))
    }

    fn members<'a>(&mut self, line: Node<'a>) -> Option<Vec<Member<'a>>> {
        self.take(line.check())?;
        if line.shape() != Shape::Object {
            let message = format!("a line is an object, not {}", line.describe());
            self.wrong_shape(line.span(), message);
            return None;
        }
        let mut members = self.take(line.members())?;
        for diagnostic in remove_duplicates(&mut members) {
            self.reports.add(diagnostic);
        }
        Some(members)
    }

    fn id(&mut self, node: Node<'_>) -> Option<String> {
        let id = self.text(node)?;
        let known = |(document, number): (&str, &str)| {
            !document.is_empty() && number.starts_with(|first: char| first.is_ascii_digit())
        };
        if id.split_once('/').is_some_and(known) {
            return Some(id);
        }
        let message = "an id names the document and a number, as in `on-ops/012`";
        self.wrong_shape(node.span(), message);
        None
    }

    fn text(&mut self, node: Node<'_>) -> Option<String> {
        let cell = self.take(node.cell())?;
        if let CellKind::Text(text) = cell.kind {
            return Some(text.into_owned());
        }
        let message = format!("expected a text, found {}", cell.kind.describe());
        self.wrong_shape(cell.span, message);
        None
    }

    /// One of `known`.
    fn word(&mut self, node: Node<'_>, known: &[&'static str]) -> Option<&'static str> {
        let text = self.text(node)?;
        let word = known.iter().copied().find(|&word| word == text);
        if word.is_none() {
            let message = format!("`{}` is not one of {}", shorten(&text), known.join(", "));
            self.wrong_shape(node.span(), message);
        }
        word
    }

    /// `[first, last]`.
    fn lines(&mut self, node: Node<'_>) -> Option<(u32, u32)> {
        let mut found: Vec<Option<u32>> = Vec::new();
        if node.shape() == Shape::List {
            let read = node.each_item(|item| found.push(number(item)));
            self.take(read)?;
        }
        match *found.as_slice() {
            [Some(first), Some(last)] if first <= last => Some((first, last)),
            [Some(first), Some(last)] => {
                let message = format!("line {last} stands before line {first}");
                let diagnostic = Diagnostic::error("reversed-lines", node.span(), message);
                self.reports
                    .add(diagnostic.help("write the first line first"));
                None
            }
            _ => {
                let message = "lines are the first and the last one, counted from 1: `[12, 14]`";
                self.wrong_shape(node.span(), message);
                None
            }
        }
    }

    fn unknown_key(&mut self, key: &Key<'_>) {
        let message = format!("`{}` is not a key of an inventory", key.text);
        let guess = nearest(&key.text, KEYS).map(|near| format!("did you mean `{near}`?"));
        let diagnostic = Diagnostic::error("unknown-key", key.span, message)
            .note(format!("keys are {}", KEYS.join(", ")))
            .maybe_help(guess);
        self.reports.add(diagnostic);
    }

    fn wrong_shape(&mut self, place: Span, message: impl Into<String>) {
        self.reports
            .add(Diagnostic::error("wrong-shape", place, message));
    }

    /// Passes on what is there, and reports what is not.
    fn take<T>(&mut self, read: Read<T>) -> Option<T> {
        read.map_err(|diagnostic| self.reports.add(*diagnostic))
            .ok()
    }
}

/// A line number.
fn number(node: Node<'_>) -> Option<u32> {
    match node.cell().ok()?.kind {
        CellKind::Number(text) => text.parse().ok().filter(|&line| line > 0),
        _ => None,
    }
}
