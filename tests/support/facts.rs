//! Loads fact files and writes down what comes of it.

use std::fmt::Write as _;
use std::path::Path;

use attendu::base::{Diagnostic, Sources};
use attendu::lang::parse_program;
use attendu::load::{Act, Case, FACT_EXTENSIONS, add_texts, load_facts, read_files};
use attendu::program::{Program, RelationKind, SortId, SortKind, Universe, Value, from_ast};

/// 2026-11-21.
pub const AS_OF: i64 = 29_920_320;

/// The program of one policy file.
pub fn vocabulary(policy: &str) -> (Program, Universe) {
    let mut sources = Sources::default();
    let file = sources.add("policy.dl", policy);
    let (tree, mut diagnostics) = parse_program(file, policy);
    let (program, universe, found) = from_ast(&[(file, tree)]);
    diagnostics.extend(found);
    assert_eq!(told(&sources, &diagnostics), "");
    (program, universe)
}

/// Loads texts under their names; what comes of it, as text.
pub fn load_texts(policy: &str, texts: &[(&str, &str)]) -> String {
    let (program, universe) = vocabulary(policy);
    let mut sources = Sources::default();
    let files = add_texts(texts.iter().copied(), &mut sources);
    let (case, diagnostics) = load_facts(&program, universe, &sources, &files, AS_OF);
    outcome(&program, &sources, case.as_ref(), &diagnostics)
}

/// Loads all fact files of a folder.
pub fn load_folder(policy: &str, folder: &Path) -> String {
    let (program, universe) = vocabulary(policy);
    let mut sources = Sources::default();
    let read = read_files(&[folder], &FACT_EXTENSIONS, &mut sources).unwrap();
    let (case, mut diagnostics) = load_facts(&program, universe, &sources, &read.files, AS_OF);
    let case = case.filter(|_| read.diagnostics.is_empty());
    diagnostics.extend(read.diagnostics);
    outcome(&program, &sources, case.as_ref(), &diagnostics)
}

fn outcome(
    program: &Program,
    sources: &Sources,
    case: Option<&Case>,
    diagnostics: &[Diagnostic],
) -> String {
    let mut text = told(sources, diagnostics);
    assert_eq!(
        case.is_none(),
        diagnostics.iter().any(Diagnostic::is_error),
        "{text}"
    );
    if let Some(case) = case {
        let _ = writeln!(text, "{}", facts(program, sources, case).join("\n"));
        for act in case.acts.values() {
            let _ = writeln!(text, "{}", act_line(program, case, act));
        }
    }
    text
}

/// Diagnostics as text, with all that they say.
pub fn told(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let at = |span| {
            let position = sources.position(span);
            let name = &sources.get(span.file).name;
            let name = name.rsplit('/').next().unwrap_or(name);
            format!("{name}:{}:{}", position.line, position.column)
        };
        let severity = if diagnostic.is_error() {
            "error"
        } else {
            "warning"
        };
        let _ = writeln!(
            text,
            "{}: {severity}[{}]: {}",
            at(diagnostic.primary.span),
            diagnostic.code,
            diagnostic.message
        );
        let under: String = sources
            .text(diagnostic.primary.span)
            .chars()
            .take(60)
            .collect();
        let under = under.split('\n').next().unwrap_or_default();
        if !under.is_empty() || !diagnostic.primary.text.is_empty() {
            let _ = writeln!(text, "  > {under} {}", diagnostic.primary.text);
        }
        for label in &diagnostic.secondary {
            let _ = writeln!(text, "  {}: {}", at(label.span), label.text);
        }
        for note in &diagnostic.notes {
            let _ = writeln!(text, "  note: {note}");
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    text
}

/// All facts, sorted: `+` asserted, `-` denied, `!` closed.
pub fn facts(program: &Program, sources: &Sources, case: &Case) -> Vec<String> {
    let mut lines = Vec::new();
    for (id, relation) in program.relations.entries() {
        let input = case.facts.input(id);
        for (sign, rows) in [
            ('+', &input.asserted),
            ('-', &input.denied),
            ('!', &input.closed),
        ] {
            for (tuple, fact) in rows.iter() {
                let sorts = relation.columns.iter().map(|column| column.sort);
                let names: Vec<_> = sorts
                    .zip(tuple)
                    .map(|(sort, &value)| name(program, case, sort, value))
                    .collect();
                let kind = match relation.kind {
                    RelationKind::Declared | RelationKind::Now => relation.name.clone(),
                    RelationKind::Role(role) => {
                        format!("{}:{}", role.word(), relation.columns[1].name)
                    }
                    RelationKind::Action(_) => format!("is {}", relation.name),
                    RelationKind::Situation(_) => format!("holds {}", relation.name),
                    other => format!("{other:?}").to_lowercase(),
                };
                let mut line = format!("{sign} {kind}({})", names.join(", "));
                if let Some(validity) = case.facts.validity(fact) {
                    let _ = write!(line, " from {:?} until {:?}", validity.from, validity.until);
                }
                let span = case.facts.span(fact);
                assert!(!sources.text(span).is_empty(), "{line} has no place");
                lines.push(line);
            }
        }
    }
    lines.sort();
    lines
}

fn name(program: &Program, case: &Case, sort: SortId, value: Value) -> String {
    match program.sorts[sort].kind {
        SortKind::Integer | SortKind::Date => value.number().unwrap().to_string(),
        _ => case.universe.name(sort, value).unwrap().to_owned(),
    }
}

fn act_line(program: &Program, case: &Case, act: &Act) -> String {
    let action = &program.actions[act.action];
    let mut line = format!(
        "act {} {:?} {} at {}",
        act.name, act.mode, action.name, act.at
    );
    for &(role, value) in &act.roles {
        let declared = action.roles.iter().find(|known| known.role == role);
        let sort = declared.map_or(SortId::DATE, |declared| declared.sort);
        let _ = write!(
            line,
            " {} {}",
            role.word(),
            name(program, case, sort, value)
        );
    }
    if let Some(relation) = action.situation {
        for (column, &value) in program.relations[relation]
            .columns
            .iter()
            .zip(&act.arguments)
        {
            let _ = write!(line, " ({})", name(program, case, column.sort, value));
        }
    }
    if let Some(expect) = &act.expect {
        let _ = write!(
            line,
            "\n  expect {:?} norms {:?} not {:?} documents {:?} duties {:?} advice {:?} factors {:?} questions {:?}",
            expect.verdict,
            expect.norms,
            expect.not_norms,
            expect.documents,
            expect.duties.as_deref().unwrap_or_default(),
            expect.advice.as_deref().unwrap_or_default(),
            expect.factors,
            expect.questions.as_deref().unwrap_or_default()
        );
    }
    line
}
