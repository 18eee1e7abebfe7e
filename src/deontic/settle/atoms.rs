//! The functions of tuples: an unknown of its own for what an open relation does not state, and
//! what the rules make of it. Tuples of a recursive component are worked out together, as the
//! least functions that the rules allow; equal functions being equal diagrams, it shows when
//! nothing changes any more.

use rustc_hash::FxHashMap;

use crate::engine::Truth;
use crate::program::{ComponentId, RelationId, SortKind, Value};

use super::super::questions::unify;
use super::formulas::{Formulas, Ground, Part, World};
use super::space::{Beyond, Function, Unknown};

/// A recursive component whose tuples are being worked out at a stretch of time.
#[derive(Debug)]
pub(super) struct Circle {
    component: ComponentId,
    epoch: usize,
    /// What is known of each tuple so far.
    functions: FxHashMap<(RelationId, Vec<Value>), Function>,
    /// The same tuples, in the order in which they were met.
    met: Vec<(RelationId, Vec<Value>)>,
}

impl<'p> Formulas<'_, 'p> {
    /// Where a tuple holds.
    pub(super) fn atom(
        &mut self,
        world: &World<'p>,
        relation: RelationId,
        tuple: Vec<Value>,
    ) -> Result<Part, Beyond> {
        let truth = world.session.truth(relation, &tuple);
        if truth != Truth::Maybe || self.is_vague(relation, &tuple) {
            return self.opaque(Some(truth));
        }
        let ground = (world.epoch, relation, tuple);
        let function = match self.known.get(&ground) {
            Some(function) => function.clone(),
            None => self.work_out(world, ground)?,
        };
        Ok(Part { function, truth })
    }

    /// Whether a number, date or text in it is any.
    fn is_vague(&self, relation: RelationId, tuple: &[Value]) -> bool {
        let program = self.judge.program();
        let columns = program.relations[relation].columns.iter();
        columns.zip(tuple).any(|(column, &value)| {
            let kind = program.sorts[column.sort].kind;
            let is_value = matches!(kind, SortKind::Integer | SortKind::Date | SortKind::Text);
            value == Value::UNKNOWN && is_value
        })
    }

    fn work_out(&mut self, world: &World<'p>, ground: Ground) -> Result<Function, Beyond> {
        let (epoch, relation, tuple) = ground;
        let strata = &self.judge.program().strata;
        let component = strata.component_of[relation];
        if !strata.components[component].recursive {
            let function = self.of_rules(world, relation, &tuple)?;
            self.remember((epoch, relation, tuple), function.clone());
            return Ok(function);
        }
        let place = (relation, tuple);
        let current = self.circles.iter_mut().rev();
        for circle in current {
            if circle.component == component && circle.epoch == epoch {
                if let Some(function) = circle.functions.get(&place) {
                    return Ok(function.clone());
                }
                let nothing = self.space.constant(false);
                circle.functions.insert(place.clone(), nothing.clone());
                circle.met.push(place);
                return Ok(nothing);
            }
        }
        self.go_round(world, component, &place)
    }

    /// The least functions of a tuple and of those of its component that it rests on.
    fn go_round(
        &mut self,
        world: &World<'p>,
        component: ComponentId,
        first: &(RelationId, Vec<Value>),
    ) -> Result<Function, Beyond> {
        let nothing = self.space.constant(false);
        let depth = self.circles.len();
        self.circles.push(Circle {
            component,
            epoch: world.epoch,
            functions: [(first.clone(), nothing.clone())].into_iter().collect(),
            met: vec![first.clone()],
        });
        let mut changed = true;
        while changed {
            changed = false;
            let mut next = 0;
            while let Some(place) = self.place_in(depth, next) {
                next += 1;
                let function = self.of_rules(world, place.0, &place.1)?;
                if let Some(circle) = self.circles.get_mut(depth) {
                    changed |= circle.functions.get(&place) != Some(&function);
                    circle.functions.insert(place, function);
                }
            }
        }
        let Some(circle) = self.circles.pop() else {
            return Ok(nothing);
        };
        for (relation, tuple) in circle.met {
            let place = (relation, tuple);
            if let Some(function) = circle.functions.get(&place).cloned() {
                self.remember((world.epoch, place.0, place.1), function);
            }
        }
        let found = circle.functions.get(first);
        Ok(found.cloned().unwrap_or(nothing))
    }

    fn place_in(&self, depth: usize, next: usize) -> Option<(RelationId, Vec<Value>)> {
        self.circles.get(depth)?.met.get(next).cloned()
    }

    fn remember(&mut self, ground: Ground, function: Function) {
        if self.known.insert(ground.clone(), function).is_none() {
            self.met.push(ground);
        }
    }

    /// What the facts may state and the rules conclude of a tuple.
    fn of_rules(
        &mut self,
        world: &World<'p>,
        relation: RelationId,
        tuple: &[Value],
    ) -> Result<Function, Beyond> {
        let program = self.judge.program();
        let row = &program.relations[relation];
        let mut any = self.space.constant(false);
        if row.open {
            any = self.space.unknown(Unknown::Atom {
                epoch: world.epoch,
                relation: row.declared,
                tuple: tuple.to_vec(),
            })?;
            if let Some(negation) = row.negation {
                let denied = self.atom(world, negation, tuple.to_vec())?;
                any = self.space.and_not(&any, &denied.function)?;
            }
        }
        let pattern: Vec<_> = tuple.iter().copied().map(Some).collect();
        for rule in &program.rules {
            if rule.head.relation != relation {
                continue;
            }
            if let Some(bound) = unify(&rule.head, &pattern, rule.variables.len()) {
                let body = (rule.body.as_slice(), [].as_slice());
                let one = self.exists(world, &rule.variables, body, &bound)?;
                any = self.space.or(&any, &one.function)?;
            }
        }
        Ok(any)
    }
}
