//! A Datalog-based compliance reasoner: who may, must and must not do what, and why.

pub mod base;
pub mod cli;
pub mod deontic;
pub mod engine;
pub mod explain;
pub mod lang;
pub mod load;
pub mod program;
pub mod reasoner;
