//! Literals about other acts: `done(…)`, `case(…)`, and those that ask for verdicts.

use crate::base::{Diagnostic, Span};
use crate::lang::ast::{Comparison, Pattern, Reference, Role, StatusWord};
use crate::program::{
    ActTerm, Atom, LateLiteral, Literal, RelationId, RelationKind, SortId, Term, Under, VariableId,
};

use super::body::{Reading, negation, negative, positive};
use super::clause::{Clause, JUDGED};
use super::conjunction::Conjunction;
use super::names::unknown;
use super::pattern::{self, compare, equal};

/// `[not] STATUS(pattern, under …)`.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatusQuestion<'a> {
    pub(super) negated: bool,
    pub(super) status: StatusWord,
    pub(super) pattern: &'a Pattern,
    pub(super) under: Option<&'a Reference>,
    pub(super) span: Span,
}

impl Clause<'_, '_> {
    /// Lowers a literal about other acts.
    pub(super) fn status(
        &mut self,
        question: &StatusQuestion<'_>,
        reading: Reading,
    ) -> Vec<Conjunction> {
        let asks = !matches!(
            question.status,
            StatusWord::Done | StatusWord::Planned | StatusWord::Case
        );
        if asks && (reading == Reading::Rule || self.counting) {
            self.status_in_rule(question);
            return Vec::new();
        }
        let under = match question.under.map(|under| self.under(under)) {
            Some(None) => return Vec::new(),
            Some(Some(under)) => Some(under),
            None => None,
        };
        if !asks && under.is_some() {
            self.misplaced_under(question);
            return Vec::new();
        }
        match question.status {
            StatusWord::Done | StatusWord::Planned | StatusWord::Case => {
                let alternatives = self.known_acts(question, reading);
                negated_if(question, alternatives)
            }
            StatusWord::Permitted | StatusWord::Prohibited => self.verdict_of(question, under),
            StatusWord::Unsettled => {
                let alternatives = self.range_over(question, under, reading);
                negated_if(question, alternatives)
            }
            StatusWord::Breach if question.pattern.label.is_some() => {
                let alternatives = self.range_over(question, under, reading);
                negated_if(question, alternatives)
            }
            StatusWord::Breach => self.any_breach(question, under, reading),
        }
    }

    fn status_in_rule(&mut self, question: &StatusQuestion<'_>) {
        let word = question.status.word();
        self.fail(
            Diagnostic::error(
                "status-in-rule",
                question.span,
                format!("`{word}` asks for a verdict, which is not known yet here"),
            )
            .label("only norms may ask for verdicts")
            .help("ask in the `when` or `unless` of a norm, outside of counts"),
        );
    }

    fn misplaced_under(&mut self, question: &StatusQuestion<'_>) {
        let word = question.status.word();
        self.fail(
            Diagnostic::error(
                "misplaced-under",
                question.span,
                format!("`{word}` asks for no verdict, so `under` says nothing"),
            )
            .label("take `under …` out"),
        );
    }

    /// `under on-ops` or `under on-ops/051`; `None` if it is unknown, which is reported.
    fn under(&mut self, reference: &Reference) -> Option<Under> {
        let names = self.context.names;
        let known = if reference.node.contains('/') {
            names.norms.get(&reference.node).copied().map(Under::Norm)
        } else {
            names
                .documents
                .get(&reference.node)
                .copied()
                .map(Under::Document)
        };
        if known.is_none() {
            let found = if reference.node.contains('/') {
                unknown("unknown-reference", "norm", reference, names.norms.keys())
            } else {
                unknown(
                    "unknown-document",
                    "document",
                    reference,
                    names.documents.keys(),
                )
            };
            self.fail(found);
        }
        known
    }

    /// The variable that a pattern's label names, or a new one.
    fn act_of(&mut self, pattern: &Pattern, span: Span) -> VariableId {
        pattern
            .label
            .as_ref()
            .and_then(|label| self.names.get(&label.node).copied())
            .unwrap_or_else(|| self.fresh(SortId::ACT, span))
    }

    /// The act judged matches the pattern, in the place of a recorded act.
    fn judged_instead(
        &mut self,
        question: &StatusQuestion<'_>,
        act: VariableId,
    ) -> Vec<Conjunction> {
        let readings = self.readings(question.pattern);
        readings
            .iter()
            .map(|reading| {
                let mut literals = self.matches(reading, JUDGED);
                if question.pattern.label.is_some() && act != JUDGED {
                    literals.push(equal(act, JUDGED, SortId::ACT, question.span));
                }
                Conjunction {
                    literals,
                    late: Vec::new(),
                    through: true,
                }
            })
            .collect()
    }

    /// Acts that match the pattern and are each in one of `records`.
    fn recorded_acts(
        &mut self,
        question: &StatusQuestion<'_>,
        act: VariableId,
        records: &[RelationId],
    ) -> Vec<Conjunction> {
        let readings = self.readings(question.pattern);
        let mut alternatives = Vec::new();
        for reading in &readings {
            let literals = self.matches(reading, act);
            if records.is_empty() {
                alternatives.push(Conjunction::of(literals.clone()));
            }
            for &relation in records {
                let terms = vec![Term::Variable(act)];
                let mut recorded = vec![positive(Atom { relation, terms }, question.span)];
                recorded.extend(literals.iter().cloned());
                alternatives.push(Conjunction::of(recorded));
            }
        }
        alternatives
    }

    /// `done`, `planned`, `case`.
    fn known_acts(&mut self, question: &StatusQuestion<'_>, reading: Reading) -> Vec<Conjunction> {
        let builtin = self.context.program.builtin;
        let (records, judged) = match question.status {
            StatusWord::Done => (vec![builtin.done], reading.judged_is_done()),
            StatusWord::Planned => (vec![builtin.planned], false),
            _ if reading.of_records() => (vec![builtin.recorded], reading.judged_is_case()),
            _ => (Vec::new(), false),
        };
        let act = self.act_of(question.pattern, question.span);
        let mut alternatives = self.recorded_acts(question, act, &records);
        let trigger = reading == Reading::Fulfilling && question.status == StatusWord::Done;
        if trigger && !question.negated {
            for alternative in &mut alternatives {
                let literals = self.not_later(act, question.span);
                alternative.literals.extend(literals);
            }
        }
        if judged {
            alternatives.extend(self.judged_instead(question, act));
        }
        alternatives
    }

    /// That `act` was not done after the act judged: a duty is not fulfilled before what gives
    /// rise to it.
    fn not_later(&mut self, act: VariableId, span: Span) -> Vec<Literal> {
        let Some(&relation) = self.context.program.roles.get(&(Role::At, SortId::DATE)) else {
            return Vec::new();
        };
        let mut literals = Vec::new();
        let mut at = |clause: &mut Self, act| {
            let day = clause.fresh(SortId::DATE, span);
            let terms = vec![Term::Variable(act), Term::Variable(day)];
            literals.push(positive(Atom { relation, terms }, span));
            day
        };
        let (earlier, later) = (at(self, act), at(self, JUDGED));
        literals.push(compare(
            earlier,
            Comparison::AtMost,
            later,
            SortId::DATE,
            span,
        ));
        literals
    }

    /// `permitted(…)` and `prohibited(…)`: of the act with these roles and no others, or of the
    /// act that the label names.
    fn verdict_of(
        &mut self,
        question: &StatusQuestion<'_>,
        under: Option<Under>,
    ) -> Vec<Conjunction> {
        let mut asked = Vec::new();
        for reading in self.readings(question.pattern) {
            let mut conjunction = Conjunction::default();
            let act = if question.pattern.label.is_some() {
                let act = self.act_of(question.pattern, question.span);
                conjunction.literals = self.matches(&reading, act);
                ActTerm::Bound(act)
            } else {
                if reading.roles.iter().any(|role| role.term == Term::Any) {
                    self.unbound_status(question, "`_`");
                    return Vec::new();
                }
                ActTerm::Denoted(reading.action, roles(&reading))
            };
            conjunction.late.push(LateLiteral::Status {
                negated: question.negated && question.pattern.label.is_none(),
                status: question.status,
                act,
                under,
                span: question.span,
            });
            asked.push(conjunction);
        }
        match (question.negated, question.pattern.label.is_some()) {
            (true, true) => negated_if(question, asked),
            // Neither of several actions.
            (true, false) => vec![all_of(asked)],
            (false, _) => asked,
        }
    }

    /// Reports a variable of a status literal that nothing binds.
    pub(super) fn unbound_status(&mut self, question: &StatusQuestion<'_>, what: &str) {
        let word = question.status.word();
        self.fail(
            Diagnostic::error(
                "unbound-status",
                question.span,
                format!("`{word}` is asked of one act, and {what} does not say which"),
            )
            .label("an act with these roles and no others")
            .help("bind each role before it, or leave the role out"),
        );
    }

    /// `unsettled(…)`, and `breach(…)` with a label: of recorded acts and of the act judged.
    fn range_over(
        &mut self,
        question: &StatusQuestion<'_>,
        under: Option<Under>,
        reading: Reading,
    ) -> Vec<Conjunction> {
        let builtin = self.context.program.builtin;
        let records = match question.status {
            StatusWord::Breach => vec![builtin.done, builtin.omitted],
            _ => vec![builtin.recorded],
        };
        let act = self.act_of(question.pattern, question.span);
        let mut alternatives = self.recorded_acts(question, act, &records);
        if reading.judged_is_done() {
            alternatives.extend(self.judged_instead(question, act));
        }
        for alternative in &mut alternatives {
            let unlabelled = question.pattern.label.is_none();
            let bound = if alternative.through && unlabelled {
                JUDGED
            } else {
                act
            };
            alternative.late.push(LateLiteral::Status {
                negated: false,
                status: question.status,
                act: ActTerm::Bound(bound),
                under,
                span: question.span,
            });
        }
        alternatives
    }

    /// `breach(…)` without a label: by acts or omissions.
    fn any_breach(
        &mut self,
        question: &StatusQuestion<'_>,
        under: Option<Under>,
        reading: Reading,
    ) -> Vec<Conjunction> {
        let readings = self.readings(question.pattern);
        let mut found = Vec::new();
        let mut seen = Vec::new();
        for one in &readings {
            let asked = (one.action, roles(one));
            if seen.contains(&asked) {
                continue;
            }
            seen.push(asked);
            found.push(Conjunction {
                late: vec![LateLiteral::Status {
                    negated: question.negated,
                    status: question.status,
                    act: ActTerm::Breaches(vec![one.action], roles(one)),
                    under,
                    span: question.span,
                }],
                ..Conjunction::default()
            });
        }
        if question.negated {
            found = vec![all_of(found)];
        }
        if reading.judged_is_done() && !question.negated {
            let act = JUDGED;
            for mut alternative in self.judged_instead(question, act) {
                alternative.late.push(LateLiteral::Status {
                    negated: false,
                    status: question.status,
                    act: ActTerm::Bound(JUDGED),
                    under,
                    span: question.span,
                });
                found.push(alternative);
            }
        }
        found
    }

    /// Binds variables that nothing but an unlabelled `breach` speaks of: they range over the
    /// individuals of their sort.
    pub(super) fn bind_breaches(&self, conjunction: &mut Conjunction) {
        let bound = super::conjunction::own_variables(&conjunction.literals);
        let mut guards: Vec<Literal> = Vec::new();
        for literal in &conjunction.late {
            let LateLiteral::Status {
                act: ActTerm::Breaches(_, roles),
                span,
                negated: false,
                ..
            } = literal
            else {
                continue;
            };
            for (_, term) in roles {
                if let Term::Variable(variable) = *term
                    && !bound.contains(variable)
                    && let Some(relation) = self.sort_relation(self.variables[variable].sort)
                {
                    let terms = vec![Term::Variable(variable)];
                    guards.push(positive(Atom { relation, terms }, *span));
                }
            }
        }
        conjunction.literals.extend(guards);
    }

    /// The unary relation of a sort's individuals.
    fn sort_relation(&self, sort: SortId) -> Option<RelationId> {
        self.context
            .program
            .relations
            .entries()
            .find(|(_, relation)| relation.kind == RelationKind::Sort(sort))
            .map(|(id, _)| id)
    }
}

/// The roles of a reading as terms; those that `_` fills are any.
fn roles(reading: &pattern::Reading) -> Vec<(crate::lang::ast::Role, Term)> {
    reading
        .roles
        .iter()
        .filter(|role| role.term != Term::Any)
        .map(|role| (role.role, role.term))
        .collect()
}

/// Not one of the alternatives, where `not` was written.
fn negated_if(question: &StatusQuestion<'_>, alternatives: Vec<Conjunction>) -> Vec<Conjunction> {
    if !question.negated {
        return alternatives;
    }
    let negated = |alternative: Conjunction| {
        if alternative.late.is_empty() {
            Conjunction::of(vec![negative(alternative.literals, question.span)])
        } else {
            negation(alternative, question.span)
        }
    };
    vec![all_of(alternatives.into_iter().map(negated))]
}

fn all_of(conjunctions: impl IntoIterator<Item = Conjunction>) -> Conjunction {
    let conjunctions = conjunctions.into_iter();
    conjunctions.fold(Conjunction::default(), Conjunction::and)
}
