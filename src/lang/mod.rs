//! The text of policies and queries: lexer, parser, printer. Knows syntax and nothing of
//! what it means.

pub mod ast;
