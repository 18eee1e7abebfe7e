//! Plain columns: no lines are drawn, each row reads from left to right.

use comfy_table::{ContentArrangement, Table, presets};

/// The rows under their heads, in columns that fit into `width`.
pub(super) fn table(heads: Vec<String>, rows: Vec<Vec<String>>, width: usize) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(heads)
        .add_rows(rows);
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((u16::from(index > 0), 1));
    }
    let mut text = table.trim_fmt();
    text.push('\n');
    text
}
