//! Which of two norms prevails where both apply: exceptions, rank, date, in the order of
//! `resolve by` (`docs/language.md`, Priorities).

use std::cmp::Ordering;

use crate::program::{Document, Modality, NormId, Principle, Program};

/// What two norms are to each other where both apply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Priority {
    /// The first sets the second aside.
    First(Principle),
    /// The second sets the first aside.
    Second(Principle),
    /// They are opposites and no principle tells them apart.
    Clash,
    /// They have nothing to do with each other.
    None,
}

/// What `first` and `second` are to each other. Whether two conditions contradict each other
/// (`require L` and `require not L`) is for the caller to say, who knows their values.
pub fn priority(
    program: &Program,
    first: NormId,
    second: NormId,
    conditions_contradict: bool,
) -> Priority {
    let opposed = conditions_contradict || opposed(program, first, second);
    if opposed && same_order(program, first, second) {
        program
            .principles
            .iter()
            .find_map(|&principle| decided_by(program, principle, first, second))
            .unwrap_or(Priority::Clash)
    } else {
        decided_by(program, Principle::Exception, first, second).unwrap_or(Priority::None)
    }
}

/// Whether both norms belong to one legal order. Documents that name no jurisdiction belong
/// to one order of their own.
fn same_order(program: &Program, first: NormId, second: NormId) -> bool {
    let jurisdiction = |norm: NormId| &program.documents[program.norms[norm].document].jurisdiction;
    jurisdiction(first) == jurisdiction(second)
}

/// Whether the modalities are opposites. That the targets meet is known from both applying to
/// one act.
fn opposed(program: &Program, first: NormId, second: NormId) -> bool {
    let is = |norm: NormId, modality| program.norms[norm].modality == modality;
    let pair = |a, b| (is(first, a) && is(second, b)) || (is(first, b) && is(second, a));
    pair(Modality::Permit, Modality::Forbid)
        || pair(Modality::Oblige, Modality::Forbid)
        || pair(Modality::Oblige, Modality::Exempt)
}

fn decided_by(
    program: &Program,
    principle: Principle,
    first: NormId,
    second: NormId,
) -> Option<Priority> {
    let documents = || {
        let document = |norm: NormId| &program.documents[program.norms[norm].document];
        Some((document(first), document(second))).filter(|&(a, b)| comparable(a, b))
    };
    let order = match principle {
        Principle::Exception => {
            let overrides = |norm: NormId, other| program.norms[norm].overrides.contains(&other);
            overrides(first, second).cmp(&overrides(second, first))
        }
        Principle::Superior => {
            let (a, b) = documents()?;
            a.rank?.cmp(&b.rank?)
        }
        Principle::Later => {
            let (a, b) = documents()?;
            a.from?.cmp(&b.from?)
        }
    };
    match order {
        Ordering::Greater => Some(Priority::First(principle)),
        Ordering::Less => Some(Priority::Second(principle)),
        Ordering::Equal => None,
    }
}

/// `superior` and `later` compare only documents of one jurisdiction and publisher.
fn comparable(a: &Document, b: &Document) -> bool {
    a.jurisdiction == b.jurisdiction && a.publisher == b.publisher
}
