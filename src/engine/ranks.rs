//! When the tuples of a recursive component were found: all certain ones before any maybe one,
//! then round by round. A proof goes down in rank, so it ends.

use std::collections::BTreeMap;

use crate::program::{Atom, ComponentId, RelationId, Universe, Value};

use super::frame::Frame;
use super::index::all_columns;
use super::instance::{Instance, Named, Premise};
use super::provenance::{asserted, of_rule};
use super::relation::Extension;
use super::session::Session;
use super::truth::Truth;
use super::tuple::Tuple;

/// Whether a tuple is maybe, and the round in which it was found.
pub(crate) type Rank = (bool, usize);

type Ground = (RelationId, Vec<Value>);

/// The rounds in which tuples of a component were found.
pub(crate) struct Ranks<'s> {
    session: &'s Session<'s>,
    component: ComponentId,
    recursive: bool,
    /// Rounds that were worked out here, where an act that nobody recorded is involved.
    own: Option<BTreeMap<Ground, (Truth, usize)>>,
}

impl<'s> Ranks<'s> {
    pub(crate) fn new(
        session: &'s Session<'_>,
        universe: &Universe,
        relation: RelationId,
        tuple: &[Value],
    ) -> Self {
        let strata = &session.program().strata;
        let component = strata.component_of[relation];
        let recursive = strata.components[component].recursive;
        let bound = all_columns(tuple.len());
        let unrecorded = session.acts_given(relation, bound, tuple) == Some(true);
        let own = (recursive && unrecorded)
            .then(|| own_rounds(session, universe, component, (relation, tuple.to_vec())));
        Self {
            session,
            component,
            recursive,
            own,
        }
    }

    /// The literals of the component.
    pub(crate) fn own_atoms<'n>(&self, named: &'n Named) -> Vec<&'n Atom> {
        let strata = &self.session.program().strata;
        let is_own = |atom: &&Atom| strata.component_of[atom.relation] == self.component;
        named.atoms().filter(is_own).collect()
    }

    /// Whether the tuples of `own` in a solution were found before one of `rank`.
    pub(crate) fn allow(&self, rank: Option<Rank>, own: &[&Atom], solution: &Frame) -> bool {
        own.iter().all(|atom| {
            let tuple = Tuple::of(&atom.terms, |variable| solution.value(variable));
            self.is_before(rank, atom.relation, &tuple)
        })
    }

    /// The same of an instance.
    pub(crate) fn allow_all(&self, rank: Option<Rank>, instance: &Instance) -> bool {
        let strata = &self.session.program().strata;
        instance.premises.iter().all(|premise| {
            let Premise { relation, tuple } = premise;
            strata.component_of[*relation] != self.component
                || self.is_before(rank, *relation, tuple)
        })
    }

    fn is_before(&self, rank: Option<Rank>, relation: RelationId, tuple: &[Value]) -> bool {
        // What nobody stated of an open relation rests on nothing.
        let stored = self.rank(relation, tuple);
        stored.is_none() || stored < rank
    }

    /// The rank of a tuple of the component; none where that is not recursive, and so has no
    /// rounds, or where nothing concludes the tuple.
    pub(crate) fn rank(&self, relation: RelationId, tuple: &[Value]) -> Option<Rank> {
        if !self.recursive {
            return None;
        }
        match &self.own {
            Some(own) => {
                let (truth, round) = own.get(&(relation, tuple.to_vec()))?;
                Some((*truth == Truth::Maybe, *round))
            }
            None => self.session.rank(relation, tuple),
        }
    }
}

/// The rounds in which `start` and what it rests on would be found, had all acts been recorded.
fn own_rounds(
    session: &Session<'_>,
    universe: &Universe,
    component: ComponentId,
    start: Ground,
) -> BTreeMap<Ground, (Truth, usize)> {
    let strata = &session.program().strata;
    let mut bodies: BTreeMap<Ground, Vec<Instance>> = BTreeMap::new();
    let mut rounds = BTreeMap::new();
    let mut waiting = vec![start];
    while let Some((relation, tuple)) = waiting.pop() {
        if bodies.contains_key(&(relation, tuple.clone())) {
            continue;
        }
        if asserted(session, relation, &tuple).is_some() {
            rounds.insert((relation, tuple.clone()), (Truth::Certain, 0));
        }
        let rules = session.database.rules(relation).iter();
        let found: Vec<_> = rules
            .flat_map(|&rule| of_rule(session, universe, rule, &tuple))
            .collect();
        for premise in found.iter().flat_map(|instance| &instance.premises) {
            if strata.component_of[premise.relation] == component {
                waiting.push((premise.relation, premise.tuple.clone()));
            }
        }
        bodies.insert((relation, tuple), found);
    }
    for truth in [Truth::Certain, Truth::Maybe] {
        add_rounds(session, component, &bodies, truth, &mut rounds);
    }
    rounds
}

fn add_rounds(
    session: &Session<'_>,
    component: ComponentId,
    bodies: &BTreeMap<Ground, Vec<Instance>>,
    truth: Truth,
    rounds: &mut BTreeMap<Ground, (Truth, usize)>,
) {
    let program = session.program();
    for round in 1.. {
        let follows = |instance: &Instance| {
            instance.truth >= truth
                && instance.premises.iter().all(|premise| {
                    let Premise { relation, tuple } = premise;
                    let unstated = || {
                        program.relations[*relation].open
                            && session.truth(*relation, tuple) == Truth::Maybe
                    };
                    program.strata.component_of[*relation] != component
                        || rounds.contains_key(&(*relation, tuple.clone()))
                        || unstated()
                })
        };
        let new: Vec<_> = bodies
            .iter()
            .filter(|(ground, found)| {
                let stored = truth == Truth::Certain || !program.relations[ground.0].open;
                stored && !rounds.contains_key(*ground) && found.iter().any(follows)
            })
            .map(|(ground, _)| ground.clone())
            .collect();
        if new.is_empty() {
            return;
        }
        rounds.extend(new.into_iter().map(|ground| (ground, (truth, round))));
    }
}

impl Extension {
    /// The rank of a tuple that is stored.
    pub(crate) fn rank(&self, tuple: &[Value]) -> Option<Rank> {
        self.find(tuple).map(|row| self.rank_of(row))
    }

    /// The rank of the tuple of `row`.
    pub(crate) fn rank_of(&self, row: usize) -> Rank {
        (self.row_truth(row) == Truth::Maybe, self.round(row))
    }
}

impl Session<'_> {
    fn rank(&self, relation: RelationId, tuple: &[Value]) -> Option<Rank> {
        if self.overlay[relation] {
            self.of_component(relation).rank(tuple)
        } else {
            self.database.extension(relation)?.rank(tuple)
        }
    }
}
