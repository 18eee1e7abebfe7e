//! What reaches what: which relations can be maybe, which depend on the acts of a case.

use crate::base::Table;

use super::{Program, RelationId, RelationKind, SortId};

impl Program {
    /// Whether each relation can hold maybe: open ones, and those that depend on one.
    pub fn open_dependent(&self) -> Table<RelationId, bool> {
        self.depending_on(|program, relation| program.relations[relation].open)
    }

    /// Whether each relation depends on acts: what they are, their roles, what is recorded of
    /// them, and what facts and rules say of them.
    pub fn act_dependent(&self) -> Table<RelationId, bool> {
        self.depending_on(|program, relation| {
            let row = &program.relations[relation];
            row.columns.iter().any(|column| column.sort == SortId::ACT)
                || row.kind == RelationKind::Now
        })
    }

    /// Whether `of` holds of each relation or of one that it depends on.
    fn depending_on(&self, of: impl Fn(&Self, RelationId) -> bool) -> Table<RelationId, bool> {
        let ids = self.relations.ids();
        let mut reached: Table<_, _> = ids.map(|relation| of(self, relation)).collect();
        loop {
            let mut changed = false;
            for (head, premise, _, _) in super::dependencies(&self.relations, &self.rules) {
                if reached[premise] && !reached[head] {
                    reached[head] = true;
                    changed = true;
                }
            }
            if !changed {
                return reached;
            }
        }
    }
}
