//! How a run ends.

use std::process::ExitCode;

/// The outcome of a run, as the exit code says it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Exit {
    /// The command did what was asked; so it did if nobody read its output to the end.
    Done = 0,
    /// The command did what was asked, and the answer is "no": a test failed, a file is not
    /// in canonical form, nothing by that name was found.
    No = 1,
    /// The command line does not say anything that could be done.
    Usage = 2,
    /// The policies, the facts or the question have errors, or a file could not be read or
    /// written.
    Input = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
