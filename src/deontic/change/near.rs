//! Whom changes may speak of: the individuals that the act names, those that a stated fact puts
//! beside one of these, and those that the policy names.

use std::collections::BTreeSet;

use crate::base::Table;
use crate::engine::Facts;
use crate::program::{
    ActRecord, Literal, LiteralKind, Program, RelationId, RelationKind, SortId, SortKind, Term,
    Universe, Value,
};

/// Individuals, by sort.
#[derive(Debug)]
pub(super) struct Near {
    all: Table<SortId, BTreeSet<Value>>,
    /// Those that the act itself or the policy names.
    named: Table<SortId, BTreeSet<Value>>,
}

impl Near {
    /// Those near to an act.
    pub(super) fn to(
        program: &Program,
        universe: &Universe,
        facts: &Facts,
        act: &ActRecord,
    ) -> Self {
        let nobody = Table::filled(program.sorts.len(), BTreeSet::new());
        let mut near = Self {
            named: nobody.clone(),
            all: nobody,
        };
        if act.value.index() <= universe.size(SortId::ACT) {
            near.add(SortId::ACT, act.value);
        }
        let roles = &program.actions[act.description.action].roles;
        for &(role, value) in &act.description.roles {
            let own = roles.iter().find(|own| own.role == role);
            own.into_iter().for_each(|own| near.add(own.sort, value));
        }
        if let Some(situation) = program.actions[act.description.action].situation {
            let columns = &program.relations[situation].columns;
            for (column, &value) in columns.iter().zip(&act.description.arguments) {
                near.add(column.sort, value);
            }
        }
        let act = near.all.clone();
        near.add_constants(program);
        near.named = std::mem::replace(&mut near.all, act);
        near.add_neighbours(program, facts);
        for (sort, named) in near.named.entries() {
            near.all[sort].extend(named);
        }
        for (sort, row) in program.sorts.entries() {
            if matches!(row.kind, SortKind::Enumerated | SortKind::Text) {
                near.all[sort].extend(universe.values(sort));
            }
        }
        near
    }

    fn add(&mut self, sort: SortId, value: Value) {
        if value != Value::UNKNOWN {
            self.all[sort].insert(value);
        }
    }

    /// Whether an individual is near.
    pub(super) fn has(&self, sort: SortId, value: Value) -> bool {
        self.all[sort].contains(&value)
    }

    /// How many individuals of a tuple neither the act nor the policy names.
    pub(super) fn far(&self, program: &Program, relation: RelationId, tuple: &[Value]) -> usize {
        let columns = program.relations[relation].columns.iter();
        let far = columns.zip(tuple).filter(|(column, value)| {
            let is_entity = program.sorts[column.sort].kind == SortKind::Entity;
            is_entity && !self.named[column.sort].contains(value)
        });
        far.count()
    }

    /// Whether a tuple can be stated as far as individuals go: all are, and the act or the policy
    /// names all but one.
    pub(super) fn all(&self, program: &Program, relation: RelationId, tuple: &[Value]) -> bool {
        let columns = &program.relations[relation].columns;
        let mut values = columns.iter().zip(tuple);
        values.all(|(column, &value)| {
            program.sorts[column.sort].kind.is_number() || self.has(column.sort, value)
        }) && self.far(program, relation, tuple) <= 1
    }

    /// Whether an individual of a tuple is near.
    pub(super) fn some(&self, program: &Program, relation: RelationId, tuple: &[Value]) -> bool {
        let columns = &program.relations[relation].columns;
        let mut values = columns.iter().zip(tuple);
        values.any(|(column, &value)| self.has(column.sort, value))
    }

    /// Adds those that a stated fact puts beside one of these.
    fn add_neighbours(&mut self, program: &Program, facts: &Facts) {
        let mut found = Vec::new();
        for (relation, row) in program.relations.entries() {
            if row.kind != RelationKind::Declared || row.declared != relation {
                continue;
            }
            let input = facts.input(relation);
            for (tuple, _) in input.asserted.iter().chain(input.denied.iter()) {
                if self.some(program, relation, tuple) {
                    let columns = row.columns.iter().map(|column| column.sort);
                    found.extend(columns.zip(tuple.iter().copied()));
                }
            }
        }
        for (sort, value) in found {
            if program.sorts[sort].kind == SortKind::Entity {
                self.add(sort, value);
            }
        }
    }

    /// Adds those that rules and norms name.
    fn add_constants(&mut self, program: &Program) {
        for rule in &program.rules {
            self.add_named(program, &rule.body);
        }
        for norm in &program.norms {
            let conditions = norm.condition.iter().flat_map(|it| it.alternatives.iter());
            for condition in conditions.flatten() {
                self.add_named(program, &condition.literals);
            }
            for body in &norm.bodies {
                self.add_named(program, &body.literals);
            }
        }
    }

    fn add_named(&mut self, program: &Program, literals: &[Literal]) {
        for literal in literals {
            match &literal.kind {
                LiteralKind::Positive(atom) => {
                    let columns = &program.relations[atom.relation].columns;
                    for (column, &term) in columns.iter().zip(&atom.terms) {
                        if let Term::Constant(value) = term {
                            self.add(column.sort, value);
                        }
                    }
                }
                LiteralKind::Negative(inner) => self.add_named(program, inner),
                LiteralKind::Aggregate { alternatives, .. } => {
                    for alternative in alternatives {
                        self.add_named(program, alternative);
                    }
                }
                LiteralKind::Compare { .. } => {}
            }
        }
    }
}
