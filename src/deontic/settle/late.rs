//! Verdicts of other acts as functions: in each completion, the verdict that the act has there.

use crate::engine::Truth;
use crate::lang::ast::StatusWord;
use crate::program::{DocumentId, LateLiteral, Under, Value, Variables};

use super::super::verdict::Substitution;
use super::formulas::{Formulas, World};
use super::space::{Beyond, Function};

impl<'p> Formulas<'_, 'p> {
    /// Where a literal that asks for a verdict holds.
    pub(super) fn late(
        &mut self,
        world: &World<'p>,
        literal: &'p LateLiteral,
        variables: &Variables,
        values: &Substitution,
    ) -> Result<Function, Beyond> {
        let alone = std::slice::from_ref(literal);
        let act = &world.act;
        let truth = self
            .judge
            .with_late(act, alone, variables, values, Truth::Certain);
        if truth != Truth::Maybe {
            return Ok(self.space.constant(truth == Truth::Certain));
        }
        match literal {
            LateLiteral::Negative { literals, late, .. } => {
                let some = self.exists(world, variables, (literals, late), values)?;
                Ok(some.function.not())
            }
            LateLiteral::Status {
                negated,
                status,
                act: term,
                under,
                ..
            } => {
                let other = self.judge.other(act, term, values);
                let function = match other {
                    Some(other) => self.status(other, *status, *under)?,
                    None => self.space.other()?,
                };
                Ok(if *negated { function.not() } else { function })
            }
        }
    }

    /// Where an act's verdict is so.
    fn status(
        &mut self,
        act: Value,
        status: StatusWord,
        under: Option<Under>,
    ) -> Result<Function, Beyond> {
        let asked = matches!(status, StatusWord::Permitted | StatusWord::Prohibited);
        let document = match under {
            None => Some(None),
            Some(Under::Document(document)) => Some(Some(document)),
            Some(Under::Norm(_)) => None,
        };
        let found = match document.filter(|_| asked && !self.acts.contains(&act)) {
            Some(document) => self.base_of(act, document)?,
            None => None,
        };
        let Some((prohibited, permitted)) = found else {
            return self.space.other();
        };
        Ok(match status {
            StatusWord::Prohibited => prohibited,
            _ => permitted,
        })
    }

    /// Where an act is prohibited (or a conflict), and where permitted with its conditions met;
    /// nothing where its verdict hangs on more than what is unknown.
    fn base_of(
        &mut self,
        act: Value,
        document: Option<DocumentId>,
    ) -> Result<Option<(Function, Function)>, Beyond> {
        let clear = self
            .judge
            .verdict(act)
            .is_some_and(|judgement| !judgement.doubt.circular && judgement.doubt.ways.is_empty());
        let Some(record) = self.judge.act(act).cloned().filter(|_| clear) else {
            return Ok(None);
        };
        self.acts.push(act);
        let found = self.judge.labelled_by(&record, document);
        let world = self.world(&record);
        let parts = self.parts(&world, &found)?;
        let board = self.board(&found, parts);
        let outcomes = board.outcomes(&mut self.space)?;
        self.acts.pop();
        let (prohibited, permitted) = outcomes.united(&mut self.space)?;
        let mut permitted = self.space.and_not(&permitted, &prohibited)?;
        for required in &outcomes.required {
            let fails = self.space.and_not(&required.applies, &required.holds)?;
            permitted = self.space.and_not(&permitted, &fails)?;
        }
        Ok(Some((prohibited, permitted)))
    }
}
