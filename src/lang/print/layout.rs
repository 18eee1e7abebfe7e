//! Lays out words on lines of at most [`WIDTH`] columns.

/// Columns of a line; a longer word (a text, say) stands out.
pub(super) const WIDTH: usize = 100;

/// Words to be laid out, in parts that stay on one line if they can. Its depth is that of the
/// tree that it prints.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// Columns on one line.
    width: usize,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    /// What is never broken.
    Word(String),
    /// Parts with a space or a line break between them.
    Parts(Vec<Layout>),
}

impl Layout {
    /// What is never broken.
    pub(super) fn word(word: impl Into<String>) -> Self {
        let word = word.into();
        Self {
            width: word.chars().count(),
            content: Content::Word(word),
        }
    }

    /// Parts with a space or a line break between them; there is at least one.
    pub(super) fn parts(mut parts: Vec<Self>) -> Self {
        if parts.len() == 1
            && let Some(only) = parts.pop()
        {
            return only;
        }
        let spaces = parts.len().saturating_sub(1);
        Self {
            width: parts.iter().map(|part| part.width).sum::<usize>() + spaces,
            content: Content::Parts(parts),
        }
    }

    /// The same with `suffix` behind its last word.
    pub(super) fn then(mut self, suffix: &str) -> Self {
        self.append(suffix);
        self
    }

    fn append(&mut self, suffix: &str) {
        self.width += suffix.chars().count();
        match &mut self.content {
            Content::Word(word) => word.push_str(suffix),
            Content::Parts(parts) => {
                if let Some(last) = parts.last_mut() {
                    last.append(suffix);
                }
            }
        }
    }

    /// The same with `prefix` before its first word.
    pub(super) fn after(mut self, prefix: &str) -> Self {
        self.prepend(prefix);
        self
    }

    fn prepend(&mut self, prefix: &str) {
        self.width += prefix.chars().count();
        match &mut self.content {
            Content::Word(word) => word.insert_str(0, prefix),
            Content::Parts(parts) => {
                if let Some(first) = parts.first_mut() {
                    first.prepend(prefix);
                }
            }
        }
    }

    /// All on one line.
    pub(super) fn flat(&self) -> String {
        let mut line = String::with_capacity(self.width);
        self.write_flat(&mut line);
        line
    }

    fn write_flat(&self, line: &mut String) {
        match &self.content {
            Content::Word(word) => line.push_str(word),
            Content::Parts(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        line.push(' ');
                    }
                    part.write_flat(line);
                }
            }
        }
    }
}

/// `layouts` with `separator` behind each but the last.
pub(super) fn separated(layouts: Vec<Layout>, separator: &str) -> Vec<Layout> {
    let last = layouts.len().saturating_sub(1);
    let separate = |(index, layout): (usize, Layout)| {
        if index == last {
            layout
        } else {
            layout.then(separator)
        }
    };
    layouts.into_iter().enumerate().map(separate).collect()
}

/// A text that grows by lines.
#[derive(Default)]
pub(super) struct Page {
    text: String,
    /// The column at which the next word goes, from 0.
    column: usize,
}

impl Page {
    /// A line of its own.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.end_line();
    }

    pub(super) fn end_line(&mut self) {
        self.text.push('\n');
        self.column = 0;
    }

    /// More on this line, without regard to its width.
    pub(super) fn push(&mut self, words: &str) {
        self.text.push_str(words);
        self.column += words.chars().count();
    }

    /// The statement on one line if it fits, else each clause on lines of its own.
    pub(super) fn clauses(&mut self, clauses: &[Clause]) {
        let spaces = clauses.len().saturating_sub(1);
        let width: usize = clauses.iter().map(|clause| clause.layout.width).sum();
        let is_short = width + spaces <= WIDTH;
        for (index, clause) in clauses.iter().enumerate() {
            if is_short {
                let space = if index == 0 { "" } else { " " };
                self.push(space);
                self.push(&clause.layout.flat());
                continue;
            }
            if index > 0 {
                self.end_line();
            }
            self.indent(clause.indent);
            self.fill(&clause.layout, clause.hanging);
        }
    }

    fn indent(&mut self, columns: usize) {
        self.push(&" ".repeat(columns));
    }

    /// Writes `layout` from the current column on, and each part that does not fit on its line
    /// on further lines, which are indented by `hanging`.
    fn fill(&mut self, layout: &Layout, hanging: usize) {
        let fits = self.column + layout.width <= WIDTH;
        match &layout.content {
            Content::Parts(parts) if !fits => {
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 && self.column + 1 + part.width <= WIDTH {
                        self.push(" ");
                    } else if index > 0 {
                        self.end_line();
                        self.indent(hanging);
                    }
                    self.fill(part, hanging);
                }
            }
            _ => self.push(&layout.flat()),
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// A clause and where its lines begin.
pub(super) struct Clause {
    layout: Layout,
    /// Columns before its first line.
    indent: usize,
    /// Columns before its further lines.
    hanging: usize,
}

impl Clause {
    /// The first clause of a statement.
    pub(super) fn first(layout: Layout) -> Self {
        Self {
            layout,
            indent: 0,
            hanging: 4,
        }
    }

    /// A clause that starts with a word of its own.
    pub(super) fn further(layout: Layout) -> Self {
        Self {
            layout,
            indent: 2,
            hanging: 4,
        }
    }

    /// A clause whose further lines stand below its first: the body of a rule, texts.
    pub(super) fn body(layout: Layout) -> Self {
        Self {
            layout,
            indent: 2,
            hanging: 2,
        }
    }

    /// The same with `suffix` behind it.
    pub(super) fn then(self, suffix: &str) -> Self {
        Self {
            layout: self.layout.then(suffix),
            ..self
        }
    }
}
