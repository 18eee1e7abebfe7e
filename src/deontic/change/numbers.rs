//! The numbers and dates that could make a difference: those that a comparison turns at, with
//! their neighbours.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::Facts;
use crate::program::{
    Atom, Expression, Literal, LiteralKind, Operand, Program, RelationId, RelationKind, SortKind,
    Term, Value, VariableId,
};

/// A column of a declared relation.
pub(super) type Column = (RelationId, usize);

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Something that a column is compared with: itself times `factor` and what is stated in the
/// columns `of` times their factors, with `constant`, come to nothing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Line {
    factor: i64,
    constant: i64,
    other: Option<(i64, Source)>,
}

/// Where the other side of a comparison comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Source {
    /// A column of the facts.
    Column(Column),
    /// The moment judged.
    Moment,
}

/// What each column of numbers or dates is compared with.
#[derive(Debug, Default)]
pub(super) struct Comparisons {
    lines: BTreeMap<Column, BTreeSet<Line>>,
}

impl Comparisons {
    /// Of all rules, norms and conditions of `program`.
    pub(super) fn of(program: &Program) -> Self {
        let mut comparisons = Self::default();
        for rule in &program.rules {
            comparisons.read(program, &[&rule.body]);
        }
        for norm in &program.norms {
            let alternatives = norm.condition.iter().flat_map(|it| it.alternatives.iter());
            let conditions: Vec<_> = alternatives.flatten().collect();
            for body in &norm.bodies {
                comparisons.read(program, &[&body.literals]);
                for condition in &conditions {
                    comparisons.read(program, &[&body.literals, &condition.literals]);
                }
            }
        }
        comparisons.hand_down(program);
        comparisons
    }

    /// What a conclusion is compared with, its premises are; and what a document's own copy of a
    /// relation is, the relation.
    fn hand_down(&mut self, program: &Program) {
        let mut before = None;
        while before != Some(self.count()) {
            before = Some(self.count());
            for rule in &program.rules {
                let mut body = Body::default();
                body.literals(program, &rule.body);
                for (position, &term) in rule.head.terms.iter().enumerate() {
                    let Term::Variable(variable) = term else {
                        continue;
                    };
                    for source in body.sources.get(&variable).into_iter().flatten() {
                        if let Source::Column(premise) = source {
                            self.hand_on((rule.head.relation, position), *premise);
                        }
                    }
                }
            }
            for (relation, row) in program.relations.entries() {
                for position in 0..row.arity() {
                    self.hand_on((relation, position), (row.declared, position));
                }
            }
        }
    }

    fn hand_on(&mut self, from: Column, to: Column) {
        if from != to
            && let Some(lines) = self.lines.get(&from).cloned()
        {
            self.lines.entry(to).or_default().extend(lines);
        }
    }

    fn count(&self) -> usize {
        self.lines.values().map(BTreeSet::len).sum()
    }

    /// The values that would make a difference in `column`.
    pub(super) fn values(
        &self,
        program: &Program,
        facts: &Facts,
        column: Column,
        at: i64,
    ) -> BTreeSet<Value> {
        let mut values = BTreeSet::new();
        let sort = program.relations[column.0].columns.get(column.1);
        let is_date = sort.is_some_and(|it| program.sorts[it.sort].kind == SortKind::Date);
        for line in self.lines.get(&column).into_iter().flatten() {
            for turn in line.turns(facts, at) {
                let step = if is_date && turn.rem_euclid(DAY) == 0 {
                    DAY
                } else {
                    1
                };
                let around = [turn - step, turn, turn + step];
                values.extend(around.into_iter().filter_map(Value::from_number));
            }
        }
        values
    }

    /// Reads a body that stands in several parts, which share their variables.
    fn read(&mut self, program: &Program, parts: &[&[Literal]]) {
        let mut body = Body::default();
        for part in parts {
            body.literals(program, part);
        }
        let sources = &body.sources;
        for (variable, own) in sources {
            // Two columns of one variable must be the same.
            for &one in own {
                let Source::Column(column) = one else {
                    continue;
                };
                let others = own.iter().filter(|&&other| other != one);
                let same = others.map(|&other| (1, 0, Some((-1, other))));
                self.add(column, same);
                for side in &body.sides {
                    self.add(column, side.lines(*variable, sources));
                }
            }
        }
        for &(column, value) in &body.constants {
            self.add(column, [(1, -value, None)]);
        }
    }

    fn add(
        &mut self,
        column: Column,
        lines: impl IntoIterator<Item = (i64, i64, Option<(i64, Source)>)>,
    ) {
        let lines = lines.into_iter().map(|(factor, constant, other)| Line {
            factor,
            constant,
            other,
        });
        self.lines.entry(column).or_default().extend(lines);
    }
}

impl Line {
    /// The numbers at which the comparison turns.
    fn turns(&self, facts: &Facts, at: i64) -> BTreeSet<i64> {
        let others: Vec<i64> = match self.other {
            None => vec![0],
            Some((_, Source::Moment)) => vec![at],
            Some((_, Source::Column((relation, column)))) => {
                let rows = &facts.input(relation).asserted;
                let values = rows.iter().filter_map(|(tuple, _)| tuple.get(column));
                values.filter_map(|value| value.number()).collect()
            }
        };
        let factor = self.other.map_or(0, |(factor, _)| factor);
        let turn = |other: i64| {
            let rest = factor.checked_mul(other)?.checked_add(self.constant)?;
            rest.checked_neg()?.checked_div_euclid(self.factor)
        };
        others.into_iter().filter_map(turn).collect()
    }
}

/// What stands in a body: for each variable the columns that it stands in, and the comparisons.
#[derive(Default)]
struct Body {
    sources: BTreeMap<VariableId, BTreeSet<Source>>,
    sides: Vec<Side>,
    constants: Vec<(Column, i64)>,
}

/// A comparison, brought to one side.
struct Side {
    terms: Vec<(i64, VariableId)>,
    constant: i64,
}

impl Side {
    /// What it compares `variable` with, where that is a number or one other variable.
    fn lines(
        &self,
        variable: VariableId,
        sources: &BTreeMap<VariableId, BTreeSet<Source>>,
    ) -> Vec<(i64, i64, Option<(i64, Source)>)> {
        let own = self.terms.iter().filter(|(_, other)| *other == variable);
        let factor: i64 = own.map(|(factor, _)| factor).sum();
        let others: Vec<_> = self
            .terms
            .iter()
            .filter(|(_, other)| *other != variable)
            .collect();
        match others.as_slice() {
            _ if factor == 0 => Vec::new(),
            [] => vec![(factor, self.constant, None)],
            [(other, name)] => {
                let sources = sources.get(name).into_iter().flatten();
                let line = |&source: &Source| (factor, self.constant, Some((*other, source)));
                sources.map(line).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Body {
    fn literals(&mut self, program: &Program, literals: &[Literal]) {
        for literal in literals {
            match &literal.kind {
                LiteralKind::Positive(atom) => self.atom(program, atom),
                LiteralKind::Negative(inner) => self.literals(program, inner),
                LiteralKind::Compare { left, right, .. } => self.compare(left, right),
                LiteralKind::Aggregate { alternatives, .. } => {
                    for alternative in alternatives {
                        self.literals(program, alternative);
                    }
                }
            }
        }
    }

    fn atom(&mut self, program: &Program, atom: &Atom) {
        let row = &program.relations[atom.relation];
        for (position, (column, &term)) in row.columns.iter().zip(&atom.terms).enumerate() {
            if !program.sorts[column.sort].kind.is_number() {
                continue;
            }
            let place = (atom.relation, position);
            let source = match row.kind {
                RelationKind::Role(_) | RelationKind::Now => Source::Moment,
                _ => Source::Column(place),
            };
            match term {
                Term::Variable(variable) => {
                    self.sources.entry(variable).or_default().insert(source);
                }
                Term::Constant(value) => {
                    let number = value.number();
                    self.constants.extend(number.map(|number| (place, number)));
                }
                Term::Any => {}
            }
        }
    }

    fn compare(&mut self, left: &Expression, right: &Expression) {
        let mut side = Side {
            terms: Vec::new(),
            constant: 0,
        };
        for (sign, expression) in [(1, left), (-1, right)] {
            for &(factor, operand) in &expression.terms {
                let factor = sign * factor;
                match operand {
                    Operand::Variable(variable) => side.terms.push((factor, variable)),
                    Operand::Constant(value) => {
                        side.constant += factor * value.number().unwrap_or_default();
                    }
                    Operand::Duration(amount, unit) => {
                        // A month is as long as most are: what comes of it is judged anyway.
                        let minutes = unit.minutes().unwrap_or(30 * DAY);
                        side.constant += factor * amount * minutes;
                    }
                }
            }
        }
        self.sides.push(side);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_turns_where_both_sides_are_equal() {
        let line = Line {
            factor: 2,
            constant: -7,
            other: None,
        };
        let turns = line.turns(&Facts::new(0), 0);
        assert_eq!(turns.into_iter().collect::<Vec<_>>(), [3]);
    }
}
