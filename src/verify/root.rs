//! The verdict: that all norms that apply are there and stand as they are said to, and that the
//! verdict follows from what is in force.

use std::collections::BTreeMap;

use crate::program::NormId;

use super::checker::Checker;
use super::fault::Wrong;
use super::graph::{At, EdgeKind, Kind, NormNode};
use super::judge::Instance;
use super::required::settle_conditions;
use super::ruling::{Ruling, Status};
use super::settle::{Wanted, settle};
use super::truth::Truth;

impl Checker<'_> {
    /// Checks the explanation of a verdict.
    pub(super) fn verdict(&mut self, root: At, act: &str, verdict: &str) {
        self.seen.insert(root);
        let due = self.names().described(&self.act.description);
        self.hold(root, "act", act, &due);
        let judged = self.act.clone();
        let Some(mut ruling) = self.judge.ruling(&judged) else {
            self.trust("verdict", root);
            return;
        };
        let norms = self.norm_nodes(root);
        let placed = self.placed(&norms, &ruling);
        self.settled(root, &mut ruling, verdict, &placed);
        for (&at, index) in &placed {
            self.placed_norm(at, *index, &ruling, &norms);
        }
        self.all_norms(root, &ruling, &placed);
        self.resolutions(root, &ruling, &placed);
        self.questions(root);
        self.comes_to(root, verdict, &ruling);
        let resolved = |(edge, at): &(EdgeKind, At)| {
            let kind = self.node(*at).map(|node| &node.kind);
            let fits = match kind {
                Some(Kind::Norm(_) | Kind::Unknown { .. }) => *edge == EdgeKind::Because,
                Some(Kind::Resolution { .. }) => true,
                _ => false,
            };
            (!fits).then(|| self.text(*at))
        };
        let idle: Vec<_> = self
            .graph
            .children(root)
            .iter()
            .filter_map(resolved)
            .collect();
        for text in idle {
            self.fault(root, Wrong::Idle(text));
        }
    }

    /// The norms that the root rests on, and those that resolutions set aside.
    fn norm_nodes(&self, root: At) -> BTreeMap<At, NormNode> {
        let below = |at: At| self.graph.children(at).iter().map(|&(_, to)| to);
        let resolutions = below(root).filter(|&at| {
            matches!(
                self.node(at).map(|it| &it.kind),
                Some(Kind::Resolution { .. })
            )
        });
        let all = below(root).chain(resolutions.flat_map(below));
        let norm = |at: At| match self.node(at).map(|node| &node.kind) {
            Some(Kind::Norm(node)) => Some((at, (**node).clone())),
            _ => None,
        };
        all.filter_map(norm).collect()
    }

    /// The instance that each norm node speaks of; none for duties and the like.
    pub(super) fn placed(
        &mut self,
        norms: &BTreeMap<At, NormNode>,
        ruling: &Ruling,
    ) -> BTreeMap<At, Option<usize>> {
        let mut placed = BTreeMap::new();
        for (&at, node) in norms {
            if node.due.is_some() || node.status == "out-of-force" {
                placed.insert(at, None);
                continue;
            }
            let taken: Vec<_> = placed.values().flatten().copied().collect();
            let mut own = ruling.instances.iter().enumerate();
            let found =
                own.find(|(index, it)| !taken.contains(index) && self.same_instance(node, it));
            placed.insert(at, found.map(|(index, _)| index));
        }
        placed
    }

    fn placed_norm(
        &mut self,
        at: At,
        index: Option<usize>,
        ruling: &Ruling,
        norms: &BTreeMap<At, NormNode>,
    ) {
        let Some(node) = norms.get(&at) else {
            return;
        };
        let Some(id) = self.cited_norm(at, node) else {
            return;
        };
        if node.due.is_some() {
            self.arises(at, node, id);
            return;
        }
        let act = self.act.clone();
        if node.status == "out-of-force" {
            let document = &self.program.documents[self.program.norms[id].document];
            let applies = !self.judge.instances_of(id, &act).is_empty();
            if document.in_force(act.at) || !applies {
                self.fault(at, Wrong::NotAnInstance(node.norm.clone()));
            }
            return;
        }
        if let Some(index) = index {
            let Some(instance) = ruling.instances.get(index) else {
                return;
            };
            self.status(at, node, index, ruling);
            self.in_force_if(at, node, instance, ruling);
            self.instance(at, node, instance, ruling);
            return;
        }
        self.asked_after(at, node, id);
    }

    /// Advice that is asked after the verdict, and factors that are absent.
    pub(super) fn asked_after(&mut self, at: At, node: &NormNode, id: NormId) {
        let act = self.act.clone();
        let later = self.judge.instances_of(id, &act);
        match later.iter().find(|it| self.same_instance(node, it)) {
            Some(instance) => self.later(at, node, instance),
            None if node.standing.as_deref() == Some("unmet") && later.is_empty() => {}
            None => self.fault(at, Wrong::NotAnInstance(node.norm.clone())),
        }
    }

    fn later(&mut self, at: At, node: &NormNode, instance: &Instance) {
        let due = if instance.truth == Truth::Certain {
            Status::In
        } else {
            Status::Open
        };
        if self.judge.untold {
            self.trust("status", at);
        } else {
            self.hold(at, "status", &node.status, due.word());
        }
        self.applies_to_act(at, node, instance.norm, super::steps::Borne::default());
    }

    pub(super) fn status(&mut self, at: At, node: &NormNode, index: usize, ruling: &Ruling) {
        if ruling.untold {
            self.trust("status", at);
            return;
        }
        if !ruling.says(index, &node.status) {
            let own = ruling.statuses.get(index).map_or("out", |it| it.word());
            self.hold(at, "status", &node.status, own);
        }
    }

    /// Works the verdict out completion by completion where what may apply leaves more open than
    /// the explanation does.
    pub(super) fn settled(
        &mut self,
        root: At,
        ruling: &mut Ruling,
        verdict: &str,
        placed: &BTreeMap<At, Option<usize>>,
    ) {
        if ruling.untold {
            return;
        }
        let says = |at: &At, status: Status| matches!(self.node(*at).map(|it| &it.kind), Some(Kind::Norm(node)) if node.status == status.word());
        let sharper = placed.iter().any(|(at, index)| {
            let own = index.and_then(|index| ruling.statuses.get(index));
            let surer = index.and_then(|index| ruling.instances.get(index)).is_some_and(|it| {
                it.truth == Truth::Maybe
                    && matches!(self.node(*at).map(|it| &it.kind), Some(Kind::Norm(node)) if node.certain)
            });
            surer || own == Some(&Status::Open) && (says(at, Status::In) || says(at, Status::Out))
        });
        let left_out = |index: usize| !placed.values().any(|&it| it == Some(index));
        let mut maybe = ruling.instances.iter().enumerate();
        let sharper =
            sharper || maybe.any(|(index, it)| it.truth == Truth::Maybe && left_out(index));
        self.settled_as(root, ruling, verdict, sharper);
    }

    /// The same, and how each norm fares where that is to be `sharper`.
    pub(super) fn settled_as(
        &mut self,
        root: At,
        ruling: &mut Ruling,
        verdict: &str,
        sharper: bool,
    ) {
        let act = self.act.clone();
        settle_conditions(&mut self.judge, &act, ruling);
        if ruling.outcomes.len() < 2 && !sharper {
            return;
        }
        let wanted = Wanted {
            statuses: sharper,
            two_are_enough: verdict == "undetermined" && !sharper,
        };
        if !settle(&mut self.judge, &act, ruling, wanted) {
            self.trust("settling", root);
            ruling.untold = true;
        }
    }

    /// That no norm is left out.
    fn all_norms(&mut self, root: At, ruling: &Ruling, placed: &BTreeMap<At, Option<usize>>) {
        if ruling.untold {
            self.trust("norms", root);
        }
        for (index, instance) in ruling.instances.iter().enumerate() {
            let shown = placed.values().any(|&it| it == Some(index));
            if !shown && !ruling.untold && !ruling.never.contains(&index) {
                let id = self.program.norms[instance.norm].id.clone();
                self.fault(root, Wrong::NormMissing(id));
            }
        }
    }

    /// That norms set others aside as they are said to, and that each is said.
    fn resolutions(&mut self, root: At, ruling: &Ruling, placed: &BTreeMap<At, Option<usize>>) {
        let mut said = Vec::new();
        for (_, at) in self.graph.children(root).to_vec() {
            let Some(Kind::Resolution {
                winner,
                loser,
                principle,
            }) = self.node(at).map(|node| node.kind.clone())
            else {
                continue;
            };
            self.seen.insert(at);
            let ends: Vec<_> = self.graph.children(at).iter().map(|&(_, to)| to).collect();
            let index = |place: usize| {
                ends.get(place)
                    .and_then(|at| placed.get(at).copied())
                    .flatten()
            };
            let named = |place: usize| match ends
                .get(place)
                .and_then(|&at| self.node(at))
                .map(|it| &it.kind)
            {
                Some(Kind::Norm(node)) => node.norm.clone(),
                _ => String::new(),
            };
            let pair = index(0).zip(index(1));
            let fits = pair.is_some_and(|(one, two)| {
                let beats = ruling.attacks.beats.iter().any(|&(w, l, by)| {
                    (w, l) == (one, two) && Some(by.word()) == principle.as_deref()
                });
                let clash = [(one, two), (two, one)];
                let clashes = ruling.attacks.clashes.iter().any(|it| clash.contains(it));
                let lives = |index: usize| ruling.statuses.get(index) != Some(&Status::Out);
                match principle {
                    Some(_) => beats && lives(one) && !lives(two) || beats && ruling.untold,
                    None => clashes && (ruling.untold || lives(one) && lives(two)),
                }
            });
            if fits && ends.len() == 2 && [named(0), named(1)] == [winner.clone(), loser.clone()] {
                said.extend(pair);
            } else {
                self.fault(at, Wrong::NoPriority { winner, loser });
            }
        }
        self.all_resolutions(root, ruling, &said);
    }

    /// That whatever is in force and sets another norm aside is said to; what applies in no
    /// completion is not there to be set aside.
    fn all_resolutions(&mut self, root: At, ruling: &Ruling, said: &[(usize, usize)]) {
        if ruling.untold {
            return;
        }
        let is_in = |index: usize| ruling.read.get(index) == Some(&Status::In);
        for &(winner, loser, _) in &ruling.attacks.beats {
            let applies = !ruling.never.contains(&loser);
            if is_in(winner) && applies && !said.contains(&(winner, loser)) {
                let id = |index: usize| {
                    let instance = ruling.instances.get(index);
                    instance
                        .map(|it| self.program.norms[it.norm].id.clone())
                        .unwrap_or_default()
                };
                let wrong = Wrong::NoResolution {
                    winner: id(winner),
                    loser: id(loser),
                };
                self.fault(root, wrong);
            }
        }
    }

    /// That what is asked is not known.
    fn questions(&mut self, root: At) {
        for (edge, at) in self.graph.children(root).to_vec() {
            let Some(Kind::Unknown { atom }) = self.node(at).map(|node| node.kind.clone()) else {
                continue;
            };
            self.seen.insert(at);
            let claims = self.names().resolved(&atom);
            let open = |it: &super::steps::Claim| {
                self.program.relations[it.0].open && self.program.relations[it.0].document.is_none()
            };
            let claims: Vec<_> = claims.into_iter().filter(open).collect();
            let mut unknown = false;
            for claim in claims {
                unknown |= self.may_be(&claim);
            }
            if !unknown || edge != EdgeKind::Because {
                self.fault(at, Wrong::NotUnknown);
            }
        }
    }

    /// That the verdict follows.
    pub(super) fn comes_to(&mut self, root: At, verdict: &str, ruling: &Ruling) {
        let act = self.act.clone();
        if ruling.untold {
            self.trust("verdict", root);
        } else if verdict == "undetermined" && self.judge.ways_below(&act) {
            self.trust("ways", root);
        } else {
            self.hold(root, "verdict", verdict, ruling.verdict);
        }
    }
}
