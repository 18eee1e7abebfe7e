//! Why a tuple holds: one step of a proof at a time, worked out when asked for. Nothing is
//! stored while evaluating but the rounds of recursive components.
//!
//! A step uses tuples of its own component only if they were found in an earlier round (all
//! certain ones before any maybe one), so that proofs end. Among the instances of the first
//! rule that has one it takes the one with the least values: names as texts, numbers as
//! numbers. So the proof is the same whatever the order of facts and the number of threads.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::program::{RelationId, RelationKind, Rule, RuleId, Term, Universe, Value, VariableId};

use super::facts::FactId;
use super::frame::Frame;
use super::instance::{Instance, Named, Question, instances};
use super::near_miss::{NearMiss, near_miss};
use super::ranks::Ranks;
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

/// How many instances of a rule are looked at where all are asked for, or some will do.
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
        let instance = least(session, universe, rule, tuple, truth, &ranks)?;
        Some(RuleInstance { rule, instance })
    });
    Some(found.map_or(Derivation::Unstated, Derivation::Rule))
}

/// The instance of a rule that proves `tuple`, which has `truth`: the least of those that rest on
/// nothing that was found as late.
fn least(
    session: &Session<'_>,
    universe: &Universe,
    rule: RuleId,
    tuple: &[Value],
    truth: Truth,
    ranks: &Ranks<'_>,
) -> Option<Instance> {
    let program = session.program();
    let row = &program.rules[rule];
    let bound = given(row, tuple)?;
    let question = Question {
        variables: &row.variables,
        literals: &row.body,
        bound: &bound,
    };
    let named = Named::new(question);
    let plan = named.plan(session, question);
    let own = ranks.own_atoms(&named);
    let rank = ranks.rank(row.head.relation, tuple);
    let mut least: Option<Frame> = None;
    session.solve(&plan, &bound, &mut |solution, found| {
        let is_less = |least: &Frame| {
            let compared = named.compare(universe, |id| solution.value(id), |id| least.value(id));
            compared.is_lt()
        };
        if found == truth && least.as_ref().is_none_or(is_less) && ranks.allow(rank, &own, solution)
        {
            least = Some(solution.clone());
        }
        ControlFlow::Continue(())
    });
    least.map(|least| named.instance(truth, |id| least.value(id)))
}

/// All steps that prove `tuple` as surely as it holds from what was found before it: the rules in
/// source order, the instances of each from the least on. None where it needs no rule.
pub fn proof_steps(
    session: &Session<'_>,
    universe: &Universe,
    relation: RelationId,
    tuple: &[Value],
) -> Vec<RuleInstance> {
    let Some(Derivation::Rule(step)) = proof_step(session, universe, relation, tuple) else {
        return Vec::new();
    };
    let ranks = Ranks::new(session, universe, relation, tuple);
    let rank = ranks.rank(relation, tuple);
    let rules = session.database.rules(relation).iter();
    let instances = rules.flat_map(|&rule| {
        let found = of_rule(session, universe, rule, tuple).into_iter();
        found.map(move |instance| RuleInstance { rule, instance })
    });
    let is_proof = |found: &RuleInstance| {
        found.instance.truth == step.instance.truth && ranks.allow_all(rank, &found.instance)
    };
    let mut steps: Vec<_> = instances.filter(is_proof).collect();
    // Of very many instances, the least may not be among those looked at.
    if steps.first() != Some(&step) {
        steps.insert(0, step);
    }
    steps
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
pub(crate) fn asserted(
    session: &Session<'_>,
    relation: RelationId,
    tuple: &[Value],
) -> Option<Derivation> {
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

pub(crate) fn of_rule(
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
