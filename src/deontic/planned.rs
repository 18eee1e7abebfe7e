//! Plans of conjunctions together with what they bind, so that a solution can be kept; and all
//! plans made so far.

use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::base::{Id, Table};
use crate::engine::{ConjunctionPlan, Session, Solution, Truth, plan_conjunction, plan_projection};
use crate::program::{
    Expression, Literal, LiteralKind, Operand, Program, Term, Value, VariableId, VariableSet,
    Variables,
};

use super::verdict::Substitution;

/// A plan for a conjunction.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    /// The plan.
    pub plan: ConjunctionPlan,
    /// For each variable whether a solution has a value for it.
    binds: Vec<bool>,
}

impl Planned {
    /// A plan for `literals`, the variables of `bound` being given.
    pub(super) fn new(
        session: &Session<'_>,
        variables: &Variables,
        literals: &[Literal],
        bound: &[VariableId],
    ) -> Self {
        let program = session.program();
        let statistics = session.database().statistics();
        let mut binds: Table<VariableId, bool> = Table::filled(variables.len(), false);
        for &variable in bound {
            binds[variable] = true;
        }
        for literal in literals {
            binders(literal, &mut |variable| binds[variable] = true);
        }
        Self {
            plan: plan_conjunction(program, statistics, variables, literals, bound),
            binds: binds.iter().copied().collect(),
        }
    }

    /// A plan that finds `literals` once, or a few times, for all values of the others but those
    /// of `wanted`, and gives values to these alone.
    pub(super) fn projected(
        session: &Session<'_>,
        variables: &Variables,
        literals: &[Literal],
        wanted: &VariableSet,
    ) -> Self {
        let whole = Self::new(session, variables, literals, &[]);
        let binds = whole.binds.into_iter().enumerate();
        let binds: Vec<_> = binds
            .map(|(index, bound)| bound && wanted.contains(VariableId::new(index)))
            .collect();
        let asked = binds.iter().enumerate().filter(|&(_, &bound)| bound);
        let asked: Vec<_> = asked.map(|(index, _)| VariableId::new(index)).collect();
        let statistics = session.database().statistics();
        let program = session.program();
        Self {
            plan: plan_projection(program, statistics, variables, literals, &[], &asked),
            binds,
        }
    }

    /// The values of a solution.
    pub(super) fn read(&self, solution: &Solution) -> Substitution {
        self.binds
            .iter()
            .enumerate()
            .map(|(index, &bound)| bound.then(|| solution.value(VariableId::new(index))))
            .collect()
    }

    /// All solutions that extend `bound`.
    pub(super) fn solutions(
        &self,
        session: &Session<'_>,
        bound: &[(VariableId, Value)],
    ) -> Vec<(Substitution, Truth)> {
        let mut found = Vec::new();
        session.solve(&self.plan, bound, &mut |solution, truth| {
            found.push((self.read(solution), truth));
            ControlFlow::Continue(())
        });
        found
    }
}

/// The plans of the program's conjunctions, each made once for the variables that it is given.
#[derive(Debug, Default)]
pub(super) struct Plans<'p> {
    /// By where the conjunction stands in memory, which is its own as long as the program lives.
    by_place: FxHashMap<(usize, usize), Vec<PlannedFor>>,
    program: PhantomData<&'p Program>,
}

/// The variables that are given, and the plan.
type PlannedFor = (Box<[VariableId]>, Rc<Planned>);

impl<'p> Plans<'p> {
    /// The plan for `literals`, the variables of `bound` being given.
    pub(super) fn plan(
        &mut self,
        session: &Session<'_>,
        variables: &Variables,
        literals: &'p [Literal],
        bound: &[VariableId],
    ) -> Rc<Planned> {
        let place = (literals.as_ptr().addr(), literals.len());
        let known = self.by_place.entry(place).or_default();
        if let Some((_, plan)) = known.iter().find(|(given, _)| **given == *bound) {
            return Rc::clone(plan);
        }
        let plan = Rc::new(Planned::new(session, variables, literals, bound));
        known.push((bound.into(), Rc::clone(&plan)));
        plan
    }
}

/// The variables that a literal of the outermost conjunction binds, or tests.
fn binders(literal: &Literal, bind: &mut dyn FnMut(VariableId)) {
    let mut of = |expression: &Expression| {
        for (_, operand) in &expression.terms {
            if let Operand::Variable(variable) = operand {
                bind(*variable);
            }
        }
    };
    match &literal.kind {
        LiteralKind::Positive(atom) => {
            for term in &atom.terms {
                if let Term::Variable(variable) = term {
                    bind(*variable);
                }
            }
        }
        LiteralKind::Negative(_) => {}
        LiteralKind::Compare { left, right, .. } => {
            of(left);
            of(right);
        }
        LiteralKind::Aggregate { result, .. } => bind(*result),
    }
}
