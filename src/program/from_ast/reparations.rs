//! `otherwise oblige …`: duties that arise when the norm before them is breached.

use crate::base::Span;
use crate::lang::ast::{Otherwise, Role, StatusWord};
use crate::program::{
    ActTerm, Atom, Due, LateLiteral, Modality, Norm, NormBody, NormId, SortId, Term, Under,
    VariableSet,
};

use super::body::positive;
use super::clause::{Clause, JUDGED};
use super::conjunction::{Conjunction, Renumber};
use super::duties::due_roles;
use super::norms::{Shell, Surroundings};
use super::target::{Aim, Target, TargetReading};

/// The occasions on which a norm is breached, on their way into its reparation.
type Breached = Vec<Conjunction>;

impl Clause<'_, '_> {
    /// The reparations of a norm, each of the one before.
    pub(super) fn reparations(
        &mut self,
        shell: &Shell<'_>,
        ids: &[NormId],
        around: &Surroundings,
    ) -> Vec<Norm> {
        let mut norms = Vec::new();
        let mut otherwise: Option<&Otherwise> = shell.tree.otherwise.as_deref();
        let mut repaired = *shell;
        let mut breached: Breached = if otherwise.is_some() {
            self.breaches_of(shell, around)
        } else {
            Vec::new()
        };
        for &id in ids.iter().skip(1) {
            let Some(tree) = otherwise else { break };
            let reparation = Shell {
                aim: Aim {
                    modality: if tree.target.negated {
                        Modality::Forbid
                    } else {
                        Modality::Oblige
                    },
                    target: Target::of(&tree.target.kind),
                },
                id,
                within: tree.within.as_ref(),
                span: tree.span.0,
                ..repaired
            };
            norms.push(self.reparation(&reparation, repaired.id, &breached, around));
            breached = self.unrepaired(&reparation, &breached);
            repaired = reparation;
            otherwise = tree.otherwise.as_deref();
        }
        norms
    }

    fn reparation(
        &mut self,
        shell: &Shell<'_>,
        repairs: NormId,
        breached: &[Conjunction],
        around: &Surroundings,
    ) -> Norm {
        let mut norm = self.shell_norm(shell);
        norm.repairs = Some(repairs);
        for reading in self.target_readings(shell.aim.target) {
            for way in self.fulfilling(shell, &reading) {
                for occasion in breached.iter().filter(|occasion| !occasion.through) {
                    let mut conjunction = way.clone().and(occasion.clone().without_judged());
                    self.after_trigger(shell, &mut conjunction);
                    self.now_is_of_act(&mut conjunction);
                    self.finish(&mut conjunction, &VariableSet::default(), &[]);
                    around.redirect(&mut conjunction, shell.document);
                    let mut renumber = Renumber::default();
                    let bearer = reading.bearer;
                    let body = self.numbered(shell, conjunction, bearer, &[], &mut renumber);
                    let variables = renumber.variables(&self.variables);
                    norm.bodies.push(NormBody { variables, ..body });
                }
            }
        }
        let dues = self.dues(shell);
        for occasion in breached {
            for due in &dues {
                let arising = self.arising(shell, occasion.clone(), due.clone(), around);
                norm.arises.push(arising);
            }
        }
        norm
    }

    /// What a target makes due.
    fn dues(&mut self, shell: &Shell<'_>) -> Vec<Due> {
        let mut dues: Vec<Due> = Vec::new();
        for reading in self.target_readings(shell.aim.target) {
            let due = match shell.aim.target {
                Target::State { atom, .. } => {
                    let Some(atom) = self.atom(atom) else {
                        continue;
                    };
                    Due::State {
                        atom,
                        by: reading.bearer,
                    }
                }
                _ => Due::Act(due_roles(&reading.due.roles)),
            };
            if !dues.contains(&due) {
                dues.push(due);
            }
        }
        dues
    }

    /// The occasions on which a norm that is no reparation is breached.
    fn breaches_of(&mut self, shell: &Shell<'_>, around: &Surroundings) -> Breached {
        let under = Under::Norm(shell.id);
        let mut found = Vec::new();
        match (shell.aim.modality, shell.aim.target) {
            (Modality::Oblige | Modality::Recommend, Target::Act(_)) => {
                let actions = self.actions_of(shell.aim.target);
                for (mut occasion, roles) in self.occasions_of_act(shell, around) {
                    let act = ActTerm::Breaches(actions.clone(), roles);
                    occasion.late.push(breach(act, under, shell.span));
                    found.push(occasion);
                }
            }
            (_, Target::Act(_)) => {
                for reading in self.target_readings(shell.aim.target) {
                    found.extend(self.breached_by_acts(shell, &reading, around));
                }
            }
            (modality, Target::State { .. }) => {
                let actions = self.actions_of(shell.aim.target);
                for (mut occasion, due) in self.occasions_of_state(shell, around) {
                    let Due::State { atom, by } = due else {
                        continue;
                    };
                    if matches!(modality, Modality::Forbid | Modality::Discourage) {
                        occasion.literals.push(positive(atom, shell.span));
                    }
                    let roles = by.map(|term| (Role::By, term)).into_iter().collect();
                    let act = ActTerm::Breaches(actions.clone(), roles);
                    occasion.late.push(breach(act, under, shell.span));
                    found.push(occasion);
                }
            }
            _ => {}
        }
        found
    }

    /// An act that was done though it is forbidden, or the act judged.
    fn breached_by_acts(
        &mut self,
        shell: &Shell<'_>,
        reading: &TargetReading,
        around: &Surroundings,
    ) -> Breached {
        let under = Under::Norm(shell.id);
        let tree = shell.tree;
        let governed = self.governed(shell, reading, around);
        let when = self.conditions(&tree.when, &tree.unless, shell.aim.reading());
        let context = self.both(governed, when, shell.span);
        let mut found = Vec::new();
        for conjunction in context {
            let mut conjunction = reading.literals.clone().and(conjunction);
            self.now_is_of_act(&mut conjunction);
            let act = self.fresh(SortId::ACT, shell.span);
            let mut recorded = conjunction.clone().about(act);
            recorded.through = false;
            let relation = self.context.program.builtin.done;
            let terms = vec![Term::Variable(act)];
            recorded
                .literals
                .push(positive(Atom { relation, terms }, shell.span));
            recorded
                .late
                .push(breach(ActTerm::Bound(act), under, shell.span));
            found.push(recorded);
            let mut judged = conjunction;
            judged.through = true;
            judged
                .late
                .push(breach(ActTerm::Bound(JUDGED), under, shell.span));
            found.push(judged);
        }
        found
    }

    /// The occasions on which a reparation is breached in its turn.
    fn unrepaired(&mut self, shell: &Shell<'_>, breached: &[Conjunction]) -> Breached {
        let actions = self.actions_of(shell.aim.target);
        let roles = match self.dues(shell).first() {
            Some(Due::Act(roles)) => roles.clone(),
            Some(Due::State { by: Some(term), .. }) => vec![(Role::By, *term)],
            _ => Vec::new(),
        };
        breached
            .iter()
            .map(|occasion| {
                let mut occasion = occasion.clone();
                let act = ActTerm::Breaches(actions.clone(), roles.clone());
                occasion
                    .late
                    .push(breach(act, Under::Norm(shell.id), shell.span));
                occasion
            })
            .collect()
    }
}

fn breach(act: ActTerm, under: Under, span: Span) -> LateLiteral {
    LateLiteral::Status {
        negated: false,
        status: StatusWord::Breach,
        act,
        under: Some(under),
        span,
    }
}
