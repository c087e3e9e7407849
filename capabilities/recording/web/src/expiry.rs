//! What goes with the key of a recording: its sealed segments and stills. The engine calls once
//! the key is destroyed; whatever copy is left opens nowhere.

use crate::keeper::{Keeper, OUTSIDE};
use async_trait::async_trait;
use call::CallId;
use engine::{Caller, Dropped, Engine, Fault, Objects, Refused};
use kernel::Day;
use recording::{Command, Recording, RecordingId};
use std::sync::Arc;
use vault::Epoch;

/// The objects of recordings.
pub(crate) struct OfRecordings(pub(crate) Arc<Keeper>);

#[async_trait]
impl Objects for OfRecordings {
    async fn delete(&self, engine: &Engine, key: &str, epoch: &Epoch) -> Result<Dropped, Fault> {
        let Some(recording) = RecordingId::of_stream(key) else { return Ok(Dropped::default()) };
        let (state, _) = engine.state::<Recording>(key).await?;
        let Some(tape) = state.tape() else { return Ok(Dropped::default()) };
        let (objects, bytes) = (tape.objects, tape.bytes);
        let folder = format!("rec/{}", CallId::from(recording));
        self.0.blobs().delete_below(&folder).await.map_err(|_| OUTSIDE)?;
        let command = Command::Drop { expired_on: day(engine, epoch), objects, bytes };
        match engine.execute::<Recording>(key, command, &Caller::system(), None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(Dropped { objects, bytes }),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}

/// The day on which the key went: of a hold that ended, today.
fn day(engine: &Engine, epoch: &Epoch) -> Day {
    if epoch.is_hold() { engine.now().day() } else { epoch.expires_on }
}
