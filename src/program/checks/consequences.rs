//! `consequence-read`: what follows from a breach is known after all acts are judged, so only
//! other consequences and questions read it.

use std::collections::BTreeMap;

use crate::base::{Diagnostic, Span};
use crate::program::{
    Dependency, Due, Literal, Modality, Origin, Program, RelationId, strata::collect,
};

/// Rules and norms that read what a consequence concludes.
pub(super) fn check(program: &Program) -> Vec<Diagnostic> {
    let concluded: BTreeMap<RelationId, Span> = program
        .norms
        .iter()
        .flat_map(|norm| norm.arises.iter().map(move |arising| (norm, arising)))
        .filter(|(norm, _)| norm.modality == Modality::Consequence)
        .filter_map(|(norm, arising)| match &arising.due {
            Due::State { atom, .. } => Some((atom.relation, norm.span)),
            Due::Act(_) => None,
        })
        .collect();
    let mut found = Vec::new();
    for rule in &program.rules {
        if !matches!(rule.origin, Origin::Consequence(_)) {
            found.extend(check_body(program, &concluded, &rule.body));
        }
    }
    for norm in &program.norms {
        if norm.modality != Modality::Consequence {
            let arising = norm.arises.iter().map(|arising| &arising.body);
            for body in norm.bodies.iter().chain(arising) {
                found.extend(check_body(program, &concluded, &body.literals));
            }
        }
    }
    found
}

fn check_body(
    program: &Program,
    concluded: &BTreeMap<RelationId, Span>,
    body: &[Literal],
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut premises = Vec::new();
    for literal in body {
        collect(
            std::slice::from_ref(literal),
            Dependency::Positive,
            &mut premises,
        );
        for (premise, _) in premises.drain(..) {
            if let Some(&span) = concluded.get(&program.relations[premise].declared) {
                let name = &program.relations[premise].name;
                found.push(
                    Diagnostic::error(
                        "consequence-read",
                        literal.span,
                        format!("`{name}` follows from verdicts, which are not known yet here"),
                    )
                    .label("read before it is concluded")
                    .also(span, "concluded here")
                    .help("only consequences and questions read it"),
                );
            }
        }
    }
    found
}
