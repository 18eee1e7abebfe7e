//! A lookup in the facts. As long as no fact changes that agrees with one of those that were made,
//! nothing that was worked out changes.

use crate::program::{RelationId, Value};

/// A lookup in the facts of a relation.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Consulted {
    /// The declared relation.
    pub relation: RelationId,
    /// The values that were given.
    pub pattern: Box<[Option<Value>]>,
}

impl Consulted {
    /// Whether `tuple` of `relation` may agree with it.
    pub fn may_agree(&self, relation: RelationId, tuple: &[Value]) -> bool {
        let mut values = self.pattern.iter().zip(tuple);
        let any = |value: Value| value == Value::UNKNOWN;
        self.relation == relation
            && values.all(|(given, &own)| {
                given.is_none_or(|given| given == own || any(given) || any(own))
            })
    }
}
