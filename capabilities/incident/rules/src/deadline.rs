//! What falls due, purely from events: the target of the grade.

use crate::event::Event;
use kernel::At;

/// The name of the only deadline.
pub const TARGET_DUE: &str = "target_due";

/// What an event does to it: `None` leaves it, `Some(None)` clears it.
pub const fn target_due(event: &Event) -> Option<Option<At>> {
    match event {
        Event::Graded { target_at, .. } | Event::Regraded { target_at, .. } => {
            Some(Some(*target_at))
        }
        Event::PatrolAttended { .. }
        | Event::LineCleared { .. }
        | Event::ResponseEnded { .. }
        | Event::Closed { .. } => Some(None),
        Event::Reported { .. }
        | Event::Noted { .. }
        | Event::ScreeningAnswered { .. }
        | Event::ScreeningReopened {}
        | Event::Screened { .. }
        | Event::Offered { .. }
        | Event::OfferAccepted { .. }
        | Event::OfferDeclined { .. }
        | Event::OfferLost { .. }
        | Event::TakenBack { .. }
        | Event::RoutedInPerson { .. }
        | Event::PatrolRequested { .. }
        | Event::TargetMissed { .. }
        | Event::CallBackCounted { .. }
        | Event::Reopened { .. } => None,
    }
}
