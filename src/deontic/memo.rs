//! The memo in front of the kernel: cases of one shape are judged once.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::case::{Beat, Case, Instance, Label, Labelling};
use super::kernel;

/// How many cases one run of the kernel takes. A case of a dozen instances takes 20 µs in batches
/// of up to some hundred, and several times that in one of twenty thousand.
const BATCH: usize = 256;

/// How many judgements are remembered before all are forgotten. A miss costs time, never truth.
const LIMIT: usize = 1 << 16;

/// Judges cases, and remembers.
///
/// The key of a case is its normal form without norms and principles, on which no label
/// depends. Two cases that differ only in how instances of one norm are numbered may have two
/// keys, which costs time, never truth. Cases whose instances come in order share one judgement;
/// for others a copy is made, with the labels in their order.
#[derive(Debug, Default)]
pub struct Kernel {
    /// The place among `judgements` of each key.
    places: FxHashMap<Box<[u32]>, usize>,
    judgements: Vec<Arc<Labelling>>,
}

impl Kernel {
    /// A kernel that remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many judgements it remembers.
    pub fn remembered(&self) -> usize {
        self.judgements.len()
    }

    /// The judgement of each case, labels in the order of its instances.
    pub fn judge(&mut self, cases: &[Case]) -> Vec<Arc<Labelling>> {
        if self.judgements.len() > LIMIT {
            *self = Self::default();
        }
        let mut misses = Vec::new();
        let mut found = Vec::with_capacity(cases.len());
        let mut key = Vec::new();
        for case in cases {
            let (normal, permutation) = normalise(case);
            encode(&normal, &mut key);
            let place = if let Some(&place) = self.places.get(key.as_slice()) {
                place
            } else {
                // INVARIANT: misses become the next judgements, in this order.
                let place = self.judgements.len() + misses.len();
                self.places.insert(key.as_slice().into(), place);
                misses.push(normal);
                place
            };
            found.push((place, permutation));
        }
        let judged = judge_afresh(&misses);
        self.judgements.extend(judged.into_iter().map(Arc::new));
        found
            .into_iter()
            .filter_map(|(place, permutation)| {
                // Every place is taken by now, so none is filtered out.
                let judgement = self.judgements.get(place)?;
                Some(match permutation {
                    None => Arc::clone(judgement),
                    Some(places) => Arc::new(restore(judgement, &places)),
                })
            })
            .collect()
    }
}

/// Judges cases in normal form without the memo.
fn judge_afresh(cases: &[Cow<'_, Case>]) -> Vec<Labelling> {
    let mut judgements: Vec<Labelling> = cases.iter().map(|case| kernel::standing(case)).collect();
    let (cases, mut slots): (Vec<&Case>, Vec<&mut Labelling>) = cases
        .iter()
        .map(Cow::as_ref)
        .zip(&mut judgements)
        .filter(|(case, _)| case.has_edges())
        .unzip();
    for (cases, slots) in cases.chunks(BATCH).zip(slots.chunks_mut(BATCH)) {
        for (slot, judgement) in slots.iter_mut().zip(kernel::run(cases)) {
            **slot = judgement;
        }
    }
    judgements
}

/// The case with instances and pairs ascending, no pair twice and all of them existing, and for
/// each of its instances the place that it takes there, if that is another.
fn normalise(case: &Case) -> (Cow<'_, Case>, Option<Vec<usize>>) {
    if is_normal(case) {
        return (Cow::Borrowed(case), None);
    }
    let mut sorted: Vec<(Instance, usize)> = case.instances.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    let mut places = vec![0; sorted.len()];
    for (place, &(_, instance)) in sorted.iter().enumerate() {
        if let Some(slot) = places.get_mut(instance) {
            *slot = place;
        }
    }
    let place = |instance: usize| places.get(instance).copied();

    let mut normal = Case {
        instances: sorted.into_iter().map(|(instance, _)| instance).collect(),
        ..Case::default()
    };
    for &beat in &case.beats {
        if let (Some(loser), Some(winner)) = (place(beat.loser), place(beat.winner)) {
            normal.beats.push(Beat {
                loser,
                winner,
                ..beat
            });
        }
    }
    normal.beats.sort_unstable();
    normal.beats.dedup_by_key(|beat| (beat.loser, beat.winner));
    for &(left, right) in &case.opposed {
        if let (Some(left), Some(right)) = (place(left), place(right)) {
            normal.opposed.push((left.min(right), left.max(right)));
        }
    }
    normal.opposed.sort_unstable();
    normal.opposed.dedup();
    let permutation = (!places.is_sorted()).then_some(places);
    (Cow::Owned(normal), permutation)
}

/// Whether the case is in normal form.
fn is_normal(case: &Case) -> bool {
    let count = case.instances.len();
    case.instances.is_sorted()
        && case
            .beats
            .is_sorted_by(|a, b| (a.loser, a.winner) < (b.loser, b.winner))
        && case
            .beats
            .iter()
            .all(|beat| beat.loser.max(beat.winner) < count)
        && case.opposed.is_sorted_by(|a, b| a < b)
        && case
            .opposed
            .iter()
            .all(|&(left, right)| left <= right && right < count)
}

/// Writes the key of a case in normal form: three lists, the first two behind their lengths.
fn encode(case: &Case, key: &mut Vec<u32>) {
    key.clear();
    key.push(case.instances.len() as u32);
    for instance in &case.instances {
        key.push(instance.effect as u32 * 2 + u32::from(instance.certain));
        key.push(instance.order);
    }
    key.push(case.beats.len() as u32);
    for beat in &case.beats {
        key.extend([beat.loser as u32, beat.winner as u32]);
    }
    for &(left, right) in &case.opposed {
        key.extend([left as u32, right as u32]);
    }
}

/// The judgement of a case from that of its normal form.
fn restore(normal: &Labelling, places: &[usize]) -> Labelling {
    let mut back = vec![0; places.len()];
    for (instance, &place) in places.iter().enumerate() {
        if let Some(slot) = back.get_mut(place) {
            *slot = instance;
        }
    }
    let labels = places.iter().filter_map(|&place| normal.labels.get(place));
    Labelling {
        labels: labels
            .map(|label| match label {
                Label::Out { by } => {
                    let mut by: Vec<usize> = by
                        .iter()
                        .filter_map(|&place| back.get(place).copied())
                        .collect();
                    by.sort_unstable();
                    Label::Out { by }
                }
                label => label.clone(),
            })
            .collect(),
        readings: normal.readings.clone(),
    }
}
