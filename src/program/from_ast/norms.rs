//! Norms: what they lay down, the bodies that say to which acts they apply.

use std::collections::BTreeMap;

use crate::base::{Diagnostic, Span};
use crate::lang::ast::{self, Role};
use crate::program::visit::{Place, variables_in_order, walk_terms};
use crate::program::{
    Condition, ConditionBody, DocumentId, Norm, NormBody, NormId, Term, Unit, VariableId,
    VariableSet,
};

use super::body::Reading;
use super::clause::{Clause, Context, JUDGED};
use super::conjunction::{Conjunction, Renumber};
use super::definitions::Copies;
use super::finish::Needed;
use super::pattern::FilledRole;
use super::scopes::{Scope, of_act};
use super::target::{Aim, Target, TargetReading};

/// What norms are lowered with beside the vocabulary.
#[derive(Debug)]
pub(super) struct Surroundings {
    pub(super) scopes: BTreeMap<DocumentId, Vec<Scope>>,
    pub(super) copies: BTreeMap<DocumentId, Copies>,
}

impl Surroundings {
    /// Reads a document's own definitions.
    pub(super) fn redirect(&self, conjunction: &mut Conjunction, document: DocumentId) {
        if let Some(copies) = self.copies.get(&document) {
            conjunction.redirect(copies);
        }
    }
}

/// A norm or reparation with everything that its bodies share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shell<'a> {
    pub(super) aim: Aim<'a>,
    pub(super) id: NormId,
    pub(super) document: DocumentId,
    pub(super) tree: &'a ast::Norm,
    pub(super) within: Option<&'a ast::Within>,
    pub(super) span: Span,
}

impl Clause<'_, '_> {
    /// That the document governs what a reading is about.
    pub(super) fn governed(
        &mut self,
        shell: &Shell<'_>,
        reading: &TargetReading,
        surroundings: &Surroundings,
    ) -> Vec<Conjunction> {
        let on_act = shell.aim.target.pattern().is_some()
            && (!shell.aim.is_duty() || matches!(shell.aim.target, Target::State { .. }));
        if on_act {
            let governed = self.context.program.documents[shell.document].governed;
            let literals = governed.map(|relation| of_act(relation, shell.span));
            return vec![Conjunction::of(literals.into_iter().collect())];
        }
        let scopes = surroundings.scopes.get(&shell.document);
        let scopes: Vec<_> = scopes.into_iter().flatten().collect();
        self.scope_of_due(&scopes, &reading.due)
    }

    /// The bodies of a norm for the act judged, each with its condition.
    pub(super) fn bodies(
        &mut self,
        shell: &Shell<'_>,
        surroundings: &Surroundings,
    ) -> (Vec<NormBody>, Vec<Vec<ConditionBody>>) {
        let mut bodies = Vec::new();
        let mut conditions = Vec::new();
        let when = self.conditions(&shell.tree.when, &shell.tree.unless, shell.aim.reading());
        for reading in self.target_readings(shell.aim.target) {
            let governed = self.governed(shell, &reading, surroundings);
            for matching in self.fulfilling(shell, &reading) {
                let context = self.both(governed.clone(), when.clone(), shell.span);
                for conjunction in self.both(vec![matching], context, shell.span) {
                    let (body, condition) =
                        self.norm_body(shell, conjunction, reading.bearer, surroundings);
                    bodies.push(body);
                    conditions.push(condition);
                }
            }
        }
        (bodies, conditions)
    }

    /// The ways in which the act judged matches a reading: of a duty that names its bearer,
    /// also on the bearer's behalf.
    pub(super) fn fulfilling(
        &mut self,
        shell: &Shell<'_>,
        reading: &TargetReading,
    ) -> Vec<Conjunction> {
        let mut ways = vec![reading.literals.clone()];
        let roles = &reading.due.roles;
        let names = |role| roles.iter().any(|filled: &FilledRole| filled.role == role);
        let act = matches!(shell.aim.target, Target::Act(_));
        if !shell.aim.is_duty() || !act || !names(Role::By) || names(Role::For) {
            return ways;
        }
        for &action in &reading.due.actions {
            let mut roles = roles.clone();
            for filled in &mut roles {
                if filled.role == Role::By {
                    filled.role = Role::For;
                }
            }
            let has_role = roles
                .iter()
                .all(|filled| self.role_sorts(action, filled.role).contains(filled.sort));
            if has_role {
                let reading = super::pattern::Reading {
                    action,
                    roles,
                    span: shell.span,
                };
                ways.push(Conjunction::of(self.matches(&reading, JUDGED)));
            }
        }
        ways
    }

    /// One body with its condition, both over the same variables.
    fn norm_body(
        &mut self,
        shell: &Shell<'_>,
        mut conjunction: Conjunction,
        bearer: Option<Term>,
        surroundings: &Surroundings,
    ) -> (NormBody, Vec<ConditionBody>) {
        let mut needed = self.per_needed(shell);
        needed.extend(bearer_needed(shell, bearer));
        self.after_trigger(shell, &mut conjunction);
        self.now_is_of_act(&mut conjunction);
        let bound = self.finish(&mut conjunction, &VariableSet::default(), &needed);
        let required = match shell.aim.target {
            Target::Required(_, body) => self.body(body, Reading::Judging),
            _ => Vec::new(),
        };
        let mut alternatives = Vec::new();
        let mut shared: Vec<VariableId> = Vec::new();
        for mut alternative in required {
            self.now_is_of_act(&mut alternative);
            self.finish(&mut alternative, &bound, &[]);
            surroundings.redirect(&mut alternative, shell.document);
            for variable in variables_in_order(&alternative.literals, &alternative.late) {
                if variable != JUDGED && bound.contains(variable) && !shared.contains(&variable) {
                    shared.push(variable);
                }
            }
            alternatives.push(alternative);
        }
        surroundings.redirect(&mut conjunction, shell.document);
        let mut renumber = Renumber::default();
        let body = self.numbered(shell, conjunction, bearer, &shared, &mut renumber);
        let condition = alternatives
            .into_iter()
            .map(|mut alternative| {
                renumber.conjunction(&mut alternative.literals, &mut alternative.late);
                ConditionBody {
                    literals: alternative.literals,
                    late: alternative.late,
                }
            })
            .collect();
        let variables = renumber.variables(&self.variables);
        (NormBody { variables, ..body }, condition)
    }

    /// A conjunction as a body; the variables are still to be filled in.
    pub(super) fn numbered(
        &mut self,
        shell: &Shell<'_>,
        mut conjunction: Conjunction,
        mut bearer: Option<Term>,
        bound: &[VariableId],
        renumber: &mut Renumber,
    ) -> NormBody {
        renumber.number(JUDGED);
        renumber.conjunction(&mut conjunction.literals, &mut conjunction.late);
        let per = self.per_needed(shell);
        let per = per
            .iter()
            .map(|needed| renumber.number(needed.variable))
            .collect();
        let bound = bound.iter().map(|&v| renumber.number(v)).collect();
        walk_terms(bearer.as_mut_slice(), &mut |place: Place<'_>| {
            renumber.visit(place);
        });
        NormBody {
            variables: renumber.variables(&self.variables),
            literals: conjunction.literals,
            late: conjunction.late,
            per,
            bound,
            bearer,
            span: shell.span,
        }
    }

    pub(super) fn per_needed(&self, shell: &Shell<'_>) -> Vec<Needed> {
        let Some(ast::Per::Variables(names)) = &shell.tree.per else {
            return Vec::new();
        };
        let needed = names.iter().filter_map(|name| {
            self.names.get(&name.node).map(|&variable| Needed {
                variable,
                span: name.span,
                what: "`per`",
            })
        });
        needed.collect()
    }

    /// The norms that a norm sets aside.
    fn overrides(&mut self, tree: &ast::Norm) -> Vec<NormId> {
        let mut overridden = Vec::new();
        for reference in &tree.overrides {
            let names = self.context.names;
            if let Some(&norm) = names.norms.get(&reference.node) {
                overridden.push(norm);
                continue;
            }
            let found = if names.statements.contains_key(&reference.node) {
                Diagnostic::error(
                    "unknown-override",
                    reference.span,
                    format!("`{}` is no norm", reference.node),
                )
                .label("a norm overrides norms alone")
            } else {
                let known = names.norms.keys();
                super::names::unknown("unknown-override", "norm", reference, known)
            };
            self.fail(found);
        }
        overridden
    }
}

fn bearer_needed(shell: &Shell<'_>, bearer: Option<Term>) -> Option<Needed> {
    match (shell.aim.target, bearer) {
        (Target::State { .. }, Some(Term::Variable(variable))) => Some(Needed {
            variable,
            span: shell.span,
            what: "`by`",
        }),
        _ => None,
    }
}

/// Lowers a norm with its reparations; nothing where it has errors.
pub(super) fn lower_norm(
    context: &mut Context<'_>,
    tree: &ast::Norm,
    aim: Aim<'_>,
    ids: &[NormId],
    surroundings: &Surroundings,
) -> Option<Vec<Norm>> {
    let &id = ids.first()?;
    let row = &context.program.norms[id];
    let shell = Shell {
        aim,
        id,
        document: row.document,
        tree,
        within: tree.within.as_ref(),
        span: tree.effect.span,
    };
    let label = shell
        .aim
        .target
        .pattern()
        .and_then(|pattern| pattern.label.as_ref());
    let mut clause = Clause::about_act(context, label, shell.span);
    clause.see_target(shell.aim.target);
    clause.see_counting(tree.per.as_ref(), tree.within.as_ref());
    clause.see_conditions(&tree.when, &tree.unless);
    let mut otherwise = tree.otherwise.as_deref();
    while let Some(reparation) = otherwise {
        clause.see_target(Target::of(&reparation.target.kind));
        clause.see_counting(None, reparation.within.as_ref());
        otherwise = reparation.otherwise.as_deref();
    }
    let overrides = clause.overrides(tree);
    if !clause.settle() {
        return None;
    }
    let mut norm = clause.norm(&shell, surroundings);
    norm.overrides = overrides;
    let mut norms = vec![norm];
    norms.extend(clause.reparations(&shell, ids, surroundings));
    (!clause.failed).then_some(norms)
}

impl Clause<'_, '_> {
    /// A norm with its bodies and where it arises.
    fn norm(&mut self, shell: &Shell<'_>, surroundings: &Surroundings) -> Norm {
        let (bodies, conditions) = self.bodies(shell, surroundings);
        let arises = self.arises(shell, surroundings);
        let required = matches!(shell.aim.target, Target::Required(..));
        let mut norm = self.shell_norm(shell);
        norm.asks_breach = super::duties::asks_breach(&bodies, &arises);
        norm.bodies = bodies;
        norm.arises = arises;
        norm.condition = required.then_some(Condition {
            alternatives: conditions,
        });
        norm
    }

    /// A norm without bodies.
    pub(super) fn shell_norm(&mut self, shell: &Shell<'_>) -> Norm {
        let mut norm = self.context.program.norms[shell.id].clone();
        norm.modality = shell.aim.modality;
        norm.actions = self.actions_of(shell.aim.target);
        if let Some(ast::Per::Variables(names)) = &shell.tree.per {
            norm.per = names.iter().map(|name| name.node.clone()).collect();
        }
        norm.within = shell.within.and_then(|within| {
            let unit = Unit::from_word(&within.unit.node)?;
            Some((within.amount.node, unit))
        });
        norm
    }
}
