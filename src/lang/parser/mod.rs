//! A recursive-descent parser with one token of lookahead. It returns the tree and all
//! mistakes: at a mistake it skips to the end of the statement and goes on with the next.
//!
//! What is out of place but understood (a clause too early, a reserved word for a name) is
//! reported and kept, so that later checks know what was declared; a statement that cannot be
//! understood is left out of the tree. Time is linear in the length of the text, and stack use
//! is bounded by [`MAX_DEPTH`].

mod clauses;
mod comments;
mod document;
mod literal;
mod norm;
mod pattern;
mod question;
mod statement;
mod term;
#[cfg(test)]
mod tests;

use crate::base::{Diagnostic, FileId, Span, nearest};

use super::ast::{Atom, Literal, Program, Query, StatementSpan, TargetKind};
use super::error::{SyntaxError, described, shortened};
use super::lexer::{Lexeme, Lexer, Token};
use super::words::translation;
use comments::Trivia;

/// How deep groups, aggregates and reparations may be nested.
pub(crate) const MAX_DEPTH: usize = 64;

/// How many mistakes of one text are reported.
const MAX_DIAGNOSTICS: usize = 1000;

/// Parses a policy file.
///
/// The diagnostics are sorted, and empty exactly when every statement of the text is in the
/// tree as it was written.
pub fn parse_program(file: FileId, text: &str) -> (Program, Vec<Diagnostic>) {
    let mut parser = Parser::new(file, text);
    let program = parser.program();
    (program, parser.into_diagnostics())
}

/// Parses a question, with or without a full stop at its end.
///
/// There is a question exactly when there are no diagnostics.
pub fn parse_query(file: FileId, text: &str) -> (Option<Query>, Vec<Diagnostic>) {
    whole(file, text, Parser::query)
}

/// Parses an act (`share by roy of photo-1 on @roy`) or a situation (`shows_logo(@roy) by
/// roy`), as the command line takes it.
pub fn parse_act(file: FileId, text: &str) -> (Option<TargetKind>, Vec<Diagnostic>) {
    whole(file, text, Parser::act_or_state)
}

/// Parses one atom: `consents(lee, photo-1)`.
pub fn parse_atom(file: FileId, text: &str) -> (Option<Atom>, Vec<Diagnostic>) {
    whole(file, text, Parser::atom)
}

/// Parses one condition: `not consents(lee, photo-1)`.
pub fn parse_literal(file: FileId, text: &str) -> (Option<Literal>, Vec<Diagnostic>) {
    whole(file, text, Parser::literal)
}

/// All of `text` as one `part`, with or without a full stop; a part only if nothing is wrong.
fn whole<'a, T>(
    file: FileId,
    text: &'a str,
    part: impl FnOnce(&mut Parser<'a>) -> Parsed<T>,
) -> (Option<T>, Vec<Diagnostic>) {
    let mut parser = Parser::new(file, text);
    let parsed = part(&mut parser).and_then(|part| {
        parser.eat(Token::Stop);
        parser.expect(Token::End, "nothing more").map(|_| part)
    });
    let diagnostics = parser.into_diagnostics();
    (parsed.ok().filter(|_| diagnostics.is_empty()), diagnostics)
}

/// The statement cannot be understood; the reason is among the diagnostics already.
#[derive(Clone, Copy, Debug)]
struct Skip;

type Parsed<T> = Result<T, Skip>;

/// The state of parsing one text.
struct Parser<'a> {
    lexer: Lexer<'a>,
    /// The next token, not yet taken.
    current: Lexeme<'a>,
    /// The place of the token taken last.
    previous: Span,
    /// Comments before `current` that no statement has taken yet.
    trivia: Vec<Trivia>,
    /// Where the body that was read last ended.
    body_end: u32,
    /// Groups, aggregates and reparations that are open.
    depth: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
    fn new(file: FileId, text: &'a str) -> Self {
        let too_large = u32::try_from(text.len()).is_err();
        let text = if too_large { "" } else { text };
        let mut lexer = Lexer::new(file, text);
        let first = lexer.next();
        let mut parser = Self {
            lexer,
            current: first,
            previous: first.span.start_point(),
            trivia: Vec::new(),
            body_end: 0,
            depth: 0,
            diagnostics: Vec::new(),
        };
        if too_large {
            parser.report(&SyntaxError::TextTooLarge, first.span);
        }
        parser.settle();
        parser
    }

    fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics;
        Diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    /// Takes the next token.
    fn bump(&mut self) -> Lexeme<'a> {
        let taken = self.current;
        self.previous = taken.span;
        self.current = self.lexer.next();
        self.settle();
        taken
    }

    /// Puts comments aside until `current` is a token of the grammar, and reports what is
    /// wrong with it by itself.
    fn settle(&mut self) {
        while let Some(trivia) = Trivia::of(&self.current) {
            self.trivia.push(trivia);
            self.current = self.lexer.next();
        }
        if let Some(error) = SyntaxError::of_token(&self.current) {
            self.report(&error, self.current.span);
        } else if self.current.token == Token::Stop && self.current.glued {
            self.report(&SyntaxError::GluedFullStop, self.current.span);
        }
    }

    fn at(&self, token: Token) -> bool {
        self.current.token == token
    }

    fn at_word(&self, word: &str) -> bool {
        self.current.is_word(word)
    }

    /// The first of `words` that comes next.
    fn at_one_of(&self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.at_word(word))
    }

    /// Whether `(` follows `current`: what stands there is meant as a relation. This second
    /// token of lookahead serves mistakes alone.
    fn calls(&self) -> bool {
        self.lexer.comes(Token::Open)
    }

    fn eat(&mut self, token: Token) -> bool {
        let found = self.at(token);
        if found {
            self.bump();
        }
        found
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        if found {
            self.bump();
        }
        found
    }

    /// Takes a `token`, or reports that `expected` is due.
    fn expect(&mut self, token: Token, expected: &str) -> Parsed<Lexeme<'a>> {
        if self.at(token) {
            Ok(self.bump())
        } else {
            Err(self.unexpected(expected, None))
        }
    }

    /// Takes the word `word`, or reports that it is due.
    fn expect_word(&mut self, word: &'static str) -> Parsed<Lexeme<'a>> {
        if self.at_word(word) {
            Ok(self.bump())
        } else {
            let help = self.guess(&[word]);
            Err(self.unexpected(&format!("`{word}`"), help))
        }
    }

    /// `part {, part}`.
    fn list<T>(&mut self, mut part: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        let mut parts = vec![part(self)?];
        while self.eat(Token::Comma) {
            parts.push(part(self)?);
        }
        Ok(parts)
    }

    /// `( part {, part} )`.
    fn parenthesised<T>(&mut self, part: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.expect(Token::Open, "`(`")?;
        let parts = self.list(part)?;
        self.expect(Token::Close, "`,` or `)`")?;
        Ok(parts)
    }

    /// Runs `part` one level deeper, or reports that this is too deep.
    fn nested<T>(&mut self, part: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == MAX_DEPTH {
            let limit = MAX_DEPTH;
            return Err(self.fail(&SyntaxError::DeepNesting { limit }, self.current.span));
        }
        self.depth += 1;
        let parsed = part(self);
        self.depth -= 1;
        parsed
    }

    /// Reports that `expected` is due where `current` stands. A token that is a mistake in
    /// itself has been reported and is not reported again.
    fn unexpected(&mut self, expected: &str, help: Option<String>) -> Skip {
        if SyntaxError::of_token(&self.current).is_some() {
            return Skip;
        }
        let foreign = || translation(self.current.text).map(str::to_owned);
        let unfinished = || Some("the statement above is not finished".to_owned());
        let error = SyntaxError::UnexpectedToken {
            expected: expected.into(),
            found: described(&self.current),
            help: help
                .or_else(foreign)
                .or_else(|| unfinished().filter(|_| self.at_statement_word())),
        };
        let is_end = self.at(Token::End);
        let place = if is_end {
            self.behind()
        } else {
            self.current.span
        };
        self.fail(&error, place)
    }

    /// The empty place behind the token taken last.
    fn behind(&self) -> Span {
        Span {
            start: self.previous.end,
            ..self.previous
        }
    }

    /// Reports a mistake after which the statement cannot be understood.
    fn fail(&mut self, error: &SyntaxError, span: Span) -> Skip {
        self.report(error, span);
        Skip
    }

    /// Reports a mistake after which the statement can still be understood.
    fn report(&mut self, error: &SyntaxError, span: Span) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(error.at(span));
        } else if self.diagnostics.len() == MAX_DIAGNOSTICS {
            let limit = MAX_DIAGNOSTICS;
            self.diagnostics
                .push(SyntaxError::TooManyErrors { limit }.at(span));
        }
    }

    /// "did you mean", where the next token resembles one of `words`.
    fn guess(&self, words: &[&'static str]) -> Option<String> {
        // Longer words resemble none, and would take long to compare.
        const LONGEST: usize = 20;
        let is_word = matches!(self.current.token, Token::Name | Token::Variable);
        let is_comparable = is_word && (2..=LONGEST).contains(&self.current.text.len());
        let text = Some(self.current.text.to_lowercase()).filter(|_| is_comparable)?;
        let words = || words.iter().copied();
        words()
            .find(|&word| word == text)
            .or_else(|| nearest(&text, words()))
            .map(|word| format!("did you mean `{word}`?"))
    }

    /// From `start` to the token taken last.
    fn since(&self, start: Span) -> StatementSpan {
        StatementSpan(start.to(self.previous))
    }

    /// The text of `current`, short enough for a message.
    fn current_text(&self) -> String {
        shortened(self.current.text)
    }
}
