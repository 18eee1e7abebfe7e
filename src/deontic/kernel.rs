//! The kernel: what in force, overridden and contradiction mean, in compiled Datalog.
//!
//! A *completion* of a case says of each merely possible instance whether it applies. In one
//! completion an instance is *in* where it applies and all that beat it and apply are out; it is
//! *out* where it applies and one that beats it is in; on circles and behind them it may be
//! neither, which is *undecided* (grounded labels). The rules below speak of all completions at once.
//! They see numbers of cases, instances and legal orders, never a norm or its words.
//!
//! Only instances that may apply are listed, and pairs of them: what certainly does not apply beats
//! nothing, and needs no rule.
//!
//! "All that beat it are out" would be a negation inside a circle, which Datalog refuses; so it is
//! counted along the list of those that beat it.

#![expect(
    clippy::iter_over_hash_type,
    reason = "crepe iterates hash sets; `run` sorts what leaves this module"
)]

use std::hash::BuildHasherDefault;

use crepe::crepe;
use rustc_hash::FxHasher;

use super::case::{Case, Effect, Label, Labelling};
use super::reading::{Extent, Reading};

/// What may hold of an act in a legal order: a column of a [`Reading`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Facet {
    Conflict,
    Forbid,
    Permit,
    Require,
}

crepe! {
    // Instance w of case c may apply, and n others beat it.
    @input
    struct Possible(u32, u32, u32);

    // Instance w of case c applies in every completion.
    @input
    struct Certain(u32, u32);

    // In case c the k-th to beat w, from 0, is s.
    @input
    struct BeaterAt(u32, u32, u32, u32);

    // In case c and legal order o, w makes f hold where it is in force.
    @input
    struct Speaks(u32, u32, u32, Facet);

    // In case c and legal order o, v and w contradict one another where both are in force.
    @input
    struct Opposed(u32, u32, u32, u32);

    // Every instance of case c is certain: it has one completion.
    @input
    struct Complete(u32);

    // w is in, in every completion.
    @output
    struct In(u32, u32);

    // w is in in no completion, as s beats it and is in in every one.
    @output
    struct Out(u32, u32, u32);

    // In case c and legal order o, f holds in every completion that is not a conflict.
    @output
    struct Always(u32, u32, Facet);

    // In case c and legal order o, f is not known to hold in no completion.
    @output
    struct Maybe(u32, u32, Facet);

    // w is certain, and the first k to beat it are out wherever they apply.
    struct AllOut(u32, u32, u32);

    // w is certain, and the first k to beat it are out or make the same hold as w does.
    struct AllOutOrAlike(u32, u32, u32);

    // The first k to beat w are decided.
    struct AllDecided(u32, u32, u32);

    // In no completion is w undecided.
    struct Decided(u32, u32);

    // In and out. A beater that may apply stands in the way until it is out.
    AllOut(c, w, 0) <- Certain(c, w);
    AllOut(c, w, k + 1) <- AllOut(c, w, k), BeaterAt(c, w, k, s), Out(c, s, _);
    In(c, w) <- AllOut(c, w, n), Possible(c, w, n);
    Out(c, w, s) <- In(c, s), BeaterAt(c, w, _, s);

    // Decided: out, or all that beat it are. What circles leave over is not derived.
    AllDecided(c, w, 0) <- Possible(c, w, _);
    AllDecided(c, w, k + 1) <- AllDecided(c, w, k), BeaterAt(c, w, k, s), Decided(c, s);
    Decided(c, w) <- AllDecided(c, w, n), Possible(c, w, n);
    Decided(c, w) <- Out(c, w, _);

    // What norms that are in force lay down. Of a certain norm and those alike that may set it
    // aside, one is in, in every completion without circles, though it may be another in each.
    AllOutOrAlike(c, w, 0) <- Certain(c, w);
    AllOutOrAlike(c, w, k + 1) <- AllOutOrAlike(c, w, k), BeaterAt(c, w, k, s), Out(c, s, _);
    AllOutOrAlike(c, w, k + 1) <-
        AllOutOrAlike(c, w, k), BeaterAt(c, w, k, s), Speaks(c, w, o, f), Speaks(c, s, o, f);
    Always(c, o, f) <- AllOutOrAlike(c, w, n), Possible(c, w, n), Speaks(c, w, o, f);
    Maybe(c, o, f) <- Speaks(c, w, o, f), !Out(c, w, _);

    // Conflict: undefeated opposites that nothing tells apart, and undecided norms.
    Always(c, o, Facet::Conflict) <- Opposed(c, o, v, w), In(c, v), In(c, w);
    Maybe(c, o, Facet::Conflict) <- Opposed(c, o, v, w), !Out(c, v, _), !Out(c, w, _);
    Always(c, o, Facet::Conflict) <- Complete(c), Speaks(c, w, o, _), !Decided(c, w);
    Maybe(c, o, Facet::Conflict) <- Speaks(c, w, o, _), !Decided(c, w);
}

/// What an instance makes hold where it is in force.
fn facet(effect: Effect) -> Option<Facet> {
    match effect {
        Effect::Forbid => Some(Facet::Forbid),
        Effect::Permit | Effect::Oblige => Some(Facet::Permit),
        Effect::Require => Some(Facet::Require),
        Effect::Exempt | Effect::Other => None,
    }
}

impl Reading {
    fn facet_mut(&mut self, facet: Facet) -> &mut Extent {
        match facet {
            Facet::Conflict => &mut self.conflict,
            Facet::Forbid => &mut self.forbid,
            Facet::Permit => &mut self.permit,
            Facet::Require => &mut self.require,
        }
    }
}

/// The judgement of a case [without edges](Case::has_edges), which needs no rules: nothing beats,
/// so `In` is `Certain`, there is no `Out` and all is decided; nothing is opposed, so nothing
/// is a conflict.
pub(super) fn standing(case: &Case) -> Labelling {
    let mut judgement = Labelling::default();
    for instance in &case.instances {
        let (label, extent) = if instance.certain {
            (Label::In, Extent::All)
        } else {
            (Label::Open, Extent::Open)
        };
        judgement.labels.push(label);
        let reading = judgement.reading_mut(instance.order);
        if let Some(facet) = facet(instance.effect) {
            let known = reading.facet_mut(facet);
            *known = extent.max(*known);
        }
    }
    judgement
}

/// The judgements of a batch of cases, in their order.
///
/// All cases share the rounds of one run, so it is the batch that pays for a long chain of
/// overrides. Pairs must be those of a case in normal form: none twice, all of them existing.
pub(super) fn run(cases: &[&Case]) -> Vec<Labelling> {
    let mut runtime = Crepe::new();
    for (c, case) in (0..).zip(cases) {
        feed(&mut runtime, c, case);
    }
    let (is_in, out, always, maybe) = runtime.run_with_hasher::<BuildHasherDefault<FxHasher>>();

    let mut judgements: Vec<Labelling> = cases.iter().map(|case| silence(case)).collect();
    for In(c, w) in is_in {
        if let Some(label) = label_mut(&mut judgements, c, w) {
            *label = Label::In;
        }
    }
    for Out(c, w, s) in out {
        match label_mut(&mut judgements, c, w) {
            Some(Label::Out { by }) => by.push(s as usize),
            Some(label) => {
                *label = Label::Out {
                    by: vec![s as usize],
                }
            }
            None => {}
        }
    }
    for (extent, c, o, facet) in maybe
        .into_iter()
        .map(|Maybe(c, o, facet)| (Extent::Open, c, o, facet))
        .chain(
            always
                .into_iter()
                .map(|Always(c, o, facet)| (Extent::All, c, o, facet)),
        )
    {
        if let Some(judgement) = judgements.get_mut(c as usize) {
            let known = judgement.reading_mut(o).facet_mut(facet);
            *known = extent.max(*known);
        }
    }
    for label in judgements
        .iter_mut()
        .flat_map(|judgement| &mut judgement.labels)
    {
        if let Label::Out { by } = label {
            by.sort_unstable();
        }
    }
    judgements
}

/// Puts one case before the rules.
fn feed(runtime: &mut Crepe, c: u32, case: &Case) {
    let mut beaters = vec![0; case.instances.len()];
    for beat in &case.beats {
        if let Some(count) = beaters.get_mut(beat.loser) {
            let (w, s) = (beat.loser as u32, beat.winner as u32);
            runtime.extend([BeaterAt(c, w, *count, s)]);
            *count += 1;
        }
    }
    for ((w, instance), count) in (0..).zip(&case.instances).zip(beaters) {
        runtime.extend([Possible(c, w, count)]);
        if instance.certain {
            runtime.extend([Certain(c, w)]);
        }
        if let Some(facet) = facet(instance.effect) {
            runtime.extend([Speaks(c, w, instance.order, facet)]);
        }
    }
    for (o, v, w) in case.contradictions() {
        runtime.extend([Opposed(c, o, v as u32, w as u32)]);
    }
    if case.instances.iter().all(|instance| instance.certain) {
        runtime.extend([Complete(c)]);
    }
}

/// The judgement of which nothing has been derived yet.
fn silence(case: &Case) -> Labelling {
    let mut judgement = Labelling {
        labels: vec![Label::Open; case.instances.len()],
        ..Labelling::default()
    };
    for instance in &case.instances {
        judgement.reading_mut(instance.order);
    }
    judgement
}

fn label_mut(judgements: &mut [Labelling], c: u32, w: u32) -> Option<&mut Label> {
    judgements.get_mut(c as usize)?.labels.get_mut(w as usize)
}
