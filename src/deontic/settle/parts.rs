//! Where the instances of an act apply, and what they require, as functions.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::engine::Truth;
use crate::program::{NormId, Value, VariableId};

use super::super::conditions::Requirement;
use super::super::instances::Instance;
use super::super::labelled::Labelled;
use super::super::verdict::{Standing, Substitution, value_of};
use super::formulas::{Formulas, World};
use super::labels::Board;
use super::space::{Beyond, Function};

/// A condition.
#[derive(Clone, Debug)]
pub(super) struct Required {
    /// Where it is required; and, once labels are known, its norm is in force too.
    pub(super) applies: Function,
    /// Where what it requires holds.
    pub(super) holds: Function,
}

/// Where the instances of an act apply, and what they require.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// In the order of the instances.
    pub(super) applies: Vec<Function>,
    /// In the order of the conditions.
    pub(super) required: Vec<Required>,
}

impl Parts {
    /// The parts of `some`, whose instances and conditions are among those of `all`, of which
    /// these are. Conditions that are not are struck off.
    pub(super) fn of(&self, some: &mut Labelled, all: &Labelled) -> Self {
        let same = |a: &Instance, b: &Instance| a.norm == b.norm && a.per == b.per;
        let mut parts = Self::default();
        for own in &some.instances {
            let mut known = all.instances.iter().zip(&self.applies);
            let found = known.find(|(other, _)| same(other, own));
            parts
                .applies
                .extend(found.map(|(_, applies)| applies.clone()));
        }
        let instances = &some.instances;
        some.requirements.retain(|own| {
            let mut known = all.requirements.iter().zip(&self.required);
            let found = known.find(|(other, _)| {
                let pair = instances
                    .get(own.standing.instance)
                    .zip(all.instances.get(other.standing.instance));
                other.standing.body == own.standing.body
                    && other.standing.bound == own.standing.bound
                    && pair.is_some_and(|(a, b)| same(a, b))
            });
            parts
                .required
                .extend(found.map(|(_, required)| required.clone()));
            found.is_some()
        });
        parts
    }
}

/// The solutions of a norm's bodies: which body, under which values, and where it holds.
pub(super) type Solutions = BTreeMap<NormId, Vec<(usize, Substitution, Function)>>;

impl<'p> Formulas<'_, 'p> {
    /// Where labelled instances apply, and what they require.
    pub(super) fn parts(&mut self, world: &World<'p>, found: &Labelled) -> Result<Parts, Beyond> {
        let mut known = Solutions::new();
        let mut parts = Parts::default();
        for instance in &found.instances {
            let applies = self.applies(world, instance, &mut known)?;
            parts.applies.push(applies);
        }
        for requirement in &found.requirements {
            let required = self.required(world, requirement, found, &mut known)?;
            parts.required.push(required);
        }
        Ok(parts)
    }

    /// What the labels of labelled instances are worked out from.
    pub(super) fn board(&self, found: &Labelled, parts: Parts) -> Board {
        let rows = found.requirements.iter();
        Board {
            case: self.judge.case(found),
            rows: rows
                .map(|row| (row.standing.instance, row.standing.fixed))
                .collect(),
            parts,
        }
    }

    /// Where an instance applies.
    fn applies(
        &mut self,
        world: &World<'p>,
        instance: &Instance,
        known: &mut Solutions,
    ) -> Result<Function, Beyond> {
        if instance.truth == Truth::Certain {
            return Ok(self.space.constant(true));
        }
        self.any_of(world, instance, known, &|_, _| true)
    }

    /// Where a condition is required, if its norm is in force, and where it is met.
    fn required(
        &mut self,
        world: &World<'p>,
        requirement: &Requirement,
        found: &Labelled,
        known: &mut Solutions,
    ) -> Result<Required, Beyond> {
        let program = self.judge.program();
        let nowhere = self.space.constant(false);
        let mut required = Required {
            applies: self.space.constant(requirement.certain),
            holds: self
                .space
                .constant(requirement.standing.standing == Standing::Met),
        };
        let Some(instance) = found.instances.get(requirement.standing.instance) else {
            required.applies = nowhere;
            return Ok(required);
        };
        let norm = &program.norms[instance.norm];
        let (Some(body), Some(condition)) =
            (norm.bodies.get(requirement.standing.body), &norm.condition)
        else {
            return Ok(required);
        };
        if !requirement.certain {
            required.applies = self.any_of(world, instance, known, &|index, values| {
                index == requirement.standing.body
                    && values_of(&body.bound, values)
                        == values_of(&body.bound, &requirement.standing.bound)
            })?;
        }
        if requirement.standing.standing == Standing::Unknown {
            let alternatives = condition.alternatives.get(requirement.standing.body);
            for one in alternatives.into_iter().flatten() {
                let conjunction = (one.literals.as_slice(), one.late.as_slice());
                let holds = self.exists(
                    world,
                    &body.variables,
                    conjunction,
                    &requirement.standing.bound,
                )?;
                required.holds = self.space.or(&required.holds, &holds.function)?;
            }
        }
        Ok(required)
    }

    /// Where some solution of an instance holds that is wanted.
    fn any_of(
        &mut self,
        world: &World<'p>,
        instance: &Instance,
        known: &mut Solutions,
        wanted: &dyn Fn(usize, &Substitution) -> bool,
    ) -> Result<Function, Beyond> {
        let program = self.judge.program();
        let solutions = match known.entry(instance.norm) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(self.solutions_of(world, instance.norm)?),
        };
        let bodies = &program.norms[instance.norm].bodies;
        let mut any = self.space.constant(false);
        for (index, values, function) in solutions {
            let per = bodies.get(*index).map(|body| values_of(&body.per, values));
            let own = instance.per.iter().copied().map(Some).collect();
            if per == Some(own) && wanted(*index, values) {
                any = self.space.or(&any, function)?;
            }
        }
        Ok(any)
    }

    fn solutions_of(
        &mut self,
        world: &World<'p>,
        norm: NormId,
    ) -> Result<Vec<(usize, Substitution, Function)>, Beyond> {
        let program = self.judge.program();
        let mut found = Vec::new();
        for (index, body) in program.norms[norm].bodies.iter().enumerate() {
            let (session, act) = (&world.session, &world.act);
            let solutions = self
                .judge
                .solutions_of_body(session, act, (norm, index), body, false);
            for (values, truth) in solutions {
                let conjunction = (body.literals.as_slice(), body.late.as_slice());
                let function =
                    self.solution(world, &body.variables, conjunction, (&values, truth))?;
                found.push((index, values, function));
            }
        }
        Ok(found)
    }
}

/// The values of some variables; a number that nobody stated is one value.
fn values_of(variables: &[VariableId], values: &Substitution) -> Vec<Option<Value>> {
    let value = |&variable: &VariableId| value_of(values, variable);
    variables.iter().map(value).collect()
}
