//! What is wrong with an explanation, and where.

/// A step that does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The node of the explanation; none where it is about the whole.
    pub node: Option<String>,
    /// What the node says, in words.
    pub text: String,
    /// What is wrong.
    pub wrong: Wrong,
}

/// The ways in which a step can be wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// The explanation cannot be read.
    Unreadable(String),
    /// It is of a schema that is not known.
    OtherSchema(String),
    /// A node is named that is not there, or twice.
    Name(String),
    /// It rests on itself.
    Circle,
    /// It has no verdict.
    NoRoot,
    /// Policies and facts know no such act.
    UnknownAct(String),
    /// What it supposes cannot be.
    Supposed(String),
    /// The policies have no such statement, or it does not conclude this.
    NoStatement(String),
    /// The conditions of the statement do not hold for these values.
    NotAnInstance(String),
    /// A condition has no reason.
    Missing(String),
    /// A reason is given that nothing asks for.
    Idle(String),
    /// Nothing leads to it.
    Loose,
    /// The facts do not state it.
    NotStated,
    /// It is said not to hold, and it does or may.
    NotAbsent,
    /// It is said to be unknown, and is not.
    NotUnknown,
    /// The one does not set the other aside so, or does not clash with it.
    NoPriority {
        /// The norm that is said to prevail.
        winner: String,
        /// The other.
        loser: String,
    },
    /// What sets a norm aside is not said.
    NoResolution {
        /// The norm that prevails.
        winner: String,
        /// The other.
        loser: String,
    },
    /// A norm that applies, or may, is not in it.
    NormMissing(String),
    /// A condition of a norm is not in it.
    ConditionMissing(String),
    /// A word of it is another one.
    Differs {
        /// Which: status, effect, verdict, …
        what: &'static str,
        /// What it says.
        found: String,
        /// What it should say.
        due: String,
    },
    /// The act has the verdict with nothing changed.
    AlreadySo,
    /// A part of a set of changes leads to the verdict.
    PartSuffices(String),
    /// Nobody can change facts of this relation.
    BeyondChange(String),
    /// With these changes something follows that cannot be: where it is excluded, or an atom that
    /// holds and does not hold.
    Impossible(String),
    /// The checker took too many steps.
    GaveUp,
}

impl Wrong {
    /// That one thing is said where another is due.
    pub(super) fn differs(what: &'static str, found: &str, due: &str) -> Self {
        let (found, due) = (found.to_owned(), due.to_owned());
        Self::Differs { what, found, due }
    }

    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::OtherSchema(_) => "other-schema",
            Self::Name(_) => "name",
            Self::Circle => "circle",
            Self::NoRoot => "no-root",
            Self::UnknownAct(_) => "unknown-act",
            Self::Supposed(_) => "supposed",
            Self::NoStatement(_) => "no-statement",
            Self::NotAnInstance(_) => "not-an-instance",
            Self::Missing(_) => "missing",
            Self::Idle(_) => "idle",
            Self::Loose => "loose",
            Self::NotStated => "not-stated",
            Self::NotAbsent => "not-absent",
            Self::NotUnknown => "not-unknown",
            Self::NoPriority { .. } => "no-priority",
            Self::NoResolution { .. } => "no-resolution",
            Self::NormMissing(_) => "norm-missing",
            Self::ConditionMissing(_) => "condition-missing",
            Self::Differs { .. } => "differs",
            Self::AlreadySo => "already-so",
            Self::PartSuffices(_) => "part-suffices",
            Self::BeyondChange(_) => "beyond-change",
            Self::Impossible(_) => "impossible",
            Self::GaveUp => "gave-up",
        }
    }

    /// What it speaks of, by name.
    pub fn about(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreadable(what)
            | Self::OtherSchema(what)
            | Self::Name(what)
            | Self::UnknownAct(what)
            | Self::Supposed(what)
            | Self::NoStatement(what)
            | Self::NotAnInstance(what)
            | Self::Missing(what)
            | Self::Idle(what)
            | Self::NormMissing(what)
            | Self::ConditionMissing(what)
            | Self::PartSuffices(what)
            | Self::BeyondChange(what)
            | Self::Impossible(what) => vec![("what", what.clone())],
            Self::NoPriority { winner, loser } | Self::NoResolution { winner, loser } => {
                vec![("winner", winner.clone()), ("loser", loser.clone())]
            }
            Self::Differs { what, found, due } => vec![
                ("what", (*what).to_owned()),
                ("found", found.clone()),
                ("due", due.clone()),
            ],
            _ => Vec::new(),
        }
    }
}
