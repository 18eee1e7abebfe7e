//! Every format on hostile labels, against its schema, and on random graphs.

#![expect(
    clippy::indexing_slicing,
    reason = "an index that is wrong fails its test"
)]

use attendu::base::Language;
use attendu::explain::{
    Edge, Explanation, NodeKind, render_dot, render_html, render_mermaid, render_prose, render_svg,
    render_text, to_json,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::fixture::{atom, fact, norm, verdict};

pub(crate) const SCHEMA: &str = include_str!("../../docs/schemas/explanation.schema.json");

/// Text that has broken pictures and terminals before.
fn hostile() -> Vec<String> {
    let mut texts: Vec<_> = [
        "say \"no\"",
        "back\\slash\\",
        "line\nbreak\r\n\ttab",
        "<script>alert(1)</script> &amp; <b>",
        "\u{202e}right to left \u{2066}mark",
        "حساب رسمي",
        "\\l\\n{|}",
        "",
        "'; DROP",
        "\u{7}\u{1b}[31mred",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("x".repeat(10_000));
    texts.push("é ".repeat(5_000));
    texts
}

pub(crate) fn hostile_graph(language: Language) -> Explanation {
    let mut explanation = Explanation::new(language, "a", "2024-01-01");
    let root = explanation.add("root", verdict("a \"b\" \\"));
    for text in hostile() {
        let of = explanation.add(text.clone(), norm(&text));
        explanation.connect(root, of, Edge::Because);
        let leaf = explanation.add(text.clone(), fact(&text));
        explanation.connect(of, leaf, Edge::Unless);
        explanation.connect(root, leaf, Edge::Because);
        let folded = explanation.add(
            text.clone(),
            NodeKind::Unknown {
                atom: atom(&text, &text),
            },
        );
        explanation.connect(of, folded, Edge::Because);
    }
    explanation
}

/// Each line of a `dot` text outside its label strings, and the strings.
fn dot_strings(dot: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let mut inside: Option<String> = None;
    let mut letters = dot.chars();
    while let Some(letter) = letters.next() {
        match (&mut inside, letter) {
            (Some(text), '\\') => {
                text.push(letter);
                text.extend(letters.next());
            }
            (Some(_), '"') => strings.extend(inside.take()),
            (Some(text), _) => text.push(letter),
            (None, '"') => inside = Some(String::new()),
            (None, _) => assert!(
                !"<>&\u{7}\u{1b}".contains(letter) || letter == '>',
                "{letter}"
            ),
        }
    }
    assert!(inside.is_none(), "an open string");
    strings
}

#[test]
fn hostile_labels_stay_labels() {
    for language in Language::ALL {
        let dot = render_dot(&hostile_graph(language));
        let strings = dot_strings(&dot);
        assert!(strings.len() > 20);
        for text in &strings {
            assert!(text.chars().count() < 6_000);
            assert!(!text.contains(char::is_control), "{text}");
            assert!(!text.contains('\u{202e}'));
        }
        assert_eq!(dot.matches('{').count(), dot.matches('}').count());
    }
}

#[test]
fn hostile_text_fits_and_stays_on_its_lines() {
    for language in Language::ALL {
        let graph = hostile_graph(language);
        for text in [render_text(&graph, 60), render_prose(&graph, 60)] {
            for line in text.lines() {
                assert!(line.chars().count() <= 60, "{line}");
                assert!(!line.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{line}");
            }
            assert!(text.contains("alert(1)"));
        }
    }
}

#[test]
fn json_follows_its_schema() {
    let schema = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let json = to_json(&hostile_graph(Language::Fr));
    let errors: Vec<_> = validator
        .iter_errors(&json)
        .map(|one| one.to_string())
        .collect();
    assert_eq!(errors, [""; 0]);
    let mut wrong = json;
    wrong["nodes"][0]["more"] = serde_json::json!(1);
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn circles_are_refused() {
    let mut explanation = Explanation::new(Language::En, "a", "");
    let first = explanation.add("1", verdict("a"));
    let second = explanation.add("2", norm("d/1"));
    assert!(explanation.connect(first, second, Edge::Because));
    assert!(explanation.connect(first, second, Edge::Because));
    assert!(!explanation.connect(second, first, Edge::Because));
    assert!(!explanation.connect(first, first, Edge::Because));
    assert_eq!(explanation.edges().count(), 1);
}

/// A node of each kind.
fn kind(number: usize, name: &str) -> NodeKind {
    let atom = atom("p", name);
    match number % 8 {
        0 => norm(name),
        1 => fact(name),
        2 => NodeKind::Unknown { atom },
        3 => NodeKind::Rule {
            id: Some(name.to_owned()),
            written: name.to_owned(),
            atom,
            values: vec![("X".to_owned(), name.to_owned())],
            lines: vec![(1, 2)],
            place: None,
            certain: number.is_multiple_of(2),
            fails: (number.is_multiple_of(3)).then(|| name.to_owned()),
            left_out: number % 3,
        },
        4 => NodeKind::Resolution {
            winner: name.to_owned(),
            loser: name.to_owned(),
            principle: (number.is_multiple_of(2)).then_some("later"),
        },
        5 => NodeKind::Document {
            id: name.to_owned(),
            from: None,
            until: None,
            source: None,
        },
        6 => NodeKind::Comparison {
            written: name.to_owned(),
            left: name.to_owned(),
            right: String::new(),
        },
        _ => verdict(name),
    }
}

fn random_graph() -> impl Strategy<Value = Explanation> {
    let edges = prop::collection::vec((0..30_usize, 0..30_usize, 0..4_usize), 0..80);
    let nodes = prop::collection::vec(0..24_usize, 1..30);
    (nodes, edges).prop_map(|(nodes, edges)| {
        let mut explanation = Explanation::new(Language::En, "act", "2024-01-01");
        let ids: Vec<_> = nodes
            .iter()
            .enumerate()
            .map(|(index, &number)| {
                let name = format!("node{index}end");
                explanation.add(name.clone(), kind(number, &name))
            })
            .collect();
        for (from, to, edge) in edges {
            let (from, to) = (ids[from % ids.len()], ids[to % ids.len()]);
            let edge = [Edge::Because, Edge::Unless, Edge::Defeats, Edge::Cites][edge];
            explanation.connect(from, to, edge);
        }
        explanation
    })
}

/// Each graph is laid out up to eight times: as many as usual are drawn, whatever is asked for.
#[test]
fn every_node_is_mentioned() {
    let config = ProptestConfig::default();
    let config = ProptestConfig {
        cases: config.cases.min(256),
        ..config
    };
    let graphs = (random_graph(), 30..120_usize);
    let outcome = TestRunner::new(config).run(&graphs, |(explanation, width)| {
        let text = render_text(&explanation, width);
        for (_, node) in explanation.nodes() {
            prop_assert!(text.contains(&node.text), "{} in\n{text}", node.text);
        }
        let dot = render_dot(&explanation);
        dot_strings(&dot);
        for (_, node) in explanation.nodes() {
            prop_assert!(dot.contains(&node.text), "{} in\n{dot}", node.text);
        }
        let drawn = [
            render_svg(&explanation),
            render_mermaid(&explanation),
            render_html(&explanation).unwrap(),
        ];
        for (_, node) in explanation.nodes() {
            for text in &drawn {
                prop_assert!(text.contains(&node.text), "{} in\n{text}", node.text);
            }
        }
        let json = to_json(&explanation);
        prop_assert_eq!(
            json["nodes"].as_array().map(Vec::len),
            Some(explanation.nodes().count())
        );
        prop_assert_eq!(
            json["edges"].as_array().map(Vec::len),
            Some(explanation.edges().count())
        );
        Ok(())
    });
    outcome.unwrap();
}
