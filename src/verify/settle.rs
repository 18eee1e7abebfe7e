//! The verdict over completions, one after the other: unknown atoms are supposed to hold and not
//! to, until nothing that may apply is left.

use std::collections::{BTreeMap, BTreeSet};

use crate::program::{ActRecord, Literal, LiteralKind, Never, NormId, RelationId, Value};

use super::evaluate::OpenAtom;
use super::judge::{Instance, Judge};
use super::ruling::{Outcome, Ruling, Status, verdict};
use super::truth::Truth;

/// How many suppositions are tried.
pub(super) const TRIES: usize = 256;

/// What is asked of the completions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// How each norm fares, and not the outcome alone.
    pub(super) statuses: bool,
    /// Two outcomes that make it undetermined are enough.
    pub(super) two_are_enough: bool,
}

/// How an instance fares: in how many leaves it applies, in how many it is in force, and whether
/// that is open in one.
#[derive(Clone, Copy, Default)]
struct Fares {
    applies: usize,
    is_in: usize,
    open: bool,
}

impl Fares {
    /// How it fares in all leaves.
    fn status(self, leaves: usize) -> Status {
        match self {
            Self { open: true, .. } => Status::Open,
            Self { is_in, .. } if is_in == leaves => Status::In,
            Self { is_in: 0, .. } => Status::Out,
            _ => Status::Open,
        }
    }
}

/// What completions came to so far.
pub(super) struct Search {
    wanted: Wanted,
    /// The only instance whose status counts, by norm and `per`, if there is one.
    alone: Option<(NormId, Vec<Value>)>,
    /// Instances of norms all of whose instances certainly apply.
    certain: Vec<Instance>,
    /// The other norms that may apply.
    maybe: BTreeSet<NormId>,
    outcomes: BTreeSet<Outcome>,
    /// By norm and `per`.
    fares: BTreeMap<(NormId, Vec<Value>), Fares>,
    leaves: usize,
    tries: usize,
    whole: bool,
}

/// How an instance fares where something is supposed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fared {
    /// That could not be worked out.
    Untold,
    /// What is supposed cannot be.
    Impossible,
    /// So.
    As(Status),
}

/// How an instance of a ruling fares in all completions in which these atoms are so.
pub(super) fn status_where(
    judge: &mut Judge<'_>,
    act: &ActRecord,
    ruling: &Ruling,
    supposed: &BTreeMap<OpenAtom, bool>,
    instance: &Instance,
) -> Fared {
    let wanted = Wanted {
        statuses: true,
        two_are_enough: false,
    };
    let key = (instance.norm, instance.per.clone());
    let mut search = Search::new(ruling, wanted);
    search.alone = Some(key.clone());
    search.try_with(judge, act, supposed);
    judge.suppose(&BTreeMap::new());
    if !search.whole {
        return Fared::Untold;
    }
    if search.leaves == 0 {
        return Fared::Impossible;
    }
    let fares = search.fares.get(&key).copied().unwrap_or_default();
    Fared::As(fares.status(search.leaves))
}

/// Settles a ruling; whether it could be.
pub(super) fn settle(
    judge: &mut Judge<'_>,
    act: &ActRecord,
    ruling: &mut Ruling,
    wanted: Wanted,
) -> bool {
    let mut search = Search::new(ruling, wanted);
    search.try_with(judge, act, &BTreeMap::new());
    judge.suppose(&BTreeMap::new());
    let enough = wanted.two_are_enough && search.is_undetermined();
    if !(search.whole || enough) || search.leaves == 0 {
        return false;
    }
    ruling.outcomes = search.outcomes;
    if wanted.statuses {
        let leaves = search.leaves;
        let (mut never, mut always) = (BTreeSet::new(), BTreeSet::new());
        let statuses = ruling.statuses.iter_mut();
        for (index, (instance, status)) in ruling.instances.iter().zip(statuses).enumerate() {
            let key = (instance.norm, instance.per.clone());
            let fares = search.fares.get(&key).copied().unwrap_or_default();
            if fares.applies == 0 {
                never.insert(index);
            } else if fares.applies == leaves {
                always.insert(index);
            }
            *status = fares.status(leaves);
        }
        ruling.never = never;
        ruling.always = always;
    }
    ruling.verdict = verdict(ruling);
    true
}

impl Search {
    pub(super) fn new(ruling: &Ruling, wanted: Wanted) -> Self {
        let is_maybe = |it: &&Instance| it.truth == Truth::Maybe;
        let maybe: BTreeSet<_> = ruling
            .instances
            .iter()
            .filter(is_maybe)
            .map(|it| it.norm)
            .collect();
        let mut certain = ruling.instances.clone();
        certain.retain(|it| !maybe.contains(&it.norm));
        Self {
            wanted,
            alone: None,
            certain,
            maybe,
            outcomes: BTreeSet::new(),
            fares: BTreeMap::new(),
            leaves: 0,
            tries: 0,
            whole: true,
        }
    }

    fn is_undetermined(&self) -> bool {
        let least = self.outcomes.first();
        self.outcomes.len() > 1 && least < Some(&Outcome::Prohibited)
    }

    /// Tries all completions in which these atoms are so.
    fn try_with(
        &mut self,
        judge: &mut Judge<'_>,
        act: &ActRecord,
        decided: &BTreeMap<OpenAtom, bool>,
    ) {
        self.tries += 1;
        if self.wanted.two_are_enough && self.is_undetermined() {
            return;
        }
        if self.tries > TRIES {
            self.whole = false;
            return;
        }
        judge.suppose(decided);
        if judge.is_impossible(decided) {
            return;
        }
        let instances = self.instances(judge, act);
        let ruling = judge.rule_by(act, instances);
        if !self.is_open(&ruling) {
            self.note(&ruling);
            return;
        }
        if ruling.untold && ruling.statuses.is_empty() {
            self.whole = false;
            return;
        }
        let Some(atom) = judge.home.unknown.first().cloned() else {
            self.whole = false;
            return;
        };
        for holds in [true, false] {
            let mut decided = decided.clone();
            decided.insert(atom.clone(), holds);
            self.try_with(judge, act, &decided);
        }
    }

    /// Whether what is wanted depends on what is still unknown.
    fn is_open(&self, ruling: &Ruling) -> bool {
        let mut instances = ruling.instances.iter().zip(&ruling.statuses);
        match &self.alone {
            Some((norm, per)) => instances
                .any(|(it, status)| (it.norm, &it.per) == (*norm, per) && *status == Status::Open),
            None => {
                ruling.outcomes.len() != 1
                    || (self.wanted.statuses && instances.any(|(it, _)| it.truth != Truth::Certain))
            }
        }
    }

    /// The instances as they are now: what is certain stays so.
    pub(super) fn instances(&self, judge: &mut Judge<'_>, act: &ActRecord) -> Vec<Instance> {
        let mut instances = self.certain.clone();
        for &norm in &self.maybe {
            instances.extend(judge.instances_of(norm, act));
        }
        instances.sort_by(|a, b| (a.norm, &a.per).cmp(&(b.norm, &b.per)));
        instances
    }

    fn note(&mut self, ruling: &Ruling) {
        self.leaves += 1;
        self.outcomes.extend(&ruling.outcomes);
        for (instance, status) in ruling.instances.iter().zip(&ruling.statuses) {
            let key = (instance.norm, instance.per.clone());
            let fares = self.fares.entry(key).or_default();
            fares.applies += usize::from(instance.truth == Truth::Certain);
            fares.is_in += usize::from(*status == Status::In);
            fares.open |= *status == Status::Open;
        }
    }
}

impl Judge<'_> {
    /// Supposes that these open atoms are so, and no others.
    pub(super) fn suppose(&mut self, decided: &BTreeMap<OpenAtom, bool>) {
        self.known.clear();
        self.home.decide(decided.clone());
        for evaluator in self.elsewhere() {
            evaluator.decide(decided.clone());
        }
    }

    /// Whether what is supposed cannot be.
    pub(super) fn is_impossible(&mut self, decided: &BTreeMap<OpenAtom, bool>) -> bool {
        let supposed: BTreeSet<RelationId> =
            decided.keys().map(|(relation, _)| *relation).collect();
        let program = self.program;
        let speaks = |never: &&Never| {
            let mut literals = never.alternatives.iter().flatten();
            literals.any(|literal| self.mentions(literal, &supposed))
        };
        let nevers: Vec<_> = program.nevers.iter().filter(speaks).collect();
        nevers.into_iter().any(|never| self.is_violated(never))
    }

    fn mentions(&self, literal: &Literal, relations: &BTreeSet<RelationId>) -> bool {
        match &literal.kind {
            LiteralKind::Positive(atom) => {
                relations.contains(&self.program.relations[atom.relation].declared)
            }
            LiteralKind::Negative(inner) => inner.iter().any(|it| self.mentions(it, relations)),
            LiteralKind::Aggregate { alternatives, .. } => {
                let mut inner = alternatives.iter().flatten();
                inner.any(|it| self.mentions(it, relations))
            }
            LiteralKind::Compare { .. } => false,
        }
    }
}
