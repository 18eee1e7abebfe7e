//! Walks over conjunctions: every variable, every relation, wherever they stand.

use super::{
    ActTerm, Atom, Expression, LateLiteral, Literal, LiteralKind, Operand, RelationId, Term,
    VariableId, VariableSet,
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

/// Walks over an expression.
pub(crate) fn walk_expression(expression: &mut Expression, visit: &mut dyn FnMut(Place<'_>)) {
    for (_, operand) in &mut expression.terms {
        if let Operand::Variable(variable) = operand {
            visit(Place::Variable(variable));
        }
    }
}

/// Comes by every variable of a conjunction, in order of writing.
pub(crate) fn each_variable(literals: &[Literal], visit: &mut dyn FnMut(VariableId)) {
    for literal in literals {
        each_variable_of(literal, visit);
    }
}

fn each_variable_of(literal: &Literal, visit: &mut dyn FnMut(VariableId)) {
    match &literal.kind {
        LiteralKind::Positive(atom) => variables_of_terms(&atom.terms).for_each(visit),
        LiteralKind::Negative(inner) => each_variable(inner, visit),
        LiteralKind::Compare { left, right, .. } => {
            let operands = left.terms.iter().chain(&right.terms);
            for (_, operand) in operands {
                if let Operand::Variable(variable) = operand {
                    visit(*variable);
                }
            }
        }
        LiteralKind::Aggregate {
            result,
            terms,
            alternatives,
            ..
        } => {
            for alternative in alternatives {
                each_variable(alternative, visit);
            }
            variables_of_terms(terms).for_each(&mut *visit);
            visit(*result);
        }
    }
}

fn each_variable_of_late(late: &[LateLiteral], visit: &mut dyn FnMut(VariableId)) {
    for literal in late {
        match literal {
            LateLiteral::Status { act, .. } => match act {
                ActTerm::Bound(variable) => visit(*variable),
                ActTerm::Denoted(_, roles) | ActTerm::Breaches(_, roles) => {
                    for (_, term) in roles {
                        variables_of_terms(std::slice::from_ref(term)).for_each(&mut *visit);
                    }
                }
            },
            LateLiteral::Negative { literals, late, .. } => {
                each_variable(literals, visit);
                each_variable_of_late(late, visit);
            }
        }
    }
}

/// The variables of one literal.
pub(crate) fn variables_of(literal: &Literal) -> VariableSet {
    let mut found = VariableSet::default();
    add_variables_of(literal, &mut found);
    found
}

/// Adds the variables of one literal to a set.
pub(crate) fn add_variables_of(literal: &Literal, found: &mut VariableSet) {
    each_variable_of(literal, &mut |variable| {
        found.insert(variable);
    });
}

/// Whether a variable occurs in a literal.
pub(crate) fn mentions(literal: &Literal, wanted: VariableId) -> bool {
    let mut found = false;
    each_variable_of(literal, &mut |variable| found |= variable == wanted);
    found
}

/// The variables of one late literal.
pub(crate) fn variables_of_late(literal: &LateLiteral) -> VariableSet {
    let mut found = VariableSet::default();
    each_variable_of_late(std::slice::from_ref(literal), &mut |variable| {
        found.insert(variable);
    });
    found
}

/// The variables of a conjunction and its late literals as they occur, each as often as it does.
pub(crate) fn variables_in_order(literals: &[Literal], late: &[LateLiteral]) -> Vec<VariableId> {
    let mut found = Vec::new();
    each_variable(literals, &mut |variable| found.push(variable));
    each_variable_of_late(late, &mut |variable| found.push(variable));
    found
}

/// The variables of some terms.
pub(crate) fn variables_of_terms(terms: &[Term]) -> impl Iterator<Item = VariableId> {
    terms.iter().filter_map(|term| match term {
        Term::Variable(variable) => Some(*variable),
        _ => None,
    })
}
