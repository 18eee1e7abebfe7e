//! Where joins read from: what a [`Database`](super::Database) and a
//! [`Session`](super::Session) have in common.

use std::cell::Ref;
use std::ops::Deref;
use std::rc::Rc;

use crate::program::{Program, RelationId, SortId, SortKind, Value};

use super::index::Mask;
use super::relation::Extension;
use super::truth::Truth;

/// Stored tuples, owned by whom it suits.
#[derive(Debug)]
pub(crate) enum Handle<'a> {
    Borrowed(&'a Extension),
    Shared(Rc<Extension>),
    Cell(Ref<'a, Extension>),
}

impl Deref for Handle<'_> {
    type Target = Extension;

    fn deref(&self) -> &Extension {
        match self {
            Self::Borrowed(extension) => extension,
            Self::Shared(extension) => extension,
            Self::Cell(extension) => extension,
        }
    }
}

/// The stored tuples of a relation that a lookup has to go through.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    /// Tuples of the facts and of rules.
    pub(crate) main: Option<Handle<'a>>,
    /// Tuples of acts that nobody recorded, where the lookup names an act.
    pub(crate) unrecorded: Option<Handle<'a>>,
    /// Whether `main` has only tuples that agree with the key.
    pub(crate) filtered: bool,
}

/// The individuals of a sort that variables of maybe tuples range over.
#[derive(Debug)]
pub(crate) enum Domain<'a> {
    /// Values with indexes from the first to the second, included.
    Dense(usize, usize),
    /// The tuples of a relation of one column.
    Listed(&'a Extension),
}

impl Domain<'_> {
    /// How many individuals there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Dense(first, last) => (last + 1).saturating_sub(*first),
            Self::Listed(extension) => extension.len(),
        }
    }

    /// The individual numbered `index`.
    pub(crate) fn value(&self, index: usize) -> Value {
        match self {
            Self::Dense(first, _) => Value::from_index(first + index),
            Self::Listed(extension) => extension
                .row(index)
                .first()
                .copied()
                .unwrap_or(Value::UNKNOWN),
        }
    }
}

/// What joins read.
pub(crate) trait Source {
    /// The policy.
    fn program(&self) -> &Program;

    /// The stored tuples of `relation` that agree with `tuple` in the columns of `bound`, maybe
    /// among others.
    fn rows(&self, relation: RelationId, bound: Mask, tuple: &[Value]) -> Rows<'_>;

    /// The truth of a tuple as stored or derived; of an open relation certain or false.
    fn stored_truth(&self, relation: RelationId, tuple: &[Value]) -> Truth;

    /// Whether the facts deny the tuple.
    fn denied(&self, relation: RelationId, tuple: &[Value]) -> bool;

    /// Whether the facts close the row of `key`.
    fn closed(&self, relation: RelationId, key: &[Value]) -> bool;

    /// The named individuals of `sort`.
    fn named(&self, sort: SortId) -> Domain<'_>;

    /// Whether `relation` can have maybe tuples.
    fn uncertain(&self, relation: RelationId) -> bool;

    /// Whether certain tuples of `relation` may have a number that is not known.
    fn vague(&self, relation: RelationId) -> bool;

    /// The tuples of `relation` that are asserted.
    fn asserted(&self, relation: RelationId) -> Extension;
}

/// The individuals of `sort` that tuples of open relations range over: the named ones and the
/// stranger, or the unstated number, date or text alone.
pub(crate) fn domain<S: Source + ?Sized>(source: &S, sort: SortId) -> Domain<'_> {
    match source.program().sorts[sort].kind {
        SortKind::Integer | SortKind::Date | SortKind::Text => Domain::Dense(0, 0),
        SortKind::Entity if sort != SortId::ACT => match source.named(sort) {
            Domain::Dense(_, last) => Domain::Dense(0, last),
            listed @ Domain::Listed(_) => listed,
        },
        SortKind::Entity | SortKind::Enumerated => source.named(sort),
    }
}

/// Whether `value` is one that a tuple of an open relation may have in a column of `sort`.
pub(crate) fn in_domain(program: &Program, sort: SortId, value: Value) -> bool {
    value != Value::UNKNOWN
        || match program.sorts[sort].kind {
            SortKind::Entity => sort != SortId::ACT,
            SortKind::Enumerated => false,
            SortKind::Integer | SortKind::Date | SortKind::Text => true,
        }
}
