//! Declares documents and the statements that carry their ids.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::{Diagnostic, Span};
use crate::lang::ast::{self, Name, StatementKind as Ast};
use crate::program::{
    Document, Modality, Norm, Principle, Rank, RelationId, Statement, StatementId, StatementKind,
};

use super::declare::{Declarations, Files, Identified, duplicate, statements, texts};
use super::names::unknown;

impl Declarations {
    pub(super) fn documents(&mut self, files: Files<'_>) {
        for statement in statements(files) {
            let Ast::Document(document) = &*statement.kind else {
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

    pub(super) fn principles(&mut self, files: Files<'_>) {
        let mut first: Option<Span> = None;
        for statement in statements(files) {
            let Ast::Resolve(words) = &*statement.kind else {
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

    /// The statements that carry an id, with rows for them and for their norms.
    pub(super) fn identified<'a>(&mut self, files: Files<'a>) -> Vec<Identified<'a>> {
        let mut identified = Vec::new();
        let mut missing = BTreeSet::new();
        for tree in statements(files) {
            let (id, header) = match &*tree.kind {
                Ast::Define(define) => (&define.id, &define.header),
                Ast::Scope(scope) => (&scope.id, &scope.header),
                Ast::Norm(norm) => (&norm.id, &norm.header),
                Ast::Note(note) => (&note.id, &note.header),
                _ => continue,
            };
            let document = match self.names.document_of(id) {
                Ok(document) => document,
                Err(unresolved) => {
                    // Said once, however many statements it has.
                    let name = id.node.split('/').next().unwrap_or_default();
                    if missing.insert(name.to_owned()) {
                        self.report(unresolved.map(|mut found| {
                            let help = "declare it with `document`, or mend the id";
                            found.help.get_or_insert_with(|| help.to_owned());
                            found
                        }));
                    }
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
                ast: Arc::clone(&tree.kind),
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
        match &*tree.kind {
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
        let kind = match &*tree.kind {
            Ast::Norm(_) => StatementKind::Norm(norms),
            Ast::Note(_) => StatementKind::Note(norms.first().copied()),
            Ast::Define(_) => StatementKind::Definition(RelationId(0)),
            _ => StatementKind::Scope,
        };
        self.program.statements[statement].kind = kind;
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
