//! `expect`: what a policy test expects of an act, held against the policies.

use crate::base::{Diagnostic, Span};

use super::atom::canonical;
use super::builder::Builder;
use super::case::{DUTIES, Expect, FACTORS, NOT_IN_FORCE, VERDICTS};
use super::cell::{Cell, CellKind, Key};
use super::json::{Member, Node, Shape, remove_duplicates};
use super::reports::list;

/// The keys of `expect`.
const KEYS: [&str; 8] = [
    "verdict",
    "norms",
    "not_norms",
    "documents",
    "duties",
    "advice",
    "factors",
    "questions",
];

impl Expect {
    fn new(span: Span) -> Self {
        Self {
            verdict: None,
            norms: Vec::new(),
            not_norms: Vec::new(),
            documents: Vec::new(),
            duties: None,
            advice: None,
            factors: Vec::new(),
            questions: None,
            span,
        }
    }
}

impl Builder<'_> {
    /// What a table's column `expect_verdict` expects.
    pub(super) fn expect_verdict(&mut self, cell: &Cell<'_>) -> Expect {
        Expect {
            verdict: self.word(cell, "verdict", &VERDICTS),
            ..Expect::new(cell.span)
        }
    }

    /// What the object `expect` expects.
    pub(super) fn expect(&mut self, node: Node<'_>) -> Option<Expect> {
        let members = self.object(node, "what is expected")?;
        let mut expect = Expect::new(node.span());
        for (key, node) in members {
            match &*key.text {
                "verdict" => {
                    let cell = self.take(node.cell())?;
                    expect.verdict = self.word(&cell, "verdict", &VERDICTS);
                }
                "norms" => expect.norms = self.norms(node),
                "not_norms" => expect.not_norms = self.norms(node),
                "duties" => expect.duties = Some(self.duties(node)),
                "advice" => expect.advice = Some(self.norms(node)),
                "factors" => expect.factors = self.standings(node, "factor", &FACTORS),
                "documents" => expect.documents = self.documents(node),
                "questions" => {
                    let mut questions = Vec::new();
                    for (text, span) in self.texts(node) {
                        let question = canonical(&text, span);
                        questions.extend(self.take(question));
                    }
                    expect.questions = Some(questions);
                }
                _ => self.unknown_key(&key, &KEYS),
            }
        }
        Some(expect)
    }

    /// One of the words for a verdict, or for how something stands.
    fn word(&mut self, cell: &Cell<'_>, what: &str, words: &[&str]) -> Option<String> {
        let word = match &cell.kind {
            CellKind::Text(word) => word,
            CellKind::Bare(word) => *word,
            other => {
                let message = format!("expected a {what}, found {}", other.describe());
                self.error("wrong-shape", cell.span, message);
                return None;
            }
        };
        if words.contains(&word) {
            return Some(word.to_owned());
        }
        let guess = self.reports.guess(word, words.iter().copied());
        let help = guess.unwrap_or_else(|| format!("expected is one of {}", list(words)));
        let message = format!("`{word}` is not a {what}");
        self.reports
            .add(Diagnostic::error("unknown-verdict", cell.span, message).help(help));
        None
    }

    fn norms(&mut self, node: Node<'_>) -> Vec<String> {
        let texts = self.texts(node).into_iter();
        texts
            .filter(|(id, span)| self.known_norm(id, *span))
            .map(|(id, _)| id)
            .collect()
    }

    fn known_norm(&mut self, id: &str, span: Span) -> bool {
        let is_known = self.names.is_norm(id);
        if !is_known {
            let known = self.program().norms.iter().map(|norm| norm.id.as_str());
            let guess = self.reports.guess(id, known);
            let message = format!("no norm has the id `{id}`");
            self.reports
                .add(Diagnostic::error("unknown-norm", span, message).maybe_help(guess));
        }
        is_known
    }

    /// Norms whose duties stand, or an object of norms with how they do.
    fn duties(&mut self, node: Node<'_>) -> Vec<(String, Option<String>)> {
        if node.shape() == Shape::Object {
            let standings = self.standings(node, "standing of a duty", &DUTIES);
            return standings
                .into_iter()
                .map(|(id, word)| (id, Some(word)))
                .collect();
        }
        let norms = self.norms(node).into_iter();
        norms.map(|id| (id, None)).collect()
    }

    /// An object of norms with one of `words` each.
    fn standings(&mut self, node: Node<'_>, what: &str, words: &[&str]) -> Vec<(String, String)> {
        let mut standings = Vec::new();
        for (key, node) in self.object(node, "norms with words").unwrap_or_default() {
            let is_known = self.known_norm(&key.text, key.span);
            if let Some(cell) = self.take(node.cell())
                && let Some(word) = self.word(&cell, what, words)
                && is_known
            {
                standings.push((key.text.into_owned(), word));
            }
        }
        standings
    }

    fn documents(&mut self, node: Node<'_>) -> Vec<(String, String)> {
        let mut documents = Vec::new();
        let mut of_documents = VERDICTS.to_vec();
        of_documents.push(NOT_IN_FORCE);
        for (key, node) in self
            .object(node, "verdicts by document")
            .unwrap_or_default()
        {
            self.known_document(&key);
            if let Some(cell) = self.take(node.cell())
                && let Some(verdict) = self.word(&cell, "verdict", &of_documents)
            {
                documents.push((key.text.into_owned(), verdict));
            }
        }
        documents
    }

    fn known_document(&mut self, key: &Key<'_>) {
        let program = self.program();
        if program.document_named(&key.text).is_none() {
            let known = program
                .documents
                .iter()
                .map(|document| document.name.as_str());
            let guess = self.reports.guess(&key.text, known);
            let message = format!("no document is called `{}`", key.text);
            self.reports
                .add(Diagnostic::error("unknown-document", key.span, message).maybe_help(guess));
        }
    }

    /// A list of texts, or one, with their places.
    fn texts(&mut self, node: Node<'_>) -> Vec<(String, Span)> {
        let mut nodes = Vec::new();
        match node.shape() {
            Shape::List => {
                let read = node.each_item(|item| nodes.push(item));
                self.take(read);
            }
            _ => nodes.push(node),
        }
        let mut texts = Vec::new();
        for node in nodes {
            if let Some(cell) = self.take(node.cell()) {
                match cell.kind {
                    CellKind::Text(text) => texts.push((text.into_owned(), cell.span)),
                    other => {
                        let message = format!("expected a text, found {}", other.describe());
                        self.error("wrong-shape", cell.span, message);
                    }
                }
            }
        }
        texts
    }

    /// The members of an object; of those with one key the first.
    pub(super) fn members<'a>(&mut self, node: Node<'a>) -> Option<Vec<Member<'a>>> {
        let mut members = self.take(node.members())?;
        for diagnostic in remove_duplicates(&mut members) {
            self.reports.add(diagnostic);
        }
        Some(members)
    }

    /// The members of what should be an object.
    pub(super) fn object<'a>(&mut self, node: Node<'a>, what: &str) -> Option<Vec<Member<'a>>> {
        if node.shape() == Shape::Object {
            return self.members(node);
        }
        let message = format!("{what} is an object, not {}", node.describe());
        self.error("wrong-shape", node.span(), message);
        None
    }

    /// Reports a key that is not among `known`.
    pub(super) fn unknown_key<T: AsRef<str>>(&mut self, key: &Key<'_>, known: &[T]) {
        let guess = self
            .reports
            .guess(&key.text, known.iter().map(AsRef::as_ref));
        let help = guess.unwrap_or_else(|| format!("the keys are {}", list(known)));
        let message = format!("the key `{}` means nothing here", key.text);
        self.reports
            .add(Diagnostic::error("unknown-key", key.span, message).help(help));
    }
}
