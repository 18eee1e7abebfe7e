//! Single steps: that a body's literals are borne out by the nodes that it rests on, and that
//! nothing else is among these.

use std::collections::BTreeSet;

use crate::lang::ast::Comparison;
use crate::program::{
    Atom, Expression, Literal, LiteralKind, Operand, RelationId, RelationKind, SortId, Term, Unit,
    Value, Variables,
};

use super::arithmetic;
use super::checker::Checker;
use super::fault::Wrong;
use super::frame::Frame;
use super::graph::{At, EdgeKind, Kind};
use super::truth::Truth;

/// A body under values, as the reasons of a node.
#[derive(Clone, Copy)]
pub(super) struct Reasoned<'b> {
    pub(super) node: At,
    pub(super) variables: &'b Variables,
    pub(super) frame: &'b Frame,
}

/// What a node is said to bear out: a tuple of a relation, where some columns may be any.
pub(super) type Claim = (RelationId, Vec<Option<Value>>);

/// What has been found of a body: the nodes that it uses, what each is to bear out, and how
/// surely all of it holds.
#[derive(Debug)]
pub(super) struct Borne {
    pub(super) used: BTreeSet<At>,
    pub(super) claims: Vec<(At, Claim)>,
    pub(super) truth: Truth,
}

impl Default for Borne {
    fn default() -> Self {
        Self {
            used: BTreeSet::new(),
            claims: Vec::new(),
            truth: Truth::Certain,
        }
    }
}

impl Checker<'_> {
    /// Whether the nodes below bear out all literals; what fails first, else.
    pub(super) fn borne_out(
        &mut self,
        reasoned: Reasoned<'_>,
        literals: &[Literal],
        borne: &mut Borne,
    ) -> Result<(), Wrong> {
        for literal in literals {
            let truth = self.literal(reasoned, literal, borne)?;
            borne.truth = borne.truth.min(truth);
        }
        Ok(())
    }

    fn literal(
        &mut self,
        reasoned: Reasoned<'_>,
        literal: &Literal,
        borne: &mut Borne,
    ) -> Result<Truth, Wrong> {
        match &literal.kind {
            LiteralKind::Positive(atom) => self.atom(reasoned, atom, EdgeKind::Because, borne),
            LiteralKind::Negative(inner) => match inner.as_slice() {
                [
                    Literal {
                        kind: LiteralKind::Positive(atom),
                        ..
                    },
                ] => Ok(self.atom(reasoned, atom, EdgeKind::Unless, borne)?.not()),
                _ => self.conjunction(reasoned, literal, inner, borne),
            },
            LiteralKind::Compare {
                left,
                operator,
                right,
                sort,
            } => {
                let sides = (left, *operator, right);
                self.comparison(reasoned, sides, *sort, (EdgeKind::Because, borne))
            }
            LiteralKind::Aggregate { .. } => {
                self.aggregate(reasoned, literal, (EdgeKind::Because, borne))
            }
        }
    }

    /// An atom: nothing is said where it is what the act plainly is.
    fn atom(
        &mut self,
        reasoned: Reasoned<'_>,
        atom: &Atom,
        edge: EdgeKind,
        borne: &mut Borne,
    ) -> Result<Truth, Wrong> {
        let pattern: Vec<_> = atom
            .terms
            .iter()
            .map(|&it| reasoned.frame.term(it))
            .collect();
        let first = pattern.first().copied().flatten();
        let kind = self.program.relations[atom.relation].kind;
        let of_act = matches!(
            kind,
            RelationKind::Recorded
                | RelationKind::Action(_)
                | RelationKind::Role(_)
                | RelationKind::Situation(_)
        );
        if of_act && first == Some(self.act.value) {
            let truth = self.truth_of_pattern(atom.relation, &pattern);
            if truth != Truth::Maybe || pattern.contains(&None) {
                return Ok(truth);
            }
        } else if let Some(how) = recorded_as(kind) {
            return self.record(reasoned, (atom.relation, &pattern), (how, edge), borne);
        }
        let claim = (atom.relation, pattern);
        let found = self.below(reasoned.node, edge, |checker, at| {
            checker.claims(at, &claim)
        });
        let Some((at, truth)) = found else {
            return Err(Wrong::Missing(self.names().written(claim.0, &claim.1)));
        };
        borne.used.insert(at);
        borne.claims.push((at, claim));
        Ok(truth)
    }

    /// How the facts record another act.
    fn record(
        &mut self,
        reasoned: Reasoned<'_>,
        (relation, pattern): (RelationId, &[Option<Value>]),
        (how, edge): (&'static str, EdgeKind),
        borne: &mut Borne,
    ) -> Result<Truth, Wrong> {
        let act = pattern.first().copied().flatten();
        let name = act.map(|act| self.names().name(SortId::ACT, act));
        let found = self.below(reasoned.node, edge, |checker, at| {
            let Kind::Fact { atom, .. } = &checker.node(at)?.kind else {
                return None;
            };
            let same = atom.relation == how && atom.arguments == [name.clone()];
            same.then_some(Truth::Certain)
        });
        let Some((at, _)) = found else {
            return Err(Wrong::Missing(self.names().written(relation, pattern)));
        };
        borne.used.insert(at);
        self.recorded(at, how, act)?;
        Ok(self.truth_of_pattern(relation, pattern))
    }

    /// How surely some tuple of a pattern holds.
    pub(super) fn truth_of_pattern(
        &mut self,
        relation: RelationId,
        pattern: &[Option<Value>],
    ) -> Truth {
        let tuple: Option<Vec<_>> = pattern.iter().copied().collect();
        if let Some(tuple) = tuple {
            return self.evaluator().truth(relation, &tuple);
        }
        let stated = self.evaluator().answers(relation, pattern);
        let best = stated.values().copied().max().unwrap_or_default();
        let open = self.program.relations[relation].open;
        if best == Truth::False && open {
            let strangers: Vec<_> = pattern
                .iter()
                .map(|it| it.unwrap_or(Value::UNKNOWN))
                .collect();
            return self.evaluator().truth(relation, &strangers);
        }
        best
    }

    /// A negated conjunction: it has no solution, or one that may hold and is shown.
    fn conjunction(
        &mut self,
        reasoned: Reasoned<'_>,
        literal: &Literal,
        inner: &[Literal],
        borne: &mut Borne,
    ) -> Result<Truth, Wrong> {
        let given = reasoned.frame.given();
        let solutions = self.evaluator().solve(reasoned.variables, inner, &given);
        let best = solutions.first().map_or(Truth::False, |(_, truth)| *truth);
        let children = self.graph.children(reasoned.node).to_vec();
        let below = children
            .into_iter()
            .filter(|(edge, _)| *edge == EdgeKind::Unless);
        for (_, at) in below
            .filter(|(_, at)| !borne.used.contains(at))
            .collect::<Vec<_>>()
        {
            let fits = match self.node(at).map(|it| &it.kind) {
                Some(Kind::Absence { atom, reason, .. }) => {
                    atom.relation.is_empty() && reason == "no-case" && best == Truth::False
                }
                Some(Kind::Unknown { atom }) => {
                    atom.relation.is_empty()
                        && best == Truth::Maybe
                        && self.some_solution(at, reasoned.variables, inner, &solutions)
                }
                _ => false,
            };
            if fits {
                borne.used.insert(at);
                self.seen.insert(at);
                return Ok(best.not());
            }
        }
        let text = self.sources.text(literal.span);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Err(Wrong::Missing(text))
    }

    /// Whether the nodes below bear out one of the solutions.
    pub(super) fn some_solution(
        &mut self,
        node: At,
        variables: &Variables,
        literals: &[Literal],
        solutions: &[(Frame, Truth)],
    ) -> bool {
        solutions.iter().any(|(frame, _)| {
            let reasoned = Reasoned {
                node,
                variables,
                frame,
            };
            let mut inner = Borne::default();
            let found = self.borne_out(reasoned, literals, &mut inner);
            found.is_ok() && self.uses_all(node, &inner).is_ok() && {
                self.queue(inner);
                true
            }
        })
    }

    /// That two values are compared, over an edge of this kind.
    pub(super) fn comparison(
        &mut self,
        reasoned: Reasoned<'_>,
        (left, operator, right): (&Expression, Comparison, &Expression),
        sort: SortId,
        (kind, borne): (EdgeKind, &mut Borne),
    ) -> Result<Truth, Wrong> {
        let sides = (left, operator, right);
        let truth = arithmetic::compare(self.program, sides, sort, reasoned.frame);
        let due = [left, right].map(|side| self.side(side, sort, reasoned));
        let mut found = None;
        let children = self.graph.children(reasoned.node).to_vec();
        for (edge, at) in children {
            let Some(Kind::Comparison { left, right }) = self.node(at).map(|it| &it.kind) else {
                continue;
            };
            if edge == kind && !borne.used.contains(&at) {
                if [left, right] == due.each_ref() {
                    borne.used.insert(at);
                    self.seen.insert(at);
                    return Ok(truth);
                }
                found = Some(format!("{left}, {right}"));
            }
        }
        let due = due.join(", ");
        Err(match found {
            Some(found) => Wrong::Differs {
                what: "comparison",
                found,
                due,
            },
            None => Wrong::Missing(due),
        })
    }

    /// The value of one side of a comparison, as an explanation writes it.
    fn side(
        &self,
        side: &Expression,
        sort: SortId,
        Reasoned {
            variables, frame, ..
        }: Reasoned<'_>,
    ) -> String {
        if let [(1, Operand::Duration(amount, unit))] = side.terms.as_slice() {
            let word = Unit::ALL.into_iter().find(|(own, ..)| own == unit);
            let word = word.map(|(_, one, many)| if *amount == 1 { one } else { many });
            return format!("{amount} {}", word.unwrap_or_default());
        }
        if let [(1, operand)] = side.terms.as_slice() {
            let (value, own) = match operand {
                Operand::Variable(variable) => {
                    let row = &variables[*variable];
                    let value = frame.value(*variable).filter(|&it| it != Value::UNKNOWN);
                    if let (None, Some(name)) = (value, &row.name) {
                        return name.to_string();
                    }
                    (value, row.sort)
                }
                Operand::Constant(value) => (Some(*value), sort),
                Operand::Duration(..) => (None, sort),
            };
            return self.names().argument(own, value);
        }
        let value = arithmetic::number(side, frame).number();
        self.names()
            .argument(sort, value.and_then(Value::from_number))
    }

    /// That a number is worked out from others, over an edge of this kind.
    pub(super) fn aggregate(
        &mut self,
        reasoned: Reasoned<'_>,
        literal: &Literal,
        (kind, borne): (EdgeKind, &mut Borne),
    ) -> Result<Truth, Wrong> {
        let LiteralKind::Aggregate {
            result,
            function,
            terms,
            ..
        } = &literal.kind
        else {
            return Ok(Truth::False);
        };
        let (variables, frame) = (reasoned.variables, reasoned.frame);
        let group = self.evaluator().members(variables, literal, frame);
        let (range, held) = self.evaluator().aggregate(variables, literal, frame);
        let truth = match (range.and_then(super::truth::Range::number), range) {
            (_, None) => Truth::False,
            (Some(_), _) => held,
            (None, Some(_)) => held.min(Truth::Certain),
        };
        let sort = variables[*result].sort;
        let value = frame.value(*result).filter(|&it| it != Value::UNKNOWN);
        let value = value.map_or_else(|| "?".to_owned(), |it| self.names().name(sort, it));
        let member = |tuple: &Vec<Value>, truth: Truth| {
            let names = terms.iter().zip(tuple).map(|(term, value)| match term {
                Term::Variable(variable) => self.names().name(variables[*variable].sort, *value),
                _ => "_".to_owned(),
            });
            let mark = if truth == Truth::Certain { "" } else { "?" };
            format!("{}{mark}", names.collect::<Vec<_>>().join(", "))
        };
        let due: BTreeSet<String> = group.iter().map(|(it, truth)| member(it, *truth)).collect();
        let children = self.graph.children(reasoned.node).to_vec();
        let mut wrong = Wrong::Missing(function.word().to_owned());
        for (edge, at) in children {
            let Some(Kind::Aggregate {
                function: own,
                value: found,
                members,
                count,
            }) = self.node(at).map(|it| it.kind.clone())
            else {
                continue;
            };
            if edge != kind || own != function.word() || borne.used.contains(&at) {
                continue;
            }
            let listed = members.iter().all(|it| due.contains(it));
            let whole = members.len() == count.min(due.len()) || members.len() < count;
            if found == value && count == due.len() && listed && whole {
                borne.used.insert(at);
                self.seen.insert(at);
                return Ok(truth);
            }
            wrong = Wrong::Differs {
                what: "aggregate",
                found: format!("{found} ({}: {})", count, members.join("; ")),
                due: format!(
                    "{value} ({}: {})",
                    due.len(),
                    due.iter().cloned().collect::<Vec<_>>().join("; ")
                ),
            };
        }
        Err(wrong)
    }

    /// The first node below, over such an edge, of which `fits` tells how surely it bears
    /// something out.
    pub(super) fn below(
        &mut self,
        node: At,
        edge: EdgeKind,
        mut fits: impl FnMut(&mut Self, At) -> Option<Truth>,
    ) -> Option<(At, Truth)> {
        let children = self.graph.children(node).to_vec();
        let mut own = children.into_iter().filter(|&(kind, _)| kind == edge);
        own.find_map(|(_, at)| Some((at, fits(self, at)?)))
    }

    /// Whether all that a node rests on is used, citations and other proofs of the same aside.
    pub(super) fn uses_all(&self, node: At, borne: &Borne) -> Result<(), Wrong> {
        let reasons = self.graph.children(node).iter();
        let aside = [EdgeKind::Cites, EdgeKind::Otherwise];
        let mut reasons = reasons.filter(|(edge, _)| !aside.contains(edge));
        match reasons.find(|(_, at)| !borne.used.contains(at)) {
            Some(&(_, at)) => Err(Wrong::Idle(self.text(at))),
            None => Ok(()),
        }
    }
}

/// The word for how facts record an act, of the relations that say so.
fn recorded_as(kind: RelationKind) -> Option<&'static str> {
    match kind {
        RelationKind::Recorded
        | RelationKind::Action(_)
        | RelationKind::Role(_)
        | RelationKind::Situation(_) => Some("recorded"),
        RelationKind::Done => Some("done"),
        RelationKind::Planned => Some("planned"),
        RelationKind::Omitted => Some("omitted"),
        _ => None,
    }
}
