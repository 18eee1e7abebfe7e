//! The last steps of the proofs of all tuples of a relation at once: one join per rule, its
//! solutions grouped by the tuple that they conclude, rather than a search for each tuple.
//!
//! The steps are those of [`proof_step`]: a tuple takes the first rule that has an instance as
//! certain as it is and of lower rank, and of such instances the least. So rules are joined in
//! source order, each for the tuples that no earlier one proves.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::base::Id;
use crate::program::{Atom, Literal, LiteralKind, RelationId, RuleId, Universe, Value, VariableId};

use super::database::Database;
use super::frame::{Frame, Solution};
use super::instance::{Named, Question};
use super::join::{Join, Work};
use super::planner::Planner;
use super::provenance::{Derivation, RuleInstance, proof_step};
use super::relation::Extension;
use super::session::Session;
use super::truth::Truth;
use super::tuple::Tuple;

/// The last steps of the proofs of the tuples that a [`Database`] holds of one relation: of each
/// tuple a rule and the values of its variables, and nothing else.
#[derive(Debug)]
pub struct Proofs<'d> {
    database: &'d Database<'d>,
    relation: RelationId,
    rows: &'d Extension,
    rules: Vec<(RuleId, Named)>,
    /// The relations of the component, with the rounds of their tuples.
    dated: BTreeMap<RelationId, Dated<'d>>,
    chosen: Choices,
}

/// Tuples with the rounds in which they were found, looked up for each solution. What is certain
/// was found in earlier rounds than what is maybe, so rounds alone are ranks.
#[derive(Debug)]
struct Dated<'d> {
    rows: &'d Extension,
    /// By row.
    rounds: Vec<u32>,
}

impl<'d> Dated<'d> {
    fn new(rows: &'d Extension) -> Self {
        Self {
            rows,
            rounds: rows.rounds(),
        }
    }

    fn round_of(&self, row: usize) -> Option<u32> {
        self.rounds.get(row).copied()
    }

    fn round(&self, tuple: &[Value]) -> Option<u32> {
        self.rows.find(tuple).and_then(|row| self.round_of(row))
    }
}

/// The instances chosen so far.
#[derive(Debug, Default)]
struct Choices {
    /// By row of the relation: a rule, by its place among those of the relation, and where the
    /// values of its variables begin.
    by_row: Vec<Option<(u32, u32)>>,
    values: Vec<Value>,
}

impl<'d> Proofs<'d> {
    /// The steps of all tuples of `relation`; `None` where it has no rules, or is worked out in
    /// sessions.
    pub fn new(
        database: &'d Database<'d>,
        universe: &Universe,
        relation: RelationId,
    ) -> Option<Self> {
        let rules = database.rules(relation);
        let rows = database.extension(relation).filter(|_| !rules.is_empty())?;
        let named = |&rule: &RuleId| {
            let row = &database.program().rules[rule];
            let question = Question {
                variables: &row.variables,
                literals: &row.body,
                bound: &[],
            };
            (rule, Named::new(question))
        };
        let strata = &database.program().strata;
        let component = &strata.components[strata.component_of[relation]];
        let dated = |&own: &RelationId| Some((own, Dated::new(database.extension(own)?)));
        let mut proofs = Self {
            database,
            relation,
            rows,
            rules: rules.iter().map(named).collect(),
            dated: component.relations.iter().filter_map(dated).collect(),
            chosen: Choices::default(),
        };
        let mut chosen = Choices {
            by_row: vec![None; rows.len()],
            values: Vec::new(),
        };
        for place in 0..proofs.rules.len() {
            proofs.choose(universe, place, &mut chosen);
        }
        proofs.chosen = chosen;
        Some(proofs)
    }

    /// What [`proof_step`] says of a tuple; `session` is one over the same database.
    pub fn step(
        &self,
        session: &Session<'_>,
        universe: &Universe,
        tuple: &[Value],
    ) -> Option<Derivation> {
        let chosen = self.rows.find(tuple).and_then(|row| self.instance(row));
        match chosen {
            Some(chosen) => Some(Derivation::Rule(chosen)),
            None => proof_step(session, universe, self.relation, tuple),
        }
    }

    /// The tuples that rules prove: with each its rule, the values of the rule's variables and, in
    /// the order of `_` in its body, the values that these stand for.
    pub fn steps(&self) -> impl Iterator<Item = (&[Value], RuleId, &[Value])> {
        let rows = 0..self.rows.len();
        rows.filter_map(|row| {
            let (place, values) = self.chosen.of(row)?;
            let (rule, named) = self.rules.get(place)?;
            let values = values.get(..named.variables.len())?;
            Some((self.rows.row(row), *rule, values))
        })
    }

    fn instance(&self, row: usize) -> Option<RuleInstance> {
        let (place, values) = self.chosen.of(row)?;
        let (rule, named) = self.rules.get(place)?;
        let value = |variable: VariableId| value_of(values, variable);
        let instance = named.instance(self.rows.row_truth(row), value);
        let known = !instance.substitution.contains(&Some(Value::UNKNOWN));
        known.then_some(RuleInstance {
            rule: *rule,
            instance,
        })
    }

    /// Chooses an instance of the rule at `place` for each tuple that has none and that it proves.
    fn choose(&self, universe: &Universe, place: usize, chosen: &mut Choices) {
        let Some((rule, named)) = self.rules.get(place) else {
            return;
        };
        let program = self.database.program();
        let head = &program.rules[*rule].head;
        let own = self.own_atoms(named);
        let Some(dated) = self.dated.get(&self.relation) else {
            return;
        };
        let asserted = self.database.stated(self.relation).asserted.len();
        self.each_solution(named, &mut |solution, truth| {
            let tuple = Tuple::of(&head.terms, |variable| solution.value(variable));
            // Asserted tuples come first, and need no rule.
            let found = self.rows.find(&tuple).filter(|&row| row >= asserted);
            let Some(row) = found.filter(|&row| truth == self.rows.row_truth(row)) else {
                return;
            };
            let is_less = chosen.of(row).is_none_or(|(other, values)| {
                let least = |variable: VariableId| value_of(values, variable);
                let compared = named.compare(universe, |id| solution.value(id), least);
                other == place && compared.is_lt()
            });
            if is_less && is_before(&own, dated.round_of(row), solution) {
                chosen.set(row, place, named, solution);
            }
        });
    }

    fn each_solution(&self, named: &Named, note: &mut dyn FnMut(&Solution, Truth)) {
        let program = self.database.program();
        let statistics = self.database.statistics();
        // As in the rounds, the literal of the component comes first: its indexes are there.
        let first = named
            .literals
            .iter()
            .position(|literal| self.is_own(literal));
        let plan = Planner::new(program, statistics, &named.variables)
            .version(&[], &[], first)
            .plan(&named.literals, &[], None);
        let certain = self.rows.certain() == self.rows.len();
        let _ = Join {
            source: self.database,
            locals: &[],
            floor: if certain {
                Truth::Certain
            } else {
                Truth::Maybe
            },
            frame: plan.frame(),
            work: &Work::new(None),
            is_known: None,
        }
        .solve(&plan, &mut |solution, truth| {
            note(solution, truth);
            ControlFlow::Continue(())
        });
    }

    /// Whether a literal is of the relation's own component, and stored.
    fn is_own(&self, literal: &Literal) -> bool {
        let program = self.database.program();
        let component_of = &program.strata.component_of;
        matches!(&literal.kind, LiteralKind::Positive(atom)
            if component_of[atom.relation] == component_of[self.relation]
                && !program.relations[atom.relation].open)
    }

    /// The literals of the relation's own component.
    fn own_atoms<'n>(&'n self, named: &'n Named) -> Vec<(&'n Atom, &'n Dated<'d>)> {
        let dated = |atom: &'n Atom| Some((atom, self.dated.get(&atom.relation)?));
        named.atoms().filter_map(dated).collect()
    }
}

impl Choices {
    /// The rule that proves the tuple of `row`, with the values from its first variable on.
    fn of(&self, row: usize) -> Option<(usize, &[Value])> {
        let (place, first) = self.by_row.get(row).copied().flatten()?;
        Some((place as usize, self.values.get(first as usize..)?))
    }

    fn set(&mut self, row: usize, place: usize, named: &Named, solution: &Frame) {
        let Some(chosen) = self.by_row.get_mut(row) else {
            return;
        };
        let (_, first) = *chosen.get_or_insert_with(|| {
            let first = self.values.len();
            let width = named.variables.len();
            self.values.resize(first + width, Value::UNKNOWN);
            (place as u32, first as u32)
        });
        let values = self.values.iter_mut().skip(first as usize);
        for (value, variable) in values.zip(named.variables.ids()) {
            *value = solution.value(variable);
        }
    }
}

/// Whether the tuples of `own` in a solution were found before one of `round`.
fn is_before(own: &[(&Atom, &Dated<'_>)], round: Option<u32>, solution: &Frame) -> bool {
    own.iter().all(|(atom, rows)| {
        let tuple = Tuple::of(&atom.terms, |variable| solution.value(variable));
        let stored = rows.round(&tuple);
        stored.is_none() || stored < round
    })
}

/// The value of a variable among those of an instance, which stand first.
fn value_of(values: &[Value], variable: VariableId) -> Value {
    let value = values.get(variable.index());
    value.copied().unwrap_or(Value::UNKNOWN)
}
