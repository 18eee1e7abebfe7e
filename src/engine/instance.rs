//! The instances of a conjunction, literal by literal: what an explanation shows.

use std::cmp::Ordering;
use std::ops::ControlFlow;

use crate::base::Table;
use crate::lang::ast::Comparison;
use crate::program::{
    Literal, LiteralKind, Program, RelationId, Term, Universe, Value, Variable, VariableId,
    Variables,
};

use super::aggregate;
use super::binders::{Marked, computed_variables, targets};
use super::expression::{evaluate, name};
use super::frame::Frame;
use super::interval::Interval;
use super::join::Join;
use super::plan::Step;
use super::planner::{Planner, plan_conjunction};
use super::session::Session;
use super::truth::Truth;

/// One way in which a conjunction holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instance {
    /// How surely.
    pub truth: Truth,
    /// The values of its variables; `None` for those local to a negation or an aggregate.
    pub substitution: Vec<Option<Value>>,
    /// Its literals in order of writing.
    pub premises: Vec<Premise>,
}

/// A literal as it holds in an instance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Premise {
    /// How surely it holds.
    pub truth: Truth,
    /// What it says.
    pub kind: PremiseKind,
}

/// The kinds of premises.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PremiseKind {
    /// The tuple holds. An unknown number in it may be any.
    Positive {
        /// The relation.
        relation: RelationId,
        /// The tuple.
        tuple: Vec<Value>,
    },
    /// The literals of a negation have no certain solution.
    Negative {
        /// A maybe solution, if there is one: the values of all variables.
        unless: Option<Vec<Value>>,
    },
    /// Two values compare so.
    Compare {
        /// The left side.
        left: Side,
        /// How.
        operator: Comparison,
        /// The right side.
        right: Side,
    },
    /// A value worked out over a group.
    Aggregate {
        /// The value.
        value: Interval,
        /// The distinct tuples that it was worked out over.
        members: Vec<(Vec<Value>, Truth)>,
    },
}

/// A side of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// A name.
    Name(Value),
    /// A number or a date, up to an interval.
    Number(Interval),
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
    let named = Named::new(session.program(), question);
    let given: Vec<_> = question
        .bound
        .iter()
        .map(|&(variable, _)| variable)
        .collect();
    let program = session.program();
    let statistics = session.database.statistics();
    let plan = plan_conjunction(
        program,
        statistics,
        &named.variables,
        &named.literals,
        &given,
    );
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
        let values = || named.compare(universe, frame, other);
        other_truth.cmp(truth).then_with(values)
    });
    let describe = |(truth, frame): (Truth, Frame)| named.describe(session, truth, &frame);
    found.into_iter().map(describe).collect()
}

/// A literal under values of all variables that it has from outside.
struct Alone {
    truth: Truth,
    /// A maybe solution of a negation.
    unless: Option<Vec<Value>>,
    /// The members of an aggregate.
    members: Vec<(Vec<Value>, Truth)>,
}

/// A conjunction in which every column has a variable, so that premises are whole tuples.
pub(crate) struct Named {
    pub(crate) variables: Variables,
    pub(crate) literals: Vec<Literal>,
    /// Variables that have a value in a solution.
    bound: Marked,
    /// Variables that an equation or an aggregate gives their value.
    computed: Marked,
}

impl Named {
    pub(crate) fn new(program: &Program, question: Question<'_>) -> Self {
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
        let computed = computed_variables(program, &literals, &bound);
        for literal in &literals {
            for variable in outer_variables(literal) {
                bound[variable] = true;
            }
        }
        Self {
            variables,
            literals,
            bound,
            computed,
        }
    }

    fn compare(&self, universe: &Universe, left: &Frame, right: &Frame) -> Ordering {
        let mut variables = self.variables.entries().filter(|(id, _)| self.bound[*id]);
        let orders = variables.by_ref().map(|(id, variable)| {
            let (left, right) = (left.value(id), right.value(id));
            let names = universe
                .name(variable.sort, left)
                .zip(universe.name(variable.sort, right));
            names.map_or_else(|| left.cmp(&right), |(left, right)| left.cmp(right))
        });
        orders.fold(Ordering::Equal, Ordering::then)
    }

    fn describe(&self, session: &Session<'_>, truth: Truth, frame: &Frame) -> Instance {
        Instance {
            truth,
            substitution: self.substitution(frame),
            premises: self
                .literals
                .iter()
                .map(|literal| self.premise(session, literal, frame))
                .collect(),
        }
    }

    fn substitution(&self, frame: &Frame) -> Vec<Option<Value>> {
        let value = |id: VariableId| self.bound[id].then(|| frame.value(id));
        self.variables.ids().map(value).collect()
    }

    fn premise(&self, session: &Session<'_>, literal: &Literal, frame: &Frame) -> Premise {
        let value = |term: &Term| match *term {
            Term::Variable(variable) => frame.value(variable),
            Term::Constant(value) => value,
            Term::Any => Value::UNKNOWN,
        };
        let alone = self.try_alone(session, literal, frame);
        let kind = match &literal.kind {
            LiteralKind::Positive(atom) => PremiseKind::Positive {
                relation: atom.relation,
                tuple: atom.terms.iter().map(value).collect(),
            },
            LiteralKind::Negative(_) => PremiseKind::Negative {
                unless: alone.unless,
            },
            LiteralKind::Compare {
                left,
                operator,
                right,
                sort,
            } => {
                let number = session.program().sorts[*sort].kind.is_number();
                let side = |expression| {
                    if number {
                        Side::Number(evaluate(expression, frame))
                    } else {
                        Side::Name(name(expression, frame))
                    }
                };
                PremiseKind::Compare {
                    left: side(left),
                    operator: *operator,
                    right: side(right),
                }
            }
            LiteralKind::Aggregate { result, .. } => PremiseKind::Aggregate {
                value: frame.interval(*result),
                members: alone.members,
            },
        };
        Premise {
            truth: alone.truth,
            kind,
        }
    }

    /// The truth of a literal alone under the values of `frame`, with a maybe solution of a
    /// negation and the members of an aggregate.
    fn try_alone(&self, session: &Session<'_>, literal: &Literal, frame: &Frame) -> Alone {
        let bound: Vec<_> = self
            .variables
            .ids()
            .filter(|&id| self.bound[id] && !self.is_given_by(literal, id))
            .collect();
        let statistics = session.database.statistics();
        let planner = Planner::new(session.program(), statistics, &self.variables);
        let alone = std::slice::from_ref(literal);
        let plan = planner.plan(alone, &bound, Some(&[]));
        let mut join = Join {
            source: session,
            locals: &[],
            floor: Truth::Maybe,
            frame: frame.clone(),
            work: &session.work,
        };
        let mut truth = Truth::False;
        let _ = join.solve(&plan, &mut |_, found| {
            truth = truth.max(found);
            ControlFlow::Continue(())
        });
        let (mut unless, mut members) = (None, Vec::new());
        join.frame = frame.clone();
        match plan.steps.first() {
            Some(Step::Negative { steps, .. }) => {
                let _ = join.walk(steps, Truth::Certain, &mut |solution, _| {
                    let values = self.variables.ids().map(|id| solution.value(id));
                    unless = Some(values.collect());
                    ControlFlow::Break(())
                });
            }
            Some(Step::Aggregate(step)) => {
                let group = aggregate::group(&mut join, step);
                members = group
                    .into_iter()
                    .map(|(tuple, truth)| (tuple.into(), truth))
                    .collect();
            }
            _ => {}
        }
        Alone {
            truth,
            unless,
            members,
        }
    }

    /// Whether `literal` is what gives `variable` its value.
    fn is_given_by(&self, literal: &Literal, variable: VariableId) -> bool {
        self.computed[variable] && targets(literal).contains(&variable)
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
