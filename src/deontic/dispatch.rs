//! What is known of the norms before any act is judged: which speak of an action, which arise
//! through it, how each pair stands to each other.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::base::Table;
use crate::program::{
    ActionId, Arising, DocumentId, Literal, LiteralKind, Modality, Norm, NormId, Program,
    RelationId, RelationKind, Term, VariableId,
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
    /// The bodies of each norm that was asked about, parted.
    bodies: Table<NormId, OnceCell<Rc<[Parted]>>>,
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
        let mut dispatched = Dispatched::new(program);
        for (id, norm) in program.norms.entries() {
            dispatched.add_norm(id, norm, after.contains(&id));
        }
        let orders: BTreeSet<_> = program.documents.iter().map(|d| &d.jurisdiction).collect();
        let order_of = |document: &crate::program::Document| {
            let position = orders
                .iter()
                .position(|&other| *other == document.jurisdiction);
            position.unwrap_or_default() as u32
        };
        Self {
            bearing: shared(&dispatched.bearing),
            advising: shared(&dispatched.advising),
            through: shared(&dispatched.through),
            alone: dispatched.alone.into(),
            below: program
                .actions
                .ids()
                .map(|action| below(program, action, &dispatched.below, &dispatched.named))
                .collect(),
            order: program.documents.iter().map(order_of).collect(),
            asks_verdicts: program.norms.iter().any(asks_verdicts),
            scope: program.norms.iter().map(|n| scope(program, n)).collect(),
            bodies: program.norms.iter().map(|_| OnceCell::new()).collect(),
            priorities: FxHashMap::default(),
        }
    }

    /// The bodies of a norm, parted.
    pub(super) fn bodies(&self, program: &Program, norm: NormId) -> &Rc<[Parted]> {
        self.bodies[norm].get_or_init(|| {
            let bodies = program.norms[norm].bodies.iter();
            bodies.map(|body| Parted::new(program, body)).collect()
        })
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

/// Norms on their way to the actions that they speak of.
struct Dispatched<'p> {
    program: &'p Program,
    /// For each action itself and those below it.
    below: Table<ActionId, Vec<ActionId>>,
    bearing: Table<ActionId, Vec<NormId>>,
    advising: Table<ActionId, Vec<NormId>>,
    through: Table<ActionId, Vec<ArisingAt>>,
    alone: Vec<ArisingAt>,
    /// Whether a norm that decides names the action.
    named: Table<ActionId, bool>,
}

impl<'p> Dispatched<'p> {
    fn new(program: &'p Program) -> Self {
        let count = program.actions.len();
        let mut below = Table::filled(count, Vec::new());
        for (action, row) in program.actions.entries() {
            for &above in &row.ancestors {
                below[above].push(action);
            }
        }
        Self {
            program,
            below,
            bearing: Table::filled(count, Vec::new()),
            advising: Table::filled(count, Vec::new()),
            through: Table::filled(count, Vec::new()),
            alone: Vec::new(),
            named: Table::filled(count, false),
        }
    }

    fn add_norm(&mut self, id: NormId, norm: &Norm, asked_after: bool) {
        for &above in &norm.actions {
            self.named[above] |= decides(norm.modality);
            for &action in &self.below[above] {
                let norms = if asked_after {
                    &mut self.advising[action]
                } else {
                    &mut self.bearing[action]
                };
                if norms.last() != Some(&id) {
                    norms.push(id);
                }
            }
        }
        for (index, arising) in norm.arises.iter().enumerate() {
            if arising.through_judged {
                self.add_arising((id, index), arising);
            } else {
                self.alone.push((id, index));
            }
        }
    }

    /// What arises through acts, as far as the pattern that the act must match tells.
    fn add_arising(&mut self, place: ArisingAt, arising: &Arising) {
        let literals = arising.body.literals.iter();
        let patterns: Vec<_> = literals
            .filter_map(|literal| pattern(self.program, literal))
            .collect();
        let actions = match patterns.first() {
            Some(&first) => self.below[first].clone(),
            None => self.program.actions.ids().collect(),
        };
        for action in actions {
            let mut patterns = patterns.iter();
            if patterns.all(|&above| self.program.is_a(action, above)) {
                self.through[action].push(place);
            }
        }
    }
}

fn shared<T: Clone>(lists: &Table<ActionId, Vec<T>>) -> Table<ActionId, Rc<[T]>> {
    lists.iter().map(|list| Rc::from(list.as_slice())).collect()
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

/// The action that a literal asks of the act judged.
fn pattern(program: &Program, literal: &Literal) -> Option<ActionId> {
    let LiteralKind::Positive(atom) = &literal.kind else {
        return None;
    };
    match (program.relations[atom.relation].kind, atom.terms.as_slice()) {
        (RelationKind::Action(above), &[Term::Variable(VariableId::JUDGED)]) => Some(above),
        _ => None,
    }
}

/// The actions below `action` that norms which decide name.
fn below(
    program: &Program,
    action: ActionId,
    below: &Table<ActionId, Vec<ActionId>>,
    named: &Table<ActionId, bool>,
) -> Rc<[ActionId]> {
    if action == ActionId::ANY || program.actions[action].situation.is_some() {
        return Rc::default();
    }
    let others = below[action].iter().copied();
    others
        .filter(|&other| other != action && named[other])
        .collect()
}
