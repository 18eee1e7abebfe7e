//! Explanations of the shipped acts.
use crate::fixture::{Loaded, project};
use std::collections::BTreeMap;

#[test]
fn shipped_acts_are_accepted() {
    let loaded = Loaded::folders(&project("policies"), &project("facts")).unwrap();
    let mut wrong = Vec::new();
    let mut trusted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut count = 0;
    let start = std::time::Instant::now();
    loaded.explained(
        |index, _| index % 7 == 0,
        |act, json| {
            count += 1;
            let own = std::time::Instant::now();
            let checked = loaded.check(&json);
            if own.elapsed().as_millis() > 500 {
                eprintln!("{} {:?}", act.name, own.elapsed());
            }
            for (what, _) in &checked.trusted {
                *trusted.entry(what).or_default() += 1;
            }
            if !checked.faults.is_empty() {
                wrong.push((act.name.clone(), checked.faults));
            }
        },
    );
    eprintln!(
        "{count} acts, {} wrong, trusted {trusted:?} {:?}",
        wrong.len(),
        start.elapsed()
    );
    for (name, faults) in wrong.iter().take(40) {
        for fault in faults.iter().take(3) {
            eprintln!("{name}: {:?} {} {:?}", fault.node, fault.text, fault.wrong);
        }
    }
    assert!(wrong.is_empty());
}
