//! What is said to a reader, in their language: the catalogues of `locales/`, with plurals,
//! numbers and the order of names.

use std::cmp::Ordering;
use std::fmt;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;
use unic_langid::LanguageIdentifier;

use crate::reasoner::Language;

const ENGLISH: &str = include_str!("locales/en.ftl");
const FRENCH: &str = include_str!("locales/fr.ftl");

/// An argument of a message: its name in the catalogue, its value.
pub(super) type Argument<'a> = (&'static str, FluentValue<'a>);

/// One language's messages.
pub(super) struct Messages {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    collator: Option<CollatorBorrowed<'static>>,
}

impl Messages {
    /// The messages in `language`.
    pub(super) fn new(language: Language) -> Self {
        let (tag, catalogue) = match language {
            Language::En => ("en-CA", ENGLISH),
            Language::Fr => ("fr-CA", FRENCH),
        };
        // INVARIANT: the tags are well formed and the catalogues have no errors; the tests
        // below hold them to it, so what could be recovered of a faulty one does not matter.
        let locale = tag.parse::<LanguageIdentifier>().unwrap_or_default();
        let resource = FluentResource::try_new(catalogue.to_owned()).unwrap_or_else(|(it, _)| it);
        let mut bundle = FluentBundle::new(vec![locale]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::En => |value, _| grouped(value, ','),
            Language::Fr => |value, _| grouped(value, '\u{202F}'),
        }));
        bundle.add_resource_overriding(resource);
        // NUMBER alone is built in, and a new bundle has none of that name.
        let _ = bundle.add_builtins();
        Self {
            language,
            bundle,
            collator: collator(language),
        }
    }

    /// The code of the language: `en`.
    pub(super) fn code(&self) -> &'static str {
        self.language.code()
    }

    /// The message `id`, which takes no arguments.
    pub(super) fn text(&self, id: &str) -> String {
        self.message(id, &[])
    }

    /// The message `id` with `arguments`.
    pub(super) fn message(&self, id: &str, arguments: &[Argument<'_>]) -> String {
        self.find(id, arguments).unwrap_or_else(|| id.to_owned())
    }

    /// The reader's word for a word of the machine formats: message `family-word`, or the
    /// word itself if the catalogue has none.
    pub(super) fn word(&self, family: &str, word: &str) -> String {
        self.find(&format!("{family}-{word}"), &[])
            .unwrap_or_else(|| word.to_owned())
    }

    /// The message `id`, if the catalogue has it.
    pub(super) fn find(&self, id: &str, arguments: &[Argument<'_>]) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            values.set(*name, value.clone());
        }
        let text = self
            .bundle
            .format_pattern(pattern, Some(&values), &mut Vec::new());
        Some(text.into_owned())
    }

    /// `label: text`.
    pub(super) fn field(&self, label: &str, text: &str) -> String {
        self.message("field", &[("label", label.into()), ("text", text.into())])
    }

    /// Each of `words` in quotation marks, as the language lists them.
    pub(super) fn quoted_list(&self, words: &[String]) -> String {
        let quoted = |word: &String| self.message("quoted", &[("word", word.as_str().into())]);
        self.list(&words.iter().map(quoted).collect::<Vec<_>>())
    }

    /// The items one after the other, as the language lists them: `a, b and c`.
    pub(super) fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => self.message(
                "list-and",
                &[
                    ("first", first.join(", ").into()),
                    ("last", last.as_str().into()),
                ],
            ),
        }
    }

    /// The order of two names in a list for readers: accents and capitals decide last, and
    /// numbers count as numbers.
    pub(super) fn compare(&self, left: &str, right: &str) -> Ordering {
        self.collator
            .as_ref()
            .map_or(Ordering::Equal, |collator| collator.compare(left, right))
            .then_with(|| left.cmp(right))
    }
}

impl fmt::Debug for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Messages").field(&self.language).finish()
    }
}

/// The dictionary order of `language`.
fn collator(language: Language) -> Option<CollatorBorrowed<'static>> {
    let locale = match language {
        Language::En => locale!("en-CA"),
        Language::Fr => locale!("fr-CA"),
    };
    let mut preferences = CollatorPreferences::from(locale);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    Collator::try_new(preferences, CollatorOptions::default()).ok()
}

/// A number with `separator` between its thousands; nothing for what is not a number.
fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let digits = number.as_string();
    if !number.options.use_grouping {
        return Some(digits.into_owned());
    }
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.chars().count() - index;
        if index > 0 && left.is_multiple_of(3) && digit.is_ascii_digit() && text != "-" {
            text.push(separator);
        }
        text.push(digit);
    }
    Some(text)
}

#[cfg(test)]
mod tests;
