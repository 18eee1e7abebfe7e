//! Exact verdicts. What the engine calls maybe need not be open: `p or not p` holds whatever `p`
//! is. Where such readings leave a verdict open, the applying of each norm becomes a function of
//! the unknown atoms that it hangs on, and with it the labels, the bases and the verdict
//! (`docs/language.md`, Verdict). An outcome that is constant shows itself. Beyond the limits the
//! readings stand, and the judgement says so.

mod atoms;
mod course;
mod cover;
mod formulas;
mod labels;
mod late;
mod never;
mod parts;
mod sample;
mod space;
mod weigh;

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::engine::Truth;
use crate::program::{ActRecord, Column, Value};

use self::formulas::Formulas;
use self::labels::Board;
use self::parts::Parts;
use self::space::{Function, Unknown};
use self::weigh::Weigh;
use super::dispatch::decides;
use super::instances::Instance;
use super::judge::Judge;
use super::labelled::{ComesTo, Labelled};
use super::reading::Base;
use super::verdict::{Judgement, Standing, Status, Verdict};

pub(super) use self::course::{Advice, Unsettled};
pub use self::course::{Course, Residual};
pub use self::space::{Beyond, SettleLimits};

/// How a verdict was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Settling {
    /// The readings of what is certain and what is maybe settled it, or nothing is unknown.
    #[default]
    Unneeded,
    /// Over all completions: what is undetermined has two with different outcomes.
    Exact,
    /// Over at least all completions: a verdict is right, but what is undetermined may be so
    /// without need, as it hangs on something that is no atom.
    Partial,
    /// It would have gone too far.
    Beyond(Beyond),
}

impl Settling {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unneeded => "unneeded",
            Self::Exact => "exact",
            Self::Partial => "partial",
            Self::Beyond(_) => "beyond-limit",
        }
    }
}

impl Judgement {
    /// Whether it is undetermined, perhaps without need: settling it would have gone too far.
    pub fn is_given_up(&self) -> bool {
        self.verdict == Verdict::Undetermined && matches!(self.settling, Settling::Beyond(_))
    }
}

/// What exact settling says of labelled instances.
#[derive(Clone, Debug)]
pub(super) struct Exact {
    /// How each instance fares.
    pub(super) statuses: Vec<Status>,
    /// The verdict.
    pub(super) comes_to: ComesTo,
    /// Whether some completion is prohibited or a conflict.
    pub(super) may_be_prohibited: bool,
    /// What an undetermined verdict hangs on.
    pub(super) unsettled: Option<Rc<Unsettled>>,
}

impl Judge<'_> {
    /// What labelled instances exactly come to, where the readings leave that open.
    pub(super) fn settled(&mut self, act: &ActRecord, found: Labelled) -> (Labelled, Settling) {
        let Some(limits) = self.settling.filter(|_| is_open(&found)) else {
            return (found, Settling::Unneeded);
        };
        let mut formulas = Formulas::new(self, limits);
        formulas.acts.push(act.value);
        match formulas.settle(act, &found) {
            Ok(Some((settled, whole))) => {
                let partial = !whole || formulas.space.has_others();
                let settling = if partial {
                    Settling::Partial
                } else {
                    Settling::Exact
                };
                (settled, settling)
            }
            Ok(None) => (found, Settling::Partial),
            Err(beyond) => (found, Settling::Beyond(beyond)),
        }
    }
}

impl Formulas<'_, '_> {
    /// Labels anew, exactly; nothing where no completion is left. Whether all that cuts
    /// completions was taken into account, too.
    fn settle(
        &mut self,
        act: &ActRecord,
        found: &Labelled,
    ) -> Result<Option<(Labelled, bool)>, Beyond> {
        let world = self.world(act);
        let parts = self.parts(&world, found)?;
        let (possible, whole) = self.possible(&world);
        if possible.is_false() {
            return Ok(None);
        }
        let instances = self.with_certainty(found, &parts, &possible)?;
        let mut settled = self.judge.labelled(act, instances);
        let parts = parts.of(&mut settled, found);
        let board = self.board(&settled, parts);
        let (mut exact, kept) = self.exact(&mut settled, &board, &possible)?;
        if exact.comes_to.verdict == Verdict::Undetermined {
            let mut places = settled.conditions().1.into_iter();
            let place = |kept: bool| kept.then(|| places.next()).flatten();
            exact.unsettled = Some(Rc::new(Unsettled {
                space: self.space.clone(),
                order: self.by_name(),
                deciding: self.deciding(&settled, &exact.statuses),
                shown: kept.into_iter().map(place).collect(),
                board,
                possible,
            }));
        }
        settled.exact = Some(exact);
        Ok(Some((settled, whole)))
    }

    /// The verdict, how each instance fares, and how certainly each condition is required and
    /// met; and which of them are kept.
    fn exact(
        &mut self,
        found: &mut Labelled,
        board: &Board,
        possible: &Function,
    ) -> Result<(Exact, Vec<bool>), Beyond> {
        let seen = board.sample(&self.space, possible);
        let mut weigh = Weigh::new(&mut self.space, possible);
        if !seen.is_undetermined() {
            let outcomes = board.outcomes(weigh.space)?;
            let kept = weigh.add_standings(found, &board.parts, &outcomes.required)?;
            let labels = &outcomes.labels;
            let (comes_to, may_be_prohibited) = weigh.comes_to(&outcomes, &seen)?;
            let exact = Exact {
                statuses: weigh.statuses(&labels.is_in, &labels.undecided)?,
                comes_to,
                may_be_prohibited,
                unsettled: None,
            };
            return Ok((exact, kept));
        }
        // What was seen both ways is open; the rest alone is worked out.
        let instances = 0..board.parts.applies.len();
        let mut wanted: BTreeSet<_> = instances.filter(|&it| !seen.is_open(it)).collect();
        wanted.extend(board.rows.iter().map(|&(instance, _)| instance));
        let labels = board.labels(weigh.space, &wanted)?;
        let required = board.required(weigh.space, &labels)?;
        let kept = weigh.add_standings(found, &board.parts, &required)?;
        let mut statuses = weigh.statuses(&labels.is_in, &labels.undecided)?;
        for (index, status) in statuses.iter_mut().enumerate() {
            if seen.is_open(index) {
                *status = Status::Open;
            }
        }
        let exact = Exact {
            statuses,
            comes_to: ComesTo::of(Base::Undetermined, false),
            may_be_prohibited: true,
            unsettled: None,
        };
        Ok((exact, kept))
    }

    /// For each place, its rank among all: by relation, then by the names of what it speaks of,
    /// which do not hang on the order in which facts were written.
    fn by_name(&self) -> Vec<usize> {
        let (program, universe) = (self.judge.program(), self.judge.universe());
        let named = |unknown: &Unknown| match unknown {
            Unknown::Atom {
                epoch,
                relation,
                tuple,
            } => {
                let row = &program.relations[*relation];
                let name = |(&value, column): (&Value, &Column)| {
                    let name = universe.name(column.sort, value);
                    (name.map(str::to_owned), value.number())
                };
                let names: Vec<_> = tuple.iter().zip(&row.columns).map(name).collect();
                (Some(*relation), names, *epoch)
            }
            Unknown::Other(index) => (None, Vec::new(), *index),
        };
        let mut places: Vec<_> = (0..self.space.unknowns().len()).collect();
        places.sort_by_cached_key(|&place| self.space.unknowns().get(place).map(named));
        let mut order = vec![0; places.len()];
        for (rank, place) in places.into_iter().enumerate() {
            if let Some(slot) = order.get_mut(place) {
                *slot = rank;
            }
        }
        order
    }

    /// The instances that bear on the verdict by themselves and may be in force.
    fn deciding(&self, found: &Labelled, statuses: &[Status]) -> Vec<usize> {
        let modality = |instance: &Instance| self.judge.program().norms[instance.norm].modality;
        let instances = found.instances.iter().zip(statuses).enumerate();
        instances
            .filter(|(_, (instance, status))| {
                **status == Status::Open && decides(modality(instance))
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// The instances that apply in some completion, with how certainly they do.
    fn with_certainty(
        &mut self,
        found: &Labelled,
        parts: &Parts,
        possible: &Function,
    ) -> Result<Vec<Instance>, Beyond> {
        let mut weigh = Weigh::new(&mut self.space, possible);
        let mut instances = Vec::new();
        for (instance, applies) in found.instances.iter().zip(&parts.applies) {
            if weigh.may_be(applies)? {
                let mut instance = instance.clone();
                if weigh.is_always(applies)? {
                    instance.truth = Truth::Certain;
                }
                instances.push(instance);
            }
        }
        Ok(instances)
    }
}

/// Whether the readings leave the verdict open.
fn is_open(found: &Labelled) -> bool {
    let mut instances = found.instances.iter();
    let unknown = instances.any(|instance| instance.truth != Truth::Certain)
        || found.requirements.iter().any(|requirement| {
            !requirement.certain || requirement.standing.standing == Standing::Unknown
        });
    let comes_to = Judge::comes_to(found);
    let determined = match comes_to.verdict {
        Verdict::Undetermined | Verdict::Conditional => false,
        Verdict::Prohibited => !comes_to.contested,
        Verdict::Conflict | Verdict::Permitted | Verdict::Unregulated => true,
    };
    unknown && !determined
}
