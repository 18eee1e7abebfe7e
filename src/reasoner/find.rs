//! What the user names: acts, documents, questions.

use crate::base::{Diagnostic, FileId, Span, nearest};
use crate::deontic::Judge;
use crate::lang;
use crate::program::{ActDescription, DocumentId, Query, Value, lower_act, lower_query};

use super::Reasoner;

/// An act that the user named.
#[derive(Clone, Debug)]
pub(super) enum FoundAct {
    /// One that the facts record.
    Recorded(Value, String),
    /// One that was described, on a day.
    Described(ActDescription, i64),
}

impl FoundAct {
    /// Its value, made known to the judge if nobody recorded it.
    pub(super) fn value(&self, judge: &mut Judge<'_>) -> Value {
        match self {
            Self::Recorded(value, _) => *value,
            Self::Described(description, at) => judge.describe(description, *at, false),
        }
    }

    /// Its id in the facts.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Recorded(_, name) => Some(name),
            Self::Described(..) => None,
        }
    }
}

/// A question that the user asked.
#[derive(Clone, Debug)]
pub(super) struct FoundQuestion {
    /// The question.
    pub query: Query,
    /// Its canonical text.
    pub canonical: String,
    /// What its file says it asks.
    pub title: Option<String>,
    /// All of its text.
    pub span: Span,
}

impl Reasoner {
    /// The acts with these ids or descriptions; all recorded ones if none is named.
    pub(super) fn find_acts(&mut self, acts: &[String]) -> Result<Vec<FoundAct>, Vec<Diagnostic>> {
        if acts.is_empty() {
            return Ok(self
                .case
                .acts
                .values()
                .map(|act| FoundAct::Recorded(act.value, act.name.clone()))
                .collect());
        }
        let mut found = Vec::new();
        let mut diagnostics = Vec::new();
        for text in acts {
            match self.find_act(text) {
                Ok(act) => found.push(act),
                Err(errors) => diagnostics.extend(errors),
            }
        }
        if diagnostics.is_empty() {
            Ok(found)
        } else {
            Err(diagnostics)
        }
    }

    /// The act with this id, or the one that the text describes.
    pub(super) fn find_act(&mut self, text: &str) -> Result<FoundAct, Vec<Diagnostic>> {
        if let Some(act) = self.case.acts.values().find(|act| act.name == text) {
            return Ok(FoundAct::Recorded(act.value, act.name.clone()));
        }
        let file = self.sources.add("<act>", text);
        let one_word = text
            .chars()
            .all(|c| c.is_alphanumeric() || "-_@".contains(c));
        let action = self.program.action_named(text);
        if one_word && action.is_none() {
            return Err(vec![self.unknown_act(file, text)]);
        }
        let (target, mut diagnostics) = lang::parse_act(file, text);
        let description = target.and_then(|target| {
            let (description, findings) =
                lower_act(&self.program, &mut self.case.universe, &target);
            diagnostics.extend(findings);
            description
        });
        match description {
            Some(description) if !diagnostics.iter().any(Diagnostic::is_error) => {
                let at = description.roles.iter().find_map(|&(role, value)| {
                    (role == lang::ast::Role::At)
                        .then(|| value.number())
                        .flatten()
                });
                Ok(FoundAct::Described(description, at.unwrap_or(self.as_of)))
            }
            _ => Err(diagnostics),
        }
    }

    fn unknown_act(&self, file: FileId, text: &str) -> Diagnostic {
        let names = self.case.acts.values().map(|act| act.name.as_str());
        let guess = nearest(text, names).map_or_else(
            || "describe it, as in `share by roy of photo-1 on @roy`".to_owned(),
            |name| format!("did you mean `{name}`?"),
        );
        let span = Span::new(file, 0, text.len());
        Diagnostic::error(
            "unknown-act",
            span,
            format!("no act is called `{text}` in the facts"),
        )
        .help(guess)
    }

    /// The document called `name`.
    pub(super) fn find_document(&mut self, name: &str) -> Result<DocumentId, Vec<Diagnostic>> {
        self.program.document_named(name).ok_or_else(|| {
            let file = self.sources.add("<document>", name);
            let names = self.program.documents.iter().map(|row| row.name.as_str());
            let guess = nearest(name, names).map(|name| format!("did you mean `{name}`?"));
            let message = format!("no document is called `{name}`");
            vec![
                Diagnostic::error("unknown-document", Span::new(file, 0, name.len()), message)
                    .maybe_help(guess),
            ]
        })
    }

    /// The saved question of this name, or the question that the text asks.
    pub(super) fn find_question(&mut self, text: &str) -> Result<FoundQuestion, Vec<Diagnostic>> {
        let saved = self.queries.iter().find(|saved| saved.name == text);
        let (name, body) = saved.map_or_else(
            || ("<query>".to_owned(), text.to_owned()),
            |saved| (saved.place.clone(), saved.text.clone()),
        );
        let is_saved = saved.is_some();
        let file = self.sources.add(name, body.as_str());
        let one_word = text
            .chars()
            .all(|c| c.is_alphanumeric() || "-_".contains(c));
        if !is_saved && one_word {
            return Err(vec![self.unknown_question(file, text)]);
        }
        let whole = Span::new(file, 0, body.len());
        let (parsed, mut diagnostics) = lang::parse_query(file, &body);
        let lowered = parsed.as_ref().and_then(|query| {
            let (lowered, findings) =
                lower_query(&self.program, &mut self.case.universe, query, whole);
            diagnostics.extend(findings);
            lowered
        });
        match (parsed, lowered) {
            (Some(parsed), Some(query)) if !diagnostics.iter().any(Diagnostic::is_error) => {
                let title = parsed.comments.join(" ").trim().to_owned();
                Ok(FoundQuestion {
                    query,
                    title: (!title.is_empty()).then_some(title),
                    canonical: lang::print_query(&lang::ast::Query {
                        comments: Vec::new(),
                        ..parsed
                    })
                    .trim()
                    .to_owned(),
                    span: whole,
                })
            }
            _ => Err(diagnostics),
        }
    }

    fn unknown_question(&self, file: FileId, text: &str) -> Diagnostic {
        let names = self.queries.iter().map(|saved| saved.name.as_str());
        let help = nearest(text, names).map_or_else(
            || "ask in words, as in `may share by Who of What on Where`".to_owned(),
            |name| format!("did you mean `{name}`?"),
        );
        Diagnostic::error(
            "unknown-query",
            Span::new(file, 0, text.len()),
            format!("no saved question is called `{text}`"),
        )
        .help(help)
    }
}
