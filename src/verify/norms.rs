//! The norms of an explanation: each as it applies to the act, with all that makes it apply, its
//! conditions and what sets it aside.

use crate::program::{Arising, Modality, NormBody, NormId, VariableId};

use super::checker::Checker;
use super::fault::Wrong;
use super::frame::Frame;
use super::graph::{At, EdgeKind, Kind, NormNode};
use super::judge::Instance;
use super::omission::moment;
use super::requirement::Requirement;
use super::ruling::{Ruling, Status};
use super::steps::{Borne, Reasoned};
use super::truth::Truth;

/// A body of a norm, as it is asked in the light of the act explained.
struct Occasion<'p> {
    body: &'p NormBody,
    /// The variable of the moment.
    moment: Option<VariableId>,
    /// What arises, where that is asked.
    arising: Option<(NormId, &'p Arising)>,
    /// Whether it is no condition on the act: then it arises through the act's own breach.
    alone: bool,
}

impl<'p> Occasion<'p> {
    /// Where the norm applies to the act.
    fn of_act(body: &'p NormBody) -> Self {
        Self {
            body,
            moment: None,
            arising: None,
            alone: false,
        }
    }

    /// Where something arises through the act.
    fn of_arising(norm: NormId, arising: &'p Arising) -> Self {
        Self {
            body: &arising.body,
            moment: Some(arising.moment),
            arising: Some((norm, arising)),
            alone: !arising.through_judged,
        }
    }
}

impl Checker<'_> {
    /// The norm that a node cites, with its words held against the policy.
    pub(super) fn cited_norm(&mut self, at: At, node: &NormNode) -> Option<NormId> {
        self.seen.insert(at);
        let Some(id) = self.program.norm_named(&node.norm) else {
            self.fault(at, Wrong::NoStatement(node.norm.clone()));
            return None;
        };
        let norm = &self.program.norms[id];
        self.hold(at, "effect", &node.effect, norm.modality.word());
        let place = self.sources.place(norm.span);
        self.hold(
            at,
            "place",
            node.place.as_deref().unwrap_or_default(),
            &place,
        );
        let lines = &self.program.statements[norm.statement].lines;
        if node.lines != *lines {
            let (found, due) = (format!("{:?}", node.lines), format!("{lines:?}"));
            self.hold(at, "lines", &found, &due);
        }
        self.cites(at, norm.document);
        Some(id)
    }

    /// The values of the norm's `per`, as the node names them.
    pub(super) fn same_instance(&self, node: &NormNode, instance: &Instance) -> bool {
        let norm = &self.program.norms[instance.norm];
        let Some(body) = instance.ways.first().and_then(|way| norm.bodies.get(way.0)) else {
            return false;
        };
        let per = norm.per.iter().zip(&body.per).zip(&instance.per);
        let mut per = per.map(|((name, &variable), &value)| {
            let due = self.names().name(body.variables[variable].sort, value);
            node.values.get(name).map_or("_", String::as_str) == due
        });
        node.norm == norm.id && per.all(|it| it)
    }

    /// That an instance applies for the reasons given.
    pub(super) fn instance(
        &mut self,
        at: At,
        node: &NormNode,
        instance: &Instance,
        ruling: &Ruling,
    ) {
        let index = ruling
            .instances
            .iter()
            .position(|other| other.norm == instance.norm && other.per == instance.per);
        let mut conditions = Borne::default();
        let out =
            |statuses: &[Status]| index.and_then(|index| statuses.get(index)) == Some(&Status::Out);
        let is_shown = |it: &&Requirement| Some(it.instance) == index && !out(&ruling.read);
        let mut required: Vec<&Requirement> = Vec::new();
        for requirement in ruling.requirements.iter().filter(is_shown) {
            if !required.iter().any(|it| it.is_same(requirement)) {
                required.push(requirement);
            }
        }
        for requirement in required {
            let due_in = Some(ruling).filter(|_| !out(&ruling.statuses));
            let norm = (node.norm.as_str(), EdgeKind::Because);
            self.condition(at, norm, (requirement, due_in), &mut conditions);
        }
        self.certain(at, node, instance, ruling);
        self.applies_to_act(at, node, instance.norm, conditions);
    }

    /// That it is said how surely an instance applies.
    pub(super) fn certain(
        &mut self,
        at: At,
        node: &NormNode,
        instance: &Instance,
        ruling: &Ruling,
    ) {
        let mut always = ruling
            .always
            .iter()
            .filter_map(|&it| ruling.instances.get(it));
        let settled = always.any(|it| it.norm == instance.norm && it.per == instance.per);
        let certain = (settled || instance.truth == Truth::Certain).to_string();
        if !ruling.untold {
            self.hold(at, "certain", &node.certain.to_string(), &certain);
        }
    }

    /// That a norm applies to the act for the reasons given, `other` ones aside.
    pub(super) fn applies_to_act(&mut self, at: At, node: &NormNode, norm: NormId, other: Borne) {
        let bodies = self.program.norms[norm].bodies.iter();
        let occasions: Vec<_> = bodies.map(Occasion::of_act).collect();
        self.applies(at, node, &occasions, other);
    }

    /// That one of some bodies holds for the values of the node and the reasons below it.
    fn applies(&mut self, at: At, node: &NormNode, occasions: &[Occasion<'_>], other: Borne) {
        let mut wrong = Wrong::NotAnInstance(node.norm.clone());
        let mut furthest = None;
        for occasion in occasions {
            self.judge.light = occasion.alone.then(|| self.act.clone());
            let found = self.bears_out(at, node, occasion, &other);
            self.judge.light = None;
            match found {
                Ok(borne) => {
                    self.queue(borne);
                    return;
                }
                // The way of which most is shown tells most.
                Err((shown, found)) => {
                    if shown > furthest {
                        (furthest, wrong) = (shown, found);
                    }
                }
            }
        }
        self.queue(other);
        self.fault(at, wrong);
    }

    /// What bears out that a body holds; else how much of it is shown, and what is wrong.
    fn bears_out(
        &mut self,
        at: At,
        node: &NormNode,
        occasion: &Occasion<'_>,
        other: &Borne,
    ) -> Result<Borne, (Option<usize>, Wrong)> {
        let mut wrong = (None, Wrong::NotAnInstance(node.norm.clone()));
        let (body, act) = (occasion.body, self.act.clone());
        let mut given = Frame::new(&body.variables);
        let given = match occasion.moment {
            Some(variable) => {
                given.bind(variable, moment(act.at));
                Some(given)
            }
            None => self.judge.borne(body, &act, given),
        };
        let bound = given.and_then(|given| self.bound(&body.variables, given, &node.values));
        let Some(frame) = bound else {
            return Err(wrong);
        };
        for (frame, truth) in self.judge.solutions(body, &act, &frame) {
            if !self.has_values(&body.variables, &frame, &node.values) {
                continue;
            }
            let mut borne = Borne {
                used: other.used.clone(),
                claims: other.claims.clone(),
                truth,
            };
            let reasoned = Reasoned {
                node: at,
                variables: &body.variables,
                frame: &frame,
            };
            let found = self
                .borne_out(reasoned, &body.literals, &mut borne)
                .and_then(|()| self.late_borne(reasoned, &act, body, &body.late, &mut borne))
                .and_then(|()| self.uses_all(at, &borne))
                .and_then(|()| match occasion.arising {
                    Some((norm, arising)) => self.falls_due(at, node, (norm, arising), &frame),
                    None => Ok(()),
                });
            match found {
                Ok(()) => return Ok(borne),
                Err(found) => {
                    let shown = Some(borne.used.len());
                    if shown > wrong.0 {
                        wrong = (shown, found);
                    }
                }
            }
        }
        Err(wrong)
    }

    /// That a duty, a piece of advice or a consequence arises. How a duty stands is taken on
    /// trust.
    pub(super) fn arises(&mut self, at: At, node: &NormNode, id: NormId) {
        let norm = &self.program.norms[id];
        self.trust("duty", at);
        if norm.modality == Modality::Consequence {
            self.skip(at);
            return;
        }
        let children = self.graph.children(at).to_vec();
        let mut other = Borne::default();
        for (_, below) in children {
            if let Some(Kind::Resolution { .. }) = self.node(below).map(|it| &it.kind) {
                self.resolution_between(below);
                other.used.insert(below);
            }
        }
        let through_act = |it: &&Arising| it.through_judged || norm.repairs.is_some();
        let arising = norm.arises.iter().filter(through_act);
        let arising = arising.map(|it| Occasion::of_arising(id, it));
        let fulfilled = norm.bodies.iter().map(Occasion::of_act);
        let occasions: Vec<_> = arising.chain(fulfilled).collect();
        self.applies(at, node, &occasions, other);
    }

    /// That two norms stand to one another as a node says, whatever instances they are of.
    pub(super) fn resolution_between(&mut self, at: At) {
        let Some(Kind::Resolution {
            winner,
            loser,
            principle,
        }) = self.node(at).map(|node| node.kind.clone())
        else {
            return;
        };
        self.seen.insert(at);
        let norms = [&winner, &loser].map(|id| self.program.norm_named(id));
        let [Some(one), Some(two)] = norms else {
            self.fault(at, Wrong::NoPriority { winner, loser });
            return;
        };
        let found = super::priority::standing(self.program, one, two, false);
        let fits = match found {
            super::priority::Standing::First(own) => principle.as_deref() == Some(own.word()),
            super::priority::Standing::Clash => principle.is_none(),
            _ => false,
        };
        // What conditions require of one act may contradict each other as well.
        let requires = [one, two].map(|it| self.program.norms[it].modality);
        if !fits && requires != [Modality::Require; 2] {
            self.fault(at, Wrong::NoPriority { winner, loser });
        }
    }
}
