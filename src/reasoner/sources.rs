//! Whether the source texts at hand are those that the documents were encoded from, and what
//! they say where a statement cites them.

use std::path::Path;

use crate::load::{LoadError, SourceText, check_folder, read_source_text};
use crate::program::{Document, DocumentId, Statement};

use super::view::{CitedTextView, LineView, SourceView, SourcesView};
use super::{OpenError, Reasoner};

/// What became of the text that a document names.
#[derive(Debug)]
pub(super) enum Found {
    /// The document names none.
    Unnamed,
    /// It is not there.
    Missing,
    /// It is there, and is not the one that was cited.
    Changed(SourceText),
    /// It is the one that was cited.
    Fine(SourceText),
}

impl Found {
    /// The word for it in JSON.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Unnamed => "unnamed",
            Self::Missing => "missing",
            Self::Changed(_) => "changed",
            Self::Fine(_) => "fine",
        }
    }

    /// What is there.
    pub(super) fn text(&self) -> Option<&SourceText> {
        match self {
            Self::Unnamed | Self::Missing => None,
            Self::Changed(text) | Self::Fine(text) => Some(text),
        }
    }
}

/// Looks for the text of `document` in `folder`.
pub(super) fn find(folder: &Path, document: &Document) -> Result<Found, LoadError> {
    let Some((file, expected)) = &document.source else {
        return Ok(Found::Unnamed);
    };
    let text = read_source_text(folder, file)?;
    Ok(text.map_or(Found::Missing, |text| {
        if text.sha256.eq_ignore_ascii_case(expected) {
            Found::Fine(text)
        } else {
            Found::Changed(text)
        }
    }))
}

impl Reasoner {
    /// Whether the texts that the documents name are in `folder`, unchanged.
    pub fn source_texts(&self, folder: &Path) -> Result<SourcesView, OpenError> {
        check_folder(folder)?;
        let mut documents = Vec::new();
        for (id, document) in self.program.documents.entries() {
            let found = find(folder, document)?;
            let source = document.source.clone();
            let (file, expected) = source.unzip();
            documents.push(SourceView {
                document: document.name.clone(),
                file,
                status: found.word(),
                expected,
                found: found.text().map(|text| text.sha256.clone()),
                beyond: match &found {
                    Found::Fine(text) => self.beyond(id, text),
                    _ => Vec::new(),
                },
            });
        }
        Ok(SourcesView {
            schema: "attendu.sources/1",
            folder: folder.display().to_string(),
            documents,
        })
    }

    /// The statements that cite lines which `text` does not have.
    fn beyond(&self, document: DocumentId, text: &SourceText) -> Vec<String> {
        let Some(lines) = &text.lines else {
            return Vec::new();
        };
        let beyond = |statement: &&Statement| {
            let mut ranges = statement.lines.iter();
            ranges.any(|&(_, last)| last as usize > lines.len())
        };
        self.statements_of(document)
            .filter(beyond)
            .map(|statement| statement.id.clone())
            .collect()
    }

    /// The statements of a document, in their order.
    pub(super) fn statements_of(&self, document: DocumentId) -> impl Iterator<Item = &Statement> {
        let statements = self.program.statements.iter();
        statements.filter(move |statement| statement.document == document)
    }

    /// What each of the statements `ids` cites of the texts in `folder`.
    pub fn cited_texts(
        &self,
        folder: &Path,
        ids: &[&str],
    ) -> Result<Vec<CitedTextView>, OpenError> {
        check_folder(folder)?;
        let documents = self.program.documents.iter();
        let found = documents
            .map(|document| find(folder, document))
            .collect::<Result<Vec<_>, _>>()?;
        let by_document: Vec<_> = self.program.documents.ids().zip(&found).collect();
        let cited = |id: &&str| {
            let statement = self.program.statements.iter().find(|it| it.id == **id)?;
            let (_, found) = by_document
                .iter()
                .find(|(document, _)| *document == statement.document)?;
            Some(cited(found, &statement.lines))
        };
        Ok(ids
            .iter()
            .map(|id| cited(id).unwrap_or_else(|| nothing(Found::Unnamed.word())))
            .collect())
    }
}

/// What stands in `ranges` of the text, if it is the one that was cited. Lines of another
/// edition beside a norm would pass for what it rests on.
fn cited(found: &Found, ranges: &[(u32, u32)]) -> CitedTextView {
    match found {
        Found::Fine(SourceText {
            lines: Some(lines), ..
        }) => CitedTextView {
            status: found.word(),
            lines: ranges
                .iter()
                .flat_map(|&range| quoted(lines, range))
                .collect(),
        },
        Found::Fine(_) => nothing("binary"),
        _ => nothing(found.word()),
    }
}

fn nothing(status: &'static str) -> CitedTextView {
    CitedTextView {
        status,
        lines: Vec::new(),
    }
}

/// The lines `first` to `last`, as far as there are any and as anybody reads: many statements
/// may quote one place, and a file may be a single line of 200 MB.
pub(super) fn quoted(
    lines: &[String],
    (first, last): (u32, u32),
) -> impl Iterator<Item = LineView> {
    const LINES: usize = 200;
    let numbered = (1..).zip(lines);
    let before = first.saturating_sub(1) as usize;
    numbered
        .skip(before)
        .take_while(move |&(number, _)| number <= last)
        .take(LINES)
        .map(|(number, text)| LineView {
            number,
            text: cut(text),
        })
}

/// `text`, or its beginning where it is very long.
fn cut(text: &str) -> String {
    const CHARACTERS: usize = 4000;
    let mut characters = text.chars();
    let mut short: String = characters.by_ref().take(CHARACTERS).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_end_where_nobody_reads_on() {
        let lines: Vec<_> = (1..=300).map(|n: usize| "é".repeat(n * 20)).collect();
        let found: Vec<_> = quoted(&lines, (150, u32::MAX)).collect();
        assert_eq!(found.len(), 151);
        assert_eq!(found[0].text.chars().count(), 3000);
        assert!(found[149].text.ends_with('…'));
        assert_eq!(quoted(&lines, (1, 300)).count(), 200);
        assert_eq!(quoted(&lines, (300, 299)).count(), 0);
        assert_eq!(quoted(&lines, (301, 999)).count(), 0);
    }
}
