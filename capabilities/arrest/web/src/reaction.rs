//! Bail that an outcome gives becomes an order of its own, with its end and its review, so that
//! nobody has to think of it twice and it cannot lapse unseen.

use arrest::order::{Act, Command, Kind, Making};
use arrest::{Arrest, ArrestId, Event, Order, Policy};
use async_trait::async_trait;
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use std::sync::Arc;

/// After an outcome with bail.
pub(crate) struct WhenBailed(pub(crate) Arc<Policy>);

#[async_trait]
impl Reaction for WhenBailed {
    fn name(&self) -> &'static str {
        "arrest-when-bailed"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "arrest.outcome_recorded.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Event::OutcomeRecorded { bail: Some(bail), tell, .. } = event.decode()? else {
            return Ok(());
        };
        let Some(arrest) = ArrestId::of_stream(&event.stream) else { return Ok(()) };
        let line = crate::arrest_list::one(engine, arrest).await?;
        let (state, _) = engine.state::<Arrest>(&event.stream).await?;
        let making = Making {
            of: Kind::Bail,
            incident: state.incident.unwrap_or(tell.incident),
            arrest: Some(arrest),
            starts_at: event.at,
            arrested_at: Some(bail.arrested_at),
            ends_at: Some(bail.ends_at),
            review_at: bail.review_at,
            suspect: line.and_then(|line| line.said).unwrap_or_default().suspect,
            terms: bail.terms.into_known().unwrap_or_default(),
            issued_by: String::new(),
        };
        let act = Act::Make(Box::new(making));
        let command = Command { policy: self.0.clone(), act };
        let key = self.key(event);
        let caller = Caller::system();
        match engine.execute::<Order>(&bail.order.stream(), command, &caller, Some(&key)).await {
            Ok(_) => Ok(()),
            Err(Refused::Refusal(refusal)) => {
                tracing::error!(%refusal, "bail of an outcome could not become an order");
                Ok(())
            }
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
