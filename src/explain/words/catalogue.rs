//! The words that a language reads statements with. Each language is one value of
//! [`Catalogue`]; holes are `{name}`.

use crate::base::Language;
use crate::lang::ast::{Comparison, Role};

use super::english::ENGLISH;
use super::french::FRENCH;

/// How a sort is spoken of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Noun {
    /// `an actor`; nothing where only the variable is said.
    pub indefinite: String,
    /// `the actor`.
    pub definite: String,
    /// `actor`.
    pub bare: String,
    /// `actors`.
    pub plural: String,
    /// `some actor`.
    pub some: String,
}

/// The sentences of a modality. Of a pair the first is without a bearer, the second with one
/// (`{by}`).
#[derive(Debug)]
pub(super) struct EffectWords {
    /// Doing `{act}`.
    pub act: [&'static str; 2],
    /// Not doing `{act}`.
    pub omission: [&'static str; 2],
    /// That `{state}` holds.
    pub state: [&'static str; 2],
    /// That `{state}` does not hold, `{state}` being what is denied; where there is none, the
    /// negated state is read with the words for a state.
    pub no_state: Option<[&'static str; 2]>,
}

/// How numbers, dates and other things compare. `{left}`, `{right}`.
#[derive(Debug)]
pub(super) struct ComparisonWords {
    /// In the order of [`COMPARISONS`].
    pub signs: [&'static str; 6],
}

/// The comparisons in the order of [`ComparisonWords::signs`].
const COMPARISONS: [Comparison; 6] = [
    Comparison::Equal,
    Comparison::Unequal,
    Comparison::Less,
    Comparison::AtMost,
    Comparison::Greater,
    Comparison::AtLeast,
];

impl ComparisonWords {
    /// The template for `operator`.
    pub(super) fn template(&self, operator: Comparison) -> &'static str {
        COMPARISONS
            .into_iter()
            .zip(self.signs)
            .find_map(|(other, words)| (other == operator).then_some(words))
            .unwrap_or_default()
    }
}

/// `done`, `not done` and so on, in the order of
/// [`StatusWord::ALL`](crate::lang::ast::StatusWord::ALL); `{act}`, `{under}`.
pub(super) type StatusTemplates = [(&'static str, &'static str); 7];

/// All words of one language.
#[derive(Debug)]
pub(super) struct Catalogue {
    /// The noun of a sort, by its name.
    pub noun: fn(&str) -> Noun,
    /// `{thing}` is of `{sort}`: a sort used as a relation.
    pub is_of_sort: fn(&str) -> String,
    /// An atom that does not hold, from one that does, where the language allows it; the text
    /// starts behind the first filler.
    pub negated: fn(&str) -> Option<String>,
    /// `it is not so that {state}`.
    pub not_so: &'static str,
    /// The date of judgement: `{date}`.
    pub now: &'static str,
    /// What `any` does, without and with a label `{label}`.
    pub any_act: [&'static str; 2],
    /// Which act a pattern is: `{act}`, `{label}`.
    pub labelled: &'static str,
    /// An act with its bearer: `{act}`, `{by}`.
    pub with_bearer: &'static str,
    /// Whether one may do `{act}`, without a bearer and with one (`{by}`).
    pub asked: [&'static str; 2],
    /// The same of a `{state}`.
    pub asked_state: [&'static str; 2],
    /// What an act does without a direct object: `{filler}`.
    pub concerning: &'static str,
    /// Words before what fills a role, in the order of [`Role::ALL`]; `{filler}`.
    pub roles: [&'static str; 7],
    /// A date that is known, as a role: `{filler}`.
    pub known_date: &'static str,
    /// Whether a verb of this text takes a direct object.
    pub is_transitive: fn(&str) -> bool,
    /// `and`, `or`.
    pub and: &'static str,
    /// `or`.
    pub or: &'static str,
    /// Words that make a row of conditions ambiguous.
    pub ambiguous: &'static [&'static str],
    /// The marker of an item: `(a)`, `a)`; `{mark}`.
    pub mark: &'static str,
    /// Between items of an enumeration.
    pub semicolon: &'static str,
    /// `at least one of the following holds: {items}`.
    pub one_of: &'static str,
    /// Quotation marks around `{text}`.
    pub quoted: &'static str,
    /// Numbers.
    pub numbers: ComparisonWords,
    /// Dates.
    pub dates: ComparisonWords,
    /// Everything else, which only `=` and `!=` compare.
    pub things: ComparisonWords,
    /// `plus`, `minus`, `times`.
    pub arithmetic: [&'static str; 3],
    /// Units of time with their plurals, in the order of
    /// [`Unit::ALL`](crate::program::Unit::ALL).
    pub units: [[&'static str; 2]; 6],
    /// Count, sum, min, max; `{left}`, `{terms}`, `{first}`, `{over}`, `{body}`.
    pub aggregates: [&'static str; 4],
    /// What tells members apart beyond the first term: `{terms}`.
    pub over: &'static str,
    /// What other acts are asked.
    pub statuses: StatusTemplates,
    /// `under {under}`, behind a status.
    pub under: &'static str,
    /// Forbid, permit, oblige, discourage, recommend.
    pub effects: [EffectWords; 5],
    /// What advice on a state is given for: `{act}`, without and with a bearer.
    pub purpose: [&'static str; 2],
    /// A condition of an act: `{act}`, `{when}`, `{body}`, without and with a bearer.
    pub require: [&'static str; 2],
    /// What is weighed: `{act}`, without and with a bearer.
    pub consider: [&'static str; 2],
    /// Raises, lowers, neither: behind `consider`.
    pub concern: [&'static str; 3],
    /// Where a factor has no conditions.
    pub always: &'static str,
    /// `{state}` follows.
    pub consequence: &'static str,
    /// `, separately for each {each}`.
    pub per: &'static str,
    /// `, once for each act`.
    pub per_act: &'static str,
    /// `{amount}`, `{unit}`, `{date}`.
    pub within: &'static str,
    /// `when {body}`.
    pub when: &'static str,
    /// The first exception, and each further one: `{body}`.
    pub unless: [&'static str; 2],
    /// `{ids}`.
    pub overrides: &'static str,
    /// `{duty}`.
    pub otherwise: &'static str,
    /// A definition of a document: `{head}`, without and with `{body}`.
    pub define: [&'static str; 2],
    /// A rule of the vocabulary: `{head}`, without and with `{body}`.
    pub rule: [&'static str; 2],
    /// Governs, excludes: `{acts}`.
    pub scope: [&'static str; 2],
    /// Every act, with words for the roles behind it; then acts of a kind: `{act}`. For
    /// `governs` and for `excludes`.
    pub scope_acts: [[&'static str; 2]; 2],
    /// Role words of a scope without actions: `by`.
    pub scope_by: &'static str,
    /// Informative, duplicate of `{id}`, external `{text}`.
    pub note: [&'static str; 3],
    /// The acts a note is shown with: `{act}`.
    pub note_for: &'static str,
    /// `{body}` cannot be.
    pub never: &'static str,
}

impl Catalogue {
    /// The words of `language`.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Fr => &FRENCH,
        }
    }

    /// The template before what fills `role`.
    pub(super) fn role(&self, role: Role) -> &'static str {
        Role::ALL
            .into_iter()
            .zip(self.roles)
            .find_map(|(other, words)| (other == role).then_some(words))
            .unwrap_or_default()
    }
}
