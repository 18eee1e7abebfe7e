//! What cannot be: what a `never` excludes, and what rules conclude against facts or each other.

use crate::base::Span;
use crate::program::{Never, RelationId, RelationKind, Value};

use super::frame::Frame;
use super::judge::Judge;
use super::truth::Truth;

/// Something that follows and cannot be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Impossible {
    /// What the `never` at this place excludes.
    Never(Span),
    /// That the atom holds and does not hold.
    Contradiction(String),
}

impl<'a> Judge<'a> {
    /// Something that follows at the moment of the act explained and cannot be.
    pub(super) fn impossible(&mut self) -> Option<Impossible> {
        let program = self.program;
        let mut nevers = program.nevers.iter();
        if let Some(never) = nevers.find(|never| self.is_violated(never)) {
            return Some(Impossible::Never(never.span));
        }
        let relation = program
            .relations
            .ids()
            .find_map(|relation| Some((relation, self.contradicted(relation)?)));
        let (relation, tuple) = relation?;
        let pattern: Vec<_> = tuple.into_iter().map(Some).collect();
        let atom = self.home.world.written(relation, &pattern);
        Some(Impossible::Contradiction(atom))
    }

    /// Whether something certainly follows that a `never` excludes.
    pub(super) fn is_violated(&mut self, never: &'a Never) -> bool {
        let frame = Frame::new(&never.variables);
        let mut alternatives = never.alternatives.iter();
        alternatives.any(|body| self.home.best(&never.variables, body, &frame) == Truth::Certain)
    }

    /// A tuple that certainly follows, though facts deny it, a list that is the whole row leaves
    /// it out, or rules conclude that it does not hold.
    fn contradicted(&mut self, relation: RelationId) -> Option<Vec<Value>> {
        let row = &self.program.relations[relation];
        if row.kind == RelationKind::Declared && !self.home.world.rules_of(relation).is_empty() {
            let input = self.case.facts.input(relation);
            let keys = input.denied.iter().chain(input.closed.iter());
            for (key, _) in keys {
                let mut pattern: Vec<_> = key.iter().copied().map(Some).collect();
                pattern.resize(row.arity(), None);
                let is_denied = |judge: &Self, tuple: &[Value]| {
                    let world = &judge.home.world;
                    let is_left_out =
                        world.closes(relation, tuple) && !world.states(relation, tuple);
                    world.denies(relation, tuple) || is_left_out
                };
                let mut found = self.certain(relation, &pattern);
                found.retain(|tuple| is_denied(self, tuple));
                if let Some(tuple) = found.pop() {
                    return Some(tuple);
                }
            }
        }
        let negation = row.negation?;
        let denied = self.certain(negation, &vec![None; row.arity()]);
        denied.into_iter().find(|tuple| {
            let pattern: Vec<_> = tuple.iter().copied().map(Some).collect();
            self.certain(relation, &pattern).contains(tuple)
        })
    }

    fn certain(&mut self, relation: RelationId, pattern: &[Option<Value>]) -> Vec<Vec<Value>> {
        let answers = self.home.answers(relation, pattern);
        let certain = answers
            .iter()
            .filter(|&(_, &truth)| truth == Truth::Certain);
        certain.map(|(tuple, _)| tuple.clone()).collect()
    }
}
