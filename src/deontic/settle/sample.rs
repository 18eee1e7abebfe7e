//! A look at some completions, one by one. Two that differ show that a verdict is open, and what
//! is in force in one and not in another, before any function of all norms together is made; a
//! random disjunction of many norms is just what decision diagrams are bad at.

use std::collections::BTreeSet;

use super::super::case::Effect;
use super::super::reading::Outcome;
use super::labels::Board;
use super::space::{Completion, Function, Space};

/// How many completions are looked at.
const SAMPLES: usize = 48;

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    outcomes: BTreeSet<Outcome>,
    /// For each instance whether it was in force somewhere, and somewhere not.
    in_force: Vec<(bool, bool)>,
}

impl Seen {
    /// Whether some completion came to this.
    pub(super) fn has(&self, outcome: Outcome) -> bool {
        self.outcomes.contains(&outcome)
    }

    /// Whether some completion was neither prohibited nor a conflict.
    pub(super) fn mild(&self) -> bool {
        self.outcomes.first() < Some(&Outcome::Prohibited) && !self.outcomes.is_empty()
    }

    /// Whether one was, and another was not.
    pub(super) fn is_undetermined(&self) -> bool {
        self.mild() && self.outcomes.last() >= Some(&Outcome::Prohibited)
    }

    /// Whether an instance was in force somewhere, and somewhere not.
    pub(super) fn is_open(&self, instance: usize) -> bool {
        self.in_force.get(instance) == Some(&(true, true))
    }
}

impl Board {
    /// Looks at some of the completions that there are.
    pub(super) fn sample(&self, space: &Space, possible: &Function) -> Seen {
        let mut seen = Seen {
            in_force: vec![(false, false); self.parts.applies.len()],
            ..Seen::default()
        };
        let mut number = 0;
        for _ in 0..SAMPLES {
            let completion = space.completion(&mut number);
            if completion.has(possible) {
                self.look(&completion, &mut seen);
            }
        }
        seen
    }

    fn look(&self, completion: &Completion, seen: &mut Seen) {
        let applies = self.parts.applies.iter();
        let applies: Vec<_> = applies.map(|applies| completion.has(applies)).collect();
        let (is_in, undefeated) = self.grounded(&applies);
        let barred = |(&(instance, fixed), required): (&(usize, bool), &super::parts::Required)| {
            fixed && is_in.get(instance) == Some(&true) && completion.has(&required.applies)
        };
        let mut prohibited = self.rows.iter().zip(&self.parts.required).any(barred);
        let (mut permitted, mut conflict) = (false, false);
        let labels = is_in.iter().zip(&undefeated);
        for (instance, (&is_in, &undefeated)) in self.case.instances.iter().zip(labels) {
            let bears = !matches!(instance.effect, Effect::Exempt | Effect::Other);
            prohibited |= is_in && instance.effect == Effect::Forbid;
            conflict |= bears && undefeated && !is_in;
            permitted |= is_in && matches!(instance.effect, Effect::Permit | Effect::Oblige);
        }
        let stands = |index: usize| undefeated.get(index) == Some(&true);
        let mut clashes = self.case.contradictions();
        conflict |= clashes.any(|(_, left, right)| stands(left) && stands(right));
        seen.outcomes.insert(if conflict {
            Outcome::Conflict
        } else if prohibited {
            Outcome::Prohibited
        } else if permitted {
            Outcome::Permitted
        } else {
            Outcome::Unregulated
        });
        for (seen, is_in) in seen.in_force.iter_mut().zip(is_in) {
            seen.0 |= is_in;
            seen.1 |= !is_in;
        }
    }

    /// Which instances are in, and which apply and are not out, where these apply.
    fn grounded(&self, applies: &[bool]) -> (Vec<bool>, Vec<bool>) {
        let (mut is_in, mut out) = (vec![false; applies.len()], vec![false; applies.len()]);
        let at = |list: &[bool], index: usize| list.get(index).copied().unwrap_or(false);
        loop {
            let before = (is_in.clone(), out.clone());
            for (w, own) in applies.iter().enumerate() {
                let mut beaters = self.case.beats.iter().filter(|beat| beat.loser == w);
                let stands = beaters
                    .clone()
                    .all(|beat| !at(applies, beat.winner) || at(&before.1, beat.winner));
                let falls = beaters.any(|beat| at(&before.0, beat.winner));
                if let (Some(is_in), Some(out)) = (is_in.get_mut(w), out.get_mut(w)) {
                    (*is_in, *out) = (*own && stands, *own && falls);
                }
            }
            if before == (is_in.clone(), out.clone()) {
                break;
            }
        }
        let undefeated = applies.iter().zip(&out).map(|(own, out)| *own && !out);
        (is_in, undefeated.collect())
    }
}
