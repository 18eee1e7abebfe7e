//! The yardstick of `benches/audit/run`: reads the tables that `prepare.py` wrote and prints the
//! counts of verdicts, judged by hand.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program that prints, for input that another has just written"
)]

mod by_hand;

use std::fs;
use std::path::Path;

use by_hand::{Norm, Request, Workload};

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    // Run by `cargo bench` it has nothing to read: see `benches/audit/run`.
    let Some(folder) = arguments.iter().find(|text| !text.starts_with("--")) else {
        println!("a yardstick, see benches/audit/run");
        return;
    };
    let folder = Path::new(folder);
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("a table");
    let facts = |name: &str| read(&format!("facts/{name}.tsv"));
    let (acts, norms) = (facts("acts"), read("norm.tsv"));
    let actor_role = facts("actor_role");
    let role_parent = facts("role_parent");
    let account_owner = facts("account_owner");
    let account_kind = facts("is_of_kind");
    let content_label = facts("content_label");
    let workload = Workload {
        actor_role: pairs(&actor_role),
        role_parent: pairs(&role_parent),
        account_owner: pairs(&account_owner),
        account_kind: pairs(&account_kind),
        content_label: pairs(&content_label),
        norms: norms.lines().map(norm).collect(),
        requests: acts.lines().skip(1).map(request).collect(),
    };
    let verdicts = workload.verdicts();
    let count = |wanted| {
        verdicts
            .iter()
            .filter(|&&verdict| verdict == wanted)
            .count()
    };
    println!(
        r#"{{"prohibited": {}, "permitted": {}, "unregulated": {}}}"#,
        count(Some(false)),
        count(Some(true)),
        count(None)
    );
}

fn fields<const N: usize>(line: &str) -> [&str; N] {
    let mut fields = line.split('\t');
    std::array::from_fn(|_| fields.next().expect("a field"))
}

/// The rows of a table of two columns, behind its header.
fn pairs(table: &str) -> Vec<(&str, &str)> {
    table
        .lines()
        .skip(1)
        .map(|line| fields(line).into())
        .collect()
}

fn request(line: &str) -> Request<'_> {
    let [_, actor, action, content, account] = fields(line);
    Request {
        actor,
        action,
        content,
        account,
    }
}

fn norm(line: &str) -> Norm<'_> {
    let [number, effect, action, role, kind, label, not_label, owner] = fields(line);
    Norm {
        number: number.parse().expect("a number"),
        permits: effect == "permit",
        action,
        role,
        kind,
        label,
        not_label: Some(not_label).filter(|&label| label != "-"),
        owner: match owner {
            "is" => Some(true),
            "not" => Some(false),
            _ => None,
        },
    }
}
