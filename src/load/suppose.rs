//! Facts as they would be: atoms assumed and retracted for a question, on top of what the files
//! say. They are written as in a policy, `partisan(photo-1)` or `not partisan(photo-1)`, and are
//! held against the vocabulary and the facts as if they stood in a file.

use std::sync::Arc;

use crate::base::{Diagnostic, FileId, Sources, Span, nearest};
use crate::lang::ast::{Atom, LiteralKind};
use crate::lang::{parse_literal, print_body};
use crate::program::{Program, RelationId, SortKind, Universe, Value};

use super::atom::ground;
use super::builder::Builder;
use super::case::Case;
use super::cell::{Cell, Key};
use super::checks;
use super::names::Names;

/// What is supposed: the facts as they would be, and the atoms in canonical form.
#[derive(Clone, Debug)]
pub struct Supposition {
    /// The individuals, with texts that only the atoms mention.
    pub universe: Universe,
    /// The facts.
    pub facts: crate::engine::Facts,
    /// What is assumed.
    pub assumed: Vec<String>,
    /// What is taken back.
    pub retracted: Vec<String>,
}

/// What an option asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mood {
    Assume,
    Retract,
}

/// An atom that was read.
struct Said {
    relation: RelationId,
    negated: bool,
    tuple: Vec<Value>,
    span: Span,
}

/// The facts of `case` less what `retracted` says, plus what `assumed` says; one atom in each
/// file. Nothing is supposed if anything is wrong. What rules make of it is for the engine.
pub fn suppose(
    program: &Program,
    case: &Case,
    sources: &Sources,
    assumed: &[FileId],
    retracted: &[FileId],
) -> (Option<Supposition>, Vec<Diagnostic>) {
    let names = Names::new(program);
    let mut builder = Builder::new(&names, case.universe.clone(), 0);
    builder.facts = case.facts.clone();
    let mut written = [Vec::new(), Vec::new()];
    let moods = [(Mood::Retract, retracted), (Mood::Assume, assumed)];
    for ((mood, files), written) in moods.into_iter().zip(&mut written) {
        for &file in files {
            let text = Arc::clone(&sources.get(file).text);
            let Some((said, text)) = read(&mut builder, mood, file, &text) else {
                continue;
            };
            written.push(text);
            match mood {
                Mood::Retract => retract(&mut builder, &said),
                Mood::Assume => assume(&mut builder, &said),
            }
        }
    }
    checks::check(&mut builder);
    let [retracted, assumed] = written;
    let errors = builder.reports.has_errors();
    let supposition = Supposition {
        universe: builder.universe,
        facts: builder.facts,
        assumed,
        retracted,
    };
    ((!errors).then_some(supposition), builder.reports.finish())
}

/// The atom that `text` is, with its canonical form.
fn read(builder: &mut Builder<'_>, mood: Mood, file: FileId, text: &str) -> Option<(Said, String)> {
    let (literal, diagnostics) = parse_literal(file, text);
    for diagnostic in diagnostics {
        builder.reports.add(diagnostic);
    }
    let literal = literal?;
    let span = Span::new(file, 0, text.len());
    let written = print_body(std::slice::from_ref(&literal));
    let LiteralKind::Atom { negated, atom } = literal.kind else {
        let message = "only an atom, or `not` and an atom, can be supposed";
        let diagnostic = Diagnostic::error("invalid-atom", span, message);
        let help = "write it as in a policy: `partisan(photo-1)`, `not partisan(photo-1)`";
        builder.reports.add(diagnostic.help(help));
        return None;
    };
    let relation = relation(builder, &atom)?;
    if mood == Mood::Assume {
        assumable(builder, relation, negated, atom.relation.span)?;
    }
    let cells = cells(builder, atom)?;
    let tuple = builder.values(relation, &cells, span)?;
    let said = Said {
        relation,
        negated,
        tuple,
        span,
    };
    Some((said, written))
}

fn relation(builder: &mut Builder<'_>, atom: &Atom) -> Option<RelationId> {
    let name = &atom.relation.node;
    if let Some((relation, _)) = builder.names.relation(name) {
        return Some(relation);
    }
    let key = Key {
        text: name.as_str().into(),
        span: atom.relation.span,
    };
    builder.unknown_relation(&key, None);
    None
}

/// Whether facts decide of the relation what is to be assumed of it.
fn assumable(
    builder: &mut Builder<'_>,
    relation: RelationId,
    negated: bool,
    span: Span,
) -> Option<()> {
    let program = builder.program();
    let row = &program.relations[relation];
    if row.open {
        return Some(());
    }
    let name = &row.name;
    let diagnostic = if negated {
        let message = format!("`{name}` is closed: what nobody states of it does not hold");
        Diagnostic::error("negated-closed-relation", span, message)
            .help("take a fact back with `--retract`, or what rules conclude it from")
    } else {
        let rules = program.rules.iter();
        let rule = rules
            .filter(|rule| rule.head.relation == relation)
            .min_by_key(|rule| rule.span);
        let Some(rule) = rule else {
            return Some(());
        };
        let message = format!("`{name}` means what its rules say, and cannot be assumed");
        Diagnostic::error("assumed-conclusion", span, message)
            .also(rule.span, "it follows from this")
            .help("assume what the rule asks for")
    };
    builder.reports.add(diagnostic);
    None
}

fn cells<'a>(builder: &mut Builder<'_>, atom: Atom) -> Option<Vec<Cell<'a>>> {
    let mut cells = Vec::new();
    for term in atom.terms {
        let span = term.span.0;
        let Some(cell) = ground(term, span) else {
            let message = "what is supposed has no variables";
            let diagnostic = Diagnostic::error("invalid-atom", span, message)
                .help("name the individual; a name that starts with a capital has single quotes");
            builder.reports.add(diagnostic);
            return None;
        };
        cells.push(cell);
    }
    Some(cells)
}

fn assume(builder: &mut Builder<'_>, said: &Said) {
    let facts = &mut builder.facts;
    facts.assume(said.relation, said.negated, &said.tuple, said.span);
}

fn retract(builder: &mut Builder<'_>, said: &Said) {
    let facts = &mut builder.facts;
    if facts.retract(said.relation, said.negated, &said.tuple) || is_undeclared(builder, said) {
        return;
    }
    let not = if said.negated { "not " } else { "" };
    let atom = builder.atom(said.relation, &said.tuple);
    let message = format!("the facts do not state `{not}{atom}`");
    let diagnostic =
        Diagnostic::error("not-stated", said.span, message).help(instead(builder, said, &atom));
    builder.reports.add(diagnostic);
}

/// Whether the atom has a name that nothing declares, which is told by itself.
fn is_undeclared(builder: &Builder<'_>, said: &Said) -> bool {
    let program = builder.program();
    let columns = &program.relations[said.relation].columns;
    columns.iter().zip(&said.tuple).any(|(column, value)| {
        let standing = &builder.standing[column.sort];
        let is_named = program.sorts[column.sort].kind == SortKind::Entity;
        let standing = value.index().checked_sub(1).and_then(|at| standing.get(at));
        is_named && matches!(standing, Some(super::builder::Standing::Mentioned(..)))
    })
}

/// What could be retracted in the place of an atom that nobody stated.
fn instead(builder: &Builder<'_>, said: &Said, atom: &str) -> String {
    let input = builder.facts.input(said.relation);
    let (own, opposite) = if said.negated {
        (&input.denied, &input.asserted)
    } else {
        (&input.asserted, &input.denied)
    };
    if opposite.iter().any(|(tuple, _)| *tuple == *said.tuple) {
        let not = if said.negated { "" } else { "not " };
        return format!("they state `{not}{atom}`");
    }
    let rules = builder.program().rules.iter();
    let mut rules = rules.filter(|rule| rule.head.relation == said.relation);
    let alike = own
        .iter()
        .filter(|(tuple, _)| tuple.first() == said.tuple.first())
        .map(|(tuple, _)| builder.atom(said.relation, tuple));
    let alike: Vec<_> = alike.collect();
    match nearest(atom, alike.iter().map(String::as_str)).or(alike.first().map(String::as_str)) {
        Some(near) => format!(
            "did you mean `{}{near}`?",
            if said.negated { "not " } else { "" }
        ),
        None if !said.negated && rules.next().is_some() => {
            "where it holds it follows from rules: take back what they rest on".to_owned()
        }
        None => "only what a fact file states can be taken back".to_owned(),
    }
}
