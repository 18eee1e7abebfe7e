//! `moment-not-in-head`: a rule is about no act, so `now(T)` holds in it of the dates of all acts;
//! a head that does not hold `T` would be concluded of every act by the date of any other.

use crate::base::Diagnostic;
use crate::program::visit::variables_of_terms;
use crate::program::{Literal, LiteralKind, Program, RelationId, Term, VariableSet};

/// Checks all rules.
pub(super) fn check(program: &Program) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in &program.rules {
        let mut head = VariableSet::default();
        head.extend(variables_of_terms(&rule.head.terms));
        check_literals(&rule.body, program.builtin.now, &head, &mut found);
    }
    found
}

fn check_literals(
    literals: &[Literal],
    now: RelationId,
    head: &VariableSet,
    found: &mut Vec<Diagnostic>,
) {
    for literal in literals {
        match &literal.kind {
            LiteralKind::Positive(atom) if atom.relation == now => {
                let is_kept =
                    |term: &Term| matches!(term, Term::Variable(it) if head.contains(*it));
                if !atom.terms.iter().all(is_kept) {
                    found.push(lost(literal));
                }
            }
            LiteralKind::Positive(_) | LiteralKind::Compare { .. } => {}
            LiteralKind::Negative(inner) => check_literals(inner, now, head, found),
            LiteralKind::Aggregate { alternatives, .. } => {
                for alternative in alternatives {
                    check_literals(alternative, now, head, found);
                }
            }
        }
    }
}

fn lost(literal: &Literal) -> Diagnostic {
    Diagnostic::error(
        "moment-not-in-head",
        literal.span,
        "the head does not say for which date this holds",
    )
    .label("in a rule, the date of any act at all")
    .help("give the relation a column of sort `date`, and name this date there and here; a norm then asks it at its own `now(T)`")
}
