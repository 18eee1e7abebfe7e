//! The time line, cut where facts begin and cease to hold: one base for each stretch, made on
//! first use.

use std::sync::OnceLock;

use crate::program::{Program, Universe};

use super::database::Database;
use super::facts::Facts;
use super::fixpoint::Limits;
use super::reach::{RelationSet, streamed};
use super::stated::{epoch_of, epochs};

/// The bases of all stretches of time between two changes of the facts, shared by any number of
/// threads.
#[derive(Debug)]
pub struct Timeline<'p> {
    program: &'p Program,
    universe: &'p Universe,
    facts: &'p Facts,
    changing: RelationSet,
    cuts: Vec<i64>,
    bases: Vec<OnceLock<Database<'p>>>,
}

impl<'p> Timeline<'p> {
    /// The time line of `facts`, up to the relations that acts reach.
    pub fn new(program: &'p Program, universe: &'p Universe, facts: &'p Facts) -> Self {
        Self::leaving(program, universe, facts, streamed(program))
    }

    /// The time line of `facts`, up to the relations that `changing` reaches.
    pub fn leaving(
        program: &'p Program,
        universe: &'p Universe,
        facts: &'p Facts,
        changing: RelationSet,
    ) -> Self {
        let cuts = epochs(facts);
        Self {
            program,
            universe,
            facts,
            changing,
            bases: (0..=cuts.len()).map(|_| OnceLock::new()).collect(),
            cuts,
        }
    }

    /// The policy.
    pub fn program(&self) -> &'p Program {
        self.program
    }

    /// The individuals.
    pub fn universe(&self) -> &'p Universe {
        self.universe
    }

    /// The facts.
    pub fn facts(&self) -> &'p Facts {
        self.facts
    }

    /// The number of the stretch that `moment` (minutes since 1970) lies in.
    pub fn epoch(&self, moment: i64) -> usize {
        epoch_of(&self.cuts, moment)
    }

    /// The base of what holds at `moment`.
    pub fn at(&self, moment: i64) -> &Database<'p> {
        let make = || {
            Database::new(
                self.program,
                self.universe,
                self.facts,
                moment,
                &self.changing,
                &Limits::default(),
            )
        };
        // INVARIANT: there is one base more than cuts, so that every epoch has its own.
        #[expect(
            clippy::indexing_slicing,
            reason = "`epoch` is at most the number of cuts"
        )]
        self.bases[self.epoch(moment)].get_or_init(make)
    }
}
