//! Acts: what a format read of one becomes its rows.

use indexmap::map::Entry;

use crate::base::{Diagnostic, Span};
use crate::lang::ast::Role;
use crate::program::visit::mentions;
use crate::program::{ActionId, LiteralKind, Mode, Norm, Program, SortId, Term, Value};

use super::atom::read_atom;
use super::builder::Builder;
use super::case::{Act, Expect};
use super::cell::{Cell, CellKind, Key, Said};
use super::names::ActPlan;

/// The keys of an act that are neither roles nor relations.
pub(super) const KEYS: [&str; 8] = [
    "id",
    "is",
    "action",
    "situation",
    "performed",
    "planned",
    "omitted",
    "expect",
];

/// The words for modes; a question has none.
const MODES: [(&str, Mode); 3] = [
    ("performed", Mode::Performed),
    ("planned", Mode::Planned),
    ("omitted", Mode::Omitted),
];

/// The mode that a key gives an act.
pub(super) fn mode_named(word: &str) -> Option<Mode> {
    let mode = MODES.into_iter().find(|(name, _)| *name == word);
    mode.map(|(_, mode)| mode)
}

/// An act as a format read it.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// Where it stands.
    pub(super) span: Span,
    pub(super) id: Option<Cell<'a>>,
    pub(super) action: Option<Cell<'a>>,
    pub(super) situation: Option<Cell<'a>>,
    pub(super) mode: Option<(Mode, Span)>,
    pub(super) expect: Option<Expect>,
    pub(super) roles: Vec<(Role, Key<'a>, Said<'a>)>,
    /// Relations whose first column is the act.
    pub(super) relations: Vec<(Key<'a>, Said<'a>)>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(span: Span) -> Self {
        Self {
            span,
            id: None,
            action: None,
            situation: None,
            mode: None,
            expect: None,
            roles: Vec::new(),
            relations: Vec::new(),
        }
    }

    /// Keeps what `key` says, a role or a relation.
    pub(super) fn say(&mut self, key: Key<'a>, said: Said<'a>) {
        match Role::from_word(&key.text) {
            Some(role) => self.roles.push((role, key, said)),
            None => self.relations.push((key, said)),
        }
    }
}

/// An action with the arguments of a situation.
type Kind = (ActionId, Vec<Value>);

impl Builder<'_> {
    /// Records what the key of a mode says.
    pub(super) fn set_mode(
        &mut self,
        draft: &mut Draft<'_>,
        mode: Mode,
        key: Span,
        cell: &Cell<'_>,
    ) {
        match cell.kind {
            CellKind::Bool(true) | CellKind::Bare("true") => {}
            CellKind::Bool(false) | CellKind::Bare("false") | CellKind::Null => return,
            _ => {
                let message = format!("expected `true` or `false`, found {}", cell.kind.describe());
                self.error("wrong-shape", cell.span, message);
                return;
            }
        }
        if let Some((_, first)) = draft.mode.replace((mode, key)) {
            let message = "an act is performed, planned or omitted, and only one of them";
            let diagnostic = Diagnostic::error("contradictory-facts", key, message)
                .also(first, "said to be otherwise here");
            self.reports.add(diagnostic);
        }
    }

    /// Adds an act and all that is said of it.
    pub(super) fn act(&mut self, draft: Draft<'_>) {
        let Some(id) = &draft.id else {
            self.error("missing-id", draft.span, "an act has no `id`");
            return;
        };
        let kind = self.kind(&draft, id);
        let Some(value) = self.declare(SortId::ACT, id) else {
            return;
        };
        for (key, said) in &draft.relations {
            self.act_relation(value, key, said);
        }
        let Some((action, arguments)) = kind else {
            return;
        };
        let plan = &self.names.plans[action];
        let mut roles = self.fill_roles(value, action, plan, &draft, id);
        let at = self.moment_of(&draft, id);
        roles.extend(self.state_moment(value, plan, at));
        self.rows(value, plan, &arguments, &draft, id.span);
        self.record(Act {
            value,
            name: self
                .universe
                .name(SortId::ACT, value)
                .unwrap_or_default()
                .to_owned(),
            action,
            roles,
            arguments,
            mode: draft.mode.map_or(Mode::Question, |(mode, _)| mode),
            at: at.0,
            span: id.span,
            expect: draft.expect,
        });
    }

    fn record(&mut self, act: Act) {
        match self.acts.entry(act.value) {
            Entry::Vacant(entry) => drop(entry.insert(act)),
            Entry::Occupied(entry) => {
                let message = format!("two acts are called `{}`", act.name);
                let diagnostic = Diagnostic::error("duplicate-act", act.span, message)
                    .also(entry.get().span, "the first is here");
                self.reports.add(diagnostic);
            }
        }
    }

    fn kind(&mut self, draft: &Draft<'_>, id: &Cell<'_>) -> Option<Kind> {
        match (&draft.action, &draft.situation) {
            (Some(action), None) => Some((self.action(action)?, Vec::new())),
            (None, Some(situation)) => self.situation(situation),
            (Some(_), Some(situation)) => {
                let message = "an act has an `action` or a `situation`, not both";
                self.error("wrong-shape", situation.span, message);
                None
            }
            (None, None) => {
                let diagnostic =
                    Diagnostic::error("missing-action", id.span, "the act has no `action`")
                        .help("add `\"action\": \"…\"`, or `\"situation\": \"relation(…)\"`");
                self.reports.add(diagnostic);
                None
            }
        }
    }

    fn action(&mut self, cell: &Cell<'_>) -> Option<ActionId> {
        let name = match &cell.kind {
            CellKind::Text(name) => name,
            CellKind::Bare(name) => *name,
            other => {
                let message = format!("expected the name of an action, found {}", other.describe());
                self.error("wrong-shape", cell.span, message);
                return None;
            }
        };
        let action = self.names.action(name);
        if action.is_none() {
            let known = self.program().actions.iter();
            let known = known.filter(|action| action.situation.is_none());
            let guess = self
                .reports
                .guess(name, known.map(|action| action.name.as_str()));
            let message = format!("no action is called `{name}`");
            let diagnostic = Diagnostic::error("unknown-action", cell.span, message);
            self.reports.add(diagnostic.maybe_help(guess));
        }
        action
    }

    /// The situation that an atom holds, written as in a policy.
    fn situation(&mut self, cell: &Cell<'_>) -> Option<Kind> {
        let read = read_atom(cell);
        let (key, arguments) = self.take(read)?;
        let Some((relation, false)) = self.names.relation(&key.text) else {
            self.unknown_relation(&key, None);
            return None;
        };
        let columns = &self.program().relations[relation].columns;
        if columns.len() != arguments.len() {
            self.wrong_arity(relation, key.span, "");
            return None;
        }
        let Some(action) = self.names.situation(relation) else {
            let message = format!("no norm speaks of `{}` as a situation", key.text);
            self.error("unknown-situation", key.span, message);
            return None;
        };
        let values: Vec<_> = columns
            .iter()
            .zip(&arguments)
            .enumerate()
            .filter_map(|(index, (column, argument))| match argument.kind {
                CellKind::Null => self.some_individual(action, index, argument.span),
                _ => self.value(column.sort, argument),
            })
            .collect();
        (values.len() == columns.len()).then_some((action, values))
    }

    /// `_` in a situation: some individual, whichever; of which no norm may ask more.
    fn some_individual(&mut self, action: ActionId, column: usize, span: Span) -> Option<Value> {
        let program = self.program();
        let norms = program.norms.iter();
        let mut speaking = norms.filter(|norm| norm.actions.contains(&action));
        let Some(asking) = speaking.find(|norm| asks_which(program, norm, action, column)) else {
            return Some(Value::UNKNOWN);
        };
        let message = format!("`_` does not say which, and `{}` asks for it", asking.id);
        let diagnostic = Diagnostic::error("invalid-atom", span, message);
        self.reports
            .add(diagnostic.help("name the individual that it is about"));
        None
    }

    fn act_relation(&mut self, value: Value, key: &Key<'_>, said: &Said<'_>) {
        if self.names.relation(&key.text).is_some() {
            self.say(value, SortId::ACT, key, said);
            return;
        }
        if self.reports.is_full(key.span.file, "unknown-relation") {
            return;
        }
        let mut known: Vec<&str> = self.names.relations_of(SortId::ACT).collect();
        known.extend(KEYS.iter().copied());
        known.extend(Role::ALL.iter().map(|role| role.word()));
        let guess = self.reports.guess(&key.text, known);
        let message = format!("`{}` is neither a role nor a relation of acts", key.text);
        let diagnostic = Diagnostic::error("unknown-relation", key.span, message);
        self.reports.add(diagnostic.maybe_help(guess));
    }

    /// The rows of an act that do not depend on what fills its roles.
    fn rows(
        &mut self,
        act: Value,
        plan: &ActPlan,
        arguments: &[Value],
        draft: &Draft<'_>,
        id: Span,
    ) {
        let program = self.program();
        let kind = draft.action.as_ref().or(draft.situation.as_ref());
        let kind = kind.map_or(id, |cell| cell.span);
        for &relation in &plan.relations {
            self.facts.assert(relation, &[act], kind, None);
        }
        if let Some(relation) = plan.arguments {
            let mut row = Vec::with_capacity(arguments.len() + 1);
            row.push(act);
            row.extend_from_slice(arguments);
            self.facts.assert(relation, &row, kind, None);
        }
        for &relation in &plan.absent {
            self.facts.close(relation, &[act], id);
        }
        self.facts
            .assert(program.builtin.recorded, &[act], id, None);
        if let Some((mode, span)) = draft.mode {
            let relation = match mode {
                Mode::Performed => program.builtin.done,
                Mode::Planned => program.builtin.planned,
                Mode::Omitted => program.builtin.omitted,
                Mode::Question => return,
            };
            self.facts.assert(relation, &[act], span, None);
        }
    }
}

/// Whether a norm about situations asks more of what stands in a column than that there is one.
fn asks_which(program: &Program, norm: &Norm, action: ActionId, column: usize) -> bool {
    let situation = program.actions[action].arguments;
    norm.bodies.iter().any(|body| {
        body.literals.iter().enumerate().any(|(index, literal)| {
            let LiteralKind::Positive(atom) = &literal.kind else {
                return false;
            };
            if Some(atom.relation) != situation {
                return false;
            }
            match atom.terms.get(column + 1) {
                Some(Term::Any) | None => false,
                Some(Term::Constant(_)) => true,
                Some(Term::Variable(variable)) => {
                    let mut others = body.literals.iter().enumerate();
                    let elsewhere = others
                        .any(|(other, literal)| other != index && mentions(literal, *variable));
                    let again = atom
                        .terms
                        .iter()
                        .filter(|&&term| term == Term::Variable(*variable));
                    elsewhere || again.count() > 1 || !body.late.is_empty()
                }
            }
        })
    })
}
