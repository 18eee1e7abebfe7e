//! An explanation as its file says it: nodes, and what each rests on.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The schema of explanations.
pub(super) const SCHEMA: &str = "attendu.explanation/2";

/// An explanation as it is written.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Written {
    schema: String,
    pub(super) act: String,
    pub(super) at: String,
    root: Option<String>,
    nodes: Vec<Node>,
    edges: Vec<WrittenEdge>,
    what_if: Option<WhatIf>,
}

/// What is supposed for it.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct WhatIf {
    pub(super) assumed: Vec<String>,
    pub(super) retracted: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct WrittenEdge {
    from: String,
    to: String,
    kind: EdgeKind,
}

/// How a node rests on another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum EdgeKind {
    Because,
    Otherwise,
    Unless,
    Holds,
    Fails,
    Bars,
    Defeats,
    Cites,
}

/// A place in the graph, as an index into its nodes.
pub(super) type At = usize;

/// What an explanation states at one place.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Node {
    pub(super) id: String,
    pub(super) text: String,
    #[serde(flatten)]
    pub(super) kind: Kind,
}

/// An atom by its parts.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub(super) struct AtomParts {
    pub(super) written: String,
    pub(super) relation: String,
    pub(super) arguments: Vec<Option<String>>,
}

/// Ranges of lines.
pub(super) type Lines = Vec<(u32, u32)>;

/// The kinds of nodes.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Kind {
    Verdict {
        act: String,
        verdict: String,
    },
    WhyNot(WhyNotNode),
    Norm(Box<NormNode>),
    Resolution {
        winner: String,
        loser: String,
        principle: Option<String>,
    },
    Condition {
        norm: String,
        written: String,
        standing: String,
        fixed: bool,
    },
    Rule(Box<RuleNode>),
    Fact {
        atom: AtomParts,
        place: Option<String>,
    },
    Assumption {
        atom: AtomParts,
    },
    Absence {
        atom: AtomParts,
        reason: String,
        place: Option<String>,
    },
    Unknown {
        atom: AtomParts,
    },
    Comparison {
        left: String,
        right: String,
    },
    Aggregate {
        function: String,
        value: String,
        members: Vec<String>,
        count: usize,
    },
    Document {
        document: String,
    },
}

/// A verdict that did not come.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct WhyNotNode {
    pub(super) act: String,
    pub(super) verdict: String,
    pub(super) wanted: String,
    pub(super) left_out: usize,
    pub(super) rules_left_out: usize,
}

/// A norm as the explanation says that it stands.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct NormNode {
    pub(super) norm: String,
    pub(super) effect: String,
    pub(super) status: String,
    pub(super) certain: bool,
    pub(super) lines: Lines,
    pub(super) values: BTreeMap<String, String>,
    pub(super) place: Option<String>,
    pub(super) due: Option<String>,
    pub(super) standing: Option<String>,
    pub(super) deadline: Option<String>,
    pub(super) misses: Option<usize>,
    pub(super) in_force_if: Option<InForceIf>,
}

/// When a norm that may be in force is.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct InForceIf {
    pub(super) ways: Vec<Vec<Supposed>>,
}

/// An atom that holds, or does not.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Supposed {
    pub(super) atom: AtomParts,
    pub(super) holds: bool,
}

/// A rule that concludes something, or fails to.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct RuleNode {
    pub(super) statement: Option<String>,
    pub(super) written: String,
    pub(super) atom: AtomParts,
    pub(super) values: BTreeMap<String, String>,
    pub(super) lines: Lines,
    pub(super) place: Option<String>,
    pub(super) certain: bool,
    pub(super) fails: Option<String>,
}

/// Why an explanation cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Unreadable {
    /// It is not JSON of the schema; why.
    Shape(String),
    /// It is of another schema.
    Schema(String),
    /// An edge or the root names a node that is not there, or a name stands for two.
    Name(String),
    /// Something rests on itself.
    Circle(String),
}

/// A graph without circles.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    pub(super) act: String,
    pub(super) at: String,
    pub(super) what_if: WhatIf,
    pub(super) nodes: Vec<Node>,
    pub(super) root: Option<At>,
    children: Vec<Vec<(EdgeKind, At)>>,
}

impl Graph {
    /// Reads the JSON of an explanation.
    pub(super) fn read(text: &str) -> Result<Self, Unreadable> {
        let written: Written = parsed(text)?;
        let mut names = BTreeMap::new();
        for (at, node) in written.nodes.iter().enumerate() {
            if names.insert(node.id.as_str(), at).is_some() {
                return Err(Unreadable::Name(node.id.clone()));
            }
        }
        let at = |name: &String| {
            let found = names.get(name.as_str()).copied();
            found.ok_or_else(|| Unreadable::Name(name.clone()))
        };
        let mut children = vec![Vec::new(); written.nodes.len()];
        for edge in &written.edges {
            let (from, to) = (at(&edge.from)?, at(&edge.to)?);
            if let Some(own) = children.get_mut(from) {
                own.push((edge.kind, to));
            }
        }
        let root = written.root.as_ref().map(at).transpose()?;
        let graph = Self {
            act: written.act,
            at: written.at,
            what_if: written.what_if.unwrap_or_default(),
            root,
            children,
            nodes: written.nodes,
        };
        graph.refuse_circles()?;
        debug_assert_eq!(written.schema, SCHEMA);
        Ok(graph)
    }

    /// What a node rests on.
    pub(super) fn children(&self, at: At) -> &[(EdgeKind, At)] {
        self.children.get(at).map_or(&[], Vec::as_slice)
    }

    /// Takes away the nodes that rest on nothing left, until none is left.
    fn refuse_circles(&self) -> Result<(), Unreadable> {
        let mut left: BTreeMap<At, &Node> = self.nodes.iter().enumerate().collect();
        loop {
            let before = left.len();
            let rests = |at: At| {
                self.children(at)
                    .iter()
                    .any(|(_, to)| left.contains_key(to))
            };
            let free: Vec<_> = left.keys().copied().filter(|&at| !rests(at)).collect();
            for at in free {
                left.remove(&at);
            }
            if left.len() == before {
                break;
            }
        }
        match left.values().next() {
            Some(node) => Err(Unreadable::Circle(node.id.clone())),
            None => Ok(()),
        }
    }
}

/// The schema that a text says it is of, if it says so.
pub(super) fn schema(text: &str) -> Result<Option<String>, Unreadable> {
    let versioned: serde_json::Value = parsed(text)?;
    let schema = versioned.get("schema").and_then(|it| it.as_str());
    Ok(schema.map(str::to_owned))
}

pub(super) fn parsed<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Unreadable> {
    serde_json::from_str(text).map_err(|error| Unreadable::Shape(error.to_string()))
}
