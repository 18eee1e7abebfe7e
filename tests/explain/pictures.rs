//! Pictures and pages: hostile labels do no harm, the same graph makes the same bytes, and a
//! graph too large to be looked at is folded.

#![expect(
    clippy::indexing_slicing,
    reason = "an index that is wrong fails its test"
)]

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use attendu::base::Language;
use attendu::explain::{
    Edge, Explanation, render_dot, render_html, render_markdown, render_mermaid, render_png,
    render_svg,
};
use resvg::usvg::roxmltree::{Document, Node};

use crate::fixture::{fact, norm, verdict};
use crate::formats::hostile_graph;

/// Without blanks, as lines are broken at them.
fn letters(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn a_drawing_has_shapes_and_texts_alone() {
    for language in Language::ALL {
        let svg = render_svg(&hostile_graph(language));
        let document = Document::parse(&svg).unwrap();
        let mut names = BTreeSet::new();
        for node in document.descendants().filter(Node::is_element) {
            names.insert(node.tag_name().name().to_owned());
            for attribute in node.attributes() {
                assert!(!attribute.name().starts_with("on"), "{}", attribute.name());
                assert_ne!(attribute.name(), "href");
            }
        }
        let known = [
            "circle", "defs", "g", "marker", "path", "rect", "svg", "text", "title",
        ];
        assert_eq!(names, known.map(str::to_owned).into());
        let texts: String = document.descendants().filter_map(|it| it.text()).collect();
        assert!(letters(&texts).contains("<script>alert(1)</script>"));
        assert!(!texts.contains(['\u{202e}', '\u{7}', '\u{1b}']));
        assert!(texts.chars().count() < 60_000);
    }
}

#[test]
fn a_drawing_becomes_a_picture_of_the_same_bytes() {
    let graph = hostile_graph(Language::Fr);
    let svg = render_svg(&graph);
    assert_eq!(svg, render_svg(&hostile_graph(Language::Fr)));
    let png = render_png(&graph).unwrap();
    assert!(png.starts_with(b"\x89PNG") && png.len() > 20_000);
    assert_eq!(png, render_png(&graph).unwrap());
}

/// The names of the tags in a page.
fn tags(html: &str) -> BTreeSet<String> {
    let opened = html.split('<').skip(1);
    opened
        .map(|rest| {
            let rest = rest.trim_start_matches('/');
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '!');
            rest.split_at(end.unwrap_or(rest.len())).0.to_owned()
        })
        .collect()
}

#[test]
fn a_page_runs_and_loads_nothing() {
    for language in Language::ALL {
        let html = render_html(&hostile_graph(language)).unwrap();
        let known = "!DOCTYPE a article body circle defs details div em figure g h1 h2 h3 head \
                     html li main marker meta p path rect section small span strong style summary \
                     svg text title ul";
        let known: BTreeSet<_> = known.split_whitespace().map(str::to_owned).collect();
        let found = tags(&html);
        assert!(found.is_subset(&known), "{found:?}");
        assert!(html.contains("&lt;script&gt;alert(1)&lt;"));
        assert!(html.contains("default-src 'none'"));
        assert!(!html.contains(['\u{202e}', '\u{7}', '\u{1b}']));
        assert!(!html.contains("src=") && !html.contains("@import"));
        // All that opens can be reached by a link to it.
        for link in html.split("href=\"#").skip(1) {
            let (to, _) = link.split_once('"').unwrap();
            assert!(html.contains(&format!("id=\"{to}\"")), "{to}");
        }
    }
}

#[test]
fn a_flowchart_keeps_labels_in_their_quotes() {
    for language in Language::ALL {
        let mermaid = render_mermaid(&hostile_graph(language));
        let mut labels = 0;
        for line in mermaid.lines().filter(|line| line.contains(":::")) {
            assert_eq!(line.matches('"').count(), 2, "{line}");
            let label = line.split('"').nth(1).unwrap();
            let plain = ["<b>", "</b>", "<br/>"]
                .iter()
                .fold(label.to_owned(), |text, tag| text.replace(tag, ""));
            assert!(
                !plain.contains(['<', '>', '`', '[', ']', '{', '}', '\\']),
                "{plain}"
            );
            assert!(!plain.contains(char::is_control), "{plain}");
            labels += 1;
        }
        assert!(labels > 10, "{mermaid}");
    }
}

#[test]
fn markdown_stays_text_and_in_its_fence() {
    for language in Language::ALL {
        let text = render_markdown(&hostile_graph(language));
        assert_eq!(text.matches("```").count(), 2);
        let (memo, picture) = text.split_once("```mermaid\n").unwrap();
        assert!(picture.starts_with("flowchart LR\n"));
        assert!(!memo.contains(['<', '>', '\u{202e}', '\u{7}', '\u{1b}']));
        assert!(memo.contains("&lt;script&gt;alert(1)"));
        assert!(memo.contains("\\{\\|\\}"), "{memo:.600}");
    }
}

/// A verdict on norms, each on further norms, and so on.
fn large(nodes: usize) -> Explanation {
    let mut explanation = Explanation::new(Language::En, "a", "2024-01-01");
    let mut ids = vec![explanation.add("root", verdict("a"))];
    for number in 1..nodes {
        let name = format!("d/{number}");
        let id = explanation.add(name.clone(), norm(&name));
        explanation.connect(ids[(number - 1) / 4], id, Edge::Because);
        let leaf = explanation.add(format!("leaf {number}"), fact(&name));
        explanation.connect(id, leaf, Edge::Because);
        ids.push(id);
    }
    explanation
}

#[test]
fn a_large_graph_is_folded_and_says_so() {
    let graph = large(2_500);
    assert_eq!(graph.nodes().count(), 4_999);
    let mermaid = render_mermaid(&graph);
    assert_eq!(mermaid.matches(":::").count(), 299);
    assert!(
        mermaid.contains("Not shown: 2201 of 2500 boxes"),
        "{mermaid:.300}"
    );
    assert!(mermaid.contains("not shown below this: 4"));
    let dot = render_dot(&graph);
    assert!(dot.contains("Not shown: 2201 of 2500 boxes"));
    // Within a second, by the quickest of three tries: other tests run beside this one.
    let tries = [(); 3].map(|()| {
        let start = Instant::now();
        let svg = render_svg(&graph);
        assert!(letters(&svg).contains("Notshown:2201of2500boxes"));
        start.elapsed()
    });
    assert!(
        tries.iter().min() < Some(&Duration::from_secs(1)),
        "{tries:?}"
    );
    // One that can be looked at is shown whole.
    assert_eq!(render_mermaid(&large(200)).matches(":::").count(), 200);
}
