//! Comparisons and aggregates: what is added to what, and of which sort both sides are.

use crate::base::{Diagnostic, Span};
use crate::lang::ast::{self, AggregateFunction, Comparison, TermKind};
use crate::program::{Expression, Literal, LiteralKind, Operand, SortId, Term, Unit, VariableId};

use super::clause::Clause;
use super::conjunction::Conjunction;
use super::infer::simple_term;
use super::sorts::Sorts;

/// What an expression measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Dimension {
    /// A plain number.
    Number,
    /// A point in time.
    Date,
    /// A length of time.
    Length,
    /// Not known before some variable's sort is.
    Open,
    /// Nothing that can be measured.
    Mixed,
}

impl Clause<'_, '_> {
    /// Settles the sorts of variables that only arithmetic speaks of, and reports comparisons
    /// of unlike things.
    pub(super) fn settle_arithmetic(&mut self) {
        let comparisons = std::mem::take(&mut self.arithmetic);
        for _ in &comparisons {
            for (left, right) in &comparisons {
                self.transfer(left, right);
                self.transfer(right, left);
            }
        }
        for (left, right) in &comparisons {
            let (one, other) = (self.dimension(left), self.dimension(right));
            let unlike = one != other && one != Dimension::Open && other != Dimension::Open;
            if unlike || one == Dimension::Mixed {
                self.unlike(left.span.0.to(right.span.0));
            }
        }
    }

    /// If one side is a variable of which nothing is known yet, it is what the other side is.
    fn transfer(&mut self, from: &ast::Expression, to: &ast::Expression) {
        let sort = match self.dimension(from) {
            Dimension::Number => SortId::INTEGER,
            Dimension::Date => SortId::DATE,
            _ => return,
        };
        if self.dimension(to) == Dimension::Open
            && let Some(term) = simple_term(to)
            && let TermKind::Variable(name) = &term.kind
        {
            let variable = self.seen(name, term.span.0);
            self.narrow(variable, &Sorts::from([sort]), term.span.0);
        }
    }

    fn unlike(&mut self, span: Span) {
        self.fail(
            Diagnostic::error("sort-mismatch", span, "the two sides cannot be compared")
                .label("a number, a date and a length of time are different things")
                .help("a length of time has a unit: `D + 30 days`"),
        );
    }

    fn dimension(&self, expression: &ast::Expression) -> Dimension {
        let (mut dates, mut timed, mut numbers) = (0, false, false);
        for (sign, product) in products(expression) {
            let sort = match &product.operand {
                ast::Operand::Quantity(..) => {
                    timed = true;
                    continue;
                }
                ast::Operand::Term(term) => match &term.kind {
                    TermKind::Variable(name) => self
                        .names
                        .get(name)
                        .and_then(|&variable| self.inference.sort(variable)),
                    TermKind::Date(_) => Some(SortId::DATE),
                    _ => Some(SortId::INTEGER),
                },
            };
            match sort {
                None => return Dimension::Open,
                Some(SortId::DATE) => {
                    timed = true;
                    dates += sign * product.factor.unwrap_or(1);
                }
                Some(_) => numbers = true,
            }
        }
        match (dates, timed, numbers) {
            (_, false, _) => Dimension::Number,
            (1, true, false) => Dimension::Date,
            (0, true, false) => Dimension::Length,
            _ => Dimension::Mixed,
        }
    }

    /// Lowers a comparison that has been seen without errors.
    pub(super) fn compare(
        &mut self,
        left: &ast::Expression,
        operator: Comparison,
        right: &ast::Expression,
        span: Span,
    ) -> Option<Literal> {
        let sort = self.sort_of_comparison(left, right)?;
        let left = self.expression(left, sort)?;
        let right = self.expression(right, sort)?;
        Some(Literal {
            kind: LiteralKind::Compare {
                left,
                operator,
                right,
                sort,
            },
            span,
        })
    }

    /// The sort of both sides. Lengths of time are compared as differences of dates.
    fn sort_of_comparison(
        &mut self,
        left: &ast::Expression,
        right: &ast::Expression,
    ) -> Option<SortId> {
        if let (Some(one), Some(other)) = (simple_term(left), simple_term(right)) {
            for term in [one, other] {
                if let TermKind::Variable(name) = &term.kind {
                    let variable = *self.names.get(name)?;
                    return Some(self.variables[variable].sort);
                }
            }
            let accepted = |clause: &Self, sort: &SortId| {
                clause.accepts(*sort, &one.kind) && clause.accepts(*sort, &other.kind)
            };
            let sort = self
                .context
                .program
                .sorts
                .ids()
                .find(|sort| accepted(self, sort));
            if sort.is_none() {
                self.unlike(left.span.0.to(right.span.0));
            }
            return sort;
        }
        Some(match self.dimension(left) {
            Dimension::Number => SortId::INTEGER,
            _ => SortId::DATE,
        })
    }

    fn expression(&mut self, expression: &ast::Expression, sort: SortId) -> Option<Expression> {
        let mut terms = Vec::new();
        for (sign, product) in products(expression) {
            let coefficient = sign * product.factor.unwrap_or(1);
            let operand = match &product.operand {
                ast::Operand::Quantity(amount, unit) => {
                    Operand::Duration(amount.node, Unit::from_word(&unit.node)?)
                }
                ast::Operand::Term(term) => {
                    if let TermKind::Variable(name) = &term.kind {
                        Operand::Variable(*self.names.get(name)?)
                    } else {
                        let sort = self.constant_sort(&Sorts::from([sort]), term)?;
                        Operand::Constant(self.value(sort, term)?)
                    }
                }
            };
            terms.push((coefficient, operand));
        }
        Some(Expression { terms })
    }

    /// Lowers `left = function { terms : body }`.
    pub(super) fn aggregate(
        &mut self,
        left: &ast::Expression,
        aggregate: &ast::Aggregate,
        alternatives: Vec<Conjunction>,
        span: Span,
    ) -> Option<Vec<Literal>> {
        let sort = match (aggregate.function, aggregate.terms.first().map(|t| &t.kind)) {
            (AggregateFunction::Min | AggregateFunction::Max, Some(TermKind::Variable(name))) => {
                self.variables[*self.names.get(name)?].sort
            }
            _ => SortId::INTEGER,
        };
        let terms = aggregate
            .terms
            .iter()
            .map(|term| self.aggregated(sort, term))
            .collect::<Option<_>>()?;
        let result = self.fresh(sort, left.span.0);
        let left = self.expression(left, sort)?;
        let kind = LiteralKind::Aggregate {
            result,
            function: aggregate.function,
            terms,
            alternatives: alternatives
                .into_iter()
                .map(|alternative| alternative.literals)
                .collect(),
        };
        let equal = LiteralKind::Compare {
            left,
            operator: Comparison::Equal,
            right: single(result),
            sort,
        };
        Some(vec![Literal { kind, span }, Literal { kind: equal, span }])
    }

    fn aggregated(&mut self, sort: SortId, term: &ast::Term) -> Option<Term> {
        match &term.kind {
            TermKind::Variable(name) => self.names.get(name).copied().map(Term::Variable),
            TermKind::Any => None,
            _ => {
                let sorts = match term.kind {
                    TermKind::Integer(_) => Sorts::from([SortId::INTEGER]),
                    TermKind::Date(_) => Sorts::from([SortId::DATE]),
                    _ => Sorts::from([sort]),
                };
                let sort = self.constant_sort(&sorts, term)?;
                self.value(sort, term).map(Term::Constant)
            }
        }
    }
}

/// The expression that is one variable.
pub(super) fn single(variable: VariableId) -> Expression {
    Expression {
        terms: vec![(1, Operand::Variable(variable))],
    }
}

/// The products of an expression with their signs.
fn products(expression: &ast::Expression) -> impl Iterator<Item = (i64, &ast::Product)> {
    let rest = expression
        .rest
        .iter()
        .map(|(subtracted, product)| (if *subtracted { -1 } else { 1 }, product));
    std::iter::once((1, &expression.first)).chain(rest)
}
