//! Why: what a verdict rests on, as a graph and in words. Reads the program, the engine and
//! the judgements; knows nothing of the terminal and reads no files.

mod describe;
mod dot;
mod graph;
mod json;
mod labels;
mod text;
pub mod words;
mod wrap;

pub use dot::render_dot;
pub use graph::{Absence, AtomParts, Edge, Explanation, Lines, Node, NodeId, NodeKind, NormNode};
pub use json::{SCHEMA, render_json, to_json};
pub use text::render_text;
