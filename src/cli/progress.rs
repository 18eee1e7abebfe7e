//! How far long work has come, on a terminal only, and only once it has lasted a while.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::reasoner::{Report, Stage, Step};

use super::messages::Messages;

/// Work shorter than this is not worth a word.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line on the terminal that says what is being done.
#[derive(Clone, Debug)]
pub(super) struct Progress {
    line: ProgressBar,
    reading: String,
    deriving: String,
    judging: String,
}

impl Progress {
    /// Nothing is shown unless diagnostics go to a terminal.
    pub(super) fn new(err_is_terminal: bool, messages: &Messages) -> Self {
        let line = ProgressBar::no_length();
        line.set_draw_target(ProgressDrawTarget::hidden());
        if err_is_terminal {
            line.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
        }
        if let Ok(style) = ProgressStyle::with_template("{msg} {human_pos}") {
            line.set_style(style);
        }
        Self {
            line,
            reading: messages.text("progress-read"),
            deriving: messages.text("progress-derive"),
            judging: messages.text("progress-judge"),
        }
    }

    /// What the reasoner tells of its steps.
    pub(super) fn report(&self) -> Report {
        let progress = self.clone();
        Arc::new(move |step| progress.show(step))
    }

    /// Shows `step`, if the work has lasted long enough.
    fn show(&self, step: Step) {
        if self.line.elapsed() < PATIENCE {
            return;
        }
        let doing = match step.stage {
            Stage::Read => &self.reading,
            Stage::Derive => &self.deriving,
            Stage::Judge => &self.judging,
        };
        self.line.set_message(match step.total {
            Some(total) => format!("{doing} ({total})"),
            None => doing.clone(),
        });
        self.line.set_position(step.done);
    }

    /// Takes the line off the terminal; a later step may bring it back.
    pub(super) fn clear(&self) {
        self.line.finish_and_clear();
        self.line.reset();
    }

    /// `out`, with the line taken off the terminal before anything is written.
    pub(super) fn ends_before<'a>(&'a self, out: &'a mut dyn Write) -> impl Write + 'a {
        Clearing {
            progress: Some(self),
            out,
        }
    }
}

/// A writer that takes the line off the terminal first.
struct Clearing<'a> {
    progress: Option<&'a Progress>,
    out: &'a mut dyn Write,
}

impl Write for Clearing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(progress) = self.progress.take() {
            progress.clear();
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
