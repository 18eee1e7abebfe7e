//! Explanations: from policies and facts to graphs, and graphs in all formats.

mod cases; // policies and facts to explanations, as snapshots a lawyer can read
mod fixture; // how a case is loaded and explained; graphs made by hand
mod formats; // every format on hostile labels, against its schema, and on random graphs
mod pictures; // drawings and pages: hostile labels, the same bytes, large graphs
mod shipped; // every shipped act, in every format
mod words; // every form of statement, read aloud in both languages
