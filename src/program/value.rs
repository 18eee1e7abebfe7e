//! Values and the universe of a case: every sort's individuals under dense ids.

use crate::base::{Id, Symbols, Table};

use super::SortId;

/// A value of some sort; the sort is known from where the value stands.
///
/// - Of a sort of names (entities, enumerations, texts): the dense id of the name in its
///   sort, from 1.
/// - An integer or a date (minutes since 1970-01-01T00:00): itself, encoded so that values
///   compare as the numbers do. Numbers lie in ±2,147,483,647.
/// - [`Value::UNKNOWN`]: of a sort of entities, the unnamed individual that stands for
///   strangers; of numbers, dates and texts, a value that nobody has stated.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Value(pub(crate) u32);

impl Value {
    /// The stranger of an entity sort; the unstated number, date or text.
    pub const UNKNOWN: Self = Self(0);

    const BIAS: i64 = 1 << 31;

    /// The value of an integer or of a date in minutes; `None` where it is out of range.
    pub fn from_number(number: i64) -> Option<Self> {
        u32::try_from(number.checked_add(Self::BIAS)?)
            .ok()
            .filter(|&raw| raw != 0)
            .map(Self)
    }

    /// The integer or the minutes; `None` for [`Value::UNKNOWN`].
    pub fn number(self) -> Option<i64> {
        (self.0 != 0).then(|| i64::from(self.0) - Self::BIAS)
    }

    /// The dense index of a name in its sort, the unknown one being 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The value with the dense index `index` in its sort of names.
    pub fn from_index(index: usize) -> Self {
        Self(index as u32)
    }
}

/// The individuals of every sort of names.
#[derive(Clone, Debug, Default)]
pub struct Universe {
    domains: Table<SortId, Symbols>,
}

impl Universe {
    /// A universe with `sorts` empty sorts.
    pub fn new(sorts: usize) -> Self {
        Self {
            domains: Table::filled(sorts, Symbols::default()),
        }
    }

    /// The value of `name` in `sort`, made if it is new.
    pub fn intern(&mut self, sort: SortId, name: &str) -> Value {
        Value(self.domains[sort].intern(name).0 + 1)
    }

    /// The value of `name` in `sort`, if there is one.
    pub fn get(&self, sort: SortId, name: &str) -> Option<Value> {
        self.domains[sort]
            .get(name)
            .map(|symbol| Value(symbol.0 + 1))
    }

    /// The name of `value` in `sort`; `None` for [`Value::UNKNOWN`].
    pub fn name(&self, sort: SortId, value: Value) -> Option<&str> {
        let symbol = value.0.checked_sub(1)?;
        (symbol < self.domains[sort].len() as u32)
            .then(|| self.domains[sort].text(Id::new(symbol as usize)))
    }

    /// How many named individuals `sort` has: their values have indexes `1..=size`.
    pub fn size(&self, sort: SortId) -> usize {
        self.domains[sort].len()
    }

    /// How many individuals are named, of all sorts.
    pub(crate) fn len(&self) -> usize {
        self.domains.iter().map(Symbols::len).sum()
    }

    /// The named individuals of `sort` in order of first appearance.
    pub fn values(&self, sort: SortId) -> impl Iterator<Item = Value> + use<> {
        (1..=self.size(sort)).map(Value::from_index)
    }

    /// The names of `sort` in order of first appearance.
    pub fn names(&self, sort: SortId) -> impl Iterator<Item = &str> {
        self.domains[sort].iter().map(|(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_order() {
        let values: Vec<_> = [-2_147_483_647, -1, 0, 1, 29_000_000, 2_147_483_647]
            .into_iter()
            .map(|number| Value::from_number(number).unwrap())
            .collect();
        assert!(values.is_sorted());
        assert_eq!(values[1].number(), Some(-1));
        assert_eq!(Value::UNKNOWN.number(), None);
        assert_eq!(Value::from_number(-2_147_483_648), None);
        assert_eq!(Value::from_number(2_147_483_648), None);
    }

    #[test]
    fn names_are_dense_per_sort() {
        let (actor, account) = (SortId::new(0), SortId::new(1));
        let mut universe = Universe::new(2);
        let roy = universe.intern(actor, "roy");
        assert_eq!(roy, universe.intern(actor, "roy"));
        assert_eq!(roy, universe.intern(account, "roy"));
        assert_eq!(universe.name(actor, roy), Some("roy"));
        assert_eq!(universe.name(actor, Value::UNKNOWN), None);
        assert_eq!(universe.get(account, "lee"), None);
    }
}
