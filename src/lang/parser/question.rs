//! Questions, as `ask` takes them.

use crate::lang::ast::{Pattern, Query, QueryKind, Question, Spanned, TargetKind};
use crate::lang::lexer::Token;
use crate::lang::words::is_reserved;

use super::term::owned;
use super::{Parsed, Parser};

impl Parser<'_> {
    /// A question, or a conjunction of conditions. All comments are kept as if they stood at
    /// the top.
    pub(super) fn query(&mut self) -> Parsed<Query> {
        let mut comments = self.loose_comments(true);
        let kind = self.query_kind()?;
        self.eat(Token::Stop);
        comments.extend(self.inner_comments());
        Ok(Query { comments, kind })
    }

    fn query_kind(&mut self) -> Parsed<QueryKind> {
        let Some(question) = self.question() else {
            return self.question_body();
        };
        let target = if self.at(Token::Variable) {
            TargetKind::Act(self.variable_pattern()?)
        } else {
            self.act_or_state()?
        };
        if self.at_word("when") {
            let help = "the conditions of a question follow `where`";
            return Err(self.unexpected("`where`", Some(help.into())));
        }
        let condition = if self.eat_word("where") {
            self.body()?
        } else {
            Vec::new()
        };
        Ok(QueryKind::Deontic {
            question,
            target,
            condition,
        })
    }

    /// `A: action {role term}`, or `Action {role term}`: whichever action it is.
    fn variable_pattern(&mut self) -> Parsed<Pattern> {
        let variable = owned(self.bump());
        if self.eat(Token::Colon) {
            let first = self.name("an action")?;
            return self.pattern_of(Some(variable), first);
        }
        Ok(Pattern {
            label: None,
            actions: vec![variable],
            roles: self.roles()?,
        })
    }

    /// A question that is a body. A name without arguments at its start is another question's
    /// word misspelt.
    fn question_body(&mut self) -> Parsed<QueryKind> {
        let is_name = self.at(Token::Name) && !is_reserved(self.current.text);
        if !is_name || self.calls() {
            return self.body().map(QueryKind::Body);
        }
        let all = "a question starts with `may`, `must`, `must not`, `conflict` or `unregulated`";
        let help = self.guess(&["may", "must", "conflict", "unregulated"]);
        let help = help.unwrap_or_else(|| all.into());
        Err(self.unexpected("a question or a condition", Some(help)))
    }

    /// `may`, `must [not]`, `conflict` or `unregulated`.
    fn question(&mut self) -> Option<Spanned<Question>> {
        let start = self.current.span;
        let node = match self.at_one_of(&["may", "must", "conflict", "unregulated"])? {
            "may" => Question::May,
            "must" => Question::Must,
            "conflict" => Question::Conflict,
            _ => Question::Unregulated,
        };
        self.bump();
        let node = if node == Question::Must && self.eat_word("not") {
            Question::MustNot
        } else {
            node
        };
        let span = start.to(self.previous);
        Some(Spanned { node, span })
    }
}
