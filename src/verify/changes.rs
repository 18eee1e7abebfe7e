//! What would change a verdict: each set of changes is made as `--assume` and `--retract` make
//! them, and the act judged again. No part of a set may lead to the verdict, and nothing may
//! follow that a `never` excludes.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::base::{FileId, Sources};
use crate::lang::ast::{LiteralKind, TermKind};
use crate::lang::{parse_literal, print_body};
use crate::load::{Case, suppose};
use crate::program::{ActDescription, Program};

use super::fault::{Fault, Wrong};
use super::graph::{Unreadable, parsed};
use super::impossible::Impossible;
use super::required::settle_conditions;
use super::ruling::Status;
use super::settle::{Wanted, settle};
use super::truth::Truth;
use super::{Checked, judge_of};

/// The schema of what would change a verdict.
pub(super) const SCHEMA: &str = "attendu.changes/1";

/// The most changes of a set whose parts are all tried.
const PARTED: usize = 8;

/// What would change a verdict, as it is written.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Changes {
    pub(super) act: String,
    at: String,
    #[serde(default)]
    pub(super) assumed: Vec<String>,
    #[serde(default)]
    pub(super) retracted: Vec<String>,
    verdict: String,
    ways: Vec<Ways>,
}

#[derive(Clone, Debug, Deserialize)]
struct Ways {
    verdict: String,
    size: Option<usize>,
    sets: Vec<Set>,
}

#[derive(Clone, Debug, Deserialize)]
struct Set {
    changes: Vec<Change>,
    alike: Option<Alike>,
}

#[derive(Clone, Debug, Deserialize)]
struct Change {
    kind: String,
    withdrawn: Option<Said>,
    stated: Option<Said>,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
struct Said {
    atom: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Alike {
    sort: String,
    instead_of: String,
    others: Vec<String>,
}

impl Changes {
    pub(super) fn read(text: &str) -> Result<Self, Unreadable> {
        parsed(text)
    }

    /// Holds it against the policies and the facts, with what it supposes among these.
    pub(super) fn check(
        &self,
        program: &Program,
        case: &Case,
        sources: &Sources,
        described: Option<&ActDescription>,
        step: &dyn Fn(usize),
    ) -> Checked {
        let mut check = Check {
            program,
            case,
            sources: sources.clone(),
            changes: self,
            described,
            step,
            verdicts: BTreeMap::new(),
            checked: Checked::default(),
        };
        check.all();
        check.checked
    }
}

impl Change {
    /// Which change it is, by what it withdraws and states.
    fn due_kind(&self) -> Option<&'static str> {
        let bare = |said: &Said| said.atom.trim_start_matches("not ").to_owned();
        match (&self.withdrawn, &self.stated) {
            (Some(from), Some(to)) if bare(from) == bare(to) => Some("turn"),
            (Some(_), Some(_)) => Some("move"),
            (Some(_), None) => Some("withdraw"),
            (None, Some(_)) => Some("state"),
            (None, None) => None,
        }
    }

    fn written(&self) -> String {
        let said = |said: &Option<Said>| said.as_ref().map(|said| said.atom.clone());
        let both = said(&self.withdrawn).into_iter().chain(said(&self.stated));
        format!("{} {}", self.kind, both.collect::<Vec<_>>().join(" -> "))
    }

    fn atoms_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let both = [&mut self.withdrawn, &mut self.stated];
        both.into_iter().flatten().map(|said| &mut said.atom)
    }
}

/// What an act is judged to be.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Found {
    Verdict(&'static str),
    /// It could not be worked out here.
    Untold,
    Wrong(Wrong),
}

struct Check<'a> {
    program: &'a Program,
    case: &'a Case,
    sources: Sources,
    changes: &'a Changes,
    described: Option<&'a ActDescription>,
    /// Is told how many times the act was judged.
    step: &'a dyn Fn(usize),
    /// By the verdict looked for, what is retracted and what is assumed.
    verdicts: BTreeMap<(String, [Vec<String>; 2]), Found>,
    checked: Checked,
}

impl Check<'_> {
    fn all(&mut self) {
        let changes = self.changes;
        match self.found(&[], "") {
            Found::Wrong(wrong) => return self.fault(None, "", wrong),
            Found::Untold => self.trust("verdict", &changes.verdict),
            Found::Verdict(due) if due == changes.verdict => {}
            Found::Verdict(due) => {
                let wrong = Wrong::differs("verdict", &changes.verdict, due);
                return self.fault(None, "", wrong);
            }
        }
        for ways in &changes.ways {
            if ways.verdict == changes.verdict {
                let name = Some(ways.verdict.as_str());
                self.fault(name, "", Wrong::AlreadySo);
            }
            self.trust("smallest", &ways.verdict);
            for (index, set) in ways.sets.iter().enumerate() {
                let name = format!("{} {}", ways.verdict, index + 1);
                self.checked.nodes += 1;
                self.set(&name, ways, set);
            }
        }
    }

    fn set(&mut self, name: &str, ways: &Ways, set: &Set) {
        let written = |set: &[Change]| {
            let all: Vec<_> = set.iter().map(Change::written).collect();
            all.join("; ")
        };
        let text = written(&set.changes);
        if ways.size != Some(set.changes.len()) {
            let size = ways.size.map_or_else(String::new, |it| it.to_string());
            let due = set.changes.len().to_string();
            return self.fault(Some(name), &text, Wrong::differs("size", &size, &due));
        }
        for change in &set.changes {
            let due = change.due_kind().unwrap_or_default();
            if change.kind != due {
                return self.fault(Some(name), &text, Wrong::differs("kind", &change.kind, due));
            }
        }
        let mut sets = vec![set.changes.clone()];
        if let Some(alike) = &set.alike {
            let others = alike.others.iter();
            sets.extend(others.map(|other| self.with(&set.changes, alike, other)));
        }
        for set in sets {
            if let Err(wrong) = self.leads(name, &set, &ways.verdict) {
                return self.fault(Some(name), &written(&set), wrong);
            }
        }
        self.trust("changed-norms", name);
    }

    /// That a set leads to the verdict, and no part of it does.
    fn leads(&mut self, name: &str, set: &[Change], verdict: &str) -> Result<(), Wrong> {
        for change in set {
            for said in change.withdrawn.iter().chain(&change.stated) {
                self.is_changeable(&said.atom)?;
            }
        }
        match self.found(set, verdict) {
            Found::Wrong(wrong) => return Err(wrong),
            Found::Untold => self.trust("verdict", name),
            Found::Verdict(found) if found == verdict => {}
            Found::Verdict(due) => return Err(Wrong::differs("verdict", verdict, due)),
        }
        if set.len() > PARTED {
            self.trust("smallest", name);
            return Ok(());
        }
        for chosen in 1..(1_usize << set.len()) - 1 {
            let part = set.iter().enumerate();
            let part = part.filter(|(place, _)| chosen >> place & 1 == 1);
            let part: Vec<_> = part.map(|(_, change)| change.clone()).collect();
            // What cannot be supposed by itself leads nowhere.
            if matches!(self.found(&part, verdict), Found::Verdict(found) if found == verdict) {
                let written: Vec<_> = part.iter().map(Change::written).collect();
                return Err(Wrong::PartSuffices(written.join("; ")));
            }
        }
        Ok(())
    }

    /// That facts say of an atom's relation what is so, and that somebody can change it.
    fn is_changeable(&self, atom: &str) -> Result<(), Wrong> {
        let literal = parse_literal(FileId(0), atom).0;
        let Some(LiteralKind::Atom { atom, .. }) = literal.map(|it| it.kind) else {
            return Err(Wrong::Supposed(atom.to_owned()));
        };
        let name = &atom.relation.node;
        let mut relations = self.program.relations.iter();
        if relations.any(|row| row.name == *name && row.fixed) {
            return Err(Wrong::BeyondChange(name.clone()));
        }
        Ok(())
    }

    /// A set with another individual in the place of one.
    fn with(&self, set: &[Change], alike: &Alike, other: &str) -> Vec<Change> {
        let mut set = set.to_vec();
        for atom in set.iter_mut().flat_map(Change::atoms_mut) {
            if let Some(written) = self.replaced(atom, alike, other) {
                *atom = written;
            }
        }
        set
    }

    fn replaced(&self, atom: &str, alike: &Alike, other: &str) -> Option<String> {
        let mut literal = parse_literal(FileId(0), atom).0?;
        let LiteralKind::Atom { atom, .. } = &mut literal.kind else {
            return None;
        };
        let mut relations = self.program.relations.iter();
        let relation = relations.find(|row| row.name == atom.relation.node)?;
        for (term, column) in atom.terms.iter_mut().zip(&relation.columns) {
            let sort = &self.program.sorts[column.sort].name;
            let is_it = matches!(&term.kind, TermKind::Symbol(name) if *name == alike.instead_of);
            if *sort == alike.sort && is_it {
                term.kind = TermKind::Symbol(other.to_owned());
            }
        }
        Some(print_body(std::slice::from_ref(&literal)))
    }

    /// The verdict with some changes, where it is `wanted` only if they can be.
    fn found(&mut self, set: &[Change], wanted: &str) -> Found {
        let said = |said: &dyn Fn(&Change) -> Option<String>| -> Vec<String> {
            set.iter().filter_map(said).collect()
        };
        let changes = [
            said(&|change| Some(change.withdrawn.as_ref()?.atom.clone())),
            said(&|change| Some(change.stated.as_ref()?.atom.clone())),
        ];
        let key = (wanted.to_owned(), changes);
        if let Some(known) = self.verdicts.get(&key) {
            return known.clone();
        }
        let found = self.judged(&key.1, wanted).unwrap_or_else(Found::Wrong);
        self.verdicts.insert(key, found.clone());
        (self.step)(self.verdicts.len());
        found
    }

    fn judged(
        &mut self,
        [retracted, assumed]: &[Vec<String>; 2],
        wanted: &str,
    ) -> Result<Found, Wrong> {
        let mut case = self.case.clone();
        if !(retracted.is_empty() && assumed.is_empty()) {
            let mut files = |texts: &[String]| -> Vec<FileId> {
                let texts = texts.iter();
                texts
                    .map(|text| self.sources.add("<change>", text.as_str()))
                    .collect()
            };
            let (retracted, assumed) = (files(retracted), files(assumed));
            let (supposition, found) =
                suppose(self.program, &case, &self.sources, &assumed, &retracted);
            let Some(supposition) = supposition else {
                let why: Vec<_> = found.into_iter().map(|found| found.message).collect();
                return Err(Wrong::Supposed(why.join("; ")));
            };
            case.universe = supposition.universe;
            case.facts = supposition.facts;
        }
        let about = (self.changes.act.as_str(), self.changes.at.as_str());
        let (mut judge, act) = judge_of(self.program, &case, about, self.described)?;
        let act = judge.as_it_counts(&act);
        let Some(mut ruling) = judge.ruling(&act) else {
            return Ok(Found::Untold);
        };
        settle_conditions(&mut judge, &act, &mut ruling);
        // Conditions count that may be in force: then it matters whether they are.
        let pending = ruling.requirements.iter();
        let mut pending = pending.filter(|it| it.met != Truth::Certain);
        let statuses = pending.any(|it| ruling.statuses.get(it.instance) == Some(&Status::Open));
        if !ruling.untold && (statuses || ruling.outcomes.len() > 1) {
            let wanted = Wanted {
                statuses,
                two_are_enough: !statuses,
            };
            ruling.untold = !settle(&mut judge, &act, &mut ruling, wanted);
        }
        let open = ruling.verdict == "undetermined" && judge.ways_below(&act);
        Ok(if judge.home.gave_up() {
            return Err(Wrong::GaveUp);
        } else if ruling.untold || open {
            Found::Untold
        } else {
            // Only of what leads there it is asked whether it can be.
            let impossible = (ruling.verdict == wanted).then(|| judge.impossible());
            if let Some(impossible) = impossible.flatten() {
                return Err(Wrong::Impossible(match impossible {
                    Impossible::Never(span) => self.sources.place(span),
                    Impossible::Contradiction(atom) => atom,
                }));
            }
            Found::Verdict(ruling.verdict)
        })
    }

    fn fault(&mut self, node: Option<&str>, text: &str, wrong: Wrong) {
        self.checked.faults.push(Fault {
            node: node.map(str::to_owned),
            text: text.to_owned(),
            wrong,
        });
    }

    fn trust(&mut self, what: &'static str, node: &str) {
        self.checked.trusted.insert((what, node.to_owned()));
    }
}
