//! What holds in all completions, in some, in none; and the verdict by the table of the
//! reference (`docs/language.md`, Verdict).

use super::super::labelled::{ComesTo, Labelled};
use super::super::reading::{Base, Outcome};
use super::super::verdict::{Standing, Status};
use super::labels::Outcomes;
use super::parts::{Parts, Required};
use super::sample::Seen;
use super::space::{Beyond, Function, Space};

/// Weighs functions over the completions that there are.
pub(super) struct Weigh<'s> {
    pub(super) space: &'s mut Space,
    possible: &'s Function,
}

impl<'s> Weigh<'s> {
    pub(super) fn new(space: &'s mut Space, possible: &'s Function) -> Self {
        Self { space, possible }
    }

    /// Whether it holds in some completion.
    pub(super) fn may_be(&mut self, function: &Function) -> Result<bool, Beyond> {
        Ok(!self.space.and(self.possible, function)?.is_false())
    }

    /// Whether it holds in all.
    pub(super) fn is_always(&mut self, function: &Function) -> Result<bool, Beyond> {
        Ok(self.space.and_not(self.possible, function)?.is_false())
    }

    /// How certainly each condition is required and met. Those that are required in no
    /// completion are left out; returns which are not.
    pub(super) fn add_standings(
        &mut self,
        found: &mut Labelled,
        parts: &Parts,
        required: &[Required],
    ) -> Result<Vec<bool>, Beyond> {
        let mut kept = Vec::new();
        let rows = found.requirements.iter_mut().zip(&parts.required);
        for ((row, stated), in_force) in rows.zip(required) {
            row.certain = self.is_always(&stated.applies)?;
            row.standing.standing = self.standing(&stated.holds)?;
            kept.push(self.may_be(&in_force.applies)?);
        }
        let mut keep = kept.iter();
        found
            .requirements
            .retain(|_| keep.next().copied().unwrap_or(true));
        Ok(kept)
    }

    fn standing(&mut self, holds: &Function) -> Result<Standing, Beyond> {
        Ok(if self.is_always(holds)? {
            Standing::Met
        } else if self.may_be(holds)? {
            Standing::Unknown
        } else {
            Standing::Unmet
        })
    }

    /// How each instance fares.
    pub(super) fn statuses(
        &mut self,
        is_in: &[Function],
        undecided: &[Function],
    ) -> Result<Vec<Status>, Beyond> {
        let mut statuses = Vec::new();
        for (is_in, undecided) in is_in.iter().zip(undecided) {
            let undefeated = self.space.or(is_in, undecided)?;
            statuses.push(if self.is_always(is_in)? {
                Status::In
            } else if self.may_be(&undefeated)? {
                Status::Open
            } else {
                Status::Out
            });
        }
        Ok(statuses)
    }

    /// Whether one of several holds in every completion.
    fn is_covered(&mut self, list: &[Function]) -> Result<bool, Beyond> {
        let mut rest = self.possible.clone();
        for function in list {
            rest = self.space.and_not(&rest, function)?;
            if rest.is_false() {
                return Ok(true);
            }
        }
        Ok(rest.is_false())
    }

    /// Whether one of several holds in some completion.
    fn any_may_be(&mut self, list: &[Function]) -> Result<bool, Beyond> {
        for function in list {
            if self.may_be(function)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The verdict; some completions were `seen`. Whether it may be prohibited, or a conflict.
    pub(super) fn comes_to(
        &mut self,
        outcomes: &Outcomes,
        seen: &Seen,
    ) -> Result<(ComesTo, bool), Beyond> {
        let contested = seen.has(Outcome::Conflict) || self.any_may_be(&outcomes.conflicts)?;
        let prohibited =
            contested || seen.has(Outcome::Prohibited) || self.any_may_be(&outcomes.forbids)?;
        let base = if prohibited {
            self.worst(outcomes, seen, contested)?
        } else if !seen.has(Outcome::Unregulated) && self.is_covered(&outcomes.permits)? {
            Base::Permitted
        } else if seen.has(Outcome::Permitted) || self.any_may_be(&outcomes.permits)? {
            Base::Undetermined
        } else {
            Base::Unregulated
        };
        let mut pending = false;
        for required in &outcomes.required {
            pending |= self.may_be(&required.applies)? && !self.is_always(&required.holds)?;
        }
        Ok((ComesTo::of(base, pending), prohibited))
    }

    /// The base where some completion is prohibited or a conflict.
    fn worst(&mut self, outcomes: &Outcomes, seen: &Seen, contested: bool) -> Result<Base, Beyond> {
        if seen.mild() {
            return Ok(Base::Undetermined);
        }
        if !seen.has(Outcome::Prohibited) && self.is_covered(&outcomes.conflicts)? {
            return Ok(Base::Conflict);
        }
        let Outcomes {
            forbids, conflicts, ..
        } = outcomes;
        let covered = self.is_covered(forbids)? || {
            let all: Vec<_> = forbids.iter().chain(conflicts).cloned().collect();
            self.is_covered(&all)?
        };
        Ok(if covered {
            Base::Prohibited { contested }
        } else {
            Base::Undetermined
        })
    }
}
