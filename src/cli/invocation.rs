//! What the command line means: raw arguments checked against each other and against the
//! surroundings.

use crate::reasoner::{Language, Options, Verdict};

use super::args::{
    AskArgs, Color, CoverageArgs, DecideArgs, ExplainArgs, FmtArgs, Format, InterviewArgs,
    NormsArgs, RawArgs, RawCommand, RawLanguage, RawVerdict, RelationsArgs, ReportArgs, SharedArgs,
    SourcesArgs, TestArgs, VerifyArgs, With,
};
use super::date;
use super::environment::Environment;
use super::messages::Messages;

/// A command line that can be run.
#[derive(Debug)]
pub(super) struct Invocation {
    /// What the reasoner is opened with.
    pub(super) options: Options,
    /// How the answer is written; one that the command has.
    pub(super) format: Format,
    /// Whether diagnostics are coloured.
    pub(super) color: bool,
    /// Whether all diagnostics are shown, however many.
    pub(super) all_diagnostics: bool,
    /// What is asked.
    pub(super) command: Command,
}

/// What is asked.
#[derive(Debug)]
pub(super) enum Command {
    /// Of a loaded case.
    OfCase(Question),
    /// To rewrite policies, which need not even load.
    Fmt(FmtArgs),
}

/// What is asked of a loaded case.
#[derive(Debug)]
pub(super) enum Question {
    Ask(AskArgs),
    Decide(DecideArgs),
    Explain(ExplainArgs),
    Interview(InterviewArgs),
    Test(TestArgs),
    Norms(NormsArgs),
    Relations(RelationsArgs),
    Coverage(CoverageArgs),
    Sources(SourcesArgs),
    Report(ReportArgs),
    Verify(VerifyArgs),
}

/// A command line that cannot be run, in the reader's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct UsageError(pub(super) String);

impl Invocation {
    /// What `raw` means in `environment`.
    pub(super) fn from_raw(
        raw: RawArgs,
        environment: &Environment,
        messages: &Messages,
    ) -> Result<Self, UsageError> {
        let (command, name, after) = split(raw.command);
        let shared = raw.shared.and(after);
        Ok(Self {
            format: format_of(&shared, &command, name, messages)?,
            color: match shared.color.unwrap_or_default() {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => environment.err_is_terminal && !environment.no_color,
            },
            all_diagnostics: shared.all_diagnostics,
            options: options(shared, environment, messages)?,
            command,
        })
    }
}

/// The command with its name and the shared arguments behind it.
fn split(raw: RawCommand) -> (Command, &'static str, SharedArgs) {
    fn of_case<T: clap::Args>(
        name: &'static str,
        with: With<T>,
        question: fn(T) -> Question,
    ) -> (Command, &'static str, SharedArgs) {
        (Command::OfCase(question(with.own)), name, with.shared)
    }
    match raw {
        RawCommand::Ask(with) => of_case("ask", with, Question::Ask),
        RawCommand::Decide(with) => of_case("decide", with, Question::Decide),
        RawCommand::Explain(with) => of_case(explain_name(&with.own), with, Question::Explain),
        RawCommand::Interview(with) => of_case("interview", with, Question::Interview),
        RawCommand::Test(with) => of_case("test", with, Question::Test),
        RawCommand::Norms(with) => of_case("norms", with, Question::Norms),
        RawCommand::Relations(with) => of_case("relations", with, Question::Relations),
        RawCommand::Coverage(with) => of_case("coverage", with, Question::Coverage),
        RawCommand::Report(with) => of_case("report", with, Question::Report),
        RawCommand::Sources(with) => of_case("sources", with, Question::Sources),
        RawCommand::Verify(with) => of_case("verify", with, Question::Verify),
        RawCommand::Fmt(with) => (Command::Fmt(with.own), "fmt", with.shared),
    }
}

/// `explain` with the option that decides which formats it has.
fn explain_name(args: &ExplainArgs) -> &'static str {
    match args {
        ExplainArgs { all: true, .. } => "explain --all",
        ExplainArgs {
            all_proofs: Some(_),
            ..
        } => "explain --all-proofs",
        _ => "explain",
    }
}

/// The formats that a command has, the usual one first.
fn formats(command: &Command) -> &'static [Format] {
    match command {
        Command::OfCase(Question::Ask(_)) => {
            &[Format::Text, Format::Json, Format::Csv, Format::Tsv]
        }
        Command::OfCase(Question::Decide(_)) => &[Format::Text, Format::Json, Format::Ndjson],
        Command::OfCase(Question::Explain(args)) if args.all => &[Format::Ndjson],
        Command::OfCase(Question::Explain(args))
            if args.all_proofs.is_some() || args.what_would_change =>
        {
            &[Format::Text, Format::Json]
        }
        Command::OfCase(Question::Explain(_)) => &[
            Format::Text,
            Format::Prose,
            Format::Json,
            Format::Dot,
            Format::Svg,
            Format::Png,
            Format::Mermaid,
            Format::Markdown,
            Format::Html,
        ],
        Command::OfCase(
            Question::Test(_)
            | Question::Norms(_)
            | Question::Relations(_)
            | Question::Coverage(_)
            | Question::Sources(_)
            | Question::Verify(_),
        ) => &[Format::Text, Format::Json],
        Command::OfCase(Question::Report(_)) => &[Format::Markdown, Format::Html],
        Command::OfCase(Question::Interview(_)) | Command::Fmt(_) => &[Format::Text],
    }
}

/// The format asked for, if the command has it.
fn format_of(
    shared: &SharedArgs,
    command: &Command,
    name: &'static str,
    messages: &Messages,
) -> Result<Format, UsageError> {
    let known = formats(command);
    let usual = known.first().copied().unwrap_or_default();
    let format = shared.format.unwrap_or(usual);
    if known.contains(&format) {
        return Ok(format);
    }
    let known: Vec<_> = known.iter().map(|&known| word(known)).collect();
    Err(UsageError(messages.message(
        "usage-no-such-format",
        &[
            ("command", name.into()),
            ("format", word(format).into()),
            ("known", messages.quoted_list(&known).into()),
        ],
    )))
}

/// A format as it is written on the command line.
fn word(format: Format) -> String {
    use clap::ValueEnum;
    format
        .to_possible_value()
        .map_or_else(String::new, |value| value.get_name().to_owned())
}

/// What the reasoner is opened with.
fn options(
    shared: SharedArgs,
    environment: &Environment,
    messages: &Messages,
) -> Result<Options, UsageError> {
    let as_of = match shared.as_of {
        None => environment.today,
        Some(text) => date::parse(&text).ok_or_else(|| {
            UsageError(messages.message("usage-no-date", &[("value", text.into())]))
        })?,
    };
    Ok(Options {
        policies: shared.policies,
        facts: shared.facts,
        queries: shared.queries,
        as_of,
        language: shared
            .lang
            .map_or(environment.language, RawLanguage::language),
    })
}

impl RawLanguage {
    /// The language it names.
    pub(super) fn language(self) -> Language {
        match self {
            Self::En => Language::En,
            Self::Fr => Language::Fr,
        }
    }
}

impl RawVerdict {
    /// The verdict it names.
    pub(super) fn verdict(self) -> Verdict {
        match self {
            Self::Permitted => Verdict::Permitted,
            Self::Conditional => Verdict::Conditional,
            Self::Prohibited => Verdict::Prohibited,
            Self::Conflict => Verdict::Conflict,
            Self::Unregulated => Verdict::Unregulated,
        }
    }
}
