//! What is asked of a policy set beyond that its names and sorts are right. One file for each
//! check; each is a function from the tree or the model to diagnostics.

mod across_bindings;
mod consequences;
mod definition_overrides;
mod idle_clauses;
mod moment_not_in_head;
mod occurrences;
mod open_value;
mod opposition;
mod priorities;
mod singleton_variable;
mod ungoverned_norm;
mod unmentioned_symbol;
pub(super) mod unsafe_variable;
mod unstratified_negation;

use rayon::prelude::*;

use crate::base::{Diagnostic, FileId};
use crate::lang::ast::{self, StatementKind};

use super::Program;

pub(crate) use opposition::oppose;
pub use unmentioned_symbol::unmentioned_symbols;

/// Checks single statements as they are written.
pub(super) fn check_statements(files: &[(FileId, ast::Program)]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for statement in files.iter().flat_map(|(_, file)| &file.statements) {
        found.extend(singleton_variable::check(&statement.kind));
        if let StatementKind::Norm(norm) = &*statement.kind {
            found.extend(idle_clauses::check(norm));
        }
    }
    found
}

/// Checks a policy set as a whole. What depends on every norm being there is asked only where
/// all statements are `sound`.
pub(super) fn check_program(
    program: &Program,
    files: &[(FileId, ast::Program)],
    sound: bool,
) -> Vec<Diagnostic> {
    let checks: [&(dyn Fn() -> Vec<Diagnostic> + Sync); 9] = [
        &|| definition_overrides::check(program, files),
        &|| unstratified_negation::check(program),
        &|| open_value::check(program, &program.open_dependent()),
        &|| moment_not_in_head::check(program),
        &|| consequences::check(program),
        &|| priorities::override_higher_rank(program),
        &|| priorities::circular(program),
        &|| across_bindings::check(program),
        &|| {
            if sound {
                ungoverned_norm::check(program)
            } else {
                Vec::new()
            }
        },
    ];
    // Each is a walk over all norms, and none needs another.
    let found: Vec<_> = checks.par_iter().map(|check| check()).collect();
    found.into_iter().flatten().collect()
}
