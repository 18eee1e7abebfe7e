//! What permitted, overridden and contradiction mean: a small kernel in compiled Datalog, the
//! cases that it judges, and a memo in front of it.

mod case;
mod kernel;
mod memo;
mod reading;
pub mod reference;

pub use case::{Beat, Case, Effect, Instance, Judgement, Label};
pub use memo::Kernel;
pub use reading::{Base, Extent, Outcome, Reading};
