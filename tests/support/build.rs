//! Builds checked programs directly, without text.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test")]

use attendu::base::{FileId, Id, Span, Table};
use attendu::lang::ast::{AggregateFunction, Comparison};
use attendu::program::{
    Atom, Column, Expression, Literal, LiteralKind, Operand, Origin, Program, Relation, RelationId,
    RelationKind, Rule, Sort, SortId, SortKind, Strata, Term, Texts, Universe, Value, Variable,
    VariableId, Variables,
};

/// A place that means nothing.
pub(crate) fn nowhere() -> Span {
    Span::new(FileId::new(0), 0, 0)
}

/// A literal of `kind`.
pub(crate) fn literal(kind: LiteralKind) -> Literal {
    Literal {
        kind,
        span: nowhere(),
    }
}

/// The variable numbered `index`.
pub(crate) fn v(index: usize) -> Term {
    Term::Variable(VariableId::new(index))
}

/// An atom.
pub(crate) fn atom(relation: RelationId, terms: &[Term]) -> Atom {
    Atom {
        relation,
        terms: terms.to_vec(),
    }
}

/// A positive literal.
pub(crate) fn positive(relation: RelationId, terms: &[Term]) -> Literal {
    literal(LiteralKind::Positive(atom(relation, terms)))
}

/// A negative literal.
pub(crate) fn negative(inner: Vec<Literal>) -> Literal {
    literal(LiteralKind::Negative(inner))
}

/// One operand.
pub(crate) fn operand(term: Term) -> Expression {
    let operand = match term {
        Term::Variable(variable) => Operand::Variable(variable),
        Term::Constant(value) => Operand::Constant(value),
        Term::Any => panic!("no operand"),
    };
    Expression {
        terms: vec![(1, operand)],
    }
}

/// A comparison of two terms.
pub(crate) fn compare(left: Term, operator: Comparison, right: Term, sort: SortId) -> Literal {
    literal(LiteralKind::Compare {
        left: operand(left),
        operator,
        right: operand(right),
        sort,
    })
}

/// `result = function { terms : body }`.
pub(crate) fn aggregate(
    result: usize,
    function: AggregateFunction,
    terms: &[Term],
    body: Vec<Literal>,
) -> Literal {
    literal(LiteralKind::Aggregate {
        result: VariableId::new(result),
        function,
        terms: terms.to_vec(),
        alternatives: vec![body],
    })
}

/// The value of a number.
pub(crate) fn number(number: i64) -> Value {
    Value::from_number(number).unwrap()
}

/// Variables of these sorts.
pub(crate) fn variables(sorts: &[SortId]) -> Variables {
    let mut table = Table::new();
    for (index, &sort) in sorts.iter().enumerate() {
        table.push(Variable {
            name: Some(format!("V{index}").into()),
            sort,
        });
    }
    table
}

/// A program with the built-in sorts and relations.
pub(crate) fn program() -> Program {
    let mut program = Program::default();
    for (name, kind) in [
        ("actor", SortKind::Entity),
        ("account", SortKind::Entity),
        ("content", SortKind::Entity),
        ("resource", SortKind::Entity),
        ("act", SortKind::Entity),
        ("integer", SortKind::Integer),
        ("date", SortKind::Date),
        ("text", SortKind::Text),
    ] {
        program.sorts.push(Sort {
            name: name.to_owned(),
            kind,
            span: None,
        });
    }
    for (name, kind, sort) in [
        ("recorded", RelationKind::Recorded, SortId::ACT),
        ("done", RelationKind::Done, SortId::ACT),
        ("planned", RelationKind::Planned, SortId::ACT),
        ("omitted", RelationKind::Omitted, SortId::ACT),
        ("now", RelationKind::Now, SortId::DATE),
    ] {
        relation(&mut program, name, kind, &[sort]);
    }
    program
}

/// Adds a closed relation.
pub(crate) fn relation(
    program: &mut Program,
    name: &str,
    kind: RelationKind,
    sorts: &[SortId],
) -> RelationId {
    let id = program.relations.next_id();
    let columns = sorts.iter().enumerate().map(|(index, &sort)| Column {
        name: format!("c{index}"),
        sort,
    });
    program.relations.push(Relation {
        name: name.to_owned(),
        kind,
        columns: columns.collect(),
        open: false,
        fixed: false,
        single_valued: false,
        declared: id,
        document: None,
        negation: None,
        meaning: String::new(),
        texts: Texts::default(),
        span: None,
    })
}

/// Adds a closed declared relation.
pub(crate) fn closed(program: &mut Program, name: &str, sorts: &[SortId]) -> RelationId {
    relation(program, name, RelationKind::Declared, sorts)
}

/// Adds an open declared relation.
pub(crate) fn open(program: &mut Program, name: &str, sorts: &[SortId]) -> RelationId {
    let id = closed(program, name, sorts);
    program.relations[id].open = true;
    id
}

/// Adds a rule over variables of these sorts.
pub(crate) fn rule(program: &mut Program, sorts: &[SortId], head: Atom, body: Vec<Literal>) {
    program.rules.push(Rule {
        head,
        variables: variables(sorts),
        body,
        origin: Origin::Vocabulary,
        span: nowhere(),
    });
}

/// Orders the components.
pub(crate) fn stratify(program: &mut Program) {
    program.strata = Strata::new(&program.relations, &program.rules);
}

/// A universe with `sizes` individuals of each of the first sorts.
pub(crate) fn universe(program: &Program, sizes: &[usize]) -> Universe {
    let mut universe = Universe::new(program.sorts.len());
    for (sort, &size) in sizes.iter().enumerate() {
        for index in 0..size {
            universe.intern(SortId::new(sort), &format!("s{sort}i{index}"));
        }
    }
    universe
}
