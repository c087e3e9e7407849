//! A demonstration that is alive: one or two calls at a time, for ever, with the pauses that
//! people make. Whoever plays an officer may take one of them: it is a rehearsal.

use crate::rehearsal::{Stage, desks};
use crate::web::Site;
use crate::{Stumble, Watch, call, limits};
use std::sync::Arc;
use std::time::Duration;

/// Between a call and the next at the same desk.
const PAUSE: Duration = Duration::from_secs(45);
/// How long somebody waits for an officer who does not come.
const LOBBY: Duration = Duration::from_secs(180);
/// Lengths of calls, in turn, so that the board does not tick like a clock.
const LENGTHS: [u64; 5] = [75, 130, 55, 180, 95];

/// Plays calls on the demonstration at `origin` for as long as it is polled. What goes wrong is
/// told to `trouble`, and tried again.
pub async fn keep_alive(origin: &str, trouble: impl Fn(&Stumble) + Clone) {
    loop {
        if let Err(stumble) = attempt(origin).await {
            trouble(&stumble);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn attempt(origin: &str) -> Result<(), Stumble> {
    let site = Site::at(origin)?;
    let (key, officers) = desks(&site, limits::ALIVE).await?;
    let stage = Stage {
        site,
        key,
        length: Duration::ZERO,
        lobby: LOBBY,
        gentle: true,
        first: 0,
        watch: Arc::new(Watch::default()),
    };
    let mut desks = tokio::task::JoinSet::new();
    for (desk, officer) in (0..).zip(officers) {
        let stage = stage.clone();
        desks.spawn(async move {
            // The desks are out of step from the start.
            tokio::time::sleep(PAUSE * desk / limits::ALIVE).await;
            for (turn, length) in (0..).zip(LENGTHS.iter().cycle().skip(desk as usize)) {
                let mut stage = stage.clone();
                stage.length = Duration::from_secs(*length);
                // Somebody who plays may have taken the call: no matter, another one comes.
                call::play(&stage, turn * limits::ALIVE + desk, &officer).await;
                tokio::time::sleep(PAUSE).await;
                if turn >= SESSION_CALLS {
                    break;
                }
            }
        });
    }
    while desks.join_next().await.is_some() {}
    Ok(())
}

/// Calls before the officers sign in again: a session ends after some hours.
const SESSION_CALLS: u32 = 40;
