//! `override-across-bindings` and `oppose-across-bindings`: two norms meet once per act unless
//! `per` says otherwise. Where both read a relation of someone or something that is no role of
//! the act, an exception for one person in a photo would excuse another.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Diagnostic;
use crate::lang::ast::{Effect, Literal, LiteralKind, Norm, StatementKind, TermKind};
use crate::program::{NormId, Program};

use super::occurrences::Occurrences;
use super::opposition;

/// A norm without `per`, as far as this check asks.
struct Reading<'a> {
    /// Relations that its `when` reads of something that is no role, with that variable.
    relations: BTreeMap<&'a str, &'a str>,
}

/// Checks all pairs of norms where one overrides or opposes the other.
pub(super) fn check(program: &Program) -> Vec<Diagnostic> {
    let readings: BTreeMap<NormId, Reading<'_>> = program
        .norms
        .entries()
        .filter(|(_, norm)| norm.repairs.is_none())
        .filter_map(|(id, _)| Some((id, reading(program, id)?)))
        .collect();
    let mut by_relation: BTreeMap<&str, Vec<NormId>> = BTreeMap::new();
    for (&id, reading) in &readings {
        for relation in reading.relations.keys() {
            by_relation.entry(relation).or_default().push(id);
        }
    }
    let mut found = Vec::new();
    for (&one, first) in &readings {
        let sharing = first.relations.keys().filter_map(|r| by_relation.get(r));
        let others: BTreeSet<NormId> = sharing.flatten().copied().collect();
        for other in others {
            let Some(second) = readings.get(&other) else {
                continue;
            };
            let overrides = program.norms[one].overrides.contains(&other);
            let overridden = program.norms[other].overrides.contains(&one);
            let opposes = one < other && !overridden && opposition::oppose(program, one, other);
            if one != other && (overrides || opposes) {
                found.extend(describe(program, (one, first), (other, second), overrides));
            }
        }
    }
    found
}

fn reading(program: &Program, id: NormId) -> Option<Reading<'_>> {
    let norm = &program.norms[id];
    let StatementKind::Norm(tree) = &*program.statements[norm.statement].ast else {
        return None;
    };
    if tree.per.is_some() {
        return None;
    }
    let mut fixed: BTreeSet<&str> = target_variables(tree);
    determined(program, &tree.when, &mut fixed);
    let mut relations = BTreeMap::new();
    free_relations(&tree.when, &fixed, &mut relations);
    (!relations.is_empty()).then_some(Reading { relations })
}

/// The variables that one act has one value of: its roles, its label, the arguments of a
/// situation.
fn target_variables(tree: &Norm) -> BTreeSet<&str> {
    let found = match &tree.effect.node {
        Effect::Require(_, pattern) => {
            let label = pattern.label.iter().map(|label| label.node.as_str());
            let roles = pattern
                .roles
                .iter()
                .filter_map(|role| match &role.term.kind {
                    TermKind::Variable(name) => Some(name.as_str()),
                    _ => None,
                });
            return label.chain(roles).collect();
        }
        effect => Occurrences::of_effect(effect).found,
    };
    found.into_iter().map(|(name, _)| name).collect()
}

/// Adds what single-valued relations say of what is fixed already.
fn determined<'a>(program: &Program, when: &'a [Literal], fixed: &mut BTreeSet<&'a str>) {
    loop {
        let before = fixed.len();
        for literal in when {
            let LiteralKind::Atom {
                negated: false,
                atom,
            } = &literal.kind
            else {
                continue;
            };
            let single = program
                .relation_named(&atom.relation.node)
                .is_some_and(|relation| program.relations[relation].single_valued);
            let known = |kind: &TermKind| match kind {
                TermKind::Variable(name) => fixed.contains(name.as_str()),
                TermKind::Any => false,
                _ => true,
            };
            if let (true, Some((value, keys))) = (single, atom.terms.split_last())
                && keys.iter().all(|term| known(&term.kind))
                && let TermKind::Variable(name) = &value.kind
            {
                fixed.insert(name);
            }
        }
        if fixed.len() == before {
            return;
        }
    }
}

/// The relations of a body that have a variable which is not fixed.
fn free_relations<'a>(
    body: &'a [Literal],
    fixed: &BTreeSet<&'a str>,
    relations: &mut BTreeMap<&'a str, &'a str>,
) {
    for literal in body {
        match &literal.kind {
            LiteralKind::Atom {
                negated: false,
                atom,
            } => {
                let variables = Occurrences::of_atom(atom).found;
                let free = variables
                    .into_iter()
                    .find(|(name, _)| !fixed.contains(name));
                if let Some((name, _)) = free {
                    relations.entry(&atom.relation.node).or_insert(name);
                }
            }
            LiteralKind::Or(alternatives) => {
                for alternative in alternatives {
                    free_relations(alternative, fixed, relations);
                }
            }
            _ => {}
        }
    }
}

fn describe(
    program: &Program,
    (one, first): (NormId, &Reading<'_>),
    (other, second): (NormId, &Reading<'_>),
    overrides: bool,
) -> Option<Diagnostic> {
    let (relation, variable) = first
        .relations
        .iter()
        .find(|(relation, _)| second.relations.contains_key(*relation))?;
    let (a, b) = (&program.norms[one], &program.norms[other]);
    let verb = if overrides { "overrides" } else { "opposes" };
    let message = format!(
        "`{}` {verb} `{}` whichever `{relation}` they hold for",
        a.id, b.id
    );
    let found = if overrides {
        Diagnostic::error("override-across-bindings", a.span, message)
    } else {
        Diagnostic::warning("oppose-across-bindings", a.span, message)
    };
    let theirs = second.relations.get(relation)?;
    Some(
        found
            .label(format!("`{variable}` may be one"))
            .also(b.span, format!("and `{theirs}` another"))
            .help(format!(
                "write `per {variable}` to have one instance for each, or `per act` if one is enough"
            )),
    )
}
