//! Reads files and folders: the only code that touches the file system. It knows nothing of
//! what the texts say.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::Dir;

use crate::base::{Diagnostic, FileId, Sources, Span};

/// Why a path could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Nothing is there.
    #[error("`{path}` does not exist")]
    NotFound {
        /// The path as given.
        path: String,
    },
    /// A device, a pipe or the like.
    #[error("`{path}` is neither a file nor a folder")]
    NotAFile {
        /// The path as given.
        path: String,
    },
    /// A folder is due.
    #[error("`{path}` is not a folder")]
    NotAFolder {
        /// The path as given.
        path: String,
    },
    /// Places in texts are 32-bit numbers.
    #[error("`{path}` is larger than 4 GiB")]
    TooLarge {
        /// The path as given.
        path: String,
    },
    /// The system refused.
    #[error("`{path}` cannot be read: {source}")]
    Io {
        /// The path as given.
        path: String,
        /// What the system said.
        source: io::Error,
    },
}

/// The files that were read, in a stable order, and what is wrong with those that are no text.
#[derive(Clone, Debug, Default)]
pub struct ReadFiles {
    /// The texts, now in [`Sources`].
    pub files: Vec<FileId>,
    /// `not-utf8` for each file that is no text; such a file is not in `files`.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads `paths` in their order: a file whatever it is called; of a folder and all folders in it
/// the files with one of `extensions` (without dot), sorted by name. What starts with a dot is
/// left out, as is what was read already, by another path or through a link. Texts are named as
/// the path was given, with `/` between folders; a byte-order mark is dropped.
pub fn read_files<P: AsRef<Path>>(
    paths: &[P],
    extensions: &[&str],
    sources: &mut Sources,
) -> Result<ReadFiles, LoadError> {
    let mut walk = Walk {
        extensions,
        seen: BTreeSet::new(),
        found: Vec::new(),
    };
    for path in paths {
        walk.visit(path.as_ref(), true)?;
    }
    let mut read = ReadFiles::default();
    for path in walk.found {
        let bytes = read_bytes(&path)?;
        match String::from_utf8(bytes) {
            Ok(text) => read.files.push(add(display(&path), &text, sources)),
            Err(error) => read.diagnostics.push(not_utf8(&path, &error, sources)),
        }
    }
    Ok(read)
}

/// Adds texts that are in memory already, in the order given.
pub fn add_texts<'a>(
    texts: impl IntoIterator<Item = (&'a str, &'a str)>,
    sources: &mut Sources,
) -> Vec<FileId> {
    texts
        .into_iter()
        .map(|(name, text)| add(name.to_owned(), text, sources))
        .collect()
}

/// The names and texts of a built-in folder's files with one of `extensions`, in the order in
/// which [`read_files`] reads a folder.
pub fn builtin_texts<'a>(folder: &'a Dir<'a>, extensions: &[&str]) -> Vec<(&'a str, &'a str)> {
    let mut texts = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            if has_extension(file.path(), extensions)
                && let (Some(name), Some(text)) = (file.path().to_str(), file.contents_utf8())
            {
                texts.push((name, text));
            }
        }
    }
    texts.sort_by(|(a, _), (b, _)| Path::new(a).cmp(Path::new(b)));
    texts
}

fn add(name: String, text: &str, sources: &mut Sources) -> FileId {
    sources.add(name, text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// A walk over files and folders.
struct Walk<'a> {
    extensions: &'a [&'a str],
    /// Files and folders visited, links resolved, so that loops of links end.
    seen: BTreeSet<PathBuf>,
    found: Vec<PathBuf>,
}

impl Walk<'_> {
    fn visit(&mut self, path: &Path, named: bool) -> Result<(), LoadError> {
        let real = path.canonicalize().map_err(|error| failure(path, error))?;
        self.visit_real(path, &real, named)
    }

    /// Visits what `path` leads to, `real` being the same with its links resolved.
    fn visit_real(&mut self, path: &Path, real: &Path, named: bool) -> Result<(), LoadError> {
        let about = real.metadata().map_err(|error| failure(path, error))?;
        let wanted = about.is_dir() || named || has_extension(path, self.extensions);
        if !wanted || !self.seen.insert(real.to_owned()) {
            return Ok(());
        }
        if about.is_dir() {
            return self.visit_folder(path, real);
        }
        check_file(path, &about)?;
        self.found.push(path.to_owned());
        Ok(())
    }

    #[expect(clippy::disallowed_methods, reason = "this is where folders are read")]
    fn visit_folder(&mut self, path: &Path, real: &Path) -> Result<(), LoadError> {
        let entries: io::Result<Vec<_>> = fs::read_dir(path).and_then(|entries| {
            entries
                .map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))))
                .collect()
        });
        let mut entries = entries.map_err(|error| failure(path, error))?;
        entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        for (name, kind) in entries {
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let (path, wanted) = (
                path.join(&name),
                has_extension(name.as_ref(), self.extensions),
            );
            if kind.is_symlink() {
                self.visit(&path, false)?;
            } else if kind.is_dir() || wanted {
                self.visit_real(&path, &real.join(name), false)?;
            }
        }
        Ok(())
    }
}

/// The bytes of the file at `path`.
pub(super) fn read_one(path: &Path) -> Result<Vec<u8>, LoadError> {
    let about = path.metadata().map_err(|error| failure(path, error))?;
    check_file(path, &about)?;
    read_bytes(path)
}

/// The text of the file at `path`; none where it is not UTF-8.
pub fn read_text(path: &Path) -> Result<Option<String>, LoadError> {
    Ok(String::from_utf8(read_one(path)?).ok())
}

/// Makes sure that `path` is a folder.
pub fn check_folder(path: &Path) -> Result<(), LoadError> {
    let about = path.metadata().map_err(|error| failure(path, error))?;
    if about.is_dir() {
        return Ok(());
    }
    Err(LoadError::NotAFolder {
        path: display(path),
    })
}

/// Makes sure that `path` is a file that can be held in memory.
fn check_file(path: &Path, about: &fs::Metadata) -> Result<(), LoadError> {
    let name = display(path);
    if !about.is_file() {
        return Err(LoadError::NotAFile { path: name });
    }
    if about.len() >= u64::from(u32::MAX) {
        return Err(LoadError::TooLarge { path: name });
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "this is where files are read")]
fn read_bytes(path: &Path) -> Result<Vec<u8>, LoadError> {
    fs::read(path).map_err(|error| failure(path, error))
}

fn failure(path: &Path, source: io::Error) -> LoadError {
    let path = display(path);
    if source.kind() == io::ErrorKind::NotFound {
        LoadError::NotFound { path }
    } else {
        LoadError::Io { path, source }
    }
}

fn display(path: &Path) -> String {
    path.to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/")
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| extensions.contains(&extension))
}

/// The text up to the first byte that is none becomes the source, so that the place has a line.
fn not_utf8(path: &Path, error: &std::string::FromUtf8Error, sources: &mut Sources) -> Diagnostic {
    let place = error.utf8_error().valid_up_to();
    let before = error.as_bytes().get(..place).unwrap_or_default();
    let file = sources.add(display(path), String::from_utf8_lossy(before));
    let byte = error.as_bytes().get(place).copied().unwrap_or_default();
    Diagnostic::error(
        "not-utf8",
        Span::new(file, place, place),
        format!("the file is not UTF-8 text: byte {place} is {byte:#04x}"),
    )
    .help("save the file with the encoding UTF-8")
}
