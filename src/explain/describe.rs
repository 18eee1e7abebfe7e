//! What a node says, as a heading, its text and short remarks: shared by the formats that
//! people read.

use crate::base::Language;

use super::graph::{Explanation, Node, NodeKind, NormNode};
use super::labels::{self, Labels, labels};
use super::says;

/// A node in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Described {
    /// What it is: `norm on-ministers/068, forbids, in force`.
    pub heading: String,
    /// What it says.
    pub text: String,
    /// Short remarks: citation, values, place.
    pub remarks: Vec<String>,
}

/// Describes a node in the language of its explanation.
pub(super) fn describe(explanation: &Explanation, node: &Node) -> Described {
    let language = explanation.language;
    let words = labels(language);
    let kind = labels::kind(language, &node.kind);
    let (heading, remarks) = match &node.kind {
        NodeKind::Verdict { act, verdict } => (
            format!("{}{}{act}", labels::verdict(language, verdict), words.colon),
            Vec::new(),
        ),
        NodeKind::WhyNot {
            act,
            verdict,
            wanted,
            left_out,
            rules_left_out,
        } => {
            let word = |verdict| labels::verdict(language, verdict);
            let mut said = says::verdict_is(language, word(verdict), *left_out, *rules_left_out);
            if verdict == wanted {
                said.push(says::as_asked(language).to_owned());
            }
            (says::why_not(language, word(wanted), act), said)
        }
        NodeKind::Norm(norm) => (
            norm_heading(language, kind, norm),
            norm_remarks(language, words, norm),
        ),
        NodeKind::Resolution { principle, .. } => (
            kind.to_owned(),
            vec![labels::principle(language, *principle).to_owned()],
        ),
        NodeKind::Condition {
            norm,
            written,
            standing,
            fixed,
        } => {
            let standing = labels::standing(language, standing);
            let mut remarks = vec![written.clone()];
            remarks.extend(fixed.then(|| words.fixed.to_owned()));
            (format!("{kind} ({norm}), {standing}"), remarks)
        }
        NodeKind::Rule { .. } | NodeKind::Aggregate { .. } => worked_out(language, kind, node),
        NodeKind::Fact { atom, place } => (
            kind.to_owned(),
            some([Some(atom.written.clone()), place.clone()]),
        ),
        NodeKind::Absence {
            atom,
            reason,
            place,
        } => (
            format!("{kind}, {}", labels::absence(language, *reason)),
            some([Some(atom.written.clone()), place.clone()]),
        ),
        NodeKind::Assumption { atom } | NodeKind::Unknown { atom } => {
            (kind.to_owned(), vec![atom.written.clone()])
        }
        NodeKind::Comparison {
            written,
            left,
            right,
        } => {
            let is_plain = written.starts_with(left.as_str()) && written.ends_with(right.as_str());
            let values = (!is_plain).then(|| format!("{left} | {right}"));
            (kind.to_owned(), some([Some(written.clone()), values]))
        }
        NodeKind::Document {
            id,
            from,
            until,
            source,
        } => {
            let labelled = |label: &str, text: &Option<String>| {
                text.as_ref().map(|text| format!("{label} {text}"))
            };
            let remarks = some([
                labelled(words.from, from),
                labelled(words.until, until),
                labelled(words.source, source),
            ]);
            (format!("{kind} {id}"), remarks)
        }
    };
    Described {
        heading,
        text: node.text.clone(),
        remarks: remarks
            .into_iter()
            .filter(|remark| !remark.is_empty() && *remark != node.text)
            .collect(),
    }
}

/// A text in which the act is called `the act` instead of by its id. An id of letters alone may be
/// a word of the text, and stays.
pub(super) fn spoken(explanation: &Explanation, text: &str) -> String {
    let name = explanation.act.as_str();
    if name.contains(' ') || name.chars().all(char::is_alphabetic) {
        return text.to_owned();
    }
    let mut said = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(name) {
        said.push_str(before);
        let within = |letter: char| letter.is_alphanumeric() || "-_@/".contains(letter);
        let alone = !before.ends_with(within) && !after.starts_with(within);
        said.push_str(if alone {
            labels::the_act(explanation.language)
        } else {
            name
        });
        rest = after;
    }
    said.push_str(rest);
    said
}

/// Whether a text has parts that only a policy would be written with: `by(act, abebe)`.
pub(super) fn is_raw(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|letter| {
        let call = letter == '(' && (before.is_alphanumeric() || before == '_');
        before = letter;
        call
    })
}

fn some<const N: usize>(remarks: [Option<String>; N]) -> Vec<String> {
    remarks.into_iter().flatten().collect()
}

fn norm_heading(language: Language, kind: &str, norm: &NormNode) -> String {
    let mut parts = vec![
        format!("{kind} {}", norm.id),
        labels::effect(language, norm.effect).to_owned(),
    ];
    match norm.standing {
        Some(standing) if norm.effect == "consider" => {
            parts.push(labels::factor(language, standing).to_owned());
        }
        Some(standing) => parts.push(labels::standing(language, standing).to_owned()),
        None => parts.push(labels::status(language, norm).to_owned()),
    }
    if !norm.certain && norm.status == "in" && norm.standing.is_none() {
        parts.push(labels(language).may_apply.to_owned());
    }
    let misses = norm.misses.filter(|&misses| misses > 0);
    parts.extend(misses.map(|misses| says::misses(language, misses)));
    parts.join(", ")
}

fn norm_remarks(language: Language, words: &Labels, norm: &NormNode) -> Vec<String> {
    let values: Vec<_> = norm
        .values
        .iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    let with = format!("{} {}", words.with, values.join(", "));
    some([
        norm.in_force_if
            .as_ref()
            .map(|it| format!("{} {}", words.in_force, it.text)),
        Some(labels::lines(language, &norm.lines)),
        norm.due
            .as_ref()
            .map(|due| format!("{}{}{due}", words.due, words.colon)),
        norm.deadline
            .as_ref()
            .map(|day| format!("{} {day}", words.by)),
        (!values.is_empty()).then_some(with),
        norm.place.clone(),
    ])
}

fn worked_out(language: Language, kind: &str, node: &Node) -> (String, Vec<String>) {
    let words = labels(language);
    match &node.kind {
        NodeKind::Rule {
            id,
            written,
            lines,
            place,
            certain,
            fails,
            left_out,
            ..
        } => {
            let heading = match (id, fails) {
                (Some(id), None) => format!("{kind} {id}"),
                (Some(id), Some(_)) => format!("{id} {kind}"),
                (None, None) => kind.to_owned(),
                (None, Some(_)) => format!("{} {kind}", words.rule),
            };
            let may_hold = (!certain && fails.is_none()).then(|| words.may_hold.to_owned());
            let fails = fails.as_ref().map(|at| format!("{} {at}", words.fails));
            let remarks = some([
                may_hold,
                fails,
                Some(written.clone()),
                Some(labels::lines(language, lines)),
                place.clone(),
                (*left_out > 0).then(|| says::other_ways(language, *left_out)),
            ]);
            (heading, remarks)
        }
        NodeKind::Aggregate {
            function,
            written,
            value,
            members,
            count,
        } => {
            let mut listed = members.join("; ");
            if *count > members.len() {
                listed = format!("{listed} ({} {count})", words.more);
            }
            let remarks = vec![written.clone(), format!("{function} = {value}"), listed];
            (kind.to_owned(), remarks)
        }
        _ => (kind.to_owned(), Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_may_be_a_word_stays() {
        let of = |act: &str, text: &str| spoken(&Explanation::new(Language::En, act, ""), text);
        assert_eq!(of("a", "roy is a minister"), "roy is a minister");
        assert_eq!(
            of("a-1", "a-1 shows a-10 and a-1."),
            "the act shows a-10 and the act."
        );
    }
}
