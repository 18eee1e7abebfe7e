//! The vocabulary and the statements, for browsing.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::Id;
use crate::lang;
use crate::program::{
    Dependency, DocumentId, RelationId, RelationKind, Statement, StatementId, StatementKind,
    collect_dependencies, dependencies,
};

use super::Reasoner;
use super::verdicts::lines;
use super::view::{RelationView, StatementView};

impl Reasoner {
    /// All statements of all documents, in the order of the documents.
    pub fn norms(&self) -> Vec<StatementView> {
        let phrases = self.phrases();
        let mut order: Vec<_> = self.program.statements.entries().collect();
        order.sort_by_key(|&(id, statement)| (statement.document, id));
        order
            .into_iter()
            .map(|(id, statement)| StatementView {
                id: statement.id.clone(),
                kind: kind(statement),
                effect: self.effect(statement),
                summary: phrases.text(&statement.texts).to_owned(),
                reading: phrases.words().statement(&statement.ast),
                text: written(statement),
                lines: lines(&statement.lines),
                source: self.source(statement.document),
                place: self.sources.place(statement.span),
                overrides: overrides(&statement.ast),
                overridden_by: self.overridden_by(statement),
                relations: self.relations_of(id),
                cited: None,
            })
            .collect()
    }

    /// What a norm lays down; of a note its reason; of others nothing.
    pub(super) fn effect(&self, statement: &Statement) -> &'static str {
        match (&statement.kind, &*statement.ast) {
            (StatementKind::Norm(norms), _) => norms
                .first()
                .map_or("", |&norm| self.program.norms[norm].modality.word()),
            (StatementKind::Note(_), lang::ast::StatementKind::Note(note)) => match note.reason {
                lang::ast::Reason::Informative => "informative",
                lang::ast::Reason::Duplicate(_) => "duplicate",
                lang::ast::Reason::External(_) => "external",
            },
            _ => "",
        }
    }

    fn source(&self, document: DocumentId) -> Option<String> {
        let source = self.program.documents[document].source.as_ref();
        source.map(|(file, _)| file.clone())
    }

    fn overridden_by(&self, statement: &Statement) -> Vec<String> {
        self.program
            .statements
            .iter()
            .filter(|other| overrides(&other.ast).contains(&statement.id))
            .map(|other| other.id.clone())
            .collect()
    }

    /// The declared relations that a statement asks for.
    fn relations_of(&self, statement: StatementId) -> Vec<String> {
        let mut found = Vec::new();
        for norm in self
            .program
            .norms
            .iter()
            .filter(|norm| norm.statement == statement)
        {
            let bodies = norm.bodies.iter();
            for body in bodies.chain(norm.arises.iter().map(|arising| &arising.body)) {
                collect_dependencies(&body.literals, Dependency::Positive, &mut found);
            }
            let conditions = norm
                .condition
                .iter()
                .flat_map(|c| c.alternatives.iter().flatten());
            for condition in conditions {
                collect_dependencies(&condition.literals, Dependency::Positive, &mut found);
            }
        }
        let rules = self.program.rules.iter().filter(|rule| {
            matches!(
                rule.origin,
                crate::program::Origin::Definition(own) | crate::program::Origin::Scope(own)
                    if own == statement
            )
        });
        for rule in rules {
            collect_dependencies(&rule.body, Dependency::Positive, &mut found);
        }
        let names: BTreeSet<_> = found
            .into_iter()
            .map(|(relation, _)| &self.program.relations[relation])
            .filter(|relation| relation.kind == RelationKind::Declared)
            .map(|relation| relation.name.clone())
            .collect();
        names.into_iter().collect()
    }

    /// All declared relations, then all actions.
    pub fn relations(&self) -> Vec<RelationView> {
        let asked: Vec<_> = self
            .program
            .statements
            .entries()
            .map(|(id, statement)| (statement.id.clone(), self.relations_of(id)))
            .collect();
        let derived: BTreeSet<RelationId> =
            dependencies(&self.program.relations, &self.program.rules)
                .map(|(head, ..)| self.program.relations[head].declared)
                .collect();
        let phrases = self.phrases();
        let relations = self
            .program
            .relations
            .entries()
            .filter(|(id, row)| row.kind == RelationKind::Declared && row.declared == *id)
            .filter(|(_, row)| row.document.is_none())
            .map(|(id, row)| {
                let input = self.case.facts.input(id);
                let qualities = [
                    (row.open, "open"),
                    (row.fixed, "fixed"),
                    (row.single_valued, "single-valued"),
                    (derived.contains(&id), "derived"),
                ];
                RelationView {
                    name: row.name.clone(),
                    signature: self.signature(id),
                    qualities: qualities
                        .into_iter()
                        .filter_map(|(holds, word)| holds.then_some(word))
                        .collect(),
                    meaning: row.meaning.clone(),
                    template: phrases.text(&row.texts).to_owned(),
                    facts: input.asserted.len() + input.denied.len(),
                    asked_by: asked
                        .iter()
                        .filter(|(_, relations)| relations.contains(&row.name))
                        .map(|(id, _)| id.clone())
                        .collect(),
                    place: row.span.map(|span| self.sources.place(span)),
                }
            });
        let actions = self
            .program
            .actions
            .entries()
            .filter(|(_, action)| action.situation.is_none() && action.span.is_some())
            .map(|(id, action)| RelationView {
                name: action.name.clone(),
                signature: self.action_signature(id),
                qualities: vec!["action"],
                meaning: action.meaning.clone(),
                template: phrases.text(&action.texts).to_owned(),
                facts: self
                    .case
                    .acts
                    .values()
                    .filter(|act| act.action == id)
                    .count(),
                asked_by: self
                    .program
                    .norms
                    .iter()
                    .filter(|norm| norm.actions.contains(&id))
                    .map(|norm| norm.id.clone())
                    .collect(),
                place: action.span.map(|span| self.sources.place(span)),
            });
        relations.chain(actions).collect()
    }

    fn signature(&self, relation: RelationId) -> String {
        let row = &self.program.relations[relation];
        let column = |column: &crate::program::Column| {
            format!("{}: {}", column.name, self.program.sorts[column.sort].name)
        };
        let (key, value) = match (row.single_valued, row.columns.split_last()) {
            (true, Some((last, first))) => (first, Some(last)),
            _ => (row.columns.as_slice(), None),
        };
        let key: Vec<_> = key.iter().map(column).collect();
        let value = value.map(|value| format!(" = {}", column(value)));
        format!(
            "{}({}){}",
            row.name,
            key.join(", "),
            value.unwrap_or_default()
        )
    }

    fn action_signature(&self, action: crate::program::ActionId) -> String {
        let row = &self.program.actions[action];
        let roles: Vec<_> = row
            .roles
            .iter()
            .map(|own| {
                let mark = if own.optional { "?" } else { "" };
                let sort = &self.program.sorts[own.sort].name;
                format!("{}{mark}: {sort}", own.role.word())
            })
            .collect();
        let parents: Vec<_> = row
            .parents
            .iter()
            .filter(|parent| parent.index() != 0)
            .map(|&parent| self.program.actions[parent].name.as_str())
            .collect();
        let above = if parents.is_empty() {
            String::new()
        } else {
            format!(" is {}", parents.join(", "))
        };
        format!("{}({}){above}", row.name, roles.join(", "))
    }
}

/// What a statement is.
pub(super) fn kind(statement: &Statement) -> &'static str {
    match statement.kind {
        StatementKind::Norm(_) => "norm",
        StatementKind::Definition(_) => "definition",
        StatementKind::Scope => "scope",
        StatementKind::Note(_) => "note",
    }
}

/// A statement in canonical form.
fn written(statement: &Statement) -> String {
    let tree = lang::ast::Statement {
        comments: Vec::new(),
        doc: Vec::new(),
        remark: None,
        kind: Arc::clone(&statement.ast),
        span: lang::ast::StatementSpan(statement.span),
    };
    lang::print_statement(&tree).trim().to_owned()
}

/// The ids that a statement says it overrides.
fn overrides(statement: &lang::ast::StatementKind) -> Vec<String> {
    let references = match statement {
        lang::ast::StatementKind::Norm(norm) => norm.overrides.as_slice(),
        lang::ast::StatementKind::Define(define) => define.overrides.as_slice(),
        _ => &[],
    };
    references
        .iter()
        .map(|reference| reference.node.clone())
        .collect()
}
