//! Answers of an interview as a file of facts: what they state, in the ordinary format, and under
//! `$interview` the answers as they were given, so that the interview can go on from them.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::lang::ast::Role;
use crate::program::{Program, RelationId, SortId, SortKind};

/// The version of `$interview`.
const SCHEMA: &str = "attendu.interview/1";

/// What was answered about one act, in order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// `attendu.interview/1`.
    schema: String,
    /// The act, by its id or described.
    pub act: String,
    /// The answers.
    pub answers: Vec<Given>,
}

/// A question with its answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The relation that was asked about, or a role of the act.
    pub relation: String,
    /// Its arguments as names without quotes; none for what was asked for.
    pub arguments: Vec<Option<String>>,
    /// The answer.
    pub answer: Answer,
    /// Those of the names in question and answer that nothing had declared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub new: Vec<String>,
}

/// An answer to a question.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// To whether an atom holds.
    Word(Word),
    /// To for whom, or for what: for these, and where the row can be closed for no others.
    These(Vec<String>),
}

/// An answer in a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// That is not known.
    NotKnown,
}

/// The act of an interview, where the facts do not record it and answers speak of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unrecorded {
    /// The id that answers call it by.
    pub id: String,
    /// Its action or situation, and its roles.
    pub keys: Vec<(&'static str, String)>,
}

impl Answered {
    /// No answers about `act` yet.
    pub fn new(act: impl Into<String>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            act: act.into(),
            answers: Vec::new(),
        }
    }

    /// What stands under `$interview` in the text of a file; none where nothing of the kind does.
    pub fn read(text: &str) -> Option<Self> {
        let file: Value = serde_json::from_str(text).ok()?;
        let found = Self::deserialize(file.get("$interview")?).ok()?;
        (found.schema == SCHEMA).then_some(found)
    }

    /// The text of a file of facts. Answers that the vocabulary cannot state are left to
    /// `$interview`.
    pub fn write(&self, program: &Program, act: Option<&Unrecorded>) -> String {
        let mut file = File {
            program,
            act,
            sections: IndexMap::new(),
            relations: IndexMap::new(),
        };
        for given in &self.answers {
            file.say(given);
        }
        let mut text = serde_json::to_string_pretty(&file.finish(self)).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// A file of facts as it grows.
struct File<'f> {
    program: &'f Program,
    act: Option<&'f Unrecorded>,
    /// By sort, individuals with what their keys say.
    sections: IndexMap<String, IndexMap<String, Map<String, Value>>>,
    relations: IndexMap<String, Vec<Value>>,
}

impl File<'_> {
    fn finish(self, answered: &Answered) -> Value {
        let mut file = Map::new();
        file.insert("$interview".to_owned(), json!(answered));
        for (sort, individuals) in self.sections {
            let objects = individuals.into_values().map(Value::Object);
            file.insert(sort, Value::Array(objects.collect()));
        }
        if !self.relations.is_empty() {
            file.insert("relations".to_owned(), json!(self.relations));
        }
        Value::Object(file)
    }

    fn say(&mut self, given: &Given) {
        self.mention(given);
        let relation = self.program.relation_named(&given.relation);
        match (&given.answer, relation) {
            (Answer::Word(Word::NotKnown), _) | (Answer::Word(_), None) => {}
            (Answer::Word(word), Some(relation)) => {
                let not = if *word == Word::No { "not " } else { "" };
                self.tuple(not, relation, given, "");
            }
            (Answer::These(names), Some(relation)) => self.these(relation, given, names),
            (Answer::These(names), None) => self.role(given, names),
        }
    }

    /// What has to be declared before the answer can speak of it.
    fn mention(&mut self, given: &Given) {
        let relation = self.program.relation_named(&given.relation);
        let columns = relation.map(|relation| self.program.relations[relation].columns.iter());
        for (column, argument) in columns.into_iter().flatten().zip(&given.arguments) {
            let names = match (&given.answer, argument) {
                (_, Some(name)) => std::slice::from_ref(name),
                (Answer::These(names), None) => names,
                (Answer::Word(_), None) => &[],
            };
            for name in names.iter().filter(|name| given.new.contains(name)) {
                self.individual(column.sort, name);
            }
        }
        if let Some(act) = self.act
            && given.arguments.iter().flatten().any(|name| *name == act.id)
        {
            let keys: Vec<_> = act.keys.iter().map(|(key, value)| (*key, value)).collect();
            let object = self.individual(SortId::ACT, &act.id);
            for (key, value) in keys {
                object
                    .entry(key.to_owned())
                    .or_insert_with(|| value.as_str().into());
            }
        }
    }

    fn individual(&mut self, sort: SortId, id: &str) -> &mut Map<String, Value> {
        let name = self.program.sorts[sort].name.clone();
        let section = self.sections.entry(name).or_default();
        section.entry(id.to_owned()).or_insert_with(|| {
            let mut object = Map::new();
            object.insert("id".to_owned(), id.into());
            object
        })
    }

    /// The answer to for whom: the row where facts can close it, else a tuple for each.
    fn these(&mut self, relation: RelationId, given: &Given, names: &[String]) {
        let row = &self.program.relations[relation];
        let (Some(subject), Some(first), Some(last)) = (
            given.arguments.first().and_then(Option::as_deref),
            row.columns.first().map(|column| column.sort),
            row.columns.last().map(|column| column.sort),
        ) else {
            return self.tuples(relation, given, names);
        };
        let own = self.act.is_some_and(|act| act.id == subject);
        if row.row_key() != Some(1) || row.arity() != 2 || (first == SortId::ACT && !own) {
            return self.tuples(relation, given, names);
        }
        let values: Vec<_> = names.iter().map(|name| self.value(last, name)).collect();
        let (subject, key) = (subject.to_owned(), row.name.clone());
        self.individual(first, &subject).insert(key, values.into());
    }

    fn tuples(&mut self, relation: RelationId, given: &Given, names: &[String]) {
        for name in names {
            self.tuple("", relation, given, name);
        }
    }

    /// A tuple, `name` standing for what was asked for.
    fn tuple(&mut self, not: &str, relation: RelationId, given: &Given, name: &str) {
        let row = &self.program.relations[relation];
        let columns = row.columns.iter().zip(&given.arguments);
        let tuple: Vec<_> = columns
            .map(|(column, argument)| self.value(column.sort, argument.as_deref().unwrap_or(name)))
            .collect();
        let rows = self.relations.entry(format!("{not}{}", row.name));
        rows.or_default().push(tuple.into());
    }

    /// What fills a role of the act; nothing where no name is given.
    fn role(&mut self, given: &Given, names: &[String]) {
        let Some(act) = self
            .act
            .filter(|_| Role::from_word(&given.relation).is_some())
        else {
            return;
        };
        let filler = names.first().map_or_else(|| json!([]), |name| json!(name));
        self.individual(SortId::ACT, &act.id)
            .insert(given.relation.clone(), filler);
    }

    fn value(&self, sort: SortId, name: &str) -> Value {
        let is_number = self.program.sorts[sort].kind == SortKind::Integer;
        let number = name.parse::<i64>().ok().filter(|_| is_number);
        number.map_or_else(|| name.into(), Into::into)
    }
}
