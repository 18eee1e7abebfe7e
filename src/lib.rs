#![doc = include_str!("../README.md")]

pub mod base;
pub mod cli;
pub mod deontic;
pub mod engine;
pub mod explain;
pub mod lang;
pub mod load;
pub mod program;
pub mod reasoner;
pub mod verify;
