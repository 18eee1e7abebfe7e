//! Functions of what is unknown, as binary decision diagrams. Equal functions are equal
//! diagrams, so that a constant one shows itself, and a fixpoint too. The only file that knows
//! the crate.

use std::collections::BTreeSet;

use biodivine_lib_bdd::op_function::{and, and_not, or};
use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet};
use rustc_hash::FxHashMap;

use crate::program::{RelationId, Value};

/// How far settling goes before it gives up. All are counted, none is timed, so that the answer
/// is the same on every machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SettleLimits {
    /// Unknown atoms of one act.
    pub atoms: u16,
    /// Nodes of one diagram.
    pub nodes: usize,
    /// Nodes of all diagrams of one act.
    pub work: usize,
}

impl Default for SettleLimits {
    fn default() -> Self {
        Self {
            atoms: 64,
            nodes: 20_000,
            work: 2_000_000,
        }
    }
}

/// What was too much.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Beyond {
    /// It hangs on too many unknown atoms.
    Atoms,
    /// They hang together in too many ways.
    Nodes,
    /// It took too much work.
    Work,
}

impl Beyond {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Atoms => "atoms",
            Self::Nodes => "nodes",
            Self::Work => "work",
        }
    }
}

/// Something that is true or false in a completion, and is not known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Unknown {
    /// Whether the facts, were they complete, would state this tuple of a declared relation.
    Atom {
        /// The stretch of time that it is asked of.
        epoch: usize,
        /// The relation.
        relation: RelationId,
        /// The tuple.
        tuple: Vec<Value>,
    },
    /// Something that is no atom: a comparison with a number that nobody stated, the verdict of
    /// an act that is circular. Each is one of its own, as if it had nothing to do with any
    /// other; that allows for more completions than there are, never for fewer.
    Other(usize),
}

/// For each completion, whether something holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Function(Bdd);

impl Function {
    /// Whether it holds in every completion.
    pub(super) fn is_true(&self) -> bool {
        self.0.is_true()
    }

    /// Whether it holds in none.
    pub(super) fn is_false(&self) -> bool {
        self.0.is_false()
    }

    /// The places of what it depends on, in order.
    pub(super) fn places(&self) -> BTreeSet<usize> {
        let variables = self.0.support_set();
        variables.into_iter().map(BddVariable::to_index).collect()
    }

    /// In how many of all completions it holds, those of what it does not depend on included.
    pub(super) fn count(&self) -> f64 {
        self.0.cardinality()
    }

    /// The opposite.
    pub(super) fn not(&self) -> Self {
        Self(self.0.not())
    }
}

/// Where functions are made.
#[derive(Clone, Debug)]
pub(super) struct Space {
    set: BddVariableSet,
    variables: Vec<BddVariable>,
    unknowns: Vec<Unknown>,
    places: FxHashMap<Unknown, usize>,
    limits: SettleLimits,
    work: usize,
}

impl Space {
    pub(super) fn new(limits: SettleLimits) -> Self {
        let set = BddVariableSet::new_anonymous(limits.atoms);
        Self {
            variables: set.variables(),
            set,
            unknowns: Vec::new(),
            places: FxHashMap::default(),
            limits,
            work: 0,
        }
    }

    /// What functions speak of, in the order in which it was met.
    pub(super) fn unknowns(&self) -> &[Unknown] {
        &self.unknowns
    }

    /// Whether anything was met that is no atom.
    pub(super) fn has_others(&self) -> bool {
        let mut unknowns = self.unknowns.iter();
        unknowns.any(|unknown| matches!(unknown, Unknown::Other(_)))
    }

    /// What holds always, or never.
    pub(super) fn constant(&self, holds: bool) -> Function {
        Function(if holds {
            self.set.mk_true()
        } else {
            self.set.mk_false()
        })
    }

    /// Whether something unknown is so.
    pub(super) fn unknown(&mut self, unknown: Unknown) -> Result<Function, Beyond> {
        let next = self.unknowns.len();
        let place = self.places.get(&unknown).copied().unwrap_or(next);
        let variable = *self.variables.get(place).ok_or(Beyond::Atoms)?;
        if place == next {
            self.places.insert(unknown.clone(), next);
            self.unknowns.push(unknown);
        }
        Ok(Function(self.set.mk_var(variable)))
    }

    /// Whether what is at a place, which was met before, is so.
    pub(super) fn at(&self, place: usize) -> Function {
        let variable = self.variables.get(place);
        variable.map_or_else(
            || self.constant(false),
            |&variable| Function(self.set.mk_var(variable)),
        )
    }

    /// The function once it is known whether what is at a place is so.
    pub(super) fn given(&mut self, function: &Function, place: usize, answer: bool) -> Function {
        self.work += function.0.size();
        match self.variables.get(place) {
            Some(&variable) => Function(function.0.var_restrict(variable, answer)),
            None => function.clone(),
        }
    }

    /// Forgets how much was done.
    pub(super) fn allow_more_work(&mut self) {
        self.work = 0;
    }

    /// Something that is no atom and was not met before.
    pub(super) fn other(&mut self) -> Result<Function, Beyond> {
        self.unknown(Unknown::Other(self.unknowns.len()))
    }

    /// What holds where both do.
    pub(super) fn and(&mut self, left: &Function, right: &Function) -> Result<Function, Beyond> {
        if left.is_true() || right.is_false() {
            return Ok(right.clone());
        }
        if right.is_true() || left.is_false() {
            return Ok(left.clone());
        }
        self.combined(left, right, and)
    }

    /// What holds where one of them does.
    pub(super) fn or(&mut self, left: &Function, right: &Function) -> Result<Function, Beyond> {
        if left.is_false() || right.is_true() {
            return Ok(right.clone());
        }
        if right.is_false() || left.is_true() {
            return Ok(left.clone());
        }
        self.combined(left, right, or)
    }

    /// What holds where the first does and the second does not.
    pub(super) fn and_not(
        &mut self,
        left: &Function,
        right: &Function,
    ) -> Result<Function, Beyond> {
        if left.is_false() || right.is_false() {
            return Ok(left.clone());
        }
        self.combined(left, right, and_not)
    }

    fn combined(
        &mut self,
        left: &Function,
        right: &Function,
        operation: impl Fn(Option<bool>, Option<bool>) -> Option<bool>,
    ) -> Result<Function, Beyond> {
        let made = Bdd::binary_op_with_limit(self.limits.nodes, &left.0, &right.0, operation);
        let made = made.ok_or(Beyond::Nodes)?;
        self.work += made.size() + left.0.size() + right.0.size();
        if self.work > self.limits.work {
            return Err(Beyond::Work);
        }
        Ok(Function(made))
    }
}
