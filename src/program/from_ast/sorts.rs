//! What is known of the sorts of a statement's variables: classes of variables that must be of
//! one sort, each with the sorts that it may still be of.

use crate::base::{Id, IdSet, Span, Table};
use crate::program::{SortId, VariableId};

/// A set of sorts.
pub(super) type Sorts = IdSet<SortId>;

/// The variables of a statement with their possible sorts.
#[derive(Debug, Default)]
pub(super) struct Inference {
    parents: Table<VariableId, VariableId>,
    classes: Table<VariableId, Class>,
}

/// What is known of variables that must be of one sort.
#[derive(Clone, Debug, Default)]
struct Class {
    /// `None`: nothing yet.
    candidates: Option<Sorts>,
    /// Where they were last narrowed.
    place: Option<Span>,
}

/// A use that does not go with an earlier one.
#[derive(Debug)]
pub(super) struct Clash {
    /// What it was before.
    pub(super) earlier: Sorts,
    /// Where that was said.
    pub(super) place: Option<Span>,
    /// What the use asks for.
    pub(super) wanted: Sorts,
}

impl Inference {
    /// A new variable.
    pub(super) fn add(&mut self) -> VariableId {
        self.classes.push(Class::default());
        let id = self.parents.next_id();
        self.parents.push(id)
    }

    /// What `variable` may still be; `None` if nothing is known.
    pub(super) fn candidates(&self, variable: VariableId) -> Option<&Sorts> {
        self.classes[self.root(variable)].candidates.as_ref()
    }

    /// The one sort of `variable`.
    pub(super) fn sort(&self, variable: VariableId) -> Option<SortId> {
        self.candidates(variable)
            .filter(|sorts| sorts.len() == 1)
            .and_then(Sorts::first)
    }

    /// `variable` is of one of `sorts`, as `span` says.
    pub(super) fn narrow(
        &mut self,
        variable: VariableId,
        sorts: &Sorts,
        span: Span,
    ) -> Result<(), Clash> {
        let root = self.root(variable);
        let class = &mut self.classes[root];
        let mut narrowed = sorts.clone();
        if let Some(earlier) = &class.candidates {
            narrowed.keep_common(earlier);
        }
        if narrowed.is_empty() {
            return Err(Clash {
                earlier: class.candidates.clone().unwrap_or_default(),
                place: class.place,
                wanted: sorts.clone(),
            });
        }
        if class.candidates.as_ref() != Some(&narrowed) {
            class.candidates = Some(narrowed);
            class.place = Some(span);
        }
        Ok(())
    }

    /// Both variables are of one sort, as `span` says.
    pub(super) fn unify(
        &mut self,
        one: VariableId,
        other: VariableId,
        span: Span,
    ) -> Result<(), Clash> {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return Ok(());
        }
        if let Some(sorts) = self.classes[other].candidates.clone() {
            self.narrow(one, &sorts, span)?;
        }
        self.parents[other] = one;
        Ok(())
    }

    fn root(&self, variable: VariableId) -> VariableId {
        let mut root = variable;
        while self.parents[root] != root {
            root = self.parents[root];
        }
        root
    }

    /// All variables.
    pub(super) fn variables(&self) -> impl Iterator<Item = VariableId> + use<> {
        (0..self.parents.len()).map(VariableId::new)
    }
}
