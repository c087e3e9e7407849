//! One person, opened: every record that is of her, what the incidents say, and what somebody
//! added. What is hidden from whoever looks is not in it.

use crate::index::{self, Line};
use crate::said::{self, Said};
use crate::{limits, marks};
use engine::{Engine, Fault};
use incident::Incident;
use kernel::{Actor, Personal};
use person::command::Theirs;
use person::mark::Kind;
use person::{Facts, Known, Person, PersonId, State};
use std::collections::{BTreeMap, BTreeSet};
use ui::App;

/// One person.
pub(crate) struct Record {
    /// The record that stands for her.
    pub(crate) id: PersonId,
    pub(crate) state: State,
    /// Where she appears, the latest first, with what is said of her there.
    pub(crate) seen: Vec<(Line, Option<Said>)>,
    /// Appearances past the limit of one page.
    pub(crate) more: usize,
    /// What somebody added, in this record and in those that went into it.
    pub(crate) known: Vec<Known>,
    /// All of it in normal forms.
    pub(crate) facts: Facts,
}

/// Opens the record that stands for `id`; nothing when there is none, or none for this actor.
pub(crate) async fn open(app: &App, actor: &Actor, id: PersonId) -> Result<Option<Record>, Fault> {
    let engine = app.engine();
    let id = index::root(engine, id).await?;
    let (state, _) = engine.state::<Person>(&id.stream()).await?;
    if !state.exists() || !app.may_know(actor, &id.stream()).await? {
        return Ok(None);
    }
    let veil = app.veil(actor).await?;
    let mut lines = lines(engine, id, &state).await?;
    let some = !lines.is_empty();
    veil.over(&mut lines, |line| line.incident.stream());
    // Who appears only in what is hidden is hidden with it.
    if some && lines.is_empty() {
        return Ok(None);
    }
    let more = lines.len().saturating_sub(limits::OPENED_MAX);
    let mut seen = vec![];
    for line in lines.into_iter().take(limits::OPENED_MAX) {
        seen.push((line, said::of(engine, line.incident, line.part).await?));
    }
    let known = known(engine, &state).await?;
    let facts = facts(&seen, &known);
    Ok(Some(Record { id, state, seen, more, known, facts }))
}

/// Where she appears by the record itself, which knows of a merge before any table does: the
/// latest first.
async fn lines(engine: &Engine, person: PersonId, state: &State) -> Result<Vec<Line>, Fault> {
    let mut lines = vec![];
    for ((incident, part), seen) in &state.appearances {
        let (report, _) = engine.state::<Incident>(&incident.stream()).await?;
        let reported_at = report.report.map_or(seen.since, |report| report.called_at);
        let (incident, part, role) = (*incident, *part, seen.role);
        lines.push(Line { person, incident, part, role, reported_at });
    }
    lines.sort_by_key(|line| (std::cmp::Reverse(line.reported_at), line.incident, line.part));
    Ok(lines)
}

/// What somebody added, the elder record first.
async fn known(engine: &Engine, state: &State) -> Result<Vec<Known>, Fault> {
    let mut all: Vec<Known> =
        state.known.clone().and_then(Personal::into_known).into_iter().collect();
    for other in state.absorbed.keys() {
        let (other, _) = engine.state::<Person>(&other.stream()).await?;
        all.extend(other.known.and_then(Personal::into_known));
    }
    Ok(all)
}

/// Everything in normal forms. A day of birth that somebody wrote down outranks what was said.
fn facts(seen: &[(Line, Option<Said>)], known: &[Known]) -> Facts {
    let said = seen.iter().filter_map(|(_, said)| said.as_ref()).map(Said::facts);
    let mut all = Facts::default();
    let mut take = |one: Facts| {
        all.names.extend(one.names);
        all.born.extend(one.born);
        all.phones.extend(one.phones);
        all.emails.extend(one.emails);
        all.places.extend(one.places);
    };
    said.for_each(&mut take);
    known.iter().map(said::of_known).for_each(&mut take);
    let put_right = known.iter().map(said::of_known).find(|one| !one.born.is_empty());
    if let Some(one) = put_right {
        all.born = one.born;
    }
    all
}

impl Record {
    /// The name that is shown: as somebody wrote it down, else as it was said last.
    pub(crate) fn name(&self) -> String {
        let known = self.known.iter().map(|one| &one.name);
        let said = self.seen.iter().filter_map(|(_, said)| said.as_ref()).map(|said| &said.name);
        let name = known.chain(said).find(|name| !name.is_empty());
        name.cloned().unwrap_or_else(|| self.id.reference())
    }

    /// The day of birth as it is known; every one that was said, when they differ.
    pub(crate) fn born(&self) -> String {
        self.facts.born.iter().cloned().collect::<Vec<_>>().join(", ")
    }

    /// How she was described last.
    pub(crate) fn looks(&self) -> String {
        let mut said =
            self.seen.iter().filter_map(|(_, said)| said.as_ref()).map(|said| &said.looks);
        said.find(|looks| !looks.is_empty()).cloned().unwrap_or_default()
    }

    /// Where she appears, as far as anything is still said of her there: what is forgotten does
    /// not count.
    pub(crate) fn lines(&self) -> Vec<Line> {
        self.seen.iter().filter(|(_, said)| said.is_some()).map(|(line, _)| *line).collect()
    }

    /// The record as one that goes into `elder`.
    pub(crate) fn theirs(&self, elder: PersonId) -> Theirs {
        Theirs {
            facts: self.facts.clone(),
            appearances: self.state.appearances(),
            merged: self.state.merged_into.is_some(),
            colleague: self.state.colleague,
            told_apart: self.state.apart.contains(&elder),
        }
    }

    /// Who may be the same person: those that share the most first.
    pub(crate) async fn alike(
        &self,
        engine: &Engine,
    ) -> Result<Vec<(PersonId, BTreeSet<Kind>)>, Fault> {
        let mut found: BTreeMap<PersonId, BTreeSet<Kind>> =
            marks::find(engine, &self.facts).await?;
        found.remove(&self.id);
        found.retain(|id, kinds| !self.state.apart.contains(id) && telling(kinds));
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_by_key(|(id, kinds)| (std::cmp::Reverse(kinds.len()), *id));
        found.truncate(limits::ALIKE_MAX);
        Ok(found)
    }
}

/// Whether what is shared says anything: a postcode or a birthday alone is shared by strangers.
fn telling(kinds: &BTreeSet<Kind>) -> bool {
    let weak = |kind: &Kind| matches!(kind, Kind::Place | Kind::Born | Kind::Sound);
    kinds.len() > 1 || !kinds.iter().all(weak)
}
