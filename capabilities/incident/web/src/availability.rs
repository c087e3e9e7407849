//! What the hub can do now, asked of its rules: never of its pages.

use crate::board;
use engine::{Engine, Fault};
use hub::{Availability, Hub};
use incident::{OfferId, route};

/// The hub's answer, for somebody who would come after all who said yes already.
pub(crate) async fn now(engine: &Engine, but: Option<OfferId>) -> Result<Availability, Fault> {
    let waiting = board::waiting(engine, but).await?;
    let (state, _) = engine.state::<Hub>(hub::STREAM).await?;
    Ok(state.availability(engine.now(), waiting))
}

/// The same as the incident keeps it.
pub(crate) const fn kept(now: &Availability) -> route::Availability {
    route::Availability {
        open: now.open,
        free: now.free,
        busy: now.busy,
        wait_seconds: now.wait_seconds,
    }
}
