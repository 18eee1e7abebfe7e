//! Answers written down by hand, and a run of the command line over them.

use std::ffi::OsString;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use attendu::base::{Diagnostic, Sources, Span};
use attendu::cli::{self, AfterRun, Answers, Environment, Exit, Open, Streams};
use attendu::reasoner::view::{
    AlikeView, AnswerView, ChangeSetView, ChangeView, ChangedView, ChangesView, CitedOtherwiseView,
    CitedTextView, CitedView, CoverageView, DifferenceView, DocumentView, DoubledView, EditionView,
    EditionsView, FailureView, FaultView, InterviewView, LineView, MissingView, MovedView,
    RelationView, SaidView, SourceView, SourcesView, StatementView, TestView, VerdictsView,
    VerifyView, WaysView,
};
use attendu::reasoner::{Asking, ExplainError, ExplanationFormat, Interview, OpenError, Refusal};
use attendu::reasoner::{Language, Options, Report, Verdict};

use crate::cases::{answer, interviewed, tell, verdicts, what_if, what_if_answer};

/// What a run printed, and how it ended.
pub(crate) struct Output {
    pub(crate) exit: Exit,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `line` (words parted by spaces, without the program's name) over the fixture.
pub(crate) fn run(line: &str, width: usize) -> Output {
    run_typing(line, width, "")
}

/// The same, the user typing `input`.
pub(crate) fn run_typing(line: &str, width: usize, input: &str) -> Output {
    let mut out = Vec::new();
    let (exit, err) = run_with(line, width, input, &mut out);
    let out = String::from_utf8(out).unwrap();
    Output { exit, out, err }
}

/// The same with the answer written to `out`, and nothing typed.
pub(crate) fn run_into(line: &str, width: usize, out: &mut dyn Write) -> (Exit, String) {
    run_with(line, width, "", out)
}

fn run_with(line: &str, width: usize, input: &str, out: &mut dyn Write) -> (Exit, String) {
    let environment = Environment {
        language: Language::En,
        no_color: false,
        no_graphics: false,
        err_is_terminal: false,
        width,
        today: 20_000 * 24 * 60,
        after: AfterRun::MoreRuns,
    };
    let args = std::iter::once("attendu").chain(line.split_whitespace());
    let mut err = Vec::new();
    let exit = cli::run(
        args.map(OsString::from),
        &environment,
        &Library,
        Streams {
            input: &mut input.as_bytes(),
            out,
            err: &mut err,
        },
    );
    (exit, String::from_utf8(err).unwrap())
}

/// Loads the fixture from anywhere but `bad`; formats by putting a space after each comma.
pub(crate) struct Library;

impl Open for Library {
    fn load(&self, options: &Options, _: Report) -> Result<Box<dyn Answers>, OpenError> {
        let mut sources = Sources::default();
        let file = sources.add("policies/a.dl", "norm a/1 forbid share by P.\nnorm a/2.\n");
        let unused = Diagnostic::warning(
            "single-variable",
            Span::new(file, 26, 27),
            "`P` occurs once",
        )
        .help("write `_` if any will do");
        let mut diagnostics = vec![unused];
        if options.policies.iter().any(|path| path.ends_with("bad")) {
            let error =
                Diagnostic::error("syntax", Span::new(file, 37, 38), "a norm has an effect")
                    .label("`forbid`, `permit`, … expected");
            diagnostics.push(error);
            let refusal = Refusal {
                sources,
                diagnostics,
            };
            return Err(OpenError::Refused(Box::new(refusal)));
        }
        Ok(Box::new(Case {
            sources,
            diagnostics,
            language: options.language,
            as_of: format!("{} days", options.as_of / 60 / 24),
            supposed: None,
        }))
    }

    fn format(&self, name: &str, text: &str) -> Result<String, Refusal> {
        let Some(place) = text.find('!') else {
            return Ok(text.replace(", ", ",").replace(',', ", "));
        };
        let mut sources = Sources::default();
        let file = sources.add(name, text);
        let span = Span::new(file, place, place + 1);
        Err(Refusal {
            sources,
            diagnostics: vec![Diagnostic::error(
                "unknown-character",
                span,
                "`!` is no sign",
            )],
        })
    }
}

struct Case {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    language: Language,
    as_of: String,
    /// What is assumed and taken back.
    supposed: Option<(Vec<String>, Vec<String>)>,
}

impl Answers for Case {
    fn sources(&self) -> &Sources {
        &self.sources
    }

    fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    fn suppose(&mut self, assume: &[String], retract: &[String]) -> Result<(), Vec<Diagnostic>> {
        let any = !assume.is_empty() || !retract.is_empty();
        self.supposed = any.then(|| (assume.to_vec(), retract.to_vec()));
        Ok(())
    }

    fn decide(
        &mut self,
        acts: &[String],
        _: Option<&str>,
    ) -> Result<VerdictsView, Vec<Diagnostic>> {
        let all = verdicts(self.language);
        if let Some(act) = acts.iter().find(|act| act.as_str() == "nobody") {
            let file = self.sources.add("<act>", act.as_str());
            let span = Span::new(file, 0, act.len());
            return Err(vec![Diagnostic::error(
                "unknown-act",
                span,
                "no act is called `nobody`",
            )]);
        }
        Ok(VerdictsView {
            schema: "attendu.verdicts/1",
            as_of: self.as_of.clone(),
            verdicts: all
                .into_iter()
                .filter(|view| acts.is_empty() || acts.contains(&view.act))
                .map(|view| match &self.supposed {
                    Some(supposed) => what_if(self.language, view, supposed),
                    None => view,
                })
                .collect(),
        })
    }

    fn ask(&mut self, question: &str, possible: bool) -> Result<AnswerView, Vec<Diagnostic>> {
        let answer = answer(self.language, question, possible);
        Ok(match &self.supposed {
            Some(supposed) => what_if_answer(answer, supposed),
            None => answer,
        })
    }

    fn explain(
        &mut self,
        act: &str,
        asking: Asking,
        format: ExplanationFormat,
    ) -> Result<Vec<u8>, ExplainError> {
        let text = match asking {
            Asking::Why => format!("{act} as {format:?}\n"),
            other => format!("{act} as {format:?}, {other:?}\n"),
        };
        Ok(text.into_bytes())
    }

    fn what_would_change(
        &mut self,
        act: &str,
        to: Option<Verdict>,
    ) -> Result<ChangesView, Vec<Diagnostic>> {
        let said = |atom: &str, place: Option<&str>| SaidView {
            atom: atom.to_owned(),
            text: tell(
                self.language,
                "the photo is said to be partisan",
                "la photo serait partisane",
            ),
            places: place.into_iter().map(str::to_owned).collect(),
        };
        let change = |kind, from: Option<SaidView>, to| ChangeView {
            kind,
            withdrawn: from,
            stated: to,
        };
        let stated = || Some(said("partisan(photo-1)", Some("facts/cases.json:12")));
        let denied = || Some(said("not partisan(photo-1)", None));
        let set = |changes: Vec<ChangeView>| ChangeSetView {
            alike: (changes.len() == 1).then(|| AlikeView {
                sort: "content".to_owned(),
                instead_of: "photo-1".to_owned(),
                others: (2..14).map(|index| format!("photo-{index}")).collect(),
            }),
            changes,
            norms: Vec::new(),
        };
        let ways = |verdict: Verdict, sets: Vec<ChangeSetView>, gave_up| WaysView {
            verdict: verdict.word(),
            size: sets.first().map(|set| set.changes.len()),
            more: usize::from(gave_up && !sets.is_empty()),
            complete: !gave_up,
            searched: 2,
            gave_up,
            left_out: if gave_up {
                vec!["depicts".to_owned()]
            } else {
                Vec::new()
            },
            sets,
        };
        let all = vec![
            change("state", None, denied()),
            change("withdraw", stated(), None),
            change("turn", stated(), denied()),
            change("move", stated(), denied()),
        ];
        let first = vec![set(all), set(vec![change("state", None, denied())])];
        Ok(ChangesView {
            schema: "attendu.changes/1",
            act: act.to_owned(),
            description: "share by roy of photo-1".to_owned(),
            at: "2024-05-02".to_owned(),
            mode: "question",
            assumed: Vec::new(),
            retracted: Vec::new(),
            verdict: "prohibited",
            ways: match to {
                Some(to) => vec![ways(to, first, true)],
                None => vec![
                    ways(Verdict::Permitted, first, false),
                    ways(Verdict::Conditional, Vec::new(), false),
                    ways(Verdict::Unregulated, Vec::new(), true),
                ],
            },
        })
    }

    fn explain_each(
        &mut self,
        _acts: &[String],
        format: ExplanationFormat,
    ) -> Result<Vec<String>, ExplainError> {
        let explained =
            |view: &attendu::reasoner::view::VerdictView| format!("{} as {format:?}", view.act);
        Ok(verdicts(self.language).iter().map(explained).collect())
    }

    fn explain_all(
        &mut self,
        write: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<(), ExplainError> {
        let names = verdicts(self.language).into_iter().map(|view| view.act);
        let mut names = names.map(|act| format!("{act:?}"));
        let _ = names.try_for_each(|line| write(&line));
        Ok(())
    }

    fn interview(&mut self, interview: &Interview) -> Result<InterviewView, Vec<Diagnostic>> {
        Ok(interviewed(self.language, interview.answers()))
    }

    fn answers_of(&mut self, interview: &Interview) -> Result<String, Vec<Diagnostic>> {
        Ok(format!("{} answers\n", interview.answers()))
    }

    fn resume(&mut self, _: &Path) -> Result<Option<Interview>, OpenError> {
        Ok(None)
    }

    fn test(&mut self) -> Result<TestView, Vec<Diagnostic>> {
        Ok(TestView {
            schema: "attendu.test/1",
            passed: 1204,
            failed: vec![FailureView {
                name: "case-3".to_owned(),
                place: "facts/cases.json:12".to_owned(),
                differences: vec![
                    DifferenceView {
                        what: "verdict",
                        expected: "permitted".to_owned(),
                        found: "conditional".to_owned(),
                    },
                    DifferenceView {
                        what: "norm",
                        expected: "on-ministers/064".to_owned(),
                        found: String::new(),
                    },
                ],
            }],
            unexercised: (1..=23)
                .map(|number| CitedView {
                    id: format!("on-ops/{number:03}"),
                    summary: tell(
                        self.language,
                        "Nobody discloses what they know from work.",
                        "Nul ne divulgue ce qu’il sait par son travail.",
                    ),
                    lines: number.to_string(),
                })
                .collect(),
        })
    }

    fn norms(&self) -> Vec<StatementView> {
        vec![
            StatementView {
                id: "on-ministers/068".to_owned(),
                kind: "norm",
                effect: "forbid",
                summary: tell(self.language, "An official ministry account does not reshare partisan content.", "Un compte officiel de ministère ne rediffuse rien de partisan."),
                reading: tell(self.language, "It is forbidden to share content on an account when the account is official and the content is partisan.", "Il est interdit de retransmettre un contenu sur un compte lorsque le compte est officiel et que le contenu est partisan."),
                text: "norm on-ministers/068 lines 90\n  forbid share of C on X\n  when official_account(X), partisan(C).".to_owned(),
                lines: "90".to_owned(),
                source: Some("000_78318a2352780339.txt".to_owned()),
                place: "policies/on-ministers/sharing.dl:41".to_owned(),
                overrides: vec!["on-ministers/064".to_owned()],
                overridden_by: Vec::new(),
                relations: vec!["official_account".to_owned(), "partisan".to_owned()],
                cited: None,
            },
            StatementView {
                id: "on-ministers/101".to_owned(),
                kind: "note",
                effect: "external",
                summary: tell(self.language, "Staff are subject to another act.", "Le personnel relève d’une autre loi."),
                reading: String::new(),
                text: "note on-ministers/101 because external \"…\".".to_owned(),
                lines: "101-103".to_owned(),
                source: None,
                place: "policies/on-ministers/notes.dl:3".to_owned(),
                overrides: Vec::new(),
                overridden_by: Vec::new(),
                relations: Vec::new(),
                cited: None,
            },
        ]
    }

    fn relations(&self) -> Vec<RelationView> {
        let relation =
            |name: &str, signature: &str, qualities: &[&'static str], facts| RelationView {
                name: name.to_owned(),
                signature: signature.to_owned(),
                qualities: qualities.to_vec(),
                meaning: tell(
                    self.language,
                    "Content that favours or attacks a party, a candidate or an elected member.",
                    "Contenu qui favorise ou attaque un parti, un candidat ou un élu.",
                ),
                template: tell(
                    self.language,
                    "{content} is partisan",
                    "{content} est à caractère partisan",
                ),
                facts,
                asked_by: vec!["on-ministers/068".to_owned(), "on-ministers/069".to_owned()],
                place: Some("policies/vocabulary/content.dl:7".to_owned()),
            };
        vec![
            relation("partisan", "partisan(content: content)", &["open"], 2),
            relation("kept_by", "kept_by(account: account, actor: actor)", &[], 0),
        ]
    }

    fn coverage(&self) -> Result<CoverageView, OpenError> {
        let names = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect();
        let ministers = DocumentView {
            document: "on-ministers".to_owned(),
            inventory: Some("policies/on-ministers/inventory.jsonl".to_owned()),
            statements: 185,
            encoded: 185,
            only_noted: 35,
            forms: [
                ("permit", 49),
                ("forbid", 31),
                ("definition", 15),
                ("note", 35),
            ]
            .into(),
            notes: [("informative", 18), ("duplicate", 11), ("external", 6)].into(),
            missing: Vec::new(),
            unknown: names(&["on-ministers/999"]),
            doubled: vec![DoubledView {
                id: "on-ministers/020".to_owned(),
                encoded_by: names(&["on-ministers/020", "on-ministers/020b"]),
            }],
            uncited: names(&["on-ministers/007"]),
            cited_otherwise: vec![CitedOtherwiseView {
                id: "on-ministers/020".to_owned(),
                cited: "31-32, 40".to_owned(),
                inventory: "31".to_owned(),
            }],
        };
        let missing = (1..=1204).map(|number| MissingView {
            id: format!("on-ops/{number:04}"),
            lines: format!("{number}-{}", number + 1),
            section: "guiding principles: reminder".to_owned(),
            kind: "regulative",
            modality: if number == 1 { "" } else { "must_not" },
        });
        let ops = DocumentView {
            document: "on-ops".to_owned(),
            inventory: Some("policies/on-ops/inventory.jsonl".to_owned()),
            statements: 1204,
            missing: missing.collect(),
            ..nothing_covered()
        };
        let house = DocumentView {
            document: "house".to_owned(),
            forms: [("note", 1)].into(),
            notes: [("external", 1)].into(),
            ..nothing_covered()
        };
        Ok(CoverageView {
            schema: "attendu.coverage/1",
            documents: vec![ministers, ops, house],
        })
    }

    fn source_texts(&self, folder: &Path) -> Result<SourcesView, OpenError> {
        let hash = |digit: &str| Some(digit.repeat(64));
        let source = |document: &str, status, found| SourceView {
            document: document.to_owned(),
            file: Some("000_78318a2352780339.txt".to_owned()),
            status,
            expected: hash("a"),
            found,
            beyond: Vec::new(),
        };
        let beyond = ["on-ops/001", "on-ops/002"].map(str::to_owned).to_vec();
        Ok(SourcesView {
            schema: "attendu.sources/1",
            folder: folder.display().to_string(),
            documents: vec![
                source("on-ministers", "changed", hash("b")),
                SourceView {
                    beyond,
                    ..source("on-ops", "fine", hash("a"))
                },
                source("ca-official-2014", "missing", None),
                SourceView {
                    file: None,
                    expected: None,
                    ..source("house", "unnamed", None)
                },
            ],
        })
    }

    fn editions(&self, old: &Path, new: &Path) -> Result<EditionsView, OpenError> {
        Ok(EditionsView {
            schema: "attendu.editions/1",
            old: old.display().to_string(),
            new: new.display().to_string(),
            documents: vec![edition(self.language), unchanged("on-ops", "new-missing")],
        })
    }

    fn verify(&mut self, file: &Path) -> Result<VerifyView, OpenError> {
        let accepted = file.ends_with("good.json");
        let fault = FaultView {
            node: Some("fact-2".to_owned()),
            text: "poster is partisan".to_owned(),
            wrong: "not-stated",
            about: std::collections::BTreeMap::new(),
        };
        Ok(VerifyView {
            schema: "attendu.verification/1",
            act: "monday".to_owned(),
            accepted,
            nodes: 12,
            faults: if accepted { Vec::new() } else { vec![fault] },
            trusted: Vec::new(),
        })
    }

    fn cited_texts(&self, _: &Path, ids: &[&str]) -> Result<Vec<CitedTextView>, OpenError> {
        let lines = [(9, "A first line, \u{1b}[2J short."), (90, "")];
        let text = "And one that goes on and on, as lines of such texts will. ".repeat(4);
        let line = |(number, said): (u32, &str)| LineView {
            number,
            text: if said.is_empty() { &text } else { said }.to_owned(),
        };
        let cited = |id: &&str| CitedTextView {
            status: if id.ends_with('8') { "fine" } else { "changed" },
            lines: lines.map(line).to_vec(),
        };
        Ok(ids.iter().map(cited).collect())
    }
}

/// A document of whose text there is nothing to tell but `status`.
fn unchanged(document: &str, status: &'static str) -> EditionView {
    EditionView {
        document: document.to_owned(),
        file: Some("001_9be7cb38709c9160.txt".to_owned()),
        status,
        changed: Vec::new(),
        vanished: Vec::new(),
        moved: Vec::new(),
        unmoved: 0,
    }
}

/// A document with a new edition.
fn edition(language: Language) -> EditionView {
    let line = |number: u32, text: &str| LineView {
        number,
        text: text.to_owned(),
    };
    let changed = |id: &str, new_lines: &str, new| ChangedView {
        id: id.to_owned(),
        summary: tell(
            language,
            "Guests paint the fence.",
            "Les invités peignent la clôture.",
        ),
        old_lines: "9".to_owned(),
        new_lines: new_lines.to_owned(),
        old: vec![line(
            9,
            "Guests paint the fence if it is dry, and clean the brushes.",
        )],
        new,
    };
    let long: Vec<_> = (99..=121).map(|number| line(number, "Guests.")).collect();
    let moved = (100..=121).map(|number: u32| MovedView {
        id: format!("on-ministers/{number}"),
        old_lines: number.to_string(),
        new_lines: format!("{}-{}", number + 1, number + 2),
    });
    EditionView {
        changed: vec![changed("on-ministers/001", "99-121", long)],
        vanished: vec![changed("on-ministers/002", "", Vec::new())],
        moved: moved.collect(),
        unmoved: 1204,
        ..unchanged("on-ministers", "compared")
    }
}

/// A document without statements.
fn nothing_covered() -> DocumentView {
    DocumentView {
        document: String::new(),
        inventory: None,
        statements: 0,
        encoded: 0,
        only_noted: 0,
        forms: [].into(),
        notes: [].into(),
        missing: Vec::new(),
        unknown: Vec::new(),
        doubled: Vec::new(),
        uncited: Vec::new(),
        cited_otherwise: Vec::new(),
    }
}
