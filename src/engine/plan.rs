//! What is done to solve a conjunction: a list of steps of a few kinds, fixed before the loop.

use crate::lang::ast::AggregateFunction;
use crate::program::{Expression, RelationId, SortId, SortKind, Term, Value, VariableId};

use super::expression::Compare;
use super::frame::Frame;
use super::index::Mask;
use super::truth::Truth;

/// How to solve a conjunction, made once and used for any number of bindings.
#[derive(Clone, Debug)]
pub struct ConjunctionPlan {
    pub(crate) steps: Vec<Step>,
    pub(crate) variables: usize,
}

impl ConjunctionPlan {
    /// A frame for the conjunction's variables.
    pub fn frame(&self) -> Frame {
        Frame::with_size(self.variables)
    }
}

/// One step of a plan.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A positive literal: looks its tuples up, binding what is not bound yet.
    Match(Match),
    /// A comparison of what is bound.
    Compare {
        compare: Compare,
        only: Option<Truth>,
    },
    /// An equation that gives a variable its value.
    Bind(Bind),
    /// No solution of the steps may exist.
    Negative {
        steps: Vec<Step>,
        only: Option<Truth>,
    },
    /// A value worked out over all solutions.
    Aggregate(Aggregate),
    /// A single solution of the steps will do: nobody asks for what they bind.
    Exists(Vec<Step>),
}

/// Looking up the tuples of an atom.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    pub(crate) relation: RelationId,
    pub(crate) columns: Vec<Column>,
    /// The columns whose value is given.
    pub(crate) bound: Mask,
    /// Columns of numbers, dates and texts whose given value, if unknown, matches any value.
    pub(crate) wild: Mask,
    pub(crate) shape: Shape,
    pub(crate) open: bool,
    /// The relation is the individuals of this sort.
    pub(crate) sort: Option<SortId>,
    pub(crate) reads: Reads,
    /// Where the row that is read may hold more than what is stated: to be done instead of this
    /// and all later steps.
    pub(crate) otherwise: Option<Vec<Step>>,
    /// Its place among the relations of the component that is being computed.
    pub(crate) local: Option<usize>,
}

/// What a [`Match`] has to find out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// All columns are given: whether the tuple holds.
    Test,
    /// All columns are given or of no interest: whether some tuple holds.
    Exists,
    /// Which values the other columns have.
    Scan,
}

/// A column of a [`Match`].
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) term: ColumnTerm,
    pub(crate) sort: SortId,
    pub(crate) kind: SortKind,
    /// Of a number, date or text bound here in an open relation: the columns of other
    /// relations of the conjunction that hold the same variable. Their values are tried too.
    pub(crate) elsewhere: Vec<(RelationId, usize)>,
    /// `elsewhere` is closed, so that no value but those of its tuples is of use.
    pub(crate) stated: bool,
}

/// What a column has to do with the bindings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ColumnTerm {
    /// It must have this value.
    Constant(Value),
    /// It must have the value of this variable.
    Bound(VariableId),
    /// It gives this variable its value.
    Bind(VariableId),
    /// It must have the value that an earlier column gave this variable.
    Same(VariableId),
    /// It does not matter.
    Any,
}

/// `variable = expression`.
#[derive(Clone, Debug)]
pub(crate) struct Bind {
    pub(crate) variable: VariableId,
    pub(crate) expression: Expression,
    pub(crate) kind: SortKind,
}

/// `result = function { terms : alternatives }`.
#[derive(Clone, Debug)]
pub(crate) struct Aggregate {
    pub(crate) result: VariableId,
    /// Whether `result` has a value already, to be compared with.
    pub(crate) bound: bool,
    pub(crate) function: AggregateFunction,
    /// Each term, and whether it is a number, date or text.
    pub(crate) terms: Vec<(Term, bool)>,
    pub(crate) alternatives: Vec<Vec<Step>>,
    pub(crate) only: Option<Truth>,
}

/// Which tuples a literal may use in one version of a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Reads {
    /// Only what has this truth.
    pub(crate) only: Option<Truth>,
    /// Which rounds of a relation of the same component.
    pub(crate) rows: Rounds,
}

/// Rounds of a relation that is being computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Rounds {
    /// All finished rounds.
    #[default]
    All,
    /// All finished rounds but the last.
    Stable,
    /// The last finished round.
    Delta,
}
