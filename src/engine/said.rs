//! What is said, of acts that nobody recorded and of others.

use crate::program::{RelationId, SortId, Value};

use super::relation::Extension;
use super::session::Session;
use super::stated::Stated;

impl Session<'_> {
    /// Says of `copy`, an act that nobody recorded, what is said of `act` in `relation`, in
    /// whichever columns `act` stands. Not to be called while solving.
    pub fn say_alike(&self, relation: RelationId, act: Value, copy: Value) {
        self.traced.note_alike(act, copy);
        let columns = &self.program().relations[relation].columns;
        for (column, _) in columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.sort == SortId::ACT)
        {
            let alike = |said: fn(&Stated) -> &Extension| {
                let like = |tuple: &[Value]| -> Vec<Value> {
                    let values = tuple.iter().zip(columns);
                    values
                        .map(|(&value, column)| match column.sort {
                            SortId::ACT if value == act => copy,
                            _ => value,
                        })
                        .collect()
                };
                let said = self.said_of(relation, column, act, said);
                said.into_iter().map(move |tuple| like(&tuple))
            };
            for tuple in alike(|stated| &stated.asserted) {
                self.add_unrecorded(relation, &tuple);
            }
            for tuple in alike(|stated| &stated.denied) {
                self.deny_unrecorded(relation, &tuple);
            }
            for key in alike(|stated| &stated.closed) {
                self.close_unrecorded(relation, &key);
            }
        }
    }

    /// Whether the facts themselves say that `tuple` holds.
    pub fn is_asserted(&self, relation: RelationId, tuple: &[Value]) -> bool {
        self.stated(relation).asserted.contains(tuple)
    }

    /// Whether the row of `key` holds what is asserted and nothing else.
    pub fn is_closed(&self, relation: RelationId, key: &[Value]) -> bool {
        super::source::Source::closed(self, relation, key)
    }

    /// What is said of the act `value` in one column, be it recorded or not.
    fn said_of(
        &self,
        relation: RelationId,
        column: usize,
        value: Value,
        said: fn(&Stated) -> &Extension,
    ) -> Vec<Vec<Value>> {
        let declared = self.program().relations[relation].declared;
        let mut found = Vec::new();
        let mut note = |stated: &Stated| {
            let extension = said(stated);
            if column >= extension.arity() {
                return;
            }
            let mut pattern = vec![Value::UNKNOWN; extension.arity()];
            if let Some(place) = pattern.get_mut(column) {
                *place = value;
            }
            let rows = extension.matching(1 << column, &pattern, 0..extension.len());
            found.extend(rows.map(|row| extension.row(row).to_vec()));
        };
        // What is said of other acts that nobody recorded is no fact about a recorded one.
        if self.is_recorded(value) {
            note(self.stated(declared));
        } else if let Some(stated) = self.unrecorded[declared].borrow().as_ref() {
            note(stated);
        }
        found
    }
}
