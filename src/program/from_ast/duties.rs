//! Where duties, advice and consequences arise, whatever act would fulfil them, and the duties
//! that repair a breach.

use std::collections::BTreeSet;

use crate::base::Span;
use crate::lang::ast::{Otherwise, Role, StatusWord};
use crate::program::visit::{Place, variables_of_terms, walk_atom, walk_terms};
use crate::program::{
    ActTerm, Arising, Atom, Due, LateLiteral, Modality, Norm, NormBody, NormId, SortId, Term,
    Under, VariableId,
};

use super::body::{Reading, positive};
use super::clause::{Clause, JUDGED};
use super::conjunction::{Conjunction, Renumber};
use super::finish::Needed;
use super::norms::{Aim, Shell, Surroundings, Target, TargetReading};
use super::pattern::FilledRole;

impl Clause<'_, '_> {
    /// Where a norm arises; nothing for norms that nothing is due by.
    pub(super) fn arises(&mut self, shell: &Shell<'_>, around: &Surroundings) -> Vec<Arising> {
        match shell.aim.target {
            Target::Head(head) => {
                let Some(atom) = self.atom(head) else {
                    return Vec::new();
                };
                let due = Due::State { atom, by: None };
                let conditions = self.following(shell);
                conditions
                    .into_iter()
                    .map(|conjunction| self.arising(shell, conjunction, due.clone(), around))
                    .collect()
            }
            Target::State { .. }
                if shell.aim.is_duty() || shell.aim.modality == Modality::Discourage =>
            {
                self.arises_as_state(shell, around)
            }
            Target::Act(_) if shell.aim.is_duty() => self.arises_as_act(shell, around),
            _ => Vec::new(),
        }
    }

    /// Conditions and exceptions where the act judged counts.
    fn following(&mut self, shell: &Shell<'_>) -> Vec<Conjunction> {
        let tree = shell.tree;
        self.conditions(&tree.when, &tree.unless, Reading::Following)
    }

    fn arises_as_act(&mut self, shell: &Shell<'_>, around: &Surroundings) -> Vec<Arising> {
        let occasions = self.occasions_of_act(shell, around);
        occasions
            .into_iter()
            .map(|(conjunction, roles)| self.arising(shell, conjunction, Due::Act(roles), around))
            .collect()
    }

    /// The conditions of a duty to act, with what is due. The readings of several actions are
    /// one duty.
    fn occasions_of_act(
        &mut self,
        shell: &Shell<'_>,
        around: &Surroundings,
    ) -> Vec<(Conjunction, Vec<(Role, Term)>)> {
        let mut found: Vec<(Conjunction, Vec<(Role, Term)>)> = Vec::new();
        let mut seen: Vec<Vec<(Role, Term)>> = Vec::new();
        let actions = self.actions_of(shell.aim.target);
        for mut reading in self.target_readings(shell.aim.target) {
            let roles = due_roles(&reading.due.roles);
            if seen.contains(&roles) {
                continue;
            }
            seen.push(roles.clone());
            reading.due.actions.clone_from(&actions);
            let governed = self.governed(shell, &reading, around);
            let when = self.following(shell);
            for conjunction in self.both(&governed, &when, shell.span) {
                found.push((conjunction, roles.clone()));
            }
        }
        found
    }

    fn arises_as_state(&mut self, shell: &Shell<'_>, around: &Surroundings) -> Vec<Arising> {
        let mut found = Vec::new();
        let occasions = self.occasions_of_state(shell, around);
        for (conjunction, due) in occasions {
            found.push(self.arising(shell, conjunction, due, around));
        }
        found
    }

    /// The conditions of a duty that an atom holds. Advice for acts arises with such an act.
    fn occasions_of_state(
        &mut self,
        shell: &Shell<'_>,
        around: &Surroundings,
    ) -> Vec<(Conjunction, Due)> {
        let Target::State { atom, purpose, .. } = shell.aim.target else {
            return Vec::new();
        };
        let Some(atom) = self.atom(atom) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for reading in self.target_readings(shell.aim.target) {
            let governed = self.governed(shell, &reading, around);
            let when = self.following(shell);
            let due = Due::State {
                atom: atom.clone(),
                by: reading.bearer,
            };
            for mut conjunction in self.both(&governed, &when, shell.span) {
                if purpose.is_some() {
                    conjunction = reading.literals.and(&conjunction);
                    conjunction.through = true;
                }
                found.push((conjunction, due.clone()));
            }
        }
        found
    }

    /// One place where a norm arises.
    fn arising(
        &mut self,
        shell: &Shell<'_>,
        conjunction: Conjunction,
        mut due: Due,
        around: &Surroundings,
    ) -> Arising {
        let mut conjunction = if conjunction.through {
            conjunction
        } else {
            conjunction.without_judged()
        };
        let needed = self.needed_by_due(shell, &due);
        let after = self.after(shell);
        self.finish(&mut conjunction, &BTreeSet::new(), &needed);
        around.redirect(&mut conjunction, shell.document);
        let through_judged = conjunction.through;
        let mut renumber = Renumber::default();
        let body = self.numbered(shell, conjunction, bearer(&due), &[], &mut renumber);
        let redirect = around.copies.get(&shell.document);
        let consequence = shell.aim.modality == Modality::Consequence;
        let mut visit = |place: Place<'_>| match place {
            Place::Variable(variable) => *variable = renumber.number(*variable),
            Place::Relation(relation) => {
                if let Some(&copy) = redirect.and_then(|copies| copies.get(relation))
                    && !consequence
                {
                    *relation = copy;
                }
            }
        };
        match &mut due {
            Due::Act(roles) => {
                for (_, term) in roles {
                    walk_terms(std::slice::from_mut(term), &mut visit);
                }
            }
            Due::State { atom, by } => {
                walk_atom(atom, &mut visit);
                walk_terms(by.as_mut_slice(), &mut visit);
            }
        }
        let after = after.map(|after| renumber.number(after));
        let variables = renumber.variables(&self.variables);
        Arising {
            body: NormBody { variables, ..body },
            through_judged,
            due,
            after,
        }
    }

    fn after(&self, shell: &Shell<'_>) -> Option<VariableId> {
        let within = shell.within?;
        self.names.get(&within.after.node).copied()
    }

    fn needed_by_due(&self, shell: &Shell<'_>, due: &Due) -> Vec<Needed> {
        let mut needed = self.per_needed(shell);
        let terms: Vec<Term> = match due {
            Due::Act(roles) => roles.iter().map(|&(_, term)| term).collect(),
            Due::State { atom, by } => atom.terms.iter().copied().chain(*by).collect(),
        };
        needed.extend(variables_of_terms(&terms).map(|variable| Needed {
            variable,
            span: shell.span,
            what: if shell.aim.modality == Modality::Consequence {
                "the consequence"
            } else {
                "what is due"
            },
        }));
        let after = shell.within.zip(self.after(shell));
        needed.extend(after.map(|(within, variable)| Needed {
            variable,
            span: within.after.span,
            what: "the deadline",
        }));
        needed
    }
}

/// Who or what is due in roles; what may be anyone is left out.
fn due_roles(roles: &[FilledRole]) -> Vec<(Role, Term)> {
    roles
        .iter()
        .filter(|filled| filled.term != Term::Any)
        .map(|filled| (filled.role, filled.term))
        .collect()
}

fn bearer(due: &Due) -> Option<Term> {
    match due {
        Due::Act(roles) => roles
            .iter()
            .find(|&&(role, _)| role == Role::By)
            .map(|&(_, term)| term),
        Due::State { by, .. } => *by,
    }
}

/// Whether a norm asks for breaches.
pub(super) fn asks_breach(bodies: &[NormBody], arises: &[Arising]) -> bool {
    fn asks(late: &[LateLiteral]) -> bool {
        late.iter().any(|literal| match literal {
            LateLiteral::Status { status, .. } => *status == StatusWord::Breach,
            LateLiteral::Negative { late, .. } => asks(late),
        })
    }
    let arising = arises.iter().map(|arising| &arising.body);
    bodies.iter().chain(arising).any(|body| asks(&body.late))
}

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
                    let mut conjunction = way.and(&occasion.clone().without_judged());
                    self.finish(&mut conjunction, &BTreeSet::new(), &[]);
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
        let context = self.both(&governed, &when, shell.span);
        let mut found = Vec::new();
        for conjunction in context {
            let conjunction = reading.literals.and(&conjunction);
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
