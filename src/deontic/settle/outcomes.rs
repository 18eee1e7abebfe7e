//! What the instances of an act come to in each completion: where each applies, where it is in
//! force (grounded labels), and where they clash, forbid and permit.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::engine::Truth;
use crate::program::{NormId, Value, VariableId};

use super::super::case::{Case, Effect};
use super::super::conditions::Requirement;
use super::super::instances::Instance;
use super::super::labelled::Labelled;
use super::super::verdict::{Standing, Substitution, value_of};
use super::formulas::{Formulas, World};
use super::space::{Beyond, Function, Space};

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
                other.body == own.body
                    && other.bound == own.bound
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

/// What instances come to.
#[derive(Clone, Debug)]
pub(super) struct Outcomes {
    /// Where each instance is in force.
    pub(super) is_in: Vec<Function>,
    /// Where each is on a circle or behind one.
    pub(super) undecided: Vec<Function>,
    /// The conditions, in their order.
    pub(super) required: Vec<Required>,
    pub(super) conflict: Function,
    pub(super) forbid: Function,
    pub(super) permit: Function,
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

    /// What labelled instances come to.
    pub(super) fn outcomes(&mut self, found: &Labelled, parts: &Parts) -> Result<Outcomes, Beyond> {
        let case = self.judge.case(found);
        let space = &mut self.space;
        let (is_in, undecided) = grounded(space, &case, &parts.applies)?;
        let mut all = Outcomes {
            conflict: space.constant(false),
            forbid: space.constant(false),
            permit: space.constant(false),
            is_in,
            undecided,
            required: parts.required.clone(),
        };
        for (row, required) in found.requirements.iter().zip(&mut all.required) {
            if let Some(is_in) = all.is_in.get(row.standing.instance) {
                required.applies = space.and(&required.applies, is_in)?;
            }
            if row.standing.fixed {
                all.forbid = space.or(&all.forbid, &required.applies)?;
            }
        }
        all.add_effects(space, &case)?;
        Ok(all)
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
        let (Some(body), Some(condition)) = (norm.bodies.get(requirement.body), &norm.condition)
        else {
            return Ok(required);
        };
        if !requirement.certain {
            required.applies = self.any_of(world, instance, known, &|index, values| {
                index == requirement.body
                    && values_of(&body.bound, values) == values_of(&body.bound, &requirement.bound)
            })?;
        }
        if requirement.standing.standing == Standing::Unknown {
            let alternatives = condition.alternatives.get(requirement.body);
            for one in alternatives.into_iter().flatten() {
                let conjunction = (one.literals.as_slice(), one.late.as_slice());
                let holds = self.exists(world, &body.variables, conjunction, &requirement.bound)?;
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

impl Outcomes {
    /// What the norms in force make hold, each effect by itself.
    fn add_effects(&mut self, space: &mut Space, case: &Case) -> Result<(), Beyond> {
        let labels = self.is_in.iter().zip(&self.undecided);
        for (instance, (is_in, undecided)) in case.instances.iter().zip(labels) {
            match instance.effect {
                Effect::Forbid => self.forbid = space.or(&self.forbid, is_in)?,
                Effect::Permit | Effect::Oblige => self.permit = space.or(&self.permit, is_in)?,
                Effect::Require => {}
                Effect::Exempt | Effect::Other => continue,
            }
            self.conflict = space.or(&self.conflict, undecided)?;
        }
        for (_, left, right) in case.contradictions() {
            let mut both = space.constant(true);
            for index in [left, right] {
                if let (Some(is_in), Some(undecided)) =
                    (self.is_in.get(index), self.undecided.get(index))
                {
                    let undefeated = space.or(is_in, undecided)?;
                    both = space.and(&both, &undefeated)?;
                }
            }
            self.conflict = space.or(&self.conflict, &both)?;
        }
        Ok(())
    }
}

/// Where each instance is in, and where it is neither in nor out though it applies: the least
/// labels such that an instance is in where it applies and each that beats it does not apply or
/// is out, and out where one that beats it is in.
fn grounded(
    space: &mut Space,
    case: &Case,
    applies: &[Function],
) -> Result<(Vec<Function>, Vec<Function>), Beyond> {
    let nowhere = space.constant(false);
    let mut is_in = vec![nowhere.clone(); applies.len()];
    let mut out = vec![nowhere; applies.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for (w, own) in applies.iter().enumerate() {
            let (mut stands, mut falls) = (own.clone(), space.constant(false));
            for beat in case.beats.iter().filter(|beat| beat.loser == w) {
                let s = beat.winner;
                if let (Some(there), Some(s_in), Some(s_out)) =
                    (applies.get(s), is_in.get(s), out.get(s))
                {
                    let in_the_way = space.and_not(there, s_out)?;
                    stands = space.and_not(&stands, &in_the_way)?;
                    let falls_to = space.and(own, s_in)?;
                    falls = space.or(&falls, &falls_to)?;
                }
            }
            if let (Some(is_in), Some(out)) = (is_in.get_mut(w), out.get_mut(w)) {
                changed |= *is_in != stands || *out != falls;
                (*is_in, *out) = (stands, falls);
            }
        }
    }
    let mut undecided = Vec::new();
    for ((own, is_in), out) in applies.iter().zip(&is_in).zip(&out) {
        let rest = space.and_not(own, is_in)?;
        undecided.push(space.and_not(&rest, out)?);
    }
    Ok((is_in, undecided))
}
