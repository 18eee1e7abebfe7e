//! The base: the facts of one moment, and all relations that no changing input reaches,
//! computed bottom-up, once.

use crate::base::Table;
use crate::program::{Program, RelationId, RuleId, SortId, Universe, Value};

use super::facts::Facts;
use super::fixpoint::{self, Limits, RoundReport, StopReason};
use super::index::Mask;
use super::join::Work;
use super::reach::{RelationSet, reached, uncertain, vague};
use super::relation::Extension;
use super::source::{Domain, Handle, Rows, Source};
use super::stated::Stated;
use super::statistics::Statistics;
use super::truth::Truth;

/// Facts and conclusions that any number of [`Session`](super::Session)s share, on any number
/// of threads.
#[derive(Debug)]
pub struct Database<'p> {
    program: &'p Program,
    sizes: Table<SortId, usize>,
    /// By declared relation.
    stated: Table<RelationId, Stated>,
    /// Relations with rules that no change reaches.
    derived: Table<RelationId, Option<Extension>>,
    changing: RelationSet,
    uncertain: RelationSet,
    vague: RelationSet,
    rules: Table<RelationId, Vec<RuleId>>,
    statistics: Statistics,
    rounds: Vec<RoundReport>,
    stop: StopReason,
}

impl<'p> Database<'p> {
    /// The base of what `facts` say at `moment` (minutes since 1970), up to the relations that
    /// `changing` reaches.
    pub fn new(
        program: &'p Program,
        universe: &Universe,
        facts: &Facts,
        moment: i64,
        changing: &RelationSet,
        limits: &Limits<'_>,
    ) -> Self {
        let mut database = Self::empty(program, universe, facts, moment, changing);
        database.note_inputs();
        let work = Work::new(limits.interrupted);
        for (id, component) in program.strata.components.entries() {
            let computed = component.relations.iter().any(|&relation| {
                !database.rules[relation].is_empty() && !database.changing[relation]
            });
            if !computed {
                continue;
            }
            let outcome = fixpoint::evaluate(&database, id, &database.statistics, limits, &work);
            database.rounds.extend(outcome.rounds);
            for (relation, extension) in outcome.extensions {
                database.statistics.note(relation, &extension);
                database.derived[relation] = Some(extension);
            }
            if outcome.stop != StopReason::Fixpoint {
                // What follows could rest on something being absent that was not reached.
                database.stop = outcome.stop;
                break;
            }
        }
        database
    }

    fn empty(
        program: &'p Program,
        universe: &Universe,
        facts: &Facts,
        moment: i64,
        changing: &RelationSet,
    ) -> Self {
        let mut rules = Table::filled(program.relations.len(), Vec::new());
        for (id, rule) in program.rules.entries() {
            rules[rule.head.relation].push(id);
        }
        Self {
            program,
            sizes: program
                .sorts
                .ids()
                .map(|sort| universe.size(sort))
                .collect(),
            stated: program
                .relations
                .ids()
                .map(|relation| Stated::at(program, facts, relation, moment))
                .collect(),
            derived: Table::filled(program.relations.len(), None),
            changing: reached(program, changing),
            uncertain: uncertain(program),
            vague: vague(program),
            rules,
            statistics: Statistics::new(program),
            rounds: Vec::new(),
            stop: StopReason::Fixpoint,
        }
    }

    fn note_inputs(&mut self) {
        for (sort, &size) in self.sizes.entries() {
            self.statistics.note_sort(sort, size);
        }
        for (relation, row) in self.program.relations.entries() {
            if self.rules[relation].is_empty() {
                let asserted = &self.stated[row.declared].asserted;
                self.statistics.note(relation, asserted);
            }
        }
    }

    /// The policy.
    pub fn program(&self) -> &'p Program {
        self.program
    }

    /// Sizes for planning.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// What each round found.
    pub fn rounds(&self) -> &[RoundReport] {
        &self.rounds
    }

    /// Why evaluation ended; anything but the fixpoint means that answers are partial.
    pub fn stop(&self) -> StopReason {
        self.stop
    }

    /// The tuples of `relation` that are stored or were derived; `None` where it is worked out
    /// in sessions.
    pub fn extension(&self, relation: RelationId) -> Option<&Extension> {
        if self.rules[relation].is_empty() {
            Some(&self.stated(relation).asserted)
        } else {
            self.derived[relation].as_ref()
        }
    }

    /// What the facts say of `relation`.
    pub(crate) fn stated(&self, relation: RelationId) -> &Stated {
        &self.stated[self.program.relations[relation].declared]
    }

    /// The rules that conclude `relation`, in source order.
    pub(crate) fn rules(&self, relation: RelationId) -> &[RuleId] {
        &self.rules[relation]
    }

    /// Whether changing inputs reach `relation`, so that sessions work it out.
    pub fn changes(&self, relation: RelationId) -> bool {
        self.changing[relation]
    }

    /// The relations that changing inputs reach.
    pub(crate) fn changing(&self) -> &RelationSet {
        &self.changing
    }

    /// Whether `relation` could have maybe tuples whatever the facts.
    pub(crate) fn may_be_uncertain(&self, relation: RelationId) -> bool {
        self.uncertain[relation]
    }

    /// How many named individuals `sort` has.
    pub(crate) fn size(&self, sort: SortId) -> usize {
        self.sizes[sort]
    }
}

impl Source for Database<'_> {
    fn program(&self) -> &Program {
        self.program
    }

    fn rows(&self, relation: RelationId, _bound: Mask, _tuple: &[Value]) -> Rows<'_> {
        Rows {
            main: self.extension(relation).map(Handle::Borrowed),
            unrecorded: None,
            filtered: false,
        }
    }

    fn stored_truth(&self, relation: RelationId, tuple: &[Value]) -> Truth {
        self.extension(relation)
            .map_or(Truth::False, |extension| extension.truth(tuple))
    }

    fn denied(&self, relation: RelationId, tuple: &[Value]) -> bool {
        self.stated(relation).denied.contains(tuple)
    }

    fn closed(&self, relation: RelationId, key: &[Value]) -> bool {
        self.stated(relation).closed.contains(key)
    }

    fn named(&self, sort: SortId) -> Domain<'_> {
        if sort == SortId::ACT {
            let recorded = self.program.builtin.recorded;
            return Domain::Listed(&self.stated(recorded).asserted);
        }
        Domain::Dense(1, self.sizes[sort])
    }

    fn uncertain(&self, relation: RelationId) -> bool {
        self.uncertain[relation]
            && self
                .extension(relation)
                .is_none_or(|rows| rows.certain() < rows.len() || rows.has_unknown_values())
            || self.program.relations[relation].open
    }

    fn vague(&self, relation: RelationId) -> bool {
        self.vague[relation]
    }

    fn asserted(&self, relation: RelationId) -> Extension {
        self.stated(relation).asserted.clone()
    }
}
