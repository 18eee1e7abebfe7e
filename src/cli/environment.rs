//! What surrounds a run: terminal, clock and environment variables. The only place that
//! reads them, so that everything else can be tested without.

use std::io::IsTerminal;

use crate::reasoner::Language;

/// The surroundings of one run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Environment {
    /// The language of the user's locale.
    pub language: Language,
    /// Whether the user asks for no colour (`NO_COLOR`).
    pub no_color: bool,
    /// Whether the user asks for diagnostics without drawn lines (`NO_GRAPHICS`), as a
    /// screen reader wants them.
    pub no_graphics: bool,
    /// Whether diagnostics go to a terminal.
    pub err_is_terminal: bool,
    /// How many columns there are to write in.
    pub width: usize,
    /// The first minute of today, in minutes since 1970-01-01T00:00.
    pub today: i64,
    /// What comes after the run.
    pub after: AfterRun,
}

/// What comes after a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterRun {
    /// The process ends, and what was loaded need not be freed piece by piece.
    Exit,
    /// Other runs in the same process.
    MoreRuns,
}

impl Environment {
    /// Reads the surroundings of this process.
    pub fn read() -> Self {
        Self {
            language: locale_language(variable),
            no_color: variable("NO_COLOR").is_some(),
            no_graphics: variable("NO_GRAPHICS").is_some(),
            err_is_terminal: std::io::stderr().is_terminal(),
            width: width(),
            today: today(),
            after: AfterRun::Exit,
        }
    }
}

/// The width of the terminal, within what can be read with ease.
fn width() -> usize {
    const UNKNOWN: usize = 80;
    let columns = terminal_size::terminal_size().map_or(UNKNOWN, |(width, _)| width.0.into());
    columns.clamp(40, 100)
}

/// The variable `name`, unless it is empty or not set.
#[expect(
    clippy::disallowed_methods,
    reason = "the environment is read here and nowhere else"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The first minute of today by the local clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the clock is read here and nowhere else"
)]
fn today() -> i64 {
    super::date::minutes(jiff::Zoned::now().date().into())
}

/// The language of the locale: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set
/// decides, as POSIX has it.
fn locale_language(variable: impl Fn(&str) -> Option<String>) -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(variable)
        .filter(|locale| {
            let language = locale.split(['_', '.', '-', '@']).next();
            language.is_some_and(|language| language.eq_ignore_ascii_case("fr"))
        })
        .map_or(Language::En, |_| Language::Fr)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let language = |set: &[(&str, &str)]| {
            locale_language(|name| {
                let found = set.iter().find(|(set, _)| *set == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(language(&[]), Language::En);
        assert_eq!(language(&[("LANG", "fr_CA.UTF-8")]), Language::Fr);
        assert_eq!(language(&[("LANG", "fr")]), Language::Fr);
        assert_eq!(language(&[("LANG", "frr_DE")]), Language::En);
        assert_eq!(
            language(&[("LANG", "fr_CA.UTF-8"), ("LC_ALL", "C")]),
            Language::En
        );
    }
}
