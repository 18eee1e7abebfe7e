//! The source texts of documents, and the lines that statements cite of them.

use serde::Serialize;

/// What `sources --format json` prints.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SourcesView {
    /// `attendu.sources/1`.
    pub schema: &'static str,
    /// Where the texts were looked for.
    pub folder: String,
    /// One for each document.
    pub documents: Vec<SourceView>,
}

/// The source text of one document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SourceView {
    /// The document's name.
    pub document: String,
    /// The file that it names.
    pub file: Option<String>,
    /// fine, changed, missing, or unnamed where the document names none.
    pub status: &'static str,
    /// The hash that the document gives.
    pub expected: Option<String>,
    /// The hash of what is there.
    pub found: Option<String>,
    /// Statements that cite lines which the text does not have; only of a text that is fine.
    pub beyond: Vec<String>,
}

/// What a statement cites of its source text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CitedTextView {
    /// fine, changed, missing, unnamed; binary where the file is no text.
    pub status: &'static str,
    /// The cited lines that the text has; none unless it is the text that was cited.
    pub lines: Vec<LineView>,
}

/// A line of a source text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LineView {
    /// Its number, from 1.
    pub number: u32,
    /// What it says.
    pub text: String,
}
