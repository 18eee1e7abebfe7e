//! Why a conjunction does not hold: how far it gets, and what becomes of each literal.

use crate::base::Id;
use crate::program::{Literal, Universe, Value, VariableId};

use super::instance::{Named, Question, instances};
use super::planner::Planner;
use super::relation::is_value_sort;
use super::session::Session;
use super::truth::Truth;

/// How many values are tried at most.
const CAP: usize = 256;

/// How far the conjunction gets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NearMiss {
    /// Values for as many literals as possible; `None` for variables that got none.
    pub substitution: Vec<Option<Value>>,
    /// The truth of each literal, in order of writing, under these values: of some values for
    /// the other variables.
    pub truths: Vec<Truth>,
}

impl NearMiss {
    /// Whether a literal fails.
    pub fn fails(&self) -> bool {
        self.truths.contains(&Truth::False)
    }

    /// How many literals fail, and how many are not known.
    pub fn rank(&self) -> (usize, usize) {
        let of = |truth| self.truths.iter().filter(|&&own| own == truth).count();
        (of(Truth::False), of(Truth::Maybe))
    }
}

/// The values under which most literals of a conjunction that does not hold do hold, as its plan
/// takes them one after the other, and what becomes of the others.
pub fn near_miss(session: &Session<'_>, universe: &Universe, question: Question<'_>) -> NearMiss {
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
            let miss = named.miss(session, best.substitution, question);
            let next = order.get(taken).filter(|_| !miss.fails());
            return match next {
                Some(&next) => named.together(session, universe, (next, miss), question),
                None => miss,
            };
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

    /// The same where literals may each hold by themselves, of values that nobody has stated, but
    /// not together with the literal `next`: of those values for which it holds.
    fn together(
        &self,
        session: &Session<'_>,
        universe: &Universe,
        (next, mut miss): (usize, NearMiss),
        question: Question<'_>,
    ) -> NearMiss {
        let bound: Vec<_> = given(&miss.substitution).collect();
        let own = self.literals.get(next).map(std::slice::from_ref);
        let some = Question {
            variables: &self.variables,
            literals: own.unwrap_or_default(),
            bound: &bound,
        };
        let found = instances(session, universe, some, CAP).into_iter();
        let misses = found.map(|it| self.miss(session, it.substitution, question));
        if let Some(nearest) = misses.filter(NearMiss::fails).min_by_key(NearMiss::rank) {
            return nearest;
        }
        if let Some(truth) = miss.truths.get_mut(next) {
            *truth = Truth::False;
        }
        miss
    }

    /// What becomes of the literals under these values. An individual that nobody names is
    /// anybody's where a literal fails of it alone: told of nobody in particular, that it does
    /// not hold would not be true.
    fn miss(
        &self,
        session: &Session<'_>,
        mut substitution: Vec<Option<Value>>,
        question: Question<'_>,
    ) -> NearMiss {
        let mut truths = self.alone(session, &substitution);
        let mut of_anybody = substitution.clone();
        for (value, (id, variable)) in of_anybody.iter_mut().zip(self.variables.entries()) {
            let is_value = is_value_sort(session.program().sorts[variable.sort].kind);
            let is_given = question.bound.iter().any(|&(given, _)| given == id);
            value.take_if(|it| *it == Value::UNKNOWN && !is_value && !is_given);
        }
        if truths.contains(&Truth::False) && of_anybody != substitution {
            let others = self.alone(session, &of_anybody);
            let mut both = truths.iter().zip(&others);
            if both.any(|(own, other)| *own == Truth::False && *other != Truth::False) {
                (truths, substitution) = (others, of_anybody);
            }
        }
        substitution.truncate(question.variables.len());
        NearMiss {
            substitution,
            truths,
        }
    }

    /// The truth of each literal by itself under these values.
    fn alone(&self, session: &Session<'_>, substitution: &[Option<Value>]) -> Vec<Truth> {
        let given: Vec<_> = given(substitution).collect();
        let bound: Vec<_> = given.iter().map(|&(variable, _)| variable).collect();
        let statistics = session.database.statistics();
        let planner = Planner::new(session.program(), statistics, &self.variables);
        let alone = |literal: &Literal| {
            let plan = planner.plan(std::slice::from_ref(literal), &bound, Some(&[]));
            session.best(&plan, &given)
        };
        self.literals.iter().map(alone).collect()
    }
}

/// The values that variables got.
fn given(substitution: &[Option<Value>]) -> impl Iterator<Item = (VariableId, Value)> {
    let all = substitution.iter().enumerate();
    all.filter_map(|(index, value)| Some((VariableId::new(index), (*value)?)))
}
