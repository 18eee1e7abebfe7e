//! Whether a condition is required in some completion: one that is in none is not shown.

use std::collections::BTreeMap;

use crate::program::ActRecord;

use super::evaluate::OpenAtom;
use super::judge::Judge;
use super::requirement::Requirement;
use super::ruling::{Ruling, Status};
use super::settle::{Search, TRIES, Wanted};

/// Looks for a completion in which a condition is required.
struct Seeking<'s> {
    search: Search,
    ruling: &'s Ruling,
    requirement: &'s Requirement,
    tries: usize,
}

/// Whether a condition of a ruling is required in some completion; none where that could not be
/// worked out.
pub(super) fn is_required(
    judge: &mut Judge<'_>,
    act: &ActRecord,
    ruling: &Ruling,
    requirement: &Requirement,
) -> Option<bool> {
    let wanted = Wanted {
        statuses: false,
        two_are_enough: false,
    };
    let mut seeking = Seeking {
        search: Search::new(ruling, wanted),
        ruling,
        requirement,
        tries: 0,
    };
    let found = seeking.seek(judge, act, &BTreeMap::new());
    judge.suppose(&BTreeMap::new());
    found
}

impl Seeking<'_> {
    fn seek(
        &mut self,
        judge: &mut Judge<'_>,
        act: &ActRecord,
        decided: &BTreeMap<OpenAtom, bool>,
    ) -> Option<bool> {
        self.tries += 1;
        if self.tries > TRIES {
            return None;
        }
        judge.suppose(decided);
        if judge.is_impossible(decided) {
            return Some(false);
        }
        let instances = self.search.instances(judge, act);
        let ruling = judge.rule_by(act, instances);
        let Some((status, certain)) = self.stands(&ruling) else {
            return Some(false);
        };
        match (status, certain) {
            (Status::Out, _) => return Some(false),
            (Status::In, true) => return Some(true),
            _ => {}
        }
        let atom = judge.home.unknown.first().cloned()?;
        let mut told = true;
        for holds in [true, false] {
            let mut decided = decided.clone();
            decided.insert(atom.clone(), holds);
            match self.seek(judge, act, &decided) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => told = false,
            }
        }
        told.then_some(false)
    }

    /// How the instance of the condition fares, and whether the condition is certainly stated;
    /// none where nothing states it any more.
    fn stands(&self, ruling: &Ruling) -> Option<(Status, bool)> {
        let own = self.ruling.instances.get(self.requirement.instance)?;
        let mut instances = ruling.instances.iter();
        let index = instances.position(|it| (it.norm, &it.per) == (own.norm, &own.per))?;
        let mut stated = ruling
            .requirements
            .iter()
            .filter(|it| it.instance == index && it.asks_for(&self.requirement.alternatives));
        let first = stated.next()?;
        let certain = first.certain || stated.any(|it| it.certain);
        Some((*ruling.statuses.get(index)?, certain))
    }
}
