//! One statement on its way from tree to model. Its variables are numbered over the whole
//! statement; what comes out of it (rules, bodies) is renumbered at the end.
//!
//! Every part of the statement is *seen* first, which settles the sorts of its variables
//! (`infer.rs`); then parts are lowered, some more than once (`body.rs`, `pattern.rs`).

use std::collections::BTreeMap;

use crate::base::{Diagnostic, Id, Span, Table, nearest};
use crate::lang::ast::{self, Name, Role, TermKind};
use crate::program::{
    ActionId, Atom, Mention, Program, SortId, SortKind, Term, Universe, Value, Variable,
    VariableId, Variables,
};

use super::names::{Names, Unresolved};
use super::sorts::{Inference, Sorts};

/// What a statement is lowered with.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) program: &'a Program,
    pub(super) names: &'a Names,
    pub(super) universe: &'a mut Universe,
    pub(super) found: &'a mut Vec<Diagnostic>,
    pub(super) mentions: &'a mut Vec<Mention>,
    /// A question: names must be known already.
    pub(super) question: bool,
    /// A rule: what it mentions is thereby known.
    pub(super) rule: bool,
}

/// A statement being lowered.
#[derive(Debug)]
pub(super) struct Clause<'a, 'c> {
    pub(super) context: &'c mut Context<'a>,
    pub(super) variables: Variables,
    pub(super) names: BTreeMap<String, VariableId>,
    /// Where each variable first stands.
    pub(super) places: Table<VariableId, Span>,
    pub(super) inference: Inference,
    /// Comparisons whose sort depends on those of several variables.
    pub(super) arithmetic: Vec<(ast::Expression, ast::Expression)>,
    /// Inside a count.
    pub(super) counting: bool,
    /// An error was found: nothing is made of the statement.
    pub(super) failed: bool,
}

/// The act that a norm judges, in every norm body.
pub(super) const JUDGED: VariableId = VariableId(0);

impl<'a, 'c> Clause<'a, 'c> {
    /// A statement without an act of its own.
    pub(super) fn new(context: &'c mut Context<'a>) -> Self {
        Self {
            context,
            variables: Table::new(),
            names: BTreeMap::new(),
            places: Table::new(),
            inference: Inference::default(),
            arithmetic: Vec::new(),
            counting: false,
            failed: false,
        }
    }

    /// A statement about the act [`JUDGED`], which `label` names.
    pub(super) fn about_act(
        context: &'c mut Context<'a>,
        label: Option<&Name>,
        span: Span,
    ) -> Self {
        let mut clause = Self::new(context);
        let act = clause.fresh_seen(label.map_or(span, |label| label.span));
        if let Some(label) = label {
            clause.names.insert(label.node.clone(), act);
        }
        let sorts = Sorts::from([SortId::ACT]);
        // A new variable goes with any sort.
        let _ = clause.inference.narrow(act, &sorts, span);
        clause
    }

    /// Reports an error of the statement.
    pub(super) fn fail(&mut self, diagnostic: Diagnostic) {
        self.context.found.push(diagnostic);
        self.failed = true;
    }

    /// Reports a name that stands for nothing.
    pub(super) fn fail_name(&mut self, unresolved: Unresolved) {
        self.context.found.extend(unresolved.map(|found| *found));
        self.failed = true;
    }

    fn fresh_seen(&mut self, span: Span) -> VariableId {
        self.places.push(span);
        self.inference.add()
    }

    /// The variable called `name` while the statement is being seen.
    pub(super) fn seen(&mut self, name: &str, span: Span) -> VariableId {
        if let Some(&variable) = self.names.get(name) {
            return variable;
        }
        let variable = self.fresh_seen(span);
        self.names.insert(name.to_owned(), variable);
        variable
    }

    /// Ends the seeing: every variable has one sort now, or an error is reported. `false` if
    /// the statement has errors.
    pub(super) fn settle(&mut self) -> bool {
        self.settle_arithmetic();
        let names: BTreeMap<VariableId, String> = self
            .names
            .iter()
            .map(|(name, &variable)| (variable, name.clone()))
            .collect();
        for variable in self.inference.variables() {
            let sort = self.inference.sort(variable);
            let name = names.get(&variable);
            if sort.is_none() && !self.failed {
                self.ambiguous(variable, name);
            }
            self.variables.push(Variable {
                name: name.map(|name| name.as_str().into()),
                sort: sort.unwrap_or(SortId::ACT),
            });
        }
        !self.failed
    }

    fn ambiguous(&mut self, variable: VariableId, name: Option<&String>) {
        let name = name.map_or("the act", String::as_str);
        let span = self.places[variable];
        let diagnostic = match self.inference.candidates(variable) {
            Some(sorts) => Diagnostic::error(
                "ambiguous-sort",
                span,
                format!("`{name}` may be of several sorts"),
            )
            .label(self.sort_names(sorts))
            .help(format!(
                "say which: `{}({name})`",
                self.sort_names(&sorts.iter().take(1).collect())
            )),
            None => Diagnostic::error(
                "unsafe-variable",
                span,
                format!("nothing says what `{name}` is"),
            )
            .label("stands in comparisons alone")
            .help("name it in a condition that is not a comparison"),
        };
        self.fail(diagnostic);
    }

    /// `account or content`.
    pub(super) fn sort_names(&self, sorts: &Sorts) -> String {
        super::declare::sort_names(self.context.program, sorts)
    }

    /// A new variable without a name.
    pub(super) fn fresh(&mut self, sort: SortId, span: Span) -> VariableId {
        self.copy(Variable { name: None, sort }, span)
    }

    /// A new variable like another.
    pub(super) fn copy(&mut self, variable: Variable, span: Span) -> VariableId {
        self.places.push(span);
        self.variables.push(variable)
    }

    /// The sorts that `role` can have in acts of `action`: of the action itself, or of some
    /// action below it.
    pub(super) fn role_sorts(&self, action: ActionId, role: Role) -> Sorts {
        let sorts = self.context.names.role_sorts.get(&(action, role));
        sorts.cloned().unwrap_or_default()
    }

    /// Whether a constant can be of `sort`.
    pub(super) fn accepts(&self, sort: SortId, kind: &TermKind) -> bool {
        match (self.context.program.sorts[sort].kind, kind) {
            (SortKind::Entity, TermKind::Symbol(name) | TermKind::Text(name)) => {
                !self.context.question || self.context.universe.get(sort, name).is_some()
            }
            (SortKind::Enumerated, TermKind::Symbol(name) | TermKind::Text(name)) => {
                self.context.universe.get(sort, name).is_some()
            }
            (SortKind::Integer, TermKind::Integer(_))
            | (SortKind::Date, TermKind::Date(_))
            | (SortKind::Text, TermKind::Text(_))
            | (_, TermKind::Any | TermKind::Variable(_)) => true,
            _ => false,
        }
    }

    /// The sort of `candidates` that a constant is of; reports it if there is none or many.
    pub(super) fn constant_sort(&mut self, candidates: &Sorts, term: &ast::Term) -> Option<SortId> {
        let span = term.span.0;
        let fitting: Sorts = candidates
            .iter()
            .filter(|&sort| self.accepts(sort, &term.kind))
            .collect();
        if fitting.len() > 1 {
            let sorts = self.sort_names(&fitting);
            self.fail(
                Diagnostic::error("ambiguous-sort", span, "the name may be of several sorts")
                    .label(sorts)
                    .help("bind a variable to it and name its sort: `X = …, account(X)`"),
            );
        } else if fitting.is_empty() {
            self.misfit(candidates, term);
        }
        fitting.first().filter(|_| fitting.len() == 1)
    }

    /// Reports a constant that is of none of `candidates`.
    fn misfit(&mut self, candidates: &Sorts, term: &ast::Term) {
        let span = term.span.0;
        let sorts = self.sort_names(candidates);
        let names = matches!(term.kind, TermKind::Symbol(_) | TermKind::Text(_));
        let named = candidates.iter().any(|sort| {
            let kind = self.context.program.sorts[sort].kind;
            matches!(kind, SortKind::Entity | SortKind::Enumerated)
        });
        if let (true, true, TermKind::Symbol(name) | TermKind::Text(name)) =
            (names, named, &term.kind)
        {
            let universe = &self.context.universe;
            let known = candidates.iter().flat_map(|sort| universe.names(sort));
            let guess = nearest(name, known).map(|guess| format!("did you mean `{guess}`?"));
            let found = Diagnostic::error(
                "unknown-name",
                span,
                format!("no {sorts} is called `{name}`"),
            );
            self.fail(found.label(format!("unknown {sorts}")).maybe_help(guess));
            return;
        }
        let found = Diagnostic::error(
            "sort-mismatch",
            span,
            format!("{} stands where {sorts} is due", described(&term.kind)),
        );
        let help = match &term.kind {
            TermKind::Symbol(name) if candidates.contains(SortId::TEXT) => {
                Some(format!("a text stands between quotes: `\"{name}\"`"))
            }
            _ => None,
        };
        self.fail(found.label(format!("{sorts} is due here")).maybe_help(help));
    }

    /// A constant as a value of `sort`, which accepts it.
    pub(super) fn value(&mut self, sort: SortId, term: &ast::Term) -> Option<Value> {
        let span = term.span.0;
        let number = match &term.kind {
            TermKind::Symbol(name) | TermKind::Text(name) => {
                let value = self.context.universe.intern(sort, name);
                if self.context.program.sorts[sort].kind == SortKind::Entity {
                    let rule = self.context.rule;
                    self.context.mentions.push(Mention {
                        sort,
                        value,
                        rule,
                        span,
                    });
                }
                return Some(value);
            }
            TermKind::Integer(number) => *number,
            TermKind::Date(date) => date.minutes,
            TermKind::Variable(_) | TermKind::Any => return None,
        };
        let value = Value::from_number(number);
        if value.is_none() {
            self.fail(
                Diagnostic::error("number-out-of-range", span, "the number is too large")
                    .label("numbers lie between -2147483647 and 2147483647"),
            );
        }
        value
    }

    /// A term of a column of `sort`.
    pub(super) fn term(&mut self, sort: SortId, term: &ast::Term) -> Option<Term> {
        match &term.kind {
            TermKind::Variable(name) => self.names.get(name).copied().map(Term::Variable),
            TermKind::Any => Some(Term::Any),
            _ => self.value(sort, term).map(Term::Constant),
        }
    }

    /// An atom that has been seen without errors.
    pub(super) fn atom(&mut self, atom: &ast::Atom) -> Option<Atom> {
        let relation = self.context.names.relation(&atom.relation).ok()?;
        let sorts: Vec<_> = self.context.program.relations[relation]
            .columns
            .iter()
            .map(|column| column.sort)
            .collect();
        let terms = sorts
            .into_iter()
            .zip(&atom.terms)
            .map(|(sort, term)| self.term(sort, term))
            .collect::<Option<_>>()?;
        Some(Atom { relation, terms })
    }

    /// The name of a variable, for messages.
    pub(super) fn name_of(&self, variable: VariableId) -> String {
        self.variables
            .row(variable)
            .and_then(|variable| variable.name.as_deref())
            .map_or_else(|| format!("_{}", variable.index()), str::to_owned)
    }
}

/// What a term is, for messages.
pub(super) fn described(kind: &TermKind) -> String {
    match kind {
        TermKind::Variable(name) => format!("`{name}`"),
        TermKind::Symbol(name) => format!("the name `{name}`"),
        TermKind::Integer(number) => format!("the number `{number}`"),
        TermKind::Date(_) => "a date".to_owned(),
        TermKind::Text(_) => "a text".to_owned(),
        TermKind::Any => "`_`".to_owned(),
    }
}
