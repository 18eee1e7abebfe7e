//! `ungoverned-norm`: a norm that no scope of its document can reach never applies.

use crate::base::Diagnostic;
use crate::program::{Modality, Program};

/// Norms without a body, though they were lowered without errors.
pub(super) fn check(program: &Program) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for norm in &program.norms {
        let document = &program.documents[norm.document];
        let applies = !norm.bodies.is_empty() || !norm.arises.is_empty();
        if applies || document.governed.is_none() || norm.modality == Modality::AlsoCheck {
            continue;
        }
        found.push(
            Diagnostic::warning(
                "ungoverned-norm",
                norm.span,
                format!("no scope of `{}` can reach `{}`", document.name, norm.id),
            )
            .label("applies to nothing")
            .note("a scope of a duty or situation is tested on what is due: on its bearer, mostly")
            .help("name the bearer with `by`, or widen the scope"),
        );
    }
    found
}
