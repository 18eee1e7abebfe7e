//! Which acts a question is about: the possible reading of the norms that could give the
//! answer, joined with `where`. Each is then judged in full; this is complete, as a permitted
//! act needs a permit, a prohibited one a forbid (`docs/language.md`, Asking).

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::base::Id;
use crate::engine::{Changes, Session, Truth};
use crate::lang::ast::{Comparison, Question, Role};
use crate::program::{
    ActDescription, Action, ActionId, Dependency, Due, Expression, Literal, LiteralKind, Modality,
    Norm, NormBody, NormId, Operand, Program, RelationId, RelationKind, SortId, Term, Value,
    VariableId, VariableSet, Variables, collect_dependencies, visit,
};

use super::classes::Classes;
use super::instances::bindings;
use super::judge::Judge;
use super::planned::Planned;
use super::verdict::{Substitution, value_in};

/// What a deontic question asks, by its parts.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'q> {
    /// What is asked of the acts.
    pub question: Question,
    /// The roles that the question names.
    pub roles: &'q [(Role, Term)],
    /// The arguments of a situation.
    pub arguments: &'q [Term],
    /// The variable of the act itself, if the pattern has a label.
    pub label: Option<VariableId>,
    /// The variables.
    pub variables: &'q Variables,
    /// `where`.
    pub alternatives: &'q [Vec<Literal>],
    /// Whether `where` is read possibly.
    pub possible: bool,
}

/// An act to be judged for a question.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Candidate {
    /// The act.
    pub description: ActDescription,
    /// The values of the question's variables.
    pub values: Substitution,
    /// Roles that neither norm nor question restricts: the act stands for all of these.
    pub alike: BTreeMap<Role, Rc<[Value]>>,
}

/// A role of a candidate before unrestricted ones are filled.
type Filled = (
    Vec<Option<Value>>,
    BTreeMap<Role, Value>,
    Vec<Option<Value>>,
);

impl Judge<'_> {
    /// The acts of `action` that the question is about, in a stable order; at most `limit`,
    /// and whether there are more.
    pub fn candidates(
        &mut self,
        action: ActionId,
        asked: Asked<'_>,
        limit: usize,
    ) -> (BTreeSet<Candidate>, bool) {
        match asked.question {
            Question::May => {
                let norms = self.speaking(action, &[Modality::Permit, Modality::Oblige]);
                self.candidates_of(action, asked, &norms, limit)
            }
            Question::MustNot => {
                let norms = self.speaking(action, &[Modality::Forbid, Modality::Require]);
                self.candidates_of(action, asked, &norms, limit)
            }
            Question::Conflict => self.clashing(action, asked, limit),
            Question::Must | Question::Unregulated => {
                let mut filled = BTreeSet::new();
                let session = self.session_at(self.as_of());
                described(&session, asked, &mut filled);
                self.fill(action, asked, filled, limit)
            }
        }
    }

    /// The norms in force of some modality that speak of `action`.
    pub(super) fn speaking(&self, action: ActionId, modalities: &[Modality]) -> Vec<NormId> {
        let program = self.program();
        let speaks = |norm: &Norm| {
            let mut actions = norm.actions.iter();
            actions.any(|&above| program.is_a(action, above))
                && program.documents[norm.document].in_force(self.as_of())
        };
        let norms = program.norms.entries();
        norms
            .filter(|(_, norm)| modalities.contains(&norm.modality) && speaks(norm))
            .map(|(id, _)| id)
            .collect()
    }

    /// The acts that some of `norms` may apply to.
    pub(super) fn candidates_of(
        &mut self,
        action: ActionId,
        asked: Asked<'_>,
        norms: &[NormId],
        limit: usize,
    ) -> (BTreeSet<Candidate>, bool) {
        let program = self.program();
        let session = self.session_at(self.as_of());
        let mut filled: BTreeSet<Filled> = BTreeSet::new();
        for &norm in norms {
            for body in &program.norms[norm].bodies {
                for alternative in asked.alternatives {
                    join(&session, action, body, alternative, asked, &mut filled);
                }
            }
        }
        self.fill(action, asked, filled, limit)
    }

    /// Makes what `where` says of the act itself true of `act`: it describes the acts that are
    /// asked about. An alternative's literals count together, so only one alternative may do so.
    pub fn stipulate(&mut self, act: Value, values: &Substitution, asked: Asked<'_>) {
        let Some(record) = self.act(act) else { return };
        let session = self.session_at(record.at);
        let literals = asked.alternatives.iter().flatten();
        for literal in literals.filter(|literal| of_the_act(literal, asked.label)) {
            let tuple = |atom: &crate::program::Atom| -> Option<Vec<Value>> {
                atom.terms
                    .iter()
                    .map(|&term| match term {
                        Term::Variable(variable) if Some(variable) == asked.label => Some(act),
                        other => value_in(other, values),
                    })
                    .collect()
            };
            match &literal.kind {
                LiteralKind::Positive(atom) => {
                    if let Some(tuple) = tuple(atom) {
                        session.add_unrecorded(atom.relation, &tuple);
                    }
                }
                LiteralKind::Negative(inner) => {
                    if let [
                        Literal {
                            kind: LiteralKind::Positive(atom),
                            ..
                        },
                    ] = inner.as_slice()
                    {
                        if let Some(tuple) = tuple(atom) {
                            session.deny_unrecorded(atom.relation, &tuple);
                        } else if let [Term::Variable(of), Term::Any] = atom.terms.as_slice()
                            && Some(*of) == asked.label
                        {
                            // `not r(A, _)`: its row is empty.
                            session.close_unrecorded(atom.relation, &[act]);
                        }
                    }
                }
                LiteralKind::Compare { .. } | LiteralKind::Aggregate { .. } => {}
            }
        }
    }

    /// The values of the question's variables for which `where` holds.
    pub fn where_holds(&mut self, asked: Asked<'_>) -> Vec<Substitution> {
        let session = self.session_at(self.as_of());
        asked
            .alternatives
            .iter()
            .flat_map(|alternative| where_solutions(&session, asked, alternative))
            .collect()
    }

    /// The values for which a conjunction holds, and whether it certainly does.
    pub fn holds(
        &mut self,
        variables: &Variables,
        literals: &[Literal],
    ) -> Vec<(Substitution, bool)> {
        let session = self.session_for(literals);
        Planned::new(&session, variables, literals, &[])
            .solutions(&session, &[])
            .into_iter()
            .map(|(values, truth)| (values, truth == Truth::Certain))
            .collect()
    }

    /// The facts as they are, and the consequences of breaches where `literals` ask for them.
    fn session_for(&mut self, literals: &[Literal]) -> Rc<Session<'_>> {
        let program = self.program();
        let mut read = Vec::new();
        collect_dependencies(literals, Dependency::Positive, &mut read);
        let asked = program.norms.iter().any(|norm| {
            norm.modality == Modality::Consequence
                && norm.arises.iter().any(|arising| match &arising.due {
                    Due::State { atom, .. } => read.iter().any(|&(read, _)| read == atom.relation),
                    Due::Act(_) => false,
                })
        });
        let mut changes = Changes::default();
        if asked {
            let at = self.as_of();
            for consequence in self.consequences(at, None) {
                let terms = consequence.atom.terms.iter().map(|&term| match term {
                    Term::Constant(value) => Some(value),
                    Term::Variable(_) | Term::Any => None,
                });
                let tuple: Option<Box<[Value]>> = terms.collect();
                if let (true, Some(tuple)) = (consequence.certain, tuple) {
                    let change = changes.inputs.entry(consequence.atom.relation);
                    change.or_default().asserted.push(tuple);
                }
            }
        }
        self.session_with(&changes)
    }

    /// Fills the required roles that nothing restricts with a representative of each class of
    /// individuals that the action's norms cannot tell apart.
    fn fill(
        &mut self,
        action: ActionId,
        asked: Asked<'_>,
        filled: BTreeSet<Filled>,
        limit: usize,
    ) -> (BTreeSet<Candidate>, bool) {
        let program = self.program();
        let session = self.session_at(self.as_of());
        let row = &program.actions[action];
        let mut classes: BTreeMap<(SortId, bool), Classes> = BTreeMap::new();
        let mut found = BTreeSet::new();
        for (values, roles, arguments) in filled {
            let Some(arguments) = arguments.into_iter().collect::<Option<Vec<_>>>() else {
                continue;
            };
            let waits = waits_for_roles(asked, &values);
            let mut values = values;
            if let Some(now) = Value::from_number(self.as_of()) {
                set_variable(&mut values, asked, Role::At, now);
            }
            let mut partial = vec![(values, roles, BTreeMap::new())];
            for own in missing(row, asked, partial.first()) {
                // `where` may tell apart what no norm can: then each is judged by itself.
                let restricted = is_restricted(asked, own.0);
                let classes = classes.entry((own.1, restricted)).or_insert_with(|| {
                    if restricted {
                        let each = self.universe().values(own.1);
                        each.map(|value| Rc::from([value])).collect()
                    } else {
                        self.classes(action, own.1)
                    }
                });
                partial = partial
                    .into_iter()
                    .flat_map(|(values, roles, alike)| {
                        classes.iter().map(move |class| {
                            let (mut values, mut roles) = (values.clone(), roles.clone());
                            let mut alike: BTreeMap<Role, Rc<[Value]>> = alike.clone();
                            if let Some(&first) = class.first() {
                                roles.insert(own.0, first);
                                set_variable(&mut values, asked, own.0, first);
                            }
                            if !restricted {
                                alike.insert(own.0, Rc::clone(class));
                            }
                            (values, roles, alike)
                        })
                    })
                    .collect();
            }
            if waits {
                retain_if_where_holds(&session, asked, &mut partial);
            }
            for (values, roles, alike) in partial {
                if found.len() >= limit {
                    return (found, true);
                }
                found.insert(Candidate {
                    description: ActDescription {
                        action,
                        roles: roles.into_iter().collect(),
                        arguments: arguments.clone(),
                    },
                    values,
                    alike,
                });
            }
        }
        (found, false)
    }
}

/// A candidate whose roles are filled, with the individuals that it stands for.
type Whole = (
    Substitution,
    BTreeMap<Role, Value>,
    BTreeMap<Role, Rc<[Value]>>,
);

/// Keeps the candidates for which some alternative of `where` holds, certainly unless it is read
/// possibly, and in which no variable stands for two fillers.
fn retain_if_where_holds(session: &Session<'_>, asked: Asked<'_>, filled: &mut Vec<Whole>) {
    let Some((first, ..)) = filled.first() else {
        return;
    };
    // One plan binds the same variables in every candidate.
    let given: Vec<_> = bindings(first).iter().map(|&(given, _)| given).collect();
    let plans: Vec<_> = asked
        .alternatives
        .iter()
        .map(|alternative| of_the_facts(asked, alternative))
        .map(|literals| Planned::new(session, asked.variables, &literals, &given))
        .collect();
    let least = if asked.possible {
        Truth::Maybe
    } else {
        Truth::Certain
    };
    filled.retain(|(values, roles, _)| {
        let agree = asked.roles.iter().all(|(role, term)| {
            let value = value_in(*term, values);
            value.is_none() || roles.get(role).is_none_or(|&own| Some(own) == value)
        });
        let bound = bindings(values);
        let mut plans = plans.iter();
        agree && plans.any(|plan| session.best(&plan.plan, &bound) >= least)
    });
}

/// Whether `where` says something of a role that is still to be filled.
fn waits_for_roles(asked: Asked<'_>, values: &Substitution) -> bool {
    asked.roles.iter().any(|&(role, term)| {
        let unbound = value_in(term, values).is_none();
        unbound && is_restricted(asked, role)
    })
}

/// Candidates of a question that no norm restricts: those that `where` describes.
fn described(session: &Session<'_>, asked: Asked<'_>, found: &mut BTreeSet<Filled>) {
    for alternative in asked.alternatives {
        for values in where_solutions(session, asked, alternative) {
            let roles = asked
                .roles
                .iter()
                .filter_map(|&(role, term)| Some((role, value_in(term, &values)?)))
                .collect();
            let arguments = asked
                .arguments
                .iter()
                .map(|&t| value_in(t, &values))
                .collect();
            found.insert((values, roles, arguments));
        }
    }
}

/// The required roles, `at` apart, that are not filled yet.
fn missing<A, B>(
    action: &Action,
    asked: Asked<'_>,
    filled: Option<&(A, BTreeMap<Role, Value>, B)>,
) -> Vec<(Role, SortId)> {
    let is_filled = |role| filled.is_some_and(|(_, roles, _)| roles.contains_key(&role));
    let named = |role| asked.roles.iter().any(|&(other, _)| other == role);
    action
        .roles
        .iter()
        .filter(|own| own.role != Role::At && !is_filled(own.role))
        .filter(|own| !own.optional || named(own.role))
        // Whose a situation is, the norm that decides says, unless `where` must be asked.
        .filter(|own| action.situation.is_none() || is_restricted(asked, own.role))
        .map(|own| (own.role, own.sort))
        .collect()
}

/// Whether `where` says something of what fills the role.
fn is_restricted(asked: Asked<'_>, role: Role) -> bool {
    asked.roles.iter().any(|&(other, term)| {
        let Term::Variable(variable) = term else {
            return false;
        };
        let mut literals = asked.alternatives.iter().flatten();
        other == role && literals.any(|literal| visit::mentions(literal, variable))
    })
}

fn set_variable(values: &mut Substitution, asked: Asked<'_>, role: Role, value: Value) {
    for &(other, term) in asked.roles {
        if let (true, Term::Variable(variable)) = (other == role, term)
            && let Some(slot) = values.get_mut(variable.index())
        {
            *slot = Some(value);
        }
    }
}

/// Joins the possible reading of a norm's body, without what it says of the act itself, with
/// `where`, and keeps what fills the roles.
fn join(
    session: &Session<'_>,
    action: ActionId,
    body: &NormBody,
    alternative: &[Literal],
    asked: Asked<'_>,
    found: &mut BTreeSet<Filled>,
) {
    let program = session.program();
    let offset = asked.variables.len();
    let mut variables = asked.variables.clone();
    for variable in &body.variables {
        variables.push(variable.clone());
    }
    let mut literals = of_the_facts(asked, alternative);
    let act = VariableId::new(offset);
    let mut roles: BTreeMap<Role, Term> = BTreeMap::new();
    let mut arguments: Vec<Term> = asked.arguments.to_vec();
    for &(role, term) in asked.roles {
        roles.insert(role, term);
    }
    for literal in &body.literals {
        let mut literal = literal.clone();
        visit::walk(std::slice::from_mut(&mut literal), &mut |place| {
            if let visit::Place::Variable(variable) = place {
                *variable = VariableId::new(variable.index() + offset);
            }
        });
        let LiteralKind::Positive(atom) = &literal.kind else {
            if !visit::mentions(&literal, act) {
                literals.push(literal);
            }
            continue;
        };
        match (program.relations[atom.relation].kind, atom.terms.as_slice()) {
            (RelationKind::Role(role), &[Term::Variable(of), filler]) if of == act => {
                if !takes(program, action, role, atom.relation) {
                    return;
                }
                if let Some(&named) = roles.get(&role) {
                    literals.extend(equal(&variables, named, filler, literal.span));
                } else if filler != Term::Any {
                    roles.insert(role, filler);
                }
            }
            (RelationKind::Situation(_), [Term::Variable(of), fillers @ ..]) if *of == act => {
                for (&named, &filler) in arguments.clone().iter().zip(fillers) {
                    literals.extend(equal(&variables, named, filler, literal.span));
                }
                for (slot, &filler) in arguments.iter_mut().zip(fillers) {
                    if *slot == Term::Any {
                        *slot = filler;
                    }
                }
            }
            _ if visit::mentions(&literal, act) => {}
            _ => literals.push(literal),
        }
    }
    let mut solutions: BTreeSet<Filled> = BTreeSet::new();
    let unbound = drop_unbound(&mut literals, loose(asked, body, act, offset));
    let filling: Vec<Term> = roles.values().chain(&arguments).copied().collect();
    let mut wanted: VariableSet = visit::variables_of_terms(&filling).collect();
    wanted.extend((0..offset).map(VariableId::new));
    let plan = Planned::projected(session, &variables, &literals, &wanted);
    for (solution, _) in plan.solutions(session, &[]) {
        let value = |term: Term| value_in(term, &solution);
        let values: Substitution = solution.iter().take(offset).copied().collect();
        let filled: BTreeMap<_, _> = roles
            .iter()
            .filter(|&(&role, _)| role != Role::At)
            .filter_map(|(&role, &term)| Some((role, value(term)?)))
            .collect();
        // A stranger cannot be named in an answer.
        if !filled.values().any(|&filler| filler == Value::UNKNOWN) {
            let arguments = arguments.iter().map(|&term| value(term)).collect();
            solutions.insert((values, filled, arguments));
        }
    }
    // What `where` says of roles still to be filled is asked once they are.
    let loose = |literal| visit::variables_of(literal).meets(&unbound);
    if !asked.possible && !alternative.iter().any(loose) {
        retain_certain(session, asked, alternative, &mut solutions);
    }
    found.append(&mut solutions);
}

/// The variables that the act asked about would bind, if it were known: those of its roles and of
/// what the norm says of it.
fn loose(asked: Asked<'_>, body: &NormBody, act: VariableId, offset: usize) -> VariableSet {
    let of_the_question = asked.roles.iter().filter_map(|&(_, term)| match term {
        Term::Variable(variable) => Some(variable),
        _ => None,
    });
    let shifted = |variable: VariableId| VariableId::new(variable.index() + offset);
    let of_the_norm = body
        .literals
        .iter()
        .map(|literal| visit::variables_of(literal).iter().map(shifted).collect())
        .filter(|variables: &VariableSet| variables.contains(act));
    let mut loose: VariableSet = of_the_question.collect();
    of_the_norm.for_each(|variables| loose.add_all(&variables));
    loose
}

/// Drops the tests of `loose` variables that no condition left binds: what they say is asked when
/// the act is judged, once its roles are filled. Returns what is not bound.
fn drop_unbound(literals: &mut Vec<Literal>, mut unbound: VariableSet) -> VariableSet {
    loop {
        let before = unbound.len();
        for literal in literals.iter() {
            let mut free = visit::variables_of(literal);
            match &literal.kind {
                LiteralKind::Positive(_) => {}
                LiteralKind::Compare {
                    operator: Comparison::Equal,
                    ..
                } if free.iter().filter(|&free| unbound.contains(free)).count() <= 1 => {}
                LiteralKind::Aggregate { result, .. } => {
                    free = VariableSet::from_iter([*result]);
                }
                _ => continue,
            }
            unbound.remove_all(&free);
        }
        if unbound.len() == before {
            break;
        }
    }
    literals.retain(|literal| {
        matches!(literal.kind, LiteralKind::Positive(_))
            || !visit::variables_of(literal).meets(&unbound)
    });
    unbound
}

/// Keeps the solutions for which `where` certainly holds.
fn retain_certain(
    session: &Session<'_>,
    asked: Asked<'_>,
    alternative: &[Literal],
    solutions: &mut BTreeSet<Filled>,
) {
    let literals = of_the_facts(asked, alternative);
    // One plan binds the same variables in every solution.
    let Some((first, ..)) = solutions.first().filter(|_| !literals.is_empty()) else {
        return;
    };
    let given: Vec<_> = bindings(first).iter().map(|&(given, _)| given).collect();
    let plan = Planned::new(session, asked.variables, &literals, &given);
    solutions.retain(|(values, ..)| session.best(&plan.plan, &bindings(values)) == Truth::Certain);
}

/// The values for which `where` holds; possibly, if that is asked for.
fn where_solutions(
    session: &Session<'_>,
    asked: Asked<'_>,
    alternative: &[Literal],
) -> Vec<Substitution> {
    let literals = of_the_facts(asked, alternative);
    let plan = Planned::new(session, asked.variables, &literals, &[]);
    plan.solutions(session, &[])
        .into_iter()
        .filter(|&(_, truth)| asked.possible || truth == Truth::Certain)
        .map(|(values, _)| values)
        .collect()
}

/// What `where` says apart from the act itself.
fn of_the_facts(asked: Asked<'_>, alternative: &[Literal]) -> Vec<Literal> {
    let literals = alternative.iter();
    literals
        .filter(|literal| !of_the_act(literal, asked.label))
        .cloned()
        .collect()
}

/// Whether a literal of `where` says something of the act asked about: it describes the act.
fn of_the_act(literal: &Literal, label: Option<VariableId>) -> bool {
    label.is_some_and(|label| visit::mentions(literal, label))
}

/// Whether the action has the role with the sort that `relation` is for.
fn takes(program: &Program, action: ActionId, role: Role, relation: RelationId) -> bool {
    program.actions[action]
        .roles
        .iter()
        .any(|own| own.role == role && program.roles.get(&(role, own.sort)) == Some(&relation))
}

/// That two terms are the same, as a literal; none where one is any.
fn equal(
    variables: &Variables,
    left: Term,
    right: Term,
    span: crate::base::Span,
) -> Option<Literal> {
    let operand = |term| match term {
        Term::Variable(variable) => Some(Operand::Variable(variable)),
        Term::Constant(value) => Some(Operand::Constant(value)),
        Term::Any => None,
    };
    let sort = [left, right].into_iter().find_map(|term| match term {
        Term::Variable(variable) => Some(variables[variable].sort),
        _ => None,
    });
    let side = |operand| Expression {
        terms: vec![(1, operand)],
    };
    Some(Literal {
        kind: LiteralKind::Compare {
            left: side(operand(left)?),
            operator: Comparison::Equal,
            right: side(operand(right)?),
            sort: sort.unwrap_or(SortId::ACTOR),
        },
        span,
    })
}
