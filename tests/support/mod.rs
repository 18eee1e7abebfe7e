//! What tests share: the check functions, and nothing that a test could state itself.
#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test may fail, reads its own files, and does not use every function"
)]

pub(crate) mod build;
pub(crate) mod describe;
pub mod facts;
pub(crate) mod random_program;
