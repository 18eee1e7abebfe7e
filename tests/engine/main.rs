//! The engine: what it answers on small programs, held against its definition on random ones,
//! and why.

mod answers;
mod differential;
mod provenance;
#[path = "../support/mod.rs"]
mod support;
