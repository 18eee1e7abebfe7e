//! What a verdict needs: norms one of which has to stand otherwise before an act can come to it.
//! Where none of them looked up anything that changes, it does not.

use std::collections::BTreeSet;

use crate::program::{Modality, NormId};

use super::super::judge::Judge;
use super::super::priorities::{Priority, priority};
use super::super::verdict::Verdict;
use super::judged::{Bearing, Judged};

impl Judged {
    /// The norms one of which has to stand otherwise for the verdict to be `wanted`, `None` for
    /// any; among `norms`, which are all that may bear on it.
    pub(super) fn needs(
        &self,
        judge: &Judge<'_>,
        norms: &[NormId],
        wanted: Verdict,
    ) -> Option<BTreeSet<NormId>> {
        let first = match wanted {
            Verdict::Permitted => self.standing(forbids).or_else(|| {
                let permits = self.all_out(permits);
                let permits = permits.then(|| all(judge, norms, permits_by));
                permits.or_else(|| self.pending(wanted))
            }),
            Verdict::Unregulated => self
                .standing(|it| forbids(it) || permits(it))
                .or_else(|| self.pending(wanted)),
            Verdict::Conditional => self.standing(forbids).or_else(|| {
                let is_settled = matches!(self.verdict, Verdict::Permitted | Verdict::Unregulated);
                is_settled.then(|| all(judge, norms, |it| it == Modality::Require))
            }),
            Verdict::Prohibited => {
                let mild = matches!(
                    self.verdict,
                    Verdict::Permitted | Verdict::Unregulated | Verdict::Conditional
                );
                let forbids = |it| matches!(it, Modality::Forbid | Modality::Require);
                (mild && self.all_out(self::forbids)).then(|| all(judge, norms, forbids))
            }
            Verdict::Conflict | Verdict::Undetermined => None,
        };
        first.map(|first| with_beaters(judge, norms, first))
    }

    /// An instance that is in force in every completion.
    fn standing(&self, is: impl Fn(&Bearing) -> bool) -> Option<BTreeSet<NormId>> {
        let mut standing = self.bearing.iter().filter(|it| it.stands && is(it));
        Some([standing.next()?.norm].into())
    }

    /// A condition that is still to be met, where the verdict is `wanted` once it is.
    fn pending(&self, wanted: Verdict) -> Option<BTreeSet<NormId>> {
        let is_pending = self.verdict == Verdict::Conditional && self.once_met == wanted;
        let mut pending = self.bearing.iter();
        let pending = pending.find(|it| it.pending && it.stands);
        Some([pending.filter(|_| is_pending)?.norm].into())
    }

    fn all_out(&self, is: impl Fn(&Bearing) -> bool) -> bool {
        self.bearing.iter().filter(|it| is(it)).all(|it| it.out)
    }
}

fn forbids(bearing: &Bearing) -> bool {
    bearing.modality == Modality::Forbid || bearing.barred
}

fn permits(bearing: &Bearing) -> bool {
    permits_by(bearing.modality)
}

fn permits_by(modality: Modality) -> bool {
    matches!(modality, Modality::Permit | Modality::Oblige)
}

fn all(judge: &Judge<'_>, norms: &[NormId], is: impl Fn(Modality) -> bool) -> BTreeSet<NormId> {
    let modality = |norm: NormId| judge.program().norms[norm].modality;
    let norms = norms.iter().copied();
    norms.filter(|&norm| is(modality(norm))).collect()
}

/// These, whatever may set one of them aside, and so on.
fn with_beaters(judge: &Judge<'_>, norms: &[NormId], first: BTreeSet<NormId>) -> BTreeSet<NormId> {
    let program = judge.program();
    let is_require = |norm: NormId| program.norms[norm].modality == Modality::Require;
    let beats = |winner: NormId, loser: NormId| {
        let contradict = is_require(winner) && is_require(loser);
        let by = |contradict| priority(program, winner, loser, contradict);
        matches!(by(false), Priority::First(_))
            || contradict && matches!(by(true), Priority::First(_))
    };
    let mut open: Vec<_> = first.iter().copied().collect();
    let mut all = first;
    while let Some(loser) = open.pop() {
        for &winner in norms {
            if !all.contains(&winner) && beats(winner, loser) {
                all.insert(winner);
                open.push(winner);
            }
        }
    }
    all
}
