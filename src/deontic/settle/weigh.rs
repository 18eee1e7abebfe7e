//! What holds in all completions, in some, in none; and the verdict by the table of the
//! reference (`docs/language.md`, Verdict).

use super::super::labelled::{ComesTo, Labelled};
use super::super::reading::Base;
use super::super::verdict::{Standing, Status};
use super::outcomes::{Outcomes, Parts};
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
    /// completion are left out.
    pub(super) fn add_standings(
        &mut self,
        found: &mut Labelled,
        parts: &Parts,
        outcomes: &mut Outcomes,
    ) -> Result<(), Beyond> {
        let mut kept = Vec::new();
        let rows = found.requirements.iter_mut().zip(&parts.required);
        for ((row, stated), in_force) in rows.zip(&outcomes.required) {
            row.certain = self.is_always(&stated.applies)?;
            row.standing.standing = self.standing(&stated.holds)?;
            kept.push(self.may_be(&in_force.applies)?);
        }
        let (mut rows, mut functions) = (kept.iter(), kept.iter());
        let requirements = &mut found.requirements;
        requirements.retain(|_| rows.next().copied().unwrap_or(true));
        let required = &mut outcomes.required;
        required.retain(|_| functions.next().copied().unwrap_or(true));
        Ok(())
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
    pub(super) fn statuses(&mut self, outcomes: &Outcomes) -> Result<Vec<Status>, Beyond> {
        let mut statuses = Vec::new();
        for (is_in, undecided) in outcomes.is_in.iter().zip(&outcomes.undecided) {
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

    /// The verdict.
    pub(super) fn comes_to(&mut self, outcomes: &Outcomes) -> Result<ComesTo, Beyond> {
        let prohibited = self.space.or(&outcomes.forbid, &outcomes.conflict)?;
        let base = if self.is_always(&outcomes.conflict)? {
            Base::Conflict
        } else if self.is_always(&prohibited)? {
            let contested = self.may_be(&outcomes.conflict)?;
            Base::Prohibited { contested }
        } else if self.may_be(&prohibited)? {
            Base::Undetermined
        } else if self.is_always(&outcomes.permit)? {
            Base::Permitted
        } else if self.may_be(&outcomes.permit)? {
            Base::Undetermined
        } else {
            Base::Unregulated
        };
        let mut pending = false;
        for required in &outcomes.required {
            pending |= self.may_be(&required.applies)? && !self.is_always(&required.holds)?;
        }
        Ok(ComesTo::of(base, pending))
    }
}
