//! Looking the tuples of an atom up: those that are stored, whether some numbers are unknown or
//! not, and the individuals of a sort.

use std::ops::{ControlFlow, Range};

use crate::program::{SortId, SortKind, Value};

use super::index::{Mask, has_column};
use super::join::{Join, Sink};
use super::plan::{ColumnTerm, Match, Reads, Shape, Step};
use super::relation::{Extension, is_value_sort};
use super::source::{Handle, Rows, Source};
use super::truth::Truth;
use super::tuple::Tuple;

impl<S: Source + ?Sized> Join<'_, S> {
    /// Looks the tuples of an atom up, and goes on with each of them.
    pub(crate) fn look_up(
        &mut self,
        found: &Match,
        rest: &[Step],
        truth: Truth,
        sink: &mut Sink<'_>,
    ) -> ControlFlow<()> {
        let key = self.key(found);
        if let Some(steps) = &found.otherwise
            && self.floor != Truth::Certain
            && !self.row_is_closed(found.relation, &key)
        {
            return self.walk(steps, truth, sink);
        }
        if found.shape == Shape::Scan {
            return self.each_row(found, &key, &mut |join, own| {
                join.proceed(own, found.reads.only, rest, truth, sink)
            });
        }
        let own = if found.shape == Shape::Test && !self.is_wild(found) {
            self.test(found, &key)
        } else {
            let mut best = Truth::False;
            let reads = found.reads.only;
            let _ = self.each_row(found, &key, &mut |join, own| {
                if join.admits(own, reads) {
                    best = best.max(own);
                }
                if best == Truth::Certain {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
            best
        };
        self.proceed(own, found.reads.only, rest, truth, sink)
    }

    /// The values given to the columns; unknown where none is.
    fn key(&self, found: &Match) -> Tuple {
        let mut key = Tuple::new(found.columns.len());
        for (place, column) in key.iter_mut().zip(&found.columns) {
            match column.term {
                ColumnTerm::Constant(value) => *place = value,
                ColumnTerm::Bound(variable) => *place = self.frame.value(variable),
                ColumnTerm::Bind(_) | ColumnTerm::Same(_) | ColumnTerm::Any => {}
            }
        }
        key
    }

    /// Whether a given number, date or text is unknown, so that it matches any.
    fn is_wild(&self, found: &Match) -> bool {
        found.wild != 0 && self.wild_columns(found) != 0
    }

    fn wild_columns(&self, found: &Match) -> Mask {
        let mut wild = 0;
        for (position, column) in found.columns.iter().enumerate() {
            if let ColumnTerm::Bound(variable) = column.term {
                let unknown = self.frame.value(variable) == Value::UNKNOWN;
                wild |= found.wild & (u32::from(unknown) << position.min(31));
            }
        }
        wild
    }

    /// The truth of the tuple `key`.
    fn test(&mut self, found: &Match, key: &Tuple) -> Truth {
        if found.sort.is_some() {
            let value = key.first().copied().unwrap_or(Value::UNKNOWN);
            return Truth::of(value != Value::UNKNOWN);
        }
        let local = found.local.and_then(|local| self.locals.get(local));
        let stored = match local {
            Some(local) if local.extension.has_unknown_values() => self.match_stored(found, key),
            Some(local) => {
                let range = local.range(found.reads.rows);
                let row = local.extension.find(key).filter(|row| range.contains(row));
                row.map_or(Truth::False, |row| local.extension.row_truth(row))
            }
            None => self.source.stored_truth(found.relation, key),
        };
        if stored == Truth::False && found.open && self.may_hold(found.relation, key) {
            Truth::Maybe
        } else {
            stored
        }
    }

    /// The highest truth of a stored tuple that matches `key`.
    fn match_stored(&mut self, found: &Match, key: &Tuple) -> Truth {
        let mut best = Truth::False;
        let _ = self.each_stored(found, key, &mut |_, own| {
            best = best.max(own);
            ControlFlow::Continue(())
        });
        best
    }

    /// Binds each tuple that holds certainly or maybe, and calls `next` with its truth.
    fn each_row(
        &mut self,
        found: &Match,
        key: &Tuple,
        next: &mut dyn FnMut(&mut Self, Truth) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if let Some(sort) = found.sort {
            return self.each_individual(found, sort, next);
        }
        self.each_stored(found, key, next)?;
        let wanted = self.admits(Truth::Maybe, found.reads.only);
        if found.open && wanted {
            self.each_unstated(found, key, next)?;
        }
        ControlFlow::Continue(())
    }

    fn each_individual(
        &mut self,
        found: &Match,
        sort: SortId,
        next: &mut dyn FnMut(&mut Self, Truth) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let domain = self.source.named(sort);
        for index in 0..domain.len() {
            self.work.count()?;
            if let Some(ColumnTerm::Bind(variable)) = found.columns.first().map(|c| c.term) {
                self.frame.bind(variable, domain.value(index));
            }
            next(self, Truth::Certain)?;
        }
        ControlFlow::Continue(())
    }

    fn each_stored(
        &mut self,
        found: &Match,
        key: &Tuple,
        next: &mut dyn FnMut(&mut Self, Truth) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let locals = self.locals;
        if let Some(local) = found.local.and_then(|local| locals.get(local)) {
            let range = local.range(found.reads.rows);
            return self.scan(found, key, local.extension, range, false, next);
        }
        let source = self.source;
        let wild = self.wild_columns(found);
        let Rows {
            main,
            unrecorded,
            filtered,
        } = source.rows(found.relation, found.bound & !wild, key);
        for (handle, filtered) in [(main, filtered), (unrecorded, false)] {
            if let Some(handle) = handle {
                let extension: &Handle<'_> = &handle;
                self.scan(found, key, extension, 0..extension.len(), filtered, next)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Goes through the rows of `range` that match.
    fn scan(
        &mut self,
        found: &Match,
        key: &Tuple,
        extension: &Extension,
        range: Range<usize>,
        filtered: bool,
        next: &mut dyn FnMut(&mut Self, Truth) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let unknown = extension.has_unknown_values() || self.is_wild(found);
        let range = within_truth(extension, range, found.reads, self.floor, unknown);
        if unknown {
            return self.scan_unknown(found, key, extension, range, next);
        }
        let mask = if filtered { 0 } else { found.bound };
        for row in extension.matching(mask, key, range) {
            self.work.count()?;
            if self.take(found, extension.row(row)) {
                next(self, extension.row_truth(row))?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Binds the variables of a tuple that agrees with the given columns; says whether columns
    /// of one variable agree.
    #[inline]
    fn take(&mut self, found: &Match, tuple: &[Value]) -> bool {
        for (column, &value) in found.columns.iter().zip(tuple) {
            match column.term {
                ColumnTerm::Bind(variable) if is_value_sort(column.kind) => {
                    self.frame.bind_value(variable, value);
                }
                ColumnTerm::Bind(variable) => self.frame.bind(variable, value),
                ColumnTerm::Same(variable) if self.frame.value(variable) != value => return false,
                _ => {}
            }
        }
        true
    }

    /// Goes through rows where some number, date or text is unknown, which may be any.
    fn scan_unknown(
        &mut self,
        found: &Match,
        key: &Tuple,
        extension: &Extension,
        range: Range<usize>,
        next: &mut dyn FnMut(&mut Self, Truth) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut names = found.bound;
        for (position, column) in found.columns.iter().enumerate() {
            if is_value_sort(column.kind) {
                names &= !(1 << position);
            }
        }
        for row in extension.matching(names, key, range) {
            self.work.count()?;
            let own = self.take_unknown(found, extension.row(row));
            if own != Truth::False {
                next(self, own.min(extension.row_truth(row)))?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Binds the variables of a tuple; says how surely it agrees with the given values.
    fn take_unknown(&mut self, found: &Match, tuple: &[Value]) -> Truth {
        let mut truth = Truth::Certain;
        for (position, (column, &value)) in found.columns.iter().zip(tuple).enumerate() {
            let own = match column.term {
                ColumnTerm::Any => Truth::Certain,
                ColumnTerm::Bind(variable) => {
                    self.frame.bind_value(variable, value);
                    Truth::Certain
                }
                ColumnTerm::Constant(given) => equal(column.kind, given, value),
                ColumnTerm::Same(variable) => equal(column.kind, self.frame.value(variable), value),
                ColumnTerm::Bound(variable) => {
                    let given = self.frame.value(variable);
                    let wild = has_column(found.wild, position);
                    match (given, value.number()) {
                        // Only tuples that leave it unstated as well.
                        (Value::UNKNOWN, _) if !wild && is_value_sort(column.kind) => {
                            Truth::of(value == Value::UNKNOWN).min(Truth::Maybe)
                        }
                        (Value::UNKNOWN, Some(number)) if column.kind.is_number() => {
                            let interval = self.frame.interval(variable);
                            Truth::of(interval.contains(number)).min(Truth::Maybe)
                        }
                        _ => equal(column.kind, given, value),
                    }
                }
            };
            truth = truth.min(own);
            if truth == Truth::False {
                break;
            }
        }
        truth
    }
}

/// Whether two values are the same; an unknown number, date or text may be any.
fn equal(kind: SortKind, left: Value, right: Value) -> Truth {
    let unknown = left == Value::UNKNOWN || right == Value::UNKNOWN;
    if unknown && is_value_sort(kind) {
        Truth::Maybe
    } else {
        Truth::of(left == right)
    }
}

/// The part of `range` whose rows have a truth that is asked for.
fn within_truth(
    extension: &Extension,
    range: Range<usize>,
    reads: Reads,
    floor: Truth,
    unknown: bool,
) -> Range<usize> {
    // Where values are unknown, certain tuples can match maybe.
    let start = if reads.only == Some(Truth::Maybe) && !unknown {
        range.start.max(extension.certain())
    } else {
        range.start
    };
    let end = if reads.only == Some(Truth::Certain) || floor == Truth::Certain {
        range.end.min(extension.certain())
    } else {
        range.end
    };
    start..end.max(start)
}
