//! Why an atom holds, may hold or does not: a fact, a rule with its premises, or nothing.
//!
//! The rule shown is the first in source order that concludes the tuple, with the least values
//! of its variables, as certain as the tuple is, and such that no premise is the tuple itself
//! or one whose proof is being made.

use std::ops::ControlFlow;

use crate::engine::{FactId, Rows, Truth, plan_conjunction};
use crate::program::{
    Literal, LiteralKind, Origin, RelationId, RelationKind, Rule, RuleId, StatementId, Term, Value,
    VariableId,
};

use super::builder::{Builder, Key};
use super::graph::{Absence, Edge, NodeId, NodeKind};
use super::literals::Place;
use super::raise::Values;

/// How deep a chain of rules is followed.
const DEEPEST: usize = 200;

/// How many solutions of one rule are compared.
const SOLUTIONS: usize = 5_000;

/// How many premises are followed to find a proof that does not rest on itself.
const BUDGET: usize = 2_000;

/// How many rules that fail are shown.
const FAILING: usize = 6;

/// A rule with the values under which it concludes something.
#[derive(Clone, Debug)]
pub(super) struct Step {
    rule: RuleId,
    substitution: Vec<Option<Value>>,
    truth: Truth,
}

impl Builder<'_, '_> {
    /// The node that says whether a tuple holds at a moment, and why.
    pub(super) fn tuple(&mut self, relation: RelationId, tuple: &[Value], at: i64) -> NodeId {
        let pattern: Vec<_> = tuple.iter().copied().map(Some).collect();
        let key = Key::Atom(relation, pattern.clone(), at);
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        match self.session(at).truth(relation, tuple) {
            Truth::False => self.absence(relation, &pattern, at),
            truth => {
                if let Some(fact) = self.stated(relation, tuple, at) {
                    let place = Some(self.place_of(fact));
                    return self.fact(key, relation, &pattern, place);
                }
                match self.step(relation, tuple, truth, at) {
                    Some(step) => self.concluded(key, relation, tuple, &step, at),
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
        if let Some(&known) = self.known.get(&key) {
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

    /// The fact that asserts a tuple.
    fn stated(&self, relation: RelationId, tuple: &[Value], at: i64) -> Option<FactId> {
        let declared = self.program().relations[relation].declared;
        if !self.reads_facts(relation) {
            return None;
        }
        self.row(&self.judge.facts().input(declared).asserted, tuple, at)
    }

    /// Whether the facts of its declared relation are a relation's own.
    fn reads_facts(&self, relation: RelationId) -> bool {
        !matches!(
            self.program().relations[relation].kind,
            RelationKind::Negation(_) | RelationKind::Definition { .. }
        )
    }

    fn row(&self, rows: &Rows, tuple: &[Value], at: i64) -> Option<FactId> {
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

    /// The first rule that concludes the tuple as certainly as it holds.
    fn step(
        &mut self,
        relation: RelationId,
        tuple: &[Value],
        truth: Truth,
        at: i64,
    ) -> Option<Step> {
        if self.open.len() >= DEEPEST {
            return None;
        }
        let program = self.program();
        let mut maybe = None;
        for (id, rule) in program.rules.entries() {
            if rule.head.relation != relation {
                continue;
            }
            let Some(bound) = unified(rule, tuple) else {
                continue;
            };
            let mut found = self.instances(id, &bound, at);
            found.sort_by(|a, b| {
                b.truth
                    .cmp(&a.truth)
                    .then(a.substitution.cmp(&b.substitution))
            });
            let mut path = self.open.clone();
            path.push((relation, tuple.to_vec()));
            let mut budget = BUDGET;
            let step = found
                .into_iter()
                .find(|step| self.is_founded(step, &mut path, &mut budget, at));
            match step {
                Some(step) if step.truth >= truth => return Some(step),
                Some(step) => maybe = maybe.or(Some(step)),
                None => {}
            }
        }
        maybe
    }

    /// The solutions of a rule's body for some values.
    fn instances(&mut self, id: RuleId, bound: &[(VariableId, Value)], at: i64) -> Vec<Step> {
        let program = self.program();
        let rule = &program.rules[id];
        let session = self.session(at);
        let variables: Vec<_> = bound.iter().map(|&(variable, _)| variable).collect();
        let statistics = session.database().statistics();
        let plan = plan_conjunction(program, statistics, &rule.variables, &rule.body, &variables);
        let mut found = Vec::new();
        session.solve(&plan, bound, &mut |solution, truth| {
            let values = rule
                .variables
                .ids()
                .map(|variable| is_bound(rule, variable).then(|| solution.value(variable)));
            found.push(Step {
                rule: id,
                substitution: values.collect(),
                truth,
            });
            if found.len() < SOLUTIONS {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        found
    }

    /// The tuples that a step's positive literals read.
    fn premises(&self, step: &Step) -> Vec<(RelationId, Vec<Value>)> {
        let rule = &self.program().rules[step.rule];
        let values = Values {
            variables: &rule.variables,
            substitution: &step.substitution,
        };
        let premise = |literal: &Literal| match &literal.kind {
            LiteralKind::Positive(atom) => {
                let terms = atom.terms.iter();
                let tuple: Option<Vec<_>> = terms.map(|&term| values.term(term)).collect();
                Some((atom.relation, tuple?))
            }
            _ => None,
        };
        rule.body.iter().filter_map(premise).collect()
    }

    /// Whether the premises of a step within its own recursive component can be concluded
    /// without what is on the path.
    fn is_founded(
        &mut self,
        step: &Step,
        path: &mut Vec<(RelationId, Vec<Value>)>,
        budget: &mut usize,
        at: i64,
    ) -> bool {
        let strata = &self.program().strata;
        let head = self.program().rules[step.rule].head.relation;
        let own = strata.component_of[head];
        if !strata.components[own].recursive {
            return true;
        }
        let mut premises = self.premises(step);
        premises.retain(|(relation, _)| strata.component_of[*relation] == own);
        for premise in premises {
            let Some(left) = budget.checked_sub(1) else {
                return false;
            };
            *budget = left;
            if path.contains(&premise) {
                return false;
            }
            if self.stated(premise.0, &premise.1, at).is_some() {
                continue;
            }
            path.push(premise.clone());
            let is_founded = self
                .all_instances(premise.0, &premise.1, at)
                .iter()
                .any(|step| self.is_founded(step, path, budget, at));
            path.pop();
            if !is_founded {
                return false;
            }
        }
        true
    }

    /// All ways in which rules conclude a tuple.
    fn all_instances(&mut self, relation: RelationId, tuple: &[Value], at: i64) -> Vec<Step> {
        let program = self.program();
        let mut found = Vec::new();
        for (id, rule) in program.rules.entries() {
            if rule.head.relation == relation
                && let Some(bound) = unified(rule, tuple)
            {
                found.extend(self.instances(id, &bound, at));
            }
        }
        found
    }

    /// A rule node with its premises.
    fn concluded(
        &mut self,
        key: Key,
        relation: RelationId,
        tuple: &[Value],
        step: &Step,
        at: i64,
    ) -> NodeId {
        let program = self.program();
        let (step, outer) = self.through_definitions(step, at);
        let step = &step;
        let rule = &program.rules[step.rule];
        let values = Values {
            variables: &rule.variables,
            substitution: &step.substitution,
        };
        let text = self.conclusion(relation, tuple);
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
        let kind = NodeKind::Rule {
            id: statement.map(|statement| statement.id.clone()),
            written,
            lines: statement.map(|row| row.lines.clone()).unwrap_or_default(),
            place: Some(self.place(rule.span)),
            certain: step.truth == Truth::Certain,
            fails: None,
        };
        let node = self.shared(key, text, kind);
        self.open.push((relation, tuple.to_vec()));
        let place = Place { values, at };
        for literal in &rule.body {
            self.literal(node, literal, place);
        }
        for outer in &outer {
            let rule = &program.rules[outer.rule];
            let values = Values {
                variables: &rule.variables,
                substitution: &outer.substitution,
            };
            for literal in &rule.body {
                if matches!(literal.kind, LiteralKind::Negative(_)) {
                    self.literal(node, literal, Place { values, at });
                }
            }
        }
        self.open.pop();
        if let Some(statement) = statement {
            self.cite(node, statement.document);
        }
        node
    }

    /// The rule of a definition below the steps that only say that no other sets it aside, and
    /// those steps.
    fn through_definitions(&mut self, step: &Step, at: i64) -> (Step, Vec<Step>) {
        let program = self.program();
        let mut step = step.clone();
        let mut outer = Vec::new();
        loop {
            let inner = self.premises(&step).into_iter().find(|(relation, _)| {
                let kind = program.relations[*relation].kind;
                matches!(kind, RelationKind::Definition { .. })
            });
            let inner = inner.and_then(|(relation, tuple)| {
                let truth = self.session(at).truth(relation, &tuple);
                self.step(relation, &tuple, truth, at)
            });
            match inner {
                Some(inner) if outer.len() < DEEPEST => {
                    let whole = step.truth.min(inner.truth);
                    outer.push(std::mem::replace(&mut step, inner));
                    step.truth = whole;
                }
                _ => return (step, outer),
            }
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

    fn is_internal(&self, relation: RelationId) -> bool {
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

    fn is_negation(&self, relation: RelationId) -> bool {
        matches!(
            self.program().relations[relation].kind,
            RelationKind::Negation(_)
        )
    }

    /// What a tuple's rule concludes, in words.
    fn conclusion(&self, relation: RelationId, tuple: &[Value]) -> String {
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

    /// That no tuple of the pattern holds, and why.
    pub(super) fn absence(
        &mut self,
        relation: RelationId,
        pattern: &[Option<Value>],
        at: i64,
    ) -> NodeId {
        let key = Key::Atom(relation, pattern.to_vec(), at);
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let program = self.program();
        let (reason, place) = self.reason(relation, pattern, at);
        let text = match program.relations[relation].kind {
            RelationKind::Governed(_) | RelationKind::Excluded(_) => {
                let tuple: Vec<_> = pattern.iter().flatten().copied().collect();
                super::says::not(self.language(), &self.conclusion(relation, &tuple))
            }
            RelationKind::Definition { statement, .. } => {
                super::says::does_not_apply(self.language(), &program.statements[statement].id)
            }
            _ => self.words().negated_atom(&self.tree(relation, pattern)),
        };
        let atom = self.parts(relation, pattern);
        let kind = NodeKind::Absence {
            atom,
            reason,
            place,
        };
        let node = self.shared(key, text, kind);
        let tuple: Option<Vec<_>> = pattern.iter().copied().collect();
        match (reason, program.relations[relation].negation, tuple) {
            (Absence::Concluded, Some(negation), Some(tuple)) => {
                let why = self.tuple(negation, &tuple, at);
                self.connect(node, why, Edge::Because);
            }
            (Absence::Closed, _, _) => self.failing(node, relation, pattern, at),
            _ => {}
        }
        node
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
        let mut said = std::collections::BTreeSet::new();
        for (_, rule) in rules {
            let Some(bound) = unified(rule, &tuple) else {
                continue;
            };
            let mut substitution = vec![None; rule.variables.len()];
            for &(variable, value) in &bound {
                if let Some(place) = substitution.get_mut(crate::base::Id::index(variable)) {
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
            let head = self.tree(relation, pattern).to_string();
            let kind = NodeKind::Rule {
                id: statement.map(|statement| statement.id.clone()),
                written: format!("{}{head}", not(self.is_negation(relation))),
                lines: statement.map(|row| row.lines.clone()).unwrap_or_default(),
                place: Some(self.place(rule.span)),
                certain: false,
                fails: Some(fails),
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

/// The values that a rule's head takes from a tuple; none where a constant differs.
fn unified(rule: &Rule, tuple: &[Value]) -> Option<Vec<(VariableId, Value)>> {
    let mut bound: Vec<(VariableId, Value)> = Vec::new();
    for (&term, &value) in rule.head.terms.iter().zip(tuple) {
        match term {
            Term::Constant(constant) if constant != value => return None,
            Term::Constant(_) | Term::Any => {}
            Term::Variable(variable) => match bound.iter().find(|&&(other, _)| other == variable) {
                Some(&(_, known)) if known != value => return None,
                Some(_) => {}
                None => bound.push((variable, value)),
            },
        }
    }
    Some(bound)
}

/// Whether a solution of the rule has a value for the variable: whether it occurs outside
/// negations and aggregates.
fn is_bound(rule: &Rule, variable: VariableId) -> bool {
    let here = |term: &Term| *term == Term::Variable(variable);
    rule.head.terms.iter().any(here)
        || rule.body.iter().any(|literal| match &literal.kind {
            LiteralKind::Positive(atom) => atom.terms.iter().any(here),
            LiteralKind::Negative(_) => false,
            LiteralKind::Compare { left, right, .. } => [left, right].iter().any(|side| {
                let operand = crate::program::Operand::Variable(variable);
                side.terms.iter().any(|(_, other)| *other == operand)
            }),
            LiteralKind::Aggregate { result, .. } => *result == variable,
        })
}

/// The statement that a rule is part of.
fn origin(rule: &Rule) -> Option<StatementId> {
    match rule.origin {
        Origin::Definition(statement)
        | Origin::Conclusion(statement)
        | Origin::Scope(statement) => Some(statement),
        Origin::Vocabulary | Origin::Governed(_) | Origin::Consequence(_) => None,
    }
}

fn not(denies: bool) -> &'static str {
    if denies { "not " } else { "" }
}
