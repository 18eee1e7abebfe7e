//! When a norm that may be in force is: supposed that one of the ways which are told holds, it is
//! in force in every completion; supposed that each of them fails in one atom, in none.

use std::collections::BTreeMap;

use crate::program::Value;

use super::checker::Checker;
use super::evaluate::OpenAtom;
use super::fault::Wrong;
use super::graph::{At, InForceIf, NormNode};
use super::judge::Instance;
use super::ruling::{Ruling, Status};
use super::settle::{Fared, status_where};

/// How many suppositions are tried for one norm.
const SUPPOSED: usize = 32;

/// Open atoms that hold, or do not.
type Way = BTreeMap<OpenAtom, bool>;

impl Checker<'_> {
    /// That an instance is in force exactly where it is said to be.
    pub(super) fn in_force_if(
        &mut self,
        at: At,
        node: &NormNode,
        instance: &Instance,
        ruling: &Ruling,
    ) {
        let Some(told) = &node.in_force_if else {
            return;
        };
        let Some(ways) = self.told_ways(told) else {
            self.fault(at, Wrong::NotUnknown);
            return;
        };
        let Some(failing) = failing(&ways) else {
            self.trust("in-force-if", at);
            return;
        };
        let due = [(ways, Status::In), (failing, Status::Out)];
        let act = self.act.clone();
        for (supposed, due) in due {
            for way in supposed {
                match status_where(&mut self.judge, &act, ruling, &way, instance) {
                    Fared::Untold => self.trust("in-force-if", at),
                    Fared::Impossible => {}
                    Fared::As(found) => {
                        self.hold(at, "in-force-if", found.word(), due.word());
                    }
                }
            }
        }
    }

    /// The ways by values; none where one speaks of something that is no open atom.
    fn told_ways(&self, told: &InForceIf) -> Option<Vec<Way>> {
        let ways = told.ways.iter().map(|way| {
            let atoms = way.iter().map(|literal| {
                let claims = self.names().resolved(&literal.atom);
                let mut open = claims.into_iter().filter(|(relation, _)| {
                    let row = &self.program.relations[*relation];
                    row.open && row.declared == *relation
                });
                let (relation, values) = open.next()?;
                let values = values.into_iter();
                let tuple = values
                    .map(|value| value.unwrap_or(Value::UNKNOWN))
                    .collect();
                Some(((relation, tuple), literal.holds))
            });
            atoms.collect::<Option<Way>>()
        });
        ways.collect()
    }
}

/// Where each of the ways fails in one atom; none where there are too many.
fn failing(ways: &[Way]) -> Option<Vec<Way>> {
    let mut all = vec![Way::new()];
    for way in ways {
        let mut next = Vec::new();
        for before in &all {
            if way
                .iter()
                .any(|(atom, holds)| before.get(atom) == Some(&!holds))
            {
                next.push(before.clone());
                continue;
            }
            for (atom, holds) in way.iter().filter(|(atom, _)| !before.contains_key(*atom)) {
                let mut one = before.clone();
                one.insert(atom.clone(), !holds);
                next.push(one);
            }
        }
        next.sort();
        next.dedup();
        if next.len() > SUPPOSED {
            return None;
        }
        all = next;
    }
    Some(all)
}
