//! `interview`: asks question by question in the terminal what the verdict of an act hangs on.

use std::io::{BufRead, Write};
use std::path::Path;

use crate::base::Diagnostic;
use crate::reasoner::view::{AskedView, InterviewView, SettledView};
use crate::reasoner::{ANSWERS, Interview};

use super::args::InterviewArgs;
use super::render::{self, Screen};
use super::replace::replace;
use super::reply::{Said, said};
use super::{Answers, Exit, Failure};

/// Asks until the verdict is settled, nothing more can be asked, or the user stops. The answer is
/// "no" where the verdict is still open then.
pub(super) fn run(
    answers: &mut dyn Answers,
    args: &InterviewArgs,
    screen: &Screen,
    (input, out): (&mut dyn BufRead, &mut dyn Write),
) -> Result<Exit, Failure> {
    answers.suppose(&args.suppose.assume, &args.suppose.retract)?;
    let interview = begun(answers, args)?;
    let view = answers.interview(&interview)?;
    let mut talk = Talk {
        answers,
        screen,
        out,
        save: args.save.as_deref(),
        interview,
        view,
    };
    talk.save()?;
    let resumed = talk.interview.answers();
    talk.print(&render::interview_begins(&talk.view, resumed, screen))?;
    let stopped = talk.ask_on(input)?;
    let end = render::interview_ends(&talk.view, stopped, talk.interview.answers(), screen);
    talk.print(&end)?;
    Ok(match talk.view.verdict.verdict {
        "undetermined" => Exit::No,
        _ => Exit::Done,
    })
}

/// The interview to go on with. A file that answers are to be saved in must be free, or hold
/// answers as an interview wrote them.
fn begun(answers: &mut dyn Answers, args: &InterviewArgs) -> Result<Interview, Failure> {
    let mut held = |path: &Path| {
        let held = answers.resume(path)?;
        held.ok_or_else(|| Failure::file("interview-not-ours", path, &""))
    };
    if let Some(path) = args.save.as_deref().filter(|path| path.exists()) {
        held(path)?;
    }
    let Some(path) = &args.resume else {
        return Ok(Interview::new(&args.act));
    };
    let interview = held(path)?;
    if interview.act() != args.act {
        return Err(Failure::file("interview-other-act", path, &interview.act()));
    }
    Ok(interview)
}

/// An interview under way.
struct Talk<'t> {
    answers: &'t mut dyn Answers,
    screen: &'t Screen,
    out: &'t mut dyn Write,
    save: Option<&'t Path>,
    interview: Interview,
    view: InterviewView,
}

impl Talk<'_> {
    /// Asks as long as there is something to ask; whether the user stopped.
    fn ask_on(&mut self, input: &mut dyn BufRead) -> Result<bool, Failure> {
        let mut again = false;
        while let Some(asked) = self.view.questions.first().cloned() {
            if !again {
                let number = self.interview.answers() + 1;
                self.print(&render::interview_question(&asked, number, self.screen))?;
            }
            self.print(&render::interview_prompt(&asked, self.screen))?;
            let mut line = String::new();
            if input.read_line(&mut line).map_err(Failure::Input)? == 0 {
                return Ok(true);
            }
            again = match said(&line, &asked) {
                Said::Stop => return Ok(true),
                Said::Back => !self.take_back()?,
                Said::Why => {
                    let why = render::interview_why(&self.view, &asked, self.screen);
                    self.print(&why)?;
                    true
                }
                Said::Unclear => self.remark("interview-unclear")?,
                Said::Reply(reply) => match self.interview.with(&asked, &reply) {
                    None => self.remark("interview-unfit")?,
                    Some(next) => !self.answered(next, &asked)?,
                },
            };
        }
        Ok(false)
    }

    /// Goes on with one more answer, if that can be; whether it could.
    fn answered(&mut self, next: Interview, asked: &AskedView) -> Result<bool, Failure> {
        match self.answers.interview(&next) {
            Err(diagnostics) => {
                let reasons = self.reasons(&diagnostics);
                self.print(&render::interview_refused(&reasons, asked, self.screen))?;
                Ok(false)
            }
            Ok(view) => {
                let settled = SettledView::between(&self.view, &view, asked);
                self.interview = next;
                self.view = view;
                self.save()?;
                self.print(&render::interview_settled(
                    &self.view,
                    &settled,
                    self.screen,
                ))?;
                Ok(true)
            }
        }
    }

    /// Takes the last answer back; whether there was one.
    fn take_back(&mut self) -> Result<bool, Failure> {
        if !self.interview.back() {
            self.remark("interview-nothing-to-take-back")?;
            return Ok(false);
        }
        self.view = self.answers.interview(&self.interview)?;
        self.save()?;
        self.remark("interview-taken-back")
    }

    /// Says something on one line.
    fn remark(&mut self, id: &str) -> Result<bool, Failure> {
        self.print(&render::interview_remark(id, self.screen))?;
        Ok(true)
    }

    fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes())?;
        Ok(self.out.flush()?)
    }

    /// Writes the answers so far, so that nothing is lost however the interview ends.
    fn save(&mut self) -> Result<(), Failure> {
        let Some(path) = self.save else {
            return Ok(());
        };
        let text = self.answers.answers_of(&self.interview)?;
        replace(path, &text).map_err(|cause| Failure::file("cannot-write", path, &cause))
    }

    /// Why an answer cannot be, each reason with the places of the facts that it contradicts.
    fn reasons(&self, diagnostics: &[Diagnostic]) -> Vec<String> {
        let sources = self.answers.sources();
        let errors = diagnostics.iter().filter(|found| found.is_error());
        let reason = |found: &Diagnostic| {
            let labels = std::iter::once(&found.primary).chain(&found.secondary);
            let places = labels.filter_map(|label| {
                let name = &sources.get(label.span.file).name;
                let line = sources.position(label.span).line;
                (name != ANSWERS).then(|| format!("{name}:{line}"))
            });
            let places: Vec<_> = places.collect();
            if places.is_empty() {
                return found.message.clone();
            }
            format!("{} ({})", found.message, places.join(", "))
        };
        errors.map(reason).collect()
    }
}
