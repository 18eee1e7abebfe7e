//! A file as a sequence of statements, and the kinds that have no file of their own.

use std::sync::Arc;

use crate::lang::ast::{
    Clause, Define, Header, Never, Note, Program, Reason, Scope, Statement, StatementKind,
};
use crate::lang::error::SyntaxError;
use crate::lang::lexer::Token;
use crate::lang::words::{STATEMENTS, is_reserved};

use super::clauses::{Clauses, DEFINE, NOTE, RULE, SCOPE, order_of};
use super::{Parsed, Parser};

impl Parser<'_> {
    /// The whole text.
    pub(super) fn program(&mut self) -> Program {
        let mut program = Program::default();
        while !self.at(Token::End) {
            let start = self.current.span.start;
            match self.statement(program.statements.is_empty()) {
                Ok(statement) => program.statements.push(statement),
                Err(_) => self.recover(start),
            }
        }
        program.trailing = self.loose_comments(program.statements.is_empty());
        program
    }

    /// One statement with its comments.
    fn statement(&mut self, is_first: bool) -> Parsed<Statement> {
        let mut leading = self.leading(is_first);
        let start = self.current.span;
        let kind = self.statement_kind()?;
        leading.comments.extend(self.inner_comments());
        let is_ended = self.end_of_statement(&kind);
        let span = self.since(start);
        Ok(Statement {
            comments: leading.comments,
            doc: leading.doc,
            remark: if is_ended { self.remark() } else { None },
            kind: Arc::new(kind),
            span,
        })
    }

    fn statement_kind(&mut self) -> Parsed<StatementKind> {
        // A statement's word before `(` was meant as a relation, but a group can follow `never`.
        let word = self
            .at_one_of(STATEMENTS)
            .filter(|&word| word == "never" || !self.calls());
        if let Some(word) = word
            && !matches!(word, "open" | "fixed" | "relation")
        {
            self.bump();
        }
        match word {
            Some("sort") => self.sort().map(StatementKind::Sort),
            Some("document") => self.document().map(StatementKind::Document),
            Some("open" | "fixed" | "relation") => self.relation().map(StatementKind::Relation),
            Some("action") => self.action().map(StatementKind::Action),
            Some("define") => self.define().map(StatementKind::Define),
            Some("scope") => self.scope().map(StatementKind::Scope),
            Some("norm") => self.norm().map(StatementKind::Norm),
            Some("note") => self.note().map(StatementKind::Note),
            Some("never") => self.never().map(StatementKind::Never),
            Some("resolve") => self.resolve(),
            _ => self.rule().map(StatementKind::Rule),
        }
    }

    /// Takes the full stop; what stands there instead is reported and skipped. Returns
    /// whether there was one.
    fn end_of_statement(&mut self, kind: &StatementKind) -> bool {
        if self.eat(Token::Stop) {
            return true;
        }
        if self.at(Token::End) || self.at_next_statement() {
            self.report(&SyntaxError::MissingFullStop, self.behind());
            return false;
        }
        self.no_end(kind);
        self.recover(self.current.span.start);
        false
    }

    /// Reports that neither the statement's end nor more of it stands here.
    fn no_end(&mut self, kind: &StatementKind) {
        let words: Vec<_> = order_of(kind).concat();
        let is_after_body = self.body_end == self.previous.end;
        let is_bare_head = matches!(kind, StatementKind::Rule(rule) if rule.body.is_empty());
        let expected = match () {
            () if is_bare_head => "`:-` or `.`",
            () if is_after_body => "`,`, a further clause or `.`",
            () if words.is_empty() => "`.`",
            () => "a further clause or `.`",
        };
        let comma = "put `,` between conditions".to_owned();
        let comma = Some(comma).filter(|_| is_after_body && self.at(Token::Name) && self.calls());
        let help = self.guess(&words).or(comma);
        self.unexpected(expected, help);
    }

    /// Whether `current` starts a statement by the look of it: a statement's word that is the
    /// first on its line, or any name that stands at the very left.
    fn at_next_statement(&self) -> bool {
        let is_name = self.current.flush && self.at(Token::Name);
        self.at_statement_word() || (is_name && !is_reserved(self.current.text))
    }

    pub(super) fn at_statement_word(&self) -> bool {
        self.current.newlines > 0 && self.at_one_of(STATEMENTS).is_some()
    }

    /// Skips the rest of a statement that started at byte `start`: to its full stop, or to a
    /// statement's word that is the first on its line.
    fn recover(&mut self, start: u32) {
        loop {
            let is_new = self.current.span.start > start;
            if self.at(Token::End) || (is_new && self.at_statement_word()) {
                break;
            }
            if self.bump().token == Token::Stop {
                break;
            }
        }
    }

    /// `[not] R(…) [:- body {unless body}]`, without `unless`.
    fn clause(&mut self) -> Parsed<Clause> {
        let negated = self.eat_word("not");
        let head = self.atom()?;
        let body = if self.eat(Token::If) {
            self.body()?
        } else {
            Vec::new()
        };
        Ok(Clause {
            negated,
            head,
            body,
            unless: Vec::new(),
        })
    }

    /// What follows `unless` in a rule.
    fn exception(&mut self, clause: Option<&mut Clause>) -> Parsed<()> {
        let place = self.previous;
        let exception = self.body()?;
        match clause {
            Some(clause) if !clause.body.is_empty() => clause.unless.push(exception),
            _ => {
                let help = "`unless` stands after `:-` and conditions".into();
                let word = "unless";
                self.report(&SyntaxError::MisplacedClause { word, help }, place);
            }
        }
        Ok(())
    }

    /// A rule without an id.
    fn rule(&mut self) -> Parsed<Clause> {
        self.check_first_word()?;
        let mut rule = self.clause()?;
        let mut clauses = Clauses::new(RULE);
        clauses.pass_unworded();
        while self.clause_word(&mut clauses).is_some() {
            self.exception(Some(&mut rule))?;
        }
        Ok(rule)
    }

    /// A word that starts no statement, and that no argument follows, is a keyword misspelt.
    fn check_first_word(&mut self) -> Parsed<()> {
        let is_name = self.at(Token::Name);
        if is_name && (self.calls() || self.at_word("not")) {
            return Ok(());
        }
        if self.at(Token::Variable) && self.calls() {
            return Err(self.no_name("a relation"));
        }
        let all = "a statement starts with `norm`, `define`, `scope`, `note`, `relation`, \
                   `action`, `sort`, `document`, `never`, `resolve`, or is a rule";
        let help = self.guess(STATEMENTS).unwrap_or_else(|| all.into());
        if !is_name {
            return Err(self.unexpected("a statement", Some(help)));
        }
        let word = self.current_text();
        let error = SyntaxError::UnknownStatement { word, help };
        Err(self.fail(&error, self.current.span))
    }

    /// What follows `define`.
    fn define(&mut self) -> Parsed<Define> {
        let id = self.reference()?;
        let mut header = Header::default();
        let mut clause = None;
        let mut overrides = Vec::new();
        let mut clauses = Clauses::new(DEFINE);
        loop {
            match self.clause_word(&mut clauses) {
                Some("unless") => self.exception(clause.as_mut())?,
                Some("overrides") => overrides.extend(self.references()?),
                Some(word) => self.header_clause(word, &mut header)?,
                None if clause.is_none() => {
                    clause = Some(self.clause()?);
                    clauses.pass_unworded();
                }
                None => break,
            }
        }
        match clause {
            Some(clause) => Ok(Define {
                id,
                header,
                clause,
                overrides,
            }),
            None => Err(self.no_name("a relation")),
        }
    }

    /// What follows `scope`.
    fn scope(&mut self) -> Parsed<Scope> {
        let mut scope = Scope {
            id: self.reference()?,
            header: Header::default(),
            excludes: false,
            actions: Vec::new(),
            roles: Vec::new(),
            when: Vec::new(),
            unless: Vec::new(),
        };
        let mut clauses = Clauses::new(SCOPE);
        let mut says_which = false;
        while let Some(word) = self.clause_word(&mut clauses) {
            match word {
                "governs" | "excludes" => {
                    says_which = true;
                    scope.excludes = word == "excludes";
                    self.governed(&mut scope)?;
                }
                "when" => scope.when.extend(self.body()?),
                "unless" => scope.unless.push(self.body()?),
                _ => self.header_clause(word, &mut scope.header)?,
            }
        }
        if says_which {
            Ok(scope)
        } else {
            let help = self.guess(&["governs", "excludes"]);
            Err(self.unexpected("`governs` or `excludes`", help))
        }
    }

    /// What follows `governs` or `excludes`: `[actions] {role term}`.
    fn governed(&mut self, scope: &mut Scope) -> Parsed<()> {
        if self.at(Token::Name) && !is_reserved(self.current.text) {
            scope.actions.push(self.name("an action")?);
            while self.eat_word("or") {
                scope.actions.push(self.name("an action")?);
            }
        }
        scope.roles = self.roles()?;
        Ok(())
    }

    /// What follows `note`.
    fn note(&mut self) -> Parsed<Note> {
        let id = self.reference()?;
        let mut header = Header::default();
        let mut reason = None;
        let mut purpose = None;
        let mut when = Vec::new();
        let mut clauses = Clauses::new(NOTE);
        while let Some(word) = self.clause_word(&mut clauses) {
            match word {
                "because" => reason = Some(self.reason()?),
                "for" => purpose = Some(self.pattern()?),
                "when" => {
                    if purpose.is_none() {
                        let help = "`when` stands after `for` and an act".into();
                        let error = SyntaxError::MisplacedClause { word, help };
                        self.report(&error, self.previous);
                    }
                    when.extend(self.body()?);
                }
                _ => self.header_clause(word, &mut header)?,
            }
        }
        let Some(reason) = reason else {
            let help = self.guess(&["because"]);
            return Err(self.unexpected("`because`", help));
        };
        Ok(Note {
            id,
            header,
            reason,
            purpose: purpose.map(|pattern| (pattern, when)),
        })
    }

    /// What follows `because`.
    fn reason(&mut self) -> Parsed<Reason> {
        const REASONS: &[&str] = &["informative", "duplicate", "external"];
        let Some(word) = self.at_one_of(REASONS) else {
            let help = self.guess(REASONS);
            let expected = "a reason: `informative`, `duplicate` or `external`";
            return Err(self.unexpected(expected, help));
        };
        self.bump();
        match word {
            "informative" => Ok(Reason::Informative),
            "duplicate" => self.reference().map(Reason::Duplicate),
            _ => self
                .text("the name of the external text, between `\"`")
                .map(Reason::External),
        }
    }

    /// What follows `never`.
    fn never(&mut self) -> Parsed<Never> {
        let body = self.body()?;
        let texts = self.texts()?;
        Ok(Never { body, texts })
    }

    /// What follows `resolve`.
    fn resolve(&mut self) -> Parsed<StatementKind> {
        self.expect_word("by")?;
        let principles = self.list(|parser| parser.name("a principle"))?;
        Ok(StatementKind::Resolve(principles))
    }
}
