//! Which of two norms that both apply prevails: exceptions, rank, date, in the order of
//! `resolve by`.

use std::cmp::Ordering;

use crate::program::{Modality, NormId, Principle, Program};

use super::judge::Instance;

/// What two norms that apply to one act are to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// The first sets the second aside.
    First(Principle),
    /// The second sets the first aside.
    Second(Principle),
    /// They are opposites that nothing tells apart.
    Clash,
    /// Nothing.
    Apart,
}

/// What `one` and `two` are to each other; `contradict` tells that they require what cannot be
/// together.
pub(super) fn standing(program: &Program, one: NormId, two: NormId, contradict: bool) -> Standing {
    let document = |norm: NormId| &program.documents[program.norms[norm].document];
    let opposed = contradict || opposites(program, one, two);
    if !opposed || document(one).jurisdiction != document(two).jurisdiction {
        return by(program, Principle::Exception, one, two).unwrap_or(Standing::Apart);
    }
    let mut principles = program.principles.iter();
    let decided = principles.find_map(|&principle| by(program, principle, one, two));
    decided.unwrap_or(Standing::Clash)
}

fn by(program: &Program, principle: Principle, one: NormId, two: NormId) -> Option<Standing> {
    let document = |norm: NormId| &program.documents[program.norms[norm].document];
    let (first, second) = (document(one), document(two));
    let comparable =
        first.jurisdiction == second.jurisdiction && first.publisher == second.publisher;
    let order = match principle {
        Principle::Exception => {
            let sets_aside = |a: NormId, b| program.norms[a].overrides.contains(&b);
            sets_aside(one, two).cmp(&sets_aside(two, one))
        }
        _ if !comparable => Ordering::Equal,
        Principle::Superior => first.rank?.cmp(&second.rank?),
        Principle::Later => first.from?.cmp(&second.from?),
    };
    match order {
        Ordering::Greater => Some(Standing::First(principle)),
        Ordering::Less => Some(Standing::Second(principle)),
        Ordering::Equal => None,
    }
}

fn opposites(program: &Program, one: NormId, two: NormId) -> bool {
    let modalities = [program.norms[one].modality, program.norms[two].modality];
    let are = |a, b| modalities == [a, b] || modalities == [b, a];
    are(Modality::Permit, Modality::Forbid)
        || are(Modality::Oblige, Modality::Forbid)
        || are(Modality::Oblige, Modality::Exempt)
}

/// Whether two instances have the same values for every `per` name that both have.
pub(super) fn agree(program: &Program, one: &Instance, two: &Instance) -> bool {
    let named = |it: &Instance| -> Vec<_> {
        let names = program.norms[it.norm].per.iter().cloned();
        names.zip(it.per.iter().copied()).collect()
    };
    let theirs = named(two);
    named(one).iter().all(|(name, value)| {
        let mut same = theirs.iter().filter(|(other, _)| other == name);
        same.all(|(_, other)| other == value)
    })
}
