//! Sets of changes that differ in one individual alone, told as one.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::deontic::Change;
use crate::program::{Program, SortId, SortKind, Value};

/// A set, and those that are alike but for one individual.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Alike<'s> {
    /// The first of them.
    pub(super) set: &'s [Change],
    /// The individual in it whose place others can take, where some can.
    pub(super) instead_of: Option<(SortId, Value)>,
    /// These others.
    pub(super) others: Vec<Value>,
}

/// Where an individual stood, in a set without it.
type Shape = (SortId, Vec<Change>);

/// Each set once, alone or with the most that are alike.
pub(super) fn alike<'s>(program: &Program, sets: &'s [Vec<Change>]) -> Vec<Alike<'s>> {
    let mut by_shape: BTreeMap<Shape, Vec<(usize, Value)>> = BTreeMap::new();
    for (index, set) in sets.iter().enumerate() {
        for (shape, value) in shapes(program, set) {
            by_shape.entry(shape).or_default().push((index, value));
        }
    }
    let mut told = FxHashSet::default();
    let mut found = Vec::new();
    for (index, set) in sets.iter().enumerate() {
        if told.contains(&index) {
            continue;
        }
        let mut best = Alike {
            set,
            instead_of: None,
            others: Vec::new(),
        };
        let mut members = vec![index];
        for (shape, value) in shapes(program, set) {
            let own = by_shape.get(&shape).into_iter().flatten();
            let is_other = |(other, _): &&(usize, Value)| *other != index && !told.contains(other);
            let own: Vec<_> = own.filter(is_other).collect();
            if own.len() > best.others.len() {
                best.instead_of = Some((shape.0, value));
                best.others = own.iter().map(|(_, other)| *other).collect();
                members = own.iter().map(|(other, _)| *other).collect();
            }
        }
        told.extend(members);
        found.push(best);
    }
    found
}

/// A set without one of the individuals that it speaks of, for each of them.
fn shapes(program: &Program, set: &[Change]) -> Vec<(Shape, Value)> {
    let mut spoken: Vec<(SortId, Value)> = Vec::new();
    let mut with = set.to_vec();
    each_value(program, &mut with, &mut |sort, value| {
        let is_individual = program.sorts[sort].kind == SortKind::Entity;
        if is_individual && !spoken.contains(&(sort, *value)) {
            spoken.push((sort, *value));
        }
    });
    let without = |&(sort, value): &(SortId, Value)| {
        let mut shape = set.to_vec();
        each_value(program, &mut shape, &mut |own, other| {
            if (own, *other) == (sort, value) {
                *other = Value::UNKNOWN;
            }
        });
        shape.sort_unstable();
        ((sort, shape), value)
    };
    spoken.iter().map(without).collect()
}

/// Calls `with` with each value that changes speak of, and its sort.
fn each_value(program: &Program, set: &mut [Change], with: &mut dyn FnMut(SortId, &mut Value)) {
    for change in set {
        let columns = &program.relations[change.relation].columns;
        let said = [&mut change.withdrawn, &mut change.stated];
        for (tuple, _) in said.into_iter().flatten() {
            for (value, column) in tuple.iter_mut().zip(columns) {
                with(column.sort, value);
            }
        }
    }
}
