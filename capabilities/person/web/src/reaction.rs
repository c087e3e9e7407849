//! What follows by itself: whoever is named in an incident gets a record, or is found again; the
//! younger of two merged records follows the elder; whoever was taken out goes to her own.

use crate::{marks, said};
use async_trait::async_trait;
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use incident::IncidentId;
use person::mark::Kind;
use person::{Appearance, Command, Event, Facts, How, Part, Person, PersonId, Refusal, Role};

/// After somebody is named.
pub(crate) struct WhenSeen;
/// After two records became one, or one became two.
pub(crate) struct WhenMerged;
/// After an appearance was taken out of a record.
pub(crate) struct WhenParted;

/// Does a command. A refusal is an answer too.
async fn act(
    engine: &Engine,
    id: PersonId,
    command: Command,
    key: &str,
) -> Result<Option<Refusal>, Fault> {
    let done = engine.execute::<Person>(&id.stream(), command, &Caller::system(), Some(key)).await;
    match done {
        Ok(_) => Ok(None),
        Err(Refused::Refusal(refusal)) => Ok(Some(refusal)),
        Err(Refused::Fault(fault)) => Err(fault),
    }
}

/// The record of somebody who first appears here.
pub(crate) fn own_record(engine: &Engine, incident: IncidentId, part: Part) -> PersonId {
    let mark = engine.blind("person/first", &format!("{incident} {}", part.code()));
    PersonId::first_seen(incident, mark)
}

#[async_trait]
impl Reaction for WhenSeen {
    fn name(&self) -> &'static str {
        "person-when-seen"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "incident.reported.v1"
                | "investigation.person_added.v1"
                | "safeguarding.child_recorded.v1"
        )
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        for (source, part) in marks::sources(event)? {
            let (Ok(incident), Some(part)) = (source.parse::<IncidentId>(), part) else { continue };
            let Some(said) = said::of(engine, incident, part).await? else { continue };
            if !said.is_somebody() {
                continue;
            }
            let role = role(engine, incident, part).await?;
            let appearance = Appearance { incident, part, role };
            let key = format!("{}/{}", self.key(event), part.code());
            let known = known(engine, &said.facts()).await?;
            if let Some(known) = known {
                let appear = Command::Appear { appearance, how: How::Alike };
                if act(engine, known, appear, &format!("{key}/known")).await?.is_none() {
                    continue;
                }
            }
            let appear = Command::Appear { appearance, how: How::New };
            if let Some(refusal) =
                act(engine, own_record(engine, incident, part), appear, &key).await?
            {
                tracing::error!(%refusal, "somebody in an incident has no record");
            }
        }
        Ok(())
    }
}

/// The one record with this whole name and day of birth; nothing when there are more.
async fn known(engine: &Engine, facts: &Facts) -> Result<Option<PersonId>, Fault> {
    let found = marks::find(engine, facts).await?;
    let mut exact = found.into_iter().filter(|(_, kinds)| kinds.contains(&Kind::Exact));
    Ok(exact.next().map(|(id, _)| id).filter(|_| exact.next().is_none()))
}

async fn role(engine: &Engine, incident: IncidentId, part: Part) -> Result<Role, Fault> {
    Ok(match part {
        Part::Reporter => Role::Victim,
        Part::Named => Role::Suspect,
        Part::Child { .. } => Role::Child,
        Part::Party { number } => {
            let stream = investigation::InvestigationId::from(incident).stream();
            let (state, _) = engine.state::<investigation::Investigation>(&stream).await?;
            match state.people.get(&number).map(|one| one.role) {
                Some(investigation::Role::Suspect) => Role::Suspect,
                Some(investigation::Role::Witness) | None => Role::Witness,
            }
        }
    })
}

#[async_trait]
impl Reaction for WhenMerged {
    fn name(&self) -> &'static str {
        "person-when-merged"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "person.absorbed.v1" | "person.released.v1")
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Some(id) = PersonId::of_stream(&event.stream) else { return Ok(()) };
        let key = self.key(event);
        match event.decode()? {
            Event::Absorbed { other, .. } => {
                let refused = act(engine, other, Command::GoInto { into: id }, &key).await?;
                if refused.is_some() {
                    // It went elsewhere in the same moment: this record gives it back.
                    let reason = String::from("It had gone into another record.");
                    let back = Command::Release { other, reason };
                    act(engine, id, back, &format!("{key}/back")).await?;
                }
            }
            Event::Released { other, .. } => {
                act(engine, other, Command::ComeBack { from: id }, &key).await?;
            }
            _ => {}
        }
        Ok(())
    }
}

#[async_trait]
impl Reaction for WhenParted {
    fn name(&self) -> &'static str {
        "person-when-parted"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "person.parted.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Event::Parted { incident, part, to, .. } = event.decode()? else { return Ok(()) };
        let role = role(engine, incident, part).await?;
        let appearance = Appearance { incident, part, role };
        let appear = Command::Appear { appearance, how: How::Moved };
        if let Some(refusal) = act(engine, to, appear, &self.key(event)).await? {
            tracing::error!(%refusal, "somebody who was taken out has no record");
        }
        Ok(())
    }
}
