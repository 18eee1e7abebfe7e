//! Conditions in words: conjunctions, alternatives, comparisons, aggregates, other acts.

use crate::lang::ast::{
    Aggregate, AggregateFunction, Comparison, Expression, Literal, LiteralKind, Operand, Pattern,
    Product, StatusWord, TermKind,
};
use crate::program::Unit;

use super::grammar::listed;
use super::reader::Reader;

impl Reader<'_> {
    /// A conjunction as one phrase: "A and B" where that is unambiguous, else lettered.
    pub(super) fn conjunction(&mut self, body: &[Literal], depth: usize) -> String {
        let parts: Vec<_> = body
            .iter()
            .map(|literal| self.literal(literal, depth + usize::from(body.len() > 1)))
            .collect();
        let is_plain = |part: &String| {
            let words = self.catalogue.ambiguous;
            !words.iter().any(|word| part.contains(word))
        };
        match parts.as_slice() {
            [only] => only.clone(),
            [first, second] if is_plain(first) && is_plain(second) => {
                format!("{first} {} {second}", self.catalogue.and)
            }
            parts => self.enumerated(parts, self.catalogue.and, depth),
        }
    }

    /// `(a) …; (b) …; and (c) …`
    fn enumerated(&self, parts: &[String], last: &str, depth: usize) -> String {
        let mut text = String::new();
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                text.push_str(self.catalogue.semicolon);
                if index + 1 == parts.len() {
                    text.push_str(last);
                    text.push(' ');
                }
            }
            text.push_str(&self.fill_one(self.catalogue.mark, "mark", mark(depth, index)));
            text.push(' ');
            text.push_str(part);
        }
        text
    }

    fn literal(&mut self, literal: &Literal, depth: usize) -> String {
        match &literal.kind {
            LiteralKind::Atom { negated, atom } => self.atom(atom, *negated),
            LiteralKind::Status {
                negated,
                status,
                pattern,
                under,
            } => {
                let under = under.as_ref().map(|under| under.node.as_str());
                self.status(*status, *negated, pattern, under)
            }
            LiteralKind::Or(alternatives) => self.alternatives(alternatives, depth),
            LiteralKind::Compare {
                left,
                operator,
                right,
            } => self.comparison(left, *operator, right),
            LiteralKind::Aggregate { left, aggregate } => self.aggregate(left, aggregate),
        }
    }

    /// `at least one of the following holds: (i) …; or (ii) …`.
    fn alternatives(&mut self, alternatives: &[Vec<Literal>], depth: usize) -> String {
        let parts = self.each_aside(alternatives, |reader, body| {
            reader.conjunction(body, depth + 1)
        });
        let items = self.enumerated(&parts, self.catalogue.or, depth);
        self.fill_one(self.catalogue.one_of, "items", items)
    }

    fn status(
        &mut self,
        status: StatusWord,
        negated: bool,
        pattern: &Pattern,
        under: Option<&str>,
    ) -> String {
        let act = self.act_with_bearer(pattern);
        let act = self.quoted(&act);
        let under = match under {
            Some(under) => self.fill_one(self.catalogue.under, "under", under),
            None => String::new(),
        };
        let template = StatusWord::ALL
            .into_iter()
            .zip(self.catalogue.statuses)
            .find_map(|((other, _), (said, denied))| {
                (other == status).then_some(if negated { denied } else { said })
            })
            .unwrap_or_default();
        self.fill(template, &[("act", act.into()), ("under", under.into())])
    }

    fn comparison(
        &mut self,
        left: &Expression,
        operator: Comparison,
        right: &Expression,
    ) -> String {
        let sort = self.sort_of(left).or_else(|| self.sort_of(right));
        let words = match sort.as_deref() {
            Some("integer") => &self.catalogue.numbers,
            Some("date") => &self.catalogue.dates,
            _ => &self.catalogue.things,
        };
        let left = self.expression(left);
        let right = self.expression(right);
        let template = words.template(operator);
        self.fill(template, &[("left", left.into()), ("right", right.into())])
    }

    fn expression(&mut self, expression: &Expression) -> String {
        let [plus, minus, _] = self.catalogue.arithmetic;
        let mut text = self.product(&expression.first);
        for (is_subtracted, product) in &expression.rest {
            let word = if *is_subtracted { minus } else { plus };
            text = format!("{text} {word} {}", self.product(product));
        }
        text
    }

    fn product(&mut self, product: &Product) -> String {
        let operand = match &product.operand {
            Operand::Term(term) => self.term(term, None).text().to_owned(),
            Operand::Quantity(amount, unit) => {
                format!("{} {}", amount.node, self.unit(amount.node, &unit.node))
            }
        };
        match product.factor {
            Some(factor) => {
                let [_, _, times] = self.catalogue.arithmetic;
                format!("{operand} {times} {factor}")
            }
            None => operand,
        }
    }

    /// `days`, `jours`.
    pub(super) fn unit(&self, amount: i64, word: &str) -> String {
        let words = Unit::ALL
            .into_iter()
            .zip(self.catalogue.units)
            .find_map(|((unit, ..), words)| (Unit::from_word(word)? == unit).then_some(words));
        match words {
            Some([one, _]) if amount.abs() == 1 => one.to_owned(),
            Some([_, many]) => many.to_owned(),
            None => word.to_owned(),
        }
    }

    fn aggregate(&mut self, left: &Expression, aggregate: &Aggregate) -> String {
        let left = self.expression(left);
        let (terms, body) = self.aside(|reader| {
            let mut terms = Vec::new();
            for term in &aggregate.terms {
                terms.push(match &term.kind {
                    TermKind::Variable(name) => reader.plural_variable(name),
                    _ => reader.term(term, None).text().to_owned(),
                });
            }
            (terms, reader.conjunction(&aggregate.body, 0))
        });
        let first = terms.first().cloned().unwrap_or_default();
        let all = listed(&terms, self.catalogue.and);
        let over = match terms.as_slice() {
            [] | [_] => String::new(),
            _ => self.fill_one(self.catalogue.over, "terms", all.as_str()),
        };
        let [count, sum, min, max] = self.catalogue.aggregates;
        let template = match aggregate.function {
            AggregateFunction::Count => count,
            AggregateFunction::Sum => sum,
            AggregateFunction::Min => min,
            AggregateFunction::Max => max,
        };
        let body = self.quoted(&body);
        self.fill(
            template,
            &[
                ("left", left.into()),
                ("terms", all.into()),
                ("first", first.into()),
                ("over", over.into()),
                ("body", body.into()),
            ],
        )
    }
}

/// The mark of an item: letters, small Roman numerals, capitals, numbers, by depth.
fn mark(depth: usize, index: usize) -> String {
    const ROMAN: [&str; 12] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ];
    let letter = |first: u8| {
        u8::try_from(index)
            .ok()
            .filter(|&index| index < 26)
            .map(|index| char::from(first + index).to_string())
    };
    let marked = match depth % 4 {
        0 => letter(b'a'),
        1 => ROMAN.get(index).map(|&numeral| numeral.to_owned()),
        2 => letter(b'A'),
        _ => None,
    };
    marked.unwrap_or_else(|| (index + 1).to_string())
}
