//! What a reading remembers: the sorts of variables, and which have been spoken of.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Language;

use super::catalogue::Catalogue;
use super::grammar::{Filler, fill};
use super::vocabulary::Vocabulary;

/// Reads one statement, from its first word to its last.
#[derive(Debug)]
pub(super) struct Reader<'v> {
    /// The templates.
    pub vocabulary: &'v Vocabulary,
    /// The language.
    pub language: Language,
    /// Its words.
    pub catalogue: &'static Catalogue,
    sorts: BTreeMap<String, String>,
    mentioned: BTreeSet<String>,
}

impl<'v> Reader<'v> {
    /// A reader that has said nothing yet.
    pub(super) fn new(vocabulary: &'v Vocabulary, language: Language) -> Self {
        Self {
            vocabulary,
            language,
            catalogue: Catalogue::of(language),
            sorts: BTreeMap::new(),
            mentioned: BTreeSet::new(),
        }
    }

    /// Remembers the sort of a variable; what was learnt first stays.
    pub(super) fn learn(&mut self, variable: &str, sort: &str) {
        if !self.sorts.contains_key(variable) {
            self.sorts.insert(variable.to_owned(), sort.to_owned());
        }
    }

    /// The sort of a variable, if it is known.
    pub(super) fn sort(&self, variable: &str) -> Option<&str> {
        self.sorts.get(variable).map(String::as_str)
    }

    /// `an actor S`, and from then on `the actor S`.
    pub(super) fn variable(&mut self, variable: &str) -> String {
        let is_first = self.mentioned.insert(variable.to_owned());
        let Some(sort) = self.sort(variable) else {
            return variable.to_owned();
        };
        let noun = (self.catalogue.noun)(sort);
        let article = if is_first {
            noun.indefinite
        } else {
            noun.definite
        };
        format!("{article} {variable}").trim_start().to_owned()
    }

    /// `actor S`, which from then on has been spoken of.
    pub(super) fn bare_variable(&mut self, variable: &str) -> String {
        self.mentioned.insert(variable.to_owned());
        let noun = self.sort(variable).map(self.catalogue.noun);
        let bare = noun.map(|noun| noun.bare).unwrap_or_default();
        format!("{bare} {variable}").trim_start().to_owned()
    }

    /// `actors S`, which from then on have been spoken of.
    pub(super) fn plural_variable(&mut self, variable: &str) -> String {
        self.mentioned.insert(variable.to_owned());
        let noun = self.sort(variable).map(self.catalogue.noun);
        let plural = noun.map(|noun| noun.plural).unwrap_or_default();
        format!("{plural} {variable}").trim_start().to_owned()
    }

    /// Reads something whose new variables mean "some" and are unknown behind it.
    pub(super) fn aside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.mentioned.clone();
        let read = read(self);
        self.mentioned = before;
        read
    }

    /// Reads alternatives: what one speaks of first is unknown to the next, and what all of
    /// them speak of is known behind them.
    pub(super) fn each_aside<T>(
        &mut self,
        alternatives: impl IntoIterator<Item = T>,
        mut read: impl FnMut(&mut Self, T) -> String,
    ) -> Vec<String> {
        let before = self.mentioned.clone();
        let mut known: Option<BTreeSet<String>> = None;
        let mut parts = Vec::new();
        for alternative in alternatives {
            parts.push(read(self, alternative));
            let after = std::mem::replace(&mut self.mentioned, before.clone());
            known = Some(match known {
                Some(known) => known.intersection(&after).cloned().collect(),
                None => after,
            });
        }
        self.mentioned = known.unwrap_or(before);
        parts
    }

    /// A template of the catalogue with its holes filled.
    pub(super) fn fill(&self, template: &str, fillers: &[(&str, Filler)]) -> String {
        fill(self.language, template, |hole| {
            fillers
                .iter()
                .find_map(|(name, filler)| (*name == hole).then(|| filler.clone()))
        })
    }

    /// The same with one hole.
    pub(super) fn fill_one(&self, template: &str, hole: &str, filler: impl Into<Filler>) -> String {
        self.fill(template, &[(hole, filler.into())])
    }

    /// `text` between the quotation marks of the language.
    pub(super) fn quoted(&self, text: &str) -> String {
        self.fill_one(self.catalogue.quoted, "text", text)
    }
}
