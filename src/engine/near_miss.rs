//! Why a conjunction does not hold: how far it gets, and what becomes of each literal.

use crate::base::Id;
use crate::program::{Literal, Universe, Value, VariableId};

use super::instance::{Named, Question, instances};
use super::planner::Planner;
use super::session::Session;
use super::truth::Truth;

/// How far the conjunction gets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NearMiss {
    /// Values for as many literals as possible; `None` for variables that got none.
    pub substitution: Vec<Option<Value>>,
    /// The truth of each literal, in order of writing, under these values: of some values for
    /// the other variables.
    pub truths: Vec<Truth>,
}

/// The values under which most literals of a conjunction that does not hold do hold, as its plan
/// takes them one after the other, and what becomes of the others.
pub fn near_miss(session: &Session<'_>, universe: &Universe, question: Question<'_>) -> NearMiss {
    const CAP: usize = 256;
    let named = Named::new(question);
    let given: Vec<_> = question
        .bound
        .iter()
        .map(|&(variable, _)| variable)
        .collect();
    let order = named.order(session, &given);
    for taken in (0..=order.len()).rev() {
        let first: Vec<_> = order.iter().take(taken).copied().collect();
        let part: Vec<_> = named
            .literals
            .iter()
            .enumerate()
            .filter(|(index, _)| first.contains(index))
            .map(|(_, literal)| literal.clone())
            .collect();
        let some = Question {
            variables: &named.variables,
            literals: &part,
            bound: question.bound,
        };
        if let Some(best) = instances(session, universe, some, CAP).into_iter().next() {
            let mut miss = named.miss(session, best.substitution, question);
            if !miss.truths.contains(&Truth::False) {
                // Each may hold by itself, of a number that nobody has stated, but not together.
                let fails = order.get(taken).and_then(|&next| miss.truths.get_mut(next));
                if let Some(truth) = fails {
                    *truth = Truth::False;
                }
            }
            return miss;
        }
    }
    NearMiss {
        substitution: vec![None; question.variables.len()],
        truths: vec![Truth::False; question.literals.len()],
    }
}

impl Named {
    /// The literals in the order in which a plan takes them.
    fn order(&self, session: &Session<'_>, given: &[VariableId]) -> Vec<usize> {
        let statistics = session.database.statistics();
        Planner::new(session.program(), statistics, &self.variables).order(&self.literals, given)
    }

    fn miss(
        &self,
        session: &Session<'_>,
        substitution: Vec<Option<Value>>,
        question: Question<'_>,
    ) -> NearMiss {
        let given: Vec<_> = substitution
            .iter()
            .enumerate()
            .filter_map(|(index, value)| Some((VariableId::new(index), (*value)?)))
            .collect();
        let bound: Vec<_> = given.iter().map(|&(variable, _)| variable).collect();
        let statistics = session.database.statistics();
        let planner = Planner::new(session.program(), statistics, &self.variables);
        let alone = |literal: &Literal| {
            let plan = planner.plan(std::slice::from_ref(literal), &bound, Some(&[]));
            session.best(&plan, &given)
        };
        NearMiss {
            truths: self.literals.iter().map(alone).collect(),
            substitution: substitution
                .into_iter()
                .take(question.variables.len())
                .collect(),
        }
    }
}
