//! Collects diagnostics: all of them, but no more of one kind in one file than anybody reads.

use std::collections::BTreeMap;

use crate::base::{Diagnostic, FileId, nearest};

/// The findings of one load.
#[derive(Debug)]
pub(super) struct Reports {
    kept: Vec<Diagnostic>,
    kinds: BTreeMap<(FileId, &'static str), Kind>,
    errors: bool,
    /// Set where a file could not be read to its end, so that what it declares is not known.
    pub(super) incomplete: bool,
    /// Comparisons of names that may still be made.
    budget: usize,
}

/// How often one code occurred in one file.
#[derive(Debug, Default)]
struct Kind {
    count: usize,
    last_kept: usize,
}

impl Reports {
    /// How many of one code are kept for one file. The rest is counted.
    const KEPT: usize = 100;

    /// A quarter of a second's worth of comparisons: a hundred thousand misspelt names among as
    /// many declared ones must not take hours.
    const BUDGET: usize = 1_000_000;

    pub(super) fn new() -> Self {
        Self {
            kept: Vec::new(),
            kinds: BTreeMap::new(),
            errors: false,
            incomplete: false,
            budget: Self::BUDGET,
        }
    }

    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        self.errors |= diagnostic.is_error();
        let kind = self
            .kinds
            .entry((diagnostic.primary.span.file, diagnostic.code))
            .or_default();
        kind.count += 1;
        if kind.count <= Self::KEPT {
            kind.last_kept = self.kept.len();
            self.kept.push(diagnostic);
        }
    }

    /// Whether no more of `code` is shown for `file`; then one more is counted. For what is
    /// costly to describe.
    pub(super) fn is_full(&mut self, file: FileId, code: &'static str) -> bool {
        let Some(kind) = self.kinds.get_mut(&(file, code)) else {
            return false;
        };
        let full = kind.count >= Self::KEPT;
        kind.count += usize::from(full);
        full
    }

    /// "did you mean …", as long as the budget lasts.
    pub(super) fn guess<'a>(
        &mut self,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        let budget = &mut self.budget;
        let affordable = candidates.into_iter().take_while(|_| {
            *budget = budget.saturating_sub(1);
            *budget > 0
        });
        nearest(name, affordable).map(|near| format!("did you mean `{near}`?"))
    }

    pub(super) fn has_errors(&self) -> bool {
        self.errors
    }

    /// All that was kept, sorted.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        for ((_, code), kind) in &self.kinds {
            let more = kind.count.saturating_sub(Self::KEPT);
            if more > 0
                && let Some(last) = self.kept.get_mut(kind.last_kept)
            {
                last.notes
                    .push(format!("{more} more `{code}` in this file are not shown"));
            }
        }
        Diagnostic::sort(&mut self.kept);
        self.kept
    }
}

/// `name` with its indefinite article.
pub(super) fn article(name: &str) -> String {
    match name {
        "content" => "content".to_owned(),
        "integer" => "a whole number".to_owned(),
        _ if name.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {name}"),
        _ => format!("a {name}"),
    }
}

/// Names for a sentence: `a`, `b`, `c`.
pub(super) fn list<T: AsRef<str>>(names: &[T]) -> String {
    const MANY: usize = 12;
    let mut quoted: Vec<_> = names
        .iter()
        .take(MANY)
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    if names.len() > MANY {
        quoted.push("…".to_owned());
    }
    quoted.join(", ")
}
