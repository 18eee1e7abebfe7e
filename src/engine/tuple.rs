//! A tuple on the stack, so that looking something up allocates nothing.

use std::ops::{Deref, DerefMut};

use crate::program::Value;

const INLINE: usize = 8;

/// A tuple of any width; short ones live on the stack.
#[derive(Clone, Debug)]
pub(crate) enum Tuple {
    Inline([Value; INLINE], usize),
    Heap(Vec<Value>),
}

impl Tuple {
    /// A tuple of `arity` unknown values.
    pub(crate) fn new(arity: usize) -> Self {
        if arity <= INLINE {
            Self::Inline([Value::UNKNOWN; INLINE], arity)
        } else {
            Self::Heap(vec![Value::UNKNOWN; arity])
        }
    }

    /// Sets the value of `column`.
    pub(crate) fn set(&mut self, column: usize, value: Value) {
        if let Some(place) = self.get_mut(column) {
            *place = value;
        }
    }
}

impl Deref for Tuple {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        match self {
            Self::Inline(values, arity) => values.get(..*arity).unwrap_or_default(),
            Self::Heap(values) => values,
        }
    }
}

impl DerefMut for Tuple {
    fn deref_mut(&mut self) -> &mut [Value] {
        match self {
            Self::Inline(values, arity) => values.get_mut(..*arity).unwrap_or_default(),
            Self::Heap(values) => values,
        }
    }
}
