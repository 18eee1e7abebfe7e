//! What a user answers: words in English and French, whatever the language of the run, and names.

use crate::reasoner::Reply;
use crate::reasoner::view::{AskedView, Wants};

/// What a line says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Said {
    /// An answer.
    Reply(Reply),
    /// To take the last answer back.
    Back,
    /// To end.
    Stop,
    /// To be told why this is asked.
    Why,
    /// Nothing that is understood.
    Unclear,
}

/// A word that is not an answer by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Word {
    Yes,
    No,
    NotKnown,
    Back,
    Stop,
    Why,
}

/// The words, in small letters and without accents.
const WORDS: [(Word, &[&str]); 6] = [
    (Word::Yes, &["yes", "oui"]),
    (
        Word::No,
        &[
            "no", "none", "nobody", "nothing", "non", "aucun", "personne", "rien",
        ],
    ),
    (
        Word::NotKnown,
        &[
            "don't know",
            "dont know",
            "unknown",
            "skip",
            "je ne sais pas",
            "inconnu",
            "passer",
        ],
    ),
    (Word::Back, &["back", "retour"]),
    (Word::Stop, &["stop", "quit", "arreter"]),
    (Word::Why, &["why", "pourquoi"]),
];

/// The words before a name that nothing declares.
const NEW: [&str; 3] = ["new ", "nouveau ", "nouvelle "];

/// What `line` says to a question. Where names are asked for, words are given in full.
pub(super) fn said(line: &str, asked: &AskedView) -> Said {
    let whether = asked.wants == Wants::Whether;
    match word(line, whether) {
        Some(Word::Yes) => Said::Reply(Reply::Holds(true)),
        Some(Word::No) => Said::Reply(Reply::Holds(false)),
        Some(Word::NotKnown) => Said::Reply(Reply::NotKnown),
        Some(Word::Back) => Said::Back,
        Some(Word::Stop) => Said::Stop,
        Some(Word::Why) => Said::Why,
        None if whether || line.trim().is_empty() => Said::Unclear,
        None => Said::Reply(named(line)),
    }
}

/// The word that `line` is or, with `prefixes`, that alone can be meant by how it starts.
fn word(line: &str, prefixes: bool) -> Option<Word> {
    let line = plain(line);
    let fits = |fit: &dyn Fn(&str) -> bool| {
        let words = WORDS
            .iter()
            .filter(|(_, words)| words.iter().any(|word| fit(word)));
        words.map(|(word, _)| *word).collect::<Vec<_>>()
    };
    if line.is_empty() {
        return None;
    }
    match (fits(&|word| word == line).as_slice(), prefixes) {
        ([only], _) => Some(*only),
        (_, false) => None,
        (_, true) => match fits(&|word| word.starts_with(&line)).as_slice() {
            [only] => Some(*only),
            _ => None,
        },
    }
}

/// In small letters, without the accent of "arrêter", with straight apostrophes.
fn plain(line: &str) -> String {
    let line = line.trim().trim_end_matches(['.', '!']);
    let line = line.to_lowercase().replace('ê', "e").replace('’', "'");
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names of a line, parted by commas; quotation marks may stand around each.
fn named(line: &str) -> Reply {
    let (mut names, mut new) = (Vec::new(), Vec::new());
    for part in line
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let rest = NEW.iter().find_map(|word| part.strip_prefix(word));
        let name = unquoted(rest.unwrap_or(part).trim()).to_owned();
        if rest.is_some() {
            new.push(name.clone());
        }
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Reply::These { names, new }
}

fn unquoted(name: &str) -> &str {
    let within = |mark| name.strip_prefix(mark)?.strip_suffix(mark);
    ['\'', '"'].into_iter().find_map(within).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(wants: Wants) -> AskedView {
        AskedView {
            relation: String::new(),
            arguments: Vec::new(),
            atom: String::new(),
            text: String::new(),
            norms: Vec::new(),
            wants,
            sort: None,
            is_value: false,
            known: Vec::new(),
            choices: Vec::new(),
            new: Vec::new(),
        }
    }

    #[test]
    fn words_are_known_by_how_they_start() {
        let said = |line| said(line, &asked(Wants::Whether));
        for (line, reply) in [
            ("y", Reply::Holds(true)),
            ("Oui.", Reply::Holds(true)),
            ("n", Reply::Holds(false)),
            ("D", Reply::NotKnown),
            ("je  ne sais pas", Reply::NotKnown),
            ("don’t know", Reply::NotKnown),
            ("sk", Reply::NotKnown),
        ] {
            assert_eq!(said(line), Said::Reply(reply), "{line}");
        }
        assert_eq!(said("Arrêter"), Said::Stop);
        assert_eq!(said("b"), Said::Back);
        assert_eq!(said("w"), Said::Why);
        for line in ["", "s", "p", "yesterday", "maybe"] {
            assert_eq!(said(line), Said::Unclear, "{line}");
        }
    }

    #[test]
    fn names_are_taken_as_they_are() {
        let wants = Wants::Which {
            one: false,
            none: true,
        };
        let said = |line| said(line, &asked(wants));
        let these = |names: &[&str], new: &[&str]| {
            let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
            Said::Reply(Reply::These {
                names: owned(names),
                new: owned(new),
            })
        };
        assert_eq!(said("roy, lee,roy"), these(&["roy", "lee"], &[]));
        assert_eq!(said("new Pat, 'back'"), these(&["Pat", "back"], &["Pat"]));
        assert_eq!(said("b"), these(&["b"], &[]));
        assert_eq!(said("nobody"), Said::Reply(Reply::Holds(false)));
    }
}
