//! The statement: typed in sections, put before her as it stands, and covered by her word until
//! the first change. What she was asked about is kept whole, whatever became of it.

use crate::command::Seen;
use crate::decide::Decided;
use crate::event::{Event, Section, Way};
use crate::limits::{self, AHEAD_MAX};
use crate::refusal::Refusal;
use crate::state::{Stands, State, Statement, Version};
use crate::words;
use kernel::{At, Personal};
use std::collections::BTreeMap;

fn joined(sections: &BTreeMap<Section, Personal<String>>) -> String {
    let known = sections.values().filter_map(Personal::known).map(String::as_str);
    known.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

impl Version {
    /// What she had before her.
    pub fn text(&self) -> String {
        joined(&self.sections)
    }
}

impl Statement {
    /// The whole of it in order, as she reads it and as its digest is taken.
    pub fn text(&self) -> String {
        joined(&self.sections)
    }

    /// What stands in one section.
    pub fn section(&self, section: Section) -> &str {
        self.sections.get(&section).and_then(Personal::known).map_or("", String::as_str)
    }

    /// The version that she has before her, by its number.
    pub fn on_offer(&self) -> Option<(u32, &Version)> {
        let last = self.versions.last().filter(|last| last.stands == Stands::Offered);
        last.map(|last| (self.versions.len() as u32, last))
    }

    /// The version that her word covers as it stands now.
    pub fn acknowledged(&self) -> Option<(u32, &Version)> {
        let last = self.versions.last();
        let last = last.filter(|last| matches!(last.stands, Stands::Acknowledged(_)));
        last.map(|last| (self.versions.len() as u32, last))
    }
}

pub(crate) fn keep(state: &State, sections: Vec<(Section, String)>) -> Decided {
    let statement = &state.statement;
    let mut after = statement.sections.clone();
    let mut events = vec![];
    for (section, text) in sections {
        let text = text.trim().replace("\r\n", "\n");
        let stands = after.get(&section);
        let same = stands.map_or(text.is_empty(), |old| old.known() == Some(&text));
        if !same {
            after.insert(section, text.clone().into());
            events.push(Event::StatementKept { section, text: text.into() });
        }
    }
    if joined(&after).chars().count() > limits::STATEMENT_CHARS_MAX {
        return Err(Refusal::StatementTooLong);
    }
    if !events.is_empty() {
        events.extend(loosened(statement));
    }
    Ok(events)
}

/// Her word covers what she read and nothing else.
fn loosened(statement: &Statement) -> Option<Event> {
    if let Some((version, _)) = statement.on_offer() {
        return Some(Event::StatementTakenBack { version });
    }
    statement.acknowledged().map(|(version, _)| Event::StatementVoided { version })
}

pub(crate) fn draft(state: &State) -> Decided {
    if !state.statement.section(Section::Events).is_empty() {
        return Err(Refusal::DraftExists);
    }
    let account = state.account();
    if account.trim().is_empty() {
        return Err(Refusal::AccountEmpty);
    }
    keep(state, vec![(Section::Events, account)])
}

/// The version that she is asked about, if she may be asked now.
fn asked(state: &State, way: Way, seen: Seen) -> Result<(u32, Event, Personal<String>), Refusal> {
    let statement = &state.statement;
    let text = statement.text();
    if text.is_empty() {
        return Err(Refusal::StatementEmpty);
    }
    if statement.on_offer().is_some() {
        return Err(Refusal::OnOffer);
    }
    if statement.acknowledged().is_some() {
        return Err(Refusal::AcknowledgedAlready);
    }
    if statement.versions.len() >= limits::VERSIONS_MAX {
        return Err(Refusal::TooManyVersions);
    }
    if text != seen.text {
        return Err(Refusal::StatementChanged);
    }
    let version = statement.versions.len() as u32 + 1;
    let digest = Personal::new(seen.digest);
    Ok((version, Event::StatementOffered { version, way, digest: digest.clone() }, digest))
}

pub(crate) fn offer(state: &State, way: Way, seen: Seen) -> Decided {
    asked(state, way, seen).map(|(_, offered, _)| vec![offered])
}

/// Both at once: it was read out and she said so, at a time that the recording has.
pub(crate) fn aloud(state: &State, way: Way, seen: Seen, spoken_at: At, now: At) -> Decided {
    if spoken_at > now.plus(AHEAD_MAX) {
        return Err(Refusal::SpokenInFuture);
    }
    // A minute's grace: the browser's field has no seconds.
    let grace = kernel::time::minutes(1);
    if state.statement.kept_at.is_some_and(|kept| spoken_at.plus(grace) <= kept) {
        return Err(Refusal::SpokenBefore);
    }
    let (version, offered, digest) = asked(state, way.clone(), seen)?;
    let said = Event::StatementAcknowledged { version, way, digest, answered_at: spoken_at };
    Ok(vec![offered, said])
}

pub(crate) fn answer(
    state: &State,
    version: u32,
    (right, said): (bool, &str),
    answered_at: At,
) -> Decided {
    let (number, offered) = state.statement.on_offer().ok_or(Refusal::NotOnOffer)?;
    if number != version {
        return Err(Refusal::NotOnOffer);
    }
    if right {
        let (way, digest) = (offered.way.clone(), offered.digest.clone());
        return Ok(vec![Event::StatementAcknowledged { version, way, digest, answered_at }]);
    }
    // She need not write: what is wrong she may say aloud.
    let words = words::free(said, limits::REASON_CHARS_MAX)?.into();
    Ok(vec![Event::StatementDisputed { version, words, answered_at }])
}

pub(crate) fn take_back(state: &State) -> Decided {
    let (version, _) = state.statement.on_offer().ok_or(Refusal::NotOnOffer)?;
    Ok(vec![Event::StatementTakenBack { version }])
}

impl State {
    pub(crate) fn statement_after(&mut self, event: &Event, at: At) {
        let statement = &mut self.statement;
        match event {
            Event::StatementKept { section, text } => {
                statement.sections.insert(*section, text.clone());
                statement.kept_at = Some(at);
            }
            Event::StatementOffered { way, digest, .. } => statement.versions.push(Version {
                at,
                way: way.clone(),
                sections: statement.sections.clone(),
                digest: digest.clone(),
                stands: Stands::Offered,
            }),
            Event::StatementAcknowledged { version, answered_at, .. } => {
                statement.set(*version, Stands::Acknowledged(*answered_at));
            }
            Event::StatementDisputed { version, words, answered_at } => {
                statement.set(*version, Stands::Disputed(*answered_at, words.clone()));
            }
            Event::StatementTakenBack { version } => statement.set(*version, Stands::TakenBack),
            Event::StatementVoided { version } => {
                let said = match statement.acknowledged() {
                    Some((_, Version { stands: Stands::Acknowledged(said), .. })) => *said,
                    _ => at,
                };
                statement.set(*version, Stands::Voided { said, at });
            }
            _ => {}
        }
    }
}

impl Statement {
    fn set(&mut self, version: u32, stands: Stands) {
        if let Some(one) = self.versions.get_mut((version as usize).saturating_sub(1)) {
            one.stands = stands;
        }
    }
}
