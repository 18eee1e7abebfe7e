//! Which tuples a relation has.

use hashbrown::HashTable;

use crate::program::Value;

use super::index::{Columns, Mask, all_columns, hash_columns};

/// The set of the tuples of a relation, whose values are kept in [`Columns`].
#[derive(Clone, Debug)]
pub(crate) enum Membership {
    /// Rows by the hash of the whole tuple.
    Hashed(HashTable<u32>),
    /// A bit for each tuple of one or two names: taken where at least one bit in 64 is set, so
    /// that it is smaller than the hash table.
    Bits(Bits),
}

/// A bit for each value, or for each pair of values.
#[derive(Clone, Debug)]
pub(crate) struct Bits {
    width: usize,
    words: Vec<u64>,
}

/// The rows of the tuples of [`Bits`]: those of each word stand together, in order of the bits.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// How many tuples the words before each have.
    before: Vec<u32>,
    rows: Vec<u32>,
}

/// From how many tuples on bits are considered, whenever the number has doubled.
const PACKED: usize = 1024;

impl Membership {
    /// No tuples.
    pub(crate) fn new() -> Self {
        Self::Hashed(HashTable::new())
    }

    /// Whether `tuple` is there.
    #[inline]
    pub(crate) fn contains(&self, columns: &Columns, tuple: &[Value]) -> bool {
        match self {
            Self::Hashed(_) => self.row(columns, tuple).is_some(),
            Self::Bits(bits) => bits.contains(tuple),
        }
    }

    /// The row of `tuple`; bits do not know it.
    pub(crate) fn row(&self, columns: &Columns, tuple: &[Value]) -> Option<usize> {
        let Self::Hashed(rows) = self else {
            return None;
        };
        let hash = hash_columns(all_columns(columns.arity), tuple);
        rows.find(hash, |&row| columns.row(row as usize) == tuple)
            .map(|&row| row as usize)
    }

    /// Notes that `tuple`, which is about to become `row`, is there; says whether it was not.
    /// Only tuples of names can be `packable`.
    pub(crate) fn note(
        &mut self,
        columns: &Columns,
        row: usize,
        tuple: &[Value],
        packable: bool,
    ) -> bool {
        if let Self::Bits(bits) = self {
            bits.grow(row, tuple);
            if let Some(new) = bits.set(tuple) {
                return new;
            }
            *self = Self::Hashed(hashed(columns, row));
        }
        let Self::Hashed(rows) = self else {
            return false;
        };
        let mask: Mask = all_columns(columns.arity);
        let hash = hash_columns(mask, tuple);
        let same = |&row: &u32| columns.row(row as usize) == tuple;
        if rows.find(hash, same).is_some() {
            return false;
        }
        rows.insert_unique(hash, row as u32, |&other| {
            hash_columns(mask, columns.row(other as usize))
        });
        let due = packable && row >= PACKED && row.is_power_of_two();
        if let Some(bits) = due.then(|| Bits::of(columns, row, tuple)).flatten() {
            *self = Self::Bits(bits);
        }
        true
    }
}

fn hashed(columns: &Columns, rows: usize) -> HashTable<u32> {
    let mask = all_columns(columns.arity);
    let hash = |row: usize| hash_columns(mask, columns.row(row));
    let mut table = HashTable::with_capacity(rows);
    for row in 0..rows {
        table.insert_unique(hash(row), row as u32, |&other| hash(other as usize));
    }
    table
}

impl Bits {
    /// The first `rows` tuples and `tuple` as bits, where that is smaller than a hash table.
    fn of(columns: &Columns, rows: usize, tuple: &[Value]) -> Option<Self> {
        if columns.arity > 2 {
            return None;
        }
        let greatest = |column: usize| {
            (0..rows)
                .map(|row| columns.value(row, column).index())
                .chain(tuple.get(column).map(|value| value.index()))
                .max()
                .unwrap_or(0)
        };
        let width = if columns.arity == 2 {
            greatest(1) + 1
        } else {
            1
        };
        let area = (greatest(0) + 1).saturating_mul(width);
        if area > rows.saturating_mul(64) {
            return None;
        }
        let mut bits = Self {
            width,
            words: vec![0; area.div_ceil(64)],
        };
        for row in 0..rows {
            bits.set(columns.row(row));
        }
        bits.set(tuple);
        Some(bits)
    }

    /// The place of the bit of `tuple`; `None` where it has none.
    #[inline]
    fn place(&self, tuple: &[Value]) -> Option<usize> {
        match tuple {
            [value] => Some(value.index()),
            [first, second] if second.index() < self.width => {
                Some(first.index() * self.width + second.index())
            }
            _ => None,
        }
    }

    /// Where the rows of `columns` are.
    pub(crate) fn places(&self, columns: &Columns, rows: usize) -> Places {
        let mut before = Vec::with_capacity(self.words.len());
        let mut count = 0;
        for word in &self.words {
            before.push(count);
            count += word.count_ones();
        }
        let mut places = Places {
            before,
            rows: vec![0; count as usize],
        };
        for row in 0..rows {
            let rank = self.rank(&places, columns.row(row));
            if let Some(place) = rank.and_then(|rank| places.rows.get_mut(rank)) {
                *place = row as u32;
            }
        }
        places
    }

    /// The row of `tuple`.
    #[inline]
    pub(crate) fn row(&self, places: &Places, tuple: &[Value]) -> Option<usize> {
        let row = places.rows.get(self.rank(places, tuple)?)?;
        Some(*row as usize)
    }

    /// How many bits are set before that of `tuple`, which is set.
    #[inline]
    fn rank(&self, places: &Places, tuple: &[Value]) -> Option<usize> {
        let place = self.place(tuple)?;
        let (word, bit) = (*self.words.get(place / 64)?, 1_u64 << (place % 64));
        let before = places.before.get(place / 64)?;
        (word & bit != 0).then(|| (before + (word & (bit - 1)).count_ones()) as usize)
    }

    /// Makes room for a tuple whose first value is new, where the `rows` tuples pay for it.
    fn grow(&mut self, rows: usize, tuple: &[Value]) {
        let words = self.place(tuple).map_or(0, |place| place / 64 + 1);
        if words > self.words.len() && words <= rows {
            self.words.resize(words, 0);
        }
    }

    #[inline]
    fn contains(&self, tuple: &[Value]) -> bool {
        self.place(tuple).is_some_and(|place| {
            let word = self.words.get(place / 64);
            word.is_some_and(|word| word & (1 << (place % 64)) != 0)
        })
    }

    /// Sets the bit of `tuple`; says whether it was clear, or `None` where it has no place.
    fn set(&mut self, tuple: &[Value]) -> Option<bool> {
        let place = self.place(tuple)?;
        let word = self.words.get_mut(place / 64)?;
        let new = *word & (1 << (place % 64)) == 0;
        *word |= 1 << (place % 64);
        Some(new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds pairs as a relation does; says whether each was new.
    fn add(columns: &mut Columns, known: &mut Membership, pair: [usize; 2]) -> bool {
        let tuple = pair.map(Value::from_index);
        let row = columns.values.len() / 2;
        let new = known.note(columns, row, &tuple, true);
        if new {
            columns.values.extend_from_slice(&tuple);
        }
        new
    }

    #[test]
    fn a_dense_relation_is_packed_and_unpacked() {
        let mut columns = Columns {
            arity: 2,
            values: Vec::new(),
        };
        let mut known = Membership::new();
        for first in 0..64 {
            for second in 0..64 {
                assert!(add(&mut columns, &mut known, [first, second]));
            }
        }
        assert!(matches!(known, Membership::Bits(_)));
        assert!(!add(&mut columns, &mut known, [3, 5]));
        assert!(add(&mut columns, &mut known, [3, 900]), "beyond the width");
        assert!(!add(&mut columns, &mut known, [63, 63]));
        let known_pair = [3, 900].map(Value::from_index);
        assert!(known.contains(&columns, &known_pair));
        assert!(!known.contains(&columns, &[900, 3].map(Value::from_index)));
    }
}
