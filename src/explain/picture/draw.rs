//! A laid-out picture as SVG. All is black on white; what a box or a line is, border, weight,
//! dash and corner say.

use std::fmt::Write;

use super::super::graph::{Edge, Explanation};
use super::super::html::anchor;
use super::super::labels;
use super::super::sketch::{Look, Sketch};
use super::boxes::{LEADING, PADDING, SetBox, SetLine};
use super::legend::Legend;
use super::measure::{FAMILY, Fonts, SIZE};
use super::place::{MARGIN, Placed, Point};
use super::route::{Route, routes};

/// From the top of a line of text to its base line.
const ASCENT: f64 = 9.5;

/// A drawing in the making.
pub(super) struct Page<'f> {
    svg: String,
    /// Before the names of heads, so that several pictures can share a page.
    prefix: String,
    fonts: &'f Fonts,
}

/// The picture.
pub(super) fn draw(
    explanation: &Explanation,
    sketch: &Sketch,
    boxes: &[SetBox],
    placed: &Placed,
    fonts: &Fonts,
) -> String {
    let legend = Legend::of(explanation.language, sketch, fonts);
    let titles: Vec<_> = sketch
        .title
        .iter()
        .flat_map(|title| fonts.lines(title, false, 560.0))
        .collect();
    let rows = u32::try_from(titles.len()).map_or(0.0, f64::from);
    let above = rows * f64::from(LEADING) + if titles.is_empty() { 0.0 } else { MARGIN };
    let wide = titles.iter().map(|title| fonts.width(title, false));
    let wide = f64::from(wide.fold(0.0, f32::max)) + 2.0 * MARGIN;
    let width = placed.width.max(legend.width).max(wide);
    let mut page = Page::open(
        explanation,
        width,
        above + placed.height + legend.height,
        fonts,
    );
    for (row, title) in (0_u32..).zip(&titles) {
        let y = MARGIN + f64::from(row) * f64::from(LEADING);
        page.text((MARGIN, y), title, false);
    }
    page.group(above);
    let routes = routes(boxes, placed, &sketch.lines);
    for (line, route) in sketch.lines.iter().zip(&routes) {
        if let Some(route) = route {
            page.line(&route.path, line.edge);
        }
    }
    for (one, &centre) in boxes.iter().zip(&placed.centres) {
        page.set_box(one, centre);
    }
    for (line, route) in sketch.lines.iter().zip(&routes) {
        if let Some(route) = route {
            page.label(
                labels::edge(explanation.language, line.edge),
                line.edge,
                route,
            );
        }
    }
    page.svg.push_str("</g>\n");
    page.group(above + placed.height);
    legend.draw(&mut page);
    page.svg.push_str("</g>\n</svg>\n");
    page.svg
}

impl<'f> Page<'f> {
    fn open(explanation: &Explanation, width: f64, height: f64, fonts: &'f Fonts) -> Self {
        let root = explanation.root().and_then(|root| explanation.node(root));
        let what = root.map(|root| {
            let described = super::super::describe::describe(explanation, root);
            escaped(&super::super::wrap::shortened(&described.heading, 200))
        });
        let (width, height) = (width.ceil(), height.ceil());
        let code = explanation.language.code();
        let prefix = anchor(&explanation.act);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" lang=\"{code}\" role=\"img\" \
             font-family=\"{FAMILY}, DejaVu Sans, Arial, sans-serif\" font-size=\"{SIZE}\" \
             fill=\"black\">\n<title>{}</title>\n{}\
             <rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n",
            what.unwrap_or_default(),
            MARKERS.replace("{prefix}", &prefix)
        );
        Self { svg, prefix, fonts }
    }

    /// Opens a group that stands this far down.
    fn group(&mut self, down: f64) {
        self.put(format_args!("<g transform=\"translate(0 {down:.1})\">\n"));
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.svg.write_fmt(text);
    }

    /// A line of text from its top left.
    pub(super) fn text(&mut self, (x, y): Point, text: &str, bold: bool) {
        if text.trim().is_empty() {
            return;
        }
        let width = self.fonts.width(text, bold);
        let weight = if bold { " font-weight=\"bold\"" } else { "" };
        let (y, text) = (y + ASCENT, escaped(text));
        self.put(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{width:.1}\" \
             lengthAdjust=\"spacingAndGlyphs\"{weight}>{text}</text>\n"
        ));
    }

    /// A line between boxes.
    pub(super) fn line(&mut self, path: &str, edge: Edge) {
        let (pen, head) = match edge {
            Edge::Because => ("stroke-width=\"1\"", "tip"),
            Edge::Otherwise | Edge::Holds => {
                ("stroke-width=\"1\" stroke-dasharray=\"1.5 2.5\"", "tip")
            }
            Edge::Fails | Edge::Bars => ("stroke-width=\"1\" stroke-dasharray=\"5 3\"", "ring"),
            Edge::Unless => ("stroke-width=\"1\" stroke-dasharray=\"5 3\"", "open"),
            Edge::Defeats => ("stroke-width=\"2\"", "bar"),
            Edge::Cites => ("stroke-width=\"0.7\" stroke-dasharray=\"1 3\"", "none"),
        };
        let head = match head {
            "none" => String::new(),
            head => format!(" marker-end=\"url(#{}-{head})\"", self.prefix),
        };
        self.put(format_args!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"black\" {pen}{head}/>\n"
        ));
    }

    /// The word for a line, before its end.
    fn label(&mut self, word: &str, edge: Edge, route: &Route) {
        if matches!(edge, Edge::Because | Edge::Cites) {
            return;
        }
        let (x, y) = (route.end.0 - 10.0, route.end.1 - 4.0);
        let word = escaped(word);
        self.put(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"end\" font-size=\"9\" stroke=\"white\" \
             stroke-width=\"3\" stroke-linejoin=\"round\" aria-hidden=\"true\">{word}</text>\n\
             <text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"end\" font-size=\"9\">{word}</text>\n"
        ));
    }

    fn set_box(&mut self, one: &SetBox, (x, y): Point) {
        let (width, height) = (f64::from(one.width), f64::from(one.height));
        let (left, top) = (x - width / 2.0, y - height / 2.0);
        self.shape(one.look, (left, top), (width, height));
        let side = f64::from(PADDING) + if one.look == Look::Priority { 6.0 } else { 0.0 };
        for (row, line) in (0_u32..).zip(&one.lines) {
            let down = top + f64::from(PADDING) + f64::from(row) * f64::from(LEADING);
            self.row(line, (left + side, down));
        }
    }

    fn row(&mut self, line: &SetLine, (x, y): Point) {
        let x = x + f64::from(line.indent);
        if line.dash {
            self.text((x - 8.0, y), "–", false);
        }
        self.text((x, y), &line.text, line.bold);
    }

    /// The border of a box.
    pub(super) fn shape(&mut self, look: Look, corner: Point, size: Point) {
        let outline = outline(look, corner, size);
        let pen = match look {
            Look::Verdict => "stroke=\"black\" stroke-width=\"1.5\"",
            Look::InForce => "stroke=\"black\" stroke-width=\"2.4\"",
            Look::Open => {
                "stroke=\"black\" stroke-width=\"1.8\" stroke-linecap=\"round\" stroke-dasharray=\"0.1 4\""
            }
            Look::Aside => "stroke=\"black\" stroke-width=\"1.2\" stroke-dasharray=\"7 4\"",
            Look::Priority | Look::Condition | Look::Rule => "stroke=\"black\" stroke-width=\"1\"",
            Look::Document => "stroke=\"black\" stroke-width=\"0.6\"",
            Look::Unknown => "stroke=\"black\" stroke-width=\"0.8\" stroke-dasharray=\"1 2\"",
            Look::Assumed => "stroke=\"black\" stroke-width=\"0.8\" stroke-dasharray=\"5 3\"",
            Look::Plain => "stroke=\"none\"",
        };
        self.put(format_args!(
            "<path d=\"{outline}\" fill=\"white\" {pen}/>\n"
        ));
        if look == Look::Verdict {
            let inner = outline_of_rectangle(
                (corner.0 + 3.0, corner.1 + 3.0),
                (size.0 - 6.0, size.1 - 6.0),
            );
            self.put(format_args!(
                "<path d=\"{inner}\" fill=\"none\" stroke=\"black\" stroke-width=\"0.8\"/>\n"
            ));
        }
    }
}

/// The outline of a box, from its top left.
fn outline(look: Look, (left, top): Point, (width, height): Point) -> String {
    let (right, bottom) = (left + width, top + height);
    match look {
        Look::Priority => {
            let (near, far, middle) = (left + 7.0, right - 7.0, top + height / 2.0);
            format!(
                "M{left:.1} {middle:.1}L{near:.1} {top:.1}H{far:.1}L{right:.1} {middle:.1}\
                 L{far:.1} {bottom:.1}H{near:.1}Z"
            )
        }
        Look::Condition => {
            let (fold, down) = (right - 8.0, top + 8.0);
            format!(
                "M{left:.1} {top:.1}H{fold:.1}L{right:.1} {down:.1}V{bottom:.1}H{left:.1}Z\
                 M{fold:.1} {top:.1}V{down:.1}H{right:.1}"
            )
        }
        Look::Rule => {
            let round = 8.0_f64.min(height / 2.0 - 1.0);
            let (across, down) = (width - 2.0 * round, height - 2.0 * round);
            let start = left + round;
            let turn = |x: &str, y: &str| format!("a{round} {round} 0 0 1 {x}{round} {y}{round}");
            format!(
                "M{start:.1} {top:.1}h{across:.1}{}v{down:.1}{}h-{across:.1}{}v-{down:.1}{}Z",
                turn("", ""),
                turn("-", ""),
                turn("-", "-"),
                turn("", "-")
            )
        }
        Look::Document => {
            let (near, body) = (left + 40.0_f64.min(width / 2.0), top + 4.0);
            format!(
                "M{left:.1} {top:.1}H{near:.1}V{body:.1}H{right:.1}V{bottom:.1}H{left:.1}Z\
                 M{left:.1} {body:.1}H{near:.1}"
            )
        }
        _ => outline_of_rectangle((left, top), (width, height)),
    }
}

fn outline_of_rectangle((left, top): Point, (width, height): Point) -> String {
    let (right, bottom) = (left + width, top + height);
    format!("M{left:.1} {top:.1}H{right:.1}V{bottom:.1}H{left:.1}Z")
}

/// Heads of lines.
const MARKERS: &str = "<defs>\
<marker id=\"{prefix}-tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" \
markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 1L8 4L0 7Z\"/></marker>\
<marker id=\"{prefix}-open\" viewBox=\"0 0 10 10\" refX=\"10\" refY=\"5\" markerWidth=\"10\" \
markerHeight=\"10\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">\
<path d=\"M0.5 1L9.5 5L0.5 9Z\" fill=\"white\" stroke=\"black\"/></marker>\
<marker id=\"{prefix}-ring\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" \
markerUnits=\"userSpaceOnUse\" orient=\"auto\">\
<circle cx=\"4\" cy=\"4\" r=\"3.2\" fill=\"white\" stroke=\"black\"/></marker>\
<marker id=\"{prefix}-bar\" viewBox=\"0 0 4 12\" refX=\"3\" refY=\"6\" markerWidth=\"4\" markerHeight=\"12\" \
markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M1 0H3.5V12H1Z\"/></marker>\
</defs>\n";

/// Text between tags and in attributes; what XML has no place for becomes an empty box.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('□'),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}
