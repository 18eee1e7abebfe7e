//! What judging an act yields, as plain data: the verdict and everything it rests on.

use crate::base::Span;
use crate::engine::Truth;
use crate::program::{
    ActionId, Atom, DocumentId, Modality, NormId, Principle, SortId, Term, Value, VariableId,
};

use super::settle::{Course, Residual, Settling};

/// The answer about an act, over all completions of what is unknown; strictest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Verdict {
    /// Norms clash and nothing tells them apart.
    Conflict,
    /// Forbidden.
    Prohibited,
    /// It depends on what is unknown.
    Undetermined,
    /// Permitted or unregulated once its conditions are met.
    Conditional,
    /// Permitted.
    Permitted,
    /// No norm permits or forbids it.
    #[default]
    Unregulated,
}

impl Verdict {
    /// All verdicts with their words.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Conflict, "conflict"),
        (Self::Prohibited, "prohibited"),
        (Self::Undetermined, "undetermined"),
        (Self::Conditional, "conditional"),
        (Self::Permitted, "permitted"),
        (Self::Unregulated, "unregulated"),
    ];

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|&(verdict, _)| verdict == self)
            .map_or("", |(_, word)| word)
    }

    /// Whether `self` is worse than `other`; permitted and unregulated are alike.
    pub fn worse_than(self, other: Self) -> bool {
        let rank = |verdict: Self| verdict.min(Self::Permitted);
        rank(self) < rank(other)
    }
}

/// Why nothing is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Silence {
    /// No document governs the act.
    OutOfScope,
    /// What would have spoken is not in force on the day.
    OutOfForce,
    /// The documents say nothing of it.
    Silent,
    /// They only advise.
    AdviceOnly,
}

impl Silence {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::OutOfScope => "out-of-scope",
            Self::OutOfForce => "out-of-force",
            Self::Silent => "silent",
            Self::AdviceOnly => "advice-only",
        }
    }
}

/// Where a norm that applies, or may, ends up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Status {
    /// In force in every completion.
    In,
    /// Set aside, or not applying, in every completion.
    Out,
    /// It depends on what is unknown.
    Open,
}

impl Status {
    /// How certain it is that a norm of this status is in force.
    pub fn in_force(self) -> Truth {
        match self {
            Self::In => Truth::Certain,
            Self::Open => Truth::Maybe,
            Self::Out => Truth::False,
        }
    }

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Open => "open",
        }
    }
}

/// Whether a condition, a factor or a duty's target holds; the better the lesser.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Standing {
    /// It certainly holds.
    Met,
    /// Not known.
    Unknown,
    /// It certainly does not.
    Unmet,
}

impl Standing {
    /// The standing of what has this truth.
    pub fn of(truth: Truth) -> Self {
        match truth {
            Truth::Certain => Self::Met,
            Truth::Maybe => Self::Unknown,
            Truth::False => Self::Unmet,
        }
    }

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Unmet => "unmet",
            Self::Unknown => "unknown",
        }
    }
}

/// A value with its sort and the name of the variable it stands for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Named {
    /// The variable.
    pub name: String,
    /// The value.
    pub value: Value,
    /// Its sort.
    pub sort: SortId,
}

/// The values of a body's variables; `None` where nothing binds one.
pub type Substitution = Vec<Option<Value>>;

/// A norm as it applies to the act judged: one instance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NormStanding {
    /// The norm.
    pub norm: NormId,
    /// What it lays down.
    pub modality: Modality,
    /// The values of its `per`.
    pub per: Vec<Named>,
    /// Whether it certainly applies.
    pub certain: bool,
    /// Whether it is in force.
    pub status: Status,
    /// The instances (indexes into [`Judgement::norms`]) that beat it and are in force, with
    /// the principle that decided.
    pub set_aside_by: Vec<(usize, Principle)>,
    /// Those with which it clashes and that nothing tells apart.
    pub clashes_with: Vec<usize>,
    /// Which of the norm's bodies made it apply.
    pub body: usize,
    /// With which values.
    pub substitution: Substitution,
}

/// A condition of the act.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ConditionStanding {
    /// The instance that requires it: an index into [`Judgement::norms`].
    pub instance: usize,
    /// The norm's body that it is stated with.
    pub body: usize,
    /// The values of what `when` and the act bind; the rest means "some".
    pub bound: Substitution,
    /// The conjunctions one of which is required, as ground as they are.
    pub alternatives: Vec<Vec<GroundLiteral>>,
    /// How each of these stands.
    pub each: Vec<Standing>,
    /// Whether it is met.
    pub standing: Standing,
    /// Unmet through facts that nobody can change.
    pub fixed: bool,
}

impl ConditionStanding {
    /// Whether the other is the same condition, stated in another way.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let condition = |it: &Self| (it.instance, it.standing, it.fixed);
        condition(self) == condition(other) && self.alternatives == other.alternatives
    }
}

/// A literal of a condition with the values that are known.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum GroundLiteral {
    /// `[not] R(…)`; `None` is "some".
    Atom {
        /// `not` was written.
        negated: bool,
        /// The atom, its terms constants or any.
        atom: Atom,
        /// Whether it holds.
        standing: Standing,
    },
    /// Anything else, by its place in the text. Whether a comparison holds can be told only
    /// together with what binds its variables.
    Other(Span),
}

/// An open atom that nobody has stated and that the verdict hangs on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Question {
    /// The atom; a term that is any asks for the row ("whom does it show?").
    pub atom: Atom,
    /// The norms that hang on it.
    pub norms: Vec<NormId>,
}

/// How a duty stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DutyStatus {
    /// Due, and not yet done.
    Pending,
    /// Done.
    Met,
    /// Not done in time.
    Overdue,
    /// Recorded as omitted, or its target certainly fails to hold.
    Omitted,
}

impl DutyStatus {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Met => "met",
            Self::Overdue => "overdue",
            Self::Omitted => "omitted",
        }
    }
}

/// What is due, with values; `None` is "some".
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GroundDue {
    /// An act of one of these actions.
    Act {
        /// The actions.
        actions: Vec<ActionId>,
        /// Its roles with their sorts.
        roles: Vec<(crate::lang::ast::Role, SortId, Option<Value>)>,
    },
    /// That the atom holds.
    State {
        /// The atom, its terms constants or any.
        atom: Atom,
        /// Whose it is to see to.
        by: Option<Value>,
    },
}

/// A duty, an exemption or a piece of advice as it arises for someone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Duty {
    /// The norm.
    pub norm: NormId,
    /// What is due.
    pub due: GroundDue,
    /// Whether it certainly arises.
    pub certain: bool,
    /// Whether it is in force.
    pub status: Status,
    /// The norms that set it aside.
    pub set_aside_by: Vec<NormId>,
    /// Opposed by one that nothing tells apart.
    pub contested_by: Vec<NormId>,
    /// How it stands.
    pub fulfilment: DutyStatus,
    /// The last minute by which it is due.
    pub deadline: Option<i64>,
    /// Where it comes from.
    pub origin: DutyOrigin,
    /// With which values.
    pub substitution: Substitution,
    /// Arises through the act judged.
    pub through_judged: bool,
}

impl Duty {
    /// Whether it was not met in time, or is recorded as omitted, and may be in force.
    pub(super) fn is_broken(&self) -> bool {
        let open = matches!(self.fulfilment, DutyStatus::Overdue | DutyStatus::Omitted);
        open && self.status != Status::Out
    }
}

/// Where a duty comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DutyOrigin {
    /// It arises: an index into the norm's `arises`.
    Arises(usize),
    /// The act judged would fulfil it: an index into [`Judgement::norms`].
    Fulfils(usize),
}

/// A factor to weigh.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Factor {
    /// The norm.
    pub norm: NormId,
    /// Present, absent or unknown.
    pub standing: Standing,
}

/// What follows from a breach.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Consequence {
    /// The norm.
    pub norm: NormId,
    /// What follows.
    pub atom: Atom,
    /// Whether it certainly follows.
    pub certain: bool,
}

/// Whether a performed act was a breach.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Breach {
    /// It was.
    Certain,
    /// It may have been.
    Possible,
    /// The norms clash.
    Contested,
    /// It was not, or was not performed.
    #[default]
    None,
}

impl Breach {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Certain => "breach",
            Self::Possible => "possible",
            Self::Contested => "contested",
            Self::None => "none",
        }
    }
}

/// Why an act is undetermined, beyond unknown facts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Doubt {
    /// It hangs on a verdict, its own or of another act, that depends on itself.
    pub circular: bool,
    /// It is recorded too generally: done in one of these ways its verdict is worse.
    pub ways: Vec<(ActionId, Verdict)>,
}

/// Everything said about one act.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Judgement {
    /// The act.
    pub act: Value,
    /// The verdict.
    pub verdict: Verdict,
    /// Prohibited, and in some completion in conflict.
    pub contested: bool,
    /// In some completion, as far as is known, it is prohibited or in conflict.
    pub may_be_prohibited: bool,
    /// Why nothing is said, of an unregulated act.
    pub silence: Option<Silence>,
    /// The base that conditions lead to: of a conditional verdict, permitted or unregulated.
    pub once_met: Option<Verdict>,
    /// How the verdict was found.
    pub settling: Settling,
    /// The verdict by each document alone, of those in force.
    pub documents: Vec<(DocumentId, Verdict)>,
    /// The instances that apply or may.
    pub norms: Vec<NormStanding>,
    /// Conditions.
    pub conditions: Vec<ConditionStanding>,
    /// What would have to be known, the best question first.
    pub questions: Vec<Question>,
    /// What the answers to the first questions come to, of an undetermined verdict.
    pub course: Option<Course>,
    /// When the norms that may be in force are, of an undetermined verdict.
    pub residuals: Vec<Residual>,
    /// Duties that arise through the act or that it would fulfil.
    pub duties: Vec<Duty>,
    /// Advice that arises through the act.
    pub advice: Vec<Duty>,
    /// Factors to weigh.
    pub factors: Vec<Factor>,
    /// What follows from a breach.
    pub consequences: Vec<Consequence>,
    /// Norms that would have applied, of documents out of force on the day.
    pub out_of_force: Vec<NormId>,
    /// Whether a performed act was a breach.
    pub breach: Breach,
    /// Why it is undetermined, beyond unknown facts.
    pub doubt: Doubt,
}

/// A variable of a body by its id, for reading a [`Substitution`].
pub fn value_of(substitution: &Substitution, variable: VariableId) -> Option<Value> {
    use crate::base::Id;
    substitution.get(variable.index()).copied().flatten()
}

/// The value of a term; none of a variable without one, and of what is any.
pub(super) fn value_in(term: Term, substitution: &Substitution) -> Option<Value> {
    match term {
        Term::Constant(value) => Some(value),
        Term::Variable(variable) => value_of(substitution, variable),
        Term::Any => None,
    }
}

/// The values of an atom's terms, as far as there are any: what to look up.
pub fn pattern_of(atom: &Atom, substitution: &Substitution) -> Vec<Option<Value>> {
    let terms = atom.terms.iter();
    terms.map(|&term| value_in(term, substitution)).collect()
}
