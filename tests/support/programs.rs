//! Random syntax trees of all forms, as the parser could have made them. A test takes them in
//! with `#[path = "support/programs.rs"] mod programs;`.

use attendu::lang::ast::*;
use conditions::*;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

mod conditions;

/// What can be generated.
pub(crate) trait Written: Sized + std::fmt::Debug + 'static {
    /// Trees that the parser could have made.
    fn trees() -> BoxedStrategy<Self>;
}

impl Written for Program {
    fn trees() -> BoxedStrategy<Self> {
        (vec(Statement::trees(), 0..6), comments())
            .prop_map(|(mut statements, mut trailing)| {
                let top = statements
                    .first_mut()
                    .map_or(&mut trailing, |first| &mut first.comments);
                if top.first().is_some_and(String::is_empty) {
                    top.remove(0);
                }
                if trailing.last().is_some_and(String::is_empty) {
                    trailing.pop();
                }
                Self {
                    statements,
                    trailing,
                }
            })
            .boxed()
    }
}

impl Written for Statement {
    fn trees() -> BoxedStrategy<Self> {
        (
            comments(),
            vec(line(), 0..3),
            of(line()),
            StatementKind::trees(),
        )
            .prop_map(|(comments, doc, remark, kind)| Self {
                comments,
                doc,
                remark,
                kind: kind.into(),
                span: nowhere(),
            })
            .boxed()
    }
}

impl Written for StatementKind {
    fn trees() -> BoxedStrategy<Self> {
        prop_oneof![
            1 => sort().prop_map(Self::Sort),
            1 => document().prop_map(Self::Document),
            2 => relation().prop_map(Self::Relation),
            2 => action().prop_map(Self::Action),
            2 => define().prop_map(Self::Define),
            2 => scope().prop_map(Self::Scope),
            6 => norm().prop_map(Self::Norm),
            2 => note().prop_map(Self::Note),
            1 => (body(), texts()).prop_map(|(body, texts)| Self::Never(Never { body, texts })),
            1 => vec(name(), 1..4).prop_map(Self::Resolve),
            2 => clause().prop_map(Self::Rule),
        ]
        .boxed()
    }
}

impl Written for Query {
    fn trees() -> BoxedStrategy<Self> {
        let question = prop::sample::select(vec![
            Question::May,
            Question::Must,
            Question::MustNot,
            Question::Conflict,
            Question::Unregulated,
        ]);
        let deontic = (question, target_kind(false), absent_or(body())).prop_map(
            |(question, target, condition)| QueryKind::Deontic {
                question: placed(question),
                target,
                condition,
            },
        );
        let kind = prop_oneof![deontic, body().prop_map(QueryKind::Body)];
        (comments(), kind)
            .prop_map(|(mut comments, kind)| {
                if comments.first().is_some_and(String::is_empty) {
                    comments.remove(0);
                }
                if comments.last().is_some_and(String::is_empty) {
                    comments.pop();
                }
                Self { comments, kind }
            })
            .boxed()
    }
}

impl Written for TargetKind {
    fn trees() -> BoxedStrategy<Self> {
        target_kind(false).boxed()
    }
}

impl Written for Atom {
    fn trees() -> BoxedStrategy<Self> {
        atom().boxed()
    }
}

impl Written for Literal {
    fn trees() -> BoxedStrategy<Self> {
        literal()
    }
}

fn header() -> impl Strategy<Value = Header> {
    let lines = vec((0..5000_u32, 0..90_u32), 0..3).prop_map(|ranges| {
        let ranges = ranges.into_iter();
        ranges
            .map(|(first, length)| placed((first, first + length)))
            .collect()
    });
    (lines, texts()).prop_map(|(lines, texts)| Header { lines, texts })
}

fn sort() -> impl Strategy<Value = Sort> {
    let members = of(vec(symbol().prop_map(placed), 1..5));
    (name(), members).prop_map(|(name, members)| Sort { name, members })
}

fn document() -> impl Strategy<Value = Document> {
    let entity = || of(symbol().prop_map(placed));
    let dates = (of(date().prop_map(placed)), of(date().prop_map(placed)));
    let facts = (entity(), entity(), of(name()));
    (name(), texts(), facts, dates, of((text(), text()))).prop_map(
        |(name, title, (jurisdiction, publisher, rank), (from, until), source)| Document {
            name,
            title,
            jurisdiction,
            publisher,
            rank,
            from,
            until,
            source,
        },
    )
}

fn parameter() -> impl Strategy<Value = Parameter> {
    (name(), name()).prop_map(|(name, sort)| Parameter { name, sort })
}

fn relation() -> impl Strategy<Value = Relation> {
    let columns = (vec(parameter(), 1..4), of(parameter()));
    (any::<bool>(), any::<bool>(), name(), columns, texts()).prop_map(
        |(open, fixed, name, (parameters, value), texts)| Relation {
            open,
            fixed,
            name,
            parameters,
            value,
            texts,
        },
    )
}

fn action() -> impl Strategy<Value = Action> {
    let role = (role(), any::<bool>(), name()).prop_map(|(role, optional, sort)| ActionRole {
        role,
        optional,
        sort,
    });
    (name(), vec(role, 1..4), vec(name(), 0..3), texts()).prop_map(
        |(name, roles, parents, texts)| Action {
            name,
            roles,
            parents,
            texts,
        },
    )
}

fn define() -> impl Strategy<Value = Define> {
    (reference(), header(), clause(), vec(reference(), 0..4)).prop_map(
        |(id, header, clause, overrides)| Define {
            id,
            header,
            clause,
            overrides,
        },
    )
}

fn scope() -> impl Strategy<Value = Scope> {
    let limits = (any::<bool>(), vec(name(), 0..3), roles());
    (
        reference(),
        header(),
        limits,
        absent_or(body()),
        vec(body(), 0..2),
    )
        .prop_map(
            |(id, header, (excludes, actions, roles), when, unless)| Scope {
                id,
                header,
                excludes,
                actions,
                roles,
                when,
                unless,
            },
        )
}

fn effect() -> impl Strategy<Value = Effect> {
    let direction = prop::sample::select(vec![Direction::Raises, Direction::Lowers]);
    prop_oneof![
        target(false).prop_map(Effect::Forbid),
        target(false).prop_map(Effect::Permit),
        target(false).prop_map(Effect::Oblige),
        target(true).prop_map(Effect::Discourage),
        target(true).prop_map(Effect::Recommend),
        (body(), pattern()).prop_map(|(body, acts)| Effect::Require(body, acts)),
        (pattern(), of(direction)).prop_map(|(acts, direction)| Effect::Consider(acts, direction)),
        atom().prop_map(Effect::Consequence),
    ]
}

fn within() -> impl Strategy<Value = Within> {
    (integer(), name(), variable()).prop_map(|(amount, unit, after)| Within {
        amount: placed(amount),
        unit,
        after,
    })
}

fn otherwise() -> impl Strategy<Value = Option<Box<Otherwise>>> {
    vec((target(false), of(within())), 0..3).prop_map(|reparations| {
        reparations
            .into_iter()
            .fold(None, |otherwise, (target, within)| {
                Some(Box::new(Otherwise {
                    target,
                    within,
                    otherwise,
                    span: nowhere(),
                }))
            })
    })
}

fn norm() -> impl Strategy<Value = Norm> {
    let per = prop_oneof![
        Just(Per::Act),
        vec(variable(), 1..3).prop_map(Per::Variables)
    ];
    let conditions = (absent_or(body()), vec(body(), 0..2));
    let limits = (of(per), of(within()), vec(reference(), 0..4), otherwise());
    (reference(), header(), effect(), conditions, limits).prop_map(
        |(id, header, effect, (when, unless), (per, within, overrides, otherwise))| Norm {
            id,
            header,
            effect: placed(effect),
            per,
            within,
            when,
            unless,
            overrides,
            otherwise,
        },
    )
}

fn note() -> impl Strategy<Value = Note> {
    let reason = prop_oneof![
        Just(Reason::Informative),
        reference().prop_map(Reason::Duplicate),
        text().prop_map(Reason::External),
    ];
    let purpose = of((pattern(), absent_or(body())));
    (reference(), header(), reason, purpose).prop_map(|(id, header, reason, purpose)| Note {
        id,
        header,
        reason,
        purpose,
    })
}
