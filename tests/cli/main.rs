//! The command line from its arguments to what it prints: `answers` holds each command's
//! output, on answers written down by hand, against a snapshot in both languages and at two
//! widths; `interview` saves answers and takes them up again; `usage` runs the program itself; `formatting` lets `fmt` loose on files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answers;
mod cases;
mod fixture;
mod formatting;
mod interview;
mod usage;
