//! Walks an explanation from its root down. What a node is to bear out is known from the node
//! above it, so that each is held against the policies and the facts, never against its text.

use std::collections::BTreeSet;

use crate::base::Sources;
use crate::load::Case;
use crate::program::{ActRecord, Program};

use super::evaluate::Evaluator;
use super::fault::{Fault, Wrong};
use super::graph::{At, EdgeKind, Graph, Kind, Node};
use super::judge::Judge;
use super::steps::{Borne, Claim};
use super::truth::Truth;
use super::world::World;

/// Checks one explanation.
pub(super) struct Checker<'a> {
    pub(super) program: &'a Program,
    pub(super) case: &'a Case,
    pub(super) sources: &'a Sources,
    pub(super) graph: &'a Graph,
    pub(super) judge: Judge<'a>,
    /// The act explained.
    pub(super) act: ActRecord,
    /// Nodes that something asked for.
    pub(super) seen: BTreeSet<At>,
    checked: BTreeSet<(At, Claim)>,
    queue: Vec<(At, Claim)>,
    pub(super) faults: Vec<Fault>,
    /// What was taken on trust, in words of a catalogue, with the node.
    pub(super) trusted: BTreeSet<(&'static str, String)>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(
        (program, case, sources): (&'a Program, &'a Case, &'a Sources),
        graph: &'a Graph,
        judge: Judge<'a>,
        act: ActRecord,
    ) -> Self {
        Self {
            program,
            case,
            sources,
            graph,
            judge,
            act,
            seen: BTreeSet::new(),
            checked: BTreeSet::new(),
            queue: Vec::new(),
            faults: Vec::new(),
            trusted: BTreeSet::new(),
        }
    }

    /// What holds at the moment of the act.
    pub(super) fn evaluator(&mut self) -> &mut Evaluator<'a> {
        &mut self.judge.home
    }

    /// What names and values are.
    pub(super) fn names(&self) -> &World<'a> {
        &self.judge.home.world
    }

    pub(super) fn node(&self, at: At) -> Option<&Node> {
        self.graph.nodes.get(at)
    }

    /// What a node says, in words.
    pub(super) fn text(&self, at: At) -> String {
        self.node(at)
            .map(|node| node.text.clone())
            .unwrap_or_default()
    }

    /// Notes what is wrong with a node.
    pub(super) fn fault(&mut self, at: At, wrong: Wrong) {
        let fault = Fault {
            node: self.node(at).map(|node| node.id.clone()),
            text: self.text(at),
            wrong,
        };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    /// Notes that a node says a word where another is due.
    pub(super) fn hold(&mut self, at: At, what: &'static str, found: &str, due: &str) {
        if found != due {
            self.fault(at, Wrong::differs(what, found, due));
        }
    }

    /// Notes what is taken on trust.
    pub(super) fn trust(&mut self, what: &'static str, at: At) {
        let id = self.node(at).map(|node| node.id.clone());
        self.trusted.insert((what, id.unwrap_or_default()));
    }

    /// Has what a body rests on checked in its turn.
    pub(super) fn queue(&mut self, borne: Borne) {
        self.seen.extend(borne.used);
        self.queue.extend(borne.claims);
    }

    /// How surely a node says that a tuple holds; none if it speaks of something else.
    pub(super) fn claims(&self, at: At, claim: &Claim) -> Option<Truth> {
        let (atom, denies, truth) = match &self.node(at)?.kind {
            Kind::Fact { atom, .. } | Kind::Assumption { atom } => (atom, false, Truth::Certain),
            Kind::Rule(rule) if rule.fails.is_none() => {
                let truth = if rule.certain {
                    Truth::Certain
                } else {
                    Truth::Maybe
                };
                (&rule.atom, rule.written.starts_with("not "), truth)
            }
            Kind::Unknown { atom } => (atom, false, Truth::Maybe),
            Kind::Absence { atom, .. } => (atom, false, Truth::False),
            _ => return None,
        };
        let (relation, pattern) = claim;
        let row = &self.program.relations[*relation];
        let is_negation = matches!(row.kind, crate::program::RelationKind::Negation(_));
        let is_rule = matches!(self.node(at)?.kind, Kind::Rule(_));
        let due = self.names().parts(*relation, pattern);
        let arguments = due.arguments.iter().zip(pattern).zip(&atom.arguments);
        let mut same = arguments.map(|((due, value), own)| value.is_none() || due == own);
        let fits = atom.relation == due.relation
            && atom.arguments.len() == due.arguments.len()
            && same.all(|it| it)
            && (!is_rule || denies == is_negation);
        fits.then_some(truth)
    }

    /// Checks all that is asked of nodes, then that all nodes were asked for.
    pub(super) fn finish(&mut self) {
        while let Some((at, claim)) = self.queue.pop() {
            self.seen.insert(at);
            if self.checked.insert((at, claim.clone()))
                && let Err(wrong) = self.support(at, &claim)
            {
                self.fault(at, wrong);
            }
        }
        if self.judge.home.gave_up() {
            self.faults.clear();
            if let Some(root) = self.graph.root {
                self.fault(root, Wrong::GaveUp);
            }
            return;
        }
        let cited = |at: &At| {
            matches!(
                self.node(*at).map(|it| &it.kind),
                Some(Kind::Document { .. })
            )
        };
        let seen = self.seen.iter().copied();
        let cites: BTreeSet<At> = seen
            .flat_map(|at| self.graph.children(at).iter())
            .filter(|(edge, at)| *edge == EdgeKind::Cites && cited(at))
            .map(|&(_, at)| at)
            .collect();
        self.seen.extend(cites);
        // Whatever a wrong step rests on was not looked at: that is no fault of its own.
        if self.faults.is_empty() {
            let all = 0..self.graph.nodes.len();
            let loose: Vec<_> = all.filter(|at| !self.seen.contains(at)).collect();
            for at in loose {
                self.fault(at, Wrong::Loose);
            }
        }
    }

    /// Whether a node cites the document that its statement is part of, and nothing else.
    pub(super) fn cites(&mut self, at: At, document: crate::program::DocumentId) {
        let due = self.program.documents[document].name.clone();
        let children = self.graph.children(at).to_vec();
        let cited = children.iter().filter(|(edge, _)| *edge == EdgeKind::Cites);
        let cited = cited.filter_map(|&(_, to)| match &self.node(to)?.kind {
            Kind::Document { document } => Some(document.clone()),
            _ => None,
        });
        let cited = cited.collect::<Vec<_>>().join(", ");
        self.hold(at, "document", &cited, &due);
    }
}
