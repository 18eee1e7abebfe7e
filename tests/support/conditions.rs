//! Random names, terms and conditions, of which `programs.rs` makes statements.

use attendu::base::{FileId, Id, Span};
use attendu::lang::ast::*;
use attendu::lang::print_symbol;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

pub(super) fn nowhere() -> StatementSpan {
    StatementSpan(Span::new(FileId::new(0), 0, 0))
}

pub(super) fn placed<T>(node: T) -> Spanned<T> {
    Spanned {
        node,
        span: nowhere().0,
    }
}

/// Often nothing.
pub(super) fn absent_or<T: Clone + std::fmt::Debug + 'static>(
    some: impl Strategy<Value = Vec<T>> + 'static,
) -> impl Strategy<Value = Vec<T>> {
    prop_oneof![Just(Vec::new()), some]
}

/// The words of a comment line, trimmed; perhaps none.
pub(super) fn line() -> impl Strategy<Value = String> {
    prop_oneof!["[ a-zé/.'\"(]{0,20}", ".{0,12}"].prop_map(|text| text.trim_end().to_owned())
}

/// Comment lines and single blank lines.
pub(super) fn comments() -> impl Strategy<Value = Vec<String>> {
    let comment = line().prop_map(|text| {
        if text.is_empty() {
            " ".to_owned()
        } else {
            text
        }
    });
    vec(prop_oneof![2 => comment, 1 => Just(String::new())], 0..4).prop_map(|mut lines| {
        lines.dedup_by(|a, b| a.is_empty() && b.is_empty());
        lines
    })
}

pub(super) fn name() -> impl Strategy<Value = Name> {
    let known = prop::sample::select(vec!["act", "any", "share", "kept_by", "photo-1", "forêt"]);
    let random = "[@a-z][A-Za-z0-9_é]{0,6}(-[0-9A-Za-z_é]{1,3}){0,2}"
        .prop_filter("plain names", |name| {
            !matches!(name.as_str(), "en" | "fr") && print_symbol(name) == *name
        });
    prop_oneof![known.prop_map(str::to_owned), random].prop_map(placed)
}

/// A name, or what needs quotes.
pub(super) fn symbol() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "en",
        "fr",
        "of",
        "norm",
        "Roy Smith",
        "jane.doe",
        "",
        "it's",
        "a\\b",
        "a\nb",
        "a/1",
        "_",
    ]);
    prop_oneof![
        4 => name().prop_map(|name| name.node),
        2 => odd.prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

pub(super) fn variable() -> impl Strategy<Value = Name> {
    "[A-Z][A-Za-z0-9_é]{0,3}".prop_map(placed)
}

pub(super) fn reference() -> impl Strategy<Value = Reference> {
    "[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}/[0-9]{1,3}[a-z]?(/[0-9])?".prop_map(placed)
}

pub(super) fn text() -> impl Strategy<Value = Spanned<String>> {
    prop_oneof![
        "[ a-zé{}.\"\\\\\n']{0,20}",
        "[a-z ]{60,130}",
        any::<String>(),
    ]
    .prop_map(placed)
}

pub(super) fn texts() -> impl Strategy<Value = Texts> {
    (of(text()), of(text())).prop_map(|(en, fr)| Texts { en, fr })
}

pub(super) fn integer() -> impl Strategy<Value = i64> {
    prop_oneof![0..100_i64, Just(i64::MAX), 0..=i64::MAX]
}

pub(super) fn date() -> impl Strategy<Value = Date> {
    let day = (0..10_000, 1..=12, 1..=28);
    (day, of((0..24, 0..60))).prop_map(|((year, month, day), time)| {
        let time = time.map_or(String::new(), |(hour, minute)| {
            format!("T{hour:02}:{minute:02}")
        });
        Date::parse(&format!("{year:04}-{month:02}-{day:02}{time}")).unwrap()
    })
}

pub(super) fn term() -> impl Strategy<Value = Term> {
    let kind = prop_oneof![
        4 => variable().prop_map(|name| TermKind::Variable(name.node)),
        3 => symbol().prop_map(TermKind::Symbol),
        1 => integer().prop_map(TermKind::Integer),
        1 => date().prop_map(TermKind::Date),
        1 => text().prop_map(|text| TermKind::Text(text.node)),
        1 => Just(TermKind::Any),
    ];
    kind.prop_map(|kind| Term {
        kind,
        span: nowhere(),
    })
}

pub(super) fn atom() -> impl Strategy<Value = Atom> {
    (name(), vec(term(), 1..4)).prop_map(|(relation, terms)| Atom {
        relation,
        terms,
        span: nowhere(),
    })
}

pub(super) fn role() -> impl Strategy<Value = Spanned<Role>> {
    prop::sample::select(Role::ALL.to_vec()).prop_map(placed)
}

pub(super) fn roles() -> impl Strategy<Value = Vec<RoleTerm>> {
    vec(
        (role(), term()).prop_map(|(role, term)| RoleTerm { role, term }),
        0..4,
    )
}

pub(super) fn pattern() -> impl Strategy<Value = Pattern> {
    (of(variable()), vec(name(), 1..3), roles()).prop_map(|(label, actions, roles)| Pattern {
        label,
        actions,
        roles,
    })
}

pub(super) fn target_kind(is_advice: bool) -> impl Strategy<Value = TargetKind> {
    let state = (atom(), of(term()), of(pattern())).prop_map(move |(atom, by, purpose)| {
        let purpose = purpose.filter(|_| is_advice);
        TargetKind::State { atom, by, purpose }
    });
    prop_oneof![pattern().prop_map(TargetKind::Act), state]
}

pub(super) fn target(is_advice: bool) -> impl Strategy<Value = Target> {
    (any::<bool>(), target_kind(is_advice)).prop_map(|(negated, kind)| Target { negated, kind })
}

pub(super) fn body() -> BoxedStrategy<Vec<Literal>> {
    vec(literal(), 1..4).boxed()
}

/// A condition, with groups and aggregates nested a few deep.
pub(super) fn literal() -> BoxedStrategy<Literal> {
    let status = prop::sample::select(StatusWord::ALL.to_vec());
    let under = prop_oneof![reference().boxed(), name().boxed()];
    let simple = prop_oneof![
        4 => (any::<bool>(), atom())
            .prop_map(|(negated, atom)| LiteralKind::Atom { negated, atom }),
        1 => (any::<bool>(), status, pattern(), of(under)).prop_map(
            |(negated, (status, _), pattern, under)| LiteralKind::Status {
                negated,
                status,
                pattern,
                under,
            }
        ),
        1 => (left(), comparison(), expression()).prop_map(|(left, operator, right)| {
            LiteralKind::Compare {
                left,
                operator,
                right,
            }
        }),
    ];
    let literal = |kind| Literal {
        kind,
        span: nowhere(),
    };
    simple
        .prop_map(literal)
        .prop_recursive(3, 12, 3, move |inner| {
            let body = vec(inner, 1..3);
            let group = vec(body.clone(), 2..4).prop_map(LiteralKind::Or);
            let aggregate = (left(), function(), vec(term(), 1..3), body).prop_map(
                |(left, function, terms, body)| LiteralKind::Aggregate {
                    left,
                    aggregate: Aggregate {
                        function,
                        terms,
                        body,
                    },
                },
            );
            prop_oneof![group, aggregate].prop_map(literal)
        })
        .boxed()
}

pub(super) fn comparison() -> impl Strategy<Value = Comparison> {
    prop::sample::select(vec![
        Comparison::Equal,
        Comparison::Unequal,
        Comparison::Less,
        Comparison::AtMost,
        Comparison::Greater,
        Comparison::AtLeast,
    ])
}

pub(super) fn function() -> impl Strategy<Value = AggregateFunction> {
    prop::sample::select(vec![
        AggregateFunction::Count,
        AggregateFunction::Sum,
        AggregateFunction::Min,
        AggregateFunction::Max,
    ])
}

pub(super) fn operand() -> impl Strategy<Value = Operand> {
    let plain = term()
        .prop_filter("a value", |term| term.kind != TermKind::Any)
        .prop_map(Operand::Term);
    let quantity =
        (integer(), name()).prop_map(|(amount, unit)| Operand::Quantity(placed(amount), unit));
    prop_oneof![3 => plain, 1 => quantity]
}

pub(super) fn product() -> impl Strategy<Value = Product> {
    (operand(), of(integer())).prop_map(|(operand, factor)| Product { operand, factor })
}

pub(super) fn expression() -> impl Strategy<Value = Expression> {
    (product(), vec((any::<bool>(), product()), 0..3)).prop_map(|(first, rest)| Expression {
        first,
        rest,
        span: nowhere(),
    })
}

/// An expression that does not start with a symbol.
pub(super) fn left() -> impl Strategy<Value = Expression> {
    (expression(), variable()).prop_map(|(mut expression, variable)| {
        if let Operand::Term(term) = &mut expression.first.operand
            && matches!(term.kind, TermKind::Symbol(_))
        {
            term.kind = TermKind::Variable(variable.node);
        }
        expression
    })
}

pub(super) fn clause() -> impl Strategy<Value = Clause> {
    let condition = of((body(), vec(body(), 0..3)));
    (any::<bool>(), atom(), condition).prop_map(|(negated, head, condition)| {
        let (body, unless) = condition.unwrap_or_default();
        Clause {
            negated,
            head,
            body,
            unless,
        }
    })
}
