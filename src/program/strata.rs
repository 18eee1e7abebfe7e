//! The order of evaluation: strongly connected components of the relations, each after all
//! that it depends on.

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::base::{Id, Table, define_id};

use super::{Literal, LiteralKind, Relation, RelationId, Rule, RuleId};

define_id! {
    /// A strongly connected component.
    ComponentId,
}

/// Relations that are evaluated to fixpoint together.
#[derive(Clone, Debug)]
pub struct Component {
    /// Its relations in order of ids.
    pub relations: Vec<RelationId>,
    /// The rules that conclude them, in source order.
    pub rules: Vec<RuleId>,
    /// Whether some rule reads what the component derives.
    pub recursive: bool,
}

/// Components in order of evaluation.
#[derive(Clone, Debug, Default)]
pub struct Strata {
    /// The components.
    pub components: Table<ComponentId, Component>,
    /// The component of each relation.
    pub component_of: Table<RelationId, ComponentId>,
}

/// How a relation depends on another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dependency {
    /// Through a positive literal.
    Positive,
    /// Through negation or an aggregate.
    Negative,
}

impl Strata {
    /// Orders `relations` by the dependencies of `rules`. Whether a component depends on
    /// itself through negation is for the check of stratification to say.
    pub fn new(relations: &Table<RelationId, Relation>, rules: &Table<RuleId, Rule>) -> Self {
        let mut graph: DiGraph<(), ()> = DiGraph::new();
        for _ in relations {
            graph.add_node(());
        }
        let node = |relation: RelationId| NodeIndex::new(relation.index());
        for (head, premise, _, _) in dependencies(relations, rules) {
            graph.update_edge(node(head), node(premise), ());
        }
        let mut components = Table::new();
        let mut component_of = Table::filled(relations.len(), ComponentId(0));
        // Tarjan's algorithm yields a component after all that it has edges to.
        for nodes in tarjan_scc(&graph) {
            let mut members: Vec<_> = nodes
                .iter()
                .map(|node| RelationId::new(node.index()))
                .collect();
            members.sort_unstable();
            let recursive = members.len() > 1
                || nodes
                    .iter()
                    .any(|&node| graph.find_edge(node, node).is_some());
            let id = components.push(Component {
                relations: members.clone(),
                rules: Vec::new(),
                recursive,
            });
            for member in members {
                component_of[member] = id;
            }
        }
        for (id, rule) in rules.entries() {
            components[component_of[rule.head.relation]].rules.push(id);
        }
        Self {
            components,
            component_of,
        }
    }
}

/// Each dependency of a relation on another: head, premise, how, and the rule (`None` where a
/// relation depends on the tuples concluded false of it).
pub fn dependencies<'a>(
    relations: &'a Table<RelationId, Relation>,
    rules: &'a Table<RuleId, Rule>,
) -> impl Iterator<Item = (RelationId, RelationId, Dependency, Option<RuleId>)> + 'a {
    let negations = relations.entries().filter_map(|(id, relation)| {
        relation
            .negation
            .map(|negation| (id, negation, Dependency::Negative, None))
    });
    let premises = rules.entries().flat_map(|(id, rule)| {
        let mut found = Vec::new();
        collect(&rule.body, Dependency::Positive, &mut found);
        found
            .into_iter()
            .map(move |(premise, how)| (rule.head.relation, premise, how, Some(id)))
    });
    negations.chain(premises)
}

/// The relations that a conjunction reads, and how.
pub fn collect(literals: &[Literal], how: Dependency, found: &mut Vec<(RelationId, Dependency)>) {
    for literal in literals {
        match &literal.kind {
            LiteralKind::Positive(atom) => found.push((atom.relation, how)),
            LiteralKind::Negative(inner) => collect(inner, Dependency::Negative, found),
            LiteralKind::Compare { .. } => {}
            LiteralKind::Aggregate { alternatives, .. } => {
                for alternative in alternatives {
                    collect(alternative, Dependency::Negative, found);
                }
            }
        }
    }
}
