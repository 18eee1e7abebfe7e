//! Judging under changes, norm by norm: a norm is worked out anew only where a change bears on a
//! relation that it depends on, and what each of them looked up is known by itself.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::base::Table;
use crate::engine::{Changes, Consulted};
use crate::program::{
    ActRecord, Modality, NormId, Program, RelationId, Value, collect_dependencies, dependencies,
};

use super::super::instances::Instance;
use super::super::judge::Judge;
use super::super::verdict::{Standing, Status, Verdict};
use super::Change;
use super::search::changed;

/// How a norm stands under some changes.
#[derive(Debug, Default)]
struct State {
    instances: Vec<Instance>,
    consulted: Rc<[Consulted]>,
    circular: bool,
}

/// An instance that bears on the verdict, once labelled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bearing {
    pub(super) norm: NormId,
    pub(super) modality: Modality,
    /// It certainly applies, and is in force in every completion.
    pub(super) stands: bool,
    /// It is out in every completion.
    pub(super) out: bool,
    /// It is a condition, certainly required and not certainly met.
    pub(super) pending: bool,
    /// It is one that facts which nobody can change fail.
    pub(super) barred: bool,
}

/// What an act comes to under some changes.
#[derive(Debug)]
pub(super) struct Judged {
    /// The verdict, but for ways of doing it that nobody recorded.
    pub(super) verdict: Verdict,
    pub(super) once_met: Verdict,
    pub(super) bearing: Vec<Bearing>,
    /// What was looked up beside the norms, for conditions and to settle what is unknown.
    pub(super) besides: Rc<[Consulted]>,
    /// What each norm looked up.
    by_norm: Vec<(NormId, Rc<[Consulted]>)>,
}

impl Judged {
    /// What `norms` looked up, all of them with `None`, and what was looked up besides.
    pub(super) fn consulted(&self, norms: Option<&BTreeSet<NormId>>) -> BTreeSet<Consulted> {
        let own = self.by_norm.iter();
        let own = own.filter(|(norm, _)| norms.is_none_or(|norms| norms.contains(norm)));
        let mut all: BTreeSet<_> = self.besides.iter().cloned().collect();
        all.extend(own.flat_map(|(_, consulted)| consulted.iter().cloned()));
        all
    }
}

/// Judges one act under changes.
pub(super) struct Judging<'j, 'p> {
    pub(super) judge: &'j mut Judge<'p>,
    act: &'j mut dyn FnMut(&mut Judge<'p>) -> Value,
    /// The norms that may bear on the verdict.
    pub(super) norms: Vec<NormId>,
    /// The relations that each depends on; `None` for any.
    reads: FxHashMap<NormId, Option<BTreeSet<RelationId>>>,
    states: FxHashMap<(NormId, Vec<usize>), Rc<State>>,
    /// How many norms were worked out.
    pub(super) worked_out: usize,
}

impl<'j, 'p> Judging<'j, 'p> {
    /// Judges the act that `act` makes known.
    pub(super) fn new(
        judge: &'j mut Judge<'p>,
        act: &'j mut dyn FnMut(&mut Judge<'p>) -> Value,
    ) -> Option<Self> {
        judge.change(Changes::default());
        let value = act(judge);
        let record = judge.act(value)?.clone();
        let program = judge.program();
        let bearing = Rc::clone(&judge.dispatch().bearing[record.description.action]);
        let in_force = |norm: &&NormId| {
            let document = program.norms[**norm].document;
            program.documents[document].in_force(record.at) && judge.judges_by(**norm)
        };
        let norms: Vec<_> = bearing.iter().filter(in_force).copied().collect();
        let premises = premises(program);
        let scope = |norm: NormId| judge.dispatch().scope[norm];
        let reads = norms.iter().map(|&norm| {
            let reads = reads(program, &premises, norm, scope(norm));
            (norm, reads)
        });
        Some(Self {
            reads: reads.collect(),
            norms,
            judge,
            act,
            states: FxHashMap::default(),
            worked_out: 0,
        })
    }

    /// Has the judge judge under `changes`; the act.
    pub(super) fn enter(&mut self, changes: Changes) -> Option<ActRecord> {
        self.judge.change(changes);
        let act = (self.act)(self.judge);
        self.judge.act(act).cloned()
    }

    /// What the act comes to under the changes of `set`, which are places among `changes`.
    pub(super) fn judged(&mut self, set: &[usize], changes: &[Change]) -> Option<Judged> {
        let mut instances = Vec::new();
        let mut by_norm = Vec::new();
        let mut circular = false;
        for norm in self.norms.clone() {
            let own = self.bearing_on(norm, set, changes);
            let state = self.state(norm, own, changes)?;
            circular |= state.circular;
            instances.extend(state.instances.iter().cloned());
            by_norm.push((norm, Rc::clone(&state.consulted)));
        }
        let act = self.enter(changed(changes, set))?;
        let (found, _) = self.judge.while_judging(act.value, |judge| {
            let found = judge.labelled(&act, instances);
            judge.settled(&act, found).0
        });
        let comes_to = Judge::comes_to(&found);
        let program = self.judge.program();
        let bearing = found.instances.iter().enumerate().map(|(index, instance)| {
            let own = found.requirements.iter();
            let own = own.filter(|it| it.standing.instance == index);
            let pending = |it: &super::super::conditions::Requirement| {
                it.certain && it.standing.standing != Standing::Met
            };
            Bearing {
                norm: instance.norm,
                modality: program.norms[instance.norm].modality,
                stands: instance.truth == crate::engine::Truth::Certain
                    && found.status(index) == Status::In,
                out: found.status(index) == Status::Out,
                pending: own.clone().any(pending),
                barred: own.clone().any(|it| it.barred()),
            }
        });
        let bearing: Vec<_> = bearing.collect();
        Some(Judged {
            verdict: if circular {
                Verdict::Undetermined
            } else {
                comes_to.verdict
            },
            once_met: comes_to.once_met,
            bearing,
            besides: self.judge.consulted().into(),
            by_norm,
        })
    }

    /// Whether the act may have been done in ways in which the verdict would be worse, under the
    /// changes that were judged last; and what was looked up for that.
    pub(super) fn has_worse_ways(&mut self, verdict: Verdict) -> Option<(bool, Vec<Consulted>)> {
        let value = (self.act)(self.judge);
        let act = self.judge.act(value)?.clone();
        if self.judge.dispatch().below[act.description.action].is_empty() {
            return Some((false, Vec::new()));
        }
        let (ways, circular) = self
            .judge
            .while_judging(value, |judge| judge.worse_ways(&act, verdict));
        Some((circular || !ways.is_empty(), self.judge.consulted()))
    }

    /// Those of the changes that bear on relations which a norm depends on.
    fn bearing_on(&self, norm: NormId, set: &[usize], changes: &[Change]) -> Vec<usize> {
        let reads = self.reads.get(&norm).and_then(Option::as_ref);
        let bears = |place: &usize| {
            let change = changes.get(*place);
            change.is_some_and(|it| reads.is_none_or(|reads| reads.contains(&it.relation)))
        };
        set.iter().copied().filter(bears).collect()
    }

    fn state(&mut self, norm: NormId, set: Vec<usize>, changes: &[Change]) -> Option<Rc<State>> {
        if let Some(known) = self.states.get(&(norm, set.clone())) {
            return Some(Rc::clone(known));
        }
        if let Some(state) = self.unchanged(norm, &set, changes) {
            self.states.insert((norm, set), Rc::clone(&state));
            return Some(state);
        }
        self.worked_out += 1;
        let act = self.enter(changed(changes, &set))?;
        let (instances, circular) = self.judge.while_judging(act.value, |judge| {
            let (current, _) = judge.in_force(&act, &[norm]);
            judge.instances(&act, &current)
        });
        let state = Rc::new(State {
            instances,
            consulted: self.judge.consulted().into(),
            circular,
        });
        self.states.insert((norm, set), Rc::clone(&state));
        Some(state)
    }
}

impl Judging<'_, '_> {
    /// The state under all changes but one, where that one changes nothing that was looked up.
    fn unchanged(&self, norm: NormId, set: &[usize], changes: &[Change]) -> Option<Rc<State>> {
        set.iter().find_map(|one| {
            let others: Vec<_> = set.iter().copied().filter(|other| other != one).collect();
            let state = self.states.get(&(norm, others))?;
            let change = changes.get(*one)?;
            let mut consulted = state.consulted.iter();
            let concerns = consulted.any(|lookup| {
                let mut tuples = change.tuples();
                tuples.any(|tuple| lookup.may_agree(change.relation, tuple))
            });
            (!concerns).then(|| Rc::clone(state))
        })
    }
}

/// For each relation those that its rules read.
fn premises(program: &Program) -> Table<RelationId, Vec<RelationId>> {
    let mut premises = Table::filled(program.relations.len(), Vec::new());
    for (head, premise, _, _) in dependencies(&program.relations, &program.rules) {
        premises[head].push(premise);
    }
    premises
}

/// The declared relations that the applying of a norm depends on; `None` where it asks for other
/// verdicts, and so may depend on any.
fn reads(
    program: &Program,
    premises: &Table<RelationId, Vec<RelationId>>,
    norm: NormId,
    scope: Option<RelationId>,
) -> Option<BTreeSet<RelationId>> {
    let mut open: Vec<RelationId> = scope.into_iter().collect();
    for body in &program.norms[norm].bodies {
        if !body.late.is_empty() {
            return None;
        }
        let mut read = Vec::new();
        collect_dependencies(
            &body.literals,
            crate::program::Dependency::Positive,
            &mut read,
        );
        open.extend(read.into_iter().map(|(relation, _)| relation));
    }
    let mut seen = BTreeSet::new();
    let mut declared = BTreeSet::new();
    while let Some(relation) = open.pop() {
        if seen.insert(relation) {
            declared.insert(program.relations[relation].declared);
            open.extend(&premises[relation]);
        }
    }
    Some(declared)
}
