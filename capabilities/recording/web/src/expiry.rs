//! Reaction: once the epoch of a recording has ended and its key is destroyed, its ciphertext is
//! deleted too, and the record says so. The key goes first: whatever copy is left opens nowhere.

use crate::keeper::{Keeper, OUTSIDE};
use crate::limits::{KEY_LOOK_EVERY, KEY_LOOKS};
use crate::recordings::{self, Epoch};
use async_trait::async_trait;
use call::CallId;
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use kernel::retention::DISCLOSURE_RECORDING;
use recording::{CLASS, Command, Recording, RecordingId};
use std::sync::Arc;

/// Every class that a recording may have.
const CLASSES: [&str; 2] = [CLASS.name, DISCLOSURE_RECORDING.name];

/// The reaction.
pub(crate) struct WhenExpired(pub(crate) Arc<Keeper>);

#[async_trait]
impl Reaction for WhenExpired {
    fn name(&self) -> &'static str {
        "recording_expiry"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == engine::forgetting::EXPIRED
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let epoch: Epoch = event.decode()?;
        if !CLASSES.contains(&epoch.class.as_str()) {
            return Ok(());
        }
        let mut before = Vec::new();
        loop {
            let due = recordings::expired(engine, &epoch).await?;
            if due.is_empty() {
                return Ok(());
            }
            if due == before {
                return Err(Fault::Outside("the list of recordings"));
            }
            for call in &due {
                self.drop_it(engine, *call, &epoch).await?;
            }
            before = due;
        }
    }
}

impl WhenExpired {
    async fn drop_it(&self, engine: &Engine, call: CallId, epoch: &Epoch) -> Result<(), Fault> {
        let stream = RecordingId::from(call).stream();
        // The event comes a moment before the key is destroyed.
        let mut looks = 0;
        while engine.stream_key(&stream).await?.is_some() {
            looks += 1;
            if looks > KEY_LOOKS {
                return Err(Fault::Outside("the key store"));
            }
            tokio::time::sleep(KEY_LOOK_EVERY).await;
        }
        let (state, _) = engine.state::<Recording>(&stream).await?;
        let (objects, bytes) = state.tape().map_or((0, 0), |tape| (tape.objects, tape.bytes));
        let folder = format!("rec/{call}");
        self.0.blobs().delete_below(&folder).await.map_err(|_| OUTSIDE)?;
        let command = Command::Drop { expired_on: epoch.expires_on, objects, bytes };
        let caller = Caller::system();
        match engine.execute::<Recording>(&stream, command, &caller, None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
