//! Datalog: relations, plans, joins and rounds. Knows nothing of norms.

mod facts;

pub use facts::{FactId, Facts, Input, Rows, Validity};
