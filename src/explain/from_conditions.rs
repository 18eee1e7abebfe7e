//! What norms require of the act: each condition with what it rests on, in words and as written.

use crate::deontic::{ConditionStanding, GroundLiteral};
use crate::program::{ActRecord, NormId};

use super::builder::Builder;
use super::graph::{Edge, NodeId, NodeKind};
use super::labels;

impl Builder<'_, '_> {
    /// What a norm requires of the act, and why it is met or not.
    pub(super) fn condition(
        &mut self,
        (parent, edge): (NodeId, Edge),
        norm: NormId,
        condition: &ConditionStanding,
        act: &ActRecord,
    ) {
        let id = self.program().norms[norm].id.clone();
        let (text, written) = self.condition_words(condition);
        let node = self.explanation.add(
            text,
            NodeKind::Condition {
                norm: id,
                written,
                standing: condition.standing.word(),
                fixed: condition.fixed,
            },
        );
        self.connect(parent, node, edge);
        for literal in condition.alternatives.iter().flatten() {
            if let GroundLiteral::Atom { negated, atom, .. } = literal {
                let why = self.ground(atom, act.at);
                let edge = if *negated {
                    Edge::Unless
                } else {
                    Edge::Because
                };
                self.connect(node, why, edge);
            }
        }
    }

    /// A condition in words, and as in a policy.
    pub(super) fn condition_words(&self, condition: &ConditionStanding) -> (String, String) {
        let or = labels::or(self.language());
        let mut texts = Vec::new();
        let mut written = Vec::new();
        for alternative in &condition.alternatives {
            let parts: Vec<_> = alternative
                .iter()
                .map(|literal| self.ground_words(literal))
                .collect();
            texts.push(join(&parts, |part| &part.0, labels::and(self.language())));
            written.push(join(&parts, |part| &part.1, ", "));
        }
        (texts.join(or), written.join(" or "))
    }

    fn ground_words(&self, literal: &GroundLiteral) -> (String, String) {
        match literal {
            GroundLiteral::Atom { negated, atom, .. } => {
                let tree = self.naming(|naming| naming.atom(atom));
                if *negated {
                    (self.words().negated_atom(&tree), format!("not {tree}"))
                } else {
                    (self.words().atom(&tree), tree.to_string())
                }
            }
            GroundLiteral::Other { span, .. } => {
                let text = self.sources.text(*span);
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                (text.clone(), text)
            }
        }
    }
}

fn join(
    parts: &[(String, String)],
    text: impl Fn(&(String, String)) -> &String,
    with: &str,
) -> String {
    parts
        .iter()
        .map(|part| text(part).as_str())
        .collect::<Vec<_>>()
        .join(with)
}
