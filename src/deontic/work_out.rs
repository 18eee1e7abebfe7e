//! Works out the judgement of one act: the norms that apply, what they come to, and the verdict
//! with what it rests on.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use crate::base::Id;
use crate::engine::Truth;
use crate::program::{ActRecord, DocumentId, Modality, Mode, NormId};

use super::case::{Beat, Case, Effect, Label, Labelling};
use super::conditions::Requirement;
use super::dispatch::decides;
use super::instances::{Edges, Instance, named_per};
use super::judge::Judge;
use super::reading::{Base, Extent};
use super::verdict::{
    Breach, Doubt, Factor, Judgement, NormStanding, Silence, Standing, Status, Verdict,
};

/// What the instances of an act come to.
pub(super) struct Labelled {
    instances: Vec<Instance>,
    edges: Edges,
    labelling: Arc<Labelling>,
    requirements: Vec<Requirement>,
}

impl Labelled {
    /// Whether some completion may be prohibited or a conflict.
    fn may_be_prohibited(&self) -> bool {
        let reading = self.labelling.overall();
        reading.forbid != Extent::None
            || reading.conflict != Extent::None
            || self
                .requirements
                .iter()
                .any(|requirement| requirement.standing.fixed)
    }

    fn status(&self, index: usize) -> Status {
        match self.labelling.labels.get(index) {
            Some(Label::In) => Status::In,
            Some(Label::Open) => Status::Open,
            Some(Label::Out { .. }) | None => Status::Out,
        }
    }
}

impl Judge<'_> {
    /// The judgement as far as other norms can ask for it, and the instances that leave its
    /// verdict open.
    pub(super) fn work_out(&mut self, act: &ActRecord) -> (Judgement, Vec<Instance>) {
        let bearing = Rc::clone(&self.dispatch().bearing[act.description.action]);
        let (current, past) = self.in_force(act, &bearing);
        let instances = self.instances(act, &current);
        let found = self.labelled(act, instances);
        let (mut verdict, contested, once_met) = Self::verdict_of(&found);
        let ways = self.worse_ways(act, verdict);
        if !ways.is_empty() {
            verdict = Verdict::Undetermined;
        }
        let past: Vec<_> = self.instances(act, &past).iter().map(|i| i.norm).collect();
        let silence = (verdict == Verdict::Unregulated).then(|| self.silence(act, &found, &past));
        let judgement = Judgement {
            act: act.value,
            verdict,
            contested,
            may_be_prohibited: found.may_be_prohibited() || !ways.is_empty(),
            silence,
            once_met: (verdict == Verdict::Conditional).then_some(once_met),
            documents: self.by_document(act, &found),
            breach: Self::breach(act, verdict, &found),
            factors: self.factors(&current, &found),
            conditions: found
                .requirements
                .iter()
                .map(|requirement| requirement.standing.clone())
                .collect(),
            norms: self.standings(&found),
            questions: Vec::new(),
            duties: Vec::new(),
            advice: Vec::new(),
            consequences: Vec::new(),
            out_of_force: dedup(past),
            doubt: Doubt {
                circular: false,
                ways,
            },
        };
        let undecided = match verdict {
            Verdict::Undetermined => self.undecided(&found),
            _ => Vec::new(),
        };
        (judgement, undecided)
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

    /// Those of `norms` that it judges by: of documents in force on the act's day, and others.
    fn in_force(&self, act: &ActRecord, norms: &[NormId]) -> (Vec<NormId>, Vec<NormId>) {
        norms
            .iter()
            .copied()
            .filter(|&norm| self.judges_by(norm))
            .partition(|&norm| {
                let document = self.program().norms[norm].document;
                self.program().documents[document].in_force(act.at)
            })
    }

    fn labelled(&mut self, act: &ActRecord, instances: Vec<Instance>) -> Labelled {
        let requirements = self.requirements(act, &instances);
        let edges = self.edges(&instances, &requirements);
        let case = self.case(&instances, &edges, &requirements);
        let labelling = self.label(&case);
        Labelled {
            requirements: requirements
                .into_iter()
                .filter(|requirement| labelling.may_be_in(requirement.standing.instance))
                .collect(),
            instances,
            edges,
            labelling,
        }
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

    /// The kernel's case: what each instance does, and which beats which. A condition that only
    /// facts which nobody can change fail forbids.
    fn case(&self, instances: &[Instance], edges: &Edges, requirements: &[Requirement]) -> Case {
        let barred = |index: usize| {
            requirements
                .iter()
                .any(|requirement| requirement.standing.instance == index && requirement.barred())
        };
        Case {
            instances: instances
                .iter()
                .enumerate()
                .map(|(index, instance)| super::case::Instance {
                    norm: instance.norm.index() as u32,
                    effect: match self.program().norms[instance.norm].modality {
                        Modality::Forbid => Effect::Forbid,
                        Modality::Permit => Effect::Permit,
                        Modality::Oblige => Effect::Oblige,
                        Modality::Exempt => Effect::Exempt,
                        Modality::Require if barred(index) => Effect::Forbid,
                        Modality::Require => Effect::Require,
                        _ => Effect::Other,
                    },
                    order: self.dispatch().order[self.program().norms[instance.norm].document],
                    certain: instance.truth == Truth::Certain,
                })
                .collect(),
            beats: edges
                .beats
                .iter()
                .map(|&(winner, loser, principle)| Beat {
                    loser,
                    winner,
                    principle,
                })
                .collect(),
            opposed: edges.clashes.clone(),
        }
    }

    /// The verdict that labelled instances come to, each legal order by itself and the strictest
    /// together; whether it is contested; and what it is once its conditions are met.
    fn verdict_of(found: &Labelled) -> (Verdict, bool, Verdict) {
        let (verdict, contested) = match found.labelling.overall().base() {
            Base::Conflict => (Verdict::Conflict, false),
            Base::Prohibited { contested } => (Verdict::Prohibited, contested),
            Base::Permitted => (Verdict::Permitted, false),
            Base::Unregulated => (Verdict::Unregulated, false),
            Base::Undetermined => (Verdict::Undetermined, false),
        };
        let pending = |barred: bool| {
            found.requirements.iter().any(|requirement| {
                requirement.standing.standing != Standing::Met
                    && (!barred || requirement.standing.fixed)
            })
        };
        match verdict {
            // Barred if it is required at all: that is not known.
            Verdict::Permitted | Verdict::Unregulated if pending(true) => {
                (Verdict::Undetermined, false, verdict)
            }
            Verdict::Permitted | Verdict::Unregulated if pending(false) => {
                (Verdict::Conditional, false, verdict)
            }
            _ => (verdict, contested, verdict),
        }
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
                Self::verdict_of(found).0
            } else {
                let own = found
                    .instances
                    .iter()
                    .filter(|&own| document_of(own) == document);
                let own = own.cloned().collect();
                Self::verdict_of(&self.labelled(act, own)).0
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
                        loser == index && found.labelling.defeated_by(index).contains(&winner)
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
        let mut documents = self
            .program()
            .documents
            .iter()
            .filter(|document| document.in_force(act.at))
            .peekable();
        if documents.peek().is_none() {
            return Silence::OutOfForce;
        }
        let governed = |relation| session.truth(relation, &[act.value]) > Truth::False;
        if documents.all(|document| document.governed.is_some_and(|scope| !governed(scope))) {
            Silence::OutOfScope
        } else {
            Silence::Silent
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
