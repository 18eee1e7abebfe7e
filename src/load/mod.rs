//! Reads files: policies and queries as texts, facts as a [`Case`]. The only module that knows
//! the file system and the formats of facts; what they say is described in `docs/facts.md`.
//!
//! A load goes through all files before it gives up, and either yields a case without errors or
//! none at all.

mod acts;
mod answers;
mod atom;
mod builder;
mod case;
mod cell;
mod checks;
mod expect;
mod from_json;
mod from_lines;
mod from_table;
mod inventory;
mod json;
mod names;
mod read;
mod reports;
mod roles;
mod source_text;
mod suppose;
mod values;

use std::sync::Arc;

use crate::base::{Diagnostic, FileId, Sources, Span};
use crate::program::{Program, Universe};

use builder::Builder;
use cell::Text;
use names::Names;

pub use answers::{Answer, Answered, Given, Unrecorded, Word};
pub use case::{Act, Case, Expect, NOT_IN_FORCE, VERDICTS};
pub use inventory::{INVENTORY_EXTENSIONS, Inventory, InventoryEntry, load_inventories};
pub use read::{
    LoadError, ReadFiles, add_texts, builtin_texts, check_folder, read_files, read_text,
};
pub use source_text::{SourceText, read_source_text};
pub use suppose::{Supposition, suppose};

/// The extensions of fact files.
pub const FACT_EXTENSIONS: [&str; 5] = ["json", "csv", "tsv", "ndjson", "jsonl"];

/// The extension of policies and queries.
pub const POLICY_EXTENSIONS: [&str; 1] = ["dl"];

/// Reads fact files, which are in `sources` already, over the individuals that the policies
/// mention. Acts without `at` are at `as_of`, in minutes since 1970. There is no case if any
/// finding is an error; findings are sorted by place.
pub fn load_facts(
    program: &Program,
    universe: Universe,
    sources: &Sources,
    files: &[FileId],
    as_of: i64,
) -> (Option<Case>, Vec<Diagnostic>) {
    let names = Names::new(program);
    let mut builder = Builder::new(&names, universe, as_of);
    for &file in files {
        let source = sources.get(file);
        // The builder keeps nothing of the text, only places.
        let text = Arc::clone(&source.text);
        let text = Text { file, text: &text };
        load_file(&mut builder, &source.name, text);
    }
    checks::check(&mut builder);
    let errors = builder.reports.has_errors();
    let case = Case {
        universe: builder.universe,
        facts: builder.facts,
        acts: builder.acts,
    };
    ((!errors).then_some(case), builder.reports.finish())
}

fn load_file(builder: &mut Builder<'_>, name: &str, text: Text<'_>) {
    let name = name.rsplit('/').next().unwrap_or(name);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let start = Span::new(text.file, 0, 0);
    if text.text.trim().is_empty() {
        let diagnostic = Diagnostic::error("empty-file", start, "the file is empty")
            .help("a file without facts is `{}`, or a table with a header alone");
        builder.reports.add(diagnostic);
        return;
    }
    match extension {
        "json" => from_json::load(builder, text),
        "ndjson" | "jsonl" => {
            let sort = builder.names.sort(stem);
            from_lines::load(builder, text, sort);
        }
        "csv" => load_table(builder, text, b',', stem),
        "tsv" => load_table(builder, text, b'\t', stem),
        _ => {
            let message = format!("facts cannot be read from `{name}`");
            let diagnostic = Diagnostic::error("unknown-format", start, message)
                .help("the name of a fact file ends in `.json`, `.ndjson`, `.csv` or `.tsv`");
            builder.reports.add(diagnostic);
        }
    }
}

fn load_table(builder: &mut Builder<'_>, text: Text<'_>, delimiter: u8, stem: &str) {
    if let Some(rows) = from_table::rows_of(builder, stem) {
        from_table::load(builder, text, delimiter, rows);
        return;
    }
    builder.reports.incomplete = true;
    let (name, _) = names::strip_not(stem);
    let mut known: Vec<_> = builder
        .names
        .declared()
        .map(|(_, name)| name.to_owned())
        .collect();
    known.extend(builder.names.top_keys());
    let guess = builder
        .reports
        .guess(name, known.iter().map(String::as_str));
    let message = format!("`{name}` is neither a relation nor a sort");
    let diagnostic = Diagnostic::error("unknown-relation", Span::new(text.file, 0, 0), message)
        .note("a table is named after the relation or the sort that it lists")
        .maybe_help(guess);
    builder.reports.add(diagnostic);
}
