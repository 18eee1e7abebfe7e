//! The conditions that an explanation shows with a norm.

use crate::program::{ConditionBody, NormBody};

use super::checker::Checker;
use super::fault::Wrong;
use super::graph::{At, EdgeKind, Kind};
use super::required::is_required;
use super::requirement::{Part, Requirement};
use super::ruling::Ruling;
use super::steps::{Borne, Reasoned};
use super::truth::Truth;

impl<'a> Checker<'a> {
    /// That a condition of a norm is shown as it stands, over such an edge; it must be where it is
    /// due in a ruling and some completion requires it.
    pub(super) fn condition(
        &mut self,
        at: At,
        (norm, over): (&str, EdgeKind),
        (requirement, due_in): (&Requirement, Option<&Ruling>),
        borne: &mut Borne,
    ) {
        let due = self.condition_written(requirement);
        let children = self.graph.children(at).to_vec();
        let fitting = children.into_iter().filter_map(|(edge, below)| {
            let node = self.node(below)?;
            match &node.kind {
                Kind::Condition {
                    norm: own,
                    written,
                    standing,
                    fixed,
                } if *own == norm && *written == due && edge == over => {
                    Some((below, standing.clone(), *fixed))
                }
                _ => None,
            }
        });
        let fitting: Vec<_> = fitting.collect();
        let is_new = |(below, ..): &&(At, String, bool)| !borne.used.contains(below);
        // What bars a norm may be said once, though several instances require it.
        let again = fitting.first().filter(|_| over == EdgeKind::Bars);
        let found = fitting.iter().find(is_new).or(again).cloned();
        let Some((below, standing, fixed)) = found else {
            if let Some(ruling) = due_in {
                let act = self.act.clone();
                match is_required(&mut self.judge, &act, ruling, requirement) {
                    Some(true) => self.fault(at, Wrong::ConditionMissing(due)),
                    Some(false) => {}
                    None => self.trust("settling", at),
                }
            }
            return;
        };
        borne.used.insert(below);
        let word = |truth| match truth {
            Truth::Certain => "met",
            Truth::Maybe => "unknown",
            Truth::False => "unmet",
        };
        // Over all completions, or as each alternative stands by itself.
        if standing != word(requirement.alone()) {
            self.hold(below, "standing", &standing, word(requirement.met));
        }
        self.hold(
            below,
            "fixed",
            &fixed.to_string(),
            &requirement.fixed.to_string(),
        );
        let mut inner = Borne::default();
        // Of alternatives one that holds is reason enough.
        let met = requirement.each.iter().position(|it| *it == Truth::Certain);
        for (index, parts) in requirement.alternatives.iter().enumerate() {
            if met.is_some_and(|met| met != index)
                || self.case(below, requirement, index, &mut inner)
            {
                continue;
            }
            let apart = requirement.apart.get(index) == Some(&true);
            if apart && parts.len() > 1 && !self.is_late(requirement, index) {
                self.no_case(below, &mut inner);
            } else {
                self.each_part(below, parts, &mut inner);
            }
        }
        if let Err(wrong) = self.uses_all(below, &inner) {
            self.fault(below, wrong);
        }
        self.queue(inner);
    }

    /// That it is shown that nothing meets an alternative, though each of its atoms may hold.
    fn no_case(&mut self, below: At, inner: &mut Borne) {
        let children = self.graph.children(below).to_vec();
        let found = children.into_iter().find(|(edge, at)| {
            let is_none = match self.node(*at).map(|it| &it.kind) {
                Some(Kind::Absence { atom, reason, .. }) => {
                    atom.relation.is_empty() && reason == "no-case"
                }
                _ => false,
            };
            *edge == EdgeKind::Unless && is_none && !inner.used.contains(at)
        });
        match found {
            Some((_, at)) => {
                inner.used.insert(at);
                self.seen.insert(at);
            }
            None => {
                let text = self.text(below);
                self.fault(below, Wrong::Missing(text));
            }
        }
    }

    /// An alternative of a condition, with the body that it is stated with.
    fn alternative_of(
        &self,
        requirement: &Requirement,
        index: usize,
    ) -> Option<(&'a NormBody, &'a ConditionBody)> {
        let norm = &self.program.norms[requirement.norm];
        let alternatives = &norm.condition.as_ref()?.alternatives;
        let own = alternatives.get(requirement.body)?.get(index)?;
        Some((norm.bodies.get(requirement.body)?, own))
    }

    fn is_late(&self, requirement: &Requirement, index: usize) -> bool {
        let stated = self.alternative_of(requirement, index);
        stated.is_none_or(|(_, own)| !own.late.is_empty())
    }

    /// Whether there is a case in which an alternative holds, or may; then one that holds most
    /// surely is to be shown.
    fn case(
        &mut self,
        below: At,
        requirement: &Requirement,
        index: usize,
        borne: &mut Borne,
    ) -> bool {
        let Some((body, own)) = self.alternative_of(requirement, index) else {
            return false;
        };
        if !own.late.is_empty() {
            return false;
        }
        let (variables, given) = (&body.variables, &requirement.given);
        let solutions = self.evaluator().solve(variables, &own.literals, given);
        let best = solutions.iter().map(|(_, truth)| *truth).max();
        let mut wrong = None;
        for (frame, _) in solutions.iter().filter(|(_, truth)| Some(*truth) == best) {
            let reasoned = Reasoned {
                node: below,
                variables,
                frame,
            };
            let mut inner = Borne::default();
            match self.borne_out(reasoned, &own.literals, &mut inner) {
                Ok(()) => {
                    borne.used.extend(inner.used);
                    borne.claims.extend(inner.claims);
                    return true;
                }
                Err(other) => wrong = wrong.or(Some(other)),
            }
        }
        if let Some(wrong) = wrong {
            self.fault(below, wrong);
        }
        best.is_some()
    }

    /// That it is shown what becomes of each atom of an alternative.
    fn each_part(&mut self, below: At, parts: &[Part], inner: &mut Borne) {
        for part in parts {
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
    }

    /// A condition as an explanation writes it.
    fn condition_written(&self, requirement: &Requirement) -> String {
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
}
