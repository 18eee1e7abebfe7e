//! `unsafe-variable`: each variable of a head, an exception, a comparison or a count is bound
//! by a condition that holds of something.

use crate::base::Span;
use crate::lang::ast::Comparison;
use crate::program::visit::{
    add_variables_of, variables_of, variables_of_late, variables_of_terms,
};
use crate::program::{
    Expression, LateLiteral, Literal, LiteralKind, Operand, VariableId, VariableSet,
};

/// A variable that nothing binds, and the condition that needs it.
pub(crate) type Unbound = (VariableId, Span);

/// The variables that a conjunction binds, those of `outside` included, and those that it
/// needs and does not bind.
pub(crate) fn bindings(literals: &[Literal], outside: &VariableSet) -> (VariableSet, Vec<Unbound>) {
    let mut bound = outside.clone();
    for literal in literals {
        if let LiteralKind::Positive(atom) = &literal.kind {
            bound.extend(variables_of_terms(&atom.terms));
        }
    }
    while let Some(variable) = next_computed(literals, outside, &bound) {
        bound.insert(variable);
    }
    let mut unbound = Vec::new();
    for (index, literal) in literals.iter().enumerate() {
        needed(literals, index, literal, outside, &bound, &mut unbound);
    }
    (bound, unbound)
}

/// A variable that an equation or a count gives a value, and that has none yet.
fn next_computed(
    literals: &[Literal],
    outside: &VariableSet,
    bound: &VariableSet,
) -> Option<VariableId> {
    literals.iter().enumerate().find_map(|(index, literal)| {
        let computed = match &literal.kind {
            LiteralKind::Compare {
                left,
                operator: Comparison::Equal,
                right,
                ..
            } => equated(left, right, bound).or_else(|| equated(right, left, bound)),
            LiteralKind::Aggregate { result, .. } => {
                let ready = shared(literals, index, outside)
                    .iter()
                    .all(|variable| variable == *result || bound.contains(variable));
                ready.then_some(*result)
            }
            _ => None,
        };
        computed.filter(|&variable| !bound.contains(variable))
    })
}

/// The variable that one side consists of, if the other side has a value.
fn equated(one: &Expression, other: &Expression, bound: &VariableSet) -> Option<VariableId> {
    let known = other.terms.iter().all(|(_, operand)| match operand {
        Operand::Variable(variable) => bound.contains(*variable),
        _ => true,
    });
    match one.terms.as_slice() {
        [(1, Operand::Variable(variable))] if known => Some(*variable),
        _ => None,
    }
}

/// The variables of a literal that stand elsewhere too.
fn shared(literals: &[Literal], index: usize, outside: &VariableSet) -> VariableSet {
    let mut elsewhere = outside.clone();
    for (other, literal) in literals.iter().enumerate() {
        if other != index {
            add_variables_of(literal, &mut elsewhere);
        }
    }
    let mut own = literals.get(index).map(variables_of).unwrap_or_default();
    own.keep_common(&elsewhere);
    own
}

fn needed(
    literals: &[Literal],
    index: usize,
    literal: &Literal,
    outside: &VariableSet,
    bound: &VariableSet,
    unbound: &mut Vec<Unbound>,
) {
    let span = literal.span;
    let mut need = |mut variables: VariableSet| {
        variables.remove_all(bound);
        unbound.extend(variables.iter().map(|variable| (variable, span)));
    };
    match &literal.kind {
        LiteralKind::Positive(_) => {}
        LiteralKind::Compare { .. } => need(variables_of(literal)),
        LiteralKind::Negative(inner) => {
            let mut known = shared(literals, index, outside);
            need(known.clone());
            known.add_all(bound);
            unbound.extend(bindings(inner, &known).1);
        }
        LiteralKind::Aggregate {
            result,
            terms,
            alternatives,
            ..
        } => {
            let mut known = shared(literals, index, outside);
            known.remove(*result);
            need(known.clone());
            known.add_all(bound);
            for alternative in alternatives {
                let (inside, missing) = bindings(alternative, &known);
                unbound.extend(missing);
                let terms = variables_of_terms(terms);
                unbound.extend(
                    terms
                        .filter(|&variable| !inside.contains(variable))
                        .map(|variable| (variable, span)),
                );
            }
        }
    }
}

/// The variables that late literals need and that a conjunction that binds `bound` lacks.
pub(crate) fn late_bindings(late: &[LateLiteral], bound: &VariableSet) -> Vec<Unbound> {
    let mut unbound = Vec::new();
    for literal in late {
        match literal {
            LateLiteral::Status { span, .. } => {
                let mut missing = variables_of_late(literal);
                missing.remove_all(bound);
                unbound.extend(missing.iter().map(|variable| (variable, *span)));
            }
            LateLiteral::Negative { literals, late, .. } => {
                let (inside, missing) = bindings(literals, bound);
                unbound.extend(missing);
                unbound.extend(late_bindings(late, &inside));
            }
        }
    }
    unbound
}
