//! Many acts explained as one graph, each node once, in lines of JSON that never refer to a later
//! one: `docs/schemas/proofs.schema.json`.
//!
//! What acts cannot reach is the same for every act of a stretch of time. Its proofs are worked
//! out relation by relation ([`Proofs`]), written with the first act that rests on them and
//! referred to by number from then on. So the explanation of an act is what [`explain`] gives,
//! and what is kept meanwhile is a number for each such node, not the explanations.
//!
//! [`explain`]: super::explain

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Language, Sources};
use crate::deontic::Judge;
use crate::engine::{Derivation, Proofs, Session, proof_step};
use crate::program::{RelationId, Universe, Value};

use super::builder::{Builder, Key};
use super::graph::{Explanation, NodeId};
use super::json::line;
use super::words::Vocabulary;

/// What has been explained so far.
#[derive(Debug, Default)]
pub struct All<'p> {
    /// By stretch of time; `None` where acts reach the relation, or it has no rules.
    proofs: BTreeMap<(usize, RelationId), Option<Proofs<'p>>>,
    /// The numbers of nodes that others may rest on.
    written: BTreeMap<Lasting, usize>,
    /// How many nodes were written.
    count: usize,
}

impl<'p> All<'p> {
    /// Explains the verdict of an act, which has a name in the facts: the lines of the nodes that
    /// no earlier act has, each after those that it rests on, the verdict last.
    pub fn explain(
        &mut self,
        judge: &mut Judge<'p>,
        sources: &Sources,
        vocabulary: &Vocabulary,
        language: Language,
        (act, name): (Value, &str),
    ) -> Vec<String> {
        let mut builder = Builder::new(judge, sources, vocabulary, language, act);
        builder.all = Some(self);
        // An act that the judge does not know has no verdict to explain.
        let _ = builder.tell(Some(name));
        let Builder {
            explanation,
            known,
            cut,
            elsewhere,
            ..
        } = builder;
        let order = bottom_up(&explanation);
        let mut numbers = elsewhere;
        let mut lines = Vec::new();
        for &id in &order {
            if !numbers.contains_key(&id) {
                lines.push(line(&explanation, id, self.count, &numbers));
                numbers.insert(id, self.count);
                self.count += 1;
            }
        }
        let partial = partial(&explanation, &order, &known, &cut);
        for (key, id) in known {
            if let (Some(key), Some(&number)) = (lasting(judge, &key), numbers.get(&id))
                && !partial.contains(&id)
            {
                self.written.insert(key, number);
            }
        }
        lines
    }

    /// The number of the node of a key that was written.
    pub(super) fn number(&self, judge: &mut Judge<'p>, key: &Key) -> Option<usize> {
        self.written.get(&lasting(judge, key)?).copied()
    }

    /// The last step of the proof of a tuple.
    pub(super) fn step(
        &mut self,
        session: &Session<'p>,
        universe: &Universe,
        epoch: usize,
        (relation, tuple): (RelationId, &[Value]),
    ) -> Option<Derivation> {
        let proofs = self
            .proofs
            .entry((epoch, relation))
            .or_insert_with(|| Proofs::new(session.database(), universe, relation));
        match proofs {
            Some(proofs) => proofs.step(session, universe, tuple),
            None => proof_step(session, universe, relation, tuple),
        }
    }
}

/// A key by which the node of one act is known to others: a stretch of time, and the key without
/// its moment.
type Lasting = (usize, Key);

/// The key by which later acts know a node, if it is the same for all of them: where no act
/// reaches its relation.
fn lasting(judge: &mut Judge<'_>, key: &Key) -> Option<Lasting> {
    let mut epoch = |relation: RelationId, at: i64| {
        let is_same = !judge.session_at(at).database().changes(relation);
        is_same.then(|| judge.epoch(at))
    };
    match key {
        Key::Atom(relation, pattern, at) => {
            let key = Key::Atom(*relation, pattern.clone(), 0);
            Some((epoch(*relation, *at)?, key))
        }
        Key::Unknown(relation, pattern, at) => {
            let key = Key::Unknown(*relation, pattern.clone(), 0);
            Some((epoch(*relation, *at)?, key))
        }
        Key::Document(document) => Some((0, Key::Document(*document))),
        Key::Act(..) | Key::Verdict(_) => None,
    }
}

/// All nodes, each after those that it rests on.
fn bottom_up(explanation: &Explanation) -> Vec<NodeId> {
    let (mut order, mut seen) = (Vec::new(), BTreeSet::new());
    for start in explanation.ids() {
        let mut waiting = vec![(start, false)];
        while let Some((id, is_ready)) = waiting.pop() {
            if is_ready {
                order.push(id);
            } else if seen.insert(id) {
                waiting.push((id, true));
                let children = explanation.children(id).into_iter().rev();
                waiting.extend(children.map(|(_, child)| (child, false)));
            }
        }
    }
    order
}

/// The nodes that rest on something which was not followed further.
fn partial(
    explanation: &Explanation,
    order: &[NodeId],
    known: &BTreeMap<Key, NodeId>,
    cut: &BTreeSet<(RelationId, Vec<Value>)>,
) -> BTreeSet<NodeId> {
    let is_cut = |key: &Key| match key {
        Key::Atom(relation, pattern, _) => {
            let tuple: Option<Vec<_>> = pattern.iter().copied().collect();
            tuple.is_some_and(|tuple| cut.contains(&(*relation, tuple)))
        }
        _ => false,
    };
    let mut partial = BTreeSet::new();
    if cut.is_empty() {
        return partial;
    }
    partial.extend(
        known
            .iter()
            .filter(|(key, _)| is_cut(key))
            .map(|(_, &id)| id),
    );
    for &id in order {
        let children = explanation.children(id);
        if children.iter().any(|(_, child)| partial.contains(child)) {
            partial.insert(id);
        }
    }
    partial
}
