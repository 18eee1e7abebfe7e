//! Individuals that the norms about an action cannot tell apart: of each class one is judged
//! and the answer holds of all.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::program::{
    ActionId, Dependency, LateLiteral, LiteralKind, Norm, Operand, Program, RelationId, SortId,
    Term, Value, collect_dependencies, dependencies,
};

use super::judge::Judge;

/// The classes of a sort, each in order of its values, in order of their first.
pub(super) type Classes = Vec<Rc<[Value]>>;

/// What the facts say of an individual: relation, how, its column, the rest of the tuple.
type Signature = BTreeSet<(RelationId, u8, usize, Vec<Value>)>;

impl Judge<'_> {
    /// The classes of `sort` under the norms that speak of `action`.
    pub(super) fn classes(&self, action: ActionId, sort: SortId) -> Classes {
        let program = self.program();
        let read = relations_read(program, action);
        let mut signatures: BTreeMap<Value, Signature> = self
            .universe()
            .values(sort)
            .map(|value| (value, Signature::new()))
            .collect();
        for &relation in &read {
            let columns = &program.relations[relation].columns;
            let input = self.facts().input(relation);
            let rows = [&input.asserted, &input.denied, &input.closed];
            for (how, rows) in (0u8..).zip(rows) {
                for (tuple, _) in rows.iter() {
                    for (column, (&value, own)) in tuple.iter().zip(columns).enumerate() {
                        if own.sort == sort
                            && let Some(signature) = signatures.get_mut(&value)
                        {
                            let rest = tuple
                                .iter()
                                .enumerate()
                                .filter(|&(other, _)| other != column)
                                .map(|(_, &value)| value)
                                .collect();
                            signature.insert((relation, how, column, rest));
                        }
                    }
                }
            }
        }
        // A name that a norm or rule mentions is like no other.
        let named = constants(program, sort);
        let mut classes: BTreeMap<(Option<Value>, Signature), Vec<Value>> = BTreeMap::new();
        for (value, signature) in signatures {
            let alone = named.contains(&value).then_some(value);
            classes.entry((alone, signature)).or_default().push(value);
        }
        let mut classes: Classes = classes.into_values().map(Rc::from).collect();
        classes.sort_unstable();
        classes
    }
}

/// The declared relations that the norms about `action` read, directly or through rules.
fn relations_read(program: &Program, action: ActionId) -> BTreeSet<RelationId> {
    let mut found = Vec::new();
    // A norm that asks about other acts reads whatever the norms about those read.
    let about: Vec<&Norm> = program
        .norms
        .iter()
        .filter(|norm| {
            norm.actions
                .iter()
                .any(|&above| program.is_a(action, above))
        })
        .collect();
    let asks_others = about
        .iter()
        .any(|norm| norm.bodies.iter().any(|body| !body.late.is_empty()));
    for norm in &program.norms {
        if asks_others
            || norm
                .actions
                .iter()
                .any(|&above| program.is_a(action, above))
        {
            of_norm(norm, &mut found);
            found.extend(
                program.documents[norm.document]
                    .governed
                    .map(|relation| (relation, Dependency::Positive)),
            );
        }
    }
    let mut edges: BTreeMap<RelationId, BTreeSet<RelationId>> = BTreeMap::new();
    for (head, premise, _, _) in dependencies(&program.relations, &program.rules) {
        edges.entry(head).or_default().insert(premise);
    }
    let mut read = BTreeSet::new();
    let mut open: Vec<_> = found.into_iter().map(|(relation, _)| relation).collect();
    while let Some(relation) = open.pop() {
        if read.insert(relation) {
            open.extend(edges.get(&relation).into_iter().flatten().copied());
        }
    }
    read.into_iter()
        .map(|relation| program.relations[relation].declared)
        .collect()
}

fn of_norm(norm: &Norm, found: &mut Vec<(RelationId, Dependency)>) {
    for body in &norm.bodies {
        collect_dependencies(&body.literals, Dependency::Positive, found);
        of_late(&body.late, found);
    }
    for alternative in norm
        .condition
        .iter()
        .flat_map(|c| c.alternatives.iter().flatten())
    {
        collect_dependencies(&alternative.literals, Dependency::Positive, found);
        of_late(&alternative.late, found);
    }
}

fn of_late(late: &[LateLiteral], found: &mut Vec<(RelationId, Dependency)>) {
    for literal in late {
        if let LateLiteral::Negative { literals, late, .. } = literal {
            collect_dependencies(literals, Dependency::Negative, found);
            of_late(late, found);
        }
    }
}

/// The values of `sort` that rules and norms mention by name.
fn constants(program: &Program, sort: SortId) -> BTreeSet<Value> {
    let mut found = BTreeSet::new();
    let rules = program.rules.iter().map(|rule| rule.body.as_slice());
    let norms = program.norms.iter().flat_map(|norm| {
        let bodies = norm.bodies.iter().map(|body| body.literals.as_slice());
        let conditions = norm.condition.iter().flat_map(|condition| {
            condition
                .alternatives
                .iter()
                .flatten()
                .map(|body| body.literals.as_slice())
        });
        bodies.chain(conditions)
    });
    for literals in rules.chain(norms) {
        constants_of(program, literals, sort, &mut found);
    }
    for rule in &program.rules {
        let columns = &program.relations[rule.head.relation].columns;
        for (&term, column) in rule.head.terms.iter().zip(columns) {
            if let (Term::Constant(value), true) = (term, column.sort == sort) {
                found.insert(value);
            }
        }
    }
    found
}

fn constants_of(
    program: &Program,
    literals: &[crate::program::Literal],
    sort: SortId,
    found: &mut BTreeSet<Value>,
) {
    for literal in literals {
        match &literal.kind {
            LiteralKind::Positive(atom) => {
                let columns = &program.relations[atom.relation].columns;
                for (&term, column) in atom.terms.iter().zip(columns) {
                    if let (Term::Constant(value), true) = (term, column.sort == sort) {
                        found.insert(value);
                    }
                }
            }
            LiteralKind::Negative(inner) => constants_of(program, inner, sort, found),
            LiteralKind::Compare {
                left,
                right,
                sort: compared,
                ..
            } => {
                for (_, operand) in left.terms.iter().chain(&right.terms) {
                    if let (Operand::Constant(value), true) = (operand, *compared == sort) {
                        found.insert(*value);
                    }
                }
            }
            LiteralKind::Aggregate { alternatives, .. } => {
                for alternative in alternatives {
                    constants_of(program, alternative, sort, found);
                }
            }
        }
    }
}
