//! Declares what a policy set names: sorts, relations, documents, statements. What it declares
//! comes out whole even where single declarations have errors, so that all errors are found.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Diagnostic, FileId, Span};
use crate::lang::ast::{self, Name, StatementKind as Ast};
use crate::program::{
    Column, Document, Modality, Norm, Principle, Program, Rank, Relation, RelationId, RelationKind,
    Sort, SortId, SortKind, Statement, StatementId, StatementKind, Texts, Universe,
};

use super::names::{Names, Unresolved, unknown};

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
            let Ast::Sort(sort) = &statement.kind else {
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
            let Ast::Relation(relation) = &statement.kind else {
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

    fn documents(&mut self, files: Files<'_>) {
        for statement in statements(files) {
            let Ast::Document(document) = &statement.kind else {
                continue;
            };
            if let Some(&first) = self.names.documents.get(&document.name.node) {
                let first = self.program.documents[first].span;
                self.found
                    .push(duplicate("document", &document.name, Some(first)));
                continue;
            }
            let row = self.document(document);
            let id = self.program.documents.push(row);
            self.names.documents.insert(document.name.node.clone(), id);
        }
    }

    fn document(&mut self, document: &ast::Document) -> Document {
        let node = |name: &Option<Name>| name.as_ref().map(|name| name.node.clone());
        let minutes =
            |date: &Option<ast::Spanned<ast::Date>>| date.as_ref().map(|d| d.node.minutes);
        if let (Some(from), Some(until)) = (&document.from, &document.until)
            && from.node.minutes >= until.node.minutes
        {
            let found = Diagnostic::error(
                "document-never-in-force",
                until.span,
                format!(
                    "`{}` ends before it starts to be in force",
                    document.name.node
                ),
            );
            self.found.push(
                found
                    .label("the first day no longer in force")
                    .also(from.span, "the first day in force")
                    .help("`until` must be later than `from`"),
            );
        }
        Document {
            name: document.name.node.clone(),
            title: texts(&document.title),
            jurisdiction: node(&document.jurisdiction),
            publisher: node(&document.publisher),
            rank: document.rank.as_ref().and_then(|rank| self.rank(rank)),
            from: minutes(&document.from),
            until: minutes(&document.until),
            source: document
                .source
                .as_ref()
                .map(|(file, hash)| (file.node.clone(), hash.node.clone())),
            governed: None,
            span: document.name.span,
        }
    }

    fn rank(&mut self, name: &Name) -> Option<Rank> {
        let known = Rank::ALL.into_iter().find(|&(_, word)| word == name.node);
        if known.is_none() {
            let words = Rank::ALL.map(|(_, word)| word.to_owned());
            let found = unknown("unknown-rank", "rank", name, &words);
            self.found
                .push(found.note(format!("ranks are {}", words.join(", "))));
        }
        known.map(|(rank, _)| rank)
    }

    fn principles(&mut self, files: Files<'_>) {
        let mut first: Option<Span> = None;
        for statement in statements(files) {
            let Ast::Resolve(words) = &statement.kind else {
                continue;
            };
            let span = statement.span.0;
            if let Some(first) = first {
                self.found.push(
                    Diagnostic::error("duplicate-resolve", span, "`resolve by` stands twice")
                        .label("again here")
                        .also(first, "first here")
                        .help("say it once for the whole policy set"),
                );
                continue;
            }
            first = Some(span);
            self.program.principles = self.resolve(words);
        }
        if first.is_none() {
            self.program.principles = Principle::ALL.map(|(principle, _)| principle).to_vec();
        }
    }

    fn resolve(&mut self, words: &[Name]) -> Vec<Principle> {
        let mut principles = Vec::new();
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for name in words {
            if let Some(&first) = seen.get(name.node.as_str()) {
                self.found.push(duplicate("principle", name, Some(first)));
                continue;
            }
            seen.insert(&name.node, name.span);
            let known = Principle::ALL
                .into_iter()
                .find(|&(_, word)| word == name.node);
            if let Some((principle, _)) = known {
                principles.push(principle);
            } else {
                let known = Principle::ALL.map(|(_, word)| word.to_owned());
                let found = unknown("unknown-principle", "principle", name, &known);
                self.found
                    .push(found.note(format!("principles are {}", known.join(", "))));
            }
        }
        principles
    }

    /// One relation of the acts governed, and one of those excluded, for each document that
    /// says so.
    fn scope_relations(&mut self, identified: &[Identified<'_>]) {
        let mut excluding = BTreeSet::new();
        let mut limited = BTreeSet::new();
        for row in identified {
            if let Ast::Scope(scope) = &row.tree.kind {
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

    /// The statements that carry an id, with rows for them and for their norms.
    fn identified<'a>(&mut self, files: Files<'a>) -> Vec<Identified<'a>> {
        let mut identified = Vec::new();
        for tree in statements(files) {
            let (id, header) = match &tree.kind {
                Ast::Define(define) => (&define.id, &define.header),
                Ast::Scope(scope) => (&scope.id, &scope.header),
                Ast::Norm(norm) => (&norm.id, &norm.header),
                Ast::Note(note) => (&note.id, &note.header),
                _ => continue,
            };
            let document = match self.names.document_of(id) {
                Ok(document) => document,
                Err(unresolved) => {
                    self.report(unresolved.map(|mut found| {
                        let help = "declare it with `document`, or mend the id";
                        found.help.get_or_insert_with(|| help.to_owned());
                        found
                    }));
                    continue;
                }
            };
            if let Some(&first) = self.names.statements.get(&id.node) {
                let first = self.program.statements[first].span;
                self.found.push(duplicate_id(&id.node, id.span, first));
                continue;
            }
            let statement = self.program.statements.push(Statement {
                id: id.node.clone(),
                document,
                lines: header.lines.iter().map(|lines| lines.node).collect(),
                texts: texts(&header.texts),
                kind: StatementKind::Scope,
                ast: tree.kind.clone(),
                meaning: tree.doc.join("\n"),
                span: id.span,
            });
            self.names.statements.insert(id.node.clone(), statement);
            self.norm_rows(statement, tree);
            identified.push(Identified { statement, tree });
        }
        identified
    }

    /// Empty rows for the norm of a statement and its reparations, so that norms can refer to
    /// one another before they are lowered.
    fn norm_rows(&mut self, statement: StatementId, tree: &ast::Statement) {
        let row = &self.program.statements[statement];
        let (id, document, span) = (row.id.clone(), row.document, row.span);
        let mut ids = Vec::new();
        match &tree.kind {
            Ast::Norm(norm) => {
                ids.push((id.clone(), span));
                let mut otherwise = norm.otherwise.as_deref();
                while let Some(reparation) = otherwise {
                    ids.push((format!("{id}/{}", ids.len()), reparation.span.0));
                    otherwise = reparation.otherwise.as_deref();
                }
            }
            Ast::Note(note) if note.purpose.is_some() => ids.push((id, span)),
            _ => {}
        }
        let mut norms = Vec::new();
        for (id, span) in ids {
            if let Some(&first) = self.names.norms.get(&id) {
                let first = self.program.norms[first].span;
                self.found.push(duplicate_id(&id, span, first));
            }
            let norm = self
                .program
                .norms
                .push(Norm::empty(id.clone(), statement, document, span));
            self.names.norms.insert(id, norm);
            norms.push(norm);
        }
        let kind = match &tree.kind {
            Ast::Norm(_) => StatementKind::Norm(norms),
            Ast::Note(_) => StatementKind::Note(norms.first().copied()),
            Ast::Define(_) => StatementKind::Definition(RelationId(0)),
            _ => StatementKind::Scope,
        };
        self.program.statements[statement].kind = kind;
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

fn duplicate_id(id: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        "duplicate-id",
        span,
        format!("two statements have the id `{id}`"),
    )
    .label("again here")
    .also(first, "first here")
    .help("where one statement of the source needs two norms, add a letter: `…/068b`")
}

impl Norm {
    fn empty(
        id: String,
        statement: StatementId,
        document: crate::program::DocumentId,
        span: Span,
    ) -> Self {
        Self {
            id,
            statement,
            document,
            modality: Modality::AlsoCheck,
            actions: Vec::new(),
            per: Vec::new(),
            bodies: Vec::new(),
            arises: Vec::new(),
            condition: None,
            within: None,
            overrides: Vec::new(),
            repairs: None,
            asks_breach: false,
            span,
        }
    }
}

/// The table of a sort for each sort, in order of ids.
pub(super) fn sort_names(program: &Program, sorts: &BTreeSet<SortId>) -> String {
    let names: Vec<_> = sorts
        .iter()
        .map(|&sort| program.sorts[sort].name.as_str())
        .collect();
    names.join(" or ")
}
