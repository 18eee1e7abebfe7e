//! What permitted, obliged, overridden and contradiction mean: a small kernel in compiled
//! Datalog with a memo in front of it, and the judge that gathers the norms which apply to an
//! act, has the kernel label them, and reads off the verdict and what follows.

mod broken;
mod candidates;
mod case;
mod change;
mod clashing;
mod classes;
mod conditions;
mod dispatch;
mod follows;
mod instances;
mod judge;
mod kernel;
mod labelled;
mod late;
mod memo;
mod part;
mod parted;
mod planned;
mod priorities;
mod questions;
mod reading;
pub mod reference;
mod settle;
mod verdict;
mod ways;
mod work_out;

pub use candidates::{Asked, Candidate};
pub use case::{Beat, Case, Effect, Instance, Label, Labelling};
pub use change::{Answer, Change, ChangeLimits, Check, Obstacle};
pub use judge::Judge;
pub use memo::Kernel;
pub use priorities::{Priority, priority};
pub use reading::{Base, Extent, Outcome, Reading};
pub use settle::{Beyond, Course, Residual, SettleLimits, Settling};
pub use verdict::{
    Breach, ConditionStanding, Consequence, Doubt, Duty, DutyOrigin, DutyStatus, Factor, GroundDue,
    GroundLiteral, Judgement, Named, NormStanding, Question, Silence, Standing, Status,
    Substitution, Verdict, pattern_of, value_of,
};
