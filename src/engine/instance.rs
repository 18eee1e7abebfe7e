//! The instances of a conjunction, with the tuples that they rest on: what an explanation shows.

use std::cmp::Ordering;
use std::ops::ControlFlow;

use crate::base::Table;
use crate::program::{
    Atom, Literal, LiteralKind, RelationId, Term, Universe, Value, Variable, VariableId, Variables,
};

use super::binders::Marked;
use super::frame::Frame;
use super::plan::ConjunctionPlan;
use super::planner::plan_conjunction;
use super::session::Session;
use super::truth::Truth;
use super::tuple::Tuple;

/// One way in which a conjunction holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instance {
    /// How surely.
    pub truth: Truth,
    /// The values of its variables; `None` for those local to a negation or an aggregate.
    pub substitution: Vec<Option<Value>>,
    /// The tuples of its positive literals, in order of writing.
    pub premises: Vec<Premise>,
}

/// The tuple that a positive literal stands for in an instance. An unknown number in it may be
/// any.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Premise {
    /// The relation.
    pub relation: RelationId,
    /// The tuple.
    pub tuple: Vec<Value>,
}

/// What is asked: a conjunction with the values of some of its variables.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The variables.
    pub variables: &'q Variables,
    /// The conjunction.
    pub literals: &'q [Literal],
    /// The values that are given.
    pub bound: &'q [(VariableId, Value)],
}

/// The ways in which the conjunction holds certainly or maybe, the most certain first, then by
/// the values of the variables; at most `cap` of the first that are found.
pub fn instances(
    session: &Session<'_>,
    universe: &Universe,
    question: Question<'_>,
    cap: usize,
) -> Vec<Instance> {
    let named = Named::new(question);
    let plan = named.plan(session, question);
    let mut found = Vec::new();
    session.solve(&plan, question.bound, &mut |solution, truth| {
        found.push((truth, solution.clone()));
        if found.len() < cap {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    found.sort_by(|(truth, frame), (other_truth, other)| {
        let values = || named.compare(universe, |id| frame.value(id), |id| other.value(id));
        other_truth.cmp(truth).then_with(values)
    });
    let instance = |(truth, frame): (Truth, Frame)| named.instance(truth, |id| frame.value(id));
    found.into_iter().map(instance).collect()
}

/// A conjunction in which every column has a variable, so that premises are whole tuples.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) variables: Variables,
    pub(crate) literals: Vec<Literal>,
    /// Variables that have a value in a solution.
    bound: Marked,
    /// How many of the variables stand for no `_`.
    own: usize,
}

impl Named {
    pub(crate) fn new(question: Question<'_>) -> Self {
        let mut variables = question.variables.clone();
        let mut literals = question.literals.to_vec();
        for literal in &mut literals {
            let LiteralKind::Positive(atom) = &mut literal.kind else {
                continue;
            };
            for term in &mut atom.terms {
                if *term == Term::Any {
                    // The sort does not matter to a plan; the column's does.
                    let sort = crate::program::SortId::ACTOR;
                    *term = Term::Variable(variables.push(Variable { name: None, sort }));
                }
            }
        }
        let mut bound = Table::filled(variables.len(), false);
        for &(variable, _) in question.bound {
            bound[variable] = true;
        }
        for literal in &literals {
            for variable in outer_variables(literal) {
                bound[variable] = true;
            }
        }
        Self {
            variables,
            literals,
            bound,
            own: question.variables.len(),
        }
    }

    /// The plan that finds its solutions, what `question` gives being given.
    pub(crate) fn plan(&self, session: &Session<'_>, question: Question<'_>) -> ConjunctionPlan {
        let given = question.bound.iter().map(|&(variable, _)| variable);
        let given: Vec<_> = given.collect();
        let (program, statistics) = (session.program(), session.database.statistics());
        plan_conjunction(program, statistics, &self.variables, &self.literals, &given)
    }

    /// Which of two solutions has the lesser values: names as texts, numbers as numbers.
    pub(crate) fn compare(
        &self,
        universe: &Universe,
        left: impl Fn(VariableId) -> Value,
        right: impl Fn(VariableId) -> Value,
    ) -> Ordering {
        let variables = self.variables.entries().filter(|(id, _)| self.bound[*id]);
        for (id, variable) in variables {
            let (left, right) = (left(id), right(id));
            if left == right {
                continue;
            }
            let names = universe
                .name(variable.sort, left)
                .zip(universe.name(variable.sort, right));
            return names.map_or_else(|| left.cmp(&right), |(left, right)| left.cmp(right));
        }
        Ordering::Equal
    }

    /// The instance with these values.
    pub(crate) fn instance(&self, truth: Truth, value: impl Fn(VariableId) -> Value) -> Instance {
        let variables = self.variables.ids().take(self.own);
        Instance {
            truth,
            substitution: variables
                .map(|id| self.bound[id].then(|| value(id)))
                .collect(),
            premises: self
                .atoms()
                .map(|atom| Premise {
                    relation: atom.relation,
                    tuple: Tuple::of(&atom.terms, &value).to_vec(),
                })
                .collect(),
        }
    }

    /// The atoms of the positive literals, in order of writing.
    pub(crate) fn atoms(&self) -> impl Iterator<Item = &Atom> {
        self.literals
            .iter()
            .filter_map(|literal| match &literal.kind {
                LiteralKind::Positive(atom) => Some(atom),
                _ => None,
            })
    }
}

/// The variables of a literal that have a value outside of it.
fn outer_variables(literal: &Literal) -> Vec<VariableId> {
    match &literal.kind {
        LiteralKind::Negative(_) => Vec::new(),
        LiteralKind::Aggregate { result, .. } => vec![*result],
        LiteralKind::Positive(_) | LiteralKind::Compare { .. } => {
            let mut found = Vec::new();
            crate::program::visit::each_variable(std::slice::from_ref(literal), &mut |variable| {
                found.push(variable);
            });
            found
        }
    }
}
