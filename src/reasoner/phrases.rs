//! Values, atoms and acts in the reader's words and as in a policy.

use crate::base::{Sources, Span};
use crate::deontic::{ConditionStanding, Judge};
use crate::explain::condition_in_words;
use crate::explain::words::{Naming, Vocabulary, Words};
use crate::lang::ast;
use crate::program::{
    ActDescription, ActRecord, Atom, NormId, Program, RelationId, SortId, Texts, Universe, Value,
};

use super::Language;

/// What is needed to speak of a case.
#[derive(Debug)]
pub(super) struct Phrases<'p> {
    program: &'p Program,
    universe: &'p Universe,
    sources: &'p Sources,
    vocabulary: Vocabulary,
    language: Language,
}

/// The same, knowing the acts that a judge knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speaker<'s, 'p> {
    /// What is needed to speak of a case.
    pub phrases: &'s Phrases<'p>,
    /// Who knows the acts that nobody recorded.
    pub judge: &'s Judge<'p>,
}

impl<'p> Phrases<'p> {
    pub(super) fn new(
        program: &'p Program,
        universe: &'p Universe,
        sources: &'p Sources,
        language: Language,
    ) -> Self {
        Self {
            program,
            universe,
            sources,
            vocabulary: Vocabulary::of_program(program),
            language,
        }
    }

    /// What reads trees aloud.
    pub(super) fn words(&self) -> Words<'_> {
        Words::new(&self.vocabulary, self.language)
    }

    /// The text in the reader's language, else in the other one, else nothing.
    pub(super) fn text<'t>(&self, texts: &'t Texts) -> &'t str {
        let other = texts.en.as_deref().or(texts.fr.as_deref());
        self.words().text(texts).or(other).unwrap_or_default()
    }

    /// `minutes` since 1970 as a day, with the time of day where there is one.
    pub(super) fn date(&self, minutes: i64) -> String {
        self.naming(&|_| None, |naming| {
            Value::from_number(minutes)
                .map(|value| naming.name(SortId::DATE, value))
                .unwrap_or_default()
        })
    }

    /// The name of a value.
    pub(super) fn value(&self, sort: SortId, value: Value) -> String {
        self.naming(&|_| None, |naming| naming.name(sort, value))
    }

    /// A tuple as in a policy; `_` for what is not given.
    pub(super) fn tuple(&self, relation: RelationId, values: &[Option<Value>]) -> String {
        self.naming(&|_| None, |naming| {
            naming.tuple(relation, values.iter().copied()).to_string()
        })
    }

    /// The text of a policy at `span`, on one line.
    pub(super) fn source_text(&self, span: Span) -> String {
        let text = self.sources.text(span);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn naming<R>(
        &self,
        acts: &dyn Fn(Value) -> Option<ActRecord>,
        speak: impl FnOnce(&Naming<'_>) -> R,
    ) -> R {
        speak(&Naming::new(self.program, self.universe, acts))
    }
}

impl Speaker<'_, '_> {
    fn naming<R>(&self, speak: impl FnOnce(&Naming<'_>) -> R) -> R {
        let acts = |value| self.judge.act(value).cloned();
        self.phrases.naming(&acts, speak)
    }

    /// The name of a value, without quotes; an act that nobody recorded is described.
    pub(super) fn name(&self, sort: SortId, value: Value) -> String {
        self.naming(|naming| naming.name(sort, value))
    }

    /// The atom as in a policy.
    pub(super) fn atom(&self, atom: &Atom) -> String {
        self.naming(|naming| naming.atom(atom).to_string())
    }

    /// The atom, or that it does not hold, in words.
    pub(super) fn in_words(&self, atom: &Atom, negated: bool) -> String {
        let tree = self.naming(|naming| naming.atom(atom));
        if negated {
            self.phrases.words().negated_atom(&tree)
        } else {
            self.phrases.words().atom(&tree)
        }
    }

    /// What a norm requires of an act, in words.
    pub(super) fn condition_in_words(&self, norm: NormId, condition: &ConditionStanding) -> String {
        let (program, words) = (self.phrases.program, self.phrases.words());
        self.naming(|naming| condition_in_words(program, naming, &words, norm, condition))
    }

    /// An act or a situation as in a policy.
    pub(super) fn act(&self, act: &ActDescription) -> String {
        self.naming(|naming| match naming.described(act) {
            ast::TargetKind::Act(pattern) => pattern.to_string(),
            ast::TargetKind::State { atom, .. } => atom.to_string(),
        })
    }
}
