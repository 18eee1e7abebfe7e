//! The façade: load, check, evaluate, ask, explain; plain data in and out.

mod options;
pub mod view;

pub use options::{Language, Options, Report, Stage, Step};
