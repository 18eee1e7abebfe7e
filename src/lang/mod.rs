//! The text of policies and queries: lexer, parser, printer. Knows syntax and nothing of
//! what it means.

pub mod ast;
mod date;
mod error;
mod lexer;
mod parser;
mod print;
mod words;

pub use parser::{parse_act, parse_atom, parse_literal, parse_program, parse_query};
pub use print::{print_body, print_program, print_query, print_statement, print_symbol};
