//! One act in full: the verdict in a sentence, then everything it rests on.

use indexmap::IndexMap;

use crate::reasoner::view::{
    CitedView, ConditionView, DoubtView, DutyView, FactorView, NormView, VerdictView,
};

use super::super::messages::Messages;
use super::page::Page;
use super::what_if;

/// Writes everything that is said of `view`.
pub(super) fn verdict(page: &mut Page<'_>, view: &VerdictView) {
    head(page, view);
    what_if::supposed_for(page, view);
    page.blank();
    sentence(page, view);
    conditions(page, view);
    questions(page, view);
    what_if::changes(page, view);
    documents(page, view);
    let with = |status| view.norms.iter().filter(move |norm| norm.status == status);
    section(page, "norms-in-force", with("in"), norm);
    section(page, "norms-open", with("open"), norm);
    section(page, "norms-set-aside", with("out"), norm);
    section(page, "duties", &view.duties, duty);
    section(page, "advice", &view.advice, advice);
    section(page, "factors", &view.factors, factor);
    consequences(page, view);
    section(page, "also-check", &view.also_check, cited);
    section(page, "out-of-force", &view.out_of_force, cited);
}

/// A citation: `on-ministers/064, lines 88-90`.
pub(super) fn citation(messages: &Messages, id: &str, lines: &str) -> String {
    let message = match lines {
        "" => return id.to_owned(),
        _ if lines.contains([',', '-']) => "cite-lines",
        _ => "cite-line",
    };
    messages.message(message, &[("id", id.into()), ("lines", lines.into())])
}

/// A statement's citation, and its summary below.
pub(super) fn cited(page: &mut Page<'_>, view: &CitedView) {
    let citation = citation(page.messages(), &view.id, &view.lines);
    page.entry(1, &citation);
    page.paragraph(2, &view.summary);
}

/// The verdict in a word or two, for lists: `prohibited (contested)`.
pub(super) fn short(page: &Page<'_>, view: &VerdictView) -> String {
    let word = page.messages().word("verdict", view.verdict);
    if view.contested {
        page.messages()
            .message("verdict-contested", &[("verdict", word.into())])
    } else {
        word
    }
}

/// Writes `items` under a heading, or nothing if there are none.
fn section<'a, T: 'a>(
    page: &mut Page<'_>,
    heading: &str,
    items: impl IntoIterator<Item = &'a T>,
    mut item: impl FnMut(&mut Page<'_>, &T),
) {
    let mut items = items.into_iter().peekable();
    if items.peek().is_some() {
        page.heading(heading);
    }
    for one in items {
        item(page, one);
    }
}

/// Which act it is, and when.
fn head(page: &mut Page<'_>, view: &VerdictView) {
    act(page, (&view.act, &view.description), (&view.at, view.mode));
}

/// An act with its description, its day and whether it took place.
pub(super) fn act(page: &mut Page<'_>, (act, description): (&str, &str), (at, mode): (&str, &str)) {
    if act == description {
        page.entry(0, description);
    } else {
        page.field(0, act, description);
    }
    let mode = page.messages().word("mode", mode);
    page.say(
        0,
        "judged-on",
        &[("date", at.into()), ("mode", mode.into())],
    );
}

/// The verdict, whether there was a breach, and what else is in doubt.
pub(super) fn sentence(page: &mut Page<'_>, view: &VerdictView) {
    let id = match view.verdict {
        "prohibited" if view.contested => "sentence-prohibited-contested".to_owned(),
        "conditional" => format!(
            "sentence-conditional-{}",
            view.once_met.unwrap_or("permitted")
        ),
        "unregulated" => format!("sentence-unregulated-{}", view.silence.unwrap_or("silent")),
        "permitted" if advised_against(view) => "sentence-permitted-advised-against".to_owned(),
        verdict => format!("sentence-{verdict}"),
    };
    page.say(0, &id, &[]);
    if let Some(breach) = view.breach {
        page.say(0, &format!("breach-{breach}"), &[]);
    }
}

/// Whether advice in force speaks against the act.
fn advised_against(view: &VerdictView) -> bool {
    let against = |advice: &DutyView| advice.effect == "discourage" && advice.status == "in";
    view.advice.iter().any(against)
}

/// The conditions: of a conditional verdict those that its sentence announces, then the rest.
pub(super) fn conditions(page: &mut Page<'_>, view: &VerdictView) {
    if view.verdict == "conditional" {
        let (met, to_meet): (Vec<_>, Vec<_>) =
            view.conditions.iter().partition(|it| it.standing == "met");
        for one in to_meet {
            condition(page, one);
        }
        section(page, "conditions-met", met, condition);
    } else {
        section(page, "conditions", &view.conditions, condition);
    }
}

/// A condition, how it stands, and who requires it.
pub(super) fn condition(page: &mut Page<'_>, view: &ConditionView) {
    let id = match view.standing {
        "unmet" if view.fixed => "standing-unmet-fixed".to_owned(),
        standing => format!("standing-{standing}"),
    };
    page.labelled(1, &id, &view.text);
    page.say(
        2,
        "condition-source",
        &[
            ("atom", view.atom.as_str().into()),
            ("norm", view.norm.as_str().into()),
        ],
    );
}

/// What would settle the verdict: facts to state, and ways in which the act may have been
/// done.
fn questions(page: &mut Page<'_>, view: &VerdictView) {
    if view.questions.is_empty() && view.doubt.is_empty() {
        return;
    }
    page.heading("questions");
    doubts(page, &view.doubt);
    if let Some(course) = &view.course {
        page.paragraph(1, &course.text);
    }
    for question in &view.questions {
        page.labelled(1, "unknown", &question.text);
        let norms = page.messages().list(&question.norms);
        page.say(
            2,
            "question-source",
            &[
                ("atom", question.atom.as_str().into()),
                ("norms", norms.into()),
            ],
        );
    }
}

/// Doubts that no fact would settle: each kind once, with the ways in which the act may have
/// been done.
pub(super) fn doubts(page: &mut Page<'_>, doubts: &[DoubtView]) {
    let mut said = None;
    for doubt in doubts {
        if said != Some(doubt.kind) {
            page.say(1, &format!("doubt-{}", doubt.kind), &[]);
            said = Some(doubt.kind);
        }
        if let (Some(action), Some(verdict)) = (&doubt.action, doubt.verdict) {
            let verdict = page.messages().word("verdict", verdict);
            page.field(2, action, &verdict);
        }
    }
}

/// What each document says alone, if there are several.
fn documents(page: &mut Page<'_>, view: &VerdictView) {
    if view.documents.len() < 2 {
        return;
    }
    page.heading("documents");
    for (document, verdict) in &view.documents {
        let verdict = page.messages().word("verdict", verdict);
        page.field(1, document, &verdict);
    }
}

/// For what a norm applies once each.
pub(super) fn per(page: &mut Page<'_>, level: usize, per: &IndexMap<String, String>) {
    if !per.is_empty() {
        let values = per.iter().map(|(name, value)| format!("{name} = {value}"));
        let values = values.collect::<Vec<_>>().join(", ");
        page.say(level, "norm-per", &[("values", values.into())]);
    }
}

/// A norm: where it stands, what it does, what it says, and what became of it.
fn norm(page: &mut Page<'_>, norm: &NormView) {
    let citation = citation(page.messages(), &norm.id, &norm.lines);
    let effect = page.messages().word("effect", norm.effect);
    page.field(1, &citation, &effect);
    page.paragraph(2, &norm.summary);
    per(page, 2, &norm.per);
    if let Some(residual) = &norm.in_force_if {
        let ways = residual.text.as_str();
        page.say(2, "norm-in-force-if", &[("ways", ways.into())]);
    } else if !norm.certain {
        page.say(2, "norm-may-apply", &[]);
    }
    if let Some(by) = &norm.set_aside_by {
        let principle = norm.principle.unwrap_or_default();
        let principle = page.messages().word("principle", principle);
        page.say(
            2,
            "norm-set-aside",
            &[
                ("norm", by.as_str().into()),
                ("principle", principle.into()),
            ],
        );
    }
    if !norm.clashes_with.is_empty() {
        let norms = page.messages().list(&norm.clashes_with);
        page.say(2, "norm-clashes", &[("norms", norms.into())]);
    }
}

/// A duty and how it stands.
fn duty(page: &mut Page<'_>, view: &DutyView) {
    due(page, view);
    if view.status != "out" {
        let standing = page.messages().word("fulfilment", view.fulfilment);
        match &view.deadline {
            Some(deadline) => page.say(
                2,
                "duty-deadline",
                &[
                    ("standing", standing.into()),
                    ("deadline", deadline.as_str().into()),
                ],
            ),
            None => page.say(2, "duty-standing", &[("standing", standing.into())]),
        }
    }
}

/// A piece of advice.
fn advice(page: &mut Page<'_>, view: &DutyView) {
    due(page, view);
}

/// What is due or advised, by whom and on which ground.
fn due(page: &mut Page<'_>, view: &DutyView) {
    let label = match &view.bearer {
        Some(bearer) => {
            let effect = page.messages().word("due", view.effect);
            let parts = [
                ("bearer", bearer.as_str().into()),
                ("effect", effect.into()),
            ];
            page.messages().message("due-bearer", &parts)
        }
        None => page.messages().word("due-anyone", view.effect),
    };
    page.field(1, &label, &view.due);
    let citation = citation(page.messages(), &view.norm, &view.lines);
    page.field(2, &citation, &view.summary);
    match view.status {
        "out" => page.say(2, "due-set-aside", &[]),
        "open" => page.say(2, "norm-may-apply", &[]),
        _ => {}
    }
    if !view.contested_by.is_empty() {
        let norms = page.messages().list(&view.contested_by);
        page.say(2, "norm-clashes", &[("norms", norms.into())]);
    }
}

/// A factor: whether it is there, and which way it points.
fn factor(page: &mut Page<'_>, view: &FactorView) {
    let standing = page.messages().word("factor", view.standing);
    page.field(1, &standing, &view.summary);
    let norm = ("norm", view.norm.as_str().into());
    let id = format!("direction-{}", view.direction.unwrap_or("neither"));
    page.say(2, &id, &[norm]);
}

/// What follows, or may.
fn consequences(page: &mut Page<'_>, view: &VerdictView) {
    section(page, "consequences", &view.consequences, |page, one| {
        let label = if one.certain { "follows" } else { "may-follow" };
        page.labelled(1, label, &one.text);
        page.say(
            2,
            "consequence-source",
            &[
                ("atom", one.atom.as_str().into()),
                ("norm", one.norm.as_str().into()),
            ],
        );
    });
}
