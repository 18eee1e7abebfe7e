//! `now(T)` in norms and scopes: the moment of the act judged, or the one at which it is asked
//! what is due. In rules `now` is a relation like others.

use crate::base::Span;
use crate::lang::ast::{Comparison, Role};
use crate::program::visit::variables_of_terms;
use crate::program::{
    Atom, Expression, LateLiteral, Literal, LiteralKind, Operand, RelationId, SortId, Term,
    VariableId,
};

use super::body::positive;
use super::clause::{Clause, JUDGED};
use super::conjunction::Conjunction;
use super::expression::single;
use super::finish::only;

impl Clause<'_, '_> {
    /// Reads `now(T)` as the moment of the act judged.
    pub(super) fn now_is_of_act(&self, conjunction: &mut Conjunction) {
        let at = self.context.program.roles.get(&(Role::At, SortId::DATE));
        if let Some(&at) = at {
            self.tell_time(conjunction, &|term| of_act(at, term));
        }
    }

    /// Reads `now(T)` as `moment`.
    pub(super) fn now_is(&self, conjunction: &mut Conjunction, moment: VariableId) {
        self.tell_time(conjunction, &|term| is_moment(moment, term));
    }

    fn tell_time(&self, conjunction: &mut Conjunction, read: &dyn Fn(Term) -> LiteralKind) {
        let now = self.context.program.builtin.now;
        replace(&mut conjunction.literals, now, read);
        replace_late(&mut conjunction.late, now, read);
    }

    /// That the act judged is not before `date`: what falls due then is not fulfilled earlier.
    pub(super) fn not_before(&mut self, date: VariableId, span: Span) -> Vec<Literal> {
        let Some(&relation) = self.context.program.roles.get(&(Role::At, SortId::DATE)) else {
            return Vec::new();
        };
        let day = self.fresh(SortId::DATE, span);
        let terms = vec![Term::Variable(JUDGED), Term::Variable(day)];
        let later = super::pattern::compare(date, Comparison::AtMost, day, SortId::DATE, span);
        vec![positive(Atom { relation, terms }, span), later]
    }
}

/// `at T` of an act that is due, where no condition says when that is: the moment at which
/// it is asked what is due, and so no part of what is due.
pub(super) fn due_at(
    conjunction: &mut Conjunction,
    roles: &mut Vec<(Role, Term)>,
    moment: VariableId,
    span: Span,
) {
    let stated = |variable: VariableId| {
        conjunction
            .literals
            .iter()
            .any(|literal| match &literal.kind {
                LiteralKind::Positive(atom) => {
                    variables_of_terms(&atom.terms).any(|other| other == variable)
                }
                _ => false,
            })
    };
    let asked = roles.iter().find_map(|&(role, term)| match term {
        Term::Variable(variable) if role == Role::At && !stated(variable) => Some(variable),
        _ => None,
    });
    if let Some(variable) = asked {
        let kind = is_moment(moment, Term::Variable(variable));
        conjunction.literals.push(Literal { kind, span });
        roles.retain(|&(role, _)| role != Role::At);
    }
}

/// The dates that a conjunction asks to have come by `moment`: what it compares as not later than
/// the moment, or than what equals it. What is added to the moment is taken from the date:
/// `D + 1 years <= T` and `T - D >= 30 days` ask for `D + 1 years` and for `30 days + D`.
pub(super) fn come_by(literals: &[Literal], moment: VariableId) -> Vec<Expression> {
    let compared = literals.iter().filter_map(|literal| match &literal.kind {
        LiteralKind::Compare {
            left,
            operator,
            right,
            ..
        } => Some((left, *operator, right)),
        _ => None,
    });
    let compared: Vec<_> = compared.collect();
    let mut moments = vec![moment];
    for &(left, operator, right) in &compared {
        if let (Comparison::Equal, Some(left), Some(right)) = (operator, only(left), only(right)) {
            moments.extend((left == moment).then_some(right));
            moments.extend((right == moment).then_some(left));
        }
    }
    let come = compared
        .into_iter()
        .filter_map(|(left, operator, right)| match operator {
            Comparison::Less | Comparison::AtMost => due_date(left, right, &moments),
            Comparison::Greater | Comparison::AtLeast => due_date(right, left, &moments),
            _ => None,
        });
    come.collect()
}

/// `earlier` less what `later` adds to one of the moments, where a date is left.
fn due_date(
    earlier: &Expression,
    later: &Expression,
    moments: &[VariableId],
) -> Option<Expression> {
    let is_moment =
        |operand: &Operand| matches!(operand, Operand::Variable(it) if moments.contains(it));
    let mut added = later.terms.clone();
    let place = added
        .iter()
        .position(|(factor, operand)| *factor == 1 && is_moment(operand))?;
    added.remove(place);
    let taken = added
        .into_iter()
        .map(|(factor, operand)| (-factor, operand));
    let terms: Vec<_> = earlier.terms.iter().copied().chain(taken).collect();
    let is_date = |(_, operand): &(i64, Operand)| !matches!(operand, Operand::Duration(..));
    let of_moment = terms.iter().any(|(_, operand)| is_moment(operand));
    (terms.iter().any(is_date) && !of_moment).then_some(Expression { terms })
}

fn of_act(at: RelationId, term: Term) -> LiteralKind {
    LiteralKind::Positive(Atom {
        relation: at,
        terms: vec![Term::Variable(JUDGED), term],
    })
}

fn is_moment(moment: VariableId, term: Term) -> LiteralKind {
    let right = match term {
        Term::Variable(variable) => single(variable),
        Term::Constant(value) => Expression {
            terms: vec![(1, Operand::Constant(value))],
        },
        Term::Any => single(moment),
    };
    LiteralKind::Compare {
        left: single(moment),
        operator: Comparison::Equal,
        right,
        sort: SortId::DATE,
    }
}

fn replace(literals: &mut [Literal], now: RelationId, read: &dyn Fn(Term) -> LiteralKind) {
    for literal in literals {
        match &mut literal.kind {
            LiteralKind::Positive(atom) if atom.relation == now => {
                if let &[term] = atom.terms.as_slice() {
                    literal.kind = read(term);
                }
            }
            LiteralKind::Negative(inner) => replace(inner, now, read),
            LiteralKind::Aggregate { alternatives, .. } => {
                for alternative in alternatives {
                    replace(alternative, now, read);
                }
            }
            LiteralKind::Positive(_) | LiteralKind::Compare { .. } => {}
        }
    }
}

fn replace_late(late: &mut [LateLiteral], now: RelationId, read: &dyn Fn(Term) -> LiteralKind) {
    for literal in late {
        if let LateLiteral::Negative { literals, late, .. } = literal {
            replace(literals, now, read);
            replace_late(late, now, read);
        }
    }
}
