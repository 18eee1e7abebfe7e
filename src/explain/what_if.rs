//! What was supposed for a question about an act, and what that changes against the facts as
//! they are.

use indexmap::IndexMap;
use serde::Serialize;

use crate::base::Language;

use super::labels::{self, choose, labels};
use super::wrap::one_line;

/// What is supposed, and what it changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct WhatIf {
    /// Atoms assumed, as in a policy.
    pub assumed: Vec<String>,
    /// Atoms taken back.
    pub retracted: Vec<String>,
    /// The verdict by the facts as they are.
    pub verdict: &'static str,
    /// Whether that one is contested.
    pub contested: bool,
    /// Norms that came, went, or stand otherwise than by the facts as they are.
    pub norms: Vec<NormChange>,
}

/// A norm that stands otherwise than by the facts as they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NormChange {
    /// Its id.
    pub id: String,
    /// forbid, permit and so on.
    pub effect: &'static str,
    /// The values of its `per`, by variable.
    pub per: IndexMap<String, String>,
    /// in, out or open by the facts as they are; none where it does not apply.
    pub before: Option<&'static str>,
    /// The same with what is supposed.
    pub after: Option<&'static str>,
    /// Its summary in the reader's language.
    pub summary: String,
    /// Cited lines of the source text.
    pub lines: String,
}

/// What is supposed, a line for each atom.
pub(super) fn supposed(language: Language, what_if: &WhatIf) -> Vec<String> {
    let words = choose(language, ("Assumed", "Supposé"));
    let taken_back = choose(language, ("Taken back", "Retiré"));
    let line = |label: &str, atom: &String| {
        let colon = labels(language).colon;
        one_line(&format!("{label}{colon}{atom}"))
    };
    let assumed = what_if.assumed.iter().map(|atom| line(words, atom));
    let retracted = what_if.retracted.iter().map(|atom| line(taken_back, atom));
    assumed.chain(retracted).collect()
}

/// The heading of what changes.
pub(super) fn heading(language: Language) -> &'static str {
    choose(
        language,
        (
            "Against the facts as they are",
            "Par rapport aux faits tels qu’ils sont",
        ),
    )
}

/// What changes, `verdict` being the one explained: the verdict, then each norm.
pub(super) fn changes(language: Language, verdict: &str, what_if: &WhatIf) -> Vec<String> {
    let colon = labels(language).colon;
    let was = labels::verdict(language, what_if.verdict);
    let first = if verdict == what_if.verdict {
        let same = choose(language, ("the same verdict", "le même verdict"));
        format!("{was}{colon}{same}")
    } else {
        let label = choose(language, ("The verdict is then", "Le verdict y est"));
        format!("{label}{colon}{was}")
    };
    let norm = |change: &NormChange| {
        let values: Vec<_> = change
            .per
            .iter()
            .map(|(k, v)| format!("{k} = {v}"))
            .collect();
        let per = match values.as_slice() {
            [] => String::new(),
            _ => format!(" ({})", values.join(", ")),
        };
        let (before, after) = (
            standing(language, change.before),
            standing(language, change.after),
        );
        let here = choose(language, ("here", "ici"));
        let id = &change.id;
        one_line(&format!("{id}{per}{colon}{before}; {here} {after}"))
    };
    std::iter::once(first)
        .chain(what_if.norms.iter().map(norm))
        .collect()
}

fn standing(language: Language, status: Option<&'static str>) -> &'static str {
    let pair = match status {
        Some("in") => ("in force", "en vigueur"),
        Some("open") => ("perhaps in force", "peut-être en vigueur"),
        Some(_) => ("set aside", "écartée"),
        None => ("does not apply", "ne s’applique pas"),
    };
    choose(language, pair)
}
