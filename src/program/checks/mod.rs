//! What is asked of a policy set beyond that its names and sorts are right. One file for each
//! check; each is a function from the tree or the model to diagnostics.

pub(super) mod unsafe_variable;

use crate::base::{Diagnostic, FileId};
use crate::lang::ast;

use super::Program;

/// Checks a policy set as a whole.
pub(super) fn check(_program: &Program, _files: &[(FileId, ast::Program)]) -> Vec<Diagnostic> {
    Vec::new()
}
