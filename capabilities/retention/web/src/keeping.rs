//! Reactions: a hold that was placed is wrapped, key by key, and each key says how it went. A key
//! whose day came first says so too: no hold ever silently does not hold.

use crate::keys::{self, Epoch};
use async_trait::async_trait;
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use kernel::Decider;
use retention::hold::{self, Hold};
use retention::promotion::{self, Promotion};
use retention::{HoldId, Mark};

/// Two people placed a hold.
pub(crate) struct WhenPlaced;

#[async_trait]
impl Reaction for WhenPlaced {
    fn name(&self) -> &'static str {
        "retention-when-placed"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "hold.placed.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Some(id) = HoldId::of_stream(&event.stream) else { return Ok(()) };
        let (state, _) = engine.state::<Hold>(&event.stream).await?;
        let under = Epoch::hold(id.0);
        for (key, _) in state.marks.into_iter().filter(|(_, mark)| *mark == Mark::Asked) {
            let command = match keys::keep(engine, &key, &under).await? {
                true => hold::Command::NoteKept { key },
                false => hold::Command::NoteFailed { key },
            };
            note::<Hold>(engine, &event.stream, command).await?;
        }
        Ok(())
    }
}

/// Two people ended a hold.
pub(crate) struct WhenEnded;

#[async_trait]
impl Reaction for WhenEnded {
    fn name(&self) -> &'static str {
        "retention-when-ended"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "hold.ended.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Some(id) = HoldId::of_stream(&event.stream) else { return Ok(()) };
        let (state, _) = engine.state::<Hold>(&event.stream).await?;
        let held = |mark: &Mark| matches!(mark, Mark::Asked | Mark::Kept);
        for (key, _) in state.marks.into_iter().filter(|(_, mark)| held(mark)) {
            keys::let_go(engine, &key, &Epoch::hold(id.0)).await?;
            let command = hold::Command::NoteLetGo { key };
            note::<Hold>(engine, &event.stream, command).await?;
        }
        Ok(())
    }
}

/// Two people made evidence of something.
pub(crate) struct WhenMade;

#[async_trait]
impl Reaction for WhenMade {
    fn name(&self) -> &'static str {
        "retention-when-made"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "promotion.made.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let (state, _) = engine.state::<Promotion>(&event.stream).await?;
        let under = Epoch::of(kernel::retention::EVIDENCE.name, state.expires_on);
        for (key, _) in state.marks.into_iter().filter(|(_, mark)| *mark == Mark::Asked) {
            let command = match keys::keep(engine, &key, &under).await? {
                true => promotion::Command::NoteKept { key },
                false => promotion::Command::NoteFailed { key },
            };
            note::<Promotion>(engine, &event.stream, command).await?;
        }
        Ok(())
    }
}

/// The rules take each word of the key store once; done again after a crash it is a refusal.
async fn note<D: Decider>(engine: &Engine, stream: &str, command: D::Command) -> Result<(), Fault> {
    let caller = Caller { purpose: kernel::Purpose::Retention, ..Caller::system() };
    match engine.execute::<D>(stream, command, &caller, None).await {
        Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
        Err(Refused::Fault(fault)) => Err(fault),
    }
}
