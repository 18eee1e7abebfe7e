//! What the instances of an act come to in each completion: where each is in force (grounded
//! labels), and where they clash, forbid and permit.

use std::collections::BTreeSet;

use super::super::case::{Case, Effect};
use super::parts::{Parts, Required};
use super::space::{Beyond, Function, Space};

/// What labels are worked out from.
#[derive(Clone, Debug)]
pub(super) struct Board {
    pub(super) case: Case,
    pub(super) parts: Parts,
    /// For each condition its instance, and whether only facts that nobody can change fail it.
    pub(super) rows: Vec<(usize, bool)>,
}

/// What instances come to. What holds where one of several does is kept apart: put together
/// they are large, and are seldom needed so.
#[derive(Clone, Debug)]
pub(super) struct Outcomes {
    pub(super) labels: Labels,
    /// The conditions, in their order, each where its norm is in force.
    pub(super) required: Vec<Required>,
    pub(super) conflicts: Vec<Function>,
    pub(super) forbids: Vec<Function>,
    pub(super) permits: Vec<Function>,
}

/// Where each instance is in, and where it applies and is neither in nor out.
#[derive(Clone, Debug)]
pub(super) struct Labels {
    pub(super) is_in: Vec<Function>,
    pub(super) undecided: Vec<Function>,
}

impl Board {
    /// What the instances come to.
    pub(super) fn outcomes(&self, space: &mut Space) -> Result<Outcomes, Beyond> {
        let all: BTreeSet<_> = (0..self.parts.applies.len()).collect();
        let labels = self.labels(space, &all)?;
        let required = self.required(space, &labels)?;
        let mut outcomes = Outcomes {
            conflicts: Vec::new(),
            forbids: Vec::new(),
            permits: Vec::new(),
            labels,
            required,
        };
        for ((_, fixed), required) in self.rows.iter().zip(&outcomes.required) {
            if *fixed {
                outcomes.forbids.push(required.applies.clone());
            }
        }
        outcomes.add_effects(space, &self.case)?;
        Ok(outcomes)
    }

    /// The conditions, each where its norm is in force too.
    pub(super) fn required(
        &self,
        space: &mut Space,
        labels: &Labels,
    ) -> Result<Vec<Required>, Beyond> {
        let mut all = self.parts.required.clone();
        for ((instance, _), required) in self.rows.iter().zip(&mut all) {
            if let Some(is_in) = labels.is_in.get(*instance) {
                required.applies = space.and(&required.applies, is_in)?;
            }
        }
        Ok(all)
    }

    /// The least labels such that an instance is in where it applies and each that beats it does
    /// not apply or is out, and out where one that beats it is in: of those `wanted`, and of
    /// what they hang on.
    pub(super) fn labels(
        &self,
        space: &mut Space,
        wanted: &BTreeSet<usize>,
    ) -> Result<Labels, Beyond> {
        let applies = &self.parts.applies;
        let wanted = self.with_beaters(wanted);
        let nowhere = space.constant(false);
        let mut is_in = vec![nowhere.clone(); applies.len()];
        let mut out = vec![nowhere.clone(); applies.len()];
        let mut changed = true;
        while changed {
            changed = false;
            for (w, own) in applies
                .iter()
                .enumerate()
                .filter(|(w, _)| wanted.contains(w))
            {
                let (stands, falls) = self.label(space, (w, own), &is_in, &out)?;
                if let (Some(is_in), Some(out)) = (is_in.get_mut(w), out.get_mut(w)) {
                    changed |= *is_in != stands || *out != falls;
                    (*is_in, *out) = (stands, falls);
                }
            }
        }
        let mut undecided = vec![nowhere; applies.len()];
        for (w, slot) in undecided
            .iter_mut()
            .enumerate()
            .filter(|(w, _)| wanted.contains(w))
        {
            if let (Some(own), Some(is_in), Some(out)) = (applies.get(w), is_in.get(w), out.get(w))
            {
                let rest = space.and_not(own, is_in)?;
                *slot = space.and_not(&rest, out)?;
            }
        }
        Ok(Labels { is_in, undecided })
    }

    /// Where an instance is in and where it is out, given what is known of others so far.
    fn label(
        &self,
        space: &mut Space,
        (w, own): (usize, &Function),
        is_in: &[Function],
        out: &[Function],
    ) -> Result<(Function, Function), Beyond> {
        let (mut stands, mut falls) = (own.clone(), space.constant(false));
        for beat in self.case.beats.iter().filter(|beat| beat.loser == w) {
            let s = beat.winner;
            let there = self.parts.applies.get(s);
            if let (Some(there), Some(s_in), Some(s_out)) = (there, is_in.get(s), out.get(s)) {
                let in_the_way = space.and_not(there, s_out)?;
                stands = space.and_not(&stands, &in_the_way)?;
                let falls_to = space.and(own, s_in)?;
                falls = space.or(&falls, &falls_to)?;
            }
        }
        Ok((stands, falls))
    }

    /// These instances with all that beat them, and what beats those.
    fn with_beaters(&self, wanted: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut found = wanted.clone();
        let mut waiting: Vec<_> = wanted.iter().copied().collect();
        while let Some(w) = waiting.pop() {
            for beat in self.case.beats.iter().filter(|beat| beat.loser == w) {
                if found.insert(beat.winner) {
                    waiting.push(beat.winner);
                }
            }
        }
        found
    }
}

impl Outcomes {
    /// What the norms in force make hold, each by itself.
    fn add_effects(&mut self, space: &mut Space, case: &Case) -> Result<(), Beyond> {
        let Labels { is_in, undecided } = &self.labels;
        let labels = is_in.iter().zip(undecided);
        for (instance, (is_in, undecided)) in case.instances.iter().zip(labels) {
            match instance.effect {
                Effect::Forbid => self.forbids.push(is_in.clone()),
                Effect::Permit | Effect::Oblige => self.permits.push(is_in.clone()),
                Effect::Require => {}
                Effect::Exempt | Effect::Other => continue,
            }
            self.conflicts.push(undecided.clone());
        }
        for (_, left, right) in case.contradictions() {
            let mut both = space.constant(true);
            for index in [left, right] {
                if let (Some(is_in), Some(undecided)) = (is_in.get(index), undecided.get(index)) {
                    let undefeated = space.or(is_in, undecided)?;
                    both = space.and(&both, &undefeated)?;
                }
            }
            self.conflicts.push(both);
        }
        for list in [&mut self.conflicts, &mut self.forbids, &mut self.permits] {
            list.retain(|function| !function.is_false());
            list.sort_by_key(Function::size);
        }
        Ok(())
    }

    /// Where it is prohibited or a conflict, and where it is permitted but for that.
    pub(super) fn united(&self, space: &mut Space) -> Result<(Function, Function), Beyond> {
        let mut prohibited = space.constant(false);
        for function in self.forbids.iter().chain(&self.conflicts) {
            prohibited = space.or(&prohibited, function)?;
        }
        let mut permitted = space.constant(false);
        for function in &self.permits {
            permitted = space.or(&permitted, function)?;
        }
        Ok((prohibited, permitted))
    }
}
