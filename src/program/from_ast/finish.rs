//! The last step of a body or a rule: its exceptions set apart, its counts put in order, its
//! safety checked.

use std::collections::BTreeSet;

use crate::base::{Diagnostic, Span};
use crate::lang::ast::Comparison;
use crate::program::checks::unsafe_variable::{bindings, late_bindings};
use crate::program::visit::{Place, add_variables_of, mentions, walk};
use crate::program::{
    Expression, LateLiteral, Literal, LiteralKind, Operand, VariableId, VariableSet,
};

use super::clause::Clause;
use super::conjunction::Conjunction;

/// A variable that stands outside the conditions, with what to say if they do not bind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needed {
    pub(super) variable: VariableId,
    pub(super) span: Span,
    /// Where it stands: "the head".
    pub(super) what: &'static str,
}

impl Clause<'_, '_> {
    /// Makes a conjunction ready: `given` are variables with a value from outside, `needed`
    /// those that it must give one.
    pub(super) fn finish(
        &mut self,
        conjunction: &mut Conjunction,
        given: &VariableSet,
        needed: &[Needed],
    ) -> VariableSet {
        let mut outside = given.clone();
        outside.extend(needed.iter().map(|needed| needed.variable));
        self.bind_breaches(conjunction);
        self.isolate(conjunction, &outside);
        direct_counts(&mut conjunction.literals, given);
        let (bound, mut unbound) = bindings(&conjunction.literals, given);
        unbound.extend(late_bindings(&conjunction.late, &bound));
        let of_status: BTreeSet<Span> = conjunction
            .late
            .iter()
            .filter_map(|literal| match literal {
                LateLiteral::Status { span, .. } => Some(*span),
                LateLiteral::Negative { .. } => None,
            })
            .collect();
        let mut reported = BTreeSet::new();
        for (variable, span) in unbound {
            if reported.insert(self.name_of(variable)) {
                self.unbound(variable, span, of_status.contains(&span));
            }
        }
        for needed in needed {
            let name = self.name_of(needed.variable);
            if !bound.contains(needed.variable) && reported.insert(name) {
                self.unbound_outside(*needed);
            }
        }
        bound
    }

    fn unbound(&mut self, variable: VariableId, span: Span, of_status: bool) {
        let name = self.name_of(variable);
        let found = if of_status {
            Diagnostic::error(
                "unbound-status",
                span,
                format!("nothing says which `{name}` is meant here"),
            )
            .label("asked of one act, whose roles must be known")
        } else {
            Diagnostic::error("unsafe-variable", span, format!("nothing binds `{name}`"))
                .label("needs a value here")
        };
        let help = format!("name `{name}` in a condition without `not`");
        self.fail(found.help(help));
    }

    fn unbound_outside(&mut self, needed: Needed) {
        let name = self.name_of(needed.variable);
        let found = Diagnostic::error(
            "unsafe-variable",
            needed.span,
            format!("`{name}` of {} is bound by no condition", needed.what),
        );
        let place = self.places[needed.variable];
        let inside = needed.span.start <= place.start && place.end <= needed.span.end;
        let mut found = found.label("needs a value here");
        if inside && place.file == needed.span.file {
            found.primary.span = place;
        } else {
            found = found.also(place, "named here");
        }
        self.fail(found.help(format!("name `{name}` in a condition without `not`")));
    }
}

/// `N = count {…}` gives `N` its value directly, where nothing else does.
fn direct_counts(literals: &mut Vec<Literal>, given: &VariableSet) {
    if !literals.iter().any(counts) {
        return;
    }
    for index in 0..literals.len() {
        let nested = own(literals, index, given);
        match literals.get_mut(index).map(|literal| &mut literal.kind) {
            Some(LiteralKind::Negative(inner)) => direct_counts(inner, &nested),
            Some(LiteralKind::Aggregate { alternatives, .. }) => {
                for alternative in alternatives {
                    direct_counts(alternative, &nested);
                }
            }
            _ => {}
        }
    }
    let mut index = 0;
    while index < literals.len() {
        match direct(literals, index, given) {
            Some((result, variable)) => {
                literals.remove(index);
                walk(literals, &mut |place| {
                    if let Place::Variable(other) = place
                        && *other == result
                    {
                        *other = variable;
                    }
                });
            }
            None => index += 1,
        }
    }
}

/// Whether a count stands in the literal.
fn counts(literal: &Literal) -> bool {
    match &literal.kind {
        LiteralKind::Aggregate { .. } => true,
        LiteralKind::Negative(inner) => inner.iter().any(counts),
        LiteralKind::Positive(_) | LiteralKind::Compare { .. } => false,
    }
}

/// The variables that have a value without the literal at `index`.
fn own(literals: &[Literal], index: usize, given: &VariableSet) -> VariableSet {
    let mut own = given.clone();
    for (other, literal) in literals.iter().enumerate() {
        if other != index && !matches!(literal.kind, LiteralKind::Negative(_)) {
            add_variables_of(literal, &mut own);
        }
    }
    own
}

/// The count's own variable and the one it is equated with by the literal at `index`, if
/// nothing else gives that one a value.
fn direct(
    literals: &[Literal],
    index: usize,
    given: &VariableSet,
) -> Option<(VariableId, VariableId)> {
    let LiteralKind::Compare {
        left,
        operator: Comparison::Equal,
        right,
        ..
    } = &literals.get(index)?.kind
    else {
        return None;
    };
    let (variable, result) = (only(left)?, only(right)?);
    let results = |wanted: VariableId| {
        literals.iter().any(|literal| {
            matches!(literal.kind, LiteralKind::Aggregate { result, .. } if result == wanted)
        })
    };
    let bound = literals.iter().any(|literal| {
        matches!(literal.kind, LiteralKind::Positive(_)) && mentions(literal, variable)
    });
    let free = !given.contains(variable) && !bound && !results(variable);
    (results(result) && free).then_some((result, variable))
}

/// The variable that an expression consists of.
pub(super) fn only(expression: &Expression) -> Option<VariableId> {
    match expression.terms.as_slice() {
        [(1, Operand::Variable(variable))] => Some(*variable),
        _ => None,
    }
}
