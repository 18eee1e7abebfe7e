//! The smallest parts: names, ids, numbers, texts, terms and atoms.

use crate::lang::ast::{Atom, Date, Name, Reference, Spanned, Term, TermKind};
use crate::lang::error::{SyntaxError, shortened};
use crate::lang::lexer::{Lexeme, Token};
use crate::lang::words::{is_connective, is_reserved};

use super::{Parsed, Parser, Skip};

impl<'a> Parser<'a> {
    /// A name that a declaration introduces: `what` is "a relation". A reserved word is
    /// reported and taken.
    pub(super) fn declared_name(&mut self, what: &'static str) -> Parsed<Name> {
        if self.at(Token::Name) && is_reserved(self.current.text) {
            self.report_reserved(what);
            return Ok(owned(self.bump()));
        }
        self.name(what)
    }

    /// The name of `what`. A reserved word that is meant as a relation is reported and taken.
    pub(super) fn name(&mut self, what: &'static str) -> Parsed<Name> {
        if !self.at(Token::Name) {
            return Err(self.no_name(what));
        }
        if is_reserved(self.current.text) {
            if !self.calls() {
                let expected = format!("the name of {what}");
                let help = format!("a name could be `{}_`", self.current.text);
                let help = Some(help).filter(|_| !is_connective(self.current.text));
                return Err(self.unexpected(&expected, help));
            }
            self.report_reserved(what);
        }
        Ok(owned(self.bump()))
    }

    fn report_reserved(&mut self, what: &'static str) {
        let word = self.current_text();
        self.report(&SyntaxError::ReservedWord { word, what }, self.current.span);
    }

    /// Reports that the name of `what` is due.
    pub(super) fn no_name(&mut self, what: &'static str) -> Skip {
        let expected = format!("the name of {what}");
        let help = self.at(Token::Variable).then(|| {
            let name = self.current_text().to_lowercase();
            format!("a name starts with a small letter: `{name}`")
        });
        self.unexpected(&expected, help)
    }

    /// A name of something outside the language, quoted if need be: `ontario`, `'St. John'`.
    pub(super) fn entity_name(&mut self, what: &'static str) -> Parsed<Name> {
        match self.current.token {
            Token::Quoted => Ok(self.quoted()),
            Token::Name if matches!(self.current.text, "en" | "fr") => Ok(owned(self.bump())),
            Token::Name if is_reserved(self.current.text) => {
                let help = self.quote_help();
                Err(self.unexpected(&format!("the name of {what}"), Some(help)))
            }
            _ => self.name(what),
        }
    }

    /// How to write a reserved word where it means itself.
    fn quote_help(&self) -> String {
        let word = self.current_text();
        format!("write `'{word}'` if the word itself is meant")
    }

    /// The name of a variable.
    pub(super) fn variable(&mut self, expected: &str) -> Parsed<Name> {
        let help = self
            .at(Token::Name)
            .then(|| "a variable starts with a capital letter".into());
        if !self.at(Token::Variable) {
            return Err(self.unexpected(expected, help));
        }
        Ok(owned(self.bump()))
    }

    /// `on-ministers/068b`.
    pub(super) fn reference(&mut self) -> Parsed<Reference> {
        self.expect(Token::Reference, "an id such as `on-ministers/068`")
            .map(owned)
    }

    /// `"…"`.
    pub(super) fn text(&mut self, expected: &str) -> Parsed<Spanned<String>> {
        if !self.at(Token::Text) {
            return Err(self.unexpected(expected, None));
        }
        Ok(self.quoted())
    }

    /// What the quotes of `current` hold.
    fn quoted(&mut self) -> Spanned<String> {
        let lexeme = self.bump();
        Spanned {
            node: self.unescaped(&lexeme),
            span: lexeme.span,
        }
    }

    /// The text between the quotes of `lexeme`; escapes without a meaning are reported and
    /// kept as they are.
    fn unescaped(&mut self, lexeme: &Lexeme<'a>) -> String {
        let quote = if lexeme.token == Token::Quoted {
            '\''
        } else {
            '"'
        };
        let inner = lexeme.text.strip_prefix(quote).unwrap_or(lexeme.text);
        let inner = inner.strip_suffix(quote).unwrap_or(inner);
        let mut text = String::with_capacity(inner.len());
        let mut characters = inner.chars();
        while let Some(character) = characters.next() {
            if character != '\\' {
                text.push(character);
                continue;
            }
            match characters.next() {
                Some('n') => text.push('\n'),
                Some(escape) if escape == '\\' || escape == quote => text.push(escape),
                Some(escape) => {
                    self.report(&SyntaxError::UnknownEscape { escape, quote }, lexeme.span);
                    text.extend(['\\', escape]);
                }
                None => text.push('\\'),
            }
        }
        text
    }

    /// A whole number of at most `limit`; a larger one is reported and cut down to it.
    pub(super) fn integer(&mut self, expected: &str, limit: i64) -> Parsed<Spanned<i64>> {
        let lexeme = self.expect(Token::Integer, expected)?;
        let node = lexeme.text.parse().ok().filter(|&number| number <= limit);
        if node.is_none() {
            let text = shortened(lexeme.text);
            self.report(&SyntaxError::IntegerTooLarge { text, limit }, lexeme.span);
        }
        Ok(Spanned {
            node: node.unwrap_or(limit),
            span: lexeme.span,
        })
    }

    /// A day, perhaps with a time; one that the calendar does not have is reported.
    pub(super) fn date(&mut self, expected: &str) -> Parsed<Spanned<Date>> {
        let lexeme = self.expect(Token::Date, expected)?;
        let date = Date::parse(lexeme.text);
        if date.is_none() {
            let text = lexeme.text.to_owned();
            self.report(&SyntaxError::ImpossibleDate { text }, lexeme.span);
        }
        let unknown = Date {
            minutes: 0,
            timed: false,
        };
        Ok(Spanned {
            node: date.unwrap_or(unknown),
            span: lexeme.span,
        })
    }

    /// An argument, or what fills a role.
    pub(super) fn term(&mut self) -> Parsed<Term> {
        let start = self.current.span;
        let kind = match self.current.token {
            Token::Any => {
                self.bump();
                TermKind::Any
            }
            Token::Name if is_reserved(self.current.text) => {
                if !matches!(self.current.text, "en" | "fr") {
                    let help = self.quote_help();
                    return Err(self.unexpected("a value", Some(help)));
                }
                TermKind::Symbol(self.bump().text.to_owned())
            }
            _ => self.simple_term("a value")?,
        };
        Ok(Term {
            kind,
            span: self.since(start),
        })
    }

    /// A variable, name, symbol, number, date or text.
    pub(super) fn simple_term(&mut self, expected: &str) -> Parsed<TermKind> {
        Ok(match self.current.token {
            Token::Variable => TermKind::Variable(self.bump().text.to_owned()),
            Token::Name if !is_reserved(self.current.text) => {
                TermKind::Symbol(self.bump().text.to_owned())
            }
            Token::Quoted => TermKind::Symbol(self.quoted().node),
            Token::Text => TermKind::Text(self.quoted().node),
            Token::Integer => TermKind::Integer(self.integer(expected, i64::MAX)?.node),
            Token::Date => TermKind::Date(self.date(expected)?.node),
            _ => return Err(self.unexpected(expected, None)),
        })
    }

    /// `R(…)`.
    pub(super) fn atom(&mut self) -> Parsed<Atom> {
        let relation = self.name("a relation")?;
        self.atom_of(relation)
    }

    /// The arguments of `relation`, which was taken last.
    pub(super) fn atom_of(&mut self, relation: Name) -> Parsed<Atom> {
        let terms = self.parenthesised(Self::term)?;
        let span = self.since(relation.span);
        Ok(Atom {
            relation,
            terms,
            span,
        })
    }
}

/// The text of a token, with its place.
pub(super) fn owned(lexeme: Lexeme<'_>) -> Spanned<String> {
    Spanned {
        node: lexeme.text.to_owned(),
        span: lexeme.span,
    }
}
