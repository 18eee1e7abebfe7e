//! From a judgement to its explanation: the verdict, the norms that apply with who prevails,
//! conditions, duties and factors, each down to the facts.

use std::rc::Rc;

use crate::base::{Language, Sources};
use crate::deontic::{
    ConditionStanding, Course, GroundLiteral, Judge, Judgement, NormStanding, Status, pattern_of,
};
use crate::program::{ActRecord, Atom, Modality, NormBody, NormId, Value, Variable};

use super::asked::{has_date, remarks};
use super::builder::{Builder, Key};
use super::course::{Telling, sentence};
use super::graph::{Edge, Explanation, InForceIf, NodeId, NodeKind, NormNode};
use super::labels;
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
    let judgement = judge.judge(act)?;
    let record = judge.act(act)?.clone();
    let mut builder = Builder::new(judge, sources, vocabulary, language, act);
    let described = builder.written_act(&record);
    builder.explanation.act = name.map_or_else(|| described.clone(), str::to_owned);
    builder.explanation.at = builder.date(record.at);
    builder.root(&record, &described, &judgement);
    Some(builder.explanation)
}

impl Builder<'_, '_> {
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
            let conditions = judgement.conditions.get(index);
            conditions.map_or_else(String::new, |it| self.condition_words(it).0)
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
                    self.condition(node, condition, act, Edge::Because);
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

    pub(super) fn condition(
        &mut self,
        norm: NodeId,
        condition: &ConditionStanding,
        act: &ActRecord,
        edge: Edge,
    ) {
        let id = match self.explanation.node(norm).map(|node| &node.kind) {
            Some(NodeKind::Norm(row)) => row.id.clone(),
            _ => String::new(),
        };
        let (text, written) = self.condition_words(condition);
        let node = self.explanation.add(
            text,
            NodeKind::Condition {
                norm: id,
                written,
                standing: condition.standing.word(),
                fixed: condition.fixed,
            },
        );
        self.connect(norm, node, edge);
        for literal in condition.alternatives.iter().flatten() {
            if let GroundLiteral::Atom { negated, atom, .. } = literal {
                let why = self.ground(atom, act.at);
                let edge = if *negated {
                    Edge::Unless
                } else {
                    Edge::Because
                };
                self.connect(node, why, edge);
            }
        }
    }

    /// A condition in words, and as in a policy.
    fn condition_words(&self, condition: &ConditionStanding) -> (String, String) {
        let or = labels::or(self.language());
        let mut texts = Vec::new();
        let mut written = Vec::new();
        for alternative in &condition.alternatives {
            let parts: Vec<_> = alternative
                .iter()
                .map(|literal| self.ground_words(literal))
                .collect();
            texts.push(join(&parts, |part| &part.0, labels::and(self.language())));
            written.push(join(&parts, |part| &part.1, ", "));
        }
        (texts.join(or), written.join(" or "))
    }

    fn ground_words(&self, literal: &GroundLiteral) -> (String, String) {
        match literal {
            GroundLiteral::Atom { negated, atom, .. } => {
                let tree = self.naming(|naming| naming.atom(atom));
                if *negated {
                    (self.words().negated_atom(&tree), format!("not {tree}"))
                } else {
                    (self.words().atom(&tree), tree.to_string())
                }
            }
            GroundLiteral::Other { span, .. } => {
                let text = self.sources.text(*span);
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                (text.clone(), text)
            }
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

fn join(
    parts: &[(String, String)],
    text: impl Fn(&(String, String)) -> &String,
    with: &str,
) -> String {
    parts
        .iter()
        .map(|part| text(part).as_str())
        .collect::<Vec<_>>()
        .join(with)
}

/// Whether norms of this modality bear on the verdict.
fn decides(modality: Modality) -> bool {
    matches!(
        modality,
        Modality::Forbid | Modality::Permit | Modality::Oblige | Modality::Require
    )
}
