//! `unstratified-negation`: nothing depends on its own negation, or on a count of itself.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::base::{Diagnostic, Span};
use crate::program::{Dependency, Program, RelationId, RelationKind, RuleId, dependencies};

/// A step of a circle: the head depends on the premise.
#[derive(Clone, Copy)]
struct Edge {
    head: RelationId,
    premise: RelationId,
    how: Dependency,
    rule: Option<RuleId>,
}

/// One diagnostic for each component that depends on its own negation, naming the circle.
pub(super) fn check(program: &Program) -> Vec<Diagnostic> {
    let component = |relation: RelationId| program.strata.component_of[relation];
    let edges: Vec<_> = dependencies(&program.relations, &program.rules)
        .filter(|&(head, premise, _, _)| component(head) == component(premise))
        .map(|(head, premise, how, rule)| Edge {
            head,
            premise,
            how,
            rule,
        })
        .collect();
    let mut reported = BTreeSet::new();
    let mut places = BTreeSet::new();
    let mut found = Vec::new();
    for edge in &edges {
        // Definitions that override one another in a circle are told so elsewhere.
        let defined = matches!(
            program.relations[edge.premise].kind,
            RelationKind::Definition { .. }
        );
        let negative = edge.how == Dependency::Negative && !defined;
        if negative && reported.insert(component(edge.head)) {
            let circle = circle(&edges, *edge);
            let diagnostic = describe(program, &circle);
            // Copies of documents repeat the circles of the shared rules.
            if places.insert(diagnostic.primary.span) {
                found.push(diagnostic);
            }
        }
    }
    found
}

/// The shortest way from the premise of `first` back to its head, `first` in front.
fn circle(edges: &[Edge], first: Edge) -> Vec<Edge> {
    let mut from: BTreeMap<RelationId, Edge> = BTreeMap::new();
    let mut queue = VecDeque::from([first.premise]);
    while let Some(relation) = queue.pop_front() {
        if relation == first.head {
            break;
        }
        for edge in edges.iter().filter(|edge| edge.head == relation) {
            if edge.premise != first.premise && !from.contains_key(&edge.premise) {
                from.insert(edge.premise, *edge);
                queue.push_back(edge.premise);
            }
        }
    }
    let mut steps = Vec::new();
    let mut relation = first.head;
    while relation != first.premise
        && let Some(&edge) = from.get(&relation)
    {
        steps.push(edge);
        relation = edge.head;
    }
    steps.push(first);
    steps.reverse();
    steps
}

fn describe(program: &Program, circle: &[Edge]) -> Diagnostic {
    let name = |relation: RelationId| program.relations[relation].name.as_str();
    let place = |edge: &Edge| -> Option<Span> {
        edge.rule
            .map(|rule| program.rules[rule].span)
            .or(program.relations[edge.head].span)
    };
    let says = |edge: &Edge| match edge.how {
        Dependency::Positive => format!("`{}` needs `{}`", name(edge.head), name(edge.premise)),
        Dependency::Negative if edge.head == edge.premise => {
            format!(
                "`{0}` needs that `{0}` does not hold, or a count of it",
                name(edge.head)
            )
        }
        Dependency::Negative => format!(
            "`{}` needs that `{}` does not hold, or a count of it",
            name(edge.head),
            name(edge.premise)
        ),
    };
    let mut steps = circle.iter().filter_map(|edge| Some((edge, place(edge)?)));
    let Some((first, span)) = steps.next() else {
        let span = Span::new(crate::base::Id::new(0), 0, 0);
        return Diagnostic::error("unstratified-negation", span, "a circle through negation");
    };
    let mut found = Diagnostic::error(
        "unstratified-negation",
        span,
        format!("`{}` depends on its own negation", name(first.head)),
    )
    .label(says(first));
    for (edge, span) in steps {
        found = found.also(span, says(edge));
    }
    found.help("break the circle: say in one of these places what holds, without `not`")
}
