//! Why an atom holds, may hold or does not: a fact, a rule with its premises, or nothing.

use crate::engine::{FactId, Premise, Rows, Truth};
use crate::program::{
    Atom, Literal, LiteralKind, Origin, RelationId, RelationKind, Rule, StatementId, Value,
};

use super::builder::{Builder, Key};
use super::graph::{Edge, NodeId, NodeKind};
use super::literals::Place;
use super::proof::Proof;
use super::raise::Values;

impl Builder<'_, '_> {
    /// The node that says whether a tuple holds at a moment, and why.
    pub(super) fn tuple(&mut self, relation: RelationId, tuple: &[Value], at: i64) -> NodeId {
        let pattern: Vec<_> = tuple.iter().copied().map(Some).collect();
        let key = Key::Atom(relation, pattern.clone(), at);
        if let Some(known) = self.said(&key) {
            return known;
        }
        match self.session(at).truth(relation, tuple) {
            Truth::False => self.absence(relation, &pattern, at),
            truth => {
                if let Some(fact) = self.stated(relation, tuple, at) {
                    if self.judge.facts().is_assumed(fact) {
                        return self.assumption(key, relation, &pattern);
                    }
                    let place = Some(self.place_of(fact));
                    return self.fact(key, relation, &pattern, place);
                }
                let proofs = self.proofs(relation, tuple, at);
                match proofs.split_first() {
                    Some((least, others)) => {
                        self.concluded(key, (relation, tuple), least, others, at)
                    }
                    None if truth == Truth::Certain => self.fact(key, relation, &pattern, None),
                    None => self.unknown(relation, &pattern, at),
                }
            }
        }
    }

    /// An atom that nobody stated: one node, whichever document's copy asks for it.
    pub(super) fn unknown(
        &mut self,
        relation: RelationId,
        pattern: &[Option<Value>],
        at: i64,
    ) -> NodeId {
        let declared = self.program().relations[relation].declared;
        let key = Key::Unknown(declared, pattern.to_vec(), at);
        if let Some(known) = self.said(&key) {
            return known;
        }
        let atom = self.parts(relation, pattern);
        let text = self.words().atom(&self.tree(relation, pattern));
        self.shared(key, text, NodeKind::Unknown { atom })
    }

    fn fact(
        &mut self,
        key: Key,
        relation: RelationId,
        pattern: &[Option<Value>],
        place: Option<String>,
    ) -> NodeId {
        let text = self.words().atom(&self.tree(relation, pattern));
        let atom = self.parts(relation, pattern);
        self.shared(key, text, NodeKind::Fact { atom, place })
    }

    fn assumption(&mut self, key: Key, relation: RelationId, pattern: &[Option<Value>]) -> NodeId {
        let text = self.words().atom(&self.tree(relation, pattern));
        let atom = self.parts(relation, pattern);
        self.shared(key, text, NodeKind::Assumption { atom })
    }

    /// The fact that asserts a tuple.
    pub(super) fn stated(&self, relation: RelationId, tuple: &[Value], at: i64) -> Option<FactId> {
        let declared = self.program().relations[relation].declared;
        if !self.reads_facts(relation) {
            return None;
        }
        self.row(&self.judge.facts().input(declared).asserted, tuple, at)
    }

    /// Whether the facts of its declared relation are a relation's own.
    pub(super) fn reads_facts(&self, relation: RelationId) -> bool {
        !matches!(
            self.program().relations[relation].kind,
            RelationKind::Negation(_) | RelationKind::Definition { .. }
        )
    }

    pub(super) fn row(&self, rows: &Rows, tuple: &[Value], at: i64) -> Option<FactId> {
        let facts = self.judge.facts();
        rows.iter()
            .filter(|&(row, _)| row == tuple)
            .map(|(_, fact)| fact)
            .find(|&fact| {
                facts
                    .validity(fact)
                    .is_none_or(|validity| validity.holds_at(at))
            })
    }

    /// The node of the least proof of a tuple, with what it rests on, and the other proofs that are
    /// shown.
    fn concluded(
        &mut self,
        key: Key,
        (relation, tuple): (RelationId, &[Value]),
        least: &Proof,
        others: &[Proof],
        at: i64,
    ) -> NodeId {
        let shown = others.len().min(self.most_proofs.saturating_sub(1));
        let (text, kind) = self.conclusion_of(relation, tuple, least, others.len() - shown);
        let node = self.shared(key, text, kind);
        self.open.push((relation, tuple.to_vec()));
        self.rests_on(node, least, at);
        for other in others.iter().take(shown) {
            let (text, kind) = self.conclusion_of(relation, tuple, other, 0);
            let another = self.explanation.add(text, kind);
            self.rests_on(another, other, at);
            self.connect(node, another, Edge::Otherwise);
        }
        self.open.pop();
        node
    }

    /// What a rule concludes, in words and as a node.
    fn conclusion_of(
        &self,
        relation: RelationId,
        tuple: &[Value],
        proof: &Proof,
        left_out: usize,
    ) -> (String, NodeKind) {
        let program = self.program();
        let rule = &program.rules[proof.step.rule];
        let values = Values {
            variables: &rule.variables,
            substitution: &proof.step.instance.substitution,
        };
        let pattern: Vec<_> = tuple.iter().copied().map(Some).collect();
        let head = self.tree(relation, &pattern).to_string();
        let body = self.raise(values, |raise, _| {
            raise.written_body(&self.shown(&rule.body))
        });
        let written = match (self.is_negation(relation), body.is_empty()) {
            (denies, true) => format!("{}{head}", not(denies)),
            (denies, false) => format!("{}{head} :- {body}", not(denies)),
        };
        let statement = origin(rule).map(|id| &program.statements[id]);
        let mut steps = std::iter::once(&proof.step).chain(&proof.above);
        let kind = NodeKind::Rule {
            id: statement.map(|statement| statement.id.clone()),
            written,
            atom: self.parts(relation, &pattern),
            values: self.named(rule.variables.iter().zip(values.substitution)),
            lines: statement.map(|row| row.lines.clone()).unwrap_or_default(),
            place: Some(self.place(rule.span)),
            certain: steps.all(|step| step.instance.truth == Truth::Certain),
            fails: None,
            left_out,
        };
        (self.conclusion(relation, tuple), kind)
    }

    /// Lets a node rest on the premises of a proof, and cite its document.
    fn rests_on(&mut self, node: NodeId, proof: &Proof, at: i64) {
        let program = self.program();
        let rule = &program.rules[proof.step.rule];
        let values = Values {
            variables: &rule.variables,
            substitution: &proof.step.instance.substitution,
        };
        let place = Place { values, at };
        let mut premises = proof.step.instance.premises.iter();
        for literal in &rule.body {
            match &literal.kind {
                LiteralKind::Positive(atom) => {
                    let premise = premises.next();
                    self.premise(node, atom, premise, place);
                }
                _ => self.literal(node, literal, place),
            }
        }
        for step in &proof.above {
            let rule = &program.rules[step.rule];
            let values = Values {
                variables: &rule.variables,
                substitution: &step.instance.substitution,
            };
            for literal in &rule.body {
                if matches!(literal.kind, LiteralKind::Negative(_)) {
                    self.literal(node, literal, Place { values, at });
                }
            }
        }
        if let Some(statement) = origin(rule) {
            self.cite(node, program.statements[statement].document);
        }
    }

    /// Lets a node rest on a positive literal. Where that is of a recursive component, only the
    /// tuple that the proof uses will do: another one may rest on what is being proved.
    fn premise(&mut self, node: NodeId, atom: &Atom, premise: Option<&Premise>, place: Place<'_>) {
        let strata = &self.program().strata;
        let is_recursive = strata.components[strata.component_of[atom.relation]].recursive;
        let why = match premise.filter(|_| is_recursive) {
            Some(premise) => Some(self.tuple(atom.relation, &premise.tuple, place.at)),
            None => self.atom(atom, place),
        };
        if let Some(why) = why {
            self.connect(node, why, Edge::Because);
        }
    }

    /// The literals of a rule that are not about what the act explained is.
    fn shown(&self, literals: &[Literal]) -> Vec<Literal> {
        literals
            .iter()
            .filter(|literal| match &literal.kind {
                LiteralKind::Positive(atom) => !self.is_internal(atom.relation),
                LiteralKind::Negative(inner) => !inner.iter().any(|part| match &part.kind {
                    LiteralKind::Positive(atom) => self.is_internal(atom.relation),
                    _ => false,
                }),
                _ => true,
            })
            .cloned()
            .collect()
    }

    pub(super) fn is_internal(&self, relation: RelationId) -> bool {
        matches!(
            self.program().relations[relation].kind,
            RelationKind::Definition { .. }
                | RelationKind::Governed(_)
                | RelationKind::Excluded(_)
                | RelationKind::Negation(_)
                | RelationKind::Action(_)
                | RelationKind::Role(_)
        )
    }

    pub(super) fn is_negation(&self, relation: RelationId) -> bool {
        matches!(
            self.program().relations[relation].kind,
            RelationKind::Negation(_)
        )
    }

    /// What a tuple's rule concludes, in words.
    pub(super) fn conclusion(&self, relation: RelationId, tuple: &[Value]) -> String {
        let program = self.program();
        let pattern: Vec<_> = tuple.iter().copied().map(Some).collect();
        let tree = self.tree(relation, &pattern);
        match program.relations[relation].kind {
            RelationKind::Governed(document) => {
                super::says::governs(self.language(), &program.documents[document].name)
            }
            RelationKind::Excluded(document) => {
                super::says::excludes(self.language(), &program.documents[document].name)
            }
            RelationKind::Definition { statement, .. } => {
                super::says::applies(self.language(), &program.statements[statement].id)
            }
            RelationKind::Negation(_) => self.words().negated_atom(&tree),
            _ => self.words().atom(&tree),
        }
    }
}

/// The statement that a rule is part of.
pub(super) fn origin(rule: &Rule) -> Option<StatementId> {
    match rule.origin {
        Origin::Definition(statement)
        | Origin::Conclusion(statement)
        | Origin::Scope(statement) => Some(statement),
        Origin::Vocabulary | Origin::Governed(_) | Origin::Consequence(_) => None,
    }
}

/// The word before what a rule denies.
pub(super) fn not(denies: bool) -> &'static str {
    if denies { "not " } else { "" }
}
