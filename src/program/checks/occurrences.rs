//! Where the variables of a statement stand in the text.

use crate::base::Span;
use crate::lang::ast::{
    Atom, Clause, Effect, Expression, Literal, LiteralKind, Norm, Note, Operand, Pattern, Per,
    RoleTerm, Scope, StatementKind, Target, TargetKind, Term, TermKind, Within,
};

/// The variables of a part of a statement, in order of writing, each time that they stand there.
#[derive(Debug, Default)]
pub(crate) struct Occurrences<'a> {
    pub(crate) found: Vec<(&'a str, Span)>,
}

impl<'a> Occurrences<'a> {
    /// Of a statement.
    pub(crate) fn of(statement: &'a StatementKind) -> Self {
        let mut occurrences = Self::default();
        match statement {
            StatementKind::Define(define) => occurrences.clause(&define.clause),
            StatementKind::Scope(scope) => occurrences.scope(scope),
            StatementKind::Norm(norm) => occurrences.norm(norm),
            StatementKind::Note(note) => occurrences.note(note),
            StatementKind::Never(never) => occurrences.body(&never.body),
            StatementKind::Rule(clause) => occurrences.clause(clause),
            _ => {}
        }
        occurrences
    }

    /// Of conditions and exceptions.
    pub(crate) fn of_conditions(when: &'a [Literal], unless: &'a [Vec<Literal>]) -> Self {
        let mut occurrences = Self::default();
        occurrences.conditions(when, unless);
        occurrences
    }

    /// Of an atom.
    pub(crate) fn of_atom(atom: &'a Atom) -> Self {
        let mut occurrences = Self::default();
        occurrences.atom(atom);
        occurrences
    }

    /// Of a target.
    pub(crate) fn of_effect(effect: &'a Effect) -> Self {
        let mut occurrences = Self::default();
        occurrences.effect(effect);
        occurrences
    }

    fn clause(&mut self, clause: &'a Clause) {
        self.atom(&clause.head);
        self.conditions(&clause.body, &clause.unless);
    }

    fn scope(&mut self, scope: &'a Scope) {
        self.roles(&scope.roles);
        self.conditions(&scope.when, &scope.unless);
    }

    fn note(&mut self, note: &'a Note) {
        if let Some((pattern, when)) = &note.purpose {
            self.pattern(pattern);
            self.body(when);
        }
    }

    fn norm(&mut self, norm: &'a Norm) {
        self.effect(&norm.effect.node);
        if let Some(Per::Variables(names)) = &norm.per {
            self.found
                .extend(names.iter().map(|name| (name.node.as_str(), name.span)));
        }
        self.within(norm.within.as_ref());
        self.conditions(&norm.when, &norm.unless);
        let mut otherwise = norm.otherwise.as_deref();
        while let Some(reparation) = otherwise {
            self.target(&reparation.target);
            self.within(reparation.within.as_ref());
            otherwise = reparation.otherwise.as_deref();
        }
    }

    fn within(&mut self, within: Option<&'a Within>) {
        self.found
            .extend(within.map(|within| (within.after.node.as_str(), within.after.span)));
    }

    fn effect(&mut self, effect: &'a Effect) {
        match effect {
            Effect::Forbid(target)
            | Effect::Permit(target)
            | Effect::Oblige(target)
            | Effect::Discourage(target)
            | Effect::Recommend(target) => self.target(target),
            Effect::Require(body, pattern) => {
                self.body(body);
                self.pattern(pattern);
            }
            Effect::Consider(pattern, _) => self.pattern(pattern),
            Effect::Consequence(head) => self.atom(head),
        }
    }

    fn target(&mut self, target: &'a Target) {
        match &target.kind {
            TargetKind::Act(pattern) => self.pattern(pattern),
            TargetKind::State { atom, by, purpose } => {
                self.atom(atom);
                self.terms(by);
                if let Some(pattern) = purpose {
                    self.pattern(pattern);
                }
            }
        }
    }

    fn pattern(&mut self, pattern: &'a Pattern) {
        let label = pattern.label.as_ref();
        self.found
            .extend(label.map(|label| (label.node.as_str(), label.span)));
        self.roles(&pattern.roles);
    }

    fn roles(&mut self, roles: &'a [RoleTerm]) {
        self.terms(roles.iter().map(|role| &role.term));
    }

    fn atom(&mut self, atom: &'a Atom) {
        self.terms(&atom.terms);
    }

    fn terms(&mut self, terms: impl IntoIterator<Item = &'a Term>) {
        for term in terms {
            if let TermKind::Variable(name) = &term.kind {
                self.found.push((name, term.span.0));
            }
        }
    }

    fn conditions(&mut self, when: &'a [Literal], unless: &'a [Vec<Literal>]) {
        self.body(when);
        for exception in unless {
            self.body(exception);
        }
    }

    fn body(&mut self, literals: &'a [Literal]) {
        for literal in literals {
            match &literal.kind {
                LiteralKind::Atom { atom, .. } => self.atom(atom),
                LiteralKind::Status { pattern, .. } => self.pattern(pattern),
                LiteralKind::Or(alternatives) => {
                    for alternative in alternatives {
                        self.body(alternative);
                    }
                }
                LiteralKind::Compare { left, right, .. } => {
                    self.expression(left);
                    self.expression(right);
                }
                LiteralKind::Aggregate { left, aggregate } => {
                    self.expression(left);
                    self.terms(&aggregate.terms);
                    self.body(&aggregate.body);
                }
            }
        }
    }

    fn expression(&mut self, expression: &'a Expression) {
        let rest = expression.rest.iter().map(|(_, product)| product);
        for product in std::iter::once(&expression.first).chain(rest) {
            if let Operand::Term(term) = &product.operand {
                self.terms([term]);
            }
        }
    }
}
