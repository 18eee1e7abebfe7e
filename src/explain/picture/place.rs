//! Where boxes stand and lines run: the only place that knows the layout crate.

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir};

use super::super::sketch::Line;
use super::boxes::SetBox;

/// Between boxes of one column.
const BETWEEN: f64 = 12.0;

/// Between columns, where lines turn and their labels stand.
const COLUMNS: f64 = 52.0;

/// Around the picture.
pub(super) const MARGIN: f64 = 16.0;

/// A point of the picture.
pub(super) type Point = (f64, f64);

/// A picture laid out.
#[derive(Debug, Default)]
pub(super) struct Placed {
    /// The middle of each box.
    pub centres: Vec<Point>,
    /// Of each line the points that it passes between its ends.
    pub ways: Vec<Vec<Point>>,
    /// The width of the picture.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// Places boxes in columns, the first one on the left; those that stand alone in rows below.
pub(super) fn place(boxes: &[SetBox], lines: &[Line]) -> Placed {
    let mut graph: Graph<NodeLabel, EdgeLabel> = Graph::with_options(GraphOptions {
        directed: true,
        multigraph: true,
        compound: true,
    });
    let in_column = |index: usize| boxes.get(index).is_some_and(|one| !one.alone);
    for (index, one) in boxes.iter().enumerate().filter(|(_, one)| !one.alone) {
        let label = NodeLabel {
            width: f64::from(one.width),
            height: f64::from(one.height),
            ..NodeLabel::default()
        };
        graph.set_node(key(index), Some(label));
    }
    for (index, line) in lines.iter().enumerate() {
        if !in_column(line.to) {
            continue;
        }
        let (from, to) = (key(line.from), key(line.to));
        let name = key(index);
        graph.set_edge(&from, &to, Some(EdgeLabel::default()), Some(&name));
    }
    dagre::layout(
        &mut graph,
        Some(LayoutOptions {
            rankdir: RankDir::LR,
            nodesep: BETWEEN,
            edgesep: BETWEEN / 2.0,
            ranksep: COLUMNS,
            ..LayoutOptions::default()
        }),
    );
    read(&graph, boxes, lines)
}

/// Keys are of one length, so that their order is that of the numbers.
fn key(index: usize) -> String {
    format!("{index:05}")
}

/// What the layout came to, moved into the picture.
fn read(graph: &Graph<NodeLabel, EdgeLabel>, boxes: &[SetBox], lines: &[Line]) -> Placed {
    let mut placed = Placed::default();
    for index in 0..boxes.len() {
        let node = graph.node(&key(index));
        let at = node.and_then(|node| Some((node.x?, node.y?)));
        placed.centres.push(at.unwrap_or_default());
    }
    for (index, line) in lines.iter().enumerate() {
        let label = graph.edge(&key(line.from), &key(line.to), Some(&key(index)));
        let points = label
            .map(|label| label.points.as_slice())
            .unwrap_or_default();
        // The first and the last lie on the borders, where ports take their place.
        let within = points.len().saturating_sub(2);
        let within = points.iter().skip(1).take(within);
        placed
            .ways
            .push(within.map(|point| (point.x, point.y)).collect());
    }
    placed.into_frame(boxes)
}

impl Placed {
    /// By how much the picture is enlarged to fill a page of such width and height.
    pub(super) fn enlarged(&self, page: (f64, f64)) -> f64 {
        (page.0 / self.width).min(page.1 / self.height)
    }

    /// Everything moved so that it starts at the margin, and what stands alone set below.
    fn into_frame(mut self, boxes: &[SetBox]) -> Self {
        let half = |one: &SetBox| (f64::from(one.width) / 2.0, f64::from(one.height) / 2.0);
        let in_columns = self.centres.iter().zip(boxes).filter(|(_, one)| !one.alone);
        let corners = in_columns.flat_map(|(&(x, y), one)| {
            let (across, down) = half(one);
            [(x - across, y - down), (x + across, y + down)]
        });
        let all: Vec<_> = corners.chain(self.ways.iter().flatten().copied()).collect();
        let left = all.iter().map(|point| point.0).fold(f64::MAX, f64::min);
        let top = all.iter().map(|point| point.1).fold(f64::MAX, f64::min);
        let right = all.iter().map(|point| point.0).fold(f64::MIN, f64::max);
        let bottom = all.iter().map(|point| point.1).fold(f64::MIN, f64::max);
        let points = self.ways.iter_mut().flatten().chain(&mut self.centres);
        for (x, y) in points {
            *x += MARGIN - left;
            *y += MARGIN - top;
        }
        self.width = right - left + 2.0 * MARGIN;
        self.height = bottom - top + 2.0 * MARGIN;
        self.set_below(boxes);
        self
    }

    /// Boxes that stand alone in rows of the width of the columns, or of one box.
    fn set_below(&mut self, boxes: &[SetBox]) {
        let alone = self.centres.iter_mut().zip(boxes);
        let (mut x, mut row) = (MARGIN, 0.0_f64);
        for (centre, one) in alone.filter(|(_, one)| one.alone) {
            let (width, height) = (f64::from(one.width), f64::from(one.height));
            if row == 0.0 {
                self.height += BETWEEN;
            } else if x + width + MARGIN > self.width {
                self.height += row + BETWEEN;
                (x, row) = (MARGIN, 0.0);
            }
            *centre = (x + width / 2.0, self.height - MARGIN + height / 2.0);
            x += width + 2.0 * BETWEEN;
            row = row.max(height);
            self.width = self.width.max(x - 2.0 * BETWEEN + MARGIN);
        }
        self.height += row;
    }
}
