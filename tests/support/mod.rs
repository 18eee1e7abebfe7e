//! What tests share: the check functions, and nothing that a test could state itself.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    dead_code,
    unreachable_pub,
    reason = "a test may fail, reads its own files, and does not use every function"
)]

pub(crate) mod build;
pub(crate) mod describe;
pub mod facts;
pub(crate) mod random_program;
