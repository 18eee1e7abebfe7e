//! What a body holds for and what it lacks, literal by literal. What holds is one line; what
//! does not is followed through the rules that could conclude it, each as far as it gets.

use crate::deontic::Substitution;
use crate::engine::{NearMiss, Question, Truth};
use crate::program::{Atom, Literal, LiteralKind, Origin, RelationId, RelationKind, Rule, Value};

use super::builder::Builder;
use super::from_provenance::{not, origin};
use super::graph::{Absence, AtomParts, Edge, NodeId, NodeKind};
use super::literals::Place;
use super::proof::partly_unified;
use super::raise::Values;
use super::says;

/// How many rules are shown for one atom.
const RULES: usize = 4;

/// How deep rules are followed.
const DEEPEST: usize = 8;

/// How many nodes an explanation may have before rules are no longer followed.
const MOST: usize = 400;

impl<'p> Builder<'_, 'p> {
    /// Tells of a literal of this truth under `node`.
    pub(super) fn met_or_missing(
        &mut self,
        node: NodeId,
        literal: &Literal,
        truth: Truth,
        place: Place<'_>,
    ) {
        if truth == Truth::Certain {
            if let Some(met) = self.met(literal, place) {
                self.connect(node, met, Edge::Holds);
            }
            return;
        }
        match &literal.kind {
            LiteralKind::Positive(atom) => {
                let pattern: Vec<_> = terms(atom, place.values);
                let missing = self.lacking(atom.relation, &pattern, truth, place.at);
                self.connect(node, missing, Edge::Fails);
            }
            LiteralKind::Negative(inner) => self.barred(node, inner, truth, place),
            LiteralKind::Compare { .. } | LiteralKind::Aggregate { .. } => {
                let missing = self.computed(literal, place);
                self.connect(node, missing, Edge::Fails);
            }
        }
    }

    /// A literal that holds, in a line; none for what the act explained plainly is.
    fn met(&mut self, literal: &Literal, place: Place<'_>) -> Option<NodeId> {
        let (text, written) = self.raise(place.values, |raise, words| {
            (raise.words(words, literal), raise.written(literal))
        });
        let kind = match &literal.kind {
            LiteralKind::Positive(atom) => {
                if self.is_internal(atom.relation) {
                    return None;
                }
                let tuple: Option<Vec<_>> = terms(atom, place.values).into_iter().collect();
                let stated = tuple
                    .as_ref()
                    .and_then(|tuple| self.stated(atom.relation, tuple, place.at));
                let parts = self.parts(atom.relation, &terms(atom, place.values));
                match stated {
                    Some(fact) if self.judge.facts().is_assumed(fact) => {
                        NodeKind::Assumption { atom: parts }
                    }
                    Some(fact) => NodeKind::Fact {
                        atom: parts,
                        place: Some(self.place_of(fact)),
                    },
                    None => folded(written),
                }
            }
            LiteralKind::Compare { .. } | LiteralKind::Aggregate { .. } => {
                return Some(self.computed(literal, place));
            }
            LiteralKind::Negative(_) => folded(written),
        };
        let text = match &literal.kind {
            LiteralKind::Positive(atom) => self.said_of(atom, place).unwrap_or(text),
            _ => text,
        };
        Some(self.explanation.add(text, kind))
    }

    /// What an atom of a relation that has no template of its own says.
    fn said_of(&self, atom: &Atom, place: Place<'_>) -> Option<String> {
        let kind = self.program().relations[atom.relation].kind;
        let own = matches!(
            kind,
            RelationKind::Governed(_) | RelationKind::Excluded(_) | RelationKind::Definition { .. }
        );
        let tuple: Option<Vec<_>> = terms(atom, place.values).into_iter().collect();
        tuple
            .filter(|_| own)
            .map(|tuple| self.conclusion(atom.relation, &tuple))
    }

    /// A comparison or an aggregate with its values.
    fn computed(&mut self, literal: &Literal, place: Place<'_>) -> NodeId {
        let LiteralKind::Compare {
            left, right, sort, ..
        } = &literal.kind
        else {
            return self.aggregate(literal, place);
        };
        let (text, kind) = self.raise(place.values, |raise, words| {
            let kind = NodeKind::Comparison {
                written: raise.written(literal),
                left: raise.value(left, *sort),
                right: raise.value(right, *sort),
            };
            (raise.words(words, literal), kind)
        });
        self.explanation.add(text, kind)
    }

    /// What holds, or may, and must not.
    fn barred(&mut self, node: NodeId, inner: &[Literal], truth: Truth, place: Place<'_>) {
        if let [
            Literal {
                kind: LiteralKind::Positive(atom),
                ..
            },
        ] = inner
        {
            let pattern = terms(atom, place.values);
            let found = self.best_match(atom.relation, pattern, place.at);
            let bar = match found {
                Ok(tuple) => self.tuple(atom.relation, &tuple, place.at),
                Err(pattern) => self.unknown(atom.relation, &pattern, place.at),
            };
            self.connect(node, bar, Edge::Bars);
            return;
        }
        let substitution = self.best_solution(inner, place);
        let substitution = substitution.unwrap_or_else(|| place.values.substitution.to_vec());
        let values = Values {
            substitution: &substitution,
            ..place.values
        };
        let (text, written) = self.raise(values, |raise, words| {
            (words.body(&raise.body(inner)), raise.written_body(inner))
        });
        let mut kind = folded(written);
        if let NodeKind::Rule { certain, .. } = &mut kind {
            *certain = truth == Truth::False;
        }
        let bar = self.explanation.add(text, kind);
        self.connect(node, bar, Edge::Bars);
        for literal in inner {
            self.literal(bar, literal, Place { values, ..place });
        }
    }

    /// The most certain tuple of a pattern; the pattern where there is none.
    fn best_match(
        &mut self,
        relation: RelationId,
        pattern: Vec<Option<Value>>,
        at: i64,
    ) -> Result<Vec<Value>, Vec<Option<Value>>> {
        let tuple: Option<Vec<_>> = pattern.iter().copied().collect();
        if let Some(tuple) = tuple {
            return Ok(tuple);
        }
        let found = self.session(at).matching(relation, &pattern);
        let best = found
            .into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        best.map(|(tuple, _)| tuple).ok_or(pattern)
    }

    /// An atom that does not hold, or is not known to, and why.
    fn lacking(
        &mut self,
        relation: RelationId,
        pattern: &[Option<Value>],
        truth: Truth,
        at: i64,
    ) -> NodeId {
        if truth == Truth::Maybe {
            return match self.best_match(relation, pattern.to_vec(), at) {
                Ok(tuple) if !tuple.contains(&Value::UNKNOWN) => self.tuple(relation, &tuple, at),
                _ => self.unknown(relation, pattern, at),
            };
        }
        let key: Vec<_> = pattern
            .iter()
            .map(|value| value.unwrap_or_default())
            .collect();
        if self.open.contains(&(relation, key.clone())) {
            let text = self.absence_text(relation, pattern);
            let kind = NodeKind::Absence {
                atom: self.parts(relation, pattern),
                reason: Absence::Itself,
                place: None,
            };
            return self.explanation.add(text, kind);
        }
        let (node, reason) = self.absence_alone(relation, pattern, at);
        if reason == Absence::Closed && self.explanation.children(node).is_empty() {
            self.open.push((relation, key));
            self.rules_for(node, relation, pattern, at);
            self.open.pop();
        }
        node
    }

    /// The rules that could conclude an atom, the nearest first, each as far as it gets.
    fn rules_for(
        &mut self,
        node: NodeId,
        relation: RelationId,
        pattern: &[Option<Value>],
        at: i64,
    ) {
        let mut found = Vec::new();
        self.attempts(relation, pattern, at, &mut found);
        found.sort_by_key(|(_, miss)| miss.rank());
        let full = self.open.len() > DEEPEST || self.explanation.ids().count() > MOST;
        let shown = if full { 0 } else { RULES };
        self.left_out += found.len().saturating_sub(shown);
        for (rule, miss) in found.iter().take(shown) {
            let why = self.attempt(rule, pattern, &miss.substitution, &miss.truths, at);
            self.connect(node, why, Edge::Because);
        }
    }

    /// How far each rule gets; what a document defines is looked up through its definitions.
    fn attempts(
        &mut self,
        relation: RelationId,
        pattern: &[Option<Value>],
        at: i64,
        found: &mut Vec<(&'p Rule, NearMiss)>,
    ) {
        let rules = self.program().rules.iter();
        for rule in rules.filter(|rule| rule.head.relation == relation) {
            let Some(bound) = partly_unified(rule, pattern) else {
                continue;
            };
            if let Origin::Conclusion(_) = rule.origin {
                let definition = rule.body.iter().find_map(|literal| match &literal.kind {
                    LiteralKind::Positive(atom)
                        if matches!(
                            self.program().relations[atom.relation].kind,
                            RelationKind::Definition { .. }
                        ) =>
                    {
                        Some(atom.relation)
                    }
                    _ => None,
                });
                if let Some(definition) = definition.filter(|&other| other != relation) {
                    self.attempts(definition, pattern, at, found);
                    continue;
                }
            }
            let question = Question {
                variables: &rule.variables,
                literals: &rule.body,
                bound: &bound,
            };
            found.push((rule, self.nearest(question, at)));
        }
    }

    /// A rule that does not conclude an atom.
    fn attempt(
        &mut self,
        rule: &Rule,
        pattern: &[Option<Value>],
        substitution: &Substitution,
        truths: &[Truth],
        at: i64,
    ) -> NodeId {
        let program = self.program();
        let values = Values {
            variables: &rule.variables,
            substitution,
        };
        let literals = || rule.body.iter().zip(truths);
        let first = literals()
            .find(|&(_, &truth)| truth == Truth::False)
            .or_else(|| literals().find(|&(_, &truth)| truth == Truth::Maybe));
        let (text, fails) = first.map_or_else(Default::default, |(literal, _)| {
            self.raise(values, |raise, words| {
                (raise.words(words, literal), raise.written(literal))
            })
        });
        let relation = rule.head.relation;
        let statement = origin(rule).map(|id| &program.statements[id]);
        let atom = self.parts(relation, pattern);
        let kind = NodeKind::Rule {
            id: statement.map(|statement| statement.id.clone()),
            written: format!("{}{}", not(self.is_negation(relation)), atom.written),
            atom,
            values: self.named(rule.variables.iter().zip(substitution)),
            lines: statement.map(|row| row.lines.clone()).unwrap_or_default(),
            place: Some(self.place(rule.span)),
            certain: false,
            fails: Some(fails),
            left_out: 0,
        };
        let text = says::does_not_hold(self.language(), &text);
        let node = self.explanation.add(text, kind);
        for (literal, &truth) in literals() {
            self.met_or_missing(node, literal, truth, Place { values, at });
        }
        node
    }

    /// Something written that is not met, or not known to be.
    pub(super) fn not_met(&mut self, written: String, truth: Truth) -> NodeId {
        let atom = AtomParts {
            written: written.clone(),
            ..AtomParts::default()
        };
        let kind = match truth {
            Truth::False => NodeKind::Absence {
                atom,
                reason: Absence::NoCase,
                place: None,
            },
            _ => NodeKind::Unknown { atom },
        };
        self.explanation.add(written, kind)
    }
}

/// What is shown without its reasons.
fn folded(written: String) -> NodeKind {
    NodeKind::Rule {
        id: None,
        written,
        atom: AtomParts::default(),
        values: Vec::new(),
        lines: Vec::new(),
        place: None,
        certain: true,
        fails: None,
        left_out: 0,
    }
}

fn terms(atom: &Atom, values: Values<'_>) -> Vec<Option<Value>> {
    atom.terms.iter().map(|&term| values.term(term)).collect()
}
