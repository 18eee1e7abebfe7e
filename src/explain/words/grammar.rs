//! How words meet: elision and contraction in French, a capital at the start of a sentence,
//! and holes in templates.

use crate::base::Language;

/// What fills a hole of a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Filler {
    /// Words of the language, which contract: `de` + `le compte X` is `du compte X`.
    Phrase(String),
    /// A name of the policy or the facts, which nothing changes.
    Name(String),
}

impl Filler {
    /// Its text.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Phrase(text) | Self::Name(text) => text,
        }
    }
}

impl From<String> for Filler {
    fn from(text: String) -> Self {
        Self::Phrase(text)
    }
}

impl From<&str> for Filler {
    fn from(text: &str) -> Self {
        Self::Phrase(text.to_owned())
    }
}

/// Puts fillers into the holes `{name}` of `template`. A hole that nothing fills stays.
pub(super) fn fill(
    language: Language,
    template: &str,
    mut filler: impl FnMut(&str) -> Option<Filler>,
) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        append(language, &mut text, &before.into());
        let Some((hole, behind)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            break;
        };
        match filler(hole) {
            Some(words) => append(language, &mut text, &words),
            None => text.extend(["{", hole, "}"]),
        }
        rest = behind;
    }
    text.push_str(rest);
    text
}

/// The names of the holes of `template`, in order.
pub(super) fn holes(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|after| after.split_once('}').map(|(hole, _)| hole))
}

/// Words that lose their vowel before another, and what is left of them.
const ELIDED: [(&str, &str); 3] = [("de ", "d’"), ("que ", "qu’"), ("lorsque ", "lorsqu’")];

/// Prepositions that run together with the article `le`.
const CONTRACTED: [(&str, &str); 2] = [("de ", "du "), ("à ", "au ")];

/// Appends `filler` to `text` as the language joins them.
pub(super) fn append(language: Language, text: &mut String, filler: &Filler) {
    let words = filler.text();
    if language == Language::Fr {
        if let Filler::Phrase(_) = filler
            && let Some(noun) = words.strip_prefix("le ")
            && let Some((stem, contracted)) = ending(text, &CONTRACTED)
        {
            text.truncate(stem);
            text.push_str(contracted);
            text.push_str(noun);
            return;
        }
        if let Filler::Phrase(_) = filler
            && (words.starts_with("une date") || words.starts_with("la date"))
            && let Some((stem, before)) = ending(text, &[("le ", "à ")])
        {
            text.truncate(stem);
            text.push_str(before);
        }
        if words.starts_with(is_vowel)
            && !words
                .split(' ')
                .next()
                .is_some_and(|word| word.ends_with(')'))
            && let Some((stem, elided)) = ending(text, &ELIDED)
        {
            text.truncate(stem);
            text.push_str(elided);
        }
        if words.starts_with("il ")
            && let Some((stem, elided)) = ending(text, &[("si ", "s’")])
        {
            text.truncate(stem);
            text.push_str(elided);
        }
    }
    text.push_str(words);
}

/// Where the last word of `text` starts and what becomes of it, if `table` lists it.
fn ending<'t>(text: &str, table: &[(&str, &'t str)]) -> Option<(usize, &'t str)> {
    table.iter().find_map(|&(word, becomes)| {
        let stem = text.strip_suffix(word)?;
        let is_word = !stem.ends_with(char::is_alphanumeric);
        is_word.then_some((stem.len(), becomes))
    })
}

fn is_vowel(letter: char) -> bool {
    "aeiouyàâéèêëîïôûùœæAEIOUÀÂÉÈÊËÎÏÔÛÙŒÆ".contains(letter)
}

/// The same with a capital at its start.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The same with a small letter at its start.
pub(super) fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_words_run_together() {
        let joined =
            |template: &str, filler: Filler| fill(Language::Fr, template, |_| Some(filler.clone()));
        let phrase = |text: &str| Filler::Phrase(text.to_owned());
        let name = |text: &str| Filler::Name(text.to_owned());
        for (template, filler, text) in [
            (
                "le compte de {x}",
                phrase("le contenu C"),
                "le compte du contenu C",
            ),
            (
                "consent à {x}",
                phrase("le contenu C"),
                "consent au contenu C",
            ),
            (
                "consent à {x}",
                phrase("l’acteur A"),
                "consent à l’acteur A",
            ),
            (
                "le compte de {x}",
                phrase("un acteur A"),
                "le compte d’un acteur A",
            ),
            ("le compte de {x}", name("alice"), "le compte d’alice"),
            (
                "le compte de {x}",
                name("le phare"),
                "le compte de le phare",
            ),
            ("lorsque {x}", phrase("il pleut"), "lorsqu’il pleut"),
            ("si {x}", phrase("il pleut"), "s’il pleut"),
            ("merci {x}", phrase("il pleut"), "merci il pleut"),
            ("la mode {x}", phrase("un"), "la mode un"),
            ("lorsque {x}", phrase("a) un"), "lorsque a) un"),
            ("signé le {x}", phrase("une date T"), "signé à une date T"),
            ("signé le {x}", name("2024-05-02"), "signé le 2024-05-02"),
        ] {
            assert_eq!(joined(template, filler), text);
        }
    }

    #[test]
    fn holes_that_nothing_fills_stay() {
        let fill = |template| {
            fill(Language::En, template, |hole| {
                (hole == "a").then(|| "1".into())
            })
        };
        assert_eq!(fill("{a} {b} {a"), "1 {b} {a");
        assert_eq!(fill("a} {} é{a}"), "a} {} é1");
        assert_eq!(holes("{a} b {c}{").collect::<Vec<_>>(), ["a", "c"]);
    }
}
