//! Taking a still: the officer asks, the recorder hands out the camera's next whole picture, it is
//! sealed and tied to track, time and hash. `apps/server` takes it; here it is kept.

use crate::keeper::Keeper;
use crate::limits::STILL_OLD;
use crate::plain;
use async_trait::async_trait;
use call::{CallId, Event, Participant};
use engine::{Engine, Opened, Outcome, Refused, Work};
use kernel::id::StaffId;
use recording::{StillCause, StillId};
use room_host::recorder::{Still, StillFault};
use std::sync::Arc;

/// Takes the next whole picture of somebody's camera.
#[async_trait]
pub trait Stills: Send + Sync + 'static {
    /// The picture, not sealed yet. `segments::camera_of` knows the track.
    async fn take(&self, call: CallId, participant: Participant) -> Result<Still, StillFault>;
}

/// What handlers and work need to take a still.
#[derive(Clone)]
pub(crate) struct Taking {
    pub(crate) keeper: Arc<Keeper>,
    pub(crate) stills: Arc<dyn Stills>,
}

impl Taking {
    /// Takes and keeps one. What went wrong is in the record.
    pub(crate) async fn take(
        &self,
        still: StillId,
        call: CallId,
        of: Participant,
        by: StaffId,
    ) -> Result<Result<(), StillCause>, engine::Fault> {
        let cause = match self.stills.take(call, of).await {
            Ok(taken) => match self.keeper.keep_still(still, taken, by).await {
                Ok(()) => return Ok(Ok(())),
                Err(Refused::Refusal(recording::Refusal::StillAlreadyKept)) => return Ok(Ok(())),
                Err(Refused::Refusal(_)) => StillCause::NoPicture,
                Err(Refused::Fault(fault)) => {
                    tracing::error!(%fault, %call, "a still could not be kept");
                    StillCause::Fault
                }
            },
            Err(fault) => plain::still_cause(fault),
        };
        self.keeper.still_failed(call, of, by, cause).await?;
        Ok(Err(cause))
    }
}

/// Due work: the still that an officer asked for in the call.
pub(crate) struct WhenRequested(pub(crate) Taking);

#[async_trait]
impl Work for WhenRequested {
    fn name(&self) -> &'static str {
        "recording_still"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "call.still_requested.v1"
    }

    async fn perform(&self, engine: &Engine, event: &Opened, _tries: u32) -> Outcome {
        let Some(call) = CallId::of_stream(&event.stream) else {
            return Outcome::Abandoned("no call");
        };
        let Ok(Event::StillRequested { by, of }) = event.decode() else {
            return Outcome::Abandoned("no request");
        };
        // The same request makes the same still, however often it is worked on.
        let luck = engine.derive("still", &event.position.0.to_be_bytes());
        let mut own = [0; 16];
        own.copy_from_slice(&luck[..16]);
        let still = StillId::birth(event.at, own);
        let done = if engine.now().since(event.at) > STILL_OLD {
            let late = StillCause::TooLate;
            self.0.keeper.still_failed(call, of, by, late).await.map(|()| Err(late))
        } else {
            self.0.take(still, call, of, by).await
        };
        match done {
            Ok(_) => Outcome::Done,
            Err(_) => Outcome::Later(None),
        }
    }
}
