//! Which relations a change of inputs can reach, and which can have maybe tuples.

use crate::base::Table;
use crate::lang::ast::AggregateFunction;
use crate::program::{
    Expression, Literal, LiteralKind, Program, RelationId, RelationKind, SortId, dependencies,
};

use super::relation::value_columns;

/// A set of relations.
pub type RelationSet = Table<RelationId, bool>;

/// The relations that acts bring facts of: what is streamed past a base that stays.
pub fn streamed(program: &Program) -> RelationSet {
    let about_acts = |relation: &crate::program::Relation| match relation.kind {
        RelationKind::Action(_)
        | RelationKind::Role(_)
        | RelationKind::Situation(_)
        | RelationKind::Recorded
        | RelationKind::Done
        | RelationKind::Planned
        | RelationKind::Omitted
        | RelationKind::Now => true,
        RelationKind::Sort(sort) => sort == SortId::ACT,
        RelationKind::Declared => relation
            .columns
            .iter()
            .any(|column| column.sort == SortId::ACT),
        RelationKind::Negation(_)
        | RelationKind::Definition { .. }
        | RelationKind::Governed(_)
        | RelationKind::Excluded(_) => false,
    };
    program.relations.iter().map(about_acts).collect()
}

/// No relation.
pub fn no_relations(program: &Program) -> RelationSet {
    Table::filled(program.relations.len(), false)
}

/// `changing`, and every relation that depends on one of it, through facts or rules.
pub(crate) fn reached(program: &Program, changing: &RelationSet) -> RelationSet {
    let mut reached = changing.clone();
    for (id, relation) in program.relations.entries() {
        reached[id] |= changing.row(relation.declared).copied().unwrap_or(false);
    }
    spread(program, &mut reached);
    reached
}

/// The relations that can have maybe tuples: open ones, what depends on them, and what is
/// computed, since a number beyond the range is unknown.
pub(crate) fn uncertain(program: &Program) -> RelationSet {
    let mut uncertain: RelationSet = program.relations.iter().map(|r| r.open).collect();
    for rule in &program.rules {
        uncertain[rule.head.relation] |= rule.body.iter().any(computes);
    }
    spread(program, &mut uncertain);
    uncertain
}

/// The relations of numbers, dates or texts some of which may be unknown even in certain tuples,
/// because they were computed.
pub(crate) fn vague(program: &Program) -> RelationSet {
    let has_values = |relation| value_columns(program, relation) != 0;
    let mut vague = no_relations(program);
    for rule in &program.rules {
        let relation = rule.head.relation;
        vague[relation] |= has_values(relation) && rule.body.iter().any(computes);
    }
    spread(program, &mut vague);
    for relation in program.relations.ids() {
        vague[relation] &= has_values(relation);
    }
    vague
}

/// Whether a number that `literal` works out can be beyond the range.
pub(crate) fn computes(literal: &Literal) -> bool {
    let sum = |side: &Expression| !matches!(side.terms.as_slice(), [(1, _)]);
    match &literal.kind {
        LiteralKind::Positive(_) => false,
        LiteralKind::Negative(inner) => inner.iter().any(computes),
        LiteralKind::Compare { left, right, .. } => sum(left) || sum(right),
        LiteralKind::Aggregate {
            function,
            alternatives,
            ..
        } => *function == AggregateFunction::Sum || alternatives.iter().flatten().any(computes),
    }
}

/// Adds what depends on the relations of `set`.
fn spread(program: &Program, set: &mut RelationSet) {
    let mut premises: Table<RelationId, Vec<RelationId>> =
        Table::filled(program.relations.len(), Vec::new());
    for (head, premise, _, _) in dependencies(&program.relations, &program.rules) {
        premises[head].push(premise);
    }
    for component in &program.strata.components {
        let reached = component
            .relations
            .iter()
            .any(|&head| set[head] || premises[head].iter().any(|&premise| set[premise]));
        if reached {
            for &relation in &component.relations {
                set[relation] = true;
            }
        }
    }
}
