//! Documents and what they state: norms, definitions, scopes, notes.

use std::sync::Arc;

use crate::base::{Span, define_id};
use crate::lang::ast::{self, Direction, Role, StatusWord};

use super::{
    ActionId, Atom, Expression, Literal, RelationId, Term, Texts, Unit, VariableId, Variables,
};

define_id! {
    /// A document.
    DocumentId,
    /// A statement of a document that carries an id: a norm, definition, scope or note.
    StatementId,
    /// A norm. Reparations are norms of their own.
    NormId,
}

/// A guideline.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name, the prefix of its statements' ids.
    pub name: String,
    /// Its title.
    pub title: Texts,
    /// The legal order it belongs to.
    pub jurisdiction: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Its rank.
    pub rank: Option<Rank>,
    /// First minute in force.
    pub from: Option<i64>,
    /// First minute no longer in force.
    pub until: Option<i64>,
    /// The source text's file name and SHA-256.
    pub source: Option<(String, String)>,
    /// Whether any scope limits it to some acts; none governs everything.
    pub governed: Option<RelationId>,
    /// Where it was declared.
    pub span: Span,
}

impl Document {
    /// Whether it is in force at `minutes` (from ≤ at < until).
    pub fn in_force(&self, minutes: i64) -> bool {
        self.from.is_none_or(|from| from <= minutes)
            && self.until.is_none_or(|until| minutes < until)
    }
}

/// The rank of a document, lowest first, so that `>` reads "superior to".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rank {
    /// A guideline.
    Guideline,
    /// A directive.
    Directive,
    /// A policy.
    Policy,
    /// A regulation.
    Regulation,
    /// An act of a legislature.
    Act,
}

impl Rank {
    /// All ranks with their words.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Guideline, "guideline"),
        (Self::Directive, "directive"),
        (Self::Policy, "policy"),
        (Self::Regulation, "regulation"),
        (Self::Act, "act"),
    ];
}

/// A principle of `resolve by`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Principle {
    /// `overrides`.
    Exception,
    /// Rank of the documents.
    Superior,
    /// Date in force of the documents.
    Later,
}

impl Principle {
    /// All principles with their words.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Exception, "exception"),
        (Self::Superior, "superior"),
        (Self::Later, "later"),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exception => "exception",
            Self::Superior => "superior",
            Self::Later => "later",
        }
    }
}

/// A statement that carries an id, as written: what `norms` browses and explanations cite.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its id, such as `on-ministers/068`.
    pub id: String,
    /// The document it is part of.
    pub document: DocumentId,
    /// Cited line ranges of the source text, inclusive.
    pub lines: Vec<(u32, u32)>,
    /// The summary in our words.
    pub texts: Texts,
    /// What it is.
    pub kind: StatementKind,
    /// The tree it was lowered from, for reading it back.
    pub ast: Arc<ast::StatementKind>,
    /// Comments `///` above it.
    pub meaning: String,
    /// Where it stands.
    pub span: Span,
}

/// What a statement with an id is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StatementKind {
    /// A norm, with its reparations behind it.
    Norm(Vec<NormId>),
    /// A definition of a relation (the document's own copy).
    Definition(RelationId),
    /// A scope.
    Scope,
    /// A note; the norm carries the acts it is shown with, if any.
    Note(Option<NormId>),
}

/// What a norm lays down.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Modality {
    /// `forbid T`.
    Forbid,
    /// `permit T`.
    Permit,
    /// `permit not T`: need not.
    Exempt,
    /// `oblige T`.
    Oblige,
    /// `require BODY for ACT`.
    Require,
    /// `discourage T`.
    Discourage,
    /// `recommend T`.
    Recommend,
    /// `consider ACT`.
    Consider(Option<Direction>),
    /// `consequence ATOM`.
    Consequence,
    /// `note … for ACT`: "also check".
    AlsoCheck,
}

impl Modality {
    /// The word for it in JSON and tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Forbid => "forbid",
            Self::Permit => "permit",
            Self::Exempt => "permit-not",
            Self::Oblige => "oblige",
            Self::Require => "require",
            Self::Discourage => "discourage",
            Self::Recommend => "recommend",
            Self::Consider(_) => "consider",
            Self::Consequence => "consequence",
            Self::AlsoCheck => "note",
        }
    }
}

/// A norm, ready to be evaluated. `forbid not T` is lowered to an oblige, `oblige not T` to a
/// forbid, `discourage not T` and `recommend not T` to each other.
#[derive(Clone, Debug)]
pub struct Norm {
    /// Its id; a reparation's ends in `/1`.
    pub id: String,
    /// The statement that it stands in.
    pub statement: StatementId,
    /// The document it is part of.
    pub document: DocumentId,
    /// What it lays down.
    pub modality: Modality,
    /// The actions (or the one situation) that it speaks of; empty for consequences.
    pub actions: Vec<ActionId>,
    /// The names of its `per`, in order; `per act` and no `per` have none.
    pub per: Vec<String>,
    /// Applies to the act `VariableId(0)` if one of these does. For a duty: the act would
    /// fulfil it. Empty for a consequence.
    pub bodies: Vec<NormBody>,
    /// Where the duty, advice or consequence arises, whatever act would fulfil it: for oblige,
    /// recommend, discourage with an act target, exempt, reparations and consequences.
    pub arises: Vec<Arising>,
    /// `require`: what must hold, over the variables of each of `bodies`.
    pub condition: Option<Condition>,
    /// `within`: amount and unit.
    pub within: Option<(i64, Unit)>,
    /// Norms that it sets aside.
    pub overrides: Vec<NormId>,
    /// The norm whose breach it repairs.
    pub repairs: Option<NormId>,
    /// Its own conditions ask for breaches, so `breach` over its document passes it by.
    pub asks_breach: bool,
    /// Where it stands.
    pub span: Span,
}

/// A conjunction with what only judging other acts can tell. `or` becomes several bodies.
#[derive(Clone, Debug)]
pub struct NormBody {
    /// Its variables; `VariableId(0)` is the act judged.
    pub variables: Variables,
    /// What the engine solves.
    pub literals: Vec<Literal>,
    /// What is asked of the solutions afterwards, all variables being bound.
    pub late: Vec<LateLiteral>,
    /// The variables of `per`, in its order.
    pub per: Vec<VariableId>,
    /// The variables that `when` or the act binds and that `require` has one condition for
    /// each value of.
    pub bound: Vec<VariableId>,
    /// Whose the act or situation is to see to: the target's `by`.
    pub bearer: Option<Term>,
    /// Where the norm's conditions stand.
    pub span: Span,
}

/// Where a duty or a consequence arises.
#[derive(Clone, Debug)]
pub struct Arising {
    /// The conditions. `VariableId(0)` is the act in whose light it is asked, where
    /// `through_judged`, and occurs nowhere otherwise.
    pub body: NormBody,
    /// Arises through the act judged ("if you do this, you must then …").
    pub through_judged: bool,
    /// What is due.
    pub due: Due,
    /// The variable of the date that `within` counts from.
    pub after: Option<VariableId>,
    /// The variable of the moment at which it is asked, which has its value from outside.
    pub moment: VariableId,
    /// The dates that must have come by then.
    pub since: Vec<Expression>,
}

/// What is due, or follows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Due {
    /// An act of one of the norm's actions with these roles; `by` is the bearer.
    Act(Vec<(Role, Term)>),
    /// That the atom holds (or, of a consequence, it follows), and whose it is to see to.
    State {
        /// The atom.
        atom: Atom,
        /// The bearer.
        by: Option<Term>,
    },
}

/// What `require` requires.
#[derive(Clone, Debug)]
pub struct Condition {
    /// For each of the norm's bodies, in order: conjunctions over that body's variables, one of
    /// which must hold. Variables that the body does not bind mean "some".
    pub alternatives: Vec<Vec<ConditionBody>>,
}

/// One alternative of a condition.
#[derive(Clone, Debug)]
pub struct ConditionBody {
    /// What the engine solves.
    pub literals: Vec<Literal>,
    /// What is asked of the solutions afterwards.
    pub late: Vec<LateLiteral>,
}

/// What only judging other acts can tell.
#[derive(Clone, Debug)]
pub enum LateLiteral {
    /// `[not] prohibited(…)` and the like.
    Status {
        /// `not` was written.
        negated: bool,
        /// Permitted, prohibited, breach or unsettled.
        status: StatusWord,
        /// Which act.
        act: ActTerm,
        /// By which document or norm alone.
        under: Option<Under>,
        /// Where it was written.
        span: Span,
    },
    /// An `unless` with such a literal in it: no solution of `literals` passes all of `late`.
    Negative {
        /// What the engine solves.
        literals: Vec<Literal>,
        /// What is asked of the solutions.
        late: Vec<LateLiteral>,
        /// Where it was written.
        span: Span,
    },
}

impl LateLiteral {
    /// Where it was written.
    pub fn span(&self) -> Span {
        match self {
            Self::Status { span, .. } | Self::Negative { span, .. } => *span,
        }
    }
}

/// The act that a status literal asks about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ActTerm {
    /// A recorded act or the act judged, bound by the engine's literals.
    Bound(VariableId),
    /// The act of this action with these roles, declared or not; roles not named are absent.
    Denoted(ActionId, Vec<(Role, Term)>),
    /// Any breach by acts or omissions that match; roles not named are any.
    Breaches(Vec<ActionId>, Vec<(Role, Term)>),
}

/// `under on-ops` or `under on-ops/051`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Under {
    /// By a document alone.
    Document(DocumentId),
    /// By a norm.
    Norm(NormId),
}

/// What cannot be, with what to say when it is.
#[derive(Clone, Debug)]
pub struct Never {
    /// Its variables.
    pub variables: Variables,
    /// The alternatives (`or`), none of which may hold.
    pub alternatives: Vec<Vec<Literal>>,
    /// Why.
    pub texts: Texts,
    /// Where it stands.
    pub span: Span,
}
