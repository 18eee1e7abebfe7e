//! The norms of an explanation: each as it applies to the act, with all that makes it apply, its
//! conditions and what sets it aside.

use crate::program::{ActRecord, ActTerm, LateLiteral, Modality, NormBody, NormId};

use super::checker::Checker;
use super::fault::Wrong;
use super::frame::Frame;
use super::graph::{At, EdgeKind, Kind, NormNode};
use super::judge::Instance;
use super::late::filled;
use super::requirement::{Part, Requirement};
use super::ruling::{Ruling, Status};
use super::steps::{Borne, Reasoned};
use super::truth::Truth;

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
        let bodies = &self.program.norms[instance.norm].bodies;
        let index = ruling
            .instances
            .iter()
            .position(|other| other.norm == instance.norm && other.per == instance.per);
        let settled = index.is_some_and(|index| ruling.always.contains(&index));
        let certain = (settled || instance.truth == Truth::Certain).to_string();
        if !ruling.untold {
            self.hold(at, "certain", &node.certain.to_string(), &certain);
        }
        let mut conditions = Borne::default();
        let required = ruling.requirements.iter();
        let required = required.filter(|it| Some(it.instance) == index);
        let out =
            |statuses: &[Status]| index.and_then(|index| statuses.get(index)) == Some(&Status::Out);
        let required: Vec<_> = required.filter(|_| !out(&ruling.read)).cloned().collect();
        for requirement in required {
            let is_due = !out(&ruling.statuses);
            self.condition(at, node, (&requirement, is_due), &mut conditions);
        }
        let applies = bodies.iter().collect::<Vec<_>>();
        self.applies(at, node, &applies, conditions);
    }

    /// That one of some bodies holds for the values of the node and the reasons below it.
    pub(super) fn applies(&mut self, at: At, node: &NormNode, bodies: &[&NormBody], other: Borne) {
        let mut wrong = Wrong::NotAnInstance(node.norm.clone());
        let mut furthest = None;
        let act = self.act.clone();
        for body in bodies {
            let Some(frame) =
                self.bound(&body.variables, Frame::new(&body.variables), &node.values)
            else {
                continue;
            };
            for (frame, truth) in self.judge.solutions(body, &act, Some(&frame)) {
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
                    .and_then(|()| self.uses_all(at, &borne));
                match found {
                    Ok(()) => {
                        self.queue(borne);
                        return;
                    }
                    // The way of which most is shown tells most.
                    Err(found) => {
                        let shown = Some(borne.used.len());
                        if shown > furthest {
                            (furthest, wrong) = (shown, found);
                        }
                    }
                }
            }
        }
        self.queue(other);
        self.fault(at, wrong);
    }

    /// That the verdicts of other acts are shown that a body asks for.
    fn late_borne(
        &mut self,
        reasoned: Reasoned<'_>,
        act: &ActRecord,
        body: &NormBody,
        late: &[LateLiteral],
        borne: &mut Borne,
    ) -> Result<(), Wrong> {
        for literal in late {
            match literal {
                LateLiteral::Status {
                    negated, act: term, ..
                } => {
                    let edge = if *negated {
                        EdgeKind::Unless
                    } else {
                        EdgeKind::Because
                    };
                    self.asked_of(reasoned, act, (term, edge), borne)?;
                }
                LateLiteral::Negative { literals, late, .. } => {
                    self.no_such_case(reasoned, act, (body, literals, late), borne)?;
                }
            }
        }
        Ok(())
    }

    fn asked_of(
        &mut self,
        reasoned: Reasoned<'_>,
        act: &ActRecord,
        (term, edge): (&ActTerm, EdgeKind),
        borne: &mut Borne,
    ) -> Result<(), Wrong> {
        let others = match term {
            ActTerm::Breaches(actions, roles) => {
                let roles = filled(roles, reasoned.frame);
                self.trust("breaches", reasoned.node);
                self.judge.performed(act, actions, &roles)
            }
            _ => self
                .judge
                .other(act, term, reasoned.frame)
                .into_iter()
                .collect(),
        };
        let mut shown = false;
        for other in others {
            let described = self.names().described(&other.description);
            let children = self.graph.children(reasoned.node).to_vec();
            for (_, at) in children.into_iter().filter(|(kind, _)| *kind == edge) {
                if self.verdict_of(at, &other, &described) {
                    borne.used.insert(at);
                    shown = true;
                }
            }
            if !shown && !matches!(term, ActTerm::Breaches(..)) {
                return Err(Wrong::Missing(described));
            }
        }
        Ok(())
    }

    /// Whether a node is the verdict of this act; then it is held against our own.
    fn verdict_of(&mut self, at: At, act: &ActRecord, described: &str) -> bool {
        let verdict = match self.node(at).map(|node| &node.kind) {
            Some(Kind::Verdict { act, verdict }) if act == described => verdict.clone(),
            _ => return false,
        };
        let below = self.graph.children(at).to_vec();
        let ruling = self.judge.ruling(act);
        let Some(ruling) = ruling.filter(|it| !it.untold && !self.judge.ways_below(act)) else {
            self.trust("other-verdict", at);
            self.skip(at);
            return true;
        };
        if ruling.verdict == "undetermined" {
            self.trust("other-verdict", at);
        } else {
            self.hold(at, "verdict", &verdict, ruling.verdict);
        }
        for (_, norm) in below {
            let Some(Kind::Norm(node)) = self.node(norm).map(|node| node.kind.clone()) else {
                self.fault(norm, Wrong::Idle(self.text(norm)));
                continue;
            };
            let Some(id) = self.cited_norm(norm, &node) else {
                continue;
            };
            let instances = ruling.instances.iter().zip(&ruling.statuses);
            let mut own = instances.filter(|(it, _)| it.norm == id);
            if !own.any(|(_, status)| *status != Status::Out) {
                self.fault(norm, Wrong::NotAnInstance(node.norm.clone()));
            }
        }
        true
    }

    /// Takes all below a node as it is.
    pub(super) fn skip(&mut self, at: At) {
        for (_, below) in self.graph.children(at).to_vec() {
            if self.seen.insert(below) {
                self.skip(below);
            }
        }
    }

    fn no_such_case(
        &mut self,
        reasoned: Reasoned<'_>,
        act: &ActRecord,
        (body, literals, late): (&NormBody, &[crate::program::Literal], &[LateLiteral]),
        borne: &mut Borne,
    ) -> Result<(), Wrong> {
        let evaluator = self.evaluator();
        let solutions = evaluator.solve(&body.variables, literals, reasoned.frame);
        let children = self.graph.children(reasoned.node).to_vec();
        for (_, at) in children
            .into_iter()
            .filter(|(kind, _)| *kind == EdgeKind::Unless)
        {
            let is_case = match self.node(at).map(|node| &node.kind) {
                Some(Kind::Absence { atom, reason, .. }) => {
                    atom.relation.is_empty() && reason == "no-case"
                }
                _ => false,
            };
            if !is_case || borne.used.contains(&at) {
                continue;
            }
            let mut fits = solutions.is_empty() && self.graph.children(at).is_empty();
            for (frame, _) in &solutions {
                let mut inner = Borne::default();
                let below = Reasoned {
                    node: at,
                    variables: &body.variables,
                    frame,
                };
                let found = self.late_borne(below, act, body, late, &mut inner);
                if found.and_then(|()| self.uses_all(at, &inner)).is_ok() {
                    self.queue(inner);
                    fits = true;
                    break;
                }
            }
            if fits {
                borne.used.insert(at);
                return Ok(());
            }
        }
        Err(Wrong::Missing(self.text(reasoned.node)))
    }

    /// That a condition is shown as it stands.
    fn condition(
        &mut self,
        at: At,
        norm: &NormNode,
        (requirement, is_due): (&Requirement, bool),
        borne: &mut Borne,
    ) {
        let due = self.condition_written(requirement);
        let children = self.graph.children(at).to_vec();
        let found = children.into_iter().find_map(|(edge, below)| {
            let node = self.node(below)?;
            match &node.kind {
                Kind::Condition {
                    norm: own,
                    written,
                    standing,
                    fixed,
                } if *own == norm.norm
                    && *written == due
                    && edge == EdgeKind::Because
                    && !borne.used.contains(&below) =>
                {
                    Some((below, standing.clone(), *fixed))
                }
                _ => None,
            }
        });
        let Some((below, standing, fixed)) = found else {
            if is_due {
                self.fault(at, Wrong::ConditionMissing(due));
            }
            return;
        };
        borne.used.insert(below);
        let standing_due = match requirement.met {
            Truth::Certain => "met",
            Truth::Maybe => "unknown",
            Truth::False => "unmet",
        };
        self.hold(below, "standing", &standing, standing_due);
        self.hold(
            below,
            "fixed",
            &fixed.to_string(),
            &requirement.fixed.to_string(),
        );
        let mut inner = Borne::default();
        for part in requirement.alternatives.iter().flatten() {
            let Part::Atom {
                negated,
                relation,
                pattern,
            } = part
            else {
                continue;
            };
            let edge = if *negated {
                EdgeKind::Unless
            } else {
                EdgeKind::Because
            };
            let claim = (*relation, pattern.clone());
            let below_it = self.graph.children(below).to_vec();
            let own = below_it.into_iter().filter(|(kind, _)| *kind == edge);
            let own: Vec<_> = own
                .filter(|&(_, to)| self.claims(to, &claim).is_some())
                .collect();
            match own.first() {
                Some(&(_, to)) => {
                    inner.used.insert(to);
                    inner.claims.push((to, claim));
                }
                None => {
                    let written = self.names().written(*relation, pattern);
                    self.fault(below, Wrong::Missing(written));
                }
            }
        }
        if let Err(wrong) = self.uses_all(below, &inner) {
            self.fault(below, wrong);
        }
        self.queue(inner);
    }

    /// A condition as an explanation writes it.
    pub(super) fn condition_written(&self, requirement: &Requirement) -> String {
        let part = |part: &Part| match part {
            Part::Atom {
                negated,
                relation,
                pattern,
            } => {
                let atom = self.names().written(*relation, pattern);
                if *negated {
                    format!("not {atom}")
                } else {
                    atom
                }
            }
            Part::Other(span) => {
                let text = self.sources.text(*span).split_whitespace();
                text.collect::<Vec<_>>().join(" ")
            }
        };
        let alternatives = requirement.alternatives.iter();
        let alternatives =
            alternatives.map(|parts| parts.iter().map(part).collect::<Vec<_>>().join(", "));
        alternatives.collect::<Vec<_>>().join(" or ")
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
        let arising = norm.arises.iter().map(|arising| &arising.body);
        let bodies: Vec<_> = arising.chain(&norm.bodies).collect();
        self.applies(at, node, &bodies, other);
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
