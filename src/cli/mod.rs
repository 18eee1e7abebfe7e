//! The command line: what is asked, in which language, on which terminal. It knows clap, the
//! terminal and the catalogues of messages; what is true it asks of the reasoner.
//!
//! Answers go to `out` alone, diagnostics and progress to `err`, so that a machine format
//! can be piped.

mod answers;
mod args;
mod ask;
mod coverage;
mod date;
mod decide;
mod environment;
mod exit;
mod explain;
mod fmt;
mod help;
mod interview;
mod invocation;
mod library;
mod messages;
mod norms;
mod progress;
mod relations;
mod render;
mod replace;
mod reply;
mod report;
mod sources;
mod test;
mod verify;

use std::ffi::OsString;
use std::io::{self, BufRead, Write};

use clap::FromArgMatches;
use clap::error::ErrorKind;

use crate::base::{Diagnostic, Sources};
use crate::reasoner::{ExplainError, OpenError};

pub use answers::{Answers, Open};
pub use environment::{AfterRun, Environment};
pub use exit::Exit;
pub use library::Library;

use args::{Format, RawArgs};
use invocation::{Command, Invocation, Question, UsageError};
use messages::{Argument, Messages};
use progress::Progress;
use render::{DiagnosticStyle, Screen};

/// Why a command did not come to its end.
#[derive(Debug)]
enum Failure {
    /// The question has errors.
    Question(Vec<Diagnostic>),
    /// Nothing could be loaded.
    Open(OpenError),
    /// The answer cannot be drawn.
    Picture(String),
    /// The output cannot be written.
    Output(io::Error),
    /// What the user types cannot be read.
    Input(io::Error),
    /// A file of answers cannot be used; the message says why.
    File {
        /// The message.
        id: &'static str,
        /// The file.
        path: String,
        /// What there is to say of it.
        cause: String,
    },
}

impl Failure {
    fn file(id: &'static str, path: &std::path::Path, cause: &dyn std::fmt::Display) -> Self {
        Self::File {
            id,
            path: path.display().to_string(),
            cause: cause.to_string(),
        }
    }
}

impl From<ExplainError> for Failure {
    fn from(error: ExplainError) -> Self {
        match error {
            ExplainError::Question(diagnostics) => Self::Question(diagnostics),
            ExplainError::Picture(_) | ExplainError::Page(_) => Self::Picture(error.to_string()),
        }
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self::Question(diagnostics)
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Where a run reads and writes.
#[expect(missing_debug_implementations, reason = "streams have none")]
pub struct Streams<'s> {
    /// What the user answers where the command asks.
    pub input: &'s mut dyn BufRead,
    /// Answers.
    pub out: &'s mut dyn Write,
    /// Diagnostics and progress.
    pub err: &'s mut dyn Write,
}

/// Runs the command that `args` (the program's name first) ask for.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    library: &dyn Open,
    streams: Streams<'_>,
) -> Exit {
    let Streams { input, out, err } = streams;
    let args: Vec<_> = args.into_iter().collect();
    let messages = Messages::new(help::language(&args, environment));
    let invocation = match parse(&args, environment, &messages) {
        Ok(invocation) => invocation,
        // A reader who has seen enough of the help closes the pipe: that is no failure.
        Err(Stop::Help(text)) => {
            let _ = write!(out, "{text}").and_then(|()| out.flush());
            return Exit::Done;
        }
        Err(Stop::Usage(text)) => {
            // Where nobody listens to errors, the exit code still tells.
            let _ = writeln!(err, "{}", text.trim_end());
            return Exit::Usage;
        }
    };
    let mut session = Session {
        style: DiagnosticStyle {
            color: invocation.color,
            no_graphics: environment.no_graphics,
            width: environment.width,
            all: invocation.all_diagnostics,
        },
        screen: Screen {
            messages,
            width: environment.width,
        },
        err,
    };
    let outcome = session.run(&invocation, environment, library, (input, &mut *out));
    let outcome = outcome.and_then(|exit| Ok(out.flush().map(|()| exit)?));
    session.end(outcome)
}

/// A command line that is not to be run.
enum Stop {
    /// What was asked for is this text.
    Help(String),
    /// It is wrong; this says why.
    Usage(String),
}

/// What `args` mean.
fn parse(
    args: &[OsString],
    environment: &Environment,
    messages: &Messages,
) -> Result<Invocation, Stop> {
    let matches = help::command(environment, messages).try_get_matches_from(args);
    let raw = matches.and_then(|matches| RawArgs::from_arg_matches(&matches));
    let raw = raw.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stop::Help(error.to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Stop::Usage(error.to_string()),
        _ => Stop::Usage(help::usage_error(&error, args, messages)),
    })?;
    Invocation::from_raw(raw, environment, messages).map_err(|UsageError(text)| {
        let (said, see) = (help::said(&text, messages), help::see_help(args, messages));
        Stop::Usage(format!("{said}\n{see}"))
    })
}

/// One run: how it speaks, and where it complains.
struct Session<'a> {
    screen: Screen,
    style: DiagnosticStyle,
    err: &'a mut dyn Write,
}

impl Session<'_> {
    /// Does what is asked.
    fn run(
        &mut self,
        invocation: &Invocation,
        environment: &Environment,
        library: &dyn Open,
        (input, out): (&mut dyn BufRead, &mut dyn Write),
    ) -> Result<Exit, Failure> {
        let question = match &invocation.command {
            Command::OfCase(question) => question,
            Command::Fmt(args) => {
                let paths = &invocation.options.policies;
                return fmt::run(library, args, paths, self, out);
            }
        };
        let progress = Progress::new(environment.err_is_terminal, &self.screen.messages);
        let mut answers = library
            .load(&invocation.options, progress.report())
            .map_err(Failure::Open)?;
        progress.clear();
        self.show(answers.diagnostics(), answers.sources());
        let mut out = progress.ends_before(out);
        let outcome = ask_of(
            answers.as_mut(),
            question,
            invocation.format,
            &self.screen,
            (input, &mut out),
        );
        progress.clear();
        if let Err(Failure::Question(diagnostics)) = &outcome {
            self.show(diagnostics, answers.sources());
        }
        if environment.after == AfterRun::Exit {
            std::mem::forget(answers);
        }
        outcome
    }

    /// Shows diagnostics. Where nobody listens to errors, the exit code still tells.
    fn show(&mut self, diagnostics: &[Diagnostic], sources: &Sources) {
        let messages = &self.screen.messages;
        let _ = render::diagnostics(diagnostics, sources, messages, self.style, self.err);
    }

    /// Complains in the words of the message `id`.
    fn complain(&mut self, id: &str, about: &[Argument<'_>]) {
        let messages = &self.screen.messages;
        let text = messages.message(id, about);
        let _ = writeln!(self.err, "{}", help::said(&text, messages));
    }

    /// Says what went wrong, if anything did and was not said, and how the run ends.
    fn end(&mut self, outcome: Result<Exit, Failure>) -> Exit {
        let (id, mut about) = match outcome {
            Ok(exit) => return exit,
            Err(Failure::Question(_)) => return Exit::Input,
            Err(Failure::Open(OpenError::Refused(refusal))) => {
                self.show(&refusal.diagnostics, &refusal.sources);
                return Exit::Input;
            }
            // A reader who has seen enough closes the pipe: that is no failure.
            Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
                return Exit::Done;
            }
            Err(Failure::Output(cause)) => {
                ("cannot-write-output", vec![("cause", cause.to_string())])
            }
            Err(Failure::Input(cause)) => ("cannot-read", vec![("cause", cause.to_string())]),
            Err(Failure::File { id, path, cause }) => (id, vec![("path", path), ("cause", cause)]),
            Err(Failure::Picture(cause)) => ("cannot-draw", vec![("cause", cause)]),
            Err(Failure::Open(OpenError::Unreadable(cause))) => {
                ("cannot-read", vec![("cause", cause.to_string())])
            }
        };
        let about: Vec<_> = about
            .drain(..)
            .map(|(name, value)| (name, value.into()))
            .collect();
        self.complain(id, &about);
        Exit::Input
    }
}

/// Asks one question of a loaded case and writes the answer.
fn ask_of(
    answers: &mut dyn Answers,
    question: &Question,
    format: Format,
    screen: &Screen,
    (input, out): (&mut dyn BufRead, &mut dyn Write),
) -> Result<Exit, Failure> {
    match question {
        Question::Interview(args) => interview::run(answers, args, screen, (input, out)),
        Question::Ask(args) => ask::run(answers, args, format, screen, out),
        Question::Decide(args) => decide::run(answers, args, format, screen, out),
        Question::Explain(args) => explain::run(answers, args, format, screen, out),
        Question::Test(args) => test::run(answers, args, format, screen, out),
        Question::Norms(args) => norms::run(answers, args, format, screen, out),
        Question::Relations(args) => relations::run(answers, args, format, screen, out),
        Question::Coverage(args) => coverage::run(answers, args, format, screen, out),
        Question::Report(args) => report::run(answers, args, format, screen, out),
        Question::Sources(args) => sources::run(answers, args, format, screen, out),
        Question::Verify(args) => verify::run(answers, args, format, screen, out),
    }
}
