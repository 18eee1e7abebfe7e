//! `singleton-variable`: a variable that stands once says nothing, and is often a name that
//! was written with a capital: `by Roy` would be anyone.

use std::collections::BTreeMap;

use crate::base::Diagnostic;
use crate::lang::ast::StatementKind;

use super::occurrences::Occurrences;

/// The variables of a statement that stand in it once.
pub(super) fn check(statement: &StatementKind) -> Vec<Diagnostic> {
    let found = Occurrences::of(statement).found;
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in &found {
        *times.entry(name).or_default() += 1;
    }
    found
        .into_iter()
        .filter(|(name, _)| times.get(name) == Some(&1))
        .map(|(name, span)| {
            Diagnostic::error(
                "singleton-variable",
                span,
                format!("`{name}` stands here and nowhere else"),
            )
            .label("any will do")
            .help(format!(
                "write `_` if any will do, or `{}` if it is a name",
                name.to_lowercase()
            ))
        })
        .collect()
}
