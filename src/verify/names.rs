//! Values as an explanation writes them, and what it wrote back as values.

use crate::base::{FileId, Span};
use crate::lang::ast::{
    Atom, Date, Pattern, Role, RoleTerm, Spanned, StatementSpan, Term, TermKind,
};
use crate::program::{ActDescription, ActionId, RelationId, SortId, SortKind, Value};

use super::graph::AtomParts;
use super::steps::Reasoned;
use super::world::World;

const NOWHERE: Span = Span {
    file: FileId(0),
    start: 0,
    end: 0,
};

impl World<'_> {
    /// A value as an argument is written.
    fn term(&self, sort: SortId, value: Option<Value>) -> Term {
        let kind = value.and_then(|value| self.term_kind(sort, value));
        Term {
            kind: kind.unwrap_or(TermKind::Any),
            span: StatementSpan(NOWHERE),
        }
    }

    fn term_kind(&self, sort: SortId, value: Value) -> Option<TermKind> {
        if value == Value::UNKNOWN {
            return None;
        }
        match self.program.sorts[sort].kind {
            SortKind::Integer => value.number().map(TermKind::Integer),
            SortKind::Date => {
                let minutes = value.number()?;
                let timed = minutes.rem_euclid(24 * 60) != 0;
                Some(TermKind::Date(Date { minutes, timed }))
            }
            SortKind::Text => Some(TermKind::Text(self.universe.name(sort, value)?.to_owned())),
            SortKind::Entity | SortKind::Enumerated => {
                let name = self.universe.name(sort, value).map(str::to_owned);
                let described = || {
                    let act = self.act(value).filter(|_| sort == SortId::ACT)?;
                    Some(self.act_written(&act.description))
                };
                name.or_else(described).map(TermKind::Symbol)
            }
        }
    }

    /// The name of a value, without quotes; `_` for what has none.
    pub(super) fn name(&self, sort: SortId, value: Value) -> String {
        match self.term_kind(sort, value) {
            None => "_".to_owned(),
            Some(TermKind::Symbol(name) | TermKind::Text(name)) => name,
            Some(kind) => Term {
                kind,
                span: StatementSpan(NOWHERE),
            }
            .to_string(),
        }
    }

    /// A moment as a policy writes it.
    pub(super) fn moment(&self, at: i64) -> String {
        self.argument(SortId::DATE, Value::from_number(at))
    }

    /// A value as an argument is written; `_` for none.
    pub(super) fn argument(&self, sort: SortId, value: Option<Value>) -> String {
        self.term(sort, value).to_string()
    }

    /// The value of a name, without quotes.
    pub(super) fn value(&self, sort: SortId, name: &str) -> Option<Value> {
        match self.program.sorts[sort].kind {
            SortKind::Integer => Value::from_number(name.parse().ok()?),
            SortKind::Date => Value::from_number(Date::parse(name)?.minutes),
            _ => self.universe.get(sort, name).or_else(|| {
                let mut acts = self.described_acts().filter(|_| sort == SortId::ACT);
                acts.find(|&act| self.name(sort, act) == name)
            }),
        }
    }

    /// An atom as a policy writes it.
    pub(super) fn written(&self, relation: RelationId, pattern: &[Option<Value>]) -> String {
        let row = &self.program.relations[relation];
        let columns = row.columns.iter().zip(pattern);
        let terms = columns.map(|(column, &value)| self.term(column.sort, value));
        Atom {
            relation: Spanned {
                node: self.program.relations[row.declared].name.clone(),
                span: NOWHERE,
            },
            terms: terms.collect(),
            span: StatementSpan(NOWHERE),
        }
        .to_string()
    }

    /// The same of an atom in a body, where variables without a value go by their names.
    pub(super) fn written_with(
        &self,
        atom: &crate::program::Atom,
        Reasoned {
            variables, frame, ..
        }: Reasoned<'_>,
    ) -> String {
        let row = &self.program.relations[atom.relation];
        let terms = row.columns.iter().zip(&atom.terms).map(|(column, &own)| {
            let mut term = self.term(column.sort, frame.term(own));
            if let (crate::program::Term::Variable(variable), None) = (own, frame.term(own))
                && let Some(name) = &variables[variable].name
            {
                term.kind = TermKind::Variable(name.to_string());
            }
            term
        });
        Atom {
            relation: Spanned {
                node: self.program.relations[row.declared].name.clone(),
                span: NOWHERE,
            },
            terms: terms.collect(),
            span: StatementSpan(NOWHERE),
        }
        .to_string()
    }

    /// An atom by its parts.
    pub(super) fn parts(&self, relation: RelationId, pattern: &[Option<Value>]) -> AtomParts {
        let row = &self.program.relations[relation];
        let columns = row.columns.iter().zip(pattern);
        let argument = |(column, value): (&crate::program::Column, &Option<Value>)| {
            let value = value.filter(|&value| value != Value::UNKNOWN)?;
            Some(self.name(column.sort, value))
        };
        AtomParts {
            written: self.written(relation, pattern),
            relation: self.program.relations[row.declared].name.clone(),
            arguments: columns.map(argument).collect(),
        }
    }

    /// What an atom may speak of, by the names of its relation and its arguments.
    pub(super) fn resolved(&self, atom: &AtomParts) -> Vec<(RelationId, Vec<Option<Value>>)> {
        let relations = self.program.relations.entries();
        let named = relations.filter(|(_, row)| {
            let declared = &self.program.relations[row.declared];
            declared.name == atom.relation && row.columns.len() == atom.arguments.len()
        });
        named
            .filter_map(|(id, row)| {
                let columns = row.columns.iter().zip(&atom.arguments);
                let value = |(column, name): (&crate::program::Column, &Option<String>)| match name
                {
                    None => Some(None),
                    Some(name) => self.value(column.sort, name).map(Some),
                };
                Some((id, columns.map(value).collect::<Option<Vec<_>>>()?))
            })
            .collect()
    }

    /// An act, or a situation with its bearer, as a policy writes it.
    pub(super) fn described(&self, act: &ActDescription) -> String {
        let Some(relation) = self.program.actions[act.action].situation else {
            let roles = act.roles.iter();
            return self.pattern(
                &[act.action],
                roles.map(|&(role, value)| (role, Some(value))),
            );
        };
        let arguments: Vec<_> = act.arguments.iter().copied().map(Some).collect();
        let by = act.roles.iter().find(|(role, _)| *role == Role::By);
        let bearer =
            by.map(|&(_, value)| self.term(self.role_sort(&[act.action], Role::By), Some(value)));
        crate::lang::ast::TargetKind::State {
            atom: Atom {
                relation: Spanned {
                    node: self.program.relations[relation].name.clone(),
                    span: NOWHERE,
                },
                terms: self.terms(relation, &arguments),
                span: StatementSpan(NOWHERE),
            },
            by: bearer,
            purpose: None,
        }
        .to_string()
    }

    fn terms(&self, relation: RelationId, pattern: &[Option<Value>]) -> Vec<Term> {
        let columns = self.program.relations[relation].columns.iter().zip(pattern);
        columns
            .map(|(column, &value)| self.term(column.sort, value))
            .collect()
    }

    fn act_written(&self, act: &ActDescription) -> String {
        let roles = act.roles.iter();
        let roles = roles.map(|&(role, value)| (role, Some(value)));
        self.pattern(&[act.action], roles)
    }

    /// An act of one of some actions as a policy writes it; a role may be anyone's.
    pub(super) fn pattern(
        &self,
        actions: &[ActionId],
        roles: impl Iterator<Item = (Role, Option<Value>)>,
    ) -> String {
        let roles = roles.map(|(role, value)| RoleTerm {
            role: spanned(role),
            term: self.term(self.role_sort(actions, role), value),
        });
        let actions = actions.iter();
        let pattern = Pattern {
            label: None,
            actions: actions
                .map(|&action| spanned(self.program.actions[action].name.clone()))
                .collect(),
            roles: roles.collect(),
        };
        pattern.to_string()
    }

    fn role_sort(&self, actions: &[ActionId], role: Role) -> SortId {
        let sort_in = |roles: &[crate::program::ActionRole]| {
            let mut own = roles.iter().filter(|own| own.role == role);
            own.next().map(|own| own.sort)
        };
        let mut own = actions.iter().map(|&action| &self.program.actions[action]);
        let own = own.find_map(|action| sort_in(&action.roles));
        let mut others = self.program.actions.iter();
        own.or_else(|| others.find_map(|action| sort_in(&action.roles)))
            .unwrap_or(SortId::ACTOR)
    }
}

fn spanned<T>(node: T) -> Spanned<T> {
    Spanned {
        node,
        span: NOWHERE,
    }
}
