//! Why: what a verdict rests on, as a graph and in words. Reads the program, the engine and
//! the judgements; knows nothing of the terminal and reads no files.

pub mod words;
