//! Exact verdicts. What the engine calls maybe need not be open: `p or not p` holds whatever `p`
//! is. Where such readings leave a verdict open, the applying of each norm becomes a function of
//! the unknown atoms that it hangs on, and with it the labels, the bases and the verdict
//! (`docs/language.md`, Verdict). An outcome that is constant shows itself. Beyond the limits the
//! readings stand, and the judgement says so.

mod atoms;
mod formulas;
mod late;
mod never;
mod outcomes;
mod space;
mod weigh;

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::Truth;
use crate::program::{ActRecord, DocumentId};

use self::formulas::Formulas;
use self::outcomes::Parts;
use self::space::Function;
use self::weigh::Weigh;
use super::instances::Instance;
use super::judge::Judge;
use super::labelled::{ComesTo, Labelled};
use super::verdict::{Standing, Status, Verdict};

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
    /// The verdict by each document that has instances.
    pub(super) documents: BTreeMap<DocumentId, Verdict>,
    /// Whether some completion is prohibited or a conflict.
    pub(super) may_be_prohibited: bool,
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

    /// Whether the readings leave the verdict open, or that of some document.
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
        unknown && !(determined && self.documents_of(found).len() < 2)
    }

    fn documents_of(&self, found: &Labelled) -> BTreeSet<DocumentId> {
        let instances = found.instances.iter();
        instances
            .map(|instance| self.document_of(instance))
            .collect()
    }

    fn document_of(&self, instance: &Instance) -> DocumentId {
        self.program().norms[instance.norm].document
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
        let documents = self.by_document(act, (&settled, &parts), &possible)?;
        let outcomes = self.outcomes(&settled, &parts)?;
        let mut weigh = Weigh::new(&mut self.space, &possible);
        weigh.add_standings(&mut settled, &parts, &outcomes)?;
        let prohibited = weigh.space.or(&outcomes.forbid, &outcomes.conflict)?;
        settled.exact = Some(Exact {
            statuses: weigh.statuses(&outcomes)?,
            comes_to: weigh.comes_to(&outcomes)?,
            may_be_prohibited: weigh.may_be(&prohibited)?,
            documents,
        });
        Ok(Some((settled, whole)))
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

    /// The verdict by each document alone.
    fn by_document(
        &mut self,
        act: &ActRecord,
        (found, parts): (&Labelled, &Parts),
        possible: &Function,
    ) -> Result<BTreeMap<DocumentId, Verdict>, Beyond> {
        let mut verdicts = BTreeMap::new();
        for document in self.judge.documents_of(found) {
            let own = found.instances.iter();
            let own = own.filter(|instance| self.judge.document_of(instance) == document);
            let own = own.cloned().collect();
            let mut alone = self.judge.labelled(act, own);
            let parts = parts.of(&mut alone, found);
            let outcomes = self.outcomes(&alone, &parts)?;
            let verdict = Weigh::new(&mut self.space, possible).comes_to(&outcomes)?;
            verdicts.insert(document, verdict.verdict);
        }
        Ok(verdicts)
    }
}
