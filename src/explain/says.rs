//! Short sentences about the parts of a case that have no template.

use crate::base::Language;

/// That a document governs the act.
pub(super) fn governs(language: Language, document: &str) -> String {
    match language {
        Language::En => format!("{document} governs the act"),
        Language::Fr => format!("{document} régit l’acte"),
    }
}

/// That a document excludes the act from its scope.
pub(super) fn excludes(language: Language, document: &str) -> String {
    match language {
        Language::En => format!("{document} leaves the act out of its scope"),
        Language::Fr => format!("{document} exclut l’acte de son champ d’application"),
    }
}

/// That a definition applies.
pub(super) fn applies(language: Language, statement: &str) -> String {
    match language {
        Language::En => format!("{statement} applies"),
        Language::Fr => format!("{statement} s’applique"),
    }
}

/// That a definition does not apply.
pub(super) fn does_not_apply(language: Language, statement: &str) -> String {
    match language {
        Language::En => format!("{statement} does not apply"),
        Language::Fr => format!("{statement} ne s’applique pas"),
    }
}

/// That a sentence is not so.
pub(super) fn not(language: Language, sentence: &str) -> String {
    match language {
        Language::En => format!("it is not so that {sentence}"),
        Language::Fr => format!("ceci est faux\u{a0}: {sentence}"),
    }
}

/// That a condition of a rule does not hold.
pub(super) fn does_not_hold(language: Language, condition: &str) -> String {
    match language {
        Language::En => format!("this does not hold: {condition}"),
        Language::Fr => format!("ceci n’est pas rempli\u{a0}: {condition}"),
    }
}

/// How the facts record an act: done, planned, omitted, on record.
pub(super) fn recorded(language: Language, name: &str, how: &str, act: &str) -> String {
    let how = match (language, how) {
        (Language::En, "done") => "was done",
        (Language::En, "planned") => "is planned",
        (Language::En, "omitted") => "was omitted",
        (Language::En, _) => "is on record",
        (Language::Fr, "done") => "a été fait",
        (Language::Fr, "planned") => "est prévu",
        (Language::Fr, "omitted") => "a été omis",
        (Language::Fr, _) => "est consigné",
    };
    let colon = match language {
        Language::En => ":",
        Language::Fr => "\u{a0}:",
    };
    format!("{name} {how}{colon} {act}")
}

/// What a verdict adds to the act's description.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Remark {
    /// In some completion the norms clash.
    Contested,
    /// No document governs it.
    OutOfScope,
    /// What would have spoken is not in force.
    OutOfForce,
    /// The documents are silent.
    Silent,
    /// They only advise.
    AdviceOnly,
    /// Permitted once its conditions are met.
    OncePermitted,
    /// Unregulated once its conditions are met.
    OnceUnregulated,
    /// It was a breach.
    Breach,
    /// It may have been a breach.
    PossibleBreach,
    /// The norms clash over it.
    ContestedBreach,
    /// It depends on its own verdict.
    Circular,
    /// Settling it would have gone too far.
    BeyondLimit,
    /// It is recorded too generally.
    WhichWay,
}

/// A remark as a sentence.
pub(super) fn remark(language: Language, remark: Remark) -> &'static str {
    let (en, fr) = match remark {
        Remark::Contested => (
            "If an unknown fact turns out so, the norms clash.",
            "Selon un fait inconnu, les normes se contredisent.",
        ),
        Remark::OutOfScope => ("No document governs it.", "Aucun document ne le régit."),
        Remark::OutOfForce => (
            "What would speak of it is not in force on that day.",
            "Ce qui en traiterait n’est pas en vigueur ce jour-là.",
        ),
        Remark::Silent => (
            "The documents say nothing of it.",
            "Les documents n’en disent rien.",
        ),
        Remark::AdviceOnly => (
            "The documents only advise.",
            "Les documents ne font que conseiller.",
        ),
        Remark::OncePermitted => (
            "Permitted once its conditions are met.",
            "Permis une fois ses conditions remplies.",
        ),
        Remark::OnceUnregulated => (
            "Unregulated once its conditions are met.",
            "Non réglementé une fois ses conditions remplies.",
        ),
        Remark::Breach => ("It was a breach.", "C’était une infraction."),
        Remark::PossibleBreach => (
            "It may have been a breach.",
            "C’était peut-être une infraction.",
        ),
        Remark::ContestedBreach => (
            "Whether it was a breach is contested.",
            "On peut contester que c’était une infraction.",
        ),
        Remark::Circular => (
            "It hangs on a verdict that depends on itself.",
            "Son verdict tient à un verdict qui dépend de lui-même.",
        ),
        Remark::BeyondLimit => (
            "It hangs on more unknown facts than were weighed together; they may not all matter.",
            "Il tient à plus de faits inconnus qu’on n’en a pesé ensemble\u{a0}; tous ne comptent peut-être pas.",
        ),
        Remark::WhichWay => (
            "It depends on the way in which it is done:",
            "Cela dépend de la manière dont il est accompli\u{a0}:",
        ),
    };
    match language {
        Language::En => en,
        Language::Fr => fr,
    }
}

/// That a norm prevails over another.
pub(super) fn prevails(language: Language, winner: &str, loser: &str) -> String {
    match language {
        Language::En => format!("{winner} sets aside {loser}"),
        Language::Fr => format!("{winner} écarte {loser}"),
    }
}

/// That two norms clash.
pub(super) fn clash(language: Language, first: &str, second: &str) -> String {
    match language {
        Language::En => format!("{first} and {second} clash"),
        Language::Fr => format!("{first} et {second} se contredisent"),
    }
}

/// Why a verdict did not come: the heading.
pub(super) fn why_not(language: Language, wanted: &str, act: &str) -> String {
    let wanted = wanted.to_lowercase();
    match language {
        Language::En => format!("Why not {wanted}: {act}"),
        Language::Fr => format!("Pourquoi pas {wanted}\u{a0}: {act}"),
    }
}

/// That the verdict is the one asked after.
pub(super) fn as_asked(language: Language) -> &'static str {
    match language {
        Language::En => "this is the verdict asked after, so nothing is lacking",
        Language::Fr => "c’est le verdict demandé, rien ne manque donc",
    }
}

/// The verdict that came in its place, and what is not shown.
pub(super) fn verdict_is(
    language: Language,
    verdict: &str,
    left_out: usize,
    rules: usize,
) -> Vec<String> {
    let verdict = verdict.to_lowercase();
    let mut said = vec![match language {
        Language::En => format!("the verdict is: {verdict}"),
        Language::Fr => format!("le verdict est\u{a0}: {verdict}"),
    }];
    if left_out > 0 {
        said.push(match language {
            Language::En => format!("norms further off, not shown: {left_out}"),
            Language::Fr => format!("normes plus éloignées, non montrées\u{a0}: {left_out}"),
        });
    }
    if rules > 0 {
        said.push(match language {
            Language::En => format!("rules not shown: {rules}"),
            Language::Fr => format!("règles non montrées\u{a0}: {rules}"),
        });
    }
    said
}

/// How many conditions of a norm fail or are not known.
pub(super) fn misses(language: Language, count: usize) -> String {
    match (language, count) {
        (Language::En, 1) => "1 condition missing".to_owned(),
        (Language::En, _) => format!("{count} conditions missing"),
        (Language::Fr, 0 | 1) => format!("{count} condition manque"),
        (Language::Fr, _) => format!("{count} conditions manquent"),
    }
}

/// How many other proofs of the same are not shown.
pub(super) fn other_ways(language: Language, count: usize) -> String {
    match (language, count) {
        (Language::En, 1) => "1 more proof is not shown".to_owned(),
        (Language::En, _) => format!("{count} more proofs are not shown"),
        (Language::Fr, 1) => "1 autre preuve n’est pas montrée".to_owned(),
        (Language::Fr, _) => format!("{count} autres preuves ne sont pas montrées"),
    }
}

/// That no norm could give a verdict.
pub(super) fn no_norm(language: Language) -> &'static str {
    match language {
        Language::En => "No norm could give such an act this verdict.",
        Language::Fr => "Aucune norme ne pourrait donner ce verdict à un tel acte.",
    }
}
