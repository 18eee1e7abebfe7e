//! What binds which variables of a conjunction.

use crate::base::Table;
use crate::lang::ast::Comparison;
use crate::program::visit::each_variable;
use crate::program::{Atom, Expression, Literal, LiteralKind, Operand, Program, Term, VariableId};

use super::expression::{self, lone_variable};
use super::index::Mask;
use super::relation::is_value_sort;

/// For each variable of a clause, a mark: the plans read it once a column, by index.
pub(crate) type Marked = Table<VariableId, bool>;

/// What binds which variables of a conjunction.
#[derive(Debug)]
pub(crate) struct Binders {
    /// Given from outside.
    pub(crate) outer: Marked,
    /// Bound by a closed literal.
    pub(crate) closed: Marked,
    /// The result of an aggregate or one side of an equation, and not bound by a closed literal.
    pub(crate) computed: Marked,
    /// Bound by anything.
    pub(crate) any: Marked,
}

impl Binders {
    pub(crate) fn new(program: &Program, literals: &[Literal], outer: &Marked) -> Self {
        let none = Table::filled(outer.len(), false);
        let mut closed = none.clone();
        let mut computed = none.clone();
        let mut in_atoms = none.clone();
        let mut any = outer.clone();
        for literal in literals {
            if let LiteralKind::Positive(atom) = &literal.kind {
                let open = program.relations[atom.relation].open;
                for variable in atom.terms.iter().filter_map(|&term| variable(term)) {
                    any[variable] = true;
                    in_atoms[variable] = true;
                    closed[variable] |= !open;
                }
            }
        }
        for literal in literals {
            for variable in targets(literal) {
                any[variable] = true;
                computed[variable] = !closed[variable] && !outer[variable];
            }
        }
        keep_computable(literals, &in_atoms, &mut computed);
        Self {
            outer: outer.clone(),
            closed,
            computed,
            any,
        }
    }

    /// Whether `term` is a variable that an equation or aggregate gives its value, later.
    pub(crate) fn will_compute(&self, term: Term, bound: &Marked) -> bool {
        variable(term).is_some_and(|variable| self.computed[variable] && !bound[variable])
    }

    /// Whether only open literals bind `variable`.
    pub(crate) fn is_guessed(&self, variable: VariableId) -> bool {
        !self.outer[variable] && !self.closed[variable] && !self.computed[variable]
    }
}

/// Leaves in `computed` what follows from other variables. Variables of open atoms that are only
/// equated with one another do not.
fn keep_computable(literals: &[Literal], in_atoms: &Marked, computed: &mut Marked) {
    let mut waiting = computed.clone();
    loop {
        let mut changed = false;
        for literal in literals {
            for target in targets(literal)
                .into_iter()
                .filter(|&target| computed[target])
            {
                let mut follows = true;
                each_variable(std::slice::from_ref(literal), &mut |variable| {
                    follows &= variable == target || !waiting[variable];
                });
                changed |= follows && waiting[target];
                waiting[target] &= !follows;
            }
        }
        if !changed {
            for (variable, tried) in in_atoms.entries() {
                let stuck = waiting[variable] && *tried;
                changed |= stuck;
                waiting[variable] &= !stuck;
                computed[variable] &= !stuck;
            }
        }
        if !changed {
            return;
        }
    }
}

/// The variables that `literal` can give a value.
pub(crate) fn targets(literal: &Literal) -> Vec<VariableId> {
    match &literal.kind {
        LiteralKind::Aggregate { result, .. } => vec![*result],
        LiteralKind::Compare {
            left,
            operator: Comparison::Equal,
            right,
            ..
        } => [target(left, right), target(right, left)]
            .into_iter()
            .flatten()
            .collect(),
        _ => Vec::new(),
    }
}

/// The variable that `left = right` can give a value: one that `left` consists of and that does
/// not occur in `right`.
fn target(left: &Expression, right: &Expression) -> Option<VariableId> {
    lone_variable(left)
        .filter(|&variable| expression::variables(right).all(|other| other != variable))
}

/// The variable of `term`.
pub(crate) fn variable(term: Term) -> Option<VariableId> {
    match term {
        Term::Variable(variable) => Some(variable),
        Term::Constant(_) | Term::Any => None,
    }
}

/// Whether all variables of the inner conjunction that occur outside are bound.
pub(crate) fn ready(inner: &[Literal], binders: &Binders, bound: &Marked) -> bool {
    let mut ready = true;
    each_variable(inner, &mut |variable| {
        ready &= bound[variable] || !binders.any[variable];
    });
    ready
}

/// What a comparison can be used for.
pub(crate) enum Usable<'l> {
    /// It tests.
    Test,
    /// It gives the variable the value of the expression.
    Bind(VariableId, &'l Expression),
}

/// What `literal`, a comparison, can be used for now; `None` if it has to wait for a variable.
pub(crate) fn comparison<'l>(
    program: &Program,
    literal: &'l Literal,
    binders: &Binders,
    bound: &Marked,
) -> Option<Usable<'l>> {
    let LiteralKind::Compare {
        left,
        operator,
        right,
        sort,
    } = &literal.kind
    else {
        return None;
    };
    let all_bound = |side| expression::variables(side).all(|variable| bound[variable]);
    if all_bound(left) && all_bound(right) {
        return Some(Usable::Test);
    }
    if *operator != Comparison::Equal {
        return None;
    }
    let value = is_value_sort(program.sorts[*sort].kind);
    [(left, right), (right, left)]
        .into_iter()
        .find_map(|(target, source)| {
            let variable = self::target(target, source)?;
            // A number that is not known must not take the place of the tuples that bind it.
            let known = !value
                || source.terms.iter().all(|(_, operand)| {
                    matches!(operand, Operand::Constant(_) | Operand::Duration(..))
                });
            let binds = !bound[variable] && (known || binders.computed[variable]);
            (binds && all_bound(source)).then_some(Usable::Bind(variable, source))
        })
}

/// The columns of `atom` whose value is given.
pub(crate) fn bound_columns(atom: &Atom, bound: &Marked) -> Mask {
    atom.terms
        .iter()
        .enumerate()
        .filter(|(_, term)| match term {
            Term::Variable(variable) => bound[*variable],
            Term::Constant(_) => true,
            Term::Any => false,
        })
        .fold(0, |mask, (column, _)| mask | 1 << column)
}
