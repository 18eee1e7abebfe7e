//! What would change a verdict: for each one the smallest sets of changes that lead there.

use crate::reasoner::view::{ChangeSetView, ChangeView, ChangesView, SaidView, WaysView};

use super::Screen;
use super::page::Page;
use super::verdict;
use super::what_if;

/// All that was found.
pub(in crate::cli) fn changes(view: &ChangesView, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    let act = (view.act.as_str(), view.description.as_str());
    verdict::act(&mut page, act, (&view.at, view.mode));
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
    match ways.size {
        Some(size) => page.say(
            0,
            "would-be",
            &[("verdict", to.into()), ("count", size.into())],
        ),
        None => page.say(0, "would-not-be", &[("verdict", to.into())]),
    }
    for (index, set) in ways.sets.iter().enumerate() {
        one_set(page, index + 1, set);
    }
    if ways.more > 0 {
        page.say(1, "rows-more", &[("count", ways.more.into())]);
    }
    looked_at(page, ways);
}

/// How far the search went, and what it left out.
fn looked_at(page: &mut Page<'_>, ways: &WaysView) {
    let id = match (ways.size, ways.gave_up) {
        (Some(_), false) => "changes-all",
        (Some(_), true) => "changes-some",
        (None, false) => "changes-none",
        (None, true) => "changes-gave-up",
    };
    page.say(1, id, &[("count", ways.searched.into())]);
    if !ways.left_out.is_empty() {
        let relations = page.messages().list(&ways.left_out);
        page.say(1, "changes-left-out", &[("relations", relations.into())]);
    }
}

fn one_set(page: &mut Page<'_>, number: usize, set: &ChangeSetView) {
    page.say(1, "change-set", &[("number", number.into())]);
    for change in &set.changes {
        one_change(page, change);
    }
    for norm in &set.norms {
        what_if::change(page, 3, norm);
    }
}

fn one_change(page: &mut Page<'_>, change: &ChangeView) {
    let id = format!("change-{}", change.kind);
    match (&change.withdrawn, &change.stated) {
        (Some(from), Some(to)) => {
            page.labelled(2, &id, &to.text);
            atom(page, to);
            page.labelled(3, "change-instead", &from.text);
            atom(page, from);
        }
        (Some(said), None) | (None, Some(said)) => {
            page.labelled(2, &id, &said.text);
            atom(page, said);
        }
        (None, None) => {}
    }
}

/// An atom as in a policy, and where it is stated.
fn atom(page: &mut Page<'_>, said: &SaidView) {
    let parts = std::iter::once(&said.atom).chain(&said.places);
    let parts = parts.map(String::as_str).collect::<Vec<_>>().join("; ");
    page.entry(3, &format!("({parts})"));
}
