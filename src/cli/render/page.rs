//! Text in lines that fit: paragraphs, headings, and entries with hanging indents. There is
//! no drawing and no colour, so that a screen reader says what an eye sees.

use std::borrow::Cow;

use textwrap::{Options, WordSeparator, WordSplitter};

use crate::cli::messages::{Argument, Messages};

use super::Screen;

/// Columns of one level of indentation.
const INDENT: usize = 2;

/// A text as it grows.
pub(super) struct Page<'a> {
    screen: &'a Screen,
    text: String,
}

impl<'a> Page<'a> {
    /// An empty page.
    pub(super) fn new(screen: &'a Screen) -> Self {
        Self {
            screen,
            text: String::new(),
        }
    }

    /// The messages of its language.
    pub(super) fn messages(&self) -> &'a Messages {
        &self.screen.messages
    }

    /// Its width in columns.
    pub(super) fn width(&self) -> usize {
        self.screen.width
    }

    /// `text` at `level` of indentation; lines that it breaks into are one level deeper.
    pub(super) fn entry(&mut self, level: usize, text: &str) {
        self.wrapped(level, level + 1, text);
    }

    /// `text` at `level` of indentation.
    pub(super) fn paragraph(&mut self, level: usize, text: &str) {
        self.wrapped(level, level, text);
    }

    /// The message `id` as a paragraph.
    pub(super) fn say(&mut self, level: usize, id: &str, arguments: &[Argument<'_>]) {
        let text = self.messages().message(id, arguments);
        self.paragraph(level, &text);
    }

    /// `label: text` as an entry.
    pub(super) fn field(&mut self, level: usize, label: &str, text: &str) {
        let text = self.messages().field(label, text);
        self.entry(level, &text);
    }

    /// `label: text` as an entry, the label being the message `id`, unless there is no text.
    pub(super) fn labelled(&mut self, level: usize, id: &str, text: &str) {
        if !text.is_empty() {
            let label = self.messages().text(id);
            self.field(level, &label, text);
        }
    }

    /// A heading after a blank line: the message `id`.
    pub(super) fn heading(&mut self, id: &str) {
        self.blank();
        let text = self.messages().text(id);
        self.paragraph(0, &text);
    }

    /// A blank line, except at the top and after another.
    pub(super) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A blank line, be it at the top.
    pub(super) fn break_line(&mut self) {
        self.text.push('\n');
    }

    /// `text` behind its `label`, which takes `width` columns, with a hanging indent.
    pub(super) fn hanging(&mut self, level: usize, label: &str, width: usize, text: &str) {
        let first = format!("{}{label:>width$}  ", " ".repeat(level * INDENT));
        let rest = " ".repeat(first.chars().count());
        self.indented(&first, &rest, text);
    }

    /// `line` as it is, however long.
    pub(super) fn verbatim(&mut self, level: usize, text: &str) {
        for line in text.lines() {
            let line = format!("{}{}", " ".repeat(level * INDENT), printable(line));
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    /// The finished text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// `text` in lines; words are never broken, as names are there to be copied.
    fn wrapped(&mut self, first: usize, rest: usize, text: &str) {
        let (first, rest) = (" ".repeat(first * INDENT), " ".repeat(rest * INDENT));
        self.indented(&first, &rest, text);
    }

    /// `text` in lines, the first behind `first`, the others behind `rest`.
    fn indented(&mut self, first: &str, rest: &str, text: &str) {
        let options = Options::new(self.screen.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation);
        for line in textwrap::wrap(&printable(text), options) {
            self.text.push_str(line.trim_end_matches(' '));
            self.text.push('\n');
        }
    }
}

/// `text` with its control characters and marks of writing direction written out: a name in
/// the facts must not be able to move the cursor or to turn around what stands beside it.
pub(in crate::cli) fn printable(text: &str) -> Cow<'_, str> {
    let harmful = |character: char| {
        character.is_control()
            || matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' => shown.push(' '),
            _ if harmful(character) => shown.extend(character.escape_unicode()),
            _ => shown.push(character),
        }
    }
    Cow::Owned(shown)
}
