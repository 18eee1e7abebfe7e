//! Conditions over all completions: whether one is required in some (one that is in none is not
//! shown), and whether it holds in all or in none.

use std::collections::BTreeMap;

use crate::program::ActRecord;

use super::evaluate::OpenAtom;
use super::judge::Judge;
use super::requirement::Requirement;
use super::ruling::{Ruling, Status, verdict};
use super::settle::{Search, TRIES, Wanted};
use super::truth::Truth;

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
            .filter(|it| it.instance == index && it.alternatives == self.requirement.alternatives);
        let first = stated.next()?;
        let certain = first.certain || stated.any(|it| it.certain);
        Some((*ruling.statuses.get(index)?, certain))
    }
}

/// Works out of conditions that may hold whether they do in all completions, or in none.
pub(super) fn settle_conditions(judge: &mut Judge<'_>, act: &ActRecord, ruling: &mut Ruling) {
    for requirement in &mut ruling.requirements {
        if requirement.met == Truth::Maybe
            && let Some(met) = met_in_all(judge, act, requirement)
        {
            requirement.met = met;
        }
    }
    ruling.verdict = verdict(ruling);
}

/// How surely a condition holds over all completions; none where that could not be worked out.
fn met_in_all(judge: &mut Judge<'_>, act: &ActRecord, requirement: &Requirement) -> Option<Truth> {
    let mut meeting = Meeting {
        requirement,
        holds: false,
        fails: false,
        tries: 0,
    };
    let whole = meeting.seek(judge, act, &BTreeMap::new());
    judge.suppose(&BTreeMap::new());
    match (meeting.holds, meeting.fails) {
        (true, true) => Some(Truth::Maybe),
        _ if !whole => None,
        (true, false) => Some(Truth::Certain),
        (false, true) => Some(Truth::False),
        (false, false) => None,
    }
}

/// Looks for completions in which a condition holds, and in which it fails.
struct Meeting<'s> {
    requirement: &'s Requirement,
    holds: bool,
    fails: bool,
    tries: usize,
}

impl Meeting<'_> {
    /// Whether all completions in which these atoms are so were looked at, as far as it matters.
    fn seek(
        &mut self,
        judge: &mut Judge<'_>,
        act: &ActRecord,
        decided: &BTreeMap<OpenAtom, bool>,
    ) -> bool {
        self.tries += 1;
        if self.holds && self.fails {
            return true;
        }
        if self.tries > TRIES {
            return false;
        }
        judge.suppose(decided);
        if judge.is_impossible(decided) {
            return true;
        }
        judge.home.forget();
        match judge.met(act, self.requirement) {
            Truth::Certain => self.holds = true,
            Truth::False => self.fails = true,
            Truth::Maybe => {
                let Some(atom) = judge.home.unknown.first().cloned() else {
                    return false;
                };
                return [true, false].into_iter().all(|holds| {
                    let mut decided = decided.clone();
                    decided.insert(atom.clone(), holds);
                    self.seek(judge, act, &decided)
                });
            }
        }
        true
    }
}
