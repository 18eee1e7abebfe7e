//! Which completions there are: those that break no `never`, and give a single-valued relation
//! no two values. Only what speaks of atoms that were met cuts anything; completions left in
//! needlessly cost a settled verdict, never a right one.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Id;
use crate::engine::Truth;
use crate::program::{
    Atom, Literal, LiteralKind, Never, RelationId, Value, VariableId, VariableSet, visit,
};

use super::super::questions::unify;
use super::super::verdict::Substitution;
use super::formulas::{Formulas, Ground, World};
use super::space::{Beyond, Function, Unknown};

/// A solution of one alternative of a `never`.
type Broken = (usize, usize, Substitution);

impl<'p> Formulas<'_, 'p> {
    /// Where the unknown atoms that were met are as they can be. What would go too far is left
    /// out; then the second says so.
    pub(super) fn possible(&mut self, world: &World<'p>) -> (Function, bool) {
        let mut possible = self.space.constant(true);
        let mut whole = true;
        let mut done: BTreeSet<Broken> = BTreeSet::new();
        let mut next = 0;
        while let Some(ground) = self.met.get(next).cloned() {
            next += 1;
            // Of acts at other times it is not known which facts hold.
            if ground.0 != world.epoch {
                continue;
            }
            match self.cut(world, &ground, &possible, &mut done) {
                Ok(cut) => possible = cut,
                Err(_) => whole = false,
            }
        }
        match self.one_value(&possible) {
            Ok(cut) => (cut, whole),
            Err(_) => (possible, false),
        }
    }

    /// What remains of `possible` without the completions in which a `never` that speaks of
    /// this tuple is broken.
    fn cut(
        &mut self,
        world: &World<'p>,
        ground: &Ground,
        possible: &Function,
        done: &mut BTreeSet<Broken>,
    ) -> Result<Function, Beyond> {
        let program = self.judge.program();
        let mut possible = possible.clone();
        for (index, never) in program.nevers.iter().enumerate() {
            for (alternative, literals) in never.alternatives.iter().enumerate() {
                for (values, truth) in self.solutions_about(world, ground, never, literals) {
                    if done.insert((index, alternative, values.clone())) {
                        let conjunction = (literals.as_slice(), [].as_slice());
                        let solution = (&values, truth);
                        let broken =
                            self.solution(world, &never.variables, conjunction, solution)?;
                        possible = self.space.and_not(&possible, &broken)?;
                    }
                }
            }
        }
        Ok(possible)
    }

    /// The solutions of an alternative of a `never` in which it speaks of this tuple.
    fn solutions_about(
        &mut self,
        world: &World<'p>,
        ground: &Ground,
        never: &'p Never,
        literals: &'p [Literal],
    ) -> Vec<(Substitution, Truth)> {
        let declared = self.judge.program().relations[ground.1].declared;
        let pattern: Vec<_> = ground.2.iter().copied().map(Some).collect();
        let outer = outer_variables(literals);
        let mut starts = BTreeSet::new();
        each_atom(literals, &mut |atom| {
            if atom.relation == ground.1 || atom.relation == declared {
                let bound = unify(atom, &pattern, never.variables.len());
                starts.extend(bound.map(|bound| only(bound, &outer)));
            }
        });
        let mut found = Vec::new();
        for start in starts {
            let session = &world.session;
            found.extend(
                self.judge
                    .solutions(session, &never.variables, literals, &start),
            );
        }
        found
    }

    /// What remains without the completions in which a row of a single-valued relation has two
    /// values.
    fn one_value(&mut self, possible: &Function) -> Result<Function, Beyond> {
        let program = self.judge.program();
        let mut rows: BTreeMap<(usize, RelationId, Vec<Value>), Vec<Unknown>> = BTreeMap::new();
        for unknown in self.space.unknowns() {
            if let Unknown::Atom {
                epoch,
                relation,
                tuple,
            } = unknown
                && program.relations[*relation].single_valued
            {
                let mut key = tuple.clone();
                key.pop();
                let row = rows.entry((*epoch, *relation, key)).or_default();
                row.push(unknown.clone());
            }
        }
        let mut possible = possible.clone();
        for row in rows.into_values() {
            let mut before = self.space.constant(false);
            for unknown in row {
                let one = self.space.unknown(unknown)?;
                let both = self.space.and(&before, &one)?;
                possible = self.space.and_not(&possible, &both)?;
                before = self.space.or(&before, &one)?;
            }
        }
        Ok(possible)
    }
}

/// Every atom of a conjunction, wherever it stands.
fn each_atom<'l>(literals: &'l [Literal], visit: &mut dyn FnMut(&'l Atom)) {
    for literal in literals {
        match &literal.kind {
            LiteralKind::Positive(atom) => visit(atom),
            LiteralKind::Negative(inner) => each_atom(inner, visit),
            LiteralKind::Compare { .. } => {}
            LiteralKind::Aggregate { alternatives, .. } => {
                for alternative in alternatives {
                    each_atom(alternative, visit);
                }
            }
        }
    }
}

/// The variables that positive literals of the outermost conjunction bind.
fn outer_variables(literals: &[Literal]) -> VariableSet {
    let mut found = VariableSet::default();
    for literal in literals {
        if let LiteralKind::Positive(atom) = &literal.kind {
            found.extend(visit::variables_of_terms(&atom.terms));
        }
    }
    found
}

/// The values of these variables alone.
fn only(values: Substitution, variables: &VariableSet) -> Substitution {
    let values = values.into_iter().enumerate();
    values
        .map(|(index, value)| value.filter(|_| variables.contains(VariableId::new(index))))
        .collect()
}
