//! A referral that was asked for goes out by itself: to the agency that the officer chose, or to
//! the only one of the directory that gives this kind of help.

use crate::{agencies, sharing};
use async_trait::async_trait;
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use referral::{Command, Event, Referral};

/// The reaction.
pub(crate) struct WhenRequested;

#[async_trait]
impl Reaction for WhenRequested {
    fn name(&self) -> &'static str {
        "referral-sent"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "referral.requested.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Event::Requested { incident, agency, allowed, to, .. } = event.decode()? else {
            return Ok(());
        };
        let to = match to {
            Some(chosen) => Some(chosen),
            None => agencies::only_one_for(engine, agency.text()).await?,
        };
        // Nobody, or several: the hub chooses, and is told when it does not.
        let Some(to) = to else { return Ok(()) };
        let shared = sharing::snapshot(engine, incident, &allowed).await?;
        let (command, key) = (Command::Send { to, shared }, self.key(event));
        let caller = Caller::system();
        match engine.execute::<Referral>(&event.stream, command, &caller, Some(&key)).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
