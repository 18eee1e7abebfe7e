//! The ways of lines: out of a port on the right of a box, straight to the edge of its column,
//! then in curves between columns and straight through them, into a port on the left of another.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::sketch::Line;
use super::boxes::SetBox;
use super::place::{Placed, Point};

/// A line as it is drawn.
pub(super) struct Route {
    /// Its way, as SVG writes a path.
    pub path: String,
    /// Where it ends.
    pub end: Point,
}

/// The columns of a picture: from the left of their widest box to the right of it.
struct Columns(Vec<(f64, f64)>);

impl Columns {
    fn of(boxes: &[SetBox], placed: &Placed) -> Self {
        let mut columns: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        let all = boxes.iter().zip(&placed.centres);
        for (one, &(x, _)) in all.filter(|(one, _)| !one.alone) {
            let half = f64::from(one.width) / 2.0;
            let column = columns.entry(x.round() as i64).or_insert((x, x));
            *column = (column.0.min(x - half), column.1.max(x + half));
        }
        Self(columns.into_values().collect())
    }

    /// The column that `x` lies in.
    fn at(&self, x: f64) -> Option<(f64, f64)> {
        let mut columns = self.0.iter();
        columns
            .find(|(left, right)| (*left..=*right).contains(&x))
            .copied()
    }
}

/// The ways of all lines; none of one that only holds boxes together.
pub(super) fn routes(boxes: &[SetBox], placed: &Placed, lines: &[Line]) -> Vec<Option<Route>> {
    let columns = Columns::of(boxes, placed);
    let starts = ports(boxes, placed, lines, |line| (line.from, line.to), 1.0);
    let ends = ports(boxes, placed, lines, |line| (line.to, line.from), -1.0);
    lines
        .iter()
        .zip(starts.into_iter().zip(ends))
        .zip(&placed.ways)
        .map(|((line, (start, end)), way)| {
            (!line.hidden).then(|| Route {
                path: path(&columns, start, end, way),
                end,
            })
        })
        .collect()
}

/// A port for each line on one side of a box (1 the right, -1 the left), in the order of what
/// they lead to.
fn ports(
    boxes: &[SetBox],
    placed: &Placed,
    lines: &[Line],
    ends: fn(&Line) -> (usize, usize),
    side: f64,
) -> Vec<Point> {
    let centre = |place: usize| placed.centres.get(place).copied().unwrap_or_default();
    let mut by_box: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.hidden) {
        let (own, other) = ends(line);
        let way = placed
            .ways
            .get(index)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let next = if side > 0.0 { way.first() } else { way.last() };
        let towards = next.map_or(centre(other).1, |point| point.1);
        by_box.entry(own).or_default().push((index, towards));
    }
    let mut ports = vec![Point::default(); lines.len()];
    for (place, mut lines) in by_box {
        lines.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let Some(one) = boxes.get(place) else {
            continue;
        };
        let (x, y) = centre(place);
        let (width, height) = (f64::from(one.width), f64::from(one.height));
        let gap = height / (u32::try_from(lines.len()).map_or(1.0, f64::from) + 1.0);
        let mut port = y - height / 2.0;
        for (index, _) in lines {
            port += gap;
            if let Some(at) = ports.get_mut(index) {
                *at = (x + side * width / 2.0, port);
            }
        }
    }
    ports
}

fn path(columns: &Columns, start: Point, end: Point, way: &[Point]) -> String {
    let mut path = format!("M{:.1} {:.1}", start.0, start.1);
    let mut at = start;
    // Writing to a string cannot fail.
    let straight = |path: &mut String, at: &mut Point, x: f64| {
        let _ = write!(path, "H{x:.1}");
        at.0 = x;
    };
    let curve = |path: &mut String, at: &mut Point, to: Point| {
        let middle = f64::midpoint(at.0, to.0);
        let _ = write!(
            path,
            "C{middle:.1} {:.1} {middle:.1} {:.1} {:.1} {:.1}",
            at.1, to.1, to.0, to.1
        );
        *at = to;
    };
    if let Some((_, right)) = columns.at(start.0 - 1.0) {
        straight(&mut path, &mut at, right);
    }
    for &(x, y) in way {
        if let Some((left, right)) = columns.at(x).filter(|(left, _)| *left > at.0) {
            curve(&mut path, &mut at, (left, y));
            straight(&mut path, &mut at, right);
        }
    }
    let left = columns.at(end.0 + 1.0).map_or(end.0, |(left, _)| left);
    curve(&mut path, &mut at, (left, end.1));
    straight(&mut path, &mut at, end.0);
    path
}
