//! A report on many acts: how many have which verdict, on which norms that rests, what each
//! document and each norm comes to, then each act explained. Two templates, one view of them.

mod tables;

use minijinja::{AutoEscape, Environment, Error, Value, context};

use crate::reasoner::view::VerdictsView;
use crate::reasoner::{anchor, markdown, page, title};

use super::Screen;
use super::what_if::changed;

/// The report in Markdown, `explained` being a part for each act, or none.
pub(in crate::cli) fn report_markdown(
    view: &VerdictsView,
    explained: &[String],
    screen: &Screen,
) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.add_filter("md", |text: String| markdown(&text));
    environment.add_template("report", include_str!("report.md"))?;
    environment
        .get_template("report")?
        .render(filled(view, explained, screen))
}

/// The report as a page of HTML.
pub(in crate::cli) fn report_html(
    view: &VerdictsView,
    explained: &[String],
    screen: &Screen,
) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("report", include_str!("report.html"))?;
    let filled = filled(view, explained, screen);
    let part = environment.get_template("report")?.render(&filled)?;
    let title = filled.get_attr("title")?.to_string();
    page(screen.messages.code(), &title, part)
}

/// What the templates are filled with.
fn filled(view: &VerdictsView, explained: &[String], screen: &Screen) -> Value {
    let messages = &screen.messages;
    let say = |id: &str| messages.text(id);
    let count = view.verdicts.len();
    let acts: Vec<_> = view
        .verdicts
        .iter()
        .enumerate()
        .map(|(index, act)| {
            context! {
                name => title(&act.act),
                anchor => anchor(&act.act),
                description => act.description.as_str(),
                verdict => messages.word("verdict", act.verdict),
                part => explained.get(index).map(|part| Value::from_safe_string(part.clone())),
            }
        })
        .collect();
    let what_if = view.verdicts.iter().find_map(|act| act.what_if.as_ref());
    let supposed = what_if.map(|it| {
        let assumed = it.assumed.iter().map(|atom| ("assumed", atom));
        let retracted = it.retracted.iter().map(|atom| ("retracted", atom));
        let said = |(label, atom): (&str, &String)| messages.field(&say(label), atom);
        assumed.chain(retracted).map(said).collect::<Vec<_>>()
    });
    let changed = changed(messages, view).map(|changed| {
        context! {
            acts => changed.acts.iter().map(|(name, text)| messages.field(name, text)).collect::<Vec<_>>(),
            count => changed.count,
        }
    });
    context! {
        title => messages.message("report-title", &[("count", count.into())]),
        as_of => messages.message("as-of", &[("date", view.as_of.as_str().into())]),
        words => context! {
            supposed => say("report-supposed"),
            as_they_are => say("as-they-are"),
            verdicts => say("report-verdicts"),
            reasons => say("report-reasons"),
            documents => say("report-documents"),
            norms => say("report-norms"),
            acts => say("report-acts"),
            acts_are => say("report-acts-are"),
            act => say("head-act"),
            description => say("head-description"),
            verdict => say("head-verdict"),
            decided_by => say("head-decided-by"),
            count => say("report-count"),
            document => say("report-document"),
            norm => say("report-norm"),
            effect => say("report-effect"),
        },
        supposed => supposed,
        changed => changed,
        statuses => [say("norms-in-force"), say("norms-open"), say("norms-set-aside")],
        verdict_words => tables::verdict_words(messages),
        totals => tables::totals(view, messages),
        reasons => tables::reasons(view, messages),
        documents => tables::documents(view),
        norms => tables::norms(view, messages),
        explained => !explained.is_empty(),
        acts => acts,
    }
}
