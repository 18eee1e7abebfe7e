//! From the literals of norms and rules to functions of what is unknown. What the engine calls
//! certain or false is so in every completion; what it calls maybe is taken apart.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::engine::{Session, Truth};
use crate::program::{
    ActRecord, Atom, Expression, LateLiteral, Literal, LiteralKind, Operand, RelationId, Value,
    VariableId, Variables,
};

use super::super::instances::bindings;
use super::super::judge::Judge;
use super::super::planned::Planned;
use super::super::verdict::{Substitution, pattern_of};
use super::atoms::Circle;
use super::space::{Beyond, Function, SettleLimits, Space};

/// The facts at the moment of an act, and the act that is judged by them.
#[derive(Clone, Debug)]
pub(super) struct World<'p> {
    pub(super) session: Rc<Session<'p>>,
    pub(super) epoch: usize,
    pub(super) act: ActRecord,
}

/// A tuple at a stretch of time.
pub(super) type Ground = (usize, RelationId, Vec<Value>);

/// Makes functions, and remembers those of tuples.
pub(super) struct Formulas<'j, 'p> {
    pub(super) judge: &'j mut Judge<'p>,
    pub(super) space: Space,
    /// The functions of tuples that are neither certain nor false.
    pub(super) known: FxHashMap<Ground, Function>,
    /// The same tuples, in the order in which they were met.
    pub(super) met: Vec<Ground>,
    /// The recursive components that are being worked out.
    pub(super) circles: Vec<Circle>,
    /// The acts whose verdicts are being taken apart.
    pub(super) acts: Vec<Value>,
}

/// A function, and what the engine says of the same.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) function: Function,
    pub(super) truth: Truth,
}

impl<'j, 'p> Formulas<'j, 'p> {
    pub(super) fn new(judge: &'j mut Judge<'p>, limits: SettleLimits) -> Self {
        Self {
            judge,
            space: Space::new(limits),
            known: FxHashMap::default(),
            met: Vec::new(),
            circles: Vec::new(),
            acts: Vec::new(),
        }
    }

    /// The world in which an act is judged.
    pub(super) fn world(&mut self, act: &ActRecord) -> World<'p> {
        World {
            session: self.judge.session_at(act.at),
            epoch: self.judge.epoch(act.at),
            act: act.clone(),
        }
    }

    /// Where some solution of a conjunction that extends `bound` passes all of `late`.
    pub(super) fn exists(
        &mut self,
        world: &World<'p>,
        variables: &Variables,
        (literals, late): (&'p [Literal], &'p [LateLiteral]),
        bound: &Substitution,
    ) -> Result<Part, Beyond> {
        let solutions = self
            .judge
            .solutions(&world.session, variables, literals, bound);
        let mut any = Part {
            function: self.space.constant(false),
            truth: Truth::False,
        };
        for (solution, truth) in solutions {
            let one = self.solution(world, variables, (literals, late), (&solution, truth))?;
            any.truth = any.truth.max(truth);
            any.function = self.space.or(&any.function, &one)?;
            if any.function.is_true() {
                break;
            }
        }
        Ok(any)
    }

    /// Where one solution that the engine found holds and passes all of `late`.
    pub(super) fn solution(
        &mut self,
        world: &World<'p>,
        variables: &Variables,
        (literals, late): (&'p [Literal], &'p [LateLiteral]),
        (solution, truth): (&Substitution, Truth),
    ) -> Result<Function, Beyond> {
        let mut all = self.space.constant(true);
        if truth != Truth::Certain {
            let part = self.conjunction(world, variables, literals, solution)?;
            // Literals that are certain each for itself and not together share a number that
            // nobody stated.
            all = if part.truth == Truth::Certain {
                self.space.other()?
            } else {
                part.function
            };
        }
        for literal in late {
            if all.is_false() {
                break;
            }
            let one = self.late(world, literal, variables, solution)?;
            all = self.space.and(&all, &one)?;
        }
        Ok(all)
    }

    fn conjunction(
        &mut self,
        world: &World<'p>,
        variables: &Variables,
        literals: &'p [Literal],
        values: &Substitution,
    ) -> Result<Part, Beyond> {
        let mut all = Part {
            function: self.space.constant(true),
            truth: Truth::Certain,
        };
        for literal in literals {
            let one = match &literal.kind {
                LiteralKind::Positive(atom) => self.positive(world, atom, values)?,
                LiteralKind::Negative(inner) => {
                    let some = self.exists(world, variables, (inner, &[]), values)?;
                    Part {
                        function: some.function.not(),
                        truth: some.truth.negated(),
                    }
                }
                LiteralKind::Compare { left, right, .. } => {
                    if worked_out(literals).any(|v| speaks_of(left, v) || speaks_of(right, v)) {
                        continue;
                    }
                    let alone = std::slice::from_ref(literal);
                    let found = self
                        .judge
                        .solutions(&world.session, variables, alone, values);
                    self.opaque(found.into_iter().map(|(_, truth)| truth).max())?
                }
                LiteralKind::Aggregate { result, .. } => {
                    let truth = group_truth(world, variables, literals, *result, values);
                    self.opaque(truth)?
                }
            };
            all.truth = all.truth.min(one.truth);
            all.function = self.space.and(&all.function, &one.function)?;
            if all.function.is_false() {
                all.truth = all.truth.min(Truth::Maybe);
                break;
            }
        }
        Ok(all)
    }

    /// What is no more than its truth to us.
    pub(super) fn opaque(&mut self, truth: Option<Truth>) -> Result<Part, Beyond> {
        let truth = truth.unwrap_or_default();
        Ok(Part {
            function: match truth {
                Truth::Maybe => self.space.other()?,
                _ => self.space.constant(truth == Truth::Certain),
            },
            truth,
        })
    }

    fn positive(
        &mut self,
        world: &World<'p>,
        atom: &Atom,
        values: &Substitution,
    ) -> Result<Part, Beyond> {
        let pattern = pattern_of(atom, values);
        let whole: Option<Vec<Value>> = pattern.iter().copied().collect();
        if let Some(tuple) = whole {
            return self.atom(world, atom.relation, tuple);
        }
        let mut any = Part {
            function: self.space.constant(false),
            truth: Truth::False,
        };
        for (tuple, truth) in world.session.matching(atom.relation, &pattern) {
            let one = self.atom(world, atom.relation, tuple)?;
            any.truth = any.truth.max(truth);
            any.function = self.space.or(&any.function, &one.function)?;
        }
        Ok(any)
    }
}

/// The variables that aggregates of a conjunction give their value.
fn worked_out(literals: &[Literal]) -> impl Iterator<Item = VariableId> + '_ {
    literals.iter().filter_map(|literal| match literal.kind {
        LiteralKind::Aggregate { result, .. } => Some(result),
        _ => None,
    })
}

fn speaks_of(expression: &Expression, variable: VariableId) -> bool {
    let mut terms = expression.terms.iter();
    terms.any(|&(_, operand)| operand == Operand::Variable(variable))
}

/// The truth of an aggregate together with the comparisons of its result.
fn group_truth(
    world: &World<'_>,
    variables: &Variables,
    literals: &[Literal],
    result: VariableId,
    values: &Substitution,
) -> Option<Truth> {
    use crate::base::Id;
    let group: Vec<Literal> = literals
        .iter()
        .filter(|literal| match &literal.kind {
            LiteralKind::Aggregate { result: own, .. } => *own == result,
            LiteralKind::Compare { left, right, .. } => {
                speaks_of(left, result) || speaks_of(right, result)
            }
            _ => false,
        })
        .cloned()
        .collect();
    let mut given = values.clone();
    if let Some(slot) = given.get_mut(result.index()) {
        *slot = None;
    }
    let bound = bindings(&given);
    let variables_given: Vec<_> = bound.iter().map(|&(variable, _)| variable).collect();
    let plan = Planned::new(&world.session, variables, &group, &variables_given);
    let solutions = plan.solutions(&world.session, &bound);
    solutions.into_iter().map(|(_, truth)| truth).max()
}
