//! A tuple on the stack, so that looking something up allocates nothing.

use std::ops::{Deref, DerefMut};

use crate::program::{Term, Value, VariableId};

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

    /// The tuple of `terms` under the values of their variables.
    pub(crate) fn of(terms: &[Term], value: impl Fn(VariableId) -> Value) -> Self {
        let mut tuple = Self::new(terms.len());
        tuple.fill(terms, value);
        tuple
    }

    /// Becomes the tuple of `terms`, as many as it has columns.
    pub(crate) fn fill(&mut self, terms: &[Term], value: impl Fn(VariableId) -> Value) {
        for (place, &term) in self.iter_mut().zip(terms) {
            *place = match term {
                Term::Variable(variable) => value(variable),
                Term::Constant(value) => value,
                Term::Any => Value::UNKNOWN,
            };
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
