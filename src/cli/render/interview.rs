//! An interview as it is told: questions, what answers settled, how it ends.

use crate::cli::messages::Argument;
use crate::reasoner::view::{AskedView, CitedView, InterviewView, NormView, SettledView, Wants};

use super::Screen;
use super::page::Page;
use super::verdict::{citation, condition, conditions, doubts, sentence, short};
use super::what_if::{change, supposed};

/// How many norms are told with a question, how many names with one that asks for some.
const SHOWN: usize = 3;
const CHOICES: usize = 20;

/// What is asked about, how it stands, and how to answer.
pub(in crate::cli) fn interview_begins(
    view: &InterviewView,
    resumed: usize,
    screen: &Screen,
) -> String {
    let mut page = Page::new(screen);
    let about = ("act", view.verdict.description.as_str().into());
    page.say(0, "interview-about", &[about]);
    supposed(&mut page, &view.assumed, &view.retracted);
    if resumed > 0 {
        page.say(0, "interview-resumed", &[("count", resumed.into())]);
    }
    stands(&mut page, view);
    doubts(&mut page, &view.verdict.doubt);
    if !view.questions.is_empty() {
        page.say(0, "interview-how", &[]);
    }
    page.finish()
}

/// The verdict so far, and what it hangs on.
fn stands(page: &mut Page<'_>, view: &InterviewView) {
    let verdict = short(page, &view.verdict);
    page.say(0, "interview-so-far", &[("verdict", verdict.into())]);
    if let Some(course) = &view.verdict.course {
        page.paragraph(1, &course.text);
    }
}

/// A question, with the norms that hang on it.
pub(in crate::cli) fn interview_question(
    asked: &AskedView,
    number: usize,
    screen: &Screen,
) -> String {
    let mut page = Page::new(screen);
    let number: Argument<'_> = ("number", number.into());
    page.break_line();
    page.say(0, "interview-question", &[number]);
    let id = match asked.wants {
        Wants::Whether => "interview-whether",
        Wants::Which { .. } if asked.is_value => "interview-which-value",
        Wants::Which { one: true, .. } => "interview-which-one",
        Wants::Which { one: false, .. } => "interview-which",
    };
    page.say(1, id, &[("text", asked.text.as_str().into())]);
    page.labelled(1, "part-atom", &asked.atom);
    let known = page.messages().list(&asked.known);
    page.labelled(1, "interview-known", &known);
    if asked.choices.len() <= CHOICES {
        page.labelled(1, "interview-choices", &asked.choices.join(", "));
    }
    if !asked.norms.is_empty() {
        page.say(1, "interview-hangs", &[]);
    }
    for norm in asked.norms.iter().take(SHOWN) {
        cited(&mut page, norm);
    }
    if let Some(more) = asked
        .norms
        .len()
        .checked_sub(SHOWN)
        .filter(|&more| more > 0)
    {
        page.say(2, "interview-more-norms", &[("count", more.into())]);
    }
    page.finish()
}

fn cited(page: &mut Page<'_>, norm: &CitedView) {
    let citation = citation(page.messages(), &norm.id, &norm.lines);
    page.field(2, &citation, &norm.summary);
}

/// Asks for an answer.
pub(in crate::cli) fn interview_prompt(asked: &AskedView, screen: &Screen) -> String {
    let id = match asked.wants {
        Wants::Whether => "interview-answer",
        Wants::Which { .. } if asked.is_value => "interview-answer-value",
        Wants::Which { none: true, .. } => "interview-answer-names",
        Wants::Which { none: false, .. } => "interview-answer-some",
    };
    interview_remark(id, screen)
}

/// One message.
pub(in crate::cli) fn interview_remark(id: &str, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    page.say(0, id, &[]);
    page.finish()
}

/// Which norms ask, what each lays down, and when it is in force.
pub(in crate::cli) fn interview_why(
    view: &InterviewView,
    asked: &AskedView,
    screen: &Screen,
) -> String {
    let mut page = Page::new(screen);
    page.say(0, "interview-why", &[("atom", asked.atom.as_str().into())]);
    for norm in &asked.norms {
        let standing = view
            .verdict
            .norms
            .iter()
            .find(|standing| standing.id == norm.id);
        why(&mut page, norm, standing);
    }
    page.finish()
}

fn why(page: &mut Page<'_>, norm: &CitedView, standing: Option<&NormView>) {
    let citation = citation(page.messages(), &norm.id, &norm.lines);
    match standing {
        Some(standing) => {
            let effect = page.messages().word("effect", standing.effect);
            page.field(1, &citation, &effect);
        }
        None => page.entry(1, &citation),
    }
    page.paragraph(2, &norm.summary);
    if let Some(residual) = standing.and_then(|standing| standing.in_force_if.as_ref()) {
        page.say(
            2,
            "norm-in-force-if",
            &[("ways", residual.text.as_str().into())],
        );
    }
}

/// Why an answer is refused.
pub(in crate::cli) fn interview_refused(
    reasons: &[String],
    asked: &AskedView,
    screen: &Screen,
) -> String {
    let mut page = Page::new(screen);
    page.say(0, "interview-refused", &[]);
    for reason in reasons {
        page.entry(1, reason);
    }
    if asked.wants != Wants::Whether && !asked.is_value {
        page.say(0, "interview-new", &[]);
    }
    page.finish()
}

/// What an answer settled.
pub(in crate::cli) fn interview_settled(
    view: &InterviewView,
    settled: &SettledView,
    screen: &Screen,
) -> String {
    let mut page = Page::new(screen);
    stands(&mut page, view);
    for one in &settled.conditions {
        condition(&mut page, one);
    }
    for norm in &settled.norms {
        change(&mut page, 1, norm, "norm-now");
    }
    if !settled.needless.is_empty() {
        page.say(1, "interview-needless", &[]);
        for text in &settled.needless {
            page.entry(2, text);
        }
    }
    page.finish()
}

/// How it ends, with the verdict.
pub(in crate::cli) fn interview_ends(
    view: &InterviewView,
    stopped: bool,
    answers: usize,
    screen: &Screen,
) -> String {
    let mut page = Page::new(screen);
    let open = view.verdict.verdict == "undetermined";
    let left: Vec<_> = [
        ("interview-unasked", &view.questions),
        ("interview-still-open", &view.still_open),
        ("interview-unanswerable", &view.unanswerable),
    ]
    .into_iter()
    .filter(|(_, questions)| !questions.is_empty())
    .collect();
    page.break_line();
    let id = match stopped {
        true => "interview-stopped",
        false if open || !left.is_empty() => "interview-exhausted",
        false => "interview-settled",
    };
    page.say(0, id, &[("count", answers.into())]);
    supposed(&mut page, &view.assumed, &view.retracted);
    sentence(&mut page, &view.verdict);
    if view.verdict.verdict == "conditional" {
        conditions(&mut page, &view.verdict);
    }
    doubts(&mut page, &view.verdict.doubt);
    for (id, questions) in left {
        page.blank();
        page.say(0, id, &[]);
        for asked in questions {
            page.field(1, &asked.text, &asked.atom);
        }
    }
    if open {
        page.say(0, "interview-fails-closed", &[]);
    }
    page.finish()
}
