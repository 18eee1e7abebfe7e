//! Explanations are replayed by a checker that shares no code with what made them.

mod fixture;
mod mutated;
mod shipped;
