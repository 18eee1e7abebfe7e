//! The bodies of norms, parted into what the description of an act answers by itself and what
//! has to be looked up. Most literals about the act judged ask for its action and roles, which
//! the judge knows; looked up in the facts they were two thirds of judging.

use std::cell::OnceCell;

use crate::engine::Session;
use crate::lang::ast::Role;
use crate::program::{
    ActRecord, ActionId, Literal, LiteralKind, NormBody, Program, RelationKind, SortId, Term,
    Value, VariableId,
};

use super::planned::Planned;

/// A body in two parts.
#[derive(Debug)]
pub(super) struct Parted {
    /// The act is one of each of these.
    actions: Vec<ActionId>,
    /// What fills its roles.
    roles: Vec<(Role, SortId, Term)>,
    /// The act, and the variables of `roles`, each once.
    given: Vec<VariableId>,
    /// The other literals.
    rest: Vec<Literal>,
    plan: OnceCell<Planned>,
}

/// What the description of an act says to a body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Described {
    /// The body cannot hold.
    Fails,
    /// It holds where the rest does.
    Agrees,
    /// It does not say: all of the body has to be looked up.
    Silent,
}

impl Parted {
    pub(super) fn new(program: &Program, body: &NormBody) -> Self {
        let mut parted = Self {
            actions: Vec::new(),
            roles: Vec::new(),
            given: vec![VariableId::JUDGED],
            rest: Vec::new(),
            plan: OnceCell::new(),
        };
        for literal in &body.literals {
            parted.add(program, literal);
        }
        parted
    }

    fn add(&mut self, program: &Program, literal: &Literal) {
        if let LiteralKind::Positive(atom) = &literal.kind {
            let relation = &program.relations[atom.relation];
            match (relation.kind, atom.terms.as_slice()) {
                (RelationKind::Action(action), &[Term::Variable(VariableId::JUDGED)]) => {
                    self.actions.push(action);
                    return;
                }
                (RelationKind::Role(role), &[Term::Variable(VariableId::JUDGED), filler]) => {
                    if let Some(column) = relation.columns.last() {
                        self.roles.push((role, column.sort, filler));
                    }
                    if let Term::Variable(variable) = filler
                        && !self.given.contains(&variable)
                    {
                        self.given.push(variable);
                    }
                    return;
                }
                _ => {}
            }
        }
        self.rest.push(literal.clone());
    }

    /// Whether `act` is what the body speaks of; `bound` becomes the values of what is given.
    pub(super) fn describe(
        &self,
        program: &Program,
        act: &ActRecord,
        bound: &mut Vec<(VariableId, Value)>,
    ) -> Described {
        bound.clear();
        bound.push((VariableId::JUDGED, act.value));
        let action = act.description.action;
        if !self
            .actions
            .iter()
            .all(|&above| program.is_a(action, above))
        {
            return Described::Fails;
        }
        for &(role, sort, term) in &self.roles {
            let Some(filler) = filler(program, act, role, sort) else {
                return Described::Silent;
            };
            let wanted = match term {
                Term::Any => continue,
                Term::Constant(value) => Some(value),
                Term::Variable(variable) => {
                    let mut given = bound.iter();
                    let known =
                        given.find_map(|&(other, value)| (other == variable).then_some(value));
                    if known.is_none() {
                        bound.push((variable, filler));
                    }
                    known
                }
            };
            if wanted.is_some_and(|wanted| wanted != filler) {
                return Described::Fails;
            }
        }
        Described::Agrees
    }

    /// The plan of the rest, what is given being bound.
    pub(super) fn plan(&self, session: &Session<'_>, body: &NormBody) -> &Planned {
        let make = || Planned::new(session, &body.variables, &self.rest, &self.given);
        self.plan.get_or_init(make)
    }
}

/// What fills a role of the act; `None` where its description does not say, or where its action
/// has no such role of this sort.
fn filler(program: &Program, act: &ActRecord, role: Role, sort: SortId) -> Option<Value> {
    let roles = &program.actions[act.description.action].roles;
    roles
        .iter()
        .find(|own| own.role == role && own.sort == sort)?;
    let mut described = act.description.roles.iter();
    let filler = described.find(|&&(other, _)| other == role);
    filler
        .map(|&(_, filler)| filler)
        .or_else(|| Value::from_number(act.at).filter(|_| role == Role::At))
        .filter(|&filler| filler != Value::UNKNOWN)
}
