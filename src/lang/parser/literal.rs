//! Bodies: conditions, groups of alternatives, comparisons and aggregates.

use crate::lang::ast::{
    Aggregate, AggregateFunction, Comparison, Expression, Literal, LiteralKind, Name, Operand,
    Product, Spanned, StatusWord, Term, TermKind,
};
use crate::lang::error::{SyntaxError, shortened};
use crate::lang::lexer::Token;
use crate::lang::words::is_reserved;

use super::term::owned;
use super::{Parsed, Parser};

const AGGREGATES: [AggregateFunction; 4] = [
    AggregateFunction::Count,
    AggregateFunction::Sum,
    AggregateFunction::Min,
    AggregateFunction::Max,
];

impl Parser<'_> {
    /// `literal {, literal}`; alternatives without parentheses are reported and read as if
    /// they had them.
    pub(super) fn body(&mut self) -> Parsed<Vec<Literal>> {
        let start = self.current.span;
        let body = self.conjunction()?;
        self.body_end = self.previous.end;
        if !self.at_word("or") {
            return Ok(body);
        }
        let place = self.current.span;
        self.report(&SyntaxError::UngroupedAlternatives, place);
        let kind = self.alternatives(body)?;
        let span = self.since(start);
        Ok(vec![Literal { kind, span }])
    }

    fn conjunction(&mut self) -> Parsed<Vec<Literal>> {
        self.list(Self::literal)
    }

    /// `or body {or body}` after `first`.
    fn alternatives(&mut self, first: Vec<Literal>) -> Parsed<LiteralKind> {
        let mut alternatives = vec![first];
        while self.eat_word("or") {
            alternatives.push(self.conjunction()?);
        }
        Ok(LiteralKind::Or(alternatives))
    }

    /// One condition.
    pub(super) fn literal(&mut self) -> Parsed<Literal> {
        let start = self.current.span;
        let negated = self.eat_word("not");
        let kind = match self.current.token {
            Token::Name => self.named_literal(negated)?,
            _ if negated => {
                let help = "`not` stands before a relation: turn a comparison round, give a group \
                            a relation of its own or use `unless`";
                return Err(self.unexpected("the name of a relation", Some(help.into())));
            }
            Token::Open => self.nested(Self::group)?,
            Token::Variable if self.calls() => return Err(self.no_name("a relation")),
            Token::Variable | Token::Integer | Token::Date | Token::Text => self.comparison()?,
            Token::Quoted => {
                let help = "a symbol stands on the right of a comparison: `X = '…'`";
                return Err(self.unexpected("a condition", Some(help.into())));
            }
            _ => return Err(self.unexpected("a condition", None)),
        };
        Ok(Literal {
            kind,
            span: self.since(start),
        })
    }

    /// An atom, or a question about other acts.
    fn named_literal(&mut self, negated: bool) -> Parsed<LiteralKind> {
        let text = self.current.text;
        let mut statuses = StatusWord::ALL.into_iter();
        if let Some((status, _)) = statuses.find(|&(_, word)| word == text) {
            self.bump();
            return self.status(negated, status);
        }
        if is_reserved(text) && !self.calls() {
            let aggregate = AGGREGATES.into_iter().find(|of| of.word() == text);
            let help = aggregate.map(|function| aggregate_help(function.word()));
            return Err(self.unexpected("a condition", help));
        }
        let relation = self.name("a relation")?;
        if self.comparison_sign().is_some() {
            let name = shortened(&relation.node);
            let help = format!("a name stands on the right of a comparison: `X = {name}`");
            return Err(self.unexpected(&format!("`(` after `{name}`"), Some(help)));
        }
        let atom = self.atom_of(relation)?;
        Ok(LiteralKind::Atom { negated, atom })
    }

    /// `( pattern [, under REF] )` after a status word.
    fn status(&mut self, negated: bool, status: StatusWord) -> Parsed<LiteralKind> {
        let word = status.word();
        self.expect(Token::Open, &format!("`(` after `{word}`"))?;
        let pattern = self.pattern()?;
        let under = if self.eat(Token::Comma) {
            self.expect_word("under")?;
            Some(self.document_or_norm()?)
        } else {
            None
        };
        self.expect(Token::Close, "a role, `, under …` or `)`")?;
        Ok(LiteralKind::Status {
            negated,
            status,
            pattern,
            under,
        })
    }

    fn document_or_norm(&mut self) -> Parsed<Name> {
        if self.at(Token::Reference) {
            self.reference()
        } else {
            self.name("a document, or the id of a norm")
        }
    }

    /// `( body or body {or body} )`.
    fn group(&mut self) -> Parsed<LiteralKind> {
        let open = self.bump().span;
        let first = self.conjunction()?;
        let kind = self.alternatives(first)?;
        self.expect(Token::Close, "`,`, `or` or `)`")?;
        if matches!(&kind, LiteralKind::Or(alternatives) if alternatives.len() < 2) {
            let place = open.to(self.previous);
            self.report(&SyntaxError::GroupWithoutAlternatives, place);
        }
        Ok(kind)
    }

    /// `left = aggregate`, or `left < expr`.
    fn comparison(&mut self) -> Parsed<LiteralKind> {
        let left = self.expression()?;
        let Some(operator) = self.comparison_sign() else {
            return Err(self.unexpected("a comparison such as `=` or `<`", None));
        };
        self.bump();
        if self.at(Token::Equal) {
            return Err(self.unexpected("a value", Some("equality is one `=`".into())));
        }
        let function = AGGREGATES
            .into_iter()
            .find(|function| self.at_word(function.word()));
        let Some(function) = function else {
            let right = self.expression()?;
            return Ok(LiteralKind::Compare {
                left,
                operator,
                right,
            });
        };
        if operator != Comparison::Equal {
            let help = aggregate_help(function.word());
            return Err(self.unexpected("a value", Some(help)));
        }
        self.bump();
        let aggregate = self.nested(|parser| parser.aggregate(function))?;
        Ok(LiteralKind::Aggregate { left, aggregate })
    }

    /// The comparison that comes next, not yet taken.
    fn comparison_sign(&self) -> Option<Comparison> {
        Some(match self.current.token {
            Token::Equal => Comparison::Equal,
            Token::Unequal => Comparison::Unequal,
            Token::Less => Comparison::Less,
            Token::AtMost => Comparison::AtMost,
            Token::Greater => Comparison::Greater,
            Token::AtLeast => Comparison::AtLeast,
            _ => return None,
        })
    }

    /// `{ term {, term} : body }`.
    fn aggregate(&mut self, function: AggregateFunction) -> Parsed<Aggregate> {
        self.expect(Token::OpenBrace, "`{`")?;
        let terms = self.list(Self::term)?;
        self.expect(Token::Colon, "`,` or `:`")?;
        let body = self.body()?;
        self.expect(Token::CloseBrace, "`,` or `}`")?;
        Ok(Aggregate {
            function,
            terms,
            body,
        })
    }

    /// `product {+ product}`.
    fn expression(&mut self) -> Parsed<Expression> {
        let start = self.current.span;
        let first = self.product()?;
        let mut rest = Vec::new();
        while matches!(self.current.token, Token::Plus | Token::Minus) {
            let is_subtracted = self.bump().token == Token::Minus;
            rest.push((is_subtracted, self.product()?));
        }
        Ok(Expression {
            first,
            rest,
            span: self.since(start),
        })
    }

    /// `operand [* INT]`.
    fn product(&mut self) -> Parsed<Product> {
        let operand = self.operand()?;
        let factor = if self.eat(Token::Times) {
            Some(self.integer("a whole number", i64::MAX)?.node)
        } else {
            None
        };
        Ok(Product { operand, factor })
    }

    fn operand(&mut self) -> Parsed<Operand> {
        let start = self.current.span;
        if self.at(Token::Integer) {
            return self.number();
        }
        if self.at(Token::Name) && is_reserved(self.current.text) {
            let word = self.current_text();
            let help = format!("write `'{word}'` if the word itself is meant");
            return Err(self.unexpected("a value", Some(help)));
        }
        let kind = self.simple_term("a value")?;
        let span = self.since(start);
        Ok(Operand::Term(Term { kind, span }))
    }

    /// `42`, or `30 days`.
    fn number(&mut self) -> Parsed<Operand> {
        let amount: Spanned<i64> = self.integer("a whole number", i64::MAX)?;
        if self.at(Token::Name) && !is_reserved(self.current.text) {
            return Ok(Operand::Quantity(amount, owned(self.bump())));
        }
        let span = self.since(amount.span);
        let kind = TermKind::Integer(amount.node);
        Ok(Operand::Term(Term { kind, span }))
    }
}

/// Where an aggregate can stand.
fn aggregate_help(word: &str) -> String {
    format!("write `N = {word} {{ … }}` and compare `N`")
}
