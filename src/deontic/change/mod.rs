//! What would change a verdict: the smallest sets of facts to state, to withdraw or to move that
//! make it another one.
//!
//! A set is found by judging. What a judgement looked up in the facts is kept, and as long as
//! nothing changes that agrees with one of these lookups, the judgement stays what it is: so a set
//! that changes the verdict has, beyond any part of it that does not, a change of something that
//! the judgement under that part looked up. From the empty set on, one change more at a time,
//! every smallest set is met (`docs/explanations.md`).

mod facts;
mod judged;
mod links;
mod near;
mod nearest;
mod needs;
mod numbers;
mod options;
mod search;

use crate::program::{RelationId, Value};

use super::judge::Judge;
use super::verdict::{Substitution, Verdict};

pub use search::{Answer, ChangeLimits, Check};

/// One change of the facts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Change {
    /// The declared relation.
    pub relation: RelationId,
    /// What is no longer stated: a tuple, and whether it was stated to hold.
    pub withdrawn: Option<(Box<[Value]>, bool)>,
    /// What is stated: a tuple, and whether it is to hold.
    pub stated: Option<(Box<[Value]>, bool)>,
}

impl Change {
    /// The tuples that it speaks of.
    fn tuples(&self) -> impl Iterator<Item = &[Value]> {
        let both = [&self.withdrawn, &self.stated];
        let tuples = both.into_iter().flatten();
        tuples.map(|(tuple, _)| &**tuple)
    }
}

/// Something that cannot be, and follows from facts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// What a `never` rules out.
    Never {
        /// Which, in the order of the program.
        never: usize,
        /// Which of its alternatives.
        alternative: usize,
        /// With which values.
        values: Substitution,
    },
    /// A tuple that facts and rules say the opposite of.
    Tuple(RelationId, Vec<Value>),
}
