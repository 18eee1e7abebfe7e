//! How wide text is in the font that we ship.

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// The name of the font in pictures.
pub(super) const FAMILY: &str = "DejaVu Sans Condensed";

/// The font, regular and bold.
pub(super) const FILES: [&[u8]; 2] = [
    include_bytes!("font/DejaVuSansCondensed.subset.ttf"),
    include_bytes!("font/DejaVuSansCondensed-Bold.subset.ttf"),
];

/// The size of text, in pixels.
pub(super) const SIZE: f32 = 10.5;

/// The font, ready to measure.
pub(super) struct Fonts {
    faces: [Option<Face>; 2],
}

struct Face {
    font: FontRef<'static>,
    metrics: GlyphMetrics<'static>,
}

impl Fonts {
    /// The font that we ship.
    pub(super) fn new() -> Self {
        let face = |data| {
            let font = FontRef::new(data).ok()?;
            let metrics = font.glyph_metrics(Size::new(SIZE), LocationRef::default());
            Some(Face { font, metrics })
        };
        Self {
            faces: FILES.map(face),
        }
    }

    /// The width of `text`, in pixels.
    pub(super) fn width(&self, text: &str, bold: bool) -> f32 {
        text.chars().map(|letter| self.advance(letter, bold)).sum()
    }

    fn advance(&self, letter: char, bold: bool) -> f32 {
        let [regular, heavy] = &self.faces;
        let face = if bold { heavy } else { regular };
        let known = face.as_ref().and_then(|face| {
            let glyph = face.font.charmap().map(letter).unwrap_or_default();
            face.metrics.advance_width(glyph)
        });
        // INVARIANT: the fonts load, which a test holds them to; half an em keeps the width sane.
        known.unwrap_or(SIZE / 2.0)
    }

    /// Where a word is broken, if it is wider than `width`: where a part of it ends, if that can
    /// be, and after one letter at least.
    fn break_in(&self, word: &str, bold: bool, width: f32) -> Option<usize> {
        let (mut filled, mut part) = (0.0, None);
        for (at, letter) in word.char_indices() {
            filled += self.advance(letter, bold);
            if filled > width {
                return Some(part.unwrap_or(at.max(letter.len_utf8())));
            }
            if matches!(letter, '/' | '-' | '_' | '.' | ':' | ',') {
                part = Some(at + letter.len_utf8());
            }
        }
        None
    }

    /// Breaks `text` into lines of at most `width` pixels; a longer word is broken too.
    pub(super) fn lines(&self, text: &str, bold: bool, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let (mut line, mut filled) = (String::new(), 0.0);
        for word in text.split(' ') {
            let space = if line.is_empty() { "" } else { " " };
            let needed = self.width(space, bold) + self.width(word, bold);
            if filled + needed <= width {
                line.extend([space, word]);
                filled += needed;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            let mut rest = word;
            while let Some(at) = self.break_in(rest, bold, width) {
                let (first, after) = rest.split_at(at);
                lines.push(first.to_owned());
                rest = after;
            }
            rest.clone_into(&mut line);
            filled = self.width(rest, bold);
        }
        lines.push(line);
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_what_our_texts_need() {
        for face in Fonts::new().faces {
            let face = face.unwrap();
            for letter in "AZaz09@_-ÀÉéèêçœŒ«»’“”…–—→←≤≥≠\u{a0}\u{202f}".chars()
            {
                let glyph = face.font.charmap().map(letter);
                assert!(glyph.is_some(), "{letter}");
            }
        }
    }

    #[test]
    fn lines_keep_their_width_and_their_words() {
        let fonts = Fonts::new();
        let text = format!("one two three {} four", "x".repeat(80));
        let lines = fonts.lines(&text, false, 60.0);
        assert!(lines.len() > 5);
        for line in &lines {
            assert!(fonts.width(line, false) <= 60.0, "{line}");
        }
        let letters = |text: &str| text.replace(' ', "");
        assert_eq!(letters(&lines.concat()), letters(&text));
        assert!(fonts.width("bold", true) > fonts.width("bold", false));
    }
}
