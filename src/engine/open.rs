//! Tuples of open relations that nobody stated: tested, and enumerated only where nothing else
//! binds a variable. They are never stored.

use std::ops::ControlFlow;

use crate::program::{RelationId, Value};

use super::index::{Mask, all_columns, has_column};
use super::join::Join;
use super::plan::{Column, ColumnTerm, Match};
use super::relation::{is_value_sort, value_columns};
use super::source::{Source, domain, in_domain};
use super::truth::Truth;
use super::tuple::Tuple;

impl<S: Source + ?Sized> Join<'_, S> {
    /// Whether a tuple of an open relation that is not certain may hold: it is not denied, its
    /// row is not closed, and no definition concludes it false.
    pub(crate) fn may_hold(&self, relation: RelationId, tuple: &[Value]) -> bool {
        let program = self.source.program();
        let row = &program.relations[relation];
        let known = row
            .columns
            .iter()
            .zip(tuple)
            .all(|(column, &value)| in_domain(program, column.sort, value));
        known
            && !self.source.denied(relation, tuple)
            && !self.row_is_closed(relation, tuple)
            && row
                .negation
                .is_none_or(|negation| self.source.stored_truth(negation, tuple) != Truth::Certain)
    }

    /// Whether the row of `tuple` holds what is stated and nothing else.
    pub(crate) fn row_is_closed(&self, relation: RelationId, tuple: &[Value]) -> bool {
        let row = &self.source.program().relations[relation];
        let Some(key) = row.row_key() else {
            return false;
        };
        let closed = tuple
            .get(..key)
            .is_some_and(|key| self.source.closed(relation, key));
        closed || (row.single_valued && self.has_certain(relation, all_columns(key), tuple))
    }

    /// Whether some certain tuple agrees with `tuple` in the columns of `mask`.
    fn has_certain(&self, relation: RelationId, mask: Mask, tuple: &[Value]) -> bool {
        let values = value_columns(self.source.program(), relation) & mask;
        let unknown = tuple
            .iter()
            .enumerate()
            .any(|(column, &value)| value == Value::UNKNOWN && has_column(values, column));
        if unknown {
            return false;
        }
        let local = self.locals.iter().find(|local| local.relation == relation);
        if let Some(local) = local {
            let certain = 0..local.extension.certain();
            return local
                .extension
                .matching(mask, tuple, certain)
                .next()
                .is_some();
        }
        let rows = self.source.rows(relation, mask, tuple);
        let mask = if rows.filtered { 0 } else { mask };
        let main = rows.main.is_some_and(|rows| {
            let certain = 0..rows.certain();
            rows.matching(mask, tuple, certain).next().is_some()
        });
        main || rows.unrecorded.is_some_and(|rows| {
            let certain = 0..rows.certain();
            rows.matching(mask, tuple, certain).next().is_some()
        })
    }

    /// Binds each tuple that nobody stated and that may hold.
    pub(crate) fn each_unstated(
        &mut self,
        found: &Match,
        key: &Tuple,
        next: &mut dyn FnMut(&mut Self, Truth) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let row = &self.source.program().relations[found.relation];
        let keyed = row
            .row_key()
            .is_some_and(|columns| all_columns(columns) & !found.bound == 0);
        if keyed && self.row_is_closed(found.relation, key) {
            return ControlFlow::Continue(());
        }
        let mut tuple = key.clone();
        self.choose(found, 0, &mut tuple, next)
    }

    /// Tries each value in the first column from `from` that binds a variable, and so on.
    fn choose(
        &mut self,
        found: &Match,
        from: usize,
        tuple: &mut Tuple,
        next: &mut dyn FnMut(&mut Self, Truth) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let binding = found.columns.iter().enumerate().skip(from);
        let mut binding = binding.filter_map(|(position, column)| match column.term {
            ColumnTerm::Bind(variable) => Some((position, column, variable)),
            _ => None,
        });
        let Some((position, column, variable)) = binding.next() else {
            return self.chosen(found, tuple, next);
        };
        if is_value_sort(column.kind) {
            for value in self.unstated_values(column) {
                self.frame.bind_value(variable, value);
                tuple.set(position, value);
                self.choose(found, position + 1, tuple, next)?;
            }
            return ControlFlow::Continue(());
        }
        let source = self.source;
        let domain = domain(source, column.sort);
        for index in 0..domain.len() {
            let value = domain.value(index);
            self.frame.bind(variable, value);
            tuple.set(position, value);
            self.choose(found, position + 1, tuple, next)?;
        }
        ControlFlow::Continue(())
    }

    /// The unstated value, unless a closed literal needs a stated one, and the values that other
    /// literals state.
    fn unstated_values(&self, column: &Column) -> Vec<Value> {
        let mut values = if column.stated {
            Vec::new()
        } else {
            vec![Value::UNKNOWN]
        };
        for &(relation, position) in &column.elsewhere {
            let arity = self.source.program().relations[relation].arity();
            let local = self.locals.iter().find(|local| local.relation == relation);
            let mut note = |tuple: &[Value]| values.extend(tuple.get(position));
            if let Some(local) = local {
                local.extension.iter().for_each(|(tuple, _)| note(tuple));
            } else if let Some(rows) = self.source.rows(relation, 0, &Tuple::new(arity)).main {
                rows.iter().for_each(|(tuple, _)| note(tuple));
            }
        }
        values.sort_unstable();
        values.dedup();
        values
    }

    fn chosen(
        &mut self,
        found: &Match,
        tuple: &mut Tuple,
        next: &mut dyn FnMut(&mut Self, Truth) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.work.count()?;
        for (position, column) in found.columns.iter().enumerate() {
            if let ColumnTerm::Same(variable) = column.term {
                tuple.set(position, self.frame.value(variable));
            }
        }
        if self.some_unstated(found, 0, tuple) {
            next(self, Truth::Maybe)?;
        }
        ControlFlow::Continue(())
    }

    /// Whether some values of the columns of no interest make a tuple that may hold.
    fn some_unstated(&self, found: &Match, from: usize, tuple: &mut Tuple) -> bool {
        let mut free = found.columns.iter().enumerate().skip(from);
        let Some((position, column)) = free.find(|(_, column)| column.term == ColumnTerm::Any)
        else {
            return self.stored(found, tuple) != Truth::Certain
                && self.may_hold(found.relation, tuple);
        };
        let domain = domain(self.source, column.sort);
        (0..domain.len()).any(|index| {
            tuple.set(position, domain.value(index));
            self.some_unstated(found, position + 1, tuple)
        })
    }

    fn stored(&self, found: &Match, tuple: &[Value]) -> Truth {
        match found.local.and_then(|local| self.locals.get(local)) {
            Some(local) => local.extension.truth(tuple),
            None => self.source.stored_truth(found.relation, tuple),
        }
    }
}
