//! What arises from a judgement beyond the verdict: duties, advice, factors, consequences.

use crate::deontic::{
    Consequence, Duty, DutyOrigin, Factor, GroundDue, Judgement, Standing, Status,
};
use crate::program::{ActRecord, Modality};

use super::builder::Builder;
use super::graph::{Edge, NodeId, NodeKind};
use super::says;

impl Builder<'_, '_> {
    /// A duty or a piece of advice, with why it arises.
    pub(super) fn duty(
        &mut self,
        root: NodeId,
        duty: &Duty,
        act: &ActRecord,
        judgement: &Judgement,
    ) {
        let norm = &self.program().norms[duty.norm];
        let arising = match duty.origin {
            DutyOrigin::Arises(index) => norm.arises.get(index),
            DutyOrigin::Fulfils(_) => None,
        };
        let values = arising.map(|arising| self.values(&arising.body, &duty.substitution));
        let due = self.due(&duty.due);
        let deadline = duty.deadline.map(|deadline| self.date(deadline));
        let advice = matches!(norm.modality, Modality::Recommend | Modality::Discourage);
        let node = self.norm_node(duty.norm, |node| {
            node.status = duty.status.word();
            node.certain = duty.certain;
            node.values = values.unwrap_or_default();
            node.due = Some(due);
            node.deadline = deadline;
            node.standing = (!advice).then(|| duty.fulfilment.word());
        });
        self.connect(root, node, Edge::Because);
        if let Some(arising) = arising {
            self.reasons(node, &arising.body, &duty.substitution, act);
        }
        if let DutyOrigin::Fulfils(index) = duty.origin
            && let Some(standing) = judgement.norms.get(index)
            && let Some(body) = norm.bodies.get(standing.body)
        {
            self.reasons(node, body, &standing.substitution, act);
        }
        let others = duty.set_aside_by.iter().map(|&other| (other, true));
        let contested = duty.contested_by.iter().map(|&other| (other, false));
        for (other, sets_aside) in others.chain(contested) {
            let (mine, theirs) = (norm.id.clone(), self.program().norms[other].id.clone());
            let text = if sets_aside {
                says::prevails(self.language(), &theirs, &mine)
            } else {
                says::clash(self.language(), &mine, &theirs)
            };
            let kind = NodeKind::Resolution {
                winner: theirs,
                loser: mine,
                principle: sets_aside.then_some("exception"),
            };
            let why = self.explanation.add(text, kind);
            self.connect(node, why, Edge::Because);
        }
    }

    fn due(&self, due: &GroundDue) -> String {
        self.naming(|naming| match due {
            GroundDue::Act { actions, roles } => {
                let roles = roles.iter().map(|&(role, _, value)| (role, value));
                naming.pattern(actions, roles).to_string()
            }
            GroundDue::State { atom, .. } => naming.atom(atom).to_string(),
        })
    }

    /// A factor that no instance shows.
    pub(super) fn factor(&mut self, root: NodeId, factor: &Factor, judgement: &Judgement) {
        if judgement.norms.iter().any(|row| row.norm == factor.norm) {
            return;
        }
        let standing = factor.standing;
        let node = self.norm_node(factor.norm, |node| {
            node.standing = Some(standing.word());
            node.certain = standing != Standing::Unknown;
            node.status = match standing {
                Standing::Met => Status::In.word(),
                Standing::Unmet => Status::Out.word(),
                Standing::Unknown => Status::Open.word(),
            };
        });
        self.connect(root, node, Edge::Because);
    }

    /// What follows from a breach.
    pub(super) fn consequence(&mut self, root: NodeId, consequence: &Consequence) {
        let written = self.naming(|naming| naming.atom(&consequence.atom).to_string());
        let node = self.norm_node(consequence.norm, |node| {
            node.certain = consequence.certain;
            node.due = Some(written);
        });
        self.connect(root, node, Edge::Because);
    }
}
