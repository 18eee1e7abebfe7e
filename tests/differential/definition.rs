//! The definition of a verdict, by brute force: every completion of what is unknown, each norm's
//! body read two-valued, labels by recursion, then the table of section 4 of the reference.

use std::collections::{BTreeMap, BTreeSet};

use crate::policy::{
    ACTORS, Atom, Case, Condition, DOCUMENTS, Effect, Literal, Norm, Omits, Per, Relation,
    STRANGER, Urgent, Variable, Vetted, Wary,
};

/// The verdict of an act in one completion, strictest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Base {
    Conflict,
    Prohibited,
    Permitted,
    Unregulated,
}

/// What an act comes to by the definition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Defined {
    /// The verdict's word.
    pub(crate) verdict: &'static str,
    /// The bases of all completions.
    pub(crate) bases: BTreeSet<Base>,
    /// How many atoms are unknown.
    pub(crate) unknown: usize,
    /// Whether a norm sets another aside in some completion.
    pub(crate) defeat: bool,
}

/// What is so in one completion.
type World = BTreeMap<Atom, bool>;

/// Who acts, on what, and the values of the variables that norms bind.
#[derive(Clone, Copy, Debug)]
struct Bound {
    by: usize,
    of: usize,
    person: usize,
    other: usize,
}

impl Bound {
    fn value(self, variable: Variable) -> usize {
        match variable {
            Variable::By => self.by,
            Variable::Of => self.of,
            Variable::Person => self.person,
            Variable::Other => self.other,
        }
    }
}

/// A norm as it applies: its index, and for whom if it says `per P`.
type Instance = (usize, Option<usize>);

/// The verdict of `post by BY of OF`.
pub(crate) fn define(case: &Case, by: usize, of: usize) -> Defined {
    let unknown: Vec<Atom> = atoms(of)
        .into_iter()
        .filter(|atom| case.known(atom).is_none() && is_asked(case, atom.0))
        .collect();
    let bound = Bound {
        by,
        of,
        person: STRANGER,
        other: STRANGER,
    };
    let mut bases = BTreeSet::new();
    let mut defeat = false;
    let mut required: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut failing: BTreeSet<(usize, usize)> = BTreeSet::new();
    for choice in 0..1_u32 << unknown.len() {
        let chosen = unknown.iter().enumerate();
        let world: World = chosen
            .map(|(index, atom)| (atom.clone(), choice >> index & 1 == 1))
            .collect();
        let holds = |atom: &Atom| case.holds(&world, atom);
        let instances = instances(case, &holds, bound);
        let labelled: Vec<_> = instances
            .iter()
            .map(|&instance| (instance, is_in(case, &instances, instance)))
            .collect();
        defeat |= labelled.iter().any(|&(_, is_in)| !is_in);
        bases.insert(base(case, &labelled));
        for (index, norm) in case.norms.iter().enumerate() {
            let Effect::Require(literal) = &norm.effect else {
                continue;
            };
            for person in people(norm) {
                let bound = Bound { person, ..bound };
                if !is_true(literal, &holds, bound) {
                    failing.insert((index, person));
                }
                let undefeated = labelled.iter().any(|&((own, per), is_in)| {
                    own == index && is_in && per.is_none_or(|per| per == person)
                });
                if undefeated && applies(norm, &holds, bound) {
                    required.insert((index, person));
                }
            }
        }
    }
    let conditional = required.intersection(&failing).next().is_some();
    Defined {
        verdict: verdict(&bases, conditional),
        bases,
        unknown: unknown.len(),
        defeat,
    }
}

/// The table of section 4.
fn verdict(bases: &BTreeSet<Base>, conditional: bool) -> &'static str {
    let all = |allowed: &[Base]| bases.iter().all(|base| allowed.contains(base));
    if all(&[Base::Conflict]) {
        "conflict"
    } else if all(&[Base::Conflict, Base::Prohibited]) {
        "prohibited"
    } else if !all(&[Base::Permitted]) && !all(&[Base::Unregulated]) {
        "undetermined"
    } else if conditional {
        "conditional"
    } else if all(&[Base::Permitted]) {
        "permitted"
    } else {
        "unregulated"
    }
}

/// The open atoms that can bear on acts on a piece of content.
pub(crate) fn atoms(of: usize) -> Vec<Atom> {
    let mut atoms = vec![(Urgent, vec![of]), (Vetted, vec![of])];
    for actor in 0..=ACTORS {
        atoms.push((Wary, vec![actor]));
        atoms.push((Omits, vec![of, actor]));
    }
    atoms
}

/// Whether some norm asks for a relation: others cannot matter.
fn is_asked(case: &Case, relation: Relation) -> bool {
    let asks = |literal: &Literal| {
        literal.relation == relation || literal.relation.premises().contains(&relation)
    };
    case.norms.iter().any(|norm| {
        let required = matches!(&norm.effect, Effect::Require(literal) if asks(literal));
        let mut conditions = norm.when.iter().chain(norm.unless.iter().flatten());
        required
            || conditions.any(|condition| match condition {
                Condition::Literal(literal) => asks(literal),
                Condition::Or(left, right) => asks(left) || asks(right),
                Condition::Differ => false,
            })
    })
}

/// The values that P takes: of a norm that does not name P one will do.
fn people(norm: &Norm) -> std::ops::RangeInclusive<usize> {
    match norm.per {
        Per::Nothing => STRANGER..=STRANGER,
        Per::Act | Per::Person => 0..=STRANGER,
    }
}

fn instances(case: &Case, holds: &dyn Fn(&Atom) -> bool, bound: Bound) -> Vec<Instance> {
    let mut found = Vec::new();
    for (index, norm) in case.norms.iter().enumerate() {
        let mut values = people(norm).filter(|&person| {
            let bound = Bound { person, ..bound };
            applies(norm, holds, bound)
        });
        match norm.per {
            Per::Person => found.extend(values.map(|person| (index, Some(person)))),
            Per::Nothing | Per::Act => found.extend(values.next().map(|_| (index, None))),
        }
    }
    found
}

fn applies(norm: &Norm, holds: &dyn Fn(&Atom) -> bool, bound: Bound) -> bool {
    let all = |conditions: &[Condition], bound: Bound| {
        conditions.iter().all(|condition| match condition {
            Condition::Literal(literal) => is_true(literal, holds, bound),
            Condition::Or(left, right) => {
                is_true(left, holds, bound) || is_true(right, holds, bound)
            }
            Condition::Differ => bound.person != bound.by,
        })
    };
    let excused = |alternative: &Vec<Condition>| {
        (0..=STRANGER).any(|other| all(alternative, Bound { other, ..bound }))
    };
    all(&norm.when, bound) && !norm.unless.iter().any(excused)
}

fn is_true(literal: &Literal, holds: &dyn Fn(&Atom) -> bool, bound: Bound) -> bool {
    let terms = literal.terms.iter();
    let atom = (
        literal.relation,
        terms.map(|&term| bound.value(term)).collect(),
    );
    holds(&atom) != literal.negated
}

/// Whether all that beat an instance are out. No circle gets past the load.
fn is_in(case: &Case, instances: &[Instance], instance: Instance) -> bool {
    let mut beaters = instances
        .iter()
        .filter(|&&other| meet(other, instance) && beats(case, other.0, instance.0));
    beaters.all(|&other| !is_in(case, instances, other))
}

/// Instances meet where they agree on the person, if both have one.
fn meet(first: Instance, second: Instance) -> bool {
    match (first.1, second.1) {
        (Some(first), Some(second)) => first == second,
        _ => true,
    }
}

fn opposite(case: &Case, first: usize, second: usize) -> bool {
    let (first, second) = (&case.norms[first], &case.norms[second]);
    let same_order =
        DOCUMENTS[first.document].jurisdiction == DOCUMENTS[second.document].jurisdiction;
    same_order
        && matches!(
            (&first.effect, &second.effect),
            (Effect::Forbid, Effect::Permit) | (Effect::Permit, Effect::Forbid)
        )
}

/// Exception, then rank, then date.
fn beats(case: &Case, winner: usize, loser: usize) -> bool {
    let overrides = |first: usize, second: usize| case.norms[first].overrides.contains(&second);
    if overrides(winner, loser) || overrides(loser, winner) {
        return overrides(winner, loser);
    }
    if !opposite(case, winner, loser) {
        return false;
    }
    let [winner, loser] = [winner, loser].map(|norm| DOCUMENTS[case.norms[norm].document]);
    (winner.level, std::cmp::Reverse(winner.year)) < (loser.level, std::cmp::Reverse(loser.year))
}

/// Each legal order by itself, the strictest counts.
fn base(case: &Case, labelled: &[(Instance, bool)]) -> Base {
    let jurisdiction = |norm: usize| DOCUMENTS[case.norms[norm].document].jurisdiction;
    let in_force: Vec<_> = labelled.iter().filter(|(_, is_in)| *is_in).collect();
    let of_order = |order: &str| {
        let own: Vec<Instance> = in_force
            .iter()
            .map(|(instance, _)| *instance)
            .filter(|instance| jurisdiction(instance.0) == order)
            .collect();
        let clash = own.iter().any(|&first| {
            own.iter().any(|&second| {
                opposite(case, first.0, second.0)
                    && meet(first, second)
                    && !beats(case, first.0, second.0)
                    && !beats(case, second.0, first.0)
            })
        });
        let any = |effect: &Effect| {
            let mut own = own.iter();
            own.any(|&(norm, _)| case.norms[norm].effect == *effect)
        };
        if clash {
            Base::Conflict
        } else if any(&Effect::Forbid) {
            Base::Prohibited
        } else if any(&Effect::Permit) {
            Base::Permitted
        } else {
            Base::Unregulated
        }
    };
    of_order("east").min(of_order("west"))
}
