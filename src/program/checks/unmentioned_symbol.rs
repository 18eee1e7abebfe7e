//! `unmentioned-symbol`: a name in a norm that no fact, rule or enumerated sort knows is
//! probably misspelt. It needs the facts, so it is asked for when they are loaded.

use std::collections::BTreeSet;

use crate::base::{Diagnostic, nearest};
use crate::program::{Program, SortId, Universe, Value};

/// Warnings for the individuals that norms name and that neither rules nor facts do;
/// `in_facts` says what the facts name.
pub fn unmentioned_symbols(
    program: &Program,
    universe: &Universe,
    in_facts: impl Fn(SortId, Value) -> bool,
) -> Vec<Diagnostic> {
    let by_rule: BTreeSet<_> = program
        .mentions
        .iter()
        .filter(|mention| mention.rule)
        .map(|mention| (mention.sort, mention.value))
        .collect();
    let known =
        |sort: SortId, value: Value| by_rule.contains(&(sort, value)) || in_facts(sort, value);
    let mut found = Vec::new();
    for mention in &program.mentions {
        let (sort, value) = (mention.sort, mention.value);
        let Some(name) = universe.name(sort, value) else {
            continue;
        };
        if known(sort, value) {
            continue;
        }
        let others = universe.values(sort).filter(|&other| known(sort, other));
        let others = others.filter_map(|other| universe.name(sort, other));
        let guess = nearest(name, others).map(|guess| format!("did you mean `{guess}`?"));
        let sort = &program.sorts[sort].name;
        found.push(
            Diagnostic::warning(
                "unmentioned-symbol",
                mention.span,
                format!("no fact or rule knows the {sort} `{name}`"),
            )
            .label("named here alone")
            .maybe_help(guess),
        );
    }
    found
}
