//! Which norms are opposites: permit and forbid, oblige and forbid, oblige and permit not,
//! require L and require not L, of actions that meet, in one jurisdiction.

use crate::lang::ast::{Effect, Literal, LiteralKind, StatementKind};
use crate::program::{Modality, NormId, Program};

/// Whether two norms are opposites that can apply to one act.
pub(crate) fn oppose(program: &Program, one: NormId, other: NormId) -> bool {
    let (a, b) = (&program.norms[one], &program.norms[other]);
    let jurisdiction = |norm: &crate::program::Norm| &program.documents[norm.document].jurisdiction;
    modalities_oppose(program, one, other)
        && jurisdiction(a) == jurisdiction(b)
        && meet(program, one, other)
}

/// Whether some act can be of an action of each.
pub(super) fn meet(program: &Program, one: NormId, other: NormId) -> bool {
    let (a, b) = (&program.norms[one], &program.norms[other]);
    a.actions.iter().any(|&x| {
        b.actions
            .iter()
            .any(|&y| program.is_a(x, y) || program.is_a(y, x))
    })
}

fn modalities_oppose(program: &Program, one: NormId, other: NormId) -> bool {
    use Modality::{Exempt, Forbid, Oblige, Permit, Require};
    let (a, b) = (program.norms[one].modality, program.norms[other].modality);
    match (a, b) {
        (Permit | Oblige, Forbid)
        | (Forbid, Permit | Oblige)
        | (Oblige, Exempt)
        | (Exempt, Oblige) => true,
        (Require, Require) => conditions_oppose(program, one, other),
        _ => false,
    }
}

/// Whether one requires what the other requires not to be.
fn conditions_oppose(program: &Program, one: NormId, other: NormId) -> bool {
    let of = |norm: NormId| required(program, norm).iter().filter_map(signed);
    of(one).any(|(negated, relation)| {
        of(other).any(|(opposite, same)| relation == same && negated != opposite)
    })
}

/// The body that a norm requires, as written.
fn required(program: &Program, norm: NormId) -> &[Literal] {
    match &*program.statements[program.norms[norm].statement].ast {
        StatementKind::Norm(tree) => match &tree.effect.node {
            Effect::Require(body, _) => body,
            _ => &[],
        },
        _ => &[],
    }
}

fn signed(literal: &Literal) -> Option<(bool, &str)> {
    match &literal.kind {
        LiteralKind::Atom { negated, atom } => Some((*negated, &atom.relation.node)),
        _ => None,
    }
}
