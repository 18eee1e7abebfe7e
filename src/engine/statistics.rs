//! How many tuples to expect: what a planner weighs.

use crate::base::Table;
use crate::program::{Program, RelationId, SortId};

use super::index::{Mask, has_column};
use super::relation::Extension;

/// Sizes of relations and sorts.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    relations: Table<RelationId, Counts>,
    sorts: Table<SortId, f64>,
}

#[derive(Clone, Debug, Default)]
struct Counts {
    rows: f64,
    distinct: Vec<f64>,
    /// Worked out when asked for.
    called: bool,
}

/// How many tuples a relation is taken to have that is worked out on demand.
const CALLED_ROWS: f64 = 1000.0;

impl Statistics {
    /// Where nothing is known yet.
    pub fn new(program: &Program) -> Self {
        let relations = program.relations.iter();
        Self {
            relations: relations
                .map(|relation| Counts {
                    rows: CALLED_ROWS,
                    distinct: vec![CALLED_ROWS; relation.arity()],
                    called: true,
                })
                .collect(),
            sorts: Table::filled(program.sorts.len(), CALLED_ROWS),
        }
    }

    /// Takes note of how many individuals `sort` has.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    pub(crate) fn note_sort(&mut self, sort: SortId, size: usize) {
        self.sorts[sort] = size as f64;
    }

    /// Takes note of the tuples of `relation`.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    pub(crate) fn note(&mut self, relation: RelationId, extension: &Extension) {
        let arity = self.relations[relation].distinct.len();
        self.relations[relation] = Counts {
            rows: extension.len() as f64,
            distinct: (0..arity)
                .map(|column| extension.distinct(column) as f64)
                .collect(),
            called: false,
        };
    }

    /// How many tuples of `relation` agree with a key of the columns of `mask`.
    pub(crate) fn matching(&self, relation: RelationId, mask: Mask) -> f64 {
        let counts = &self.relations[relation];
        let keys: f64 = counts
            .distinct
            .iter()
            .enumerate()
            .filter(|(column, _)| has_column(mask, *column))
            .map(|(_, distinct)| distinct.max(1.0))
            .product();
        counts.rows / keys
    }

    /// Whether `relation` is worked out on demand.
    pub(crate) fn is_called(&self, relation: RelationId) -> bool {
        self.relations[relation].called
    }
}
