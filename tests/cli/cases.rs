//! The verdicts and answers of the fixture.

use attendu::reasoner::Language;
use attendu::reasoner::view::{
    AnswerView, AnswerWhatIfView, AskedView, CitedView, ConditionView, ConsequenceView, DoubtView,
    DutyView, FactorView, GroupView, InterviewView, NormChangeView, NormView, QuestionView,
    RowView, VerdictView, Wants, WhatIfView,
};

/// The text in the reader's language.
pub(crate) fn tell(language: Language, english: &str, french: &str) -> String {
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
        settling: "unneeded",
        silence: None,
        once_met: None,
        breach: None,
        documents: [("on-ministers".to_owned(), verdict)].into_iter().collect(),
        norms: Vec::new(),
        conditions: Vec::new(),
        questions: Vec::new(),
        course: None,
        duties: Vec::new(),
        advice: Vec::new(),
        factors: Vec::new(),
        consequences: Vec::new(),
        out_of_force: Vec::new(),
        also_check: Vec::new(),
        doubt: Vec::new(),
        what_if: None,
    }
}

/// What is supposed, in the light of facts by which everything is prohibited.
pub(crate) fn what_if(
    language: Language,
    view: VerdictView,
    (assumed, retracted): &(Vec<String>, Vec<String>),
) -> VerdictView {
    let came = norm(language, "on-ministers/064", "permit", "88-90");
    let change = |before, after| NormChangeView {
        id: came.id.clone(),
        effect: came.effect,
        per: [("P".to_owned(), "roy".to_owned())].into_iter().collect(),
        before,
        after,
        summary: came.summary.clone(),
        lines: came.lines.clone(),
    };
    VerdictView {
        what_if: Some(WhatIfView {
            assumed: assumed.clone(),
            retracted: retracted.clone(),
            verdict: "prohibited",
            contested: false,
            norms: vec![change(None, Some("in")), change(Some("open"), Some("out"))],
        }),
        ..view
    }
}

/// The same of an answer, all of whose rows are new; `nobody` has none.
pub(crate) fn what_if_answer(
    view: AnswerView,
    (assumed, retracted): &(Vec<String>, Vec<String>),
) -> AnswerView {
    let row = view.rows.first().cloned();
    let went = row
        .iter()
        .cycle()
        .take(if view.rows.is_empty() { 0 } else { 12 });
    AnswerView {
        what_if: Some(AnswerWhatIfView {
            assumed: assumed.clone(),
            retracted: retracted.clone(),
            came: view.rows.clone(),
            went: went.cloned().collect(),
        }),
        ..view
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
        in_force_if: None,
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
pub(crate) fn verdicts(language: Language) -> Vec<VerdictView> {
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

/// An interview that asks twice.
pub(crate) fn interviewed(language: Language, answers: usize) -> InterviewView {
    let verdict = match answers {
        0 | 1 => undetermined(language),
        _ => prohibited(language),
    };
    let asked = [
        AskedView {
            relation: "partisan".to_owned(),
            arguments: vec![Some("photo-2".to_owned())],
            atom: "partisan(photo-2)".to_owned(),
            text: tell(
                language,
                "photo-2 is partisan",
                "photo-2 est à caractère partisan",
            ),
            norms: (68..72).map(|number| asking(language, number)).collect(),
            wants: Wants::Whether,
            sort: None,
            is_value: false,
            known: Vec::new(),
            choices: Vec::new(),
            new: Vec::new(),
        },
        AskedView {
            relation: "depicts".to_owned(),
            arguments: vec![Some("photo-2".to_owned()), None],
            atom: "depicts(photo-2, _)".to_owned(),
            text: tell(
                language,
                "photo-2 shows someone",
                "photo-2 montre quelqu’un",
            ),
            norms: vec![asking(language, 72)],
            wants: Wants::Which {
                one: false,
                none: true,
            },
            sort: Some("actor".to_owned()),
            is_value: false,
            known: vec!["roy".to_owned()],
            choices: vec!["lee".to_owned(), "roy".to_owned()],
            new: Vec::new(),
        },
    ];
    InterviewView {
        assumed: Vec::new(),
        retracted: Vec::new(),
        verdict,
        questions: asked.into_iter().skip(answers).collect(),
        still_open: Vec::new(),
        unanswerable: Vec::new(),
    }
}

fn asking(language: Language, number: usize) -> CitedView {
    CitedView {
        id: format!("on-ministers/{number:03}"),
        summary: tell(
            language,
            "Partisan content is not shared.",
            "Rien de partisan n’est partagé.",
        ),
        lines: "90".to_owned(),
    }
}

/// An answer with two groups, or with none to a question that says `nobody`; without columns
/// to one that ends in `yes` or `no`.
pub(crate) fn answer(language: Language, question: &str, possible: bool) -> AnswerView {
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
    let nobody = question.contains("nobody") || question.ends_with("no");
    let (groups, columns) = if question.ends_with("yes") {
        let mut yes = groups.into_iter().next_back().unwrap();
        yes.values.clear();
        (vec![yes], Vec::new())
    } else if question.ends_with("no") {
        (groups, Vec::new())
    } else {
        (groups, ["Who", "of", "on"].map(str::to_owned).to_vec())
    };
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
        columns,
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
        what_if: None,
    }
}
