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
use super::sketch::sketch;

pub use png::PictureError;

/// The explanation as SVG.
pub fn render_svg(explanation: &Explanation) -> String {
    let sketch = sketch(explanation);
    let fonts = measure::Fonts::new();
    let boxes = boxes::set(&sketch, &fonts);
    let placed = place::place(&boxes, &sketch.lines);
    draw::draw(explanation, &sketch, &boxes, &placed, &fonts)
}

/// The explanation as PNG, in black on white.
pub fn render_png(explanation: &Explanation) -> Result<Vec<u8>, PictureError> {
    png::png(&render_svg(explanation))
}
