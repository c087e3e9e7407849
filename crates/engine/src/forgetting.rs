//! Forgetting on time: once an epoch's day has come its key is destroyed, and with it all that
//! was ever sealed under it, in every copy. The journal says so and still verifies.

use crate::{Engine, Fault};
use journal::{Append, Expected, NewEvent};
use kernel::{At, Purpose};
use vault::Epoch;

/// The stored name of an epoch's end; its body is `Epoch`.
pub const EXPIRED: &str = "epoch.expired.v1";

impl Engine {
    /// Destroys the key of every epoch whose day has come. The event is appended first, with
    /// the epoch's name as its key: a crash in between only means that it is done once more.
    /// Returns the epochs that ended.
    pub async fn forget_expired(&self) -> Result<Vec<Epoch>, Fault> {
        let now = self.now();
        let due = |epoch: &Epoch| epoch.expires_on.start() <= now;
        let ended: Vec<_> = self.0.vault.epochs().into_iter().filter(due).collect();
        for epoch in &ended {
            let done = self.0.journal.append(expired(epoch, now)).await?;
            self.0.vault.destroy(epoch, now)?;
            self.0.states.clear();
            self.shown(done.last).await;
        }
        Ok(ended)
    }

    /// Whether what `stream` sealed can no longer be opened by anyone.
    pub async fn is_forgotten(&self, stream: &str) -> Result<bool, Fault> {
        let has_key = self.stream_key(stream).await?.is_some();
        Ok(!has_key && !self.journal().load(stream, 0, 1).await?.is_empty())
    }
}

fn expired(epoch: &Epoch, at: At) -> Append {
    let clear = serde_json::json!({ "class": epoch.class, "expires_on": epoch.expires_on });
    Append {
        stream: format!("retention/{}", epoch.class),
        expected: Expected::Any,
        events: vec![NewEvent { kind: EXPIRED.into(), clear: clear.to_string(), sealed: None }],
        at,
        actor: kernel::Actor::System.to_string(),
        purpose: Purpose::Administration.name().into(),
        key: Some(format!("epoch/{epoch}")),
    }
}
