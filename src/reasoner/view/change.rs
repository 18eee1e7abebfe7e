//! What would change a verdict.

use serde::Serialize;

use super::NormChangeView;

/// What `explain --what-would-change --format json` prints.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ChangesView {
    /// `attendu.changes/1`.
    pub schema: &'static str,
    /// The act's id, or its description if nobody recorded it.
    pub act: String,
    /// `share by roy of photo-1 on @roy`.
    pub description: String,
    /// The day (and time) it is judged on.
    pub at: String,
    /// performed, planned, omitted or question.
    pub mode: &'static str,
    /// The atoms assumed for it all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumed: Vec<String>,
    /// Those taken back for it all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub retracted: Vec<String>,
    /// The verdict by the facts as they are, with what is supposed.
    pub verdict: &'static str,
    /// What leads to each of the verdicts asked for, in the order in which they are asked for.
    pub ways: Vec<WaysView>,
}

/// The smallest sets of changes that lead to a verdict.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct WaysView {
    /// The verdict.
    pub verdict: &'static str,
    /// How many changes each set has; none where no set was found.
    pub size: Option<usize>,
    /// The sets.
    pub sets: Vec<ChangeSetView>,
    /// How many more of this size there are.
    pub more: usize,
    /// Whether these are all of this size and there is none that is smaller; where there are no
    /// sets, whether there is none of up to `searched` changes.
    pub complete: bool,
    /// Up to how many changes all sets were looked at that could matter.
    pub searched: usize,
    /// Whether it was given up because too many sets were looked at.
    pub gave_up: bool,
    /// Relations of which too much could be stated to look at.
    pub left_out: Vec<String>,
}

/// Changes that lead to the verdict together, and only together.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ChangeSetView {
    /// The changes.
    pub changes: Vec<ChangeView>,
    /// Norms that come, go, or stand otherwise.
    pub norms: Vec<NormChangeView>,
    /// Sets that differ in one individual alone and lead to the verdict as well.
    pub alike: Option<AlikeView>,
}

/// Others who can take the place of an individual in a set.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AlikeView {
    /// Of which sort they are.
    pub sort: String,
    /// The individual.
    pub instead_of: String,
    /// The others.
    pub others: Vec<String>,
}

/// One change of the facts.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ChangeView {
    /// state, withdraw, turn (into the opposite) or move (to another value).
    pub kind: &'static str,
    /// What is no longer stated.
    pub withdrawn: Option<SaidView>,
    /// What is stated.
    pub stated: Option<SaidView>,
}

/// An atom that is stated, or was.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SaidView {
    /// As in a policy: `not consents(lee, photo-1)`.
    pub atom: String,
    /// In words.
    pub text: String,
    /// Where it is stated.
    pub places: Vec<String>,
}
