//! From single values, as files give them, to values of a sort.

use crate::base::{Diagnostic, Span};
use crate::engine::Validity;
use crate::lang::ast::Date;
use crate::program::{SortId, SortKind, Value};

use super::builder::{Builder, Standing};
use super::cell::{Cell, CellKind};
use super::reports::{article, list};

impl Builder<'_> {
    /// The value of `cell` as one of `sort`.
    pub(super) fn value(&mut self, sort: SortId, cell: &Cell<'_>) -> Option<Value> {
        match (self.program().sorts[sort].kind, &cell.kind) {
            (SortKind::Entity, CellKind::Text(name)) => self.mention(sort, name, cell.span),
            (SortKind::Entity, CellKind::Bare(name)) => self.mention(sort, name, cell.span),
            (SortKind::Enumerated, CellKind::Text(name)) => self.enumerated(sort, name, cell.span),
            (SortKind::Enumerated, CellKind::Bare(name)) => self.enumerated(sort, name, cell.span),
            (SortKind::Text, CellKind::Text(text)) => Some(self.universe.intern(sort, text)),
            (SortKind::Text, CellKind::Bare(text)) => Some(self.universe.intern(sort, text)),
            (SortKind::Integer, CellKind::Number(text)) => self.integer(text, cell),
            (SortKind::Integer, CellKind::Bare(text)) => self.integer(text, cell),
            (SortKind::Date, CellKind::Text(text)) => self.date_value(text, cell),
            (SortKind::Date, CellKind::Bare(text)) => self.date_value(text, cell),
            _ => self.wrong_sort(sort, cell),
        }
    }

    fn mention(&mut self, sort: SortId, name: &str, span: Span) -> Option<Value> {
        if name.is_empty() {
            let message = format!("the name of {} is empty", article(self.sort_name(sort)));
            self.error("wrong-shape", span, message);
            return None;
        }
        let value = self.universe.intern(sort, name);
        let standing = &mut self.standing[sort];
        match standing.get_mut(value.index() - 1) {
            None => standing.push(Standing::Mentioned(span, 0)),
            Some(Standing::Mentioned(_, more)) => *more += 1,
            Some(Standing::Policy | Standing::Declared(_)) => {}
        }
        Some(value)
    }

    fn enumerated(&mut self, sort: SortId, name: &str, span: Span) -> Option<Value> {
        let value = self.universe.get(sort, name);
        if value.is_none() {
            let all: Vec<_> = self.universe.names(sort).collect();
            let guess = self.reports.guess(name, all.iter().copied());
            let help = guess.unwrap_or_else(|| format!("the values are {}", list(&all)));
            let message = format!("`{name}` is not a value of `{}`", self.sort_name(sort));
            self.reports
                .add(Diagnostic::error("unknown-value", span, message).help(help));
        }
        value
    }

    fn integer(&mut self, text: &str, cell: &Cell<'_>) -> Option<Value> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.wrong_sort(SortId::INTEGER, cell);
        }
        let value = text.parse().ok().and_then(Value::from_number);
        if value.is_none() {
            self.out_of_range(cell);
        }
        value
    }

    fn out_of_range(&mut self, cell: &Cell<'_>) {
        let message = format!("{} is out of range", cell.kind.describe());
        let diagnostic = Diagnostic::error("number-out-of-range", cell.span, message)
            .help("numbers lie between -2,147,483,647 and 2,147,483,647");
        self.reports.add(diagnostic);
    }

    fn date_value(&mut self, text: &str, cell: &Cell<'_>) -> Option<Value> {
        let minutes = self.minutes(text, cell)?;
        let value = Value::from_number(minutes);
        if value.is_none() {
            self.error(
                "number-out-of-range",
                cell.span,
                "the date lies too far from today",
            );
        }
        value
    }

    fn minutes(&mut self, text: &str, cell: &Cell<'_>) -> Option<i64> {
        if !looks_like_date(text) {
            return self.wrong_sort(SortId::DATE, cell);
        }
        let minutes = Date::parse(text).map(|date| date.minutes);
        if minutes.is_none() {
            let message = format!("`{text}` is not a date of the calendar");
            self.error("impossible-date", cell.span, message);
        }
        minutes
    }

    /// The minutes of a date; `null` says nothing.
    pub(super) fn moment(&mut self, cell: &Cell<'_>) -> Option<i64> {
        match &cell.kind {
            CellKind::Text(text) => self.minutes(text, cell),
            CellKind::Bare(text) => self.minutes(text, cell),
            CellKind::Null => None,
            _ => self.wrong_sort(SortId::DATE, cell),
        }
    }

    /// From when to when, of what `from` and `until` say.
    pub(super) fn validity(
        &mut self,
        from: Option<&Cell<'_>>,
        until: Option<&Cell<'_>>,
    ) -> Option<Validity> {
        let validity = Validity {
            from: from.and_then(|cell| self.moment(cell)),
            until: until.and_then(|cell| self.moment(cell)),
        };
        if let (Some(start), Some(end), Some(cell)) = (validity.from, validity.until, until)
            && end <= start
        {
            let message = "the fact ends before it begins";
            let diagnostic = Diagnostic::error("empty-period", cell.span, message)
                .note("`from` is the first moment at which it holds, `until` the first at which it no longer does");
            self.reports.add(diagnostic);
        }
        (validity != Validity::default()).then_some(validity)
    }

    fn wrong_sort<T>(&mut self, sort: SortId, cell: &Cell<'_>) -> Option<T> {
        let name = self.sort_name(sort);
        let message = format!("expected {}, found {}", article(name), cell.kind.describe());
        let help = match self.program().sorts[sort].kind {
            SortKind::Integer => "write a whole number, without quotes".to_owned(),
            SortKind::Date => "write a date as `2024-05-02` or `2024-05-02T14:30`".to_owned(),
            SortKind::Text => "write a text, in double quotes".to_owned(),
            SortKind::Entity | SortKind::Enumerated => {
                format!("write the id of {}, a text", article(name))
            }
        };
        self.reports
            .add(Diagnostic::error("wrong-sort", cell.span, message).help(help));
        None
    }
}

/// Whether `text` has the form of a date, of the calendar or not.
fn looks_like_date(text: &str) -> bool {
    let form = |form: &str| {
        form.len() == text.len()
            && form
                .bytes()
                .zip(text.bytes())
                .all(|(expected, byte)| match expected {
                    b'0' => byte.is_ascii_digit(),
                    _ => byte == expected,
                })
    };
    form("0000-00-00") || form("0000-00-00T00:00")
}
