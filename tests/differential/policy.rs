//! Tiny policies and what is known in a case, read off a tape of choices so that they shrink; and
//! how they are written down.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Named actors; one more, a stranger, is in every domain.
pub(crate) const ACTORS: usize = 2;
/// Named pieces of content.
pub(crate) const CONTENTS: usize = 2;
/// The actor whom nobody named.
pub(crate) const STRANGER: usize = ACTORS;

/// Choices, the first ones first; zeros when they have run out.
#[derive(Clone, Debug)]
pub(crate) struct Tape {
    choices: Vec<u32>,
    at: usize,
}

impl Tape {
    pub(crate) fn new(choices: Vec<u32>) -> Self {
        Self { choices, at: 0 }
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let choice = self.choices.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        choice as usize % bound.max(1)
    }

    /// Yes in `percent` of the cases.
    fn chance(&mut self, percent: usize) -> bool {
        99 - self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// A relation of every policy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Relation {
    /// Closed, of content.
    Kit,
    /// Open, of content.
    Urgent,
    /// Open, of content.
    Vetted,
    /// Closed, of actors.
    Leads,
    /// Open, of actors.
    Wary,
    /// Closed, of content and actors.
    Backs,
    /// Open, of content and actors.
    Omits,
    /// Of content: follows from closed relations.
    Tied,
    /// Of content: follows from open relations, in two ways.
    Loud,
}

pub(crate) use Relation::{Backs, Kit, Leads, Loud, Omits, Tied, Urgent, Vetted, Wary};

/// What follows from what.
const RULES: &str = "
tied(C) :- backs(C, P), leads(P).
loud(C) :- urgent(C), not vetted(C).
loud(C) :- omits(C, P), leads(P).
";

impl Relation {
    /// Those that facts state.
    const STATED: [Self; 7] = [Kit, Urgent, Vetted, Leads, Wary, Backs, Omits];
    const DERIVED: [Self; 2] = [Tied, Loud];

    fn all() -> impl Iterator<Item = Self> {
        Self::STATED.into_iter().chain(Self::DERIVED)
    }

    /// The relations that it follows from.
    pub(crate) fn premises(self) -> &'static [Self] {
        match self {
            Tied => &[Backs, Leads],
            Loud => &[Urgent, Vetted, Omits, Leads],
            _ => &[],
        }
    }

    pub(crate) fn is_open(self) -> bool {
        matches!(self, Urgent | Vetted | Wary | Omits)
    }

    fn name(self) -> &'static str {
        match self {
            Kit => "kit",
            Urgent => "urgent",
            Vetted => "vetted",
            Leads => "leads",
            Wary => "wary",
            Backs => "backs",
            Omits => "omits",
            Tied => "tied",
            Loud => "loud",
        }
    }

    /// The relation of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::all().find(|relation| relation.name() == name)
    }

    fn columns(self) -> &'static [&'static str] {
        match self {
            Kit | Urgent | Vetted | Tied | Loud => &["content"],
            Leads | Wary => &["actor"],
            Backs | Omits => &["content", "actor"],
        }
    }
}

/// An atom with the indexes of individuals.
pub(crate) type Atom = (Relation, Vec<usize>);

/// A variable: who acts and on what, one that `when` binds, one of `unless` alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Variable {
    By,
    Of,
    Person,
    Other,
}

use Variable::{By, Of, Other, Person};

impl Variable {
    fn name(self) -> &'static str {
        match self {
            By => "S",
            Of => "C",
            Person => "P",
            Other => "Q",
        }
    }
}

/// `[not] R(…)`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Literal {
    pub(crate) negated: bool,
    pub(crate) relation: Relation,
    pub(crate) terms: Vec<Variable>,
}

/// One condition of a conjunction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Condition {
    Literal(Literal),
    Or(Literal, Literal),
    /// `P != S`.
    Differ,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Effect {
    Forbid,
    Permit,
    Require(Literal),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Per {
    Nothing,
    Act,
    Person,
}

/// A document: jurisdiction, rank (the lesser the higher), year in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Document {
    pub(crate) name: &'static str,
    pub(crate) jurisdiction: &'static str,
    rank: &'static str,
    pub(crate) level: u8,
    pub(crate) year: u16,
}

/// The documents of every policy.
pub(crate) const DOCUMENTS: [Document; 4] = [
    document("house", "east", "guideline", 5, 2010),
    document("desk", "east", "guideline", 5, 2015),
    document("order", "east", "directive", 4, 2005),
    document("west", "west", "guideline", 5, 2010),
];

const fn document(
    name: &'static str,
    jurisdiction: &'static str,
    rank: &'static str,
    level: u8,
    year: u16,
) -> Document {
    Document {
        name,
        jurisdiction,
        rank,
        level,
        year,
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Norm {
    /// An index into [`DOCUMENTS`].
    pub(crate) document: usize,
    pub(crate) effect: Effect,
    pub(crate) per: Per,
    pub(crate) when: Vec<Condition>,
    pub(crate) unless: Vec<Vec<Condition>>,
    /// Indexes of norms before it.
    pub(crate) overrides: Vec<usize>,
}

/// A policy with what is known in a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Case {
    pub(crate) norms: Vec<Norm>,
    /// What is stated; of a closed relation what is not stated is false.
    pub(crate) stated: BTreeMap<Atom, bool>,
    /// For each piece of content whether the facts say whom else it omits: nobody.
    pub(crate) closed: [bool; CONTENTS],
}

impl Case {
    /// The case that a tape describes.
    pub(crate) fn read(tape: &mut Tape) -> Self {
        let mut norms: Vec<Norm> = Vec::new();
        for _ in 0..=tape.below(6) {
            let norm = norm(tape, &norms);
            norms.push(norm);
        }
        let mut stated = BTreeMap::new();
        for relation in Relation::STATED {
            for tuple in tuples(relation) {
                let choice = tape.below(10);
                let value = match choice {
                    0..=2 => Some(true),
                    3..=5 => Some(false),
                    _ if relation.is_open() => None,
                    _ => Some(choice.is_multiple_of(2)),
                };
                if let Some(value) = value.filter(|&value| value || relation.is_open()) {
                    stated.insert((relation, tuple), value);
                }
            }
        }
        let closed = [tape.chance(40), tape.chance(40)];
        Self {
            norms,
            stated,
            closed,
        }
    }

    /// The case in which these atoms, as in a policy, hold or do not; `None` if one of them speaks
    /// of someone without a name.
    pub(crate) fn with(&self, answers: &[(String, bool)]) -> Option<Self> {
        let mut further = self.clone();
        for (atom, holds) in answers {
            let (name, rest) = atom.split_once('(')?;
            let relation = Relation::named(name)?;
            let terms = rest.trim_end_matches(')').split(", ");
            let tuple: Option<Vec<usize>> = terms.map(|term| term[1..].parse().ok()).collect();
            further.stated.insert((relation, tuple?), *holds);
        }
        Some(further)
    }

    /// The case in which these atoms, the stranger's too, are so.
    pub(crate) fn completed(&self, world: &BTreeMap<Atom, bool>) -> Self {
        let mut completed = self.clone();
        let world = world.iter().map(|(atom, &holds)| (atom.clone(), holds));
        completed.stated.extend(world);
        completed
    }

    /// Whether an atom holds where what is unknown is as in `world`, and false beyond it.
    pub(crate) fn holds(&self, world: &BTreeMap<Atom, bool>, atom: &Atom) -> bool {
        let stated = |atom: &Atom| {
            let known = self.known(atom).or(world.get(atom).copied());
            Some(known.unwrap_or(false))
        };
        derived(atom, &stated).or_else(|| stated(atom)) == Some(true)
    }

    /// What the facts say of an atom; `None` is unknown.
    pub(crate) fn known(&self, atom: &Atom) -> Option<bool> {
        let (relation, tuple) = atom;
        if !relation.premises().is_empty() {
            return derived(atom, &|premise| self.known(premise));
        }
        let silent = match relation {
            Omits => tuple.first().is_some_and(|&content| self.closed[content]),
            open => !open.is_open(),
        };
        let stated = self.stated.get(atom).copied();
        stated.or(silent.then_some(false))
    }

    /// The policy, its norms in the order that `order` gives.
    pub(crate) fn policy(&self, order: &[usize]) -> String {
        let mut text = String::new();
        for document in DOCUMENTS {
            let Document {
                name,
                jurisdiction,
                rank,
                year,
                ..
            } = document;
            let _ = writeln!(
                text,
                "document {name} jurisdiction {jurisdiction} publisher office rank {rank} in force from {year}-01-01."
            );
        }
        for relation in Relation::all() {
            let open = if relation.is_open() { "open " } else { "" };
            let columns = relation.columns();
            let columns: Vec<_> = columns
                .iter()
                .map(|sort| format!("{sort}: {sort}"))
                .collect();
            let _ = writeln!(
                text,
                "{open}relation {}({}).",
                relation.name(),
                columns.join(", ")
            );
        }
        text.push_str(RULES);
        text.push_str("action post(by: actor, of: content).\n");
        for &index in order {
            let _ = writeln!(text, "{}", self.written(index));
        }
        text
    }

    /// The id of a norm.
    pub(crate) fn id(&self, index: usize) -> String {
        let document = DOCUMENTS[self.norms[index].document];
        format!("{}/{}", document.name, index + 1)
    }

    fn written(&self, index: usize) -> String {
        let norm = &self.norms[index];
        let mut body = String::new();
        if !norm.when.is_empty() {
            let _ = write!(body, " when {}", conjunction(&norm.when));
        }
        for alternative in &norm.unless {
            let _ = write!(body, " unless {}", conjunction(alternative));
        }
        let required = match &norm.effect {
            Effect::Require(literal) => written(literal),
            _ => String::new(),
        };
        let mentioned = format!("{required}{body}");
        let mut pattern = "post".to_owned();
        for (role, variable) in [("by", "S"), ("of", "C")] {
            let used = [format!("({variable}"), format!(" {variable}")];
            if used.iter().any(|used| mentioned.contains(used)) {
                let _ = write!(pattern, " {role} {variable}");
            }
        }
        let mut text = format!("norm {} ", self.id(index));
        let _ = match &norm.effect {
            Effect::Forbid => write!(text, "forbid {pattern}"),
            Effect::Permit => write!(text, "permit {pattern}"),
            Effect::Require(_) => write!(text, "require {required} for {pattern}"),
        };
        text.push_str(match norm.per {
            Per::Nothing => "",
            Per::Act => " per act",
            Per::Person => " per P",
        });
        text.push_str(&body);
        let overrides: Vec<_> = norm.overrides.iter().map(|&other| self.id(other)).collect();
        if !overrides.is_empty() {
            let _ = write!(text, " overrides {}", overrides.join(", "));
        }
        text.push('.');
        text
    }

    /// The facts, with every act there can be; with `backwards` each list the other way round.
    pub(crate) fn facts(&self, backwards: bool) -> String {
        let turned = |mut list: Vec<String>| {
            if backwards {
                list.reverse();
            }
            list.join(", ")
        };
        let actors = (0..ACTORS).map(|actor| format!("\"a{actor}\""));
        let contents = (0..CONTENTS).map(|content| {
            if !self.closed[content] {
                return format!("\"c{content}\"");
            }
            let omitted = (0..ACTORS)
                .filter(|&actor| self.known(&(Omits, vec![content, actor])) == Some(true))
                .map(|actor| format!("\"a{actor}\""));
            let omitted = turned(omitted.collect());
            format!("{{ \"id\": \"c{content}\", \"omits\": [{omitted}] }}")
        });
        let mut sections: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for ((relation, tuple), &value) in &self.stated {
            let in_row = *relation == Omits && self.closed[tuple[0]];
            if !in_row {
                let not = if value { "" } else { "not " };
                let names = tuple.iter().zip(relation.columns());
                let names: Vec<_> = names
                    .map(|(index, sort)| format!("\"{}{index}\"", &sort[..1]))
                    .collect();
                let section = sections.entry(format!("{not}{}", relation.name()));
                section.or_default().push(format!("[{}]", names.join(", ")));
            }
        }
        let sections = sections
            .into_iter()
            .map(|(name, rows)| format!("\"{name}\": [{}]", turned(rows)));
        let acts = acts().map(|(by, of)| {
            format!("{{ \"id\": \"{by}-{of}\", \"action\": \"post\", \"by\": \"a{by}\", \"of\": \"c{of}\" }}")
        });
        format!(
            "{{ \"actors\": [{}], \"content\": [{}], \"relations\": {{ {} }}, \"acts\": [{}] }}",
            turned(actors.collect()),
            turned(contents.collect()),
            turned(sections.collect()),
            turned(acts.collect())
        )
    }
}

/// Whether an atom that follows from others does, if it is one; `None` where that is unknown. No
/// premise stands in two places, so what is known of each tells what is known of it.
fn derived((relation, tuple): &Atom, known: &dyn Fn(&Atom) -> Option<bool>) -> Option<bool> {
    let all = |premises: &[(Relation, Vec<usize>, bool)]| {
        let known = premises.iter().map(|(relation, tuple, holds)| {
            known(&(*relation, tuple.clone())).map(|own| own == *holds)
        });
        known.min_by_key(|own| match own {
            Some(false) => 0,
            None => 1,
            Some(true) => 2,
        })?
    };
    let of = *tuple.first()?;
    let some_leader = |relation: Relation| {
        let leader = |actor| {
            all(&[
                (relation, vec![of, actor], true),
                (Leads, vec![actor], true),
            ])
        };
        (0..ACTORS).map(leader).collect::<Vec<_>>()
    };
    let ways = match relation {
        Tied => some_leader(Backs),
        Loud => {
            let mut ways = some_leader(Omits);
            ways.push(all(&[(Urgent, vec![of], true), (Vetted, vec![of], false)]));
            ways
        }
        _ => return None,
    };
    if ways.contains(&Some(true)) {
        Some(true)
    } else if ways.contains(&None) {
        None
    } else {
        Some(false)
    }
}

/// Who posts what, of every act there can be.
pub(crate) fn acts() -> impl Iterator<Item = (usize, usize)> {
    (0..ACTORS).flat_map(|by| (0..CONTENTS).map(move |of| (by, of)))
}

/// All tuples of named individuals.
fn tuples(relation: Relation) -> Vec<Vec<usize>> {
    match relation {
        Kit | Urgent | Vetted | Tied | Loud => (0..CONTENTS).map(|content| vec![content]).collect(),
        Leads | Wary => (0..ACTORS).map(|actor| vec![actor]).collect(),
        Backs | Omits => (0..CONTENTS)
            .flat_map(|content| (0..ACTORS).map(move |actor| vec![content, actor]))
            .collect(),
    }
}

fn norm(tape: &mut Tape, before: &[Norm]) -> Norm {
    let document = tape.pick(&[0, 0, 0, 1, 2, 3]);
    let names_person = tape.chance(40);
    let mut when = Vec::new();
    if names_person {
        let relation = tape.pick(&[Omits, Backs]);
        when.push(Condition::Literal(positive(relation, &[Of, Person])));
        when.push(of_person(tape));
    }
    for _ in 0..tape.below(3) {
        when.push(if tape.chance(25) {
            Condition::Or(of_act(tape), of_act(tape))
        } else {
            Condition::Literal(of_act(tape))
        });
    }
    let mut unless = Vec::new();
    for _ in 0..tape.pick(&[0, 0, 1, 1, 2]) {
        unless.push(match tape.below(3) {
            0 => vec![Condition::Literal(of_act(tape))],
            1 => vec![
                Condition::Literal(of_act(tape)),
                Condition::Literal(of_act(tape)),
            ],
            _ => vec![
                Condition::Literal(positive(tape.pick(&[Omits, Backs]), &[Of, Other])),
                Condition::Literal(Literal {
                    negated: tape.chance(40),
                    ..positive(tape.pick(&[Wary, Leads]), &[Other])
                }),
            ],
        });
    }
    let effect = match tape.below(5) {
        0 | 1 => Effect::Forbid,
        2 | 3 => Effect::Permit,
        _ => Effect::Require(match tape.below(3) {
            0 if names_person => positive(Wary, &[Person]),
            1 => positive(Wary, &[By]),
            _ => positive(tape.pick(&[Urgent, Vetted]), &[Of]),
        }),
    };
    let own = DOCUMENTS[document];
    let overrides = (0..before.len())
        .filter(|&other| {
            let other = DOCUMENTS[before[other].document];
            other.jurisdiction != own.jurisdiction || other.level >= own.level
        })
        .filter(|_| tape.chance(35))
        .collect();
    Norm {
        document,
        effect,
        per: match (names_person, tape.chance(60)) {
            (false, _) => Per::Nothing,
            (true, true) => Per::Person,
            (true, false) => Per::Act,
        },
        when,
        unless,
        overrides,
    }
}

fn positive(relation: Relation, terms: &[Variable]) -> Literal {
    Literal {
        negated: false,
        relation,
        terms: terms.to_vec(),
    }
}

/// A literal about who acts, or on what.
fn of_act(tape: &mut Tape) -> Literal {
    let (relation, terms): (_, &[_]) = match tape.below(10) {
        0 | 1 => (Urgent, &[Of]),
        2 | 3 => (Vetted, &[Of]),
        4 => (Wary, &[By]),
        5 => (Kit, &[Of]),
        6 => (Leads, &[By]),
        7 => (Tied, &[Of]),
        8 => (Loud, &[Of]),
        _ => (tape.pick(&[Omits, Backs]), &[Of, By]),
    };
    Literal {
        negated: tape.chance(35),
        ..positive(relation, terms)
    }
}

fn of_person(tape: &mut Tape) -> Condition {
    let (relation, terms): (_, &[_]) = match tape.below(5) {
        0 => return Condition::Differ,
        1 => (Leads, &[Person]),
        2 => (tape.pick(&[Omits, Backs]), &[Of, Person]),
        _ => (Wary, &[Person]),
    };
    Condition::Literal(Literal {
        negated: tape.chance(35),
        ..positive(relation, terms)
    })
}

fn conjunction(conditions: &[Condition]) -> String {
    let conditions = conditions.iter().map(|condition| match condition {
        Condition::Literal(literal) => written(literal),
        Condition::Or(left, right) => format!("({} or {})", written(left), written(right)),
        Condition::Differ => "P != S".to_owned(),
    });
    conditions.collect::<Vec<_>>().join(", ")
}

fn written(literal: &Literal) -> String {
    let not = if literal.negated { "not " } else { "" };
    let terms: Vec<_> = literal.terms.iter().map(|term| term.name()).collect();
    format!("{not}{}({})", literal.relation.name(), terms.join(", "))
}
