//! Where duties, advice and consequences arise, whatever act would fulfil them.

use crate::lang::ast::{Role, StatusWord};
use crate::program::visit::{Place, variables_of_terms, walk_atom, walk_expression, walk_terms};
use crate::program::{Arising, Due, LateLiteral, Modality, NormBody, SortId, Term, VariableId};

use super::body::Reading;
use super::clause::Clause;
use super::conjunction::{Conjunction, Renumber, own_variables};
use super::finish::Needed;
use super::moment::{come_by, due_at};
use super::norms::{Shell, Surroundings};
use super::pattern::FilledRole;
use super::target::Target;

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
    pub(super) fn occasions_of_act(
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
            for conjunction in self.both(governed, when, shell.span) {
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
    pub(super) fn occasions_of_state(
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
            for mut conjunction in self.both(governed, when, shell.span) {
                if purpose.is_some() {
                    conjunction = reading.literals.clone().and(conjunction);
                    conjunction.through = true;
                }
                found.push((conjunction, due.clone()));
            }
        }
        found
    }

    /// One place where a norm arises.
    pub(super) fn arising(
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
        let moment = self.fresh(SortId::DATE, shell.span);
        self.now_is(&mut conjunction, moment);
        if let Due::Act(roles) = &mut due {
            due_at(&mut conjunction, roles, moment, shell.span);
        }
        let needed = self.needed_by_due(shell, &due);
        let after = self.after(shell);
        self.finish(&mut conjunction, &[moment].into_iter().collect(), &needed);
        let mut since = come_by(&conjunction.literals, moment);
        around.redirect(&mut conjunction, shell.document);
        let through_judged = conjunction.through;
        let mut renumber = Renumber::default();
        let body = self.numbered(shell, conjunction, bearer(&due), &[], &mut renumber);
        let moment = renumber.number(moment);
        for date in &mut since {
            walk_expression(date, &mut |place| renumber.visit(place));
        }
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
            moment,
            since,
        }
    }

    /// What falls due at a date is not fulfilled before it.
    pub(super) fn after_trigger(&mut self, shell: &Shell<'_>, conjunction: &mut Conjunction) {
        let trigger = self.after(shell).filter(|_| shell.aim.is_duty());
        if let Some(date) =
            trigger.filter(|date| own_variables(&conjunction.literals).contains(*date))
        {
            let literals = self.not_before(date, shell.span);
            conjunction.literals.extend(literals);
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
pub(super) fn due_roles(roles: &[FilledRole]) -> Vec<(Role, Term)> {
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
