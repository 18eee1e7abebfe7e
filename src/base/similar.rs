//! The nearest known name, for "did you mean".

/// The candidate most like `name`, if one is like enough to be worth a guess.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LIKE_ENOUGH: f64 = 0.75;
    candidates
        .into_iter()
        .filter(|&candidate| candidate != name)
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|&(score, _)| score >= LIKE_ENOUGH)
        .max_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| y.cmp(x)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn guesses_only_what_is_like() {
        assert_eq!(
            nearest("partizan", ["minister", "partisan"]),
            Some("partisan")
        );
        assert_eq!(nearest("zebra", ["minister", "partisan"]), None);
    }
}
