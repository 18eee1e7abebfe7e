//! What becomes of cited lines when a text changes elsewhere, and when they change.

use proptest::prelude::*;

use super::*;

fn map(old: &[&str], new: &[&str]) -> LineMap {
    LineMap::new(old, new).unwrap()
}

#[test]
fn lines_are_kept_moved_changed_or_gone() {
    let old = ["title", "", "a", "b", "", "c", "d"];
    let check = |new: &[&str], range, expected| {
        assert_eq!(map(&old, new).outcome(range), expected, "{new:?}");
    };
    check(&old, (3, 4), Outcome::Kept(Some((3, 4))));
    check(&["a", "b", "c"], (3, 6), Outcome::Kept(Some((1, 3))));
    check(&["a", "x", "b"], (3, 4), Outcome::Changed(Some((1, 3))));
    check(
        &["title", "a", "x", "c"],
        (4, 4),
        Outcome::Changed(Some((3, 3))),
    );
    check(&["title", "a", "c"], (4, 4), Outcome::Changed(None));
    check(&["title", "b", "c"], (3, 4), Outcome::Changed(Some((2, 2))));
    check(&[], (3, 4), Outcome::Changed(None));
    check(&["x", "y"], (7, 7), Outcome::Changed(Some((1, 2))));
    // Nothing is cited: a blank line, and one behind the end.
    check(&["x"], (2, 2), Outcome::Kept(None));
    check(&["x"], (90, u32::MAX), Outcome::Kept(None));
}

#[test]
fn white_space_says_nothing() {
    let map = map(&["a  b", "c"], &["", "\u{a0}a\tb ", "", "c"]);
    assert_eq!(map.outcome((1, 2)), Outcome::Kept(Some((2, 4))));
}

#[test]
fn of_two_like_blocks_the_one_that_was_divided_changes() {
    let map = map(&["a", "b", "a", "b"], &["a", "x", "b", "a", "b"]);
    assert_eq!(map.outcome((1, 2)), Outcome::Changed(Some((1, 3))));
    assert_eq!(map.outcome((3, 4)), Outcome::Kept(Some((4, 5))));
}

#[test]
fn moved_means_that_words_have_other_numbers() {
    let map = map(&["a", "", "b"], &["a", "b"]);
    assert!(!map.is_moved((1, 2), Some((1, 1))));
    assert!(map.is_moved((3, 3), Some((2, 2))));
    assert!(map.is_moved((1, 3), Some((1, 2))));
    assert!(!map.is_moved((2, 2), None));
}

#[test]
fn long_texts_are_refused_only_where_they_could_match() {
    let numbered = |from: usize| {
        (from..from + 30_000)
            .map(|n| n.to_string())
            .collect::<Vec<_>>()
    };
    assert!(LineMap::new(&numbered(0), &numbered(0)).is_none());
    assert!(LineMap::new(&numbered(0), &numbered(30_000)).is_some());
}

/// Lines of few words, so that many are alike, some of them blank.
fn text() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[ab]?", 1..12)
}

/// A text, a part of it from one place to another, and lines to insert outside that part, each
/// with the place that it comes before.
type Edit = (Vec<String>, (usize, usize), Vec<(usize, String)>);

fn edited() -> impl Strategy<Value = Edit> {
    let inserted = prop::collection::vec((any::<prop::sample::Index>(), "[abc]?"), 0..8);
    (text(), any::<[prop::sample::Index; 2]>(), inserted).prop_map(|(old, ends, inserted)| {
        let [one, other] = ends.map(|end| end.index(old.len()));
        let (first, last) = (one.min(other), one.max(other));
        // Before each line of the text, or behind it; not before a line inside the part.
        let places: Vec<_> = (0..=old.len())
            .filter(|place| !(first + 1..=last).contains(place))
            .collect();
        let inserted = inserted
            .into_iter()
            .map(|(place, line)| (places[place.index(places.len())], line))
            .collect();
        (old, (first, last), inserted)
    })
}

/// What a part of a text says.
fn said(text: &[String], part: Option<(u32, u32)>) -> Vec<&str> {
    let Some((first, last)) = part else {
        return Vec::new();
    };
    let lines = &text[first as usize - 1..last as usize];
    lines
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .collect()
}

proptest! {
    #[test]
    fn lines_inserted_elsewhere_change_nothing((old, (first, last), inserted) in edited()) {
        let mut new = Vec::new();
        for place in 0..=old.len() {
            let here = inserted.iter().filter(|(at, _)| *at == place);
            new.extend(here.map(|(_, line)| line.clone()));
            new.extend(old.get(place).cloned());
        }
        let range = (first as u32 + 1, last as u32 + 1);
        let outcome = LineMap::new(&old, &new).unwrap().outcome(range);
        let Outcome::Kept(place) = outcome else {
            panic!("{new:?}: {outcome:?}");
        };
        prop_assert_eq!(said(&old, Some(range)), said(&new, place));
    }

    #[test]
    fn what_is_kept_says_the_same(old in text(), new in text(), ends in any::<[u8; 2]>()) {
        let [one, other] = ends.map(|end| u32::from(end) % old.len() as u32 + 1);
        let range = (one.min(other), one.max(other));
        if let Outcome::Kept(place) = LineMap::new(&old, &new).unwrap().outcome(range) {
            prop_assert_eq!(said(&old, Some(range)), said(&new, place));
        }
    }

    #[test]
    fn a_line_that_says_something_else_changes_what_cites_it(
        mut old in text(),
        at in any::<prop::sample::Index>(),
        ends in any::<[u8; 2]>(),
    ) {
        let at = at.index(old.len());
        let mut new = old.clone();
        old[at] = "y".to_owned();
        new[at] = "z".to_owned();
        let first = (at as u32 + 1).saturating_sub(u32::from(ends[0] % 3)).max(1);
        let last = (at as u32 + 1 + u32::from(ends[1] % 3)).min(old.len() as u32);
        let outcome = LineMap::new(&old, &new).unwrap().outcome((first, last));
        let Outcome::Changed(Some((from, to))) = outcome else {
            panic!("{outcome:?}");
        };
        prop_assert!((from..=to).contains(&(at as u32 + 1)));
    }
}
