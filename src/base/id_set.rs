//! Sets of ids whose numbers are small and dense: a bit each, up to 128 of them without a heap
//! allocation.

use std::fmt;
use std::marker::PhantomData;

use smallvec::SmallVec;

use super::id::Id;

/// A set of ids.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct IdSet<I> {
    /// The last block is never empty, so that equal sets have equal blocks.
    blocks: SmallVec<[u64; 2]>,
    key: PhantomData<fn() -> I>,
}

/// Where the bit of an id is: its block, and the block's mask.
fn place(id: impl Id) -> (usize, u64) {
    let index = id.index();
    (index / 64, 1 << (index % 64))
}

impl<I: Id> IdSet<I> {
    /// Adds an id; whether it is new.
    pub(crate) fn insert(&mut self, id: I) -> bool {
        let (block, mask) = place(id);
        if self.blocks.len() <= block {
            self.blocks.resize(block + 1, 0);
        }
        let Some(bits) = self.blocks.get_mut(block) else {
            return false;
        };
        let new = *bits & mask == 0;
        *bits |= mask;
        new
    }

    /// Removes an id, if it is there.
    pub(crate) fn remove(&mut self, id: I) {
        let (block, mask) = place(id);
        if let Some(bits) = self.blocks.get_mut(block) {
            *bits &= !mask;
        }
        self.trim();
    }

    /// Whether it has the id.
    pub(crate) fn contains(&self, id: I) -> bool {
        let (block, mask) = place(id);
        self.blocks.get(block).is_some_and(|bits| bits & mask != 0)
    }

    /// Adds all of another.
    pub(crate) fn add_all(&mut self, other: &Self) {
        if self.blocks.len() < other.blocks.len() {
            self.blocks.resize(other.blocks.len(), 0);
        }
        for (bits, others) in self.blocks.iter_mut().zip(&other.blocks) {
            *bits |= others;
        }
    }

    /// Takes all of another away.
    pub(crate) fn remove_all(&mut self, other: &Self) {
        for (bits, others) in self.blocks.iter_mut().zip(&other.blocks) {
            *bits &= !others;
        }
        self.trim();
    }

    /// Keeps what another has too.
    pub(crate) fn keep_common(&mut self, other: &Self) {
        self.blocks.truncate(other.blocks.len());
        for (bits, others) in self.blocks.iter_mut().zip(&other.blocks) {
            *bits &= others;
        }
        self.trim();
    }

    /// Whether it has an id of another.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let mut blocks = self.blocks.iter().zip(&other.blocks);
        blocks.any(|(bits, others)| bits & others != 0)
    }

    /// Whether it has none.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// How many it has.
    pub(crate) fn len(&self) -> usize {
        self.blocks
            .iter()
            .map(|bits| bits.count_ones() as usize)
            .sum()
    }

    /// Its ids in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = I> + '_ {
        let blocks = self.blocks.iter().enumerate();
        blocks.flat_map(|(block, &bits)| {
            let set = (0..64).filter(move |bit| bits >> bit & 1 == 1);
            set.map(move |bit| I::new(block * 64 + bit))
        })
    }

    /// The first of them.
    pub(crate) fn first(&self) -> Option<I> {
        self.iter().next()
    }

    fn trim(&mut self) {
        while self.blocks.last() == Some(&0) {
            self.blocks.pop();
        }
    }
}

impl<I> Default for IdSet<I> {
    fn default() -> Self {
        Self {
            blocks: SmallVec::new(),
            key: PhantomData,
        }
    }
}

impl<I: Id> fmt::Debug for IdSet<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<I: Id> Extend<I> for IdSet<I> {
    fn extend<T: IntoIterator<Item = I>>(&mut self, ids: T) {
        for id in ids {
            self.insert(id);
        }
    }
}

impl<I: Id> FromIterator<I> for IdSet<I> {
    fn from_iter<T: IntoIterator<Item = I>>(ids: T) -> Self {
        let mut set = Self::default();
        set.extend(ids);
        set
    }
}

impl<I: Id, const N: usize> From<[I; N]> for IdSet<I> {
    fn from(ids: [I; N]) -> Self {
        ids.into_iter().collect()
    }
}
