//! Questions, as `ask` takes them.

use crate::lang::ast::{Query, QueryKind, Question, Spanned};
use crate::lang::lexer::Token;

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
            let help = self.guess(&["may", "must", "conflict", "unregulated"]);
            return self.question_body(help);
        };
        let target = self.act_or_state()?;
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

    /// A question that is a body; `help` for a first word that no atom follows.
    fn question_body(&mut self, help: Option<String>) -> Parsed<QueryKind> {
        if help.is_some() && !self.calls() {
            return Err(self.unexpected("a question or a condition", help));
        }
        self.body().map(QueryKind::Body)
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
