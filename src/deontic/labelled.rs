//! Instances with their labels, and the verdict that these come to.

use std::rc::Rc;
use std::sync::Arc;

use crate::base::Id;
use crate::engine::Truth;
use crate::program::{ActRecord, DocumentId, Modality};

use super::case::{Beat, Case, Effect, Label, Labelling};
use super::conditions::Requirement;
use super::instances::{Edges, Instance};
use super::judge::Judge;
use super::reading::{Base, Extent};
use super::settle::Exact;
use super::verdict::{ConditionStanding, Standing, Status, Verdict};

/// What the instances of an act come to.
#[derive(Default)]
pub(super) struct Labelled {
    pub(super) instances: Vec<Instance>,
    pub(super) edges: Edges,
    pub(super) labelling: Arc<Labelling>,
    pub(super) requirements: Vec<Requirement>,
    /// What they come to exactly, where the labels leave it open.
    pub(super) exact: Option<Exact>,
}

/// The verdict that instances come to.
#[derive(Clone, Copy, Debug)]
pub(super) struct ComesTo {
    pub(super) verdict: Verdict,
    pub(super) contested: bool,
    /// What it is once its conditions are met.
    pub(super) once_met: Verdict,
}

impl ComesTo {
    /// The verdict of this base; `pending` if a condition may be required and is not
    /// certainly met.
    pub(super) fn of(base: Base, pending: bool) -> Self {
        let (once_met, contested) = match base {
            Base::Conflict => (Verdict::Conflict, false),
            Base::Prohibited { contested } => (Verdict::Prohibited, contested),
            Base::Permitted => (Verdict::Permitted, false),
            Base::Unregulated => (Verdict::Unregulated, false),
            Base::Undetermined => (Verdict::Undetermined, false),
        };
        let verdict = match once_met {
            Verdict::Permitted | Verdict::Unregulated if pending => Verdict::Conditional,
            verdict => verdict,
        };
        Self {
            verdict,
            contested,
            once_met,
        }
    }
}

impl Labelled {
    /// Whether some completion may be prohibited or a conflict.
    pub(super) fn may_be_prohibited(&self) -> bool {
        if let Some(exact) = &self.exact {
            return exact.may_be_prohibited;
        }
        let reading = self.labelling.overall();
        reading.forbid != Extent::None
            || reading.conflict != Extent::None
            || self
                .requirements
                .iter()
                .any(|requirement| requirement.standing.fixed)
    }

    /// The conditions, of which one that is required in several ways is one; and the place among
    /// them of each way.
    pub(super) fn conditions(&self) -> (Vec<ConditionStanding>, Vec<usize>) {
        let mut conditions: Vec<ConditionStanding> = Vec::new();
        let mut places = Vec::new();
        for Requirement { standing, .. } in &self.requirements {
            let known = conditions.iter().position(|it| it.is_same(standing));
            places.push(known.unwrap_or(conditions.len()));
            if known.is_none() {
                conditions.push(standing.clone());
            }
        }
        (conditions, places)
    }

    /// Whether one instance sets another aside: in every completion the same, or, where only
    /// taking all completions into account tells that it is out, one that may.
    pub(super) fn sets_aside(&self, winner: usize, loser: usize) -> bool {
        match self.labelling.defeated_by(loser) {
            [] => self.status(loser) == Status::Out && self.status(winner) != Status::Out,
            by => by.contains(&winner),
        }
    }

    pub(super) fn status(&self, index: usize) -> Status {
        if let Some(exact) = &self.exact {
            return exact.statuses.get(index).copied().unwrap_or(Status::Out);
        }
        match self.labelling.labels.get(index) {
            Some(Label::In) => Status::In,
            Some(Label::Open) => Status::Open,
            Some(Label::Out { .. }) | None => Status::Out,
        }
    }
}

impl Judge<'_> {
    /// The labelled instances of an act, of one document alone where one is named.
    pub(super) fn labelled_by(&mut self, act: &ActRecord, only: Option<DocumentId>) -> Labelled {
        let bearing = Rc::clone(&self.dispatch().bearing[act.description.action]);
        let (mut current, _) = self.in_force(act, &bearing);
        let program = self.program();
        current.retain(|&norm| only.is_none_or(|only| program.norms[norm].document == only));
        let instances = self.instances(act, &current);
        self.labelled(act, instances)
    }

    pub(super) fn labelled(&mut self, act: &ActRecord, instances: Vec<Instance>) -> Labelled {
        if instances.is_empty() {
            return Labelled::default();
        }
        let requirements = self.requirements(act, &instances);
        let edges = self.edges(&instances, &requirements);
        let mut found = Labelled {
            instances,
            edges,
            requirements,
            ..Labelled::default()
        };
        found.labelling = self.label(&self.case(&found));
        let Labelled {
            labelling,
            requirements,
            ..
        } = &mut found;
        requirements.retain(|requirement| labelling.may_be_in(requirement.standing.instance));
        found
    }

    /// The kernel's case: what each instance does, and which beats which. A condition that only
    /// facts which nobody can change fail forbids.
    pub(super) fn case(&self, found: &Labelled) -> Case {
        let Labelled {
            instances, edges, ..
        } = found;
        let barred = |index: usize| {
            found
                .requirements
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
    /// together.
    pub(super) fn comes_to(found: &Labelled) -> ComesTo {
        if let Some(exact) = &found.exact {
            return exact.comes_to;
        }
        let pending = |barred: bool| {
            found.requirements.iter().any(|requirement| {
                requirement.standing.standing != Standing::Met
                    && (!barred || requirement.standing.fixed)
            })
        };
        let base = found.labelling.overall().base();
        if matches!(base, Base::Permitted | Base::Unregulated) && pending(true) {
            // Barred if it is required at all: that is not known.
            return ComesTo::of(Base::Undetermined, false);
        }
        ComesTo::of(base, pending(false))
    }
}
