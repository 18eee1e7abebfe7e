//! The check of an explanation, or of what would change a verdict, by the policies and the facts,
//! with what it supposes among these.

use std::path::Path;

use crate::load::read_text;
use crate::verify::{Checked, Fault, Replay, Wrong};

use super::find::FoundAct;
use super::view::{FaultView, TrustedView, VerifyView};
use super::{OpenError, Reasoner, Stage};

impl Reasoner {
    /// Holds the explanation in a file, or what would change a verdict, against the policies and
    /// the facts.
    pub fn verify(&mut self, path: &Path) -> Result<VerifyView, OpenError> {
        let text = read_text(path)?.unwrap_or_default();
        Ok(self.verify_text(&text))
    }

    /// The same for a text.
    pub fn verify_text(&mut self, text: &str) -> VerifyView {
        let replay = match Replay::read(text) {
            Ok(replay) => replay,
            Err(fault) => return view(String::new(), refused(fault)),
        };
        let about = replay.about();
        if let Err(diagnostics) = self.suppose(&about.assumed, &about.retracted) {
            let why = diagnostics.into_iter().map(|found| found.message);
            let why = Wrong::Supposed(why.collect::<Vec<_>>().join("; "));
            return view(about.act, refused(whole(why)));
        }
        let described = match self.find_act(&about.act) {
            Ok(FoundAct::Recorded(..)) | Err(_) => None,
            Ok(FoundAct::Described(description, _)) => Some(description),
        };
        let (program, case) = (&self.program, &self.case);
        let step = |done| self.step(Stage::Judge, done, None);
        let checked = replay.check(program, case, &self.sources, described.as_ref(), &step);
        view(about.act, checked)
    }
}

fn whole(wrong: Wrong) -> Fault {
    Fault {
        node: None,
        text: String::new(),
        wrong,
    }
}

fn refused(fault: Fault) -> Checked {
    Checked {
        faults: vec![fault],
        ..Checked::default()
    }
}

fn view(act: String, checked: Checked) -> VerifyView {
    let fault = |fault: Fault| FaultView {
        wrong: fault.wrong.word(),
        about: fault.wrong.about().into_iter().collect(),
        node: fault.node,
        text: fault.text,
    };
    let mut trusted: Vec<TrustedView> = Vec::new();
    for (what, node) in checked.trusted {
        match trusted.last_mut().filter(|last| last.what == what) {
            Some(last) => last.nodes.push(node),
            None => trusted.push(TrustedView {
                what,
                nodes: vec![node],
            }),
        }
    }
    VerifyView {
        schema: "attendu.verification/1",
        act,
        accepted: checked.faults.is_empty(),
        nodes: checked.nodes,
        faults: checked.faults.into_iter().map(fault).collect(),
        trusted,
    }
}
