//! Cases in words, for messages of tests that fail.

use std::fmt::Write;

use attendu::base::Id;
use attendu::program::{Atom, Expression, Literal, LiteralKind, Operand, Program, Term};

use super::random_program::Case;

/// The relations, rules and facts of `case`.
pub(crate) fn describe(case: &Case) -> String {
    let mut text = String::new();
    let program = &case.program;
    for (_, relation) in program.relations.entries() {
        let sorts = relation
            .columns
            .iter()
            .map(|c| program.sorts[c.sort].name.as_str());
        let sorts: Vec<_> = sorts.collect();
        let (open, single) = (relation.open, relation.single_valued);
        let negation = relation.negation;
        let name = &relation.name;
        let _ = writeln!(
            text,
            "{name}({}) open={open} single={single} {negation:?}",
            sorts.join(", ")
        );
    }
    for (id, rule) in program.rules.entries() {
        let head = atom(program, &rule.head);
        let _ = writeln!(
            text,
            "{}: {head} :- {}.",
            id.index(),
            conjunction(program, &rule.body)
        );
    }
    for (id, relation) in program.relations.entries() {
        let input = case.facts.input(id);
        for (what, rows) in [
            ("", &input.asserted),
            ("not ", &input.denied),
            ("closed ", &input.closed),
        ] {
            for (tuple, fact) in rows.iter() {
                let validity = case.facts.validity(fact);
                let _ = writeln!(text, "{what}{}{tuple:?} {validity:?}", relation.name);
            }
        }
    }
    let _ = writeln!(text, "hidden {:?} moment {}", case.hidden, case.moment);
    text
}

fn conjunction(program: &Program, literals: &[Literal]) -> String {
    let literals: Vec<_> = literals
        .iter()
        .map(|literal| one(program, literal))
        .collect();
    literals.join(", ")
}

fn one(program: &Program, literal: &Literal) -> String {
    match &literal.kind {
        LiteralKind::Positive(found) => atom(program, found),
        LiteralKind::Negative(inner) => format!("not ({})", conjunction(program, inner)),
        LiteralKind::Compare {
            left,
            operator,
            right,
            ..
        } => {
            format!(
                "{} {} {}",
                expression(left),
                operator.sign(),
                expression(right)
            )
        }
        LiteralKind::Aggregate {
            result,
            function,
            terms,
            alternatives,
        } => {
            let inner: Vec<_> = alternatives
                .iter()
                .map(|inner| conjunction(program, inner))
                .collect();
            let terms: Vec<_> = terms.iter().map(|&t| term(t)).collect();
            let (result, terms, inner) = (result.index(), terms.join(", "), inner.join(" or "));
            format!("V{result} = {} {{ {terms} : {inner} }}", function.word())
        }
    }
}

fn atom(program: &Program, atom: &Atom) -> String {
    let terms: Vec<_> = atom.terms.iter().map(|&t| term(t)).collect();
    format!(
        "{}({})",
        program.relations[atom.relation].name,
        terms.join(", ")
    )
}

fn term(term: Term) -> String {
    match term {
        Term::Variable(variable) => format!("V{}", variable.index()),
        Term::Constant(value) => match value.number() {
            Some(number) if number > -1_000_000 => number.to_string(),
            _ => value.index().to_string(),
        },
        Term::Any => "_".to_owned(),
    }
}

fn expression(expression: &Expression) -> String {
    let terms: Vec<_> = expression
        .terms
        .iter()
        .map(|(factor, operand)| match operand {
            Operand::Variable(variable) => format!("{factor}*V{}", variable.index()),
            Operand::Constant(value) => format!("{factor}*{}", term(Term::Constant(*value))),
            Operand::Duration(amount, unit) => format!("{factor}*{amount} {unit:?}"),
        })
        .collect();
    terms.join(" + ")
}
