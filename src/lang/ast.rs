//! The text of a policy or a query as a tree with places. It says what was written, in the
//! order it was written, and nothing about what it means. The grammar is in `docs/language.md`.

use std::sync::Arc;

use crate::base::Span;

/// A value with the place where it was written.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub node: T,
    /// Where it stands.
    pub span: Span,
}

/// Equality is of what was written, not of where.
impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T: Eq> Eq for Spanned<T> {}

/// A name: `photo-1`, `kept_by`, `@roy`.
pub type Name = Spanned<String>;

/// A statement's id: `on-ministers/068b`, or `on-ministers/068/1` for a reparation.
pub type Reference = Spanned<String>;

/// A file: its statements in order, and the comments that belong to no statement's `///`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Program {
    /// The statements in order.
    pub statements: Vec<Statement>,
    /// Comments `//` at the end of the file, after the last statement, with blank lines as in
    /// [`Statement::comments`].
    pub trailing: Vec<String>,
}

/// One statement with what was written above it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// `//` comment lines above the statement, without the slashes, and those that the author
    /// put inside it, which `fmt` moves above. An empty string is a blank line of the text,
    /// also one right above the statement or its first comment; a comment line without words
    /// is one space.
    pub comments: Vec<String>,
    /// `///` lines above the statement, without the slashes: what the declaration means.
    pub doc: Vec<String>,
    /// A `//` comment behind the final full stop, on the same line.
    pub remark: Option<String>,
    /// What it states; shared with what is made of it.
    pub kind: Arc<StatementKind>,
    /// From the keyword to the full stop.
    pub span: StatementSpan,
}

/// The place of a statement; equal to any other, so that trees compare by content.
#[derive(Clone, Copy, Debug)]
pub struct StatementSpan(pub Span);

impl PartialEq for StatementSpan {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for StatementSpan {}

/// The kinds of statements, in the order of the grammar.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "most statements of a policy are norms, the largest kind"
)]
pub enum StatementKind {
    /// `sort purpose = official, employment.`
    Sort(Sort),
    /// `document on-ministers …`
    Document(Document),
    /// `open relation partisan(content: content) …`
    Relation(Relation),
    /// `action share(by: actor, …) is publish …`
    Action(Action),
    /// `define ID … head :- body …`
    Define(Define),
    /// `scope ID … governs …`
    Scope(Scope),
    /// `norm ID … forbid …`
    Norm(Norm),
    /// `note ID … because …`
    Note(Note),
    /// `never body.`
    Never(Never),
    /// `resolve by exception, superior, later.`
    Resolve(Vec<Name>),
    /// `head :- body.`
    Rule(Clause),
}

/// A sort, with its members where it is enumerated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sort {
    /// Its name.
    pub name: Name,
    /// Its members; `None` where facts declare them.
    pub members: Option<Vec<Name>>,
}

/// Words for readers, in two languages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Texts {
    /// English.
    pub en: Option<Spanned<String>>,
    /// French.
    pub fr: Option<Spanned<String>>,
}

/// A date or a date and time, as minutes since 1970-01-01T00:00.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    /// Minutes since 1970-01-01T00:00.
    pub minutes: i64,
    /// Whether a time of day was written.
    pub timed: bool,
}

/// A guideline. Clauses may come in any order and at most once each.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// Its name, the prefix of its statements' ids.
    pub name: Name,
    /// Its title.
    pub title: Texts,
    /// The legal order it belongs to.
    pub jurisdiction: Option<Name>,
    /// Who publishes it.
    pub publisher: Option<Name>,
    /// act, regulation, policy, directive or guideline.
    pub rank: Option<Name>,
    /// First day in force.
    pub from: Option<Spanned<Date>>,
    /// First day no longer in force.
    pub until: Option<Spanned<Date>>,
    /// The source text's file name and SHA-256.
    pub source: Option<(Spanned<String>, Spanned<String>)>,
}

/// A relation's declaration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Relation {
    /// Unknown, rather than false, where nothing says otherwise.
    pub open: bool,
    /// Nobody can change it.
    pub fixed: bool,
    /// Its name.
    pub name: Name,
    /// Its columns, without the value.
    pub parameters: Vec<Parameter>,
    /// The value of a single-valued relation: its last column.
    pub value: Option<Parameter>,
    /// The templates it is read with.
    pub texts: Texts,
}

/// A column: its name and sort.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameter {
    /// The column's name, which templates use.
    pub name: Name,
    /// Its sort.
    pub sort: Name,
}

/// The roles that an act can have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// Who acts.
    By,
    /// What is acted upon.
    Of,
    /// Where, usually an account.
    On,
    /// Towards whom or what.
    To,
    /// With what means.
    With,
    /// On whose behalf.
    For,
    /// When.
    At,
}

impl Role {
    /// All roles in the order in which acts are printed.
    pub const ALL: [Self; 7] = [
        Self::By,
        Self::Of,
        Self::On,
        Self::To,
        Self::With,
        Self::For,
        Self::At,
    ];

    /// The word for it in policies and facts.
    pub fn word(self) -> &'static str {
        match self {
            Self::By => "by",
            Self::Of => "of",
            Self::On => "on",
            Self::To => "to",
            Self::With => "with",
            Self::For => "for",
            Self::At => "at",
        }
    }

    /// The role that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// An action's declaration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Action {
    /// Its name.
    pub name: Name,
    /// Its roles in order.
    pub roles: Vec<ActionRole>,
    /// The actions that it is a way of.
    pub parents: Vec<Name>,
    /// What it is called.
    pub texts: Texts,
}

/// A role of an action.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActionRole {
    /// Which.
    pub role: Spanned<Role>,
    /// Marked `?`: an act may lack it.
    pub optional: bool,
    /// The sort of what fills it.
    pub sort: Name,
}

/// `[not] R(…) [:- body {unless body}]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clause {
    /// Concludes the negation of its head.
    pub negated: bool,
    /// What it concludes.
    pub head: Atom,
    /// When; empty for a fact.
    pub body: Vec<Literal>,
    /// Exceptions, each a conjunction.
    pub unless: Vec<Vec<Literal>>,
}

/// Line ranges of the source text that a statement cites, and its summary.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Header {
    /// Inclusive line ranges.
    pub lines: Vec<Spanned<(u32, u32)>>,
    /// The summary in our words.
    pub texts: Texts,
}

/// What one document lays down about a relation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Define {
    /// Its id.
    pub id: Reference,
    /// Citation and summary.
    pub header: Header,
    /// The rule.
    pub clause: Clause,
    /// Definitions that it sets aside.
    pub overrides: Vec<Reference>,
}

/// Whom or what a document governs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scope {
    /// Its id.
    pub id: Reference,
    /// Citation and summary.
    pub header: Header,
    /// `excludes` rather than `governs`.
    pub excludes: bool,
    /// The actions it speaks of; empty for all.
    pub actions: Vec<Name>,
    /// The roles it names.
    pub roles: Vec<RoleTerm>,
    /// When.
    pub when: Vec<Literal>,
    /// Exceptions.
    pub unless: Vec<Vec<Literal>>,
}

/// `by Who`, `on '@roy'`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoleTerm {
    /// Which role.
    pub role: Spanned<Role>,
    /// Who or what fills it.
    pub term: Term,
}

/// A norm.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Norm {
    /// Its id.
    pub id: Reference,
    /// Citation and summary.
    pub header: Header,
    /// What it lays down.
    pub effect: Spanned<Effect>,
    /// What an instance is counted by.
    pub per: Option<Per>,
    /// The deadline of a duty.
    pub within: Option<Within>,
    /// When.
    pub when: Vec<Literal>,
    /// Exceptions, each a conjunction.
    pub unless: Vec<Vec<Literal>>,
    /// Norms that it sets aside.
    pub overrides: Vec<Reference>,
    /// The reparation.
    pub otherwise: Option<Box<Otherwise>>,
}

/// `otherwise oblige target [within …] [otherwise …]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Otherwise {
    /// The duty.
    pub target: Target,
    /// Its deadline.
    pub within: Option<Within>,
    /// Its own reparation.
    pub otherwise: Option<Box<Otherwise>>,
    /// Where it stands.
    pub span: StatementSpan,
}

/// What a norm lays down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// `forbid T`.
    Forbid(Target),
    /// `permit T`.
    Permit(Target),
    /// `oblige T`.
    Oblige(Target),
    /// `discourage T`.
    Discourage(Target),
    /// `recommend T`.
    Recommend(Target),
    /// `require BODY for ACT`.
    Require(Vec<Literal>, Pattern),
    /// `consider ACT [raises|lowers concern]`.
    Consider(Pattern, Option<Direction>),
    /// `consequence ATOM`.
    Consequence(Atom),
}

/// Which way a factor weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// Raises concern.
    Raises,
    /// Lowers concern.
    Lowers,
}

/// What a norm is about. `not` stands before the whole: `permit not T`, need not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// `not` was written.
    pub negated: bool,
    /// Acts of a pattern, or a situation.
    pub kind: TargetKind,
}

/// Acts or a situation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TargetKind {
    /// Acts that match.
    Act(Pattern),
    /// That the atom holds.
    State {
        /// The situation.
        atom: Atom,
        /// Whose it is.
        by: Option<Term>,
        /// The acts that the advice is for (after recommend and discourage alone).
        purpose: Option<Pattern>,
    },
}

/// `[A:] action {or action} {role term}`; `any` is the root action.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern {
    /// The variable that stands for the act.
    pub label: Option<Name>,
    /// One or more actions.
    pub actions: Vec<Name>,
    /// The roles it names.
    pub roles: Vec<RoleTerm>,
}

/// What an instance is counted by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Per {
    /// `per act`: one for each act, said on purpose.
    Act,
    /// `per P, Q`.
    Variables(Vec<Name>),
}

/// `within 5 days after D`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Within {
    /// How many.
    pub amount: Spanned<i64>,
    /// Of what: minutes, hours, days, weeks, months, years.
    pub unit: Name,
    /// From when.
    pub after: Name,
}

/// A statement that is accounted for and derives nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// Its id.
    pub id: Reference,
    /// Citation and summary.
    pub header: Header,
    /// Why it derives nothing.
    pub reason: Reason,
    /// The acts it is shown with.
    pub purpose: Option<(Pattern, Vec<Literal>)>,
}

/// Why a note derives nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// It only informs.
    Informative,
    /// Another statement says the same.
    Duplicate(Reference),
    /// It points to a text that is not encoded.
    External(Spanned<String>),
}

/// What cannot be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Never {
    /// The conjunction that cannot hold.
    pub body: Vec<Literal>,
    /// Why.
    pub texts: Texts,
}

/// A relation applied to terms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Atom {
    /// The relation.
    pub relation: Name,
    /// Its arguments, at least one.
    pub terms: Vec<Term>,
    /// The whole of it.
    pub span: StatementSpan,
}

/// An argument.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// What it is.
    pub kind: TermKind,
    /// Where it stands.
    pub span: StatementSpan,
}

/// The kinds of arguments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TermKind {
    /// `Who`.
    Variable(String),
    /// `photo-1`, `'Roy Smith'`, `en`, `fr`.
    Symbol(String),
    /// `42`.
    Integer(i64),
    /// `2016-05-11`.
    Date(Date),
    /// `"text"`.
    Text(String),
    /// `_`.
    Any,
}

/// Words that ask about other acts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum StatusWord {
    /// Recorded as performed.
    Done,
    /// Recorded as planned.
    Planned,
    /// Known at all.
    Case,
    /// Judged permitted, conditions met.
    Permitted,
    /// Judged prohibited or in conflict.
    Prohibited,
    /// Performed though prohibited, or a duty not met.
    Breach,
    /// Undetermined, unregulated or in conflict.
    Unsettled,
}

impl StatusWord {
    /// All of them with their words.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Done, "done"),
        (Self::Planned, "planned"),
        (Self::Case, "case"),
        (Self::Permitted, "permitted"),
        (Self::Prohibited, "prohibited"),
        (Self::Breach, "breach"),
        (Self::Unsettled, "unsettled"),
    ];

    /// The word in policies.
    pub fn word(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|&(status, _)| status == self)
            .map_or("", |(_, word)| word)
    }
}

/// One condition of a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Literal {
    /// What it says.
    pub kind: LiteralKind,
    /// Where it stands.
    pub span: StatementSpan,
}

/// The kinds of conditions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LiteralKind {
    /// `[not] R(…)`.
    Atom {
        /// `not` was written.
        negated: bool,
        /// The atom.
        atom: Atom,
    },
    /// `[not] done(B: publish of C)`.
    Status {
        /// `not` was written.
        negated: bool,
        /// Which question.
        status: StatusWord,
        /// Of which acts.
        pattern: Pattern,
        /// By which document or norm alone: `under on-ops/051`.
        under: Option<Reference>,
    },
    /// `( a, b or c )`: two or more alternatives.
    Or(Vec<Vec<Literal>>),
    /// `X < 3`.
    Compare {
        /// Left side.
        left: Expression,
        /// How they compare.
        operator: Comparison,
        /// Right side.
        right: Expression,
    },
    /// `N = count { … }`; the left side is often a variable, but may be any expression.
    Aggregate {
        /// Left side.
        left: Expression,
        /// The aggregate.
        aggregate: Aggregate,
    },
}

/// `=`, `!=`, `<`, `<=`, `>`, `>=`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// The sign in policies.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// `count { T, … : body }`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Aggregate {
    /// What is worked out.
    pub function: AggregateFunction,
    /// Distinct tuples of these are counted; the first is added or compared.
    pub terms: Vec<Term>,
    /// Over which.
    pub body: Vec<Literal>,
}

/// `count`, `sum`, `min`, `max`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AggregateFunction {
    /// How many distinct tuples.
    Count,
    /// The sum of their first components.
    Sum,
    /// The least first component.
    Min,
    /// The greatest first component.
    Max,
}

impl AggregateFunction {
    /// The word in policies.
    pub fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

/// A sum of products: `T + 30 days - U * 2`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expression {
    /// The first product.
    pub first: Product,
    /// Further products, each with whether it is subtracted.
    pub rest: Vec<(bool, Product)>,
    /// Where it stands.
    pub span: StatementSpan,
}

/// `operand [* factor]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Product {
    /// The operand.
    pub operand: Operand,
    /// A factor.
    pub factor: Option<i64>,
}

/// What is computed with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Operand {
    /// A variable, name, date, text or plain number.
    Term(Term),
    /// `30 days`.
    Quantity(Spanned<i64>, Name),
}

/// A question, as `ask` takes it and `queries/*.dl` hold it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// `//` comment lines at the top: what it asks; with blank lines as in
    /// [`Statement::comments`].
    pub comments: Vec<String>,
    /// The question.
    pub kind: QueryKind,
}

/// The kinds of questions.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "there are few questions at a time"
)]
pub enum QueryKind {
    /// `may`, `must`, `must not`, `conflict`, `unregulated`.
    Deontic {
        /// What is asked of the acts.
        question: Spanned<Question>,
        /// Acts, or a situation (`may shows_logo(X)`).
        target: TargetKind,
        /// Conditions on the roles.
        condition: Vec<Literal>,
    },
    /// Any conjunction.
    Body(Vec<Literal>),
}

/// What is asked of acts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Question {
    /// Who may.
    May,
    /// Who must.
    Must,
    /// Who must not.
    MustNot,
    /// On which the norms clash.
    Conflict,
    /// On which they are silent.
    Unregulated,
}

impl Question {
    /// The words in queries.
    pub fn words(self) -> &'static str {
        match self {
            Self::May => "may",
            Self::Must => "must",
            Self::MustNot => "must not",
            Self::Conflict => "conflict",
            Self::Unregulated => "unregulated",
        }
    }
}
