//! How far long work has come, on a terminal only, and only once it has lasted a while.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::reasoner::{Report, Stage, Step};

use super::messages::Messages;

/// Work shorter than this is not worth a word.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line on the terminal that says what is being done.
#[derive(Clone, Debug)]
pub(super) struct Progress {
    /// None if nothing is to be shown.
    line: Option<Arc<Mutex<Line>>>,
    words: Words,
}

/// The line, once it is shown.
#[derive(Debug)]
struct Line {
    since: Instant,
    bar: Option<ProgressBar>,
}

/// What is being done, in the reader's language.
#[derive(Clone, Debug)]
struct Words {
    read: String,
    derive: String,
    judge: String,
}

impl Progress {
    /// Nothing is shown unless diagnostics go to a terminal.
    pub(super) fn new(err_is_terminal: bool, messages: &Messages) -> Self {
        let line = Line {
            since: Instant::now(),
            bar: None,
        };
        Self {
            line: err_is_terminal.then(|| Arc::new(Mutex::new(line))),
            words: Words {
                read: messages.text("progress-read"),
                derive: messages.text("progress-derive"),
                judge: messages.text("progress-judge"),
            },
        }
    }

    /// What the reasoner tells of its steps.
    pub(super) fn report(&self) -> Report {
        let progress = self.clone();
        Arc::new(move |step| progress.show(step))
    }

    /// Shows `step`, if the work has lasted long enough.
    fn show(&self, step: Step) {
        let Some(mut line) = self.line() else { return };
        if line.since.elapsed() < PATIENCE {
            return;
        }
        let bar = line.bar.get_or_insert_with(|| bar(step.total.is_some()));
        bar.set_message(self.words.of(step.stage).to_owned());
        match step.total {
            Some(total) => bar.set_length(total),
            None => bar.unset_length(),
        }
        bar.set_position(step.done);
    }

    /// Takes the line off the terminal; longer work may bring it back.
    pub(super) fn clear(&self) {
        self.hide();
        if let Some(mut line) = self.line() {
            line.since = Instant::now();
        }
    }

    /// Takes the line off the terminal; the next step brings it back.
    fn hide(&self) {
        let bar = self.line().and_then(|mut line| line.bar.take());
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
    }

    /// `out`, with the line taken off the terminal before anything is written.
    pub(super) fn ends_before<'a>(&'a self, out: &'a mut dyn Write) -> impl Write + 'a {
        Clearing {
            progress: self,
            out,
        }
    }

    /// The line, if there is to be one. A listener that panicked left it as good as it was.
    fn line(&self) -> Option<MutexGuard<'_, Line>> {
        let line = self.line.as_ref()?;
        Some(line.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Words {
    /// The words for `stage`.
    fn of(&self, stage: Stage) -> &str {
        match stage {
            Stage::Read => &self.read,
            Stage::Derive => &self.derive,
            Stage::Judge => &self.judge,
        }
    }
}

/// A line that counts: `Judging acts 1200/5000`, or `Reading 12` where the end is unknown.
fn bar(known_length: bool) -> ProgressBar {
    let style = ProgressStyle::with_template(if known_length {
        "{msg} {pos}/{len}"
    } else {
        "{msg} {pos}"
    });
    ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A writer that takes the line off the terminal first.
struct Clearing<'a> {
    progress: &'a Progress,
    out: &'a mut dyn Write,
}

impl Write for Clearing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.progress.hide();
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
