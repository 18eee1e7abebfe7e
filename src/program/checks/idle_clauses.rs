//! `idle-clause` and `label-in-duty`: parts of a norm that say nothing of what it lays down.

use crate::base::{Diagnostic, Span};
use crate::lang::ast::{Effect, Norm, Target, TargetKind};

use super::occurrences::Occurrences;

/// Checks one norm.
pub(super) fn check(norm: &Norm) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let effect = &norm.effect.node;
    if let Some(within) = &norm.within
        && !has_deadline(effect)
    {
        found.push(idle(
            "within",
            within.after.span,
            "a deadline belongs to a duty or advice",
        ));
    }
    if let Some(otherwise) = &norm.otherwise
        && !can_be_repaired(effect)
    {
        let help = "a reparation follows what is forbidden, due or discouraged";
        found.push(idle("otherwise", otherwise.span.0, help));
    }
    found.extend(label_in_duty(norm));
    found
}

fn idle(word: &str, span: Span, help: &str) -> Diagnostic {
    Diagnostic::error(
        "idle-clause",
        span,
        format!("`{word}` says nothing of this norm"),
    )
    .label("nothing to apply it to")
    .help(help)
}

fn has_deadline(effect: &Effect) -> bool {
    match effect {
        Effect::Oblige(target) | Effect::Recommend(target) => !target.negated,
        Effect::Forbid(target) | Effect::Discourage(target) => target.negated,
        _ => false,
    }
}

fn can_be_repaired(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Forbid(_) | Effect::Oblige(_) | Effect::Discourage(_)
    )
}

/// The act that is due has not been done: conditions cannot speak of it.
fn label_in_duty(norm: &Norm) -> Option<Diagnostic> {
    let target: &Target = match &norm.effect.node {
        Effect::Oblige(target) | Effect::Recommend(target) if !target.negated => target,
        Effect::Forbid(target) | Effect::Permit(target) | Effect::Discourage(target)
            if target.negated =>
        {
            target
        }
        _ => return None,
    };
    let TargetKind::Act(pattern) = &target.kind else {
        return None;
    };
    let label = pattern.label.as_ref()?;
    let (_, span) = Occurrences::of_conditions(&norm.when, &norm.unless)
        .found
        .into_iter()
        .find(|(name, _)| *name == label.node)?;
    Some(
        Diagnostic::error(
            "label-in-duty",
            span,
            format!(
                "`{}` is what is due, so nothing is known of it yet",
                label.node
            ),
        )
        .label("speaks of an act that is still to be done")
        .also(label.span, "the act that is due")
        .help("say how it must be done in a norm of its own: `require … for A: …`"),
    )
}
