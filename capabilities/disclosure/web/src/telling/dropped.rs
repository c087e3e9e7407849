//! When the call is lost, ended or in danger, the telling stops where it is: what was done stays,
//! and who she is and whether she is safe and alone is asked anew before it goes on.

use ::call::{About, Call, CallId, Danger, Event, Outcome, Participant};
use ::disclosure::{Command, Disclosure, DisclosureId, Interruption, State};
use async_trait::async_trait;
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use kernel::{Actor, Purpose};

/// Sightline itself, for the scheme.
const fn system() -> Caller {
    Caller { actor: Actor::System, purpose: Purpose::Disclosure }
}

/// The application that a call is about.
async fn matter(engine: &Engine, call: &str) -> Result<Option<DisclosureId>, Fault> {
    let (state, _) = engine.state::<Call>(call).await?;
    Ok(match state.call().map(|known| &known.about) {
        Some(About::Matter { matter, .. }) => DisclosureId::of_stream(matter),
        Some(About::Response { .. }) | None => None,
    })
}

/// The call is over, she is gone from it, or somebody is in danger.
pub(crate) struct WhenCallStops;

#[async_trait]
impl Reaction for WhenCallStops {
    fn name(&self) -> &'static str {
        "disclosure_when_call_stops"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "call.finished.v1" | "call.participant_lost.v1" | "call.matter_in_danger.v1")
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Some(call) = CallId::of_stream(&event.stream) else { return Ok(()) };
        let Some(cause) = cause(&event.decode()?) else { return Ok(()) };
        let Some(id) = matter(engine, &event.stream).await? else { return Ok(()) };
        let (state, _) = engine.state::<Disclosure>(&id.stream()).await?;
        let State::Open(case) = &state else { return Ok(()) };
        let runs = case.telling.running.as_ref().is_some_and(|one| one.call == Some(call));
        if !runs {
            return Ok(());
        }
        let command = Command::InterruptTelling { cause };
        let key = self.key(event);
        match engine.execute::<Disclosure>(&id.stream(), command, &system(), Some(&key)).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}

fn cause(event: &Event) -> Option<Interruption> {
    match event {
        Event::ParticipantLost { participant: Participant::Victim } => Some(Interruption::Dropped),
        Event::MatterInDanger { cause: Danger::Signal, .. } => Some(Interruption::NotSafe),
        Event::MatterInDanger { cause: Danger::OffenderReturned, .. } => {
            Some(Interruption::SubjectCame)
        }
        Event::Finished { outcome: Outcome::NotSafeNow, .. } => Some(Interruption::NotSafe),
        Event::Finished { outcome: Outcome::TechnicalFailure, .. } => Some(Interruption::Technical),
        Event::Finished { outcome: Outcome::VictimLeft, .. } => Some(Interruption::SheAsked),
        Event::Finished { .. } => Some(Interruption::Dropped),
        _ => None,
    }
}
