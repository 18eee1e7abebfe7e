//! What single nodes claim: facts, what is unknown, what does not hold, what rules conclude.

use std::collections::BTreeMap;

use crate::program::{
    Literal, LiteralKind, Origin, RelationId, RelationKind, Rule, SortId, Value, VariableId,
    Variables,
};

use super::checker::Checker;
use super::fault::Wrong;
use super::frame::{Frame, Meant};
use super::graph::{At, EdgeKind, Kind, RuleNode};
use super::steps::{Borne, Claim, Reasoned};
use super::truth::Truth;

/// How many ways in which a rule holds are held against its reasons.
const WAYS: usize = 500;

/// A rule that concludes a tuple, with the rules of definitions above it.
struct Way<'a> {
    rule: &'a Rule,
    above: Vec<&'a Rule>,
}

impl<'a> Checker<'a> {
    /// Whether a node bears out what it is asked to.
    pub(super) fn support(&mut self, at: At, claim: &Claim) -> Result<(), Wrong> {
        let Some(kind) = self.node(at).map(|node| node.kind.clone()) else {
            return Ok(());
        };
        match kind {
            Kind::Fact { place, .. } => {
                let (relation, tuple) = self.tuple(at, claim)?;
                self.written_so(at, (relation, &tuple));
                self.stated(relation, &tuple, place.as_deref())
            }
            Kind::Assumption { .. } => {
                let (relation, tuple) = self.tuple(at, claim)?;
                let assumed = self.facts_of(relation, &tuple).any(|it| it.1);
                if assumed {
                    Ok(())
                } else {
                    Err(Wrong::NotStated)
                }
            }
            Kind::Unknown { .. } => {
                if self.may_be(claim) {
                    Ok(())
                } else {
                    Err(Wrong::NotUnknown)
                }
            }
            Kind::Absence { reason, place, .. } => {
                self.absent(at, claim, &reason, place.as_deref())
            }
            Kind::Rule(rule) => {
                let (relation, tuple) = self.tuple(at, claim)?;
                self.rule(at, &rule, relation, &tuple)
            }
            _ => Ok(()),
        }
    }

    /// The tuple that a node speaks of: where it was asked for any, the one that it names.
    fn tuple(
        &self,
        at: At,
        (relation, pattern): &Claim,
    ) -> Result<(RelationId, Vec<Value>), Wrong> {
        let arguments = match self.node(at).map(|node| &node.kind) {
            Some(Kind::Fact { atom, .. } | Kind::Assumption { atom }) => atom.arguments.clone(),
            Some(Kind::Rule(rule)) => rule.atom.arguments.clone(),
            _ => Vec::new(),
        };
        let columns = self.program.relations[*relation].columns.iter();
        let value = |((column, wanted), named): (
            (&crate::program::Column, &Option<Value>),
            &Option<String>,
        )| {
            match (wanted, named) {
                (Some(value), _) => Some(*value),
                (None, None) => Some(Value::UNKNOWN),
                (None, Some(name)) => self.names().value(column.sort, name),
            }
        };
        let tuple: Option<Vec<_>> = columns.zip(pattern).zip(&arguments).map(value).collect();
        tuple
            .map(|tuple| (*relation, tuple))
            .ok_or(Wrong::NotStated)
    }

    /// The facts that state a tuple at the moment of the act: places, and whether supposed.
    fn facts_of(
        &self,
        relation: RelationId,
        tuple: &[Value],
    ) -> impl Iterator<Item = (String, bool)> + '_ {
        let facts = &self.case.facts;
        let declared = self.program.relations[relation].declared;
        let tuple = tuple.to_vec();
        let rows = facts.input(declared).asserted.iter();
        let at = self.act.at;
        rows.filter(move |(row, _)| *row == tuple)
            .map(|(_, fact)| fact)
            .filter(move |&fact| facts.validity(fact).is_none_or(|it| it.holds_at(at)))
            .map(|fact| (self.sources.place(facts.span(fact)), facts.is_assumed(fact)))
    }

    /// That the facts state a tuple there; without a place, that it holds of itself.
    fn stated(
        &mut self,
        relation: RelationId,
        tuple: &[Value],
        place: Option<&str>,
    ) -> Result<(), Wrong> {
        let Some(place) = place else {
            let truth = self.evaluator().truth(relation, tuple);
            let holds = truth == Truth::Certain && self.facts_of(relation, tuple).next().is_none();
            return if holds { Ok(()) } else { Err(Wrong::NotStated) };
        };
        let places: Vec<_> = self.facts_of(relation, tuple).map(|it| it.0).collect();
        if places.is_empty() {
            return Err(Wrong::NotStated);
        }
        if !places.iter().any(|it| it == place) {
            return Err(differs("place", place, &places.join(", ")));
        }
        Ok(())
    }

    /// That the facts record an act so.
    pub(super) fn recorded(
        &mut self,
        at: At,
        how: &'static str,
        act: Option<Value>,
    ) -> Result<(), Wrong> {
        let builtin = self.program.builtin;
        let act = act.ok_or(Wrong::NotStated)?;
        let relation = match how {
            "done" => builtin.done,
            "planned" => builtin.planned,
            "omitted" => builtin.omitted,
            _ => builtin.recorded,
        };
        let Some(Kind::Fact { place, .. }) = self.node(at).map(|node| node.kind.clone()) else {
            return Err(Wrong::NotStated);
        };
        if self.names().is_described(act) {
            return Ok(());
        }
        if how != "recorded" && !self.names().states(relation, &[act]) {
            return Err(Wrong::NotStated);
        }
        self.stated(builtin.recorded, &[act], place.as_deref())
    }

    fn written_so(&mut self, at: At, (relation, tuple): (RelationId, &[Value])) {
        let pattern: Vec<_> = tuple.iter().copied().map(Some).collect();
        let due = self.names().written(relation, &pattern);
        let found = match self.node(at).map(|node| &node.kind) {
            Some(Kind::Fact { atom, .. }) => atom.written.clone(),
            _ => due.clone(),
        };
        self.hold(at, "atom", &found, &due);
    }

    /// How surely some tuple of a claim holds.
    pub(super) fn best_of(&mut self, (relation, pattern): &Claim) -> Truth {
        let tuple: Option<Vec<_>> = pattern.iter().copied().collect();
        if let Some(tuple) = tuple {
            return self.evaluator().truth(*relation, &tuple);
        }
        let stated = self.evaluator().answers(*relation, pattern);
        let best = stated.values().copied().max().unwrap_or_default();
        if best == Truth::False && self.some_unstated(*relation, pattern) {
            return Truth::Maybe;
        }
        best
    }

    /// Whether a claim is not known: of a row, whether something more may belong to it.
    pub(super) fn may_be(&mut self, claim: &Claim) -> bool {
        let is_row = claim.1.contains(&None);
        self.best_of(claim) == Truth::Maybe || (is_row && self.some_unstated(claim.0, &claim.1))
    }

    /// Whether some tuple of a pattern that nothing states may hold.
    fn some_unstated(&mut self, relation: RelationId, pattern: &[Option<Value>]) -> bool {
        let row = &self.program.relations[relation];
        let mut tuples = vec![Vec::new()];
        for (column, wanted) in row.columns.iter().zip(pattern) {
            let values = match wanted {
                Some(value) => vec![*value],
                None => self.names().domain(column.sort),
            };
            let longer = |tuple: &Vec<Value>| {
                let tuple = tuple.clone();
                let with = move |&value: &Value| [tuple.as_slice(), &[value]].concat();
                values.iter().map(with).collect::<Vec<_>>()
            };
            tuples = tuples.iter().flat_map(longer).collect();
        }
        tuples
            .iter()
            .any(|tuple| self.judge.home.may_hold(relation, tuple))
    }

    /// That nothing of a claim holds, and for the reason given.
    fn absent(
        &mut self,
        at: At,
        claim: &Claim,
        reason: &str,
        place: Option<&str>,
    ) -> Result<(), Wrong> {
        if self.best_of(claim) != Truth::False {
            return Err(Wrong::NotAbsent);
        }
        let (relation, pattern) = claim;
        let row = &self.program.relations[*relation];
        let tuple: Vec<_> = pattern
            .iter()
            .map(|it| it.unwrap_or(Value::UNKNOWN))
            .collect();
        let facts = &self.case.facts;
        let input = facts.input(row.declared);
        let key = tuple.get(..row.row_key().unwrap_or(0)).unwrap_or_default();
        let (rows, wanted) = match reason {
            "denied" | "assumed" => (&input.denied, tuple.as_slice()),
            "row-closed" => (&input.closed, key),
            "itself" if !self.is_asked_for_above(at) => return Err(Wrong::NotStated),
            _ => return self.absent_by_rule(at, claim, reason),
        };
        let at = self.act.at;
        let own = rows.iter().filter(|(row, _)| *row == wanted);
        let valid = own.filter(|&(_, fact)| facts.validity(fact).is_none_or(|it| it.holds_at(at)));
        let mut places = valid.map(|(_, fact)| self.sources.place(facts.span(fact)));
        let stated = match place {
            Some(place) => places.any(|it| it == place),
            None => places.next().is_some(),
        };
        if stated {
            Ok(())
        } else {
            Err(Wrong::NotStated)
        }
    }

    /// That rules conclude that it is not so, or that each shown is one that could conclude it.
    fn absent_by_rule(
        &mut self,
        at: At,
        (relation, pattern): &Claim,
        reason: &str,
    ) -> Result<(), Wrong> {
        let children = self.graph.children(at).to_vec();
        if reason == "concluded" {
            let negation = self.program.relations[*relation].negation;
            let [(EdgeKind::Because, below)] = children.as_slice() else {
                return Err(Wrong::Missing(self.text(at)));
            };
            let claim = (negation.ok_or(Wrong::NotStated)?, pattern.clone());
            if self.claims(*below, &claim) != Some(Truth::Certain) {
                return Err(Wrong::Idle(self.text(*below)));
            }
            let mut borne = Borne::default();
            borne.used.insert(*below);
            borne.claims.push((*below, claim));
            self.queue(borne);
            return Ok(());
        }
        for (_, below) in children {
            let Some(Kind::Rule(rule)) = self.node(below).map(|node| node.kind.clone()) else {
                return Err(Wrong::Idle(self.text(below)));
            };
            self.seen.insert(below);
            let mut rules = self.all_rules_of(*relation);
            rules.retain(|own| self.is_cited(&rule, own));
            if rule.fails.is_none() || rules.is_empty() {
                self.fault(below, Wrong::NoStatement(cited(&rule)));
            } else if !self.graph.children(below).is_empty() {
                self.failing(below, &rule, &rules, pattern);
            }
        }
        Ok(())
    }

    /// Whether the same is said not to hold by a node that rests on this one.
    fn is_asked_for_above(&self, at: At) -> bool {
        let absent = |at: At| match self.node(at).map(|node| &node.kind) {
            Some(Kind::Absence { atom, .. }) => Some(atom),
            _ => None,
        };
        let own = absent(at);
        let mut above: Vec<_> = (0..self.graph.nodes.len())
            .filter(|&it| it != at && absent(it) == own)
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        while let Some(next) = above.pop() {
            if next == at {
                return true;
            }
            if seen.insert(next) {
                above.extend(self.graph.children(next).iter().map(|&(_, to)| to));
            }
        }
        false
    }

    /// The rules that conclude something of a relation, through definitions too.
    fn all_rules_of(&self, relation: RelationId) -> Vec<&'a Rule> {
        self.ways(relation)
            .into_iter()
            .flat_map(|way| std::iter::once(way.rule).chain(way.above))
            .collect()
    }

    /// The rules that may conclude something of a relation.
    fn ways(&self, relation: RelationId) -> Vec<Way<'a>> {
        let mut found = Vec::new();
        for (_, rule) in self.names().rules_of(relation) {
            match definition(self.program, rule) {
                None => found.push(Way {
                    rule,
                    above: Vec::new(),
                }),
                Some(below) => found.extend(self.ways(below).into_iter().map(|mut way| {
                    way.above.push(rule);
                    way
                })),
            }
        }
        found
    }

    /// Whether a node cites a rule: its statement, its place, its lines.
    fn is_cited(&self, node: &RuleNode, rule: &Rule) -> bool {
        let statement = match rule.origin {
            Origin::Definition(id) | Origin::Conclusion(id) | Origin::Scope(id) => {
                Some(&self.program.statements[id])
            }
            Origin::Vocabulary | Origin::Governed(_) | Origin::Consequence(_) => None,
        };
        let lines = statement.map(|it| it.lines.clone()).unwrap_or_default();
        statement.map(|it| &it.id) == node.statement.as_ref()
            && lines == node.lines
            && node.place.as_ref() == Some(&self.sources.place(rule.span))
    }

    /// That a node is an instance of the rule that it cites and rests on all that this asks.
    fn rule(
        &mut self,
        at: At,
        node: &RuleNode,
        relation: RelationId,
        tuple: &[Value],
    ) -> Result<(), Wrong> {
        let mut ways = self.ways(relation);
        ways.retain(|way| self.is_cited(node, way.rule));
        let mut wrong = Wrong::NoStatement(cited(node));
        for way in ways {
            match self.way(at, node, &way, tuple) {
                Ok(borne) => {
                    let certain = (borne.truth == Truth::Certain).to_string();
                    self.hold(at, "certain", &node.certain.to_string(), &certain);
                    self.head(at, node, relation, tuple);
                    if let Some(statement) = statement_of(way.rule) {
                        self.cites(at, self.program.statements[statement].document);
                    }
                    self.queue(borne);
                    return self.otherwise(at, relation, tuple);
                }
                Err(found) => {
                    // The way that gets furthest tells most.
                    let further = !matches!(found, Wrong::NotAnInstance(_));
                    if further || matches!(wrong, Wrong::NoStatement(_)) {
                        wrong = found;
                    }
                }
            }
        }
        Err(wrong)
    }

    /// That each other proof of a tuple is one, by a rule, and as sure.
    fn otherwise(&mut self, at: At, relation: RelationId, tuple: &[Value]) -> Result<(), Wrong> {
        let claim: Claim = (relation, tuple.iter().copied().map(Some).collect());
        let due = self.claims(at, &claim);
        for (edge, other) in self.graph.children(at).to_vec() {
            if edge != EdgeKind::Otherwise {
                continue;
            }
            let is_rule = matches!(self.node(other).map(|it| &it.kind), Some(Kind::Rule(_)));
            if !is_rule || self.claims(other, &claim) != due {
                return Err(Wrong::Idle(self.text(other)));
            }
            let mut borne = Borne::default();
            borne.used.insert(other);
            borne.claims.push((other, claim.clone()));
            self.queue(borne);
        }
        Ok(())
    }

    fn head(&mut self, at: At, node: &RuleNode, relation: RelationId, tuple: &[Value]) {
        let pattern: Vec<_> = tuple.iter().copied().map(Some).collect();
        let due = self.names().written(relation, &pattern);
        let found = node.written.strip_prefix("not ").unwrap_or(&node.written);
        let found = found.split(" :- ").next().unwrap_or_default().to_owned();
        self.hold(at, "atom", &found, &due);
        self.hold(at, "atom", &node.atom.written, &due);
    }

    fn way(
        &mut self,
        at: At,
        node: &RuleNode,
        way: &Way<'_>,
        tuple: &[Value],
    ) -> Result<Borne, Wrong> {
        let cited = || Wrong::NotAnInstance(cited(node));
        let pattern: Vec<_> = tuple.iter().copied().map(Some).collect();
        let rule = way.rule;
        let frame = self.evaluator().unified(rule, &pattern).ok_or_else(cited)?;
        let frame = self
            .bound(&rule.variables, frame, &node.values)
            .ok_or_else(cited)?;
        let solutions = self.evaluator().solve(&rule.variables, &rule.body, &frame);
        let mut wrong = None;
        for (frame, _) in solutions.iter().take(WAYS) {
            if !self.has_values(&rule.variables, frame, &node.values) {
                continue;
            }
            let mut borne = Borne::default();
            let reasoned = Reasoned {
                node: at,
                variables: &rule.variables,
                frame,
            };
            let found = self
                .borne_out(reasoned, &rule.body, &mut borne)
                .and_then(|()| self.above(at, way, &pattern, &mut borne))
                .and_then(|()| self.uses_all(at, &borne));
            match found {
                Ok(()) => return Ok(borne),
                Err(found) => wrong = wrong.or(Some(found)),
            }
        }
        Err(wrong.unwrap_or_else(cited))
    }

    /// That no definition which overrides it holds.
    fn above(
        &mut self,
        at: At,
        way: &Way<'_>,
        pattern: &[Option<Value>],
        borne: &mut Borne,
    ) -> Result<(), Wrong> {
        for rule in &way.above {
            let frame = self.evaluator().unified(rule, pattern);
            let frame = frame.unwrap_or_else(|| Frame::new(&rule.variables));
            let is_negative = |literal: &&Literal| matches!(literal.kind, LiteralKind::Negative(_));
            let negative: Vec<_> = rule.body.iter().filter(is_negative).cloned().collect();
            let reasoned = Reasoned {
                node: at,
                variables: &rule.variables,
                frame: &frame,
            };
            self.borne_out(reasoned, &negative, borne)?;
        }
        Ok(())
    }

    /// The frame with the values that a node names; none where they cannot be. A name that stands
    /// for two variables, of a norm and of its scope, binds neither.
    pub(super) fn bound(
        &self,
        variables: &Variables,
        mut frame: Frame,
        values: &BTreeMap<String, String>,
    ) -> Option<Frame> {
        for (name, value) in values {
            let named: Vec<_> = named(variables, name).collect();
            let (variable, sort) = match named.as_slice() {
                [] => return None,
                [only] => *only,
                _ => continue,
            };
            let value = self.names().value(sort, value)?;
            if frame.value(variable).is_some_and(|known| known != value) {
                return None;
            }
            frame.bind(variable, Meant::Value(value));
        }
        Some(frame)
    }

    /// Whether variables have the values that a node names.
    pub(super) fn has_values(
        &self,
        variables: &Variables,
        frame: &Frame,
        values: &BTreeMap<String, String>,
    ) -> bool {
        let has = |(name, value): (&String, &String)| {
            named(variables, name).any(|(variable, sort)| {
                let own = frame.value(variable);
                own.is_some_and(|own| self.names().name(sort, own) == *value)
            })
        };
        values.iter().all(has)
    }
}

/// The variables of a name, with their sorts.
fn named<'v>(
    variables: &'v Variables,
    name: &'v str,
) -> impl Iterator<Item = (VariableId, SortId)> + 'v {
    let own = variables
        .entries()
        .filter(move |(_, row)| row.name.as_deref() == Some(name));
    own.map(|(id, row)| (id, row.sort))
}

/// The relation of a definition that a rule lifts to what it defines.
fn definition(program: &crate::program::Program, rule: &Rule) -> Option<RelationId> {
    let mut relations = rule.body.iter().filter_map(|literal| match &literal.kind {
        LiteralKind::Positive(atom) => Some(atom.relation),
        _ => None,
    });
    relations.find(|&it| matches!(program.relations[it].kind, RelationKind::Definition { .. }))
}

fn statement_of(rule: &Rule) -> Option<crate::program::StatementId> {
    match rule.origin {
        Origin::Definition(id) | Origin::Conclusion(id) | Origin::Scope(id) => Some(id),
        Origin::Vocabulary | Origin::Governed(_) | Origin::Consequence(_) => None,
    }
}

/// What a rule's node cites, in a word.
fn cited(node: &RuleNode) -> String {
    let statement = node.statement.clone().or_else(|| node.place.clone());
    statement.unwrap_or_default()
}

fn differs(what: &'static str, found: &str, due: &str) -> Wrong {
    Wrong::Differs {
        what,
        found: found.to_owned(),
        due: due.to_owned(),
    }
}
