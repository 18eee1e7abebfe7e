//! The few lines of a text that a diagnostic points at. A line may be as long as a file, so
//! nothing here reads further from a label than [`CONTEXT`] bytes, and columns are counted on
//! from the place before.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::{FileId, Label, Position, Sources, Span};

/// Bytes shown of a long line before and after what is pointed at, and of that itself.
const CONTEXT: usize = 240;

/// What stands in for the rest of a long line.
const CUT: &str = "…";

/// Some lines of one text with what is pointed at in them.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    /// The name of the text.
    pub(super) name: &'a str,
    /// Where the first thing pointed at stands in the whole text.
    pub(super) position: Position,
    /// The line number of the first line.
    pub(super) first_line: usize,
    /// The lines, cut where they are too long.
    pub(super) text: String,
    /// Whether the first line lacks its beginning, so that columns cannot be counted in it.
    pub(super) cut: bool,
    /// What is pointed at.
    pub(super) marks: Vec<Mark<'a>>,
}

/// Something that is pointed at.
#[derive(Debug)]
pub(super) struct Mark<'a> {
    /// Bytes of the excerpt.
    pub(super) range: Range<usize>,
    /// What is said of it.
    pub(super) text: &'a str,
    /// Whether it is what the diagnostic is about.
    pub(super) primary: bool,
}

/// The furthest place counted in each text: counting goes on from there where it can, so
/// that all diagnostics of one long line are placed in one pass over it.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted(BTreeMap<FileId, (usize, Position)>);

impl Counted {
    /// The line and column of `offset` in `file`.
    fn position(&mut self, sources: &Sources, file: FileId, offset: usize) -> Position {
        let source = sources.get(file);
        let on_from = |&(from, position): &(usize, Position)| {
            let between = source.text.get(from..offset)?;
            (!between.contains('\n')).then(|| Position {
                column: position.column + between.chars().count() as u32,
                ..position
            })
        };
        let known = self.0.get(&file);
        let position = known
            .and_then(on_from)
            .unwrap_or_else(|| source.position(offset as u32));
        if known.is_none_or(|&(from, _)| from <= offset) {
            self.0.insert(file, (offset, position));
        }
        position
    }
}

/// The excerpts that show `labels`, the first of which is the primary one: one excerpt for
/// labels that stand close to each other, the primary label's first.
pub(super) fn excerpts<'a>(
    labels: &[&'a Label],
    sources: &'a Sources,
    counted: &mut Counted,
) -> Vec<Excerpt<'a>> {
    let mut clusters: Vec<Vec<(Range<usize>, &Label, bool)>> = Vec::new();
    let mut sorted: Vec<_> = labels.iter().enumerate().collect();
    sorted.sort_by_key(|(_, label)| (label.span.file, label.span.start, label.span.end));
    for (index, label) in sorted {
        let range = shown(label.span, sources);
        let near = |cluster: &&mut Vec<(Range<usize>, &Label, bool)>| {
            cluster.last().is_some_and(|(last, other, _)| {
                other.span.file == label.span.file && range.start <= last.end + CONTEXT
            })
        };
        let part = (range.clone(), *label, index == 0);
        match clusters.last_mut().filter(near) {
            Some(cluster) => cluster.push(part),
            None => clusters.push(vec![part]),
        }
    }
    let is_primary = |cluster: &[(Range<usize>, &Label, bool)]| cluster.iter().any(|part| part.2);
    clusters.sort_by_key(|cluster| !is_primary(cluster));
    clusters
        .into_iter()
        .filter_map(|cluster| excerpt(&cluster, sources, counted))
        .collect()
}

/// What of `span` is pointed at: not more than a few lines of it, on character boundaries.
fn shown(span: Span, sources: &Sources) -> Range<usize> {
    let text = &sources.get(span.file).text;
    let start = text.floor_char_boundary((span.start as usize).min(text.len()));
    let end = (span.end as usize).clamp(start, text.len());
    let end = text
        .floor_char_boundary(end.min(start + CONTEXT))
        .max(start);
    start..end
}

/// The excerpt that shows all of `cluster`, whose ranges are in order.
fn excerpt<'a>(
    cluster: &[(Range<usize>, &'a Label, bool)],
    sources: &'a Sources,
    counted: &mut Counted,
) -> Option<Excerpt<'a>> {
    let (first, label, _) = cluster.first()?;
    let (about, ..) = cluster
        .iter()
        .find(|part| part.2)
        .unwrap_or(cluster.first()?);
    let file = label.span.file;
    let source = sources.get(file);
    let text: &str = &source.text;
    let end = cluster.iter().map(|(range, ..)| range.end).max()?;

    let earliest = text.ceil_char_boundary(first.start.saturating_sub(CONTEXT));
    let before = text.get(earliest..first.start)?;
    let (from, cut_before) = match before.rfind('\n') {
        Some(newline) => (earliest + newline + 1, false),
        None => (earliest, earliest > 0),
    };
    let latest = text.floor_char_boundary((end + CONTEXT).min(text.len()));
    let after = text.get(end..latest)?;
    let (to, cut_after) = match after.find('\n') {
        Some(newline) => (end + newline, false),
        None => (latest, latest < text.len()),
    };

    let start = counted.position(sources, file, first.start);
    let position = if about.start == first.start {
        start
    } else {
        counted.position(sources, file, about.start)
    };
    let prefix = if cut_before { CUT } else { "" };
    let suffix = if cut_after { CUT } else { "" };
    let shift = |offset: usize| offset - from + prefix.len();
    Some(Excerpt {
        name: &source.name,
        position,
        first_line: start.line as usize,
        cut: cut_before,
        text: format!("{prefix}{}{suffix}", text.get(from..to)?),
        marks: cluster
            .iter()
            .map(|(range, label, primary)| Mark {
                range: shift(range.start)..shift(range.end),
                text: &label.text,
                primary: *primary,
            })
            .collect(),
    })
}
