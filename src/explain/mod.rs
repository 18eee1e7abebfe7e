//! Why: what a verdict rests on, as a graph and in words. Reads the program, the engine and
//! the judgements; knows nothing of the terminal and reads no files.

mod absence;
mod all;
mod asked;
mod builder;
mod course;
mod describe;
mod dot;
mod fold;
mod from_conditions;
mod from_duties;
mod from_judgement;
mod from_late;
mod from_provenance;
mod graph;
mod html;
mod json;
mod labels;
mod literals;
mod memo;
mod mermaid;
mod missing;
mod nearest;
mod picture;
mod proof;
mod raise;
mod says;
mod sketch;
mod text;
mod what_if;
mod why_not;
pub mod words;
mod wrap;

pub use all::All;
pub use asked::Asked;
pub use course::{Telling, sentence};
pub use dot::render_dot;
pub use from_conditions::condition_in_words;
pub use from_judgement::{all_proofs, explain};
pub use graph::{
    Absence, AtomParts, Edge, Explanation, InForceIf, Lines, Node, NodeId, NodeKind, NormNode,
};
pub use html::{PageError, anchor, page, render_html, render_html_part, title};
pub use json::{PROOFS_SCHEMA, SCHEMA, heading, render_json, to_json};
pub use memo::{Block, Memo, Section, markdown, memo, render_markdown, render_prose};
pub use mermaid::render_mermaid;
pub use picture::{PictureError, render_png, render_svg};
pub use text::render_text;
pub use what_if::{NormChange, WhatIf};
pub use why_not::why_not;
