//! What the policies encode of what the inventories list.

use indexmap::IndexMap;
use serde::Serialize;

/// What `coverage --format json` prints.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CoverageView {
    /// `attendu.coverage/1`.
    pub schema: &'static str,
    /// One for each document that has statements or an inventory.
    pub documents: Vec<DocumentView>,
}

/// What is encoded of one document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DocumentView {
    /// Its name.
    pub document: String,
    /// The file of its inventory; without one nothing can be missing or unknown.
    pub inventory: Option<String>,
    /// How many statements the inventory lists.
    pub statements: usize,
    /// How many of them are encoded.
    pub encoded: usize,
    /// How many of those are encoded by notes alone.
    pub only_noted: usize,
    /// How many statements of the policies are of each form: permit, forbid, …, definition,
    /// scope, note; those that do not occur are left out.
    pub forms: IndexMap<&'static str, usize>,
    /// How many notes have each reason.
    pub notes: IndexMap<&'static str, usize>,
    /// What the inventory lists and no policy encodes.
    pub missing: Vec<MissingView>,
    /// Ids of the policies that the inventory does not list.
    pub unknown: Vec<String>,
    /// What several statements of the policies encode.
    pub doubled: Vec<DoubledView>,
    /// Ids of the policies that cite no line.
    pub uncited: Vec<String>,
    /// Where the policies cite other lines than the inventory gives.
    pub cited_otherwise: Vec<CitedOtherwiseView>,
}

/// A statement of an inventory that no policy encodes, as the inventory has it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MissingView {
    /// Its id.
    pub id: String,
    /// Its lines; may be empty, as may all that follows.
    pub lines: String,
    /// The part of the document that it stands in.
    pub section: String,
    /// regulative, definition, scope, …
    pub kind: &'static str,
    /// must, `must_not`, may, should or `should_not`.
    pub modality: &'static str,
}

/// A statement of an inventory that is encoded more than once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DoubledView {
    /// Its id.
    pub id: String,
    /// The statements of the policies that encode it.
    pub encoded_by: Vec<String>,
}

/// A statement whose cited lines differ from those of the inventory.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CitedOtherwiseView {
    /// Its id in the inventory.
    pub id: String,
    /// The lines that the policies cite for it, all together.
    pub cited: String,
    /// The lines of the inventory.
    pub inventory: String,
}
