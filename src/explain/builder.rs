//! What the making of an explanation remembers, and how it names things.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::base::{Language, Sources, Span};
use crate::deontic::Judge;
use crate::engine::{FactId, Session};
use crate::lang::ast;
use crate::program::{DocumentId, Program, RelationId, SortId, Value};

use super::all::All;
use super::graph::{AtomParts, Edge, Explanation, NodeId, NodeKind};
use super::raise::{Raise, Values};
use super::words::{Naming, Vocabulary, Words};

/// What a node that several others rest on is known by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Key {
    /// Whether a tuple holds, at a moment.
    Atom(RelationId, Vec<Option<Value>>, i64),
    /// An atom of a declared relation that nobody stated, at a moment.
    Unknown(RelationId, Vec<Option<Value>>, i64),
    /// A document.
    Document(DocumentId),
    /// An act that the facts record, and as what.
    Act(Value, &'static str),
    /// The verdict of another act.
    Verdict(Value),
}

/// Makes one explanation.
pub(super) struct Builder<'b, 'p> {
    /// Who judged.
    pub judge: &'b mut Judge<'p>,
    /// The texts that were read.
    pub sources: &'b Sources,
    /// The templates.
    pub vocabulary: &'b Vocabulary,
    /// What has been said so far.
    pub explanation: Explanation,
    /// The act explained.
    pub judged: Value,
    /// Nodes that may be shared.
    pub known: BTreeMap<Key, NodeId>,
    /// Tuples whose proof is being made, so that no proof rests on itself.
    pub open: Vec<(RelationId, Vec<Value>)>,
    /// Acts whose verdict is being explained.
    pub acts: Vec<Value>,
    /// How many rules that do not apply were left out.
    pub left_out: usize,
    /// How many proofs of a tuple are shown.
    pub most_proofs: usize,
    /// Tuples whose proof was not followed further.
    pub cut: BTreeSet<(RelationId, Vec<Value>)>,
    /// What was explained before, where many acts are.
    pub all: Option<&'b mut All<'p>>,
    /// Nodes that stand for one of an earlier explanation, with its number there.
    pub elsewhere: BTreeMap<NodeId, usize>,
}

impl<'b, 'p> Builder<'b, 'p> {
    /// An explanation of `act` that says nothing yet.
    pub(super) fn new(
        judge: &'b mut Judge<'p>,
        sources: &'b Sources,
        vocabulary: &'b Vocabulary,
        language: Language,
        act: Value,
    ) -> Self {
        Self {
            judge,
            sources,
            vocabulary,
            explanation: Explanation::new(language, "", ""),
            judged: act,
            known: BTreeMap::new(),
            open: Vec::new(),
            acts: vec![act],
            left_out: 0,
            most_proofs: 1,
            cut: BTreeSet::new(),
            all: None,
            elsewhere: BTreeMap::new(),
        }
    }
}

impl<'p> Builder<'_, 'p> {
    /// The policy.
    pub(super) fn program(&self) -> &'p Program {
        self.judge.program()
    }

    /// The language of the reader.
    pub(super) fn language(&self) -> Language {
        self.explanation.language
    }

    /// What reads trees aloud.
    pub(super) fn words(&self) -> Words<'_> {
        Words::new(self.vocabulary, self.language())
    }

    /// What follows from the facts at a moment.
    pub(super) fn session(&mut self, at: i64) -> Rc<Session<'p>> {
        self.judge.session_at(at)
    }

    /// Speaks with the names of the case.
    pub(super) fn naming<R>(&self, speak: impl FnOnce(&Naming<'_>) -> R) -> R {
        let acts = |value| self.judge.act(value).cloned();
        speak(&Naming::new(
            self.judge.program(),
            self.judge.universe(),
            &acts,
        ))
    }

    /// Speaks of literals with their values.
    pub(super) fn raise<R>(
        &self,
        values: Values<'_>,
        speak: impl FnOnce(&Raise<'_>, &Words<'_>) -> R,
    ) -> R {
        let words = self.words();
        self.naming(|naming| speak(&Raise { naming, values }, &words))
    }

    /// The name of a value.
    pub(super) fn name(&self, sort: SortId, value: Value) -> String {
        self.naming(|naming| naming.name(sort, value))
    }

    /// A moment as a policy writes it.
    pub(super) fn date(&self, minutes: i64) -> String {
        match Value::from_number(minutes) {
            Some(value) => self.name(SortId::DATE, value),
            None => String::new(),
        }
    }

    /// `file:line`.
    pub(super) fn place(&self, span: Span) -> String {
        self.sources.place(span)
    }

    /// `file:line` of a fact.
    pub(super) fn place_of(&self, fact: FactId) -> String {
        self.place(self.judge.facts().span(fact))
    }

    /// The atom of a tuple.
    pub(super) fn tree(&self, relation: RelationId, tuple: &[Option<Value>]) -> ast::Atom {
        self.naming(|naming| naming.tuple(relation, tuple.iter().copied()))
    }

    /// The parts of an atom.
    pub(super) fn parts(&self, relation: RelationId, tuple: &[Option<Value>]) -> AtomParts {
        let row = &self.program().relations[relation];
        let declared = &self.program().relations[row.declared];
        AtomParts {
            written: self.tree(relation, tuple).to_string(),
            relation: declared.name.clone(),
            arguments: row
                .columns
                .iter()
                .zip(tuple)
                .map(|(column, value)| {
                    let value = value.filter(|&value| value != Value::UNKNOWN)?;
                    Some(self.name(column.sort, value))
                })
                .collect(),
        }
    }

    /// The node of this key, if it was said here or in an earlier explanation.
    pub(super) fn said(&mut self, key: &Key) -> Option<NodeId> {
        if let Some(&known) = self.known.get(key) {
            return Some(known);
        }
        let number = self.all.as_ref()?.number(self.judge, key)?;
        let atom = AtomParts::default();
        let node = self.explanation.add("", NodeKind::Unknown { atom });
        self.elsewhere.insert(node, number);
        self.known.insert(key.clone(), node);
        Some(node)
    }

    /// Adds a node that others may share.
    pub(super) fn shared(&mut self, key: Key, text: String, kind: NodeKind) -> NodeId {
        let id = self.explanation.add(text, kind);
        self.known.insert(key, id);
        id
    }

    /// Lets `from` rest on `to`. What would close a circle is left unsaid: a proof never rests
    /// on itself, so only a mention of another act's verdict can.
    pub(super) fn connect(&mut self, from: NodeId, to: NodeId, edge: Edge) {
        let _ = self.explanation.connect(from, to, edge);
    }
}
