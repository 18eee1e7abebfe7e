//! What would change a verdict, verified by judging again.

use crate::base::{Diagnostic, FileId, Span};
use crate::deontic::{Answer, Change, ChangeLimits, Obstacle, Verdict};
use crate::engine::{Facts, RelationSet, Timeline, streamed};
use crate::program::{Atom, RelationId, RelationKind, Term, Value};

use super::alike::{Alike, alike};
use super::find::FoundAct;
use super::phrases::Speaker;
use super::suppose::norm_changes;
use super::view::{
    AlikeView, ChangeSetView, ChangeView, ChangesView, SaidView, VerdictView, WaysView,
};
use super::{Reasoner, Stage};

/// How many sets are shown for one verdict.
const SHOWN: usize = 20;

/// The verdicts that are looked for where none is named. A clash of norms is nothing that one
/// brings about.
const SOUGHT: [Verdict; 4] = [
    Verdict::Permitted,
    Verdict::Conditional,
    Verdict::Prohibited,
    Verdict::Unregulated,
];

impl Reasoner {
    /// The smallest sets of changes of the facts under which an act has the verdict `to`, or
    /// each of those that it does not have.
    pub fn what_would_change(
        &mut self,
        act: &str,
        to: Option<Verdict>,
    ) -> Result<ChangesView, Vec<Diagnostic>> {
        let found = self.find_act(act)?;
        let acts = std::slice::from_ref(&found);
        let before = self.verdicts(&self.case.facts, acts, None)?;
        let Some(before) = before.into_iter().next() else {
            return Err(Vec::new());
        };
        if let Some(to) = to.filter(|to| to.word() == before.verdict) {
            return Err(vec![self.same_verdict(to)]);
        }
        let sought = SOUGHT.iter().filter(|it| it.word() != before.verdict);
        let sought = to.map_or_else(|| sought.copied().collect(), |to| vec![to]);
        let place = self.sources.add("<change>", "");
        let answers = self.searched(&found, &sought, place);
        let ways = answers.iter();
        let ways = ways.map(|answer| self.ways(&found, answer, &before, place));
        let ways = ways.collect::<Result<_, _>>()?;
        let (assumed, retracted) = self.suppositions();
        Ok(ChangesView {
            assumed: assumed.to_vec(),
            retracted: retracted.to_vec(),
            schema: "attendu.changes/1",
            ways,
            act: before.act,
            description: before.description,
            at: before.at,
            mode: before.mode,
            verdict: before.verdict,
        })
    }

    fn same_verdict(&mut self, to: Verdict) -> Diagnostic {
        let word = to.word();
        let file = self.sources.add("<to>", word);
        let message = format!("the verdict is `{word}` as the facts are");
        Diagnostic::error("same-verdict", Span::new(file, 0, word.len()), message)
            .help("name another verdict, or none to see what leads to each of the others")
    }

    /// What the search finds; `place` stands for where changes are written.
    fn searched(&self, act: &FoundAct, sought: &[Verdict], place: FileId) -> Vec<Answer> {
        let (universe, facts) = (&self.case.universe, &self.case.facts);
        let timeline = Timeline::leaving(&self.program, universe, facts, self.changeable());
        let mut judge = self.judge(&timeline);
        let answers = judge.what_would_change(
            &mut |judge| act.value(judge),
            sought,
            ChangeLimits::default(),
            &mut |changes, verdict| self.checked(act, changes, verdict, place),
            &mut |done| self.step(Stage::Judge, done, None),
        );
        answers.unwrap_or_default()
    }

    /// The relations of which facts can be changed, and those that acts bring facts of.
    fn changeable(&self) -> RelationSet {
        let mut changing = streamed(&self.program);
        for (relation, row) in self.program.relations.entries() {
            changing[relation] |= row.kind == RelationKind::Declared && !row.fixed;
        }
        changing
    }

    /// The facts with some changes.
    fn facts_with(&self, changes: &[Change], place: FileId) -> Facts {
        let mut facts = self.case.facts.clone();
        for change in changes {
            if let Some((tuple, _)) = &change.withdrawn {
                facts.retract(change.relation, false, tuple);
                facts.retract(change.relation, true, tuple);
            }
            if let Some((tuple, holds)) = &change.stated {
                let span = Span::new(place, 0, 0);
                facts.assume(change.relation, !holds, tuple, span);
            }
        }
        facts
    }

    /// Whether the facts can be changed so, and the act's verdict is then this one; what stands
    /// in the way where they cannot.
    fn checked(
        &self,
        act: &FoundAct,
        changes: &[Change],
        verdict: Verdict,
        place: FileId,
    ) -> Result<(), Vec<Obstacle>> {
        let facts = self.facts_with(changes, place);
        let timeline = self.timeline_of(&facts);
        let mut judge = self.judge(&timeline);
        let value = act.value(&mut judge);
        let at = judge.act(value).map_or(self.as_of, |act| act.at);
        judge.move_to(at);
        let obstacles = self.obstacles(&mut judge);
        if !obstacles.is_empty() {
            return Err(obstacles);
        }
        judge.move_to(self.as_of);
        let judged = judge.verdict(value).map(|it| it.verdict);
        if judged == Some(verdict) {
            Ok(())
        } else {
            Err(Vec::new())
        }
    }

    fn ways(
        &self,
        act: &FoundAct,
        answer: &Answer,
        before: &VerdictView,
        place: FileId,
    ) -> Result<WaysView, Vec<Diagnostic>> {
        let told = alike(&self.program, &answer.sets);
        let shown = told.iter().take(SHOWN);
        let sets = shown.map(|alike| self.set(act, alike, before, place));
        let left = told.iter().skip(SHOWN);
        let relation = |&relation: &RelationId| self.program.relations[relation].name.clone();
        Ok(WaysView {
            verdict: answer.verdict.word(),
            size: answer.sets.first().map(Vec::len),
            sets: sets.collect::<Result<_, _>>()?,
            more: left.map(|alike| 1 + alike.others.len()).sum(),
            complete: !answer.gave_up && answer.beyond.is_empty(),
            searched: answer.searched,
            gave_up: answer.gave_up,
            left_out: answer.beyond.iter().map(relation).collect(),
        })
    }

    fn set(
        &self,
        act: &FoundAct,
        alike: &Alike<'_>,
        before: &VerdictView,
        place: FileId,
    ) -> Result<ChangeSetView, Vec<Diagnostic>> {
        let facts = self.facts_with(alike.set, place);
        let after = self.verdicts(&facts, std::slice::from_ref(act), None)?;
        let norms = after
            .first()
            .map(|it| norm_changes(&before.norms, &it.norms));
        Ok(ChangeSetView {
            changes: alike.set.iter().map(|it| self.change(it)).collect(),
            norms: norms.unwrap_or_default(),
            alike: alike.instead_of.map(|(sort, value)| {
                let name = |value| self.case.universe.name(sort, value).unwrap_or_default();
                let others = alike.others.iter().map(|&other| name(other).to_owned());
                AlikeView {
                    sort: self.program.sorts[sort].name.clone(),
                    instead_of: name(value).to_owned(),
                    others: others.collect(),
                }
            }),
        })
    }

    fn change(&self, change: &Change) -> ChangeView {
        let kind = match (&change.withdrawn, &change.stated) {
            (Some((from, _)), Some((to, _))) if from == to => "turn",
            (Some(_), Some(_)) => "move",
            (Some(_), None) => "withdraw",
            (None, _) => "state",
        };
        let said = |said: &Option<(Box<[Value]>, bool)>| {
            let said = said.as_ref();
            said.map(|(tuple, holds)| self.said(change.relation, tuple, *holds))
        };
        ChangeView {
            kind,
            withdrawn: said(&change.withdrawn),
            stated: said(&change.stated),
        }
    }

    fn said(&self, relation: RelationId, tuple: &[Value], holds: bool) -> SaidView {
        let phrases = self.phrases();
        let timeline = self.timeline();
        let judge = self.judge(&timeline);
        let speaker = Speaker {
            phrases: &phrases,
            judge: &judge,
        };
        let terms = tuple.iter().map(|&value| Term::Constant(value)).collect();
        let atom = Atom { relation, terms };
        let input = self.case.facts.input(relation);
        let rows = if holds {
            &input.asserted
        } else {
            &input.denied
        };
        let stated = rows.iter().filter(|(own, _)| *own == tuple);
        let places = stated.map(|(_, fact)| self.sources.place(self.case.facts.span(fact)));
        let not = if holds { "" } else { "not " };
        SaidView {
            atom: format!("{not}{}", speaker.atom(&atom)),
            text: speaker.in_words(&atom, !holds),
            places: places.collect(),
        }
    }
}
