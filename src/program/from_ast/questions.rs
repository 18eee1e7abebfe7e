//! Questions, acts described in words, and ground atoms, against a program and the individuals
//! that it knows.

use crate::base::{Diagnostic, Span};
use crate::lang::ast::{self, Pattern, QueryKind, Role, TargetKind, TermKind};
use crate::program::visit::{add_variables_of, variables_of_terms};
use crate::program::{
    ActDescription, ActionId, Literal, LiteralKind, Program, Query, RelationId, SortId, Term,
    Universe, Value, Variable, VariableId, VariableSet,
};

use super::body::Reading;
use super::clause::{Clause, Context, JUDGED};
use super::conjunction::{Conjunction, own_variables};
use super::finish::Needed;
use super::names::Names;
use super::sorts::Sorts;
use super::target::Target;

/// Lowers a question. A name that no individual of its sort has is an error.
pub fn lower_query(
    program: &Program,
    universe: &mut Universe,
    query: &ast::Query,
    span: Span,
) -> (Option<Query>, Vec<Diagnostic>) {
    with_context(program, universe, |context| match &query.kind {
        QueryKind::Body(body) => lower_body(context, body),
        QueryKind::Deontic {
            question,
            target,
            condition,
        } => lower_deontic(context, question.node, target, condition, span),
    })
}

/// Lowers the description of one act or situation.
pub fn lower_act(
    program: &Program,
    universe: &mut Universe,
    target: &TargetKind,
) -> (Option<ActDescription>, Vec<Diagnostic>) {
    with_context(program, universe, |context| describe(context, target))
}

/// Lowers a ground atom, to assume or to retract.
pub fn lower_atom(
    program: &Program,
    universe: &mut Universe,
    atom: &ast::Atom,
) -> (Option<(RelationId, Vec<Value>)>, Vec<Diagnostic>) {
    with_context(program, universe, |context| {
        let mut clause = Clause::new(context);
        for term in &atom.terms {
            clause.must_be_ground(term);
        }
        if clause.failed {
            return None;
        }
        clause.see_atom(atom);
        if !clause.settle() {
            return None;
        }
        let atom = clause.atom(atom)?;
        values(&atom.terms).map(|values| (atom.relation, values))
    })
}

fn with_context<T>(
    program: &Program,
    universe: &mut Universe,
    lower: impl FnOnce(&mut Context<'_>) -> Option<T>,
) -> (Option<T>, Vec<Diagnostic>) {
    let names = Names::of(program);
    let mut found = Vec::new();
    let mut mentions = Vec::new();
    let mut context = Context {
        program,
        names: &names,
        universe,
        found: &mut found,
        mentions: &mut mentions,
        question: true,
        rule: false,
    };
    let lowered = lower(&mut context);
    Diagnostic::sort(&mut found);
    let sound = !found.iter().any(Diagnostic::is_error);
    (lowered.filter(|_| sound), found)
}

fn values(terms: &[Term]) -> Option<Vec<Value>> {
    terms
        .iter()
        .map(|term| match term {
            Term::Constant(value) => Some(*value),
            _ => None,
        })
        .collect()
}

fn lower_body(context: &mut Context<'_>, body: &[ast::Literal]) -> Option<Query> {
    let mut clause = Clause::new(context);
    clause.see_body(body);
    if !clause.settle() {
        return None;
    }
    let alternatives = clause.body(body, Reading::Rule);
    let shown = clause.shown(&alternatives, &[]);
    let alternatives = clause.asked(alternatives, &VariableSet::default(), &shown);
    Some(Query::Body {
        variables: clause.variables.clone(),
        alternatives,
        shown,
    })
}

fn lower_deontic(
    context: &mut Context<'_>,
    question: ast::Question,
    kind: &TargetKind,
    condition: &[ast::Literal],
    span: Span,
) -> Option<Query> {
    let target = Target::of(kind);
    let label = target.pattern().and_then(|pattern| pattern.label.as_ref());
    let mut clause = Clause::about_act(context, label, span);
    let variable_action = target.pattern().and_then(variable_action);
    match (target, variable_action) {
        (Target::Act(pattern), Some(name)) => {
            let action = clause.seen(&name.node, name.span);
            clause.narrow(action, &Sorts::from([SortId::TEXT]), name.span);
            clause.see_roles(Some(&[ActionId::ANY]), &pattern.roles);
        }
        _ => clause.see_target(target),
    }
    clause.see_body(condition);
    if !clause.settle() {
        return None;
    }
    let asked = clause.asked_target(target, variable_action)?;
    let mut alternatives = clause.body(condition, Reading::Rule);
    for alternative in &mut alternatives {
        alternative
            .literals
            .extend(asked.equalities.iter().cloned());
    }
    let named = asked.roles.iter().map(|&(_, term)| term);
    let terms: Vec<Term> = named.chain(asked.arguments.iter().copied()).collect();
    let mut given: VariableSet = variables_of_terms(&terms).collect();
    given.insert(JUDGED);
    given.extend(asked.action_variable);
    let mentioned: Vec<VariableId> = given
        .iter()
        .filter(|&variable| variable != JUDGED || label.is_some())
        .collect();
    let shown = clause.shown(&alternatives, &mentioned);
    let alternatives = clause.asked(alternatives, &given, &shown);
    Some(Query::Deontic {
        question,
        actions: asked.actions,
        roles: asked.roles,
        arguments: asked.arguments,
        action_variable: asked.action_variable,
        variables: clause.variables.clone(),
        alternatives,
        shown,
    })
}

/// The variable that stands in the place of an action: `must Action by Who`.
fn variable_action(pattern: &Pattern) -> Option<&ast::Name> {
    match pattern.actions.as_slice() {
        [name]
            if name
                .node
                .starts_with(|first: char| first.is_ascii_uppercase()) =>
        {
            Some(name)
        }
        _ => None,
    }
}

/// What a question is about.
struct Asked {
    actions: Vec<ActionId>,
    roles: Vec<(Role, Term)>,
    arguments: Vec<Term>,
    action_variable: Option<VariableId>,
    equalities: Vec<Literal>,
}

impl Clause<'_, '_> {
    /// The named variables of a question, in order of appearance: those of its target, and
    /// those of its conditions that stand outside counts.
    fn shown(&self, alternatives: &[Conjunction], mentioned: &[VariableId]) -> Vec<VariableId> {
        let mut shown: VariableSet = mentioned.iter().copied().collect();
        for alternative in alternatives {
            shown.add_all(&own_variables(&alternative.literals));
            // `not minister(P)` asks of whom, not whether there is none: that is `_`.
            let negative = alternative
                .literals
                .iter()
                .filter(|literal| matches!(literal.kind, LiteralKind::Negative(_)));
            negative.for_each(|literal| add_variables_of(literal, &mut shown));
        }
        shown
            .iter()
            .filter(|&variable| self.variables[variable].name.is_some())
            .filter(|variable| {
                *variable != JUDGED || mentioned.contains(variable) || !self.is_act()
            })
            .collect()
    }

    /// Whether variable 0 is an act that the question is about.
    fn is_act(&self) -> bool {
        self.variables
            .row(JUDGED)
            .is_some_and(|row| row.name.is_none())
    }

    fn asked(
        &mut self,
        alternatives: Vec<Conjunction>,
        given: &VariableSet,
        shown: &[VariableId],
    ) -> Vec<Vec<Literal>> {
        let needed: Vec<Needed> = shown
            .iter()
            .filter(|&&variable| !given.contains(variable))
            .map(|&variable| Needed {
                variable,
                span: self.places[variable],
                what: "the answer",
            })
            .collect();
        alternatives
            .into_iter()
            .map(|mut alternative| {
                self.finish(&mut alternative, given, &needed);
                alternative.literals
            })
            .collect()
    }

    fn asked_target(&mut self, target: Target<'_>, variable: Option<&ast::Name>) -> Option<Asked> {
        let mut asked = Asked {
            actions: Vec::new(),
            roles: Vec::new(),
            arguments: Vec::new(),
            action_variable: variable.and_then(|name| self.names.get(&name.node).copied()),
            equalities: Vec::new(),
        };
        match target {
            Target::Act(pattern) => {
                if variable.is_some() {
                    asked.actions.push(ActionId::ANY);
                } else {
                    asked.actions = self.actions_of(target);
                }
                let first = *asked.actions.first()?;
                for role in &pattern.roles {
                    let term = self.asked_role(first, role, &mut asked.equalities)?;
                    asked.roles.push((role.role.node, term));
                }
            }
            Target::State { atom, by, .. } => {
                let lowered = self.atom(atom)?;
                let action = self.context.program.situation_of(lowered.relation);
                if action.is_none() {
                    self.no_situation(atom);
                }
                asked.actions.push(action?);
                asked.arguments = lowered.terms;
                if let Some(by) = by {
                    let term = self.term(SortId::ACTOR, by)?;
                    asked.roles.push((Role::By, term));
                }
            }
            Target::Required(..) | Target::Head(_) => return None,
        }
        Some(asked)
    }

    /// What fills a role of the acts asked about. A name that could be of several sorts becomes
    /// a variable of its sort, so that the sort is known.
    fn asked_role(
        &mut self,
        action: ActionId,
        role: &ast::RoleTerm,
        equalities: &mut Vec<Literal>,
    ) -> Option<Term> {
        let several = self.role_sorts(action, role.role.node).len() > 1;
        let readings = self.readings_of(action, std::slice::from_ref(role), role.role.span);
        let filled = *readings.first()?.roles.first()?;
        match filled.term {
            Term::Constant(value) if several => {
                let row = Variable {
                    name: None,
                    sort: filled.sort,
                };
                let variable = self.copy(row, filled.span);
                let is = super::scopes::is_constant(variable, value, filled.sort, filled.span);
                equalities.push(is);
                Some(Term::Variable(variable))
            }
            term => Some(term),
        }
    }

    fn no_situation(&mut self, atom: &ast::Atom) {
        self.fail(
            Diagnostic::error(
                "unregulated-situation",
                atom.span.0,
                format!("no norm says whether `{}` may hold", atom.relation.node),
            )
            .label("no norm is about this situation"),
        );
    }

    fn must_be_ground(&mut self, term: &ast::Term) {
        if let TermKind::Variable(_) | TermKind::Any = term.kind {
            let what = super::clause::described(&term.kind);
            self.fail(
                Diagnostic::error(
                    "variable-in-description",
                    term.span.0,
                    format!("{what} stands where a name is due"),
                )
                .label("say who or what"),
            );
        }
    }
}

fn describe(context: &mut Context<'_>, kind: &TargetKind) -> Option<ActDescription> {
    let target = Target::of(kind);
    let mut clause = Clause::new(context);
    match target {
        Target::Act(pattern) => {
            for role in &pattern.roles {
                clause.must_be_ground(&role.term);
            }
            if let Some(second) = pattern.actions.get(1) {
                clause.fail(
                    Diagnostic::error(
                        "variable-in-description",
                        second.span,
                        "an act is of one action",
                    )
                    .label("one action too many"),
                );
            }
        }
        Target::State { atom, by, .. } => {
            for term in atom.terms.iter().chain(by) {
                clause.must_be_ground(term);
            }
        }
        Target::Required(..) | Target::Head(_) => return None,
    }
    if clause.failed {
        return None;
    }
    clause.see_target(target);
    if !clause.settle() {
        return None;
    }
    let asked = clause.described_target(target)?;
    let mut roles = Vec::new();
    for (role, term) in &asked.roles {
        roles.push((*role, values(std::slice::from_ref(term))?.first().copied()?));
    }
    roles.sort_by_key(|&(role, _)| role);
    Some(ActDescription {
        action: *asked.actions.first()?,
        roles,
        arguments: values(&asked.arguments)?,
    })
}

impl Clause<'_, '_> {
    fn described_target(&mut self, target: Target<'_>) -> Option<Asked> {
        let Target::Act(pattern) = target else {
            return self.asked_target(target, None);
        };
        let action = *self.actions_of(target).first()?;
        let span = super::pattern::pattern_span(pattern);
        let reading = self.readings_of(action, &pattern.roles, span);
        let roles = &reading.first()?.roles;
        Some(Asked {
            actions: vec![action],
            roles: roles
                .iter()
                .map(|filled| (filled.role, filled.term))
                .collect(),
            arguments: Vec::new(),
            action_variable: None,
            equalities: Vec::new(),
        })
    }
}
