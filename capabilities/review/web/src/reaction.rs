//! What puts something up for review, and what follows from one: the crime is recorded by
//! itself where the rules of the investigation allow it, and left to somebody where not.

use async_trait::async_trait;
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use incident::IncidentId;
use incident::route::Closure;
use investigation::{Investigation, InvestigationId};
use kernel::Personal;
use kernel::id::StaffId;
use review::{Act, Cause, Command, Event, Outcome, Policy, Review, ReviewId, sample};
use std::sync::Arc;

/// After a decision that it is no crime.
pub(crate) struct WhenNoCrime(pub(crate) Arc<Policy>);
/// After an answered incident was closed.
pub(crate) struct WhenClosed(pub(crate) Arc<Policy>);
/// After a sample found an opportunity missed.
pub(crate) struct WhenMissed(pub(crate) Arc<Policy>);
/// After a review found a crime.
pub(crate) struct WhenReclassed(pub(crate) Arc<Policy>);

/// Does a command of a review. A refusal is an answer too.
async fn act(
    engine: &Engine,
    policy: &Arc<Policy>,
    review: ReviewId,
    act: Act,
    key: &str,
) -> Result<(), Fault> {
    let command = Command { policy: policy.clone(), act };
    let caller = Caller::system();
    match engine.execute::<Review>(&review.stream(), command, &caller, Some(key)).await {
        Ok(_) => Ok(()),
        Err(Refused::Refusal(refusal)) => {
            tracing::error!(%refusal, "a review did not follow what happened");
            Ok(())
        }
        Err(Refused::Fault(fault)) => Err(fault),
    }
}

async fn open(
    engine: &Engine,
    policy: &Arc<Policy>,
    (incident, cause, author): (IncidentId, Cause, Option<StaffId>),
    event: &Opened,
    key: &str,
) -> Result<(), Fault> {
    let opening = Act::Open { incident, cause, author, since: event.at };
    act(engine, policy, incident.into(), opening, key).await
}

#[async_trait]
impl Reaction for WhenNoCrime {
    fn name(&self) -> &'static str {
        "review-when-no-crime"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "investigation.recorded_non_crime.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Some(id) = InvestigationId::of_stream(&event.stream) else { return Ok(()) };
        let of = (IncidentId(id.0), Cause::NonCrime, event.staff());
        open(engine, &self.0, of, event, &self.key(event)).await
    }
}

#[async_trait]
impl Reaction for WhenClosed {
    fn name(&self) -> &'static str {
        "review-when-closed"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "incident.closed.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let incident::Event::Closed { outcome, .. } = event.decode()? else { return Ok(()) };
        // Nobody was heard in the others: they say nothing of a crime.
        let answered =
            matches!(outcome, Closure::VideoResponse | Closure::InPerson | Closure::Resolved);
        let Some(incident) = IncidentId::of_stream(&event.stream).filter(|_| answered) else {
            return Ok(());
        };
        let stream = InvestigationId::from(incident).stream();
        let (known, _) = engine.state::<Investigation>(&stream).await?;
        if known.classified.is_some() {
            return Ok(());
        }
        let of = (incident, Cause::NoDecision, event.staff());
        open(engine, &self.0, of, event, &self.key(event)).await
    }
}

#[async_trait]
impl Reaction for WhenMissed {
    fn name(&self) -> &'static str {
        "review-when-missed"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "sample.item_judged.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let sample::Event::ItemJudged { incident, finding: sample::Finding::Missed, .. } =
            event.decode()?
        else {
            return Ok(());
        };
        open(engine, &self.0, (incident, Cause::Missed, None), event, &self.key(event)).await
    }
}

#[async_trait]
impl Reaction for WhenReclassed {
    fn name(&self) -> &'static str {
        "review-when-reclassed"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "review.decided.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Event::Decided { incident, outcomes, finding, offence, .. } = event.decode()? else {
            return Ok(());
        };
        if !outcomes.contains(&Outcome::Reclass) {
            return Ok(());
        }
        let words = |one: Personal<String>| one.into_known().unwrap_or_default();
        let offence = offence.map(words).unwrap_or_default();
        let command = investigation::Command::RecordCrime { offence, reason: words(finding) };
        let stream = InvestigationId::from(incident).stream();
        let (caller, key) = (Caller::system(), self.key(event));
        let done = engine.execute::<Investigation>(&stream, command, &caller, Some(&key)).await;
        let follows = match done {
            Ok(_) => Act::NoteCrime,
            Err(Refused::Refusal(_)) => Act::LeaveCrime,
            Err(Refused::Fault(fault)) => return Err(fault),
        };
        act(engine, &self.0, incident.into(), follows, &format!("{key}/after")).await
    }
}
