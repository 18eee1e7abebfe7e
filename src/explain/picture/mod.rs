//! An explanation as a drawing that reads in black and white and at the size of a page. The
//! verdict stands on the left, what it rests on to the right of it. Border, weight, dash and
//! corner carry the kinds of boxes; a legend says which is which.

mod boxes;
mod draw;
mod legend;
mod measure;
mod place;
mod png;
mod route;

use super::graph::Explanation;
use super::sketch::{Sketch, sketch};
use boxes::SetBox;
use measure::Fonts;
use place::Placed;

pub use png::PictureError;

/// How wide a line of text may be, in pixels, and what else is tried.
const WIDEST: f32 = 232.0;
const WIDTHS: [f32; 3] = [195.0, 165.0, 140.0];

/// How many boxes a picture may have that other widths are tried for.
const TRIED: usize = 100;

/// The room on a page of A4, upright, in points.
const PAGE: (f64, f64) = (510.0, 770.0);

/// Text of this size on paper, in points, is large enough.
const READABLE: f64 = 8.0;

/// The explanation as SVG.
pub fn render_svg(explanation: &Explanation) -> String {
    let sketch = sketch(explanation);
    let fonts = Fonts::new();
    let (boxes, placed) = largest_on_a_page(&sketch, &fonts);
    draw::draw(explanation, &sketch, &boxes, &placed, &fonts)
}

/// The explanation as PNG, in black on white.
pub fn render_png(explanation: &Explanation) -> Result<Vec<u8>, PictureError> {
    png::png(&render_svg(explanation))
}

/// A picture laid out in the widths of text that read well, for the one that is largest on a
/// page: wide boxes make a picture wide, narrow ones make it high.
fn largest_on_a_page(sketch: &Sketch, fonts: &Fonts) -> (Vec<SetBox>, Placed) {
    let lay_out = |width| {
        let boxes = boxes::set(sketch, fonts, width);
        let placed = place::place(&boxes, &sketch.lines);
        (boxes, placed)
    };
    let narrower = WIDTHS.into_iter().filter(|_| sketch.boxes.len() <= TRIED);
    let mut best = lay_out(WIDEST);
    for width in narrower {
        let enlarged = best.1.enlarged(PAGE);
        if enlarged * f64::from(measure::SIZE) >= READABLE {
            break;
        }
        let other = lay_out(width);
        if other.1.enlarged(PAGE) > enlarged {
            best = other;
        }
    }
    best
}
