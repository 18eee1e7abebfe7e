//! The canonical form of a tree. Parsing it gives the tree again, so that printing what was
//! printed changes nothing; the order and the grouping of statements are the author's.
//!
//! A statement stands on one line if it fits in 100 columns, else each of its clauses has
//! lines of its own, except that a declaration's two texts share one if they fit. Comments inside a statement have been moved above it by the parser.

mod layout;
mod literal;
mod statement;

use std::fmt;

use super::ast::{
    Atom, Effect, Literal, Pattern, Program, Query, QueryKind, Statement, Target, TargetKind, Term,
};
use layout::{Clause, Layout, Page};

/// The canonical form of a file, with a line break at its end unless it is empty.
pub fn print_program(program: &Program) -> String {
    let mut page = Page::default();
    for statement in &program.statements {
        write_statement(&mut page, statement);
    }
    write_comments(&mut page, &program.trailing);
    page.into_text()
}

/// The canonical form of one statement with its comments, with a line break at its end.
pub fn print_statement(statement: &Statement) -> String {
    let mut page = Page::default();
    write_statement(&mut page, statement);
    page.into_text()
}

/// The canonical form of a question, without a full stop, with a line break at its end.
pub fn print_query(query: &Query) -> String {
    let mut page = Page::default();
    write_comments(&mut page, &query.comments);
    page.clauses(&question(&query.kind));
    page.end_line();
    page.into_text()
}

/// The canonical form of a conjunction, on one line.
pub fn print_body(body: &[Literal]) -> String {
    literal::body(body).flat()
}

/// A symbol as it stands among arguments: quoted where it is no name.
pub fn print_symbol(name: &str) -> String {
    literal::argument(name)
}

fn write_statement(page: &mut Page, statement: &Statement) {
    write_comments(page, &statement.comments);
    for line in &statement.doc {
        page.line(&commented("///", line));
    }
    let mut clauses = statement::clauses(&statement.kind);
    if let Some(last) = clauses.pop() {
        clauses.push(last.then("."));
    }
    page.clauses(&clauses);
    if let Some(remark) = &statement.remark {
        page.push(" ");
        page.push(&commented("//", remark));
    }
    page.end_line();
}

fn write_comments(page: &mut Page, comments: &[String]) {
    for line in comments {
        match line.as_str() {
            "" => page.end_line(),
            " " => page.line("//"),
            line => page.line(&commented("//", line)),
        }
    }
}

/// `line` behind `slashes`; one of slashes alone goes on with them.
fn commented(slashes: &str, line: &str) -> String {
    let is_rule = slashes == "//" && line.len() > 1 && line.bytes().all(|byte| byte == b'/');
    let space = if line.is_empty() || is_rule { "" } else { " " };
    format!("{slashes}{space}{line}")
}

fn question(kind: &QueryKind) -> Vec<Clause> {
    match kind {
        QueryKind::Body(body) => vec![Clause::first(literal::body(body))],
        QueryKind::Deontic {
            question,
            target,
            condition,
        } => {
            let asked = literal::target_kind(target);
            let word = Layout::word(question.node.words());
            let mut clauses = vec![Clause::first(Layout::parts(vec![word, asked]))];
            if !condition.is_empty() {
                let mut parts = vec![Layout::word("where")];
                parts.extend(literal::conditions(condition));
                clauses.push(Clause::further(Layout::parts(parts)));
            }
            clauses
        }
    }
}

/// Implements `Display` as the canonical form on one line.
macro_rules! display_on_one_line {
    ($($type:ty => $layout:path),+ $(,)?) => {$(
        /// The canonical form, on one line.
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&$layout(self).flat())
            }
        }
    )+};
}

display_on_one_line! {
    Atom => literal::atom,
    Literal => literal::literal,
    Pattern => literal::pattern,
    Target => literal::target,
    TargetKind => literal::target_kind,
    Effect => statement::effect,
}

/// The canonical form, as it stands among arguments.
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&literal::term(self))
    }
}
