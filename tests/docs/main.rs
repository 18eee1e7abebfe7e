//! What the documentation says, held against the program: `readme` runs the commands of README,
//! `guidelines` those of the page on guidelines,
//! `language` reads the policies and questions of the reference, `diagnostics` looks for a page
//! about each code, `schemas` holds what the program prints against the schemas of `docs/schemas`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and it reads its own files"
)]

mod diagnostics;
mod guidelines;
mod language;
mod readme;
mod schemas;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use attendu::base::Sources;
use attendu::lang::parse_program;
use attendu::program::{Program, Universe, from_ast};

/// A fenced block of a page.
#[derive(Clone, Debug)]
struct Block {
    /// The first word behind the fence: `dl`, `text`.
    language: String,
    /// The rest of that line: a path, or nothing.
    path: String,
    /// What stands between the fences.
    text: String,
    /// The line of the page that the text starts on.
    line: usize,
}

/// The fenced blocks of a page, in order.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let (language, path) = info.split_once(' ').unwrap_or((info, ""));
        let inside = lines.by_ref().map(|(_, line)| line);
        let text: String = inside
            .take_while(|line| *line != "```")
            .flat_map(|line| [line, "\n"])
            .collect();
        blocks.push(Block {
            language: language.to_owned(),
            path: path.to_owned(),
            text,
            line: number + 2,
        });
    }
    blocks
}

/// A path of the repository.
fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files below a folder of the repository whose names end in `ending`, in order.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut folders = vec![at(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Texts lowered together, with what was told of them: `name:line code message`.
fn lower(texts: &[(String, &str)]) -> (Program, Universe, Vec<String>) {
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let mut trees = Vec::new();
    for (name, text) in texts {
        let file = sources.add(name.as_str(), *text);
        let (tree, told) = parse_program(file, text);
        found.extend(told);
        trees.push((file, tree));
    }
    let (program, universe, told) = from_ast(&trees);
    found.extend(told);
    let told = found.iter().map(|diagnostic| {
        let span = diagnostic.primary.span;
        let name = &sources.get(span.file).name;
        let line = sources.position(span).line;
        format!("{name}:{line} {} {}", diagnostic.code, diagnostic.message)
    });
    (program, universe, told.collect())
}

/// The program, run in English from a folder of the repository.
fn attendu(folder: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attendu"));
    command.current_dir(at(folder)).env("LC_ALL", "C");
    command
}

/// The words of a command line; single quotes keep words together.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('\'').enumerate();
    parts
        .flat_map(|(part, text)| match part % 2 {
            0 => text.split_whitespace().map(str::to_owned).collect(),
            _ => vec![text.to_owned()],
        })
        .collect()
}

/// What a command prints. It must do what is asked.
fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{err}");
    String::from_utf8(output.stdout).unwrap()
}
