//! What `test` found: what failed, what nothing tests, and the count.

use crate::reasoner::view::{FailureView, TestView};

use super::Screen;
use super::page::Page;
use super::verdict::cited;

/// How many norms that nothing exercises are shown before the rest is counted.
const SHOWN: usize = 20;

/// The findings; the last line is the count, alone. With `full`, all unexercised norms.
pub(in crate::cli) fn test(view: &TestView, full: bool, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    for one in &view.failed {
        failure(&mut page, one);
        page.blank();
    }
    unexercised(&mut page, view, full);
    page.blank();
    page.say(
        0,
        "test-count",
        &[
            ("passed", view.passed.into()),
            ("failed", view.failed.len().into()),
        ],
    );
    page.finish()
}

/// An expectation that was not met, a line for each difference.
fn failure(page: &mut Page<'_>, view: &FailureView) {
    page.say(
        0,
        "test-failed",
        &[
            ("name", view.name.as_str().into()),
            ("place", view.place.as_str().into()),
        ],
    );
    for difference in &view.differences {
        let what = page.messages().word("difference", difference.what);
        page.entry(1, &what);
        page.labelled(2, "expected", nonempty(&difference.expected));
        page.labelled(2, "found", nonempty(&difference.found));
    }
}

/// `text`, or a sign that there is none.
fn nonempty(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

/// Norms that apply to no act with an expectation.
fn unexercised(page: &mut Page<'_>, view: &TestView, full: bool) {
    let count = view.unexercised.len();
    if count == 0 {
        return;
    }
    page.say(0, "test-unexercised", &[("count", count.into())]);
    let shown = if full || count <= SHOWN + 1 {
        count
    } else {
        SHOWN
    };
    for norm in view.unexercised.iter().take(shown) {
        cited(page, norm);
    }
    if shown < count {
        page.say(1, "test-more", &[("count", (count - shown).into())]);
    }
}
