//! Bodies to disjunctive normal form. What a body means where it speaks of other acts depends
//! on what it is the body of: see [`Reading`].

use std::iter::repeat_n;

use crate::base::{Diagnostic, Span};
use crate::lang::ast::{self, LiteralKind as Ast};
use crate::program::{LateLiteral, Literal, LiteralKind};

use super::clause::Clause;
use super::conjunction::Conjunction;

/// More alternatives than this are refused.
const MOST_ALTERNATIVES: usize = 256;

/// How a body reads `done(…)`, `case(…)` and words that ask for verdicts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reading {
    /// Of rules, definitions, scopes and questions: acts are those that something binds, and
    /// verdicts are not known yet.
    Rule,
    /// Of forbid, permit, require and notes: the act judged is a case like those recorded.
    Judging,
    /// Of an act that would fulfil a duty: it does not fulfil one that it gives rise to.
    Fulfilling,
    /// "If you do this, then": the act judged is a case and counts as done.
    Following,
}

impl Reading {
    /// `case` is of recorded acts, not of whatever act something binds.
    pub(super) fn of_records(self) -> bool {
        self != Self::Rule
    }

    /// The act judged is a case.
    pub(super) fn judged_is_case(self) -> bool {
        matches!(self, Self::Judging | Self::Following)
    }

    /// The act judged counts as done.
    pub(super) fn judged_is_done(self) -> bool {
        self == Self::Following
    }
}

impl Clause<'_, '_> {
    /// Conditions and exceptions, seen without errors, as alternatives.
    pub(super) fn conditions(
        &mut self,
        when: &[ast::Literal],
        unless: &[Vec<ast::Literal>],
        reading: Reading,
    ) -> Vec<Conjunction> {
        let mut exceptions = Conjunction::default();
        for exception in unless {
            let Some(first) = exception.first() else {
                continue;
            };
            let span = exception
                .last()
                .map_or(first.span.0, |last| first.span.0.to(last.span.0));
            for alternative in self.body(exception, reading) {
                exceptions = exceptions.and(negation(alternative, span));
            }
        }
        let alternatives = self.body(when, reading);
        each_with_each(alternatives, vec![exceptions])
    }

    /// A conjunction, seen without errors, as alternatives.
    pub(super) fn body(&mut self, literals: &[ast::Literal], reading: Reading) -> Vec<Conjunction> {
        let mut alternatives = vec![Conjunction::default()];
        for literal in literals {
            let choices = self.literal(literal, reading);
            alternatives = self.both(alternatives, choices, literal.span.0);
        }
        alternatives
    }

    /// Each of `some` with each of `others`.
    pub(super) fn both(
        &mut self,
        some: Vec<Conjunction>,
        others: Vec<Conjunction>,
        span: Span,
    ) -> Vec<Conjunction> {
        if some.len() * others.len() > MOST_ALTERNATIVES {
            if !self.failed {
                self.fail(
                    Diagnostic::error(
                        "too-many-alternatives",
                        span,
                        format!("more than {MOST_ALTERNATIVES} alternatives"),
                    )
                    .label("the alternatives multiply here")
                    .help("give a name to some of them: a relation with a rule for each"),
                );
            }
            return some.into_iter().take(1).collect();
        }
        each_with_each(some, others)
    }

    fn literal(&mut self, literal: &ast::Literal, reading: Reading) -> Vec<Conjunction> {
        let span = literal.span.0;
        match &literal.kind {
            Ast::Atom { negated, atom } => {
                let Some(atom) = self.atom(atom) else {
                    return Vec::new();
                };
                let literal = positive(atom, span);
                let literal = if *negated {
                    negative(vec![literal], span)
                } else {
                    literal
                };
                vec![Conjunction::of(vec![literal])]
            }
            Ast::Status {
                negated,
                status,
                pattern,
                under,
            } => {
                let question = super::status::StatusQuestion {
                    negated: *negated,
                    status: *status,
                    pattern,
                    under: under.as_ref(),
                    span,
                };
                self.status(&question, reading)
            }
            Ast::Or(alternatives) => {
                let mut found = Vec::new();
                for alternative in alternatives {
                    found.extend(self.body(alternative, reading));
                }
                found
            }
            Ast::Compare {
                left,
                operator,
                right,
            } => {
                let compared = self.compare(left, *operator, right, span);
                compared
                    .map(|literal| Conjunction::of(vec![literal]))
                    .into_iter()
                    .collect()
            }
            Ast::Aggregate { left, aggregate } => {
                let outside = std::mem::replace(&mut self.counting, true);
                let alternatives = self.body(&aggregate.body, reading);
                self.counting = outside;
                let counted = self.aggregate(left, aggregate, alternatives, span);
                counted.map(Conjunction::of).into_iter().collect()
            }
        }
    }
}

/// Each of `some` with each of `others`; the last of each is not copied.
fn each_with_each(some: Vec<Conjunction>, others: Vec<Conjunction>) -> Vec<Conjunction> {
    let others = repeat_n(others, some.len());
    some.into_iter()
        .zip(others)
        .flat_map(|(one, others)| {
            repeat_n(one, others.len())
                .zip(others)
                .map(|(one, other)| one.and(other))
        })
        .collect()
}

/// That the atom holds.
pub(super) fn positive(atom: crate::program::Atom, span: Span) -> Literal {
    Literal {
        kind: LiteralKind::Positive(atom),
        span,
    }
}

/// That the conjunction does not hold.
pub(super) fn negative(literals: Vec<Literal>, span: Span) -> Literal {
    Literal {
        kind: LiteralKind::Negative(literals),
        span,
    }
}

/// That a conjunction does not hold, whatever it asks for.
pub(super) fn negation(mut conjunction: Conjunction, span: Span) -> Conjunction {
    let mut negated = Conjunction::default();
    match (
        conjunction.literals.as_slice(),
        conjunction.late.as_mut_slice(),
    ) {
        (_, []) => negated.literals.push(negative(conjunction.literals, span)),
        ([], [LateLiteral::Status { negated: not, .. }]) => {
            *not = !*not;
            negated.late = conjunction.late;
        }
        _ => negated.late.push(LateLiteral::Negative {
            literals: conjunction.literals,
            late: conjunction.late,
            span,
        }),
    }
    negated
}
