//! `fmt`: puts policies into canonical form. A file is replaced as a whole or not at all,
//! and one with errors is left alone.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::reasoner::Refusal;

use super::args::FmtArgs;
use super::replace::replace;
use super::{Exit, Failure, Open, Session};

/// What became of one file.
enum Outcome {
    /// It is in canonical form already.
    Canonical,
    /// It was not, and has been rewritten, or would be.
    Changed,
    /// It has errors.
    Refused(Refusal),
    /// It cannot be read or written, as was said.
    Failed,
}

/// Formats the files that are named; else the policies of this run; `-` is standard input,
/// whose canonical form goes to `out`.
pub(super) fn run(
    library: &dyn Open,
    args: &FmtArgs,
    policies: &[PathBuf],
    session: &mut Session<'_>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let standard = [PathBuf::from("policies")];
    let paths = [args.paths.as_slice(), policies, &standard]
        .into_iter()
        .find(|paths| !paths.is_empty())
        .unwrap_or_default();
    if paths.iter().any(|path| path.as_os_str() == "-") {
        return standard_input(library, args, session, out);
    }
    let (files, mut failed) = files(paths, session);
    let mut refused = Refusal::default();
    let mut changed = Vec::new();
    for file in &files {
        match format_file(library, args, file, session) {
            Outcome::Canonical => {}
            Outcome::Failed => failed = true,
            Outcome::Refused(more) => refused.absorb(more),
            Outcome::Changed => changed.push(file.to_string_lossy()),
        }
    }
    session.show(&refused.diagnostics, &refused.sources);
    failed |= !refused.diagnostics.is_empty();
    let id = if args.check {
        "fmt-would-change"
    } else {
        "fmt-changed"
    };
    let counts = [
        ("changed", changed.len().into()),
        ("count", files.len().into()),
    ];
    // The list of files goes to `out` alone, so that it can be piped.
    let _ = writeln!(
        session.err,
        "{}",
        session.screen.messages.message(id, &counts)
    );
    // Written last: a reader who goes away must not keep files from being formatted.
    for file in &changed {
        writeln!(out, "{}", super::render::printable(file))?;
    }
    Ok(match (failed, args.check && !changed.is_empty()) {
        (true, _) => Exit::Input,
        (false, true) => Exit::No,
        (false, false) => Exit::Done,
    })
}

/// Formats what comes in; with `--check` only says whether it is canonical.
fn standard_input(
    library: &dyn Open,
    args: &FmtArgs,
    session: &mut Session<'_>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut text = String::new();
    if let Err(cause) = io::stdin().read_to_string(&mut text) {
        cannot("cannot-read", Path::new("-"), &cause, session);
        return Ok(Exit::Input);
    }
    match library.format("<stdin>", &text) {
        Ok(formatted) if args.check && formatted != text => Ok(Exit::No),
        Ok(_) if args.check => Ok(Exit::Done),
        Ok(formatted) => {
            out.write_all(formatted.as_bytes())?;
            Ok(Exit::Done)
        }
        Err(refusal) => {
            session.show(&refusal.diagnostics, &refusal.sources);
            Ok(Exit::Input)
        }
    }
}

/// Formats one file.
fn format_file(
    library: &dyn Open,
    args: &FmtArgs,
    file: &Path,
    session: &mut Session<'_>,
) -> Outcome {
    let text = match read(file) {
        Ok(text) => text,
        Err(cause) => return cannot("cannot-read", file, &cause, session),
    };
    match library.format(&file.to_string_lossy(), &text) {
        Err(refusal) => Outcome::Refused(refusal),
        Ok(formatted) if formatted == text => Outcome::Canonical,
        Ok(_) if args.check => Outcome::Changed,
        Ok(formatted) => match replace(file, &formatted) {
            Ok(()) => Outcome::Changed,
            Err(cause) => cannot("cannot-write", file, &cause, session),
        },
    }
}

/// Complains that `path` cannot be read or written.
fn cannot(id: &'static str, path: &Path, cause: &io::Error, session: &mut Session<'_>) -> Outcome {
    session.complain(
        id,
        &[
            ("path", path.display().to_string().into()),
            ("cause", cause.to_string().into()),
        ],
    );
    Outcome::Failed
}

/// The files among `paths` and the policies in the folders among them, in order, each once;
/// and whether some path could not be read.
fn files(paths: &[PathBuf], session: &mut Session<'_>) -> (Vec<PathBuf>, bool) {
    let mut files = Vec::new();
    let mut failed = false;
    for path in paths {
        if let Err(cause) = collect(path, &mut files) {
            cannot("cannot-read", path, &cause, session);
            failed = true;
        }
    }
    let mut distinct = Vec::with_capacity(files.len());
    for file in files {
        if !distinct.contains(&file) {
            distinct.push(file);
        }
    }
    (distinct, failed)
}

/// Adds `path`, or the policies below it, to `files`.
#[expect(
    clippy::disallowed_methods,
    reason = "`fmt` works on texts as they stand on disk, whether or not they load"
)]
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !fs::metadata(path)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    let mut below: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    below.sort();
    for path in below {
        // Links to folders are not followed, as they may lead back here.
        if fs::symlink_metadata(&path)?.is_dir() {
            collect(&path, files)?;
        } else if path.extension() == Some(OsStr::new("dl")) {
            files.push(path);
        }
    }
    Ok(())
}

/// The text of `file`.
#[expect(
    clippy::disallowed_methods,
    reason = "`fmt` works on texts as they stand on disk, whether or not they load"
)]
fn read(file: &Path) -> io::Result<String> {
    fs::read_to_string(file)
}
