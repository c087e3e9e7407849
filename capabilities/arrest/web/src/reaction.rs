//! Bail that an outcome gives becomes an order of its own, with its end and its review, so that
//! nobody has to think of it twice and it cannot lapse unseen; and whoever tells her of the arrest
//! has told her of the orders that came of it.

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

/// After she was told of an arrest.
pub(crate) struct WhenTold(pub(crate) Arc<Policy>);

#[async_trait]
impl Reaction for WhenTold {
    fn name(&self) -> &'static str {
        "arrest-when-told"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "arrest.victim_told.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Event::VictimTold { how, note } = event.decode()? else { return Ok(()) };
        let Some(arrest) = ArrestId::of_stream(&event.stream) else { return Ok(()) };
        let note = note.into_known().unwrap_or_default();
        for order in crate::order_list::untold_of(engine, arrest).await? {
            let (how, note) = (how.clone(), note.clone());
            let act = Act::TellAtArrest { how, note, told_at: event.at };
            let command = Command { policy: self.0.clone(), act };
            let (caller, key) = (Caller::system(), format!("{}/{order}", self.key(event)));
            // Whoever knows everything of an order already was told of it by itself.
            let told = engine.execute::<Order>(&order, command, &caller, Some(&key)).await;
            if let Err(Refused::Fault(fault)) = told {
                return Err(fault);
            }
        }
        Ok(())
    }
}
