//! From ids and values to the trees that a policy would be written with.

use crate::base::{FileId, Span};
use crate::lang::ast::{self, Role, Spanned, StatementSpan};
use crate::program::{
    ActDescription, ActRecord, ActionId, Atom, Program, RelationId, SortId, SortKind, Term,
    Universe, Value,
};

/// Names the things of a case.
#[derive(Clone, Copy)]
pub struct Naming<'a> {
    program: &'a Program,
    universe: &'a Universe,
    acts: &'a dyn Fn(Value) -> Option<ActRecord>,
}

impl std::fmt::Debug for Naming<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Naming").finish_non_exhaustive()
    }
}

impl<'a> Naming<'a> {
    /// Names of `universe`; `acts` describes acts that nobody recorded.
    pub fn new(
        program: &'a Program,
        universe: &'a Universe,
        acts: &'a dyn Fn(Value) -> Option<ActRecord>,
    ) -> Self {
        Self {
            program,
            universe,
            acts,
        }
    }

    /// The name of `value` as it is, without quotes; `_` for what has none.
    pub fn name(&self, sort: SortId, value: Value) -> String {
        match self.term(sort, Some(value)).kind {
            ast::TermKind::Symbol(name) | ast::TermKind::Text(name) => name,
            ast::TermKind::Integer(number) => number.to_string(),
            ast::TermKind::Date(date) => date.to_string(),
            ast::TermKind::Variable(_) | ast::TermKind::Any => "_".to_owned(),
        }
    }

    /// `value` as an argument; `_` for a stranger, for what nobody stated, and for no value.
    pub fn term(&self, sort: SortId, value: Option<Value>) -> ast::Term {
        term(match value {
            None | Some(Value::UNKNOWN) => ast::TermKind::Any,
            Some(value) => self.kind(sort, value),
        })
    }

    fn kind(&self, sort: SortId, value: Value) -> ast::TermKind {
        let kind = self.program.sorts.row(sort).map(|sort| sort.kind);
        match (kind, value.number()) {
            (Some(SortKind::Integer), Some(number)) => ast::TermKind::Integer(number),
            (Some(SortKind::Date), Some(minutes)) => ast::TermKind::Date(date(minutes)),
            _ => match self.universe.name(sort, value) {
                Some(name) if kind == Some(SortKind::Text) => ast::TermKind::Text(name.to_owned()),
                Some(name) => ast::TermKind::Symbol(name.to_owned()),
                None => match (self.acts)(value).filter(|_| sort == SortId::ACT) {
                    Some(act) => ast::TermKind::Symbol(self.act(&act.description).to_string()),
                    None => ast::TermKind::Any,
                },
            },
        }
    }

    /// `consents(lee, photo-1)`; `None` is `_`.
    pub fn tuple(
        &self,
        relation: RelationId,
        values: impl IntoIterator<Item = Option<Value>>,
    ) -> ast::Atom {
        let row = &self.program.relations[relation];
        let terms = row.columns.iter().zip(values);
        ast::Atom {
            relation: name(&self.program.relations[row.declared].name),
            terms: terms
                .map(|(column, value)| self.term(column.sort, value))
                .collect(),
            span: NOWHERE,
        }
    }

    /// An atom whose terms are constants or any.
    pub fn atom(&self, atom: &Atom) -> ast::Atom {
        let values = atom.terms.iter().map(|term| match term {
            Term::Constant(value) => Some(*value),
            Term::Variable(_) | Term::Any => None,
        });
        self.tuple(atom.relation, values)
    }

    /// `share by roy of photo-1 on @roy`. A situation is the pattern of its `by` alone, if it
    /// has one; [`Self::described`] has its atom.
    pub fn act(&self, act: &ActDescription) -> ast::Pattern {
        self.pattern(
            &[act.action],
            act.roles.iter().map(|&(role, value)| (role, Some(value))),
        )
    }

    /// An act of one of `actions` with these roles.
    pub fn pattern(
        &self,
        actions: &[ActionId],
        roles: impl IntoIterator<Item = (Role, Option<Value>)>,
    ) -> ast::Pattern {
        let sort = |role| {
            let entry = |&action: &ActionId| {
                let roles = self.program.actions[action].roles.iter();
                roles
                    .clone()
                    .find_map(|own| (own.role == role).then_some(own.sort))
            };
            let own = actions.iter().find_map(entry);
            own.or_else(|| self.program.actions.ids().find_map(|action| entry(&action)))
        };
        ast::Pattern {
            label: None,
            actions: actions
                .iter()
                .map(|&action| name(&self.program.actions[action].name))
                .collect(),
            roles: roles
                .into_iter()
                .map(|(role, value)| ast::RoleTerm {
                    role: Spanned {
                        node: role,
                        span: NOWHERE.0,
                    },
                    term: self.term(sort(role).unwrap_or(SortId::ACTOR), value),
                })
                .collect(),
        }
    }

    /// What an act is, as a policy would describe it: an act, or a situation with its bearer.
    pub fn described(&self, act: &ActDescription) -> ast::TargetKind {
        let pattern = self.act(act);
        match self.program.actions[act.action].situation {
            Some(relation) => ast::TargetKind::State {
                atom: self.tuple(relation, act.arguments.iter().map(|&value| Some(value))),
                by: pattern
                    .roles
                    .into_iter()
                    .find(|filled| filled.role.node == Role::By)
                    .map(|filled| filled.term),
                purpose: None,
            },
            None => ast::TargetKind::Act(pattern),
        }
    }
}

/// A moment as a policy writes it: the day alone at midnight.
pub(super) fn date(minutes: i64) -> ast::Date {
    ast::Date {
        minutes,
        timed: minutes.rem_euclid(24 * 60) != 0,
    }
}

/// Trees made from ids stand nowhere.
const NOWHERE: StatementSpan = StatementSpan(Span {
    file: FileId(0),
    start: 0,
    end: 0,
});

/// A name that stands nowhere.
pub(super) fn name(name: &str) -> ast::Name {
    Spanned {
        node: name.to_owned(),
        span: NOWHERE.0,
    }
}

/// A term that stands nowhere.
pub(super) fn term(kind: ast::TermKind) -> ast::Term {
    ast::Term {
        kind,
        span: NOWHERE,
    }
}
