//! The verdicts of other acts, where an explanation rests on them.

use crate::program::{ActRecord, ActTerm, LateLiteral, NormBody};

use super::checker::Checker;
use super::fault::Wrong;
use super::graph::{At, EdgeKind, Kind};
use super::late::filled;
use super::ruling::Status;
use super::steps::{Borne, Reasoned};

impl Checker<'_> {
    /// That the verdicts of other acts are shown that a body asks for.
    pub(super) fn late_borne(
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
}
