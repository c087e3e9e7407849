//! The recorder between the media host and the keeper of recordings: what it writes is sealed
//! and noted by the capability, what it asks for is asked of the host.

use async_trait::async_trait;
use blobs::Blobs;
use call::{CallId, Participant};
use engine::Engine;
use recording_web::{Keeper, Stills, camera_of};
use room_host::RoomHost;
use room_host::recorder::{Parts, Recorder, RecorderAlarm, Report, Still, StillFault};
use room_host::tap::TapEvent;
use std::error::Error;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Weak};

/// Starts the recorder; `boot` is a number that no other run of this server had.
pub(crate) fn start(
    engine: &Engine,
    blobs: Arc<Blobs>,
    keeper: &Arc<Keeper>,
    host: &Arc<RoomHost>,
    tapped: Receiver<TapEvent>,
) -> Result<Arc<Recorder>, Box<dyn Error + Send + Sync>> {
    let boot = engine.now().0.unsigned_abs();
    let (clock, host) = (engine.clone(), Arc::downgrade(host));
    let noting = keeper.clone();
    let parts = Parts {
        blobs,
        sealer: keeper.clone(),
        now: Arc::new(move || clock.now()),
        report: Arc::new(move |report| hear(&noting, &host, report)),
        boot,
    };
    Ok(Arc::new(Recorder::start(parts, tapped)?))
}

fn hear(keeper: &Keeper, host: &Weak<RoomHost>, report: Report) {
    if let Report::Alarm(RecorderAlarm::KeyFrameWanted { room, participant, .. }) = &report {
        if let Some(host) = host.upgrade() {
            host.request_key_frame(room, participant);
        }
        return;
    }
    keeper.note(report);
}

/// Takes stills by the recorder.
pub(crate) struct StillTaker {
    pub(crate) engine: Engine,
    pub(crate) recorder: Arc<Recorder>,
}

#[async_trait]
impl Stills for StillTaker {
    async fn take(&self, call: CallId, participant: Participant) -> Result<Still, StillFault> {
        let camera = camera_of(&self.engine, call, participant).await;
        let track = camera.ok().flatten().ok_or(StillFault::NoPicture)?;
        let (reply, taken) = tokio::sync::oneshot::channel();
        let answer = move |still| {
            // Whoever asked may have gone.
            let _ = reply.send(still);
        };
        self.recorder.still(&call.to_string(), &track, answer);
        taken.await.unwrap_or(Err(StillFault::TooLate))
    }
}
