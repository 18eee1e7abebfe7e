//! A checked program as text: one line for each rule and each body of a norm.

use std::fmt::Write as _;

use attendu::base::Id;
use attendu::program::{
    ActTerm, Arising, Atom, Due, Expression, LateLiteral, Literal, LiteralKind, Norm, NormBody,
    Operand, Program, RelationId, RelationKind, SortId, Term, Under, Universe, Value, VariableId,
    Variables,
};

/// What is printed with.
pub(crate) struct Model<'a> {
    /// The program.
    pub(crate) program: &'a Program,
    /// The names of values.
    pub(crate) universe: &'a Universe,
}

impl Model<'_> {
    /// All rules and norms.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for rule in &self.program.rules {
            let head = self.atom(&rule.head, &rule.variables);
            let body = self.literals(&rule.body, &rule.variables);
            let arrow = if rule.body.is_empty() { "" } else { " :- " };
            let _ = writeln!(text, "{head}{arrow}{body}.");
        }
        for never in &self.program.nevers {
            for alternative in &never.alternatives {
                let body = self.literals(alternative, &never.variables);
                let _ = writeln!(text, "never {body}.");
            }
        }
        for norm in &self.program.norms {
            self.norm(norm, &mut text);
        }
        text
    }

    fn norm(&self, norm: &Norm, text: &mut String) {
        let names: Vec<_> = norm
            .actions
            .iter()
            .map(|&action| self.program.actions[action].name.as_str())
            .collect();
        let _ = write!(
            text,
            "{} {} {}",
            norm.id,
            norm.modality.word(),
            names.join(" or ")
        );
        if !norm.per.is_empty() {
            let _ = write!(text, " per {}", norm.per.join(", "));
        }
        if let Some((amount, unit)) = norm.within {
            let _ = write!(text, " within {amount} {unit:?}");
        }
        for &other in &norm.overrides {
            let _ = write!(text, " overrides {}", self.program.norms[other].id);
        }
        if let Some(repaired) = norm.repairs {
            let _ = write!(text, " repairs {}", self.program.norms[repaired].id);
        }
        if norm.asks_breach {
            text.push_str(" asks-breach");
        }
        text.push('\n');
        for (index, body) in norm.bodies.iter().enumerate() {
            let _ = writeln!(text, "  if {}", self.body(body));
            let conditions = norm
                .condition
                .iter()
                .filter_map(|condition| condition.alternatives.get(index));
            for condition in conditions.flatten() {
                let mut parts = vec![self.literals(&condition.literals, &body.variables)];
                parts.retain(|part| !part.is_empty());
                parts.extend(
                    condition
                        .late
                        .iter()
                        .map(|late| self.late(late, &body.variables)),
                );
                let bound: Vec<_> = body
                    .bound
                    .iter()
                    .map(|&v| named(v, &body.variables))
                    .collect();
                let _ = writeln!(
                    text,
                    "    requires [{}] {}",
                    bound.join(", "),
                    parts.join(", ")
                );
            }
        }
        for arising in &norm.arises {
            let _ = writeln!(text, "  {}", self.arising(arising, norm));
        }
    }

    fn arising(&self, arising: &Arising, norm: &Norm) -> String {
        let variables = &arising.body.variables;
        let due = match &arising.due {
            Due::Act(roles) => {
                let action = norm
                    .actions
                    .first()
                    .map_or("", |&a| self.program.actions[a].name.as_str());
                let roles: Vec<_> = roles
                    .iter()
                    .map(|&(role, term)| {
                        let sort = self.role_sort(role, norm);
                        format!("{} {}", role.word(), self.term(term, sort, variables))
                    })
                    .collect();
                format!("{action} {}", roles.join(" "))
            }
            Due::State { atom, by } => {
                let by = by.map(|by| format!(" by {}", self.term(by, SortId::ACTOR, variables)));
                format!("{}{}", self.atom(atom, variables), by.unwrap_or_default())
            }
        };
        let through = if arising.through_judged {
            " through the act"
        } else {
            ""
        };
        let after = arising
            .after
            .map(|v| format!(" after {}", named(v, variables)));
        format!(
            "due {due}{through}{}: {}",
            after.unwrap_or_default(),
            self.body(&arising.body)
        )
    }

    fn role_sort(&self, role: attendu::lang::ast::Role, norm: &Norm) -> SortId {
        let roles = norm
            .actions
            .iter()
            .flat_map(|&a| &self.program.actions[a].roles);
        roles
            .into_iter()
            .find(|known| known.role == role)
            .map_or(SortId::ACTOR, |known| known.sort)
    }

    fn body(&self, body: &NormBody) -> String {
        let mut parts = Vec::new();
        if !body.literals.is_empty() {
            parts.push(self.literals(&body.literals, &body.variables));
        }
        parts.extend(
            body.late
                .iter()
                .map(|late| self.late(late, &body.variables)),
        );
        let mut text = parts.join(", ");
        if !body.per.is_empty() {
            let per: Vec<_> = body
                .per
                .iter()
                .map(|&v| named(v, &body.variables))
                .collect();
            let _ = write!(text, " [per {}]", per.join(", "));
        }
        if let Some(bearer) = body.bearer {
            let _ = write!(
                text,
                " [bearer {}]",
                self.term(bearer, SortId::ACTOR, &body.variables)
            );
        }
        text
    }

    fn late(&self, late: &LateLiteral, variables: &Variables) -> String {
        match late {
            LateLiteral::Status {
                negated,
                status,
                act,
                under,
                ..
            } => {
                let not = if *negated { "not " } else { "" };
                let roles = |roles: &[(attendu::lang::ast::Role, Term)]| {
                    let roles: Vec<_> = roles
                        .iter()
                        .map(|&(role, term)| {
                            format!(
                                " {} {}",
                                role.word(),
                                self.term(term, SortId::ACTOR, variables)
                            )
                        })
                        .collect();
                    roles.concat()
                };
                let act = match act {
                    ActTerm::Bound(variable) => named(*variable, variables),
                    ActTerm::Denoted(action, terms) => {
                        format!("{}{}", self.program.actions[*action].name, roles(terms))
                    }
                    ActTerm::Breaches(actions, terms) => {
                        let names: Vec<_> = actions
                            .iter()
                            .map(|&a| self.program.actions[a].name.as_str())
                            .collect();
                        format!("any of {}{}", names.join(" or "), roles(terms))
                    }
                };
                let under = match under {
                    Some(Under::Document(document)) => {
                        format!(", under {}", self.program.documents[*document].name)
                    }
                    Some(Under::Norm(norm)) => format!(", under {}", self.program.norms[*norm].id),
                    None => String::new(),
                };
                format!("{not}{}<{act}{under}>", status.word())
            }
            LateLiteral::Negative { literals, late, .. } => {
                let mut parts = vec![self.literals(literals, variables)];
                parts.retain(|part| !part.is_empty());
                parts.extend(late.iter().map(|late| self.late(late, variables)));
                format!("not ({})", parts.join(", "))
            }
        }
    }

    fn literals(&self, literals: &[Literal], variables: &Variables) -> String {
        let parts: Vec<_> = literals
            .iter()
            .map(|literal| self.literal(literal, variables))
            .collect();
        parts.join(", ")
    }

    fn literal(&self, literal: &Literal, variables: &Variables) -> String {
        match &literal.kind {
            LiteralKind::Positive(atom) => self.atom(atom, variables),
            LiteralKind::Negative(inner) => format!("not ({})", self.literals(inner, variables)),
            LiteralKind::Compare {
                left,
                operator,
                right,
                sort,
            } => format!(
                "{} {} {}",
                self.expression(left, *sort, variables),
                operator.sign(),
                self.expression(right, *sort, variables)
            ),
            LiteralKind::Aggregate {
                result,
                function,
                terms,
                alternatives,
            } => {
                let terms: Vec<_> = terms
                    .iter()
                    .map(|&t| self.term(t, SortId::INTEGER, variables))
                    .collect();
                let alternatives: Vec<_> = alternatives
                    .iter()
                    .map(|a| self.literals(a, variables))
                    .collect();
                format!(
                    "{} = {} {{ {} : {} }}",
                    named(*result, variables),
                    function.word(),
                    terms.join(", "),
                    alternatives.join(" or ")
                )
            }
        }
    }

    fn expression(&self, expression: &Expression, sort: SortId, variables: &Variables) -> String {
        let mut text = String::new();
        for (index, (coefficient, operand)) in expression.terms.iter().enumerate() {
            if index > 0 {
                text.push_str(if *coefficient < 0 { " - " } else { " + " });
            }
            let operand = match operand {
                Operand::Variable(variable) => named(*variable, variables),
                Operand::Constant(value) => self.value(*value, sort),
                Operand::Duration(amount, unit) => format!("{amount} {unit:?}"),
            };
            text.push_str(&operand);
            if coefficient.abs() != 1 {
                let _ = write!(text, " * {}", coefficient.abs());
            }
        }
        text
    }

    fn atom(&self, atom: &Atom, variables: &Variables) -> String {
        let relation = &self.program.relations[atom.relation];
        let terms: Vec<_> = atom
            .terms
            .iter()
            .zip(&relation.columns)
            .map(|(&term, column)| self.term(term, column.sort, variables))
            .collect();
        format!("{}({})", self.relation(atom.relation), terms.join(", "))
    }

    fn relation(&self, id: RelationId) -> String {
        let relation = &self.program.relations[id];
        let document = relation
            .document
            .map(|document| format!("@{}", self.program.documents[document].name))
            .unwrap_or_default();
        let name = &relation.name;
        match relation.kind {
            RelationKind::Negation(_) => format!("-{name}{document}"),
            RelationKind::Definition { holds: true, .. } => format!("holds:{name}"),
            RelationKind::Definition { .. } => format!("applies:{name}"),
            RelationKind::Role(_) => format!("{name}:{}", relation.columns.last().unwrap().name),
            RelationKind::Action(_) => format!("act:{name}"),
            RelationKind::Situation(_) => format!("args:{name}"),
            _ => format!("{name}{document}"),
        }
    }

    fn term(&self, term: Term, sort: SortId, variables: &Variables) -> String {
        match term {
            Term::Variable(variable) => named(variable, variables),
            Term::Constant(value) => self.value(value, sort),
            Term::Any => "_".to_owned(),
        }
    }

    fn value(&self, value: Value, sort: SortId) -> String {
        match sort {
            SortId::INTEGER | SortId::DATE => value.number().unwrap().to_string(),
            _ => self.universe.name(sort, value).unwrap_or("?").to_owned(),
        }
    }
}

/// A variable with its number: two of one name are two.
fn named(variable: VariableId, variables: &Variables) -> String {
    let name = variables[variable]
        .name
        .as_deref()
        .unwrap_or_default()
        .to_owned();
    format!("{name}{}", variable.index())
}
