//! Terms, atoms, acts and bodies in canonical form.

use crate::lang::ast::{
    Aggregate, Atom, Expression, Literal, LiteralKind, Operand, Pattern, Product, RoleTerm, Target,
    TargetKind, Term, TermKind,
};
use crate::lang::words::is_plain_name;

use super::layout::{Layout, separated};

/// `text` between `quote`s, with escapes.
pub(super) fn quoted(text: &str, quote: char) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(quote);
    for character in text.chars() {
        match character {
            '\n' => quoted.push_str("\\n"),
            '\\' => quoted.push_str("\\\\"),
            _ if character == quote => quoted.extend(['\\', quote]),
            _ => quoted.push(character),
        }
    }
    quoted.push(quote);
    quoted
}

/// A symbol, quoted where it is no name.
pub(super) fn symbol(name: &str) -> String {
    if is_plain_name(name) {
        name.to_owned()
    } else {
        quoted(name, '\'')
    }
}

/// A symbol where `en` and `fr` need no quotes: an argument, a member of a sort.
pub(super) fn argument(name: &str) -> String {
    if matches!(name, "en" | "fr") {
        name.to_owned()
    } else {
        symbol(name)
    }
}

/// A term among arguments or behind a role.
pub(super) fn term(term: &Term) -> String {
    match &term.kind {
        TermKind::Symbol(name) => argument(name),
        kind => operand_term(kind),
    }
}

/// A term in a comparison.
fn operand_term(kind: &TermKind) -> String {
    match kind {
        TermKind::Variable(name) => name.clone(),
        TermKind::Symbol(name) => symbol(name),
        TermKind::Integer(number) => number.to_string(),
        TermKind::Date(date) => date.to_string(),
        TermKind::Text(text) => quoted(text, '"'),
        TermKind::Any => "_".to_owned(),
    }
}

/// `R(…)`; broken between arguments alone.
pub(super) fn atom(atom: &Atom) -> Layout {
    let terms = atom.terms.iter().map(|term_| Layout::word(term(term_)));
    let terms = Layout::parts(separated(terms.collect(), ","));
    terms.after(&format!("{}(", atom.relation.node)).then(")")
}

/// `A: share or like by M of C`; broken before roles, and before `or` if need be.
pub(super) fn pattern(pattern: &Pattern) -> Layout {
    let label = pattern.label.iter().map(|label| format!("{}:", label.node));
    let mut parts: Vec<_> = label.map(Layout::word).collect();
    for (index, action) in pattern.actions.iter().enumerate() {
        let or = if index == 0 { "" } else { "or " };
        parts.push(Layout::word(format!("{or}{}", action.node)));
    }
    let actions = Layout::parts(parts);
    let mut parts = vec![actions];
    parts.extend(roles(&pattern.roles));
    Layout::parts(parts)
}

/// `by M`, `of C`.
pub(super) fn roles(roles: &[RoleTerm]) -> impl Iterator<Item = Layout> {
    roles.iter().map(|filled| {
        Layout::word(format!(
            "{} {}",
            filled.role.node.word(),
            term(&filled.term)
        ))
    })
}

/// `[not]` an act or a situation, with the acts that it is for.
pub(super) fn target(target: &Target) -> Layout {
    let kind = target_kind(&target.kind);
    kind.after(not(target.negated))
}

/// `[not]` an act or a situation, without the acts that it is for.
pub(super) fn target_alone(target: &Target) -> Layout {
    let kind = match &target.kind {
        TargetKind::Act(acts) => pattern(acts),
        TargetKind::State { atom, by, .. } => state(atom, by.as_ref()),
    };
    kind.after(not(target.negated))
}

fn not(is_negated: bool) -> &'static str {
    if is_negated { "not " } else { "" }
}

/// An act, or a situation with the acts that it is for.
pub(super) fn target_kind(kind: &TargetKind) -> Layout {
    match kind {
        TargetKind::Act(acts) => pattern(acts),
        TargetKind::State { atom, by, purpose } => {
            let mut parts = vec![state(atom, by.as_ref())];
            parts.extend(purpose.as_ref().map(|acts| pattern(acts).after("for ")));
            Layout::parts(parts)
        }
    }
}

/// A situation and whose it is.
fn state(situation: &Atom, by: Option<&Term>) -> Layout {
    let mut parts = vec![atom(situation)];
    parts.extend(by.map(|bearer| Layout::word(format!("by {}", term(bearer)))));
    Layout::parts(parts)
}

/// Conditions with commas between them; broken behind a comma if possible.
pub(super) fn body(body: &[Literal]) -> Layout {
    Layout::parts(conditions(body))
}

/// Conditions with commas between them.
pub(super) fn conditions(body: &[Literal]) -> Vec<Layout> {
    separated(body.iter().map(literal).collect(), ",")
}

/// One condition.
pub(super) fn literal(literal: &Literal) -> Layout {
    match &literal.kind {
        LiteralKind::Atom {
            negated,
            atom: positive,
        } => atom(positive).after(not(*negated)),
        LiteralKind::Status {
            negated,
            status,
            pattern: acts,
            under,
        } => {
            let open = format!("{}{}(", not(*negated), status.word());
            let under = under
                .iter()
                .map(|of| Layout::word(format!("under {}", of.node)));
            let parts = std::iter::once(pattern(acts)).chain(under).collect();
            Layout::parts(separated(parts, ",")).after(&open).then(")")
        }
        LiteralKind::Or(alternatives) => group(alternatives),
        LiteralKind::Compare {
            left,
            operator,
            right,
        } => Layout::parts(vec![
            Layout::word(expression(left)),
            Layout::word(format!("{} {}", operator.sign(), expression(right))),
        ]),
        LiteralKind::Aggregate { left, aggregate } => {
            aggregate_of(aggregate).after(&format!("{} = ", expression(left)))
        }
    }
}

/// `( a, b or c )`; broken before `or` if possible.
fn group(alternatives: &[Vec<Literal>]) -> Layout {
    let parts = alternatives.iter().enumerate().map(|(index, part)| {
        let or = if index == 0 { "" } else { "or " };
        body(part).after(or)
    });
    Layout::parts(parts.collect()).after("(").then(")")
}

/// `count { T : body }`.
fn aggregate_of(aggregate: &Aggregate) -> Layout {
    let terms: Vec<_> = aggregate.terms.iter().map(term).collect();
    let open = format!("{} {{ {} :", aggregate.function.word(), terms.join(", "));
    Layout::parts(vec![Layout::word(open), body(&aggregate.body).then(" }")])
}

/// `T + 30 days - U * 2`.
fn expression(expression: &Expression) -> String {
    let mut text = product(&expression.first);
    for (is_subtracted, further) in &expression.rest {
        text.push_str(if *is_subtracted { " - " } else { " + " });
        text.push_str(&product(further));
    }
    text
}

fn product(product: &Product) -> String {
    let operand = match &product.operand {
        Operand::Term(term) => operand_term(&term.kind),
        Operand::Quantity(amount, unit) => format!("{} {}", amount.node, unit.node),
    };
    match product.factor {
        Some(factor) => format!("{operand} * {factor}"),
        None => operand,
    }
}
