//! Rules and definitions of one clause each: what they conclude, in alternatives.

use crate::base::{Diagnostic, Span};
use crate::lang::ast::{self, TermKind};
use crate::program::visit::{Place, variables_of_terms, walk, walk_atom};
use crate::program::{Atom, Literal, RelationId, RelationKind, Term, VariableSet, Variables};

use super::body::Reading;
use super::clause::{Clause, Context};
use super::conjunction::Renumber;
use super::finish::Needed;

/// A rule over shared relations, before it is known whose rule it becomes.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) head: Atom,
    /// Concludes that the head does not hold.
    pub(super) negated: bool,
    pub(super) variables: Variables,
    pub(super) body: Vec<Literal>,
    pub(super) span: Span,
}

impl Draft {
    /// The same, reading and concluding other relations in the place of some.
    pub(super) fn redirected(&self, relation: impl Fn(RelationId) -> RelationId) -> Self {
        let mut draft = self.clone();
        let mut visit = |place: Place<'_>| {
            if let Place::Relation(other) = place {
                *other = relation(*other);
            }
        };
        walk(&mut draft.body, &mut visit);
        walk_atom(&mut draft.head, &mut visit);
        draft
    }
}

/// Lowers a rule or definition; nothing where it has errors.
pub(super) fn lower_clause(
    context: &mut Context<'_>,
    tree: &ast::Clause,
    span: Span,
) -> Option<Vec<Draft>> {
    let mut clause = Clause::new(context);
    clause.see_atom(&tree.head);
    clause.see_conditions(&tree.body, &tree.unless);
    check_head(&mut clause, tree);
    if !clause.settle() {
        return None;
    }
    let head = clause.atom(&tree.head)?;
    let needed = needed_by(&head.terms, tree.head.span.0);
    let mut drafts = Vec::new();
    for mut conjunction in clause.conditions(&tree.body, &tree.unless, Reading::Rule) {
        clause.finish(&mut conjunction, &VariableSet::default(), &needed);
        let mut renumber = Renumber::default();
        let mut draft = Draft {
            head: head.clone(),
            negated: tree.negated,
            variables: Variables::default(),
            body: conjunction.literals,
            span,
        };
        walk_atom(&mut draft.head, &mut |place| renumber.visit(place));
        renumber.conjunction(&mut draft.body, &mut []);
        draft.variables = renumber.variables(&clause.variables);
        drafts.push(draft);
    }
    (!clause.failed).then_some(drafts)
}

/// The variables of a head.
pub(super) fn needed_by(terms: &[Term], span: Span) -> Vec<Needed> {
    variables_of_terms(terms)
        .map(|variable| Needed {
            variable,
            span,
            what: "the head",
        })
        .collect()
}

/// What a rule may conclude.
fn check_head(clause: &mut Clause<'_, '_>, tree: &ast::Clause) {
    let span = tree.head.span.0;
    for term in &tree.head.terms {
        if term.kind == TermKind::Any {
            clause.fail(
                Diagnostic::error("unsafe-variable", term.span.0, "`_` stands in the head")
                    .label("nothing says of what this holds")
                    .help("name a variable, and bind it in the body"),
            );
        }
    }
    let Ok(relation) = clause.context.names.relation(&tree.head.relation) else {
        return;
    };
    let row = &clause.context.program.relations[relation];
    if row.kind != RelationKind::Declared {
        let found = Diagnostic::error(
            "derived-sort",
            span,
            format!("`{}` is not for rules to conclude", row.name),
        )
        .label("facts alone say what this holds of");
        clause.fail(found.help("declare a relation of your own, and conclude that"));
    } else if tree.negated && !row.open {
        let found = Diagnostic::error(
            "negated-closed-relation",
            span,
            format!(
                "`{}` is closed, so nothing needs to conclude that it does not hold",
                row.name
            ),
        )
        .label("a closed relation is false where nothing says otherwise");
        let found = match row.span {
            Some(place) => found.also(place, "declared here, without `open`"),
            None => found,
        };
        clause.fail(
            found.help("declare it `open relation`, or write an `unless` where it is concluded"),
        );
    }
}
