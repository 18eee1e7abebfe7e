//! What falls due through an act: what is to be done, by whom and when, and whether it was.

use crate::program::{Arising, Due, Modality, Mode, NormId, SortId, Value};

use super::checker::Checker;
use super::fault::Wrong;
use super::frame::Frame;
use super::graph::{At, NormNode};
use super::omission::{Duty, deadline};
use super::truth::Truth;

impl Checker<'_> {
    /// That what arises under these values is what a node says is due, by when, and how that
    /// stands.
    pub(super) fn falls_due(
        &mut self,
        at: At,
        node: &NormNode,
        (norm, arising): (NormId, &Arising),
        frame: &Frame,
    ) -> Result<(), Wrong> {
        let row = &self.program.norms[norm];
        let due = match &arising.due {
            Due::Act(roles) => {
                let roles = roles.iter().map(|&(role, term)| (role, frame.term(term)));
                self.names().pattern(&row.actions, roles)
            }
            Due::State { atom, .. } => {
                let terms = atom.terms.iter().map(|&term| frame.term(term));
                self.names()
                    .written(atom.relation, &terms.collect::<Vec<_>>())
            }
        };
        says("due", node.due.as_deref(), &due)?;
        let by = deadline(row, arising, frame);
        let date = by.and_then(Value::from_number);
        let date = date.map(|date| self.names().name(SortId::DATE, date));
        says(
            "deadline",
            node.deadline.as_deref(),
            date.as_deref().unwrap_or_default(),
        )?;
        if matches!(row.modality, Modality::Recommend | Modality::Discourage) {
            return says("standing", node.standing.as_deref(), "");
        }
        let done = self.fulfilment((norm, arising), frame, by);
        if done.is_none() && by.is_some_and(|by| by >= self.act.at) {
            // Whether time is up is asked of a day that is not known here.
            let is_open = matches!(node.standing.as_deref(), Some("pending" | "overdue"));
            self.trust("duty", at);
            return if is_open {
                Ok(())
            } else {
                says("standing", node.standing.as_deref(), "pending")
            };
        }
        let open = if by.is_some() { "overdue" } else { "pending" };
        says("standing", node.standing.as_deref(), done.unwrap_or(open))
    }

    /// How what is due stands, where it was done or left undone.
    fn fulfilment(
        &mut self,
        (norm, arising): (NormId, &Arising),
        frame: &Frame,
        deadline: Option<i64>,
    ) -> Option<&'static str> {
        let act = &self.act;
        match &arising.due {
            Due::Act(roles) => {
                let after = arising.after.and_then(|it| frame.value(it)?.number());
                // What is only planned has not happened.
                let happened = (act.mode != Mode::Planned).then_some(act.at);
                let since = after.or(happened);
                let roles = roles.iter();
                let duty = Duty {
                    norm,
                    roles: roles.map(|&(role, it)| (role, frame.term(it))).collect(),
                    truth: Truth::Certain,
                    since: since.or_else(|| self.judge.since(arising, frame)),
                    deadline,
                };
                let modes = self.judge.modes_meeting(&duty);
                if modes.contains(&Mode::Performed) {
                    Some("met")
                } else {
                    modes.contains(&Mode::Omitted).then_some("omitted")
                }
            }
            Due::State { atom, .. } => {
                let terms = atom.terms.iter().map(|&term| frame.term(term));
                let pattern: Vec<_> = terms.collect();
                match self.truth_of_pattern(atom.relation, &pattern) {
                    Truth::Certain => Some("met"),
                    Truth::False if deadline.is_none() => Some("omitted"),
                    _ => None,
                }
            }
        }
    }
}

/// Whether a node says what is due.
fn says(what: &'static str, found: Option<&str>, due: &str) -> Result<(), Wrong> {
    let found = found.unwrap_or_default();
    if found == due {
        return Ok(());
    }
    let (found, due) = (found.to_owned(), due.to_owned());
    Err(Wrong::Differs { what, found, due })
}
