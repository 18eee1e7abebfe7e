//! What each name of a policy set stands for, and what to say of a name that stands for nothing.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::base::{Diagnostic, nearest};
use crate::lang::ast::{Name, Reference, Role};
use crate::program::{
    ActionId, DocumentId, NormId, Program, RelationId, RelationKind, SortId, StatementId,
};

use super::sorts::Sorts;

/// The names that policies may use, by what they name.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) sorts: BTreeMap<String, SortId>,
    pub(super) relations: BTreeMap<String, RelationId>,
    pub(super) actions: BTreeMap<String, ActionId>,
    pub(super) documents: BTreeMap<String, DocumentId>,
    pub(super) statements: BTreeMap<String, StatementId>,
    pub(super) norms: BTreeMap<String, NormId>,
    /// The sorts that a role can have in acts of an action, or of some action below it.
    pub(super) role_sorts: FxHashMap<(ActionId, Role), Sorts>,
    /// Names whose declaration has an error of its own: nothing more is said of their uses.
    pub(super) broken: BTreeSet<String>,
}

/// A name that could not be resolved; `None` where the error was reported elsewhere.
pub(super) type Unresolved = Option<Box<Diagnostic>>;

impl Names {
    /// The names of a program that has been declared.
    pub(super) fn of(program: &Program) -> Self {
        let relations = program.relations.entries().filter(|(_, relation)| {
            relation.document.is_none()
                && matches!(
                    relation.kind,
                    RelationKind::Declared | RelationKind::Sort(_) | RelationKind::Now
                )
        });
        let actions = program
            .actions
            .entries()
            .filter(|(_, action)| action.situation.is_none());
        Self {
            sorts: by_name(program.sorts.entries(), |sort| &sort.name),
            relations: by_name(relations, |relation| &relation.name),
            actions: by_name(actions, |action| &action.name),
            documents: by_name(program.documents.entries(), |document| &document.name),
            statements: by_name(program.statements.entries(), |statement| &statement.id),
            norms: by_name(program.norms.entries(), |norm| &norm.id),
            role_sorts: role_sorts(program),
            broken: BTreeSet::new(),
        }
    }

    /// The relation called `name`.
    pub(super) fn relation(&self, name: &Name) -> Result<RelationId, Unresolved> {
        self.find(&self.relations, name, "unknown-relation", "relation")
            .map_err(|unresolved| {
                let mut diagnostic = unresolved?;
                if self.actions.contains_key(&name.node) {
                    diagnostic.help = Some(format!(
                        "`{0}` is an action: write `case({0} …)`, or leave out the parentheses",
                        name.node
                    ));
                }
                Some(diagnostic)
            })
    }

    /// The action called `name`.
    pub(super) fn action(&self, name: &Name) -> Result<ActionId, Unresolved> {
        self.find(&self.actions, name, "unknown-action", "action")
    }

    /// The sort called `name`.
    pub(super) fn sort(&self, name: &Name) -> Result<SortId, Unresolved> {
        self.find(&self.sorts, name, "unknown-sort", "sort")
    }

    /// The document that `reference` is an id of: what stands before its first slash.
    pub(super) fn document_of(&self, reference: &Reference) -> Result<DocumentId, Unresolved> {
        let (document, _) = reference
            .node
            .split_once('/')
            .unwrap_or((&reference.node, ""));
        let name = Name {
            node: document.to_owned(),
            span: reference.span,
        };
        self.find(&self.documents, &name, "unknown-document", "document")
    }

    fn find<T: Copy>(
        &self,
        known: &BTreeMap<String, T>,
        name: &Name,
        code: &'static str,
        what: &str,
    ) -> Result<T, Unresolved> {
        if let Some(&id) = known.get(&name.node) {
            return Ok(id);
        }
        if self.broken.contains(&name.node) {
            return Err(None);
        }
        Err(Some(Box::new(unknown(code, what, name, known.keys()))))
    }
}

/// The sorts of the roles of all actions.
pub(super) fn role_sorts(program: &Program) -> FxHashMap<(ActionId, Role), Sorts> {
    let mut sorts: FxHashMap<_, Sorts> = FxHashMap::default();
    for action in &program.actions {
        for role in &action.roles {
            for &above in &action.ancestors {
                sorts
                    .entry((above, role.role))
                    .or_default()
                    .insert(role.sort);
            }
        }
    }
    sorts
}

/// The diagnostic for a name that stands for nothing, with the nearest name that does.
pub(super) fn unknown<'a>(
    code: &'static str,
    what: &str,
    name: &Name,
    known: impl IntoIterator<Item = &'a String>,
) -> Diagnostic {
    let guess = nearest(&name.node, known.into_iter().map(String::as_str));
    Diagnostic::error(
        code,
        name.span,
        format!("no {what} is called `{}`", name.node),
    )
    .label(format!("unknown {what}"))
    .maybe_help(guess.map(|guess| format!("did you mean `{guess}`?")))
}

fn by_name<'a, I, T: 'a>(
    rows: impl Iterator<Item = (I, &'a T)>,
    name: impl Fn(&T) -> &String,
) -> BTreeMap<String, I> {
    let mut names = BTreeMap::new();
    for (id, row) in rows {
        names.entry(name(row).clone()).or_insert(id);
    }
    names
}
