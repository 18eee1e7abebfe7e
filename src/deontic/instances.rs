//! From a database to the kernel's case: which norms apply to an act, certainly or possibly,
//! once for each value of what they count by.

use std::ops::ControlFlow;

use crate::base::Id;
use crate::engine::{Session, Truth, digest};
use crate::lang::ast::Role;
use crate::program::{
    ActRecord, Atom, Modality, NormBody, NormId, Program, Term, Value, VariableId,
};

use super::conditions::Requirement;
use super::judge::Judge;
use super::part::Part;
use super::parted::Described;
use super::planned::Planned;
use super::priorities::{Priority, priority};
use super::verdict::{Named, Substitution, value_of};

/// A norm that applies to the act, or may: one for each value of its `per`.
#[derive(Clone, Hash, Debug)]
pub(super) struct Instance {
    /// The norm.
    pub norm: NormId,
    /// The values of its `per`, in its order.
    pub per: Vec<Value>,
    /// Certain or maybe.
    pub truth: Truth,
    /// The body that made it apply most certainly.
    pub body: usize,
    /// With which values.
    pub substitution: Substitution,
    /// All solutions, by the values that its condition is stated for: of `require` and of what
    /// is not certain, where they are asked about.
    pub solutions: Vec<(usize, Substitution, Truth)>,
}

/// What instances are to each other: winners beat losers, clashing ones nothing tells apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    /// Winner, loser and the principle that decided.
    pub beats: Vec<(usize, usize, crate::program::Principle)>,
    /// Opposites that nothing tells apart, lower index first.
    pub clashes: Vec<(usize, usize)>,
}

impl<'p> Judge<'p> {
    /// The instances of `norms` that apply to the act or may, in order of norm and `per`.
    pub(super) fn instances(&mut self, act: &ActRecord, norms: &[NormId]) -> Vec<Instance> {
        if norms.is_empty() {
            return Vec::new();
        }
        let session = self.session_at(act.at);
        let mut found = Vec::new();
        for &norm in norms {
            let own = |judge: &mut Self| judge.instances_of(&session, act, norm);
            found.extend(self.part(Part::Norm(norm), own, |own| Some(digest(own))));
        }
        found
    }

    /// The instances of one norm.
    fn instances_of(
        &mut self,
        session: &Session<'p>,
        act: &ActRecord,
        norm: NormId,
    ) -> Vec<Instance> {
        let row = &self.program().norms[norm];
        let mut found: Vec<Instance> = Vec::new();
        for (index, body) in row.bodies.iter().enumerate() {
            let all = row.modality == Modality::Require || !body.per.is_empty();
            let first_is_enough = !all && body.late.is_empty();
            for (substitution, truth) in
                self.solutions_of_body(session, act, (norm, index), body, first_is_enough)
            {
                let truth = self.with_late(act, &body.late, &body.variables, &substitution, truth);
                if truth > Truth::False {
                    record(&mut found, norm, index, body, substitution, truth);
                }
            }
        }
        found.sort_by(|a, b| a.per.cmp(&b.per));
        found
    }

    /// The solutions of a norm's body for one act; only the most certain one where one is enough.
    pub(super) fn solutions_of_body(
        &mut self,
        session: &Session<'p>,
        act: &ActRecord,
        (norm, index): (NormId, usize),
        body: &'p NormBody,
        first_is_enough: bool,
    ) -> Vec<(Substitution, Truth)> {
        let program = self.program();
        if let (Some(by), Some(bearer)) = (borne_by(program, act), body.bearer) {
            return match bearer {
                Term::Constant(value) if value != by => Vec::new(),
                Term::Variable(variable) => {
                    let given = [VariableId::JUDGED, variable];
                    let plan = self.plan(session, &body.variables, &body.literals, &given);
                    let bound = [(VariableId::JUDGED, act.value), (variable, by)];
                    solutions(session, &plan, &bound, first_is_enough)
                }
                Term::Constant(_) | Term::Any => {
                    self.solutions_of_literals(session, act, body, first_is_enough)
                }
            };
        }
        let bodies = self.dispatch().bodies(program, norm);
        let mut bound = Vec::new();
        let described = bodies.get(index).map(|parted| {
            let described = parted.describe(program, act, &mut bound);
            (described, parted)
        });
        match described {
            Some((Described::Fails, _)) => Vec::new(),
            Some((Described::Agrees, parted)) => {
                let plan = parted.plan(session, body);
                solutions(session, plan, &bound, first_is_enough)
            }
            Some((Described::Silent, _)) | None => {
                self.solutions_of_literals(session, act, body, first_is_enough)
            }
        }
    }

    fn solutions_of_literals(
        &mut self,
        session: &Session<'p>,
        act: &ActRecord,
        body: &'p NormBody,
        first_is_enough: bool,
    ) -> Vec<(Substitution, Truth)> {
        let given = [VariableId::JUDGED];
        let plan = self.plan(session, &body.variables, &body.literals, &given);
        let bound = [(VariableId::JUDGED, act.value)];
        solutions(session, &plan, &bound, first_is_enough)
    }
}

/// Whose a situation is said to be: a norm that names its bearer is about that one's alone.
fn borne_by(program: &Program, act: &ActRecord) -> Option<Value> {
    program.actions[act.description.action].situation?;
    let mut roles = act.description.roles.iter();
    roles.find_map(|&(role, value)| (role == Role::By).then_some(value))
}

fn solutions(
    session: &Session<'_>,
    plan: &Planned,
    bound: &[(VariableId, Value)],
    first_is_enough: bool,
) -> Vec<(Substitution, Truth)> {
    let mut found: Vec<(Substitution, Truth)> = Vec::new();
    session.solve(&plan.plan, bound, &mut |solution, truth| {
        if first_is_enough && found.first().is_some_and(|&(_, best)| best >= truth) {
            return ControlFlow::Continue(());
        }
        let substitution = plan.read(solution);
        if first_is_enough {
            found.clear();
        }
        found.push((substitution, truth));
        if first_is_enough && truth == Truth::Certain {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    found
}

/// Records a solution among the instances of its norm.
fn record(
    found: &mut Vec<Instance>,
    norm: NormId,
    index: usize,
    body: &NormBody,
    substitution: Substitution,
    truth: Truth,
) {
    let per: Vec<_> = body
        .per
        .iter()
        .map(|&variable| value_of(&substitution, variable).unwrap_or(Value::UNKNOWN))
        .collect();
    let known = found.iter_mut().find(|known| known.per == per);
    let Some(instance) = known else {
        found.push(Instance {
            norm,
            per,
            truth,
            body: index,
            solutions: vec![(index, substitution.clone(), truth)],
            substitution,
        });
        return;
    };
    let solution = (index, substitution.clone(), truth);
    if truth > instance.truth {
        instance.truth = truth;
        instance.body = index;
        instance.substitution = substitution;
    }
    instance.solutions.push(solution);
}

impl Judge<'_> {
    /// Which instances meet, and who prevails. Two instances meet only if they agree on every
    /// `per` name that both have.
    pub(super) fn edges(&mut self, instances: &[Instance], requirements: &[Requirement]) -> Edges {
        let program = self.program();
        let mut asked: Vec<Vec<(bool, &Atom)>> = vec![Vec::new(); instances.len()];
        for requirement in requirements {
            if let Some(own) = asked.get_mut(requirement.standing.instance) {
                own.extend(requirement.only_atom());
            }
        }
        let mut edges = Edges::default();
        for ((i, first), mine) in instances.iter().enumerate().zip(&asked) {
            let others = instances.iter().enumerate().zip(&asked);
            for ((j, second), theirs) in others.skip(i + 1) {
                if first.norm == second.norm || !agree(program, first, second) {
                    continue;
                }
                let relation = if contradict(mine, theirs) {
                    priority(program, first.norm, second.norm, true)
                } else {
                    self.priority(first.norm, second.norm)
                };
                match relation {
                    Priority::First(principle) => edges.beats.push((i, j, principle)),
                    Priority::Second(principle) => edges.beats.push((j, i, principle)),
                    Priority::Clash => edges.clashes.push((i, j)),
                    Priority::None => {}
                }
            }
        }
        edges
            .beats
            .sort_unstable_by_key(|&(winner, loser, _)| (loser, winner));
        edges
    }
}

/// Whether two can never be met together: one asks for the very atom that the other asks not to
/// hold.
fn contradict(mine: &[(bool, &Atom)], theirs: &[(bool, &Atom)]) -> bool {
    let opposes = |&(one, atom): &(bool, &Atom), &(other, opposite): &(bool, &Atom)| {
        one != other && atom == opposite && !atom.terms.contains(&Term::Any)
    };
    let mut mine = mine.iter();
    mine.any(|one| theirs.iter().any(|other| opposes(one, other)))
}

fn agree(program: &Program, first: &Instance, second: &Instance) -> bool {
    let names = |instance: &Instance| program.norms[instance.norm].per.iter();
    names(first).zip(&first.per).all(|(name, value)| {
        names(second)
            .zip(&second.per)
            .all(|(other, theirs)| other != name || theirs == value)
    })
}

/// The values of `per` with their names and sorts.
pub(super) fn named_per(program: &Program, instance: &Instance) -> Vec<Named> {
    let norm = &program.norms[instance.norm];
    let Some(body) = norm.bodies.get(instance.body) else {
        return Vec::new();
    };
    norm.per
        .iter()
        .zip(&body.per)
        .zip(&instance.per)
        .map(|((name, &variable), &value)| Named {
            name: name.clone(),
            value,
            sort: body.variables[variable].sort,
        })
        .collect()
}

/// A substitution as the bindings that a plan starts from.
pub(super) fn bindings(substitution: &Substitution) -> Vec<(VariableId, Value)> {
    substitution
        .iter()
        .enumerate()
        .filter_map(|(index, value)| value.map(|value| (VariableId::new(index), value)))
        .collect()
}
