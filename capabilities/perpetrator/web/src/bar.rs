//! What a plan holds against merging records: the younger of two goes into the elder, and a plan
//! must not be lost with it.

use engine::Engine;
use perpetrator::{Perpetrator, PerpetratorId};
use person::PersonId;

/// Why this record cannot go into another.
pub(crate) fn against_merging(engine: Engine, stream: String) -> ui::Why {
    Box::pin(async move {
        let Some(id) = PersonId::of_stream(&stream) else { return Ok(None) };
        let (plan, _) = engine.state::<Perpetrator>(&PerpetratorId::from(id).stream()).await?;
        let words = "A plan is open for the younger record: close it there, and open one for the \
                     elder.";
        Ok(plan.open().then(|| words.to_owned()))
    })
}
