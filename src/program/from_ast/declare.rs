//! Declares what a policy set names: sorts, relations, documents, statements. What it declares
//! comes out whole even where single declarations have errors, so that all errors are found.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Diagnostic, FileId, Span};
use crate::lang::ast::{self, Name, StatementKind as Ast};
use crate::program::{
    Column, Program, Relation, RelationId, RelationKind, Sort, SortId, SortKind, StatementId,
    Texts, Universe,
};

use super::names::{self, Names, Unresolved};
use super::sorts::Sorts;

/// The statements of all files, in order.
pub(super) type Files<'a> = &'a [(FileId, ast::Program)];

/// A vocabulary that grows.
#[derive(Debug)]
pub(super) struct Declarations {
    pub(super) program: Program,
    pub(super) universe: Universe,
    pub(super) names: Names,
    pub(super) found: Vec<Diagnostic>,
}

/// A statement with an id: its row, its tree, and the place of both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Identified<'a> {
    pub(super) statement: StatementId,
    pub(super) tree: &'a ast::Statement,
}

/// All statements of all files in order.
pub(super) fn statements(files: Files<'_>) -> impl Iterator<Item = &ast::Statement> {
    files.iter().flat_map(|(_, file)| &file.statements)
}

/// Declares everything that `files` name, norms as empty rows with their ids.
pub(super) fn declare(files: Files<'_>) -> (Declarations, Vec<Identified<'_>>) {
    let mut declarations = Declarations {
        program: Program::default(),
        universe: Universe::default(),
        names: Names::default(),
        found: Vec::new(),
    };
    declarations.sorts(files);
    declarations.builtin_relations();
    declarations.relations(files);
    declarations.sort_relations();
    declarations.actions(files);
    declarations.documents(files);
    declarations.situations(files);
    let identified = declarations.identified(files);
    declarations.principles(files);
    declarations.scope_relations(&identified);
    declarations.names.role_sorts = names::role_sorts(&declarations.program);
    (declarations, identified)
}

pub(super) fn texts(texts: &ast::Texts) -> Texts {
    let node = |text: &Option<ast::Spanned<String>>| text.as_ref().map(|text| text.node.clone());
    Texts {
        en: node(&texts.en),
        fr: node(&texts.fr),
    }
}

pub(super) fn duplicate(what: &str, name: &Name, first: Option<Span>) -> Diagnostic {
    let found = Diagnostic::error(
        "duplicate-name",
        name.span,
        format!("{what} `{}` is declared twice", name.node),
    )
    .label("declared again here");
    match first {
        Some(first) => found.also(first, "first declared here"),
        None => found.note(format!("`{}` is built in", name.node)),
    }
}

impl Declarations {
    pub(super) fn report(&mut self, unresolved: Unresolved) {
        self.found.extend(unresolved.map(|found| *found));
    }

    fn sorts(&mut self, files: Files<'_>) {
        let built_in = [
            ("actor", SortKind::Entity),
            ("account", SortKind::Entity),
            ("content", SortKind::Entity),
            ("resource", SortKind::Entity),
            ("act", SortKind::Entity),
            ("integer", SortKind::Integer),
            ("date", SortKind::Date),
            ("text", SortKind::Text),
        ];
        for (name, kind) in built_in {
            self.sort(name, kind, None);
        }
        let mut enumerated = Vec::new();
        for statement in statements(files) {
            let Ast::Sort(sort) = &*statement.kind else {
                continue;
            };
            if let Some(&first) = self.names.sorts.get(&sort.name.node) {
                let first = self.program.sorts[first].span;
                self.found.push(duplicate("sort", &sort.name, first));
                continue;
            }
            let kind = match sort.members {
                Some(_) => SortKind::Enumerated,
                None => SortKind::Entity,
            };
            let id = self.sort(&sort.name.node, kind, Some(sort.name.span));
            enumerated.extend(sort.members.iter().flatten().map(|member| (id, member)));
        }
        self.universe = Universe::new(self.program.sorts.len());
        let mut places = BTreeMap::new();
        for (sort, member) in enumerated {
            if let Some(&first) = places.get(&(sort, &member.node)) {
                self.found.push(duplicate("member", member, Some(first)));
            } else {
                places.insert((sort, &member.node), member.span);
                self.universe.intern(sort, &member.node);
            }
        }
    }

    fn sort(&mut self, name: &str, kind: SortKind, span: Option<Span>) -> SortId {
        let id = self.program.sorts.push(Sort {
            name: name.to_owned(),
            kind,
            span,
        });
        self.names.sorts.insert(name.to_owned(), id);
        id
    }

    /// Adds a relation that the text does not declare.
    pub(super) fn introduce(
        &mut self,
        name: &str,
        kind: RelationKind,
        columns: &[(&str, SortId)],
    ) -> RelationId {
        let columns = columns.iter().map(|&(name, sort)| Column {
            name: name.to_owned(),
            sort,
        });
        let relation = introduced(&self.program, name, kind, columns.collect());
        self.program.relations.push(relation)
    }

    // INVARIANT: the ids are those of `Builtin::default`.
    fn builtin_relations(&mut self) {
        let act = [("act", SortId::ACT)];
        self.introduce("recorded", RelationKind::Recorded, &act);
        self.introduce("done", RelationKind::Done, &act);
        self.introduce("planned", RelationKind::Planned, &act);
        self.introduce("omitted", RelationKind::Omitted, &act);
        let now = self.introduce("now", RelationKind::Now, &[("date", SortId::DATE)]);
        self.names.relations.insert("now".to_owned(), now);
    }

    fn relations(&mut self, files: Files<'_>) {
        for statement in statements(files) {
            let Ast::Relation(relation) = &*statement.kind else {
                continue;
            };
            let name = &relation.name;
            let first = self.names.relations.get(&name.node).copied();
            let first = first.map(|first| self.program.relations[first].span);
            let sort = self.names.sorts.get(&name.node).copied();
            let first = first.or_else(|| sort.map(|sort| self.program.sorts[sort].span));
            if let Some(first) = first {
                self.found.push(duplicate("relation", name, first));
                continue;
            }
            let Some(columns) = self.columns(relation) else {
                self.names.broken.insert(name.node.clone());
                continue;
            };
            let id = self.program.relations.next_id();
            self.names.relations.insert(name.node.clone(), id);
            self.program.relations.push(Relation {
                name: name.node.clone(),
                kind: RelationKind::Declared,
                columns,
                open: relation.open,
                fixed: relation.fixed,
                single_valued: relation.value.is_some(),
                declared: id,
                document: None,
                negation: None,
                meaning: statement.doc.join("\n"),
                texts: texts(&relation.texts),
                span: Some(name.span),
            });
        }
    }

    fn columns(&mut self, relation: &ast::Relation) -> Option<Vec<Column>> {
        let mut columns = Vec::new();
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut sound = true;
        for parameter in relation.parameters.iter().chain(&relation.value) {
            if let Some(&first) = seen.get(parameter.name.node.as_str()) {
                let found = duplicate("column", &parameter.name, Some(first));
                self.found.push(found);
            }
            seen.insert(&parameter.name.node, parameter.name.span);
            match self.names.sort(&parameter.sort) {
                Ok(sort) => columns.push(Column {
                    name: parameter.name.node.clone(),
                    sort,
                }),
                Err(unresolved) => {
                    self.report(unresolved);
                    sound = false;
                }
            }
        }
        sound.then_some(columns)
    }

    /// A sort's name is usable as a unary relation of its individuals.
    fn sort_relations(&mut self) {
        let sorts: Vec<_> = self.program.sorts.entries().collect();
        let named: Vec<_> = sorts
            .into_iter()
            .filter(|(_, sort)| matches!(sort.kind, SortKind::Entity | SortKind::Enumerated))
            .map(|(id, sort)| (id, sort.name.clone(), sort.span))
            .collect();
        for (sort, name, span) in named {
            let id = self.introduce(&name, RelationKind::Sort(sort), &[(&name, sort)]);
            self.program.relations[id].span = span;
            self.names.relations.insert(name, id);
        }
    }

    /// One relation of the acts governed, and one of those excluded, for each document that
    /// says so.
    fn scope_relations(&mut self, identified: &[Identified<'_>]) {
        let mut excluding = BTreeSet::new();
        let mut limited = BTreeSet::new();
        for row in identified {
            if let Ast::Scope(scope) = &*row.tree.kind {
                let document = self.program.statements[row.statement].document;
                limited.insert(document);
                if scope.excludes {
                    excluding.insert(document);
                }
            }
        }
        let act = [("act", SortId::ACT)];
        for document in limited {
            let id = self.introduce("governed", RelationKind::Governed(document), &act);
            self.program.documents[document].governed = Some(id);
        }
        for document in excluding {
            self.introduce("excluded", RelationKind::Excluded(document), &act);
        }
    }
}

/// A relation that the text does not declare, about to be added to `program`.
pub(super) fn introduced(
    program: &Program,
    name: &str,
    kind: RelationKind,
    columns: Vec<Column>,
) -> Relation {
    let role = matches!(kind, RelationKind::Role(_));
    Relation {
        name: name.to_owned(),
        kind,
        columns,
        open: role,
        fixed: false,
        single_valued: role,
        declared: program.relations.next_id(),
        document: None,
        negation: None,
        meaning: String::new(),
        texts: Texts::default(),
        span: None,
    }
}

/// The table of a sort for each sort, in order of ids.
pub(super) fn sort_names(program: &Program, sorts: &Sorts) -> String {
    let names: Vec<_> = sorts
        .iter()
        .map(|sort| program.sorts[sort].name.as_str())
        .collect();
    names.join(" or ")
}
