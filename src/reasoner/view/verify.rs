//! What came of a check of an explanation.

use std::collections::BTreeMap;

use serde::Serialize;

/// What `verify --format json` prints.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct VerifyView {
    /// `attendu.verification/1`.
    pub schema: &'static str,
    /// The act that is explained: its id in the facts, or its description.
    pub act: String,
    /// Whether nothing is wrong.
    pub accepted: bool,
    /// How many nodes the explanation has.
    pub nodes: usize,
    /// What is wrong.
    pub faults: Vec<FaultView>,
    /// What was taken on trust.
    pub trusted: Vec<TrustedView>,
}

/// A step that does not hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FaultView {
    /// The node; none where it is about the whole.
    pub node: Option<String>,
    /// What the node says, in words.
    pub text: String,
    /// What is wrong, in a word.
    pub wrong: &'static str,
    /// What the word speaks of, by name.
    pub about: BTreeMap<&'static str, String>,
}

/// What the check did not work out itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TrustedView {
    /// What, in a word.
    pub what: &'static str,
    /// At which nodes.
    pub nodes: Vec<String>,
}
