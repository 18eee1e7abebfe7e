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

/// Words that go on with a statement, sorted.
const CONNECTIVES: &[&str] = &[
    "after",
    "at",
    "by",
    "en",
    "for",
    "fr",
    "is",
    "lines",
    "not",
    "of",
    "on",
    "or",
    "otherwise",
    "overrides",
    "per",
    "to",
    "under",
    "unless",
    "when",
    "where",
    "with",
    "within",
];

/// All words of the language, sorted.
const RESERVED: &[&str] = &[
    "action",
    "after",
    "at",
    "because",
    "breach",
    "by",
    "case",
    "concern",
    "conflict",
    "consequence",
    "consider",
    "count",
    "define",
    "discourage",
    "document",
    "done",
    "duplicate",
    "en",
    "excludes",
    "external",
    "fixed",
    "for",
    "forbid",
    "force",
    "fr",
    "from",
    "governs",
    "in",
    "informative",
    "is",
    "jurisdiction",
    "lines",
    "lowers",
    "max",
    "may",
    "min",
    "must",
    "never",
    "norm",
    "not",
    "note",
    "oblige",
    "of",
    "on",
    "open",
    "or",
    "otherwise",
    "overrides",
    "per",
    "permit",
    "permitted",
    "planned",
    "prohibited",
    "publisher",
    "raises",
    "rank",
    "recommend",
    "relation",
    "require",
    "resolve",
    "scope",
    "sha256",
    "sort",
    "source",
    "sum",
    "title",
    "to",
    "under",
    "unless",
    "unregulated",
    "unsettled",
    "until",
    "when",
    "where",
    "with",
    "within",
];

/// Whether `word` belongs to the language everywhere. `act` does not: it means something after
/// `per` alone, and is the name of a sort.
pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.binary_search(&word).is_ok()
}

/// Whether `word` goes on with a statement, so that it is hardly meant as a name.
pub(crate) fn is_connective(word: &str) -> bool {
    CONNECTIVES.binary_search(&word).is_ok()
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
    fn words_of_all_kinds_are_reserved() {
        assert!(RESERVED.is_sorted() && CONNECTIVES.is_sorted());
        for word in STATEMENTS.iter().chain(EFFECTS).chain(CONNECTIVES) {
            assert!(is_reserved(word), "{word}");
        }
    }
}
