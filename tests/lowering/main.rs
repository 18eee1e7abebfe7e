//! From policies to the checked model: what comes out, and what is told of mistakes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod corpus;
mod diagnostics;
mod meaning;
mod model;
mod questions;
