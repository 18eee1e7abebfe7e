//! The values of the variables of a conjunction while it is solved.

use crate::base::Table;
use crate::program::{Value, VariableId, Variables};

use super::interval::Interval;

/// A value for each variable; a number that is not known may be known up to an interval.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    values: Table<VariableId, Value>,
    /// Read where the value is [`Value::UNKNOWN`].
    intervals: Table<VariableId, Interval>,
}

/// The values for which a conjunction holds. Of a variable that the plan does not bind, the
/// value is without meaning.
pub type Solution = Frame;

impl Frame {
    /// A frame for `variables`.
    pub fn new(variables: &Variables) -> Self {
        Self::with_size(variables.len())
    }

    pub(crate) fn with_size(variables: usize) -> Self {
        Self {
            values: Table::filled(variables, Value::UNKNOWN),
            intervals: Table::filled(variables, Interval::ALL),
        }
    }

    /// Makes room for `variables`.
    pub(crate) fn resize(&mut self, variables: usize) {
        if self.values.len() < variables {
            *self = Self::with_size(variables);
        }
    }

    /// The value of `variable`.
    #[inline]
    pub fn value(&self, variable: VariableId) -> Value {
        self.values[variable]
    }

    /// The number that `variable` has, up to an interval.
    pub fn interval(&self, variable: VariableId) -> Interval {
        self.values[variable]
            .number()
            .map_or_else(|| self.intervals[variable], Interval::exact)
    }

    /// Gives `variable` a value.
    #[inline]
    pub(crate) fn bind(&mut self, variable: VariableId, value: Value) {
        self.values[variable] = value;
    }

    /// Gives `variable` a value of a number, date or text, which may be unknown.
    #[inline]
    pub(crate) fn bind_value(&mut self, variable: VariableId, value: Value) {
        self.values[variable] = value;
        if value == Value::UNKNOWN {
            self.intervals[variable] = Interval::ALL;
        }
    }

    /// Gives `variable` the number of `interval`, or what is known of it.
    pub(crate) fn bind_interval(&mut self, variable: VariableId, interval: Interval) {
        let value = interval.number().and_then(Value::from_number);
        self.values[variable] = value.unwrap_or(Value::UNKNOWN);
        self.intervals[variable] = interval;
    }
}
