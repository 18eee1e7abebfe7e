//! What all formats do with what they read: finds the names, holds values against the sorts,
//! and adds the facts. Whoever calls it knows the format, and it does not.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::base::{Diagnostic, Id, Span, Table};
use crate::engine::{FactId, Facts, Validity};
use crate::program::{Program, RelationId, SortId, SortKind, Universe, Value};

use super::case::Act;
use super::cell::{Cell, CellKind, Dated, Key, Read, Said};
use super::names::{Names, sort_count, strip_not};
use super::reports::{Reports, article};

/// A case in the making.
#[derive(Debug)]
pub(super) struct Builder<'p> {
    pub(super) names: &'p Names<'p>,
    pub(super) universe: Universe,
    pub(super) facts: Facts,
    pub(super) acts: IndexMap<Value, Act, FxBuildHasher>,
    pub(super) reports: Reports,
    /// What is known of each individual, by sort and index (from 1).
    pub(super) standing: Table<SortId, Vec<Standing>>,
    /// Rows closed by a list, for the check of contradictions.
    pub(super) lists: Vec<ListedRow>,
    /// The dates of acts, each once.
    pub(super) dates: FxHashSet<Value>,
    /// The moment of acts that do not say theirs.
    pub(super) as_of: i64,
}

/// Whether an individual was declared.
#[derive(Clone, Copy, Debug)]
pub(super) enum Standing {
    /// The policies mention it.
    Policy,
    /// Declared at a place of the facts.
    Declared(Span),
    /// Only mentioned, first at a place, and so many times after that.
    Mentioned(Span, u32),
}

/// A row that a list closes. The facts of its values are `first..close`.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListedRow {
    pub(super) relation: RelationId,
    pub(super) subject: Value,
    pub(super) first: FactId,
    pub(super) close: FactId,
}

/// A tuple and what goes with it, as a format read it.
#[derive(Debug)]
pub(super) struct Tuple<'a> {
    pub(super) cells: Vec<Cell<'a>>,
    pub(super) validity: Option<Validity>,
    pub(super) span: Span,
}

impl<'p> Builder<'p> {
    pub(super) fn new(names: &'p Names<'p>, universe: Universe, as_of: i64) -> Self {
        let program = names.program;
        let mut standing = Table::filled(sort_count(program), Vec::new());
        for sort in program.sorts.ids() {
            standing[sort] = vec![Standing::Policy; universe.size(sort)];
        }
        Self {
            names,
            universe,
            facts: Facts::new(program.relations.len()),
            acts: IndexMap::default(),
            reports: Reports::new(),
            standing,
            lists: Vec::new(),
            dates: FxHashSet::default(),
            as_of,
        }
    }

    pub(super) fn program(&self) -> &'p Program {
        self.names.program
    }

    pub(super) fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.reports.add(Diagnostic::error(code, span, message));
    }

    /// Passes on what is there, and reports what is not.
    pub(super) fn take<T>(&mut self, result: Read<T>) -> Option<T> {
        result
            .map_err(|diagnostic| self.reports.add(*diagnostic))
            .ok()
    }

    pub(super) fn sort_name(&self, sort: SortId) -> &'p str {
        &self.program().sorts[sort].name
    }

    /// Declares the individual that `id` names.
    pub(super) fn declare(&mut self, sort: SortId, id: &Cell<'_>) -> Option<Value> {
        let value = self.value(sort, id)?;
        if self.program().sorts[sort].kind != SortKind::Entity {
            return Some(value);
        }
        let standing = self.standing[sort].get_mut(value.index() - 1)?;
        if let Standing::Declared(first) = *standing
            && first.file == id.span.file
            && sort != SortId::ACT
        {
            let name = self.universe.name(sort, value).unwrap_or_default();
            let message = format!("`{name}` is declared twice in this file");
            let diagnostic = Diagnostic::warning("duplicate-entity", id.span, message)
                .also(first, "first declared here")
                .note("what both say is taken together");
            self.reports.add(diagnostic);
        }
        *standing = Standing::Declared(id.span);
        Some(value)
    }

    /// The relation that `key` says of an individual of `sort`, and whether it denies it.
    pub(super) fn relation_of(
        &mut self,
        sort: SortId,
        key: &Key<'_>,
    ) -> Option<(RelationId, bool)> {
        let Some((relation, negated)) = self.names.relation(&key.text) else {
            self.unknown_relation(key, Some(sort));
            return None;
        };
        let columns = &self.program().relations[relation].columns;
        let first = columns.first().map(|column| column.sort);
        if first == Some(sort) {
            return Some((relation, negated));
        }
        let first = first.map_or("nothing", |first| self.sort_name(first));
        let message = format!(
            "`{}` says something of {}, not of {}",
            key.text,
            article(first),
            article(self.sort_name(sort))
        );
        let diagnostic = Diagnostic::error("wrong-sort", key.span, message).note(format!(
            "it is declared as `{}`",
            self.names.signature(relation)
        ));
        self.reports.add(diagnostic);
        None
    }

    /// Reports that no relation is called `key`.
    pub(super) fn unknown_relation(&mut self, key: &Key<'_>, sort: Option<SortId>) {
        if self.reports.is_full(key.span.file, "unknown-relation") {
            return;
        }
        let (name, _) = strip_not(&key.text);
        let likely: Vec<_> = match sort {
            Some(sort) => self.names.relations_of(sort).collect(),
            None => Vec::new(),
        };
        let all: Vec<_> = self.names.declared().map(|(_, name)| name).collect();
        let guess = match self.program().sort_named(name) {
            Some(_) => Some(format!(
                "`{name}` is a sort; its individuals are listed under its plural"
            )),
            None => self
                .reports
                .guess(name, likely)
                .or_else(|| self.reports.guess(name, all)),
        };
        let diagnostic = Diagnostic::error(
            "unknown-relation",
            key.span,
            format!("no relation is called `{name}`"),
        );
        self.reports.add(diagnostic.maybe_help(guess));
    }

    /// What a key of an individual says of it.
    pub(super) fn say(&mut self, subject: Value, sort: SortId, key: &Key<'_>, said: &Said<'_>) {
        let Some((relation, negated)) = self.relation_of(sort, key) else {
            return;
        };
        match self.program().relations[relation].arity() {
            1 => self.say_unary(subject, relation, negated, said),
            2 => self.say_binary(subject, relation, negated, said),
            _ => self.wrong_arity(relation, key.span, "a key can give one column only"),
        }
    }

    fn say_unary(&mut self, subject: Value, relation: RelationId, negated: bool, said: &Said<'_>) {
        let dated = match said {
            Said::One(dated) => dated,
            Said::Many { span, .. } => {
                self.wrong_arity(relation, *span, "write `true` or `false`");
                return;
            }
        };
        let holds = match dated.cell.kind {
            CellKind::Bool(holds) => holds,
            CellKind::Bare("true") => true,
            CellKind::Bare("false") => false,
            CellKind::Null => return,
            _ => {
                self.wrong_arity(relation, dated.cell.span, "write `true` or `false`");
                return;
            }
        };
        self.add(
            relation,
            holds == negated,
            &[subject],
            dated.cell.span,
            dated.validity.as_deref().copied(),
        );
    }

    /// Adds a tuple that is said to hold or, where `denied`, not to.
    pub(super) fn add(
        &mut self,
        relation: RelationId,
        denied: bool,
        tuple: &[Value],
        span: Span,
        validity: Option<Validity>,
    ) {
        if denied {
            self.facts.deny(relation, tuple, span, validity);
        } else {
            self.facts.assert(relation, tuple, span, validity);
        }
    }

    fn say_binary(&mut self, subject: Value, relation: RelationId, negated: bool, said: &Said<'_>) {
        match said {
            Said::One(dated) => self.say_value(subject, relation, negated, dated),
            Said::Many { items, open, span } => {
                let first = FactId::new(self.facts.len());
                for item in items {
                    self.say_value(subject, relation, negated, item);
                }
                if *open || negated {
                    return;
                }
                let close = self.facts.close(relation, &[subject], *span);
                self.lists.push(ListedRow {
                    relation,
                    subject,
                    first,
                    close,
                });
            }
        }
    }

    fn say_value(&mut self, subject: Value, relation: RelationId, negated: bool, said: &Dated<'_>) {
        let cell = &said.cell;
        if matches!(cell.kind, CellKind::Null) {
            return;
        }
        let columns = &self.program().relations[relation].columns;
        let Some(sort) = columns.last().map(|column| column.sort) else {
            return;
        };
        if let Some(value) = self.value(sort, cell) {
            self.add(
                relation,
                negated,
                &[subject, value],
                cell.span,
                said.validity.as_deref().copied(),
            );
        }
    }

    /// Adds a tuple of any width.
    pub(super) fn tuple(&mut self, relation: RelationId, denied: bool, tuple: &Tuple<'_>) {
        if let Some(values) = self.values(relation, &tuple.cells, tuple.span) {
            self.add(relation, denied, &values, tuple.span, tuple.validity);
        }
    }

    /// The values of a tuple of any width.
    pub(super) fn values(
        &mut self,
        relation: RelationId,
        cells: &[Cell<'_>],
        span: Span,
    ) -> Option<Vec<Value>> {
        let columns = &self.program().relations[relation].columns;
        if columns.len() != cells.len() {
            let found = match cells.len() {
                1 => "one value is given".to_owned(),
                count => format!("{count} values are given"),
            };
            self.wrong_arity(relation, span, &found);
            return None;
        }
        let values: Vec<_> = columns
            .iter()
            .zip(cells)
            .filter_map(|(column, cell)| self.value(column.sort, cell))
            .collect();
        (values.len() == columns.len()).then_some(values)
    }

    /// Reports that a relation does not have as many columns as is said of it.
    pub(super) fn wrong_arity(&mut self, relation: RelationId, span: Span, what: &str) {
        let row = &self.program().relations[relation];
        let message = match row.arity() {
            1 => format!("`{}` is true or false of one individual", row.name),
            arity => format!("`{}` has {arity} columns", row.name),
        };
        let mut diagnostic = Diagnostic::error("wrong-arity", span, message)
            .label(what)
            .note(format!(
                "it is declared as `{}`",
                self.names.signature(relation)
            ));
        if row.arity() > 2 {
            diagnostic = diagnostic.help("write its tuples under `relations`");
        }
        self.reports.add(diagnostic);
    }
}
