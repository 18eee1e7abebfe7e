//! Why a tuple holds: one step of a proof at a time, worked out when asked for. Nothing is
//! stored while evaluating but the rounds of recursive components.
//!
//! A step uses tuples of its own component only if they were found in an earlier round (all
//! certain ones before any maybe one), so that proofs end. Among the instances of the first
//! rule that has one it takes the one with the least values: names as texts, numbers as
//! numbers. So the proof is the same whatever the order of facts and the number of threads.

use std::collections::BTreeMap;

use crate::program::{
    ComponentId, RelationId, RelationKind, Rule, RuleId, Term, Universe, Value, VariableId,
};

use super::facts::FactId;
use super::index::all_columns;
use super::instance::{Instance, PremiseKind, Question, instances};
use super::near_miss::{NearMiss, near_miss};
use super::session::Session;
use super::truth::Truth;

/// Why a tuple holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Derivation {
    /// A fact says so.
    Input(FactId),
    /// It was assumed, or is part of an act that nobody recorded.
    Assumed,
    /// It is an individual of the sort.
    Individual,
    /// A rule concludes it.
    Rule(RuleInstance),
    /// Nothing says so or otherwise: it may hold.
    Unstated,
}

/// A rule with the way in which its body holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleInstance {
    /// The rule.
    pub rule: RuleId,
    /// Its body.
    pub instance: Instance,
}

/// Why a rule does not conclude a tuple.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The rule.
    pub rule: RuleId,
    /// How far its body gets; `None` where the rule cannot conclude such a tuple at all.
    pub miss: Option<NearMiss>,
}

/// How many instances of a rule are looked at to find the least.
const CAP: usize = 4096;

/// The last step of a proof of `tuple`; `None` where it does not hold.
pub fn proof_step(
    session: &Session<'_>,
    universe: &Universe,
    relation: RelationId,
    tuple: &[Value],
) -> Option<Derivation> {
    let truth = session.truth(relation, tuple);
    if !truth.possible() {
        return None;
    }
    if let RelationKind::Sort(_) = session.program().relations[relation].kind {
        return Some(Derivation::Individual);
    }
    if let Some(asserted) = asserted(session, relation, tuple) {
        return Some(asserted);
    }
    if truth == Truth::Maybe && session.program().relations[relation].open {
        // It may hold because nothing says otherwise, whatever rules would conclude maybe.
        return Some(Derivation::Unstated);
    }
    let ranks = Ranks::new(session, universe, relation, tuple);
    let rules = session.database.rules(relation).iter();
    let found = rules.copied().find_map(|rule| {
        of_rule(session, universe, rule, tuple)
            .into_iter()
            .find(|instance| instance.truth == truth && ranks.allow(relation, tuple, instance))
            .map(|instance| RuleInstance { rule, instance })
    });
    Some(found.map_or(Derivation::Unstated, Derivation::Rule))
}

/// All instances of rules that conclude `tuple`, certainly or maybe, up to `cap` of each rule.
pub fn rule_instances(
    session: &Session<'_>,
    universe: &Universe,
    relation: RelationId,
    tuple: &[Value],
    cap: usize,
) -> Vec<RuleInstance> {
    let mut found = Vec::new();
    for &rule in session.database.rules(relation) {
        let instances = of_rule(session, universe, rule, tuple);
        let of_rule = |instance| RuleInstance { rule, instance };
        found.extend(instances.into_iter().take(cap).map(of_rule));
    }
    found
}

/// Why each rule for `relation` does not conclude `tuple`.
pub fn why_not(
    session: &Session<'_>,
    universe: &Universe,
    relation: RelationId,
    tuple: &[Value],
) -> Vec<Failure> {
    let failure = |&rule: &RuleId| {
        let row = &session.program().rules[rule];
        let miss = given(row, tuple).map(|bound| {
            let question = Question {
                variables: &row.variables,
                literals: &row.body,
                bound: &bound,
            };
            near_miss(session, universe, question)
        });
        Failure { rule, miss }
    };
    session
        .database
        .rules(relation)
        .iter()
        .map(failure)
        .collect()
}

/// What asserts `tuple`, if anything does.
fn asserted(session: &Session<'_>, relation: RelationId, tuple: &[Value]) -> Option<Derivation> {
    let stated = session.stated(relation);
    if let Some(row) = stated.asserted.find(tuple) {
        let fact = stated.fact(row);
        return Some(fact.map_or(Derivation::Assumed, Derivation::Input));
    }
    let declared = session.program().relations[relation].declared;
    let unrecorded = session.unrecorded[declared].borrow();
    let assumed = unrecorded.as_ref()?.asserted.contains(tuple);
    assumed.then_some(Derivation::Assumed)
}

fn of_rule(
    session: &Session<'_>,
    universe: &Universe,
    rule: RuleId,
    tuple: &[Value],
) -> Vec<Instance> {
    let row = &session.program().rules[rule];
    let Some(bound) = given(row, tuple) else {
        return Vec::new();
    };
    let question = Question {
        variables: &row.variables,
        literals: &row.body,
        bound: &bound,
    };
    instances(session, universe, question, CAP)
}

/// The values of the head's variables; `None` where the head cannot be `tuple`.
fn given(rule: &Rule, tuple: &[Value]) -> Option<Vec<(VariableId, Value)>> {
    let mut bound: BTreeMap<VariableId, Value> = BTreeMap::new();
    for (&term, &value) in rule.head.terms.iter().zip(tuple) {
        let agrees = match term {
            Term::Constant(constant) => constant == value,
            Term::Variable(variable) => *bound.entry(variable).or_insert(value) == value,
            Term::Any => true,
        };
        if !agrees {
            return None;
        }
    }
    Some(bound.into_iter().collect())
}

type Ground = (RelationId, Vec<Value>);

/// The rounds in which tuples of a component were found.
struct Ranks<'s> {
    session: &'s Session<'s>,
    component: ComponentId,
    /// Rounds that were worked out here, where an act that nobody recorded is involved.
    own: Option<BTreeMap<Ground, (Truth, usize)>>,
}

impl<'s> Ranks<'s> {
    fn new(
        session: &'s Session<'_>,
        universe: &Universe,
        relation: RelationId,
        tuple: &[Value],
    ) -> Self {
        let strata = &session.program().strata;
        let component = strata.component_of[relation];
        let recursive = strata.components[component].recursive;
        let bound = all_columns(tuple.len());
        let unrecorded = session.acts_given(relation, bound, tuple) == Some(true);
        let own = (recursive && unrecorded)
            .then(|| own_rounds(session, universe, component, (relation, tuple.to_vec())));
        Self {
            session,
            component,
            own,
        }
    }

    /// Whether `instance` uses only tuples of the component that were found before `tuple`.
    fn allow(&self, relation: RelationId, tuple: &[Value], instance: &Instance) -> bool {
        let strata = &self.session.program().strata;
        let rank = self.rank(relation, tuple);
        instance.premises.iter().all(|premise| match &premise.kind {
            PremiseKind::Positive { relation, tuple }
                if strata.component_of[*relation] == self.component =>
            {
                // What nobody stated of an open relation rests on nothing.
                let stored = self.rank(*relation, tuple);
                stored.is_none() || stored < rank
            }
            _ => true,
        })
    }

    fn rank(&self, relation: RelationId, tuple: &[Value]) -> Option<(bool, usize)> {
        let (truth, round) = match &self.own {
            Some(own) => *own.get(&(relation, tuple.to_vec()))?,
            None => self.session.round(relation, tuple)?,
        };
        Some((truth == Truth::Maybe, round))
    }
}

/// The rounds in which `start` and what it rests on would be found, had all acts been recorded.
fn own_rounds(
    session: &Session<'_>,
    universe: &Universe,
    component: ComponentId,
    start: Ground,
) -> BTreeMap<Ground, (Truth, usize)> {
    let strata = &session.program().strata;
    let mut bodies: BTreeMap<Ground, Vec<Instance>> = BTreeMap::new();
    let mut rounds = BTreeMap::new();
    let mut waiting = vec![start];
    while let Some((relation, tuple)) = waiting.pop() {
        if bodies.contains_key(&(relation, tuple.clone())) {
            continue;
        }
        if asserted(session, relation, &tuple).is_some() {
            rounds.insert((relation, tuple.clone()), (Truth::Certain, 0));
        }
        let rules = session.database.rules(relation).iter();
        let found: Vec<_> = rules
            .flat_map(|&rule| of_rule(session, universe, rule, &tuple))
            .collect();
        for premise in found.iter().flat_map(|instance| &instance.premises) {
            match &premise.kind {
                PremiseKind::Positive { relation, tuple }
                    if strata.component_of[*relation] == component =>
                {
                    waiting.push((*relation, tuple.clone()));
                }
                _ => {}
            }
        }
        bodies.insert((relation, tuple), found);
    }
    for truth in [Truth::Certain, Truth::Maybe] {
        add_rounds(session, component, &bodies, truth, &mut rounds);
    }
    rounds
}

fn add_rounds(
    session: &Session<'_>,
    component: ComponentId,
    bodies: &BTreeMap<Ground, Vec<Instance>>,
    truth: Truth,
    rounds: &mut BTreeMap<Ground, (Truth, usize)>,
) {
    let program = session.program();
    for round in 1.. {
        let follows = |instance: &Instance| {
            instance.truth >= truth
                && instance.premises.iter().all(|premise| match &premise.kind {
                    PremiseKind::Positive { relation, tuple }
                        if program.strata.component_of[*relation] == component =>
                    {
                        let unstated =
                            premise.truth == Truth::Maybe && program.relations[*relation].open;
                        unstated || rounds.contains_key(&(*relation, tuple.clone()))
                    }
                    _ => true,
                })
        };
        let new: Vec<_> = bodies
            .iter()
            .filter(|(ground, found)| {
                let stored = truth == Truth::Certain || !program.relations[ground.0].open;
                stored && !rounds.contains_key(*ground) && found.iter().any(follows)
            })
            .map(|(ground, _)| ground.clone())
            .collect();
        if new.is_empty() {
            return;
        }
        rounds.extend(new.into_iter().map(|ground| (ground, (truth, round))));
    }
}

impl Session<'_> {
    /// The truth of a tuple as derived, and the round in which it was found.
    fn round(&self, relation: RelationId, tuple: &[Value]) -> Option<(Truth, usize)> {
        let found = |rows: &super::relation::Extension| {
            let row = rows.find(tuple)?;
            Some((rows.row_truth(row), rows.round(row)))
        };
        if self.overlay[relation] {
            found(&self.of_component(relation))
        } else {
            found(self.database.extension(relation)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;

    #[test]
    fn a_head_that_repeats_a_variable_needs_equal_values() {
        let rule = Rule {
            head: crate::program::Atom {
                relation: RelationId::new(0),
                terms: vec![Term::Variable(VariableId::new(0)); 2],
            },
            variables: crate::base::Table::new(),
            body: Vec::new(),
            origin: crate::program::Origin::Vocabulary,
            span: crate::base::Span::new(Id::new(0), 0, 0),
        };
        let (one, two) = (Value::from_index(1), Value::from_index(2));
        assert_eq!(given(&rule, &[one, two]), None);
        assert_eq!(
            given(&rule, &[one, one]),
            Some(vec![(VariableId::new(0), one)])
        );
    }
}
