//! The clauses of a statement: which there are, in which order, and those that several kinds
//! of statements share.

use crate::lang::ast::{Header, Reference, Spanned, StatementKind, Texts};
use crate::lang::error::SyntaxError;
use crate::lang::lexer::Token;
use crate::lang::words::EFFECTS;

use super::{Parsed, Parser};

/// Clauses in order, each with the words that it can start with; the head of a definition
/// starts with no word of its own.
pub(super) type Order = &'static [&'static [&'static str]];

pub(super) const TEXTS: Order = &[&["en"], &["fr"]];
pub(super) const RULE: Order = &[&[], &["unless"]];
pub(super) const DEFINE: Order = &[
    &["lines"],
    &["en"],
    &["fr"],
    &[],
    &["unless"],
    &["overrides"],
];
pub(super) const SCOPE: Order = &[
    &["lines"],
    &["en"],
    &["fr"],
    &["governs", "excludes"],
    &["when"],
    &["unless"],
];
pub(super) const NORM: Order = &[
    &["lines"],
    &["en"],
    &["fr"],
    EFFECTS,
    &["per"],
    &["within"],
    &["when"],
    &["unless"],
    &["overrides"],
    &["otherwise"],
];
pub(super) const NOTE: Order = &[
    &["lines"],
    &["en"],
    &["fr"],
    &["because"],
    &["for"],
    &["when"],
];
const DOCUMENT: Order = &[&["title", "jurisdiction", "publisher", "rank", "in", "source"]];

/// The order of the clauses that a statement of this kind can have after its first words.
pub(super) fn order_of(kind: &StatementKind) -> Order {
    match kind {
        StatementKind::Document(_) => DOCUMENT,
        StatementKind::Relation(_) | StatementKind::Action(_) | StatementKind::Never(_) => TEXTS,
        StatementKind::Define(_) => DEFINE,
        StatementKind::Scope(_) => SCOPE,
        StatementKind::Norm(_) => NORM,
        StatementKind::Note(_) => NOTE,
        StatementKind::Rule(_) => RULE,
        StatementKind::Sort(_) | StatementKind::Resolve(_) => &[],
    }
}

/// How far through its order a statement is.
pub(super) struct Clauses {
    order: Order,
    /// The furthest clause so far.
    last: Option<usize>,
}

impl Clauses {
    pub(super) fn new(order: Order) -> Self {
        Self { order, last: None }
    }

    /// The clause that starts without a word of its own has been read.
    pub(super) fn pass_unworded(&mut self) {
        let index = self.order.iter().position(|words| words.is_empty());
        self.last = self.last.max(index);
    }

    /// What is wrong with another clause, the `index`-th of the order, that starts with `word`.
    fn mistake(&self, index: usize, word: &'static str) -> Option<SyntaxError> {
        if Some(index) < self.last {
            let help = self.place(index, word);
            return Some(SyntaxError::MisplacedClause { word, help });
        }
        let help = match word {
            _ if Some(index) != self.last => return None,
            "unless" => return None,
            "when" => "join the conditions with `,`",
            "overrides" => "join the ids with `,`",
            "lines" => "join the ranges with `,`",
            _ if EFFECTS.contains(&word) => "a norm lays down one thing; write a second norm",
            _ => "say it once",
        };
        Some(SyntaxError::RepeatedClause { word, help })
    }

    /// Where the `index`-th clause belongs.
    fn place(&self, index: usize, word: &str) -> String {
        let named = |words: &&'static [&'static str]| match **words {
            [] => "the rule".to_owned(),
            [word] => format!("`{word}`"),
            [first, second] => format!("`{first}` or `{second}`"),
            _ => "what the norm lays down".to_owned(),
        };
        let before = index.checked_sub(1).and_then(|index| self.order.get(index));
        let after = self.order.get(index + 1);
        match (before.map(named), after.map(named)) {
            (Some(before), Some(after)) => {
                format!("`{word}` stands after {before} and before {after}")
            }
            (Some(before), None) => format!("`{word}` stands after {before}"),
            (None, Some(after)) => format!("`{word}` stands before {after}"),
            (None, None) => format!("`{word}` stands alone"),
        }
    }
}

impl Parser<'_> {
    /// Takes the first word of the next clause; one out of order is reported and taken.
    pub(super) fn clause_word(&mut self, clauses: &mut Clauses) -> Option<&'static str> {
        let (index, word) = clauses
            .order
            .iter()
            .enumerate()
            .find_map(|(index, words)| Some((index, self.at_one_of(words)?)))?;
        if let Some(error) = clauses.mistake(index, word) {
            self.report(&error, self.current.span);
        }
        clauses.last = clauses.last.max(Some(index));
        self.bump();
        Some(word)
    }

    /// `[en STRING] [fr STRING]`.
    pub(super) fn texts(&mut self) -> Parsed<Texts> {
        let mut texts = Texts::default();
        let mut clauses = Clauses::new(TEXTS);
        while let Some(word) = self.clause_word(&mut clauses) {
            self.text_clause(word, &mut texts)?;
        }
        Ok(texts)
    }

    /// What follows `en` or `fr`.
    fn text_clause(&mut self, word: &str, texts: &mut Texts) -> Parsed<()> {
        let text = Some(self.text("a text between `\"`")?);
        if word == "en" {
            texts.en = text;
        } else {
            texts.fr = text;
        }
        Ok(())
    }

    /// What follows `lines`, `en` or `fr`.
    pub(super) fn header_clause(&mut self, word: &str, header: &mut Header) -> Parsed<()> {
        if word == "lines" {
            header.lines.extend(self.list(Self::line_range)?);
            Ok(())
        } else {
            self.text_clause(word, &mut header.texts)
        }
    }

    /// `INT [- INT]`.
    fn line_range(&mut self) -> Parsed<Spanned<(u32, u32)>> {
        let first = self.line_number()?;
        let last = if self.eat(Token::Minus) {
            self.line_number()?
        } else {
            first.clone()
        };
        let span = first.span.to(last.span);
        if first.node > last.node {
            self.report(&SyntaxError::ReversedLines, span);
        }
        Ok(Spanned {
            node: (first.node, last.node),
            span,
        })
    }

    fn line_number(&mut self) -> Parsed<Spanned<u32>> {
        let Spanned { node, span } = self.integer("a line number", u32::MAX.into())?;
        Ok(Spanned {
            node: u32::try_from(node).unwrap_or(u32::MAX),
            span,
        })
    }

    /// The ids after `overrides`.
    pub(super) fn references(&mut self) -> Parsed<Vec<Reference>> {
        self.list(Self::reference)
    }
}
