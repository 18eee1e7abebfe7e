//! The catalogues hold what the source asks for, no more and no less, in both languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fluent_bundle::FluentResource;

use super::*;

/// The ids of a catalogue, which must be free of errors and of repeated ids.
fn ids(catalogue: &str) -> BTreeSet<String> {
    FluentResource::try_new(catalogue.to_owned()).unwrap();
    let mut ids = BTreeSet::new();
    for line in catalogue.lines() {
        if let Some((id, _)) = line.split_once(" = ")
            && id.starts_with(|first: char| first.is_ascii_lowercase())
        {
            assert!(ids.insert(id.to_owned()), "{id} is there twice");
        }
    }
    ids
}

/// The variables of a message.
fn variables(catalogue: &str, id: &str) -> BTreeSet<String> {
    let (_, text) = catalogue.split_once(&format!("\n{id} = ")).unwrap();
    let mut lines = text.lines();
    let first = lines.next();
    let message = first
        .into_iter()
        .chain(lines.take_while(|line| line.starts_with(' ')));
    message
        .flat_map(|line| line.split('$').skip(1))
        .map(|rest| {
            let name = rest.chars().take_while(char::is_ascii_alphanumeric);
            name.collect()
        })
        .collect()
}

/// The source of the command line, tests left out.
#[expect(
    clippy::disallowed_methods,
    reason = "the test reads the source that it is about"
)]
fn source(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &source(&path);
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
            text += &fs::read_to_string(&path).unwrap();
        }
    }
    text
}

#[test]
fn both_catalogues_have_the_same_messages_with_the_same_variables() {
    assert_eq!(ids(ENGLISH), ids(FRENCH));
    for id in ids(ENGLISH) {
        assert_eq!(variables(ENGLISH, &id), variables(FRENCH, &id), "{id}");
    }
}

#[test]
fn no_message_is_unused() {
    let source = source(Path::new("src/cli"));
    let used = |id: &str| {
        source.contains(&format!("\"{id}\""))
            || id.match_indices('-').any(|(end, _)| {
                let family = id.split_at(end).0;
                source.contains(&format!("word(\"{family}\""))
                    || source.contains(&format!("\"{family}-{{"))
            })
    };
    let help = |id: &str| id.starts_with("help-") || id.starts_with("value-");
    let unused: Vec<_> = ids(ENGLISH)
        .into_iter()
        .filter(|id| !help(id) && !used(id))
        .collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn no_message_is_missing() {
    let known = ids(ENGLISH);
    let source = source(Path::new("src/cli"));
    let calls = [
        ".text(",
        ".message(",
        ".find(",
        ".heading(",
        ".say(",
        ".labelled(",
        ".complain(",
        " section(",
        "labelled_list(",
        "cannot(",
    ];
    let mut asked = BTreeSet::new();
    for call in calls {
        for rest in source.split(call).skip(1) {
            let Some((before, rest)) = rest.split_once('"') else {
                continue;
            };
            // The id may stand after a level or a page, but not in another call.
            if !before.contains(['(', ')', '!', '|', ';', '[']) {
                asked.insert(rest.split_once('"').unwrap().0);
            }
        }
    }
    assert!(asked.len() > 80, "{asked:?}");
    for id in asked {
        assert!(known.contains(id), "{id}");
    }
}

#[test]
fn every_word_of_the_views_has_a_message() {
    let known = ids(ENGLISH);
    let families: [(&str, &[&str]); 15] = [
        ("norm-status", &["in", "open", "out", "none"]),
        (
            "verdict",
            &[
                "conflict",
                "prohibited",
                "undetermined",
                "conditional",
                "permitted",
                "unregulated",
            ],
        ),
        (
            "sentence",
            &[
                "conflict",
                "prohibited",
                "undetermined",
                "conditional-permitted",
                "conditional-unregulated",
                "permitted",
            ],
        ),
        (
            "sentence-unregulated",
            &["out-of-scope", "out-of-force", "silent", "advice-only"],
        ),
        (
            "silence",
            &["out-of-scope", "out-of-force", "silent", "advice-only"],
        ),
        ("breach", &["breach", "possible", "contested", "none"]),
        ("mode", &["performed", "planned", "omitted", "question"]),
        ("principle", &["exception", "superior", "later"]),
        (
            "effect",
            &[
                "forbid",
                "permit",
                "permit-not",
                "oblige",
                "require",
                "discourage",
                "recommend",
                "consider",
                "consequence",
                "note",
            ],
        ),
        (
            "due-anyone",
            &["oblige", "permit-not", "discourage", "recommend"],
        ),
        ("due", &["oblige", "permit-not", "discourage", "recommend"]),
        ("standing", &["met", "unmet", "unknown", "unmet-fixed"]),
        ("fulfilment", &["pending", "met", "overdue", "omitted"]),
        ("doubt", &["beyond-limit", "circular", "which-way"]),
        (
            "nothing",
            &[
                "may",
                "must",
                "must-not",
                "conflict",
                "unregulated",
                "facts",
            ],
        ),
    ];
    for (family, words) in families {
        for word in words {
            let id = format!("{family}-{word}");
            assert!(known.contains(&id), "{id}");
        }
    }
}

#[test]
fn every_option_has_a_help_text() {
    use clap::CommandFactory;
    let known = ids(ENGLISH);
    let check = |command: &clap::Command| {
        let name = command.get_name();
        assert!(known.contains(&format!("help-{name}")), "{name}");
        for arg in command.get_arguments() {
            let id = arg.get_id();
            assert!(
                known.contains(&format!("help-{name}-{id}"))
                    || known.contains(&format!("help-option-{id}")),
                "{name} {id}"
            );
        }
    };
    let command = crate::cli::args::RawArgs::command();
    check(&command);
    command.get_subcommands().for_each(check);
}

#[test]
fn french_keeps_marks_and_words_together() {
    for line in FRENCH.lines().filter(|line| !line.starts_with('#')) {
        for wrong in [" :", " ;", " ?", " !", " »", "« ", "'", "\""] {
            let meant = match wrong {
                "'" => line.contains("  \"}attendu "),
                "\"" => line.contains("{\"") || line.contains("useGrouping"),
                _ => false,
            };
            assert!(!line.contains(wrong) || meant, "{wrong:?} in {line}");
        }
    }
}

#[test]
fn numbers_and_plurals_follow_the_language() {
    let (english, french) = (Messages::new(Language::En), Messages::new(Language::Fr));
    let errors = |messages: &Messages, count: usize| {
        messages.message("diagnostics-errors", &[("count", count.into())])
    };
    assert_eq!(errors(&english, 0), "0 errors");
    assert_eq!(errors(&english, 1), "1 error");
    assert_eq!(errors(&english, 1_234_567), "1,234,567 errors");
    assert_eq!(errors(&french, 0), "0 erreur");
    assert_eq!(errors(&french, 1), "1 erreur");
    assert_eq!(errors(&french, 12_345), "12\u{202F}345 erreurs");
    let counts = [("passed", 1234.into()), ("failed", 1.into())];
    assert_eq!(
        english.message("test-count", &counts),
        "1234 passed, 1 failed"
    );
    assert_eq!(
        french.message("test-count", &counts),
        "1234 réussis, 1 échoué"
    );
}

#[test]
fn names_stand_in_dictionary_order() {
    let messages = Messages::new(Language::Fr);
    let mut names = [
        "photo-10", "zoé", "œuvre", "Élu", "photo-2", "ete", "été", "eux",
    ];
    names.sort_by(|left, right| messages.compare(left, right));
    assert_eq!(
        names,
        [
            "Élu", "ete", "été", "eux", "œuvre", "photo-2", "photo-10", "zoé"
        ]
    );
}

#[test]
fn lists_end_in_and() {
    let messages = Messages::new(Language::Fr);
    let list = |items: &[&str]| {
        messages.list(
            &items
                .iter()
                .map(|&item| item.to_owned())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(list(&[]), "");
    assert_eq!(list(&["a"]), "a");
    assert_eq!(list(&["a", "b", "c"]), "a, b et c");
}
