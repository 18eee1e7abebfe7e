//! What can be wrong with the form of a text: code, message and help of each mistake.

use crate::base::{Diagnostic, Span};

use super::lexer::{Lexeme, Token};
use super::words::translation;

/// A mistake of form.
#[derive(Clone, Debug)]
pub(crate) enum SyntaxError {
    /// Something else is due here.
    UnexpectedToken {
        /// What is due, as it reads after "expected".
        expected: String,
        /// What stands there, as it reads after "found".
        found: String,
        /// How to mend it.
        help: Option<String>,
    },
    /// A statement runs into the next one.
    MissingFullStop,
    /// A full stop with something right behind it.
    GluedFullStop,
    /// No statement starts with this word.
    UnknownStatement {
        /// The word.
        word: String,
        /// How to mend it.
        help: String,
    },
    /// A word of the language is used as a name.
    ReservedWord {
        /// The word.
        word: String,
        /// What it is to name: "a relation".
        what: &'static str,
    },
    /// A word in lower case that is no name: `jane.doe`, `école`, `_x`.
    UnquotedName {
        /// The word.
        word: String,
    },
    /// A clause is not where it belongs.
    MisplacedClause {
        /// Its first word.
        word: &'static str,
        /// Where it belongs.
        help: String,
    },
    /// A clause is given twice.
    RepeatedClause {
        /// Its first word.
        word: &'static str,
        /// How to mend it.
        help: &'static str,
    },
    /// Alternatives stand without parentheses.
    UngroupedAlternatives,
    /// Parentheses hold no alternatives.
    GroupWithoutAlternatives,
    /// Parentheses within parentheses, too often.
    DeepNesting {
        /// How often is allowed.
        limit: usize,
    },
    /// A text or quoted name is not closed on its line.
    UnterminatedText {
        /// `"` or `'`.
        quote: char,
    },
    /// `\x` with a meaningless `x`.
    UnknownEscape {
        /// What follows the backslash.
        escape: char,
        /// `"` or `'`.
        quote: char,
    },
    /// No such day, or no such time of day.
    ImpossibleDate {
        /// As written.
        text: String,
    },
    /// The number does not fit.
    IntegerTooLarge {
        /// As written, shortened.
        text: String,
        /// The largest that does.
        limit: i64,
    },
    /// `3.5`.
    DecimalNumber {
        /// As written, shortened.
        text: String,
    },
    /// `lines 9-3`.
    ReversedLines,
    /// Characters without meaning.
    UnknownCharacter {
        /// They, shortened.
        text: String,
    },
    /// More mistakes than anyone reads.
    TooManyErrors {
        /// How many are shown.
        limit: usize,
    },
    /// Places are 32 bits wide.
    TextTooLarge,
}

impl SyntaxError {
    /// Its name in documentation; none is used twice.
    fn code(&self) -> &'static str {
        match self {
            Self::UnexpectedToken { .. } => "unexpected-token",
            Self::MissingFullStop => "missing-full-stop",
            Self::GluedFullStop => "glued-full-stop",
            Self::UnknownStatement { .. } => "unknown-statement",
            Self::ReservedWord { .. } => "reserved-word",
            Self::UnquotedName { .. } => "unquoted-name",
            Self::MisplacedClause { .. } => "misplaced-clause",
            Self::RepeatedClause { .. } => "repeated-clause",
            Self::UngroupedAlternatives => "ungrouped-alternatives",
            Self::GroupWithoutAlternatives => "group-without-alternatives",
            Self::DeepNesting { .. } => "deep-nesting",
            Self::UnterminatedText { .. } => "unterminated-text",
            Self::UnknownEscape { .. } => "unknown-escape",
            Self::ImpossibleDate { .. } => "impossible-date",
            Self::IntegerTooLarge { .. } => "integer-too-large",
            Self::DecimalNumber { .. } => "decimal-number",
            Self::ReversedLines => "reversed-lines",
            Self::UnknownCharacter { .. } => "unknown-character",
            Self::TooManyErrors { .. } => "too-many-errors",
            Self::TextTooLarge => "text-too-large",
        }
    }

    /// What is wrong, in one sentence.
    fn message(&self) -> String {
        match self {
            Self::UnexpectedToken {
                expected, found, ..
            } => format!("expected {expected}, found {found}"),
            Self::MissingFullStop => "this statement has no full stop at its end".into(),
            Self::GluedFullStop => "a full stop ends a statement only before white space".into(),
            Self::UnknownStatement { word, .. } => format!("no statement starts with `{word}`"),
            Self::ReservedWord { word, what } => {
                format!("`{word}` is a word of the language and cannot name {what}")
            }
            Self::UnquotedName { word } => format!("`{word}` is not a name without quotes"),
            Self::MisplacedClause { word, .. } => format!("`{word}` is out of its place"),
            Self::RepeatedClause { word, .. } => format!("`{word}` is one clause too many"),
            Self::UngroupedAlternatives => "alternatives stand without parentheses".into(),
            Self::GroupWithoutAlternatives => "parentheses without alternatives".into(),
            Self::DeepNesting { limit } => format!("nested more than {limit} deep"),
            Self::UnterminatedText { quote } => {
                format!("no `{quote}` closes this on the same line")
            }
            Self::UnknownEscape { escape, .. } => format!("`\\{escape}` means nothing"),
            Self::ImpossibleDate { text } => format!("`{text}` is not a date of the calendar"),
            Self::IntegerTooLarge { text, .. } => format!("the number `{text}` is too large"),
            Self::DecimalNumber { text } => format!("`{text}` is not a whole number"),
            Self::ReversedLines => "the last line comes before the first".into(),
            Self::UnknownCharacter { text } => format!("`{text}` has no meaning here"),
            Self::TooManyErrors { limit } => {
                format!("more than {limit} errors; the rest are not shown")
            }
            Self::TextTooLarge => "texts of 4 GiB and more cannot be read".into(),
        }
    }

    /// How to mend it.
    fn help(&self) -> Option<String> {
        Some(match self {
            Self::UnexpectedToken { help, .. } => return help.clone(),
            Self::MissingFullStop => "put `.` here".into(),
            Self::GluedFullStop => "put a space or a new line behind it".into(),
            Self::UnknownStatement { help, .. } | Self::MisplacedClause { help, .. } => {
                help.clone()
            }
            Self::ReservedWord { word, .. } => format!("call it `{word}_`"),
            Self::UnquotedName { word } if word.starts_with('_') => {
                "`_` stands alone; a variable starts with a capital letter".into()
            }
            Self::UnquotedName { word } => format!("write `'{word}'`"),
            Self::RepeatedClause { help, .. } => (*help).into(),
            Self::UngroupedAlternatives => "write `( … or … )`".into(),
            Self::GroupWithoutAlternatives => {
                "take the parentheses away, or put `or` between alternatives".into()
            }
            Self::DeepNesting { .. } => "give the inner part a relation of its own".into(),
            Self::UnterminatedText { quote } => {
                format!("write `\\{quote}` for the sign itself and `\\n` for a new line")
            }
            Self::UnknownEscape { quote, .. } => {
                format!("`\\{quote}`, `\\\\` and `\\n` have a meaning; a backslash is `\\\\`")
            }
            Self::IntegerTooLarge { limit, .. } => format!("the largest number is {limit}"),
            Self::DecimalNumber { .. } => "count in a smaller unit".into(),
            Self::UnknownCharacter { text } => {
                return translation(text).map(str::to_owned).or_else(|| {
                    let first = text.chars().next()?;
                    translation(first.encode_utf8(&mut [0; 4])).map(str::to_owned)
                });
            }
            Self::ImpossibleDate { .. }
            | Self::ReversedLines
            | Self::TooManyErrors { .. }
            | Self::TextTooLarge => return None,
        })
    }

    /// The diagnostic for it at `span`.
    pub(crate) fn at(&self, span: Span) -> Diagnostic {
        Diagnostic::error(self.code(), span, self.message()).maybe_help(self.help())
    }

    /// The mistake that a token of the scanner is in itself.
    pub(crate) fn of_token(lexeme: &Lexeme<'_>) -> Option<Self> {
        let text = || shortened(lexeme.text);
        Some(match lexeme.token {
            Token::Unterminated => Self::UnterminatedText {
                quote: lexeme.text.chars().next().unwrap_or('"'),
            },
            Token::Decimal => Self::DecimalNumber { text: text() },
            Token::Dotted | Token::OtherWord => Self::UnquotedName { word: text() },
            Token::Unknown => Self::UnknownCharacter { text: text() },
            _ => return None,
        })
    }
}

/// What stands there, as it reads after "found".
pub(crate) fn described(lexeme: &Lexeme<'_>) -> String {
    let text = shortened(lexeme.text);
    match lexeme.token {
        Token::End => "the end".into(),
        Token::Variable => format!("the variable `{text}`"),
        Token::Reference => format!("the id `{text}`"),
        Token::Integer => format!("the number `{text}`"),
        Token::Date => format!("the date `{text}`"),
        Token::Text => format!("the text `{text}`"),
        Token::Quoted => format!("the symbol `{text}`"),
        _ => format!("`{text}`"),
    }
}

/// `text` on one line and short enough for a message.
pub(crate) fn shortened(text: &str) -> String {
    const LENGTH: usize = 40;
    let visible = |character: char| {
        if character.is_control() {
            '\u{fffd}'
        } else {
            character
        }
    };
    let mut short: String = text.chars().take(LENGTH).map(visible).collect();
    if text.chars().nth(LENGTH).is_some() {
        short.push('…');
    }
    short
}
