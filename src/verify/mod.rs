//! Replays an explanation: holds each of its steps against the policies and the facts. Shares
//! nothing with the engine and the kernel, so that a mistake of theirs is not repeated here: its
//! evaluator is naive and goes from the goal down, its labels are those of the definition.

mod arithmetic;
mod checker;
mod conditions;
mod due;
mod evaluate;
mod fault;
mod frame;
mod graph;
mod judge;
mod late;
mod matching;
mod missing;
mod names;
mod nodes;
mod norms;
mod omission;
mod others;
mod priority;
mod required;
mod requirement;
mod residual;
mod root;
mod ruling;
mod settle;
mod steps;
mod truth;
mod why_not;
mod world;

use std::collections::BTreeSet;

use crate::base::Sources;
use crate::lang::ast::Role;
use crate::load::{Act, Case};
use crate::program::{ActDescription, ActRecord, Program};

use checker::Checker;
use graph::{Graph, Kind, Unreadable};
use judge::Judge;

pub use fault::{Fault, Wrong};

/// What an explanation is about, as it says itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// The act: its id in the facts, or its description.
    pub act: String,
    /// Atoms that are assumed for it.
    pub assumed: Vec<String>,
    /// Atoms that are taken back for it.
    pub retracted: Vec<String>,
}

/// What came of a check.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Checked {
    /// How many nodes it has.
    pub nodes: usize,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// What was taken on trust: a word for what, and the node.
    pub trusted: BTreeSet<(&'static str, String)>,
}

/// An explanation that was read.
#[derive(Clone, Debug)]
pub struct Replay {
    graph: Graph,
}

impl Replay {
    /// Reads the JSON of an explanation; what is wrong with it, where it is none.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let graph = Graph::read(text).map_err(|error| {
            let (node, wrong) = match error {
                Unreadable::Shape(why) => (None, Wrong::Unreadable(why)),
                Unreadable::Schema(schema) => (None, Wrong::OtherSchema(schema)),
                Unreadable::Name(name) => (None, Wrong::Name(name)),
                Unreadable::Circle(node) => (Some(node), Wrong::Circle),
            };
            let text = String::new();
            Fault { node, text, wrong }
        })?;
        Ok(Self { graph })
    }

    /// What it is about.
    pub fn about(&self) -> About {
        About {
            act: self.graph.act.clone(),
            assumed: self.graph.what_if.assumed.clone(),
            retracted: self.graph.what_if.retracted.clone(),
        }
    }

    /// Holds it against the policies and the facts, with what it supposes among these. An act
    /// that nobody recorded is described by `described`.
    pub fn check(
        &self,
        program: &Program,
        case: &Case,
        sources: &Sources,
        described: Option<&ActDescription>,
    ) -> Checked {
        let mut checked = Checked {
            nodes: self.graph.nodes.len(),
            ..Checked::default()
        };
        let whole = |wrong| Fault {
            node: None,
            text: String::new(),
            wrong,
        };
        let Some(root) = self.graph.root else {
            checked.faults.push(whole(Wrong::NoRoot));
            return checked;
        };
        let Some((mut judge, act)) = self.judge(program, case, described) else {
            let wrong = Wrong::UnknownAct(self.graph.act.clone());
            checked.faults.push(whole(wrong));
            return checked;
        };
        let at = judge.home.world.moment(act.at);
        if at != self.graph.at {
            let (what, found, due) = ("at", self.graph.at.clone(), at);
            checked
                .faults
                .push(whole(Wrong::Differs { what, found, due }));
            return checked;
        }
        let act = judge.as_it_counts(&act);
        let mut checker = Checker::new((program, case, sources), &self.graph, judge, act);
        match self.graph.nodes.get(root).map(|node| &node.kind) {
            Some(Kind::Verdict { act, verdict }) => checker.verdict(root, act, verdict),
            Some(Kind::WhyNot(node)) => checker.why_not(root, node),
            _ => checker.fault(root, Wrong::NoRoot),
        }
        checker.finish();
        checked.faults = checker.faults;
        checked.trusted = checker.trusted;
        checked
    }

    fn judge<'a>(
        &self,
        program: &'a Program,
        case: &'a Case,
        described: Option<&ActDescription>,
    ) -> Option<(Judge<'a>, ActRecord)> {
        let recorded = case.acts.values().find(|act| act.name == self.graph.act);
        if let Some(act) = recorded.map(Act::record) {
            return Some((Judge::new(program, case, act.at), act));
        }
        let description = described?;
        let at = description.roles.iter().find(|(role, _)| *role == Role::At);
        let at = at.and_then(|(_, value)| value.number());
        let at = at.or_else(|| Some(crate::lang::ast::Date::parse(&self.graph.at)?.minutes))?;
        let mut judge = Judge::new(program, case, at);
        let act = judge.describe(description, at, false);
        Some((judge, act))
    }
}
