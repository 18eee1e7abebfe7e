//! From the checked model back to trees: literals with their values in the place of variables.

use crate::base::{FileId, Id, Span};
use crate::lang::ast::{self, Spanned, StatementSpan};
use crate::lang::print_body;
use crate::program::{
    Atom, Expression, Literal, LiteralKind, Operand, SortId, Term, Unit, Value, VariableId,
    Variables,
};

use super::labels;
use super::words::{Naming, Words};

/// The values of the variables of a body, as far as they are known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values<'a> {
    /// The variables.
    pub variables: &'a Variables,
    /// A value for each; `None` where nothing binds it.
    pub substitution: &'a [Option<Value>],
}

impl Values<'_> {
    /// The value of a variable.
    pub(super) fn of(&self, variable: VariableId) -> Option<Value> {
        self.substitution.get(variable.index()).copied().flatten()
    }

    /// The value of a term.
    pub(super) fn term(&self, term: Term) -> Option<Value> {
        match term {
            Term::Constant(value) => Some(value),
            Term::Variable(variable) => self.of(variable),
            Term::Any => None,
        }
    }

    /// The values that are known, as a plan takes them.
    pub(super) fn bindings(&self) -> Vec<(VariableId, Value)> {
        self.variables
            .ids()
            .filter_map(|variable| Some((variable, self.of(variable)?)))
            .collect()
    }
}

/// Literals as trees.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raise<'a> {
    /// Names things.
    pub naming: &'a Naming<'a>,
    /// The values to put in.
    pub values: Values<'a>,
}

impl Raise<'_> {
    /// The literal as in a policy.
    pub(super) fn written(&self, literal: &Literal) -> String {
        match &literal.kind {
            LiteralKind::Negative(inner) if only_atom(inner).is_none() => {
                format!("not ({})", self.written_body(inner))
            }
            _ => print_body(&[self.literal(literal)]),
        }
    }

    /// A conjunction as in a policy.
    pub(super) fn written_body(&self, literals: &[Literal]) -> String {
        let parts: Vec<_> = literals.iter().map(|part| self.written(part)).collect();
        parts.join(", ")
    }

    /// The literal in words.
    pub(super) fn words(&self, words: &Words<'_>, literal: &Literal) -> String {
        match &literal.kind {
            LiteralKind::Negative(inner) if only_atom(inner).is_none() => {
                words.not_so(&self.body(inner))
            }
            _ => words.literal(&self.literal(literal)),
        }
    }

    /// Alternatives in words: in a row where each says one thing, else in a list.
    pub(super) fn alternatives(&self, words: &Words<'_>, alternatives: &[Vec<Literal>]) -> String {
        let is_listed = |body: &Vec<Literal>| self.body(body).len() == body.len();
        let long = alternatives.iter().any(|body| body.len() > 1);
        if long && alternatives.len() > 1 && alternatives.iter().all(is_listed) {
            let bodies = alternatives.iter().map(|body| self.body(body));
            return words.literal(&tree(ast::LiteralKind::Or(bodies.collect())));
        }
        let texts = alternatives.iter();
        let texts: Vec<_> = texts.map(|body| self.conjunction(words, body)).collect();
        texts.join(labels::or(words.language()))
    }

    /// A conjunction in words, each negated conjunction in it behind the rest.
    fn conjunction(&self, words: &Words<'_>, literals: &[Literal]) -> String {
        let body = self.body(literals);
        let plain = (!body.is_empty()).then(|| words.body(&body));
        let negated = literals.iter().filter(|literal| match &literal.kind {
            LiteralKind::Negative(inner) => only_atom(inner).is_none(),
            _ => false,
        });
        let parts = plain
            .into_iter()
            .chain(negated.map(|it| self.words(words, it)));
        parts
            .collect::<Vec<_>>()
            .join(labels::and(words.language()))
    }

    /// A conjunction as trees; a negated conjunction in it is left out.
    pub(super) fn body(&self, literals: &[Literal]) -> Vec<ast::Literal> {
        literals
            .iter()
            .filter(|literal| match &literal.kind {
                LiteralKind::Negative(inner) => only_atom(inner).is_some(),
                _ => true,
            })
            .map(|literal| self.literal(literal))
            .collect()
    }

    /// The atom as a tree.
    pub(super) fn atom(&self, atom: &Atom) -> ast::Atom {
        let terms = atom.terms.iter().map(|&term| self.values.term(term));
        let mut tree = self.naming.tuple(atom.relation, terms);
        for (term, place) in atom.terms.iter().zip(&mut tree.terms) {
            if let Term::Variable(variable) = term
                && self.values.of(*variable).is_none()
            {
                *place = self.variable(*variable);
            }
        }
        tree
    }

    fn literal(&self, literal: &Literal) -> ast::Literal {
        let kind = match &literal.kind {
            LiteralKind::Positive(atom) => ast::LiteralKind::Atom {
                negated: false,
                atom: self.atom(atom),
            },
            LiteralKind::Negative(inner) => match only_atom(inner) {
                Some(atom) => ast::LiteralKind::Atom {
                    negated: true,
                    atom: self.atom(atom),
                },
                None => ast::LiteralKind::Or(vec![self.body(inner)]),
            },
            LiteralKind::Compare {
                left,
                operator,
                right,
                sort,
            } => ast::LiteralKind::Compare {
                left: self.expression(left, *sort),
                operator: *operator,
                right: self.expression(right, *sort),
            },
            LiteralKind::Aggregate {
                result,
                function,
                terms,
                alternatives,
            } => {
                let mut bodies: Vec<_> = alternatives.iter().map(|body| self.body(body)).collect();
                let body = match bodies.len() {
                    1 => bodies.pop().unwrap_or_default(),
                    _ => vec![tree(ast::LiteralKind::Or(bodies))],
                };
                ast::LiteralKind::Aggregate {
                    left: sum(vec![(
                        1,
                        self.operand(Operand::Variable(*result), SortId::INTEGER),
                    )]),
                    aggregate: ast::Aggregate {
                        function: *function,
                        terms: terms.iter().map(|&term| self.loose(term)).collect(),
                        body,
                    },
                }
            }
        };
        tree(kind)
    }

    fn variable(&self, variable: VariableId) -> ast::Term {
        let name = self
            .values
            .variables
            .row(variable)
            .and_then(|row| row.name.as_deref());
        let named = |name: &str| ast::TermKind::Variable(name.to_owned());
        term(name.map_or(ast::TermKind::Any, named))
    }

    /// A term of unknown sort: its variable's.
    fn loose(&self, term: Term) -> ast::Term {
        match term {
            Term::Variable(variable) => {
                let sort = self.values.variables.row(variable).map(|row| row.sort);
                match (self.values.of(variable), sort) {
                    (Some(value), Some(sort)) => self.naming.term(sort, Some(value)),
                    _ => self.variable(variable),
                }
            }
            Term::Constant(_) | Term::Any => self::term(ast::TermKind::Any),
        }
    }

    /// An expression over `sort` as a tree.
    pub(super) fn expression(&self, expression: &Expression, sort: SortId) -> ast::Expression {
        let terms = expression.terms.iter();
        sum(terms
            .map(|&(factor, operand)| (factor, self.operand(operand, sort)))
            .collect())
    }

    fn operand(&self, operand: Operand, sort: SortId) -> ast::Operand {
        match operand {
            Operand::Variable(variable) => ast::Operand::Term(match self.values.of(variable) {
                Some(value) if value != Value::UNKNOWN => self.loose(Term::Variable(variable)),
                _ => self.variable(variable),
            }),
            Operand::Constant(value) => ast::Operand::Term(self.naming.term(sort, Some(value))),
            Operand::Duration(amount, unit) => {
                let word = Unit::ALL
                    .into_iter()
                    .find_map(|(other, one, many)| {
                        (other == unit).then_some(if amount == 1 { one } else { many })
                    })
                    .unwrap_or_default();
                let amount = Spanned {
                    node: amount,
                    span: NOWHERE.0,
                };
                let unit = Spanned {
                    node: word.to_owned(),
                    span: NOWHERE.0,
                };
                ast::Operand::Quantity(amount, unit)
            }
        }
    }

    /// What a side of a comparison comes to.
    pub(super) fn value(&self, expression: &Expression, sort: SortId) -> String {
        if let [(1, operand)] = expression.terms.as_slice() {
            return print_operand(&self.operand(*operand, sort));
        }
        let mut total: Option<i64> = Some(0);
        let mut shifts = Vec::new();
        for &(factor, operand) in &expression.terms {
            let number = match operand {
                Operand::Variable(variable) => self.values.of(variable).and_then(Value::number),
                Operand::Constant(value) => value.number(),
                Operand::Duration(amount, unit) => {
                    shifts.push((factor.saturating_mul(amount), unit));
                    Some(0)
                }
            };
            total = total
                .zip(number.and_then(|number| number.checked_mul(factor)))
                .and_then(|(total, number)| total.checked_add(number));
        }
        for (amount, unit) in shifts {
            total = total.and_then(|total| unit.add(total, amount));
        }
        let value = total.and_then(Value::from_number);
        self.naming.term(sort, value).to_string()
    }
}

fn print_operand(operand: &ast::Operand) -> String {
    match operand {
        ast::Operand::Term(term) => term.to_string(),
        ast::Operand::Quantity(amount, unit) => format!("{} {}", amount.node, unit.node),
    }
}

/// A sum as a tree; the first summand keeps its sign in its factor.
fn sum(terms: Vec<(i64, ast::Operand)>) -> ast::Expression {
    let product = |factor: i64, operand| ast::Product {
        operand,
        factor: (factor != 1).then_some(factor),
    };
    let mut terms = terms.into_iter();
    let first = match terms.next() {
        Some((factor, operand)) => product(factor, operand),
        None => product(1, ast::Operand::Term(term(ast::TermKind::Integer(0)))),
    };
    ast::Expression {
        first,
        rest: terms
            .map(|(factor, operand)| (factor < 0, product(factor.saturating_abs(), operand)))
            .collect(),
        span: NOWHERE,
    }
}

const NOWHERE: StatementSpan = StatementSpan(Span {
    file: FileId(0),
    start: 0,
    end: 0,
});

fn term(kind: ast::TermKind) -> ast::Term {
    ast::Term {
        kind,
        span: NOWHERE,
    }
}

fn tree(kind: ast::LiteralKind) -> ast::Literal {
    ast::Literal {
        kind,
        span: NOWHERE,
    }
}

/// The atom that is all of a conjunction.
fn only_atom(literals: &[Literal]) -> Option<&Atom> {
    match literals {
        [
            Literal {
                kind: LiteralKind::Positive(atom),
                ..
            },
        ] => Some(atom),
        _ => None,
    }
}
