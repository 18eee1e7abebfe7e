//! Question by question: what to ask next about an act, what an answer settles. An interview is
//! the list of its answers; where it stands is judged anew each time, with the answers as one more
//! file of facts, so that what it says is what that file says beside the others.

use std::path::Path;

use crate::base::Diagnostic;
use crate::deontic::{Judge, Question, pattern_of};
use crate::load::{
    Answer, Answered, Case, Given, Unrecorded, Word, add_texts, load_facts, read_text,
};
use crate::program::{Relation, RelationKind, SortId, SortKind, Term, Universe, Value};

use super::find::FoundAct;
use super::suppose::norm_changes;
use super::verdicts::Reader;
use super::view::{AskedView, InterviewView, SettledView, Wants};
use super::{OpenError, Reasoner};

/// What the file of answers is called in diagnostics.
pub const ANSWERS: &str = "<answers>.json";

/// What was answered so far about one act.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Interview {
    answered: Answered,
}

/// An answer to a question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reply {
    /// It is so; or it is not, or for nobody else.
    Holds(bool),
    /// For these, and where the row can be closed for no others; `new` are those of them that
    /// nothing has declared.
    These {
        /// The names.
        names: Vec<String>,
        /// Those to be declared.
        new: Vec<String>,
    },
    /// Nobody knows.
    NotKnown,
}

impl Interview {
    /// No answers yet about the act with this id, or so described.
    pub fn new(act: &str) -> Self {
        Self {
            answered: Answered::new(act),
        }
    }

    /// The act, by its id or described.
    pub fn act(&self) -> &str {
        &self.answered.act
    }

    /// How many questions have an answer.
    pub fn answers(&self) -> usize {
        self.answered.answers.len()
    }

    /// The interview with one more answer; nothing where the question takes no such answer.
    #[must_use]
    pub fn with(&self, asked: &AskedView, reply: &Reply) -> Option<Self> {
        let all = |names: &[String]| {
            let mut all = asked.known.clone();
            all.extend(
                names
                    .iter()
                    .filter(|name| !asked.known.contains(name))
                    .cloned(),
            );
            all
        };
        let which = matches!(asked.wants, Wants::Which { .. });
        let (answer, named) = match reply {
            Reply::NotKnown => (Answer::Word(Word::NotKnown), &[][..]),
            Reply::Holds(true) if !which => (Answer::Word(Word::Yes), &[][..]),
            Reply::Holds(false) if !which => (Answer::Word(Word::No), &[][..]),
            Reply::Holds(false) => (Answer::These(all(&[])), &[][..]),
            Reply::These { names, new } if which => (Answer::These(all(names)), &new[..]),
            Reply::Holds(true) | Reply::These { .. } => return None,
        };
        let (one, none) = match asked.wants {
            Wants::Whether => (false, true),
            Wants::Which { one, none } => (one, none),
        };
        if let Answer::These(names) = &answer
            && ((names.is_empty() && !none) || (names.len() > 1 && one))
        {
            return None;
        }
        let mut next = self.clone();
        next.answered.answers.push(Given {
            relation: asked.relation.clone(),
            arguments: asked.arguments.clone(),
            answer,
            new: asked.new.iter().chain(named).cloned().collect(),
        });
        Some(next)
    }

    /// Takes the last answer back; whether there was one.
    pub fn back(&mut self) -> bool {
        self.answered.answers.pop().is_some()
    }

    /// Whether this was asked: then it is not asked again, though the verdict may still hang on
    /// it, as where nobody knows.
    fn has(&self, asked: &AskedView) -> bool {
        self.answered
            .answers
            .iter()
            .any(|given| (&given.relation, &given.arguments) == (&asked.relation, &asked.arguments))
    }
}

impl SettledView {
    /// What the answer between `before` and `after` settled; `asked` is its question.
    pub fn between(before: &InterviewView, after: &InterviewView, asked: &AskedView) -> Self {
        let same = |one: &AskedView, other: &AskedView| {
            (&one.relation, &one.arguments) == (&other.relation, &other.arguments)
        };
        let needless =
            |was: &&AskedView| !same(was, asked) && !after.questions.iter().any(|is| same(is, was));
        let needless = before.questions.iter().filter(needless);
        let (was, is) = (&before.verdict.conditions, &after.verdict.conditions);
        let changed = is.iter().filter(|condition| !was.contains(condition));
        Self {
            norms: norm_changes(&before.verdict.norms, &after.verdict.norms),
            conditions: changed.cloned().collect(),
            needless: needless.map(|asked| asked.text.clone()).collect(),
        }
    }
}

impl Reasoner {
    /// Where an interview stands: the verdict so far and what is still to be asked, the best
    /// question first. What contradicts the facts, or cannot be, is refused with the reasons.
    pub fn interview(&mut self, interview: &Interview) -> Result<InterviewView, Vec<Diagnostic>> {
        let (text, unrecorded) = self.written(interview)?;
        let case = self.case_with(&text)?;
        let declared = case.universe.clone();
        let as_they_are = std::mem::replace(&mut self.case, case);
        let found = match &unrecorded {
            Some(own) if self.case.acts.values().any(|act| act.name == own.id) => {
                self.find_act(&own.id)
            }
            _ => self.find_act(interview.act()),
        };
        let view = found
            .and_then(|found| self.standing(interview, &found, unrecorded.as_ref(), &declared));
        self.case = as_they_are;
        view
    }

    /// The text of a file of facts that says what was answered, and that [`Self::resume`] reads.
    pub fn answers_of(&mut self, interview: &Interview) -> Result<String, Vec<Diagnostic>> {
        Ok(self.written(interview)?.0)
    }

    /// The interview whose answers a file holds; none where the file is not, to the letter, what
    /// an interview wrote.
    pub fn resume(&mut self, path: &Path) -> Result<Option<Interview>, OpenError> {
        let text = read_text(path)?.unwrap_or_default();
        let interview = Answered::read(&text).map(|answered| Interview { answered });
        Ok(interview.filter(|found| {
            let written = self.answers_of(found);
            written.is_ok_and(|written| written == text)
        }))
    }

    /// The facts with those of a text, and what is supposed.
    fn case_with(&mut self, text: &str) -> Result<Case, Vec<Diagnostic>> {
        let mut files = self.facts.clone();
        files.extend(add_texts([(ANSWERS, text)], &mut self.sources));
        let universe = self.named.clone();
        let (case, diagnostics) =
            load_facts(&self.program, universe, &self.sources, &files, self.as_of);
        let mut case = case.ok_or(diagnostics)?;
        self.suppose_in(&mut case)?;
        Ok(case)
    }

    /// The text of the answers; and the act, where nobody recorded it.
    fn written(
        &mut self,
        interview: &Interview,
    ) -> Result<(String, Option<Unrecorded>), Vec<Diagnostic>> {
        let found = self.find_act(interview.act())?;
        let unrecorded = self.unrecorded(&found);
        let text = interview.answered.write(&self.program, unrecorded.as_ref());
        Ok((text, unrecorded))
    }

    /// How a file of facts would record a described act.
    fn unrecorded(&self, found: &FoundAct) -> Option<Unrecorded> {
        let FoundAct::Described(description, _) = found else {
            return None;
        };
        let phrases = self.phrases();
        let row = &self.program.actions[description.action];
        let mut keys = Vec::new();
        match row.situation {
            Some(relation) => {
                let arguments: Vec<_> = description.arguments.iter().copied().map(Some).collect();
                keys.push(("situation", phrases.tuple(relation, &arguments)));
            }
            None => keys.push(("action", row.name.clone())),
        }
        for &(role, value) in &description.roles {
            let mut own = row.roles.iter();
            let sort = own.find_map(|own| (own.role == role).then_some(own.sort));
            keys.push((
                role.word(),
                phrases.value(sort.unwrap_or(SortId::ACTOR), value),
            ));
        }
        let words: Vec<_> = keys.iter().map(|(_, value)| value.as_str()).collect();
        let mut id = words.join("-");
        while self.case.acts.values().any(|act| act.name == id) {
            id.push('*');
        }
        Some(Unrecorded { id, keys })
    }

    fn standing(
        &self,
        interview: &Interview,
        found: &FoundAct,
        unrecorded: Option<&Unrecorded>,
        declared: &Universe,
    ) -> Result<InterviewView, Vec<Diagnostic>> {
        let phrases = self.phrases();
        let timeline = self.timeline();
        let mut judge = self.judge(&timeline);
        let act = found.value(&mut judge);
        let (Some(record), Some(judgement)) = (judge.act(act).cloned(), judge.judge(act)) else {
            return Err(Vec::new());
        };
        self.sound_at(&mut judge, [record.at])?;
        let questions = judge.open_questions(act);
        let known: Vec<_> = questions
            .iter()
            .map(|question| known(&mut judge, question, record.at))
            .collect();
        let asker = Asker {
            reader: Reader::new(&judge, &phrases),
            act,
            unrecorded,
            declared,
        };
        let (assumed, retracted) = self.suppositions();
        let mut view = InterviewView {
            assumed: assumed.to_vec(),
            retracted: retracted.to_vec(),
            verdict: asker.reader.verdict(&record, found.name(), &judgement),
            questions: Vec::new(),
            still_open: Vec::new(),
            unanswerable: Vec::new(),
        };
        for (question, known) in questions.iter().zip(&known) {
            let (asked, answerable) = asker.asked(question, known);
            let place = if !answerable {
                &mut view.unanswerable
            } else if interview.has(&asked) {
                &mut view.still_open
            } else {
                &mut view.questions
            };
            place.push(asked);
        }
        // What cannot be answered with "no" is asked last: other answers may make it needless.
        let never_none =
            |asked: &AskedView| matches!(asked.wants, Wants::Which { none: false, .. });
        view.questions.sort_by_key(never_none);
        Ok(view)
    }
}

/// Puts questions into words.
struct Asker<'r, 'p> {
    reader: Reader<'r, 'p>,
    /// What is asked about.
    act: Value,
    unrecorded: Option<&'r Unrecorded>,
    /// The individuals that some fact or policy declares.
    declared: &'r Universe,
}

impl Asker<'_, '_> {
    /// A question as it is shown, and whether a file of facts can state an answer; `known` are
    /// the values that certainly hold of the row that it asks for.
    fn asked(&self, question: &Question, known: &[Value]) -> (AskedView, bool) {
        let speaker = self.reader.speaker;
        let program = speaker.judge.program();
        let row = &program.relations[question.atom.relation];
        let columns = row.columns.iter().map(|column| column.sort);
        let columns: Vec<_> = columns.zip(&question.atom.terms).collect();
        let name = |&(sort, term): &(SortId, &Term)| match term {
            Term::Constant(value) => Some(self.name(sort, *value)),
            Term::Variable(_) | Term::Any => None,
        };
        let arguments: Vec<_> = columns.iter().map(name).collect();
        let open: Vec<_> = columns
            .iter()
            .filter(|(_, term)| !matches!(term, Term::Constant(_)))
            .map(|&(sort, _)| sort)
            .collect();
        let (wants, stated) = self.wants(question, open.len());
        let new = columns
            .iter()
            .zip(&arguments)
            .filter_map(|((sort, _), name)| {
                let name = name.as_ref()?;
                let is_entity =
                    program.sorts[*sort].kind == SortKind::Entity && *sort != SortId::ACT;
                (is_entity && self.declared.get(*sort, name).is_none()).then(|| name.clone())
            });
        let sort = open.first().copied();
        let asked = AskedView {
            relation: match row.kind {
                RelationKind::Role(role) => role.word().to_owned(),
                _ => row.name.clone(),
            },
            new: new.collect(),
            arguments,
            atom: speaker.atom(&question.atom),
            text: speaker.in_words(&question.atom, false),
            norms: question
                .norms
                .iter()
                .map(|&it| self.reader.cited(it))
                .collect(),
            wants,
            sort: sort.map(|sort| program.sorts[sort].name.clone()),
            is_value: sort.is_some_and(|sort| !is_named(program.sorts[sort].kind)),
            known: sort.map_or_else(Vec::new, |sort| {
                known.iter().map(|&value| self.name(sort, value)).collect()
            }),
            choices: sort.map_or_else(Vec::new, |sort| self.choices(sort)),
        };
        let recorded = columns
            .iter()
            .zip(&asked.arguments)
            .all(|((sort, _), name)| {
                let known = |name: &String| {
                    let own = self.unrecorded.is_some_and(|own| own.id == *name);
                    own || self.declared.get(SortId::ACT, name).is_some()
                };
                *sort != SortId::ACT || name.as_ref().is_none_or(known)
            });
        (asked, stated && recorded)
    }

    /// What kind of answer a question takes, `open` of whose columns are asked for; and whether
    /// a file of facts can state it.
    fn wants(&self, question: &Question, open: usize) -> (Wants, bool) {
        let row = &self.reader.speaker.judge.program().relations[question.atom.relation];
        let of_unrecorded = self.unrecorded.is_some()
            && question.atom.terms.first() == Some(&Term::Constant(self.act));
        if let RelationKind::Role(_) = row.kind {
            let wants = Wants::Which {
                one: true,
                none: true,
            };
            return (wants, of_unrecorded);
        }
        if open == 0 {
            return (Wants::Whether, true);
        }
        let wants = Wants::Which {
            one: row.single_valued,
            none: closes(row, question) && (!is_of_act(row) || of_unrecorded),
        };
        (wants, open == 1)
    }

    fn name(&self, sort: SortId, value: Value) -> String {
        match self.unrecorded {
            Some(own) if sort == SortId::ACT && value == self.act => own.id.clone(),
            _ => self.reader.speaker.name(sort, value),
        }
    }

    fn choices(&self, sort: SortId) -> Vec<String> {
        let kind = self.reader.speaker.judge.program().sorts[sort].kind;
        let names = self.declared.names(sort).filter(|_| is_named(kind));
        names.map(str::to_owned).collect()
    }
}

/// Whether the values of a sort have names.
fn is_named(kind: SortKind) -> bool {
    matches!(kind, SortKind::Entity | SortKind::Enumerated)
}

/// Whether a list in the facts can be the whole answer.
fn closes(row: &Relation, question: &Question) -> bool {
    row.arity() == 2
        && matches!(
            question.atom.terms.as_slice(),
            [Term::Constant(_), Term::Any]
        )
}

fn is_of_act(row: &Relation) -> bool {
    row.columns
        .first()
        .is_some_and(|column| column.sort == SortId::ACT)
}

/// What certainly holds of the row that a question asks for.
fn known(judge: &mut Judge<'_>, question: &Question, at: i64) -> Vec<Value> {
    if !closes(&judge.program().relations[question.atom.relation], question) {
        return Vec::new();
    }
    let pattern = pattern_of(&question.atom, &Vec::new());
    let session = judge.session_at(at);
    let rows = session.certain_matching(question.atom.relation, &pattern);
    rows.into_iter()
        .filter_map(|row| row.last().copied())
        .collect()
}
