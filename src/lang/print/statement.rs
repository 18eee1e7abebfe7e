//! Statements in canonical form, as clauses that stand on one line or on lines of their own.

use crate::lang::ast::{
    Action, Clause as Rule, Define, Direction, Document, Effect, Header, Literal, Name, Never,
    Norm, Note, Otherwise, Parameter, Pattern, Per, Reason, Reference, Relation, Scope, Sort,
    StatementKind, Target, TargetKind, Texts, Within,
};

use super::layout::{Clause, Layout, separated};
use super::literal::{
    argument, atom, body, conditions as literals, pattern, quoted, roles, symbol, target,
    target_alone,
};

/// The clauses of a statement, without its full stop; at least one.
pub(super) fn clauses(kind: &StatementKind) -> Vec<Clause> {
    match kind {
        StatementKind::Sort(declared) => vec![sort(declared)],
        StatementKind::Document(declared) => document(declared),
        StatementKind::Relation(declared) => relation(declared),
        StatementKind::Action(declared) => action(declared),
        StatementKind::Define(rule) => define(rule),
        StatementKind::Scope(limits) => scope(limits),
        StatementKind::Norm(laid_down) => norm(laid_down),
        StatementKind::Note(accounted) => note(accounted),
        StatementKind::Never(constraint) => never(constraint),
        StatementKind::Resolve(principles) => {
            vec![Clause::first(worded("resolve by", names(principles)))]
        }
        StatementKind::Rule(stated) => free_rule(stated),
    }
}

/// `word` and, with a space between, `layouts`.
fn worded(word: &str, layouts: Vec<Layout>) -> Layout {
    let mut parts = vec![Layout::word(word)];
    parts.extend(layouts);
    Layout::parts(parts)
}

/// Names with commas between them.
fn names(names: &[Name]) -> Vec<Layout> {
    let words = names.iter().map(|name| Layout::word(&name.node));
    separated(words.collect(), ",")
}

/// `en "…"` and `fr "…"`, as far as they are given.
fn texts(texts: &Texts) -> impl Iterator<Item = Layout> {
    let given = [("en", &texts.en), ("fr", &texts.fr)];
    given.into_iter().filter_map(|(language, text)| {
        let text = quoted(&text.as_ref()?.node, '"');
        Some(Layout::word(format!("{language} {text}")))
    })
}

/// The words of a declaration, both languages on one line if they fit.
fn templates(given: &Texts) -> Option<Clause> {
    let parts: Vec<_> = texts(given).collect();
    let parts = Some(parts).filter(|parts| !parts.is_empty())?;
    Some(Clause::body(Layout::parts(parts)))
}

fn sort(sort: &Sort) -> Clause {
    let word = format!("sort {}", sort.name.node);
    let Some(members) = &sort.members else {
        return Clause::first(Layout::word(word));
    };
    let members = members
        .iter()
        .map(|member| Layout::word(argument(&member.node)));
    let members = separated(members.collect(), ",");
    Clause::first(worded(&format!("{word} ="), members))
}

fn document(document: &Document) -> Vec<Clause> {
    let mut clauses = vec![Clause::first(Layout::word(format!(
        "document {}",
        document.name.node
    )))];
    let mut add = |parts: Vec<Layout>| {
        if !parts.is_empty() {
            clauses.push(Clause::further(Layout::parts(parts)));
        }
    };
    let title: Vec<_> = texts(&document.title).collect();
    if !title.is_empty() {
        add(vec![Layout::parts(title).after("title ")]);
    }
    let facts = [
        ("jurisdiction", &document.jurisdiction),
        ("publisher", &document.publisher),
        ("rank", &document.rank),
    ];
    let facts = facts.into_iter().filter_map(|(word, name)| {
        let name = symbol(&name.as_ref()?.node);
        Some(Layout::word(format!("{word} {name}")))
    });
    add(facts.collect());
    let dates = [("from", &document.from), ("until", &document.until)];
    let dates = dates.into_iter().filter_map(|(word, date)| {
        let date = date.as_ref()?.node;
        Some(Layout::word(format!("{word} {date}")))
    });
    let dates: Vec<_> = dates.collect();
    if !dates.is_empty() {
        add(vec![worded("in force", dates)]);
    }
    if let Some((file, hash)) = &document.source {
        add(vec![
            Layout::word(format!("source {}", quoted(&file.node, '"'))),
            Layout::word(format!("sha256 {}", quoted(&hash.node, '"'))),
        ]);
    }
    clauses
}

fn parameter(parameter: &Parameter) -> String {
    format!("{}: {}", parameter.name.node, parameter.sort.node)
}

fn relation(relation: &Relation) -> Vec<Clause> {
    let open = if relation.open { "open " } else { "" };
    let fixed = if relation.fixed { "fixed " } else { "" };
    let columns = relation.parameters.iter().map(parameter).map(Layout::word);
    let mut head = Layout::parts(separated(columns.collect(), ","))
        .after(&format!("{open}{fixed}relation {}(", relation.name.node))
        .then(")");
    if let Some(value) = &relation.value {
        head = head.then(&format!(" = {}", parameter(value)));
    }
    let mut clauses = vec![Clause::first(head)];
    clauses.extend(templates(&relation.texts));
    clauses
}

fn action(action: &Action) -> Vec<Clause> {
    let roles = action.roles.iter().map(|role| {
        let mark = if role.optional { "?" } else { "" };
        let word = role.role.node.word();
        Layout::word(format!("{word}{mark}: {}", role.sort.node))
    });
    let mut parts = vec![
        Layout::parts(separated(roles.collect(), ","))
            .after(&format!("action {}(", action.name.node))
            .then(")"),
    ];
    if !action.parents.is_empty() {
        parts.push(worded("is", names(&action.parents)));
    }
    let mut clauses = vec![Clause::first(Layout::parts(parts))];
    clauses.extend(templates(&action.texts));
    clauses
}

/// The keyword, id and header of a statement that cites its source.
fn header(keyword: &str, id: &Reference, header: &Header) -> Vec<Clause> {
    let mut first = vec![Layout::word(format!("{keyword} {}", id.node))];
    if !header.lines.is_empty() {
        let ranges = header.lines.iter().map(|range| match range.node {
            (first, last) if first == last => Layout::word(first.to_string()),
            (first, last) => Layout::word(format!("{first}-{last}")),
        });
        first.push(worded("lines", separated(ranges.collect(), ",")));
    }
    let mut clauses = vec![Clause::first(Layout::parts(first))];
    clauses.extend(texts(&header.texts).map(Clause::further));
    clauses
}

/// `when …` and `unless …`.
fn conditions(when: &[Literal], unless: &[Vec<Literal>]) -> Vec<Clause> {
    let mut clauses = Vec::new();
    if !when.is_empty() {
        clauses.push(Clause::further(worded("when", literals(when))));
    }
    let exceptions = unless
        .iter()
        .map(|exception| worded("unless", literals(exception)));
    clauses.extend(exceptions.map(Clause::further));
    clauses
}

fn overrides(ids: &[Reference]) -> Option<Clause> {
    let ids = Some(ids).filter(|ids| !ids.is_empty())?;
    Some(Clause::further(worded("overrides", names(ids))))
}

/// `[not] R(…)`, and ` :-` where a body follows.
fn rule_head(rule: &Rule) -> Layout {
    let not = if rule.negated { "not " } else { "" };
    let sign = if rule.body.is_empty() { "" } else { " :-" };
    atom(&rule.head).after(not).then(sign)
}

fn free_rule(rule: &Rule) -> Vec<Clause> {
    let mut clauses = vec![Clause::first(rule_head(rule))];
    if !rule.body.is_empty() {
        clauses.push(Clause::body(body(&rule.body)));
    }
    clauses.extend(conditions(&[], &rule.unless));
    clauses
}

fn define(define: &Define) -> Vec<Clause> {
    let mut clauses = header("define", &define.id, &define.header);
    let mut rule = vec![rule_head(&define.clause)];
    if !define.clause.body.is_empty() {
        rule.push(body(&define.clause.body));
    }
    clauses.push(Clause::further(Layout::parts(rule)));
    clauses.extend(conditions(&[], &define.clause.unless));
    clauses.extend(overrides(&define.overrides));
    clauses
}

fn scope(scope: &Scope) -> Vec<Clause> {
    let mut clauses = header("scope", &scope.id, &scope.header);
    let word = if scope.excludes {
        "excludes"
    } else {
        "governs"
    };
    let mut parts: Vec<_> = scope
        .actions
        .iter()
        .enumerate()
        .map(|(index, action)| {
            let or = if index == 0 { "" } else { "or " };
            Layout::word(format!("{or}{}", action.node))
        })
        .collect();
    parts.extend(roles(&scope.roles));
    clauses.push(Clause::further(worded(word, parts)));
    clauses.extend(conditions(&scope.when, &scope.unless));
    clauses
}

fn norm(norm: &Norm) -> Vec<Clause> {
    let mut clauses = header("norm", &norm.id, &norm.header);
    clauses.extend(effect_parts(&norm.effect.node).map(Clause::further));
    clauses.extend(norm.per.as_ref().map(|per| match per {
        Per::Act => Clause::further(Layout::word("per act")),
        Per::Variables(variables) => Clause::further(worded("per", names(variables))),
    }));
    clauses.extend(
        norm.within
            .as_ref()
            .map(|limit| Clause::further(within(limit))),
    );
    clauses.extend(conditions(&norm.when, &norm.unless));
    clauses.extend(overrides(&norm.overrides));
    let mut next = norm.otherwise.as_deref();
    while let Some(reparation) = next {
        clauses.push(Clause::further(otherwise(reparation)));
        next = reparation.otherwise.as_deref();
    }
    clauses
}

/// What a norm lays down.
pub(super) fn effect(effect: &Effect) -> Layout {
    Layout::parts(effect_parts(effect).collect())
}

/// What a norm lays down, and the acts that it is for where it says so.
fn effect_parts(effect: &Effect) -> impl Iterator<Item = Layout> {
    let (main, acts) = match effect {
        Effect::Forbid(about) => about_target("forbid", about),
        Effect::Permit(about) => about_target("permit", about),
        Effect::Oblige(about) => about_target("oblige", about),
        Effect::Discourage(about) => about_target("discourage", about),
        Effect::Recommend(about) => about_target("recommend", about),
        Effect::Require(required, acts) => (worded("require", literals(required)), Some(acts)),
        Effect::Consider(acts, direction) => {
            let direction = direction.map(|direction| match direction {
                Direction::Raises => Layout::word("raises concern"),
                Direction::Lowers => Layout::word("lowers concern"),
            });
            let parts = std::iter::once(pattern(acts)).chain(direction);
            (worded("consider", parts.collect()), None)
        }
        Effect::Consequence(concluded) => (worded("consequence", vec![atom(concluded)]), None),
    };
    let acts = acts.map(|acts| pattern(acts).after("for "));
    std::iter::once(main).chain(acts)
}

/// `word` with an act or a situation, and apart from it the acts that advice is for.
fn about_target<'a>(word: &str, about: &'a Target) -> (Layout, Option<&'a Pattern>) {
    let purpose = match &about.kind {
        TargetKind::State { purpose, .. } => purpose.as_ref(),
        TargetKind::Act(_) => None,
    };
    (worded(word, vec![target_alone(about)]), purpose)
}

fn within(within: &Within) -> Layout {
    Layout::word(format!(
        "within {} {} after {}",
        within.amount.node, within.unit.node, within.after.node
    ))
}

/// A reparation without the one of its own.
fn otherwise(otherwise: &Otherwise) -> Layout {
    let limit = otherwise.within.as_ref().map(within);
    let parts = std::iter::once(target(&otherwise.target)).chain(limit);
    worded("otherwise oblige", parts.collect())
}

fn note(note: &Note) -> Vec<Clause> {
    let mut clauses = header("note", &note.id, &note.header);
    let reason = match &note.reason {
        Reason::Informative => "because informative".to_owned(),
        Reason::Duplicate(id) => format!("because duplicate {}", id.node),
        Reason::External(text) => format!("because external {}", quoted(&text.node, '"')),
    };
    clauses.push(Clause::further(Layout::word(reason)));
    if let Some((acts, when)) = &note.purpose {
        clauses.push(Clause::further(worded("for", vec![pattern(acts)])));
        clauses.extend(conditions(when, &[]));
    }
    clauses
}

fn never(never: &Never) -> Vec<Clause> {
    let mut clauses = vec![Clause::first(worded("never", literals(&never.body)))];
    clauses.extend(templates(&never.texts));
    clauses
}
