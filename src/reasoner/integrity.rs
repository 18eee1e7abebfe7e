//! What cannot be: facts and rules that break a `never`, and atoms that are concluded though
//! they are denied. Facts alone are an input error; what comes through a document's definitions
//! names them.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Diagnostic, Span};
use crate::deontic::{Judge, Obstacle, Substitution, pattern_of};
use crate::engine::{FactId, Facts, Truth};
use crate::program::{Literal, LiteralKind, Never, RelationId, RelationKind, Value};

use super::{Reasoner, Stage};

/// How many violations of one `never` are told.
const TOLD: usize = 5;

/// An atom of which a fact and the rules say the opposite.
struct Contradicted {
    fact: FactId,
    relation: RelationId,
    /// The relation of which the rules conclude the tuple: itself, or its negation.
    concluded: RelationId,
    tuple: Vec<Value>,
    said: &'static str,
    but: &'static str,
}

impl Reasoner {
    /// Errors that only show once everything is derived, at the moment of questions.
    pub(super) fn derived_errors(&self) -> Vec<Diagnostic> {
        let timeline = self.timeline();
        // Recorded acts have names, which is all that is asked of them here.
        let mut judge = Judge::new(&timeline, [], self.as_of);
        self.errors_now(&mut judge)
    }

    /// Refuses to judge at `moments` (minutes since 1970) when something impossible follows from
    /// the facts.
    pub(super) fn sound_at(
        &self,
        judge: &mut Judge<'_>,
        moments: impl IntoIterator<Item = i64>,
    ) -> Result<(), Vec<Diagnostic>> {
        self.step(Stage::Derive, 0, None);
        let now = judge.as_of();
        let mut seen = BTreeSet::new();
        let mut told: BTreeSet<(Span, String)> = BTreeSet::new();
        let mut found = Vec::new();
        for at in moments {
            if seen.insert(judge.epoch(at)) {
                judge.move_to(at);
                let mut errors = self.errors_now(judge);
                errors.retain(|error| told.insert((error.primary.span, error.message.clone())));
                found.extend(errors);
            }
        }
        judge.move_to(now);
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    fn errors_now(&self, judge: &mut Judge<'_>) -> Vec<Diagnostic> {
        let mut found = self.contradictions(judge);
        for never in &self.program.nevers {
            found.extend(self.violations(judge, never));
        }
        found
    }

    /// What cannot be, at the moment of questions, and what it was seen from.
    pub(super) fn obstacles(&self, judge: &mut Judge<'_>) -> Vec<Obstacle> {
        let mut found = Vec::new();
        for said in self.contradicted(judge) {
            found.push(Obstacle::Tuple(said.concluded, said.tuple.clone()));
            found.push(Obstacle::Tuple(said.relation, said.tuple));
        }
        for (relation, negation, tuple) in self.concluded_both_ways(judge) {
            found.push(Obstacle::Tuple(relation, tuple.clone()));
            found.push(Obstacle::Tuple(negation, tuple));
        }
        for (never, row) in self.program.nevers.iter().enumerate() {
            for (alternative, literals) in row.alternatives.iter().enumerate() {
                for (values, certain) in judge.holds(&row.variables, literals) {
                    if certain {
                        found.push(Obstacle::Never {
                            never,
                            alternative,
                            values,
                        });
                    }
                }
            }
        }
        found
    }

    /// The same as diagnostics of the facts.
    fn contradictions(&self, judge: &mut Judge<'_>) -> Vec<Diagnostic> {
        let phrases = self.phrases();
        let said = self.contradicted(judge).into_iter();
        let mut found: Vec<_> = said
            .map(|said| {
                let values: Vec<_> = said.tuple.iter().copied().map(Some).collect();
                let atom = phrases.tuple(said.relation, &values);
                let place = judge.facts().span(said.fact);
                contradiction(place, &atom, said.said, said.but)
            })
            .collect();
        found.extend(self.denied_by_definitions(judge));
        found.dedup();
        found
    }

    /// Atoms that the facts deny, or leave out of a list that is the whole row, and that rules or
    /// definitions conclude; and those that they assert, and that definitions deny.
    fn contradicted(&self, judge: &mut Judge<'_>) -> Vec<Contradicted> {
        let (at, facts) = (judge.as_of(), judge.facts());
        let holds = |fact| {
            let validity = facts.validity(fact);
            validity.is_none_or(|validity| validity.holds_at(at))
        };
        let derived: BTreeSet<_> = self.program.rules.iter().map(|r| r.head.relation).collect();
        let mut found = Vec::new();
        for (relation, row) in self.program.relations.entries() {
            if row.kind != RelationKind::Declared {
                continue;
            }
            let input = facts.input(row.declared);
            let mut note = |fact, tuple: &[Value], concluded, said, but| {
                found.push(Contradicted {
                    fact,
                    relation,
                    concluded,
                    tuple: tuple.to_vec(),
                    said,
                    but,
                });
            };
            for (tuple, fact) in input.denied.iter() {
                if holds(fact) && is_concluded(judge, relation, tuple) {
                    note(fact, tuple, relation, "denied", "concluded");
                }
            }
            if derived.contains(&relation) {
                for (key, fact) in input.closed.iter().filter(|&(_, fact)| holds(fact)) {
                    for tuple in unlisted(judge, relation, key) {
                        note(fact, &tuple, relation, "left out", "concluded");
                    }
                }
            }
            let Some(negation) = row.negation else {
                continue;
            };
            for (tuple, fact) in input.asserted.iter() {
                if holds(fact) && is_concluded(judge, negation, tuple) {
                    note(fact, tuple, negation, "asserted", "concluded not to hold");
                }
            }
        }
        found
    }

    /// Atoms that one definition concludes and another concludes not to hold. No fact says either,
    /// so the place is that of the definitions.
    fn denied_by_definitions(&self, judge: &mut Judge<'_>) -> Vec<Diagnostic> {
        let phrases = self.phrases();
        let mut found = Vec::new();
        for (relation, negation, tuple) in self.concluded_both_ways(judge) {
            let rules = |head| {
                let rules = self.program.rules.iter();
                rules.filter(move |rule| rule.head.relation == head)
            };
            let Some(denying) = rules(negation).next() else {
                continue;
            };
            let values: Vec<_> = tuple.iter().copied().map(Some).collect();
            let atom = phrases.tuple(relation, &values);
            let mut diagnostic = Diagnostic::error(
                "contradictory-facts",
                denying.span,
                format!("`{atom}` is concluded both to hold and not to hold"),
            )
            .label("not to hold, by this")
            .help("let one `override` the other, or take back a fact that leads to one of them");
            if let Some(concluding) = rules(relation).next() {
                diagnostic = diagnostic.also(concluding.span, "to hold, by this");
            }
            found.push(diagnostic);
        }
        found
    }

    /// Relations, their negations and tuples that no fact states and that are concluded of both.
    fn concluded_both_ways(
        &self,
        judge: &mut Judge<'_>,
    ) -> Vec<(RelationId, RelationId, Vec<Value>)> {
        let session = judge.session_at(judge.as_of());
        let mut found = Vec::new();
        for (relation, row) in self.program.relations.entries() {
            let Some(negation) = row.negation else {
                continue;
            };
            let input = judge.facts().input(row.declared);
            for tuple in session.certain_matching(negation, &vec![None; row.arity()]) {
                let stated = input.asserted.iter().any(|(own, _)| *own == *tuple);
                if !stated && session.truth(relation, &tuple) == Truth::Certain {
                    found.push((relation, negation, tuple));
                }
            }
        }
        found
    }

    fn violations(&self, judge: &mut Judge<'_>, never: &Never) -> Vec<Diagnostic> {
        let mut told: BTreeMap<Vec<Span>, Diagnostic> = BTreeMap::new();
        for literals in &never.alternatives {
            for (values, certain) in judge.holds(&never.variables, literals) {
                if certain {
                    let (places, diagnostic) =
                        self.violation(judge.facts(), never, literals, &values);
                    told.entry(places).or_insert(diagnostic);
                }
            }
        }
        told.into_values().take(TOLD).collect()
    }

    fn violation(
        &self,
        facts: &Facts,
        never: &Never,
        literals: &[Literal],
        values: &Substitution,
    ) -> (Vec<Span>, Diagnostic) {
        let phrases = self.phrases();
        let mut places = Vec::new();
        let mut held = Vec::new();
        for literal in literals {
            let LiteralKind::Positive(atom) = &literal.kind else {
                continue;
            };
            let tuple = pattern_of(atom, values);
            let input = facts.input(self.program.relations[atom.relation].declared);
            let stated = input.asserted.iter().find(|(row, _)| {
                row.iter()
                    .zip(&tuple)
                    .all(|(&own, &wanted)| wanted.is_none_or(|wanted| wanted == own))
            });
            let written = phrases.tuple(atom.relation, &tuple);
            if let Some((_, fact)) = stated {
                places.push((facts.span(fact), written.clone()));
            }
            held.push(format!("`{written}`"));
        }
        let why = phrases.text(&never.texts);
        let reason = if why.is_empty() {
            String::new()
        } else {
            format!(": {why}")
        };
        let message = format!("{} cannot hold together{reason}", held.join(" and "));
        let (first, label) = places
            .first()
            .cloned()
            .unwrap_or((never.span, String::new()));
        let mut diagnostic = Diagnostic::error("never-violated", first, message)
            .label(label)
            .also(never.span, "ruled out here")
            .help("take one of these facts back, or correct the rule that leads to it");
        for (span, text) in places.iter().skip(1) {
            diagnostic = diagnostic.also(*span, text.clone());
        }
        (
            places.into_iter().map(|(span, _)| span).collect(),
            diagnostic,
        )
    }
}

fn contradiction(place: Span, atom: &str, said: &str, but: &str) -> Diagnostic {
    Diagnostic::error(
        "contradictory-facts",
        place,
        format!("`{atom}` is {said} here, and {but} by the rules"),
    )
    .label(format!("{said} here"))
    .help("take this fact back, or one of those that lead to the conclusion")
}

/// The tuples of a row that certainly hold and that no fact states at the moment of questions.
fn unlisted(judge: &mut Judge<'_>, relation: RelationId, key: &[Value]) -> Vec<Vec<Value>> {
    let session = judge.session_at(judge.as_of());
    let row = &judge.program().relations[relation];
    let mut pattern: Vec<_> = key.iter().copied().map(Some).collect();
    pattern.resize(row.arity(), None);
    let mut tuples = session.certain_matching(relation, &pattern);
    tuples.retain(|tuple| !session.is_asserted(relation, tuple));
    tuples
}

/// Whether some rule certainly concludes a tuple.
fn is_concluded(judge: &mut Judge<'_>, relation: RelationId, tuple: &[Value]) -> bool {
    let session = judge.session_at(judge.as_of());
    session.truth(relation, tuple) == Truth::Certain
}
