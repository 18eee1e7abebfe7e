//! The words of the language, which cannot be names, and the words that people write for them.

use super::lexer::{Token, is_token};

/// Words that start a statement.
pub(crate) const STATEMENTS: &[&str] = &[
    "sort", "document", "open", "fixed", "relation", "action", "define", "scope", "norm", "note",
    "never", "resolve",
];

/// Words that say what a norm lays down.
pub(crate) const EFFECTS: &[&str] = &[
    "forbid",
    "permit",
    "oblige",
    "discourage",
    "recommend",
    "require",
    "consider",
    "consequence",
];

/// Whether `word` belongs to the language everywhere. `act` does not: it means something after
/// `per` alone, and is the name of a sort.
pub(crate) fn is_reserved(word: &str) -> bool {
    matches!(
        word,
        "by" | "of"
            | "on"
            | "to"
            | "with"
            | "for"
            | "at"
            | "sort"
            | "document"
            | "open"
            | "fixed"
            | "relation"
            | "action"
            | "define"
            | "scope"
            | "norm"
            | "note"
            | "never"
            | "resolve"
            | "title"
            | "jurisdiction"
            | "publisher"
            | "rank"
            | "in"
            | "force"
            | "from"
            | "until"
            | "source"
            | "sha256"
            | "is"
            | "lines"
            | "en"
            | "fr"
            | "governs"
            | "excludes"
            | "forbid"
            | "permit"
            | "oblige"
            | "discourage"
            | "recommend"
            | "require"
            | "consider"
            | "raises"
            | "lowers"
            | "concern"
            | "consequence"
            | "per"
            | "within"
            | "after"
            | "when"
            | "unless"
            | "overrides"
            | "otherwise"
            | "because"
            | "informative"
            | "duplicate"
            | "external"
            | "not"
            | "or"
            | "under"
            | "count"
            | "sum"
            | "min"
            | "max"
            | "done"
            | "planned"
            | "case"
            | "permitted"
            | "prohibited"
            | "breach"
            | "unsettled"
            | "may"
            | "must"
            | "conflict"
            | "unregulated"
            | "where"
    )
}

/// Whether `text` can stand unquoted where a name is due.
pub(crate) fn is_plain_name(text: &str) -> bool {
    is_token(text, Token::Name) && !is_reserved(text)
}

/// What to write instead of a word or sign that other languages use.
pub(crate) fn translation(foreign: &str) -> Option<&'static str> {
    Some(match foreign {
        "and" | "&" | "&&" => "`,` between conditions means “and”",
        "if" => "a norm says `when`, a rule `:-`",
        "except" => "an exception is written `unless`",
        "|" | "||" => "alternatives are written `( … or … )`",
        ";" => "a statement ends with `.`, and alternatives are written `( … or … )`",
        "!" | "~" | "¬" => "a negation is written `not`",
        "%" | "#" | "/" | "/*" => "a comment starts with `//`",
        "“" | "”" | "«" | "»" => "a text stands between straight quotes, `\"…\"`",
        "‘" | "’" => "a quoted name stands between straight quotes, `'…'`",
        "≤" => "write `<=`",
        "≥" => "write `>=`",
        "≠" => "write `!=`",
        "==" => "write `=`",
        "–" | "—" | "−" => "write `-`",
        "[" | "]" => "lists are not part of the language",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names() {
        for name in ["photo-1", "@roy", "act", "any", "days", "of_"] {
            assert!(is_plain_name(name), "{name}");
        }
        for other in [
            "of", "en", "Roy", "roy ", "", "jane.doe", "a/1", "a b", "école", "1a",
        ] {
            assert!(!is_plain_name(other), "{other}");
        }
    }

    #[test]
    fn words_that_start_something_are_reserved() {
        for word in STATEMENTS.iter().chain(EFFECTS) {
            assert!(is_reserved(word), "{word}");
        }
    }
}
