//! Patterns of acts: `[A:] share or like by M of C`.

use crate::base::Span;
use crate::lang::ast::{self, Comparison, Pattern, Role, TermKind};
use crate::program::{ActionId, Atom, Literal, LiteralKind, SortId, Term, VariableId};

use super::body::positive;
use super::clause::Clause;
use super::expression::single;

/// One reading of a pattern: one action, each role of one sort.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// The action.
    pub(super) action: ActionId,
    /// The roles named, in order of writing.
    pub(super) roles: Vec<FilledRole>,
    /// Where the pattern stands.
    pub(super) span: Span,
}

/// A role with what fills it.
#[derive(Clone, Copy, Debug)]
pub(super) struct FilledRole {
    pub(super) role: Role,
    pub(super) sort: SortId,
    pub(super) term: Term,
    pub(super) span: Span,
}

impl Clause<'_, '_> {
    /// The readings of a pattern that was seen without errors: one for each action, and for
    /// each sort of a role that `_` fills.
    pub(super) fn readings(&mut self, pattern: &Pattern) -> Vec<Reading> {
        let mut readings = Vec::new();
        for name in &pattern.actions {
            if let Ok(action) = self.context.names.action(name) {
                let span = pattern_span(pattern);
                readings.extend(self.readings_of(action, &pattern.roles, span));
            }
        }
        readings
    }

    /// The readings of role terms for one action.
    pub(super) fn readings_of(
        &mut self,
        action: ActionId,
        roles: &[ast::RoleTerm],
        span: Span,
    ) -> Vec<Reading> {
        let mut readings = vec![Reading {
            action,
            roles: Vec::new(),
            span,
        }];
        for role in roles {
            let choices = self.fillings(action, role);
            readings = readings
                .iter()
                .flat_map(|reading| {
                    choices.iter().map(|&choice| {
                        let mut longer = reading.clone();
                        longer.roles.push(choice);
                        longer
                    })
                })
                .collect();
        }
        readings
    }

    fn fillings(&mut self, action: ActionId, role: &ast::RoleTerm) -> Vec<FilledRole> {
        let sorts = self.role_sorts(action, role.role.node);
        let filled = |sort, term| FilledRole {
            role: role.role.node,
            sort,
            term,
            span: role.role.span.to(role.term.span.0),
        };
        match &role.term.kind {
            TermKind::Any => sorts.iter().map(|sort| filled(sort, Term::Any)).collect(),
            TermKind::Variable(name) => {
                let variable = self.names.get(name).copied();
                variable
                    .map(|variable| filled(self.variables[variable].sort, Term::Variable(variable)))
                    .into_iter()
                    .collect()
            }
            _ => {
                let mut fitting = sorts
                    .iter()
                    .filter(|&sort| self.accepts(sort, &role.term.kind));
                let Some(sort) = fitting.next() else {
                    return Vec::new();
                };
                let value = self.value(sort, &role.term);
                value
                    .map(|value| filled(sort, Term::Constant(value)))
                    .into_iter()
                    .collect()
            }
        }
    }

    /// That `act` matches one reading.
    pub(super) fn matches(&self, reading: &Reading, act: VariableId) -> Vec<Literal> {
        let program = self.context.program;
        let relation = program.actions[reading.action].relation;
        let of_action = Atom {
            relation,
            terms: vec![Term::Variable(act)],
        };
        let mut literals = vec![positive(of_action, reading.span)];
        for role in &reading.roles {
            if let Some(&relation) = program.roles.get(&(role.role, role.sort)) {
                let terms = vec![Term::Variable(act), role.term];
                literals.push(positive(Atom { relation, terms }, role.span));
            }
        }
        literals
    }
}

/// That two variables are the same.
pub(super) fn equal(one: VariableId, other: VariableId, sort: SortId, span: Span) -> Literal {
    compare(one, Comparison::Equal, other, sort, span)
}

/// How two variables compare.
pub(super) fn compare(
    left: VariableId,
    operator: Comparison,
    right: VariableId,
    sort: SortId,
    span: Span,
) -> Literal {
    Literal {
        kind: LiteralKind::Compare {
            left: single(left),
            operator,
            right: single(right),
            sort,
        },
        span,
    }
}

/// Where a pattern stands.
pub(super) fn pattern_span(pattern: &Pattern) -> Span {
    let names = pattern.label.iter().chain(&pattern.actions);
    let terms = pattern.roles.iter().map(|role| role.term.span.0);
    let mut spans = names.map(|name| name.span).chain(terms);
    let first = spans.next();
    first.map_or(Span::new(crate::base::Id::new(0), 0, 0), |first| {
        spans.fold(first, Span::to)
    })
}
