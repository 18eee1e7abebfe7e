//! Norms, with their effects, deadlines and reparations.

use crate::base::Span;
use crate::lang::ast::{
    Direction, Effect, Header, Literal, Name, Norm, Otherwise, Per, Reference, Spanned, Target,
    Within,
};
use crate::lang::lexer::Token;
use crate::lang::words::{EFFECTS, is_reserved};

use super::clauses::{Clauses, NORM};
use super::term::owned;
use super::{Parsed, Parser};

impl Parser<'_> {
    /// What follows `norm`.
    pub(super) fn norm(&mut self) -> Parsed<Norm> {
        let mut norm = Draft::new(self.reference()?);
        let mut clauses = Clauses::new(NORM);
        while let Some(word) = self.clause_word(&mut clauses) {
            self.norm_clause(word, &mut norm)?;
        }
        let Some(effect) = norm.effect.take() else {
            let help = self.guess(EFFECTS);
            let expected = "what the norm lays down, such as `forbid` or `permit`";
            return Err(self.unexpected(expected, help));
        };
        Ok(norm.with(effect))
    }

    /// What follows the first `word` of a clause.
    fn norm_clause(&mut self, word: &'static str, norm: &mut Draft) -> Parsed<()> {
        match word {
            "lines" | "en" | "fr" => self.header_clause(word, &mut norm.header)?,
            "per" => norm.per = Some(self.per()?),
            "within" => norm.within = Some(self.within()?),
            "when" => norm.when.extend(self.body()?),
            "unless" => norm.unless.push(self.body()?),
            "overrides" => norm.overrides.extend(self.references()?),
            "otherwise" => norm.otherwise = Some(self.otherwise(self.previous)?),
            _ => {
                let start = self.previous;
                let node = self.effect(word)?;
                let span = start.to(self.previous);
                norm.effect = Some(Spanned { node, span });
            }
        }
        Ok(())
    }

    /// What follows the effect's `word`.
    fn effect(&mut self, word: &str) -> Parsed<Effect> {
        let advice: Option<fn(Target) -> Effect> = match word {
            "discourage" => Some(Effect::Discourage),
            "recommend" => Some(Effect::Recommend),
            _ => None,
        };
        if let Some(effect) = advice {
            return self.target(true).map(effect);
        }
        match word {
            "forbid" => self.target(false).map(Effect::Forbid),
            "permit" => self.target(false).map(Effect::Permit),
            "oblige" => self.target(false).map(Effect::Oblige),
            "require" => {
                let body = self.body()?;
                self.expect_word("for")?;
                Ok(Effect::Require(body, self.pattern()?))
            }
            "consider" => {
                let pattern = self.pattern()?;
                Ok(Effect::Consider(pattern, self.direction()?))
            }
            _ => self.atom().map(Effect::Consequence),
        }
    }

    /// `[raises|lowers concern]`.
    fn direction(&mut self) -> Parsed<Option<Direction>> {
        let direction = if self.eat_word("raises") {
            Direction::Raises
        } else if self.eat_word("lowers") {
            Direction::Lowers
        } else {
            return Ok(None);
        };
        self.expect_word("concern")?;
        Ok(Some(direction))
    }

    /// What follows `per`.
    fn per(&mut self) -> Parsed<Per> {
        if self.eat_word("act") {
            return Ok(Per::Act);
        }
        let variables = self.list(|parser| parser.variable("`act` or a variable"))?;
        Ok(Per::Variables(variables))
    }

    /// What follows `within`.
    fn within(&mut self) -> Parsed<Within> {
        let amount = self.integer("a number", i64::MAX)?;
        let unit = self.unit()?;
        self.expect_word("after")?;
        let after = self.variable("the variable of a date")?;
        Ok(Within {
            amount,
            unit,
            after,
        })
    }

    fn unit(&mut self) -> Parsed<Name> {
        if self.at(Token::Name) && !is_reserved(self.current.text) {
            return Ok(owned(self.bump()));
        }
        Err(self.unexpected("a unit such as `days`", None))
    }

    /// What follows `otherwise`, which stands at `start`.
    fn otherwise(&mut self, start: Span) -> Parsed<Box<Otherwise>> {
        self.expect_word("oblige")?;
        let target = self.target(false)?;
        let within = if self.eat_word("within") {
            Some(self.within()?)
        } else {
            None
        };
        let otherwise = if self.eat_word("otherwise") {
            let start = self.previous;
            Some(self.nested(|parser| parser.otherwise(start))?)
        } else {
            None
        };
        Ok(Box::new(Otherwise {
            target,
            within,
            otherwise,
            span: self.since(start),
        }))
    }
}

/// A norm whose effect may not have been read yet.
struct Draft {
    id: Reference,
    header: Header,
    effect: Option<Spanned<Effect>>,
    per: Option<Per>,
    within: Option<Within>,
    when: Vec<Literal>,
    unless: Vec<Vec<Literal>>,
    overrides: Vec<Reference>,
    otherwise: Option<Box<Otherwise>>,
}

impl Draft {
    fn new(id: Reference) -> Self {
        Self {
            id,
            header: Header::default(),
            effect: None,
            per: None,
            within: None,
            when: Vec::new(),
            unless: Vec::new(),
            overrides: Vec::new(),
            otherwise: None,
        }
    }

    fn with(self, effect: Spanned<Effect>) -> Norm {
        Norm {
            id: self.id,
            header: self.header,
            effect,
            per: self.per,
            within: self.within,
            when: self.when,
            unless: self.unless,
            overrides: self.overrides,
            otherwise: self.otherwise,
        }
    }
}
