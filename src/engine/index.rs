//! Finding rows: by whole tuples, and by the values of some columns.

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

use crate::program::Value;

/// A set of columns, one bit each.
pub(crate) type Mask = u32;

/// How many leading columns an index can tell apart; further ones are filtered.
pub(crate) const INDEXED_COLUMNS: usize = 6;

/// No row.
const NONE: u32 = u32::MAX;

/// The mask of all of `arity` columns.
pub(crate) fn all_columns(arity: usize) -> Mask {
    ((1_u64 << arity.min(32)) - 1) as Mask
}

/// Whether `mask` has `column`.
pub(crate) fn has_column(mask: Mask, column: usize) -> bool {
    column < 32 && mask & (1 << column) != 0
}

/// Tuples of one width, one behind the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    pub(crate) arity: usize,
    pub(crate) values: Vec<Value>,
}

impl Columns {
    /// The tuple of `row`.
    #[expect(
        clippy::indexing_slicing,
        reason = "INVARIANT: row numbers come from the relation that holds `values`, which only grows"
    )]
    #[inline]
    pub(crate) fn row(&self, row: usize) -> &[Value] {
        &self.values[row * self.arity..(row + 1) * self.arity]
    }

    /// The value of `row` in `column`.
    #[expect(
        clippy::indexing_slicing,
        reason = "INVARIANT: row numbers come from the relation that holds `values`, which only grows"
    )]
    #[inline]
    pub(crate) fn value(&self, row: usize, column: usize) -> Value {
        self.values[row * self.arity + column]
    }
}

/// The hash of the values that `tuple` has in the columns of `mask`.
#[inline]
pub(crate) fn hash_columns(mask: Mask, tuple: &[Value]) -> u64 {
    let mut hasher = FxHasher::default();
    for (column, value) in tuple.iter().enumerate() {
        if has_column(mask, column) {
            value.hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// Whether two tuples agree in the columns of `mask`.
#[inline]
pub(crate) fn agree(mask: Mask, left: &[Value], right: &[Value]) -> bool {
    left.iter()
        .zip(right)
        .enumerate()
        .all(|(column, (a, b))| a == b || !has_column(mask, column))
}

/// For each key, its rows from the newest to the oldest.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    mask: Mask,
    heads: Heads,
    older: Vec<u32>,
}

/// The newest row of each key.
#[derive(Clone, Debug)]
enum Heads {
    /// By the value of one column of a sort of names, whose values are dense.
    Dense { column: usize, rows: Vec<u32> },
    /// By hash.
    Hashed(HashTable<u32>),
}

impl Index {
    /// An index over the columns of `mask` of all `rows` rows. One column of names
    /// (not in `value_columns`) is a plain table.
    pub(crate) fn new(mask: Mask, value_columns: Mask, columns: &Columns, rows: usize) -> Self {
        let heads = if mask.is_power_of_two() && mask & value_columns == 0 {
            Heads::Dense {
                column: mask.trailing_zeros() as usize,
                rows: Vec::new(),
            }
        } else {
            Heads::Hashed(HashTable::new())
        };
        let mut index = Self {
            mask,
            heads,
            older: Vec::with_capacity(rows),
        };
        for row in 0..rows {
            index.push(columns, row);
        }
        index
    }

    /// Adds `row`, the one after the last one added.
    pub(crate) fn push(&mut self, columns: &Columns, row: usize) {
        let row_id = row as u32;
        let older = match &mut self.heads {
            Heads::Dense { column, rows } => {
                let value = columns.value(row, *column).index();
                if rows.len() <= value {
                    rows.resize(value + 1, NONE);
                }
                rows.get_mut(value)
                    .map_or(NONE, |head| std::mem::replace(head, row_id))
            }
            Heads::Hashed(table) => {
                let (mask, tuple) = (self.mask, columns.row(row));
                let found = table.find_mut(hash_columns(mask, tuple), |&other| {
                    agree(mask, columns.row(other as usize), tuple)
                });
                if let Some(head) = found {
                    std::mem::replace(head, row_id)
                } else {
                    table.insert_unique(hash_columns(mask, tuple), row_id, |&other| {
                        hash_columns(mask, columns.row(other as usize))
                    });
                    NONE
                }
            }
        };
        self.older.push(older);
    }

    /// The newest row that agrees with `tuple` in the indexed columns.
    #[inline]
    pub(crate) fn newest(&self, columns: &Columns, tuple: &[Value]) -> Option<usize> {
        let row = match &self.heads {
            Heads::Dense { column, rows } => {
                let value = tuple.get(*column)?.index();
                rows.get(value).copied().unwrap_or(NONE)
            }
            Heads::Hashed(table) => table
                .find(hash_columns(self.mask, tuple), |&other| {
                    agree(self.mask, columns.row(other as usize), tuple)
                })
                .copied()
                .unwrap_or(NONE),
        };
        (row != NONE).then_some(row as usize)
    }

    /// The next older row with the same key as `row`.
    #[inline]
    pub(crate) fn older(&self, row: usize) -> Option<usize> {
        let older = self.older.get(row).copied().unwrap_or(NONE);
        (older != NONE).then_some(older as usize)
    }
}
