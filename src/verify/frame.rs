//! What variables stand for while a conjunction is tried.

use crate::base::Id;
use crate::program::{Program, SortId, SortKind, Term, Value, VariableId, Variables};

use super::truth::Range;

/// What a variable stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Meant {
    /// A value.
    Value(Value),
    /// A number, date or text that nobody stated. `wild`, given from outside or computed, it
    /// may be any that is stated; else it is one that stands for itself.
    Unstated { range: Range, wild: bool },
}

impl Meant {
    /// The value as tuples have it.
    pub(super) fn value(self) -> Value {
        match self {
            Self::Value(value) => value,
            Self::Unstated { .. } => Value::UNKNOWN,
        }
    }
}

/// What each variable stands for, if anything yet.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Frame(Vec<Option<Meant>>);

impl Frame {
    pub(super) fn new(variables: &Variables) -> Self {
        Self(vec![None; variables.len()])
    }

    pub(super) fn of(&self, variable: VariableId) -> Option<Meant> {
        self.0.get(variable.index()).copied().flatten()
    }

    pub(super) fn value(&self, variable: VariableId) -> Option<Value> {
        self.of(variable).map(Meant::value)
    }

    pub(super) fn bind(&mut self, variable: VariableId, meant: Meant) {
        if let Some(place) = self.0.get_mut(variable.index()) {
            *place = Some(meant);
        }
    }

    /// The same for a conjunction inside: what it is given is wild.
    pub(super) fn given(&self) -> Self {
        let given = |meant: &Option<Meant>| match *meant {
            Some(Meant::Unstated { range, .. }) => Some(Meant::Unstated { range, wild: true }),
            other => other,
        };
        Self(self.0.iter().map(given).collect())
    }

    /// The value of a term; `None` for any and for what is not bound.
    pub(super) fn term(&self, term: Term) -> Option<Value> {
        match term {
            Term::Variable(variable) => self.value(variable),
            Term::Constant(value) => Some(value),
            Term::Any => None,
        }
    }
}

/// Whether the values of a sort are stated rather than declared: numbers, dates, texts.
pub(super) fn is_stated(program: &Program, sort: SortId) -> bool {
    matches!(
        program.sorts[sort].kind,
        SortKind::Integer | SortKind::Date | SortKind::Text
    )
}

/// What `value` of `sort` means where a tuple gives it.
pub(super) fn meant(program: &Program, sort: SortId, value: Value, wild: bool) -> Meant {
    if value == Value::UNKNOWN && is_stated(program, sort) {
        let range = Range::ALL;
        Meant::Unstated { range, wild }
    } else {
        Meant::Value(value)
    }
}
