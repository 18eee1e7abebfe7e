//! Atoms, acts and statements in words and as in a policy.
//!
//! Everything is read from syntax trees, so that a statement of a document and a fact of a
//! case are put into the same words: [`Naming`] turns ids and values into trees (whose
//! `Display` is the form of a policy), and [`Words`] reads trees aloud with the templates of
//! a [`Vocabulary`].
//!
//! A variable is "an actor S" where it is first spoken of and "the actor S" from then on.

mod body;
mod catalogue;
mod english;
mod french;
mod grammar;
mod naming;
mod reader;
mod sorts;
mod statement;
mod term;
mod vocabulary;

use crate::base::Language;
use crate::lang::ast;
use crate::program::Texts;

pub use naming::Naming;
pub use vocabulary::{ActionEntry, RelationEntry, Vocabulary};

use reader::Reader;

/// Reads trees aloud in one language.
#[derive(Clone, Copy, Debug)]
pub struct Words<'v> {
    vocabulary: &'v Vocabulary,
    language: Language,
}

impl<'v> Words<'v> {
    /// A reader of `language` with the templates of `vocabulary`.
    pub fn new(vocabulary: &'v Vocabulary, language: Language) -> Self {
        Self {
            vocabulary,
            language,
        }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text in the reader's language, if there is one.
    pub fn text<'t>(&self, texts: &'t Texts) -> Option<&'t str> {
        match self.language {
            Language::En => texts.en.as_deref(),
            Language::Fr => texts.fr.as_deref(),
        }
    }

    /// `lee consents to the use of photo-1`; as in a policy where there is no template.
    pub fn atom(&self, atom: &ast::Atom) -> String {
        self.reader().atom(atom, false)
    }

    /// `photo-1 is not partisan`.
    pub fn negated_atom(&self, atom: &ast::Atom) -> String {
        self.reader().atom(atom, true)
    }

    /// `share photo-1 on @roy, by roy`.
    pub fn act(&self, pattern: &ast::Pattern) -> String {
        self.reader().act_with_bearer(pattern)
    }

    /// An act or a situation as [`Naming::described`] gives it.
    pub fn described(&self, target: &ast::TargetKind) -> String {
        let mut reader = self.reader();
        match target {
            ast::TargetKind::Act(pattern) => reader.act_with_bearer(pattern),
            ast::TargetKind::State { atom, by, .. } => {
                let state = reader.atom(atom, false);
                reader.with_bearer(state, by.as_ref())
            }
        }
    }

    /// `May roy share photo-1 on @roy?`; with `date`, on that day.
    pub fn question(&self, target: &ast::TargetKind, date: Option<&str>) -> String {
        let mut reader = self.reader();
        let on = date.map(|date| reader.fill_one(reader.catalogue.known_date, "filler", date));
        let dated = |text: String| match &on {
            Some(on) => format!("{text} {on}"),
            None => text,
        };
        let (templates, hole, by, text) = match target {
            ast::TargetKind::Act(pattern) => {
                let text = dated(reader.act(pattern));
                (reader.catalogue.asked, "act", reader.bearer(pattern), text)
            }
            ast::TargetKind::State { atom, by, .. } => {
                let text = dated(reader.atom(atom, false));
                let by = by.as_ref().map(|by| reader.term(by, Some("actor")));
                (reader.catalogue.asked_state, "state", by, text)
            }
        };
        let [without, with] = templates;
        match by {
            Some(by) => reader.fill(with, &[(hole, text.into()), ("by", by)]),
            None => reader.fill_one(without, hole, text),
        }
    }

    /// A condition with its values.
    pub fn literal(&self, literal: &ast::Literal) -> String {
        let body = std::slice::from_ref(literal);
        self.reader_of(body).conjunction(body, 0)
    }

    /// A conjunction, lettered where it would be ambiguous in a row.
    pub fn body(&self, body: &[ast::Literal]) -> String {
        self.reader_of(body).conjunction(body, 0)
    }

    /// That a conjunction does not hold.
    pub fn not_so(&self, body: &[ast::Literal]) -> String {
        let mut reader = self.reader_of(body);
        let state = reader.conjunction(body, 0);
        reader.fill_one(reader.catalogue.not_so, "state", state)
    }

    /// A whole statement, as sentences.
    pub fn statement(&self, statement: &ast::StatementKind) -> String {
        let mut reader = self.reader();
        reader.learn_statement(statement);
        reader.statement(statement)
    }

    fn reader(&self) -> Reader<'v> {
        Reader::new(self.vocabulary, self.language)
    }

    fn reader_of(&self, body: &[ast::Literal]) -> Reader<'v> {
        let mut reader = self.reader();
        reader.learn_body(body);
        reader
    }
}
