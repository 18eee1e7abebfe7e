//! What the policies encode of what the inventories list. An id with a letter behind its
//! number (`on-ministers/020b`) is part of the statement without it, unless the inventory
//! lists it as one of its own.

use indexmap::IndexMap;

use crate::load::{Inventory, InventoryEntry};
use crate::program::{Statement, StatementKind};

use super::browse::kind;
use super::verdicts::lines;
use super::view::{CitedOtherwiseView, CoverageView, DocumentView, DoubledView, MissingView};
use super::{OpenError, Reasoner, load};

/// The forms of statements, in the order in which they are told.
const FORMS: [&str; 12] = [
    "permit",
    "permit-not",
    "forbid",
    "oblige",
    "require",
    "recommend",
    "discourage",
    "consider",
    "consequence",
    "definition",
    "scope",
    "note",
];

/// The reasons of notes, in the order in which they are told.
const REASONS: [&str; 3] = ["informative", "duplicate", "external"];

/// The statements of the inventory, each with those of the policies that encode it.
type Encodings<'a> = IndexMap<&'a str, (&'a InventoryEntry, Vec<&'a Statement>)>;

impl Reasoner {
    /// What is encoded of each document: those of the policies in their order, then those of
    /// which there is only an inventory.
    pub fn coverage(&self) -> Result<CoverageView, OpenError> {
        let (inventories, sources) = load::inventories(&self.policies)?;
        let of = |name: &str| inventories.iter().find(|it| it.document == name);
        let place = |inventory: &Inventory| sources.get(inventory.file).name.clone();
        let declared = self.program.documents.entries().map(|(id, document)| {
            let own: Vec<_> = self.statements_of(id).collect();
            let inventory = of(&document.name);
            self.document(&document.name, &own, inventory, inventory.map(place))
        });
        let undeclared = inventories
            .iter()
            .filter(|it| self.program.document_named(&it.document).is_none())
            .map(|it| self.document(&it.document, &[], Some(it), Some(place(it))));
        Ok(CoverageView {
            schema: "attendu.coverage/1",
            documents: declared.chain(undeclared).collect(),
        })
    }

    fn document(
        &self,
        name: &str,
        statements: &[&Statement],
        inventory: Option<&Inventory>,
        place: Option<String>,
    ) -> DocumentView {
        let (encodings, unknown) = encodings(inventory, statements);
        let all = || encodings.values();
        let encoded = all().filter(|(_, by)| !by.is_empty());
        DocumentView {
            document: name.to_owned(),
            inventory: place,
            statements: encodings.len(),
            encoded: encoded.clone().count(),
            only_noted: encoded
                .filter(|(_, by)| by.iter().all(|it| is_note(it)))
                .count(),
            forms: counts(&FORMS, statements.iter().map(|it| self.form(it))),
            notes: counts(&REASONS, self.reasons(statements)),
            missing: all()
                .filter(|(_, by)| by.is_empty())
                .map(|(entry, _)| missing(entry))
                .collect(),
            unknown: match inventory {
                Some(_) => unknown,
                None => Vec::new(),
            },
            doubled: all().filter_map(|(entry, by)| doubled(entry, by)).collect(),
            uncited: ids(statements.iter().filter(|it| it.lines.is_empty())),
            cited_otherwise: all()
                .filter_map(|(entry, by)| cited_otherwise(entry, by))
                .collect(),
        }
    }

    /// What a norm lays down, or what else a statement is.
    fn form(&self, statement: &Statement) -> &'static str {
        match statement.kind {
            StatementKind::Norm(_) => self.effect(statement),
            _ => kind(statement),
        }
    }

    fn reasons(&self, statements: &[&Statement]) -> impl Iterator<Item = &'static str> {
        let notes = statements.iter().filter(|it| is_note(it));
        notes.map(|it| self.effect(it))
    }
}

/// Which statements encode which entry, and the ids of those that encode none.
fn encodings<'a>(
    inventory: Option<&'a Inventory>,
    statements: &[&'a Statement],
) -> (Encodings<'a>, Vec<String>) {
    let entries = inventory.map_or(&[][..], |inventory| &inventory.entries);
    let mut encodings: Encodings<'_> = entries
        .iter()
        .map(|entry| (entry.id.as_str(), (entry, Vec::new())))
        .collect();
    let mut unknown = Vec::new();
    for &statement in statements {
        let id = statement.id.as_str();
        let whole = if encodings.contains_key(id) {
            id
        } else {
            id.trim_end_matches(|last: char| last.is_ascii_lowercase())
        };
        match encodings.get_mut(whole) {
            Some((_, by)) => by.push(statement),
            None => unknown.push(statement.id.clone()),
        }
    }
    (encodings, unknown)
}

fn is_note(statement: &Statement) -> bool {
    matches!(statement.kind, StatementKind::Note(_))
}

/// How often each of `words` occurs in `found`, in the order of `words`.
fn counts(
    words: &[&'static str],
    found: impl Iterator<Item = &'static str>,
) -> IndexMap<&'static str, usize> {
    let mut counts: IndexMap<_, _> = words.iter().map(|&word| (word, 0)).collect();
    for word in found {
        *counts.entry(word).or_default() += 1;
    }
    counts.retain(|_, &mut count| count > 0);
    counts
}

fn ids<'a>(statements: impl Iterator<Item = &'a &'a Statement>) -> Vec<String> {
    statements.map(|statement| statement.id.clone()).collect()
}

fn missing(entry: &InventoryEntry) -> MissingView {
    MissingView {
        id: entry.id.clone(),
        lines: entry.lines.map(|range| lines(&[range])).unwrap_or_default(),
        section: entry.section.clone().unwrap_or_default(),
        kind: entry.kind.unwrap_or_default(),
        modality: entry.modality.unwrap_or_default(),
    }
}

fn doubled(entry: &InventoryEntry, by: &[&Statement]) -> Option<DoubledView> {
    (by.len() > 1).then(|| DoubledView {
        id: entry.id.clone(),
        encoded_by: ids(by.iter()),
    })
}

/// What the policies cite for `entry`, all encodings together, if it is not what it says.
fn cited_otherwise(entry: &InventoryEntry, by: &[&Statement]) -> Option<CitedOtherwiseView> {
    let listed = [entry.lines?];
    let cited = merged(by.iter().flat_map(|it| &it.lines).copied().collect());
    (!cited.is_empty() && cited != listed).then(|| CitedOtherwiseView {
        id: entry.id.clone(),
        cited: lines(&cited),
        inventory: lines(&listed),
    })
}

/// The same lines in ranges that neither meet nor overlap, in order.
fn merged(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut merged: Vec<(u32, u32)> = Vec::new();
    for (first, last) in ranges {
        match merged.last_mut() {
            Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
            _ => merged.push((first, last)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_that_meet_are_one() {
        let check = |ranges: &[(u32, u32)], expected: &[(u32, u32)]| {
            assert_eq!(merged(ranges.to_vec()), expected);
        };
        check(&[], &[]);
        check(&[(8, 9), (1, 3), (2, 2)], &[(1, 3), (8, 9)]);
        check(&[(4, 4), (5, 7), (6, 6)], &[(4, 7)]);
        check(&[(1, u32::MAX), (7, 8)], &[(1, u32::MAX)]);
    }
}
