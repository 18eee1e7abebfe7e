//! What a norm asks of other acts' verdicts: those verdicts, in short.

use crate::deontic::{Breach, Status};
use crate::lang::ast::Role;
use crate::program::{ActDescription, ActTerm, ActionId, LateLiteral, Mode, Term, Value};

use super::builder::{Builder, Key};
use super::graph::{Edge, NodeId, NodeKind};
use super::literals::Place;
use super::raise::Values;

/// How many breaches are shown.
const BREACHES: usize = 5;

impl Builder<'_, '_> {
    /// Lets `parent` rest on what a late literal asks.
    pub(super) fn late(&mut self, parent: NodeId, late: &LateLiteral, place: Place<'_>) {
        match late {
            LateLiteral::Status { negated, act, .. } => {
                let edge = if *negated {
                    Edge::Unless
                } else {
                    Edge::Because
                };
                for node in self.asked(act, place) {
                    self.connect(parent, node, edge);
                }
            }
            LateLiteral::Negative {
                literals,
                late,
                span,
            } => {
                let Some(substitution) = self.best_solution(literals, place) else {
                    let written = self.sources.text(*span).split_whitespace();
                    let written = written.collect::<Vec<_>>().join(" ");
                    let node = self.no_such_case(written.clone(), written);
                    self.connect(parent, node, Edge::Unless);
                    return;
                };
                let values = Values {
                    substitution: &substitution,
                    ..place.values
                };
                let written = self.raise(values, |raise, _| raise.written_body(literals));
                let text = self.raise(values, |raise, words| words.body(&raise.body(literals)));
                let node = self.no_such_case(text, written);
                self.connect(parent, node, Edge::Unless);
                for inner in late {
                    self.late(node, inner, Place { values, ..place });
                }
            }
        }
    }

    /// The verdicts of the acts that a status literal asks about.
    fn asked(&mut self, act: &ActTerm, place: Place<'_>) -> Vec<NodeId> {
        let found = match act {
            ActTerm::Bound(variable) => place.values.of(*variable).into_iter().collect(),
            ActTerm::Denoted(action, roles) => {
                let description = denoted(*action, roles, place.values);
                let at = description.roles.iter().find_map(|&(role, value)| {
                    (role == Role::At).then(|| value.number()).flatten()
                });
                vec![
                    self.judge
                        .describe(&description, at.unwrap_or(place.at), true),
                ]
            }
            ActTerm::Breaches(actions, roles) => self.breaches(actions, roles, place),
        };
        found
            .into_iter()
            .filter_map(|other| self.other_verdict(other))
            .collect()
    }

    /// The verdict of another act, with the norms that decide it.
    fn other_verdict(&mut self, act: Value) -> Option<NodeId> {
        let key = Key::Verdict(act);
        // An act whose verdict is being explained would close a circle.
        if let Some(&known) = self.known.get(&key).filter(|_| !self.acts.contains(&act)) {
            return Some(known);
        }
        let record = self.judge.act(act)?.clone();
        let judgement = self.judge.judge(act)?;
        let words = self.naming(|naming| naming.described(&record.description));
        let text = self.words().described(&words);
        let kind = NodeKind::Verdict {
            act: self.written_act(&record),
            verdict: judgement.verdict.word(),
        };
        if self.acts.contains(&act) {
            return Some(self.explanation.add(text, kind));
        }
        let node = self.shared(key, text, kind);
        for standing in &judgement.norms {
            if standing.status == Status::Out {
                continue;
            }
            let decides = self.norm_node(standing.norm, |node| {
                node.status = standing.status.word();
                node.certain = standing.certain;
            });
            self.connect(node, decides, Edge::Because);
        }
        Some(node)
    }

    /// Recorded acts that match and were, or may have been, a breach.
    fn breaches(
        &mut self,
        actions: &[ActionId],
        roles: &[(Role, Term)],
        place: Place<'_>,
    ) -> Vec<Value> {
        let program = self.program();
        let wanted: Vec<_> = roles
            .iter()
            .filter_map(|&(role, term)| Some((role, place.values.term(term)?)))
            .collect();
        let matching: Vec<_> = self
            .judge
            .recorded()
            .filter(|record| record.mode == Mode::Performed)
            .filter(|record| {
                let own = record.description.action;
                actions.iter().any(|&action| program.is_a(own, action))
                    && wanted
                        .iter()
                        .all(|role| record.description.roles.contains(role))
            })
            .map(|record| record.value)
            .collect();
        let mut found = Vec::new();
        for act in matching {
            let breach = self.judge.judge(act).map(|judgement| judgement.breach);
            if matches!(breach, Some(Breach::Certain | Breach::Possible)) {
                found.push(act);
            }
            if found.len() == BREACHES {
                break;
            }
        }
        found
    }
}

fn denoted(action: ActionId, roles: &[(Role, Term)], values: Values<'_>) -> ActDescription {
    let mut roles: Vec<_> = roles
        .iter()
        .filter_map(|&(role, term)| Some((role, values.term(term)?)))
        .collect();
    roles.sort_unstable();
    ActDescription {
        action,
        roles,
        arguments: Vec::new(),
    }
}
