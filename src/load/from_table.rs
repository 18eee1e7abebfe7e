//! CSV and TSV fact files, each named after what its rows are:
//!
//! - `acts.csv`: acts; the columns are the keys that an act has in a JSON file, and
//!   `expect_verdict`;
//! - `<relation>.csv`, `not <relation>.csv`: tuples; the columns are the relation's own, in any
//!   order, and `from` and `until`;
//! - `actors.csv`, `<sort>s.csv`: individuals; the columns are `id` and relations.
//!
//! An empty field says nothing. A field gives one value; what has several has a table of its own.

use std::ops::Range;

use crate::base::{Diagnostic, Span};
use crate::lang::ast::Role;
use crate::program::{Mode, RelationId, SortId};

use super::acts::{self, Draft, mode_named};
use super::builder::{Builder, Tuple};
use super::cell::{Cell, CellKind, Dated, Key, Said, Text};
use super::reports::list;

/// Line breaks.
const BREAKS: [char; 2] = ['\r', '\n'];

/// What the rows of a table are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rows {
    /// Tuples that hold or, where `true`, do not.
    Tuples(RelationId, bool),
    /// Individuals, or acts.
    Individuals(SortId),
}

/// What the file called `stem`, less its extension, holds.
pub(super) fn rows_of(builder: &Builder<'_>, stem: &str) -> Option<Rows> {
    if let Some((relation, denied)) = builder.names.relation(stem) {
        return Some(Rows::Tuples(relation, denied));
    }
    builder.names.sort(stem).map(Rows::Individuals)
}

/// Reads a whole file.
pub(super) fn load(builder: &mut Builder<'_>, text: Text<'_>, delimiter: u8, rows: Rows) {
    let mut table = Table::new(text, delimiter);
    let Some(header) = table.next(builder) else {
        return;
    };
    let Some(header) = header_of(builder, &header, rows) else {
        builder.reports.incomplete = true;
        return;
    };
    while let Some(row) = table.next(builder) {
        if row.fields.len() != header.len() {
            ragged(builder, &row, header.len());
            builder.reports.incomplete = true;
            continue;
        }
        match rows {
            Rows::Tuples(relation, denied) => tuple(builder, relation, denied, &header, &row),
            Rows::Individuals(SortId::ACT) => act(builder, &header, &row),
            Rows::Individuals(sort) => individual(builder, sort, &header, &row),
        }
    }
}

/// A row: its fields, unquoted, with their places.
#[derive(Debug)]
struct Row {
    fields: csv::StringRecord,
    places: Vec<Span>,
    span: Span,
}

impl Row {
    fn keys(&self) -> impl Iterator<Item = Key<'_>> {
        self.fields
            .iter()
            .zip(&self.places)
            .map(|(text, &span)| Key {
                text: text.into(),
                span,
            })
    }

    fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        self.fields
            .iter()
            .zip(&self.places)
            .map(|(text, &span)| Cell {
                kind: if text.is_empty() {
                    CellKind::Null
                } else {
                    CellKind::Bare(text)
                },
                span,
            })
    }
}

/// The rows of a file.
struct Table<'a> {
    text: Text<'a>,
    delimiter: u8,
    reader: csv::Reader<&'a [u8]>,
}

impl<'a> Table<'a> {
    fn new(text: Text<'a>, delimiter: u8) -> Self {
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.text.as_bytes());
        Self {
            text,
            delimiter,
            reader,
        }
    }

    /// The next row that can be read; `None` at the end.
    fn next(&mut self, builder: &mut Builder<'_>) -> Option<Row> {
        loop {
            let start = self.row_start();
            let mut fields = csv::StringRecord::new();
            match self.reader.read_record(&mut fields) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    let place = Span::new(self.text.file, start, start);
                    let message = format!("the table cannot be read: {error}");
                    builder.error("invalid-csv", place, message);
                    return None;
                }
            }
            let end = self.reader.position().byte() as usize;
            let row = self.locate(fields, start, end);
            if row.is_some() {
                return row;
            }
            let place = Span::new(self.text.file, start, start);
            let diagnostic = Diagnostic::error("invalid-csv", place, "a quote is not closed")
                .help("put `\"` around the whole field, and double each `\"` in it");
            builder.reports.add(diagnostic);
            builder.reports.incomplete = true;
        }
    }

    /// Where the next row starts: the reader leaves it the second half of a line break, and
    /// empty lines.
    fn row_start(&self) -> usize {
        let start = self.reader.position().byte() as usize;
        let rest = self.text.text.get(start..).unwrap_or_default();
        start + rest.len() - rest.trim_start_matches(BREAKS).len()
    }

    /// The places of the fields of a row between two bytes; `None` where quotes do not match.
    fn locate(&self, fields: csv::StringRecord, start: usize, end: usize) -> Option<Row> {
        let line = self.text.text.get(start..end)?.trim_end_matches(BREAKS);
        let quotes = line.bytes().filter(|&byte| byte == b'"').count();
        let ranges = field_ranges(line, self.delimiter);
        if quotes % 2 != 0 || ranges.len() != fields.len() {
            return None;
        }
        let span =
            |range: Range<usize>| Span::new(self.text.file, start + range.start, start + range.end);
        let places = ranges.into_iter().map(span).collect();
        Some(Row {
            fields,
            places,
            span: span(0..line.len()),
        })
    }
}

/// Where the fields of a row stand, quotes included.
fn field_ranges(line: &str, delimiter: u8) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    for (index, byte) in line.bytes().enumerate() {
        if byte == b'"' {
            quoted = !quoted;
        } else if byte == delimiter && !quoted {
            ranges.push(start..index);
            start = index + 1;
        }
    }
    ranges.push(start..line.len());
    ranges
}

fn ragged(builder: &mut Builder<'_>, row: &Row, columns: usize) {
    let fields = match row.fields.len() {
        1 => "1 field".to_owned(),
        count => format!("{count} fields"),
    };
    let message = format!("the row has {fields}, the header {columns}");
    let diagnostic = Diagnostic::error("ragged-row", row.span, message)
        .help("put quotes around a field that contains the separator");
    builder.reports.add(diagnostic);
}

/// What a column says.
#[derive(Debug)]
enum Column {
    Id,
    From,
    Until,
    Action,
    Situation,
    Mode(Mode, Span),
    ExpectVerdict,
    /// A column of the relation whose tuples these are.
    Tuple(usize),
    /// A role, or a relation of the individual.
    Key(Key<'static>),
}

fn header_of(builder: &mut Builder<'_>, row: &Row, rows: Rows) -> Option<Vec<Column>> {
    let known = known_columns(builder, rows);
    let mut columns = Vec::new();
    let mut complete = true;
    for (index, key) in row.keys().enumerate() {
        let repeated = row
            .fields
            .iter()
            .take(index)
            .any(|earlier| earlier == key.text);
        let column = column(builder, rows, &key);
        if repeated {
            let message = format!("two columns are called `{}`", key.text);
            builder.error("duplicate-key", key.span, message);
        }
        if column.is_none() {
            let guess = builder
                .reports
                .guess(&key.text, known.iter().map(String::as_str));
            let help = guess.unwrap_or_else(|| format!("the columns are {}", list(&known)));
            let message = format!("the column `{}` means nothing here", key.text);
            let diagnostic = Diagnostic::error("unknown-column", key.span, message).help(help);
            builder.reports.add(diagnostic);
        }
        complete &= column.is_some() && !repeated;
        columns.extend(column);
    }
    for name in required_columns(builder, rows) {
        if !row.fields.iter().any(|field| field == name) {
            complete = false;
            let message = format!("the table has no column `{name}`");
            builder.error("missing-column", row.span, message);
        }
    }
    complete.then_some(columns)
}

fn known_columns(builder: &Builder<'_>, rows: Rows) -> Vec<String> {
    let mut known: Vec<&str> = Vec::new();
    known.extend(required_columns(builder, rows));
    match rows {
        Rows::Tuples(..) => known.extend(["from", "until"]),
        Rows::Individuals(sort) => {
            if sort == SortId::ACT {
                known.extend(
                    acts::KEYS
                        .into_iter()
                        .filter(|key| !["id", "is", "expect"].contains(key)),
                );
                known.push("expect_verdict");
                known.extend(Role::ALL.iter().map(|role| role.word()));
            }
            known.extend(builder.names.relations_of(sort));
        }
    }
    known.into_iter().map(str::to_owned).collect()
}

fn required_columns<'p>(builder: &Builder<'p>, rows: Rows) -> Vec<&'p str> {
    match rows {
        Rows::Tuples(relation, _) => {
            let columns = &builder.program().relations[relation].columns;
            columns.iter().map(|column| column.name.as_str()).collect()
        }
        Rows::Individuals(_) => vec!["id"],
    }
}

fn column(builder: &Builder<'_>, rows: Rows, key: &Key<'_>) -> Option<Column> {
    let sort = match rows {
        Rows::Tuples(relation, _) => {
            let columns = &builder.program().relations[relation].columns;
            let own = columns.iter().position(|column| column.name == key.text);
            return own.map(Column::Tuple).or(match &*key.text {
                "from" => Some(Column::From),
                "until" => Some(Column::Until),
                _ => None,
            });
        }
        Rows::Individuals(sort) => sort,
    };
    let acts = sort == SortId::ACT;
    let mode = mode_named(&key.text);
    Some(match (&*key.text, mode) {
        ("id", _) => Column::Id,
        ("action", _) if acts => Column::Action,
        ("situation", _) if acts => Column::Situation,
        ("expect_verdict", _) if acts => Column::ExpectVerdict,
        (_, Some(mode)) if acts => Column::Mode(mode, key.span),
        (text, _) => {
            let role = acts && Role::from_word(text).is_some();
            let relation = builder.names.relation(text);
            if !role && relation.is_none() {
                return None;
            }
            Column::Key(Key {
                text: text.to_owned().into(),
                span: key.span,
            })
        }
    })
}

fn tuple(
    builder: &mut Builder<'_>,
    relation: RelationId,
    denied: bool,
    header: &[Column],
    row: &Row,
) {
    let (mut from, mut until) = (None, None);
    let mut cells = Vec::with_capacity(header.len());
    for (column, cell) in header.iter().zip(row.cells()) {
        match column {
            Column::From => from = Some(cell),
            Column::Until => until = Some(cell),
            Column::Tuple(index) => cells.push((*index, cell)),
            _ => {}
        }
    }
    cells.sort_by_key(|&(index, _)| index);
    let tuple = Tuple {
        cells: cells.into_iter().map(|(_, cell)| cell).collect(),
        validity: builder.validity(from.as_ref(), until.as_ref()),
        span: row.span,
    };
    builder.tuple(relation, denied, &tuple);
}

fn individual(builder: &mut Builder<'_>, sort: SortId, header: &[Column], row: &Row) {
    let cells = || header.iter().zip(row.cells());
    let id = cells().find(|(column, _)| matches!(column, Column::Id));
    let Some((_, id)) = id.filter(|(_, cell)| !matches!(cell.kind, CellKind::Null)) else {
        builder.error("missing-id", row.span, "the row has no `id`");
        return;
    };
    let Some(subject) = builder.declare(sort, &id) else {
        return;
    };
    for (column, cell) in cells() {
        if let Column::Key(key) = column {
            builder.say(subject, sort, key, &one(cell));
        }
    }
}

fn act(builder: &mut Builder<'_>, header: &[Column], row: &Row) {
    let mut draft = Draft::new(row.span);
    for (column, cell) in header.iter().zip(row.cells()) {
        if matches!(cell.kind, CellKind::Null) {
            continue;
        }
        match column {
            Column::Id => draft.id = Some(cell),
            Column::Action => draft.action = Some(cell),
            Column::Situation => draft.situation = Some(cell),
            Column::Mode(mode, key) => builder.set_mode(&mut draft, *mode, *key, &cell),
            Column::ExpectVerdict => draft.expect = Some(builder.expect_verdict(&cell)),
            Column::Key(key) => draft.say(key.clone(), one(cell)),
            Column::From | Column::Until | Column::Tuple(_) => {}
        }
    }
    builder.act(draft);
}

fn one(cell: Cell<'_>) -> Said<'_> {
    Said::One(Dated {
        cell,
        validity: None,
    })
}
