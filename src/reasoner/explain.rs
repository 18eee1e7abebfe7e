//! Explanations, written out.

/// How an explanation is written out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ExplanationFormat {
    /// A tree of text, in lines of at most `width` columns.
    Text {
        /// Columns.
        width: usize,
    },
    /// JSON of the documented schema.
    Json,
    /// A GraphViz picture.
    Dot,
}
