//! Tokens: the longest match of each, with its place. Comments are tokens too, so that the
//! parser can keep them. What a token says (its date, its text) is read by the parser.
//!
//! The patterns are of ASCII alone, and words are then extended by hand with the letters of
//! other alphabets: Unicode classes would make a scanner of megabytes.

use logos::{Lexer as Scanner, Logos};

use crate::base::{FileId, Span};

/// The kinds of tokens. Those from `Unterminated` on are mistakes, which `SyntaxError`
/// explains; the parser never accepts one.
#[derive(Logos, Clone, Copy, PartialEq, Eq, Debug)]
#[logos(skip r"\s+")]
pub(crate) enum Token {
    /// `photo-1`, `@roy`, and all words of the language.
    #[regex(r"[@a-z][0-9A-Za-z_]*(-[0-9A-Za-z_]+)*", extend_name)]
    Name,
    /// `Who`.
    #[regex(r"[A-Z][0-9A-Za-z_]*", extend_word)]
    Variable,
    /// `on-ministers/068b/1`.
    #[regex(r"[a-z][a-z0-9]*(-[a-z0-9]+)*/[0-9]+[a-z]?(/[0-9]+)?")]
    Reference,
    /// `42`.
    #[regex(r"[0-9]+")]
    Integer,
    /// `2016-05-11` or `2016-05-11T14:30`, perhaps no day of the calendar.
    #[regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?")]
    Date,
    /// `"text"`, on one line.
    #[regex(r#""([^"\\\n]|\\[^\n])*""#)]
    Text,
    /// `'Roy Smith'`, on one line.
    #[regex(r"'([^'\\\n]|\\[^\n])*'")]
    Quoted,
    /// `// …`, or four slashes and more.
    #[regex(r"//[^\n]*", priority = 10, allow_greedy = true)]
    Comment,
    /// `/// …`.
    #[regex(r"///([^/\n][^\n]*)?", priority = 20, allow_greedy = true)]
    Doc,
    /// `_`.
    #[token("_")]
    Any,
    /// `.`, see [`Lexeme::glued`].
    #[token(".")]
    Stop,
    /// `(`
    #[token("(")]
    Open,
    /// `)`
    #[token(")")]
    Close,
    /// `{`
    #[token("{")]
    OpenBrace,
    /// `}`
    #[token("}")]
    CloseBrace,
    /// `,`
    #[token(",")]
    Comma,
    /// `:`
    #[token(":")]
    Colon,
    /// `:-`
    #[token(":-")]
    If,
    /// `?`
    #[token("?")]
    Question,
    /// `=`
    #[token("=")]
    Equal,
    /// `!=`
    #[token("!=")]
    Unequal,
    /// `<`
    #[token("<")]
    Less,
    /// `<=`
    #[token("<=")]
    AtMost,
    /// `>`
    #[token(">")]
    Greater,
    /// `>=`
    #[token(">=")]
    AtLeast,
    /// `+`
    #[token("+")]
    Plus,
    /// `-`
    #[token("-")]
    Minus,
    /// `*`
    #[token("*")]
    Times,
    /// The end of the text.
    End,
    /// A text or quoted symbol that its line does not close.
    #[regex(r#""([^"\\\n]|\\[^\n])*\\?"#)]
    #[regex(r"'([^'\\\n]|\\[^\n])*\\?")]
    Unterminated,
    /// `3.5`.
    #[regex(r"[0-9]+\.[0-9]+")]
    Decimal,
    /// `jane.doe`, a name with a full stop in it.
    #[regex(
        r"[@a-z][0-9A-Za-z_]*(-[0-9A-Za-z_]+)*(\.[0-9A-Za-z_]+(-[0-9A-Za-z_]+)*)+",
        extend_name
    )]
    Dotted,
    /// `école`, `_x`: a word that is neither a name nor a variable.
    #[regex(r"_[0-9A-Za-z_]+", extend_word)]
    OtherWord,
    /// Characters that the language has no use for.
    Unknown,
}

/// What a word goes on with: letters of any alphabet, their accents, digits, `_`.
fn is_word_character(character: char) -> bool {
    let is_accent = ('\u{300}'..='\u{36f}').contains(&character);
    character.is_alphabetic() || character.is_ascii_digit() || character == '_' || is_accent
}

/// Takes in the letters beyond ASCII that follow a variable.
fn extend_word(scanner: &mut Scanner<'_, Token>) {
    let rest = scanner.remainder();
    let end = rest.find(|next| !is_word_character(next));
    scanner.bump(end.unwrap_or(rest.len()));
}

/// Takes in the letters beyond ASCII that follow a name, and further parts behind hyphens.
fn extend_name(scanner: &mut Scanner<'_, Token>) {
    extend_word(scanner);
    while let Some(part) = scanner.remainder().strip_prefix('-')
        && part.starts_with(is_word_character)
    {
        scanner.bump(1);
        extend_word(scanner);
    }
}

/// A token with its text and how it stands on its line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexeme<'a> {
    /// Its kind.
    pub(crate) token: Token,
    /// Its text.
    pub(crate) text: &'a str,
    /// Its place.
    pub(crate) span: Span,
    /// Line breaks since the token before it.
    pub(crate) newlines: usize,
    /// No white space stands before it on its line.
    pub(crate) flush: bool,
    /// Neither white space nor the end of the text follows.
    pub(crate) glued: bool,
}

impl Lexeme<'_> {
    /// Whether it is the name or word `word`.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        self.token == Token::Name && self.text == word
    }
}

/// Hands out the tokens of one text, one at a time; after the last one, `End` for ever.
#[derive(Clone)]
pub(crate) struct Lexer<'a> {
    file: FileId,
    text: &'a str,
    scanner: Scanner<'a, Token>,
    /// Where the token before ended.
    end: usize,
    /// A token that was scanned while unknown characters were put together.
    held: Option<Token>,
}

impl<'a> Lexer<'a> {
    /// Starts at the beginning of `text`, after a byte order mark.
    pub(crate) fn new(file: FileId, text: &'a str) -> Self {
        let mut scanner = Token::lexer(text);
        let start = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        scanner.bump(start);
        Self {
            file,
            text,
            scanner,
            end: start,
            held: None,
        }
    }

    /// Whether the next token that is no comment is of the kind `token`.
    pub(crate) fn comes(&self, token: Token) -> bool {
        let mut ahead = self.clone();
        loop {
            let next = ahead.next().token;
            if !matches!(next, Token::Comment | Token::Doc) {
                return next == token;
            }
        }
    }

    /// The next token.
    pub(crate) fn next(&mut self) -> Lexeme<'a> {
        let scanned = self.held.take().or_else(|| self.scan());
        let range = self.scanner.span();
        let (token, start, end) = match scanned {
            None => (Token::End, self.text.len(), self.text.len()),
            Some(Token::Unknown) => (Token::Unknown, range.start, self.join_unknown(range.end)),
            Some(token) => (token, range.start, range.end),
        };
        let lexeme = self.lexeme(token, start, end);
        self.end = end;
        lexeme
    }

    /// One step of the scanner; what it does not know is `Unknown`, or `OtherWord` where it
    /// starts as a word does.
    fn scan(&mut self) -> Option<Token> {
        let scanned = self.scanner.next()?;
        Some(scanned.unwrap_or_else(|()| {
            if self.scanner.slice().starts_with(is_word_character) {
                extend_word(&mut self.scanner);
                Token::OtherWord
            } else {
                Token::Unknown
            }
        }))
    }

    /// Takes further unknown characters that touch the one that ends at `end`, so that a run
    /// of them is one mistake; returns where the run ends.
    fn join_unknown(&mut self, mut end: usize) -> usize {
        loop {
            let scanned = self.scan();
            let range = self.scanner.span();
            if scanned == Some(Token::Unknown) && range.start == end {
                end = range.end;
            } else {
                self.held = scanned;
                return end;
            }
        }
    }

    fn lexeme(&self, token: Token, start: usize, end: usize) -> Lexeme<'a> {
        let gap = self.text.get(self.end..start).unwrap_or_default();
        let after = self.text.get(end..).unwrap_or_default();
        Lexeme {
            token,
            text: self.text.get(start..end).unwrap_or_default(),
            span: Span::new(self.file, start, end),
            newlines: gap.bytes().filter(|&byte| byte == b'\n').count(),
            flush: gap.ends_with('\n') || start == 0,
            glued: after
                .chars()
                .next()
                .is_some_and(|next| !next.is_whitespace()),
        }
    }
}

/// Whether `text` as a whole is one token of the kind `token`.
pub(crate) fn is_token(text: &str, token: Token) -> bool {
    let mut scanner = Token::lexer(text);
    scanner.next() == Some(Ok(token)) && scanner.span() == (0..text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;

    /// The tokens of `text`, as `kind text` without comments' kinds spelt out.
    fn tokens(text: &str) -> Vec<(Token, &str)> {
        let mut lexer = Lexer::new(FileId::new(0), text);
        std::iter::from_fn(|| Some(lexer.next()).filter(|lexeme| lexeme.token != Token::End))
            .map(|lexeme| (lexeme.token, lexeme.text))
            .collect()
    }

    fn kinds(text: &str) -> Vec<Token> {
        tokens(text).into_iter().map(|(token, _)| token).collect()
    }

    #[test]
    fn the_longest_match_wins() {
        use Token::*;
        for (text, kinds_of_it) in [
            ("photo-1 @jane_doe état", vec![Name, Name, OtherWord]),
            ("n-1 N-1", vec![Name, Variable, Minus, Integer]),
            ("a - b-c é", vec![Name, Minus, Name, OtherWord]),
            ("forêt-noire", vec![Name]),
            ("e\u{301}cole-e\u{301}te\u{301}", vec![Name]),
            ("on-ministers/068b/1", vec![Reference]),
            ("on-ministers/068b/x", vec![Reference, Unknown, Name]),
            ("on_ops/1", vec![Name, Unknown, Integer]),
            ("a//b", vec![Name, Comment]),
            ("2016-05-11 2016-05-11T14:30", vec![Date, Date]),
            ("2016-05 12", vec![Integer, Minus, Integer, Integer]),
            ("30days", vec![Integer, Name]),
            ("90-92", vec![Integer, Minus, Integer]),
            (
                "a:-b : - < <= !=",
                vec![Name, If, Name, Colon, Minus, Less, AtMost, Unequal],
            ),
            ("_ _x", vec![Any, OtherWord]),
            (
                "a.\nb.c 3.5 3.",
                vec![Name, Stop, Dotted, Decimal, Integer, Stop],
            ),
        ] {
            assert_eq!(kinds(text), kinds_of_it, "{text}");
        }
    }

    #[test]
    fn texts_end_on_their_line() {
        use Token::*;
        assert_eq!(kinds(r#""a\"b" 'it\'s'"#), [Text, Quoted]);
        assert_eq!(tokens("\"a\nb"), [(Unterminated, "\"a"), (Name, "b")]);
        assert_eq!(tokens("'a\\\nb"), [(Unterminated, "'a\\"), (Name, "b")]);
        assert_eq!(kinds(r#""\"#), [Unterminated]);
    }

    #[test]
    fn comments_and_docs() {
        use Token::*;
        assert_eq!(
            kinds("// a\n///\n/// b\n//// c\n//\n/"),
            [Comment, Doc, Doc, Comment, Comment, Unknown]
        );
    }

    #[test]
    fn unknown_characters_are_put_together() {
        assert_eq!(
            tokens("\u{feff}a ;;% ; b"),
            [
                (Token::Name, "a"),
                (Token::Unknown, ";;%"),
                (Token::Unknown, ";"),
                (Token::Name, "b")
            ]
        );
    }

    #[test]
    fn tokens_know_how_they_stand() {
        let mut lexer = Lexer::new(FileId::new(0), "a(\n\n b.\nc");
        let stands: Vec<_> = std::iter::from_fn(|| Some(lexer.next()))
            .take(6)
            .map(|lexeme| (lexeme.text, lexeme.newlines, lexeme.flush, lexeme.glued))
            .collect();
        assert_eq!(
            stands,
            [
                ("a", 0, true, true),
                ("(", 0, false, false),
                ("b", 2, false, true),
                (".", 0, false, false),
                ("c", 1, true, false),
                ("", 0, false, false)
            ]
        );
    }
}
