//! From a judgement to its explanation: the verdict and the norms that apply with who prevails,
//! each down to the facts.

use std::rc::Rc;

use crate::base::{Language, Sources};
use crate::deontic::{Course, Judge, Judgement, NormStanding, Status, pattern_of};
use crate::program::{ActRecord, Atom, Modality, NormBody, NormId, Value, Variable};

use super::asked::{has_date, remarks};
use super::builder::{Builder, Key};
use super::course::{Telling, sentence};
use super::graph::{Edge, Explanation, InForceIf, NodeId, NodeKind, NormNode};
use super::literals::Place;
use super::raise::Values;
use super::says;
use super::words::Vocabulary;

/// Why the verdict of an act is what it is; `name` is its id in the facts. None for an act that
/// the judge does not know.
pub fn explain(
    judge: &mut Judge<'_>,
    sources: &Sources,
    vocabulary: &Vocabulary,
    language: Language,
    act: Value,
    name: Option<&str>,
) -> Option<Explanation> {
    all_proofs(judge, sources, vocabulary, language, (act, name), 1)
}

/// The same, with up to `most` proofs of each thing that rules conclude, and how many are left out.
pub fn all_proofs(
    judge: &mut Judge<'_>,
    sources: &Sources,
    vocabulary: &Vocabulary,
    language: Language,
    (act, name): (Value, Option<&str>),
    most: usize,
) -> Option<Explanation> {
    let mut builder = Builder::new(judge, sources, vocabulary, language, act);
    builder.most_proofs = most;
    builder.tell(name)?;
    Some(builder.explanation)
}

impl Builder<'_, '_> {
    /// Tells why the verdict of the act is what it is; `name` is its id in the facts.
    pub(super) fn tell(&mut self, name: Option<&str>) -> Option<()> {
        let judgement = self.judge.judge(self.judged)?;
        let record = self.judge.act(self.judged)?.clone();
        let described = self.written_act(&record);
        self.explanation.act = name.map_or_else(|| described.clone(), str::to_owned);
        self.explanation.at = self.date(record.at);
        self.root(&record, &described, &judgement);
        Some(())
    }

    /// An act as in a policy.
    pub(super) fn written_act(&self, act: &ActRecord) -> String {
        self.naming(|naming| match naming.described(&act.description) {
            crate::lang::ast::TargetKind::Act(pattern) => pattern.to_string(),
            state @ crate::lang::ast::TargetKind::State { .. } => state.to_string(),
        })
    }

    fn root(&mut self, act: &ActRecord, described: &str, judgement: &Rc<Judgement>) {
        let target = self.naming(|naming| naming.described(&act.description));
        let mut text = self.words().described(&target);
        if !has_date(act) {
            text = format!("{text} ({})", self.date(act.at));
        }
        self.explanation.asked = self.question_of(act);
        let mut remarks: Vec<_> = remarks(judgement)
            .into_iter()
            .map(|remark| says::remark(self.language(), remark).to_owned())
            .collect();
        if let Some(course) = &judgement.course {
            remarks.push(self.course(course, judgement));
        }
        remarks.extend(self.ways(judgement));
        text.push('.');
        for remark in &remarks {
            text = format!("{text} {remark}");
        }
        self.explanation.asked.remarks = remarks;
        let root = self.explanation.add(
            text,
            NodeKind::Verdict {
                act: described.to_owned(),
                verdict: judgement.verdict.word(),
            },
        );
        self.known.insert(Key::Verdict(act.value), root);
        self.norms(root, act, judgement);
        for question in &judgement.questions {
            let node = self.question(&question.atom, act.at);
            self.connect(root, node, Edge::Because);
        }
        for duty in judgement.duties.iter().chain(&judgement.advice) {
            self.duty(root, duty, act, judgement);
        }
        for factor in &judgement.factors {
            self.factor(root, factor, judgement);
        }
        for consequence in &judgement.consequences {
            self.consequence(root, consequence);
        }
        for &norm in &judgement.out_of_force {
            let node = self.norm_node(norm, |node| node.status = "out-of-force");
            self.connect(root, node, Edge::Because);
        }
    }

    /// What the answers to the first questions come to.
    fn course(&self, course: &Course, judgement: &Judgement) -> String {
        sentence(&self.telling(judgement, |telling| telling.course(course)))
    }

    /// When the norm at `index` is in force, where that is open and was worked out.
    fn in_force_if(&self, judgement: &Judgement, index: usize) -> Option<InForceIf> {
        let mut residuals = judgement.residuals.iter();
        let residual = residuals.find(|residual| residual.instance == index)?;
        let atom = |(atom, holds): &(Atom, bool)| {
            let tuple = pattern_of(atom, &Vec::new());
            (self.parts(atom.relation, &tuple), *holds)
        };
        let ways = residual.ways.iter();
        Some(InForceIf {
            text: self.telling(judgement, |telling| telling.residual(residual)),
            ways: ways.map(|way| way.iter().map(atom).collect()).collect(),
        })
    }

    fn telling<R>(&self, judgement: &Judgement, tell: impl FnOnce(Telling<'_>) -> R) -> R {
        let atom = |atom: &Atom, negated: bool| {
            let tree = self.naming(|naming| naming.atom(atom));
            if negated {
                self.words().negated_atom(&tree)
            } else {
                self.words().atom(&tree)
            }
        };
        let condition = |index: usize| {
            let condition = judgement.conditions.get(index);
            let condition = condition.and_then(|it| Some((judgement.norms.get(it.instance)?, it)));
            condition.map_or_else(String::new, |(of, it)| self.condition_words(of.norm, it).0)
        };
        tell(Telling {
            language: self.language(),
            atom: &atom,
            condition: &condition,
        })
    }

    /// Norms in force, then those that may be, each with its reasons; then who set aside whom.
    fn norms(&mut self, root: NodeId, act: &ActRecord, judgement: &Rc<Judgement>) {
        let mut nodes = vec![None; judgement.norms.len()];
        let mut order: Vec<_> = judgement.norms.iter().enumerate().collect();
        let place = |status| match status {
            Status::In => 0,
            Status::Open => 1,
            Status::Out => 2,
        };
        order.sort_by_key(|(_, row)| (place(row.status), !decides(row.modality)));
        for (index, standing) in order {
            let in_force_if = self.in_force_if(judgement, index);
            let node = self.instance(standing, act, (judgement, in_force_if));
            if let Some(place) = nodes.get_mut(index) {
                *place = Some(node);
            }
            if standing.status != Status::Out || standing.set_aside_by.is_empty() {
                self.connect(root, node, Edge::Because);
            }
            for condition in &judgement.conditions {
                if condition.instance == index {
                    let below = (node, Edge::Because);
                    self.condition(below, standing.norm, condition, act);
                }
            }
        }
        let at = |index: usize| nodes.get(index).copied().flatten();
        for (index, standing) in judgement.norms.iter().enumerate() {
            for &(winner, principle) in &standing.set_aside_by {
                if let (Some(winner_node), Some(loser_node)) = (at(winner), at(index)) {
                    let pair = (winner, index);
                    let node = self.resolution(judgement, pair, Some(principle.word()));
                    self.connect(root, node, Edge::Defeats);
                    self.connect(node, winner_node, Edge::Because);
                    self.connect(node, loser_node, Edge::Defeats);
                }
            }
            for &other in standing.clashes_with.iter().filter(|&&other| other > index) {
                if let (Some(first), Some(second)) = (at(index), at(other)) {
                    let node = self.resolution(judgement, (index, other), None);
                    self.connect(root, node, Edge::Because);
                    self.connect(node, first, Edge::Because);
                    self.connect(node, second, Edge::Because);
                }
            }
        }
    }

    pub(super) fn resolution(
        &mut self,
        judgement: &Judgement,
        (winner, loser): (usize, usize),
        principle: Option<&'static str>,
    ) -> NodeId {
        let id = |index: usize| {
            let standing = judgement.norms.get(index);
            standing.map(|standing| self.program().norms[standing.norm].id.clone())
        };
        let (winner, loser) = (
            id(winner).unwrap_or_default(),
            id(loser).unwrap_or_default(),
        );
        let text = match principle {
            Some(_) => says::prevails(self.language(), &winner, &loser),
            None => says::clash(self.language(), &winner, &loser),
        };
        self.explanation.add(
            text,
            NodeKind::Resolution {
                winner,
                loser,
                principle,
            },
        )
    }

    /// A norm node without reasons.
    pub(super) fn norm_node(&mut self, norm: NormId, set: impl FnOnce(&mut NormNode)) -> NodeId {
        let program = self.program();
        let row = &program.norms[norm];
        let statement = &program.statements[row.statement];
        let words = self.words();
        let text = match words.text(&statement.texts) {
            Some(summary) => summary.to_owned(),
            None => words.statement(&statement.ast),
        };
        let mut node = NormNode {
            id: row.id.clone(),
            effect: row.modality.word(),
            status: "in",
            certain: true,
            lines: statement.lines.clone(),
            place: Some(self.place(row.span)),
            ..NormNode::default()
        };
        set(&mut node);
        let node = self.explanation.add(text, NodeKind::Norm(Box::new(node)));
        self.cite(node, row.document);
        node
    }

    /// The named values of a body.
    pub(super) fn values(
        &self,
        body: &NormBody,
        substitution: &[Option<Value>],
    ) -> Vec<(String, String)> {
        let rows = body.variables.iter().zip(substitution).skip(1);
        self.named(rows)
    }

    /// The values of variables that have a name and a value.
    pub(super) fn named<'v>(
        &self,
        rows: impl Iterator<Item = (&'v Variable, &'v Option<Value>)>,
    ) -> Vec<(String, String)> {
        rows.filter_map(|(row, value)| {
            let value = value.filter(|&value| value != Value::UNKNOWN)?;
            Some((row.name.as_deref()?.to_owned(), self.name(row.sort, value)))
        })
        .collect()
    }

    pub(super) fn instance(
        &mut self,
        standing: &NormStanding,
        act: &ActRecord,
        (judgement, in_force_if): (&Judgement, Option<InForceIf>),
    ) -> NodeId {
        let norm = &self.program().norms[standing.norm];
        let Some(body) = norm.bodies.get(standing.body) else {
            return self.norm_node(standing.norm, |_| ());
        };
        let values = self.values(body, &standing.substitution);
        let factor = matches!(norm.modality, Modality::Consider(_));
        let factor = judgement
            .factors
            .iter()
            .find(|row| factor && row.norm == standing.norm);
        let node = self.norm_node(standing.norm, |node| {
            node.status = standing.status.word();
            node.certain = standing.certain;
            node.values = values;
            node.standing = factor.map(|factor| factor.standing.word());
            node.in_force_if = in_force_if;
        });
        self.reasons(node, body, &standing.substitution, act);
        node
    }

    /// What a body holds for.
    pub(super) fn reasons(
        &mut self,
        node: NodeId,
        body: &NormBody,
        substitution: &[Option<Value>],
        act: &ActRecord,
    ) {
        let values = Values {
            variables: &body.variables,
            substitution,
        };
        let place = Place { values, at: act.at };
        for literal in &body.literals {
            self.literal(node, literal, place);
        }
        for late in &body.late {
            self.late(node, late, place);
        }
    }

    /// The node of an atom whose terms are constants or any.
    pub(super) fn ground(&mut self, atom: &crate::program::Atom, at: i64) -> NodeId {
        let pattern: Vec<_> = atom
            .terms
            .iter()
            .map(|term| match term {
                crate::program::Term::Constant(value) => Some(*value),
                _ => None,
            })
            .collect();
        let tuple: Option<Vec<_>> = pattern.iter().copied().collect();
        if let Some(tuple) = tuple {
            return self.tuple(atom.relation, &tuple, at);
        }
        let found = self.session(at).matching(atom.relation, &pattern);
        match found
            .into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)))
        {
            Some((tuple, _)) => self.tuple(atom.relation, &tuple, at),
            None => self.absence(atom.relation, &pattern, at),
        }
    }

    /// An open atom to be stated.
    fn question(&mut self, atom: &crate::program::Atom, at: i64) -> NodeId {
        let pattern: Vec<_> = atom
            .terms
            .iter()
            .map(|term| match term {
                crate::program::Term::Constant(value) => Some(*value),
                _ => None,
            })
            .collect();
        self.unknown(atom.relation, &pattern, at)
    }
}

/// Whether norms of this modality bear on the verdict.
fn decides(modality: Modality) -> bool {
    matches!(
        modality,
        Modality::Forbid | Modality::Permit | Modality::Oblige | Modality::Require
    )
}
