//! From a conjunction to steps: what filters comes early, the most selective literal next, and
//! open literals last, so that they test rather than guess.

use crate::base::Table;
use crate::lang::ast::Comparison;
use crate::program::{
    Atom, Expression, Literal, LiteralKind, Operand, Program, RelationId, RelationKind, SortId,
    Term, VariableId, Variables,
};

use super::expression::{self, Compare, lone_variable};
use super::index::{Mask, has_column};
use super::plan::{
    Aggregate, Bind, Column, ColumnTerm, ConjunctionPlan, Match, Reads, Shape, Step,
};
use super::relation::is_value_sort;
use super::statistics::Statistics;

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

/// A set of variables.
pub(crate) type VariableSet = Table<VariableId, bool>;

/// Makes plans for conjunctions over the same variables.
#[derive(Debug)]
pub(crate) struct Planner<'a> {
    program: &'a Program,
    statistics: &'a Statistics,
    variables: &'a Variables,
    /// The relations of the component that is being computed.
    locals: &'a [RelationId],
    /// What each literal of the outermost conjunction may read; all, where it is shorter.
    reads: &'a [Reads],
    /// The literal of the outermost conjunction to start with.
    first: Option<usize>,
}

/// What binds which variables of a conjunction.
#[derive(Debug)]
struct Binders {
    /// Given from outside.
    outer: VariableSet,
    /// Bound by a closed literal.
    closed: VariableSet,
    /// The result of an aggregate or one side of an equation, and not bound by a closed literal.
    computed: VariableSet,
    /// Bound by anything.
    any: VariableSet,
}

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

    fn steps(
        &self,
        literals: &[Literal],
        given: VariableSet,
        wanted: Option<&[VariableId]>,
    ) -> Vec<Step> {
        let binders = Binders::new(self.program, literals, &given);
        let mut bound = given;
        let mut remaining: Vec<usize> = (0..literals.len()).collect();
        let mut steps = Vec::with_capacity(literals.len());
        let missing = |bound: &VariableSet| {
            wanted.is_none_or(|wanted| wanted.iter().any(|&variable| !bound[variable]))
        };
        let mut found_at = (!missing(&bound)).then_some(0);
        while let Some(next) = self.cheapest(literals, &remaining, &binders, &bound) {
            remaining.retain(|&index| index != next);
            if let Some(literal) = literals.get(next) {
                steps.push(self.step(literals, next, literal, &binders, &mut bound));
            }
            if found_at.is_none() && !missing(&bound) {
                found_at = Some(steps.len());
            }
        }
        if let Some(at) = found_at {
            wrap_rest(&mut steps, at);
        }
        steps
    }

    /// The literal to take next.
    fn cheapest(
        &self,
        literals: &[Literal],
        remaining: &[usize],
        binders: &Binders,
        bound: &VariableSet,
    ) -> Option<usize> {
        let first = self.first.filter(|first| remaining.contains(first));
        if first.is_some() {
            return first;
        }
        remaining
            .iter()
            .copied()
            .filter_map(|index| {
                let literal = literals.get(index)?;
                Some((self.cost(literal, binders, bound)?, index))
            })
            .min_by(|left, right| left.0.total_cmp(&right.0))
            .map(|(_, index)| index)
            .or_else(|| remaining.first().copied())
    }

    /// What it costs to take `literal` now; `None` if it has to wait for a variable.
    fn cost(&self, literal: &Literal, binders: &Binders, bound: &VariableSet) -> Option<f64> {
        match &literal.kind {
            LiteralKind::Positive(atom) => Some(self.cost_of_atom(atom, binders, bound)),
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
        crate::program::collect_dependencies(
            literals,
            crate::program::Dependency::Positive,
            &mut found,
        );
        found
            .iter()
            .any(|(relation, _)| self.statistics.is_called(*relation))
    }

    fn cost_of_atom(&self, atom: &Atom, binders: &Binders, bound: &VariableSet) -> f64 {
        let relation = &self.program.relations[atom.relation];
        let mask = bound_columns(atom, bound);
        let open_columns: Vec<_> = (0..relation.arity())
            .filter(|&column| !has_column(mask, column))
            .collect();
        if open_columns.is_empty() {
            return match (relation.open, self.statistics.is_called(atom.relation)) {
                (false, false) => 0.1,
                (true, false) => 0.2,
                (_, true) => 0.4,
            };
        }
        let keyed = relation.single_valued && open_columns == [relation.arity() - 1];
        let rows = if keyed {
            1.0
        } else {
            self.statistics.matching(atom.relation, mask)
        };
        let sort_of = |column: usize| relation.columns.get(column).map(|column| column.sort);
        let guesses = open_columns.iter().any(|&column| {
            let value = sort_of(column).is_some_and(|sort| self.is_value(sort));
            !(keyed && (value || matches!(relation.kind, RelationKind::Role(_))))
        });
        let enumerates_acts = open_columns
            .iter()
            .any(|&column| sort_of(column) == Some(SortId::ACT));
        let mut cost = 1.0 + rows;
        if enumerates_acts {
            // Acts that nobody recorded are seen only where something else binds them.
            cost += 1e9;
        }
        if relation.open && guesses {
            cost += 1e12;
        }
        if atom
            .terms
            .iter()
            .any(|&term| binders.will_compute(term, bound))
        {
            cost += 1e15;
        }
        cost
    }

    fn is_value(&self, sort: SortId) -> bool {
        is_value_sort(self.program.sorts[sort].kind)
    }

    fn step(
        &self,
        literals: &[Literal],
        index: usize,
        literal: &Literal,
        binders: &Binders,
        bound: &mut VariableSet,
    ) -> Step {
        let reads = self.reads.get(index).copied().unwrap_or_default();
        match &literal.kind {
            LiteralKind::Positive(atom) => {
                Step::Match(self.match_step(literals, index, atom, binders, reads, bound))
            }
            LiteralKind::Negative(inner) => Step::Negative {
                steps: self.inner().steps(inner, bound.clone(), Some(&[])),
                only: reads.only,
            },
            LiteralKind::Compare {
                left,
                operator,
                right,
                sort,
            } => {
                if let Some(Usable::Bind(variable, expression)) =
                    comparison(self.program, literal, binders, bound)
                {
                    bound[variable] = true;
                    return Step::Bind(Bind {
                        variable,
                        expression: expression.clone(),
                        kind: self.program.sorts[*sort].kind,
                    });
                }
                Step::Compare {
                    compare: Compare::new(self.program, left, *operator, right, *sort),
                    only: reads.only,
                }
            }
            LiteralKind::Aggregate {
                result,
                function,
                terms,
                alternatives,
            } => {
                let inner = self.inner();
                let wanted: Vec<_> = terms.iter().filter_map(|&term| variable(term)).collect();
                let step = Aggregate {
                    result: *result,
                    bound: bound[*result],
                    function: *function,
                    terms: terms
                        .iter()
                        .map(|&term| (term, self.is_value_term(term)))
                        .collect(),
                    alternatives: alternatives
                        .iter()
                        .map(|alternative| inner.steps(alternative, bound.clone(), Some(&wanted)))
                        .collect(),
                    only: reads.only,
                };
                bound[*result] = true;
                Step::Aggregate(step)
            }
        }
    }

    /// Whether `term` is a variable of numbers, dates or texts: constants are known.
    fn is_value_term(&self, term: Term) -> bool {
        variable(term).is_some_and(|variable| self.is_value(self.variables[variable].sort))
    }

    /// A planner for a conjunction within this one.
    fn inner(&self) -> Planner<'a> {
        Planner {
            locals: self.locals,
            ..Planner::new(self.program, self.statistics, self.variables)
        }
    }

    fn match_step(
        &self,
        literals: &[Literal],
        index: usize,
        atom: &Atom,
        binders: &Binders,
        reads: Reads,
        bound: &mut VariableSet,
    ) -> Match {
        let relation = &self.program.relations[atom.relation];
        let mask = bound_columns(atom, bound);
        let mut wild = 0;
        let mut columns = Vec::with_capacity(relation.arity());
        let mut new: Vec<VariableId> = Vec::new();
        for (position, (&term, column)) in atom.terms.iter().zip(&relation.columns).enumerate() {
            let kind = self.program.sorts[column.sort].kind;
            let term = column_term(term, bound, &mut new);
            if matches!(term, ColumnTerm::Bound(variable) if !binders.is_guessed(variable))
                && is_value_sort(kind)
            {
                wild |= 1 << position;
            }
            let elsewhere = match term {
                ColumnTerm::Bind(variable) if relation.open && is_value_sort(kind) => {
                    open_columns_of(self.program, literals, index, variable)
                }
                _ => Vec::new(),
            };
            columns.push(Column {
                term,
                sort: column.sort,
                kind,
                elsewhere,
            });
        }
        for variable in new {
            bound[variable] = true;
        }
        Match {
            relation: atom.relation,
            shape: shape(&columns),
            columns,
            bound: mask,
            wild,
            open: relation.open,
            sort: match relation.kind {
                RelationKind::Sort(sort) => Some(sort),
                _ => None,
            },
            reads,
            local: self.locals.iter().position(|&local| local == atom.relation),
        }
    }
}

impl Binders {
    fn new(program: &Program, literals: &[Literal], outer: &VariableSet) -> Self {
        let none = Table::filled(outer.len(), false);
        let mut closed = none.clone();
        let mut computed = none;
        let mut any = outer.clone();
        for literal in literals {
            if let LiteralKind::Positive(atom) = &literal.kind {
                let open = program.relations[atom.relation].open;
                for variable in atom.terms.iter().filter_map(|&term| variable(term)) {
                    any[variable] = true;
                    closed[variable] |= !open;
                }
            }
        }
        for literal in literals {
            for variable in targets(literal) {
                any[variable] = true;
                computed[variable] = !closed[variable] && !outer[variable];
            }
        }
        keep_computable(literals, &mut computed);
        Self {
            outer: outer.clone(),
            closed,
            computed,
            any,
        }
    }

    /// Whether `term` is a variable that an equation or aggregate gives its value, later.
    fn will_compute(&self, term: Term, bound: &VariableSet) -> bool {
        variable(term).is_some_and(|variable| self.computed[variable] && !bound[variable])
    }

    /// Whether only open literals bind `variable`.
    fn is_guessed(&self, variable: VariableId) -> bool {
        !self.outer[variable] && !self.closed[variable] && !self.computed[variable]
    }
}

/// Leaves in `computed` what follows from other variables: of two open variables that are only
/// equated with one another, neither does.
fn keep_computable(literals: &[Literal], computed: &mut VariableSet) {
    let mut waiting = computed.clone();
    let mut changed = true;
    while changed {
        changed = false;
        for literal in literals {
            for target in targets(literal)
                .into_iter()
                .filter(|&target| computed[target])
            {
                let mut follows = true;
                each_variable(std::slice::from_ref(literal), &mut |variable| {
                    follows &= variable == target || !waiting[variable];
                });
                changed |= follows && waiting[target];
                waiting[target] &= !follows;
            }
        }
    }
    for (variable, waits) in waiting.entries() {
        computed[variable] &= !waits;
    }
}

/// The variables that `literal` can give a value.
fn targets(literal: &Literal) -> Vec<VariableId> {
    match &literal.kind {
        LiteralKind::Aggregate { result, .. } => vec![*result],
        LiteralKind::Compare {
            left,
            operator: Comparison::Equal,
            right,
            ..
        } => [target(left, right), target(right, left)]
            .into_iter()
            .flatten()
            .collect(),
        _ => Vec::new(),
    }
}

/// The variable that `left = right` can give a value: one that `left` consists of and that does
/// not occur in `right`.
fn target(left: &Expression, right: &Expression) -> Option<VariableId> {
    lone_variable(left)
        .filter(|&variable| expression::variables(right).all(|other| other != variable))
}

/// The variable of `term`.
pub(crate) fn variable(term: Term) -> Option<VariableId> {
    match term {
        Term::Variable(variable) => Some(variable),
        Term::Constant(_) | Term::Any => None,
    }
}

/// Calls `visit` with each variable that occurs in `literals`, at any depth.
pub(crate) fn each_variable(literals: &[Literal], visit: &mut dyn FnMut(VariableId)) {
    for literal in literals {
        match &literal.kind {
            LiteralKind::Positive(atom) => {
                atom.terms
                    .iter()
                    .filter_map(|&term| variable(term))
                    .for_each(&mut *visit);
            }
            LiteralKind::Negative(inner) => each_variable(inner, visit),
            LiteralKind::Compare { left, right, .. } => {
                expression::variables(left)
                    .chain(expression::variables(right))
                    .for_each(&mut *visit);
            }
            LiteralKind::Aggregate {
                result,
                terms,
                alternatives,
                ..
            } => {
                visit(*result);
                terms
                    .iter()
                    .filter_map(|&term| variable(term))
                    .for_each(&mut *visit);
                for alternative in alternatives {
                    each_variable(alternative, visit);
                }
            }
        }
    }
}

/// Whether all variables of the inner conjunction that occur outside are bound.
fn ready(inner: &[Literal], binders: &Binders, bound: &VariableSet) -> bool {
    let mut ready = true;
    each_variable(inner, &mut |variable| {
        ready &= bound[variable] || !binders.any[variable];
    });
    ready
}

/// What a comparison can be used for.
enum Usable<'l> {
    /// It tests.
    Test,
    /// It gives the variable the value of the expression.
    Bind(VariableId, &'l Expression),
}

/// What `literal`, a comparison, can be used for now; `None` if it has to wait for a variable.
fn comparison<'l>(
    program: &Program,
    literal: &'l Literal,
    binders: &Binders,
    bound: &VariableSet,
) -> Option<Usable<'l>> {
    let LiteralKind::Compare {
        left,
        operator,
        right,
        sort,
    } = &literal.kind
    else {
        return None;
    };
    let all_bound = |side| expression::variables(side).all(|variable| bound[variable]);
    if all_bound(left) && all_bound(right) {
        return Some(Usable::Test);
    }
    if *operator != Comparison::Equal {
        return None;
    }
    let value = is_value_sort(program.sorts[*sort].kind);
    [(left, right), (right, left)]
        .into_iter()
        .find_map(|(target, source)| {
            let variable = self::target(target, source)?;
            // A number that is not known must not take the place of the tuples that bind it.
            let known = !value
                || source.terms.iter().all(|(_, operand)| {
                    matches!(operand, Operand::Constant(_) | Operand::Duration(..))
                });
            let binds = !bound[variable] && (known || binders.computed[variable]);
            (binds && all_bound(source)).then_some(Usable::Bind(variable, source))
        })
}

/// The columns of `atom` whose value is given.
fn bound_columns(atom: &Atom, bound: &VariableSet) -> Mask {
    atom.terms
        .iter()
        .enumerate()
        .filter(|(_, term)| match term {
            Term::Variable(variable) => bound[*variable],
            Term::Constant(_) => true,
            Term::Any => false,
        })
        .fold(0, |mask, (column, _)| mask | 1 << column)
}

fn column_term(term: Term, bound: &VariableSet, new: &mut Vec<VariableId>) -> ColumnTerm {
    match term {
        Term::Any => ColumnTerm::Any,
        Term::Constant(value) => ColumnTerm::Constant(value),
        Term::Variable(variable) if bound[variable] => ColumnTerm::Bound(variable),
        Term::Variable(variable) if new.contains(&variable) => ColumnTerm::Same(variable),
        Term::Variable(variable) => {
            new.push(variable);
            ColumnTerm::Bind(variable)
        }
    }
}

fn shape(columns: &[Column]) -> Shape {
    let has = |wanted: fn(&ColumnTerm) -> bool| columns.iter().any(|column| wanted(&column.term));
    if has(|term| matches!(term, ColumnTerm::Bind(_))) {
        Shape::Scan
    } else if has(|term| *term == ColumnTerm::Any) {
        Shape::Exists
    } else {
        Shape::Test
    }
}

/// The columns of other open literals that hold `variable`.
fn open_columns_of(
    program: &Program,
    literals: &[Literal],
    except: usize,
    variable: VariableId,
) -> Vec<(RelationId, usize)> {
    let mut found = Vec::new();
    for (index, literal) in literals.iter().enumerate() {
        let LiteralKind::Positive(atom) = &literal.kind else {
            continue;
        };
        if index == except || !program.relations[atom.relation].open {
            continue;
        }
        for (column, &term) in atom.terms.iter().enumerate() {
            if term == Term::Variable(variable) {
                found.push((atom.relation, column));
            }
        }
    }
    found
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
