//! The words of a memo, in each language.

use crate::base::Language;

use super::super::labels::{self, choose};

/// Headings and small words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    pub question: &'static str,
    pub short_answer: &'static str,
    pub reasons: &'static str,
    pub to_do: &'static str,
    pub advice: &'static str,
    pub factors: &'static str,
    pub unknown: &'static str,
    pub facts: &'static str,
    pub texts: &'static str,
    /// Behind what is supposed.
    pub assumed: &'static str,
    /// Behind what nothing says.
    pub nothing_says: &'static str,
    /// Behind what would only support itself.
    pub itself: &'static str,
    /// Behind a row that lists all others.
    pub row_closed: &'static str,
    /// Before what is not known and the answer hangs on.
    pub hangs_on: &'static str,
    /// Before norms that may be in force.
    pub may_apply: &'static str,
    /// Before what is not known besides.
    pub facts_do_not_say: &'static str,
    /// Behind what is not known, where the answer does not hang on it.
    pub changes_nothing: &'static str,
    /// Before factors that are there.
    pub present: &'static str,
    /// Before factors of which that is not known.
    pub perhaps_present: &'static str,
    /// Before factors that are not there.
    pub absent: &'static str,
    /// Before statements to be read as well.
    pub also: &'static str,
    /// Before statements that are not in force on the day.
    pub out_of_force: &'static str,
    /// Before norms that are set aside and whose winner is not in force for certain.
    pub set_aside: &'static str,
}

static ENGLISH: Words = Words {
    question: "Question",
    short_answer: "Short answer",
    reasons: "Reasons",
    to_do: "What is to be done",
    advice: "Advice",
    factors: "What is to be weighed",
    unknown: "What we do not know",
    facts: "Facts relied on",
    texts: "Texts",
    assumed: "assumed for this question",
    nothing_says: "nothing in the facts says otherwise",
    itself: "it would only support itself",
    row_closed: "the facts list all others",
    hangs_on: "The answer hangs on whether",
    may_apply: "Norms that may apply",
    facts_do_not_say: "The facts do not say whether",
    changes_nothing: "The answer does not hang on any of this.",
    present: "Present:",
    perhaps_present: "Perhaps present, as the facts do not say:",
    absent: "Absent:",
    also: "To be read as well:",
    out_of_force: "Left out, as not in force on that day:",
    set_aside: "Set aside:",
};

static FRENCH: Words = Words {
    question: "Question",
    short_answer: "Réponse en bref",
    reasons: "Motifs",
    to_do: "Ce qui est à faire",
    advice: "Conseils",
    factors: "Ce qui est à peser",
    unknown: "Ce que nous ignorons",
    facts: "Faits retenus",
    texts: "Textes",
    assumed: "supposé pour la question",
    nothing_says: "rien dans les faits ne dit le contraire",
    itself: "cela ne reposerait que sur soi-même",
    row_closed: "les faits énumèrent tous les autres",
    hangs_on: "La réponse dépend de ceci, que les faits ne disent pas\u{a0}:",
    may_apply: "Normes qui s’appliquent peut-être",
    facts_do_not_say: "Les faits ne disent pas si",
    changes_nothing: "La réponse ne dépend de rien de tout cela.",
    present: "Présents\u{a0}:",
    perhaps_present: "Peut-être présents, car les faits ne le disent pas\u{a0}:",
    absent: "Absents\u{a0}:",
    also: "À lire aussi\u{a0}:",
    out_of_force: "Laissés de côté, car pas en vigueur ce jour-là\u{a0}:",
    set_aside: "Écartées\u{a0}:",
};

/// The words of `language`.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::En => &ENGLISH,
        Language::Fr => &FRENCH,
    }
}

/// A title between quotation marks.
pub(super) fn quoted(language: Language, title: &str) -> String {
    match language {
        Language::En => format!("“{title}”"),
        Language::Fr => format!("«\u{a0}{title}\u{a0}»"),
    }
}

/// `a, b and c`.
pub(super) fn listed(language: Language, items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{}{}{last}", first.join(", "), labels::and(language)),
    }
}

/// Reasons in a row: `a; b; and c`.
pub(super) fn in_a_row(language: Language, items: &[String]) -> String {
    let (mark, and) = match language {
        Language::En => ("; ", "; and "),
        Language::Fr => ("\u{a0}; ", "\u{a0}; et "),
    };
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first}{}{second}", labels::and(language)),
        [first @ .., last] => format!("{}{and}{last}", first.join(mark)),
    }
}

/// How the facts record the act.
pub(super) fn mode(language: Language, mode: &str) -> Option<&'static str> {
    let pair = match mode {
        "performed" => (
            "The facts record the act as done.",
            "Les faits consignent l’acte comme accompli.",
        ),
        "planned" => (
            "The facts record the act as planned.",
            "Les faits consignent l’acte comme prévu.",
        ),
        "omitted" => (
            "The facts record that the act was left undone.",
            "Les faits consignent que l’acte a été omis.",
        ),
        _ => return None,
    };
    Some(choose(language, pair))
}

/// The answer, in its first sentence; `by` are the documents it rests on.
pub(super) fn answer(language: Language, verdict: &str, by: &str) -> String {
    let (en, fr) = match (verdict, by.is_empty()) {
        ("permitted", false) => (
            "Yes. It is permitted by {by}.",
            "Oui. C’est permis par {by}.",
        ),
        ("permitted", true) => ("Yes. It is permitted.", "Oui. C’est permis."),
        ("conditional", _) => ("Only on condition.", "Sous condition seulement."),
        ("prohibited", false) => (
            "No. It is prohibited by {by}.",
            "Non. C’est interdit par {by}.",
        ),
        ("prohibited", true) => ("No. It is prohibited.", "Non. C’est interdit."),
        ("conflict", _) => (
            "There is no single answer. Norms in force contradict each other, and nothing says which of them prevails.",
            "Il n’y a pas de réponse unique. Des normes en vigueur se contredisent, et rien ne dit laquelle l’emporte.",
        ),
        ("undetermined", _) => (
            "That cannot be said on the facts as they stand.",
            "On ne peut pas le dire en l’état des faits.",
        ),
        _ => (
            "The guidelines leave it open: none in force forbids it, and none grants it.",
            "Les lignes directrices laissent la question ouverte\u{a0}: aucune norme en vigueur ne l’interdit ni ne l’accorde.",
        ),
    };
    choose(language, (en, fr)).replace("{by}", by)
}

/// Before the conditions of the act.
pub(super) fn conditions(language: Language, count: usize) -> &'static str {
    match count {
        1 => choose(language, ("It requires this:", "Il y faut ceci\u{a0}:")),
        _ => choose(
            language,
            ("It requires all of this:", "Il y faut tout ceci\u{a0}:"),
        ),
    }
}

/// That advice in force speaks against the act.
pub(super) fn advised_against(language: Language, by: &str) -> String {
    match language {
        Language::En => format!("It is, however, advised against by {by}."),
        Language::Fr => format!("C’est toutefois déconseillé par {by}."),
    }
}

/// What a norm does, at the start of why.
pub(super) fn effect(language: Language, effect: &str, open: bool) -> Option<&'static str> {
    let pair = match (effect, open) {
        ("forbid", false) => ("This forbids the act.", "Cela interdit l’acte."),
        ("forbid", true) => ("This would forbid the act.", "Cela interdirait l’acte."),
        ("permit", false) => ("This permits the act.", "Cela permet l’acte."),
        ("permit", true) => ("This would permit the act.", "Cela permettrait l’acte."),
        ("permit-not", false) => ("This exempts from the act.", "Cela dispense de l’acte."),
        ("permit-not", true) => (
            "This would exempt from the act.",
            "Cela dispenserait de l’acte.",
        ),
        ("oblige", false) => ("This obliges to the act.", "Cela oblige à l’acte."),
        ("oblige", true) => ("This would oblige to the act.", "Cela obligerait à l’acte."),
        ("require", false) => (
            "This sets the act a condition.",
            "Cela pose une condition à l’acte.",
        ),
        ("require", true) => (
            "This would set the act a condition.",
            "Cela poserait une condition à l’acte.",
        ),
        ("discourage", _) => (
            "This is advice against the act.",
            "C’est un conseil contre l’acte.",
        ),
        _ => return None,
    };
    Some(choose(language, pair))
}

/// Why a norm applies, or what is known already of one that may.
pub(super) fn because(language: Language, reasons: &str, open: bool) -> String {
    match (language, reasons.is_empty(), open) {
        (_, true, true) => String::new(),
        (Language::En, true, false) => "It applies to every such act.".to_owned(),
        (Language::Fr, true, false) => "Cela vaut pour tout acte de ce genre.".to_owned(),
        (Language::En, false, false) => format!("It applies because {reasons}."),
        (Language::Fr, false, false) => format!("Cela s’applique, car {reasons}."),
        (Language::En, false, true) => format!("What it asks for is there in part: {reasons}."),
        (Language::Fr, false, true) => {
            format!("Ce qu’il y faut est rempli en partie\u{a0}: {reasons}.")
        }
    }
}

/// What is due, how it stands, and by when.
pub(super) fn due(language: Language, parts: &[String]) -> String {
    match parts {
        [what, how @ ..] if !how.is_empty() => {
            let status = choose(language, ("Status", "État"));
            let colon = labels::labels(language).colon;
            format!("{what} {status}{colon}{}.", how.join(", "))
        }
        _ => parts.concat(),
    }
}

/// The verdict of an act; without one, of the act that the memo is about.
pub(super) fn judged(language: Language, act: Option<&String>, verdict: &str) -> String {
    match (language, act) {
        (_, Some(act)) => format!("{act} ({verdict})"),
        (Language::En, None) => format!("the verdict on the act is “{verdict}”"),
        (Language::Fr, None) => format!("le verdict sur l’acte est «\u{a0}{verdict}\u{a0}»"),
    }
}

/// What does not stand against a norm.
pub(super) fn despite(language: Language, reasons: &str) -> String {
    match language {
        Language::En => format!("Nothing stands against that: {reasons}."),
        Language::Fr => format!("Rien ne s’y oppose\u{a0}: {reasons}."),
    }
}

/// What a definition concludes, and why.
pub(super) fn defined(language: Language, what: &str, citation: &str, why: &str) -> String {
    let citation = format!("({citation})");
    match (language, why.is_empty()) {
        (Language::En, false) => format!("By definition {citation}, {what}, since {why}."),
        (Language::En, true) => format!("By definition {citation}, {what}."),
        (Language::Fr, false) => format!("Par définition {citation}, {what}, puisque {why}.")
            .replace("puisque il", "puisqu’il")
            .replace("puisque un", "puisqu’un"),
        (Language::Fr, true) => format!("Par définition {citation}, {what}."),
    }
}

/// That a document governs the act.
pub(super) fn governs(language: Language, citation: &str, why: &str) -> String {
    match language {
        Language::En => format!("It governs the act ({citation}), because {why}."),
        Language::Fr => format!("Ce texte régit l’acte ({citation}), car {why}."),
    }
}

/// That a norm sets another aside, on a principle.
pub(super) fn sets_aside(language: Language, other: &str, principle: &str) -> String {
    match language {
        Language::En => format!("It sets aside {other}: {principle}."),
        Language::Fr => format!("Cela écarte {other}\u{a0}: {principle}."),
    }
}

/// That a norm and another contradict each other.
pub(super) fn clashes(language: Language, other: &str, open: bool) -> String {
    match (language, open) {
        (Language::En, false) => {
            format!("It contradicts {other}, and nothing tells which prevails.")
        }
        (Language::En, true) => {
            format!("It would contradict {other}, and nothing tells which would prevail.")
        }
        (Language::Fr, false) => {
            format!("Cela contredit {other}, et rien ne dit laquelle l’emporte.")
        }
        (Language::Fr, true) => {
            format!("Cela contredirait {other}, et rien ne dit laquelle l’emporterait.")
        }
    }
}

/// A condition of the act and how it stands.
pub(super) fn condition(
    language: Language,
    text: &str,
    standing: &'static str,
    fixed: bool,
) -> String {
    let standing = labels::standing(language, standing);
    let fixed = if fixed {
        format!(", {}", labels::labels(language).fixed)
    } else {
        String::new()
    };
    match language {
        Language::En => format!("Condition: {text} ({standing}{fixed})."),
        Language::Fr => format!("Condition\u{a0}: {text} ({standing}{fixed})."),
    }
}

/// When an open norm is in force.
pub(super) fn in_force(language: Language, when: &str) -> String {
    match language {
        Language::En => format!("It is in force {when}."),
        Language::Fr => format!("Elle est en vigueur {when}."),
    }
}

/// What an open norm turns on: what would have to be so, and what not.
pub(super) fn turns_on(language: Language, so: &[String], not: &[String]) -> String {
    let (so, not) = (in_a_row(language, so), in_a_row(language, not));
    match (language, so.is_empty(), not.is_empty()) {
        (Language::En, true, true) => {
            "What is open is whether another norm sets it aside.".to_owned()
        }
        (Language::Fr, true, true) => "Reste à savoir si une autre norme l’écarte.".to_owned(),
        (Language::En, false, true) => format!("It depends on this being so: {so}."),
        (Language::Fr, false, true) => format!("Il faudrait que ceci soit\u{a0}: {so}."),
        (Language::En, true, false) => format!("It depends on this not being so: {not}."),
        (Language::Fr, true, false) => format!("Il faudrait que ceci ne soit pas\u{a0}: {not}."),
        (Language::En, false, false) => {
            format!("It depends on this being so: {so}; and on this not being so: {not}.")
        }
        (Language::Fr, false, false) => format!(
            "Il faudrait que ceci soit\u{a0}: {so}\u{a0}; et que ceci ne soit pas\u{a0}: {not}."
        ),
    }
}

/// That the reasons are about a verdict that did not come.
pub(super) fn other(language: Language, wanted: &str) -> String {
    let wanted = wanted.to_lowercase();
    match language {
        Language::En => format!("Below: what each norm lacks that could have made it {wanted}."),
        Language::Fr => format!(
            "Voici ce qui manque à chaque norme qui aurait pu donner le verdict «\u{a0}{wanted}\u{a0}»."
        ),
    }
}

/// What a norm lacks.
pub(super) fn lacks(language: Language, what: &str) -> String {
    match language {
        Language::En => format!("It fails on this: {what}."),
        Language::Fr => format!("Il y manque ceci\u{a0}: {what}."),
    }
}
