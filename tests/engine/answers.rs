//! What the engine answers on small programs, written out.

use attendu::engine::{Changes, Database, Facts, Limits, Session, Truth, no_relations};
use attendu::lang::ast::Comparison;
use attendu::program::{Program, SortId, Term, Universe, Value};

use crate::support::build::{
    atom, closed, compare, negative, nowhere, number, open, positive, program, rule, stratify,
    universe, v,
};

const ACTOR: SortId = SortId::ACTOR;
const INTEGER: SortId = SortId::INTEGER;

fn check(
    program: &Program,
    universe: &Universe,
    facts: &Facts,
    expected: &[(attendu::program::RelationId, &[Value], Truth)],
) {
    let database = Database::new(
        program,
        universe,
        facts,
        0,
        &no_relations(program),
        &Limits::default(),
    );
    let session = Session::new(&database, &Changes::default());
    for (relation, tuple, truth) in expected {
        let name = &program.relations[*relation].name;
        assert_eq!(session.truth(*relation, tuple), *truth, "{name}{tuple:?}");
    }
}

fn actor(index: usize) -> Value {
    Value::from_index(index)
}

#[test]
fn closure_follows_edges() {
    let mut program = program();
    let edge = closed(&mut program, "edge", &[ACTOR, ACTOR]);
    let path = closed(&mut program, "path", &[ACTOR, ACTOR]);
    rule(
        &mut program,
        &[ACTOR; 2],
        atom(path, &[v(0), v(1)]),
        vec![positive(edge, &[v(0), v(1)])],
    );
    rule(
        &mut program,
        &[ACTOR; 3],
        atom(path, &[v(0), v(2)]),
        vec![positive(path, &[v(0), v(1)]), positive(edge, &[v(1), v(2)])],
    );
    stratify(&mut program);
    let universe = universe(&program, &[4]);
    let mut facts = Facts::new(program.relations.len());
    for (from, to) in [(1, 2), (2, 3), (3, 1), (3, 4)] {
        facts.assert(edge, &[actor(from), actor(to)], nowhere(), None);
    }
    check(
        &program,
        &universe,
        &facts,
        &[
            (path, &[actor(1), actor(1)], Truth::Certain),
            (path, &[actor(1), actor(4)], Truth::Certain),
            (path, &[actor(4), actor(1)], Truth::False),
            (path, &[actor(0), actor(1)], Truth::False),
        ],
    );
}

#[test]
fn open_relations_are_maybe_until_denied_or_closed() {
    let mut program = program();
    let minister = open(&mut program, "minister", &[ACTOR]);
    let age = open(&mut program, "age", &[ACTOR, INTEGER]);
    program.relations[age].single_valued = true;
    let adult = closed(&mut program, "adult", &[ACTOR]);
    let free = closed(&mut program, "free", &[ACTOR]);
    rule(
        &mut program,
        &[ACTOR, INTEGER],
        atom(adult, &[v(0)]),
        vec![
            positive(age, &[v(0), v(1)]),
            compare(
                v(1),
                Comparison::AtLeast,
                Term::Constant(number(18)),
                INTEGER,
            ),
        ],
    );
    rule(
        &mut program,
        &[ACTOR],
        atom(free, &[v(0)]),
        vec![
            positive(adult, &[v(0)]),
            negative(vec![positive(minister, &[v(0)])]),
        ],
    );
    stratify(&mut program);
    let universe = universe(&program, &[3]);
    let mut facts = Facts::new(program.relations.len());
    facts.assert(age, &[actor(1), number(20)], nowhere(), None);
    facts.assert(age, &[actor(2), number(10)], nowhere(), None);
    facts.deny(minister, &[actor(1)], nowhere(), None);
    check(
        &program,
        &universe,
        &facts,
        &[
            (minister, &[actor(1)], Truth::False),
            (minister, &[actor(2)], Truth::Maybe),
            (age, &[actor(2), number(11)], Truth::False),
            (age, &[actor(3), number(11)], Truth::Maybe),
            (adult, &[actor(1)], Truth::Certain),
            (adult, &[actor(2)], Truth::False),
            (adult, &[actor(3)], Truth::Maybe),
            (free, &[actor(1)], Truth::Certain),
            (free, &[actor(2)], Truth::False),
            (free, &[actor(3)], Truth::Maybe),
            (free, &[actor(0)], Truth::Maybe),
        ],
    );
}
