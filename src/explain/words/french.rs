//! French. A narrow space that never breaks stands before `:`, `;` and inside guillemets.

use super::catalogue::{Catalogue, ComparisonWords, EffectWords, Noun};

/// The French words.
pub(super) static FRENCH: Catalogue = Catalogue {
    noun,
    is_of_sort,
    negated,
    not_so: "ceci est faux\u{a0}: {state}",
    now: "{date} est la date du jugement",
    any_act: ["accomplir un acte quelconque", "accomplir {label}"],
    labelled: "{act} (c’est {label})",
    with_bearer: "{act}, par {by}",
    asked: [
        "Est-il permis de {act}\u{202f}?",
        "Est-il permis à {by} de {act}\u{202f}?",
    ],
    asked_state: [
        "Ceci est-il permis\u{a0}: {state}\u{202f}?",
        "Ceci est-il permis de la part de {by}\u{a0}: {state}\u{202f}?",
    ],
    concerning: "concernant {filler}",
    roles: [
        "par {filler}",
        "{filler}",
        "sur {filler}",
        "à {filler}",
        "avec {filler}",
        "au nom de {filler}",
        "à {filler}",
    ],
    known_date: "le {filler}",
    is_transitive,
    and: "et",
    or: "ou",
    ambiguous: &[" et ", " ou ", ", ", "\u{a0}; ", "\u{a0}: ", " ni "],
    mark: "{mark})",
    semicolon: "\u{a0}; ",
    one_of: "au moins un de ces cas se présente\u{a0}: {items}",
    quoted: "«\u{a0}{text}\u{a0}»",
    numbers: ComparisonWords {
        signs: [
            "{left} est {right}",
            "{left} n’est pas {right}",
            "{left} est inférieur à {right}",
            "{left} ne dépasse pas {right}",
            "{left} dépasse {right}",
            "{left} vaut au moins {right}",
        ],
    },
    dates: ComparisonWords {
        signs: [
            "{left} est {right}",
            "{left} n’est pas {right}",
            "{left} précède {right}",
            "{left} ne suit pas {right}",
            "{left} suit {right}",
            "{left} ne précède pas {right}",
        ],
    },
    things: ComparisonWords {
        signs: [
            "{left} est {right}",
            "{left} n’est pas {right}",
            "{left} < {right}",
            "{left} <= {right}",
            "{left} > {right}",
            "{left} >= {right}",
        ],
    },
    arithmetic: ["plus", "moins", "fois"],
    units: [
        ["minute", "minutes"],
        ["heure", "heures"],
        ["jour", "jours"],
        ["semaine", "semaines"],
        ["mois", "mois"],
        ["an", "ans"],
    ],
    aggregates: [
        "{left} dénombre {terms} dans les cas où {body}",
        "{left} fait la somme de {first}{over} dans les cas où {body}",
        "{left} est la plus petite valeur parmi {first}{over} dans les cas où {body}",
        "{left} est la plus grande valeur parmi {first}{over} dans les cas où {body}",
    ],
    over: ", pour {terms},",
    statuses: [
        (
            "ceci a été fait\u{a0}: {act}",
            "ceci n’a pas été fait\u{a0}: {act}",
        ),
        (
            "ceci est prévu\u{a0}: {act}",
            "ceci n’est pas prévu\u{a0}: {act}",
        ),
        (
            "ceci est consigné ou à juger\u{a0}: {act}",
            "ceci n’est ni consigné ni à juger\u{a0}: {act}",
        ),
        (
            "ceci est permis{under}\u{a0}: {act}",
            "ceci n’est pas permis{under}\u{a0}: {act}",
        ),
        (
            "ceci est interdit{under}\u{a0}: {act}",
            "ceci n’est pas interdit{under}\u{a0}: {act}",
        ),
        (
            "ceci a été fait ou omis en infraction{under}\u{a0}: {act}",
            "ceci n’a pas été fait ou omis en infraction{under}\u{a0}: {act}",
        ),
        (
            "rien n’établit{under} si ceci est permis\u{a0}: {act}",
            "il est établi{under} si ceci est permis ou non\u{a0}: {act}",
        ),
    ],
    under: " selon {under}",
    effects: [
        EffectWords {
            act: [
                "Il est interdit de {act}",
                "Il est interdit à {by} de {act}",
            ],
            omission: [
                "Il est interdit de ne pas {act}",
                "Il est interdit à {by} de ne pas {act}",
            ],
            state: [
                "Ceci est interdit\u{a0}: {state}",
                "Ceci est interdit à {by}\u{a0}: {state}",
            ],
            no_state: None,
        },
        EffectWords {
            act: ["Il est permis de {act}", "Il est permis à {by} de {act}"],
            omission: [
                "Il n’est pas obligatoire de {act}",
                "Il n’est pas obligatoire pour {by} de {act}",
            ],
            state: [
                "Ceci est permis\u{a0}: {state}",
                "Ceci est permis à {by}\u{a0}: {state}",
            ],
            no_state: Some([
                "Il n’est pas obligatoire de veiller à ceci\u{a0}: {state}",
                "Il n’est pas obligatoire pour {by} de veiller à ceci\u{a0}: {state}",
            ]),
        },
        EffectWords {
            act: [
                "Il est obligatoire de {act}",
                "Il est obligatoire pour {by} de {act}",
            ],
            omission: [
                "Il est obligatoire de ne pas {act}",
                "Il est obligatoire pour {by} de ne pas {act}",
            ],
            state: [
                "Il est obligatoire de veiller à ceci\u{a0}: {state}",
                "Il est obligatoire pour {by} de veiller à ceci\u{a0}: {state}",
            ],
            no_state: None,
        },
        EffectWords {
            act: [
                "Il est déconseillé de {act}",
                "Il est déconseillé à {by} de {act}",
            ],
            omission: [
                "Il est déconseillé de ne pas {act}",
                "Il est déconseillé à {by} de ne pas {act}",
            ],
            state: [
                "Ceci est déconseillé\u{a0}: {state}",
                "Ceci est déconseillé à {by}\u{a0}: {state}",
            ],
            no_state: None,
        },
        EffectWords {
            act: [
                "Il est recommandé de {act}",
                "Il est recommandé à {by} de {act}",
            ],
            omission: [
                "Il est recommandé de ne pas {act}",
                "Il est recommandé à {by} de ne pas {act}",
            ],
            state: [
                "Ceci est recommandé\u{a0}: {state}",
                "Ceci est recommandé à {by}\u{a0}: {state}",
            ],
            no_state: None,
        },
    ],
    purpose: [
        "S’il s’agit de {act}, ce qui suit s’applique. ",
        "S’il s’agit, pour {by}, de {act}, ce qui suit s’applique. ",
    ],
    require: [
        "S’agissant de {act}{when}, cette condition doit être remplie\u{a0}: {body}",
        "S’agissant, pour {by}, de {act}{when}, cette condition doit être remplie\u{a0}: {body}",
    ],
    consider: [
        "Pour juger s’il y a lieu de {act}, ",
        "Pour juger s’il y a lieu, pour {by}, de {act}, ",
    ],
    concern: [
        "ceci augmente les réserves\u{a0}: ",
        "ceci diminue les réserves\u{a0}: ",
        "ceci compte parmi les facteurs\u{a0}: ",
    ],
    always: "l’acte lui-même",
    consequence: "Il s’ensuit que {state}",
    per: ", séparément pour chaque {each}",
    per_act: ", une fois par acte",
    within: ", dans un délai de {amount} {unit} à compter de {date}",
    when: ", lorsque {body}",
    unless: [
        " Cela ne s’applique pas si {body}.",
        " Cela ne s’applique pas non plus si {body}.",
    ],
    overrides: " Cette règle écarte {ids}.",
    otherwise: " À défaut, {duty}",
    define: [
        "Aux fins de ce document, {head}",
        "Aux fins de ce document, {head} si {body}",
    ],
    rule: ["Par définition, {head}", "Par définition, {head} si {body}"],
    scope: [
        "Ce document régit {acts}",
        "Ce document ne régit pas {acts}",
    ],
    scope_acts: [
        ["tout acte{act}", "tout acte de ce genre\u{a0}: {act}"],
        ["les actes{act}", "les actes de ce genre\u{a0}: {act}"],
    ],
    scope_by: "par {filler}",
    note: [
        "Cela ne fait qu’informer\u{a0}: aucune règle n’en découle.",
        "Cela répète {id}.",
        "Cela renvoie à un texte qui n’est pas encodé ici\u{a0}: {text}.",
    ],
    note_for: " On le montre avec les actes de ce genre\u{a0}: {act}",
    never: "Ceci est exclu\u{a0}: {body}",
};

/// Only built-in sorts have a French noun; of others the variable alone is said.
fn noun(sort: &str) -> Noun {
    let (article, definite, bare) = match sort {
        "actor" => ("un", "l’", "acteur"),
        "account" => ("un", "le ", "compte"),
        "content" => ("un", "le ", "contenu"),
        "resource" => ("une", "la ", "ressource"),
        "act" => ("un", "l’", "acte"),
        "integer" => ("un", "le ", "nombre"),
        "date" => ("une", "la ", "date"),
        "text" => ("un", "le ", "texte"),
        _ => {
            return Noun {
                indefinite: String::new(),
                definite: String::new(),
                bare: String::new(),
                plural: "les".to_owned(),
                some: "quelque chose".to_owned(),
            };
        }
    };
    Noun {
        indefinite: format!("{article} {bare}"),
        definite: format!("{definite}{bare}"),
        bare: bare.to_owned(),
        plural: format!("les {bare}s"),
        some: format!("{article} {bare} quelconque"),
    }
}

fn is_of_sort(sort: &str) -> String {
    let noun = noun(sort);
    if noun.indefinite.is_empty() {
        format!("{{thing}} est du type {sort}")
    } else {
        format!("{{thing}} est {}", noun.indefinite)
    }
}

/// "ne … pas" around the verb that follows the subject, where it denies the whole sentence.
fn negated(predicate: &str) -> Option<String> {
    if [" ou ", " et ", " ni ", ",", ";"]
        .iter()
        .any(|word| predicate.contains(word))
    {
        return None;
    }
    [
        ("est", "n’est pas"),
        ("a été", "n’a pas été"),
        ("sont", "ne sont pas"),
    ]
    .into_iter()
    .find_map(|(verb, denied)| {
        let rest = predicate.strip_prefix(' ')?.strip_prefix(verb)?;
        rest.starts_with(' ').then(|| format!(" {denied}{rest}"))
    })
}

/// A single infinitive.
fn is_transitive(verb: &str) -> bool {
    !verb.contains(' ')
}
