//! Which acts a question about conflicts is about. A conflict needs two norms in force that no
//! principle tells apart (`docs/language.md`, Priorities): a prohibition and a permission or duty,
//! or two conditions of which one asks for what the other asks not to be. So the acts that the
//! first may apply to are held against those that the second may apply to.

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::ast::Role;
use crate::program::{ActionId, Modality, NormId, SortId, Value, oppose};

use super::candidates::{Asked, Candidate};
use super::judge::Judge;
use super::priorities::{Priority, priority};

/// An act as far as the norms can tell it from others.
type Likeness = (BTreeMap<Role, Value>, Vec<Value>);

/// The first of the class of each individual, by role.
type Firsts = BTreeMap<Role, BTreeMap<Value, Value>>;

impl Judge<'_> {
    /// The acts of `action` that may be a conflict; at most `limit`, and whether there are more.
    pub(super) fn clashing(
        &mut self,
        action: ActionId,
        asked: Asked<'_>,
        limit: usize,
    ) -> (BTreeSet<Candidate>, bool) {
        let program = self.program();
        let forbidding = self.speaking(action, &[Modality::Forbid]);
        let permitting = self.speaking(action, &[Modality::Permit, Modality::Oblige]);
        let requiring = self.speaking(action, &[Modality::Require]);
        let clash =
            |one: NormId, other: NormId| priority(program, one, other, false) == Priority::Clash;
        let (forbidding, permitting) = (
            with_partner(&forbidding, &permitting, clash),
            with_partner(&permitting, &forbidding, clash),
        );
        let contrary = |one: NormId, other: NormId| {
            oppose(program, one, other) && priority(program, one, other, true) == Priority::Clash
        };
        let requiring = with_partner(&requiring, &requiring, contrary);
        let (mut found, mut more) = self.candidates_of(action, asked, &forbidding, limit);
        if !found.is_empty() {
            let (permitted, is_cut) = self.candidates_of(action, asked, &permitting, limit);
            if !is_cut {
                let firsts = self.firsts(action, found.iter().chain(&permitted));
                let permitted: BTreeSet<Likeness> =
                    permitted.iter().map(|act| likeness(act, &firsts)).collect();
                found.retain(|act| permitted.contains(&likeness(act, &firsts)));
            }
        }
        let (required, is_cut) = self.candidates_of(action, asked, &requiring, limit);
        found.extend(required);
        more |= is_cut || found.len() > limit;
        (found, more)
    }

    /// The first of each class, for the roles in which some act stands for a whole class.
    fn firsts<'c>(&self, action: ActionId, acts: impl Iterator<Item = &'c Candidate>) -> Firsts {
        let roles: BTreeSet<Role> = acts.flat_map(|act| act.alike.keys().copied()).collect();
        let sort_of = |role: Role| -> Option<SortId> {
            let own = self.program().actions[action].roles.iter();
            own.filter(|own| own.role == role)
                .map(|own| own.sort)
                .next()
        };
        let firsts_of = |sort: SortId| {
            let mut firsts = BTreeMap::new();
            for class in self.classes(action, sort) {
                if let Some(&first) = class.first() {
                    firsts.extend(class.iter().map(|&value| (value, first)));
                }
            }
            firsts
        };
        let sorts = roles
            .into_iter()
            .filter_map(|role| Some((role, sort_of(role)?)));
        sorts.map(|(role, sort)| (role, firsts_of(sort))).collect()
    }
}

fn likeness(act: &Candidate, firsts: &Firsts) -> Likeness {
    let roles = act.description.roles.iter().map(|&(role, value)| {
        let first = firsts.get(&role).and_then(|firsts| firsts.get(&value));
        (role, first.copied().unwrap_or(value))
    });
    (roles.collect(), act.description.arguments.clone())
}

/// Those of `norms` of which some of `others` is the opposite.
fn with_partner(
    norms: &[NormId],
    others: &[NormId],
    opposite: impl Fn(NormId, NormId) -> bool,
) -> Vec<NormId> {
    let partner = |&norm: &NormId| others.iter().any(|&other| opposite(norm, other));
    norms.iter().copied().filter(partner).collect()
}
