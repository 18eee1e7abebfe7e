//! The command line as it is written: the only place that knows its options. What they mean
//! together is said in [`super::invocation`], and what a reader is told of them in the
//! catalogues of `locales/`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

/// Everything after the program's name.
#[derive(Parser, Debug)]
#[command(
    name = "attendu",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub(super) struct RawArgs {
    #[command(flatten)]
    pub(super) shared: SharedArgs,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub(super) command: RawCommand,
}

/// Options of every command. They may stand before or after it, or both: then lists are put
/// together and the later of two single values counts, which clap's own global arguments
/// would not do.
#[derive(Args, Debug, Default)]
pub(super) struct SharedArgs {
    #[arg(long, value_name = "PATH")]
    pub(super) policies: Vec<PathBuf>,
    #[arg(long, value_name = "PATH")]
    pub(super) facts: Vec<PathBuf>,
    #[arg(long, value_name = "PATH")]
    pub(super) queries: Vec<PathBuf>,
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<String>,
    #[arg(long, value_name = "LANGUAGE", hide_possible_values = true)]
    pub(super) lang: Option<RawLanguage>,
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(super) format: Option<Format>,
    #[arg(long, value_name = "WHEN", hide_possible_values = true)]
    pub(super) color: Option<Color>,
    #[arg(long)]
    pub(super) all_diagnostics: bool,
    #[arg(short, long, action = ArgAction::Help)]
    help: Option<bool>,
}

impl SharedArgs {
    /// What both places say together; `self` stands before the command, `after` behind it.
    pub(super) fn and(mut self, after: Self) -> Self {
        self.policies.extend(after.policies);
        self.facts.extend(after.facts);
        self.queries.extend(after.queries);
        Self {
            as_of: after.as_of.or(self.as_of),
            lang: after.lang.or(self.lang),
            format: after.format.or(self.format),
            color: after.color.or(self.color),
            all_diagnostics: after.all_diagnostics || self.all_diagnostics,
            ..self
        }
    }
}

/// `--lang`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum RawLanguage {
    En,
    Fr,
}

/// `--why-not`, `--to`: a verdict that norms can give.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum RawVerdict {
    Permitted,
    Conditional,
    Prohibited,
    Conflict,
    Unregulated,
}

/// `--color`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub(super) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// `--format`; which of them a command has is said in [`super::invocation`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub(super) enum Format {
    #[default]
    Text,
    Prose,
    Json,
    Ndjson,
    Csv,
    Tsv,
    Dot,
    Svg,
    Png,
    Mermaid,
    Markdown,
    Html,
}

/// What is asked.
#[derive(Subcommand, Debug)]
pub(super) enum RawCommand {
    Ask(With<AskArgs>),
    Decide(With<DecideArgs>),
    Explain(With<ExplainArgs>),
    Interview(With<InterviewArgs>),
    Test(With<TestArgs>),
    Norms(With<NormsArgs>),
    Relations(With<RelationsArgs>),
    Coverage(With<CoverageArgs>),
    Sources(With<SourcesArgs>),
    Report(With<ReportArgs>),
    Verify(With<VerifyArgs>),
    Fmt(With<FmtArgs>),
}

/// A command's own arguments, and the shared ones that stand behind it.
#[derive(Args, Debug)]
pub(super) struct With<T: Args> {
    #[command(flatten)]
    pub(super) own: T,
    #[command(flatten)]
    pub(super) shared: SharedArgs,
}

/// What is supposed for a question.
#[derive(Args, Debug, Default)]
pub(super) struct SupposeArgs {
    #[arg(long, value_name = "ATOM")]
    pub(super) assume: Vec<String>,
    #[arg(long, value_name = "ATOM")]
    pub(super) retract: Vec<String>,
}

/// `ask`.
#[derive(Args, Debug)]
pub(super) struct AskArgs {
    #[arg(required = true, value_name = "QUESTION")]
    pub(super) question: Vec<String>,
    #[arg(long)]
    pub(super) possible: bool,
    #[arg(long)]
    pub(super) full: bool,
    #[command(flatten)]
    pub(super) suppose: SupposeArgs,
}

/// `decide`.
#[derive(Args, Debug)]
pub(super) struct DecideArgs {
    #[arg(value_name = "ACT")]
    pub(super) acts: Vec<String>,
    #[arg(long, value_name = "DOCUMENT")]
    pub(super) under: Option<String>,
    #[arg(long)]
    pub(super) details: bool,
    #[command(flatten)]
    pub(super) suppose: SupposeArgs,
}

/// `explain`.
#[derive(Args, Debug)]
pub(super) struct ExplainArgs {
    #[arg(value_name = "ACT", required_unless_present = "all")]
    pub(super) act: Option<String>,
    #[arg(long, conflicts_with_all = ["act", "why_not", "all_proofs", "what_would_change"])]
    pub(super) all: bool,
    #[arg(
        long,
        value_name = "COUNT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "10",
        conflicts_with_all = ["why_not", "what_would_change"]
    )]
    pub(super) all_proofs: Option<NonZeroUsize>,
    #[arg(long, value_name = "VERDICT", num_args = 0..=1, hide_possible_values = true)]
    pub(super) why_not: Option<Vec<RawVerdict>>,
    #[arg(long, conflicts_with = "why_not")]
    pub(super) what_would_change: bool,
    #[arg(
        long,
        value_name = "VERDICT",
        requires = "what_would_change",
        conflicts_with = "why_not",
        hide_possible_values = true
    )]
    pub(super) to: Option<RawVerdict>,
    #[command(flatten)]
    pub(super) suppose: SupposeArgs,
}

/// `interview`.
#[derive(Args, Debug)]
pub(super) struct InterviewArgs {
    #[arg(value_name = "ACT")]
    pub(super) act: String,
    #[arg(long, value_name = "FILE")]
    pub(super) save: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(super) resume: Option<PathBuf>,
    #[command(flatten)]
    pub(super) suppose: SupposeArgs,
}

/// `test`.
#[derive(Args, Debug)]
pub(super) struct TestArgs {
    #[arg(long)]
    pub(super) full: bool,
}

/// `norms`.
#[derive(Args, Debug, Default)]
pub(super) struct NormsArgs {
    #[arg(value_name = "TEXT")]
    pub(super) text: Option<String>,
    #[arg(long, value_name = "DOCUMENT")]
    pub(super) document: Option<String>,
    #[arg(long, value_name = "EFFECT")]
    pub(super) effect: Option<String>,
    #[arg(long, value_name = "RELATION")]
    pub(super) relation: Option<String>,
    #[arg(long, value_name = "FOLDER")]
    pub(super) source: Option<PathBuf>,
}

/// `relations`.
#[derive(Args, Debug, Default)]
pub(super) struct RelationsArgs {
    #[arg(value_name = "TEXT")]
    pub(super) text: Option<String>,
    #[arg(long, value_name = "NORM")]
    pub(super) asked_by: Option<String>,
}

/// `coverage`.
#[derive(Args, Debug, Default)]
pub(super) struct CoverageArgs {
    #[arg(value_name = "DOCUMENT")]
    pub(super) documents: Vec<String>,
    #[arg(long)]
    pub(super) full: bool,
}

/// `sources`.
#[derive(Args, Debug)]
pub(super) struct SourcesArgs {
    #[arg(value_name = "FOLDER")]
    pub(super) folder: PathBuf,
    #[arg(long, value_name = "FOLDER")]
    pub(super) against: Option<PathBuf>,
    #[arg(long)]
    pub(super) full: bool,
}

/// `report`.
#[derive(Args, Debug, Default)]
pub(super) struct ReportArgs {
    #[arg(value_name = "ACT")]
    pub(super) acts: Vec<String>,
    #[arg(long)]
    pub(super) brief: bool,
    #[command(flatten)]
    pub(super) suppose: SupposeArgs,
}

/// `verify`.
#[derive(Args, Debug)]
pub(super) struct VerifyArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
}

/// `fmt`.
#[derive(Args, Debug)]
pub(super) struct FmtArgs {
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[arg(long)]
    pub(super) check: bool,
}
