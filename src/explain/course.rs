//! What an undetermined verdict hangs on, as a plain sentence: "prohibited if the photo is
//! partisan; otherwise permitted once lee consents".

use crate::base::Language;
use crate::deontic::{Course, Residual, Verdict};
use crate::program::Atom;

use super::labels::choose;

/// Who can put the parts of such a sentence into words.
#[expect(missing_debug_implementations, reason = "it holds closures")]
#[derive(Clone, Copy)]
pub struct Telling<'t> {
    /// The language.
    pub language: Language,
    /// An atom, or that it does not hold.
    pub atom: &'t dyn Fn(&Atom, bool) -> String,
    /// A condition of the act, by its index.
    pub condition: &'t dyn Fn(usize) -> String,
}

impl Telling<'_> {
    /// What the answers to the first questions come to, without a full stop.
    pub fn course(self, course: &Course) -> String {
        let (atom, yes, no) = match course {
            Course::Open => return self.say("still open", "encore indéterminé").to_owned(),
            Course::Settled {
                verdict,
                contested,
                once_met,
                conditions,
            } => return self.verdict(*verdict, *contested, *once_met, conditions),
            Course::Ask { atom, yes, no } => (atom, yes, no),
        };
        let settled = |course: &Course| matches!(course, Course::Settled { .. });
        let asks = |course: &Course| matches!(course, Course::Ask { .. });
        // What is settled comes first, what asks on comes last.
        let turned = (settled(no) && !settled(yes)) || (asks(yes) && !asks(no));
        let (first, rest) = if turned { (no, yes) } else { (yes, no) };
        let condition = self.given(&(self.atom)(atom, turned));
        let (first_said, rest_said) = (self.course(first), self.course(rest));
        let otherwise = self.say("otherwise", "sinon");
        let mark = self.say(";", "\u{202f};");
        if asks(first) {
            let then = self.given(&(self.atom)(atom, !turned));
            return format!("{condition} ({first_said}){mark} {then} ({rest_said})");
        }
        let comma = if asks(rest) { "," } else { "" };
        format!("{first_said} {condition}{mark} {otherwise}{comma} {rest_said}")
    }

    /// When a norm is in force, without a full stop.
    pub fn residual(self, residual: &Residual) -> String {
        let ways: Vec<String> = residual
            .ways
            .iter()
            .map(|way| {
                let atoms = way.iter().map(|(atom, holds)| (self.atom)(atom, !holds));
                let atoms: Vec<_> = atoms.collect();
                self.given(&atoms.join(self.say(" and ", " et ")))
            })
            .collect();
        ways.join(self.say(", or ", ", ou "))
    }

    fn verdict(
        self,
        verdict: Verdict,
        contested: bool,
        once_met: Verdict,
        conditions: &[usize],
    ) -> String {
        let (en, fr) = match verdict {
            Verdict::Conflict => ("in conflict", "en conflit"),
            Verdict::Prohibited if contested => ("prohibited (contested)", "interdit (contesté)"),
            Verdict::Prohibited => ("prohibited", "interdit"),
            Verdict::Undetermined => ("still open", "encore indéterminé"),
            Verdict::Conditional if once_met == Verdict::Unregulated => {
                ("unregulated once", "non réglementé une fois que")
            }
            Verdict::Conditional => ("permitted once", "permis une fois que"),
            Verdict::Permitted => ("permitted", "permis"),
            Verdict::Unregulated => ("unregulated", "non réglementé"),
        };
        let said = self.say(en, fr);
        if verdict != Verdict::Conditional {
            return said.to_owned();
        }
        let mut conditions: Vec<_> = conditions.iter().map(|&it| (self.condition)(it)).collect();
        conditions.dedup();
        format!("{said} {}", conditions.join(self.say(" and ", " et que ")))
    }

    /// `if …`
    fn given(self, condition: &str) -> String {
        match self.language {
            Language::En => format!("if {condition}"),
            Language::Fr if condition.starts_with("il ") || condition.starts_with("ils ") => {
                format!("s’{condition}")
            }
            Language::Fr => format!("si {condition}"),
        }
    }

    fn say(self, en: &'static str, fr: &'static str) -> &'static str {
        choose(self.language, (en, fr))
    }
}

/// A sentence that starts with a capital and ends with a full stop.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str())
}
