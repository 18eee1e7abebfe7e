//! Duties that were not met in time or are recorded as omitted, by who bears them: whether anyone
//! broke one is asked person by person.

use rustc_hash::FxHashMap;

use crate::lang::ast::Role;
use crate::program::Value;

use super::verdict::{Duty, GroundDue};

/// The broken duties of one moment.
#[derive(Debug, Default)]
pub(super) struct Broken {
    duties: Vec<Duty>,
    /// Their places; under `None` those of everyone, or of nobody in particular.
    by_bearer: FxHashMap<Option<Value>, Vec<usize>>,
}

impl Broken {
    /// Those of `duties` that are broken.
    pub(super) fn among(duties: &[Duty]) -> Self {
        let mut broken = Self::default();
        for duty in duties.iter().filter(|duty| duty.is_broken()) {
            let place = broken.duties.len();
            let places = broken.by_bearer.entry(bearer(duty)).or_default();
            places.push(place);
            broken.duties.push(duty.clone());
        }
        broken
    }

    /// All of them, or those that may be `bearer`'s.
    pub(super) fn of(&self, bearer: Option<Value>) -> Vec<&Duty> {
        if bearer.is_none() {
            return self.duties.iter().collect();
        }
        let places = [None, bearer].into_iter();
        let places = places.filter_map(|bearer| self.by_bearer.get(&bearer));
        let duties = places.flatten().filter_map(|&place| self.duties.get(place));
        duties.collect()
    }
}

fn bearer(duty: &Duty) -> Option<Value> {
    match &duty.due {
        GroundDue::Act { roles, .. } => {
            let mut roles = roles.iter();
            roles.find_map(|&(role, _, value)| value.filter(|_| role == Role::By))
        }
        GroundDue::State { by, .. } => *by,
    }
}
