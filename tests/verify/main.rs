//! Explanations are replayed by a checker that shares no code with what made them: those of the
//! corpus and of shipped acts (`shipped`) and of random policies (`random`) are accepted, those
//! that were tampered with are refused (`mutated`), also where they show all proofs (`proofs`). What explains all acts at once says the same
//! (`all`). What would change a verdict is made and judged again (`changes`).

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail, and says what it saw"
)]

mod all;
mod changes;
mod fixture;
mod mutated;
#[path = "../differential/policy.rs"]
#[expect(dead_code, reason = "what only the other test asks of a random policy")]
mod policy;
mod proofs;
mod random;
mod shipped;
