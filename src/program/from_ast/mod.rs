//! From trees to the checked model: names resolved, sorts inferred, bodies in alternatives,
//! and every error of all files found.
//!
//! 1. What is named is declared (`declare.rs`, `declare_actions.rs`).
//! 2. Each statement is lowered by itself (`clause.rs`): rules and definitions, then scopes,
//!    then norms, notes and `never`.
//! 3. Definitions are put in their places (`definitions.rs`), and the whole is checked
//!    (`program/checks`).

mod body;
mod clause;
mod conjunction;
mod declare;
mod declare_actions;
mod declare_documents;
mod definitions;
mod duties;
mod expression;
mod finish;
mod infer;
mod moment;
mod names;
mod norms;
mod pattern;
mod questions;
mod reparations;
mod rules;
mod scopes;
mod sorts;
mod status;
mod target;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::base::{Diagnostic, FileId, Table};
use crate::lang::ast::{self, StatementKind as Ast};

use super::checks;
use super::{
    DocumentId, Mention, Never, Norm, NormId, Origin, Program, Rule, StatementKind, Strata,
    Universe, VariableSet,
};

use body::Reading;
use clause::{Clause, Context};
use conjunction::Renumber;
use declare::{Declarations, Identified, statements};
use definitions::Definition;
use names::Names;
use norms::Surroundings;
use rules::Draft;
use scopes::Scope;
use target::{Aim, Target};

pub use questions::{lower_act, lower_atom, lower_query};

/// Lowers and checks a policy set. The program may be used only if no diagnostic is an error.
pub fn from_ast(files: &[(FileId, ast::Program)]) -> (Program, Universe, Vec<Diagnostic>) {
    let (program, universe, mut found) = lower(files);
    let sound = !found.iter().any(Diagnostic::is_error);
    found.extend(check(&program, files, sound));
    Diagnostic::sort(&mut found);
    found.dedup();
    (program, universe, found)
}

/// Checks a policy set that was lowered; `sound` says whether without errors.
pub fn check(program: &Program, files: &[(FileId, ast::Program)], sound: bool) -> Vec<Diagnostic> {
    let mut found = checks::check_statements(files);
    let sound = sound && !found.iter().any(Diagnostic::is_error);
    found.extend(checks::check_program(program, files, sound));
    found
}

/// Lowers a policy set, which is still to be [checked](check). Repeated diagnostics are for the
/// caller to drop.
pub fn lower(files: &[(FileId, ast::Program)]) -> (Program, Universe, Vec<Diagnostic>) {
    let (declarations, identified) = declare::declare(files);
    let Declarations {
        program,
        universe,
        names,
        found,
    } = declarations;
    let mut lowering = Lowering {
        program,
        universe,
        names,
        found,
        mentions: Vec::new(),
    };
    let shared = lowering.shared_rules(files);
    let definitions = lowering.definitions(&identified);
    let (mut rules, copies) = definitions::build(&mut lowering.program, &shared, &definitions);
    for (&document, copied) in &copies {
        let entries = copied
            .iter()
            .map(|(&shared, &copy)| ((document, shared), copy));
        lowering.program.copies.extend(entries);
    }
    let mut surroundings = Surroundings {
        scopes: BTreeMap::new(),
        copies,
    };
    rules.extend(lowering.scopes(&identified, &mut surroundings));
    lowering.norms(&identified, &surroundings);
    rules.extend(lowering.consequence_rules());
    lowering.nevers(files);
    rules.sort_by_key(|rule| (rule.span.file, rule.span.start));
    lowering.finish(rules)
}

/// A policy set being lowered.
struct Lowering {
    program: Program,
    universe: Universe,
    names: Names,
    found: Vec<Diagnostic>,
    mentions: Vec<Mention>,
}

impl Lowering {
    fn context(&mut self, rule: bool) -> Context<'_> {
        Context {
            program: &self.program,
            names: &self.names,
            universe: &mut self.universe,
            found: &mut self.found,
            mentions: &mut self.mentions,
            question: false,
            rule,
        }
    }

    fn shared_rules(&mut self, files: declare::Files<'_>) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for statement in statements(files) {
            if let Ast::Rule(clause) = &*statement.kind {
                let mut context = self.context(true);
                let lowered = rules::lower_clause(&mut context, clause, statement.span.0);
                drafts.extend(lowered.into_iter().flatten());
            }
        }
        drafts
    }

    fn definitions(&mut self, identified: &[Identified<'_>]) -> Vec<Definition> {
        let mut definitions = Vec::new();
        for row in identified {
            let Ast::Define(define) = &*row.tree.kind else {
                continue;
            };
            let span = row.tree.span.0;
            let lowered = rules::lower_clause(&mut self.context(true), &define.clause, span);
            let relation = self.names.relation(&define.clause.head.relation);
            if let (Some(drafts), Ok(relation)) = (lowered, relation) {
                definitions.push(Definition {
                    statement: row.statement,
                    document: self.program.statements[row.statement].document,
                    relation,
                    negated: define.clause.negated,
                    drafts,
                    overrides: define
                        .overrides
                        .iter()
                        .filter_map(|other| self.names.statements.get(&other.node).copied())
                        .collect(),
                    span,
                });
            }
        }
        definitions
    }

    fn scopes(
        &mut self,
        identified: &[Identified<'_>],
        surroundings: &mut Surroundings,
    ) -> Vec<Rule> {
        let mut rules = Vec::new();
        for row in identified {
            let Ast::Scope(tree) = &*row.tree.kind else {
                continue;
            };
            let span = row.tree.span.0;
            let lowered = scopes::lower_scope(&mut self.context(false), tree, row.statement, span);
            if let Some((own, scope)) = lowered {
                let document = scope.document;
                rules.extend(own);
                surroundings.scopes.entry(document).or_default().push(scope);
            }
        }
        for (&document, scopes) in &surroundings.scopes {
            if scopes.iter().all(|scope: &Scope| scope.excludes) {
                let context = self.context(false);
                rules.extend(scopes::governs_all_others(&context, document));
            }
        }
        self.redirect(&mut rules, surroundings);
        rules
    }

    /// Scopes read their document's own definitions.
    fn redirect(&self, rules: &mut [Rule], surroundings: &Surroundings) {
        for rule in rules {
            let document: Option<DocumentId> = match rule.origin {
                Origin::Scope(statement) => Some(self.program.statements[statement].document),
                Origin::Governed(document) => Some(document),
                _ => None,
            };
            let copies = document.and_then(|document| surroundings.copies.get(&document));
            if let Some(copies) = copies {
                let mut body = conjunction::Conjunction::of(std::mem::take(&mut rule.body));
                body.redirect(copies);
                rule.body = body.literals;
            }
        }
    }

    /// Lowers the norms: at once as far as each can be lowered by itself, the others one after
    /// another, so that what comes out is that of one after another.
    fn norms(&mut self, identified: &[Identified<'_>], surroundings: &Surroundings) {
        let alone = self.norms_alone(identified, surroundings);
        for (row, alone) in identified.iter().zip(alone) {
            let lowered = match alone {
                Some((norms, mentions)) => {
                    self.mentions.extend(mentions);
                    norms
                }
                None => norms_of(&mut self.context(false), row, surroundings),
            };
            for (id, norm) in lowered {
                self.program.norms[id] = norm;
            }
        }
    }

    /// Each statement's norms with what they mention; nothing where there is an error, or a
    /// name that is new, whose value hangs on the statements before.
    fn norms_alone(
        &self,
        identified: &[Identified<'_>],
        surroundings: &Surroundings,
    ) -> Vec<Option<(Identities, Vec<Mention>)>> {
        let lower = |universe: &mut Universe, row: &Identified<'_>| {
            let (mut found, mut mentions) = (Vec::new(), Vec::new());
            let mut context = Context {
                program: &self.program,
                names: &self.names,
                universe,
                found: &mut found,
                mentions: &mut mentions,
                question: false,
                rule: false,
            };
            let norms = norms_of(&mut context, row, surroundings);
            if universe.len() > self.universe.len() {
                universe.clone_from(&self.universe);
                return None;
            }
            found.is_empty().then_some((norms, mentions))
        };
        let rows = identified.par_iter();
        rows.map_init(|| self.universe.clone(), lower).collect()
    }

    /// Consequences that no verdict is asked for are rules.
    fn consequence_rules(&self) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (id, norm) in self.program.norms.entries() {
            if norm.modality != super::Modality::Consequence {
                continue;
            }
            for arising in &norm.arises {
                if let super::Due::State { atom, .. } = &arising.due
                    && arising.body.late.is_empty()
                    && !arising.through_judged
                {
                    rules.push(Rule {
                        head: atom.clone(),
                        variables: arising.body.variables.clone(),
                        body: arising.body.literals.clone(),
                        origin: Origin::Consequence(id),
                        span: norm.span,
                    });
                }
            }
        }
        rules
    }

    fn nevers(&mut self, files: declare::Files<'_>) {
        for statement in statements(files) {
            if let Ast::Never(never) = &*statement.kind {
                let lowered = lower_never(&mut self.context(false), never, statement);
                self.program.nevers.extend(lowered);
            }
        }
    }

    fn finish(mut self, rules: Vec<Rule>) -> (Program, Universe, Vec<Diagnostic>) {
        self.program.rules = rules.into_iter().collect::<Table<_, _>>();
        self.program.strata = Strata::new(&self.program.relations, &self.program.rules);
        self.program.mentions = self.mentions;
        (self.program, self.universe, self.found)
    }
}

/// Norms with their places in the program.
type Identities = Vec<(NormId, Norm)>;

/// The norms of a statement.
fn norms_of(
    context: &mut Context<'_>,
    row: &Identified<'_>,
    surroundings: &Surroundings,
) -> Identities {
    match &*row.tree.kind {
        Ast::Norm(tree) => {
            let StatementKind::Norm(ids) = &context.program.statements[row.statement].kind else {
                return Vec::new();
            };
            let aim = Aim::of(&tree.effect.node);
            let lowered = norms::lower_norm(context, tree, aim, ids, surroundings);
            let norms = lowered.into_iter().flatten();
            ids.iter().copied().zip(norms).collect()
        }
        Ast::Note(note) => norms_of_note(context, note, row, surroundings),
        _ => Vec::new(),
    }
}

/// A note that is shown with acts: a norm that derives nothing.
fn norms_of_note(
    context: &mut Context<'_>,
    note: &ast::Note,
    row: &Identified<'_>,
    surroundings: &Surroundings,
) -> Identities {
    if let ast::Reason::Duplicate(other) = &note.reason
        && !context.names.statements.contains_key(&other.node)
    {
        let known = context.names.statements.keys();
        let found = names::unknown("unknown-reference", "statement", other, known);
        context.found.push(found);
    }
    let kind = &context.program.statements[row.statement].kind;
    let (StatementKind::Note(Some(id)), Some((pattern, when))) = (kind, &note.purpose) else {
        return Vec::new();
    };
    let id = *id;
    let tree = ast::Norm {
        id: note.id.clone(),
        header: note.header.clone(),
        effect: ast::Spanned {
            node: ast::Effect::Consider(pattern.clone(), None),
            span: note.id.span,
        },
        per: None,
        within: None,
        when: when.clone(),
        unless: Vec::new(),
        overrides: Vec::new(),
        otherwise: None,
    };
    let aim = Aim {
        modality: super::Modality::AlsoCheck,
        target: Target::Act(pattern),
    };
    let lowered = norms::lower_norm(context, &tree, aim, &[id], surroundings);
    let norms = lowered.into_iter().flatten();
    norms.map(|norm| (id, norm)).collect()
}

fn lower_never(
    context: &mut Context<'_>,
    tree: &ast::Never,
    statement: &ast::Statement,
) -> Option<Never> {
    let mut clause = Clause::new(context);
    clause.see_body(&tree.body);
    if !clause.settle() {
        return None;
    }
    let mut renumber = Renumber::default();
    let mut alternatives = Vec::new();
    for mut conjunction in clause.body(&tree.body, Reading::Rule) {
        clause.finish(&mut conjunction, &VariableSet::default(), &[]);
        renumber.conjunction(&mut conjunction.literals, &mut []);
        alternatives.push(conjunction.literals);
    }
    (!clause.failed).then(|| Never {
        variables: renumber.variables(&clause.variables),
        alternatives,
        texts: declare::texts(&tree.texts),
        span: statement.span.0,
    })
}
