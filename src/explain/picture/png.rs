//! A drawing as PNG, with the font that we ship and none of the system.

use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, fontdb};
use thiserror::Error;

use super::measure::{FAMILY, FILES};

/// Pixels of the picture for one of the drawing.
const SCALE: f32 = 2.0;

/// The most pixels of a picture; a larger drawing is scaled down.
const PIXELS: f32 = 60_000_000.0;

/// Why there is no picture.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The drawing is not one.
    #[error("the drawing cannot be read: {0}")]
    Drawing(#[from] usvg::Error),
    /// It does not fit into memory.
    #[error("the picture is too large")]
    TooLarge,
    /// It cannot be written.
    #[error("the picture cannot be written: {0}")]
    Written(String),
}

/// `svg` as PNG.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, PictureError> {
    let mut fonts = fontdb::Database::new();
    for file in FILES {
        fonts.load_font_data(file.to_vec());
    }
    let options = usvg::Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options)?;
    let size = tree.size();
    let scale = SCALE.min((PIXELS / (size.width() * size.height())).sqrt());
    let size = size.to_int_size().scale_by(scale);
    let size = size.ok_or(PictureError::TooLarge)?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(PictureError::TooLarge)?;
    pixels.fill(Color::WHITE);
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .map_err(|error| PictureError::Written(error.to_string()))
}
