//! What every layer speaks of: places in text, typed ids and their tables,
//! interned names, diagnostics.

mod diagnostic;
mod id;
mod id_set;
mod language;
mod similar;
mod span;
mod symbol;

pub use diagnostic::{Diagnostic, Label, Severity};
pub(crate) use id::define_id;
pub use id::{Id, Table};
pub(crate) use id_set::IdSet;
pub use language::Language;
pub use similar::nearest;
pub use span::{FileId, Position, Source, Sources, Span};
pub use symbol::{Symbol, Symbols};
