//! What several tests share.

pub(crate) mod build;
pub(crate) mod describe;
pub(crate) mod random_program;
