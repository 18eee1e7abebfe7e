//! Answers written down by hand, and a run of the command line over them.

use std::ffi::OsString;

use attendu::base::{Diagnostic, Sources, Span};
use attendu::cli::{self, Answers, Environment, Exit, ExplanationFormat, Open, OpenError, Refusal};
use attendu::reasoner::view::{
    AnswerView, CitedView, ConditionView, ConsequenceView, DifferenceView, DoubtView, DutyView,
    FactorView, FailureView, GroupView, NormView, QuestionView, RelationView, RowView,
    StatementView, TestView, VerdictView, VerdictsView,
};
use attendu::reasoner::{Language, Options, Report};

/// What a run printed, and how it ended.
pub(crate) struct Output {
    pub(crate) exit: Exit,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `line` (words parted by spaces, without the program's name) over the fixture.
pub(crate) fn run(line: &str, width: usize) -> Output {
    let environment = Environment {
        language: Language::En,
        no_color: false,
        no_graphics: false,
        err_is_terminal: false,
        width,
        today: 20_000 * 24 * 60,
    };
    let args = std::iter::once("attendu").chain(line.split_whitespace());
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = cli::run(
        args.map(OsString::from),
        &environment,
        &Library,
        &mut out,
        &mut err,
    );
    Output {
        exit,
        out: String::from_utf8(out).unwrap(),
        err: String::from_utf8(err).unwrap(),
    }
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
}

impl Answers for Case {
    fn sources(&self) -> &Sources {
        &self.sources
    }

    fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
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
                .collect(),
        })
    }

    fn ask(&mut self, question: &str, possible: bool) -> Result<AnswerView, Vec<Diagnostic>> {
        Ok(answer(self.language, question, possible))
    }

    fn explain(&mut self, act: &str, format: ExplanationFormat) -> Result<String, Vec<Diagnostic>> {
        Ok(format!("{act} as {format:?}\n"))
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
}

/// The text in the reader's language.
fn tell(language: Language, english: &str, french: &str) -> String {
    match language {
        Language::En => english,
        Language::Fr => french,
    }
    .to_owned()
}

/// A verdict on which nothing bears yet.
fn bare(act: &str, description: &str, verdict: &'static str) -> VerdictView {
    VerdictView {
        act: act.to_owned(),
        description: description.to_owned(),
        at: "2024-05-02".to_owned(),
        mode: "question",
        verdict,
        contested: false,
        silence: None,
        once_met: None,
        breach: None,
        documents: [("on-ministers".to_owned(), verdict)].into_iter().collect(),
        norms: Vec::new(),
        conditions: Vec::new(),
        questions: Vec::new(),
        duties: Vec::new(),
        advice: Vec::new(),
        factors: Vec::new(),
        consequences: Vec::new(),
        out_of_force: Vec::new(),
        also_check: Vec::new(),
        doubt: Vec::new(),
    }
}

/// A norm in force.
fn norm(language: Language, id: &str, effect: &'static str, lines: &str) -> NormView {
    NormView {
        id: id.to_owned(),
        effect,
        certain: true,
        status: "in",
        set_aside_by: None,
        principle: None,
        clashes_with: Vec::new(),
        per: [].into_iter().collect(),
        summary: tell(
            language,
            "A minister may share, like or react to what a ministry account has published.",
            "Un ministre peut retransmettre ce qu’un compte de ministère a publié, l’aimer ou y réagir.",
        ),
        lines: lines.to_owned(),
    }
}

/// A duty or a piece of advice.
fn duty(language: Language, effect: &'static str, bearer: Option<&str>, due: &str) -> DutyView {
    DutyView {
        norm: "on-ops/051".to_owned(),
        effect,
        bearer: bearer.map(str::to_owned),
        due: due.to_owned(),
        status: "in",
        fulfilment: "pending",
        deadline: None,
        contested_by: Vec::new(),
        summary: tell(
            language,
            "A public servant reports a conflict of interest.",
            "Un fonctionnaire signale un conflit d’intérêts.",
        ),
        lines: "53".to_owned(),
    }
}

/// One act of each verdict.
fn verdicts(language: Language) -> Vec<VerdictView> {
    vec![
        permitted(language),
        prohibited(language),
        conditional(language),
        undetermined(language),
        VerdictView {
            silence: Some("silent"),
            ..bare("post by ng on @ng", "post by ng on @ng", "unregulated")
        },
        VerdictView {
            norms: vec![
                NormView {
                    clashes_with: vec!["on-ministers/089".to_owned()],
                    ..norm(language, "on-ministers/080", "permit", "84")
                },
                NormView {
                    clashes_with: vec!["on-ministers/080".to_owned()],
                    ..norm(language, "on-ministers/089", "forbid", "92")
                },
            ],
            ..bare("case-6", "use by roy of kit-1 on @roy", "conflict")
        },
    ]
}

fn permitted(language: Language) -> VerdictView {
    VerdictView {
        norms: vec![
            norm(language, "on-ministers/064", "permit", "88-90"),
            NormView {
                status: "out",
                set_aside_by: Some("on-ministers/064".to_owned()),
                principle: Some("exception"),
                per: [("P".to_owned(), "roy".to_owned())].into_iter().collect(),
                ..norm(language, "on-ministers/063", "forbid", "87")
            },
        ],
        duties: vec![DutyView {
            deadline: Some("2024-05-07".to_owned()),
            ..duty(language, "oblige", Some("roy"), "report by roy of s1")
        }],
        advice: vec![duty(language, "discourage", None, "share of photo-1")],
        factors: vec![FactorView {
            norm: "ca-personal/020".to_owned(),
            direction: Some("raises"),
            standing: "present",
            summary: tell(
                language,
                "Many people follow the account.",
                "Beaucoup de gens suivent le compte.",
            ),
        }],
        also_check: vec![CitedView {
            id: "on-ministers/101".to_owned(),
            summary: tell(
                language,
                "Staff are subject to another act.",
                "Le personnel relève d’une autre loi.",
            ),
            lines: "101, 103".to_owned(),
        }],
        ..bare("case-1", "share by roy of photo-1 on @roy", "permitted")
    }
}

fn prohibited(language: Language) -> VerdictView {
    VerdictView {
        mode: "performed",
        contested: true,
        breach: Some("breach"),
        documents: [
            ("on-ministers".to_owned(), "prohibited"),
            ("on-ops".to_owned(), "unregulated"),
        ]
        .into_iter()
        .collect(),
        norms: vec![
            norm(language, "on-ministers/068", "forbid", "90"),
            norm(language, "on-ministers/069", "forbid", "91"),
            NormView {
                status: "open",
                certain: false,
                ..norm(language, "on-ministers/070", "permit", "")
            },
        ],
        consequences: vec![ConsequenceView {
            norm: "on-ministers/111".to_owned(),
            atom: "may_be_disciplined(lee)".to_owned(),
            text: tell(
                language,
                "lee may be disciplined",
                "lee est passible de sanctions",
            ),
            certain: false,
        }],
        out_of_force: vec![CitedView {
            id: "ca-official-2014/076".to_owned(),
            summary: tell(
                language,
                "The head of communications approves.",
                "Le chef des communications approuve.",
            ),
            lines: "76".to_owned(),
        }],
        ..bare(
            "case-2",
            "share by lee of photo-1 on @ministry",
            "prohibited",
        )
    }
}

fn conditional(language: Language) -> VerdictView {
    let condition = |person: &str, standing, fixed| ConditionView {
        norm: "on-ministers/046".to_owned(),
        atom: format!("consents({person}, photo-1)"),
        text: tell(
            language,
            &format!("{person} consents to photo-1"),
            &format!("{person} consent à photo-1"),
        ),
        standing,
        fixed,
    };
    VerdictView {
        mode: "planned",
        once_met: Some("permitted"),
        norms: vec![norm(language, "on-ministers/048", "permit", "50")],
        conditions: vec![
            condition("lee", "unknown", false),
            condition("roy", "met", false),
            condition("ng", "unmet", false),
        ],
        ..bare("case-3", "publish by roy of photo-1 on @roy", "conditional")
    }
}

fn undetermined(language: Language) -> VerdictView {
    VerdictView {
        questions: vec![QuestionView {
            atom: "partisan(photo-2)".to_owned(),
            text: tell(
                language,
                "photo-2 is partisan",
                "photo-2 est à caractère partisan",
            ),
            norms: vec!["on-ministers/068".to_owned(), "on-ministers/070".to_owned()],
        }],
        doubt: vec![DoubtView {
            kind: "which-way",
            action: Some("share".to_owned()),
            verdict: Some("prohibited"),
        }],
        ..bare("case-4", "use by roy of photo-2 on @roy", "undetermined")
    }
}

/// An answer with two groups; with none to a question that says `nobody`.
fn answer(language: Language, question: &str, possible: bool) -> AnswerView {
    let cited = CitedView {
        id: "on-ministers/064".to_owned(),
        summary: norm(language, "", "permit", "").summary,
        lines: "88-90".to_owned(),
    };
    let text = |english: &str, french: &str| vec![tell(language, english, french)];
    let names = |count: usize| {
        (1..=count)
            .rev()
            .map(|number| format!("photo-{number}"))
            .collect()
    };
    let groups = vec![
        GroupView {
            values: vec![vec!["roy".to_owned()], names(14), Vec::new()],
            count: 1234,
            verdict: Some("permitted"),
            norms: vec![cited.clone()],
            conditions: Vec::new(),
            questions: Vec::new(),
        },
        GroupView {
            values: vec![
                vec!["zoé".to_owned(), "ève".to_owned(), "lee".to_owned()],
                names(2),
                vec!["@roy".to_owned()],
            ],
            count: 6,
            verdict: Some("conditional"),
            norms: vec![cited],
            conditions: text("lee consents to photo-1", "lee consent à photo-1"),
            questions: if possible {
                text("photo-2 is partisan", "photo-2 est à caractère partisan")
            } else {
                Vec::new()
            },
        },
    ];
    let nobody = question.contains("nobody");
    AnswerView {
        schema: "attendu.answer/1",
        question: question.to_owned(),
        title: possible.then(|| {
            tell(
                language,
                "Who may share what?",
                "Qui peut retransmettre quoi ?",
            )
        }),
        as_of: "2026-11-21".to_owned(),
        columns: ["Who", "of", "on"].map(str::to_owned).to_vec(),
        rows: vec![RowView {
            values: vec![Some("roy".to_owned()), Some("a, \"b\"".to_owned()), None],
            verdict: Some("permitted"),
            norms: vec!["on-ministers/064".to_owned(), "on-ministers/065".to_owned()],
            conditions: Vec::new(),
            questions: Vec::new(),
        }],
        groups: if nobody { Vec::new() } else { groups },
        judged: 4012,
        partial: None,
    }
}
