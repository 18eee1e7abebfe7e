//! Datalog: relations, plans, joins and rounds. Knows nothing of norms.

mod aggregate;
mod binders;
mod database;
mod expression;
mod facts;
mod fixpoint;
mod frame;
mod index;
mod instance;
mod interval;
mod join;
mod naive;
mod open;
mod overlay;
mod plan;
mod planner;
mod provenance;
mod reach;
mod recursion;
mod relation;
mod session;
mod source;
mod stated;
mod statistics;
mod steps;
mod tables;
mod timeline;
mod truth;
mod tuple;

pub use database::Database;
pub use facts::{FactId, Facts, Input, Rows, Validity};
pub use fixpoint::{Limits, RoundReport, StopReason};
pub use frame::{Frame, Solution};
pub use instance::{
    Instance, NearMiss, Premise, PremiseKind, Question, Side, instances, near_miss,
};
pub use interval::Interval;
pub use naive::Naive;
pub use plan::ConjunctionPlan;
pub use planner::{plan_conjunction, plan_projection};
pub use provenance::{Derivation, Failure, RuleInstance, proof_step, rule_instances, why_not};
pub use reach::{RelationSet, no_relations, streamed};
pub use relation::Extension;
pub use session::{Changes, Session};
pub use stated::{Change, epoch_of, epochs};
pub use statistics::Statistics;
pub use timeline::Timeline;
pub use truth::Truth;
