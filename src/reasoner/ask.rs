//! Answers to questions: who may, must, must not; where norms clash; where they are silent;
//! and what holds.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Diagnostic, Id};
use crate::deontic::{
    Asked, Candidate, GroundDue, Judge, Judgement, NormStanding, Status, Verdict,
};
use crate::lang::ast::{Comparison, Question, Role};
use crate::program::{
    ActionId, Literal, LiteralKind, Modality, NormId, SortId, Term, Value, VariableId, Variables,
    visit,
};

use super::phrases::Phrases;
use super::verdicts::Reader;
use super::view::{AnswerView, GroupView, RowView};

/// How many acts are judged for one question before the answer is called partial.
const CANDIDATE_LIMIT: usize = 100_000;

/// The parts of a question about acts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deontic<'q> {
    /// What is asked of which acts.
    pub asked: Asked<'q>,
    /// The actions, or the one situation.
    pub actions: &'q [ActionId],
    /// The variable that stands for the action.
    pub action_variable: Option<VariableId>,
    /// The columns.
    pub shown: &'q [VariableId],
}

/// An answer before it is put into words.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Row {
    /// For each column the names that it stands for; none is "any".
    values: Vec<Vec<String>>,
    verdict: Option<Verdict>,
    norms: Vec<NormId>,
    conditions: Vec<String>,
    questions: Vec<String>,
}

/// A question's answer without its heading.
#[derive(Debug)]
pub(super) struct Answer {
    columns: Vec<String>,
    rows: BTreeSet<Row>,
    judged: usize,
    more: bool,
}

/// Answers a question about acts.
pub(super) fn deontic<'p>(
    judge: &mut Judge<'p>,
    phrases: &Phrases<'p>,
    query: Deontic<'_>,
    progress: &dyn Fn(usize),
) -> Answer {
    let actions = concrete(judge, query.actions);
    let mut answer = Answer {
        columns: columns(judge, query, &actions),
        rows: BTreeSet::new(),
        judged: 0,
        more: false,
    };
    if query.asked.question == Question::Must {
        duties(judge, phrases, query, &mut answer);
        return answer;
    }
    for action in actions {
        let (candidates, more) = judge.candidates(action, query.asked, CANDIDATE_LIMIT);
        answer.more |= more;
        for candidate in candidates {
            answer.judged += 1;
            progress(answer.judged);
            let at = judge.as_of();
            let act = judge.describe(&candidate.description, at, true);
            judge.stipulate(act, &candidate.values, query.asked);
            let verdict = judge.verdict(act);
            if verdict.is_some_and(|judgement| answers(query.asked, &judgement))
                && let Some(judgement) = judge.judge(act)
            {
                for candidate in borne(judge, query.asked, candidate, &judgement) {
                    let columns = &answer.columns;
                    let row = row(judge, phrases, query, columns, &candidate, &judgement);
                    answer.rows.insert(row);
                }
            }
            judge.forget(act);
        }
    }
    answer
}

/// The candidate once for each of those who answer for a situation by the norms that decide; as
/// it is, where the question names nobody. A norm that names no bearer speaks to everyone.
fn borne(
    judge: &Judge<'_>,
    asked: Asked<'_>,
    candidate: Candidate,
    judgement: &Judgement,
) -> Vec<Candidate> {
    let action = &judge.program().actions[candidate.description.action];
    let by = asked.roles.iter().find(|&&(role, _)| role == Role::By);
    let (Some(_), Some(&(_, by))) = (action.situation, by) else {
        return vec![candidate];
    };
    let deciding = judgement.norms.iter().filter(|standing| {
        standing.status != Status::Out && decides(asked.question, standing.modality)
    });
    let bearers: BTreeSet<_> = deciding.map(|standing| judge.bearer(standing)).collect();
    if bearers.is_empty() || bearers.contains(&None) {
        return vec![anyones(judge, candidate)];
    }
    let named = |bearer: Value| {
        let given = candidate.description.roles.iter();
        let mut given = given.filter(|(role, _)| *role == Role::By);
        if given.any(|&(_, value)| value != bearer) {
            return None;
        }
        let mut candidate = candidate.clone();
        if let Term::Variable(variable) = by
            && let Some(value) = candidate.values.get_mut(variable.index())
        {
            *value = Some(bearer);
        }
        Some(candidate)
    };
    bearers.into_iter().flatten().filter_map(named).collect()
}

/// The candidate as that of every actor, unless the question has settled whose it is.
fn anyones(judge: &Judge<'_>, mut candidate: Candidate) -> Candidate {
    let mut given = candidate.description.roles.iter();
    if !given.any(|&(role, _)| role == Role::By) {
        let everyone = judge.universe().values(SortId::ACTOR).collect();
        candidate.alike.insert(Role::By, everyone);
    }
    candidate
}

/// The actions asked about; `any` stands for all that are not only headings of others.
fn concrete(judge: &Judge<'_>, actions: &[ActionId]) -> Vec<ActionId> {
    let program = judge.program();
    if !actions.contains(&ActionId::ANY) {
        return actions.to_vec();
    }
    program
        .actions
        .entries()
        .filter(|(id, action)| *id != ActionId::ANY && action.situation.is_none())
        .map(|(id, _)| id)
        .collect()
}

fn answers(asked: Asked<'_>, judgement: &Judgement) -> bool {
    let verdict = judgement.verdict;
    let open = asked.possible && verdict == Verdict::Undetermined;
    open || match asked.question {
        // Of a conditional act, that its conditions lead to a permission.
        Question::May => {
            verdict == Verdict::Permitted || judgement.once_met == Some(Verdict::Permitted)
        }
        Question::MustNot => verdict == Verdict::Prohibited,
        Question::Conflict => verdict == Verdict::Conflict,
        Question::Unregulated => verdict == Verdict::Unregulated,
        Question::Must => false,
    }
}

/// The question's variables, then the required roles that it does not name.
fn columns(judge: &Judge<'_>, query: Deontic<'_>, actions: &[ActionId]) -> Vec<String> {
    let name = |&variable: &VariableId| query.asked.variables[variable].name.as_deref();
    let mut columns: Vec<_> = query
        .shown
        .iter()
        .filter_map(name)
        .map(str::to_owned)
        .collect();
    for role in unnamed(judge, query, actions) {
        columns.push(role.word().to_owned());
    }
    columns
}

fn unnamed(judge: &Judge<'_>, query: Deontic<'_>, actions: &[ActionId]) -> BTreeSet<Role> {
    actions
        .iter()
        .flat_map(|&action| &judge.program().actions[action].roles)
        .filter(|own| own.role != Role::At && !own.optional)
        .filter(|own| !query.asked.roles.iter().any(|&(role, _)| role == own.role))
        .map(|own| own.role)
        .collect()
}

fn row<'p>(
    judge: &Judge<'p>,
    phrases: &Phrases<'p>,
    query: Deontic<'_>,
    columns: &[String],
    candidate: &Candidate,
    judgement: &Judgement,
) -> Row {
    let reader = Reader::new(judge, phrases);
    let (conditions, questions) = reader.pending(judgement);
    let variables = query.asked.variables;
    let mut values: Vec<Vec<String>> = Vec::new();
    for &variable in query.shown {
        let sort = variables[variable].sort;
        let role = query
            .asked
            .roles
            .iter()
            .find_map(|&(role, term)| (term == Term::Variable(variable)).then_some(role));
        let alike = role.and_then(|role| candidate.alike.get(&role));
        values.push(match alike {
            Some(class) if class.len() == judge.universe().size(sort) => Vec::new(),
            Some(class) => named(phrases, sort, class),
            None => candidate
                .values
                .get(variable.index())
                .copied()
                .flatten()
                .map(|value| phrases.value(sort, value))
                .or_else(|| {
                    (Some(variable) == query.action_variable).then(|| {
                        judge.program().actions[candidate.description.action]
                            .name
                            .clone()
                    })
                })
                .into_iter()
                .collect(),
        });
    }
    for column in columns.iter().skip(query.shown.len()) {
        let own = judge.program().actions[candidate.description.action]
            .roles
            .iter()
            .find(|own| own.role.word() == column);
        values.push(own.map_or_else(Vec::new, |own| {
            match candidate.alike.get(&own.role) {
                Some(class) if class.len() == judge.universe().size(own.sort) => Vec::new(),
                Some(class) => named(phrases, own.sort, class),
                None => candidate
                    .description
                    .roles
                    .iter()
                    .filter(|&&(role, _)| role == own.role)
                    .map(|&(_, value)| phrases.value(own.sort, value))
                    .collect(),
            }
        }));
    }
    Row {
        values,
        verdict: Some(judgement.verdict),
        norms: reasons(query.asked.question, judgement),
        conditions,
        questions,
    }
}

fn named(phrases: &Phrases<'_>, sort: SortId, class: &[Value]) -> Vec<String> {
    class
        .iter()
        .map(|&value| phrases.value(sort, value))
        .collect()
}

/// The norms that an answer rests on.
fn reasons(question: Question, judgement: &Judgement) -> Vec<NormId> {
    let rests = |standing: &NormStanding| match question {
        Question::Conflict => !standing.clashes_with.is_empty(),
        _ => decides(question, standing.modality),
    };
    let norms: BTreeSet<_> = judgement
        .norms
        .iter()
        .filter(|standing| standing.status != Status::Out && rests(standing))
        .map(|standing| standing.norm)
        .collect();
    norms.into_iter().collect()
}

/// Whether norms of a modality can give the answer to a question.
fn decides(question: Question, modality: Modality) -> bool {
    let permits = matches!(modality, Modality::Permit | Modality::Oblige);
    match question {
        Question::May => permits,
        Question::MustNot => modality == Modality::Forbid,
        Question::Conflict => permits || modality == Modality::Forbid,
        Question::Must | Question::Unregulated => false,
    }
}

/// `must …`: the duties that arise from the facts.
fn duties<'p>(
    judge: &mut Judge<'p>,
    phrases: &Phrases<'p>,
    query: Deontic<'_>,
    answer: &mut Answer,
) {
    let at = judge.as_of();
    let known = judge.duties_arising(at);
    let holding = judge.where_holds(query.asked);
    let reader = Reader::new(judge, phrases);
    let program = judge.program();
    answer.columns = vec!["by".to_owned(), "due".to_owned(), "status".to_owned()];
    for duty in known.iter() {
        let norm = &program.norms[duty.norm];
        if norm.modality != Modality::Oblige || duty.status == Status::Out {
            continue;
        }
        let is_certain = duty.certain && duty.status == Status::In;
        if !is_certain && !query.asked.possible {
            continue;
        }
        let matches = match &duty.due {
            GroundDue::Act { actions, roles } => {
                let about = query.actions.contains(&ActionId::ANY)
                    || actions.iter().any(|&action| {
                        query
                            .actions
                            .iter()
                            .any(|&asked| program.is_a(action, asked))
                    });
                about && holding.iter().any(|values| fits(query, values, roles))
            }
            GroundDue::State { by, .. } => {
                let bearer = [(Role::By, SortId::ACTOR, *by)];
                query.actions.contains(&ActionId::ANY)
                    && holding.iter().any(|values| fits(query, values, &bearer))
            }
        };
        if !matches {
            continue;
        }
        answer.judged += 1;
        let view = reader.duty(duty);
        answer.rows.insert(Row {
            values: vec![
                view.bearer.into_iter().collect(),
                vec![view.due],
                vec![view.fulfilment.to_owned()],
            ],
            verdict: None,
            norms: vec![duty.norm],
            conditions: Vec::new(),
            questions: Vec::new(),
        });
    }
}

/// Whether the roles of a duty agree with what the question names.
fn fits(
    query: Deontic<'_>,
    values: &[Option<Value>],
    roles: &[(Role, SortId, Option<Value>)],
) -> bool {
    query.asked.roles.iter().all(|&(role, term)| {
        let wanted = match term {
            Term::Constant(value) => Some(value),
            Term::Variable(variable) => values.get(variable.index()).copied().flatten(),
            Term::Any => None,
        };
        let Some(&(_, _, filler)) = roles.iter().find(|(own, _, _)| *own == role) else {
            return wanted.is_none();
        };
        wanted.is_none() || filler.is_none() || wanted == filler
    })
}

/// Answers a question about what holds.
pub(super) fn body<'p>(
    judge: &mut Judge<'p>,
    phrases: &Phrases<'p>,
    variables: &Variables,
    alternatives: &[Vec<Literal>],
    shown: &[VariableId],
    possible: bool,
) -> Answer {
    let mut rows = BTreeSet::new();
    for alternative in alternatives {
        for (values, certain) in judge.holds(variables, alternative) {
            if !certain && !possible {
                continue;
            }
            let values = shown
                .iter()
                .map(|&variable| {
                    let value = values.get(variable.index()).copied().flatten();
                    value
                        .map(|value| phrases.value(variables[variable].sort, value))
                        .into_iter()
                        .collect()
                })
                .collect();
            rows.insert(Row {
                values,
                verdict: None,
                norms: Vec::new(),
                conditions: Vec::new(),
                questions: Vec::new(),
            });
        }
    }
    Answer {
        columns: shown
            .iter()
            .filter_map(|&variable| variables[variable].name.as_deref())
            .map(str::to_owned)
            .collect(),
        judged: rows.len(),
        rows,
        more: false,
    }
}

impl Answer {
    /// The answer as it is shown.
    pub(super) fn view(
        self,
        reader: &Reader<'_, '_>,
        question: String,
        title: Option<String>,
        as_of: String,
    ) -> AnswerView {
        let id = |&norm: &NormId| reader.cited(norm).id;
        let rows = self.rows.iter().flat_map(|row| {
            product(&row.values).into_iter().map(|values| RowView {
                values,
                verdict: row.verdict.map(Verdict::word),
                norms: row.norms.iter().map(id).collect(),
                conditions: row.conditions.clone(),
                questions: row.questions.clone(),
            })
        });
        AnswerView {
            schema: "attendu.answer/1",
            question,
            title,
            as_of,
            rows: rows.collect(),
            groups: groups(&self.rows, self.columns.len())
                .into_iter()
                .map(|row| GroupView {
                    count: row.values.iter().map(|set| set.len().max(1)).product(),
                    verdict: row.verdict.map(Verdict::word),
                    norms: row.norms.iter().map(|&norm| reader.cited(norm)).collect(),
                    conditions: row.conditions,
                    questions: row.questions,
                    values: row.values,
                })
                .collect(),
            columns: self.columns,
            judged: self.judged,
            partial: self.more.then(|| {
                format!("stopped after {CANDIDATE_LIMIT} acts of one action; narrow the question with `where`")
            }),
            what_if: None,
        }
    }
}

/// Every combination of one value from each set; an empty set gives one "any".
fn product(sets: &[Vec<String>]) -> Vec<Vec<Option<String>>> {
    sets.iter().fold(vec![Vec::new()], |partial, set| {
        let choices: Vec<Option<String>> = if set.is_empty() {
            vec![None]
        } else {
            set.iter().cloned().map(Some).collect()
        };
        partial
            .into_iter()
            .flat_map(|row| {
                choices.iter().map(move |choice| {
                    let mut row = row.clone();
                    row.push(choice.clone());
                    row
                })
            })
            .collect()
    })
}

/// Groups rows that differ in one column alone, the column with most values first, so that
/// each group is the product of its columns' sets.
fn groups(rows: &BTreeSet<Row>, columns: usize) -> Vec<Row> {
    let distinct = |column: usize| {
        let values: BTreeSet<_> = rows
            .iter()
            .filter_map(|row| row.values.get(column))
            .collect();
        values.len()
    };
    let mut order: Vec<_> = (0..columns).collect();
    order.sort_by_key(|&column| std::cmp::Reverse(distinct(column)));
    let mut groups: Vec<Row> = rows.iter().cloned().collect();
    for column in order {
        let mut merged: BTreeMap<Row, BTreeSet<String>> = BTreeMap::new();
        for mut row in groups {
            let any = row.values.get(column).is_some_and(Vec::is_empty);
            let values = match row.values.get_mut(column) {
                Some(set) if !any => std::mem::replace(set, vec![String::new()]),
                _ => Vec::new(),
            };
            merged.entry(row).or_default().extend(values);
        }
        groups = merged
            .into_iter()
            .map(|(mut row, values)| {
                if let Some(set) = row.values.get_mut(column) {
                    *set = values.into_iter().collect();
                }
                row
            })
            .collect();
    }
    groups.sort();
    groups
}

/// The answer as lines: column names, then a row a line, values parted by tabs, `*` for any.
pub(super) fn lines(answer: &AnswerView) -> Vec<String> {
    let head = answer.columns.join("\t");
    let rows = answer.rows.iter().map(|row| {
        let values: Vec<_> = row
            .values
            .iter()
            .map(|value| value.as_deref().unwrap_or("*"))
            .collect();
        values.join("\t")
    });
    std::iter::once(head).chain(rows).collect()
}

/// Refuses a question about silence that nothing bounds, with the number of acts it would ask
/// about.
pub(super) fn refuse_unbounded(
    judge: &Judge<'_>,
    query: Deontic<'_>,
    span: crate::base::Span,
) -> Result<(), Vec<Diagnostic>> {
    if query.asked.question != Question::Unregulated {
        return Ok(());
    }
    let bounded = |role: Role| {
        query.asked.roles.iter().any(|&(other, term)| {
            other == role
                && match term {
                    Term::Constant(_) => true,
                    Term::Any => false,
                    Term::Variable(variable) => query.asked.alternatives.iter().all(|literals| {
                        literals.iter().any(|literal| {
                            let variables = visit::variables_of(literal);
                            // `P = roy` names one as well as a condition does.
                            let names = match &literal.kind {
                                LiteralKind::Positive(_) => true,
                                LiteralKind::Compare { operator, .. } => {
                                    *operator == Comparison::Equal && variables.len() == 1
                                }
                                _ => false,
                            };
                            names && variables.contains(variable)
                        })
                    }),
                }
        })
    };
    let mut acts = 0_u128;
    let mut unbounded = BTreeSet::new();
    for &action in query.actions {
        let mut product = 1_u128;
        for own in &judge.program().actions[action].roles {
            if own.role != Role::At && !own.optional && !bounded(own.role) {
                product = product.saturating_mul(judge.universe().size(own.sort) as u128);
                unbounded.insert(own.role.word());
            }
        }
        acts = acts.saturating_add(product);
    }
    if unbounded.is_empty() {
        return Ok(());
    }
    let roles: Vec<_> = unbounded
        .into_iter()
        .map(|role| format!("`{role}`"))
        .collect();
    Err(vec![
        Diagnostic::error(
            "unbounded-question",
            span,
            format!(
                "nothing bounds {}: some {acts} acts would have to be judged",
                roles.join(" and ")
            ),
        )
        .help("name the role and say in `where` which ones you mean, as in `where minister(Who)`"),
    ])
}
