//! Acts: `A: share or like by M of C`.

use crate::lang::ast::{Name, Pattern, Role, RoleTerm, Spanned, Target, TargetKind};
use crate::lang::error::shortened;
use crate::lang::lexer::Token;

use super::term::owned;
use super::{Parsed, Parser};

impl Parser<'_> {
    /// `[A:] action {or action} {role term}`.
    pub(super) fn pattern(&mut self) -> Parsed<Pattern> {
        let label = self.label()?;
        let first = self.name("an action")?;
        self.pattern_of(label, first)
    }

    /// `A:`, where a variable comes next.
    fn label(&mut self) -> Parsed<Option<Name>> {
        if !self.at(Token::Variable) {
            return Ok(None);
        }
        let label = owned(self.bump());
        if !self.at(Token::Colon) {
            let name = shortened(&label.node);
            let help = format!(
                "a name starts with a small letter: `{}`; a variable before an action is \
                 written with a colon: `{name}: …`",
                name.to_lowercase()
            );
            return Err(self.unexpected(&format!("`:` after the variable `{name}`"), Some(help)));
        }
        self.bump();
        Ok(Some(label))
    }

    /// The rest of a pattern whose first action was taken last.
    pub(super) fn pattern_of(&mut self, label: Option<Name>, first: Name) -> Parsed<Pattern> {
        let mut actions = vec![first];
        while self.eat_word("or") {
            actions.push(self.name("an action")?);
        }
        if self.at(Token::Open) {
            let help = "acts are due here, as in `share by M of C`; a situation stands only after \
                        what a norm lays down, and there without a label and without `or`";
            return Err(self.unexpected("a role or the end of the act", Some(help.into())));
        }
        Ok(Pattern {
            label,
            actions,
            roles: self.roles()?,
        })
    }

    /// `{role term}`.
    pub(super) fn roles(&mut self) -> Parsed<Vec<RoleTerm>> {
        let mut roles = Vec::new();
        while let Some(role) = self.role() {
            roles.push(RoleTerm {
                role,
                term: self.term()?,
            });
        }
        Ok(roles)
    }

    /// A role word, if one comes next.
    pub(super) fn role(&mut self) -> Option<Spanned<Role>> {
        if !self.at(Token::Name) {
            return None;
        }
        let node = Role::from_word(self.current.text)?;
        let span = self.bump().span;
        Some(Spanned { node, span })
    }

    /// `[not]` and what a norm is about; `is_advice` after `recommend` and `discourage`.
    pub(super) fn target(&mut self, is_advice: bool) -> Parsed<Target> {
        let negated = self.eat_word("not");
        let kind = self.target_kind(is_advice)?;
        Ok(Target { negated, kind })
    }

    /// An act or a situation, as a question or the command line has it.
    pub(super) fn act_or_state(&mut self) -> Parsed<TargetKind> {
        self.target_kind(false)
    }

    fn target_kind(&mut self, is_advice: bool) -> Parsed<TargetKind> {
        let label = self.label()?;
        let first = self.name("an action or a relation")?;
        if label.is_some() || !self.at(Token::Open) {
            return self.pattern_of(label, first).map(TargetKind::Act);
        }
        let atom = self.atom_of(first)?;
        let by = if self.eat_word("by") {
            Some(self.term()?)
        } else {
            None
        };
        let purpose = if is_advice && self.eat_word("for") {
            Some(self.pattern()?)
        } else {
            None
        };
        if let Some(role) = Role::ALL.into_iter().find(|role| self.at_word(role.word())) {
            let help = if role == Role::For {
                "`for` and an act stand after a situation under `recommend` and `discourage` alone"
            } else {
                "a situation takes `by` alone; what else matters is an argument of the relation"
            };
            return Err(self.unexpected("the end of the situation", Some(help.into())));
        }
        Ok(TargetKind::State { atom, by, purpose })
    }
}
