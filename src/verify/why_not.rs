//! Why not: that each norm shown could have given the verdict that did not come, and lacks or is
//! kept from deciding by what it is said to; and that no such norm is left out uncounted.

use std::collections::{BTreeMap, BTreeSet};

use crate::program::{LiteralKind, Modality, Norm, NormId, Term, VariableId};

use super::checker::Checker;
use super::fault::Wrong;
use super::frame::{Frame, Meant};
use super::graph::{At, EdgeKind, Kind, NormNode, WhyNotNode};
use super::requirement::Requirement;
use super::ruling::{Ruling, Status};
use super::steps::{Borne, Reasoned};
use super::truth::Truth;

/// Norm nodes with the instances that they speak of.
struct Shown<'s> {
    ruling: &'s Ruling,
    placed: &'s BTreeMap<At, Option<usize>>,
}

impl Shown<'_> {
    /// Whether an instance is in force in some completion.
    fn lives(&self, index: usize) -> bool {
        self.ruling.statuses.get(index) != Some(&Status::Out)
    }

    /// The same, as far as can be told instance by instance.
    fn seems_to_live(&self, index: usize) -> bool {
        self.lives(index) || self.ruling.read.get(index) != Some(&Status::Out)
    }

    fn norm(&self, index: usize) -> Option<NormId> {
        Some(self.ruling.instances.get(index)?.norm)
    }
}

impl Checker<'_> {
    /// Checks the explanation of a verdict that did not come.
    pub(super) fn why_not(&mut self, root: At, node: &WhyNotNode) {
        self.seen.insert(root);
        let due = self.names().described(&self.act.description);
        self.hold(root, "act", &node.act, &due);
        let act = self.act.clone();
        let Some(mut ruling) = self.judge.ruling(&act) else {
            self.trust("verdict", root);
            return;
        };
        let norms = self.norms_over(&[root], EdgeKind::Because);
        for (edge, at) in self.graph.children(root).to_vec() {
            if edge != EdgeKind::Because || !norms.contains_key(&at) {
                self.fault(root, Wrong::Idle(self.text(at)));
            }
        }
        if node.wanted == node.verdict {
            // Nothing is lacking, so nothing is to be said.
            for &at in norms.keys() {
                self.fault(at, Wrong::Idle(self.text(at)));
            }
            let sharper = ruling.verdict != node.verdict;
            self.settled_as(root, &mut ruling, &node.verdict, sharper);
            self.hold(root, "left-out", &node.left_out.to_string(), "0");
        } else if node.wanted == "unregulated" {
            let placed = self.placed(&norms, &ruling);
            let every = |_: Modality| true;
            let sharper = stands_otherwise(&norms, &placed, &ruling)
                || self.leaves_out(&placed, &ruling, every);
            self.settled_as(root, &mut ruling, &node.verdict, sharper);
            self.decided(root, &norms, &ruling, &placed);
            self.hold(root, "left-out", &node.left_out.to_string(), "0");
        } else {
            self.candidates(root, node, &norms, &mut ruling);
        }
        if node.rules_left_out > 0 {
            self.trust("nearest", root);
        }
        self.comes_to(root, &node.verdict, &ruling);
    }

    /// The norms that nodes rest on over such an edge.
    fn norms_over(&self, nodes: &[At], kind: EdgeKind) -> BTreeMap<At, NormNode> {
        let edges = nodes.iter().flat_map(|&at| self.graph.children(at));
        let below = edges.filter(|(edge, _)| *edge == kind).map(|&(_, at)| at);
        let norm = |at: At| match &self.node(at)?.kind {
            Kind::Norm(node) => Some((at, (**node).clone())),
            _ => None,
        };
        below.filter_map(norm).collect()
    }

    /// That an act is regulated by all norms shown, and by no other.
    fn decided(
        &mut self,
        root: At,
        norms: &BTreeMap<At, NormNode>,
        ruling: &Ruling,
        placed: &BTreeMap<At, Option<usize>>,
    ) {
        self.applied(norms, ruling, placed);
        for (&at, node) in norms {
            if node.status == Status::Out.word() {
                self.fault(at, Wrong::Idle(self.text(at)));
            }
        }
        let shown = Shown { ruling, placed };
        for (index, instance) in ruling.instances.iter().enumerate() {
            let is_there = placed.values().any(|&it| it == Some(index));
            let never = ruling.never.contains(&index);
            if shown.lives(index) && !never && !is_there && !ruling.untold {
                let id = self.program.norms[instance.norm].id.clone();
                self.fault(root, Wrong::NormMissing(id));
            }
        }
    }

    /// That norms apply, or may, and stand as they are said to; what they require is not said.
    fn applied(
        &mut self,
        norms: &BTreeMap<At, NormNode>,
        ruling: &Ruling,
        placed: &BTreeMap<At, Option<usize>>,
    ) {
        for (&at, node) in norms {
            let Some(id) = self.cited_norm(at, node) else {
                continue;
            };
            let index = placed.get(&at).copied().flatten();
            let instance = index.and_then(|index| ruling.instances.get(index));
            if let (Some(index), Some(instance)) = (index, instance) {
                self.status(at, node, index, ruling);
                self.certain(at, node, instance, ruling);
                self.applies_to_act(at, node, id, Borne::default());
            } else {
                self.asked_after(at, node, id);
            }
        }
    }

    /// Checks the norms that could have given the verdict, and those that keep them from it.
    fn candidates(
        &mut self,
        root: At,
        asked: &WhyNotNode,
        norms: &BTreeMap<At, NormNode>,
        ruling: &mut Ruling,
    ) {
        let nodes: Vec<_> = norms.keys().copied().collect();
        let bars = nodes.iter().flat_map(|&at| self.graph.children(at));
        let resolutions: Vec<_> = bars
            .filter(|(edge, at)| {
                let kind = self.node(*at).map(|it| &it.kind);
                *edge == EdgeKind::Bars && matches!(kind, Some(Kind::Resolution { .. }))
            })
            .map(|&(_, at)| at)
            .collect();
        let mut others = self.norms_over(&nodes, EdgeKind::Bars);
        others.extend(self.norms_over(&resolutions, EdgeKind::Because));
        let placed = self.placed(&others, ruling);
        let stand = norms
            .values()
            .filter(|node| ["in", "open"].contains(&node.status.as_str()));
        let own = stand.filter_map(|node| self.program.norm_named(&node.norm));
        let own: Vec<_> = own.map(|id| self.program.norms[id].modality).collect();
        let opposes = |other| own.iter().any(|&own| opposes(own, other));
        let sharper = ruling.verdict != asked.verdict
            || self.is_sharper(norms.values(), ruling)
            || stands_otherwise(&others, &placed, ruling)
            || self.leaves_out(&placed, ruling, opposes);
        self.settled_as(root, ruling, &asked.verdict, sharper);
        self.applied(&others, ruling, &placed);
        let mut due = self.able(&asked.wanted);
        let all = due.len();
        let shown = Shown {
            ruling,
            placed: &placed,
        };
        for (&at, node) in norms {
            let Some(id) = self.cited_norm(at, node) else {
                continue;
            };
            // Each norm is shown once.
            if due.remove(&id) {
                self.candidate(at, node, id, &shown);
            } else {
                self.fault(at, Wrong::Idle(self.text(at)));
            }
            if node.misses != Some(0) {
                self.trust("nearest", root);
            }
        }
        let left_out = (all - norms.len().min(all)).to_string();
        self.hold(root, "left-out", &asked.left_out.to_string(), &left_out);
    }

    /// Whether norms are said to stand otherwise than what may apply leaves open.
    fn is_sharper<'n>(
        &self,
        mut norms: impl Iterator<Item = &'n NormNode>,
        ruling: &Ruling,
    ) -> bool {
        norms.any(|node| {
            let Some(id) = self.program.norm_named(&node.norm) else {
                return false;
            };
            match self.told_of(ruling, id, node) {
                Some(index) => {
                    !ruling.says(index, &node.status)
                        || node.certain != is_certain(ruling, index)
                        || better(ruling, id, node).is_some()
                }
                None => false,
            }
        })
    }

    /// Whether an instance of such a norm is not shown that is not set aside for all that can be
    /// told norm by norm.
    fn leaves_out(
        &self,
        placed: &BTreeMap<At, Option<usize>>,
        ruling: &Ruling,
        counts: impl Fn(Modality) -> bool,
    ) -> bool {
        let mut instances = ruling.instances.iter().zip(&ruling.statuses).enumerate();
        instances.any(|(index, (it, status))| {
            let is_there = placed.values().any(|&it| it == Some(index));
            *status != Status::Out && counts(self.program.norms[it.norm].modality) && !is_there
        })
    }

    /// The norms that speak of the act, or would on another day, and could give a verdict.
    fn able(&mut self, wanted: &str) -> BTreeSet<NormId> {
        let program = self.program;
        let act = self.act.clone();
        let mut found = BTreeSet::new();
        for (id, norm) in program.norms.entries() {
            let own = act.description.action;
            let speaks = norm.actions.iter().any(|&above| program.is_a(own, above));
            if speaks && gives(norm.modality, wanted) && self.may_govern(norm) {
                found.insert(id);
            }
        }
        found
    }

    /// Whether a norm's document governs the act, or may, where all of the norm's bodies ask for
    /// that.
    fn may_govern(&mut self, norm: &Norm) -> bool {
        let Some(governed) = self.program.documents[norm.document].governed else {
            return true;
        };
        let asks = |kind: &LiteralKind| match kind {
            LiteralKind::Positive(atom) => {
                atom.relation == governed && atom.terms == [Term::Variable(VariableId::JUDGED)]
            }
            _ => false,
        };
        let mut bodies = norm.bodies.iter();
        let all = bodies.all(|body| body.literals.iter().any(|it| asks(&it.kind)));
        let act = self.act.value;
        !all || self.evaluator().truth(governed, &[act]) != Truth::False
    }

    /// Checks a norm that could have given the verdict.
    fn candidate(&mut self, at: At, node: &NormNode, id: NormId, shown: &Shown<'_>) {
        let ruling = shown.ruling;
        let norm = &self.program.norms[id];
        let index = self.told_of(ruling, id, node);
        match index {
            Some(index) => {
                self.status(at, node, index, ruling);
                if let Some(better) = better(ruling, id, node).filter(|_| !ruling.untold) {
                    self.hold(at, "status", &node.status, better.word());
                }
                if let Some(instance) = ruling.instances.get(index) {
                    self.certain(at, node, instance, ruling);
                }
            }
            None => {
                let current = self.program.documents[norm.document].in_force(self.act.at);
                let due = if current { "unmet" } else { "out-of-force" };
                self.hold(at, "status", &node.status, due);
                self.hold(at, "certain", &node.certain.to_string(), "true");
            }
        }
        let (mut borne, misses) = match self.lacks(at, node, id) {
            Ok(found) => found,
            Err(wrong) => {
                self.fault(at, wrong);
                return;
            }
        };
        let said = node.misses.map(|it| it.to_string()).unwrap_or_default();
        self.hold(at, "misses", &said, &misses.to_string());
        if let Some(index) = index {
            self.barred(at, (index, &node.status), shown, &mut borne);
        }
        // What was wrong with what bars it was said.
        let idle = self.uses_all(at, &borne);
        self.queue(borne);
        if let Err(wrong) = idle {
            self.fault(at, wrong);
        }
    }

    /// The instance of a norm that a node speaks of: by its values where it is said to apply,
    /// else one that does in some completion.
    fn told_of(&self, ruling: &Ruling, norm: NormId, node: &NormNode) -> Option<usize> {
        let own = ruling.instances.iter().enumerate();
        let mut own = own.filter(|(_, it)| it.norm == norm);
        let all = [Status::In, Status::Open, Status::Out];
        let found = if all.iter().any(|status| status.word() == node.status) {
            own.find(|(_, it)| self.same_instance(node, it))
        } else {
            own.find(|(index, _)| !ruling.never.contains(index))
        };
        found.map(|(index, _)| index)
    }

    /// What one of a norm's bodies holds for and lacks under the values that a node names, and
    /// how much it lacks.
    fn lacks(&mut self, at: At, node: &NormNode, id: NormId) -> Result<(Borne, usize), Wrong> {
        let mut wrong = Wrong::NotAnInstance(node.norm.clone());
        let mut furthest = None;
        for body in &self.program.norms[id].bodies {
            let mut frame = Frame::new(&body.variables);
            frame.bind(VariableId::JUDGED, Meant::Value(self.act.value));
            let Some(frame) = self.bound(&body.variables, frame, &node.values) else {
                continue;
            };
            for frame in self.guesses(&body.variables, &body.literals, &frame, &node.values) {
                let reasoned = Reasoned {
                    node: at,
                    variables: &body.variables,
                    frame: &frame,
                };
                let mut borne = Borne::default();
                let told = self.told(reasoned, &body.literals, &mut borne);
                let told = told.and_then(|(misses, least)| match least {
                    Truth::False => Ok(misses),
                    _ => Ok(misses + self.late_told(reasoned, body, &mut borne)?),
                });
                match told.and_then(|misses| self.uses_all_of_body(at, &borne).map(|()| misses)) {
                    Ok(misses) => return Ok((borne, misses)),
                    Err(found) if Some(borne.used.len()) > furthest => {
                        (furthest, wrong) = (Some(borne.used.len()), found);
                    }
                    Err(_) => {}
                }
            }
        }
        Err(wrong)
    }

    /// Whether all that a node says of a body is used; what keeps the norm from deciding is not
    /// of the body.
    fn uses_all_of_body(&self, at: At, borne: &Borne) -> Result<(), Wrong> {
        let mut all = borne.used.iter().copied().collect::<BTreeSet<_>>();
        all.extend(self.graph.children(at).iter().filter_map(|&(_, below)| {
            let kind = &self.node(below)?.kind;
            let bars = matches!(
                kind,
                Kind::Norm(_) | Kind::Resolution { .. } | Kind::Condition { .. }
            );
            bars.then_some(below)
        }));
        let all = Borne {
            used: all,
            ..Borne::default()
        };
        self.uses_all(at, &all)
    }

    /// That what keeps an instance from deciding does: what sets it aside, what opposes it, and
    /// conditions; and that all that opposes it is said.
    fn barred(
        &mut self,
        at: At,
        (index, status): (usize, &str),
        shown: &Shown<'_>,
        borne: &mut Borne,
    ) {
        let (ruling, mut beaten, mut opposed) = (shown.ruling, false, BTreeSet::new());
        for (edge, below) in self.graph.children(at).to_vec() {
            if edge != EdgeKind::Bars {
                continue;
            }
            match self.node(below).map(|it| it.kind.clone()) {
                Some(Kind::Norm(_)) => {
                    let other = shown.placed.get(&below).copied().flatten();
                    if let Some(other) = other.filter(|&it| self.opposes(index, it, shown)) {
                        opposed.insert(other);
                        borne.used.insert(below);
                    }
                }
                Some(Kind::Resolution {
                    winner,
                    loser,
                    principle,
                }) => {
                    self.seen.insert(below);
                    borne.used.insert(below);
                    let names = [winner.as_str(), loser.as_str()];
                    match self.resolved_by(below, index, (names, principle.as_deref()), shown) {
                        Some(_) if principle.is_some() => beaten = true,
                        Some(other) => {
                            opposed.insert(other);
                        }
                        None => self.fault(below, Wrong::NoPriority { winner, loser }),
                    }
                }
                _ => {}
            }
        }
        let is_out = status == Status::Out.word();
        if !is_out {
            self.conditions_barring(at, shown, borne);
        }
        if ruling.untold {
            self.trust("status", at);
            return;
        }
        if is_out {
            let mut beats = ruling.attacks.beats.iter();
            let winner = beats.find(|&&(winner, loser, _)| loser == index && shown.lives(winner));
            if let (false, Some(&(winner, ..))) = (beaten, winner) {
                let (winner, loser) = (self.id_of(winner, shown), self.id_of(index, shown));
                self.fault(at, Wrong::NoResolution { winner, loser });
            }
            return;
        }
        for other in 0..ruling.instances.len() {
            let never = ruling.never.contains(&other);
            let opposes = shown.lives(other) && self.opposes(index, other, shown);
            if !never && opposes && !opposed.contains(&other) {
                let id = self.id_of(other, shown);
                self.fault(at, Wrong::NormMissing(id));
            }
        }
    }

    fn id_of(&self, index: usize, shown: &Shown<'_>) -> String {
        let norm = shown.norm(index);
        norm.map(|id| self.program.norms[id].id.clone())
            .unwrap_or_default()
    }

    /// That conditions which are not met are shown as they stand.
    fn conditions_barring(&mut self, at: At, shown: &Shown<'_>, borne: &mut Borne) {
        let ruling = shown.ruling;
        let mut said: Vec<&Requirement> = Vec::new();
        for requirement in &ruling.requirements {
            let again = said.iter().any(|it| it.is_same(requirement));
            let instance = requirement.instance;
            if !again && requirement.alone() != Truth::Certain && shown.seems_to_live(instance) {
                said.push(requirement);
                let norm = self.id_of(instance, shown);
                // Only over all completions it may be met: then it need not be said.
                let bars = requirement.met != Truth::Certain && shown.lives(instance);
                let due_in = Some(ruling).filter(|it| bars && !it.untold);
                self.condition(at, (&norm, EdgeKind::Bars), (requirement, due_in), borne);
            }
        }
    }

    /// Whether an instance that is not set aside keeps another from deciding.
    fn opposes(&self, index: usize, other: usize, shown: &Shown<'_>) -> bool {
        let modality = |index: usize| Some(self.program.norms[shown.norm(index)?].modality);
        let pair = modality(index).zip(modality(other));
        let opposite = pair.is_some_and(|(own, other)| opposes(own, other));
        opposite && shown.seems_to_live(other)
    }

    /// The instance that sets this one aside by a principle, or by none clashes with it, as a
    /// node says.
    fn resolved_by(
        &self,
        at: At,
        index: usize,
        (names, principle): ([&str; 2], Option<&str>),
        shown: &Shown<'_>,
    ) -> Option<usize> {
        let [(EdgeKind::Because, below)] = self.graph.children(at) else {
            return None;
        };
        let other = shown.placed.get(below).copied().flatten()?;
        let attacks = &shown.ruling.attacks;
        let fits = match principle {
            Some(principle) => attacks.beats.iter().any(|&(winner, loser, by)| {
                (winner, loser, by.word()) == (other, index, principle)
            }),
            None => {
                let pairs = [(index, other), (other, index)];
                attacks.clashes.iter().any(|it| pairs.contains(it))
            }
        };
        let id = |index: usize| Some(self.program.norms[shown.norm(index)?].id.as_str());
        let [mut own, mut others] = [id(index)?, id(other)?];
        if principle.is_some() {
            (own, others) = (others, own);
        }
        let lives = match principle {
            Some(_) => shown.lives(other),
            None => shown.seems_to_live(other),
        };
        (fits && names == [own, others] && (lives || shown.ruling.untold)).then_some(other)
    }
}

/// Whether instances are said to stand otherwise than what may apply leaves open.
fn stands_otherwise(
    norms: &BTreeMap<At, NormNode>,
    placed: &BTreeMap<At, Option<usize>>,
    ruling: &Ruling,
) -> bool {
    placed.iter().any(|(at, &index)| {
        norms.get(at).is_some_and(|said| {
            index.is_none_or(|index| {
                !ruling.says(index, &said.status) || said.certain != is_certain(ruling, index)
            })
        })
    })
}

/// How another instance of a norm fares, if better than a node says that one does.
fn better(ruling: &Ruling, norm: NormId, node: &NormNode) -> Option<Status> {
    let all = [Status::In, Status::Open, Status::Out].into_iter();
    let better: Vec<_> = all.take_while(|it| it.word() != node.status).collect();
    let fares = ruling.statuses.iter().zip(&ruling.read);
    let mut own = ruling.instances.iter().zip(fares);
    own.find(|(it, (status, read))| {
        it.norm == norm && better.contains(status) && better.contains(read)
    })
    .map(|(_, (status, _))| *status)
}

fn is_certain(ruling: &Ruling, index: usize) -> bool {
    let instance = ruling.instances.get(index);
    instance.is_some_and(|it| it.truth == Truth::Certain)
}

/// Whether norms of this modality can give the verdict.
fn gives(modality: Modality, wanted: &str) -> bool {
    match modality {
        Modality::Permit | Modality::Oblige => wanted != "prohibited",
        Modality::Forbid => matches!(wanted, "prohibited" | "conflict"),
        Modality::Require => wanted == "conditional",
        _ => false,
    }
}

/// Whether a norm of the other modality, in force, keeps one of the first from deciding.
fn opposes(own: Modality, other: Modality) -> bool {
    match own {
        Modality::Forbid => matches!(other, Modality::Permit | Modality::Oblige),
        _ => other == Modality::Forbid,
    }
}
