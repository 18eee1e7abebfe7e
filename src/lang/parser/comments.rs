//! Comments on their way from the text into the tree: above a statement, inside it (kept as if
//! they stood above), and behind its full stop.

use crate::lang::lexer::{Lexeme, Token};

use super::Parser;

/// A comment that was read and belongs to no statement yet.
pub(super) struct Trivia {
    /// `///` rather than `//`.
    is_doc: bool,
    /// Without the slashes and one space.
    text: String,
    /// Line breaks since the token or comment before it.
    newlines: usize,
}

impl Trivia {
    /// The comment that `lexeme` is, if it is one.
    pub(super) fn of(lexeme: &Lexeme<'_>) -> Option<Self> {
        let (is_doc, slashes) = match lexeme.token {
            Token::Comment => (false, "//"),
            Token::Doc => (true, "///"),
            _ => return None,
        };
        let text = lexeme.text.strip_prefix(slashes).unwrap_or_default();
        let text = text.strip_prefix(' ').unwrap_or(text).trim_end();
        Some(Self {
            is_doc,
            text: text.into(),
            newlines: lexeme.newlines,
        })
    }

    /// Its line in a list of comments, where an empty string is a blank line of the text: an
    /// empty comment is one space there.
    fn into_line(self) -> String {
        if self.text.is_empty() {
            " ".into()
        } else {
            self.text
        }
    }
}

/// What stands above a statement.
#[derive(Default)]
pub(super) struct Leading {
    /// `//` lines, with an empty string for blank lines of the text.
    pub(super) comments: Vec<String>,
    /// `///` lines.
    pub(super) doc: Vec<String>,
}

impl Leading {
    /// A blank line, unless there is one already.
    fn blank(&mut self) {
        if self.doc.is_empty() && self.comments.last().is_none_or(|last| !last.is_empty()) {
            self.comments.push(String::new());
        }
    }
}

impl Parser<'_> {
    /// Takes what stands between the statement before and `current`; `is_first` where there is
    /// none before.
    pub(super) fn leading(&mut self, is_first: bool) -> Leading {
        let mut leading = Leading::default();
        let mut is_start = is_first;
        for trivia in std::mem::take(&mut self.trivia) {
            if trivia.newlines > 1 && !is_start {
                leading.blank();
            }
            is_start = false;
            if trivia.is_doc {
                leading.doc.push(trivia.text);
            } else {
                leading.comments.push(trivia.into_line());
            }
        }
        if self.current.newlines > 1 && !is_start {
            leading.blank();
        }
        leading
    }

    /// Takes comments that stand inside a statement or a question.
    pub(super) fn inner_comments(&mut self) -> impl Iterator<Item = String> + use<> {
        std::mem::take(&mut self.trivia)
            .into_iter()
            .map(Trivia::into_line)
    }

    /// Takes the `//` comment behind the full stop that was taken last, on its line.
    pub(super) fn remark(&mut self) -> Option<String> {
        let is_remark = |trivia: &Trivia| !trivia.is_doc && trivia.newlines == 0;
        if !self.trivia.first().is_some_and(is_remark) {
            return None;
        }
        let rest = self.trivia.split_off(1);
        let remark = std::mem::replace(&mut self.trivia, rest).pop();
        remark.map(|remark| remark.text)
    }

    /// Takes the comments above a question, or at the end of a text, without a blank line at
    /// their end.
    pub(super) fn loose_comments(&mut self, is_first: bool) -> Vec<String> {
        let Leading { mut comments, doc } = self.leading(is_first);
        comments.extend(doc.into_iter().map(
            |line| {
                if line.is_empty() { " ".into() } else { line }
            },
        ));
        if comments.last().is_some_and(String::is_empty) {
            comments.pop();
        }
        comments
    }
}
