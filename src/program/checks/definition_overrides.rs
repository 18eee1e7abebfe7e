//! `unknown-override` and `circular-override` of definitions: a definition sets aside
//! definitions of its own document over its own relation, and never itself.

use std::collections::BTreeMap;

use crate::base::{Diagnostic, FileId};
use crate::lang::ast::{self, Define, Reference, StatementKind};
use crate::program::Program;

/// Checks what the definitions of all files override.
pub(super) fn check(program: &Program, files: &[(FileId, ast::Program)]) -> Vec<Diagnostic> {
    let statements = files.iter().flat_map(|(_, file)| &file.statements);
    let defines: BTreeMap<&str, &Define> = statements
        .filter_map(|statement| match &*statement.kind {
            StatementKind::Define(define) => Some((define.id.node.as_str(), define)),
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    for define in defines.values() {
        for reference in &define.overrides {
            found.extend(check_target(program, &defines, define, reference));
        }
        found.extend(circular(&defines, define));
    }
    found
}

fn check_target(
    program: &Program,
    defines: &BTreeMap<&str, &Define>,
    define: &Define,
    reference: &Reference,
) -> Option<Diagnostic> {
    let Some(target) = defines.get(reference.node.as_str()) else {
        let known = program
            .statements
            .iter()
            .any(|row| row.id == reference.node);
        let message = if known {
            format!("`{}` is no definition", reference.node)
        } else {
            format!("no definition has the id `{}`", reference.node)
        };
        let guess = crate::base::nearest(&reference.node, defines.keys().copied());
        return Some(
            Diagnostic::error("unknown-override", reference.span, message)
                .label("a definition overrides definitions alone")
                .maybe_help(
                    guess
                        .filter(|_| !known)
                        .map(|guess| format!("did you mean `{guess}`?")),
                ),
        );
    };
    let document = |define: &Define| define.id.node.split('/').next().map(str::to_owned);
    let (own, other) = (&define.clause.head.relation, &target.clause.head.relation);
    let message = if document(define) != document(target) {
        format!("`{}` is of another document", reference.node)
    } else if own.node != other.node {
        format!(
            "`{}` defines `{}`, not `{}`",
            reference.node, other.node, own.node
        )
    } else {
        return None;
    };
    Some(
        Diagnostic::error("unknown-override", reference.span, message)
            .label("cannot be overridden from here")
            .also(target.id.span, "defined here")
            .help("a definition overrides those of its document over the same relation"),
    )
}

/// A circle of overrides that starts at the first of its definitions.
fn circular(defines: &BTreeMap<&str, &Define>, first: &Define) -> Option<Diagnostic> {
    let mut path = vec![first];
    let mut seen = vec![first.id.node.as_str()];
    while let Some(define) = path.pop() {
        for reference in &define.overrides {
            let Some(next) = defines.get(reference.node.as_str()) else {
                continue;
            };
            if next.id.node == first.id.node {
                // Reported once, at the definition with the least id.
                let least = seen.iter().all(|&id| id >= first.id.node.as_str());
                return least.then(|| {
                    Diagnostic::error(
                        "circular-override",
                        first.id.span,
                        format!("`{}` overrides itself in the end", first.id.node),
                    )
                    .label("the circle starts here")
                    .also(reference.span, "and closes here")
                    .help("take one `overrides` out of the circle")
                });
            }
            if !seen.contains(&next.id.node.as_str()) {
                seen.push(&next.id.node);
                path.push(next);
            }
        }
    }
    None
}
