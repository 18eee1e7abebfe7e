//! Text made fit for lines: one line of visible characters, broken at spaces.

/// The most characters of one text that people are shown.
pub(super) const LONGEST: usize = 400;

/// The most characters of one paragraph of a memo or a page.
pub(super) const LONGEST_PARAGRAPH: usize = 4_000;

/// `text` on one line: line breaks and control characters become spaces, and what would turn
/// the direction of the rest of the line is left out.
pub(super) fn one_line(text: &str) -> String {
    let visible = text.chars().filter(|&letter| !turns_direction(letter));
    let spaced: String = visible
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    spaced
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Marks that order text by direction, from outside the text itself.
fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// `text` cut to at most `limit` characters, with its beginning and its end.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    let count = text.chars().count();
    if count <= limit {
        return text.to_owned();
    }
    let tail = limit / 4;
    let head = limit.saturating_sub(tail + 1);
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{start}…{end}")
}

/// Writes `text` in lines of at most `width` characters, indents included: that of the first
/// line and that of the rest.
pub(super) fn push_lines(page: &mut String, width: usize, indents: (&str, &str), text: &str) {
    let (first, rest) = indents;
    let room = width.saturating_sub(first.chars().count());
    for (index, line) in wrapped(text, room).iter().enumerate() {
        page.push_str(if index == 0 { first } else { rest });
        page.push_str(line.trim_end());
        page.push('\n');
    }
}

/// Breaks `text` into lines of at most `width` characters; a longer word is broken too.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        for (part, chunk) in pieces(word, width).into_iter().enumerate() {
            let size = chunk.chars().count();
            let space = usize::from(length > 0 && part == 0);
            if length + space + size > width {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            if length > 0 && part == 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(&chunk);
            length += size;
        }
    }
    lines.push(line);
    lines
}

/// A word in pieces that fit: whole if it does, else parted behind a sign within it where one
/// stands in the second half of the line.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece: Vec<char> = Vec::new();
    for letter in word.chars() {
        if piece.len() == width {
            let sign = piece.iter().rposition(|sign| "/(,-_.:".contains(*sign));
            let end = sign.map_or(width, |sign| sign + 1);
            let end = if end * 2 > width { end } else { width };
            let rest = piece.split_off(end);
            pieces.push(piece.into_iter().collect());
            piece = rest;
        }
        piece.push(letter);
    }
    pieces.push(piece.into_iter().collect());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_width_and_their_words() {
        let text = "aaa bb cccccccccc d";
        assert_eq!(wrapped(text, 6), ["aaa bb", "cccccc", "cccc d"]);
        assert_eq!(wrapped("policies/a-b.dl:3", 10), ["policies/", "a-b.dl:3"]);
        assert_eq!(wrapped("", 6), [""]);
        assert_eq!(wrapped("ab", 0), ["a", "b"]);
    }

    #[test]
    fn one_line_of_visible_text() {
        assert_eq!(one_line("a\n b\tc\u{202e}d\u{7}"), "a b cd");
        assert_eq!(shortened("abcdefgh", 5), "abc…h");
        assert_eq!(shortened("é", 5), "é");
    }
}
