//! From the norms that apply to the verdict: the grounded labels of every way in which those that
//! may apply do or do not, and what these come to.

use std::collections::{BTreeMap, BTreeSet};

use crate::program::{ActRecord, DocumentId, Modality};

use super::judge::{Attacks, Instance, Judge};
use super::requirement::Requirement;
use super::truth::Truth;

/// How many instances that merely may apply are tried in all combinations.
const COMBINED: usize = 10;

/// How an instance fares over all combinations.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Status {
    In,
    Open,
    Out,
}

impl Status {
    /// The word for it in JSON.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Open => "open",
            Self::Out => "out",
        }
    }
}

/// What one combination comes to, the mildest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Outcome {
    Unregulated,
    Permitted,
    Prohibited,
    Conflict,
}

/// What is said of an act.
#[derive(Clone, Debug, Default)]
pub(super) struct Ruling {
    pub(super) instances: Vec<Instance>,
    pub(super) attacks: Attacks,
    pub(super) requirements: Vec<Requirement>,
    pub(super) statuses: Vec<Status>,
    /// The same, where what merely may apply is thought to have nothing to do with each other.
    pub(super) read: Vec<Status>,
    /// Instances that apply in no completion.
    pub(super) never: BTreeSet<usize>,
    /// Instances that apply in all.
    pub(super) always: BTreeSet<usize>,
    /// What may come out; more than does where what is unknown hangs together.
    pub(super) outcomes: BTreeSet<Outcome>,
    /// The verdict, where the outcomes leave one alone.
    pub(super) verdict: &'static str,
    /// By each document alone.
    pub(super) documents: BTreeMap<DocumentId, &'static str>,
    /// Something that it hangs on could not be worked out here.
    pub(super) untold: bool,
}

impl Ruling {
    /// Whether an instance fares as a word says: over all combinations, or as far as can be told
    /// instance by instance.
    pub(super) fn says(&self, index: usize, word: &str) -> bool {
        let known = [&self.statuses, &self.read];
        known
            .into_iter()
            .filter_map(|it| it.get(index))
            .any(|it| it.word() == word)
    }
}

/// Whether norms of this modality bear on the verdict.
pub(super) fn decides(modality: Modality) -> bool {
    matches!(
        modality,
        Modality::Forbid | Modality::Permit | Modality::Oblige | Modality::Require
    )
}

impl Judge<'_> {
    /// What the instances come to.
    pub(super) fn rule(&mut self, act: &ActRecord, instances: &[Instance]) -> Ruling {
        let documents: BTreeSet<_> = instances
            .iter()
            .map(|it| self.program.norms[it.norm].document)
            .collect();
        let mut ruling = self.rule_by(act, instances.to_vec());
        for document in documents {
            let mut own = instances.to_vec();
            own.retain(|it| self.program.norms[it.norm].document == document);
            let verdict = self.rule_by(act, own).verdict;
            ruling.documents.insert(document, verdict);
        }
        ruling
    }

    pub(super) fn rule_by(&mut self, act: &ActRecord, instances: Vec<Instance>) -> Ruling {
        let requirements = self.requirements(act, &instances);
        let attacks = self.attacks(&instances, &requirements);
        let mut ruling = Ruling {
            untold: self.untold,
            instances,
            requirements,
            attacks,
            ..Ruling::default()
        };
        self.combine(&mut ruling);
        ruling.read = read(&ruling);
        ruling.verdict = verdict(&ruling);
        ruling
    }

    /// Tries all combinations of what may apply.
    pub(super) fn combine(&self, ruling: &mut Ruling) {
        let maybe: Vec<_> = ruling
            .instances
            .iter()
            .enumerate()
            .filter(|(_, it)| it.truth == Truth::Maybe)
            .map(|(index, _)| index)
            .collect();
        if maybe.len() > COMBINED {
            ruling.untold = true;
            ruling.statuses = vec![Status::Open; ruling.instances.len()];
            return;
        }
        let mut statuses: Vec<Option<Status>> = vec![None; ruling.instances.len()];
        for combination in 0..(1_usize << maybe.len()) {
            let chosen = |index: usize| {
                let place = maybe.iter().position(|&it| it == index);
                place.is_none_or(|place| combination >> place & 1 == 1)
            };
            let applies: Vec<_> = (0..ruling.instances.len()).map(chosen).collect();
            let labels = labels(&ruling.attacks, &applies);
            ruling.outcomes.insert(self.outcome(ruling, &labels));
            for (known, label) in statuses.iter_mut().zip(&labels) {
                let own = if *label == Some(true) {
                    Status::In
                } else {
                    Status::Out
                };
                *known = match *known {
                    None => Some(own),
                    Some(other) if other == own => Some(own),
                    Some(_) => Some(Status::Open),
                };
            }
        }
        let statuses = statuses.into_iter();
        ruling.statuses = statuses.map(|it| it.unwrap_or(Status::Out)).collect();
    }

    /// What one combination comes to: each legal order by itself, the strictest counts.
    fn outcome(&self, ruling: &Ruling, labels: &[Option<bool>]) -> Outcome {
        let norm = |index: usize| {
            let instance = ruling.instances.get(index)?;
            Some(&self.program.norms[instance.norm])
        };
        let is_in = |index: usize| labels.get(index) == Some(&Some(true));
        let bars = |index: usize| {
            let mut own = ruling.requirements.iter().filter(|it| it.instance == index);
            own.any(Requirement::bars)
        };
        let duties =
            |index: usize| matches!(norm(index).map(|it| it.modality), Some(Modality::Exempt));
        let mut worst = Outcome::Unregulated;
        for &(one, two) in &ruling.attacks.clashes {
            // That somebody need not do what they must leaves it as it is to do it.
            if is_in(one) && is_in(two) && !duties(one) && !duties(two) {
                worst = Outcome::Conflict;
            }
        }
        for index in (0..labels.len()).filter(|&it| is_in(it)) {
            worst = worst.max(match norm(index).map(|it| it.modality) {
                Some(Modality::Forbid) => Outcome::Prohibited,
                Some(Modality::Require) if bars(index) => Outcome::Prohibited,
                Some(Modality::Permit | Modality::Oblige) => Outcome::Permitted,
                _ => Outcome::Unregulated,
            });
        }
        worst
    }
}

/// The grounded labels: of what applies, in or out; of what does not, none.
fn labels(attacks: &Attacks, applies: &[bool]) -> Vec<Option<bool>> {
    let applying = |index: usize| applies.get(index).copied().unwrap_or_default();
    let mut labels: Vec<Option<bool>> = vec![None; applies.len()];
    loop {
        let next: Vec<_> = (0..applies.len())
            .map(|index| {
                let beaters = attacks.beats.iter().filter(|(_, loser, _)| *loser == index);
                let beaters: Vec<_> = beaters
                    .map(|&(winner, ..)| winner)
                    .filter(|&winner| applying(winner))
                    .collect();
                let label = |winner: &usize| labels.get(*winner).copied().flatten();
                if !applying(index) {
                    None
                } else if beaters.iter().any(|it| label(it) == Some(true)) {
                    Some(false)
                } else if beaters.iter().all(|it| label(it) == Some(false)) {
                    Some(true)
                } else {
                    None
                }
            })
            .collect();
        if next == labels {
            return labels;
        }
        labels = next;
    }
}

/// The labels over all combinations as far as they can be told instance by instance.
fn read(ruling: &Ruling) -> Vec<Status> {
    let mut read = vec![Status::Open; ruling.instances.len()];
    loop {
        let label = |index: usize, instance: &Instance| {
            let beaters = ruling
                .attacks
                .beats
                .iter()
                .filter(|(_, loser, _)| *loser == index);
            let mut beaters = beaters.map(|&(winner, ..)| read.get(winner));
            if beaters.clone().any(|it| it == Some(&Status::In)) {
                Status::Out
            } else if instance.truth == Truth::Certain && beaters.all(|it| it == Some(&Status::Out))
            {
                Status::In
            } else {
                Status::Open
            }
        };
        let instances = ruling.instances.iter().enumerate();
        let next: Vec<_> = instances.map(|(index, it)| label(index, it)).collect();
        if next == read {
            return read;
        }
        read = next;
    }
}

/// The verdict that outcomes and conditions come to.
pub(super) fn verdict(ruling: &Ruling) -> &'static str {
    let may_be_in = |index: usize| ruling.statuses.get(index) != Some(&Status::Out);
    let mut pending = ruling
        .requirements
        .iter()
        .filter(|it| may_be_in(it.instance) && it.met != Truth::Certain);
    let only = |outcome| ruling.outcomes.iter().all(|&it| it == outcome);
    let least = ruling.outcomes.first();
    if ruling.outcomes.is_empty() {
        "undetermined"
    } else if only(Outcome::Conflict) {
        "conflict"
    } else if least >= Some(&Outcome::Prohibited) {
        "prohibited"
    } else if only(Outcome::Permitted) || only(Outcome::Unregulated) {
        if pending.clone().any(|it| it.fixed) {
            "undetermined"
        } else if pending.next().is_some() {
            "conditional"
        } else if only(Outcome::Permitted) {
            "permitted"
        } else {
            "unregulated"
        }
    } else {
        "undetermined"
    }
}
