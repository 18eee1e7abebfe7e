//! What an undetermined verdict hangs on, for people: under which conditions each norm is in
//! force, which question to ask first, and what the answers to at most three come to.

use std::collections::BTreeSet;

use crate::program::{Atom, Term, Value};

use super::super::verdict::Verdict;
use super::cover::cover;
use super::outcomes::Outcomes;
use super::space::{Beyond, Function, Space, Unknown};
use super::weigh::Weigh;

/// How many questions are followed.
const DEPTH: usize = 3;

/// How many ways of being in force are told of one norm.
const WAYS: usize = 8;

/// What the verdict comes to as questions are answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Course {
    /// To this.
    Settled {
        /// The verdict.
        verdict: Verdict,
        /// Prohibited, and in some completion in conflict.
        contested: bool,
        /// What it is once its conditions are met.
        once_met: Verdict,
        /// The conditions still to be met: indexes into
        /// [`Judgement::conditions`](crate::deontic::Judgement::conditions).
        conditions: Vec<usize>,
    },
    /// To no verdict yet.
    Open,
    /// To what the answer to this question leads to.
    Ask {
        /// The question; a term that is any asks for someone nobody named.
        atom: Atom,
        /// Where it is so.
        yes: Box<Course>,
        /// Where it is not.
        no: Box<Course>,
    },
}

/// When a norm that may be in force is: in one of these ways, each a conjunction of atoms that
/// hold or do not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Residual {
    /// The norm, an index into [`Judgement::norms`](crate::deontic::Judgement::norms).
    pub instance: usize,
    /// The ways, none of them needless and no atom in them.
    pub ways: Vec<Vec<(Atom, bool)>>,
}

/// What is said of an undetermined verdict.
#[derive(Clone, Debug)]
pub(in super::super) struct Advice {
    pub(in super::super) course: Option<Course>,
    pub(in super::super) residuals: Vec<Residual>,
    /// The atoms that matter, those first whose answer leaves fewest completions open, each with
    /// the instances whose being in force hangs on it.
    pub(in super::super) ranked: Vec<(Atom, Vec<usize>)>,
    /// Whether nothing but atoms matters.
    pub(in super::super) only_atoms: bool,
}

/// An undetermined verdict, over the completions that there are.
#[derive(Clone, Debug)]
pub(in super::super) struct Unsettled {
    pub(super) space: Space,
    pub(super) outcomes: Outcomes,
    pub(super) possible: Function,
    /// The instances that bear on the verdict and may be in force.
    pub(super) deciding: Vec<usize>,
}

/// Where the verdict is at least prohibited, where permitted, where unregulated.
type Classes = [Function; 3];

impl Unsettled {
    /// What to say of it; nothing where that would go too far.
    pub(in super::super) fn advice(&self) -> Option<Advice> {
        let mut own = self.clone();
        own.space.allow_more_work();
        own.advise().ok()
    }

    fn advise(&mut self) -> Result<Advice, Beyond> {
        let classes = self.classes()?;
        let ranked = ranked(&mut self.space, &classes);
        let course = self.course(&self.possible.clone(), &classes, DEPTH)?;
        let mut residuals = Vec::new();
        for instance in self.deciding.clone() {
            residuals.extend(self.residual(instance)?);
        }
        let instances = |place: usize| {
            let hangs = |&instance: &usize| {
                let is_in = self.outcomes.is_in.get(instance);
                is_in.is_some_and(|is_in| is_in.places().contains(&place))
            };
            self.deciding.iter().copied().filter(hangs).collect()
        };
        let atoms = ranked.iter();
        let atoms = atoms.filter_map(|&place| Some((self.atom(place)?, instances(place))));
        Ok(Advice {
            ranked: atoms.collect(),
            only_atoms: !self.space.has_others(),
            course: Some(course).filter(|course| *course != Course::Open),
            residuals,
        })
    }

    fn classes(&mut self) -> Result<Classes, Beyond> {
        let Self {
            space,
            outcomes,
            possible,
            ..
        } = self;
        let prohibited = space.or(&outcomes.forbid, &outcomes.conflict)?;
        let milder = space.and_not(possible, &prohibited)?;
        Ok([
            space.and(possible, &prohibited)?,
            space.and(&milder, &outcomes.permit)?,
            space.and_not(&milder, &outcomes.permit)?,
        ])
    }

    fn course(
        &mut self,
        possible: &Function,
        classes: &Classes,
        depth: usize,
    ) -> Result<Course, Beyond> {
        if possible_classes(classes) < 2 {
            return self.settled(possible);
        }
        let first = ranked(&mut self.space, classes).first().copied();
        let Some(place) = first.filter(|_| depth > 0) else {
            return Ok(Course::Open);
        };
        let mut answers = Vec::new();
        for answer in [true, false] {
            let given = classes
                .clone()
                .map(|it| self.space.given(&it, place, answer));
            let here = self.space.at(place);
            let possible = if answer {
                self.space.and(possible, &here)?
            } else {
                self.space.and_not(possible, &here)?
            };
            answers.push(Box::new(self.course(&possible, &given, depth - 1)?));
        }
        let (Some(no), Some(yes), Some(atom)) = (answers.pop(), answers.pop(), self.atom(place))
        else {
            return Ok(Course::Open);
        };
        if yes == no {
            return Ok(*yes);
        }
        Ok(Course::Ask { atom, yes, no })
    }

    fn settled(&mut self, possible: &Function) -> Result<Course, Beyond> {
        let mut weigh = Weigh::new(&mut self.space, possible);
        let comes_to = weigh.comes_to(&self.outcomes)?;
        let mut conditions = Vec::new();
        if comes_to.verdict == Verdict::Conditional {
            for (index, required) in self.outcomes.required.iter().enumerate() {
                if weigh.may_be(&required.applies)? && !weigh.is_always(&required.holds)? {
                    conditions.push(index);
                }
            }
        }
        Ok(Course::Settled {
            verdict: comes_to.verdict,
            contested: comes_to.contested,
            once_met: comes_to.once_met,
            conditions,
        })
    }

    /// When an instance is in force, if that can be told in atoms and in a few ways.
    fn residual(&mut self, instance: usize) -> Result<Option<Residual>, Beyond> {
        let Some(is_in) = self.outcomes.is_in.get(instance) else {
            return Ok(None);
        };
        let least = self.space.and(is_in, &self.possible)?;
        let most = self.space.or(is_in, &self.possible.not())?;
        let Some(ways) = cover(&mut self.space, (&least, &most), WAYS)? else {
            return Ok(None);
        };
        let told = |way: &Vec<(usize, bool)>| {
            let atoms = way.iter();
            let atoms = atoms.map(|&(place, holds)| Some((self.atom(place)?, holds)));
            atoms.collect::<Option<Vec<_>>>()
        };
        let ways: Option<Vec<_>> = ways.iter().map(told).collect();
        Ok(ways.map(|mut ways| {
            ways.sort();
            Residual { instance, ways }
        }))
    }

    /// What is unknown at a place, as a question.
    fn atom(&self, place: usize) -> Option<Atom> {
        match self.space.unknowns().get(place)? {
            Unknown::Atom {
                relation, tuple, ..
            } => Some(Atom {
                relation: *relation,
                terms: tuple.iter().map(|&value| asked(value)).collect(),
            }),
            Unknown::Other(_) => None,
        }
    }
}

fn asked(value: Value) -> Term {
    match value {
        Value::UNKNOWN => Term::Any,
        value => Term::Constant(value),
    }
}

fn possible_classes(classes: &Classes) -> usize {
    classes.iter().filter(|class| !class.is_false()).count()
}

/// The places of the atoms that matter, those first whose answer leaves fewest completions open.
fn ranked(space: &mut Space, classes: &Classes) -> Vec<usize> {
    let places: BTreeSet<usize> = classes.iter().flat_map(Function::places).collect();
    let mut found: Vec<(f64, Unknown, usize)> = Vec::new();
    for place in places {
        let Some(unknown @ Unknown::Atom { .. }) = space.unknowns().get(place).cloned() else {
            continue;
        };
        let mut open = 0.0;
        for answer in [true, false] {
            let given = classes.clone().map(|it| space.given(&it, place, answer));
            if possible_classes(&given) > 1 {
                open += given.iter().map(Function::count).sum::<f64>();
            }
        }
        found.push((open, unknown, place));
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    found.into_iter().map(|(_, _, place)| place).collect()
}
