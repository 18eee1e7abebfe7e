//! What tests share: the check functions, and nothing that a test could state itself.
#![expect(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test may fail, and its modules are its own"
)]

pub(crate) mod build;
pub(crate) mod describe;
pub mod facts;
pub(crate) mod random_program;
