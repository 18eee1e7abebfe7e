//! A log of requests judged by sixty norms, each overriding the opposite ones of lower number:
//! every verdict is that of an evaluator written by hand, for which the highest number decides.
//! The workload of `benches/audit`, at a hundredth of its size.

#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "../benches/audit/by_hand.rs"]
mod by_hand;

use std::fmt::Write as _;
use std::fs;

use attendu::reasoner::{Options, Reasoner};
use by_hand::{Norm, Request, Workload};

const ACTORS: usize = 300;
const ACCOUNTS: usize = 150;
const CONTENTS: usize = 400;
const REQUESTS: usize = 2_000;
const NORMS: u32 = 60;
const KINDS: [&str; 3] = ["personal", "business", "service"];

/// Numbers that are always the same, the lower the likelier.
struct Numbers(u64);

impl Numbers {
    fn even(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % below
    }

    fn skewed(&mut self, below: usize) -> usize {
        let above = self.even(below) + 1;
        self.even(above)
    }
}

/// Names that outlive the workload.
struct Names {
    roles: Vec<String>,
    labels: Vec<String>,
    actions: Vec<String>,
    actors: Vec<String>,
    accounts: Vec<String>,
    contents: Vec<String>,
}

impl Names {
    fn new() -> Self {
        let names = |prefix: &str, count| (0..count).map(|n| format!("{prefix}{n}")).collect();
        Self {
            roles: names("r", 12),
            labels: names("l", 8),
            actions: names("act", 4),
            actors: names("a", ACTORS),
            accounts: names("acc", ACCOUNTS),
            contents: names("c", CONTENTS),
        }
    }

    fn workload(&self, random: &mut Numbers) -> Workload<'_> {
        let mut workload = Workload::default();
        for child in 1..self.roles.len() {
            let parent = random.even(child);
            let pair = (self.roles[child].as_str(), self.roles[parent].as_str());
            workload.role_parent.push(pair);
        }
        for actor in &self.actors {
            let role = self.roles.len() - 1 - random.skewed(self.roles.len());
            workload.actor_role.push((actor, &self.roles[role]));
        }
        for account in &self.accounts {
            let owner = &self.actors[random.even(ACTORS)];
            workload.account_owner.push((account, owner));
            let kind = KINDS[random.skewed(KINDS.len())];
            workload.account_kind.push((account, kind));
        }
        for content in &self.contents {
            for label in &self.labels {
                if random.even(4) == 0 {
                    workload.content_label.push((content, label));
                }
            }
        }
        for number in 1..=NORMS {
            let label = random.skewed(self.labels.len());
            let other = (label + 1 + random.even(self.labels.len() - 1)) % self.labels.len();
            workload.norms.push(Norm {
                number,
                permits: random.even(2) == 0,
                action: &self.actions[random.skewed(self.actions.len())],
                role: &self.roles[random.skewed(self.roles.len())],
                kind: KINDS[random.skewed(KINDS.len())],
                label: &self.labels[label],
                not_label: (random.even(5) < 2).then(|| self.labels[other].as_str()),
                owner: [None, None, None, Some(true), Some(false)][random.even(5)],
            });
        }
        for _ in 0..REQUESTS {
            let (account, owner) = workload.account_owner[random.even(ACCOUNTS)];
            let stranger = self.actors[random.even(ACTORS)].as_str();
            workload.requests.push(Request {
                actor: [owner, stranger][random.even(2)],
                action: &self.actions[random.skewed(self.actions.len())],
                content: &self.contents[random.even(CONTENTS)],
                account,
            });
        }
        workload
    }
}

fn policy(workload: &Workload<'_>, names: &Names) -> String {
    let mut text = format!("sort account_kind = {}.\n", KINDS.join(", "));
    text.push_str(
        "sort role. sort label.
relation actor_role(actor: actor, role: role).
relation role_parent(role: role, parent: role).
relation has_role(actor: actor, role: role).
has_role(A, R) :- actor_role(A, R).
has_role(A, S) :- has_role(A, R), role_parent(R, S).
relation account_owner(account: account, actor: actor).
relation is_of_kind(account: account, kind: account_kind).
relation content_label(content: content, label: label).
document audit jurisdiction nowhere publisher nobody rank policy.
resolve by exception.
",
    );
    for action in &names.actions {
        writeln!(
            text,
            "action {action}(by: actor, of: content, on: account, at: date)."
        )
        .unwrap();
    }
    for norm in &workload.norms {
        text.push_str(&norm_text(norm, &workload.norms));
    }
    text
}

fn norm_text(norm: &Norm<'_>, norms: &[Norm<'_>]) -> String {
    let Norm {
        number,
        action,
        role,
        kind,
        label,
        ..
    } = norm;
    let effect = if norm.permits { "permit" } else { "forbid" };
    let mut text = format!(
        "norm audit/{number} {effect} {action} by A of C on X
  when has_role(A, {role}), is_of_kind(X, {kind}), content_label(C, {label})"
    );
    if let Some(label) = norm.not_label {
        write!(text, ", not content_label(C, {label})").unwrap();
    }
    match norm.owner {
        Some(true) => text.push_str(", account_owner(X, A)"),
        Some(false) => text.push_str(", not account_owner(X, A)"),
        None => {}
    }
    let lower = |other: &&Norm<'_>| other.permits != norm.permits && other.number < *number;
    let lower: Vec<_> = norms
        .iter()
        .filter(lower)
        .map(|other| format!("audit/{}", other.number))
        .collect();
    if !lower.is_empty() {
        write!(text, " overrides {}", lower.join(", ")).unwrap();
    }
    text + ".\n"
}

fn table<const N: usize>(columns: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let rows = rows.map(|row| row.join("\t") + "\n");
    columns.join("\t") + "\n" + &rows.collect::<String>()
}

fn pairs(columns: [&str; 2], rows: &[(&str, &str)]) -> String {
    table(
        columns,
        rows.iter().map(|&(a, b)| [a.to_owned(), b.to_owned()]),
    )
}

#[test]
fn the_highest_norm_decides() {
    let names = Names::new();
    let workload = names.workload(&mut Numbers(1));
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("facts")).unwrap();
    let write = |name: &str, text: String| fs::write(path(name), text).unwrap();
    let list = |names: &[String]| table(["id"], names.iter().map(|name| [name.clone()]));
    write("audit.dl", policy(&workload, &names));
    write("facts/actors.tsv", list(&names.actors));
    write("facts/accounts.tsv", list(&names.accounts));
    write("facts/content.tsv", list(&names.contents));
    write("facts/roles.tsv", list(&names.roles));
    write("facts/labels.tsv", list(&names.labels));
    write(
        "facts/actor_role.tsv",
        pairs(["actor", "role"], &workload.actor_role),
    );
    write(
        "facts/role_parent.tsv",
        pairs(["role", "parent"], &workload.role_parent),
    );
    write(
        "facts/account_owner.tsv",
        pairs(["account", "actor"], &workload.account_owner),
    );
    write(
        "facts/is_of_kind.tsv",
        pairs(["account", "kind"], &workload.account_kind),
    );
    write(
        "facts/content_label.tsv",
        pairs(["content", "label"], &workload.content_label),
    );
    let acts = workload
        .requests
        .iter()
        .enumerate()
        .map(|(number, request)| {
            let Request {
                actor,
                action,
                content,
                account,
            } = *request;
            [
                format!("q{number}"),
                actor.into(),
                action.into(),
                content.into(),
                account.into(),
            ]
        });
    write(
        "facts/acts.tsv",
        table(["id", "by", "action", "of", "on"], acts),
    );

    let options = Options {
        policies: vec![path("audit.dl")],
        facts: vec![path("facts")],
        queries: vec![path("facts")],
        ..Options::default()
    };
    let mut reasoner = Reasoner::load(&options, None).unwrap();
    let found: Vec<_> = reasoner
        .decide(&[], None)
        .unwrap()
        .verdicts
        .iter()
        .map(|verdict| verdict.verdict)
        .collect();
    let expected: Vec<_> = workload
        .verdicts()
        .into_iter()
        .map(|verdict| match verdict {
            Some(true) => "permitted",
            Some(false) => "prohibited",
            None => "unregulated",
        })
        .collect();
    for word in ["permitted", "prohibited", "unregulated"] {
        assert!(
            expected.iter().filter(|&&other| other == word).count() > 200,
            "{word}"
        );
    }
    assert_eq!(found, expected);
}
