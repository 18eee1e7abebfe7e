//! Whom a document governs: as a relation over acts, and inlined for what is due.

use std::collections::BTreeMap;

use crate::base::Span;
use crate::lang::ast::{self, Comparison};
use crate::program::visit::{Place, walk, walk_late};
use crate::program::{
    ActionId, Atom, DocumentId, Expression, Literal, LiteralKind, Operand, Origin, RelationId,
    RelationKind, Rule, SortId, StatementId, Term, VariableId, VariableSet, Variables,
};

use super::body::{Reading, negation, negative, positive};
use super::clause::{Clause, Context, JUDGED};
use super::conjunction::{Conjunction, Renumber};
use super::pattern::{self, FilledRole, equal};

/// A `governs` or `excludes` statement.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) statement: StatementId,
    pub(super) document: DocumentId,
    pub(super) excludes: bool,
    /// Its pattern, over the act [`JUDGED`].
    readings: Vec<pattern::Reading>,
    /// Its conditions.
    alternatives: Vec<Conjunction>,
    variables: Variables,
    span: Span,
}

/// What is due, as far as scopes ask.
#[derive(Clone, Debug)]
pub(super) struct DueRoles {
    /// The actions; the situation, for a state.
    pub(super) actions: Vec<ActionId>,
    /// Who and what.
    pub(super) roles: Vec<FilledRole>,
}

/// Lowers a scope: its rules, and what is inlined of it.
pub(super) fn lower_scope(
    context: &mut Context<'_>,
    tree: &ast::Scope,
    statement: StatementId,
    span: Span,
) -> Option<(Vec<Rule>, Scope)> {
    let document = context.program.statements[statement].document;
    let mut clause = Clause::about_act(context, None, span);
    let actions = clause.see_actions(&tree.actions);
    clause.see_roles(actions.as_deref(), &tree.roles);
    clause.see_conditions(&tree.when, &tree.unless);
    if !clause.settle() {
        return None;
    }
    let mut actions = actions.unwrap_or_default();
    if actions.is_empty() {
        actions.push(ActionId::ANY);
    }
    let mut readings = Vec::new();
    for action in actions {
        readings.extend(clause.readings_of(action, &tree.roles, tree.id.span));
    }
    let scope = Scope {
        statement,
        document,
        excludes: tree.excludes,
        readings,
        alternatives: clause.conditions(&tree.when, &tree.unless, Reading::Rule),
        variables: clause.variables.clone(),
        span,
    };
    let rules = rules_of(&mut clause, &scope);
    (!clause.failed).then_some((rules, scope))
}

/// The rules for acts: `governed(A) :- pattern, when, not excluded(A)`.
fn rules_of(clause: &mut Clause<'_, '_>, scope: &Scope) -> Vec<Rule> {
    let (governed, excluded) = relations_of(clause, scope.document);
    let Some(concluded) = (if scope.excludes { excluded } else { governed }) else {
        return Vec::new();
    };
    let mut rules = Vec::new();
    for reading in &scope.readings {
        for alternative in &scope.alternatives {
            let mut body =
                Conjunction::of(clause.matches(reading, JUDGED)).and(alternative.clone());
            if let Some(excluded) = excluded.filter(|_| !scope.excludes) {
                body.literals.push(not_of_act(excluded, scope.span));
            }
            clause.now_is_of_act(&mut body);
            clause.finish(&mut body, &VariableSet::default(), &[]);
            let mut renumber = Renumber::default();
            let head = Term::Variable(renumber.number(JUDGED));
            renumber.conjunction(&mut body.literals, &mut body.late);
            rules.push(Rule {
                head: Atom {
                    relation: concluded,
                    terms: vec![head],
                },
                variables: renumber.variables(&clause.variables),
                body: body.literals,
                origin: Origin::Scope(scope.statement),
                span: scope.span,
            });
        }
    }
    rules
}

fn relations_of(
    clause: &Clause<'_, '_>,
    document: DocumentId,
) -> (Option<RelationId>, Option<RelationId>) {
    let program = clause.context.program;
    let excluded = program
        .relations
        .entries()
        .find(|(_, relation)| relation.kind == RelationKind::Excluded(document))
        .map(|(id, _)| id);
    (program.documents[document].governed, excluded)
}

fn not_of_act(relation: RelationId, span: Span) -> Literal {
    negative(vec![of_act(relation, span)], span)
}

/// `relation(A)` for the act judged.
pub(super) fn of_act(relation: RelationId, span: Span) -> Literal {
    let terms = vec![Term::Variable(JUDGED)];
    positive(Atom { relation, terms }, span)
}

/// The rule of a document that excludes some and names none that it governs: all others.
pub(super) fn governs_all_others(context: &Context<'_>, document: DocumentId) -> Option<Rule> {
    let program = context.program;
    let row = &program.documents[document];
    let excluded = program
        .relations
        .entries()
        .find(|(_, relation)| relation.kind == RelationKind::Excluded(document))
        .map(|(id, _)| id)?;
    let any = program.actions[ActionId::ANY].relation;
    let variables = [crate::program::Variable {
        name: None,
        sort: SortId::ACT,
    }];
    Some(Rule {
        head: Atom {
            relation: row.governed?,
            terms: vec![Term::Variable(JUDGED)],
        },
        variables: variables.into_iter().collect(),
        body: vec![of_act(any, row.span), not_of_act(excluded, row.span)],
        origin: Origin::Governed(document),
        span: row.span,
    })
}

impl Clause<'_, '_> {
    /// The scope of a document tested on what is due: the ways in which it governs that; none
    /// if it never does.
    pub(super) fn scope_of_due(&mut self, scopes: &[&Scope], due: &DueRoles) -> Vec<Conjunction> {
        let mut excluded = Conjunction::default();
        for scope in scopes.iter().filter(|scope| scope.excludes) {
            for alternative in self.inlined(scope, due) {
                excluded = excluded.and(negation(alternative, scope.span));
            }
        }
        if scopes.iter().all(|scope| scope.excludes) {
            return vec![excluded];
        }
        let mut governed = Vec::new();
        for scope in scopes.iter().filter(|scope| !scope.excludes) {
            for alternative in self.inlined(scope, due) {
                governed.push(alternative.and(excluded.clone()));
            }
        }
        governed
    }

    /// The alternatives of one scope that match what is due.
    fn inlined(&mut self, scope: &Scope, due: &DueRoles) -> Vec<Conjunction> {
        let mut found = Vec::new();
        for reading in &scope.readings {
            if !self.covers(reading.action, &due.actions) {
                continue;
            }
            for alternative in &scope.alternatives {
                let mut import = Import {
                    numbers: BTreeMap::new(),
                    literals: Vec::new(),
                };
                if !self.unify_roles(scope, &reading.roles, &due.roles, &mut import) {
                    continue;
                }
                let mut conjunction = alternative.clone();
                self.import(scope, &mut conjunction, &mut import);
                conjunction.literals.extend(import.literals);
                found.push(conjunction);
            }
        }
        found
    }

    /// Whether a scope's action covers all that is due.
    fn covers(&self, action: ActionId, due: &[ActionId]) -> bool {
        let program = self.context.program;
        action == ActionId::ANY || due.iter().all(|&other| program.is_a(other, action))
    }

    fn unify_roles(
        &mut self,
        scope: &Scope,
        wanted: &[FilledRole],
        due: &[FilledRole],
        import: &mut Import,
    ) -> bool {
        wanted.iter().all(|want| {
            let given = due.iter().find(|given| {
                given.role == want.role && given.sort == want.sort && given.term != Term::Any
            });
            match (want.term, given.map(|given| given.term)) {
                (_, None) | (Term::Constant(_), Some(Term::Any)) => false,
                (Term::Constant(one), Some(Term::Constant(other))) => one == other,
                (Term::Any, _) => true,
                (Term::Constant(constant), Some(Term::Variable(variable))) => {
                    let is = is_constant(variable, constant, want.sort, want.span);
                    import.literals.push(is);
                    true
                }
                (Term::Variable(variable), Some(term)) => {
                    self.unify_variable(scope, variable, term, want, import);
                    true
                }
            }
        })
    }

    /// The scope's `variable` is `term` of what is due.
    fn unify_variable(
        &mut self,
        scope: &Scope,
        variable: VariableId,
        term: Term,
        want: &FilledRole,
        import: &mut Import,
    ) {
        match (import.numbers.get(&variable).copied(), term) {
            (None, Term::Variable(due)) => {
                import.numbers.insert(variable, due);
            }
            (Some(known), Term::Variable(due)) => {
                import
                    .literals
                    .push(equal(known, due, want.sort, want.span));
            }
            (known, Term::Constant(constant)) => {
                let row = scope.variables[variable].clone();
                let known = known.unwrap_or_else(|| self.copy(row, want.span));
                import.numbers.insert(variable, known);
                let is = is_constant(known, constant, want.sort, want.span);
                import.literals.push(is);
            }
            (_, Term::Any) => {}
        }
    }

    /// Gives the variables of a scope numbers of this statement.
    fn import(&mut self, scope: &Scope, conjunction: &mut Conjunction, import: &mut Import) {
        let mut visit = |place: Place<'_>| {
            if let Place::Variable(variable) = place {
                let old = *variable;
                let new = *import.numbers.entry(old).or_insert_with(|| {
                    let row = scope.variables[old].clone();
                    self.copy(row, scope.span)
                });
                *variable = new;
            }
        };
        walk(&mut conjunction.literals, &mut visit);
        walk_late(&mut conjunction.late, &mut visit);
    }
}

/// A scope on its way into another statement.
struct Import {
    numbers: BTreeMap<VariableId, VariableId>,
    literals: Vec<Literal>,
}

pub(super) fn is_constant(
    variable: VariableId,
    constant: crate::program::Value,
    sort: SortId,
    span: Span,
) -> Literal {
    Literal {
        kind: LiteralKind::Compare {
            left: super::expression::single(variable),
            operator: Comparison::Equal,
            right: Expression {
                terms: vec![(1, Operand::Constant(constant))],
            },
            sort,
        },
        span,
    }
}
