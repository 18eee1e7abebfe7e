//! `open-value-in-head` and `open-aggregate-joined`: what nobody has stated, or counted for
//! certain, is compared, never concluded. A number, date or text of an open relation may be
//! one that nobody states; a count over open relations is an interval.

use crate::base::{Diagnostic, Span, Table};
use crate::lang::ast::Comparison;
use crate::program::visit::{mentions, variables_of, variables_of_terms};
use crate::program::{
    Expression, Literal, LiteralKind, Operand, Program, RelationId, RelationKind, Rule, SortKind,
    VariableId, VariableSet,
};

/// Checks the heads and joins of all rules; `open` are the relations that can be maybe.
pub(super) fn check(program: &Program, open: &Table<RelationId, bool>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in &program.rules {
        check_head(program, open, rule, &mut found);
        let mut outside = VariableSet::default();
        outside.extend(variables_of_terms(&rule.head.terms));
        check_joins(&rule.body, &outside, open, &mut found);
    }
    for norm in &program.norms {
        let arising = norm.arises.iter().map(|arising| &arising.body);
        for body in norm.bodies.iter().chain(arising) {
            check_joins(&body.literals, &VariableSet::default(), open, &mut found);
        }
        let conditions = norm.condition.iter().flat_map(|row| &row.alternatives);
        for condition in conditions.flatten() {
            check_joins(
                &condition.literals,
                &VariableSet::default(),
                open,
                &mut found,
            );
        }
    }
    found
}

fn check_head(
    program: &Program,
    open: &Table<RelationId, bool>,
    rule: &Rule,
    found: &mut Vec<Diagnostic>,
) {
    let stated = stated(program, &rule.body, open);
    for variable in variables_of_terms(&rule.head.terms) {
        let row = &rule.variables[variable];
        let unnamed = matches!(
            program.sorts[row.sort].kind,
            SortKind::Integer | SortKind::Date | SortKind::Text
        );
        let counted = rule.body.iter().any(|literal| {
            matches!(literal.kind, LiteralKind::Aggregate { result, .. } if result == variable)
        });
        if unnamed && !counted && !stated.contains(variable) {
            let name = row.name.as_deref().unwrap_or("_");
            found.push(
                Diagnostic::error(
                    "open-value-in-head",
                    place_of(&rule.body, variable).unwrap_or(rule.span),
                    format!("the value `{name}` of the head may be one that nobody has stated"),
                )
                .label("read from an open relation alone")
                .help("compare it, and leave it out of the head, or close the relation"),
            );
        }
    }
}

/// The first condition that binds a variable.
fn place_of(body: &[Literal], variable: VariableId) -> Option<Span> {
    body.iter()
        .find(|literal| mentions(literal, variable))
        .map(|literal| literal.span)
}

/// The variables whose value somebody has stated for certain.
fn stated(program: &Program, body: &[Literal], open: &Table<RelationId, bool>) -> VariableSet {
    let mut stated = VariableSet::default();
    for literal in body {
        if let LiteralKind::Positive(atom) = &literal.kind {
            let row = &program.relations[atom.relation];
            let states = !row.open || matches!(row.kind, RelationKind::Role(_));
            if states {
                stated.extend(variables_of_terms(&atom.terms));
            }
        }
    }
    loop {
        let next = body.iter().find_map(|literal| {
            match &literal.kind {
                LiteralKind::Compare {
                    left,
                    operator: Comparison::Equal,
                    right,
                    ..
                } => equated(left, right, &stated).or_else(|| equated(right, left, &stated)),
                LiteralKind::Aggregate {
                    result,
                    alternatives,
                    ..
                } => (!reads_open(alternatives, open)).then_some(*result),
                _ => None,
            }
            .filter(|&variable| !stated.contains(variable))
        });
        let Some(variable) = next else { break };
        stated.insert(variable);
    }
    stated
}

fn equated(one: &Expression, other: &Expression, stated: &VariableSet) -> Option<VariableId> {
    let known = other.terms.iter().all(|(_, operand)| match operand {
        Operand::Variable(variable) => stated.contains(*variable),
        _ => true,
    });
    match one.terms.as_slice() {
        [(1, Operand::Variable(variable))] if known => Some(*variable),
        _ => None,
    }
}

fn reads_open(alternatives: &[Vec<Literal>], open: &Table<RelationId, bool>) -> bool {
    let mut premises = Vec::new();
    for alternative in alternatives {
        let how = crate::program::Dependency::Negative;
        crate::program::strata::collect(alternative, how, &mut premises);
    }
    premises
        .into_iter()
        .any(|(premise, _)| open.row(premise).is_some_and(|&open| open))
}

/// Counts over open relations whose value stands in a head or in another condition that is no
/// comparison.
fn check_joins(
    literals: &[Literal],
    outside: &VariableSet,
    open: &Table<RelationId, bool>,
    found: &mut Vec<Diagnostic>,
) {
    for (index, literal) in literals.iter().enumerate() {
        match &literal.kind {
            LiteralKind::Negative(inner) => check_joins(inner, outside, open, found),
            LiteralKind::Aggregate {
                result,
                alternatives,
                ..
            } if reads_open(alternatives, open) => {
                let mut values = VariableSet::from_iter([*result]);
                values.extend(equal_to(literals, *result));
                let joined = literals.iter().enumerate().find(|(other, literal)| {
                    *other != index
                        && !matches!(literal.kind, LiteralKind::Compare { .. })
                        && variables_of(literal).meets(&values)
                });
                let in_head = values.meets(outside);
                if in_head || joined.is_some() {
                    let message = Diagnostic::error(
                        "open-aggregate-joined",
                        literal.span,
                        "a count over open relations is not one number",
                    )
                    .label("lies between what is certain and what is possible")
                    .help("compare it (`N >= 2`), and use it for nothing else");
                    found.push(match joined {
                        Some((_, literal)) => message.also(literal.span, "used here"),
                        None => message.note("it stands in the head"),
                    });
                }
            }
            _ => {}
        }
    }
}

/// The variables that an equation gives the value of `result`.
fn equal_to(literals: &[Literal], result: VariableId) -> Vec<VariableId> {
    let known = VariableSet::from_iter([result]);
    let equations = literals.iter().filter_map(|literal| match &literal.kind {
        LiteralKind::Compare {
            left,
            operator: Comparison::Equal,
            right,
            ..
        } if mentions(literal, result) => {
            equated(left, right, &known).or_else(|| equated(right, left, &known))
        }
        _ => None,
    });
    equations.collect()
}
