//! A hold's review falls due: it goes on, and every day on which nobody looked is on record.

use async_trait::async_trait;
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use kernel::{At, time::hours};
use retention::hold::{Command, Event, Hold};

const REVIEW: &str = "hold_review";

/// The deadlines of holds.
pub(crate) struct Reviews;

#[async_trait]
impl Deadlines for Reviews {
    fn name(&self) -> &'static str {
        "retention"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "hold.placed.v1" | "hold.reviewed.v1" | "hold.review_missed.v1" | "hold.ended.v1"
        )
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let due = match event.decode()? {
            Event::Placed { review_on, .. } | Event::Reviewed { review_on, .. } => {
                Some(review_on.start())
            }
            Event::ReviewMissed { .. } => Some(event.at.plus(hours(24))),
            _ => None,
        };
        Ok(vec![DeadlineChange { stream: event.stream.clone(), name: REVIEW, due }])
    }

    async fn fire(&self, engine: &Engine, stream: &str, _: &str, _: At) -> Result<(), Fault> {
        let caller = Caller { purpose: kernel::Purpose::Retention, ..Caller::system() };
        match engine.execute::<Hold>(stream, Command::NoteReviewMissed, &caller, None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
