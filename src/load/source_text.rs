//! Source texts of documents: what lies in a folder under the name that a document gives, with
//! its hash. The texts are not ours to keep, so they are read only when somebody points at them.

use std::fmt::Write as _;
use std::path::{Component, Path};

use sha2::{Digest, Sha256};

use super::read::{LoadError, read_one};

/// A source text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceText {
    /// The SHA-256 of the file, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its lines without their ends; nothing if it is not UTF-8 text.
    pub lines: Option<Vec<String>>,
}

/// The text called `name` in `folder`, if it is there. A name that leads out of the folder is
/// not there.
pub fn read_source_text(folder: &Path, name: &str) -> Result<Option<SourceText>, LoadError> {
    let path = Path::new(name);
    let inside = |part| matches!(part, Component::Normal(_));
    if !path.components().all(inside) {
        return Ok(None);
    }
    match read_one(&folder.join(path)) {
        Ok(bytes) => Ok(Some(source_text(&bytes))),
        Err(LoadError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn source_text(bytes: &[u8]) -> SourceText {
    let text = str::from_utf8(bytes).ok();
    let text = text.map(|text| text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut sha256 = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a text does not fail.
        let _ = write!(sha256, "{byte:02x}");
    }
    SourceText {
        sha256,
        lines: text.map(|text| text.lines().map(str::to_owned).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_hash() {
        let check = |bytes: &[u8], hash: &str, lines: Option<&[&str]>| {
            let text = source_text(bytes);
            assert!(text.sha256.starts_with(hash), "{}", text.sha256);
            let found = text.lines.as_ref();
            let found: Option<Vec<_>> = found.map(|it| it.iter().map(String::as_str).collect());
            assert_eq!(found.as_deref(), lines);
        };
        check(b"", "e3b0c44298fc1c14", Some(&[]));
        check(b"abc", "ba7816bf8f01cfea", Some(&["abc"]));
        check(
            b"\xef\xbb\xbfone\r\n\r\nthree\n",
            "",
            Some(&["one", "", "three"]),
        );
        check(b"\xff\xfe", "", None);
    }
}
