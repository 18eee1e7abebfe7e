//! Places in the texts that were read: files, byte ranges, lines and columns.

use std::sync::{Arc, OnceLock};

use super::id::{Table, define_id};

define_id! {
    /// A text that was read: a policy, facts, a query.
    FileId,
}

/// A byte range of one file. `start <= end`; both lie on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Self {
            file,
            start: start as u32,
            end: end as u32,
        }
    }

    /// From the start of `self` to the end of `other`, which is of the same file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The empty range at the start of `self`.
    #[must_use]
    pub fn start_point(self) -> Self {
        Self {
            end: self.start,
            ..self
        }
    }
}

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// One text with the name it is shown under.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user gave it, or a name in angle brackets (`<query>`).
    pub name: String,
    /// The whole text.
    pub text: Arc<str>,
    /// Worked out when the first place is asked for: of most files none ever is.
    places: OnceLock<Places>,
}

/// What tells lines and columns of a text.
#[derive(Clone, Debug)]
struct Places {
    line_starts: Vec<u32>,
    /// How many characters start before each [`BLOCK`] of bytes, so that the column of a place
    /// in a line of 200 MB does not cost a walk over the line.
    characters: Vec<u32>,
}

/// Bytes between two entries of [`Places::characters`].
const BLOCK: usize = 4096;

/// How many characters start in `bytes`.
fn characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u32
}

impl Places {
    fn of(text: &str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end as u32 + 1);
        let mut counts = vec![0];
        let mut total = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            total += characters(block);
            counts.push(total);
        }
        Self {
            line_starts: std::iter::once(0).chain(ends).collect(),
            characters: counts,
        }
    }
}

impl Source {
    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::of(&self.text))
    }

    /// How many characters start before `offset`.
    fn characters_before(&self, offset: usize) -> u32 {
        let block = offset / BLOCK;
        let before = self
            .places()
            .characters
            .get(block)
            .copied()
            .unwrap_or_default();
        let rest = self.text.as_bytes().get(block * BLOCK..offset);
        before + characters(rest.unwrap_or_default())
    }

    /// The line number (from 1) that holds `offset`.
    fn line_of(&self, offset: u32) -> u32 {
        let starts = &self.places().line_starts;
        starts.partition_point(|&start| start <= offset) as u32
    }

    /// Where `offset` lies; past the end counts as the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.text.len());
        let line = self.line_of(offset as u32);
        let start = self
            .places()
            .line_starts
            .get(line as usize - 1)
            .map_or(0, |&start| start as usize);
        Position {
            line,
            column: self.characters_before(offset) - self.characters_before(start) + 1,
        }
    }
}

/// All texts of one run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Table<FileId, Source>,
}

impl Sources {
    /// Adds a text and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.files.push(Source {
            name: name.into(),
            text: text.into(),
            places: OnceLock::new(),
        })
    }

    /// The text of `file`.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file]
    }

    /// The text that `span` covers.
    pub fn text(&self, span: Span) -> &str {
        self.files[span.file]
            .text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// Where `span` starts.
    pub fn position(&self, span: Span) -> Position {
        self.files[span.file].position(span.start)
    }

    /// `file:line` of the start of `span`, as explanations cite it.
    pub fn place(&self, span: Span) -> String {
        format!(
            "{}:{}",
            self.files[span.file].name,
            self.position(span).line
        )
    }

    /// All files in order of reading.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.entries()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_have_columns() {
        let mut sources = Sources::default();
        let text = format!("ab\n{}x", "é".repeat(5000));
        let file = sources.add("a", text.as_str());
        for (offset, column) in [(3, 1), (4099, 2049), (10_003, 5001), (10_004, 5002)] {
            assert_eq!(
                sources.get(file).position(offset).column,
                column,
                "{offset}"
            );
        }
    }

    #[test]
    fn positions_count_characters() {
        let mut sources = Sources::default();
        let file = sources.add("a", "é b\nçà x");
        let at = |offset| {
            let place = sources.get(file).position(offset);
            (place.line, place.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 3));
        assert_eq!(at(5), (2, 1));
        assert_eq!(at(10), (2, 4));
        assert_eq!(at(99), (2, 5));
    }
}
