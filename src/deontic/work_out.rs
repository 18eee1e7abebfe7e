//! Works out the judgement of one act: the norms that apply, what they come to, and the verdict
//! with what it rests on.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::engine::{Truth, digest};
use crate::program::{ActRecord, Document, DocumentId, Modality, Mode, NormId, RelationId};

use super::conditions::Requirement;
use super::dispatch::decides;
use super::instances::{Instance, named_per};
use super::judge::Judge;
use super::labelled::{ComesTo, Labelled};
use super::part::Part;
use super::settle::Unsettled;
use super::verdict::{
    Breach, Doubt, Factor, Judgement, NormStanding, Silence, Standing, Status, Verdict,
};

/// What leaves a verdict open.
#[derive(Clone, Debug, Default)]
pub(super) struct Undecided {
    /// The instances that do.
    pub(super) instances: Rc<[Instance]>,
    /// What they come to in each completion, where that was worked out.
    pub(super) unsettled: Option<Rc<Unsettled>>,
    /// What a verdict that has come still hangs on.
    pub(super) pending: Rc<Pending>,
}

/// What it hangs on whether a conditional act is permitted, or a prohibition contested.
#[derive(Clone, Debug, Default)]
pub(super) struct Pending {
    /// Instances that may apply.
    pub(super) instances: Vec<Instance>,
    /// Conditions that may be met, with their norms.
    pub(super) requirements: Vec<(NormId, Requirement)>,
}

impl Judge<'_> {
    /// The judgement as far as other norms can ask for it, and what leaves its verdict open.
    pub(super) fn work_out(&mut self, act: &ActRecord) -> (Judgement, Undecided) {
        let bearing = Rc::clone(&self.dispatch().bearing[act.description.action]);
        let (current, past) = self.in_force(act, &bearing);
        let instances = self.instances(act, &current);
        let found = self.labelled(act, instances);
        let (found, settling) = self.settled(act, found);
        let ComesTo {
            mut verdict,
            contested,
            once_met,
        } = Self::comes_to(&found);
        let ways = self.worse_ways(act, verdict);
        if !ways.is_empty() {
            verdict = Verdict::Undetermined;
        }
        let past: Vec<_> = self.instances(act, &past).iter().map(|i| i.norm).collect();
        let silence = (verdict == Verdict::Unregulated).then(|| self.silence(act, &found, &past));
        let documents = if self.asks_by_document(act.value) {
            self.by_document(act, &found)
        } else {
            Vec::new()
        };
        let judgement = Judgement {
            act: act.value,
            verdict,
            contested,
            may_be_prohibited: found.may_be_prohibited() || !ways.is_empty(),
            silence,
            once_met: (verdict == Verdict::Conditional).then_some(once_met),
            settling,
            documents,
            breach: Self::breach(act, verdict, &found),
            factors: self.factors(&current, &found),
            conditions: found.conditions().0,
            norms: self.standings(&found),
            questions: Vec::new(),
            course: None,
            residuals: Vec::new(),
            duties: Vec::new(),
            advice: Vec::new(),
            consequences: Vec::new(),
            out_of_force: dedup(past),
            doubt: Doubt {
                circular: false,
                ways,
            },
        };
        let undecided = self.left_open(verdict, contested, found);
        (judgement, undecided)
    }

    fn left_open(&self, verdict: Verdict, contested: bool, found: Labelled) -> Undecided {
        let mut undecided = Undecided::default();
        match verdict {
            Verdict::Undetermined => {
                undecided.instances = self.undecided(&found).into();
                undecided.unsettled = found.exact.and_then(|exact| exact.unsettled);
            }
            Verdict::Conditional => undecided.pending = Rc::new(pending(&found)),
            _ if contested => {
                undecided.pending = Rc::new(Pending {
                    instances: self.undecided(&found),
                    requirements: Vec::new(),
                });
            }
            _ => {}
        }
        undecided
    }

    /// The advice that asks for verdicts and that the act itself meets, asked once its own
    /// verdict is known.
    pub(super) fn late_advice(&mut self, act: &ActRecord) -> (Vec<NormStanding>, Vec<Factor>) {
        let advising = Rc::clone(&self.dispatch().advising[act.description.action]);
        let (current, _) = self.in_force(act, &advising);
        if current.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let instances = self.instances(act, &current);
        let found = self.labelled(act, instances);
        (self.standings(&found), self.factors(&current, &found))
    }

    /// The norms that bear on the verdict of such an act and that it judges by: of documents
    /// in force on the act's day, and others.
    pub fn speaking_of(&mut self, act: &ActRecord) -> (Vec<NormId>, Vec<NormId>) {
        let bearing = Rc::clone(&self.dispatch().bearing[act.description.action]);
        self.in_force(act, &bearing)
    }

    /// Those of `norms` that it judges by and whose documents govern the act, or may: of documents
    /// in force on the act's day, and others.
    pub(super) fn in_force(
        &mut self,
        act: &ActRecord,
        norms: &[NormId],
    ) -> (Vec<NormId>, Vec<NormId>) {
        let session = self.session_at(act.at);
        let mut governed: FxHashMap<RelationId, bool> = FxHashMap::default();
        let mut governing = Vec::new();
        for &norm in norms {
            if !self.judges_by(norm) {
                continue;
            }
            let governs = self.dispatch().scope[norm].is_none_or(|scope| {
                *governed.entry(scope).or_insert_with(|| {
                    let truth = |_: &mut Self| session.truth(scope, &[act.value]).possible();
                    self.part(Part::Scope(scope), truth, |it| Some(digest(it)))
                })
            });
            if governs {
                governing.push(norm);
            }
        }
        let documents = &self.program().documents;
        let document = |norm: NormId| &documents[self.program().norms[norm].document];
        let in_force = |&norm: &NormId| document(norm).in_force(act.at);
        governing.into_iter().partition(in_force)
    }

    /// The instances that leave the verdict open: those that may be in force and bear on it, or
    /// beat one that does.
    fn undecided(&self, found: &Labelled) -> Vec<Instance> {
        let bears = |index: usize| {
            found
                .instances
                .get(index)
                .is_some_and(|instance| decides(self.program().norms[instance.norm].modality))
        };
        let leaves_open = |index: usize, instance: &Instance| {
            let beats = || {
                let mut beats = found.edges.beats.iter();
                beats.any(|&(winner, loser, _)| winner == index && bears(loser))
            };
            instance.truth != Truth::Certain
                && found.status(index) == Status::Open
                && (bears(index) || beats())
        };
        let instances = found.instances.iter().enumerate();
        instances
            .filter(|&(index, instance)| leaves_open(index, instance))
            .map(|(_, instance)| instance.clone())
            .collect()
    }

    /// The verdict by each document in force, alone.
    fn by_document(&mut self, act: &ActRecord, found: &Labelled) -> Vec<(DocumentId, Verdict)> {
        let program = self.program();
        let document_of = |instance: &Instance| program.norms[instance.norm].document;
        let involved: BTreeSet<_> = found.instances.iter().map(document_of).collect();
        let mut verdicts = Vec::new();
        for (document, row) in program.documents.entries() {
            if !row.in_force(act.at) {
                continue;
            }
            let verdict = if !involved.contains(&document) {
                Verdict::Unregulated
            } else if involved.len() == 1 {
                Self::comes_to(found).verdict
            } else {
                let own = found
                    .instances
                    .iter()
                    .filter(|&own| document_of(own) == document);
                let own = own.cloned().collect();
                let own = self.labelled(act, own);
                Self::comes_to(&self.settled(act, own).0).verdict
            };
            verdicts.push((document, verdict));
        }
        verdicts
    }

    fn standings(&self, found: &Labelled) -> Vec<NormStanding> {
        let clashing = |index: usize| {
            found
                .edges
                .clashes
                .iter()
                .filter_map(move |&(a, b)| match index {
                    _ if a == index => Some(b),
                    _ if b == index => Some(a),
                    _ => None,
                })
                .filter(|&other| found.status(other) != Status::Out)
                .collect()
        };
        found
            .instances
            .iter()
            .enumerate()
            .map(|(index, instance)| NormStanding {
                norm: instance.norm,
                modality: self.program().norms[instance.norm].modality,
                per: named_per(self.program(), instance),
                certain: instance.truth == Truth::Certain,
                status: found.status(index),
                set_aside_by: found
                    .edges
                    .beats
                    .iter()
                    .filter(|&&(winner, loser, _)| {
                        loser == index && found.sets_aside(winner, loser)
                    })
                    .map(|&(winner, _, principle)| (winner, principle))
                    .collect(),
                clashes_with: if found.status(index) == Status::Out {
                    Vec::new()
                } else {
                    clashing(index)
                },
                body: instance.body,
                substitution: instance.substitution.clone(),
            })
            .collect()
    }

    fn factors(&self, norms: &[NormId], found: &Labelled) -> Vec<Factor> {
        norms
            .iter()
            .filter(|&&norm| matches!(self.program().norms[norm].modality, Modality::Consider(_)))
            .map(|&norm| {
                let standing = found
                    .instances
                    .iter()
                    .enumerate()
                    .filter(|(_, instance)| instance.norm == norm)
                    .map(
                        |(index, instance)| match (found.status(index), instance.truth) {
                            (Status::In, Truth::Certain) => Standing::Met,
                            (Status::Out, _) => Standing::Unmet,
                            _ => Standing::Unknown,
                        },
                    )
                    .min()
                    .unwrap_or(Standing::Unmet);
                Factor { norm, standing }
            })
            .collect()
    }

    fn silence(&mut self, act: &ActRecord, found: &Labelled, past: &[NormId]) -> Silence {
        let advises = |instance: &Instance| advises(self.program().norms[instance.norm].modality);
        if found.instances.iter().any(advises) {
            return Silence::AdviceOnly;
        }
        // A condition that is met, or a note, is no advice.
        if !found.instances.is_empty() {
            return Silence::Silent;
        }
        if !past.is_empty() {
            return Silence::OutOfForce;
        }
        let session = self.session_at(act.at);
        // Whose a situation is to see to, only a norm would say: no scope can be tested.
        let is_situation = self.program().actions[act.description.action]
            .situation
            .is_some();
        let governs = |document: &&Document| {
            let holds = |scope| session.truth(scope, &[act.value]) > Truth::False;
            is_situation || document.governed.is_none_or(holds)
        };
        let (current, past): (Vec<_>, Vec<_>) = self
            .program()
            .documents
            .iter()
            .partition(|document| document.in_force(act.at));
        if current.iter().any(governs) {
            Silence::Silent
        } else if current.is_empty() && past.iter().any(governs) {
            Silence::OutOfForce
        } else {
            Silence::OutOfScope
        }
    }

    fn breach(act: &ActRecord, verdict: Verdict, found: &Labelled) -> Breach {
        if act.mode != Mode::Performed {
            return Breach::None;
        }
        let pending = |wanted| {
            found
                .requirements
                .iter()
                .any(|requirement| requirement.certain && requirement.standing.standing == wanted)
        };
        match verdict {
            Verdict::Prohibited => Breach::Certain,
            Verdict::Conflict => Breach::Contested,
            Verdict::Conditional if pending(Standing::Unmet) => Breach::Certain,
            Verdict::Conditional | Verdict::Undetermined => Breach::Possible,
            Verdict::Permitted | Verdict::Unregulated => Breach::None,
        }
    }
}

/// What it hangs on whether the conditions of a conditional verdict are required, and the
/// conditions not known to be met; nothing where one that is required certainly is not.
fn pending(found: &Labelled) -> Pending {
    let in_force = |index| found.status(index) == Status::In;
    let requirements: Vec<_> = found
        .requirements
        .iter()
        .filter(|requirement| requirement.standing.standing != Standing::Met)
        .collect();
    let fails = |requirement: &&Requirement| {
        requirement.standing.standing == Standing::Unmet
            && requirement.certain
            && in_force(requirement.standing.instance)
    };
    if requirements.iter().any(fails) {
        return Pending::default();
    }
    let mut open: BTreeSet<usize> = BTreeSet::new();
    for requirement in &requirements {
        let instance = requirement.standing.instance;
        if !requirement.certain {
            open.insert(instance);
        }
        if !in_force(instance) {
            open.insert(instance);
            let beats = found.edges.beats.iter();
            open.extend(beats.filter(|beat| beat.1 == instance).map(|beat| beat.0));
        }
    }
    let instances = open.iter().filter_map(|&index| found.instances.get(index));
    let requirements = requirements.into_iter().filter_map(|requirement| {
        let instance = found.instances.get(requirement.standing.instance)?;
        let unknown = requirement.standing.standing == Standing::Unknown;
        unknown.then(|| (instance.norm, requirement.clone()))
    });
    Pending {
        instances: instances.cloned().collect(),
        requirements: requirements.collect(),
    }
}

/// Whether norms of this modality advise, or name what is to be weighed.
pub(super) fn advises(modality: Modality) -> bool {
    matches!(
        modality,
        Modality::Recommend | Modality::Discourage | Modality::Consider(_)
    )
}

fn dedup(mut norms: Vec<NormId>) -> Vec<NormId> {
    norms.sort_unstable();
    norms.dedup();
    norms
}
