//! The checked model of a policy set: ids only, every name resolved, every rule safe and
//! stratified. Made by [`from_ast`](self::from_ast); the engine and the deontic layer read it.

mod act;
mod checks;
mod from_ast;
mod norm;
mod query;
mod reach;
mod relation;
mod rule;
mod strata;
mod value;
pub(crate) mod visit;

use std::collections::BTreeMap;

use crate::base::{Span, Table};
use crate::lang::ast::Role;

pub use act::{ActRows, act_rows};
pub(crate) use checks::oppose;
pub use checks::unmentioned_symbols;
pub use from_ast::{check, from_ast, lower, lower_act, lower_atom, lower_query};
pub use norm::{
    ActTerm, Arising, Condition, ConditionBody, Document, DocumentId, Due, LateLiteral, Modality,
    Never, Norm, NormBody, NormId, Principle, Rank, Statement, StatementId, StatementKind, Under,
};
pub use query::{ActDescription, ActRecord, Mode, Query};
pub use relation::{
    Action, ActionId, ActionRole, Column, Relation, RelationId, RelationKind, Sort, SortId,
    SortKind, Texts,
};
pub(crate) use rule::VariableSet;
pub use rule::{
    Atom, Expression, Literal, LiteralKind, Operand, Origin, Rule, RuleId, Term, Unit, Variable,
    VariableId, Variables,
};
pub use strata::{
    Component, ComponentId, Dependency, Strata, collect as collect_dependencies, dependencies,
};
pub use value::{Universe, Value};

/// A policy set.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Sorts; those built in have the fixed ids of [`SortId`].
    pub sorts: Table<SortId, Sort>,
    /// Relations, declared ones in order of declaration, then those introduced.
    pub relations: Table<RelationId, Relation>,
    /// Actions; [`ActionId::ANY`] first, situations last.
    pub actions: Table<ActionId, Action>,
    /// Documents.
    pub documents: Table<DocumentId, Document>,
    /// Statements with ids, in order of files and text.
    pub statements: Table<StatementId, Statement>,
    /// Norms and reparations.
    pub norms: Table<NormId, Norm>,
    /// Rules in order of files and text.
    pub rules: Table<RuleId, Rule>,
    /// What cannot be.
    pub nevers: Vec<Never>,
    /// The principles of `resolve by` in order; all three where nothing is said.
    pub principles: Vec<Principle>,
    /// The relation of each role and sort.
    pub roles: BTreeMap<(Role, SortId), RelationId>,
    /// The relations that are always there.
    pub builtin: Builtin,
    /// The order of evaluation.
    pub strata: Strata,
    /// The relations that documents read in the place of shared ones.
    pub copies: BTreeMap<(DocumentId, RelationId), RelationId>,
    /// The individuals that policies name, each time that they do.
    pub mentions: Vec<Mention>,
}

/// An individual that a policy names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// Its sort.
    pub sort: SortId,
    /// Which it is.
    pub value: Value,
    /// A rule or definition names it, and not only a norm or a scope.
    pub rule: bool,
    /// Where.
    pub span: Span,
}

/// The relations that are always there, with fixed ids.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// Acts that the facts record.
    pub recorded: RelationId,
    /// Acts recorded as performed.
    pub done: RelationId,
    /// Acts recorded as planned.
    pub planned: RelationId,
    /// Acts recorded as omitted.
    pub omitted: RelationId,
    /// The dates of the acts judged.
    pub now: RelationId,
}

impl Default for Builtin {
    fn default() -> Self {
        Self {
            recorded: RelationId(0),
            done: RelationId(1),
            planned: RelationId(2),
            omitted: RelationId(3),
            now: RelationId(4),
        }
    }
}

impl Program {
    /// The sort called `name`.
    pub fn sort_named(&self, name: &str) -> Option<SortId> {
        self.sorts
            .entries()
            .find_map(|(id, sort)| (sort.name == name).then_some(id))
    }

    /// The shared relation called `name` that facts and queries speak of.
    pub fn relation_named(&self, name: &str) -> Option<RelationId> {
        self.relations.entries().find_map(|(id, relation)| {
            let shared = relation.document.is_none()
                && matches!(
                    relation.kind,
                    RelationKind::Declared | RelationKind::Sort(_)
                );
            (shared && relation.name == name).then_some(id)
        })
    }

    /// The action called `name`, situations left out.
    pub fn action_named(&self, name: &str) -> Option<ActionId> {
        self.actions.entries().find_map(|(id, action)| {
            (action.situation.is_none() && action.name == name).then_some(id)
        })
    }

    /// The situation that an atom of `relation` holds, if some norm speaks of it.
    pub fn situation_of(&self, relation: RelationId) -> Option<ActionId> {
        self.actions
            .entries()
            .find_map(|(id, action)| (action.situation == Some(relation)).then_some(id))
    }

    /// The document called `name`.
    pub fn document_named(&self, name: &str) -> Option<DocumentId> {
        self.documents
            .entries()
            .find_map(|(id, document)| (document.name == name).then_some(id))
    }

    /// The norm with the id `id`.
    pub fn norm_named(&self, id: &str) -> Option<NormId> {
        self.norms
            .entries()
            .find_map(|(norm, row)| (row.id == id).then_some(norm))
    }

    /// The relation that `document` reads where it writes the name of `relation`: its own copy,
    /// or the shared one.
    pub fn read_by(&self, document: DocumentId, relation: RelationId) -> RelationId {
        let copy = self.copies.get(&(document, relation));
        copy.copied().unwrap_or(relation)
    }

    /// Whether `action` is `ancestor` or below it.
    pub fn is_a(&self, action: ActionId, ancestor: ActionId) -> bool {
        self.actions[action].ancestors.contains(&ancestor)
    }
}
