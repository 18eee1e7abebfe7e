//! The tuples of a relation: one list in order of arrival, certain ones first, with what is
//! needed to find them.
//!
//! A list that only grows makes stable, delta and new three ranges of rows, the round of a
//! tuple a search among the ends of the rounds, and certain or maybe a comparison.

use std::ops::Range;
use std::sync::OnceLock;

use crate::program::{Program, RelationId, SortKind, Value};

use super::index::{Columns, INDEXED_COLUMNS, Index, Mask, agree, all_columns, has_column};
use super::membership::{Membership, Places};
use super::truth::Truth;

/// The tuples of a relation, as far as they are stored.
#[derive(Clone, Debug)]
pub struct Extension {
    columns: Columns,
    /// Columns of numbers, dates and texts.
    value_columns: Mask,
    rows: usize,
    /// Rows below are certain; all, until some are declared maybe.
    certain: usize,
    known: Membership,
    /// Where `known` does not say which row has a tuple.
    places: OnceLock<Box<Places>>,
    /// By mask.
    indexes: Box<[OnceLock<Box<Index>>]>,
    unknown_values: bool,
    round_ends: Vec<usize>,
}

/// The columns of `relation` that hold numbers, dates or texts.
pub(crate) fn value_columns(program: &Program, relation: RelationId) -> Mask {
    program.relations[relation]
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| is_value_sort(program.sorts[column.sort].kind))
        .fold(0, |mask, (index, _)| mask | 1 << index)
}

/// Whether [`Value::UNKNOWN`] of such a sort is a value that nobody has stated, rather than the
/// stranger.
pub(crate) fn is_value_sort(kind: SortKind) -> bool {
    matches!(kind, SortKind::Integer | SortKind::Date | SortKind::Text)
}

impl Extension {
    /// No tuples of `arity` columns.
    pub(crate) fn new(arity: usize, value_columns: Mask) -> Self {
        let masks = 1 << arity.min(INDEXED_COLUMNS);
        Self {
            columns: Columns {
                arity,
                values: Vec::new(),
            },
            value_columns,
            rows: 0,
            certain: usize::MAX,
            known: Membership::new(),
            places: OnceLock::new(),
            indexes: (0..masks).map(|_| OnceLock::new()).collect(),
            unknown_values: false,
            round_ends: Vec::new(),
        }
    }

    /// No tuples of `relation`.
    pub(crate) fn of(program: &Program, relation: RelationId) -> Self {
        Self::new(
            program.relations[relation].arity(),
            value_columns(program, relation),
        )
    }

    /// How many columns it has.
    pub(crate) fn arity(&self) -> usize {
        self.columns.arity
    }

    /// How many tuples there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// How many of the tuples, the first ones, are certain.
    pub fn certain(&self) -> usize {
        self.certain.min(self.rows)
    }

    /// Whether some number, date or text in it is not known.
    pub(crate) fn has_unknown_values(&self) -> bool {
        self.unknown_values
    }

    /// The tuple of `row`.
    #[inline]
    pub fn row(&self, row: usize) -> &[Value] {
        self.columns.row(row)
    }

    /// The truth of `row`.
    #[inline]
    pub(crate) fn row_truth(&self, row: usize) -> Truth {
        if row < self.certain {
            Truth::Certain
        } else {
            Truth::Maybe
        }
    }

    /// The tuples with their truth.
    pub fn iter(&self) -> impl Iterator<Item = (&[Value], Truth)> {
        (0..self.rows).map(|row| (self.row(row), self.row_truth(row)))
    }

    /// Adds a tuple unless it is there; says whether it was new.
    pub(crate) fn insert(&mut self, tuple: &[Value]) -> bool {
        let packable = self.value_columns == 0;
        if !self.known.note(&self.columns, self.rows, tuple, packable) {
            return false;
        }
        self.columns.values.extend_from_slice(tuple);
        self.places.take();
        let row = self.rows;
        self.rows += 1;
        for index in &mut self.indexes {
            if let Some(index) = index.get_mut() {
                index.push(&self.columns, row);
            }
        }
        if self.value_columns != 0 {
            self.unknown_values |= tuple.iter().enumerate().any(|(column, value)| {
                *value == Value::UNKNOWN && has_column(self.value_columns, column)
            });
        }
        true
    }

    /// Declares the tuples so far certain and those to come maybe.
    pub(crate) fn seal_certain(&mut self) {
        self.certain = self.rows;
    }

    /// Makes the tuples so far round 0.
    pub(crate) fn begin_rounds(&mut self) {
        self.round_ends = vec![self.rows];
    }

    /// Ends a round.
    pub(crate) fn end_round(&mut self) {
        self.round_ends.push(self.rows);
    }

    /// The round in which `row` was found, 0 for those that were asserted.
    pub(crate) fn round(&self, row: usize) -> usize {
        self.round_ends.partition_point(|&end| end <= row)
    }

    /// The same of each row.
    pub(crate) fn rounds(&self) -> Vec<u32> {
        let mut rounds = Vec::with_capacity(self.rows);
        for (round, &end) in (0..).zip(&self.round_ends) {
            rounds.resize(end, round);
        }
        rounds.resize(self.rows, self.round_ends.len() as u32);
        rounds
    }

    /// About how many distinct values `column` has.
    pub(crate) fn distinct(&self, column: usize) -> usize {
        const SAMPLE: usize = 8192;
        let stride = self.rows.div_ceil(SAMPLE).max(1);
        let mut seen = rustc_hash::FxHashSet::default();
        let sampled = (0..self.rows).step_by(stride);
        seen.extend(sampled.map(|row| self.columns.value(row, column)));
        // Where most of a sample differs, so does most of the rest.
        if seen.len() * stride * 2 > self.rows {
            seen.len() * stride
        } else {
            seen.len()
        }
    }

    /// Whether `tuple` is there.
    #[inline]
    pub fn contains(&self, tuple: &[Value]) -> bool {
        self.known.contains(&self.columns, tuple)
    }

    /// The row of `tuple`.
    pub(crate) fn find(&self, tuple: &[Value]) -> Option<usize> {
        match &self.known {
            Membership::Hashed(_) => self.known.row(&self.columns, tuple),
            Membership::Bits(bits) => {
                let places = || Box::new(bits.places(&self.columns, self.rows));
                bits.row(self.places.get_or_init(places), tuple)
            }
        }
    }

    /// The truth of `tuple` as stored; a stored number that is unknown may be any.
    pub fn truth(&self, tuple: &[Value]) -> Truth {
        if self.unknown_values {
            return self.truth_among_unknown(tuple);
        }
        if self.certain >= self.rows {
            return Truth::of(self.contains(tuple));
        }
        self.find(tuple)
            .map_or(Truth::False, |row| self.row_truth(row))
    }

    fn truth_among_unknown(&self, tuple: &[Value]) -> Truth {
        let names = self.mask() & !self.value_columns;
        let agrees = |row: usize| {
            let pairs = self.row(row).iter().zip(tuple).enumerate();
            pairs
                .map(|(column, (stored, value))| {
                    let unknown =
                        has_column(self.value_columns, column) && *stored == Value::UNKNOWN;
                    if unknown {
                        Truth::Maybe
                    } else {
                        Truth::of(stored == value)
                    }
                })
                .fold(self.row_truth(row), Truth::min)
        };
        let rows = self.matching(names, tuple, 0..self.rows);
        rows.map(agrees).max().unwrap_or_default()
    }

    /// Rows in `range` that agree with `tuple` in the columns of `mask`.
    #[inline]
    pub(crate) fn matching<'e>(
        &'e self,
        mask: Mask,
        tuple: &[Value],
        range: Range<usize>,
    ) -> Matching<'e> {
        let indexed = mask & all_columns(INDEXED_COLUMNS);
        let slot = (indexed != 0)
            .then(|| self.indexes.get(indexed as usize))
            .flatten();
        let rest = (mask != indexed).then(|| (mask & !indexed, tuple.into()));
        let Some(slot) = slot else {
            return Matching {
                extension: self,
                index: None,
                next: Some(range.start),
                range,
                rest,
            };
        };
        let index = slot.get_or_init(|| {
            Box::new(Index::new(
                indexed,
                self.value_columns,
                &self.columns,
                self.rows,
            ))
        });
        Matching {
            extension: self,
            next: index.newest(&self.columns, tuple),
            index: Some(index),
            range,
            rest,
        }
    }

    fn mask(&self) -> Mask {
        all_columns(self.columns.arity)
    }
}

/// Rows that agree with a key, see [`Extension::matching`].
#[derive(Debug)]
pub(crate) struct Matching<'e> {
    extension: &'e Extension,
    index: Option<&'e Index>,
    next: Option<usize>,
    range: Range<usize>,
    /// The columns beyond the indexed ones that have to agree too, with the whole key.
    rest: Option<(Mask, Box<[Value]>)>,
}

impl Iterator for Matching<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        loop {
            let row = if let Some(index) = self.index {
                // Rows come from the newest to the oldest.
                let row = self.next.filter(|&row| row >= self.range.start)?;
                self.next = index.older(row);
                row
            } else {
                let row = self.next.filter(|&row| row < self.range.end)?;
                self.next = Some(row + 1);
                row
            };
            if row < self.range.end && self.agrees(row) {
                return Some(row);
            }
        }
    }
}

impl Matching<'_> {
    #[inline]
    fn agrees(&self, row: usize) -> bool {
        self.rest
            .as_ref()
            .is_none_or(|(mask, key)| agree(*mask, self.extension.row(row), key))
    }
}
