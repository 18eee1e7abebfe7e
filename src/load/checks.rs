//! What can only be said once all files are read: names that no file declares, and facts that
//! contradict one another. Contradictions with what rules derive are for the engine to find.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::Diagnostic;
use crate::engine::{FactId, Rows};
use crate::program::{RelationId, SortId, SortKind, Value};

use super::builder::{Builder, ListedRow, Standing};
use super::reports::article;

/// Runs all checks.
pub(super) fn check(builder: &mut Builder<'_>) {
    // What a file that broke off would have declared is not known.
    if !builder.reports.incomplete {
        undeclared(builder);
    }
    for (relation, _) in builder.names.declared() {
        denied(builder, relation);
        several_values(builder, relation);
    }
    unlisted(builder);
}

/// Names in the place of an individual that nothing declares.
fn undeclared(builder: &mut Builder<'_>) {
    let program = builder.program();
    for (sort, row) in program.sorts.entries() {
        if row.kind != SortKind::Entity {
            continue;
        }
        let standing = std::mem::take(&mut builder.standing[sort]);
        let declared: Vec<_> = standing
            .iter()
            .zip(builder.universe.names(sort))
            .filter(|(standing, _)| !matches!(standing, Standing::Mentioned(..)))
            .map(|(_, name)| name)
            .collect();
        for (name, standing) in builder.universe.names(sort).zip(&standing) {
            let &Standing::Mentioned(span, more) = standing else {
                continue;
            };
            if builder.reports.is_full(span.file, "undeclared-entity") {
                continue;
            }
            if let Some(other) = sort_of(builder, name, sort) {
                let (due, is) = (article(&row.name), article(other));
                let message = format!("expected {due}, but `{name}` is {is}");
                builder
                    .reports
                    .add(Diagnostic::error("wrong-sort", span, message));
                continue;
            }
            let message = format!("nothing declares {} called `{name}`", article(&row.name));
            let guess = builder.reports.guess(name, declared.iter().copied());
            let help = guess.unwrap_or_else(|| declaration(sort, &row.name, name));
            let mut diagnostic = Diagnostic::error("undeclared-entity", span, message).help(help);
            diagnostic.notes.extend(mentioned_again(more));
            builder.reports.add(diagnostic);
        }
        builder.standing[sort] = standing;
    }
}

fn mentioned_again(more: u32) -> Option<String> {
    match more {
        0 => None,
        1 => Some("it is mentioned once more".to_owned()),
        _ => Some(format!("it is mentioned {more} more times")),
    }
}

/// Another sort that has an individual called `name`.
fn sort_of<'p>(builder: &Builder<'p>, name: &str, except: SortId) -> Option<&'p str> {
    let program = builder.program();
    program.sorts.entries().find_map(|(sort, row)| {
        let value = builder.universe.get(sort, name)?;
        let standing = builder.standing[sort].get(value.index() - 1)?;
        let declared = !matches!(standing, Standing::Mentioned(..));
        (sort != except && row.kind == SortKind::Entity && declared).then_some(row.name.as_str())
    })
}

fn declaration(sort: SortId, sort_name: &str, name: &str) -> String {
    match sort {
        SortId::ACT => format!("add an act with the `id` `{name}`"),
        SortId::CONTENT => format!("add `{{ \"id\": \"{name}\" }}` under `content`"),
        _ => format!("add `{{ \"id\": \"{name}\" }}` under `{sort_name}s`"),
    }
}

/// One thing said of a key for a time.
struct Saying<'a> {
    key: &'a [Value],
    side: Value,
    from: i64,
    until: i64,
    fact: FactId,
}

/// The sayings of `rows`, each tuple split into its key and what is said.
fn sayings<'a>(
    builder: &'a Builder<'_>,
    rows: &'a Rows,
    split: impl Fn(&'a [Value]) -> (&'a [Value], Value) + 'a,
) -> impl Iterator<Item = Saying<'a>> {
    rows.iter().map(move |(tuple, fact)| {
        let (key, side) = split(tuple);
        let validity = builder.facts.validity(fact).unwrap_or_default();
        Saying {
            key,
            side,
            from: validity.from.unwrap_or(i64::MIN),
            until: validity.until.unwrap_or(i64::MAX),
            fact,
        }
    })
}

/// For each key the first two facts, in order of time and reading, that say different things of
/// it at one moment.
fn clashes(mut sayings: Vec<Saying<'_>>) -> Vec<(FactId, FactId)> {
    sayings.sort_unstable_by(|a, b| (a.key, a.from, a.fact).cmp(&(b.key, b.from, b.fact)));
    let same_key = |a: &Saying<'_>, b: &Saying<'_>| a.key == b.key;
    let mut found: Vec<_> = sayings.chunk_by(same_key).filter_map(first_clash).collect();
    found.sort_unstable();
    found
}

/// Sweeps the sayings of one key in order of time. It keeps the one that lasts longest, and the
/// one that lasts longest among those that say something else.
fn first_clash(sayings: &[Saying<'_>]) -> Option<(FactId, FactId)> {
    let mut longest: Option<&Saying<'_>> = None;
    let mut other: Option<&Saying<'_>> = None;
    for saying in sayings {
        let earlier = [longest, other].into_iter().flatten();
        let clash = earlier
            .filter(|earlier| earlier.side != saying.side && earlier.until > saying.from)
            .min_by_key(|earlier| earlier.fact);
        if let Some(earlier) = clash {
            return Some((earlier.fact.min(saying.fact), earlier.fact.max(saying.fact)));
        }
        if longest.is_none_or(|longest| saying.until > longest.until) {
            if longest.is_some_and(|longest| longest.side != saying.side) {
                other = longest;
            }
            longest = Some(saying);
        } else if longest.is_some_and(|longest| longest.side != saying.side)
            && other.is_none_or(|other| saying.until > other.until)
        {
            other = Some(saying);
        }
    }
    None
}

/// Tuples that are said to hold and not to hold.
fn denied(builder: &mut Builder<'_>, relation: RelationId) {
    let input = builder.facts.input(relation);
    if input.denied.is_empty() || input.asserted.is_empty() {
        return;
    }
    let (holds, fails) = (Value::from_index(1), Value::from_index(0));
    let mut all: Vec<_> = sayings(builder, &input.denied, |tuple| (tuple, fails)).collect();
    let keys: FxHashSet<_> = all.iter().map(|saying| saying.key).collect();
    let asserted = sayings(builder, &input.asserted, |tuple| (tuple, holds));
    all.extend(asserted.filter(|saying| keys.contains(saying.key)));
    for (first, second) in clashes(all) {
        let message = "is said to hold and said not to hold";
        report(
            builder,
            relation,
            first,
            second,
            message,
            "the opposite is said here",
        );
    }
}

/// Several values where there can be one.
fn several_values(builder: &mut Builder<'_>, relation: RelationId) {
    if !builder.program().relations[relation].single_valued {
        return;
    }
    let rows = &builder.facts.input(relation).asserted;
    let all = sayings(builder, rows, |tuple| match tuple.split_last() {
        Some((&value, key)) => (key, value),
        None => (tuple, Value::UNKNOWN),
    });
    for (first, second) in clashes(all.collect()) {
        let message = "has two values, and can have one only";
        report(
            builder,
            relation,
            first,
            second,
            message,
            "the other value is here",
        );
    }
}

/// Rows that a list closes and another fact adds to.
fn unlisted(builder: &mut Builder<'_>) {
    let mut lists: FxHashMap<(RelationId, Value), Vec<ListedRow>> = FxHashMap::default();
    for &row in &builder.lists {
        lists
            .entry((row.relation, row.subject))
            .or_default()
            .push(row);
    }
    let mut found = Vec::new();
    let relations: FxHashSet<_> = builder.lists.iter().map(|row| row.relation).collect();
    for (relation, _) in builder.names.declared() {
        if relations.contains(&relation) {
            added_to_lists(builder, relation, &lists, &mut found);
        }
    }
    for (relation, fact, close) in found {
        let message = "is asserted, but a list that closes the row leaves it out";
        report(builder, relation, close, fact, message, "the list is here");
    }
}

fn added_to_lists(
    builder: &Builder<'_>,
    relation: RelationId,
    lists: &FxHashMap<(RelationId, Value), Vec<ListedRow>>,
    found: &mut Vec<(RelationId, FactId, FactId)>,
) {
    let rows = &builder.facts.input(relation).asserted;
    // The values of a list, where some fact of its row stands elsewhere.
    let mut values: FxHashMap<FactId, FxHashSet<Value>> = FxHashMap::default();
    for (tuple, fact) in rows.iter() {
        let [subject, value] = *tuple else { continue };
        for list in lists.get(&(relation, subject)).into_iter().flatten() {
            if (list.first..list.close).contains(&fact) {
                continue;
            }
            let values = values
                .entry(list.close)
                .or_insert_with(|| values_of(rows, list));
            if values.insert(value) {
                found.push((relation, fact, list.close));
            }
        }
    }
}

/// INVARIANT: facts are numbered in order of reading, so a list's own are neighbours.
fn values_of(rows: &Rows, list: &ListedRow) -> FxHashSet<Value> {
    let start = rows.facts.partition_point(|&fact| fact < list.first);
    rows.iter()
        .skip(start)
        .take_while(|&(_, fact)| fact < list.close)
        .filter_map(|(tuple, _)| tuple.last().copied())
        .collect()
}

/// Reports a contradiction at the later of two facts.
fn report(
    builder: &mut Builder<'_>,
    relation: RelationId,
    first: FactId,
    second: FactId,
    what: &str,
    label: &str,
) {
    let (place, other) = (builder.facts.span(second), builder.facts.span(first));
    let name = match tuple_of(builder, relation, second) {
        Some(tuple) => builder.atom(relation, tuple),
        None => builder.program().relations[relation].name.clone(),
    };
    let message = format!("`{name}` {what}");
    let diagnostic = Diagnostic::error("contradictory-facts", place, message).also(other, label);
    builder.reports.add(diagnostic);
}

fn tuple_of<'a>(
    builder: &'a Builder<'_>,
    relation: RelationId,
    fact: FactId,
) -> Option<&'a [Value]> {
    let input = builder.facts.input(relation);
    [&input.asserted, &input.denied]
        .into_iter()
        .find_map(|rows| {
            let index = rows.facts.binary_search(&fact).ok()?;
            rows.values.chunks_exact(row_width(rows)).nth(index)
        })
}

fn row_width(rows: &Rows) -> usize {
    (rows.values.len() / rows.len().max(1)).max(1)
}

impl Builder<'_> {
    /// `depicts(photo-1, lee)`.
    pub(super) fn atom(&self, relation: RelationId, tuple: &[Value]) -> String {
        let row = &self.program().relations[relation];
        let terms: Vec<_> = row
            .columns
            .iter()
            .zip(tuple)
            .map(
                |(column, &value)| match self.universe.name(column.sort, value) {
                    Some(name) => name.to_owned(),
                    None => value
                        .number()
                        .map_or_else(|| value.index().to_string(), |number| number.to_string()),
                },
            )
            .collect();
        format!("{}({})", row.name, terms.join(", "))
    }
}
