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
