//! What falls due in an application: stages, warnings, the last day, the end of a pause. The
//! rules say when; this gives them the time.

use async_trait::async_trait;
use disclosure::{Command, Disclosure, deadline};
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use kernel::At;

/// The deadlines of applications.
pub(crate) struct Clock;

#[async_trait]
impl Deadlines for Clock {
    fn name(&self) -> &'static str {
        "disclosure"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("disclosure.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let changes = deadline::changes(&event.decode()?);
        let of = |(name, due)| DeadlineChange { stream: event.stream.clone(), name, due };
        Ok(changes.into_iter().map(of).collect())
    }

    async fn fire(&self, engine: &Engine, stream: &str, _: &str, _: At) -> Result<(), Fault> {
        let caller = Caller::system();
        match engine.execute::<Disclosure>(stream, Command::NoteTime, &caller, None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
