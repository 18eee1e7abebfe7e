//! The tuples that an atom may speak of: those that are stated or concluded and, of an open
//! relation, those that nobody stated.

use crate::program::{Atom, Literal, LiteralKind, RelationId, SortId, Term, Value, VariableId};

use super::evaluate::{Body, Evaluator, Pattern, some_variable};
use super::frame::{Frame, Meant, is_stated, meant};
use super::truth::Truth;

impl Evaluator<'_> {
    /// The ways in which a positive literal holds, each with the values that it gives.
    pub(super) fn matches(
        &mut self,
        body: &Body<'_>,
        literal: &Literal,
        frame: &Frame,
    ) -> Vec<(Frame, Truth)> {
        let LiteralKind::Positive(atom) = &literal.kind else {
            return Vec::new();
        };
        let pattern: Pattern = atom.terms.iter().map(|&term| known(term, frame)).collect();
        let mut found = Vec::new();
        for (tuple, &truth) in self.answers(atom.relation, &pattern).iter() {
            if let Some((frame, own)) = self.agreed(atom, tuple, frame) {
                found.push((frame, truth.min(own)));
            }
        }
        if self.world.program.relations[atom.relation].open {
            let sure = |(_, truth): &(Frame, Truth)| *truth == Truth::Certain;
            let is_test = !some_variable(literal, &mut |it| frame.of(it).is_none());
            if !(is_test && found.iter().any(sure)) {
                let tuple = vec![Value::UNKNOWN; atom.terms.len()];
                self.choose(body, (atom, frame), 0, &tuple, &mut found);
            }
        }
        found
    }

    /// The frame once the atom is this tuple, and how surely the tuple is meant.
    fn agreed(&self, atom: &Atom, tuple: &[Value], frame: &Frame) -> Option<(Frame, Truth)> {
        let columns = &self.world.program.relations[atom.relation].columns;
        let mut frame = frame.clone();
        let mut truth = Truth::Certain;
        for ((&term, &value), column) in atom.terms.iter().zip(tuple).zip(columns) {
            let hidden = column.sort == SortId::ACT && self.world.is_described(value);
            match term {
                Term::Any if hidden => return None,
                Term::Any | Term::Constant(_) => {}
                Term::Variable(variable) => match frame.of(variable) {
                    None if hidden => return None,
                    None => frame.bind(
                        variable,
                        meant(self.world.program, column.sort, value, false),
                    ),
                    Some(Meant::Value(known)) if known != value => {
                        // A value that nobody stated may be this one.
                        if value != Value::UNKNOWN || !is_stated(self.world.program, column.sort) {
                            return None;
                        }
                        truth = Truth::Maybe;
                    }
                    Some(Meant::Value(_)) => {}
                    Some(Meant::Unstated { range, wild }) => {
                        let fits = match value.number() {
                            _ if value == Value::UNKNOWN => true,
                            Some(number) if self.is_number(column.sort) => range.contains(number),
                            _ => true,
                        };
                        if !fits || (!wild && value != Value::UNKNOWN) {
                            return None;
                        }
                        truth = Truth::Maybe;
                    }
                },
            }
        }
        Some((frame, truth))
    }

    fn is_number(&self, sort: SortId) -> bool {
        self.world.program.sorts[sort].kind.is_number()
    }

    /// Tries values in the columns from `column` on that have none.
    fn choose(
        &mut self,
        body: &Body<'_>,
        (atom, frame): (&Atom, &Frame),
        column: usize,
        tuple: &[Value],
        found: &mut Vec<(Frame, Truth)>,
    ) {
        let Some(&term) = atom.terms.get(column) else {
            if self.is_open(atom.relation, tuple) {
                found.push((frame.clone(), Truth::Maybe));
            }
            return;
        };
        let Some(sort) = self.sort_of(atom.relation, column) else {
            return;
        };
        let given = frame.term(term);
        let values = match (given, term) {
            (Some(value), _) => vec![value],
            (None, Term::Variable(variable)) => self.values_for(body, variable, sort),
            (None, _) => self.world.domain(sort),
        };
        for value in values {
            let mut tuple = tuple.to_vec();
            if let Some(place) = tuple.get_mut(column) {
                *place = value;
            }
            let mut frame = frame.clone();
            if let (None, Term::Variable(variable)) = (given, term) {
                frame.bind(variable, meant(self.world.program, sort, value, false));
            }
            self.choose(body, (atom, &frame), column + 1, &tuple, found);
        }
    }

    /// Whether the tuple may hold and does not certainly.
    fn is_open(&mut self, relation: RelationId, tuple: &[Value]) -> bool {
        let pattern: Pattern = tuple.iter().copied().map(Some).collect();
        let stated = self.answers(relation, &pattern);
        stated.get(tuple) != Some(&Truth::Certain) && self.may_hold(relation, tuple)
    }

    fn sort_of(&self, relation: RelationId, column: usize) -> Option<SortId> {
        let columns = &self.world.program.relations[relation].columns;
        columns.get(column).map(|column| column.sort)
    }

    /// What a variable that an open relation alone speaks of ranges over: its sort, or the
    /// unstated value and those that other literals state.
    fn values_for(&mut self, body: &Body<'_>, variable: VariableId, sort: SortId) -> Vec<Value> {
        let mut values = self.world.domain(sort);
        if !is_stated(self.world.program, sort) {
            return values;
        }
        for literal in body.literals {
            let LiteralKind::Positive(atom) = &literal.kind else {
                continue;
            };
            let own = |term: &Term| *term == Term::Variable(variable);
            if let Some(column) = atom.terms.iter().position(own) {
                let answers = self.answers(atom.relation, &vec![None; atom.terms.len()]);
                values.extend(answers.keys().filter_map(|tuple| tuple.get(column)));
            }
        }
        values.sort_unstable();
        values.dedup();
        values
    }
}

/// The value that a tuple must have for a term; `None` where any may do.
fn known(term: Term, frame: &Frame) -> Option<Value> {
    match term {
        Term::Constant(value) => Some(value),
        Term::Any => None,
        Term::Variable(variable) => match frame.of(variable)? {
            Meant::Value(value) => Some(value),
            Meant::Unstated { .. } => None,
        },
    }
}
