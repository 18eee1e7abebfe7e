//! Exact verdicts. What the engine calls maybe need not be open: `p or not p` holds whatever `p`
//! is. Where such readings leave a verdict open, the applying of each norm becomes a function of
//! the unknown atoms that it hangs on, and with it the labels, the bases and the verdict
//! (`docs/language.md`, Verdict). An outcome that is constant shows itself. Beyond the limits the
//! readings stand, and the judgement says so.

mod atoms;
mod course;
mod cover;
mod formulas;
mod late;
mod never;
mod outcomes;
mod space;
mod weigh;

use std::rc::Rc;

use crate::engine::Truth;
use crate::program::ActRecord;

use self::formulas::Formulas;
use self::outcomes::Parts;
use self::space::Function;
use self::weigh::Weigh;
use super::dispatch::decides;
use super::instances::Instance;
use super::judge::Judge;
use super::labelled::{ComesTo, Labelled};
use super::verdict::{Standing, Status, Verdict};

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
        let Some(limits) = self.settling.filter(|_| self.is_open(&found)) else {
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

    /// Whether the readings leave the verdict open.
    fn is_open(&self, found: &Labelled) -> bool {
        let mut instances = found.instances.iter();
        let unknown = instances.any(|instance| instance.truth != Truth::Certain)
            || found.requirements.iter().any(|requirement| {
                !requirement.certain || requirement.standing.standing == Standing::Unknown
            });
        let comes_to = Self::comes_to(found);
        let determined = match comes_to.verdict {
            Verdict::Undetermined | Verdict::Conditional => false,
            Verdict::Prohibited => !comes_to.contested,
            Verdict::Conflict | Verdict::Permitted | Verdict::Unregulated => true,
        };
        unknown && !determined
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
        let mut outcomes = self.outcomes(&settled, &parts)?;
        let mut weigh = Weigh::new(&mut self.space, &possible);
        weigh.add_standings(&mut settled, &parts, &mut outcomes)?;
        let prohibited = weigh.space.or(&outcomes.forbid, &outcomes.conflict)?;
        let mut exact = Exact {
            statuses: weigh.statuses(&outcomes)?,
            comes_to: weigh.comes_to(&outcomes)?,
            may_be_prohibited: weigh.may_be(&prohibited)?,
            unsettled: None,
        };
        if exact.comes_to.verdict == Verdict::Undetermined {
            exact.unsettled = Some(Rc::new(Unsettled {
                space: self.space.clone(),
                deciding: self.deciding(&settled, &exact.statuses),
                outcomes,
                possible,
            }));
        }
        settled.exact = Some(exact);
        Ok(Some((settled, whole)))
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
