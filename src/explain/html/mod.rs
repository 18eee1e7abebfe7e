//! An explanation as one page of HTML: the memo, the picture, and every step as a tree that
//! opens and closes with the keyboard. It loads nothing, runs nothing, and prints with
//! everything that is open.

mod tree;

pub use minijinja::Error as PageError;
use minijinja::{AutoEscape, Environment, Value, context};
use sha2::{Digest, Sha256};

use super::graph::Explanation;
use super::labels::choose;
use super::memo::{Block, Memo, memo};
use super::picture::render_svg;
use super::wrap::{LONGEST_PARAGRAPH, one_line, shortened};

use tree::tree;

/// The explanation as a page of its own.
pub fn render_html(explanation: &Explanation) -> Result<String, PageError> {
    let part = article(explanation, 1)?;
    let title = title(&explanation.asked.question);
    page(explanation.language.code(), &title, part)
}

/// A page of its own around `part`, which is HTML: with our style, and nothing to load. `lang` is
/// the code of its language; `title` is text.
pub fn page(lang: &str, title: &str, part: String) -> Result<String, PageError> {
    let mut environment = environment();
    environment.add_template("page", include_str!("page.html"))?;
    environment.get_template("page")?.render(context! {
        lang,
        title,
        style => Value::from_safe_string(STYLE.to_owned()),
        part => Value::from_safe_string(part),
    })
}

/// The explanation as an article, to be put into a page that has a heading of its own.
pub fn render_html_part(explanation: &Explanation) -> Result<String, PageError> {
    article(explanation, 2)
}

/// The article, with headings from `level` on.
fn article(explanation: &Explanation, level: usize) -> Result<String, PageError> {
    let mut environment = environment();
    environment.add_template("part", include_str!("part.html"))?;
    let say = |pair| choose(explanation.language, pair);
    environment.get_template("part")?.render(context! {
        level,
        act => title(&explanation.act),
        anchor => anchor(&explanation.act),
        sections => sections(&memo(explanation)),
        picture => Value::from_safe_string(render_svg(explanation)),
        picture_words => say(("The reasons as a picture", "Les motifs en image")),
        tree => tree(explanation),
        tree_words => say(("Every step", "Chaque étape")),
        see => say(("see above", "voir plus haut")),
    })
}

/// A name as it stands in a heading: on one line, nothing in it that turns its direction, and not
/// too long.
pub fn title(name: &str) -> String {
    shortened(&one_line(name), LONGEST_PARAGRAPH / 10)
}

/// What the article of an act is called in links: by its name, with a digest of it where that is
/// long or has other letters than links are written with.
pub fn anchor(act: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    let letter = |letter: char| if is_plain(letter) { letter } else { '-' };
    let name: String = act.chars().take(LONGEST_ANCHOR).map(letter).collect();
    if name == act {
        return format!("act-{name}");
    }
    let digest = Sha256::digest(act.as_bytes());
    let digest = digest.iter().take(4);
    let digest = digest.fold(0_u32, |all, &byte| all << 8 | u32::from(byte));
    format!("act-{name}-{digest:08x}")
}

/// How many letters of a name stand in a link.
const LONGEST_ANCHOR: usize = 80;

/// The style of pages.
const STYLE: &str = include_str!("style.css");

/// Templates that escape what they are filled with.
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment
}

/// The sections of a memo, their entries in lists.
fn sections(memo: &Memo) -> Vec<Value> {
    let text = |text: &str| shortened(&one_line(text), LONGEST_PARAGRAPH);
    let section = |section: &super::memo::Section| {
        let blocks: Vec<_> = section
            .blocks
            .iter()
            .map(|block| match block {
                Block::Part(part) => context! { kind => "part", text => text(part) },
                Block::Paragraph(line) => context! { kind => "paragraph", text => text(line) },
                Block::Item {
                    mark,
                    text: item,
                    below,
                } => context! {
                    kind => "item",
                    mark => mark,
                    text => text(item),
                    below => below.iter().map(|one| text(one)).collect::<Vec<_>>(),
                },
            })
            .collect();
        context! { heading => section.heading, blocks => blocks }
    };
    memo.sections.iter().map(section).collect()
}
