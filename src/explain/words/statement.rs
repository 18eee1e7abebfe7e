//! Statements in words: norms of every form, definitions, scopes, notes.

use crate::lang::ast::{
    Clause, Direction, Effect, Literal, Norm, Note, Otherwise, Pattern, Per, Reason, Reference,
    Role, Scope, StatementKind, Target, TargetKind, Within,
};

use super::catalogue::EffectWords;
use super::grammar::{Filler, capitalised, listed, uncapitalised};
use super::reader::Reader;

impl Reader<'_> {
    /// A statement, as sentences. Declarations are read as nothing: they say themselves what
    /// they mean.
    pub(super) fn statement(&mut self, statement: &StatementKind) -> String {
        match statement {
            StatementKind::Norm(norm) => self.norm(norm),
            StatementKind::Define(define) => {
                let mut text = self.clause(&define.clause, self.catalogue.define);
                text.push_str(&self.overrides(&define.overrides));
                text
            }
            StatementKind::Rule(clause) => self.clause(clause, self.catalogue.rule),
            StatementKind::Scope(scope) => self.scope(scope),
            StatementKind::Note(note) => self.note(note),
            StatementKind::Never(never) => {
                let body = self.conjunction(&never.body, 0);
                self.fill_one(self.catalogue.never, "body", body) + "."
            }
            _ => String::new(),
        }
    }

    fn norm(&mut self, norm: &Norm) -> String {
        let mut text = match &norm.effect.node {
            Effect::Forbid(target) => self.target(target, 0),
            Effect::Permit(target) => self.target(target, 1),
            Effect::Oblige(target) => self.target(target, 2),
            Effect::Discourage(target) => self.target(target, 3),
            Effect::Recommend(target) => self.target(target, 4),
            Effect::Require(body, pattern) => return self.require(norm, body, pattern),
            Effect::Consider(pattern, direction) => {
                return self.consider(norm, pattern, *direction);
            }
            Effect::Consequence(atom) => {
                let state = self.atom(atom, false);
                self.fill_one(self.catalogue.consequence, "state", state)
            }
        };
        text.push_str(&self.per(norm.per.as_ref()));
        text.push_str(&self.within(norm.within.as_ref()));
        text.push_str(&self.when(&norm.when));
        text.push('.');
        text.push_str(&self.behind(norm));
        text
    }

    /// What stands behind a norm's first sentence.
    fn behind(&mut self, norm: &Norm) -> String {
        let mut text = self.unless(&norm.unless);
        text.push_str(&self.overrides(&norm.overrides));
        text.push_str(&self.otherwise(norm.otherwise.as_deref()));
        text
    }

    /// The sentence of a target; `effect` counts the catalogue's effects.
    fn target(&mut self, target: &Target, effect: usize) -> String {
        let Some(words) = self.catalogue.effects.get(effect) else {
            return String::new();
        };
        match &target.kind {
            TargetKind::Act(pattern) => {
                let templates = if target.negated {
                    words.omission
                } else {
                    words.act
                };
                let by = self.bearer(pattern);
                let act = self.act(pattern);
                self.sentence(templates, by, "act", &act)
            }
            TargetKind::State { atom, by, purpose } => {
                let purpose = purpose.as_ref().map(|pattern| {
                    let by = self.bearer(pattern);
                    let act = self.act(pattern);
                    self.sentence(self.catalogue.purpose, by, "act", &act)
                });
                let by = by.as_ref().map(|by| self.term(by, Some("actor")));
                let (templates, negated) = state_words(words, target.negated);
                let state = self.atom(atom, negated);
                let state = self.quoted(&state);
                let said = self.sentence(templates, by, "state", &state);
                purpose.unwrap_or_default() + &said
            }
        }
    }

    /// The template without or with a bearer, filled.
    fn sentence(
        &self,
        [without, with]: [&str; 2],
        by: Option<Filler>,
        hole: &str,
        text: &str,
    ) -> String {
        match by {
            Some(by) => self.fill(with, &[("by", by), (hole, text.into())]),
            None => self.fill_one(without, hole, text),
        }
    }

    /// The act, then when, then what is required: the circumstances bind what it speaks of.
    fn require(&mut self, norm: &Norm, body: &[Literal], pattern: &Pattern) -> String {
        let by = self.bearer(pattern);
        let act = self.act(pattern);
        let per = self.per(norm.per.as_ref());
        let when = self.when(&norm.when);
        let condition = self.conjunction(body, 0);
        let [without, with] = self.catalogue.require;
        let template = if by.is_some() { with } else { without };
        let fillers = [
            ("by", by.unwrap_or_else(|| "".into())),
            ("act", act.into()),
            ("when", (per + &when).into()),
            ("body", condition.into()),
        ];
        let mut text = self.fill(template, &fillers);
        text.push('.');
        text.push_str(&self.behind(norm));
        text
    }

    fn consider(&mut self, norm: &Norm, pattern: &Pattern, direction: Option<Direction>) -> String {
        let by = self.bearer(pattern);
        let act = self.act(pattern);
        let mut text = self.sentence(self.catalogue.consider, by, "act", &act);
        let [raises, lowers, neither] = self.catalogue.concern;
        text.push_str(match direction {
            Some(Direction::Raises) => raises,
            Some(Direction::Lowers) => lowers,
            None => neither,
        });
        if norm.when.is_empty() {
            text.push_str(self.catalogue.always);
        } else {
            text.push_str(&self.conjunction(&norm.when, 0));
        }
        text.push_str(&self.per(norm.per.as_ref()));
        text.push('.');
        text.push_str(&self.behind(norm));
        text
    }

    fn per(&mut self, per: Option<&Per>) -> String {
        match per {
            None => String::new(),
            Some(Per::Act) => self.catalogue.per_act.to_owned(),
            Some(Per::Variables(names)) => {
                let names = names.iter();
                let each: Vec<_> = names.map(|name| self.bare_variable(&name.node)).collect();
                self.fill_one(
                    self.catalogue.per,
                    "each",
                    listed(&each, self.catalogue.and),
                )
            }
        }
    }

    fn within(&mut self, within: Option<&Within>) -> String {
        let Some(within) = within else {
            return String::new();
        };
        let amount = within.amount.node;
        let unit = self.unit(amount, &within.unit.node);
        let date = self.variable(&within.after.node);
        self.fill(
            self.catalogue.within,
            &[
                ("amount", amount.to_string().into()),
                ("unit", unit.into()),
                ("date", date.into()),
            ],
        )
    }

    fn when(&mut self, body: &[Literal]) -> String {
        if body.is_empty() {
            return String::new();
        }
        let body = self.conjunction(body, 0);
        self.fill_one(self.catalogue.when, "body", body)
    }

    /// A sentence for each exception; what one speaks of first is unknown to the next.
    fn unless(&mut self, unless: &[Vec<Literal>]) -> String {
        let [first, further] = self.catalogue.unless;
        let mut text = String::new();
        for (index, body) in unless.iter().enumerate() {
            let body = self.aside(|reader| reader.conjunction(body, 0));
            let template = if index == 0 { first } else { further };
            text.push_str(&self.fill_one(template, "body", body));
        }
        text
    }

    fn overrides(&self, ids: &[Reference]) -> String {
        if ids.is_empty() {
            return String::new();
        }
        let ids: Vec<_> = ids.iter().map(|id| id.node.clone()).collect();
        let ids = Filler::Name(listed(&ids, self.catalogue.and));
        self.fill_one(self.catalogue.overrides, "ids", ids)
    }

    fn otherwise(&mut self, otherwise: Option<&Otherwise>) -> String {
        let Some(otherwise) = otherwise else {
            return String::new();
        };
        let mut duty = uncapitalised(&self.target(&otherwise.target, 2));
        duty.push_str(&self.within(otherwise.within.as_ref()));
        duty.push('.');
        let mut text = self.fill_one(self.catalogue.otherwise, "duty", duty);
        text.push_str(&self.otherwise(otherwise.otherwise.as_deref()));
        text
    }

    fn clause(&mut self, clause: &Clause, [fact, rule]: [&str; 2]) -> String {
        let head = self.atom(&clause.head, clause.negated);
        let mut text = if clause.body.is_empty() {
            self.fill_one(fact, "head", head)
        } else {
            let body = self.conjunction(&clause.body, 0);
            self.fill(rule, &[("head", head.into()), ("body", body.into())])
        };
        text.push('.');
        text.push_str(&self.unless(&clause.unless));
        text
    }

    fn scope(&mut self, scope: &Scope) -> String {
        let [governs, excludes] = self.catalogue.scope;
        let [governed, excluded] = self.catalogue.scope_acts;
        let (template, [any, kind]) = if scope.excludes {
            (excludes, excluded)
        } else {
            (governs, governed)
        };
        let acts = if scope.actions.is_empty() {
            let mut roles = String::new();
            for filled in &scope.roles {
                roles.push(' ');
                roles.push_str(&match filled.role.node {
                    Role::By => {
                        let by = self.term(&filled.term, Some("actor"));
                        self.fill_one(self.catalogue.scope_by, "filler", by)
                    }
                    _ => self.role(&scope.actions, filled),
                });
            }
            self.fill_one(any, "act", roles)
        } else {
            let pattern = Pattern {
                label: None,
                actions: scope.actions.clone(),
                roles: scope.roles.clone(),
            };
            self.kind_of_act(kind, &pattern)
        };
        let mut text = self.fill_one(template, "acts", acts);
        text.push_str(&self.when(&scope.when));
        text.push('.');
        text.push_str(&self.unless(&scope.unless));
        text
    }

    fn kind_of_act(&mut self, template: &str, pattern: &Pattern) -> String {
        let act = self.act_with_bearer(pattern);
        let act = self.quoted(&act);
        self.fill_one(template, "act", act)
    }

    fn note(&mut self, note: &Note) -> String {
        let [informative, duplicate, external] = self.catalogue.note;
        let mut text = match &note.reason {
            Reason::Informative => informative.to_owned(),
            Reason::Duplicate(id) => self.fill_one(duplicate, "id", Filler::Name(id.node.clone())),
            Reason::External(named) => {
                let named = self.quoted(&named.node);
                self.fill_one(external, "text", named)
            }
        };
        if let Some((pattern, when)) = &note.purpose {
            text.push_str(&self.kind_of_act(self.catalogue.note_for, pattern));
            text.push_str(&self.when(when));
            text.push('.');
        }
        capitalised(&text)
    }
}

/// The templates for a state and whether the state itself is to be read negated.
fn state_words(words: &EffectWords, negated: bool) -> ([&'static str; 2], bool) {
    match words.no_state {
        Some(templates) if negated => (templates, false),
        _ => (words.state, negated),
    }
}
