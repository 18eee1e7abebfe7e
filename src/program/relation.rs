//! Sorts, relations and actions: the vocabulary.

use crate::base::{Span, define_id};
use crate::lang::ast::Role;

use super::{DocumentId, StatementId};

define_id! {
    /// A sort.
    SortId,
    /// A relation, declared or introduced by the lowering.
    RelationId,
    /// An action, or the situation that an atom holds, which norms speak of in the same way.
    ActionId,
}

/// Words for readers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Texts {
    /// English, where given.
    pub en: Option<String>,
    /// French, where given.
    pub fr: Option<String>,
}

/// What individuals are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sort {
    /// Its name.
    pub name: String,
    /// How its values are kept.
    pub kind: SortKind,
    /// Where it was declared; `None` for those built in.
    pub span: Option<Span>,
}

/// The kinds of sorts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SortKind {
    /// Named things that facts declare.
    Entity,
    /// Names listed in the policy.
    Enumerated,
    /// Whole numbers.
    Integer,
    /// Days or minutes.
    Date,
    /// Any text.
    Text,
}

impl SortKind {
    /// Whether values are numbers, which compare by size.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Date)
    }
}

/// The sorts that are always there, with fixed ids.
impl SortId {
    /// People, organisations, offices.
    pub const ACTOR: Self = Self(0);
    /// Accounts.
    pub const ACCOUNT: Self = Self(1);
    /// Content.
    pub const CONTENT: Self = Self(2);
    /// Resources.
    pub const RESOURCE: Self = Self(3);
    /// Acts, and situations judged like acts.
    pub const ACT: Self = Self(4);
    /// Whole numbers.
    pub const INTEGER: Self = Self(5);
    /// Days or minutes.
    pub const DATE: Self = Self(6);
    /// Any text.
    pub const TEXT: Self = Self(7);
}

/// A column of a relation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its name, which templates use.
    pub name: String,
    /// Its sort.
    pub sort: SortId,
}

/// A named set of tuples.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The name as written in policies.
    pub name: String,
    /// What it is.
    pub kind: RelationKind,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Unknown, rather than false, where nothing says otherwise.
    pub open: bool,
    /// Nobody can change it.
    pub fixed: bool,
    /// The last column has at most one value for each value of the others.
    pub single_valued: bool,
    /// The relation whose facts it reads: itself, unless it is a document's own copy.
    pub declared: RelationId,
    /// The document whose definitions it follows, where those differ from the shared ones.
    pub document: Option<DocumentId>,
    /// The relation of the tuples that rules conclude false, always in a lower stratum.
    pub negation: Option<RelationId>,
    /// What it means (`///`).
    pub meaning: String,
    /// The templates it is read with: `{account}` stands for the column of that name.
    pub texts: Texts,
    /// Where it was declared; `None` for those built in.
    pub span: Option<Span>,
}

impl Relation {
    /// Number of columns.
    pub fn arity(&self) -> usize {
        self.columns.len()
    }

    /// How many leading columns identify a row that facts can close ("these two and no one
    /// else"): all but the last for a single-valued relation, the first of two otherwise.
    /// `None` where rows cannot be closed.
    pub fn row_key(&self) -> Option<usize> {
        match self.arity() {
            arity if self.single_valued => Some(arity - 1),
            2 => Some(1),
            _ => None,
        }
    }
}

/// What a relation is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RelationKind {
    /// Declared in the vocabulary: facts and rules.
    Declared,
    /// The individuals of a sort: `account(X)`.
    Sort(SortId),
    /// Acts of an action or below it. One column: the act.
    Action(ActionId),
    /// What fills a role, of one sort. Columns: the act, the filler. Single-valued; open, as an
    /// optional role that the facts leave out is unknown.
    Role(Role),
    /// The arguments of a situation. Columns: the act, then those of the relation.
    Situation(RelationId),
    /// Acts that the facts record. One column.
    Recorded,
    /// Acts recorded as performed. One column.
    Done,
    /// Acts recorded as planned. One column.
    Planned,
    /// Acts recorded as omitted. One column.
    Omitted,
    /// The dates of the acts judged. One column.
    Now,
    /// Tuples that definitions conclude false of the relation.
    Negation(RelationId),
    /// A definition's tuples before others set it aside (`applies`), and after (`holds`).
    Definition {
        /// The definition.
        statement: StatementId,
        /// After the definitions that override it are taken into account.
        holds: bool,
    },
    /// Acts that a document governs. One column.
    Governed(DocumentId),
    /// Acts that a document excludes from its scope. One column.
    Excluded(DocumentId),
}

/// An action, or a situation.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its name; for a situation, the relation's.
    pub name: String,
    /// The relation, where this is the situation that an atom of it holds.
    pub situation: Option<RelationId>,
    /// The relation of the arguments, where this is a situation.
    pub arguments: Option<RelationId>,
    /// Its roles with those of its ancestors, in order of [`Role::ALL`].
    pub roles: Vec<ActionRole>,
    /// The actions directly above it.
    pub parents: Vec<ActionId>,
    /// Itself and all above it, nearest first, `any` last.
    pub ancestors: Vec<ActionId>,
    /// The unary relation of its acts (its own and those of the actions below).
    pub relation: RelationId,
    /// What it means (`///`).
    pub meaning: String,
    /// What it is called.
    pub texts: Texts,
    /// Where it was declared; `None` for `any`.
    pub span: Option<Span>,
}

impl ActionId {
    /// The root of all actions.
    pub const ANY: Self = Self(0);
}

/// A role of an action.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ActionRole {
    /// Which.
    pub role: Role,
    /// An act may lack it.
    pub optional: bool,
    /// The sort of what fills it.
    pub sort: SortId,
}
