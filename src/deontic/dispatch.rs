//! What is known of the norms before any act is judged: which speak of an action, which arise
//! through it, how each pair stands to each other.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::base::Table;
use crate::program::{
    ActionId, DocumentId, Literal, LiteralKind, Modality, Norm, NormId, Program, RelationId,
    RelationKind, Term, VariableId,
};

use super::parted::Parted;
use super::priorities::{Priority, priority};

/// Where a duty, advice or a consequence arises: a norm and an index into its `arises`.
pub(super) type ArisingAt = (NormId, usize);

/// The norms by what they speak of.
#[derive(Debug)]
pub(super) struct Dispatch {
    /// For each action the norms that bear on the verdict of its acts: those that speak of it or
    /// of an action above it. Advice that asks for verdicts is not among them.
    pub bearing: Table<ActionId, Rc<[NormId]>>,
    /// For each action the advice that asks for verdicts, and so is asked after them.
    pub advising: Table<ActionId, Rc<[NormId]>>,
    /// For each action what may arise through its acts.
    pub through: Table<ActionId, Rc<[ArisingAt]>>,
    /// What arises without an act in particular.
    pub alone: Rc<[ArisingAt]>,
    /// For each action those below it that norms which bear on verdicts name.
    pub below: Table<ActionId, Rc<[ActionId]>>,
    /// The legal order of each document, numbered.
    pub order: Table<DocumentId, u32>,
    /// Whether some norm asks for the verdict of another act.
    pub asks_verdicts: bool,
    /// For each norm the relation that must hold of an act for it to apply: the scope of its
    /// document, where that is tested on the act.
    pub scope: Table<NormId, Option<RelationId>>,
    /// The bodies of each norm, parted.
    pub bodies: Table<NormId, Rc<[Parted]>>,
    priorities: FxHashMap<(NormId, NormId), Priority>,
}

impl Dispatch {
    pub(super) fn new(program: &Program) -> Self {
        let after: BTreeSet<NormId> = program
            .norms
            .entries()
            .filter(|&(id, norm)| is_asked_after(program, id, norm))
            .map(|(id, _)| id)
            .collect();
        let speaks = |action: ActionId, norm: &Norm| {
            norm.actions
                .iter()
                .any(|&above| program.is_a(action, above))
        };
        let of = |asked_after: bool| {
            let norms_of = |action| {
                program
                    .norms
                    .entries()
                    .filter(|(id, norm)| speaks(action, norm) && after.contains(id) == asked_after)
                    .map(|(id, _)| id)
                    .collect()
            };
            program.actions.ids().map(norms_of).collect()
        };
        let parted = |norm: &Norm| {
            let bodies = norm.bodies.iter();
            bodies.map(|body| Parted::new(program, body)).collect()
        };
        let orders: BTreeSet<_> = program.documents.iter().map(|d| &d.jurisdiction).collect();
        let order_of = |document: &crate::program::Document| {
            let position = orders
                .iter()
                .position(|&other| *other == document.jurisdiction);
            position.unwrap_or_default() as u32
        };
        Self {
            bearing: of(false),
            advising: of(true),
            through: program
                .actions
                .ids()
                .map(|action| through(program, action))
                .collect(),
            alone: arising(program)
                .filter(|&(norm, index)| {
                    let arising = program.norms[norm].arises.get(index);
                    arising.is_some_and(|arising| !arising.through_judged)
                })
                .collect(),
            below: program
                .actions
                .ids()
                .map(|action| below(program, action))
                .collect(),
            order: program.documents.iter().map(order_of).collect(),
            asks_verdicts: program.norms.iter().any(asks_verdicts),
            scope: program.norms.iter().map(|n| scope(program, n)).collect(),
            bodies: program.norms.iter().map(parted).collect(),
            priorities: FxHashMap::default(),
        }
    }

    /// What two norms are to each other, worked out once.
    pub(super) fn priority(
        &mut self,
        program: &Program,
        first: NormId,
        second: NormId,
    ) -> Priority {
        *self
            .priorities
            .entry((first, second))
            .or_insert_with(|| priority(program, first, second, false))
    }
}

/// Whether norms of this modality bear on the verdict.
pub(super) fn decides(modality: Modality) -> bool {
    matches!(
        modality,
        Modality::Forbid | Modality::Permit | Modality::Oblige | Modality::Require
    )
}

/// Advice that asks for verdicts and that no norm bearing on verdicts meets can wait for the
/// verdict of its own act: else "if in doubt, ask" would make every act circular.
fn is_asked_after(program: &Program, id: NormId, norm: &Norm) -> bool {
    let advice = matches!(
        norm.modality,
        Modality::Recommend | Modality::Discourage | Modality::Consider(_) | Modality::AlsoCheck
    );
    advice
        && norm.bodies.iter().any(|body| !body.late.is_empty())
        && norm.overrides.is_empty()
        && !program
            .norms
            .iter()
            .any(|other| other.overrides.contains(&id))
}

fn asks_verdicts(norm: &Norm) -> bool {
    let conditions = norm
        .condition
        .iter()
        .flat_map(|c| c.alternatives.iter().flatten());
    let arises = norm.arises.iter().map(|arising| &arising.body);
    norm.bodies
        .iter()
        .chain(arises)
        .any(|body| !body.late.is_empty())
        || conditions.into_iter().any(|body| !body.late.is_empty())
}

fn arising(program: &Program) -> impl Iterator<Item = ArisingAt> + '_ {
    program
        .norms
        .entries()
        .flat_map(|(id, norm)| (0..norm.arises.len()).map(move |index| (id, index)))
}

/// What arises through acts of `action`, as far as the pattern that the act must match tells.
fn through(program: &Program, action: ActionId) -> Rc<[ArisingAt]> {
    arising(program)
        .filter(|&(norm, index)| {
            let arising = program.norms[norm].arises.get(index);
            arising.is_some_and(|arising| {
                arising.through_judged
                    && arising
                        .body
                        .literals
                        .iter()
                        .all(|literal| may_be(program, action, literal))
            })
        })
        .collect()
}

/// The scope of a norm's document, if all of its bodies test it on the act judged.
fn scope(program: &Program, norm: &Norm) -> Option<RelationId> {
    let governed = program.documents[norm.document].governed?;
    let tests = |literal: &Literal| match &literal.kind {
        LiteralKind::Positive(atom) => {
            atom.relation == governed && atom.terms == [Term::Variable(VariableId::JUDGED)]
        }
        _ => false,
    };
    let mut bodies = norm.bodies.iter();
    bodies
        .all(|body| body.literals.iter().any(tests))
        .then_some(governed)
}

/// Whether an act of `action` may meet what a literal asks of the act judged.
fn may_be(program: &Program, action: ActionId, literal: &Literal) -> bool {
    let LiteralKind::Positive(atom) = &literal.kind else {
        return true;
    };
    match (program.relations[atom.relation].kind, atom.terms.as_slice()) {
        (RelationKind::Action(above), &[Term::Variable(VariableId::JUDGED)]) => {
            program.is_a(action, above)
        }
        _ => true,
    }
}

fn below(program: &Program, action: ActionId) -> Rc<[ActionId]> {
    if action == ActionId::ANY || program.actions[action].situation.is_some() {
        return Rc::default();
    }
    program
        .actions
        .ids()
        .filter(|&other| other != action && program.is_a(other, action))
        .filter(|other| {
            program
                .norms
                .iter()
                .any(|norm| norm.actions.contains(other) && decides(norm.modality))
        })
        .collect()
}
