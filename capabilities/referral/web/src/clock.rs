//! Half the time is gone: the agency is asked after it. All of it is gone: a supervisor is told,
//! and told again. By itself, whoever forgot.

use async_trait::async_trait;
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use kernel::At;
use referral::{Command, Referral, deadline};

/// The deadlines of referrals.
pub(crate) struct Clock;

#[async_trait]
impl Deadlines for Clock {
    fn name(&self) -> &'static str {
        "referral"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("referral.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let changes = deadline::changes(&event.decode()?).into_iter();
        let change = |(name, due)| DeadlineChange { stream: event.stream.clone(), name, due };
        Ok(changes.map(change).collect())
    }

    async fn fire(&self, engine: &Engine, stream: &str, name: &str, due: At) -> Result<(), Fault> {
        let command = match name {
            deadline::CHASE => Command::Chase { due },
            _ => Command::Escalate { due },
        };
        match engine.execute::<Referral>(stream, command, &Caller::system(), None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
