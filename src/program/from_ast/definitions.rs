//! Rules and the documents' own definitions: who reads what.
//!
//! A relation that a document defines, and every relation that rules derive from it, has a copy
//! for that document: same facts, the shared rules over the copies, and the definitions. A
//! definition `d` that others override concludes through two relations of its own:
//!
//! ```text
//! applies_d(T) :- body of d.
//! holds_d(T) :- applies_d(T), not holds_e(T).      for every e that overrides d
//! relation(T) :- holds_d(T).
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Id, Span};
use crate::program::strata::collect;
use crate::program::{
    Atom, Dependency, DocumentId, Literal, LiteralKind, Origin, Program, RelationId, RelationKind,
    Rule, StatementId, StatementKind, Term, Variable, VariableId, Variables,
};

use super::body::{negative, positive};
use super::declare::introduced;
use super::rules::Draft;

/// The relations that a document reads in the place of shared ones.
pub(super) type Copies = BTreeMap<RelationId, RelationId>;

/// A definition of a document.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    pub(super) statement: StatementId,
    pub(super) document: DocumentId,
    /// The shared relation that it is about.
    pub(super) relation: RelationId,
    pub(super) negated: bool,
    /// Its alternatives.
    pub(super) drafts: Vec<Draft>,
    /// The definitions that it sets aside.
    pub(super) overrides: Vec<StatementId>,
    pub(super) span: Span,
}

/// Builds the rules of `program`; returns each document's copies.
pub(super) fn build(
    program: &mut Program,
    shared: &[Draft],
    definitions: &[Definition],
) -> (Vec<Rule>, BTreeMap<DocumentId, Copies>) {
    let mut rules = Vec::new();
    for draft in shared {
        let concluded = concluded(program, draft.head.relation, draft.negated);
        rules.push(rule(draft, concluded, Origin::Vocabulary));
    }
    let documents: BTreeSet<_> = definitions.iter().map(|row| row.document).collect();
    let mut copies = BTreeMap::new();
    for document in documents {
        let own: Vec<_> = definitions
            .iter()
            .filter(|row| row.document == document)
            .collect();
        let copied = copy_relations(program, document, shared, &own);
        let redirect = |relation| copied.get(&relation).copied().unwrap_or(relation);
        for draft in shared {
            if let Some(&copy) = copied.get(&draft.head.relation) {
                let concluded = concluded(program, copy, draft.negated);
                rules.push(rule(
                    &draft.redirected(redirect),
                    concluded,
                    Origin::Vocabulary,
                ));
            }
        }
        define(program, &own, &copied, &mut rules);
        copies.insert(document, copied);
    }
    (rules, copies)
}

fn rule(draft: &Draft, concluded: RelationId, origin: Origin) -> Rule {
    Rule {
        head: Atom {
            relation: concluded,
            terms: draft.head.terms.clone(),
        },
        variables: draft.variables.clone(),
        body: draft.body.clone(),
        origin,
        span: draft.span,
    }
}

/// The relation that a rule about `relation` concludes: itself, or its negation's.
fn concluded(program: &mut Program, relation: RelationId, negated: bool) -> RelationId {
    if !negated {
        return relation;
    }
    let row = &program.relations[relation];
    if let Some(negation) = row.negation {
        return negation;
    }
    let (name, columns, document) = (row.name.clone(), row.columns.clone(), row.document);
    let mut negation = introduced(program, &name, RelationKind::Negation(relation), columns);
    negation.document = document;
    let negation = program.relations.push(negation);
    program.relations[relation].negation = Some(negation);
    negation
}

/// The document's own copies of what it defines and of all that shared rules derive from that.
fn copy_relations(
    program: &mut Program,
    document: DocumentId,
    shared: &[Draft],
    own: &[&Definition],
) -> Copies {
    let mut reached: BTreeSet<_> = own.iter().map(|definition| definition.relation).collect();
    loop {
        let before = reached.len();
        for draft in shared {
            let mut premises = Vec::new();
            collect(&draft.body, Dependency::Positive, &mut premises);
            if premises
                .iter()
                .any(|(premise, _)| reached.contains(premise))
            {
                reached.insert(draft.head.relation);
            }
        }
        if reached.len() == before {
            break;
        }
    }
    reached
        .into_iter()
        .map(|relation| {
            let mut copy = program.relations[relation].clone();
            copy.document = Some(document);
            copy.negation = None;
            (relation, program.relations.push(copy))
        })
        .collect()
}

/// The rules of a document's definitions.
fn define(program: &mut Program, own: &[&Definition], copies: &Copies, rules: &mut Vec<Rule>) {
    let redirect = |relation| copies.get(&relation).copied().unwrap_or(relation);
    let holds = holds_relations(program, own);
    for definition in own {
        let copy = redirect(definition.relation);
        program.statements[definition.statement].kind = StatementKind::Definition(copy);
        let concluded = concluded(program, copy, definition.negated);
        let overriding: Vec<_> = own
            .iter()
            .filter(|other| other.overrides.contains(&definition.statement))
            .filter_map(|other| holds.get(&other.statement).copied())
            .collect();
        let body_concludes = match holds.get(&definition.statement) {
            None => concluded,
            Some(&held) => {
                let columns = Columns::of(program, copy, definition.span);
                let origin = Origin::Conclusion(definition.statement);
                rules.push(columns.rule(concluded, vec![columns.positive(held)], origin));
                if overriding.is_empty() {
                    held
                } else {
                    let applies = own_relation(program, definition, false);
                    let mut body = vec![columns.positive(applies)];
                    let negated = overriding.iter().map(|&other| columns.negative(other));
                    body.extend(negated);
                    rules.push(columns.rule(held, body, origin));
                    applies
                }
            }
        };
        for draft in &definition.drafts {
            let draft = draft.redirected(redirect);
            let origin = Origin::Definition(definition.statement);
            rules.push(rule(&draft, body_concludes, origin));
        }
    }
}

/// The relation `holds_d` of each definition that overrides another or is overridden.
fn holds_relations(
    program: &mut Program,
    own: &[&Definition],
) -> BTreeMap<StatementId, RelationId> {
    let mut involved: BTreeSet<StatementId> = BTreeSet::new();
    for definition in own {
        if !definition.overrides.is_empty() {
            involved.insert(definition.statement);
            involved.extend(&definition.overrides);
        }
    }
    let involved = own
        .iter()
        .filter(|definition| involved.contains(&definition.statement));
    involved
        .map(|definition| {
            (
                definition.statement,
                own_relation(program, definition, true),
            )
        })
        .collect()
}

fn own_relation(program: &mut Program, definition: &Definition, holds: bool) -> RelationId {
    let kind = RelationKind::Definition {
        statement: definition.statement,
        holds,
    };
    let name = program.statements[definition.statement].id.clone();
    let columns = program.relations[definition.relation].columns.clone();
    let mut relation = introduced(program, &name, kind, columns);
    relation.document = Some(definition.document);
    relation.span = Some(definition.span);
    program.relations.push(relation)
}

/// One variable for each column: the rules between a definition's relations.
struct Columns {
    variables: Variables,
    span: Span,
}

impl Columns {
    fn of(program: &Program, relation: RelationId, span: Span) -> Self {
        let columns = &program.relations[relation].columns;
        let variables = columns.iter().map(|column| Variable {
            name: None,
            sort: column.sort,
        });
        Self {
            variables: variables.collect(),
            span,
        }
    }

    fn atom(&self, relation: RelationId) -> Atom {
        let terms = (0..self.variables.len()).map(|index| Term::Variable(VariableId::new(index)));
        Atom {
            relation,
            terms: terms.collect(),
        }
    }

    fn positive(&self, relation: RelationId) -> Literal {
        positive(self.atom(relation), self.span)
    }

    fn negative(&self, relation: RelationId) -> Literal {
        negative(vec![self.positive(relation)], self.span)
    }

    fn rule(&self, head: RelationId, body: Vec<Literal>, origin: Origin) -> Rule {
        debug_assert!(body.iter().all(|literal| !matches!(
            literal.kind,
            LiteralKind::Compare { .. } | LiteralKind::Aggregate { .. }
        )));
        Rule {
            head: self.atom(head),
            variables: self.variables.clone(),
            body,
            origin,
            span: self.span,
        }
    }
}
