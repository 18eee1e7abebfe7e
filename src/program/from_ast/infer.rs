//! Sees the parts of a statement: resolves every name, counts arguments, and narrows the sorts
//! of the variables. Each part is seen once, so each error is reported once.

use crate::base::{Diagnostic, Span};
use crate::lang::ast::{
    self, AggregateFunction, Comparison, LiteralKind, Name, Operand, Pattern, TermKind,
};
use crate::program::{ActionId, SortId, SortKind, Unit, VariableId};

use super::clause::Clause;
use super::sorts::{Clash, Sorts};

impl Clause<'_, '_> {
    /// Sees a conjunction.
    pub(super) fn see_body(&mut self, literals: &[ast::Literal]) {
        for literal in literals {
            match &literal.kind {
                LiteralKind::Atom { atom, .. } => self.see_atom(atom),
                LiteralKind::Status { pattern, .. } => self.see_pattern(pattern),
                LiteralKind::Or(alternatives) => {
                    for alternative in alternatives {
                        self.see_body(alternative);
                    }
                }
                LiteralKind::Compare {
                    left,
                    operator,
                    right,
                } => self.see_compare(left, *operator, right),
                LiteralKind::Aggregate { left, aggregate } => self.see_aggregate(left, aggregate),
            }
        }
    }

    /// Sees conditions and exceptions.
    pub(super) fn see_conditions(&mut self, when: &[ast::Literal], unless: &[Vec<ast::Literal>]) {
        self.see_body(when);
        for exception in unless {
            self.see_body(exception);
        }
    }

    /// Sees an atom.
    pub(super) fn see_atom(&mut self, atom: &ast::Atom) {
        let relation = match self.context.names.relation(&atom.relation) {
            Ok(relation) => relation,
            Err(unresolved) => {
                self.fail_name(unresolved);
                // Its variables are seen all the same, so that they are not called unknown.
                for term in &atom.terms {
                    self.see_term(term, None);
                }
                return;
            }
        };
        let row = &self.context.program.relations[relation];
        let columns: Vec<_> = row.columns.iter().map(|column| column.sort).collect();
        if columns.len() != atom.terms.len() {
            let names: Vec<_> = row
                .columns
                .iter()
                .map(|column| column.name.as_str())
                .collect();
            let found = Diagnostic::error(
                "arity-mismatch",
                atom.span.0,
                format!(
                    "`{}` has {} argument{}, not {}",
                    row.name,
                    columns.len(),
                    if columns.len() == 1 { "" } else { "s" },
                    atom.terms.len()
                ),
            )
            .label(format!("it is `{}({})`", row.name, names.join(", ")));
            let found = match row.span {
                Some(span) => found.also(span, "declared here"),
                None => found,
            };
            self.fail(found);
        }
        for (term, sort) in atom.terms.iter().zip(columns) {
            self.see_term(term, Some(&Sorts::from([sort])));
        }
    }

    /// Sees a term that is of one of `sorts`.
    pub(super) fn see_term(&mut self, term: &ast::Term, sorts: Option<&Sorts>) {
        match (&term.kind, sorts) {
            (TermKind::Variable(name), _) => {
                let variable = self.seen(name, term.span.0);
                if let Some(sorts) = sorts {
                    self.narrow(variable, sorts, term.span.0);
                }
            }
            (TermKind::Any, _) | (_, None) => {}
            (_, Some(sorts)) => {
                self.constant_sort(sorts, term);
            }
        }
    }

    pub(super) fn narrow(&mut self, variable: VariableId, sorts: &Sorts, span: Span) {
        if let Err(clash) = self.inference.narrow(variable, sorts, span) {
            self.clash(variable, &clash, span);
        }
    }

    fn unify(&mut self, one: VariableId, other: VariableId, span: Span) {
        if let Err(clash) = self.inference.unify(one, other, span) {
            self.clash(one, &clash, span);
        }
    }

    fn clash(&mut self, variable: VariableId, clash: &Clash, span: Span) {
        let name = self
            .names
            .iter()
            .find(|&(_, &other)| other == variable)
            .map_or("the act", |(name, _)| name.as_str());
        let (wanted, earlier) = (
            self.sort_names(&clash.wanted),
            self.sort_names(&clash.earlier),
        );
        let found = Diagnostic::error(
            "sort-mismatch",
            span,
            format!("`{name}` is of sort {wanted} here, but of sort {earlier} elsewhere"),
        )
        .label(format!("{wanted} here"));
        let found = match clash.place {
            Some(place) => found.also(place, format!("{earlier} here")),
            None => found,
        };
        self.fail(found);
    }

    /// Sees a pattern with its label.
    pub(super) fn see_pattern(&mut self, pattern: &Pattern) {
        if let Some(label) = &pattern.label {
            let variable = self.seen(&label.node, label.span);
            self.narrow(variable, &Sorts::from([SortId::ACT]), label.span);
        }
        let actions = self.see_actions(&pattern.actions);
        self.see_roles(actions.as_deref(), &pattern.roles);
    }

    /// Resolves actions; `None` if one is unknown.
    pub(super) fn see_actions(&mut self, names: &[Name]) -> Option<Vec<ActionId>> {
        let mut actions = Vec::new();
        for name in names {
            match self.context.names.action(name) {
                Ok(action) => actions.push(action),
                Err(unresolved) => self.fail_name(unresolved),
            }
        }
        (actions.len() == names.len()).then_some(actions)
    }

    /// Sees role terms of a pattern over `actions` (all, if empty).
    pub(super) fn see_roles(&mut self, actions: Option<&[ActionId]>, roles: &[ast::RoleTerm]) {
        for (index, role) in roles.iter().enumerate() {
            let twice = roles
                .iter()
                .take(index)
                .any(|other| other.role.node == role.role.node);
            if twice {
                let word = role.role.node.word();
                self.fail(
                    Diagnostic::error(
                        "duplicate-role",
                        role.role.span,
                        format!("role `{word}` is named twice"),
                    )
                    .label("named again here"),
                );
            }
            let sorts = actions.and_then(|actions| self.sorts_of_role(actions, role));
            self.see_term(&role.term, sorts.as_ref());
        }
    }

    /// The sorts that a role can have in all of `actions`; reports it if there is none.
    fn sorts_of_role(&mut self, actions: &[ActionId], role: &ast::RoleTerm) -> Option<Sorts> {
        let mut common: Option<Sorts> = None;
        for &action in if actions.is_empty() {
            &[ActionId::ANY]
        } else {
            actions
        } {
            let sorts = self.role_sorts(action, role.role.node);
            if sorts.is_empty() {
                self.unknown_role(action, role);
                return None;
            }
            match &mut common {
                None => common = Some(sorts),
                Some(common) => common.keep_common(&sorts),
            }
        }
        if common.as_ref().is_some_and(Sorts::is_empty) {
            let word = role.role.node.word();
            self.fail(
                Diagnostic::error(
                    "sort-mismatch",
                    role.role.span,
                    format!("the actions have a role `{word}` of different sorts"),
                )
                .label("cannot be the same in all of them")
                .help("write one statement for each action"),
            );
            return None;
        }
        common
    }

    fn unknown_role(&mut self, action: ActionId, role: &ast::RoleTerm) {
        let action = &self.context.program.actions[action];
        let known: Vec<_> = action.roles.iter().map(|role| role.role.word()).collect();
        let found = Diagnostic::error(
            "unknown-role",
            role.role.span,
            format!("`{}` has no role `{}`", action.name, role.role.node.word()),
        )
        .label("unknown role")
        .help(format!("its roles are {}", known.join(", ")));
        let found = match action.span {
            Some(span) => found.also(span, "declared here"),
            None => found,
        };
        self.fail(found);
    }

    fn see_compare(
        &mut self,
        left: &ast::Expression,
        operator: Comparison,
        right: &ast::Expression,
    ) {
        let numbers = Sorts::from([SortId::INTEGER, SortId::DATE]);
        let ordered = !matches!(operator, Comparison::Equal | Comparison::Unequal);
        let simple = simple_term(left).zip(simple_term(right));
        let Some((one, other)) = simple else {
            self.see_expression(left);
            self.see_expression(right);
            self.arithmetic.push((left.clone(), right.clone()));
            return;
        };
        if ordered {
            for term in [one, other] {
                self.see_term(term, Some(&numbers));
            }
        }
        match (&one.kind, &other.kind) {
            (TermKind::Variable(x), TermKind::Variable(y)) => {
                let x = self.seen(x, one.span.0);
                let y = self.seen(y, other.span.0);
                self.unify(x, y, other.span.0);
            }
            (TermKind::Variable(name), constant) | (constant, TermKind::Variable(name)) => {
                let variable = self.seen(name, one.span.0);
                let sorts = self.sorts_of_constant(constant);
                let place = if matches!(one.kind, TermKind::Variable(_)) {
                    other.span.0
                } else {
                    one.span.0
                };
                self.narrow(variable, &sorts, place);
            }
            _ => {}
        }
    }

    /// The sorts that a constant can be of. A name that is unknown to a question is of any
    /// sort of names, and reported when its sort is settled.
    fn sorts_of_constant(&self, kind: &TermKind) -> Sorts {
        let sorts = self.context.program.sorts.entries();
        sorts
            .filter(|&(sort, row)| {
                let named = matches!(kind, TermKind::Symbol(_) | TermKind::Text(_));
                let entity = matches!(row.kind, SortKind::Entity | SortKind::Enumerated);
                (named && entity) || self.accepts(sort, kind)
            })
            .map(|(sort, _)| sort)
            .collect()
    }

    /// Sees an expression of numbers or dates.
    fn see_expression(&mut self, expression: &ast::Expression) {
        let numbers = Sorts::from([SortId::INTEGER, SortId::DATE]);
        let products = std::iter::once(&expression.first)
            .chain(expression.rest.iter().map(|(_, product)| product));
        for product in products {
            match &product.operand {
                Operand::Term(term) => self.see_term(term, Some(&numbers)),
                Operand::Quantity(_, unit) => {
                    if Unit::from_word(&unit.node).is_none() {
                        self.unknown_unit(unit);
                    }
                }
            }
        }
    }

    /// Reports a word that is no unit of time.
    pub(super) fn unknown_unit(&mut self, unit: &Name) {
        let words: Vec<_> = Unit::ALL.map(|(_, _, many)| many.to_owned()).to_vec();
        let found = super::names::unknown("unknown-unit", "unit of time", unit, &words);
        self.fail(found.note(format!("units are {}", words.join(", "))));
    }

    fn see_aggregate(&mut self, left: &ast::Expression, aggregate: &ast::Aggregate) {
        self.see_body(&aggregate.body);
        let numbers = Sorts::from([SortId::INTEGER, SortId::DATE]);
        let integer = Sorts::from([SortId::INTEGER]);
        let first = match aggregate.function {
            AggregateFunction::Count => None,
            AggregateFunction::Sum => Some(&integer),
            AggregateFunction::Min | AggregateFunction::Max => Some(&numbers),
        };
        for (index, term) in aggregate.terms.iter().enumerate() {
            self.see_term(term, first.filter(|_| index == 0));
        }
        self.see_expression(left);
        let result = match aggregate.function {
            AggregateFunction::Count | AggregateFunction::Sum => None,
            _ => aggregate.terms.first(),
        };
        let variable = |term: &ast::Term| match &term.kind {
            TermKind::Variable(name) => Some(name.clone()),
            _ => None,
        };
        let Some(name) = simple_term(left).and_then(variable) else {
            return;
        };
        let one = self.seen(&name, left.span.0);
        match result.and_then(variable) {
            None => self.narrow(one, &integer, left.span.0),
            Some(other) => {
                let other = self.seen(&other, left.span.0);
                self.unify(one, other, left.span.0);
            }
        }
    }
}

/// The term that an expression consists of, if that is all.
pub(super) fn simple_term(expression: &ast::Expression) -> Option<&ast::Term> {
    match (&expression.first.operand, expression.first.factor) {
        (Operand::Term(term), None) if expression.rest.is_empty() => Some(term),
        _ => None,
    }
}
