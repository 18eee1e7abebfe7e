//! What would change a verdict: for each one the smallest sets of changes that lead there.

use crate::reasoner::view::{ChangeSetView, ChangeView, ChangesView, SaidView, WaysView};

use super::Screen;
use super::page::Page;
use super::verdict;
use super::what_if;

/// How many individuals are named that can take the place of another.
const OTHERS: usize = 8;

/// All that was found.
pub(in crate::cli) fn changes(view: &ChangesView, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    let act = (view.act.as_str(), view.description.as_str());
    verdict::act(&mut page, act, (&view.at, view.mode));
    what_if::supposed(&mut page, &view.assumed, &view.retracted);
    let is = page.messages().word("verdict", view.verdict);
    page.say(0, "verdict-is", &[("verdict", is.into())]);
    for ways in &view.ways {
        page.blank();
        one_verdict(&mut page, ways);
    }
    page.finish()
}

fn one_verdict(page: &mut Page<'_>, ways: &WaysView) {
    let to = page.messages().word("verdict", ways.verdict);
    let id = match (ways.size, ways.gave_up) {
        (Some(_), _) => "would-be",
        (None, false) => "would-not-be",
        (None, true) => "may-be",
    };
    let count = ways.size.unwrap_or(ways.searched);
    page.say(0, id, &[("verdict", to.into()), ("count", count.into())]);
    for (index, set) in ways.sets.iter().enumerate() {
        one_set(page, index + 1, set);
    }
    if ways.more > 0 {
        page.say(1, "rows-more", &[("count", ways.more.into())]);
    }
    if ways.size.is_some() && ways.complete {
        page.say(1, "changes-all", &[]);
    } else if ways.size.is_some() && ways.gave_up {
        page.say(1, "changes-some", &[]);
    }
    if !ways.left_out.is_empty() {
        let relations = page.messages().list(&ways.left_out);
        page.say(1, "changes-left-out", &[("relations", relations.into())]);
    }
}

/// The changes of a set, the first behind its number, and what becomes of the norms.
fn one_set(page: &mut Page<'_>, number: usize, set: &ChangeSetView) {
    for (index, change) in set.changes.iter().enumerate() {
        let number = (index == 0).then_some(number);
        one_change(page, number, change);
    }
    for norm in &set.norms {
        what_if::change(page, 3, norm, "norm-was");
    }
    if let Some(alike) = &set.alike {
        let shown: Vec<_> = alike.others.iter().take(OTHERS).cloned().collect();
        let more = alike.others.len() - shown.len();
        let args = [
            ("name", alike.instead_of.as_str().into()),
            ("others", page.messages().list(&shown).into()),
            ("more", more.into()),
        ];
        page.say(3, "changes-alike", &args);
    }
}

fn one_change(page: &mut Page<'_>, number: Option<usize>, change: &ChangeView) {
    let label = page.messages().text(&format!("change-{}", change.kind));
    let (said, before) = match (&change.stated, &change.withdrawn) {
        (Some(said), before) => (said, before.as_ref()),
        (None, Some(said)) => (said, None),
        (None, None) => return,
    };
    let text = page.messages().field(&label, &said.text);
    match number {
        Some(number) => page.entry(1, &format!("{number}. {text}")),
        None => page.entry(2, &text),
    }
    atom(page, said);
    if let Some(before) = before.filter(|_| change.kind == "move") {
        page.labelled(3, "change-instead", &before.text);
    }
    if let Some(before) = before {
        atom(page, before);
    }
}

/// An atom as in a policy, and where it is stated.
fn atom(page: &mut Page<'_>, said: &SaidView) {
    let parts = std::iter::once(&said.atom).chain(&said.places);
    let parts = parts.map(String::as_str).collect::<Vec<_>>().join("; ");
    page.entry(3, &format!("({parts})"));
}
