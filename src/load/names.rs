//! What a name in a fact file stands for. The program's own look-ups walk its tables; facts
//! ask a million times.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{Id, Table};
use crate::lang::ast::Role;
use crate::program::{ActionId, Program, RelationId, RelationKind, SortId, SortKind};

/// The vocabulary by name.
#[derive(Debug)]
pub(super) struct Names<'p> {
    pub(super) program: &'p Program,
    relations: FxHashMap<&'p str, RelationId>,
    sorts: FxHashMap<String, SortId>,
    actions: FxHashMap<&'p str, ActionId>,
    situations: FxHashMap<RelationId, ActionId>,
    norms: FxHashSet<&'p str>,
    pub(super) plans: Table<ActionId, ActPlan>,
}

/// What the facts of an act are, decided once for each action.
#[derive(Debug)]
pub(super) struct ActPlan {
    /// The relations that it is in: those of its action and of all above.
    pub(super) relations: Vec<RelationId>,
    /// Its roles but `at`, in order of [`Role::ALL`].
    pub(super) roles: Vec<RolePlan>,
    /// The relation of `at`.
    pub(super) at: Option<RelationId>,
    /// Relations of roles that it does not have: their rows are closed.
    pub(super) absent: Vec<RelationId>,
    /// Of a situation: the relation of its arguments.
    pub(super) arguments: Option<RelationId>,
}

/// A role of an action.
#[derive(Debug)]
pub(super) struct RolePlan {
    pub(super) role: Role,
    pub(super) sort: SortId,
    pub(super) optional: bool,
    pub(super) relation: Option<RelationId>,
}

impl<'p> Names<'p> {
    pub(super) fn new(program: &'p Program) -> Self {
        let mut relations = FxHashMap::default();
        let mut arguments = FxHashMap::default();
        for (id, relation) in program.relations.entries() {
            match relation.kind {
                RelationKind::Declared if relation.document.is_none() => {
                    relations.insert(relation.name.as_str(), id);
                }
                RelationKind::Situation(of) => {
                    arguments.insert(of, id);
                }
                _ => {}
            }
        }
        let mut actions = FxHashMap::default();
        let mut situations = FxHashMap::default();
        for (id, action) in program.actions.entries() {
            match action.situation {
                Some(relation) => drop(situations.insert(relation, id)),
                None => drop(actions.insert(action.name.as_str(), id)),
            }
        }
        let plans = program
            .actions
            .ids()
            .map(|action| plan(program, action, &arguments))
            .collect();
        Self {
            program,
            relations,
            sorts: sorts(program),
            actions,
            situations,
            norms: program.norms.iter().map(|norm| norm.id.as_str()).collect(),
            plans,
        }
    }

    /// The relation called `key`, and whether `not` stands before it.
    pub(super) fn relation(&self, key: &str) -> Option<(RelationId, bool)> {
        let (name, negated) = strip_not(key);
        self.relations.get(name).map(|&id| (id, negated))
    }

    /// The sort whose individuals are listed under `key`: its name or a plural.
    pub(super) fn sort(&self, key: &str) -> Option<SortId> {
        self.sorts.get(key).copied()
    }

    pub(super) fn action(&self, name: &str) -> Option<ActionId> {
        self.actions.get(name).copied()
    }

    pub(super) fn situation(&self, relation: RelationId) -> Option<ActionId> {
        self.situations.get(&relation).copied()
    }

    pub(super) fn is_norm(&self, id: &str) -> bool {
        self.norms.contains(id)
    }

    /// The relations that facts may speak of, in order of declaration.
    pub(super) fn declared(&self) -> impl Iterator<Item = (RelationId, &'p str)> + use<'p> {
        self.program
            .relations
            .entries()
            .filter_map(|(id, relation)| {
                let shared = relation.kind == RelationKind::Declared && relation.document.is_none();
                shared.then_some((id, relation.name.as_str()))
            })
    }

    /// The relations that an individual of `sort` may have as keys.
    pub(super) fn relations_of(&self, sort: SortId) -> impl Iterator<Item = &'p str> + use<'p> {
        let program = self.program;
        self.declared().filter_map(move |(id, name)| {
            let columns = &program.relations[id].columns;
            (columns.len() <= 2 && columns.first()?.sort == sort).then_some(name)
        })
    }

    /// The keys that a fact file may have at its top, sorts in the plural.
    pub(super) fn top_keys(&self) -> Vec<String> {
        let sorts = self
            .program
            .sorts
            .entries()
            .filter(|(_, sort)| is_named(sort.kind));
        let mut keys: Vec<_> = sorts
            .map(|(id, sort)| match id {
                SortId::CONTENT => sort.name.clone(),
                _ => plural(&sort.name),
            })
            .collect();
        keys.push("relations".to_owned());
        keys
    }

    /// `actor`, `account`: the sorts of a relation's columns, for messages.
    pub(super) fn signature(&self, relation: RelationId) -> String {
        let columns = &self.program.relations[relation].columns;
        let columns: Vec<_> = columns
            .iter()
            .map(|column| format!("{}: {}", column.name, self.program.sorts[column.sort].name))
            .collect();
        format!(
            "{}({})",
            self.program.relations[relation].name,
            columns.join(", ")
        )
    }
}

/// `name` without `not` before it, and whether it was there.
pub(super) fn strip_not(name: &str) -> (&str, bool) {
    match name.strip_prefix("not ") {
        Some(rest) => (rest.trim(), true),
        None => (name, false),
    }
}

/// Sorts of names, whose individuals files may list.
pub(super) fn is_named(kind: SortKind) -> bool {
    matches!(kind, SortKind::Entity | SortKind::Enumerated)
}

fn sorts(program: &Program) -> FxHashMap<String, SortId> {
    let named = || {
        program
            .sorts
            .entries()
            .filter(|(_, sort)| is_named(sort.kind))
    };
    let mut sorts = FxHashMap::default();
    for (id, sort) in named() {
        sorts.insert(plural(&sort.name), id);
        sorts.insert(format!("{}s", sort.name), id);
    }
    // A sort's own name goes before another's plural.
    for (id, sort) in named() {
        sorts.insert(sort.name.clone(), id);
    }
    sorts
}

/// The English plural of a sort's name.
fn plural(name: &str) -> String {
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{name}s"),
    }
}

fn plan(
    program: &Program,
    action: ActionId,
    arguments: &FxHashMap<RelationId, RelationId>,
) -> ActPlan {
    let row = &program.actions[action];
    let mut relations = vec![row.relation];
    for &ancestor in &row.ancestors {
        let relation = program.actions[ancestor].relation;
        if !relations.contains(&relation) {
            relations.push(relation);
        }
    }
    let mut declared: Vec<_> = row
        .roles
        .iter()
        .filter(|declared| declared.role != Role::At)
        .map(|declared| (declared.role, declared.sort, declared.optional))
        .collect();
    if row.situation.is_some() && declared.iter().all(|&(role, ..)| role != Role::By) {
        declared.insert(0, (Role::By, SortId::ACTOR, true));
    }
    let roles: Vec<_> = declared
        .into_iter()
        .map(|(role, sort, optional)| RolePlan {
            role,
            sort,
            optional,
            relation: program.roles.get(&(role, sort)).copied(),
        })
        .collect();
    let absent = program
        .roles
        .iter()
        .filter(|((role, _), _)| *role != Role::At)
        .map(|(_, &relation)| relation)
        .filter(|&relation| roles.iter().all(|role| role.relation != Some(relation)))
        .collect();
    ActPlan {
        relations,
        roles,
        at: program.roles.get(&(Role::At, SortId::DATE)).copied(),
        absent,
        arguments: row
            .situation
            .and_then(|relation| arguments.get(&relation).copied()),
    }
}

/// How many sorts `program` has, for tables by sort.
pub(super) fn sort_count(program: &Program) -> usize {
    program
        .sorts
        .ids()
        .next_back()
        .map_or(0, |last| last.index() + 1)
}
