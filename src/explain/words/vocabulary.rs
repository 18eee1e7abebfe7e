//! The templates that atoms and acts are read with, by name.

use std::collections::BTreeMap;

use crate::lang::ast::{self, Role};
use crate::program::{Program, RelationKind, Texts};

/// What relations and actions are called.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Vocabulary {
    /// Relations by name, sorts used as relations left out.
    pub relations: BTreeMap<String, RelationEntry>,
    /// Actions by name.
    pub actions: BTreeMap<String, ActionEntry>,
}

/// How a relation is read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RelationEntry {
    /// The names and sorts of its columns.
    pub columns: Vec<(String, String)>,
    /// Its templates.
    pub texts: Texts,
}

/// How an action is read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ActionEntry {
    /// Its roles, whether an act may lack them, and the sorts of what fills them.
    pub roles: Vec<(Role, bool, String)>,
    /// What it is called: an infinitive without "to", in which `{of}` and the like may stand
    /// for what fills a role.
    pub texts: Texts,
}

impl Vocabulary {
    /// The vocabulary of a checked program.
    pub fn of_program(program: &Program) -> Self {
        let sort = |id| program.sorts[id].name.clone();
        let relations = program
            .relations
            .iter()
            .filter(|relation| {
                relation.document.is_none() && relation.kind == RelationKind::Declared
            })
            .map(|relation| {
                let columns = relation.columns.iter();
                let entry = RelationEntry {
                    columns: columns
                        .map(|column| (column.name.clone(), sort(column.sort)))
                        .collect(),
                    texts: relation.texts.clone(),
                };
                (relation.name.clone(), entry)
            });
        let actions = program
            .actions
            .iter()
            .filter(|action| action.situation.is_none())
            .map(|action| {
                let roles = action.roles.iter();
                let entry = ActionEntry {
                    roles: roles
                        .map(|role| (role.role, role.optional, sort(role.sort)))
                        .collect(),
                    texts: action.texts.clone(),
                };
                (action.name.clone(), entry)
            });
        Self {
            relations: relations.collect(),
            actions: actions.collect(),
        }
    }

    /// The vocabulary that `statements` declare, where no program was made of them.
    pub fn of_statements<'s>(statements: impl IntoIterator<Item = &'s ast::Statement>) -> Self {
        let mut vocabulary = Self::default();
        for statement in statements {
            match &*statement.kind {
                ast::StatementKind::Relation(relation) => vocabulary.add_relation(relation),
                ast::StatementKind::Action(action) => vocabulary.add_action(action),
                _ => {}
            }
        }
        vocabulary
    }

    fn add_relation(&mut self, relation: &ast::Relation) {
        let columns = relation.parameters.iter().chain(&relation.value);
        let entry = RelationEntry {
            columns: columns
                .map(|column| (column.name.node.clone(), column.sort.node.clone()))
                .collect(),
            texts: texts(&relation.texts),
        };
        self.relations.insert(relation.name.node.clone(), entry);
    }

    fn add_action(&mut self, action: &ast::Action) {
        let roles = action.roles.iter();
        let entry = ActionEntry {
            roles: roles
                .map(|role| (role.role.node, role.optional, role.sort.node.clone()))
                .collect(),
            texts: texts(&action.texts),
        };
        self.actions.insert(action.name.node.clone(), entry);
    }

    /// The sort of what fills `role` in one of `actions`; for `any`, in some action.
    pub(super) fn role_sort(&self, actions: &[ast::Name], role: Role) -> Option<&str> {
        if role == Role::At {
            return Some("date");
        }
        let of = |entry: &'_ ActionEntry| entry.roles.iter().position(|(own, ..)| *own == role);
        let named = actions
            .iter()
            .filter_map(|name| self.actions.get(&name.node));
        named
            .chain(
                self.actions
                    .values()
                    .filter(|_| role != Role::Of && role != Role::To),
            )
            .find_map(|entry| {
                entry
                    .roles
                    .get(of(entry)?)
                    .map(|(_, _, sort)| sort.as_str())
            })
    }
}

/// The texts of a tree without their places.
fn texts(texts: &ast::Texts) -> Texts {
    let text = |text: &Option<ast::Spanned<String>>| text.as_ref().map(|text| text.node.clone());
    Texts {
        en: text(&texts.en),
        fr: text(&texts.fr),
    }
}
