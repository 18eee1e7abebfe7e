//! What would have to be known: the open atoms that nobody has stated and that make a norm's
//! applying, or a derived atom, no more than possible.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Id;
use crate::engine::{Session, Truth};
use crate::program::{ActRecord, Atom, Literal, LiteralKind, NormId, Term, Value, Variables};

use super::case::{Judgement as Labelling, Label};
use super::conditions::{conjunction_solutions, substituted};
use super::instances::Instance;
use super::judge::Judge;
use super::verdict::{Question, Substitution};

/// How many possible solutions of one conjunction are looked into.
const SOLUTION_LIMIT: usize = 64;

impl Judge<'_> {
    /// The questions whose answers the verdict of an act hangs on, those first that most norms
    /// hang on.
    pub(super) fn questions(
        &mut self,
        act: &ActRecord,
        instances: &[Instance],
        labelling: &Labelling,
    ) -> Vec<Question> {
        let program = self.program();
        let session = self.session_at(act.at);
        let mut asked: BTreeMap<Atom, BTreeSet<NormId>> = BTreeMap::new();
        for (index, instance) in instances.iter().enumerate() {
            let open = labelling.labels.get(index) == Some(&Label::Open);
            if !open || instance.truth == Truth::Certain {
                continue;
            }
            let mut unknown = Unknown::new(&session);
            for (body, substitution, _) in instance.solutions.iter().take(SOLUTION_LIMIT) {
                if let Some(body) = program.norms[instance.norm].bodies.get(*body) {
                    unknown.literals(&body.variables, &body.literals, substitution);
                }
            }
            for atom in unknown.found {
                asked.entry(atom).or_default().insert(instance.norm);
            }
        }
        let mut questions: Vec<_> = by_row(asked)
            .into_iter()
            .map(|(atom, norms)| Question {
                atom,
                norms: norms.into_iter().collect(),
            })
            .collect();
        questions.sort_by(|a, b| {
            let key = |question: &Question| std::cmp::Reverse(question.norms.len());
            key(a).cmp(&key(b)).then_with(|| a.atom.cmp(&b.atom))
        });
        questions
    }
}

/// Gathers the open atoms that something hangs on.
struct Unknown<'s, 'p> {
    session: &'s Session<'p>,
    found: BTreeSet<Atom>,
    seen: BTreeSet<Atom>,
}

impl<'s, 'p> Unknown<'s, 'p> {
    fn new(session: &'s Session<'p>) -> Self {
        Self {
            session,
            found: BTreeSet::new(),
            seen: BTreeSet::new(),
        }
    }

    /// What a conjunction hangs on, its variables bound.
    fn literals(
        &mut self,
        variables: &Variables,
        literals: &[Literal],
        substitution: &Substitution,
    ) {
        for literal in literals {
            match &literal.kind {
                LiteralKind::Positive(atom) => self.atom(&substituted(atom, substitution)),
                LiteralKind::Negative(inner) => self.inner(variables, inner, substitution),
                LiteralKind::Compare { .. } => {}
                LiteralKind::Aggregate { alternatives, .. } => {
                    for alternative in alternatives {
                        self.inner(variables, alternative, substitution);
                    }
                }
            }
        }
    }

    /// What the possible solutions of a conjunction inside another hang on.
    fn inner(&mut self, variables: &Variables, literals: &[Literal], substitution: &Substitution) {
        let solutions = conjunction_solutions(self.session, variables, literals, substitution);
        for (solution, truth) in solutions.into_iter().take(SOLUTION_LIMIT) {
            if truth == Truth::Maybe {
                self.literals(variables, literals, &solution);
            }
        }
    }

    fn atom(&mut self, atom: &Atom) {
        let program = self.session.program();
        let pattern: Vec<_> = atom.terms.iter().map(|&term| constant(term)).collect();
        let best = self
            .session
            .matching(atom.relation, &pattern)
            .into_iter()
            .map(|(_, truth)| truth)
            .max();
        if best != Some(Truth::Maybe) || !self.seen.insert(atom.clone()) {
            return;
        }
        let relation = &program.relations[atom.relation];
        if relation.open {
            self.found.insert(Atom {
                relation: relation.declared,
                terms: atom.terms.iter().map(|&term| asked(term)).collect(),
            });
            return;
        }
        for rule in program.rules.iter() {
            if rule.head.relation == atom.relation
                && let Some(bound) = unify(&rule.head, &pattern, rule.variables.len())
            {
                self.inner(&rule.variables, &rule.body, &bound);
            }
        }
    }
}

/// The values of a rule's variables where its head is to match `pattern`; `None` if it cannot.
fn unify(head: &Atom, pattern: &[Option<Value>], variables: usize) -> Option<Substitution> {
    let mut bound: Substitution = vec![None; variables];
    for (&term, &value) in head.terms.iter().zip(pattern) {
        match (term, value) {
            (Term::Constant(constant), Some(value)) if constant != value => return None,
            (Term::Variable(variable), Some(value)) => {
                let slot = bound.get_mut(variable.index())?;
                if slot.is_some_and(|known| known != value) {
                    return None;
                }
                *slot = Some(value);
            }
            _ => {}
        }
    }
    Some(bound)
}

fn constant(term: Term) -> Option<Value> {
    match term {
        Term::Constant(value) => Some(value),
        Term::Variable(_) | Term::Any => None,
    }
}

/// A stranger, or a number that nobody stated, is asked for as "whom?", "which?".
fn asked(term: Term) -> Term {
    match term {
        Term::Constant(Value::UNKNOWN) => Term::Any,
        other => other,
    }
}

/// One question for a row ("whom does it show?") takes the place of those for its members
/// where the row itself is unknown.
fn by_row(asked: BTreeMap<Atom, BTreeSet<NormId>>) -> BTreeMap<Atom, BTreeSet<NormId>> {
    let rows: BTreeSet<_> = asked
        .keys()
        .filter(|atom| atom.terms.contains(&Term::Any))
        .cloned()
        .collect();
    let mut questions: BTreeMap<Atom, BTreeSet<NormId>> = BTreeMap::new();
    for (atom, norms) in asked {
        let row = rows.iter().find(|row| {
            row.relation == atom.relation
                && row
                    .terms
                    .iter()
                    .zip(&atom.terms)
                    .all(|(general, special)| *general == Term::Any || general == special)
        });
        let question = row.cloned().unwrap_or(atom);
        questions.entry(question).or_default().extend(norms);
    }
    questions
}
