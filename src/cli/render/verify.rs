//! What came of a check of an explanation.

use crate::cli::messages::Argument;
use crate::reasoner::view::{FaultView, VerifyView};

use super::Screen;
use super::page::Page;

/// How many nodes are named of what was taken on trust.
const NAMED: usize = 5;

/// Whether it holds, what is wrong with which step, and what was taken on trust.
pub(in crate::cli) fn verification(view: &VerifyView, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    if view.accepted {
        page.say(0, "verify-accepted", &[("count", view.nodes.into())]);
    } else {
        page.say(0, "verify-refused", &[("count", view.faults.len().into())]);
    }
    for fault in &view.faults {
        page.blank();
        if let Some(node) = &fault.node {
            page.field(0, node, &fault.text);
        }
        let level = usize::from(fault.node.is_some());
        page.entry(level, &sentence(&page, fault));
    }
    if !view.trusted.is_empty() {
        page.heading("verify-trusted");
        for trusted in &view.trusted {
            let what = page.messages().word("trusted", trusted.what);
            let named: Vec<_> = trusted.nodes.iter().take(NAMED).cloned().collect();
            let more = trusted.nodes.len().saturating_sub(NAMED);
            let mut nodes = page.messages().list(&named);
            if more > 0 {
                nodes = format!("{}, … (+{more})", named.join(", "));
            }
            page.field(1, &what, &nodes);
        }
    }
    page.finish()
}

/// What is wrong, in a sentence.
fn sentence(page: &Page<'_>, fault: &FaultView) -> String {
    let messages = page.messages();
    let mut about: Vec<Argument<'_>> = Vec::new();
    for (name, value) in &fault.about {
        let value = if fault.wrong == "differs" && *name == "what" {
            messages.word("part", value)
        } else {
            value.clone()
        };
        about.push((name, value.into()));
    }
    let found = messages.find(&format!("fault-{}", fault.wrong), &about);
    found.unwrap_or_else(|| fault.wrong.to_owned())
}
