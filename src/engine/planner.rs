//! From a conjunction to steps: what filters comes early, the most selective literal next, and
//! open literals last, so that they test rather than guess.

use crate::base::Table;
use crate::program::{
    Atom, Dependency, Literal, LiteralKind, Program, RelationId, SortId, VariableId, Variables,
    collect_dependencies,
};

use super::binders::{Binders, Marked, bound_columns, comparison, ready, variable};
use super::index::has_column;
use super::plan::{ConjunctionPlan, Reads, Shape, Step};
use super::relation::is_value_sort;
use super::statistics::Statistics;
use super::truth::Truth;

/// A plan for `literals`, the variables of `bound` being given. All variables are bound in its
/// solutions.
pub fn plan_conjunction(
    program: &Program,
    statistics: &Statistics,
    variables: &Variables,
    literals: &[Literal],
    bound: &[VariableId],
) -> ConjunctionPlan {
    Planner::new(program, statistics, variables).plan(literals, bound, None)
}

/// A plan for `literals`, the variables of `bound` being given and only those of `wanted` being
/// asked for: of solutions that differ in others only one or few are found, among them one of
/// the highest truth.
pub fn plan_projection(
    program: &Program,
    statistics: &Statistics,
    variables: &Variables,
    literals: &[Literal],
    bound: &[VariableId],
    wanted: &[VariableId],
) -> ConjunctionPlan {
    Planner::new(program, statistics, variables).plan(literals, bound, Some(wanted))
}

/// Makes plans for conjunctions over the same variables.
#[derive(Debug)]
pub(crate) struct Planner<'a> {
    pub(crate) program: &'a Program,
    statistics: &'a Statistics,
    pub(crate) variables: &'a Variables,
    /// The relations of the component that is being computed.
    pub(crate) locals: &'a [RelationId],
    /// What each literal of the outermost conjunction may read; all, where it is shorter.
    pub(crate) reads: &'a [Reads],
    /// The literal of the outermost conjunction to start with.
    first: Option<usize>,
}

/// A conjunction to plan.
#[derive(Debug)]
pub(crate) struct Conjunction<'c> {
    pub(crate) literals: &'c [Literal],
    pub(crate) binders: Binders,
    /// The variables asked for; all, where nothing is said.
    wanted: Option<&'c [VariableId]>,
}

/// How far a plan is.
#[derive(Clone, Debug)]
struct Rest {
    bound: Marked,
    /// The literals that are still to be taken.
    remaining: Vec<usize>,
    /// Open literals that are put off because they have more than what is stated.
    put_off: Vec<usize>,
}

/// How many literals may be put off at run time, which makes plans longer; further ones come
/// last in any case.
const PUT_OFF: usize = 2;

impl<'a> Planner<'a> {
    pub(crate) fn new(
        program: &'a Program,
        statistics: &'a Statistics,
        variables: &'a Variables,
    ) -> Self {
        Self {
            program,
            statistics,
            variables,
            locals: &[],
            reads: &[],
            first: None,
        }
    }

    /// Plans a version of a rule of the component of `locals`: its literals read what `reads`
    /// says, and the one numbered `first` starts.
    #[must_use]
    pub(crate) fn version(
        self,
        locals: &'a [RelationId],
        reads: &'a [Reads],
        first: Option<usize>,
    ) -> Self {
        Self {
            locals,
            reads,
            first,
            ..self
        }
    }

    pub(crate) fn plan(
        &self,
        literals: &[Literal],
        bound: &[VariableId],
        wanted: Option<&[VariableId]>,
    ) -> ConjunctionPlan {
        let mut given = Table::filled(self.variables.len(), false);
        for &variable in bound {
            given[variable] = true;
        }
        ConjunctionPlan {
            steps: self.steps(literals, given, wanted),
            variables: self.variables.len(),
        }
    }

    /// A planner for a conjunction within this one.
    pub(crate) fn inner(&self) -> Planner<'a> {
        Planner {
            locals: self.locals,
            ..Planner::new(self.program, self.statistics, self.variables)
        }
    }

    /// The literals in the order in which a plan takes them.
    pub(crate) fn order(&self, literals: &[Literal], given: &[VariableId]) -> Vec<usize> {
        let mut bound = Table::filled(self.variables.len(), false);
        for &variable in given {
            bound[variable] = true;
        }
        let conjunction = Conjunction {
            literals,
            binders: Binders::new(self.program, literals, &bound),
            wanted: None,
        };
        let mut rest = Rest::new(literals, bound);
        let mut order = Vec::with_capacity(literals.len());
        while let Some(next) = self.cheapest(&conjunction, &rest) {
            self.take(&conjunction, next, &mut rest);
            order.push(next);
        }
        order
    }

    /// The steps of a conjunction.
    pub(crate) fn steps(
        &self,
        literals: &[Literal],
        given: Marked,
        wanted: Option<&[VariableId]>,
    ) -> Vec<Step> {
        let conjunction = Conjunction {
            literals,
            binders: Binders::new(self.program, literals, &given),
            wanted,
        };
        self.arrange(&conjunction, Rest::new(literals, given))
    }

    /// The steps of what is left of a conjunction.
    fn arrange(&self, conjunction: &Conjunction<'_>, mut rest: Rest) -> Vec<Step> {
        let mut steps = Vec::with_capacity(rest.remaining.len());
        let mut found_at = conjunction.is_found(&rest.bound).then_some(0);
        while let Some(next) = self.cheapest(conjunction, &rest) {
            let put_off = self.put_off(conjunction, next, &rest);
            let step = self.take(conjunction, next, &mut rest);
            steps.extend(step.map(|step| match step {
                Step::Match(mut found) => {
                    found.otherwise = put_off;
                    Step::Match(found)
                }
                other => other,
            }));
            if found_at.is_none() && conjunction.is_found(&rest.bound) {
                found_at = Some(steps.len());
            }
        }
        if let Some(at) = found_at {
            wrap_rest(&mut steps, at);
        }
        steps
    }

    /// The step of the literal numbered `next`.
    fn take(&self, conjunction: &Conjunction<'_>, next: usize, rest: &mut Rest) -> Option<Step> {
        rest.remaining.retain(|&index| index != next);
        let literal = conjunction.literals.get(next)?;
        Some(self.step(conjunction, next, literal, &mut rest.bound))
    }

    /// What to do instead where the row that the literal numbered `next` reads is not closed:
    /// the rest, with that literal as late as possible, so that it tests.
    fn put_off(
        &self,
        conjunction: &Conjunction<'_>,
        next: usize,
        rest: &Rest,
    ) -> Option<Vec<Step>> {
        let LiteralKind::Positive(atom) = &conjunction.literals.get(next)?.kind else {
            return None;
        };
        let chosen = self.first != Some(next) && self.is_put_off(atom, next, rest);
        if !chosen || rest.remaining.len() < 2 {
            return None;
        }
        let mut later = rest.clone();
        later.put_off.push(next);
        Some(self.arrange(conjunction, later))
    }

    /// Whether a literal may hold of tuples that nobody stated.
    fn is_open(&self, atom: &Atom, index: usize) -> bool {
        let only = self.reads.get(index).and_then(|reads| reads.only);
        self.program.relations[atom.relation].open && only != Some(Truth::Certain)
    }

    /// Whether a literal is taken early on the chance that its row is closed.
    fn is_put_off(&self, atom: &Atom, index: usize, rest: &Rest) -> bool {
        let relation = &self.program.relations[atom.relation];
        let mask = bound_columns(atom, &rest.bound);
        let keyed = relation
            .row_key()
            .is_some_and(|key| (0..key).all(|column| has_column(mask, column)));
        let guesses = relation
            .columns
            .iter()
            .enumerate()
            .any(|(column, row)| !has_column(mask, column) && !self.is_value(row.sort));
        self.is_open(atom, index)
            && keyed
            && guesses
            && rest.put_off.len() < PUT_OFF
            && !rest.put_off.contains(&index)
    }

    /// The literal to take next.
    fn cheapest(&self, conjunction: &Conjunction<'_>, rest: &Rest) -> Option<usize> {
        let first = self.first.filter(|first| rest.remaining.contains(first));
        if first.is_some() {
            return first;
        }
        rest.remaining
            .iter()
            .copied()
            .filter_map(|index| Some((self.cost(conjunction, index, rest)?, index)))
            .min_by(|left, right| left.0.total_cmp(&right.0))
            .map(|(_, index)| index)
            .or_else(|| rest.remaining.first().copied())
    }

    /// What it costs to take a literal now; `None` if it has to wait for a variable.
    fn cost(&self, conjunction: &Conjunction<'_>, index: usize, rest: &Rest) -> Option<f64> {
        let literal = conjunction.literals.get(index)?;
        let (binders, bound) = (&conjunction.binders, &rest.bound);
        match &literal.kind {
            LiteralKind::Positive(atom) => Some(self.cost_of_atom(atom, index, conjunction, rest)),
            LiteralKind::Compare { .. } => {
                comparison(self.program, literal, binders, bound).map(|_| 0.0)
            }
            LiteralKind::Negative(inner) => {
                let called = self.reads_called(inner);
                ready(inner, binders, bound).then_some(if called { 0.5 } else { 0.3 })
            }
            LiteralKind::Aggregate {
                result,
                alternatives,
                ..
            } => {
                let waits = binders.closed[*result] && !bound[*result];
                let ready = alternatives
                    .iter()
                    .all(|alternative| ready(alternative, binders, bound));
                // Counting costs more than following one tuple.
                (ready && !waits).then_some(2.5)
            }
        }
    }

    fn reads_called(&self, literals: &[Literal]) -> bool {
        let mut found = Vec::new();
        collect_dependencies(literals, Dependency::Positive, &mut found);
        found
            .iter()
            .any(|(relation, _)| self.statistics.is_called(*relation))
    }

    fn cost_of_atom(
        &self,
        atom: &Atom,
        index: usize,
        conjunction: &Conjunction<'_>,
        rest: &Rest,
    ) -> f64 {
        let relation = &self.program.relations[atom.relation];
        let mask = bound_columns(atom, &rest.bound);
        let free: Vec<_> = relation
            .columns
            .iter()
            .enumerate()
            .filter(|(column, _)| !has_column(mask, *column))
            .collect();
        let Some((first_free, _)) = free.first() else {
            return match (
                self.is_open(atom, index),
                self.statistics.is_called(atom.relation),
            ) {
                (false, false) => 0.1,
                (true, false) => 0.2,
                (_, true) => 0.4,
            };
        };
        let keyed = relation.single_valued && first_free + 1 == relation.arity();
        let value = keyed && free.iter().all(|(_, column)| self.is_value(column.sort));
        let rows = if keyed {
            1.0
        } else {
            self.statistics.matching(atom.relation, mask)
        };
        let mut cost = 1.0 + rows;
        if free.iter().any(|(_, column)| column.sort == SortId::ACT) {
            // Acts that nobody recorded are seen only where something else binds them: another
            // act first, which may be one of these.
            let mut columns = relation.columns.iter().enumerate();
            let from_act =
                columns.any(|(column, row)| has_column(mask, column) && row.sort == SortId::ACT);
            cost += if from_act { 1e9 } else { 2e9 };
        }
        if self.is_open(atom, index) && !value && !self.is_put_off(atom, index, rest) {
            cost += 1e12;
            // Of what nobody stated, one is enough once all that is asked for is bound.
            if conjunction.binds_unasked(atom, &rest.bound) {
                cost += 1e12;
            }
        }
        let waits = |&term: &_| conjunction.binders.will_compute(term, &rest.bound);
        if atom.terms.iter().any(waits) {
            cost += 1e15;
        }
        cost
    }

    pub(crate) fn is_value(&self, sort: SortId) -> bool {
        is_value_sort(self.program.sorts[sort].kind)
    }
}

impl Conjunction<'_> {
    /// Whether all variables that are asked for are bound.
    fn is_found(&self, bound: &Marked) -> bool {
        self.wanted
            .is_some_and(|wanted| wanted.iter().all(|&variable| bound[variable]))
    }

    /// Whether an atom binds a variable that is not asked for, where some are asked for.
    fn binds_unasked(&self, atom: &Atom, bound: &Marked) -> bool {
        let mut variables = atom.terms.iter().filter_map(|&term| variable(term));
        self.wanted.is_some_and(|wanted| {
            variables.any(|variable| !bound[variable] && !wanted.contains(&variable))
        })
    }
}

impl Rest {
    fn new(literals: &[Literal], bound: Marked) -> Self {
        Self {
            bound,
            remaining: (0..literals.len()).collect(),
            put_off: Vec::new(),
        }
    }
}

/// Makes the steps from `at` on one step that is content with one solution, if they can have
/// several.
fn wrap_rest(steps: &mut Vec<Step>, at: usize) {
    let several = |step: &Step| matches!(step, Step::Match(found) if found.shape == Shape::Scan);
    if steps.iter().skip(at).any(several) {
        let rest = steps.split_off(at);
        steps.push(Step::Exists(rest));
    }
}
