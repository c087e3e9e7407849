//! The person who reported: her telephone gets the link, she opens it, says that she is safe,
//! waits in the lobby, sees the officer, and stays until the call is finished.

use crate::web::{Site, Visitor};
use crate::{Stage, Stumble, clock, limits, room};
use room_peer::Peer;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const COOKIE: &str = "__Host-guest";

/// Somebody with a telephone.
pub(crate) struct Caller {
    web: Visitor,
    number: String,
    /// The newest message that was there before.
    before: i64,
}

/// What her side of a call came to.
pub(crate) struct Met {
    /// When she opened the link.
    pub(crate) claimed: Instant,
    /// When she saw the officer.
    pub(crate) face: Instant,
}

impl Caller {
    /// Takes the telephone with this number.
    pub(crate) async fn with(site: &Site, number: &str) -> Result<Self, Stumble> {
        let mut caller = Self { web: site.visitor(), number: number.to_owned(), before: 0 };
        caller.before = caller.newest().await?.map_or(0, |(at, _)| at);
        Ok(caller)
    }

    async fn newest(&self) -> Result<Option<(i64, Option<String>)>, Stumble> {
        let number = [("number", self.number.as_str())];
        let step = "looking at the telephone";
        let shown = self.web.press(step, "/demo/phone/messages.json", &number).await?.good()?;
        let first = shown.json()?.get(0).cloned();
        Ok(first.map(|one| (one["at"].as_i64().unwrap_or(0), text(&one["link"]))))
    }

    async fn secret(&self) -> Result<String, Stumble> {
        let come = clock::until(limits::MESSAGE, limits::LOOK, || async {
            let newest = self.newest().await?;
            Ok(newest.filter(|(at, _)| *at > self.before).and_then(|(_, link)| link))
        });
        let link = come.await?.ok_or(Stumble::Late("waiting for the message"))?;
        let secret = link.split_once('#').map(|(_, secret)| secret.to_owned());
        secret.ok_or(Stumble::Missing("reading the message", "a secret in the link"))
    }

    /// Her whole call.
    pub(crate) async fn play(mut self, stage: &Stage) -> Result<Met, Stumble> {
        let secret = self.secret().await?;
        stage.pause(5).await;
        self.web.get("opening the link", "/j").await?.good()?;
        let claimed = clock::now();
        let claim = json!({ "secret": secret });
        let answer = self.web.post("claiming the link", "/j/claim", &claim).await?.good()?;
        if answer.field("state")? != "open" {
            return Err(Stumble::Missing("claiming the link", "an open call"));
        }
        self.web.keep(&answer, COOKIE)?;
        stage.pause(4).await;
        let safe = json!({ "safe": true, "alone": true });
        self.web.post("saying that she is safe", "/j/safety", &safe).await?.good()?;
        stage.pause(3).await;
        let devices = json!({ "camera": true, "microphone": true });
        self.web.post("getting ready", "/j/ready", &devices).await?.good()?;
        stage.watch.waits();
        self.wait_in_lobby(stage.lobby).await?;
        let peer = room::enter(&self.web, "entering the room", "/j/room").await?;
        let face = room::see(&peer, &self.web, "seeing the officer", "/j/seen").await?;
        self.stay(peer, stage).await?;
        Ok(Met { claimed, face })
    }

    async fn state(&self) -> Result<Value, Stumble> {
        self.web.get("asking where she stands", "/j/state").await?.good()?.json()
    }

    async fn wait_in_lobby(&self, patience: Duration) -> Result<(), Stumble> {
        let mut hints = self.web.follow("following her call", "/j/events").await?;
        let end = clock::now() + patience;
        while clock::now() < end {
            let state = self.state().await?;
            match (state["state"].as_str(), state["admitted"].as_bool()) {
                (Some("open"), Some(true)) => return Ok(()),
                (Some("open"), _) => hints.next().await,
                _ => return Err(Stumble::Missing("waiting in the lobby", "an open call")),
            }
        }
        // Nobody came: she goes, as anybody would.
        self.web.get("leaving", "/j/exit").await?.good()?;
        Err(Stumble::Late("waiting in the lobby"))
    }

    /// Until the officer finishes the call and the room puts her out.
    async fn stay(&self, peer: Peer, stage: &Stage) -> Result<(), Stumble> {
        let patience = stage.length + stage.lobby + limits::GOODBYE;
        if !peer.wait(patience, |stats| stats.left).await {
            peer.leave().await;
            return Err(Stumble::Late("staying until the end"));
        }
        match self.state().await?["state"].as_str() {
            Some("finished" | "unknown") => Ok(()),
            _ => Err(Stumble::Missing("staying until the end", "a finished call")),
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
