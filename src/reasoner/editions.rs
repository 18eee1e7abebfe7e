//! Which statements a new edition of the source texts asks to look at again.

use std::path::Path;

use crate::load::{SourceText, check_folder, read_source_text};
use crate::program::{Document, DocumentId, Statement};

use super::line_map::{LineMap, Outcome};
use super::sources::{Found, find, quoted};
use super::verdicts::lines;
use super::view::{ChangedView, EditionView, EditionsView, MovedView};
use super::{OpenError, Reasoner};

/// What is compared for one document: the lines of both editions, and which are the same.
struct Editions {
    old: Vec<String>,
    new: Vec<String>,
    map: LineMap,
}

impl Reasoner {
    /// What the texts in `new` change for statements that cite those in `old`.
    pub fn editions(&self, old: &Path, new: &Path) -> Result<EditionsView, OpenError> {
        check_folder(old)?;
        check_folder(new)?;
        let mut documents = Vec::new();
        for (id, document) in self.program.documents.entries() {
            documents.push(match editions(document, old, new)? {
                Ok(editions) => self.compared(id, document, &editions),
                Err(status) => self.nothing_compared(document, status),
            });
        }
        Ok(EditionsView {
            schema: "attendu.editions/1",
            old: old.display().to_string(),
            new: new.display().to_string(),
            documents,
        })
    }

    fn compared(&self, id: DocumentId, document: &Document, editions: &Editions) -> EditionView {
        let mut view = self.nothing_compared(document, "compared");
        for statement in self.statements_of(id) {
            let outcomes: Vec<_> = statement
                .lines
                .iter()
                .map(|&range| (range, editions.map.outcome(range)))
                .collect();
            let is_kept = |(_, outcome): &(_, Outcome)| matches!(outcome, Outcome::Kept(_));
            let ranges = outcomes.iter().filter_map(|(_, outcome)| match outcome {
                Outcome::Kept(range) | Outcome::Changed(range) => *range,
            });
            let now: Vec<_> = ranges.collect();
            if !outcomes.iter().all(is_kept) {
                let list = if now.is_empty() {
                    &mut view.vanished
                } else {
                    &mut view.changed
                };
                list.push(self.changed(statement, editions, &now));
            } else if outcomes.iter().any(|(range, outcome)| match outcome {
                Outcome::Kept(kept) => editions.map.is_moved(*range, *kept),
                Outcome::Changed(_) => true,
            }) {
                view.moved.push(MovedView {
                    id: statement.id.clone(),
                    old_lines: lines(&statement.lines),
                    new_lines: lines(&now),
                });
            } else {
                view.unmoved += 1;
            }
        }
        view
    }

    fn changed(
        &self,
        statement: &Statement,
        editions: &Editions,
        now: &[(u32, u32)],
    ) -> ChangedView {
        let texts = |lines: &[String], ranges: &[(u32, u32)]| {
            let ranges = ranges.iter();
            ranges.flat_map(|&range| quoted(lines, range)).collect()
        };
        ChangedView {
            id: statement.id.clone(),
            summary: self.phrases().text(&statement.texts).to_owned(),
            old_lines: lines(&statement.lines),
            new_lines: lines(now),
            old: texts(&editions.old, &statement.lines),
            new: texts(&editions.new, now),
        }
    }

    fn nothing_compared(&self, document: &Document, status: &'static str) -> EditionView {
        let statements = self.program.statements.iter();
        let own = statements.filter(|it| self.program.documents[it.document].name == document.name);
        EditionView {
            document: document.name.clone(),
            file: document.source.as_ref().map(|(file, _)| file.clone()),
            status,
            changed: Vec::new(),
            vanished: Vec::new(),
            moved: Vec::new(),
            unmoved: if status == "same" { own.count() } else { 0 },
        }
    }
}

/// Both editions of a document's text, or why there is nothing to compare.
fn editions(
    document: &Document,
    old: &Path,
    new: &Path,
) -> Result<Result<Editions, &'static str>, OpenError> {
    let old = match find(old, document)? {
        Found::Unnamed => return Ok(Err("unnamed")),
        Found::Missing => return Ok(Err("old-missing")),
        Found::Changed(_) => return Ok(Err("old-changed")),
        Found::Fine(text) => text,
    };
    let new = match &document.source {
        Some((file, _)) => read_source_text(new, file)?,
        None => None,
    };
    Ok(match new {
        None => Err("new-missing"),
        Some(new) if new.sha256 == old.sha256 => Err("same"),
        Some(new) => both(old, new),
    })
}

fn both(old: SourceText, new: SourceText) -> Result<Editions, &'static str> {
    let (Some(old), Some(new)) = (old.lines, new.lines) else {
        return Err("binary");
    };
    let map = LineMap::new(&old, &new).ok_or("too-long")?;
    Ok(Editions { old, new, map })
}
