//! Datalog: relations, plans, joins and rounds. Knows nothing of norms.

mod aggregate;
mod database;
mod expression;
mod facts;
mod fixpoint;
mod frame;
mod index;
mod interval;
mod join;
mod open;
mod overlay;
mod plan;
mod planner;
mod reach;
mod relation;
mod session;
mod source;
mod stated;
mod statistics;
mod tables;
mod truth;
mod tuple;

pub use database::Database;
pub use facts::{FactId, Facts, Input, Rows, Validity};
pub use fixpoint::{Limits, RoundReport, StopReason};
pub use frame::{Frame, Solution};
pub use interval::Interval;
pub use plan::ConjunctionPlan;
pub use planner::{plan_conjunction, plan_projection};
pub use reach::{RelationSet, no_relations, streamed};
pub use relation::Extension;
pub use session::{Changes, Session};
pub use stated::{Change, epoch_of, epochs};
pub use statistics::Statistics;
pub use truth::Truth;
