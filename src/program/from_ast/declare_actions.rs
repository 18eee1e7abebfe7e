//! Declares actions: their hierarchy, their roles, the relations of both, and the situations
//! that norms speak of.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Diagnostic, Span};
use crate::lang::ast::{self, Role, StatementKind as Ast, TargetKind};
use crate::program::{
    Action, ActionId, ActionRole, Column, RelationId, RelationKind, SortId, Texts,
};

use super::declare::{Declarations, Files, duplicate, introduced, statements, texts};

impl Declarations {
    pub(super) fn actions(&mut self, files: Files<'_>) {
        self.root_action();
        let mut declared = Vec::new();
        for statement in statements(files) {
            let Ast::Action(action) = &*statement.kind else {
                continue;
            };
            if let Some(&first) = self.names.actions.get(&action.name.node) {
                let first = self.program.actions[first].span;
                self.found.push(duplicate("action", &action.name, first));
                continue;
            }
            let (name, span) = (&action.name.node, Some(action.name.span));
            let id = self.action(name, None, span);
            self.program.actions[id].meaning = statement.doc.join("\n");
            self.program.actions[id].texts = texts(&action.texts);
            self.names.actions.insert(name.clone(), id);
            declared.push((id, action));
        }
        for &(id, action) in &declared {
            self.parents(id, action);
        }
        self.ancestors();
        let own: BTreeMap<_, _> = declared
            .iter()
            .map(|&(id, action)| (id, self.own_roles(action)))
            .collect();
        self.inherit(&own);
        self.role_relations();
    }

    /// `any`: the root. Acts of all kinds have a time.
    fn root_action(&mut self) {
        let any = self.action("any", None, None);
        self.program.actions[any].roles.push(ActionRole {
            role: Role::At,
            optional: true,
            sort: SortId::DATE,
        });
        self.names.actions.insert("any".to_owned(), any);
    }

    fn action(
        &mut self,
        name: &str,
        situation: Option<RelationId>,
        span: Option<Span>,
    ) -> ActionId {
        let id = self.program.actions.next_id();
        let relation = self.introduce(name, RelationKind::Action(id), &[("act", SortId::ACT)]);
        self.program.actions.push(Action {
            name: name.to_owned(),
            situation,
            arguments: None,
            roles: Vec::new(),
            parents: Vec::new(),
            ancestors: vec![id],
            relation,
            meaning: String::new(),
            texts: Texts::default(),
            span,
        })
    }

    fn parents(&mut self, id: ActionId, action: &ast::Action) {
        for name in &action.parents {
            match self.names.action(name) {
                Ok(parent) => self.program.actions[id].parents.push(parent),
                Err(unresolved) => self.report(unresolved),
            }
        }
        if self.program.actions[id].parents.is_empty() {
            self.program.actions[id].parents.push(ActionId::ANY);
        }
    }

    /// Itself and all above it, nearest first, `any` last.
    fn ancestors(&mut self) {
        let ids: Vec<_> = self.program.actions.ids().collect();
        let mut cyclic = Vec::new();
        for id in ids {
            let mut ancestors = vec![id];
            let mut next = 0;
            while let Some(&action) = ancestors.get(next) {
                for parent in self.program.actions[action].parents.clone() {
                    if parent == id {
                        cyclic.push(id);
                    } else if parent != ActionId::ANY && !ancestors.contains(&parent) {
                        ancestors.push(parent);
                    }
                }
                next += 1;
            }
            if id != ActionId::ANY {
                ancestors.push(ActionId::ANY);
            }
            self.program.actions[id].ancestors = ancestors;
        }
        for id in cyclic {
            // One report for each circle, at the first of its actions.
            let first = self.program.actions[id]
                .ancestors
                .iter()
                .all(|&other| other >= id || !self.program.is_a(other, id));
            if first {
                self.cyclic(id);
            }
        }
    }

    fn cyclic(&mut self, id: ActionId) {
        let action = &self.program.actions[id];
        let Some(span) = action.span else { return };
        let found = Diagnostic::error(
            "cyclic-action",
            span,
            format!("action `{}` stands below itself", action.name),
        );
        self.found.push(
            found
                .label("is a way of doing itself")
                .help("take one `is` out of the circle"),
        );
    }

    fn own_roles(&mut self, action: &ast::Action) -> Vec<(ActionRole, Span)> {
        let mut roles: Vec<(ActionRole, Span)> = Vec::new();
        for declared in &action.roles {
            let (role, span) = (declared.role.node, declared.role.span);
            if let Some((_, first)) = roles.iter().find(|(known, _)| known.role == role) {
                self.found.push(
                    Diagnostic::error(
                        "duplicate-name",
                        span,
                        format!("role `{}` is declared twice", role.word()),
                    )
                    .label("declared again here")
                    .also(*first, "first declared here"),
                );
                continue;
            }
            match self.names.sort(&declared.sort) {
                Ok(sort) => roles.push((
                    ActionRole {
                        role,
                        optional: declared.optional,
                        sort,
                    },
                    declared.sort.span,
                )),
                Err(unresolved) => self.report(unresolved),
            }
        }
        roles
    }

    /// Gives each action the roles of those above it; its own come first.
    fn inherit(&mut self, own: &BTreeMap<ActionId, Vec<(ActionRole, Span)>>) {
        let ids: Vec<_> = self.program.actions.ids().collect();
        for id in ids {
            let mut roles: Vec<(ActionRole, Span)> = own.get(&id).cloned().unwrap_or_default();
            for ancestor in self.program.actions[id].ancestors.clone() {
                for &(role, span) in own.get(&ancestor).into_iter().flatten() {
                    match roles
                        .iter()
                        .find(|(known, _)| known.role == role.role)
                        .copied()
                    {
                        Some((known, at)) if known.sort != role.sort => {
                            self.clashing_roles(id, (known, at), (role, span));
                        }
                        Some(_) => {}
                        None => roles.push((role, span)),
                    }
                }
            }
            let mut roles: Vec<_> = roles.into_iter().map(|(role, _)| role).collect();
            if !roles.iter().any(|role| role.role == Role::At) {
                roles.push(ActionRole {
                    role: Role::At,
                    optional: true,
                    sort: SortId::DATE,
                });
            }
            roles.sort_by_key(|role| role.role);
            self.program.actions[id].roles = roles;
        }
    }

    fn clashing_roles(&mut self, id: ActionId, own: (ActionRole, Span), above: (ActionRole, Span)) {
        let sort = |role: ActionRole| self.program.sorts[role.sort].name.clone();
        let found = Diagnostic::error(
            "role-sort-mismatch",
            own.1,
            format!(
                "`{}` of `{}` is of sort {} here, but of sort {} in an action above it",
                own.0.role.word(),
                self.program.actions[id].name,
                sort(own.0),
                sort(above.0),
            ),
        );
        self.found.push(
            found
                .label(format!("{} here", sort(own.0)))
                .also(above.1, format!("{} here", sort(above.0)))
                .help("an action has the roles of those above it, of the same sorts"),
        );
    }

    /// One relation for each role and sort in use.
    fn role_relations(&mut self) {
        let mut used: BTreeSet<(Role, SortId)> = self
            .program
            .actions
            .iter()
            .flat_map(|action| action.roles.iter().map(|role| (role.role, role.sort)))
            .collect();
        used.insert((Role::By, SortId::ACTOR));
        for (role, sort) in used {
            let name = self.program.sorts[sort].name.clone();
            let columns = [("act", SortId::ACT), (name.as_str(), sort)];
            let id = self.introduce(role.word(), RelationKind::Role(role), &columns);
            self.program.roles.insert((role, sort), id);
        }
    }

    /// An action for each situation that some norm speaks of.
    pub(super) fn situations(&mut self, files: Files<'_>) {
        let mut targeted = Vec::new();
        for statement in statements(files) {
            let Ast::Norm(norm) = &*statement.kind else {
                continue;
            };
            let effect = match &norm.effect.node {
                ast::Effect::Forbid(target)
                | ast::Effect::Permit(target)
                | ast::Effect::Oblige(target)
                | ast::Effect::Discourage(target)
                | ast::Effect::Recommend(target) => Some(target),
                _ => None,
            };
            targeted.extend(effect);
            let mut otherwise = norm.otherwise.as_deref();
            while let Some(reparation) = otherwise {
                targeted.push(&reparation.target);
                otherwise = reparation.otherwise.as_deref();
            }
        }
        for target in targeted {
            if let TargetKind::State { atom, .. } = &target.kind
                && let Ok(relation) = self.names.relation(&atom.relation)
                && self.program.situation_of(relation).is_none()
            {
                self.situation(relation);
            }
        }
    }

    fn situation(&mut self, relation: RelationId) {
        let row = self.program.relations[relation].clone();
        let id = self.action(&row.name, Some(relation), row.span);
        let act = Column {
            name: "act".to_owned(),
            sort: SortId::ACT,
        };
        let columns = std::iter::once(act).chain(row.columns).collect();
        let kind = RelationKind::Situation(relation);
        let arguments = introduced(&self.program, &row.name, kind, columns);
        let action = &mut self.program.actions[id];
        action.arguments = Some(self.program.relations.push(arguments));
        action.meaning = row.meaning;
        action.texts = row.texts;
        action.roles = vec![
            ActionRole {
                role: Role::By,
                optional: true,
                sort: SortId::ACTOR,
            },
            ActionRole {
                role: Role::At,
                optional: true,
                sort: SortId::DATE,
            },
        ];
    }
}
