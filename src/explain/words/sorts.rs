//! The sorts of a statement's variables, as far as atoms, roles and aggregates show them.

use crate::lang::ast::{
    Atom, Effect, Expression, Literal, LiteralKind, Operand, Otherwise, Pattern, RoleTerm,
    StatementKind, Target, TargetKind, Term, TermKind, Within,
};

use super::reader::Reader;

impl Reader<'_> {
    /// Learns the sorts of the variables of `statement`.
    pub(super) fn learn_statement(&mut self, statement: &StatementKind) {
        match statement {
            StatementKind::Norm(norm) => {
                self.learn_effect(&norm.effect.node);
                self.learn_within(norm.within.as_ref());
                self.learn_conditions(&norm.when, &norm.unless);
                self.learn_otherwise(norm.otherwise.as_deref());
            }
            StatementKind::Define(define) => self.learn_clause(&define.clause),
            StatementKind::Rule(clause) => self.learn_clause(clause),
            StatementKind::Scope(scope) => {
                self.learn_roles(&scope.actions, &scope.roles);
                self.learn_conditions(&scope.when, &scope.unless);
            }
            StatementKind::Note(note) => {
                if let Some((pattern, when)) = &note.purpose {
                    self.learn_pattern(pattern);
                    self.learn_body(when);
                }
            }
            StatementKind::Never(never) => self.learn_body(&never.body),
            _ => {}
        }
    }

    fn learn_clause(&mut self, clause: &crate::lang::ast::Clause) {
        self.learn_atom(&clause.head);
        self.learn_conditions(&clause.body, &clause.unless);
    }

    fn learn_effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Forbid(target)
            | Effect::Permit(target)
            | Effect::Oblige(target)
            | Effect::Discourage(target)
            | Effect::Recommend(target) => self.learn_target(target),
            Effect::Require(body, pattern) => {
                self.learn_pattern(pattern);
                self.learn_body(body);
            }
            Effect::Consider(pattern, _) => self.learn_pattern(pattern),
            Effect::Consequence(atom) => self.learn_atom(atom),
        }
    }

    fn learn_target(&mut self, target: &Target) {
        match &target.kind {
            TargetKind::Act(pattern) => self.learn_pattern(pattern),
            TargetKind::State { atom, by, purpose } => {
                self.learn_atom(atom);
                if let Some(by) = by {
                    self.learn_term(by, "actor");
                }
                if let Some(pattern) = purpose {
                    self.learn_pattern(pattern);
                }
            }
        }
    }

    fn learn_within(&mut self, within: Option<&Within>) {
        if let Some(within) = within {
            self.learn(&within.after.node, "date");
        }
    }

    fn learn_otherwise(&mut self, otherwise: Option<&Otherwise>) {
        if let Some(otherwise) = otherwise {
            self.learn_target(&otherwise.target);
            self.learn_within(otherwise.within.as_ref());
            self.learn_otherwise(otherwise.otherwise.as_deref());
        }
    }

    fn learn_conditions(&mut self, when: &[Literal], unless: &[Vec<Literal>]) {
        self.learn_body(when);
        for exception in unless {
            self.learn_body(exception);
        }
    }

    /// Learns the sorts of the variables of `body`; comparisons last, as they pass sorts on.
    pub(super) fn learn_body(&mut self, body: &[Literal]) {
        for literal in body {
            self.learn_literal(literal);
        }
        for literal in body {
            if let LiteralKind::Compare { left, right, .. } = &literal.kind {
                self.learn_equal(left, right);
                self.learn_equal(right, left);
            }
        }
    }

    fn learn_literal(&mut self, literal: &Literal) {
        match &literal.kind {
            LiteralKind::Atom { atom, .. } => self.learn_atom(atom),
            LiteralKind::Status { pattern, .. } => self.learn_pattern(pattern),
            LiteralKind::Or(alternatives) => {
                for alternative in alternatives {
                    self.learn_body(alternative);
                }
            }
            LiteralKind::Compare { .. } => {}
            LiteralKind::Aggregate { left, aggregate } => {
                self.learn_body(&aggregate.body);
                let sort = match aggregate.function {
                    crate::lang::ast::AggregateFunction::Min
                    | crate::lang::ast::AggregateFunction::Max => {
                        let first = aggregate.terms.first();
                        first.and_then(|term| self.sort_of_term(term))
                    }
                    _ => None,
                };
                if let Some(name) = only_variable(left) {
                    self.learn(name, &sort.unwrap_or_else(|| "integer".to_owned()));
                }
            }
        }
    }

    fn learn_equal(&mut self, known: &Expression, other: &Expression) {
        if let Some(name) = only_variable(other)
            && let Some(sort) = self.sort_of(known)
        {
            self.learn(name, &sort);
        }
    }

    /// The sort of what `expression` comes to, if it is known.
    pub(super) fn sort_of(&self, expression: &Expression) -> Option<String> {
        let subtracted = expression.rest.iter().find(|(minus, _)| *minus);
        let first = self.sort_of_operand(&expression.first.operand)?;
        let is_length = first == "date"
            && subtracted.is_some_and(|(_, product)| {
                self.sort_of_operand(&product.operand).as_deref() == Some("date")
            });
        Some(if is_length {
            "integer".to_owned()
        } else {
            first
        })
    }

    fn sort_of_operand(&self, operand: &Operand) -> Option<String> {
        match operand {
            Operand::Quantity(..) => Some("integer".to_owned()),
            Operand::Term(term) => self.sort_of_term(term),
        }
    }

    /// The sort of `term`, if it is known.
    pub(super) fn sort_of_term(&self, term: &Term) -> Option<String> {
        match &term.kind {
            TermKind::Variable(name) => self.sort(name).map(str::to_owned),
            TermKind::Integer(_) => Some("integer".to_owned()),
            TermKind::Date(_) => Some("date".to_owned()),
            TermKind::Text(_) => Some("text".to_owned()),
            TermKind::Symbol(_) | TermKind::Any => None,
        }
    }

    fn learn_atom(&mut self, atom: &Atom) {
        let name = &atom.relation.node;
        let sorts: Vec<_> = match self.vocabulary.relations.get(name) {
            Some(entry) => entry.columns.iter().map(|(_, sort)| sort.clone()).collect(),
            None if name == "now" => vec!["date".to_owned()],
            None if atom.terms.len() == 1 => vec![name.clone()],
            None => Vec::new(),
        };
        for (term, sort) in atom.terms.iter().zip(sorts) {
            self.learn_term(term, &sort);
        }
    }

    fn learn_pattern(&mut self, pattern: &Pattern) {
        if let Some(label) = &pattern.label {
            self.learn(&label.node, "act");
        }
        self.learn_roles(&pattern.actions, &pattern.roles);
    }

    fn learn_roles(&mut self, actions: &[crate::lang::ast::Name], roles: &[RoleTerm]) {
        for filled in roles {
            let sort = self.vocabulary.role_sort(actions, filled.role.node);
            if let Some(sort) = sort.map(str::to_owned) {
                self.learn_term(&filled.term, &sort);
            }
        }
    }

    fn learn_term(&mut self, term: &Term, sort: &str) {
        if let TermKind::Variable(name) = &term.kind {
            self.learn(name, sort);
        }
    }
}

/// The name of the variable that is all of `expression`.
pub(super) fn only_variable(expression: &Expression) -> Option<&str> {
    match &expression.first.operand {
        Operand::Term(Term {
            kind: TermKind::Variable(name),
            ..
        }) if expression.rest.is_empty() && expression.first.factor.is_none() => Some(name),
        _ => None,
    }
}
