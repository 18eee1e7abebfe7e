//! Rules as the engine sees them: atoms over relation ids, conjunctions, and where each came from.

use std::sync::Arc;

use crate::base::{IdSet, Span, Table, define_id};
use crate::lang::ast::{AggregateFunction, Comparison};

use super::{DocumentId, NormId, RelationId, SortId, StatementId, Value};

define_id! {
    /// A variable of one rule or norm body.
    VariableId,
    /// A rule.
    RuleId,
}

impl VariableId {
    /// The act judged, in every norm body; the act asked about, in a question.
    pub const JUDGED: Self = Self(0);
}

/// A variable: its name as written (`None` for those that a step of the lowering introduced)
/// and its sort.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Variable {
    /// The name in the text; shared, as a norm's many bodies repeat it.
    pub name: Option<Arc<str>>,
    /// What it ranges over.
    pub sort: SortId,
}

/// Some variables of a rule, a norm body or a query.
pub(crate) type VariableSet = IdSet<VariableId>;

/// The variables of a rule, a norm body or a query.
pub type Variables = Table<VariableId, Variable>;

/// An argument of an atom.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Term {
    /// A variable of the rule.
    Variable(VariableId),
    /// A value of the column's sort.
    Constant(Value),
    /// Whatever it is.
    Any,
}

/// A relation applied to terms, one per column.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Atom {
    /// The relation.
    pub relation: RelationId,
    /// One term per column.
    pub terms: Vec<Term>,
}

/// A condition and where it stands in the text.
#[derive(Clone, Debug)]
pub struct Literal {
    /// What it says.
    pub kind: LiteralKind,
    /// Where it was written.
    pub span: Span,
}

/// The kinds of conditions.
#[derive(Clone, Debug)]
pub enum LiteralKind {
    /// The atom holds.
    Positive(Atom),
    /// No values of the variables that occur in it alone make the whole conjunction hold.
    /// `not p(X)` is a conjunction of one; so is each `unless` without `or`. All other
    /// variables are bound by positive literals outside.
    Negative(Vec<Literal>),
    /// The two sides compare so. With `Equal`, a side that is one variable which nothing else
    /// binds is bound by it.
    Compare {
        /// Left side.
        left: Expression,
        /// How they compare.
        operator: Comparison,
        /// Right side.
        right: Expression,
        /// The sort of both sides.
        sort: SortId,
    },
    /// `result` is the value of `function` over the distinct tuples of `terms` for which one
    /// of the alternatives holds. `min` and `max` of nothing do not hold. Variables that occur
    /// outside as well are bound outside.
    Aggregate {
        /// The variable that takes the value.
        result: VariableId,
        /// What is worked out.
        function: AggregateFunction,
        /// The tuple; its first component is added or compared.
        terms: Vec<Term>,
        /// Conjunctions, one of which must hold.
        alternatives: Vec<Vec<Literal>>,
    },
}

/// A sum of coefficients times operands. Of a sort of names it is one operand with
/// coefficient 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expression {
    /// The summands in order of writing.
    pub terms: Vec<(i64, Operand)>,
}

/// What is computed with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// A variable.
    Variable(VariableId),
    /// A value of the comparison's sort.
    Constant(Value),
    /// A length of time, added to a date or compared with the difference of two.
    Duration(i64, Unit),
}

/// Units of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Unit {
    /// Minutes.
    Minutes,
    /// Hours of 60 minutes.
    Hours,
    /// Days of 24 hours.
    Days,
    /// Weeks of 7 days.
    Weeks,
    /// Months by the calendar.
    Months,
    /// Years by the calendar.
    Years,
}

impl Unit {
    /// All units with their words, singular and plural.
    pub const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Minutes, "minute", "minutes"),
        (Self::Hours, "hour", "hours"),
        (Self::Days, "day", "days"),
        (Self::Weeks, "week", "weeks"),
        (Self::Months, "month", "months"),
        (Self::Years, "year", "years"),
    ];

    /// The unit that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|&(_, one, many)| word == one || word == many)
            .map(|(unit, _, _)| unit)
    }

    /// The moment `amount` units after `minutes` since 1970; `None` past the end of time.
    pub fn add(self, minutes: i64, amount: i64) -> Option<i64> {
        let calendar = match self {
            Self::Months => jiff::Span::new().try_months(amount),
            Self::Years => jiff::Span::new().try_years(amount),
            _ => return minutes.checked_add(self.minutes()?.checked_mul(amount)?),
        };
        let start = jiff::civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
        let span = jiff::Span::new().try_minutes(minutes).ok()?;
        let moved = start
            .checked_add(span)
            .ok()?
            .checked_add(calendar.ok()?)
            .ok()?;
        let since = moved.since((jiff::Unit::Minute, start)).ok()?;
        Some(since.get_minutes())
    }

    /// Its length in minutes; `None` for months and years, which the calendar decides.
    pub fn minutes(self) -> Option<i64> {
        match self {
            Self::Minutes => Some(1),
            Self::Hours => Some(60),
            Self::Days => Some(24 * 60),
            Self::Weeks => Some(7 * 24 * 60),
            Self::Months | Self::Years => None,
        }
    }
}

/// `head` holds if all of `body` does. An `or` becomes several rules of one origin.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What it concludes.
    pub head: Atom,
    /// Its variables.
    pub variables: Variables,
    /// Its conditions.
    pub body: Vec<Literal>,
    /// What it is part of.
    pub origin: Origin,
    /// Where it was written.
    pub span: Span,
}

/// What a rule is part of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Origin {
    /// A rule of the vocabulary, shared by all documents.
    Vocabulary,
    /// What a document defines, before other definitions set it aside.
    Definition(StatementId),
    /// From a definition that holds to the relation that it concludes.
    Conclusion(StatementId),
    /// A scope of a document.
    Scope(StatementId),
    /// That a document governs an act: some `governs` holds and no `excludes` does.
    Governed(DocumentId),
    /// A consequence that no breach is asked for.
    Consequence(NormId),
}
