//! What the parts of an explanation are called, in each language.

use crate::base::Language;

use super::graph::{Absence, Edge, NodeKind, NormNode};
use super::sketch::Look;

/// The English and the French of one label.
type Pair = (&'static str, &'static str);

/// Chooses between the two languages.
pub(super) fn choose(language: Language, (en, fr): Pair) -> &'static str {
    match language {
        Language::En => en,
        Language::Fr => fr,
    }
}

/// The word of a table; the word itself where it has none.
fn look_up(language: Language, table: &[(&str, Pair)], word: &'static str) -> &'static str {
    table
        .iter()
        .find_map(|&(key, pair)| (key == word).then(|| choose(language, pair)))
        .unwrap_or(word)
}

/// `Prohibited`.
pub(super) fn verdict(language: Language, word: &'static str) -> &'static str {
    const TABLE: [(&str, Pair); 6] = [
        ("conflict", ("Conflict", "Conflit")),
        ("prohibited", ("Prohibited", "Interdit")),
        ("undetermined", ("Undetermined", "Indéterminé")),
        ("conditional", ("Conditional", "Permis sous condition")),
        ("permitted", ("Permitted", "Permis")),
        ("unregulated", ("Unregulated", "Non réglementé")),
    ];
    look_up(language, &TABLE, word)
}

/// `forbids`.
pub(super) fn effect(language: Language, word: &'static str) -> &'static str {
    const TABLE: [(&str, Pair); 10] = [
        ("forbid", ("forbids", "interdit")),
        ("permit", ("permits", "permet")),
        ("permit-not", ("exempts", "dispense")),
        ("oblige", ("obliges", "oblige")),
        ("require", ("sets a condition", "pose une condition")),
        ("discourage", ("advises against", "déconseille")),
        ("recommend", ("recommends", "recommande")),
        ("consider", ("is to be weighed", "est à considérer")),
        (
            "consequence",
            ("draws a consequence", "en tire une conséquence"),
        ),
        ("note", ("also to be checked", "à vérifier aussi")),
    ];
    look_up(language, &TABLE, word)
}

/// `in force`.
pub(super) fn status(language: Language, norm: &NormNode) -> &'static str {
    const TABLE: [(&str, Pair); 5] = [
        ("unmet", ("does not apply", "ne s’applique pas")),
        ("in", ("in force", "en vigueur")),
        ("out", ("set aside", "écartée")),
        (
            "out-of-force",
            ("not in force on that day", "pas en vigueur ce jour-là"),
        ),
        ("open", ("may be in force", "peut-être en vigueur")),
    ];
    look_up(language, &TABLE, norm.status)
}

/// Of a factor `present`.
pub(super) fn factor(language: Language, word: &'static str) -> &'static str {
    const TABLE: [(&str, Pair); 3] = [
        ("met", ("present", "présent")),
        ("unmet", ("absent", "absent")),
        ("unknown", ("not known", "inconnu")),
    ];
    look_up(language, &TABLE, word)
}

/// `met`, `pending`.
pub(super) fn standing(language: Language, word: &'static str) -> &'static str {
    const TABLE: [(&str, Pair); 6] = [
        ("met", ("met", "satisfait")),
        ("unmet", ("not met", "non satisfait")),
        ("unknown", ("not known", "inconnu")),
        ("pending", ("pending", "en attente")),
        ("overdue", ("overdue", "en retard")),
        ("omitted", ("omitted", "omis")),
    ];
    look_up(language, &TABLE, word)
}

/// `the exception prevails`.
pub(super) fn principle(language: Language, word: Option<&'static str>) -> &'static str {
    const TABLE: [(&str, Pair); 3] = [
        (
            "exception",
            ("it is an exception to it", "elle y fait exception"),
        ),
        (
            "superior",
            (
                "its document ranks higher",
                "son document est de rang supérieur",
            ),
        ),
        (
            "later",
            ("its document is later", "son document est plus récent"),
        ),
    ];
    match word {
        Some(word) => look_up(language, &TABLE, word),
        None => choose(
            language,
            ("nothing tells them apart", "rien ne les départage"),
        ),
    }
}

/// What a kind of node is called.
pub(super) fn kind(language: Language, kind: &NodeKind) -> &'static str {
    let pair = match kind {
        NodeKind::Verdict { .. } => ("verdict", "verdict"),
        NodeKind::WhyNot { .. } => ("why not", "pourquoi pas"),
        NodeKind::Norm(_) => ("norm", "norme"),
        NodeKind::Resolution {
            principle: None, ..
        } => ("clash", "conflit"),
        NodeKind::Resolution { .. } => ("priority", "priorité"),
        NodeKind::Condition { .. } => ("condition", "condition"),
        NodeKind::Rule { fails: Some(_), .. } => ("does not apply", "ne s’applique pas"),
        NodeKind::Rule { id: Some(_), .. } => ("definition", "définition"),
        NodeKind::Rule { id: None, .. } => ("rule", "règle"),
        NodeKind::Fact { .. } => ("fact", "fait"),
        NodeKind::Assumption { .. } => ("assumed", "supposé"),
        NodeKind::Absence { .. } => ("not so", "absent"),
        NodeKind::Unknown { .. } => ("not stated", "non précisé"),
        NodeKind::Comparison { .. } => ("compared", "comparaison"),
        NodeKind::Aggregate { .. } => ("worked out", "calcul"),
        NodeKind::Document { .. } => ("document", "document"),
    };
    choose(language, pair)
}

/// Why something does not hold.
pub(super) fn absence(language: Language, reason: Absence) -> &'static str {
    choose(
        language,
        match reason {
            Absence::Closed => ("nothing says so", "rien ne le dit"),
            Absence::Denied => ("the facts deny it", "les faits le nient"),
            Absence::Assumed => ("assumed not to be so", "supposé absent"),
            Absence::RowClosed => (
                "the facts list all others",
                "les faits énumèrent tous les autres",
            ),
            Absence::Concluded => ("a rule concludes so", "une règle le conclut"),
            Absence::Itself => (
                "it would only support itself",
                "ne reposerait que sur soi-même",
            ),
            Absence::NoCase => ("there is no such case", "aucun cas de ce genre"),
        },
    )
}

/// What stands before children of this kind of edge.
pub(super) fn edge(language: Language, edge: Edge) -> &'static str {
    choose(
        language,
        match edge {
            Edge::Because => ("because", "parce que"),
            Edge::Otherwise => ("and also", "et aussi"),
            Edge::Unless => ("unless", "sauf si"),
            Edge::Holds => ("holds", "rempli"),
            Edge::Fails => ("missing", "manque"),
            Edge::Bars => ("stands against it", "s’y oppose"),
            Edge::Defeats => ("set aside", "écarte"),
            Edge::Cites => ("cites", "cite"),
        },
    )
}

/// Between alternatives.
pub(super) fn or(language: Language) -> &'static str {
    choose(language, (", or ", ", ou "))
}

/// Between parts that must all hold.
pub(super) fn and(language: Language) -> &'static str {
    choose(language, (" and ", " et "))
}

/// The act that is explained, in place of its id.
pub(super) fn the_act(language: Language) -> &'static str {
    choose(language, ("the act", "l’acte"))
}

/// That nothing meets all conditions of so many rows of them.
pub(super) fn no_cases(language: Language, count: usize) -> String {
    match (language, count) {
        (Language::En, 1) => "1 exception of which there is no case".to_owned(),
        (Language::En, _) => format!("{count} exceptions of which there is no case"),
        (Language::Fr, 1) => "1 exception dont il n’y a aucun cas".to_owned(),
        (Language::Fr, _) => format!("{count} exceptions dont il n’y a aucun cas"),
    }
}

/// What bears on no verdict, as a heading.
pub(super) fn besides(language: Language) -> &'static str {
    choose(language, ("Besides", "Par ailleurs"))
}

/// What a border means in a picture; none for a box that says so itself.
pub(super) fn look(language: Language, look: Look) -> Option<&'static str> {
    let pair = match look {
        Look::Verdict => ("verdict", "verdict"),
        Look::InForce => ("norm in force", "norme en vigueur"),
        Look::Open => ("norm perhaps in force", "norme peut-être en vigueur"),
        Look::Aside => (
            "norm set aside or that does not apply",
            "norme écartée ou qui ne s’applique pas",
        ),
        Look::Priority => ("who prevails", "qui l’emporte"),
        Look::Condition => ("condition", "condition"),
        Look::Rule => ("rule or definition", "règle ou définition"),
        Look::Document => ("document", "document"),
        Look::Assumed => ("assumed", "supposé"),
        Look::Unknown => ("not stated", "non précisé"),
        Look::Plain => return None,
    };
    Some(choose(language, pair))
}

/// Small words around them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Labels {
    /// Before a citation of one line, and of several.
    pub line: [&'static str; 2],
    /// Before the values of variables.
    pub with: &'static str,
    /// Before what is due.
    pub due: &'static str,
    /// Before a deadline.
    pub by: &'static str,
    /// That a norm only may apply.
    pub may_apply: &'static str,
    /// Before when a norm is in force.
    pub in_force: &'static str,
    /// That a rule only may conclude.
    pub may_hold: &'static str,
    /// That facts that nobody can change fail a condition.
    pub fixed: &'static str,
    /// A rule of the vocabulary, as a subject.
    pub rule: &'static str,
    /// Before the condition at which a rule fails.
    pub fails: &'static str,
    /// Before the dates in force.
    pub from: &'static str,
    /// Before the date that ends them.
    pub until: &'static str,
    /// Before the name of a source text.
    pub source: &'static str,
    /// Before the number of a node that stands further up.
    pub see: &'static str,
    /// Behind members that are not listed.
    pub more: &'static str,
    /// Sections: in force, may be in force, set aside, clashes, what is not known, the rest.
    pub sections: [&'static str; 6],
    /// Before the documents.
    pub documents: &'static str,
    /// Between a heading and what follows it.
    pub colon: &'static str,
}

/// The small words of `language`.
pub(super) fn labels(language: Language) -> &'static Labels {
    static ENGLISH: Labels = Labels {
        line: ["line", "lines"],
        with: "with",
        due: "due",
        by: "by",
        may_apply: "may apply",
        in_force: "in force",
        may_hold: "may hold",
        fixed: "nobody can change this",
        rule: "a rule",
        fails: "fails at",
        from: "in force from",
        until: "until",
        source: "text",
        see: "see",
        more: "and more, in all",
        sections: [
            "In force",
            "Perhaps in force",
            "Set aside",
            "Clashes",
            "To be settled",
            "Also",
        ],
        documents: "Documents",
        colon: ": ",
    };
    static FRENCH: Labels = Labels {
        line: ["ligne", "lignes"],
        with: "avec",
        due: "à faire",
        by: "au plus tard le",
        may_apply: "s’applique peut-être",
        in_force: "en vigueur",
        may_hold: "vaut peut-être",
        fixed: "nul ne peut y changer",
        rule: "une règle",
        fails: "échoue à",
        from: "en vigueur depuis le",
        until: "jusqu’au",
        source: "texte",
        see: "voir",
        more: "et d’autres, en tout",
        sections: [
            "En vigueur",
            "Peut-être en vigueur",
            "Écartées",
            "Conflits",
            "À préciser",
            "Aussi",
        ],
        documents: "Documents",
        colon: "\u{a0}: ",
    };
    match language {
        Language::En => &ENGLISH,
        Language::Fr => &FRENCH,
    }
}

/// `lines 12-14, 20`; nothing where nothing is cited.
pub(super) fn lines(language: Language, lines: &[(u32, u32)]) -> String {
    let ranges: Vec<_> = lines
        .iter()
        .map(|&(first, last)| {
            if first == last {
                first.to_string()
            } else {
                format!("{first}-{last}")
            }
        })
        .collect();
    let [one, many] = labels(language).line;
    match lines {
        [] => String::new(),
        [(first, last)] if first == last => format!("{one} {}", ranges.join(", ")),
        _ => format!("{many} {}", ranges.join(", ")),
    }
}
