//! Terms, atoms and acts in words.

use crate::lang::ast::{Atom, Name, Pattern, Role, RoleTerm, Term, TermKind};
use crate::program::Texts;

use super::grammar::{Filler, fill, holes, listed};
use super::reader::Reader;

impl Reader<'_> {
    /// What a term is called; `sort` is where it stands.
    pub(super) fn term(&mut self, term: &Term, sort: Option<&str>) -> Filler {
        match &term.kind {
            TermKind::Variable(name) => {
                if self.sort(name).is_none()
                    && let Some(sort) = sort
                {
                    self.learn(name, sort);
                }
                Filler::Phrase(self.variable(name))
            }
            TermKind::Symbol(name) => Filler::Name(name.clone()),
            TermKind::Text(text) => Filler::Name(self.quoted(text)),
            TermKind::Any => {
                let noun = (self.catalogue.noun)(sort.unwrap_or_default());
                Filler::Phrase(noun.some.trim_end().to_owned())
            }
            TermKind::Integer(_) | TermKind::Date(_) => Filler::Name(term.to_string()),
        }
    }

    /// An atom, or that it does not hold.
    pub(super) fn atom(&mut self, atom: &Atom, negated: bool) -> String {
        let Some((template, columns)) = self.template(atom) else {
            let not = if negated { "not " } else { "" };
            return format!("{not}{atom}");
        };
        let unnamed = atom.terms.iter().any(|term| term.kind == TermKind::Any);
        let denied = if negated && !unnamed {
            self.denied(&template)
        } else {
            None
        };
        let is_denied = denied.is_some();
        let template = denied.unwrap_or(template);
        let state = fill(self.language, &template, |hole| {
            let place = columns.iter().position(|(name, _)| name == hole)?;
            let sort = columns.get(place).map(|(_, sort)| sort.as_str());
            Some(self.term(atom.terms.get(place)?, sort))
        });
        if negated && !is_denied {
            self.fill_one(self.catalogue.not_so, "state", state)
        } else {
            state
        }
    }

    /// The template of an atom and the columns that fill it; none where no text would say
    /// all that the atom does.
    fn template(&self, atom: &Atom) -> Option<(String, Vec<(String, String)>)> {
        let name = &atom.relation.node;
        if let Some(entry) = self.vocabulary.relations.get(name) {
            let template = self.own(&entry.texts)?;
            let says_all = entry.columns.len() == atom.terms.len()
                && entry
                    .columns
                    .iter()
                    .all(|(column, _)| holes(template).any(|hole| hole == column));
            return says_all.then(|| (template.to_owned(), entry.columns.clone()));
        }
        let (template, hole, sort) = match name.as_str() {
            "now" => (self.catalogue.now.to_owned(), "date", "date"),
            sort => ((self.catalogue.is_of_sort)(sort), "thing", sort),
        };
        let columns = vec![(hole.to_owned(), sort.to_owned())];
        (atom.terms.len() == 1).then_some((template, columns))
    }

    /// The template of the negation, where the text starts with its subject.
    fn denied(&self, template: &str) -> Option<String> {
        let (hole, predicate) = template.strip_prefix('{')?.split_once('}')?;
        let denied = (self.catalogue.negated)(predicate)?;
        Some(format!("{{{hole}}}{denied}"))
    }

    fn own<'t>(&self, texts: &'t Texts) -> Option<&'t str> {
        match self.language {
            crate::base::Language::En => texts.en.as_deref(),
            crate::base::Language::Fr => texts.fr.as_deref(),
        }
    }

    /// `share photo-1 on @roy, by roy`.
    pub(super) fn act_with_bearer(&mut self, pattern: &Pattern) -> String {
        let act = self.act(pattern);
        let by = pattern
            .roles
            .iter()
            .find(|filled| filled.role.node == Role::By);
        self.with_bearer(act, by.map(|filled| &filled.term))
    }

    /// `act`, and who bears it.
    pub(super) fn with_bearer(&mut self, act: String, by: Option<&Term>) -> String {
        let Some(by) = by else {
            return act;
        };
        let by = self.term(by, Some("actor"));
        self.fill(
            self.catalogue.with_bearer,
            &[("act", act.into()), ("by", by)],
        )
    }

    /// Who acts, if the pattern says so.
    pub(super) fn bearer(&mut self, pattern: &Pattern) -> Option<Filler> {
        let by = pattern
            .roles
            .iter()
            .find(|filled| filled.role.node == Role::By)?;
        Some(self.term(&by.term, Some("actor")))
    }

    /// `share the content C on the account X`, without who acts.
    pub(super) fn act(&mut self, pattern: &Pattern) -> String {
        let is_any = pattern.actions.iter().all(|name| name.node == "any");
        let label = pattern.label.as_ref().map(|label| label.node.as_str());
        let [unlabelled, labelled] = self.catalogue.any_act;
        let mut text = match (is_any, label) {
            (true, None) => unlabelled.to_owned(),
            (true, Some(label)) => {
                let label = self.variable(label);
                self.fill_one(labelled, "label", label)
            }
            (false, _) => self.verbs(pattern),
        };
        let said = self.said(&pattern.actions);
        for role in [
            Role::Of,
            Role::On,
            Role::To,
            Role::With,
            Role::For,
            Role::At,
        ] {
            let filled = pattern.roles.iter().find(|filled| filled.role.node == role);
            if let Some(filled) = filled.filter(|_| !said.contains(&role)) {
                text.push(' ');
                text.push_str(&self.role(&pattern.actions, filled));
            }
        }
        match label.filter(|_| !is_any) {
            Some(label) => {
                let label = self.variable(label);
                let template = self.catalogue.labelled;
                self.fill(template, &[("act", text.into()), ("label", label.into())])
            }
            None => text,
        }
    }

    /// The verbs of a pattern's actions, the roles filled that their texts speak of.
    fn verbs(&mut self, pattern: &Pattern) -> String {
        let mut verbs = Vec::new();
        for action in &pattern.actions {
            let verb = self.verb(action);
            let verb = fill(self.language, &verb, |hole| {
                let role = Role::from_word(hole)?;
                let filled = pattern.roles.iter().find(|filled| filled.role.node == role);
                let sort = self.vocabulary.role_sort(&pattern.actions, role);
                Some(match filled {
                    Some(filled) => self.term(&filled.term, sort),
                    None => (self.catalogue.noun)(sort.unwrap_or_default()).some.into(),
                })
            });
            verbs.push(verb);
        }
        listed(&verbs, self.catalogue.or)
    }

    fn verb(&self, action: &Name) -> String {
        let entry = self.vocabulary.actions.get(&action.node);
        let text = entry.and_then(|entry| self.own(&entry.texts));
        text.map_or_else(|| action.node.clone(), str::to_owned)
    }

    /// The roles that the texts of all these actions speak of themselves.
    fn said(&self, actions: &[Name]) -> Vec<Role> {
        let mut roles = Role::ALL.to_vec();
        for action in actions {
            let verb = self.verb(action);
            roles.retain(|role| holes(&verb).any(|hole| hole == role.word()));
        }
        roles
    }

    /// `on the account X`.
    pub(super) fn role(&mut self, actions: &[Name], filled: &RoleTerm) -> String {
        let role = filled.role.node;
        let catalogue = self.catalogue;
        let template = match (role, &filled.term.kind) {
            (Role::Of, _) if !self.takes_object(actions) => catalogue.concerning,
            (Role::At, TermKind::Date(_)) => catalogue.known_date,
            _ => catalogue.role(role),
        };
        let sort = self.vocabulary.role_sort(actions, role).map(str::to_owned);
        let filler = self.term(&filled.term, sort.as_deref());
        self.fill_one(template, "filler", filler)
    }

    /// Whether what is acted upon can follow each of the verbs: a single verb that needs it.
    fn takes_object(&self, actions: &[Name]) -> bool {
        actions.iter().all(|action| {
            let needs_it = self
                .vocabulary
                .actions
                .get(&action.node)
                .is_none_or(|entry| {
                    let mut roles = entry.roles.iter();
                    roles.any(|&(role, optional, _)| role == Role::Of && !optional)
                });
            needs_it && (self.catalogue.is_transitive)(&self.verb(action))
        })
    }
}
