//! What a new edition of the source texts changes.

use serde::Serialize;

use super::LineView;

/// What `sources --against --format json` prints.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct EditionsView {
    /// `attendu.editions/1`.
    pub schema: &'static str,
    /// The folder of the texts that were cited.
    pub old: String,
    /// The folder of the new edition.
    pub new: String,
    /// One for each document.
    pub documents: Vec<EditionView>,
}

/// What a new edition changes for one document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct EditionView {
    /// The document's name.
    pub document: String,
    /// The file that it names.
    pub file: Option<String>,
    /// compared; or why there was nothing to compare: same, unnamed, old-missing, old-changed,
    /// new-missing, binary, too-long.
    pub status: &'static str,
    /// Statements whose cited lines say something else now.
    pub changed: Vec<ChangedView>,
    /// Statements whose cited lines are gone, and nothing stands in their place.
    pub vanished: Vec<ChangedView>,
    /// Statements whose cited lines say what they said, under other numbers.
    pub moved: Vec<MovedView>,
    /// How many statements can stay as they are.
    pub unmoved: usize,
}

/// A statement to look at again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ChangedView {
    /// Its id.
    pub id: String,
    /// Its summary in the reader's language.
    pub summary: String,
    /// The lines that it cites.
    pub old_lines: String,
    /// Where what it cites, or what took its place, stands now.
    pub new_lines: String,
    /// What it cites.
    pub old: Vec<LineView>,
    /// What stands there now.
    pub new: Vec<LineView>,
}

/// A statement whose citation has other numbers now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MovedView {
    /// Its id.
    pub id: String,
    /// The lines that it cites.
    pub old_lines: String,
    /// Where they stand now.
    pub new_lines: String,
}
