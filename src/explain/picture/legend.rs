//! Which border and which line means what, below a picture: those that occur in it.

use std::collections::BTreeSet;

use crate::base::Language;

use super::super::graph::Edge;
use super::super::labels;
use super::super::sketch::{Look, Sketch};
use super::draw::Page;
use super::measure::Fonts;
use super::place::MARGIN;

/// From one row to the next.
const ROW: f64 = 20.0;

/// The size of a sample.
const SAMPLE: (f64, f64) = (30.0, 13.0);

/// Between an entry and the next.
const BETWEEN: f64 = 18.0;

/// How wide a legend may be.
const WIDEST: f64 = 700.0;

/// What a sample shows.
#[derive(Clone, Copy)]
enum Sample {
    Border(Look),
    Way(Edge),
}

/// A legend, set in rows.
pub(super) struct Legend {
    entries: Vec<(f64, f64, Sample, &'static str)>,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Legend {
    /// The legend of what a sketch shows.
    pub(super) fn of(language: Language, sketch: &Sketch, fonts: &Fonts) -> Self {
        let looks: BTreeSet<_> = sketch.boxes.iter().map(|one| one.look).collect();
        let drawn = sketch.lines.iter().filter(|line| !line.hidden);
        let edges: BTreeSet<_> = drawn.map(|line| line.edge).collect();
        let looks = looks.into_iter().filter_map(|look| {
            let word = labels::look(language, look)?;
            Some((Sample::Border(look), word))
        });
        let edges = edges
            .into_iter()
            .map(|edge| (Sample::Way(edge), labels::edge(language, edge)));
        let mut legend = Self {
            entries: Vec::new(),
            width: 0.0,
            height: 0.0,
        };
        let (mut x, mut y) = (MARGIN, MARGIN / 2.0);
        for (sample, word) in looks.chain(edges) {
            let width = SAMPLE.0 + 6.0 + f64::from(fonts.width(word, false));
            if x > MARGIN && x + width > WIDEST {
                (x, y) = (MARGIN, y + ROW);
            }
            legend.entries.push((x, y, sample, word));
            legend.width = legend.width.max(x + width + MARGIN);
            x += width + BETWEEN;
        }
        legend.height = y + ROW + MARGIN / 2.0;
        legend
    }

    /// Draws it at the top left of the page.
    pub(super) fn draw(&self, page: &mut Page<'_>) {
        for &(x, y, sample, word) in &self.entries {
            match sample {
                Sample::Border(look) => page.shape(look, (x, y), SAMPLE),
                Sample::Way(edge) => {
                    let (middle, end) = (y + SAMPLE.1 / 2.0, x + SAMPLE.0);
                    page.line(&format!("M{x:.1} {middle:.1}H{end:.1}"), edge);
                }
            }
            page.text((x + SAMPLE.0 + 6.0, y), word, false);
        }
    }
}
