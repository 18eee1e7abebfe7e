//! Why a condition holds: one node for each literal of a body under its values.

use std::ops::ControlFlow;

use crate::base::Id;
use crate::engine::{Truth, plan_conjunction};
use crate::program::{
    Atom, DocumentId, Literal, LiteralKind, RelationId, RelationKind, SortId, Term, Value,
    VariableId,
};

use super::builder::{Builder, Key};
use super::graph::{Absence, AtomParts, Edge, NodeId, NodeKind};
use super::raise::Values;
use super::says;

/// How many members of an aggregate are listed.
const MEMBERS: usize = 12;

/// Where a literal stands: with which values, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The values.
    pub values: Values<'a>,
    /// The moment, in minutes since 1970.
    pub at: i64,
}

impl Builder<'_, '_> {
    /// Lets `parent` rest on what a literal says.
    pub(super) fn literal(&mut self, parent: NodeId, literal: &Literal, place: Place<'_>) {
        match &literal.kind {
            LiteralKind::Positive(atom) => {
                if let Some(node) = self.atom(atom, place) {
                    self.connect(parent, node, Edge::Because);
                }
            }
            LiteralKind::Negative(inner) => self.negative(parent, inner, place),
            LiteralKind::Compare {
                left, right, sort, ..
            } => {
                let (text, kind) = self.raise(place.values, |raise, words| {
                    let kind = NodeKind::Comparison {
                        written: raise.written(literal),
                        left: raise.value(left, *sort),
                        right: raise.value(right, *sort),
                    };
                    (raise.words(words, literal), kind)
                });
                let node = self.explanation.add(text, kind);
                self.connect(parent, node, Edge::Because);
            }
            LiteralKind::Aggregate { .. } => {
                let node = self.aggregate(literal, place);
                self.connect(parent, node, Edge::Because);
            }
        }
    }

    /// The node of an atom; none for what the act explained plainly is.
    pub(super) fn atom(&mut self, atom: &Atom, place: Place<'_>) -> Option<NodeId> {
        let mut pattern: Vec<_> = atom
            .terms
            .iter()
            .map(|&term| place.values.term(term))
            .collect();
        let row = &self.program().relations[atom.relation];
        let act = pattern.first().copied().flatten();
        match row.kind {
            RelationKind::Recorded
            | RelationKind::Action(_)
            | RelationKind::Role(_)
            | RelationKind::Situation(_) => {
                return self.of_act(atom.relation, act?, &pattern, "recorded", place.at);
            }
            RelationKind::Done => return Some(self.record(act?, "done")),
            RelationKind::Planned => return Some(self.record(act?, "planned")),
            RelationKind::Omitted => return Some(self.record(act?, "omitted")),
            _ => {}
        }
        // Variables that nothing else binds mean "some": the most certain tuple is shown.
        if pattern.contains(&None) {
            let found = self.session(place.at).matching(atom.relation, &pattern);
            let best = found
                .into_iter()
                .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
            match best {
                Some((tuple, _)) => pattern = tuple.into_iter().map(Some).collect(),
                None => return Some(self.absence(atom.relation, &pattern, place.at)),
            }
        }
        let tuple: Vec<_> = pattern.into_iter().flatten().collect();
        Some(self.tuple(atom.relation, &tuple, place.at))
    }

    /// What an act is: nothing for the one explained, unless it is not known.
    fn of_act(
        &mut self,
        relation: RelationId,
        act: Value,
        pattern: &[Option<Value>],
        how: &'static str,
        at: i64,
    ) -> Option<NodeId> {
        if act != self.judged {
            return Some(self.record(act, how));
        }
        let tuple: Option<Vec<_>> = pattern.iter().copied().collect();
        let tuple = tuple?;
        let is_unknown = self.session(at).truth(relation, &tuple) == Truth::Maybe;
        is_unknown.then(|| self.tuple(relation, &tuple, at))
    }

    /// How the facts record another act.
    fn record(&mut self, act: Value, how: &'static str) -> NodeId {
        let key = Key::Act(act, how);
        if let Some(known) = self.said(&key) {
            return known;
        }
        let name = self.name(SortId::ACT, act);
        let described = self.judge.act(act).map(|record| record.description.clone());
        let described = described.map(|act| self.naming(|naming| naming.described(&act)));
        let words = described.map(|act| self.words().described(&act));
        let text = says::recorded(self.language(), &name, how, &words.unwrap_or_default());
        let recorded = self.program().builtin.recorded;
        let place = self.judge.facts().input(recorded).asserted.iter();
        let place = place
            .filter(|(row, _)| row.first() == Some(&act))
            .map(|(_, fact)| fact)
            .next();
        let atom = AtomParts {
            written: format!("{how}({})", crate::lang::print_symbol(&name)),
            relation: how.to_owned(),
            arguments: vec![Some(name)],
        };
        let place = place.map(|fact| self.place_of(fact));
        self.shared(key, text, NodeKind::Fact { atom, place })
    }

    /// What does not hold, or may.
    fn negative(&mut self, parent: NodeId, inner: &[Literal], place: Place<'_>) {
        if let [
            Literal {
                kind: LiteralKind::Positive(atom),
                ..
            },
        ] = inner
        {
            if let Some(node) = self.atom(atom, place) {
                self.connect(parent, node, Edge::Unless);
            }
            return;
        }
        let Some(substitution) = self.best_solution(inner, place) else {
            let (text, written) = self.raise(place.values, |raise, words| {
                (words.not_so(&raise.body(inner)), raise.written_body(inner))
            });
            let node = self.no_such_case(text, written);
            self.connect(parent, node, Edge::Unless);
            return;
        };
        let values = Values {
            substitution: &substitution,
            ..place.values
        };
        let (text, written) = self.raise(values, |raise, words| {
            (words.body(&raise.body(inner)), raise.written_body(inner))
        });
        let atom = AtomParts {
            written,
            ..AtomParts::default()
        };
        let node = self.explanation.add(text, NodeKind::Unknown { atom });
        self.connect(parent, node, Edge::Unless);
        for literal in inner {
            self.literal(node, literal, Place { values, ..place });
        }
    }

    /// That no values make a conjunction hold.
    pub(super) fn no_such_case(&mut self, text: String, written: String) -> NodeId {
        let atom = AtomParts {
            written,
            ..AtomParts::default()
        };
        let kind = NodeKind::Absence {
            atom,
            reason: Absence::NoCase,
            place: None,
        };
        self.explanation.add(text, kind)
    }

    /// The most certain solution of a conjunction, of those the one with the least values.
    pub(super) fn best_solution(
        &mut self,
        literals: &[Literal],
        place: Place<'_>,
    ) -> Option<Vec<Option<Value>>> {
        let solutions = self.solutions(literals, place);
        let best = solutions
            .into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        best.map(|(substitution, _)| substitution)
    }

    fn solutions(
        &mut self,
        literals: &[Literal],
        place: Place<'_>,
    ) -> Vec<(Vec<Option<Value>>, Truth)> {
        let session = self.session(place.at);
        let bound = place.values.bindings();
        let variables: Vec<_> = bound.iter().map(|&(variable, _)| variable).collect();
        let plan = plan_conjunction(
            session.program(),
            session.database().statistics(),
            place.values.variables,
            literals,
            &variables,
        );
        let mut found = Vec::new();
        session.solve(&plan, &bound, &mut |solution, truth| {
            let values = place.values.variables.ids().map(|variable| {
                let known = place.values.of(variable);
                known.or_else(|| occurs(literals, variable).then(|| solution.value(variable)))
            });
            found.push((values.collect(), truth));
            ControlFlow::Continue(())
        });
        found
    }

    pub(super) fn aggregate(&mut self, literal: &Literal, place: Place<'_>) -> NodeId {
        let LiteralKind::Aggregate {
            result,
            function,
            terms,
            alternatives,
        } = &literal.kind
        else {
            return self.explanation.add(
                "",
                NodeKind::Unknown {
                    atom: AtomParts::default(),
                },
            );
        };
        let mut members = Vec::new();
        for alternative in alternatives {
            for (substitution, truth) in self.solutions(alternative, place) {
                let values = Values {
                    substitution: &substitution,
                    ..place.values
                };
                let tuple: Vec<_> = terms.iter().map(|&term| values.term(term)).collect();
                members.push((tuple, truth));
            }
        }
        members.sort();
        members.dedup_by(|a, b| a.0 == b.0);
        let listed = members.iter().take(MEMBERS).map(|(tuple, truth)| {
            let mark = if *truth == Truth::Certain { "" } else { "?" };
            format!("{}{mark}", self.member(terms, tuple, place))
        });
        let listed = listed.collect();
        let value = match place
            .values
            .of(*result)
            .filter(|&value| value != Value::UNKNOWN)
        {
            Some(value) => self.name(sort_of(place, *result), value),
            None => "?".to_owned(),
        };
        let (text, written) = self.raise(place.values, |raise, words| {
            (raise.words(words, literal), raise.written(literal))
        });
        let kind = NodeKind::Aggregate {
            function: function.word(),
            written,
            value,
            members: listed,
            count: members.len(),
        };
        self.explanation.add(text, kind)
    }

    fn member(&self, terms: &[Term], tuple: &[Option<Value>], place: Place<'_>) -> String {
        let names: Vec<_> = terms
            .iter()
            .zip(tuple)
            .map(|(term, value)| match (term, value) {
                (Term::Variable(variable), Some(value)) => {
                    self.name(sort_of(place, *variable), *value)
                }
                _ => "_".to_owned(),
            })
            .collect();
        names.join(", ")
    }

    /// Lets `node` cite a document.
    pub(super) fn cite(&mut self, node: NodeId, document: DocumentId) {
        let key = Key::Document(document);
        let said = self.said(&key);
        let cited = said.unwrap_or_else(|| {
            let row = &self.program().documents[document];
            let words = self.words();
            let title = words.text(&row.title).unwrap_or(&row.name).to_owned();
            let kind = NodeKind::Document {
                id: row.name.clone(),
                from: row.from.map(|from| self.date(from)),
                until: row.until.map(|until| self.date(until)),
                source: row.source.as_ref().map(|(file, _)| file.clone()),
            };
            self.shared(key, title, kind)
        });
        self.connect(node, cited, Edge::Cites);
    }
}

/// Whether a variable occurs in one of the outermost literals, so that a solution binds it.
fn occurs(literals: &[Literal], variable: VariableId) -> bool {
    literals.iter().any(|literal| match &literal.kind {
        LiteralKind::Negative(_) => false,
        LiteralKind::Aggregate { result, .. } => result.index() == variable.index(),
        _ => crate::program::visit::mentions(literal, variable),
    })
}

fn sort_of(place: Place<'_>, variable: VariableId) -> SortId {
    let row = place.values.variables.row(variable);
    row.map_or(SortId::INTEGER, |row| row.sort)
}
