//! A call picked up makes its officer busy; its end makes the officer free. A call that is no
//! response is none of the hub's: nobody sees from its board that there is one.

use async_trait::async_trait;
use call::{Call, CallId, Event};
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use hub::{Command, Hub};

/// Follows the calls.
pub(crate) struct Busy;

#[async_trait]
impl Reaction for Busy {
    fn name(&self) -> &'static str {
        "hub_busy"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "call.picked_up.v1" | "call.handed_over.v1" | "call.finished.v1")
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Some(call) = CallId::of_stream(&event.stream) else { return Ok(()) };
        let (state, _) = engine.state::<Call>(&event.stream).await?;
        if state.call().is_none_or(|known| known.about.matter().is_some()) {
            return Ok(());
        }
        let call = call.to_string();
        let leave = Command::LeaveCall { call: call.clone() };
        let commands = match event.decode::<Event>()? {
            Event::PickedUp { by } => vec![Command::TakeCall { staff: by, call }],
            Event::HandedOver { to, .. } => vec![leave, Command::TakeCall { staff: to, call }],
            Event::Finished { .. } => vec![leave],
            _ => vec![],
        };
        for (step, command) in commands.into_iter().enumerate() {
            let key = format!("{}/{step}", self.key(event));
            let caller = Caller::system();
            match engine.execute::<Hub>(hub::STREAM, command, &caller, Some(&key)).await {
                Ok(_) | Err(Refused::Refusal(_)) => {}
                Err(Refused::Fault(fault)) => return Err(fault),
            }
        }
        Ok(())
    }
}
