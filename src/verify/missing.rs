//! What is said of a body that does not hold, or may not: of each literal that it holds, or that
//! it does not and why, through the rules that could conclude it.

use std::collections::{BTreeMap, BTreeSet};

use crate::program::{
    Literal, LiteralKind, NormBody, RelationId, RelationKind, Rule, Value, Variables,
};

use super::checker::Checker;
use super::evaluate::some_variable;
use super::fault::Wrong;
use super::frame::{Frame, Meant};
use super::graph::{At, EdgeKind, Kind, RuleNode};
use super::steps::{Borne, Claim, Reasoned};
use super::truth::{Range, Truth};

/// How many ways are tried in which values may be meant.
const GUESSES: usize = 1_000;

impl Checker<'_> {
    /// Whether all literals are told of as they are; how many of them do not hold for certain,
    /// and how surely the least sure does.
    pub(super) fn told(
        &mut self,
        reasoned: Reasoned<'_>,
        literals: &[Literal],
        borne: &mut Borne,
    ) -> Result<(usize, Truth), Wrong> {
        let (mut misses, mut least) = (0, Truth::Certain);
        for literal in literals {
            let alone = std::slice::from_ref(literal);
            let (variables, frame) = (reasoned.variables, reasoned.frame);
            let truth = self.evaluator().best(variables, alone, frame);
            let met = self.met_or_missing(reasoned, literal, truth, borne)?;
            misses += usize::from(!met);
            least = least.min(truth);
        }
        Ok((misses, least))
    }

    /// Whether a literal of this truth is told to hold; what is compared with something that has
    /// no value does for some.
    fn met_or_missing(
        &mut self,
        reasoned: Reasoned<'_>,
        literal: &Literal,
        truth: Truth,
        borne: &mut Borne,
    ) -> Result<bool, Wrong> {
        let met = truth == Truth::Certain;
        let over = if met {
            EdgeKind::Holds
        } else {
            EdgeKind::Fails
        };
        match &literal.kind {
            LiteralKind::Compare {
                left,
                operator,
                right,
                sort,
            } => {
                let sides = (left, *operator, right);
                let frame = reasoned.frame;
                let is_loose = some_variable(literal, &mut |it| frame.of(it).is_none());
                if is_loose && truth == Truth::Maybe {
                    let over = (EdgeKind::Holds, &mut *borne);
                    if self.comparison(reasoned, sides, *sort, over).is_ok() {
                        return Ok(true);
                    }
                }
                self.comparison(reasoned, sides, *sort, (over, borne))?;
            }
            LiteralKind::Aggregate { .. } => {
                self.aggregate(reasoned, literal, (over, borne))?;
            }
            LiteralKind::Positive(_) | LiteralKind::Negative(_) => {
                self.atom_told(reasoned, literal, truth, borne)?;
            }
        }
        Ok(met)
    }

    /// An atom, a negated one or a negated conjunction.
    fn atom_told(
        &mut self,
        reasoned: Reasoned<'_>,
        literal: &Literal,
        truth: Truth,
        borne: &mut Borne,
    ) -> Result<(), Wrong> {
        let met = truth == Truth::Certain;
        match &literal.kind {
            LiteralKind::Positive(atom) => {
                let claim = claim(atom, reasoned.frame);
                if !met {
                    return self.missing(reasoned, (EdgeKind::Fails, truth), claim, borne);
                }
                let is_silent = self.is_silent(atom.relation);
                if is_silent || self.stated_below(reasoned.node, &claim, borne) {
                    return Ok(());
                }
                let due = self.spoken(reasoned, "", atom);
                self.folded(reasoned.node, borne, |written| due.contains(written))
                    .map(|_| ())
                    .ok_or_else(|| self.lacking(&claim))
            }
            LiteralKind::Negative(inner) => match inner.as_slice() {
                [
                    Literal {
                        kind: LiteralKind::Positive(atom),
                        ..
                    },
                ] => {
                    let claim = claim(atom, reasoned.frame);
                    if !met {
                        return self.missing(reasoned, (EdgeKind::Bars, truth.not()), claim, borne);
                    }
                    let due = self.spoken(reasoned, "not ", atom);
                    self.folded(reasoned.node, borne, |written| due.contains(written))
                        .map(|_| ())
                        .ok_or_else(|| self.lacking(&claim))
                }
                _ => self.conjunction_told(reasoned, (literal, inner), truth, borne),
            },
            _ => Ok(()),
        }
    }

    fn lacking(&self, (relation, pattern): &Claim) -> Wrong {
        Wrong::Missing(self.names().written(*relation, pattern))
    }

    /// Whether nothing is said of a relation where it holds.
    fn is_silent(&self, relation: RelationId) -> bool {
        matches!(
            self.program.relations[relation].kind,
            RelationKind::Definition { .. }
                | RelationKind::Governed(_)
                | RelationKind::Excluded(_)
                | RelationKind::Negation(_)
                | RelationKind::Action(_)
                | RelationKind::Role(_)
        )
    }

    /// An atom of which it is told, over such an edge, that it is as sure as this.
    fn missing(
        &mut self,
        reasoned: Reasoned<'_>,
        (edge, truth): (EdgeKind, Truth),
        claim: Claim,
        borne: &mut Borne,
    ) -> Result<(), Wrong> {
        let found = self.below(reasoned.node, edge, |checker, at| {
            checker.claims(at, &claim).filter(|&said| said == truth)
        });
        let (at, _) = found.ok_or_else(|| self.lacking(&claim))?;
        borne.used.insert(at);
        borne.claims.push((at, claim));
        Ok(())
    }

    /// Whether a fact that states this is shown to hold.
    fn stated_below(&mut self, node: At, claim: &Claim, borne: &mut Borne) -> bool {
        // What has no value is said in a line.
        if claim.1.contains(&None) {
            return false;
        }
        let found = self.below(node, EdgeKind::Holds, |checker, at| {
            let kind = &checker.node(at)?.kind;
            let is_stated = matches!(kind, Kind::Fact { .. } | Kind::Assumption { .. });
            let is_new = !borne.used.contains(&at);
            checker.claims(at, claim).filter(|_| is_stated && is_new)
        });
        if let Some((at, _)) = found {
            borne.used.insert(at);
            borne.claims.push((at, claim.clone()));
        }
        found.is_some()
    }

    /// An atom as a line may write it: what has no value is any, or goes by its variable.
    fn spoken(
        &self,
        reasoned: Reasoned<'_>,
        before: &str,
        atom: &crate::program::Atom,
    ) -> [String; 2] {
        let (_, pattern) = claim(atom, reasoned.frame);
        let any = self.names().written(atom.relation, &pattern);
        let named = self.names().written_with(atom, reasoned);
        [any, named].map(|it| format!("{before}{it}"))
    }

    /// What is said to hold in a line, without its reasons.
    fn folded(
        &mut self,
        node: At,
        borne: &mut Borne,
        fits: impl Fn(&String) -> bool,
    ) -> Option<At> {
        let (at, _) = self.below(node, EdgeKind::Holds, |checker, at| {
            let Kind::Rule(rule) = &checker.node(at)?.kind else {
                return None;
            };
            let fits = is_line(rule) && rule.certain && fits(&rule.written);
            (fits && !borne.used.contains(&at)).then_some(Truth::Certain)
        })?;
        borne.used.insert(at);
        Some(at)
    }

    /// A negated conjunction: a line if it has no solution, else one that it has.
    fn conjunction_told(
        &mut self,
        reasoned: Reasoned<'_>,
        (literal, inner): (&Literal, &[Literal]),
        truth: Truth,
        borne: &mut Borne,
    ) -> Result<(), Wrong> {
        if truth == Truth::Certain {
            let is_negation = |written: &String| written.starts_with("not (");
            if let Some(at) = self.folded(reasoned.node, borne, is_negation) {
                self.trust("folded", at);
                return Ok(());
            }
        } else {
            let given = reasoned.frame.given();
            let solutions = self.evaluator().solve(reasoned.variables, inner, &given);
            for (edge, at) in self.graph.children(reasoned.node).to_vec() {
                let is_case = match self.node(at).map(|it| &it.kind) {
                    Some(Kind::Rule(rule)) => {
                        is_line(rule) && rule.certain == (truth == Truth::False)
                    }
                    _ => false,
                };
                if edge == EdgeKind::Bars
                    && is_case
                    && !borne.used.contains(&at)
                    && self.some_solution(at, reasoned.variables, inner, &solutions)
                {
                    borne.used.insert(at);
                    return Ok(());
                }
            }
        }
        Err(Wrong::Missing(self.source(literal.span)))
    }

    /// A place in a policy, in one line.
    fn source(&self, span: crate::base::Span) -> String {
        let text = self.sources.text(span).split_whitespace();
        text.collect::<Vec<_>>().join(" ")
    }

    /// That what a body asks of other acts is told of where it is not so, or may not be; how much
    /// that is.
    pub(super) fn late_told(
        &mut self,
        reasoned: Reasoned<'_>,
        body: &NormBody,
        borne: &mut Borne,
    ) -> Result<usize, Wrong> {
        let act = self.act.clone();
        let mut misses = 0;
        for literal in &body.late {
            let alone = std::slice::from_ref(literal);
            let before = std::mem::replace(&mut self.judge.untold, false);
            let truth = self.judge.asked(&act, body, alone, reasoned.frame);
            let untold = std::mem::replace(&mut self.judge.untold, before);
            if truth == Truth::Certain {
                continue;
            }
            let due = self.source(literal.span());
            let found = self.below(reasoned.node, EdgeKind::Fails, |checker, at| {
                let (atom, said) = match &checker.node(at)?.kind {
                    Kind::Absence { atom, reason, .. } if reason == "no-case" => {
                        (atom, Truth::False)
                    }
                    Kind::Unknown { atom } => (atom, Truth::Maybe),
                    _ => return None,
                };
                let fits = atom.relation.is_empty() && atom.written == due;
                (fits && (untold || said == truth)).then_some(said)
            });
            if untold {
                self.trust("other-verdict", reasoned.node);
            }
            let Some((at, _)) = found else {
                if untold {
                    continue;
                }
                return Err(Wrong::Missing(due));
            };
            misses += 1;
            let below = Reasoned {
                node: at,
                ..reasoned
            };
            let mut inner = Borne::default();
            self.late_borne(below, &act, body, alone, &mut inner)?;
            self.uses_all(at, &inner)?;
            borne.used.extend(inner.used);
            borne.used.insert(at);
            borne.claims.extend(inner.claims);
        }
        Ok(misses)
    }

    /// That one of some rules fails to conclude a tuple as is told below a node.
    pub(super) fn failing(
        &mut self,
        at: At,
        node: &RuleNode,
        rules: &[&Rule],
        pattern: &[Option<Value>],
    ) {
        let mut wrong = Wrong::NotAnInstance(node.place.clone().unwrap_or_default());
        for rule in rules {
            let frame = self.evaluator().unified(rule, pattern);
            let frame = frame.and_then(|it| self.bound(&rule.variables, it, &node.values));
            let Some(frame) = frame else { continue };
            for frame in self.guesses(&rule.variables, &rule.body, &frame, &node.values) {
                let reasoned = Reasoned {
                    node: at,
                    variables: &rule.variables,
                    frame: &frame,
                };
                let mut borne = Borne::default();
                let told = self.told(reasoned, &rule.body, &mut borne);
                match told.and_then(|_| self.uses_all(at, &borne)) {
                    Ok(()) => {
                        let due = self.names().written(rule.head.relation, pattern);
                        self.hold(at, "atom", &node.atom.written, &due);
                        self.queue(borne);
                        return;
                    }
                    Err(found) => wrong = found,
                }
            }
        }
        self.fault(at, wrong);
    }

    /// What may be meant by values that a node names: a name that stands for two variables may be
    /// the one or the other, and variables without a name have what the literals give them.
    pub(super) fn guesses(
        &mut self,
        variables: &Variables,
        literals: &[Literal],
        frame: &Frame,
        values: &BTreeMap<String, String>,
    ) -> Vec<Frame> {
        let mut named = vec![frame.clone()];
        for (id, row) in variables.entries() {
            let value = row.name.as_deref().and_then(|name| values.get(name));
            let value = value.and_then(|value| self.names().value(row.sort, value));
            if let (Some(value), None) = (value, frame.of(id)) {
                let with = |frame: &Frame| {
                    let mut frame = frame.clone();
                    frame.bind(id, Meant::Value(value));
                    frame
                };
                let more: Vec<_> = named.iter().take(GUESSES).map(with).collect();
                named.extend(more);
            }
        }
        let mut found = Vec::new();
        for frame in named {
            let given = self.given_by(variables, literals, &frame, values);
            found.push(frame);
            found.extend(given);
        }
        found
    }

    /// The values that literals give variables without a name, or with one that stands for another
    /// as well, and where they state none for one with a name; each literal as far as it agrees with
    /// those before it.
    fn given_by(
        &mut self,
        variables: &Variables,
        literals: &[Literal],
        frame: &Frame,
        values: &BTreeMap<String, String>,
    ) -> BTreeSet<Frame> {
        let is_loose = |it| frame.of(it).is_none();
        let mut found = vec![frame.clone()];
        for literal in literals {
            let binds = !matches!(literal.kind, LiteralKind::Negative(_));
            if !binds || !some_variable(literal, &mut |it| is_loose(it)) {
                continue;
            }
            let alone = std::slice::from_ref(literal);
            let mut next = Vec::new();
            for frame in &found {
                next.extend(self.evaluator().solve(variables, alone, frame));
            }
            if !next.is_empty() {
                next.truncate(GUESSES);
                found = next.into_iter().map(|(frame, _)| frame).collect();
            }
        }
        let loose: Vec<_> = variables.ids().filter(|&it| is_loose(it)).collect();
        let kept = found.iter().map(|given| {
            let mut frame = frame.clone();
            for &variable in &loose {
                let name = variables[variable].name.as_deref();
                let is_own = name.is_some_and(|name| !values.contains_key(name));
                match given.of(variable) {
                    Some(Meant::Unstated { wild, .. }) if is_own => {
                        let range = Range::ALL;
                        frame.bind(variable, Meant::Unstated { range, wild });
                    }
                    Some(meant) if !is_own || meant.value() == Value::UNKNOWN => {
                        frame.bind(variable, meant);
                    }
                    _ => {}
                }
            }
            frame
        });
        kept.filter(|it| it != frame).collect()
    }
}

fn claim(atom: &crate::program::Atom, frame: &Frame) -> Claim {
    let pattern = atom.terms.iter().map(|&term| frame.term(term));
    (atom.relation, pattern.collect())
}

/// Whether a rule's node says something in a line, without the rule.
fn is_line(rule: &RuleNode) -> bool {
    rule.place.is_none() && rule.fails.is_none() && rule.atom.relation.is_empty()
}
