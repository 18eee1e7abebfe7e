//! What an undetermined verdict hangs on, for people: under which conditions each norm is in
//! force, which question to ask first, and what the answers to at most three come to.

use std::collections::BTreeSet;

use crate::program::{Atom, Term, Value};

use super::super::verdict::Verdict;
use super::cover::cover;
use super::labels::{Board, Outcomes};
use super::sample::Seen;
use super::space::{Beyond, Function, Space, Unknown};
use super::weigh::Weigh;

/// How many questions are followed.
const DEPTH: usize = 3;

/// How many nodes of diagrams are worked through for it.
const WORK: usize = 200_000;

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
    /// The rank of each place by name.
    pub(super) order: Vec<usize>,
    pub(super) board: Board,
    pub(super) possible: Function,
    /// The instances that bear on the verdict and may be in force.
    pub(super) deciding: Vec<usize>,
    /// As which condition each requirement is shown: those that some completion requires are.
    pub(super) shown: Vec<Option<usize>>,
}

/// The same, all norms weighed together.
struct Weighed<'u> {
    unsettled: &'u Unsettled,
    space: Space,
    outcomes: Outcomes,
}

/// Where the verdict is at least prohibited, where permitted, where unregulated.
type Classes = [Function; 3];

impl Unsettled {
    /// What to say of it, as far as that does not go too far.
    pub(in super::super) fn advice(&self) -> Advice {
        let mut advice = Advice {
            course: None,
            residuals: self.residuals().unwrap_or_default(),
            ranked: Vec::new(),
            only_atoms: !self.space.has_others(),
        };
        let mut space = self.space.clone();
        space.allow_work(WORK);
        if let Ok(outcomes) = self.board.outcomes(&mut space) {
            let weighed = Weighed {
                unsettled: self,
                space,
                outcomes,
            };
            weighed.advise(&mut advice);
        }
        advice.only_atoms &= !advice.ranked.is_empty();
        advice
    }

    /// When each norm that may be in force is.
    fn residuals(&self) -> Result<Vec<Residual>, Beyond> {
        let mut space = self.space.clone();
        space.allow_work(WORK);
        let wanted = self.deciding.iter().copied().collect();
        let labels = self.board.labels(&mut space, &wanted)?;
        let mut residuals = Vec::new();
        for &instance in &self.deciding {
            if let Some(is_in) = labels.is_in.get(instance) {
                let least = space.and(is_in, &self.possible)?;
                let most = space.or(is_in, &self.possible.not())?;
                let ways = cover(&mut space, (&least, &most), WAYS)?;
                let ways = ways.and_then(|ways| self.told(&ways));
                residuals.extend(ways.map(|ways| Residual { instance, ways }));
            }
        }
        Ok(residuals)
    }

    /// Conjunctions of atoms, if nothing else is in them.
    fn told(&self, ways: &[Vec<(usize, bool)>]) -> Option<Vec<Vec<(Atom, bool)>>> {
        let mut ways = ways.to_vec();
        for way in &mut ways {
            way.sort_by_key(|&(place, _)| self.order.get(place));
        }
        ways.sort_by_cached_key(|way| {
            let ranks = way.iter();
            let ranks = ranks.map(|&(place, holds)| (self.order.get(place).copied(), !holds));
            ranks.collect::<Vec<_>>()
        });
        let told = |way: &Vec<(usize, bool)>| {
            let atoms = way.iter();
            let atoms = atoms.map(|&(place, holds)| Some((self.atom(place)?, holds)));
            atoms.collect::<Option<Vec<_>>>()
        };
        ways.iter().map(told).collect()
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

impl Weighed<'_> {
    /// Adds which atoms matter, and what the answers to the first questions come to.
    fn advise(mut self, advice: &mut Advice) {
        let Ok(classes) = self.classes() else {
            return;
        };
        let Ok(ranked) = ranked(&mut self.space, &classes, &self.unsettled.order) else {
            return;
        };
        for place in ranked {
            let hangs = |&instance: &usize| {
                let is_in = self.outcomes.labels.is_in.get(instance);
                is_in.is_some_and(|is_in| is_in.places().contains(&place))
            };
            let instances = self.unsettled.deciding.iter().copied().filter(hangs);
            if let Some(atom) = self.unsettled.atom(place) {
                advice.ranked.push((atom, instances.collect()));
            }
        }
        let course = self.course(&self.unsettled.possible, &classes, DEPTH);
        advice.course = course.ok().filter(|course| *course != Course::Open);
    }

    fn classes(&mut self) -> Result<Classes, Beyond> {
        let Self {
            space,
            outcomes,
            unsettled,
        } = self;
        let possible = &unsettled.possible;
        let (prohibited, permitted) = outcomes.united(space)?;
        let milder = space.and_not(possible, &prohibited)?;
        Ok([
            space.and(possible, &prohibited)?,
            space.and(&milder, &permitted)?,
            space.and_not(&milder, &permitted)?,
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
        let first = ranked(&mut self.space, classes, &self.unsettled.order)?
            .first()
            .copied();
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
        let (Some(no), Some(yes), Some(atom)) =
            (answers.pop(), answers.pop(), self.unsettled.atom(place))
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
        let (comes_to, _) = weigh.comes_to(&self.outcomes, &Seen::default())?;
        let mut conditions = BTreeSet::new();
        if comes_to.verdict == Verdict::Conditional {
            for (required, shown) in self.outcomes.required.iter().zip(&self.unsettled.shown) {
                if weigh.may_be(&required.applies)? && !weigh.is_always(&required.holds)? {
                    conditions.extend(shown);
                }
            }
        }
        Ok(Course::Settled {
            verdict: comes_to.verdict,
            contested: comes_to.contested,
            once_met: comes_to.once_met,
            conditions: conditions.into_iter().collect(),
        })
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

/// The places of the atoms that matter, those first whose answer leaves fewest completions open,
/// and of equals in `order`.
fn ranked(space: &mut Space, classes: &Classes, order: &[usize]) -> Result<Vec<usize>, Beyond> {
    let places: BTreeSet<usize> = classes.iter().flat_map(Function::places).collect();
    let mut found: Vec<(f64, Option<&usize>, usize)> = Vec::new();
    for place in places {
        if !matches!(space.unknowns().get(place), Some(Unknown::Atom { .. })) {
            continue;
        }
        space.check()?;
        let mut open = 0.0;
        let mut answers = 0;
        for answer in [true, false] {
            let given = classes.clone().map(|it| space.given(&it, place, answer));
            let possible = possible_classes(&given);
            answers += usize::from(possible > 0);
            if possible > 1 {
                open += given.iter().map(Function::count).sum::<f64>();
            }
        }
        // An atom that is the same in all completions is no question.
        if answers > 1 {
            found.push((open, order.get(place), place));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    Ok(found.into_iter().map(|(_, _, place)| place).collect())
}
