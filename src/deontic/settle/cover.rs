//! A function as few conjunctions of atoms that hold or do not (Minato and Morreale): none of
//! them needless, and none with a needless atom.

use super::space::{Beyond, Function, Space};

/// A conjunction: places with whether what is there holds.
type Way = Vec<(usize, bool)>;

/// Conjunctions that hold wherever `least` does and nowhere where `most` does not; nothing where
/// more than `cap` would be needed.
pub(super) fn cover(
    space: &mut Space,
    (least, most): (&Function, &Function),
    cap: usize,
) -> Result<Option<Vec<Way>>, Beyond> {
    Ok(covered(space, least, most, cap)?.map(|(ways, _)| ways))
}

fn covered(
    space: &mut Space,
    least: &Function,
    most: &Function,
    cap: usize,
) -> Result<Option<(Vec<Way>, Function)>, Beyond> {
    if least.is_false() {
        return Ok(Some((Vec::new(), least.clone())));
    }
    if most.is_true() {
        return Ok(Some((vec![Way::new()], most.clone())));
    }
    let places = least.places().into_iter().chain(most.places());
    let Some(place) = places.min() else {
        return Ok(None);
    };
    let at = |space: &mut Space, function: &Function| {
        [false, true].map(|answer| space.given(function, place, answer))
    };
    let [least_no, least_yes] = at(space, least);
    let [most_no, most_yes] = at(space, most);
    let only_no = space.and_not(&least_no, &most_yes)?;
    let only_yes = space.and_not(&least_yes, &most_no)?;
    let Some((no, in_no)) = covered(space, &only_no, &most_no, cap)? else {
        return Ok(None);
    };
    let Some((yes, in_yes)) = covered(space, &only_yes, &most_yes, cap)? else {
        return Ok(None);
    };
    let rest_no = space.and_not(&least_no, &in_no)?;
    let rest_yes = space.and_not(&least_yes, &in_yes)?;
    let rest = space.or(&rest_no, &rest_yes)?;
    let both = space.and(&most_no, &most_yes)?;
    let Some((either, in_either)) = covered(space, &rest, &both, cap)? else {
        return Ok(None);
    };
    if no.len() + yes.len() + either.len() > cap {
        return Ok(None);
    }
    let here = space.at(place);
    let in_no = space.and_not(&in_no, &here)?;
    let in_yes = space.and(&in_yes, &here)?;
    let inside = space.or(&in_no, &in_yes)?;
    let inside = space.or(&inside, &in_either)?;
    let mut ways = either;
    for (own, answer) in [(no, false), (yes, true)] {
        for mut way in own {
            way.insert(0, (place, answer));
            ways.push(way);
        }
    }
    Ok(Some((ways, inside)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deontic::settle::space::SettleLimits;

    const PLACES: usize = 5;

    /// A function that looks random, and is the same for the same seed.
    fn random(space: &mut Space, seed: &mut u64) -> Function {
        let mut any = space.constant(false);
        for _ in 0..4 {
            let mut all = space.constant(true);
            for _ in 0..3 {
                *seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(99);
                let here = space.at((*seed >> 40) as usize % PLACES);
                let here = if *seed >> 60 & 1 == 1 {
                    here.not()
                } else {
                    here
                };
                all = space.and(&all, &here).unwrap();
            }
            any = space.or(&any, &all).unwrap();
        }
        any
    }

    fn of_way(space: &mut Space, way: &Way) -> Function {
        let mut all = space.constant(true);
        for &(place, holds) in way {
            let here = space.at(place);
            let here = if holds { here } else { here.not() };
            all = space.and(&all, &here).unwrap();
        }
        all
    }

    fn of_ways(space: &mut Space, ways: &[Way]) -> Function {
        let mut any = space.constant(false);
        for way in ways {
            let one = of_way(space, way);
            any = space.or(&any, &one).unwrap();
        }
        any
    }

    #[test]
    fn a_cover_lies_between_its_bounds_and_has_nothing_needless() {
        let mut seed = 1;
        let mut seen = 0;
        for _ in 0..300 {
            let mut space = Space::new(SettleLimits::default());
            for _ in 0..PLACES {
                space.other().unwrap();
            }
            let least = random(&mut space, &mut seed);
            let allowed = random(&mut space, &mut seed);
            let most = space.or(&least, &allowed).unwrap();
            let ways = cover(&mut space, (&least, &most), 99).unwrap().unwrap();
            let covered = of_ways(&mut space, &ways);
            assert!(space.and_not(&least, &covered).unwrap().is_false());
            assert!(space.and_not(&covered, &most).unwrap().is_false());
            for index in 0..ways.len() {
                seen += 1;
                let mut fewer = ways.clone();
                let way = fewer.remove(index);
                let left = of_ways(&mut space, &fewer);
                assert!(!space.and_not(&least, &left).unwrap().is_false());
                for atom in 0..way.len() {
                    let mut shorter = way.clone();
                    shorter.remove(atom);
                    let wider = of_way(&mut space, &shorter);
                    assert!(!space.and_not(&wider, &most).unwrap().is_false());
                }
            }
        }
        assert!(seen > 300, "{seen}");
    }

    #[test]
    fn too_many_ways_are_none() {
        let mut space = Space::new(SettleLimits::default());
        let (mut any, mut ways) = (space.constant(false), 0);
        for _ in 0..3 {
            let one = space.other().unwrap();
            any = space.or(&any, &one).unwrap();
            ways += 1;
        }
        assert!(cover(&mut space, (&any, &any), ways).unwrap().is_some());
        assert!(cover(&mut space, (&any, &any), ways - 1).unwrap().is_none());
    }
}
