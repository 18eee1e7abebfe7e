//! Acts that are recorded too generally: done in a more specific way, with norms of its own, the
//! verdict may be worse.

use std::rc::Rc;

use crate::lang::ast::Role;
use crate::program::{ActDescription, ActRecord, ActionId, RelationKind, Value};

use super::judge::Judge;
use super::verdict::Verdict;

impl Judge<'_> {
    /// The ways below the recorded action that norms of their own speak of and in which the
    /// verdict would be worse.
    pub(super) fn worse_ways(
        &mut self,
        act: &ActRecord,
        verdict: Verdict,
    ) -> Vec<(ActionId, Verdict)> {
        let below = Rc::clone(&self.dispatch().below[act.description.action]);
        let mut worse = Vec::new();
        for &action in below.iter() {
            if !self.is_possible(act, action) {
                continue;
            }
            let way = self.in_the_way_of(act, action);
            let judgement = self.overall_verdict(way);
            self.forget(way);
            if let Some(judgement) = judgement
                && judgement.verdict.worse_than(verdict)
                && (judgement.verdict != Verdict::Undetermined || judgement.may_be_prohibited)
            {
                worse.push((action, judgement.verdict));
            }
        }
        worse
    }

    /// Whether the act may have been done in this way: nothing says that a role which the way
    /// requires is not filled.
    fn is_possible(&mut self, act: &ActRecord, action: ActionId) -> bool {
        let session = self.session_at(act.at);
        let program = self.program();
        program.actions[action]
            .roles
            .iter()
            .filter(|own| own.role != Role::At && !own.optional)
            .all(|own| {
                let filled = act
                    .description
                    .roles
                    .iter()
                    .any(|&(role, _)| role == own.role);
                let closed = || {
                    program
                        .roles
                        .get(&(own.role, own.sort))
                        .is_some_and(|&relation| session.is_closed(relation, &[act.value]))
                };
                let had = program.actions[act.description.action]
                    .roles
                    .iter()
                    .any(|role| role.role == own.role);
                filled || !had || !closed()
            })
    }

    /// The same act, with all that the facts say of it, done in a more specific way.
    fn in_the_way_of(&mut self, act: &ActRecord, action: ActionId) -> Value {
        let description = ActDescription {
            action,
            ..act.description.clone()
        };
        let value = self.make_known(&description, act.at, false);
        let session = self.session_at(act.at);
        let program = self.program();
        for (relation, row) in program.relations.entries() {
            let said = match row.kind {
                RelationKind::Declared => row.document.is_none(),
                // The roles that the way adds are unknown, not absent.
                RelationKind::Role(role) => program.actions[act.description.action]
                    .roles
                    .iter()
                    .any(|own| own.role == role),
                _ => false,
            };
            if said {
                session.say_alike(relation, act.value, value);
            }
        }
        value
    }
}
