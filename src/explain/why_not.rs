//! Why not: each norm that could have given a verdict that did not come, the nearest miss first:
//! what it lacks, or what sets it aside. [`super::missing`] follows what it lacks through rules.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::base::{Id, Language, Sources};
use crate::deontic::{Judge, Judgement, NormStanding, Standing, Status, Verdict};
use crate::engine::{Question, Truth};
use crate::program::{ActRecord, Modality, NormBody, NormId, Value, VariableId};

use super::builder::Builder;
use super::graph::{Edge, Explanation, NodeId, NodeKind};
use super::literals::Place;
use super::raise::Values;
use super::words::Vocabulary;

/// How many norms are shown; the others are counted.
const SHOWN: usize = 8;

/// How far a body of a norm gets.
struct Miss {
    body: usize,
    substitution: Vec<Option<Value>>,
    /// Of each literal, then of each late one where all literals hold or may.
    truths: Vec<Truth>,
    late: Vec<Truth>,
}

impl Miss {
    /// How many literals fail, and how many are not known.
    fn rank(&self) -> (usize, usize) {
        let all = || self.truths.iter().chain(&self.late);
        let of = |truth| all().filter(|&&other| other == truth).count();
        (of(Truth::False), of(Truth::Maybe))
    }
}

/// A norm that could have given the verdict.
struct Candidate {
    norm: NormId,
    /// Its document is in force on the day.
    current: bool,
    /// How it stands, where it applies or may: an index into the norms of the judgement.
    standing: Option<usize>,
    miss: Option<Miss>,
}

/// Why the verdict of an act is not `wanted`; of none, why it is not permitted or, where it is,
/// not prohibited. None for an act that the judge does not know.
pub fn why_not(
    judge: &mut Judge<'_>,
    sources: &Sources,
    vocabulary: &Vocabulary,
    language: Language,
    (act, name): (Value, Option<&str>),
    wanted: Option<Verdict>,
) -> Option<Explanation> {
    let judgement = judge.judge(act)?;
    let record = judge.act(act)?.clone();
    let wanted = wanted.unwrap_or(match judgement.verdict {
        Verdict::Permitted => Verdict::Prohibited,
        _ => Verdict::Permitted,
    });
    let mut builder = Builder::new(judge, sources, vocabulary, language, act);
    let described = builder.written_act(&record);
    builder.explanation.act = name.map_or_else(|| described.clone(), str::to_owned);
    builder.explanation.at = builder.date(record.at);
    builder.refused(&record, &described, &judgement, wanted);
    Some(builder.explanation)
}

impl<'p> Builder<'_, 'p> {
    fn refused(
        &mut self,
        act: &ActRecord,
        described: &str,
        judgement: &Rc<Judgement>,
        wanted: Verdict,
    ) {
        let kind = |left_out, rules_left_out| NodeKind::WhyNot {
            act: described.to_owned(),
            verdict: judgement.verdict.word(),
            wanted: wanted.word(),
            left_out,
            rules_left_out,
        };
        let words = self.naming(|naming| naming.described(&act.description));
        let text = format!("{}.", self.words().described(&words));
        let root = self.explanation.add(text, kind(0, 0));
        self.explanation.asked = self.question_of(act);
        let mut known = BTreeMap::new();
        if judgement.verdict == wanted {
            return;
        }
        if wanted == Verdict::Unregulated {
            for (index, standing) in judgement.norms.iter().enumerate() {
                if standing.status != Status::Out {
                    let node = self.applied(index, act, judgement, &mut known);
                    self.connect(root, node, Edge::Because);
                }
            }
            return;
        }
        let candidates = self.candidates(act, judgement, wanted);
        let left_out = candidates.len().saturating_sub(SHOWN);
        for candidate in candidates.iter().take(SHOWN) {
            let node = self.candidate(candidate, act, judgement, &mut known);
            self.connect(root, node, Edge::Because);
        }
        let rules_left_out = self.left_out;
        self.explanation
            .set_kind(root, kind(left_out, rules_left_out));
    }

    /// The norms that could give the verdict, the nearest first.
    fn candidates(
        &mut self,
        act: &ActRecord,
        judgement: &Judgement,
        wanted: Verdict,
    ) -> Vec<Candidate> {
        let program = self.program();
        let (current, past) = self.judge.speaking_of(act);
        let all = current.iter().map(|&norm| (norm, true));
        let all: Vec<_> = all.chain(past.iter().map(|&norm| (norm, false))).collect();
        let mut found = Vec::new();
        for (norm, current) in all {
            if !gives(program.norms[norm].modality, wanted) {
                continue;
            }
            let standings = judgement.norms.iter().enumerate();
            let standing = standings
                .filter(|(_, standing)| standing.norm == norm)
                .min_by_key(|(index, standing)| (Reverse(standing.status.in_force()), *index))
                .map(|(index, _)| index);
            let stands = standing.and_then(|index| judgement.norms.get(index));
            let miss = match stands {
                Some(standing) => self.way(standing, act),
                None => self.miss(norm, act),
            };
            found.push(Candidate {
                norm,
                current,
                standing,
                miss,
            });
        }
        found.sort_by_key(|candidate| {
            let (fails, unknown) = match (&candidate.miss, candidate.standing) {
                (_, Some(_)) => (0, 0),
                (Some(miss), None) => miss.rank(),
                (None, None) => (usize::MAX, 0),
            };
            (
                fails.saturating_add(usize::from(!candidate.current)),
                unknown,
            )
        });
        found
    }

    /// The way in which a norm applies, or may.
    fn way(&mut self, standing: &NormStanding, act: &ActRecord) -> Option<Miss> {
        let body = self.program().norms[standing.norm]
            .bodies
            .get(standing.body)?;
        let values = standing.substitution.iter().enumerate();
        let bound: Vec<_> = values
            .filter_map(|(index, value)| Some((VariableId::new(index), (*value)?)))
            .collect();
        Some(self.miss_of(standing.body, body, &bound, act))
    }

    /// How far the best of a norm's bodies gets.
    fn miss(&mut self, norm: NormId, act: &ActRecord) -> Option<Miss> {
        let program = self.program();
        let bodies = program.norms[norm].bodies.iter().enumerate();
        let misses: Vec<_> = bodies
            .map(|(index, body)| self.miss_of(index, body, &[(VariableId::JUDGED, act.value)], act))
            .collect();
        misses.into_iter().min_by_key(Miss::rank)
    }

    fn miss_of(
        &mut self,
        index: usize,
        body: &'p NormBody,
        bound: &[(VariableId, Value)],
        act: &ActRecord,
    ) -> Miss {
        let question = Question {
            variables: &body.variables,
            literals: &body.literals,
            bound,
        };
        let miss = self.nearest(question, act.at);
        let open = !miss.truths.contains(&Truth::False);
        let late = if open {
            self.judge.late_truths(act, body, &miss.substitution)
        } else {
            Vec::new()
        };
        Miss {
            body: index,
            substitution: miss.substitution,
            truths: miss.truths,
            late,
        }
    }

    /// The node of a norm that could have given the verdict.
    fn candidate(
        &mut self,
        candidate: &Candidate,
        act: &ActRecord,
        judgement: &Rc<Judgement>,
        known: &mut BTreeMap<usize, NodeId>,
    ) -> NodeId {
        let standing = candidate
            .standing
            .and_then(|index| Some((index, judgement.norms.get(index)?)));
        let program = self.program();
        let body = candidate.miss.as_ref().and_then(|miss| {
            let body = program.norms[candidate.norm].bodies.get(miss.body)?;
            Some((miss, body))
        });
        let values = body.map(|(miss, body)| self.values(body, &miss.substitution));
        let misses = body.map(|(miss, _)| {
            let (fails, unknown) = miss.rank();
            fails + unknown
        });
        let node = self.norm_node(candidate.norm, |node| {
            node.status = match standing {
                Some((_, standing)) => standing.status.word(),
                None if !candidate.current => "out-of-force",
                None => "unmet",
            };
            node.certain = standing.is_none_or(|(_, standing)| standing.certain);
            node.values = values.unwrap_or_default();
            node.misses = misses;
        });
        if let Some((miss, body)) = body {
            self.lacks(node, miss, body, act);
        }
        if let Some((index, standing)) = standing {
            self.blocked(node, (index, standing), act, judgement, known);
        }
        node
    }

    /// What a body holds for, and what it lacks.
    fn lacks(&mut self, node: NodeId, miss: &Miss, body: &NormBody, act: &ActRecord) {
        let values = Values {
            variables: &body.variables,
            substitution: &miss.substitution,
        };
        let place = Place { values, at: act.at };
        for (literal, &truth) in body.literals.iter().zip(&miss.truths) {
            self.met_or_missing(node, literal, truth, place);
        }
        for (late, &truth) in body.late.iter().zip(&miss.late) {
            if truth == Truth::Certain {
                continue;
            }
            let text = self.sources.text(late.span());
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let inner = self.not_met(text, truth);
            self.connect(node, inner, Edge::Fails);
            self.late(inner, late, place);
        }
    }

    /// What keeps a norm that applies, or may, from deciding: what sets it aside, what opposes
    /// it, what its conditions are.
    fn blocked(
        &mut self,
        node: NodeId,
        (index, standing): (usize, &NormStanding),
        act: &ActRecord,
        judgement: &Rc<Judgement>,
        known: &mut BTreeMap<usize, NodeId>,
    ) {
        for &(winner, principle) in &standing.set_aside_by {
            let resolution = self.resolution(judgement, (winner, index), Some(principle.word()));
            self.connect(node, resolution, Edge::Bars);
            let winner = self.applied(winner, act, judgement, known);
            self.connect(resolution, winner, Edge::Because);
        }
        if standing.status == Status::Out {
            return;
        }
        for (other, opposed) in judgement.norms.iter().enumerate() {
            if opposed.status != Status::Out && opposes(standing.modality, opposed.modality) {
                let clash = standing.clashes_with.contains(&other);
                let opposed = self.applied(other, act, judgement, known);
                if clash {
                    let resolution = self.resolution(judgement, (index, other), None);
                    self.connect(node, resolution, Edge::Bars);
                    self.connect(resolution, opposed, Edge::Because);
                } else {
                    self.connect(node, opposed, Edge::Bars);
                }
            }
        }
        for condition in &judgement.conditions {
            let requires = judgement.norms.get(condition.instance);
            if let Some(requires) = requires.filter(|_| condition.standing != Standing::Met) {
                self.condition((node, Edge::Bars), requires.norm, condition, act);
            }
        }
    }

    /// The node of a norm that applies, or may, with all its reasons.
    fn applied(
        &mut self,
        index: usize,
        act: &ActRecord,
        judgement: &Judgement,
        known: &mut BTreeMap<usize, NodeId>,
    ) -> NodeId {
        if let Some(&node) = known.get(&index) {
            return node;
        }
        let node = match judgement.norms.get(index) {
            Some(standing) => self.instance(standing, act, (judgement, None)),
            None => self.norm_node(NormId::new(0), |_| ()),
        };
        known.insert(index, node);
        node
    }
}

/// Whether norms of this modality can give the verdict.
fn gives(modality: Modality, wanted: Verdict) -> bool {
    match modality {
        Modality::Permit | Modality::Oblige => wanted != Verdict::Prohibited,
        Modality::Forbid => matches!(wanted, Verdict::Prohibited | Verdict::Conflict),
        Modality::Require => wanted == Verdict::Conditional,
        _ => false,
    }
}

/// Whether a norm in force keeps the other from deciding.
fn opposes(own: Modality, other: Modality) -> bool {
    let permits = |modality| matches!(modality, Modality::Permit | Modality::Oblige);
    match own {
        Modality::Forbid => permits(other),
        _ => other == Modality::Forbid,
    }
}
