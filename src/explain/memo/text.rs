//! A memo as text, in lines of a given width.

use super::super::graph::Explanation;
use super::super::wrap::{LONGEST_PARAGRAPH, one_line, push_lines, shortened};
use super::{Block, memo};

/// The memo of an explanation in lines of at most `width` characters (no fewer than 30).
pub fn render_prose(explanation: &Explanation, width: usize) -> String {
    let mut page = Page {
        width: width.max(30),
        text: String::new(),
    };
    for section in memo(explanation).sections {
        if !page.text.is_empty() {
            page.text.push('\n');
        }
        page.line("", "", section.heading);
        page.text
            .extend(std::iter::repeat_n('─', section.heading.chars().count()));
        page.text.push('\n');
        for block in section.blocks {
            page.block(&block);
        }
    }
    page.text
}

struct Page {
    width: usize,
    text: String,
}

impl Page {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Part(text) => {
                self.text.push('\n');
                self.line("", "", text);
            }
            Block::Paragraph(text) => self.line("", "", text),
            Block::Item { mark, text, below } => {
                let first = format!("{mark} ");
                let rest = " ".repeat(first.chars().count());
                self.line(&first, &rest, text);
                for paragraph in below {
                    self.line(&rest, &rest, paragraph);
                }
            }
        }
    }

    fn line(&mut self, first: &str, rest: &str, text: &str) {
        let text = shortened(&one_line(text), LONGEST_PARAGRAPH);
        push_lines(&mut self.text, self.width, (first, rest), &text);
    }
}
