//! The answer of `ask`: groups that can be read, or rows for a spreadsheet.

use std::io::{self, Write};

use crate::reasoner::view::{AnswerView, GroupView, RowView};

use super::Screen;
use super::page::Page;
use super::verdict::citation;
use super::what_if;

/// How many names of a set are shown before the rest is counted.
const SHOWN: usize = 6;

/// How an answer is written in words.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct AnswerStyle {
    /// With all names of each set.
    pub(in crate::cli) full: bool,
    /// Whether what depends on unknown facts was asked for.
    pub(in crate::cli) possible: bool,
}

/// The answer in words: what was asked, the groups, how many there are.
pub(in crate::cli) fn answer(view: &AnswerView, style: AnswerStyle, screen: &Screen) -> String {
    let mut page = Page::new(screen);
    if let Some(title) = &view.title {
        page.paragraph(0, title);
    }
    page.entry(0, &view.question);
    page.say(0, "as-of", &[("date", view.as_of.as_str().into())]);
    if let Some(what_if) = &view.what_if {
        what_if::supposed(&mut page, &what_if.assumed, &what_if.retracted);
    }
    if view.columns.is_empty() {
        yes_or_no(&mut page, view, style);
    } else {
        groups(&mut page, view, style);
    }
    if view.groups.is_empty() && !style.possible {
        page.say(0, "nothing-shown-possible", &[]);
    }
    if let Some(partial) = &view.partial {
        page.labelled(0, "partial", partial);
    }
    what_if::changed_rows(&mut page, view, style.full);
    page.finish()
}

/// The answer to a question that leaves nothing open: yes or no, and why.
fn yes_or_no(page: &mut Page<'_>, view: &AnswerView, style: AnswerStyle) {
    page.blank();
    if view.groups.is_empty() {
        page.say(0, "answer-no", &[]);
    }
    for one in &view.groups {
        let open = one.verdict == Some("undetermined") || !one.questions.is_empty();
        let id = match one.conditions.is_empty() {
            _ if open => "answer-depends",
            false => "answer-once-met",
            true => "answer-yes",
        };
        page.say(0, id, &[]);
        group(page, one, view, style);
    }
}

/// All groups, and how many answers that makes.
fn groups(page: &mut Page<'_>, view: &AnswerView, style: AnswerStyle) {
    for (index, one) in view.groups.iter().enumerate() {
        page.blank();
        page.say(
            0,
            "group",
            &[("number", (index + 1).into()), ("count", one.count.into())],
        );
        group(page, one, view, style);
    }
    page.blank();
    if view.groups.is_empty() {
        nothing(page, view);
    } else {
        totals(page, view);
    }
}

/// A group: its sets, the verdict, what it rests on and hangs on.
fn group(page: &mut Page<'_>, view: &GroupView, answer: &AnswerView, style: AnswerStyle) {
    for (column, values) in answer.columns.iter().zip(&view.values) {
        let label = page.messages().word("column", column);
        let values = set(page, column, values, style);
        page.field(1, &label, &values);
    }
    if let Some(verdict) = view.verdict {
        let verdict = page.messages().word("verdict", verdict);
        page.labelled(1, "head-verdict", &verdict);
    }
    for condition in &view.conditions {
        page.labelled(1, "once-met", condition);
    }
    for question in &view.questions {
        page.labelled(1, "unknown", question);
    }
    for norm in &view.norms {
        let citation = citation(page.messages(), &norm.id, &norm.lines);
        let label = page
            .messages()
            .message("by-norm", &[("norm", citation.into())]);
        page.field(1, &label, &norm.summary);
    }
}

/// The names of a set in order, at most a few unless all are wanted; none means any.
fn set(page: &Page<'_>, column: &str, values: &[String], style: AnswerStyle) -> String {
    let messages = page.messages();
    if values.is_empty() {
        return messages
            .find(&format!("any-{column}"), &[])
            .unwrap_or_else(|| messages.text("any"));
    }
    let mut names = values.to_vec();
    names.sort_by(|left, right| messages.compare(left, right));
    // One name more costs no more room than to say that there is one.
    if style.full || names.len() <= SHOWN + 1 {
        return messages.list(&names);
    }
    let hidden = names.len() - SHOWN;
    names.truncate(SHOWN);
    messages.message(
        "and-more",
        &[("first", names.join(", ").into()), ("count", hidden.into())],
    )
}

/// Says plainly that there is no answer, and how far the search went.
fn nothing(page: &mut Page<'_>, view: &AnswerView) {
    let form = form(&view.question);
    page.say(0, &format!("nothing-{form}"), &[]);
    if form != "facts" {
        page.say(0, "judged", &[("count", view.judged.into())]);
    }
}

/// The question's form, by the words that it starts with.
fn form(question: &str) -> &'static str {
    let mut words = question.split_whitespace();
    match (words.next(), words.next()) {
        (Some("may"), _) => "may",
        (Some("must"), Some("not")) => "must-not",
        (Some("must"), _) => "must",
        (Some("conflict"), _) => "conflict",
        (Some("unregulated"), _) => "unregulated",
        _ => "facts",
    }
}

/// How many answers there are, in how many groups, of how many candidates.
fn totals(page: &mut Page<'_>, view: &AnswerView) {
    let answers: usize = view.groups.iter().map(|group| group.count).sum();
    page.say(
        0,
        "answers",
        &[
            ("count", answers.into()),
            ("groups", view.groups.len().into()),
        ],
    );
    if form(&view.question) != "facts" {
        page.say(0, "judged", &[("count", view.judged.into())]);
    }
}

/// Writes the rows for a spreadsheet, their fields parted by `delimiter`: the columns, then
/// the verdict, norms, conditions and questions. Any value is `*`; in the last columns items
/// are parted by `; `. The words are those of the JSON form, in every language.
pub(in crate::cli) fn answer_rows(
    view: &AnswerView,
    delimiter: u8,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .from_writer(out);
    let heads = view.columns.iter().map(String::as_str);
    writer.write_record(heads.chain(["verdict", "norms", "conditions", "questions"]))?;
    for row in &view.rows {
        writer.write_record(fields(row))?;
    }
    writer.flush()
}

/// The fields of a row.
fn fields(row: &RowView) -> Vec<String> {
    let values = row.values.iter();
    let mut fields: Vec<_> = values
        .map(|value| value.clone().unwrap_or_else(|| "*".to_owned()))
        .collect();
    fields.extend([
        row.verdict.unwrap_or_default().to_owned(),
        row.norms.join("; "),
        row.conditions.join("; "),
        row.questions.join("; "),
    ]);
    fields
}
