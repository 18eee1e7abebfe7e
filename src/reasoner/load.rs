//! From paths to a case that answers questions: policies, facts and saved questions are read
//! and checked; all errors of all files are reported in one go.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use crate::base::{Diagnostic, FileId, Sources, Span};
use crate::lang;
use crate::load::{
    FACT_EXTENSIONS, INVENTORY_EXTENSIONS, Inventory, LoadError, POLICY_EXTENSIONS, add_texts,
    builtin_texts, load_facts, load_inventories, read_files,
};
use crate::program::{check, lower};

use super::{Options, Reasoner, Report, SavedQuery, Stage, Step};

static POLICIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/policies");
static FACTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/facts");
static QUERIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/queries");

/// The extensions of saved questions and of the answers that tests expect of them.
const QUERY_EXTENSIONS: [&str; 2] = ["dl", "expected"];

/// Input that has errors, with the texts that they speak of.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    /// The texts.
    pub sources: Sources,
    /// The errors, and warnings found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl Refusal {
    /// Takes in another, so that both are shown and counted together.
    pub fn absorb(&mut self, other: Self) {
        let ids: BTreeMap<_, _> = other
            .sources
            .iter()
            .map(|(id, source)| {
                let text = Arc::clone(&source.text);
                (id, self.sources.add(source.name.clone(), text))
            })
            .collect();
        for mut diagnostic in other.diagnostics {
            let labels = std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.secondary);
            for label in labels {
                label.span.file = *ids.get(&label.span.file).unwrap_or(&label.span.file);
            }
            self.diagnostics.push(diagnostic);
        }
    }
}

/// Why nothing could be loaded.
#[derive(thiserror::Error, Debug)]
pub enum OpenError {
    /// What was read has errors.
    #[error("the input has errors")]
    Refused(Box<Refusal>),
    /// A file or folder cannot be read.
    #[error(transparent)]
    Unreadable(#[from] LoadError),
}

impl Reasoner {
    /// Reads and checks what `options` name.
    pub fn load(options: &Options, report: Option<&Report>) -> Result<Self, OpenError> {
        let step = |stage| {
            if let Some(report) = report {
                report(Step {
                    stage,
                    done: 0,
                    total: None,
                });
            }
        };
        step(Stage::Read);
        let mut sources = Sources::default();
        let mut diagnostics = Vec::new();
        let mut read =
            |paths: &[PathBuf], folder, builtin, extensions: &[&str], sources: &mut _| {
                let (files, findings) =
                    read_or_builtin(paths, folder, builtin, extensions, sources)?;
                diagnostics.extend(findings);
                Ok::<_, LoadError>(files)
            };
        let policies = read(
            &options.policies,
            "policies",
            &POLICIES,
            &POLICY_EXTENSIONS,
            &mut sources,
        )?;
        let facts = read(
            &options.facts,
            "facts",
            &FACTS,
            &FACT_EXTENSIONS,
            &mut sources,
        )?;
        // Our own questions are in the words of our own policies.
        let own_words = options.policies.is_empty();
        let queries = if own_words || !options.queries.is_empty() {
            read(
                &options.queries,
                "queries",
                &QUERIES,
                &QUERY_EXTENSIONS,
                &mut sources,
            )?
        } else {
            Vec::new()
        };
        let parse = |&file: &FileId| {
            let text = &sources.get(file).text;
            let (program, mut findings) = lang::parse_program(file, text);
            if text.trim().is_empty() {
                let start = Span::new(file, 0, 0);
                let empty = Diagnostic::error("empty-file", start, "the file is empty");
                findings
                    .push(empty.help("a file that is to say nothing has a comment that says so"));
            }
            ((file, program), findings)
        };
        let (parsed, findings): (Vec<_>, Vec<_>) = policies.par_iter().map(parse).unzip();
        diagnostics.extend(findings.into_iter().flatten());
        let (program, universe, findings) = lower(&parsed);
        diagnostics.extend(findings);
        let sound = !diagnostics.iter().any(Diagnostic::is_error);
        let named = universe.clone();
        // Facts are read while policies are checked, which they seldom fail.
        let (findings, read) = rayon::join(
            || check(&program, &parsed, sound),
            || sound.then(|| load_facts(&program, universe, &sources, &facts, options.as_of)),
        );
        diagnostics.extend(findings);
        // Freeing the trees takes as long as reading some facts.
        rayon::spawn(move || drop(parsed));
        // What is wrong with policies is told alone.
        let read = read.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
        let case = read.and_then(|(case, findings)| {
            diagnostics.extend(findings);
            case
        });
        Diagnostic::sort(&mut diagnostics);
        diagnostics.dedup();
        let Some(case) = case else {
            return Err(OpenError::Refused(Box::new(Refusal {
                sources,
                diagnostics,
            })));
        };
        let queries = saved(&sources, &queries);
        Ok(Self {
            program,
            named,
            facts,
            case,
            sources,
            diagnostics,
            policies: options.policies.clone(),
            queries,
            as_of: options.as_of,
            language: options.language,
            report: report.cloned(),
            supposed: None,
        })
    }
}

/// The files that `paths` name; of none, the folder where there is one, else what is built in.
fn read_or_builtin(
    paths: &[PathBuf],
    folder: &str,
    builtin: &'static Dir<'static>,
    extensions: &[&str],
    sources: &mut Sources,
) -> Result<(Vec<FileId>, Vec<Diagnostic>), LoadError> {
    if !paths.is_empty() {
        let read = read_files(paths, extensions, sources)?;
        return Ok((read.files, read.diagnostics));
    }
    if Path::new(folder).is_dir() {
        let read = read_files(&[folder], extensions, sources)?;
        return Ok((read.files, read.diagnostics));
    }
    let texts = builtin_texts(builtin, extensions);
    Ok((add_texts(texts, sources), Vec::new()))
}

/// The inventories in the folders among `policies`, found as the policies are, with the texts
/// that they were read from.
pub(super) fn inventories(policies: &[PathBuf]) -> Result<(Vec<Inventory>, Sources), OpenError> {
    let mut sources = Sources::default();
    let folders: Vec<_> = policies.iter().filter(|path| path.is_dir()).collect();
    let (files, mut diagnostics) = if policies.is_empty() {
        let extensions = &INVENTORY_EXTENSIONS;
        read_or_builtin(&[], "policies", &POLICIES, extensions, &mut sources)?
    } else {
        let read = read_files(&folders, &INVENTORY_EXTENSIONS, &mut sources)?;
        (read.files, read.diagnostics)
    };
    let (inventories, findings) = load_inventories(&sources, &files);
    diagnostics.extend(findings);
    if diagnostics.is_empty() {
        return Ok((inventories, sources));
    }
    Err(OpenError::Refused(Box::new(Refusal {
        sources,
        diagnostics,
    })))
}

/// Saved questions by the names of their files, with the answers expected of them.
fn saved(sources: &Sources, files: &[FileId]) -> Vec<SavedQuery> {
    let stem = |name: &str| {
        let name = name.rsplit('/').next().unwrap_or(name);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        (stem.to_owned(), extension.to_owned())
    };
    let named: Vec<_> = files
        .iter()
        .map(|&file| {
            let source = sources.get(file);
            (stem(&source.name), source)
        })
        .collect();
    named
        .iter()
        .filter(|((_, extension), _)| extension == "dl")
        .map(|((name, _), source)| SavedQuery {
            name: name.clone(),
            text: source.text.to_string(),
            place: source.name.clone(),
            expected: named
                .iter()
                .find(|((other, extension), _)| other == name && extension == "expected")
                .map(|(_, source)| source.text.to_string()),
        })
        .collect()
}

/// The canonical form of the policy `text`, which diagnostics call `name`.
pub fn format(name: &str, text: &str) -> Result<String, Refusal> {
    let mut sources = Sources::default();
    let file = sources.add(name, text);
    let (program, diagnostics) = lang::parse_program(file, text);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Err(Refusal {
            sources,
            diagnostics,
        });
    }
    Ok(lang::print_program(&program))
}
