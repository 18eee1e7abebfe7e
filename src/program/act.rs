//! Acts as the facts that the engine reads of them.

use crate::lang::ast::Role;

use super::{ActDescription, Program, RelationId, Value};

/// The tuples that an act adds, by relation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ActRows {
    /// Tuples that hold.
    pub asserted: Vec<(RelationId, Vec<Value>)>,
    /// Keys of rows that hold nothing else.
    pub closed: Vec<(RelationId, Vec<Value>)>,
}

/// The tuples of the act `act`, done at `at` (minutes since 1970): its action and those above
/// it, its roles, the arguments of a situation. Roles that its action does not have are closed.
/// Optional ones that the description leaves out are closed if `absent`, else left unknown.
/// Whether the act is recorded, done, planned or omitted is not among them.
pub fn act_rows(
    program: &Program,
    act: Value,
    description: &ActDescription,
    at: i64,
    absent: bool,
) -> ActRows {
    let action = &program.actions[description.action];
    let mut rows = ActRows::default();
    for &above in &action.ancestors {
        rows.asserted
            .push((program.actions[above].relation, vec![act]));
    }
    for (&(role, sort), &relation) in &program.roles {
        let declared = action
            .roles
            .iter()
            .any(|own| own.role == role && own.sort == sort);
        let filler = description
            .roles
            .iter()
            .find_map(|&(given, value)| (given == role && declared).then_some(value))
            .or_else(|| {
                (role == Role::At && declared)
                    .then(|| Value::from_number(at))
                    .flatten()
            });
        match filler {
            Some(filler) => rows.asserted.push((relation, vec![act, filler])),
            None if absent || !declared => rows.closed.push((relation, vec![act])),
            None => {}
        }
    }
    if let Some(arguments) = action.arguments {
        let mut tuple = vec![act];
        tuple.extend(&description.arguments);
        rows.asserted.push((arguments, tuple));
    }
    if let Some(now) = Value::from_number(at) {
        rows.asserted.push((program.builtin.now, vec![now]));
    }
    rows
}
