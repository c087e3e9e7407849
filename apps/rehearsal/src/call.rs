//! One call, the whole way: report, grade, screening, offer, link, face to face, outcome, close.

use crate::caller::Caller;
use crate::handler::Handler;
use crate::officer::Officer;
use crate::{Stage, Stumble, clock};
use std::time::Duration;

/// What became of one call.
#[derive(Clone, Debug, Default)]
pub struct Played {
    /// Its id, once it was opened.
    pub call: Option<String>,
    /// Both saw each other.
    pub answered: bool,
    /// The officer finished it with an outcome, she saw its end, and the incident is closed.
    pub finished: bool,
    /// From her opening the link until both saw each other.
    pub to_face_ms: Option<u64>,
    /// From the report until both saw each other.
    pub report_to_face_ms: Option<u64>,
    /// How long they saw each other.
    pub lasted: Duration,
    /// What went wrong first, without a word about anybody.
    pub stumble: Option<String>,
}

/// Plays the call at this place in the rehearsal.
pub(crate) async fn play(stage: &Stage, place: u32, officer: &Officer) -> Played {
    let mut played = Played::default();
    if let Err(stumble) = attempt(stage, place, officer, &mut played).await {
        played.stumble = Some(stumble.to_string());
    }
    stage.watch.ended();
    played
}

async fn attempt(
    stage: &Stage,
    place: u32,
    officer: &Officer,
    played: &mut Played,
) -> Result<(), Stumble> {
    let number = stage.number(place);
    let handler = Handler::with_key(&stage.site, &stage.key);
    let caller = Caller::with(&stage.site, &number).await?;
    let reported = clock::now();
    let incident = handler.report(&number, place).await?;
    stage.watch.reported();
    stage.pause(3).await;
    let call = handler.offer(&incident, &number).await?;
    played.call = Some(call.clone());
    let (hers, theirs) = tokio::join!(caller.play(stage), officer.play(&call, stage));
    if let (Ok(met), Ok(answered)) = (&hers, &theirs) {
        // Face to face is when the later of the two sees the other.
        let face = met.face.max(answered.face);
        played.answered = true;
        played.to_face_ms = Some(clock::millis(met.claimed, face));
        played.report_to_face_ms = Some(clock::millis(reported, face));
        played.lasted = answered.finished.saturating_duration_since(face);
    }
    // The first of two is usually the cause of the other.
    theirs?;
    hers?;
    handler.close(&incident).await?;
    played.finished = true;
    Ok(())
}
