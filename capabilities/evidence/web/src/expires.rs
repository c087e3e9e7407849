//! A request that nobody approved in time expires by itself.

use async_trait::async_trait;
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use evidence::limits::APPROVE_WITHIN;
use evidence::{Command, Export};
use kernel::{At, Purpose};

/// The deadline of a request.
pub(crate) struct Expires;

#[async_trait]
impl Deadlines for Expires {
    fn name(&self) -> &'static str {
        "evidence"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "export.requested.v1" | "export.approved.v1" | "export.refused.v1")
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let asked = event.kind == "export.requested.v1";
        let due = asked.then(|| event.at.plus(APPROVE_WITHIN));
        Ok(vec![DeadlineChange { stream: event.stream.clone(), name: "export_expires", due }])
    }

    async fn fire(&self, engine: &Engine, stream: &str, _: &str, _: At) -> Result<(), Fault> {
        let caller = Caller { purpose: Purpose::Investigation, ..Caller::system() };
        match engine.execute::<Export>(stream, Command::Expire, &caller, None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
