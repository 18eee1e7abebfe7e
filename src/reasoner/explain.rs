//! Explanations, written out.

use crate::base::Diagnostic;

use super::Reasoner;

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

impl Reasoner {
    /// The explanation of an act's verdict, written out.
    pub fn explain(
        &mut self,
        act: &str,
        _format: ExplanationFormat,
    ) -> Result<String, Vec<Diagnostic>> {
        self.find_act(act)?;
        Ok(String::new())
    }
}
