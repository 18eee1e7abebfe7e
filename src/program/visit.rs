//! Walks over conjunctions: every variable, every relation, wherever they stand.

use std::collections::BTreeSet;

use super::{
    ActTerm, Atom, Expression, LateLiteral, Literal, LiteralKind, Operand, RelationId, Term,
    VariableId,
};

/// A place in a conjunction that a walk comes by.
#[derive(Debug)]
pub(crate) enum Place<'a> {
    /// A variable.
    Variable(&'a mut VariableId),
    /// A relation.
    Relation(&'a mut RelationId),
}

/// Walks over a conjunction in order of writing.
pub(crate) fn walk(literals: &mut [Literal], visit: &mut dyn FnMut(Place<'_>)) {
    for literal in literals {
        match &mut literal.kind {
            LiteralKind::Positive(atom) => walk_atom(atom, visit),
            LiteralKind::Negative(inner) => walk(inner, visit),
            LiteralKind::Compare { left, right, .. } => {
                walk_expression(left, visit);
                walk_expression(right, visit);
            }
            LiteralKind::Aggregate {
                result,
                terms,
                alternatives,
                ..
            } => {
                for alternative in alternatives {
                    walk(alternative, visit);
                }
                walk_terms(terms, visit);
                visit(Place::Variable(result));
            }
        }
    }
}

/// Walks over late literals.
pub(crate) fn walk_late(late: &mut [LateLiteral], visit: &mut dyn FnMut(Place<'_>)) {
    for literal in late {
        match literal {
            LateLiteral::Status { act, .. } => match act {
                ActTerm::Bound(variable) => visit(Place::Variable(variable)),
                ActTerm::Denoted(_, roles) | ActTerm::Breaches(_, roles) => {
                    for (_, term) in roles {
                        walk_terms(std::slice::from_mut(term), visit);
                    }
                }
            },
            LateLiteral::Negative { literals, late, .. } => {
                walk(literals, visit);
                walk_late(late, visit);
            }
        }
    }
}

/// Walks over an atom.
pub(crate) fn walk_atom(atom: &mut Atom, visit: &mut dyn FnMut(Place<'_>)) {
    visit(Place::Relation(&mut atom.relation));
    walk_terms(&mut atom.terms, visit);
}

/// Walks over terms.
pub(crate) fn walk_terms(terms: &mut [Term], visit: &mut dyn FnMut(Place<'_>)) {
    for term in terms {
        if let Term::Variable(variable) = term {
            visit(Place::Variable(variable));
        }
    }
}

fn walk_expression(expression: &mut Expression, visit: &mut dyn FnMut(Place<'_>)) {
    for (_, operand) in &mut expression.terms {
        if let Operand::Variable(variable) = operand {
            visit(Place::Variable(variable));
        }
    }
}

/// The variables of one literal.
pub(crate) fn variables_of(literal: &Literal) -> BTreeSet<VariableId> {
    let mut found = BTreeSet::new();
    walk(&mut [literal.clone()], &mut |place| {
        if let Place::Variable(variable) = place {
            found.insert(*variable);
        }
    });
    found
}

/// The variables of one late literal.
pub(crate) fn variables_of_late(literal: &LateLiteral) -> BTreeSet<VariableId> {
    let mut found = BTreeSet::new();
    walk_late(&mut [literal.clone()], &mut |place| {
        if let Place::Variable(variable) = place {
            found.insert(*variable);
        }
    });
    found
}

/// The variables of some terms.
pub(crate) fn variables_of_terms(terms: &[Term]) -> impl Iterator<Item = VariableId> {
    terms.iter().filter_map(|term| match term {
        Term::Variable(variable) => Some(*variable),
        _ => None,
    })
}
