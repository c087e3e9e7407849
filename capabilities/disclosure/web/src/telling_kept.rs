//! A disclosure that was made is casework: the key of its application outlives its year. The
//! rules give every application the short class at its birth, so nobody who is told nothing is
//! kept longer by mistake.

use ::disclosure::DisclosureId;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, Reaction};
use kernel::retention::CASEWORK;
use std::sync::Arc;
use vault::{Epoch, VaultFault};

pub(crate) fn reactions() -> Vec<Arc<dyn Reaction>> {
    let mut all = crate::telling::reactions();
    all.push(Arc::new(WhenMade));
    all
}

/// `disclosure.made`: keep the key.
struct WhenMade;

#[async_trait]
impl Reaction for WhenMade {
    fn name(&self) -> &'static str {
        "disclosure_when_made"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "disclosure.made.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Some(id) = DisclosureId::of_stream(&event.stream) else { return Ok(()) };
        // The day of the event, so that a repeat after a crash keeps it under the same epoch.
        let until = event.at.day().plus(engine.keep_days(CASEWORK));
        match engine.keep(&id.stream(), &Epoch::of(CASEWORK.name, until)).await {
            // Its year was over before this was answered: it stays forgotten.
            Err(Fault::Key(VaultFault::Over | VaultFault::Destroyed)) => {
                tracing::warn!("a disclosure was made on the last day of its application");
                Ok(())
            }
            done => done,
        }
    }
}
