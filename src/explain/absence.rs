//! Why an atom does not hold: it is denied, its row is closed, a rule concludes so, or nothing
//! says so, and then why each rule for it fails.

use std::collections::BTreeSet;

use crate::base::Id;
use crate::engine::{Truth, plan_conjunction};
use crate::program::{
    Literal, LiteralKind, Origin, RelationId, RelationKind, Rule, Value, VariableId,
};

use super::builder::{Builder, Key};
use super::from_provenance::{not, origin};
use super::graph::{Absence, Edge, NodeId, NodeKind};
use super::proof::unified;
use super::raise::Values;

/// How many rules that fail are shown.
const FAILING: usize = 6;

impl Builder<'_, '_> {
    /// That no tuple of the pattern holds, and why.
    pub(super) fn absence(
        &mut self,
        relation: RelationId,
        pattern: &[Option<Value>],
        at: i64,
    ) -> NodeId {
        let key = Key::Atom(relation, pattern.to_vec(), at);
        if let Some(known) = self.said(&key) {
            return known;
        }
        let (node, reason) = self.absence_alone(relation, pattern, at);
        if reason == Absence::Closed {
            self.failing(node, relation, pattern, at);
        }
        node
    }

    /// The same without the rules that fail.
    pub(super) fn absence_alone(
        &mut self,
        relation: RelationId,
        pattern: &[Option<Value>],
        at: i64,
    ) -> (NodeId, Absence) {
        let (reason, place) = self.reason(relation, pattern, at);
        let key = Key::Atom(relation, pattern.to_vec(), at);
        if let Some(known) = self.said(&key) {
            return (known, reason);
        }
        let text = self.absence_text(relation, pattern);
        let atom = self.parts(relation, pattern);
        let kind = NodeKind::Absence {
            atom,
            reason,
            place,
        };
        let node = self.shared(key, text, kind);
        let tuple: Option<Vec<_>> = pattern.iter().copied().collect();
        let negation = self.program().relations[relation].negation;
        if let (Absence::Concluded, Some(negation), Some(tuple)) = (reason, negation, tuple) {
            let why = self.tuple(negation, &tuple, at);
            self.connect(node, why, Edge::Because);
        }
        (node, reason)
    }

    /// That an atom does not hold, in words.
    pub(super) fn absence_text(&self, relation: RelationId, pattern: &[Option<Value>]) -> String {
        let program = self.program();
        match program.relations[relation].kind {
            RelationKind::Governed(_) | RelationKind::Excluded(_) => {
                let tuple: Vec<_> = pattern.iter().flatten().copied().collect();
                super::says::not(self.language(), &self.conclusion(relation, &tuple))
            }
            RelationKind::Definition { statement, .. } => {
                super::says::does_not_apply(self.language(), &program.statements[statement].id)
            }
            _ => self.words().negated_atom(&self.tree(relation, pattern)),
        }
    }

    fn reason(
        &mut self,
        relation: RelationId,
        pattern: &[Option<Value>],
        at: i64,
    ) -> (Absence, Option<String>) {
        let row = &self.program().relations[relation];
        if !self.reads_facts(relation) {
            return (Absence::Closed, None);
        }
        let input = self.judge.facts().input(row.declared);
        let tuple: Option<Vec<_>> = pattern.iter().copied().collect();
        if let Some(tuple) = &tuple {
            if let Some(fact) = self.row(&input.denied, tuple, at) {
                if self.judge.facts().is_assumed(fact) {
                    return (Absence::Assumed, None);
                }
                return (Absence::Denied, Some(self.place_of(fact)));
            }
            if let Some(negation) = row.negation
                && self.session(at).truth(negation, tuple) == Truth::Certain
            {
                return (Absence::Concluded, None);
            }
        }
        let key: Option<Vec<_>> = row
            .row_key()
            .and_then(|width| pattern.iter().take(width).copied().collect());
        let closing = key.and_then(|key| self.row(&input.closed, &key, at));
        match closing {
            Some(fact) if row.open => (Absence::RowClosed, Some(self.place_of(fact))),
            _ => (Absence::Closed, None),
        }
    }

    /// The rules that would conclude it, each with the first condition that fails.
    fn failing(&mut self, node: NodeId, relation: RelationId, pattern: &[Option<Value>], at: i64) {
        let program = self.program();
        let rules = program.rules.entries().filter(|(_, rule)| {
            rule.head.relation == relation && !matches!(rule.origin, Origin::Conclusion(_))
        });
        let Some(tuple) = pattern.iter().copied().collect::<Option<Vec<_>>>() else {
            return;
        };
        let mut said = BTreeSet::new();
        for (_, rule) in rules {
            let Some(bound) = unified(rule, &tuple) else {
                continue;
            };
            let mut substitution = vec![None; rule.variables.len()];
            for &(variable, value) in &bound {
                if let Some(place) = substitution.get_mut(variable.index()) {
                    *place = Some(value);
                }
            }
            let values = Values {
                variables: &rule.variables,
                substitution: &substitution,
            };
            let Some(literal) = self.first_failing(rule, &bound, at) else {
                continue;
            };
            let fails = self.raise(values, |raise, _| raise.written(literal));
            if said.len() == FAILING || !said.insert((origin(rule), fails.clone())) {
                continue;
            }
            let text = self.raise(values, |raise, words| raise.words(words, literal));
            let statement = origin(rule).map(|id| &program.statements[id]);
            let atom = self.parts(relation, pattern);
            let kind = NodeKind::Rule {
                id: statement.map(|statement| statement.id.clone()),
                written: format!("{}{}", not(self.is_negation(relation)), atom.written),
                atom,
                values: self.named(rule.variables.iter().zip(&substitution)),
                lines: statement.map(|row| row.lines.clone()).unwrap_or_default(),
                place: Some(self.place(rule.span)),
                certain: false,
                fails: Some(fails),
                left_out: 0,
            };
            let text = super::says::does_not_hold(self.language(), &text);
            let why = self.explanation.add(text, kind);
            self.connect(node, why, Edge::Because);
        }
    }

    /// The first literal of a rule's body up to which it has no solution.
    fn first_failing<'r>(
        &mut self,
        rule: &'r Rule,
        bound: &[(VariableId, Value)],
        at: i64,
    ) -> Option<&'r Literal> {
        let session = self.session(at);
        let statistics = session.database().statistics();
        let program = session.program();
        let variables: Vec<_> = bound.iter().map(|&(variable, _)| variable).collect();
        // Literals that test come after those that bind, or the prefix would not be safe.
        let (binding, testing): (Vec<_>, Vec<_>) = rule
            .body
            .iter()
            .partition(|literal| matches!(literal.kind, LiteralKind::Positive(_)));
        let mut prefix = Vec::new();
        for literal in binding.into_iter().chain(testing) {
            prefix.push(literal.clone());
            let plan = plan_conjunction(program, statistics, &rule.variables, &prefix, &variables);
            if session.best(&plan, bound) == Truth::False {
                return Some(literal);
            }
        }
        None
    }
}
