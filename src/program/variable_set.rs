//! Sets of variables of one clause. Their numbers are small and dense: a bit each.

use fixedbitset::FixedBitSet;

use crate::base::Id;

use super::VariableId;

/// A set of variables.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct VariableSet(FixedBitSet);

impl VariableSet {
    /// Adds a variable; whether it is new.
    pub(crate) fn insert(&mut self, variable: VariableId) -> bool {
        self.0.grow(variable.index() + 1);
        !self.0.put(variable.index())
    }

    /// Removes a variable, if it is there.
    pub(crate) fn remove(&mut self, variable: VariableId) {
        if self.contains(variable) {
            self.0.remove(variable.index());
        }
    }

    /// Whether it has the variable.
    pub(crate) fn contains(&self, variable: VariableId) -> bool {
        self.0.contains(variable.index())
    }

    /// Adds all of another.
    pub(crate) fn add_all(&mut self, other: &Self) {
        self.0.union_with(&other.0);
    }

    /// Takes all of another away.
    pub(crate) fn remove_all(&mut self, other: &Self) {
        self.0.difference_with(&other.0);
    }

    /// Keeps what another has too.
    pub(crate) fn keep_common(&mut self, other: &Self) {
        self.0.intersect_with(&other.0);
    }

    /// Whether it has a variable of another.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        !self.0.is_disjoint(&other.0)
    }

    /// How many variables it has.
    pub(crate) fn len(&self) -> usize {
        self.0.count_ones(..)
    }

    /// Its variables in order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = VariableId> + '_ {
        self.0.ones().map(VariableId::new)
    }
}

impl Extend<VariableId> for VariableSet {
    fn extend<I: IntoIterator<Item = VariableId>>(&mut self, variables: I) {
        for variable in variables {
            self.insert(variable);
        }
    }
}

impl FromIterator<VariableId> for VariableSet {
    fn from_iter<I: IntoIterator<Item = VariableId>>(variables: I) -> Self {
        let mut set = Self::default();
        set.extend(variables);
        set
    }
}
