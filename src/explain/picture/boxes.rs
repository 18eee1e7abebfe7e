//! Boxes with their texts set in lines, and how large that makes them.

use super::super::sketch::{Boxed, Look, Sketch};
use super::measure::Fonts;

/// How wide a line of text may be in a box below the columns, in pixels.
const WIDEST_ALONE: f32 = 460.0;

/// From one line to the next.
pub(super) const LEADING: f32 = 13.0;

/// Between text and border.
pub(super) const PADDING: f32 = 7.0;

/// How far a part within another is indented.
const INDENT: f32 = 9.0;

/// A box with its lines of text.
pub(super) struct SetBox {
    /// What it looks like.
    pub look: Look,
    /// It stands below the columns, as nothing leads to it.
    pub alone: bool,
    /// Its lines from the top.
    pub lines: Vec<SetLine>,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

/// A line of text.
pub(super) struct SetLine {
    /// Its distance from the left of the box's text.
    pub indent: f32,
    /// Whether it is a heading's.
    pub bold: bool,
    /// It is the first line of a part within another, which a dash opens.
    pub dash: bool,
    /// Its words.
    pub text: String,
}

/// Sets the boxes of a sketch, lines of text being at most `widest` pixels wide in the columns.
pub(super) fn set(sketch: &Sketch, fonts: &Fonts, widest: f32) -> Vec<SetBox> {
    let boxes = sketch.boxes.iter().enumerate();
    boxes
        .map(|(place, one)| {
            let alone = sketch.stands_alone(place);
            let limit = if alone { WIDEST_ALONE } else { widest };
            set_box(one, fonts, (limit, alone))
        })
        .collect()
}

fn set_box(of: &Boxed, fonts: &Fonts, (limit, alone): (f32, bool)) -> SetBox {
    let mut lines = Vec::new();
    let mut widest = 0.0_f32;
    for part in &of.parts {
        let indent = INDENT * f32::from(u8::try_from(part.depth.min(5)).unwrap_or_default());
        let set = fonts.lines(&part.text, part.heading, limit - indent);
        for (index, text) in set.into_iter().enumerate() {
            widest = widest.max(indent + fonts.width(&text, part.heading));
            lines.push(SetLine {
                indent,
                bold: part.heading,
                dash: part.depth > 0 && index == 0,
                text,
            });
        }
    }
    let side = if of.look == Look::Priority { 6.0 } else { 0.0 };
    let rows = u16::try_from(lines.len()).map_or(f32::MAX, f32::from);
    SetBox {
        look: of.look,
        alone,
        width: (widest + 2.0 * (PADDING + side)).ceil(),
        height: (rows * LEADING + 2.0 * PADDING).ceil(),
        lines,
    }
}
