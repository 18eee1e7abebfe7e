//! From a literal to the step that takes it.

use crate::program::{Atom, Literal, LiteralKind, RelationId, RelationKind, Term, VariableId};

use super::binders::{Marked, Usable, bound_columns, comparison, variable};
use super::expression::Compare;
use super::plan::{Aggregate, Bind, Column, ColumnTerm, Match, Reads, Shape, Step};
use super::planner::{Conjunction, Planner};
use super::relation::is_value_sort;

impl Planner<'_> {
    /// The step that takes the literal numbered `index`, and binds what it binds.
    pub(crate) fn step(
        &self,
        conjunction: &Conjunction<'_>,
        index: usize,
        literal: &Literal,
        bound: &mut Marked,
    ) -> Step {
        let reads = self.reads.get(index).copied().unwrap_or_default();
        match &literal.kind {
            LiteralKind::Positive(atom) => {
                Step::Match(self.match_step(conjunction, index, atom, reads, bound))
            }
            LiteralKind::Negative(inner) => Step::Negative {
                steps: self.inner().steps(inner, bound.clone(), Some(&[])),
                only: reads.only,
            },
            LiteralKind::Compare {
                left,
                operator,
                right,
                sort,
            } => {
                if let Some(Usable::Bind(variable, expression)) =
                    comparison(self.program, literal, &conjunction.binders, bound)
                {
                    bound[variable] = true;
                    return Step::Bind(Bind {
                        variable,
                        expression: expression.clone(),
                        kind: self.program.sorts[*sort].kind,
                    });
                }
                Step::Compare {
                    compare: Compare::new(self.program, left, *operator, right, *sort),
                    only: reads.only,
                }
            }
            LiteralKind::Aggregate {
                result,
                function,
                terms,
                alternatives,
            } => {
                let inner = self.inner();
                let wanted: Vec<_> = terms.iter().filter_map(|&term| variable(term)).collect();
                let step = Aggregate {
                    result: *result,
                    bound: bound[*result],
                    function: *function,
                    terms: terms
                        .iter()
                        .map(|&term| (term, self.is_value_term(term)))
                        .collect(),
                    alternatives: alternatives
                        .iter()
                        .map(|alternative| inner.steps(alternative, bound.clone(), Some(&wanted)))
                        .collect(),
                    only: reads.only,
                };
                bound[*result] = true;
                Step::Aggregate(step)
            }
        }
    }

    /// Whether `term` is a variable of numbers, dates or texts: constants are known.
    fn is_value_term(&self, term: Term) -> bool {
        variable(term).is_some_and(|variable| self.is_value(self.variables[variable].sort))
    }

    fn match_step(
        &self,
        conjunction: &Conjunction<'_>,
        index: usize,
        atom: &Atom,
        reads: Reads,
        bound: &mut Marked,
    ) -> Match {
        let relation = &self.program.relations[atom.relation];
        let binders = &conjunction.binders;
        let mask = bound_columns(atom, bound);
        let mut wild = 0;
        let mut columns = Vec::with_capacity(relation.arity());
        let mut new: Vec<VariableId> = Vec::new();
        for (position, (&term, column)) in atom.terms.iter().zip(&relation.columns).enumerate() {
            let kind = self.program.sorts[column.sort].kind;
            let term = column_term(term, bound, &mut new);
            if matches!(term, ColumnTerm::Bound(variable) if !binders.is_guessed(variable))
                && is_value_sort(kind)
            {
                wild |= 1 << position;
            }
            let elsewhere = match term {
                ColumnTerm::Bind(variable) if relation.open && is_value_sort(kind) => self
                    .columns_of(
                        conjunction.literals,
                        index,
                        variable,
                        !binders.closed[variable],
                    ),
                _ => Vec::new(),
            };
            let stated = matches!(term, ColumnTerm::Bind(variable) if binders.closed[variable]);
            columns.push(Column {
                term,
                sort: column.sort,
                kind,
                elsewhere,
                stated,
            });
        }
        for variable in new {
            bound[variable] = true;
        }
        Match {
            relation: atom.relation,
            shape: shape(&columns),
            columns,
            bound: mask,
            wild,
            open: relation.open,
            sort: match relation.kind {
                RelationKind::Sort(sort) => Some(sort),
                _ => None,
            },
            reads,
            otherwise: None,
            local: self.locals.iter().position(|&local| local == atom.relation),
        }
    }

    /// The columns of other literals, open or closed ones, that hold `variable`.
    fn columns_of(
        &self,
        literals: &[Literal],
        except: usize,
        variable: VariableId,
        open: bool,
    ) -> Vec<(RelationId, usize)> {
        let mut found = Vec::new();
        for (index, literal) in literals.iter().enumerate() {
            let LiteralKind::Positive(atom) = &literal.kind else {
                continue;
            };
            if index == except || self.program.relations[atom.relation].open != open {
                continue;
            }
            let columns = atom.terms.iter().enumerate();
            let holding = columns.filter(|(_, term)| **term == Term::Variable(variable));
            found.extend(holding.map(|(column, _)| (atom.relation, column)));
            if !open && !found.is_empty() {
                // A value has to be in all closed relations: those of one will do.
                break;
            }
        }
        found
    }
}

fn column_term(term: Term, bound: &Marked, new: &mut Vec<VariableId>) -> ColumnTerm {
    match term {
        Term::Any => ColumnTerm::Any,
        Term::Constant(value) => ColumnTerm::Constant(value),
        Term::Variable(variable) if bound[variable] => ColumnTerm::Bound(variable),
        Term::Variable(variable) if new.contains(&variable) => ColumnTerm::Same(variable),
        Term::Variable(variable) => {
            new.push(variable);
            ColumnTerm::Bind(variable)
        }
    }
}

fn shape(columns: &[Column]) -> Shape {
    let has = |wanted: fn(&ColumnTerm) -> bool| columns.iter().any(|column| wanted(&column.term));
    if has(|term| matches!(term, ColumnTerm::Bind(_))) {
        Shape::Scan
    } else if has(|term| *term == ColumnTerm::Any) {
        Shape::Exists
    } else {
        Shape::Test
    }
}
