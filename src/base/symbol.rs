//! Interned names: each distinct text is kept once and compared as a number.

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

use super::id::{Table, define_id};

define_id! {
    /// An interned text.
    Symbol,
}

/// The table of interned texts; ids in order of first appearance.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    texts: Table<Symbol, Box<str>>,
    by_hash: HashTable<Symbol>,
}

impl Symbols {
    /// The id of `text`, interned if it is new.
    pub fn intern(&mut self, text: &str) -> Symbol {
        let hash = FxBuildHasher.hash_one(text);
        if let Some(&symbol) = self
            .by_hash
            .find(hash, |&symbol| *self.texts[symbol] == *text)
        {
            return symbol;
        }
        let symbol = self.texts.push(text.into());
        let texts = &self.texts;
        self.by_hash.insert_unique(hash, symbol, |&other| {
            FxBuildHasher.hash_one(&*texts[other])
        });
        symbol
    }

    /// The id of `text`, if it was interned.
    pub fn get(&self, text: &str) -> Option<Symbol> {
        let hash = FxBuildHasher.hash_one(text);
        self.by_hash
            .find(hash, |&symbol| *self.texts[symbol] == *text)
            .copied()
    }

    /// The text of `symbol`.
    pub fn text(&self, symbol: Symbol) -> &str {
        &self.texts[symbol]
    }

    /// How many texts are interned.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// All symbols in order of first appearance.
    pub fn iter(&self) -> impl Iterator<Item = (Symbol, &str)> {
        self.texts.entries().map(|(symbol, text)| (symbol, &**text))
    }
}
