//! A program that has a vocabulary and the names of norms, but no rules: all that facts are
//! held against.

use std::collections::BTreeMap;

use attendu::base::{FileId, Id, Span, Table};
use attendu::lang::ast::{self, Effect, Role, StatementKind, TargetKind};
use attendu::lang::parse_program;
use attendu::program::{
    Action, ActionId, ActionRole, Column, Document, DocumentId, Modality, Norm, Program, Relation,
    RelationId, RelationKind, Sort, SortId, SortKind, StatementId, Texts, Universe,
};

/// The vocabulary that `policy` declares.
pub fn vocabulary(policy: &str) -> (Program, Universe) {
    let (tree, diagnostics) = parse_program(FileId::new(0), policy);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let mut made = Vocabulary::default();
    made.built_in();
    for pass in 0..2 {
        for statement in &tree.statements {
            made.statement(&statement.kind, pass);
        }
    }
    made.roles();
    let mut universe = Universe::new(made.program.sorts.len());
    for (sort, member) in &made.members {
        universe.intern(*sort, member);
    }
    (made.program, universe)
}

#[derive(Default)]
struct Vocabulary {
    program: Program,
    members: Vec<(SortId, String)>,
}

impl Vocabulary {
    fn built_in(&mut self) {
        let named = ["actor", "account", "content", "resource", "act"];
        for name in named {
            self.sort(name, SortKind::Entity);
        }
        self.sort("integer", SortKind::Integer);
        self.sort("date", SortKind::Date);
        self.sort("text", SortKind::Text);
        for kind in [
            RelationKind::Recorded,
            RelationKind::Done,
            RelationKind::Planned,
            RelationKind::Omitted,
        ] {
            self.relation("", kind, &[SortId::ACT]);
        }
        self.relation("now", RelationKind::Now, &[SortId::DATE]);
        self.action("any", None, Vec::new(), Vec::new());
    }

    fn sort(&mut self, name: &str, kind: SortKind) -> SortId {
        self.program.sorts.push(Sort {
            name: name.to_owned(),
            kind,
            span: None,
        })
    }

    fn relation(&mut self, name: &str, kind: RelationKind, sorts: &[SortId]) -> RelationId {
        let columns = sorts.iter().map(|&sort| Column {
            name: self.program.sorts[sort].name.clone(),
            sort,
        });
        self.program.relations.push(Relation {
            name: name.to_owned(),
            kind,
            columns: columns.collect(),
            open: false,
            fixed: false,
            single_valued: false,
            declared: self.program.relations.next_id(),
            document: None,
            negation: None,
            meaning: String::new(),
            texts: Texts::default(),
            span: None,
        })
    }

    fn action(
        &mut self,
        name: &str,
        situation: Option<RelationId>,
        roles: Vec<ActionRole>,
        above: Vec<ActionId>,
    ) -> ActionId {
        let id = self.program.actions.next_id();
        let relation = self.relation(name, RelationKind::Action(id), &[SortId::ACT]);
        let mut ancestors = vec![id];
        for parent in &above {
            ancestors.extend(self.program.actions[*parent].ancestors.iter().copied());
        }
        self.program.actions.push(Action {
            name: name.to_owned(),
            situation,
            roles,
            parents: above,
            ancestors,
            relation,
            meaning: String::new(),
            texts: Texts::default(),
            span: None,
        })
    }

    fn statement(&mut self, kind: &StatementKind, pass: usize) {
        match (pass, kind) {
            (0, StatementKind::Sort(sort)) => {
                let kind = match sort.members {
                    Some(_) => SortKind::Enumerated,
                    None => SortKind::Entity,
                };
                let id = self.sort(&sort.name.node, kind);
                let members = sort.members.iter().flatten();
                self.members
                    .extend(members.map(|name| (id, name.node.clone())));
            }
            (0, StatementKind::Relation(relation)) => self.declared(relation),
            (0, StatementKind::Document(document)) => {
                self.program.documents.push(Document {
                    name: document.name.node.clone(),
                    title: Texts::default(),
                    jurisdiction: None,
                    publisher: None,
                    rank: None,
                    from: None,
                    until: None,
                    source: None,
                    governed: None,
                    span: Span::new(FileId::new(0), 0, 0),
                });
            }
            (1, StatementKind::Action(action)) => self.declared_action(action),
            (1, StatementKind::Norm(norm)) => self.norm(norm),
            _ => {}
        }
    }

    fn declared(&mut self, relation: &ast::Relation) {
        let parameters = relation.parameters.iter().chain(&relation.value);
        let columns: Vec<_> = parameters
            .map(|parameter| Column {
                name: parameter.name.node.clone(),
                sort: self.program.sort_named(&parameter.sort.node).unwrap(),
            })
            .collect();
        let id = self.relation(&relation.name.node, RelationKind::Declared, &[]);
        let row = &mut self.program.relations[id];
        row.columns = columns;
        row.open = relation.open;
        row.single_valued = relation.value.is_some();
    }

    fn declared_action(&mut self, action: &ast::Action) {
        let roles = action.roles.iter().map(|role| ActionRole {
            role: role.role.node,
            optional: role.optional,
            sort: self.program.sort_named(&role.sort.node).unwrap(),
        });
        let mut roles: Vec<_> = roles.collect();
        roles.sort_by_key(|role| role.role);
        let parents = action.parents.iter();
        let mut above: Vec<_> = parents
            .map(|name| self.program.action_named(&name.node).unwrap())
            .collect();
        if above.is_empty() {
            above.push(ActionId::ANY);
        }
        self.action(&action.name.node, None, roles, above);
    }

    fn norm(&mut self, norm: &ast::Norm) {
        if let Effect::Forbid(target) = &norm.effect.node
            && let TargetKind::State { atom, .. } = &target.kind
        {
            let relation = self.program.relation_named(&atom.relation.node).unwrap();
            let by = ActionRole {
                role: Role::By,
                optional: true,
                sort: SortId::ACTOR,
            };
            let name = atom.relation.node.as_str();
            self.action(name, Some(relation), vec![by], Vec::new());
            let columns = &self.program.relations[relation].columns;
            let mut sorts = vec![SortId::ACT];
            sorts.extend(columns.iter().map(|column| column.sort));
            self.relation(name, RelationKind::Situation(relation), &sorts);
        }
        self.program.norms.push(Norm {
            id: norm.id.node.clone(),
            statement: StatementId::new(0),
            document: DocumentId::new(0),
            modality: Modality::Forbid,
            actions: Vec::new(),
            per: Vec::new(),
            bodies: Vec::new(),
            arises: Vec::new(),
            condition: None,
            within: None,
            overrides: Vec::new(),
            repairs: None,
            span: norm.id.span,
        });
    }

    fn roles(&mut self) {
        let mut used = vec![(Role::By, SortId::ACTOR), (Role::At, SortId::DATE)];
        let actions: &Table<ActionId, Action> = &self.program.actions;
        for action in actions {
            used.extend(action.roles.iter().map(|role| (role.role, role.sort)));
        }
        used.sort_unstable();
        used.dedup();
        let mut roles = BTreeMap::new();
        for (role, sort) in used {
            let relation =
                self.relation(role.word(), RelationKind::Role(role), &[SortId::ACT, sort]);
            roles.insert((role, sort), relation);
        }
        self.program.roles = roles;
    }
}
