//! Replays an explanation: holds each of its steps against the policies and the facts. Shares
//! nothing with the engine and the kernel, so that a mistake of theirs is not repeated here: its
//! evaluator is naive and goes from the goal down, its labels are those of the definition.

mod arithmetic;
mod changes;
mod checker;
mod conditions;
mod due;
mod evaluate;
mod fault;
mod frame;
mod graph;
mod impossible;
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

use changes::Changes;
use checker::Checker;
use graph::{Graph, Kind, Unreadable, schema};
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

/// An explanation that was read, or what would change a verdict.
#[derive(Clone, Debug)]
pub struct Replay {
    said: Said,
}

#[derive(Clone, Debug)]
enum Said {
    Explanation(Graph),
    Changes(Changes),
}

impl Replay {
    /// Reads the JSON of an explanation, or of what would change a verdict; what is wrong with
    /// it, where it is neither.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let said = Said::read(text).map_err(|error| {
            let (node, wrong) = match error {
                Unreadable::Shape(why) => (None, Wrong::Unreadable(why)),
                Unreadable::Schema(schema) => (None, Wrong::OtherSchema(schema)),
                Unreadable::Name(name) => (None, Wrong::Name(name)),
                Unreadable::Circle(node) => (Some(node), Wrong::Circle),
            };
            let text = String::new();
            Fault { node, text, wrong }
        })?;
        Ok(Self { said })
    }

    /// What it is about.
    pub fn about(&self) -> About {
        let (act, assumed, retracted) = match &self.said {
            Said::Explanation(graph) => {
                let supposed = &graph.what_if;
                (&graph.act, &supposed.assumed, &supposed.retracted)
            }
            Said::Changes(changes) => (&changes.act, &changes.assumed, &changes.retracted),
        };
        About {
            act: act.clone(),
            assumed: assumed.clone(),
            retracted: retracted.clone(),
        }
    }

    /// Holds it against the policies and the facts, with what it supposes among these. An act
    /// that nobody recorded is described by `described`; `step` is told how often the act was
    /// judged with changes.
    pub fn check(
        &self,
        program: &Program,
        case: &Case,
        sources: &Sources,
        described: Option<&ActDescription>,
        step: &dyn Fn(usize),
    ) -> Checked {
        match &self.said {
            Said::Explanation(graph) => {
                check_explanation(graph, (program, case, sources), described)
            }
            Said::Changes(changes) => changes.check(program, case, sources, described, step),
        }
    }
}

impl Said {
    fn read(text: &str) -> Result<Self, Unreadable> {
        match schema(text)?.as_deref() {
            Some(changes::SCHEMA) => Ok(Self::Changes(Changes::read(text)?)),
            Some(graph::SCHEMA) | None => Ok(Self::Explanation(Graph::read(text)?)),
            Some(other) => Err(Unreadable::Schema(other.to_owned())),
        }
    }
}

fn check_explanation(
    graph: &Graph,
    (program, case, sources): (&Program, &Case, &Sources),
    described: Option<&ActDescription>,
) -> Checked {
    let mut checked = Checked {
        nodes: graph.nodes.len(),
        ..Checked::default()
    };
    let whole = |wrong| Fault {
        node: None,
        text: String::new(),
        wrong,
    };
    let Some(root) = graph.root else {
        checked.faults.push(whole(Wrong::NoRoot));
        return checked;
    };
    let about = (graph.act.as_str(), graph.at.as_str());
    let (mut judge, act) = match judge_of(program, case, about, described) {
        Ok(found) => found,
        Err(wrong) => {
            checked.faults.push(whole(wrong));
            return checked;
        }
    };
    let act = judge.as_it_counts(&act);
    let mut checker = Checker::new((program, case, sources), graph, judge, act);
    match graph.nodes.get(root).map(|node| &node.kind) {
        Some(Kind::Verdict { act, verdict }) => checker.verdict(root, act, verdict),
        Some(Kind::WhyNot(node)) => checker.why_not(root, node),
        _ => checker.fault(root, Wrong::NoRoot),
    }
    checker.finish();
    checked.faults = checker.faults;
    checked.trusted = checker.trusted;
    checked
}

/// The judge of an act at its moment, and the act.
fn judge_of<'a>(
    program: &'a Program,
    case: &'a Case,
    (name, at): (&str, &str),
    described: Option<&ActDescription>,
) -> Result<(Judge<'a>, ActRecord), Wrong> {
    let unknown = || Wrong::UnknownAct(name.to_owned());
    let recorded = case.acts.values().find(|act| act.name == name);
    let (judge, act) = if let Some(act) = recorded.map(Act::record) {
        (Judge::new(program, case, act.at), act)
    } else {
        let description = described.ok_or_else(unknown)?;
        let mut roles = description.roles.iter();
        let stated = roles.find_map(|&(role, value)| (role == Role::At).then(|| value.number())?);
        let told = || Some(crate::lang::ast::Date::parse(at)?.minutes);
        let moment = stated.or_else(told).ok_or_else(unknown)?;
        let mut judge = Judge::new(program, case, moment);
        let act = judge.describe(description, moment, false);
        (judge, act)
    };
    let due = judge.home.world.moment(act.at);
    if due == at {
        Ok((judge, act))
    } else {
        Err(Wrong::differs("at", at, &due))
    }
}
