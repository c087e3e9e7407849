//! What outranks the clock: a key wrapped once more before its day, under the epoch of a hold or
//! of a longer class; and the way back.

use crate::forgetting::{Expired, expired_part};
use crate::{Engine, Fault, epochs};
use journal::{Append, Expected, NewEvent};
use kernel::{At, Purpose};
use serde::{Deserialize, Serialize};
use vault::{Epoch, VaultFault};

/// The stored name of a key that another epoch keeps too; its body is `Moved`.
pub(crate) const KEPT: &str = "key.kept.v1";
/// The stored name of a key that an epoch keeps no longer; its body is `Moved`.
pub(crate) const LET_GO: &str = "key.let_go.v1";

/// A key, and the epoch that keeps it beyond its own or does so no longer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Moved {
    /// The name of the key.
    pub(crate) name: String,
    /// The epoch that keeps it.
    pub(crate) under: Epoch,
    /// How many destructions the key store had seen then.
    pub(crate) destructions: u64,
    /// How many keys had been kept or let go then.
    #[serde(default)]
    pub(crate) moves: u64,
}

impl Engine {
    /// Keeps `key` under another epoch too, so that it outlives its own. The wrapping is
    /// durable before the journal says so. `Fault::Key(VaultFault::Over)` when its day has come,
    /// `Destroyed` when it is gone or there never was one.
    //= Data Protection Act 2018, section 39: what must be kept longer is kept for a reason that
    //= is written down before its time is up
    pub async fn keep(&self, key: &str, under: &Epoch) -> Result<(), Fault> {
        let _alone = self.0.forgetting.lock().await;
        let wrapped = self.wrapped(key).await?.ok_or(Fault::Key(VaultFault::Destroyed))?;
        let mut luck = [0; 64];
        self.0.luck.fill(&mut luck);
        self.0.vault.keep(key, &wrapped, under, self.latest(), luck)?;
        self.note_moved(KEPT, key, under).await
    }

    /// Undoes `keep`: the key has its old day again, and when that has passed it is gone at once.
    pub async fn let_go(&self, key: &str, under: &Epoch) -> Result<(), Fault> {
        let alone = self.0.forgetting.lock().await;
        let now = self.now();
        self.0.vault.let_go(key, under, now)?;
        self.0.states.clear();
        self.note_moved(LET_GO, key, under).await?;
        if let Some(own) = self.gone_of(key).await?
            && epochs::is_unsaid(self, key).await?
        {
            // Of a hold that ended with it; else of its own epoch, whose day is back: the other
            // still keeps what else it has.
            let ended = self.0.vault.is_destroyed(under);
            let body = Expired {
                epoch: if ended { under.clone() } else { own },
                part: 1,
                of: 1,
                names: vec![key.to_owned()],
                kept: 0,
                due_at: now,
                clocks: self.readings().said(),
            };
            let done = self.0.journal.append(expired_part(&body, now, key)?).await?;
            self.shown(done.last).await;
        }
        drop(alone);
        self.forget_expired().await.map(|_| ())
    }

    /// The own epoch of a key that is destroyed, by whichever epoch was the last to keep it.
    async fn gone_of(&self, key: &str) -> Result<Option<Epoch>, Fault> {
        let Some(wrapped) = self.wrapped(key).await? else { return Ok(None) };
        let opened = self.0.vault.unwrap_key(key, &wrapped, At(i64::MIN));
        let gone = matches!(opened, Err(VaultFault::Destroyed));
        Ok(gone.then_some(wrapped.epoch))
    }

    async fn note_moved(&self, kind: &'static str, key: &str, under: &Epoch) -> Result<(), Fault> {
        let (destructions, moves) = (self.0.vault.ratchet().count, self.0.vault.moves());
        let body = Moved { name: key.to_owned(), under: under.clone(), destructions, moves };
        let clear = serde_json::to_string(&body).map_err(Fault::Encode)?;
        let append = Append {
            stream: format!("retention/{}", under.class),
            expected: Expected::Any,
            events: vec![NewEvent { kind: kind.into(), clear, sealed: None }],
            at: self.now(),
            actor: kernel::Actor::System.to_string(),
            purpose: Purpose::Retention.name().into(),
            key: None,
        };
        let done = self.0.journal.append(append).await?;
        self.shown(done.last).await;
        Ok(())
    }
}
