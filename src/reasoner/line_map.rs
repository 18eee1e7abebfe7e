//! Where the lines of one edition of a text stand in another. Blank lines and white space do
//! not count: lines that say the same in words are the same.

use std::ops::RangeInclusive;

use rustc_hash::FxHashMap;
use similar::algorithms::{Capture, diff_slices};
use similar::{Algorithm, DiffOp};

/// What became of a range of lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// It says what it said, at these line numbers; they are none where it said nothing.
    Kept(Option<(u32, u32)>),
    /// It says something else; this is what stands in its place, if anything does.
    Changed(Option<(u32, u32)>),
}

/// A line that says something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Line {
    number: u32,
    /// The same number for the same words, in both editions.
    words: u32,
}

/// Two editions of one text, line by line.
#[derive(Debug)]
pub(super) struct LineMap {
    old: Vec<Line>,
    new: Vec<Line>,
    /// For each line of the old edition its place among those of the new one, if it is there.
    images: Vec<Option<usize>>,
}

impl LineMap {
    /// Beyond this many lines that both editions have, the diff could take minutes.
    const LIMIT: usize = 20_000;

    /// Compares two editions, unless they are too long for it.
    pub(super) fn new<S: AsRef<str>>(old: &[S], new: &[S]) -> Option<Self> {
        let mut known = FxHashMap::default();
        let (old, new) = (lines(old, &mut known), lines(new, &mut known));
        let (shared_old, shared_new) = (shared(&old, &new), shared(&new, &old));
        if shared_old.len().max(shared_new.len()) > Self::LIMIT {
            return None;
        }
        let mut images = vec![None; old.len()];
        for (from, to) in matched(&words(&old, &shared_old), &words(&new, &shared_new)) {
            if let (Some(&from), Some(&to)) = (shared_old.get(from), shared_new.get(to))
                && let Some(image) = images.get_mut(from)
            {
                *image = Some(to);
            }
        }
        Some(Self { old, new, images })
    }

    /// What became of the lines `first` to `last` of the old edition.
    pub(super) fn outcome(&self, (first, last): (u32, u32)) -> Outcome {
        let start = self.old.partition_point(|line| line.number < first);
        let end = self.old.partition_point(|line| line.number <= last);
        if start >= end {
            return Outcome::Kept(None);
        }
        let block = start..=end - 1;
        match self.kept(&block) {
            Some(place) => Outcome::Kept(self.numbers(place)),
            None => Outcome::Changed(self.numbers(self.between(&block))),
        }
    }

    /// Whether the lines of a range that say something have other numbers now; `kept` is what
    /// became of it.
    pub(super) fn is_moved(&self, (first, last): (u32, u32), kept: Option<(u32, u32)>) -> bool {
        let mut inside = self
            .old
            .iter()
            .filter(|it| (first..=last).contains(&it.number));
        let Some((now, end)) = kept else { return false };
        let begin = inside.next().map(|line| line.number);
        let old_end = inside.next_back().map(|line| line.number).or(begin);
        (begin, old_end) != (Some(now), Some(end))
    }

    /// Where the block stands whole and undivided, if it does: where the diff has it, or else
    /// where another diff has it that keeps as many lines, as the choice between the two is
    /// arbitrary (a line inserted before one of two like it may as well stand after it).
    fn kept(&self, block: &RangeInclusive<usize>) -> Option<RangeInclusive<usize>> {
        let images: Option<Vec<_>> = self.images.get(block.clone())?.iter().copied().collect();
        let images = images?;
        let (&first, &last) = (images.first()?, images.last()?);
        if last - first == block.end() - block.start() {
            return Some(first..=last);
        }
        let said = self.old.get(block.clone())?;
        let all = self.images.iter().flatten().count();
        let stands = |(start, there): (usize, &[Line])| {
            let same = there
                .iter()
                .map(|it| it.words)
                .eq(said.iter().map(|it| it.words));
            let end = start + said.len();
            (same && self.kept_around(block, start..end) == all).then_some(start..=end - 1)
        };
        self.new.windows(said.len()).enumerate().find_map(stands)
    }

    /// How many lines a diff keeps that sends the block to `place`.
    fn kept_around(&self, block: &RangeInclusive<usize>, place: std::ops::Range<usize>) -> usize {
        let kept = |old: Option<&[Line]>, new: Option<&[Line]>| {
            let words = |lines: Option<&[Line]>| -> Vec<u32> {
                lines
                    .unwrap_or_default()
                    .iter()
                    .map(|it| it.words)
                    .collect()
            };
            matched(&words(old), &words(new)).count()
        };
        let before = kept(self.old.get(..*block.start()), self.new.get(..place.start));
        let after = kept(self.old.get(block.end() + 1..), self.new.get(place.end..));
        before + place.len() + after
    }

    /// What stands in the place of a block: all between what came before it and after it.
    fn between(&self, block: &RangeInclusive<usize>) -> RangeInclusive<usize> {
        let image = |place: usize| self.images.get(place).copied().flatten();
        let first = image(*block.start()).or_else(|| {
            let before = (0..*block.start()).rev().find_map(image);
            Some(before.map_or(0, |before| before + 1))
        });
        let end = image(*block.end()).map(|last| last + 1).or_else(|| {
            let after = (block.end() + 1..self.old.len()).find_map(image);
            Some(after.unwrap_or(self.new.len()))
        });
        let (first, end) = (first.unwrap_or_default(), end.unwrap_or_default());
        // Nothing stands there: a range that ends before it starts has no numbers.
        match end.checked_sub(1) {
            Some(last) => first..=last,
            None => RangeInclusive::new(1, 0),
        }
    }

    /// The first and the last line number of a part of the new edition.
    fn numbers(&self, part: RangeInclusive<usize>) -> Option<(u32, u32)> {
        let part = self.new.get(part).unwrap_or_default();
        Some((part.first()?.number, part.last()?.number))
    }
}

/// The lines that say something, with a number for what each says.
fn lines<S: AsRef<str>>(text: &[S], known: &mut FxHashMap<String, u32>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text) {
        let words: Vec<_> = line.as_ref().split_whitespace().collect();
        if !words.is_empty() {
            let next = known.len() as u32;
            let words = *known.entry(words.join(" ")).or_insert(next);
            lines.push(Line { number, words });
        }
    }
    lines
}

/// The places of those lines that the other edition has too. The rest can match nothing, and
/// without it two texts that have little in common are compared in no time.
fn shared(lines: &[Line], others: &[Line]) -> Vec<usize> {
    let there: rustc_hash::FxHashSet<_> = others.iter().map(|line| line.words).collect();
    let places = lines.iter().enumerate();
    places
        .filter(|(_, line)| there.contains(&line.words))
        .map(|(place, _)| place)
        .collect()
}

fn words(lines: &[Line], places: &[usize]) -> Vec<u32> {
    let lines = places.iter().filter_map(|&place| lines.get(place));
    lines.map(|line| line.words).collect()
}

/// The pairs of equal entries of a shortest diff, so that no line is lost that could be kept.
fn matched(old: &[u32], new: &[u32]) -> impl Iterator<Item = (usize, usize)> {
    let mut found = Capture::new();
    // The capture never fails; its error type is empty.
    let Ok(()) = diff_slices(Algorithm::Myers, &mut found, old, new);
    found.into_ops().into_iter().flat_map(|op| {
        let (old, new, len) = match op {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => (old_index, new_index, len),
            _ => (0, 0, 0),
        };
        (old..old + len).zip(new..new + len)
    })
}

#[cfg(test)]
mod tests;
