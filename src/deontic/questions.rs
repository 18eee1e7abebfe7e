//! What would have to be known: the open atoms that nobody has stated and that make a norm's
//! applying, or a derived atom, no more than possible.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Id;
use crate::engine::{Session, Truth};
use crate::program::{
    ActRecord, Atom, LateLiteral, Literal, LiteralKind, NormId, Term, Value, Variables,
};

use super::conditions::{Requirement, substituted};
use super::instances::Instance;
use super::judge::Judge;
use super::late::open_conditions;
use super::settle::Advice;
use super::verdict::{Question, Substitution, Verdict};
use super::work_out::Pending;

/// How many possible solutions of one conjunction are looked into.
const SOLUTION_LIMIT: usize = 64;

/// Open atoms with the norms that hang on each.
type Asked = BTreeMap<Atom, BTreeSet<NormId>>;

/// The acts that a verdict hangs on.
struct Others {
    /// Those looked into.
    seen: BTreeSet<Value>,
    /// Whether one of them depends on its own verdict.
    circular: bool,
}

impl Others {
    /// Only the act that is judged.
    fn new(act: &ActRecord) -> Self {
        Self {
            seen: BTreeSet::from([act.value]),
            circular: false,
        }
    }
}

impl<'p> Judge<'p> {
    /// The questions whose answers the verdict of an act hangs on, in the order that `advice`
    /// gives, else those first that most norms hang on; and whether it hangs on a verdict that
    /// depends on itself. `undecided` are the instances that leave it open, `norms` the norms of
    /// all instances.
    pub(super) fn questions(
        &mut self,
        act: &ActRecord,
        (undecided, norms): (&[Instance], &[NormId]),
        advice: Option<&Advice>,
    ) -> (Vec<Question>, bool) {
        if undecided.is_empty() && advice.is_none() {
            return (Vec::new(), false);
        }
        let (mut asked, circular) = self.asked_by(act, undecided);
        if let Some(advice) = advice.filter(|advice| advice.only_atoms) {
            asked.retain(|atom, _| advice.ranked.iter().any(|(ranked, _)| ranked == atom));
        }
        for (atom, instances) in advice.into_iter().flat_map(|advice| &advice.ranked) {
            let norms = instances.iter().filter_map(|&index| norms.get(index));
            asked.entry(atom.clone()).or_default().extend(norms);
        }
        let mut questions = listed(&self.session_at(act.at), asked);
        if let Some(advice) = advice {
            order(&mut questions, advice);
        }
        (questions, circular)
    }

    /// What to ask next of an act, the best question first: what an open verdict hangs on; of one
    /// that is conditional, whether its conditions are required and met; of one that is contested,
    /// whether norms clash. Nothing once no answer can change the verdict.
    pub fn open_questions(&mut self, act: Value) -> Vec<Question> {
        let (Some(known), Some(record)) = (self.known(act), self.act(act).cloned()) else {
            return Vec::new();
        };
        if known.judgement.verdict == Verdict::Undetermined {
            let judged = self.judge(act);
            return judged.map_or_else(Vec::new, |judgement| judgement.questions.clone());
        }
        let Pending {
            instances,
            requirements,
        } = known.undecided.pending.as_ref();
        let (mut asked, _) = self.asked_by(&record, instances);
        for (norm, requirement) in requirements {
            for atom in self.unknown_of(&record, *norm, requirement) {
                asked.entry(atom).or_default().insert(*norm);
            }
        }
        listed(&self.session_at(record.at), asked)
    }

    /// The open atoms that instances hang on, each with the norms of these; and whether one hangs
    /// on a verdict that depends on itself.
    fn asked_by(&mut self, act: &ActRecord, instances: &[Instance]) -> (Asked, bool) {
        let session = self.session_at(act.at);
        let mut asked = Asked::new();
        let mut circular = false;
        for instance in instances {
            let mut others = Others::new(act);
            for atom in self.unknown_to(act, instance, &session, &mut others) {
                asked.entry(atom).or_default().insert(instance.norm);
            }
            circular |= others.circular;
        }
        (asked, circular)
    }

    /// The open atoms that an instance hangs on: those of its body, and those that the verdicts
    /// hang on for which it asks.
    fn unknown_to(
        &mut self,
        act: &ActRecord,
        instance: &Instance,
        session: &Session<'p>,
        others: &mut Others,
    ) -> BTreeSet<Atom> {
        let program = self.program();
        let norm = &program.norms[instance.norm];
        let mut found = BTreeSet::new();
        let mut unknown = Unknown::new(self, session);
        let solutions = || instance.solutions.iter().take(SOLUTION_LIMIT);
        for (body, substitution, _) in solutions() {
            if let Some(body) = norm.bodies.get(*body) {
                unknown.literals(&body.variables, &body.literals, substitution);
            }
        }
        found.append(&mut unknown.found);
        for (body, substitution, _) in solutions() {
            if let Some(body) = norm.bodies.get(*body) {
                let late = (body.late.as_slice(), &body.variables);
                found.extend(self.unknown_to_others(act, late, substitution, others));
            }
        }
        found
    }

    /// The open atoms that it hangs on whether a condition is met.
    fn unknown_of(
        &mut self,
        act: &ActRecord,
        norm: NormId,
        requirement: &Requirement,
    ) -> BTreeSet<Atom> {
        let norm = &self.program().norms[norm];
        let (Some(body), Some(condition)) =
            (norm.bodies.get(requirement.standing.body), &norm.condition)
        else {
            return BTreeSet::new();
        };
        let session = self.session_at(act.at);
        let alternatives = condition.alternatives.get(requirement.standing.body);
        let alternatives = || alternatives.into_iter().flatten();
        let mut unknown = Unknown::new(self, &session);
        for one in alternatives() {
            unknown.inner(&body.variables, &one.literals, &requirement.standing.bound);
        }
        let mut found = unknown.found;
        let mut others = Others::new(act);
        for one in alternatives() {
            let late = (one.late.as_slice(), &body.variables);
            found.extend(self.unknown_to_others(
                act,
                late,
                &requirement.standing.bound,
                &mut others,
            ));
        }
        found
    }

    /// The open atoms that the verdicts of other acts hang on, for which late literals ask.
    fn unknown_to_others(
        &mut self,
        act: &ActRecord,
        (late, variables): (&'p [LateLiteral], &Variables),
        substitution: &Substitution,
        others: &mut Others,
    ) -> BTreeSet<Atom> {
        let mut found = BTreeSet::new();
        for (other, status) in self.asked_about(act, late, variables, substitution) {
            if others.seen.insert(other)
                && let (Some(known), Some(record)) = (self.known(other), self.act(other).cloned())
            {
                others.circular |= known.judgement.doubt.circular;
                found.extend(open_conditions(&known.judgement, status));
                let session = self.session_at(record.at);
                for instance in known.undecided.instances.iter() {
                    found.extend(self.unknown_to(&record, instance, &session, others));
                }
            }
        }
        found
    }
}

/// Gathers the open atoms that something hangs on.
struct Unknown<'s, 'p> {
    judge: &'s mut Judge<'p>,
    session: &'s Session<'p>,
    found: BTreeSet<Atom>,
    seen: BTreeSet<Atom>,
}

impl<'s, 'p> Unknown<'s, 'p> {
    fn new(judge: &'s mut Judge<'p>, session: &'s Session<'p>) -> Self {
        Self {
            judge,
            session,
            found: BTreeSet::new(),
            seen: BTreeSet::new(),
        }
    }

    /// What a conjunction hangs on, its variables bound.
    fn literals(
        &mut self,
        variables: &Variables,
        literals: &'p [Literal],
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
    fn inner(
        &mut self,
        variables: &Variables,
        literals: &'p [Literal],
        substitution: &Substitution,
    ) {
        let session = self.session;
        let solutions = self
            .judge
            .solutions(session, variables, literals, substitution);
        for (solution, truth) in solutions.into_iter().take(SOLUTION_LIMIT) {
            if truth == Truth::Maybe {
                self.literals(variables, literals, &solution);
            }
        }
    }

    fn atom(&mut self, atom: &Atom) {
        let program = self.judge.program();
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
        for rule in &program.rules {
            if rule.head.relation == atom.relation
                && let Some(bound) = unify(&rule.head, &pattern, rule.variables.len())
            {
                self.inner(&rule.variables, &rule.body, &bound);
            }
        }
    }
}

/// Questions for atoms, or for rows of them, those first that most norms hang on.
fn listed(session: &Session<'_>, asked: Asked) -> Vec<Question> {
    let mut questions: Vec<_> = by_row(session, asked)
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

/// Puts questions in the order of the atoms that matter.
fn order(questions: &mut [Question], advice: &Advice) {
    let place = |question: &Question| {
        let mut ranked = advice.ranked.iter();
        ranked.position(|(atom, _)| is_part_of(atom, &question.atom))
    };
    questions.sort_by_key(|question| place(question).unwrap_or(usize::MAX));
}

/// Whether an atom is what is asked for, or a member of the row that is.
fn is_part_of(atom: &Atom, asked: &Atom) -> bool {
    let terms = atom.terms.iter().zip(&asked.terms);
    atom.relation == asked.relation
        && terms
            .into_iter()
            .all(|(own, asked)| own == asked || *asked == Term::Any)
}

/// The values of a rule's variables where its head is to match `pattern`; `None` if it cannot.
pub(super) fn unify(
    head: &Atom,
    pattern: &[Option<Value>],
    variables: usize,
) -> Option<Substitution> {
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

/// One question for a row ("whom does it show?") takes the place of those for its members where
/// nothing is said of the row and more than one of its members, or a stranger, is asked about.
fn by_row(session: &Session<'_>, asked: Asked) -> Asked {
    let mut members: BTreeMap<Atom, usize> = BTreeMap::new();
    for atom in asked.keys() {
        if let Some(row) = row_of(session, atom) {
            let weight = if atom.terms.contains(&Term::Any) {
                2
            } else {
                1
            };
            *members.entry(row).or_default() += weight;
        }
    }
    let mut questions = Asked::new();
    for (atom, norms) in asked {
        let row = row_of(session, &atom).filter(|row| members.get(row).is_some_and(|&n| n > 1));
        questions
            .entry(row.unwrap_or(atom))
            .or_default()
            .extend(norms);
    }
    questions
}

/// The row of an atom, its last column any, where rows can be closed and nothing is said of it.
fn row_of(session: &Session<'_>, atom: &Atom) -> Option<Atom> {
    let program = session.program();
    let relation = &program.relations[atom.relation];
    let key = relation.row_key()?;
    let mut row = atom.clone();
    for term in row.terms.iter_mut().skip(key) {
        *term = Term::Any;
    }
    let pattern: Vec<_> = row.terms.iter().map(|&term| constant(term)).collect();
    let said = !session.certain_matching(atom.relation, &pattern).is_empty();
    (!said).then_some(row)
}
