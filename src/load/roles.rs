//! What fills the roles of an act, and when it is.

use crate::base::{Diagnostic, Span};
use crate::lang::ast::Role;
use crate::program::{ActionId, Value};

use super::acts::Draft;
use super::builder::Builder;
use super::cell::{Cell, CellKind, Key, Said};
use super::names::{ActPlan, RolePlan};
use super::reports::{article, list};

impl Builder<'_> {
    /// What fills the roles but `at`.
    pub(super) fn fill_roles(
        &mut self,
        act: Value,
        action: ActionId,
        plan: &ActPlan,
        draft: &Draft<'_>,
        id: &Cell<'_>,
    ) -> Vec<(Role, Value)> {
        for (role, key, _) in &draft.roles {
            let known = *role == Role::At || plan.roles.iter().any(|row| row.role == *role);
            if !known {
                self.unknown_role(action, plan, key);
            }
        }
        let mut filled = Vec::with_capacity(plan.roles.len() + 1);
        for row in &plan.roles {
            let given = draft.roles.iter().find(|(role, ..)| *role == row.role);
            let value = given.and_then(|(_, _, said)| self.filler(act, row, said));
            match value {
                Some(value) => filled.push((row.role, value)),
                None if row.optional => {}
                // A filler that is wrong was reported as such.
                None if given.is_some_and(|(_, _, said)| says_something(said)) => {}
                None => self.missing_role(action, row, id),
            }
        }
        filled
    }

    /// What fills a role. An empty list says that nothing does.
    fn filler(&mut self, act: Value, row: &RolePlan, said: &Said<'_>) -> Option<Value> {
        let cell = match said {
            Said::One(dated) => &dated.cell,
            Said::Many { items, open, span } => match (items.as_slice(), open) {
                ([one], false) => &one.cell,
                ([], false) if row.optional => {
                    if let Some(relation) = row.relation {
                        self.facts.close(relation, &[act], *span);
                    }
                    return None;
                }
                _ => {
                    let message = format!("`{}` is filled by one individual", row.role.word());
                    self.error("wrong-shape", *span, message);
                    return None;
                }
            },
        };
        if matches!(cell.kind, CellKind::Null) {
            return None;
        }
        self.timeless(said);
        let value = self.value(row.sort, cell)?;
        if let Some(relation) = row.relation {
            self.facts.assert(relation, &[act, value], cell.span, None);
        }
        Some(value)
    }

    /// Reports `from` or `until` on what fills a role: an act is at one moment.
    fn timeless(&mut self, said: &Said<'_>) {
        let bounded = match said {
            Said::One(dated) => dated.validity.is_some(),
            Said::Many { items, .. } => items.iter().any(|item| item.validity.is_some()),
        };
        if bounded {
            let message = "what fills a role has no `from` or `until`";
            self.error("wrong-shape", said.span(), message);
        }
    }

    fn unknown_role(&mut self, action: ActionId, plan: &ActPlan, key: &Key<'_>) {
        let name = &self.program().actions[action].name;
        let message = format!("`{name}` has no role `{}`", key.text);
        let mut words: Vec<_> = plan.roles.iter().map(|row| row.role.word()).collect();
        words.push(Role::At.word());
        let diagnostic = Diagnostic::error("unknown-role", key.span, message)
            .help(format!("its roles are {}", list(&words)));
        self.reports.add(diagnostic);
    }

    fn missing_role(&mut self, action: ActionId, row: &RolePlan, id: &Cell<'_>) {
        let name = &self.program().actions[action].name;
        let word = row.role.word();
        let message = format!("the act does not say `{word}`, which `{name}` requires");
        let sort = article(self.sort_name(row.sort));
        let diagnostic = Diagnostic::error("missing-role", id.span, message)
            .help(format!("add `\"{word}\": …`, the id of {sort}"));
        self.reports.add(diagnostic);
    }

    /// When the act is, and where that is written.
    pub(super) fn moment_of(&mut self, draft: &Draft<'_>, id: &Cell<'_>) -> (i64, Span) {
        let given = draft.roles.iter().find(|(role, ..)| *role == Role::At);
        match given {
            Some((_, _, said @ Said::One(dated))) => {
                self.timeless(said);
                let moment = self.moment(&dated.cell);
                (moment.unwrap_or(self.as_of), dated.cell.span)
            }
            Some((_, _, Said::Many { span, .. })) => {
                self.error("wrong-shape", *span, "`at` is one date");
                (self.as_of, *span)
            }
            None => (self.as_of, id.span),
        }
    }

    pub(super) fn state_moment(
        &mut self,
        act: Value,
        plan: &ActPlan,
        (at, span): (i64, Span),
    ) -> Option<(Role, Value)> {
        let Some(value) = Value::from_number(at) else {
            self.error(
                "number-out-of-range",
                span,
                "the date lies too far from today",
            );
            return None;
        };
        if let Some(relation) = plan.at {
            self.facts.assert(relation, &[act, value], span, None);
        }
        if self.dates.insert(value) {
            let now = self.program().builtin.now;
            self.facts.assert(now, &[value], span, None);
        }
        Some((Role::At, value))
    }
}

/// Whether anything but `null` is said.
fn says_something(said: &Said<'_>) -> bool {
    match said {
        Said::One(dated) => !matches!(dated.cell.kind, CellKind::Null),
        Said::Many { items, .. } => !items.is_empty(),
    }
}
