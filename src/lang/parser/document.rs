//! Declarations: sorts, documents, relations and actions.

use crate::lang::ast::{
    Action, ActionRole, Document, Name, Parameter, Relation, Sort, Spanned, Texts,
};
use crate::lang::error::SyntaxError;
use crate::lang::lexer::Token;

use super::{Parsed, Parser};

const CLAUSES: &[&str] = &["title", "jurisdiction", "publisher", "rank", "in", "source"];

impl Parser<'_> {
    /// What follows `sort`.
    pub(super) fn sort(&mut self) -> Parsed<Sort> {
        let name = self.declared_name("a sort")?;
        let members = if self.eat(Token::Equal) {
            Some(self.list(|parser| parser.entity_name("a member of the sort"))?)
        } else {
            None
        };
        Ok(Sort { name, members })
    }

    /// What follows `document`.
    pub(super) fn document(&mut self) -> Parsed<Document> {
        let mut document = Document {
            name: self.declared_name("a document")?,
            title: Texts::default(),
            jurisdiction: None,
            publisher: None,
            rank: None,
            from: None,
            until: None,
            source: None,
        };
        let mut seen = Vec::new();
        while let Some(word) = self.at_one_of(CLAUSES) {
            if seen.contains(&word) {
                let help = "say it once";
                self.report(
                    &SyntaxError::RepeatedClause { word, help },
                    self.current.span,
                );
            }
            seen.push(word);
            self.bump();
            self.document_clause(word, &mut document)?;
        }
        Ok(document)
    }

    fn document_clause(&mut self, word: &str, document: &mut Document) -> Parsed<()> {
        match word {
            "title" => document.title = self.texts()?,
            "jurisdiction" => document.jurisdiction = Some(self.entity_name("a jurisdiction")?),
            "publisher" => document.publisher = Some(self.entity_name("a publisher")?),
            "rank" => document.rank = Some(self.name("a rank")?),
            "in" => self.force(document)?,
            _ => {
                let file = self.text("the name of the source's file, between `\"`")?;
                self.expect_word("sha256")?;
                let hash = self.text("the SHA-256 of the source, between `\"`")?;
                document.source = Some((file, hash));
            }
        }
        Ok(())
    }

    /// What follows `in`: `force [from DATE] [until DATE]`.
    fn force(&mut self, document: &mut Document) -> Parsed<()> {
        self.expect_word("force")?;
        if self.eat_word("from") {
            document.from = Some(self.date("a date such as `2021-04-19`")?);
        }
        if self.eat_word("until") {
            document.until = Some(self.date("a date such as `2021-04-19`")?);
        }
        Ok(())
    }

    /// A relation's declaration, from `open`, `fixed` or `relation` on.
    pub(super) fn relation(&mut self) -> Parsed<Relation> {
        let open = self.eat_word("open");
        let fixed = self.eat_word("fixed");
        self.expect_word("relation")?;
        let name = self.declared_name("a relation")?;
        let parameters = self.parenthesised(Self::parameter)?;
        let value = if self.eat(Token::Equal) {
            Some(self.parameter()?)
        } else {
            None
        };
        Ok(Relation {
            open,
            fixed,
            name,
            parameters,
            value,
            texts: self.texts()?,
        })
    }

    /// `name: sort`.
    fn parameter(&mut self) -> Parsed<Parameter> {
        let name = self.declared_name("a column")?;
        Ok(Parameter {
            name,
            sort: self.sort_after_colon()?,
        })
    }

    fn sort_after_colon(&mut self) -> Parsed<Name> {
        self.expect(Token::Colon, "`:` and a sort")?;
        self.name("a sort")
    }

    /// What follows `action`.
    pub(super) fn action(&mut self) -> Parsed<Action> {
        let name = self.declared_name("an action")?;
        let roles = self.parenthesised(Self::action_role)?;
        let parents = if self.eat_word("is") {
            self.list(|parser| parser.name("an action"))?
        } else {
            Vec::new()
        };
        Ok(Action {
            name,
            roles,
            parents,
            texts: self.texts()?,
        })
    }

    /// `role[?]: sort`.
    fn action_role(&mut self) -> Parsed<ActionRole> {
        let Some(role) = self.role() else {
            let help = self.guess(&["by", "of", "on", "to", "with", "for", "at"]);
            let expected = "a role: `by`, `of`, `on`, `to`, `with`, `for` or `at`";
            return Err(self.unexpected(expected, help));
        };
        let role: Spanned<_> = role;
        Ok(ActionRole {
            role,
            optional: self.eat(Token::Question),
            sort: self.sort_after_colon()?,
        })
    }
}
