//! Of sets that differ only in numbers, the one whose numbers are nearest to what is stated, to
//! the day of the act, or to nothing.

use indexmap::IndexMap;

use crate::program::{Program, Value};

use super::Change;

/// One of each kind, in order.
pub(super) fn nearest(program: &Program, at: i64, sets: Vec<Vec<Change>>) -> Vec<Vec<Change>> {
    let mut kept: IndexMap<Vec<Change>, (i64, Vec<Change>)> = IndexMap::new();
    for set in sets {
        let shape = set.iter().map(|change| without_numbers(program, change));
        let distance = set.iter().map(|change| distance(program, at, change)).sum();
        let own = (distance, set.clone());
        let known = kept.entry(shape.collect()).or_insert_with(|| own.clone());
        if distance < known.0 {
            *known = own;
        }
    }
    kept.into_values().map(|(_, set)| set).collect()
}

/// The columns of a change that hold numbers or dates; those of dates.
fn numbers(program: &Program, change: &Change) -> Vec<(usize, bool)> {
    let columns = program.relations[change.relation].columns.iter();
    let kinds = columns.map(|column| program.sorts[column.sort].kind);
    let numbers = kinds.enumerate().filter(|(_, kind)| kind.is_number());
    let is_date = |kind| kind == crate::program::SortKind::Date;
    numbers.map(|(at, kind)| (at, is_date(kind))).collect()
}

fn without_numbers(program: &Program, change: &Change) -> Change {
    let mut shape = change.clone();
    for (column, _) in numbers(program, change) {
        if let Some(place) = shape
            .stated
            .as_mut()
            .and_then(|(tuple, _)| tuple.get_mut(column))
        {
            *place = Value::UNKNOWN;
        }
    }
    shape
}

fn distance(program: &Program, at: i64, change: &Change) -> i64 {
    let number = |said: &Option<(Box<[Value]>, bool)>, column: usize| {
        let (tuple, _) = said.as_ref()?;
        tuple.get(column)?.number()
    };
    let one = |(column, is_date): (usize, bool)| {
        let to = number(&change.stated, column)?;
        let usual = if is_date { at } else { 0 };
        let from = number(&change.withdrawn, column).unwrap_or(usual);
        Some((to - from).abs())
    };
    numbers(program, change).into_iter().filter_map(one).sum()
}
