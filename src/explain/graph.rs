//! An explanation: a directed acyclic graph from a verdict down to facts. Plain data with
//! texts of its own, so that a format needs nothing else.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::algo::has_path_connecting;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::base::Language;

use super::asked::Asked;
use super::what_if::WhatIf;

/// Why something is so.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The language of its texts.
    pub language: Language,
    /// The act: its id in the facts, or its description.
    pub act: String,
    /// The day (and time) it is judged on.
    pub at: String,
    /// What is supposed for it, and what that changes.
    pub what_if: Option<WhatIf>,
    /// What is asked, in sentences.
    pub asked: Asked,
    graph: DiGraph<Node, Edge>,
    counts: BTreeMap<&'static str, usize>,
}

/// A place in an explanation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(NodeIndex);

/// What an explanation states at one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// Its name in the explanation: the kind and a number, such as `fact-3`. The same for the
    /// same question on every run.
    pub name: String,
    /// What it says, in the language of the explanation.
    pub text: String,
    /// What it is.
    pub kind: NodeKind,
}

/// A range of lines of a source text, inclusive.
pub type Lines = Vec<(u32, u32)>;

/// An atom by its parts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct AtomParts {
    /// The atom as in a policy.
    pub written: String,
    /// The relation.
    pub relation: String,
    /// Its arguments as names without quotes; `None` is "any".
    pub arguments: Vec<Option<String>>,
}

/// The kinds of nodes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NodeKind {
    /// The answer about an act.
    Verdict {
        /// The act, as in a policy.
        act: String,
        /// conflict, prohibited, undetermined, conditional, permitted or unregulated.
        verdict: &'static str,
    },
    /// A verdict that did not come.
    WhyNot {
        /// The act, as in a policy.
        act: String,
        /// The verdict that did.
        verdict: &'static str,
        /// The one that did not.
        wanted: &'static str,
        /// How many norms that are further off are not shown.
        left_out: usize,
        /// How many rules are not shown.
        rules_left_out: usize,
    },
    /// A norm that applies to the act, or may, or what arises from it.
    Norm(Box<NormNode>),
    /// Which of two norms prevails.
    Resolution {
        /// The norm that does; of two that clash, the first.
        winner: String,
        /// The other.
        loser: String,
        /// exception, superior or later; none where nothing tells them apart.
        principle: Option<&'static str>,
    },
    /// What a norm requires of the act.
    Condition {
        /// The norm.
        norm: String,
        /// What is required, as in a policy.
        written: String,
        /// met, unmet or unknown.
        standing: &'static str,
        /// Unmet through facts that nobody can change.
        fixed: bool,
    },
    /// A rule of the vocabulary, a definition or a scope that concludes something here.
    Rule {
        /// The id of the definition or scope; none of the vocabulary.
        id: Option<String>,
        /// What it concludes, as in a policy, with its conditions.
        written: String,
        /// What it concludes, or denies; nothing where it stands for a conjunction.
        atom: AtomParts,
        /// The values of the variables that it names, in order of its writing.
        values: Vec<(String, String)>,
        /// Its citation.
        lines: Lines,
        /// Where it stands, `file:line`.
        place: Option<String>,
        /// Whether it certainly concludes it.
        certain: bool,
        /// Of a rule that does not apply, the first condition that fails.
        fails: Option<String>,
        /// How many other proofs of it are not shown, where all were asked for.
        left_out: usize,
    },
    /// Something that the facts state.
    Fact {
        /// What.
        atom: AtomParts,
        /// Where, `file:line`.
        place: Option<String>,
    },
    /// Something that is supposed for the question.
    Assumption {
        /// What.
        atom: AtomParts,
    },
    /// Something that does not hold.
    Absence {
        /// What.
        atom: AtomParts,
        /// Why.
        reason: Absence,
        /// Where it is denied or the row is closed, `file:line`.
        place: Option<String>,
    },
    /// Something that nobody has stated.
    Unknown {
        /// What.
        atom: AtomParts,
    },
    /// Two values that compare.
    Comparison {
        /// The comparison as in a policy.
        written: String,
        /// The value on the left.
        left: String,
        /// The value on the right.
        right: String,
    },
    /// A number worked out from others.
    Aggregate {
        /// count, sum, min or max.
        function: &'static str,
        /// The aggregate as in a policy.
        written: String,
        /// What it comes to.
        value: String,
        /// The tuples that it is taken over; those beyond a limit are counted alone.
        members: Vec<String>,
        /// How many there are.
        count: usize,
    },
    /// A guideline.
    Document {
        /// Its name.
        id: String,
        /// First day in force.
        from: Option<String>,
        /// First day no longer in force.
        until: Option<String>,
        /// The file of the source text.
        source: Option<String>,
    },
}

/// Why something does not hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Absence {
    /// Nothing says so, and what nothing says is false here.
    Closed,
    /// The facts say that it does not.
    Denied,
    /// It is supposed not to.
    Assumed,
    /// The facts list all that do, and this is not among them.
    RowClosed,
    /// A rule concludes that it does not.
    Concluded,
    /// It would only support itself.
    Itself,
    /// No values make the whole conjunction hold.
    NoCase,
}

impl Absence {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Denied => "denied",
            Self::Assumed => "assumed",
            Self::RowClosed => "row-closed",
            Self::Concluded => "concluded",
            Self::Itself => "itself",
            Self::NoCase => "no-case",
        }
    }
}

/// A norm as it stands for the act.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NormNode {
    /// Its id.
    pub id: String,
    /// forbid, permit, oblige and so on, as in JSON.
    pub effect: &'static str,
    /// in, out or open; out-of-force; unmet where it does not apply.
    pub status: &'static str,
    /// Whether it certainly applies.
    pub certain: bool,
    /// Its citation.
    pub lines: Lines,
    /// The values of the variables that it names, in order of its writing.
    pub values: Vec<(String, String)>,
    /// Where it stands, `file:line`.
    pub place: Option<String>,
    /// What is due or follows, as in a policy.
    pub due: Option<String>,
    /// Of a duty pending, met, overdue or omitted; of a factor met, unmet or unknown.
    pub standing: Option<&'static str>,
    /// The last day by which a duty is due.
    pub deadline: Option<String>,
    /// Of a norm that could have given a verdict: how many conditions fail or are not known.
    pub misses: Option<usize>,
    /// Of a norm that an open verdict hangs on and that may be in force: when it is.
    pub in_force_if: Option<InForceIf>,
}

impl NormNode {
    /// Whether it advises for or against something.
    pub fn advises(&self) -> bool {
        matches!(self.effect, "discourage" | "recommend")
    }
}

/// When a norm that may be in force is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InForceIf {
    /// In words: `if a and not b, or if c`.
    pub text: String,
    /// The ways, each a conjunction of atoms that hold or do not.
    pub ways: Vec<Vec<(AtomParts, bool)>>,
}

impl NodeKind {
    /// Whether it says that a document governs the act.
    pub(super) fn is_scope(&self) -> bool {
        matches!(self, Self::Rule { id: Some(_), written, .. } if written.starts_with("governed("))
    }

    /// The word for it in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Verdict { .. } => "verdict",
            Self::WhyNot { .. } => "why-not",
            Self::Norm(_) => "norm",
            Self::Resolution { .. } => "resolution",
            Self::Condition { .. } => "condition",
            Self::Rule { .. } => "rule",
            Self::Fact { .. } => "fact",
            Self::Assumption { .. } => "assumption",
            Self::Absence { .. } => "absence",
            Self::Unknown { .. } => "unknown",
            Self::Comparison { .. } => "comparison",
            Self::Aggregate { .. } => "aggregate",
            Self::Document { .. } => "document",
        }
    }
}

/// How a node rests on another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Edge {
    /// It is so because of the other.
    Because,
    /// It is so because of the other as well: that is another proof of the same.
    Otherwise,
    /// It is so as long as the other is not: what is shown is why it is not.
    Unless,
    /// The other holds, as it must.
    Holds,
    /// The other must hold, and does not or is not known to.
    Fails,
    /// The other holds, or may, and must not.
    Bars,
    /// The other is set aside.
    Defeats,
    /// It cites the other.
    Cites,
}

impl Edge {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Because => "because",
            Self::Otherwise => "otherwise",
            Self::Unless => "unless",
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Bars => "bars",
            Self::Defeats => "defeats",
            Self::Cites => "cites",
        }
    }
}

impl Explanation {
    /// An explanation that says nothing yet. The first node added is its root.
    pub fn new(language: Language, act: impl Into<String>, at: impl Into<String>) -> Self {
        Self {
            language,
            act: act.into(),
            at: at.into(),
            what_if: None,
            asked: Asked::default(),
            graph: DiGraph::new(),
            counts: BTreeMap::new(),
        }
    }

    /// Adds a node.
    pub fn add(&mut self, text: impl Into<String>, kind: NodeKind) -> NodeId {
        let count = self.counts.entry(kind.word()).or_default();
        *count += 1;
        let name = format!("{}-{count}", kind.word());
        NodeId(self.graph.add_node(Node {
            name,
            text: text.into(),
            kind,
        }))
    }

    /// Says of a node what could not be said when it was added.
    pub(super) fn set_kind(&mut self, id: NodeId, kind: NodeKind) {
        if let Some(node) = self.graph.node_weight_mut(id.0) {
            node.kind = kind;
        }
    }

    /// Lets `from` rest on `to`; `false` where that would close a circle. Saying it twice says
    /// it once.
    pub fn connect(&mut self, from: NodeId, to: NodeId, edge: Edge) -> bool {
        let is_known = self
            .graph
            .edges_connecting(from.0, to.0)
            .any(|known| *known.weight() == edge);
        if is_known {
            return true;
        }
        if has_path_connecting(&self.graph, to.0, from.0, None) {
            return false;
        }
        self.graph.add_edge(from.0, to.0, edge);
        true
    }

    /// The first node: what is explained.
    pub fn root(&self) -> Option<NodeId> {
        self.ids().next()
    }

    /// The node of `id`.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.graph.node_weight(id.0)
    }

    /// All nodes in the order in which they were added.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.graph.node_count()).map(|index| NodeId(NodeIndex::new(index)))
    }

    /// All nodes with their ids.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.ids().filter_map(|id| Some((id, self.node(id)?)))
    }

    /// What `id` rests on, in the order in which it was said.
    pub fn children(&self, id: NodeId) -> Vec<(Edge, NodeId)> {
        let mut edges: Vec<_> = self
            .graph
            .edges_directed(id.0, Direction::Outgoing)
            .map(|edge| (edge.id(), *edge.weight(), NodeId(edge.target())))
            .collect();
        edges.sort_unstable();
        edges.into_iter().map(|(_, edge, to)| (edge, to)).collect()
    }

    /// What rests on `id`.
    pub fn parents(&self, id: NodeId) -> usize {
        let parents = self.graph.neighbors_directed(id.0, Direction::Incoming);
        parents.collect::<BTreeSet<_>>().len()
    }

    /// All edges in the order in which they were said.
    pub fn edges(&self) -> impl Iterator<Item = (NodeId, NodeId, Edge)> {
        self.graph
            .raw_edges()
            .iter()
            .map(|edge| (NodeId(edge.source()), NodeId(edge.target()), edge.weight))
    }
}
