//! From policies to the checked model: what comes out, and what is told of mistakes.

mod corpus;
mod diagnostics;
mod meaning;
mod model;
mod questions;
