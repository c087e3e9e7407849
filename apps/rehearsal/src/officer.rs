//! The officer: comes on shift, sees the call in the queue, picks it up, sees her, works, and
//! finishes with an outcome.

use crate::web::{Site, Visitor};
use crate::{Stage, Stumble, clock, limits, room};
use std::time::Instant;

const COOKIE: &str = "__Host-staff";

/// Somebody on shift.
#[derive(Clone)]
pub(crate) struct Officer(pub(crate) Visitor);

/// What the officer's side of a call came to.
pub(crate) struct Answered {
    /// When the officer saw her.
    pub(crate) face: Instant,
    /// When the call was finished.
    pub(crate) finished: Instant,
}

impl Officer {
    /// Signs in; only a demonstration lets anybody do so with one press.
    pub(crate) async fn sign_in(site: &Site, login: &str) -> Result<Self, Stumble> {
        let mut web = site.visitor();
        let answer = web.get("signing in", &format!("/demo/as/{login}")).await?.good()?;
        web.keep(&answer, COOKIE)?;
        Ok(Self(web))
    }

    /// Comes on shift. Whoever is on already stays on.
    pub(crate) async fn come_on(&self) -> Result<(), Stumble> {
        let answer = self.0.press("coming on shift", "/hub/shift/start", &[]).await?;
        if answer.status == 409 { Ok(()) } else { answer.good().map(|_| ()) }
    }

    async fn press(
        &self,
        call: &str,
        (step, deed): (&'static str, &str),
        fields: &[(&str, &str)],
    ) -> Result<(), Stumble> {
        self.0.press(step, &format!("/calls/{call}/{deed}"), fields).await?.good().map(|_| ())
    }

    /// The officer's whole call. Once it is picked up it is finished, whatever happens: a call
    /// that failed says so in its outcome.
    pub(crate) async fn play(&self, call: &str, stage: &Stage) -> Result<Answered, Stumble> {
        self.wait_for(call, stage).await?;
        stage.pause(4).await;
        self.press(call, ("picking up", "pick-up"), &[]).await?;
        stage.watch.answered();
        let worked = self.work(call, stage).await;
        let outcome = if worked.is_ok() { "completed" } else { "technical_failure" };
        let finished = self.press(call, ("finishing", "finish"), &[("outcome", outcome)]).await;
        let (face, peer) = worked?;
        finished?;
        let finished = clock::now();
        let left = peer.wait(limits::GOODBYE, |stats| stats.left).await;
        peer.leave().await;
        if left { Ok(Answered { face, finished }) } else { Err(Stumble::Late("finishing")) }
    }

    /// The queue says that somebody waits; which one is known from the control room.
    async fn wait_for(&self, call: &str, stage: &Stage) -> Result<(), Stumble> {
        let waits = clock::until(stage.lobby, limits::LOOK, || async {
            let path = format!("/calls/{call}/state");
            let state = self.0.get("looking whether she waits", &path).await?;
            // The call is opened by a reaction, a moment after her yes.
            if state.status == 404 {
                return Ok(None);
            }
            let here = state.good()?.field("here")?;
            Ok((here == "coming").then_some(()))
        });
        waits.await?.ok_or(Stumble::Late("waiting for her"))?;
        let queue = self.0.get("looking at the queue", "/queue").await?.good()?.text();
        let listed = queue.contains(&format!("/calls/{call}/pick-up"));
        listed.then_some(()).ok_or(Stumble::Missing("looking at the queue", "the call"))
    }

    async fn work(&self, call: &str, stage: &Stage) -> Result<(Instant, room_peer::Peer), Stumble> {
        self.0.get("opening the call", &format!("/calls/{call}")).await?.good()?;
        let to = |deed: &str| format!("/calls/{call}/{deed}");
        let peer = room::enter(&self.0, "entering the room", &to("room")).await?;
        let face = room::see(&peer, &self.0, "seeing her", &to("first-frame")).await?;
        stage.watch.faces();
        let part = stage.length / 4;
        tokio::time::sleep(part).await;
        self.press(call, ("setting a marker", "marker"), &[("marker", "account")]).await?;
        tokio::time::sleep(part).await;
        self.press(call, ("asking for a still", "still"), &[]).await?;
        let words = [("text", "A rehearsal: you are heard and seen.")];
        self.press(call, ("writing", "say"), &words).await?;
        tokio::time::sleep(part).await;
        let injury = [("marker", "injury"), ("label", "Rehearsed")];
        self.press(call, ("setting a marker", "marker"), &injury).await?;
        tokio::time::sleep(stage.length.saturating_sub(part * 3)).await;
        if !peer.stats().connected {
            return Err(Stumble::Missing("staying in the call", "media"));
        }
        Ok((face, peer))
    }
}
