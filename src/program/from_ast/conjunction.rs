//! Conjunctions on their way into the model: set apart from one another, so that "some" in one
//! exception is not "some" in the next, and renumbered when they are done.

use std::collections::BTreeMap;

use crate::base::{Id, Table};
use crate::program::visit::{
    Place, add_variables_of, mentions, variables_of_late, variables_of_terms, walk, walk_late,
};
use crate::program::{
    LateLiteral, Literal, LiteralKind, RelationId, VariableId, VariableSet, Variables,
};

use super::clause::{Clause, JUDGED};

/// One alternative of a body.
#[derive(Clone, Debug, Default)]
pub(super) struct Conjunction {
    /// What the engine solves.
    pub(super) literals: Vec<Literal>,
    /// What is asked afterwards.
    pub(super) late: Vec<LateLiteral>,
    /// Reads the act judged in the place of a recorded one.
    pub(super) through: bool,
}

impl Conjunction {
    /// Of literals alone.
    pub(super) fn of(literals: Vec<Literal>) -> Self {
        Self {
            literals,
            ..Self::default()
        }
    }

    /// Both.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.literals.extend(other.literals);
        self.late.extend(other.late);
        self.through |= other.through;
        self
    }

    /// The same without exceptions and counts that look at the act judged, which is not there
    /// where nothing else reads it.
    pub(super) fn without_judged(mut self) -> Self {
        self.literals = without_judged(self.literals);
        self.late.retain(|literal| {
            matches!(literal, LateLiteral::Status { .. })
                || !variables_of_late(literal).contains(JUDGED)
        });
        self
    }

    /// The same for another act in the place of the one judged.
    pub(super) fn about(mut self, act: VariableId) -> Self {
        let mut visit = |place: Place<'_>| {
            if let Place::Variable(variable) = place
                && *variable == JUDGED
            {
                *variable = act;
            }
        };
        walk(&mut self.literals, &mut visit);
        walk_late(&mut self.late, &mut visit);
        self
    }

    /// Reads other relations in the place of some.
    pub(super) fn redirect(&mut self, copies: &BTreeMap<RelationId, RelationId>) {
        let mut visit = |place: Place<'_>| {
            if let Place::Relation(relation) = place
                && let Some(&copy) = copies.get(relation)
            {
                *relation = copy;
            }
        };
        walk(&mut self.literals, &mut visit);
        walk_late(&mut self.late, &mut visit);
    }
}

fn without_judged(literals: Vec<Literal>) -> Vec<Literal> {
    let reads = |inner: &[Literal]| inner.iter().any(|literal| mentions(literal, JUDGED));
    let mut kept = Vec::new();
    for mut literal in literals {
        match &mut literal.kind {
            LiteralKind::Negative(inner) if reads(inner) => continue,
            LiteralKind::Aggregate { alternatives, .. } => {
                alternatives.retain(|alternative| !reads(alternative));
            }
            _ => {}
        }
        kept.push(literal);
    }
    kept
}

impl Clause<'_, '_> {
    /// Gives variables that occur in one exception or count alone a number of their own there.
    /// `outside` are those that stand outside the conjunction: of the head, the act.
    pub(super) fn isolate(&mut self, conjunction: &mut Conjunction, outside: &VariableSet) {
        let mut own = outside.clone();
        own.add_all(&own_variables(&conjunction.literals));
        for literal in &conjunction.late {
            if matches!(literal, LateLiteral::Status { .. }) {
                own.add_all(&variables_of_late(literal));
            }
        }
        self.isolate_literals(&mut conjunction.literals, &own);
        for literal in &mut conjunction.late {
            if let LateLiteral::Negative { literals, late, .. } = literal {
                let mut inner = Conjunction {
                    literals: std::mem::take(literals),
                    late: std::mem::take(late),
                    through: false,
                };
                self.rename_apart(&mut inner, &own);
                let mut known = own.clone();
                known.add_all(&own_variables(&inner.literals));
                self.isolate(&mut inner, &known);
                *literals = inner.literals;
                *late = inner.late;
            }
        }
    }

    fn isolate_literals(&mut self, literals: &mut [Literal], own: &VariableSet) {
        for literal in literals {
            match &literal.kind {
                LiteralKind::Positive(_) | LiteralKind::Compare { .. } => continue,
                LiteralKind::Negative(_) | LiteralKind::Aggregate { .. } => {}
            }
            let mut inner = Conjunction::of(vec![literal.clone()]);
            self.rename_apart(&mut inner, own);
            for mut renamed in inner.literals {
                match &mut renamed.kind {
                    LiteralKind::Negative(inner) => self.isolate_nested(inner, own),
                    LiteralKind::Aggregate {
                        terms,
                        alternatives,
                        ..
                    } => {
                        let mut known = own.clone();
                        known.extend(variables_of_terms(terms));
                        for alternative in alternatives {
                            self.isolate_nested(alternative, &known);
                        }
                    }
                    _ => {}
                }
                *literal = renamed;
            }
        }
    }

    fn isolate_nested(&mut self, literals: &mut [Literal], own: &VariableSet) {
        let mut known = own.clone();
        known.add_all(&own_variables(literals));
        self.isolate_literals(literals, &known);
    }

    /// New numbers for all variables but those of `own`.
    fn rename_apart(&mut self, inner: &mut Conjunction, own: &VariableSet) {
        let mut renamed: BTreeMap<VariableId, VariableId> = BTreeMap::new();
        let mut visit = |place: Place<'_>| {
            if let Place::Variable(variable) = place
                && !own.contains(*variable)
            {
                let old = *variable;
                let new = *renamed.entry(old).or_insert_with(|| {
                    let row = self.variables[old].clone();
                    let span = self.places[old];
                    self.copy(row, span)
                });
                *variable = new;
            }
        };
        walk(&mut inner.literals, &mut visit);
        walk_late(&mut inner.late, &mut visit);
    }
}

/// The variables of a conjunction that are not in its exceptions and counts alone.
pub(super) fn own_variables(literals: &[Literal]) -> VariableSet {
    let mut own = VariableSet::default();
    for literal in literals {
        match &literal.kind {
            LiteralKind::Positive(_) | LiteralKind::Compare { .. } => {
                add_variables_of(literal, &mut own);
            }
            LiteralKind::Aggregate { result, .. } => {
                own.insert(*result);
            }
            LiteralKind::Negative(_) => {}
        }
    }
    own
}

/// Numbers the variables of one rule or body in order of appearance.
#[derive(Debug, Default)]
pub(super) struct Renumber {
    /// The new numbers by the old.
    numbers: Table<VariableId, Option<VariableId>>,
    order: Vec<VariableId>,
}

impl Renumber {
    /// The new number of `variable`.
    pub(super) fn number(&mut self, variable: VariableId) -> VariableId {
        while self.numbers.len() <= variable.index() {
            self.numbers.push(None);
        }
        *self.numbers[variable].get_or_insert_with(|| {
            self.order.push(variable);
            VariableId::new(self.order.len() - 1)
        })
    }

    /// Renumbers one place.
    pub(super) fn visit(&mut self, place: Place<'_>) {
        if let Place::Variable(variable) = place {
            *variable = self.number(*variable);
        }
    }

    /// Renumbers a conjunction.
    pub(super) fn conjunction(&mut self, literals: &mut [Literal], late: &mut [LateLiteral]) {
        walk(literals, &mut |place| self.visit(place));
        walk_late(late, &mut |place| self.visit(place));
    }

    /// The rows of the variables that were numbered.
    pub(super) fn variables(&self, all: &Variables) -> Variables {
        self.order
            .iter()
            .map(|&variable| all[variable].clone())
            .collect()
    }
}
