//! What becomes of a policy: each case is a policy with the model it is lowered to, as text.

use crate::corpus::{files, lower_one, read};
use crate::model::Model;

#[test]
fn policies_become_the_models_beside_them() {
    for path in files("tests/corpus/lowering/meaning", "dl") {
        let lowered = lower_one(&read(&path));
        assert_eq!(lowered.told, [""; 0], "{}", path.display());
        let model = Model {
            program: &lowered.program,
            universe: &lowered.universe,
        };
        let expected = read(&path.with_extension("txt"));
        assert_eq!(model.text(), expected, "{}", path.display());
    }
}

#[test]
fn what_is_open_and_what_depends_on_acts() {
    let lowered = lower_one(
        "open relation rude(content: content).
relation blocked(content: content).
relation by_act(person: actor).
relation plain(person: actor).
action share(by: actor, of: content).
blocked(C) :- rude(C).
by_act(P) :- case(share by P).
plain(P) :- by_act(P), not plain_before(P).
relation plain_before(person: actor).",
    );
    assert_eq!(lowered.told, [""; 0]);
    let program = &lowered.program;
    let (open, acts) = (program.open_dependent(), program.act_dependent());
    let of = |name: &str| {
        let relation = program.relation_named(name).unwrap();
        (open[relation], acts[relation])
    };
    assert_eq!(of("rude"), (true, false));
    assert_eq!(of("blocked"), (true, false));
    // A role that the facts leave out is unknown.
    assert_eq!(of("by_act"), (true, true));
    assert_eq!(of("plain"), (true, true));
    assert_eq!(of("plain_before"), (false, false));
}
