//! English.

use super::catalogue::{Catalogue, ComparisonWords, EffectWords, Noun};

/// The English words.
pub(super) static ENGLISH: Catalogue = Catalogue {
    noun,
    is_of_sort,
    negated,
    not_so: "it is not so that {state}",
    now: "{date} is the date of judgement",
    any_act: ["perform any act", "perform {label}"],
    labelled: "{act} (this is {label})",
    with_bearer: "{act}, by {by}",
    asked: ["May one {act}?", "May {by} {act}?"],
    asked_state: [
        "Is this allowed: {state}?",
        "Is this allowed on the part of {by}: {state}?",
    ],
    concerning: "concerning {filler}",
    roles: [
        "by {filler}",
        "{filler}",
        "on {filler}",
        "to {filler}",
        "with {filler}",
        "on behalf of {filler}",
        "on {filler}",
    ],
    known_date: "on {filler}",
    is_transitive,
    and: "and",
    or: "or",
    ambiguous: &[" and ", " or ", ", ", "; ", ": "],
    mark: "({mark})",
    semicolon: "; ",
    one_of: "at least one of the following holds: {items}",
    quoted: "“{text}”",
    numbers: ComparisonWords {
        signs: [
            "{left} is {right}",
            "{left} is not {right}",
            "{left} is less than {right}",
            "{left} is at most {right}",
            "{left} is more than {right}",
            "{left} is at least {right}",
        ],
    },
    dates: ComparisonWords {
        signs: [
            "{left} is {right}",
            "{left} is not {right}",
            "{left} is before {right}",
            "{left} is not after {right}",
            "{left} is after {right}",
            "{left} is not before {right}",
        ],
    },
    things: ComparisonWords {
        signs: [
            "{left} is {right}",
            "{left} is not {right}",
            "{left} < {right}",
            "{left} <= {right}",
            "{left} > {right}",
            "{left} >= {right}",
        ],
    },
    arithmetic: ["plus", "minus", "times"],
    units: [
        ["minute", "minutes"],
        ["hour", "hours"],
        ["day", "days"],
        ["week", "weeks"],
        ["month", "months"],
        ["year", "years"],
    ],
    aggregates: [
        "{left} is the number of {terms} such that {body}",
        "{left} is the sum of the {first}{over} such that {body}",
        "{left} is the least of the {first}{over} such that {body}",
        "{left} is the greatest of the {first}{over} such that {body}",
    ],
    over: ", over all {terms},",
    statuses: [
        ("this has been done: {act}", "this has not been done: {act}"),
        ("this is planned: {act}", "this is not planned: {act}"),
        (
            "this is on record or being judged: {act}",
            "this is neither on record nor being judged: {act}",
        ),
        (
            "this is permitted{under}: {act}",
            "this is not permitted{under}: {act}",
        ),
        (
            "this is prohibited{under}: {act}",
            "this is not prohibited{under}: {act}",
        ),
        (
            "this was done or omitted in breach{under}: {act}",
            "this was not done or omitted in breach{under}: {act}",
        ),
        (
            "it is not settled{under} whether this is permitted: {act}",
            "it is settled{under} whether this is permitted: {act}",
        ),
    ],
    under: " under {under}",
    effects: [
        EffectWords {
            act: [
                "It is forbidden to {act}",
                "It is forbidden for {by} to {act}",
            ],
            omission: [
                "It is forbidden not to {act}",
                "It is forbidden for {by} not to {act}",
            ],
            state: [
                "The following is forbidden: {state}",
                "The following is forbidden for {by}: {state}",
            ],
            no_state: None,
        },
        EffectWords {
            act: [
                "It is permitted to {act}",
                "It is permitted for {by} to {act}",
            ],
            omission: [
                "There is no duty to {act}",
                "There is no duty for {by} to {act}",
            ],
            state: [
                "The following is permitted: {state}",
                "The following is permitted for {by}: {state}",
            ],
            no_state: Some([
                "There is no duty to see to the following: {state}",
                "There is no duty for {by} to see to the following: {state}",
            ]),
        },
        EffectWords {
            act: [
                "It is obligatory to {act}",
                "It is obligatory for {by} to {act}",
            ],
            omission: [
                "It is obligatory not to {act}",
                "It is obligatory for {by} not to {act}",
            ],
            state: [
                "It is obligatory to see to the following: {state}",
                "It is obligatory for {by} to see to the following: {state}",
            ],
            no_state: None,
        },
        EffectWords {
            act: [
                "It is inadvisable to {act}",
                "It is inadvisable for {by} to {act}",
            ],
            omission: [
                "It is inadvisable not to {act}",
                "It is inadvisable for {by} not to {act}",
            ],
            state: [
                "The following is inadvisable: {state}",
                "The following is inadvisable for {by}: {state}",
            ],
            no_state: None,
        },
        EffectWords {
            act: [
                "It is advisable to {act}",
                "It is advisable for {by} to {act}",
            ],
            omission: [
                "It is advisable not to {act}",
                "It is advisable for {by} not to {act}",
            ],
            state: [
                "The following is advisable: {state}",
                "The following is advisable for {by}: {state}",
            ],
            no_state: None,
        },
    ],
    purpose: [
        "If one is to {act}, the following applies. ",
        "If {by} is to {act}, the following applies. ",
    ],
    require: [
        "To {act}{when}, this condition must be met: {body}",
        "For {by} to {act}{when}, this condition must be met: {body}",
    ],
    consider: [
        "In judging whether to {act}, ",
        "In judging whether {by} should {act}, ",
    ],
    concern: [
        "this raises concern: ",
        "this lowers concern: ",
        "this is a factor: ",
    ],
    always: "the act itself",
    consequence: "It follows that {state}",
    per: ", separately for each {each}",
    per_act: ", once for each act",
    within: ", within {amount} {unit} after {date}",
    when: ", when {body}",
    unless: [
        " This does not apply if {body}.",
        " Nor does it apply if {body}.",
    ],
    overrides: " This sets aside {ids}.",
    otherwise: " Failing that, {duty}",
    define: [
        "For the purposes of this document, {head}",
        "For the purposes of this document, {head} if {body}",
    ],
    rule: ["By definition, {head}", "By definition, {head} if {body}"],
    scope: [
        "This document governs {acts}",
        "This document does not govern {acts}",
    ],
    scope_acts: [
        ["every act{act}", "every act of this kind: {act}"],
        ["any act{act}", "any act of this kind: {act}"],
    ],
    scope_by: "by {filler}",
    note: [
        "This only informs: no rule follows from it.",
        "This says the same as {id}.",
        "This refers to a text that is not encoded here: {text}.",
    ],
    note_for: " It is shown with acts of this kind: {act}",
    never: "This cannot be: {body}",
};

fn noun(sort: &str) -> Noun {
    let words = match sort {
        "integer" => "number".to_owned(),
        sort => sort.replace('_', " "),
    };
    let (indefinite, plural) = match sort {
        "content" => ("some content".to_owned(), "pieces of content".to_owned()),
        _ => (with_article(&words), plural(&words)),
    };
    Noun {
        indefinite,
        definite: format!("the {words}"),
        plural,
        some: format!("some {words}"),
        bare: words,
    }
}

fn plural(words: &str) -> String {
    match words.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if words.ends_with(['s', 'x']) => format!("{words}es"),
        _ => format!("{words}s"),
    }
}

fn with_article(words: &str) -> String {
    let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {words}")
}

fn is_of_sort(sort: &str) -> String {
    format!("{{thing}} is {}", with_article(&sort.replace('_', " ")))
}

/// "not" behind the verb that follows the subject, where it denies the whole sentence.
fn negated(predicate: &str) -> Option<String> {
    if [" or ", " and ", ",", ";"]
        .iter()
        .any(|word| predicate.contains(word))
    {
        return None;
    }
    ["is", "was", "has been", "may", "are", "were"]
        .into_iter()
        .find_map(|verb| {
            let rest = predicate.strip_prefix(' ')?.strip_prefix(verb)?;
            let denied = if verb == "has been" {
                "has not been"
            } else {
                verb
            };
            let not = if verb == "has been" { "" } else { " not" };
            rest.starts_with(' ')
                .then(|| format!(" {denied}{not}{rest}"))
        })
}

/// One word, or words that end in a preposition.
fn is_transitive(verb: &str) -> bool {
    const PREPOSITIONS: [&str; 9] = ["for", "to", "of", "on", "in", "with", "about", "at", "from"];
    match verb.rsplit_once(' ') {
        Some((_, last)) => PREPOSITIONS.contains(&last),
        None => true,
    }
}
