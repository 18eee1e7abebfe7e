//! What a norm is about: acts of a pattern, or the situation that an atom holds.

use crate::lang::ast::{self, Effect, Pattern, Role, TargetKind};
use crate::program::{ActionId, Atom, Modality, SortId, Term, Unit};

use super::body::{Reading, positive};
use super::clause::{Clause, JUDGED};
use super::conjunction::Conjunction;
use super::pattern::FilledRole;
use super::scopes::{DueRoles, of_act};
use super::sorts::Sorts;

/// What a norm lays down, `not` taken into the modality.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aim<'a> {
    pub(super) modality: Modality,
    pub(super) target: Target<'a>,
}

/// What a norm is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target<'a> {
    /// Acts.
    Act(&'a Pattern),
    /// Acts, and what must hold of them.
    Required(&'a Pattern, &'a [ast::Literal]),
    /// That an atom holds.
    State {
        atom: &'a ast::Atom,
        by: Option<&'a ast::Term>,
        purpose: Option<&'a Pattern>,
    },
    /// What follows.
    Head(&'a ast::Atom),
}

/// One reading of a target: literals over the act judged, and who and what is due.
#[derive(Clone, Debug)]
pub(super) struct TargetReading {
    pub(super) literals: Conjunction,
    pub(super) due: DueRoles,
    pub(super) bearer: Option<Term>,
}

impl<'a> Aim<'a> {
    /// The aim of an effect.
    pub(super) fn of(effect: &'a Effect) -> Self {
        use Modality::{
            Consequence, Consider, Discourage, Exempt, Forbid, Oblige, Permit, Recommend, Require,
        };
        let (plain, negated, target) = match effect {
            Effect::Forbid(target) => (Forbid, Oblige, target),
            Effect::Permit(target) => (Permit, Exempt, target),
            Effect::Oblige(target) => (Oblige, Forbid, target),
            Effect::Discourage(target) => (Discourage, Recommend, target),
            Effect::Recommend(target) => (Recommend, Discourage, target),
            Effect::Require(body, pattern) => {
                return Self {
                    modality: Require,
                    target: Target::Required(pattern, body),
                };
            }
            Effect::Consider(pattern, direction) => {
                return Self {
                    modality: Consider(*direction),
                    target: Target::Act(pattern),
                };
            }
            Effect::Consequence(head) => {
                return Self {
                    modality: Consequence,
                    target: Target::Head(head),
                };
            }
        };
        Self {
            modality: if target.negated { negated } else { plain },
            target: Target::of(&target.kind),
        }
    }

    /// Of a duty: the act judged would fulfil it.
    pub(super) fn is_duty(self) -> bool {
        matches!(
            self.modality,
            Modality::Oblige | Modality::Exempt | Modality::Recommend
        )
    }

    /// How the bodies for the act judged read other acts.
    pub(super) fn reading(self) -> Reading {
        let for_acts = matches!(
            self.target,
            Target::State {
                purpose: Some(_),
                ..
            }
        );
        match self.modality {
            _ if for_acts => Reading::Following,
            _ if self.is_duty() => Reading::Fulfilling,
            Modality::Discourage | Modality::Consider(_) | Modality::Consequence => {
                Reading::Following
            }
            _ => Reading::Judging,
        }
    }
}

impl<'a> Target<'a> {
    /// The target that a tree describes.
    pub(super) fn of(kind: &'a TargetKind) -> Self {
        match kind {
            TargetKind::Act(pattern) => Self::Act(pattern),
            TargetKind::State { atom, by, purpose } => Self::State {
                atom,
                by: by.as_ref(),
                purpose: purpose.as_ref(),
            },
        }
    }

    /// The acts that it speaks of, if it speaks of acts.
    pub(super) fn pattern(self) -> Option<&'a Pattern> {
        match self {
            Self::Act(pattern) | Self::Required(pattern, _) => Some(pattern),
            Self::State { purpose, .. } => purpose,
            Self::Head(_) => None,
        }
    }
}

impl Clause<'_, '_> {
    /// Sees a target.
    pub(super) fn see_target(&mut self, target: Target<'_>) {
        match target {
            Target::Act(pattern) => self.see_pattern(pattern),
            Target::Required(pattern, body) => {
                self.see_pattern(pattern);
                self.see_body(body);
            }
            Target::State { atom, by, purpose } => {
                self.see_atom(atom);
                if let Some(by) = by {
                    self.see_term(by, Some(&Sorts::from([SortId::ACTOR])));
                }
                if let Some(purpose) = purpose {
                    self.see_pattern(purpose);
                }
            }
            Target::Head(head) => self.see_atom(head),
        }
    }

    /// Sees what instances are counted by and what a deadline counts from.
    pub(super) fn see_counting(&mut self, per: Option<&ast::Per>, within: Option<&ast::Within>) {
        if let Some(ast::Per::Variables(names)) = per {
            for name in names {
                self.seen(&name.node, name.span);
            }
        }
        if let Some(within) = within {
            let after = self.seen(&within.after.node, within.after.span);
            self.narrow(after, &Sorts::from([SortId::DATE]), within.after.span);
            if Unit::from_word(&within.unit.node).is_none() {
                self.unknown_unit(&within.unit);
            }
        }
    }

    /// The readings of a target: literals over the act judged.
    pub(super) fn target_readings(&mut self, target: Target<'_>) -> Vec<TargetReading> {
        if let Some(pattern) = target.pattern() {
            let state_bearer = self.bearer_of_state(target);
            let readings = self.readings(pattern);
            return readings
                .into_iter()
                .map(|reading| TargetReading {
                    literals: Conjunction::of(self.matches(&reading, JUDGED)),
                    bearer: state_bearer.or_else(|| filler(&reading.roles, Role::By)),
                    due: DueRoles {
                        actions: vec![reading.action],
                        roles: reading.roles,
                    },
                })
                .collect();
        }
        let Target::State { atom, .. } = target else {
            return Vec::new();
        };
        let bearer = self.bearer_of_state(target);
        self.situation_reading(atom, bearer).into_iter().collect()
    }

    fn bearer_of_state(&mut self, target: Target<'_>) -> Option<Term> {
        let Target::State { by: Some(by), .. } = target else {
            return None;
        };
        self.term(SortId::ACTOR, by)
    }

    /// The situation that an atom holds, and whose it is. The one who bears it is not among
    /// its roles: a situation need not name anyone.
    fn situation_reading(&mut self, tree: &ast::Atom, by: Option<Term>) -> Option<TargetReading> {
        let atom = self.atom(tree)?;
        let program = self.context.program;
        let action = program.situation_of(atom.relation)?;
        let arguments = program.actions[action].arguments?;
        let span = tree.span.0;
        let terms = std::iter::once(Term::Variable(JUDGED)).chain(atom.terms);
        let holds = Atom {
            relation: arguments,
            terms: terms.collect(),
        };
        let literals = vec![
            of_act(program.actions[action].relation, span),
            positive(holds, span),
        ];
        let roles = by.map(|term| FilledRole {
            role: Role::By,
            sort: SortId::ACTOR,
            term,
            span,
        });
        Some(TargetReading {
            literals: Conjunction::of(literals),
            due: DueRoles {
                actions: vec![action],
                roles: roles.into_iter().collect(),
            },
            bearer: by,
        })
    }

    /// The actions that a target speaks of, or its situation.
    pub(super) fn actions_of(&self, target: Target<'_>) -> Vec<ActionId> {
        let names = self.context.names;
        match (target.pattern(), target) {
            (Some(pattern), _) => pattern
                .actions
                .iter()
                .filter_map(|name| names.action(name).ok())
                .collect(),
            (None, Target::State { atom, .. }) => names
                .relation(&atom.relation)
                .ok()
                .and_then(|relation| self.context.program.situation_of(relation))
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// The filler of a role.
pub(super) fn filler(roles: &[FilledRole], role: Role) -> Option<Term> {
    roles
        .iter()
        .find(|filled| filled.role == role)
        .map(|filled| filled.term)
}
